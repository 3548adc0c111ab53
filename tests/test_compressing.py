"""Pages travel compressed, and their length tells nothing. So do style sheets and scripts."""

import gzip

import pytest
from flask import url_for

from midtlink.assets import SHEET, STATIC, asset
from midtlink.compressing import compressed

GZIP = {"Accept-Encoding": "gzip"}
FONT = "vendor/plex/IBMPlexSans-Regular-Latin1.woff2"


@pytest.fixture
def fetch(app, visit):
    """Fetch a static file under today's address, or another one."""

    def work(path, build=None, **headers):
        with app.test_request_context():
            address = asset(path) if build is None else url_for("static", build=build, path=path)
        with visit.client().get(address, headers=headers) as response:
            response.get_data()
        return response

    return work


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


@pytest.mark.parametrize("path", [SHEET, "js/main.js", "css/tokens.css"])
def test_style_sheet_or_script_is_the_same_compressed(fetch, path):
    plain, packed = fetch(path), fetch(path, **GZIP)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain.vary and "Accept-Encoding" in packed.vary
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data)


def test_all_style_sheets_are_one_and_tokens_come_first(fetch):
    sheet = fetch(SHEET).data
    assert sheet.startswith((STATIC / "css/tokens.css").read_bytes())
    assert all(path.read_bytes() in sheet for path in STATIC.glob("css/*.css"))


def test_font_is_sent_as_it_is(fetch):
    response = fetch(FONT, **GZIP)
    assert "Content-Encoding" not in response.headers
    assert response.data == (STATIC / FONT).read_bytes()


def test_only_todays_address_is_kept(fetch):
    assert "immutable" in fetch(SHEET).headers["Cache-Control"]
    old = fetch(SHEET, build="gammel")
    assert (old.status_code, old.headers["Cache-Control"]) == (200, "no-cache")


def test_part_of_a_compressed_file_is_not_offered(fetch):
    assert "Accept-Ranges" not in fetch("js/main.js", **GZIP).headers
