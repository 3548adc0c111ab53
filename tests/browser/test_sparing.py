"""“Det var svaret” and saved searches in a browser, with scripts and without."""

import re

import pytest
from axe_core_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser.parts import NURSE, REVIEWER
from tests.browser.test_pages import AXE

ENDING = re.compile("^Det var svaret")


def begin(page, title):
    """Type the title of a question; without scripts one asks for what is like it."""
    page.goto("/spoerg")
    field = page.locator("main [name=title]")
    field.fill("")
    field.press_sequentially(title, delay=20)
    look = page.get_by_role("button", name="Se, om det er besvaret")
    if look.count():
        look.click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_answer_ends_the_asking_and_can_be_taken_back(page_of, scripts):
    page = page_of(NURSE, java_script_enabled=scripts)
    begin(page, "etiketter printer")
    ending = page.get_by_role("button", name=ENDING).first
    expect(ending).to_be_visible()
    ending.click()
    page.wait_for_url("**/q/**")
    expect(page.locator(".messages")).to_contain_text("du sparede dine kolleger")

    page.get_by_role("button", name="Fortryd").click()
    page.wait_for_url("**/spoerg")
    expect(page.locator("main [name=title]")).to_have_value("etiketter printer")
    page.get_by_role("button", name="Begynd forfra").click()


def test_the_answer_is_reached_by_keyboard_and_enter_still_sends(page_of):
    page = page_of(REVIEWER)
    begin(page, "etiketter printer")
    expect(page.get_by_role("button", name=ENDING).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#similar a").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=ENDING).first).to_be_focused()

    page.locator("main [name=title]").fill("Hvor er etiketterne til printeren på stue 12?")
    page.locator("main [name=title]").press("Enter")
    page.wait_for_url("**/q/**")
    expect(page.locator("h1")).to_have_text("Hvor er etiketterne til printeren på stue 12?")


def test_what_is_told_of_it_is_looked_at_too(page_of):
    page = page_of(NURSE)
    page.goto("/spoerg")
    page.locator("main [name=title]").fill("Hjælp")
    expect(page.locator("#similar a")).to_have_count(0)
    page.locator("main [name=body]").press_sequentially("etiketter printer", delay=20)
    expect(page.locator("#similar a").first).to_be_visible()
    expect(page.locator("main [name=body]")).to_be_focused()
    page.get_by_role("button", name="Sådan ser det ud").click()
    expect(page.locator(".editor-preview p")).to_have_text("etiketter printer")


def test_similar_questions_break_no_rule_on_a_phone(page_of):
    page = page_of(NURSE, viewport={"width": 360, "height": 740})
    begin(page, "etiketter printer")
    ending = page.get_by_role("button", name=ENDING).first
    expect(ending).to_be_visible()
    assert ending.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, {}) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_search_is_kept_run_and_deleted(page_of, scripts):
    page = page_of(NURSE, java_script_enabled=scripts)
    page.goto("/soeg?q=stregkode")
    page.get_by_label("Giv mig besked, når der er nyt").check()
    page.get_by_role("button", name="Gem søgningen").click()
    expect(page).to_have_url(re.compile(r"/soeg\?q=stregkode$"))
    expect(page.locator(".messages")).to_contain_text("gemt under Mine søgninger")

    page.goto("/soegninger")
    bell = page.get_by_role("button", name=re.compile("^Giv(er)? besked.* stregkode$"))
    expect(bell).to_contain_text("Giver besked ✓")
    expect(bell).to_have_attribute("aria-pressed", "true")
    bell.click()
    expect(bell).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Søg igen stregkode").click()
    expect(page).to_have_url(re.compile(r"/soeg\?q=stregkode$"))

    page.goto("/soegninger")
    heading = page.get_by_role("heading", name="stregkode", exact=True)
    page.get_by_role("button", name="Slet stregkode").click()
    expect(page.locator(".messages")).to_contain_text("Søgningen er slettet")
    expect(heading).to_have_count(0)
    page.get_by_role("button", name="Fortryd").click()
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Slet stregkode").click()
