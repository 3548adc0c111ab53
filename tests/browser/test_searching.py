"""Searching in a browser: as one types, by keyboard, on a phone, without scripts."""

import re

import pytest
from axe_core_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser.listening import Listener
from tests.browser.parts import NURSE
from tests.browser.test_pages import AXE, SIZES

SHOWN = "#search-options:not([hidden]) [role=option]"
MARKED = "#search-options [aria-selected=true]"


def type_slowly(page, words):
    page.locator("#search").press_sequentially(words, delay=20)
    expect(page.locator(SHOWN).first).to_be_visible()


@pytest.fixture
def page(page_of):
    page = page_of(NURSE)
    page.goto("/emner")
    return page


def test_hits_show_while_typing_and_are_opened_by_arrows_and_enter(page):
    page.keyboard.press("/")
    type_slowly(page, "etiket")
    field = page.locator("#search")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[data-search-said]")).to_contain_text("fundet")

    page.keyboard.press("ArrowUp")
    expect(page.locator(MARKED)).to_have_id("search-all")
    page.keyboard.press("ArrowUp")
    marked = page.locator(MARKED)
    expect(field).to_have_attribute("aria-activedescendant", marked.get_attribute("id"))
    expect(field).to_be_focused()
    goal = marked.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{goal}")


def test_arrows_go_round_and_typing_on_starts_afresh(page):
    page.locator("#search").focus()
    type_slowly(page, "etiket")
    count = page.locator(SHOWN).count()
    for _ in range(count):
        page.keyboard.press("ArrowDown")
    expect(page.locator(MARKED)).to_have_id("search-all")
    page.keyboard.press("ArrowDown")
    expect(page.locator(MARKED)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.type("ter")
    expect(page.locator(MARKED)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/soeg\?q=etiketter$"))


def test_escape_closes_and_keeps_the_words_and_tab_leaves(page):
    field = page.locator("#search")
    field.focus()
    type_slowly(page, "etiket")
    page.keyboard.press("Escape")
    expect(page.locator("#search-options")).to_be_hidden()
    expect(field).to_have_value("etiket")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(page.locator(SHOWN).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#search-options")).to_be_hidden()
    expect(field).not_to_be_focused()


def test_operators_are_finished_by_keyboard_and_by_mouse(page):
    field = page.locator("#search")
    field.focus()
    type_slowly(page, "stat")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("status:")
    page.get_by_role("option", name="status:løst").click()
    expect(field).to_have_value("status:løst ")
    expect(field).to_be_focused()
    expect(page.locator("a.search-option").first).to_be_visible()
    page.get_by_role("option", name=re.compile("Vis alle")).click()
    expect(page).to_have_url(re.compile(r"/soeg\?q=status%3Al%C3%B8st"))


def test_hit_is_opened_by_mouse(page):
    page.locator("#search").focus()
    type_slowly(page, "etiket")
    page.locator("a.search-option").first.click()
    page.wait_for_url("**/q/**")


@pytest.mark.parametrize("width", [320, 360, 853, 1280])
def test_options_fit_the_window_and_have_no_barrier(page_of, width):
    page = page_of(NURSE, viewport={"width": width, "height": 700})
    listener = Listener(page)
    page.goto("/")
    page.locator("#search").focus()
    type_slowly(page, "etiket")
    whole, window = page.evaluate(SIZES)
    assert whole <= window
    box = page.locator("#search-options").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["width"] > 250
    assert min(each.bounding_box()["height"] for each in page.locator(SHOWN).all()) >= 44
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, {}) == []
    assert listener.take(200) == []


def test_filters_are_used_by_keyboard_and_taken_off(page_of, scripts):
    page = page_of(NURSE, java_script_enabled=scripts)
    page.goto("/soeg?q=etiketter")
    before = page.locator(".question-row").count()
    page.locator(".filters summary", has_text="System").press("Enter")
    page.locator(".filters .menu[open] a").first.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".question-row mark").first).to_be_visible()
    page.locator(".chip").press("Enter")
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator(".question-row")).to_have_count(before)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request):
    """Whether the browser runs scripts; everything works without."""
    return request.param


def test_search_ends_in_thanks_or_in_a_question(page_of, scripts):
    page = page_of(NURSE, java_script_enabled=scripts)
    page.goto("/")
    page.locator("#search").fill("etiketter system:print")
    page.locator("#search").press("Enter")
    page.get_by_role("button", name="Ja", exact=True).click()
    expect(page.get_by_text("Godt, at du fandt det.")).to_be_visible()
    page.goto("/soeg?q=etiketter+system:print")
    page.get_by_role("link", name="Nej, stil spørgsmålet").click()
    expect(page).to_have_url(re.compile(r"/spoerg\?titel=etiketter$"))


def test_the_key_replaces_the_words_of_before(page):
    page.goto("/soeg?q=printeretiket")
    page.keyboard.press("/")
    page.keyboard.type("toner")
    expect(page.locator("#search")).to_have_value("toner")


def test_focus_stays_with_the_thanks(page):
    page.goto("/soeg?q=etiketter")
    page.get_by_role("button", name="Ja", exact=True).click()
    expect(page.get_by_text("Godt, at du fandt det.")).to_be_focused()


def test_a_cpr_number_being_typed_is_told_in_one_line(page):
    page.locator("#search").focus()
    type_slowly(page, "etiket 010190-1234")
    expect(page.locator(SHOWN)).to_have_text(
        ["Et tal ligner et CPR-nummer. Søg uden patientens oplysninger."]
    )


def test_filters_fold_on_a_phone_and_the_button_is_there(page_of, scripts):
    page = page_of(NURSE, viewport={"width": 360, "height": 740}, java_script_enabled=scripts)
    page.goto("/soeg?q=etiketter")
    expect(page.locator(".filters")).not_to_be_visible()
    first = page.locator(".question-row").first.bounding_box()
    assert first["y"] < 480
    page.locator(".filters-fold > summary").press("Enter")
    year = page.locator(".filters .menu", has_text="År")
    year.locator("summary").click()
    box = year.locator(".menu-items").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.locator("#search").fill("printer")
    page.locator(".search-button").click()
    expect(page).to_have_url(re.compile(r"/soeg\?q=printer$"))


def test_search_speaks_english(page_of):
    page = page_of(NURSE)
    page.goto("/soeg?q=etiketter")
    page.get_by_role("button", name="English").click()
    try:
        page.goto("/soeg?q=etiketter")
        expect(page.get_by_role("heading", name="Did you find it?")).to_be_visible()
        page.locator("#search").focus()
        page.keyboard.press("End")
        type_slowly(page, " depa")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#search")).to_have_value("etiketter department:")
    finally:
        page.goto("/")
        page.get_by_role("button", name="Dansk").click()
        page.wait_for_load_state()
