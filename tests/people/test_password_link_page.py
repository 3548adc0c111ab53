"""The page behind a one-time link."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people import links
from midtlink.people.models import Person
from midtlink.people.policy import COMMAND_LINE
from tests.people.making import PASSWORD, sign_in


@pytest.fixture
def path(cast):
    """The address of a link for anne."""
    anne = cast.anne.id
    make = lambda: links.make_link(db.session.get(Person, anne), by=COMMAND_LINE)  # noqa: E731
    return f"/adgang/{in_transaction(make)}"


def test_link_leads_to_a_password_and_on_to_sign_in(visit, path):
    assert "anne" in visit.get(path).text
    assert visit.post(path, password=PASSWORD, again=PASSWORD).location == "/log-ind"
    assert "Nu kan du logge ind" in visit.get("/log-ind").text
    assert sign_in("anne")


def test_used_link_and_invented_link_look_the_same(visit, path):
    visit.get(path)
    visit.post(path, password=PASSWORD, again=PASSWORD)
    visit.get("/log-ind")
    texts = {visit.get(each, status=404).text for each in (path, "/adgang/x", "/adgang/%00")}
    texts |= {visit.post(path, password=PASSWORD, again=PASSWORD, status=404).text}
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [(PASSWORD, "x", "ikke ens"), ("kort", "kort", "mindst 12 tegn"), ("", "", "mindst 12 tegn")],
)
def test_bad_password_is_told_and_the_link_lives(visit, path, password, again, words):
    assert words in visit.post(path, password=password, again=again, status=400).text
    visit.post(path, password=PASSWORD, again=PASSWORD)


def test_scanner_that_looks_uses_nothing_up(visit, path):
    for _ in range(3):
        visit.get(path)
    visit.post(path, password=PASSWORD, again=PASSWORD)


def test_link_needs_the_forms_token(visit, path):
    visit.post(path, token=False, password=PASSWORD, again=PASSWORD, status=400)
    assert visit.get(path)


def test_link_takes_no_other_method(visit, path):
    assert visit.client().delete(path).status_code in (400, 405)
