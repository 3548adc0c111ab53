"""The right word to the right person: a question, its answer, the bell, the mail, no more mails."""

import re
import time
import urllib.request
from email import message_from_bytes
from email.policy import default

import pytest
from playwright.sync_api import expect

from tests.browser.parts import NURSE, OWN, REVIEWER, sign_in
from tests.browser.site import free_port, run, running
from tests.browser.test_asking import ask
from tests.notifications.post_office import PostOffice, listening

WORDS = "Ja, kablet ligger i det blaa skab"


@pytest.fixture(scope="module")
def office():
    """The hospital's mail server."""
    office = PostOffice()
    with listening(office) as port:
        office.port = port
        yield office


@pytest.fixture(scope="module")
def base_url(office, tmp_path_factory):
    """A demo hospital of its own that sends mail."""
    folder, port = tmp_path_factory.mktemp("mailing"), free_port()
    mail = {
        "BASE_URL": f"http://127.0.0.1:{port}", "MAIL_HOST": "127.0.0.1",
        "MAIL_PORT": office.port, "MAIL_SECURITY": "none", "MAIL_FROM": "midtlink@hospital.example",
    }  # fmt: skip
    with running(folder, "--demo", port=port, **mail) as (address, _process):
        run("settings", "set", "posts_per_minute", "100", instance=folder)
        yield address


@pytest.fixture
def page_of(browser, base_url):
    """Open a page for one of the demo's own people, signed in."""
    contexts = []

    def opened(part):
        context = browser.new_context(base_url=base_url, locale="da")
        contexts.append(context)
        page = context.new_page()
        sign_in(page, OWN[part].username, OWN[part].password)
        return page

    yield opened
    for context in contexts:
        context.close()


def waited_for(find, seconds=60):
    """What is found, as soon as something is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := find():
            return found
        time.sleep(0.2)
    raise AssertionError("nothing came")


def mails_about(office, number):
    """The mails about a thread that the nurse has got, as a mail program reads them."""
    to = f"{OWN[NURSE].username}@hospital.example"
    kept = [each.content for each in office.kept if each.rcpt_tos == [to]]
    mails = [message_from_bytes(each, policy=default) for each in kept]
    return [mail for mail in mails if f"/s/{number}" in mail.get_body(("plain",)).get_content()]


def answered(page, path, words):
    page.goto(path)
    page.get_by_label("Dit svar").fill(words)
    page.get_by_role("button", name="Send svar").click()
    expect(page.locator(".answer", has_text=words).first).to_be_visible()


def test_who_asked_hears_of_the_answer_and_can_have_it_otherwise(page_of, office):
    anne, bodil = page_of(NURSE), page_of(REVIEWER)
    path = ask(anne)
    number = re.match(r"/q/(\d+)", path)[1]
    answered(bodil, path, WORDS)

    (mail,) = waited_for(lambda: mails_about(office, number))
    assert WORDS.encode() not in office.kept[-1].content
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].strip("<>")
    with urllib.request.urlopen(link, data=b"List-Unsubscribe=One-Click", timeout=20) as done:
        assert done.status == 200

    anne.goto("/spoergsmaal")
    before = int(anne.locator("[data-bell-number]").inner_text())
    anne.locator("[data-bell]").click()
    row = anne.locator(".inbox .question-row").filter(has_text="Nyt svar på dit spørgsmål").first
    expect(row).to_contain_text("Fordi du har stillet spørgsmålet.")
    row.get_by_role("button", name="Læst").click()
    expect(anne.locator(".messages")).to_contain_text("Markeret som læst")
    after = anne.locator("[data-bell-number]")
    assert not after.is_visible() or int(after.inner_text()) == before - 1
    anne.get_by_role("button", name="Fortryd").click()
    expect(anne.locator("[data-bell-number]")).to_have_text(str(before))

    anne.goto("/mig/beskeder")
    expect(anne.locator("[name=mode_answer]")).to_have_value("off")
    answered(bodil, ask(anne), WORDS)
    anne.locator("[data-bell]").click()
    expect(anne.locator(".inbox .question-row").first).to_contain_text("Nyt svar på dit spørgsmål")


def test_the_number_follows_while_the_page_is_looked_at(page_of):
    anne, bodil = page_of(NURSE), page_of(REVIEWER)
    path = ask(anne)
    anne.clock.install()
    anne.goto("/beskeder?vis=senere")
    before = anne.locator("[data-bell-number]").inner_text() or "0"
    answered(bodil, path, "Prøv igen")
    with anne.expect_response("**/beskeder/antal") as first:
        anne.clock.run_for(61_000)
    assert first.value.status == 200
    expect(anne.locator("[data-bell-number]")).to_have_text(str(int(before) + 1))
    with anne.expect_response("**/beskeder/antal") as second:
        anne.clock.run_for(61_000)
    assert second.value.status == 304
