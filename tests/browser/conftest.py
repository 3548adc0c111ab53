"""A real Chromium against a real MidtLink with the demo hospital."""

from pathlib import Path

import pytest

from tests.browser.parts import OWN, cookies_of_all, sign_in
from tests.browser.site import LAUNCH, can_browse, chromium, run, running

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Skip this folder, loudly and in one line, where no Chromium is."""
    ours = [item for item in items if HERE in item.path.parents]
    if ours and not can_browse():
        for item in ours:
            item.add_marker(pytest.mark.skip(reason="no Chromium: playwright install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the Chromium of this machine, else the one that playwright installed."""
    path = chromium()
    found = {"executable_path": path} if path else {}
    return {**browser_type_launch_args, **found, "args": LAUNCH}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Speak Danish, as the hospital does."""
    return {**browser_context_args, "locale": "da"}


@pytest.fixture(scope="session")
def instance(tmp_path_factory):
    """The folder of the running MidtLink's data."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def base_url(instance):
    """The address of a running demo hospital, shared by the tests of this folder."""
    with running(instance, "--demo") as (address, _process):
        # The stories write faster than people do.
        run("settings", "set", "posts_per_minute", "100", instance=instance)
        yield address


@pytest.fixture(scope="session")
def states(browser, base_url, instance):
    """The cookies of everybody who can be signed in, by part."""
    return cookies_of_all(browser, base_url, instance)


@pytest.fixture
def page_of(new_context, states):
    """Open a page for a part, already signed in; options are those of a browser context."""
    return lambda part, **options: new_context(storage_state=states[part], **options).new_page()


@pytest.fixture
def sign_in_as():
    """Sign a demo person in on a page, with a sign-in of its own."""
    return lambda page, part: sign_in(page, OWN[part].username, OWN[part].password)
