"""A real Chromium against a real MidtLink with the demo hospital."""

import pytest

from midtlink.demo.cast import SIGN_INS
from tests.browser.site import chromium, running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the Chromium of this machine; as root it runs without its own sandbox."""
    path = chromium()
    extra = {"executable_path": path} if path else {}
    return {**browser_type_launch_args, **extra, "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def site():
    """The address of a running demo hospital, shared by the tests of this folder."""
    with running(None, "--demo") as (address, _process):
        yield address


@pytest.fixture
def base_url(site):
    """What playwright puts before a path."""
    return site


@pytest.fixture
def sign_in(page):
    """Sign a demo person in, by the name of their part: nurse, reviewer, administrator."""

    def as_(part):
        person = SIGN_INS[part]
        page.goto("/log-ind")
        page.get_by_label("Brugernavn").fill(person.username)
        page.get_by_label("Adgangskode").fill(person.password)
        page.get_by_role("button", name="Log ind").click()
        page.wait_for_url("**/")

    return as_
