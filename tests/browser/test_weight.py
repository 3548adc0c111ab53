"""What the first page costs on a slow line, with nothing kept from before."""

import pytest

from tests.browser.parts import NURSE

#: Bytes over the wire, as sent: headers, fonts and all.
LIMIT = 100_000


ROWS = """rows => rows.map((row) => [
  parseInt(row.querySelector(".question-answers").textContent),
  row.querySelector("h2 a").getAttribute("href")])"""


def most_answered(page):
    """The address of the question with the most answers among the solved ones."""
    page.goto("/spoergsmaal?vis=loest")
    return max(page.locator(".question-row").evaluate_all(ROWS))[1]


def weight(page, address):
    """Open an address with an empty cache and return the bytes that came over the wire."""
    received = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    wire.detach()
    return sum(received)


@pytest.mark.parametrize(
    "address",
    ["/", "/spoergsmaal", "/spoerg", "/emner", "/system/epj", "/soeg?q=etiketter", most_answered],
)
def test_first_load_is_below_100_kb(page_of, address):
    page = page_of(NURSE)
    path = address if isinstance(address, str) else address(page)

    assert weight(page, path) < LIMIT
