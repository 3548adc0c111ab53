"""A search that finds nothing reaches those who can answer it, on the running server."""

import sqlite3

from tests.browser.parts import NURSE

#: Milliseconds within which a worker writes what it has counted, with some to spare.
SOON = 25_000


def test_a_search_is_written_within_moments(page_of, instance):
    page = page_of(NURSE)
    page.goto("/soeg?q=qwertzuiop")

    def is_written():
        page.wait_for_timeout(1_000)
        with sqlite3.connect(instance / "midtlink.db") as database:
            written = database.execute("SELECT words FROM searches").fetchall()
            listed = database.execute("SELECT words FROM unfound_searches").fetchall()
        return ("qwertzuiop",) in written + listed

    assert any(is_written() for _second in range(SOON // 1_000))
