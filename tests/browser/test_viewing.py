"""Views are counted by the running server, not only by the code that could."""

import re

from tests.browser.parts import NURSE, REVIEWER

#: Milliseconds within which a worker writes what it has counted, with some to spare.
SOON = 25_000


def asked_by(page):
    """Ask what nobody has looked at yet: a second look within ten minutes is not counted."""
    page.goto("/spoerg")
    page.locator("main [name=title]").fill("Hvem har lånt den grå kørestol?")
    page.locator("main [name=title]").press("Enter")
    page.wait_for_url("**/q/**")
    return page.url


def test_a_look_is_counted_within_moments(page_of):
    address = asked_by(page_of(NURSE))
    page = page_of(REVIEWER)
    page.goto(address)
    views = page.locator(".meta", has_text="visning").first
    before = int(re.search(r"(\d+) visning", views.inner_text())[1])

    def look_again():
        page.wait_for_timeout(1_000)
        page.reload()
        return int(re.search(r"(\d+) visning", views.inner_text())[1])

    assert any(look_again() > before for _second in range(SOON // 1_000))
