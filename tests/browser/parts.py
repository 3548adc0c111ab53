"""Who opens the demo's pages: the three it can sign in, and one of its moderators, invited here."""

import json

from midtlink.demo.cast import SIGN_INS
from tests.browser.site import run

#: The parts of the demo's own sign-ins, in their order; the moderator comes beside them.
NURSE, REVIEWER, ADMINISTRATOR, MODERATOR = "nurse", "reviewer", "administrator", "moderator"
OWN = dict(zip((NURSE, REVIEWER, ADMINISTRATOR), SIGN_INS, strict=True))
PARTS = (*OWN, MODERATOR)
PASSWORD = "to-graa-katte-i-kaelderen"


def moderator_of(instance):
    """The username of a moderator of the demo."""
    everybody = json.loads(run("people", "list", "--json", instance=instance).stdout)
    return next(each["username"] for each in everybody if MODERATOR in each["roles"])


def invitation(instance, username):
    """The path of a new one-time link for a person."""
    invited = run("people", "invite", username, "--json", instance=instance)
    return json.loads(invited.stdout)[username].split("/", 3)[3]


def choose_password(page, link, password=PASSWORD):
    """Use a one-time link, as an invited colleague does."""
    page.goto(link)
    page.locator("[name=password]").fill(password)
    page.locator("[name=again]").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()


def sign_in(page, username, password):
    """Sign in by the form; the page stands at home afterwards."""
    page.goto("/log-ind")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/")


def cookies_of_all(browser, address, instance):
    """Sign every part in once and return their browser states by part."""
    username = moderator_of(instance)
    context = browser.new_context(base_url=address)
    choose_password(context.new_page(), f"/{invitation(instance, username)}")
    context.close()
    known = {part: (own.username, own.password) for part, own in OWN.items()}
    known[MODERATOR] = username, PASSWORD
    return {part: _state(browser, address, *known[part]) for part in PARTS} | {None: None}


def _state(browser, address, username, password):
    context = browser.new_context(base_url=address)
    sign_in(context.new_page(), username, password)
    state = context.storage_state()
    context.close()
    return state
