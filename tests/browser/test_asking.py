"""The main job in a browser: asked with a title alone, answered by a colleague, solved."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect

from tests.browser.parts import NURSE, REVIEWER

CPR = "0101901234"
NUMBERS = count(1)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request):
    """Whether the browser runs scripts; everything works without."""
    return request.param


def ask(page, **fields):
    """Ask a question by the form and return its path."""
    title = f"Kan vi få strøm på vogn {next(NUMBERS)} i gangen?"
    page.goto("/spoerg")
    for name, words in {"title": title, "body": "", "tags": "", **fields}.items():
        page.locator(f"main [name={name}]").fill(words)
    page.get_by_role("button", name="Send spørgsmål").click()
    page.wait_for_url("**/q/**")
    return page.url.removeprefix(page.url.split("/q/")[0])


def test_question_is_asked_answered_and_solved(page_of, scripts):
    anne = page_of(NURSE, java_script_enabled=scripts)
    bodil = page_of(REVIEWER, java_script_enabled=scripts)
    path = ask(anne)
    expect(anne.locator("#question-status")).to_have_text(re.compile("Mangler svar"))

    bodil.goto(path)
    bodil.get_by_label("Dit svar").fill("Ja, kablet ligger i **skabet**.")
    bodil.get_by_role("button", name="Send svar").click()
    expect(bodil.locator(".answer strong")).to_have_text("skabet")

    anne.goto(path)
    anne.get_by_role("button", name="Vælg dette svar").click()
    expect(anne.locator(".answer.is-chosen, .answer .badge").first).to_be_visible()
    expect(anne.locator("#question-status")).to_have_text(re.compile("Løst"))
    expect(anne.get_by_role("button", name="Valgt svar")).to_have_attribute("aria-pressed", "true")


def test_vote_is_set_and_taken_back(page_of, scripts):
    anne = page_of(NURSE)
    path = ask(anne)
    bodil = page_of(REVIEWER, java_script_enabled=scripts)
    bodil.goto(path)
    vote = bodil.get_by_role("button", name="Jeg har samme problem")

    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(vote).to_contain_text("1")
    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "false")
    bodil.reload()
    expect(vote).to_contain_text("0")


def test_vote_keeps_the_page_and_the_focus(page_of):
    path = ask(page_of(NURSE))
    bodil = page_of(REVIEWER)
    bodil.goto(path)
    bodil.evaluate("window.stayed = true")
    vote = bodil.get_by_role("button", name="Godt spørgsmål")
    vote.press("Enter")
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(vote).to_be_focused()
    assert bodil.evaluate("window.stayed")


def test_cpr_number_is_refused_and_hidden_by_one_click(page_of, scripts):
    anne = page_of(NURSE, java_script_enabled=scripts)
    anne.goto("/spoerg")
    anne.locator("main [name=title]").fill("Hvor er patienten henne?")
    anne.locator("main [name=body]").fill(f"Det er {CPR}, og hun venter.")
    anne.locator("main [name=tags]").fill("")
    anne.get_by_role("button", name="Send spørgsmål").click()

    expect(anne.locator("mark")).to_have_text(CPR)
    expect(anne.locator("main [name=title]")).to_have_value("Hvor er patienten henne?")
    expect(anne.locator("main [name=body]")).to_have_value(f"Det er {CPR}, og hun venter.")
    anne.get_by_role("button", name="Skjul nummeret").click()
    expect(anne.locator("main [name=body]")).not_to_have_value(re.compile(r"\d{4}"))
    anne.get_by_role("button", name="Send spørgsmål").click()
    anne.wait_for_url("**/q/**")
    assert CPR not in anne.content()
    expect(anne.locator(".question .text")).to_contain_text("og hun venter")


def test_similar_questions_show_while_typing(page_of):
    anne = page_of(NURSE)
    anne.goto("/spoerg")
    title = anne.locator("main [name=title]")
    title.fill("")
    title.press_sequentially("etiketter printer", delay=20)
    expect(anne.locator("#similar a").first).to_be_visible()
    expect(title).to_be_focused()


def test_preview_shows_how_the_text_will_look(page_of):
    anne = page_of(NURSE)
    anne.goto("/spoerg")
    anne.locator("main [name=body]").fill("Det er **vigtigt**")
    anne.get_by_role("button", name="Sådan ser det ud").click()
    expect(anne.locator(".editor-preview strong")).to_have_text("vigtigt")


def test_pasted_picture_is_declined_kindly(page_of):
    anne = page_of(NURSE)
    anne.goto("/spoerg")
    anne.locator("main [name=body]").fill("Før")
    anne.locator("main [name=body]").evaluate(
        """area => {
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File(["x"], "a.png", { type: "image/png" }));
          area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
        }"""
    )
    expect(anne.locator(".editor-note").first).to_contain_text("Billeder kan ikke")
    expect(anne.locator("main [name=body]")).to_have_value("Før")


def test_link_is_copied(page_of):
    anne = page_of(NURSE, permissions=["clipboard-read", "clipboard-write"])
    path = ask(anne)
    anne.get_by_role("button", name="Kopiér link").click()
    expect(anne.get_by_text("Linket er kopieret")).to_be_visible()
    copied = anne.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/s/{path.split('/')[2]}")
