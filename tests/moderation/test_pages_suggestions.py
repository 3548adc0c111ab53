"""Suggested edits, as people meet them."""

import pytest

from midtlink.questions.editing import edit
from midtlink.questions.models import Answer
from midtlink.questions.records import SuggestedEdit
from midtlink.questions.suggesting import suggest_edit
from tests.questions.threads import answered, asked, rows
from tests.world.statements import statements_of


@pytest.fixture
def suggestion(cast):
    """Karim suggests better words for Jonas's answer."""
    answer = answered(asked(cast.anne, "Hvordan signerer jeg?"), cast.jonas, "Brug Send.")
    return suggest_edit(
        answer, body="Brug Videresend.", summary="Nyt navn", from_revision=1, by=cast.karim
    )


def test_author_sees_what_would_change_and_takes_it(visit, cast, suggestion):
    assert "Nyt navn" in visit.get("/forslag", as_=cast.jonas).text
    page = visit.get(f"/forslag/{suggestion.id}", as_=cast.jonas)
    assert "Videresend" in "".join(page.all("ins")[0].itertext())
    visit.post(f"/forslag/{suggestion.id}/afgoerelse", as_=cast.jonas, accept="yes")
    assert rows(Answer)[0].source == "Brug Videresend."


def test_moderator_declines_with_a_word(visit, cast, suggestion):
    path = f"/forslag/{suggestion.id}"
    visit.post(f"{path}/afgoerelse", as_=cast.mogens, accept="no", because="Den hedder Send")
    assert rows(Answer)[0].source == "Brug Send."
    page = visit.get(path, as_=cast.karim)
    assert "Ikke taget med. Den hedder Send" in page.text


def test_writer_sees_their_own_and_decides_nothing(visit, cast, suggestion):
    path = f"/forslag/{suggestion.id}"
    page = visit.get(path, as_=cast.karim)
    assert "venter på forfatteren" in page.text and not page.has_form(f"{path}/afgoerelse")
    visit.post(f"{path}/afgoerelse", as_=cast.karim, status=403, accept="yes")


def test_others_do_not_know_of_it(visit, cast, suggestion):
    visit.get(f"/forslag/{suggestion.id}", as_=cast.anne, status=404)
    visit.post(f"/forslag/{suggestion.id}/afgoerelse", as_=cast.anne, status=404, accept="yes")
    assert "Ingen forslag venter" in visit.get("/forslag", as_=cast.anne).text


def test_outdated_suggestion_says_so_and_is_not_taken(visit, cast, suggestion):
    edit(suggestion.post, body="Brug Del.", from_revision=1, by=cast.jonas)
    path = f"/forslag/{suggestion.id}"
    page = visit.get(path, as_=cast.jonas)
    assert "Teksten er rettet siden." in page.text and "Tag det med" not in page.text
    visit.post(f"{path}/afgoerelse", as_=cast.jonas, status=409, accept="yes")


@pytest.mark.parametrize("accept", ["", "maybe"])
def test_decision_needs_a_choice(visit, cast, suggestion, accept):
    path = f"/forslag/{suggestion.id}/afgoerelse"
    visit.post(path, as_=cast.jonas, status=400, accept=accept)
    assert rows(SuggestedEdit)[0].decided_at is None


@pytest.mark.parametrize(
    ("path", "status"),
    [("/forslag/77", 404), ("/forslag?traad=x", 400), ("/forslag?traad=9999999999", 400),
     ("/forslag?efter=x", 400)],
)  # fmt: skip
def test_unknown_words_are_refused(visit, cast, path, status):
    visit.get(path, as_=cast.jonas, status=status)


def test_thread_shows_its_own_suggestions_alone(visit, cast, suggestion):
    other = asked(cast.jonas, "Et andet spørgsmål")
    suggest_edit(other, title="Et helt andet", body="", from_revision=1, by=cast.karim)
    page = visit.get(f"/forslag?traad={other.id}", as_=cast.jonas)
    assert "Et andet spørgsmål" in page.text and "Hvordan signerer" not in page.text


def test_list_costs_one_statement(visit, cast, suggestion):
    assert statements_of(visit, "/forslag", cast.jonas) == 1
