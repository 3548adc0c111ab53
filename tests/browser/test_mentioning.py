"""Naming a colleague in a browser: typed, chosen by keyboard or finger, sent, linked."""

import re

import pytest
from axe_core_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser.listening import Listener
from tests.browser.parts import NURSE, REVIEWER
from tests.browser.test_asking import ask
from tests.browser.test_pages import AXE, SIZES

SHOWN = ".mention-options:not([hidden]) [role=option]"
MARKED = ".mention-options [aria-selected=true]"


@pytest.fixture
def page(page_of):
    page = page_of(NURSE)
    page.goto("/spoerg")
    return page


def type_name(page, words, field="main [name=body]"):
    page.locator(field).press_sequentially(words, delay=20)
    expect(page.locator(SHOWN).first).to_be_visible()


def test_a_colleague_is_named_by_keyboard_and_linked(page, page_of):
    page.locator("main [name=title]").fill("Hvem har nøglen til skabet?")
    body = page.locator("main [name=body]")
    body.fill("")
    type_name(page, "Ved @bod")
    expect(page.locator(MARKED)).to_have_count(1)
    expect(body).to_be_focused()
    expect(body).to_have_attribute(
        "aria-activedescendant", page.locator(MARKED).get_attribute("id")
    )
    expect(page.locator("mention-list [role=status]")).to_contain_text("forslag")
    word = page.locator(MARKED).get_attribute("data-word")
    body.press("Enter")
    expect(body).to_have_value(f"Ved @{word} ")
    expect(page.locator(SHOWN)).to_have_count(0)
    body.press_sequentially("det?")
    page.get_by_role("button", name="Sådan ser det ud").click()
    expect(page.locator(".editor-preview a.mention")).to_have_text(f"@{word}")
    page.get_by_role("button", name="Send spørgsmål").click()
    page.wait_for_url("**/q/**")
    link = page.locator("a.mention")
    expect(link).to_have_text(f"@{word}")
    link.click()
    page.wait_for_url(f"**/p/{word}")


def test_the_arrows_walk_tab_chooses_and_escape_leaves_the_words(page):
    body = page.locator("main [name=body]")
    body.fill("")
    type_name(page, "@an")
    first = page.locator(MARKED).get_attribute("data-word")
    body.press("ArrowDown")
    second = page.locator(MARKED).get_attribute("data-word")
    assert second != first
    body.press("ArrowUp")
    expect(page.locator(MARKED)).to_have_attribute("data-word", first)
    body.press("Escape")
    expect(page.locator(SHOWN)).to_have_count(0)
    expect(body).to_have_value("@an")
    type_name(page, "n")
    word = page.locator(MARKED).get_attribute("data-word")
    body.press("Tab")
    expect(body).to_have_value(f"@{word} ")
    expect(body).to_be_focused()
    body.press("Control+z")
    expect(body).to_have_value(re.compile("^@an"))


def test_an_address_and_plain_words_open_nothing(page):
    listener = Listener(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    body = page.locator("main [name=body]")
    body.fill("")
    body.press_sequentially("anna@rm og @ igen, @bodil ", delay=10)
    body.press("Enter")
    body.press_sequentially("Slut")
    expect(body).to_have_value("anna@rm og @ igen, @bodil \nSlut")
    expect(page.locator(SHOWN)).to_have_count(0)
    assert not [url for url in asked if "q=rm" in url]
    assert listener.take(200) == []


def test_a_comment_names_too_and_a_press_chooses(page_of):
    anne, bodil = page_of(NURSE), page_of(REVIEWER)
    bodil.goto(ask(anne))
    bodil.locator("summary", has_text="Kommentér").first.click()
    field = bodil.locator("form[action$='/kommentar'] textarea").first
    field.press_sequentially("Hej @an", delay=20)
    # Who asked comes first.
    option = bodil.locator(SHOWN).first
    expect(option).to_have_attribute("data-word", "anne")
    option.click()
    expect(field).to_have_value("Hej @anne ")
    expect(field).to_be_focused()
    bodil.get_by_role("button", name="Send kommentar").first.click()
    expect(bodil.locator(".comments a.mention")).to_have_attribute("href", "/p/anne")


@pytest.mark.parametrize("width", [320, 360, 853, 1280])
def test_options_fit_the_window_and_have_no_barrier(page_of, width):
    page = page_of(NURSE, viewport={"width": width, "height": 700})
    listener = Listener(page)
    page.goto("/spoerg")
    page.locator("main [name=body]").fill("En linje\n" * 3)
    type_name(page, "@a")
    whole, window = page.evaluate(SIZES)
    assert whole <= window
    box = page.locator(".mention-options:not([hidden])").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert min(each.bounding_box()["height"] for each in page.locator(SHOWN).all()) >= 44
    field = page.locator("main [name=body]").bounding_box()
    assert field["y"] < box["y"] < field["y"] + field["height"] + 8
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, {}) == []
    assert listener.take(200) == []


def test_without_scripts_a_name_is_typed(page_of):
    page = page_of(NURSE, java_script_enabled=False)
    ask(page, body="Ved @bodil det?")
    expect(page.locator("a.mention")).to_have_text("@bodil")
