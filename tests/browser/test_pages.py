"""Every page: no barrier, no error, nothing cut off, in both themes, from wide to narrow."""

import pytest
from axe_core_python.base import AXE_SCRIPT

from tests.browser.listening import Listener
from tests.browser.pages import PAGES

WIDE, NARROW, NARROWEST = 1280, 360, 320
EVERY_RULE, COLOURS = {}, {"runOnly": ["color-contrast", "link-in-text-block"]}
#: Every rule in both themes and at both widths, and all that colours change in all four.
LOOKS = [
    ("light", WIDE, EVERY_RULE),
    ("light", NARROW, COLOURS),
    ("dark", WIDE, COLOURS),
    ("dark", NARROW, EVERY_RULE),
]
AXE = """async (options) => (await axe.run(document, options)).violations.map(
  (rule) => rule.id + ": " + rule.nodes.map((node) => node.target + " " + node.failureSummary))"""
SIZES = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


def violations(page, theme, width, options):
    """What axe finds on the page as it looks so."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    return [f"{theme} {width} {words}" for words in page.evaluate(AXE, options)]


def is_cut_off(page, width):
    """Say whether the page is wider than a window of this width."""
    page.set_viewport_size({"width": width, "height": 900})
    whole, window = page.evaluate(SIZES)
    return whole > window


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_page_has_no_barrier_and_no_error(page_of, entry):
    page = page_of(entry.part)
    listener = Listener(page)
    entry.open(page)
    # Evaluated from outside, where the page's own policy does not reach.
    page.evaluate(AXE_SCRIPT)
    assert [words for look in LOOKS for words in violations(page, *look)] == []
    assert [width for width in (WIDE, NARROW, NARROWEST) if is_cut_off(page, width)] == []
    assert page.locator("h1").count() == 1
    assert listener.statuses[-1] == entry.status
    assert listener.take(entry.status) == []
