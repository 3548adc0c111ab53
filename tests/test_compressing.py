"""Pages travel compressed, and their length tells nothing."""

import gzip

from midtlink.compressing import compressed


def test_a_browser_that_reads_gzip_gets_it(visit):
    response = visit.client().get("/log-ind", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert b"<!doctype html>" in gzip.decompress(response.data)
    assert {"Cookie", "Accept-Encoding"} <= set(response.vary)


def test_one_that_does_not_gets_plain_text(visit):
    response = visit.client().get("/log-ind")
    assert "Content-Encoding" not in response.headers
    assert b"<!doctype html>" in response.data


def test_the_same_page_has_many_lengths():
    page = b"<p>hemmeligt</p>" * 100
    assert len({len(compressed(page)) for _ in range(100)}) > 20
