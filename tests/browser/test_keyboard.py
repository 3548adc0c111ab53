"""Everything without a mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.parts import NURSE
from tests.browser.test_asking import ask

#: What stands in the order of the Tab key, marked; of a group of radios only one does.
REACHABLE = """() => [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary")].filter((element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.disabled &&
    element.tabIndex >= 0 && !(element.type === "radio" && !element.checked)).map((element) => {
      element.dataset.unseen = "yes"; return element.outerHTML.slice(0, 80) })"""
SEE = "() => { delete document.activeElement.dataset.unseen }"
UNSEEN = "() => [...document.querySelectorAll('[data-unseen]')].map((element) => element.outerHTML)"


def test_skip_link_leads_to_the_content(page_of):
    page = page_of(NURSE)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("address", ["/", "/mig", "/emner", "/spoerg"])
def test_tab_reaches_everything(page_of, address):
    page = page_of(NURSE)
    page.goto(address)
    wanted = page.evaluate(REACHABLE)
    page.locator(".skip-link").focus()
    for _ in wanted:
        page.evaluate(SEE)
        page.keyboard.press("Tab")
    assert page.evaluate(UNSEEN) == []


def test_slash_goes_to_the_search_field(page_of):
    page = page_of(NURSE)
    page.goto("/emner")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("etiketter")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/soeg\?q=etiketter"))


def test_question_is_asked_by_keyboard_alone(page_of):
    page = page_of(NURSE)
    page.goto("/")
    page.keyboard.press("n")
    page.wait_for_url("**/spoerg**")
    expect(page.locator("main [name=title]")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Hvem låner os en talerstol?")
    page.locator("main [name=body]").focus()
    page.keyboard.type("Til fredag.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/q/**")
    expect(page.locator("h1")).to_have_text("Hvem låner os en talerstol?")


def test_toolbar_is_walked_with_the_arrows(page_of):
    page = page_of(NURSE)
    page.goto("/spoerg")
    page.get_by_role("button", name="Fed").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Kursiv")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name="Sådan ser det ud")).to_be_focused()


def test_menu_closes_with_escape_and_keeps_the_focus(page_of):
    page = page_of(NURSE)
    page.goto(ask(page))
    summary = page.locator(".question summary", has_text="Mere")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".question .menu-items").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".question .menu-items").first).to_be_hidden()
    expect(summary).to_be_focused()


def test_page_can_be_made_four_times_as_large(page_of):
    """A window of 1280 pixels at 400 % shows 320 of them (WCAG 1.4.10): nothing is lost."""
    page = page_of(NURSE, viewport={"width": 320, "height": 256})
    page.goto(ask(page))
    for name in ("Kopiér link", "Send svar", "Log ud"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    sizes = "[document.documentElement.scrollWidth, innerWidth]"
    whole, window = page.evaluate(sizes)
    assert whole <= window
