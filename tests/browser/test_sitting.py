"""Sitting at a shared computer: leaving it alone, coming back to a draft, signing out."""

import re
import sqlite3

import pytest
from playwright.sync_api import expect

from tests.browser.parts import NURSE, OWN, sign_in

#: Seconds: the idle limit on a shared computer, and how long before it the page warns.
LIMIT, WARNING = 15 * 60, 60
AGE = """UPDATE sign_ins SET active_at = strftime('%Y-%m-%d %H:%M:%f', active_at, '-{} seconds')
  WHERE id = (SELECT max(id) FROM sign_ins)"""
LAST_ACTIVE = "SELECT active_at FROM sign_ins ORDER BY id DESC LIMIT 1"


class Desk:
    """A nurse's page with a sign-in of its own; the test holds both clocks."""

    def __init__(self, page, database):
        self.page = page
        self.database = database

    def sign_in(self):
        """Sign in, with the clock of the page under our hand."""
        self.page.clock.install()
        sign_in(self.page, OWN[NURSE].username, OWN[NURSE].password)

    def leave_alone(self, seconds):
        """Let time pass: on the server by making the sign-in older, then on the page."""
        self.ask(AGE.format(seconds))
        self.page.clock.fast_forward(seconds * 1000)

    def last_active(self):
        """When the server last counted the person as present."""
        return self.ask(LAST_ACTIVE)

    def ask(self, statement):
        """Run a statement on the database of the running MidtLink."""
        with sqlite3.connect(self.database, timeout=10) as connection:
            row = connection.execute(statement).fetchone()
        connection.close()
        return row


@pytest.fixture
def desk(new_context, instance):
    """The nurse at a shared computer, signed in."""
    desk = Desk(new_context().new_page(), instance / "midtlink.db")
    desk.sign_in()
    return desk


@pytest.fixture
def warning(desk):
    """The dialog that asks whether somebody is there."""
    return desk.page.get_by_role("dialog", name="Er du der stadig?")


def test_warning_comes_a_minute_before_the_limit(desk, warning):
    desk.page.goto("/emner")
    desk.leave_alone(LIMIT - WARNING - 30)
    expect(warning).to_be_hidden()
    desk.leave_alone(35)
    expect(warning).to_be_visible()
    expect(warning.locator(".idle-left")).to_have_text(re.compile(r"\b[1-5]?\d\b"))


def test_staying_renews_the_sign_in(desk, warning):
    desk.page.goto("/emner")
    desk.leave_alone(LIMIT - WARNING + 5)
    before = desk.last_active()
    warning.get_by_role("button", name="Bliv logget ind").click()
    expect(warning).to_be_hidden()
    assert desk.last_active() > before
    desk.leave_alone(LIMIT - WARNING - 30)
    expect(warning).to_be_hidden()


def test_screen_is_emptied_and_the_draft_comes_back(desk, warning):
    desk.page.goto("/spoerg")
    desk.page.locator("main [name=title]").fill("Hvor er nøglen til depotet?")
    desk.page.locator("main [name=body]").fill("Den plejer at hænge her.")
    desk.leave_alone(LIMIT - WARNING + 5)
    expect(warning).to_be_visible()
    expect(desk.page.locator(".draft")).to_contain_text("Kladde gemt")
    desk.leave_alone(WARNING)
    expect(desk.page.locator("body")).to_be_empty()

    desk.page.clock.run_for(3000)
    desk.page.wait_for_url("**/log-ind?next=%2Fspoerg")
    desk.page.get_by_label("Brugernavn").fill(OWN[NURSE].username)
    desk.page.get_by_label("Adgangskode").fill(OWN[NURSE].password)
    desk.page.get_by_role("button", name="Log ind").click()
    desk.page.wait_for_url("**/spoerg")
    expect(desk.page.locator("main [name=title]")).to_have_value("Hvor er nøglen til depotet?")
    expect(desk.page.locator("main [name=body]")).to_have_value("Den plejer at hænge her.")


def test_autosave_and_asking_do_not_renew(desk):
    desk.page.goto("/spoerg")
    desk.ask(AGE.format(300))
    before = desk.last_active()
    desk.page.locator("main [name=body]").fill("Jeg skriver stadig")
    desk.page.clock.run_for(2500)
    expect(desk.page.locator(".draft")).to_contain_text("Kladde gemt")
    assert desk.page.evaluate("fetch('/log-ind/tilbage').then((answer) => answer.status)") == 200
    assert desk.last_active() == before
    desk.page.goto("/emner")
    assert desk.last_active() > before


def test_draft_is_saved_after_a_pause_and_restored(desk):
    desk.page.goto("/spoerg")
    desk.page.locator("main [name=title]").fill("Hvem fejer op efter duerne?")
    desk.page.clock.run_for(2500)
    expect(desk.page.locator(".draft")).to_contain_text("Kladde gemt kl.")
    desk.page.reload()
    expect(desk.page.locator("main [name=title]")).to_have_value("Hvem fejer op efter duerne?")
    assert desk.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_signing_out_kills_a_copied_cookie(desk, new_context):
    copied = new_context(storage_state=desk.page.context.storage_state()).new_page()
    copied.goto("/emner")
    expect(copied.locator("h1")).to_have_text("Emner")
    desk.page.get_by_role("button", name="Log ud").click()
    desk.page.wait_for_url("**/log-ind")
    copied.goto("/emner")
    expect(copied.locator("h1")).to_have_text("Log ind")


def test_language_is_switched_and_kept(desk):
    html = desk.page.locator("html")
    desk.page.get_by_role("button", name="English").click()
    expect(html).to_have_attribute("lang", "en")
    desk.page.goto("/emner")
    expect(html).to_have_attribute("lang", "en")
    desk.page.get_by_role("button", name="Dansk").click()
    expect(html).to_have_attribute("lang", "da")
