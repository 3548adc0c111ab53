"""The hospital's own awards: made up, given, withdrawn; by administrators alone."""

import pytest

from midtlink.access import NotAllowed
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.privacy import PatientDataFound
from midtlink.refusals import Refused
from midtlink.reputation.badges.own_awards import (
    give_own_award,
    save_own_award,
    withdraw_own_award,
)
from midtlink.reputation.badges.own_queries import list_grants, list_own_awards
from midtlink.reputation.events import OwnAwardGuardOverruled
from midtlink.reputation.records import OwnAward, OwnAwardGrant
from tests.questions.threads import overheard, rows, staff
from tests.reputation.test_pages_badges import chose, holders
from tests.world.racing import all_at_once

both = pytest.mark.both_databases
HERE = "/administration/priser"


def made(cast, name="Månedens ildsjæl", **more):
    return save_own_award(None, name=name, description="For alle", by=cast.astrid, **more)


@pytest.fixture
def gift(cast):
    return made(cast)


@both
def test_the_eleventh_in_use_is_refused(cast):
    awards = [made(cast, f"Pris {number}") for number in range(10)]
    with pytest.raises(Refused, match="too_many_awards"):
        made(cast, "Pris 11")
    old = awards[0]
    save_own_award(old, name=old.name, description="", is_active=False, by=cast.astrid)
    made(cast, "Pris 11")
    with pytest.raises(Refused, match="too_many_awards"):
        save_own_award(old, name=old.name, description="", by=cast.astrid)
    assert sum(award.is_active for award in list_own_awards()) == 10


@both
def test_the_tenth_is_made_up_once(app, cast):
    for number in range(9):
        made(cast, f"Pris {number}")
    by_id = cast.astrid.id

    def make(number):
        by = db.session.get(Person, by_id)
        return save_own_award(None, name=f"Sidste {number}", description="", by=by)

    calls = [lambda number=number: make(number) for number in range(4)]
    results = all_at_once(app, calls, expected=Refused)
    assert sum(isinstance(result, OwnAward) for result in results) == 1
    assert len(rows(OwnAward)) == 10


@both
def test_a_name_is_taken_however_it_is_written(cast, gift):
    with pytest.raises(Refused, match="taken"):
        made(cast, "MÅNEDENS ILDSJÆL")
    save_own_award(gift, name="Månedens Ildsjæl", description="", by=cast.astrid)


@both
def test_giving_twice_for_the_same_gives_once(cast, gift):
    for reason in ("Hjalp alle", "Hjalp alle", "Hjalp igen"):
        give_own_award(gift, cast.jonas, reason=reason, by=cast.astrid)
    assert [row.reason for row in rows(OwnAwardGrant)] == ["Hjalp alle", "Hjalp igen"]


@both
def test_what_is_withdrawn_is_kept_as_a_row(cast, gift):
    grant = give_own_award(gift, cast.jonas, reason="Tak", by=cast.astrid)
    for _ in range(2):
        withdraw_own_award(grant.id, by=cast.astrid)
    (row,) = rows(OwnAwardGrant)
    assert row.withdrawn_by_id == cast.astrid.id
    assert list_grants(gift, with_unlisted=True).rows == []


def test_out_of_use_it_is_not_given(cast, gift):
    save_own_award(gift, name=gift.name, description="", is_active=False, by=cast.astrid)
    with pytest.raises(Refused, match="out_of_use"):
        give_own_award(gift, cast.jonas, reason="Tak", by=cast.astrid)


def test_nobody_else_keeps_awards(cast, gift):
    grant = give_own_award(gift, cast.jonas, reason="Tak", by=cast.astrid)
    for person in (cast.jonas, cast.bodil, cast.mogens, None):
        for doing in (
            lambda by: save_own_award(None, name="Min", description="", by=by),
            lambda by: give_own_award(gift, cast.karim, reason="Tak", by=by),
            lambda by: withdraw_own_award(grant.id, by=by),
        ):
            with pytest.raises(NotAllowed):
                doing(person)


def test_no_cpr_number_in_any_text(cast, gift):
    cpr = "Om 010190-1234"
    for texts in ({"name": cpr, "description": ""}, {"name": "Ny", "description": cpr}):
        with pytest.raises(PatientDataFound):
            save_own_award(None, **texts, by=cast.astrid)
    with pytest.raises(PatientDataFound):
        give_own_award(gift, cast.jonas, reason=cpr, by=cast.astrid)


def test_who_has_left_gets_none(cast, gift):
    for person in (cast.leif, None):
        with pytest.raises(Refused, match="unknown_person"):
            give_own_award(gift, person, reason="Tak", by=cast.astrid)


def test_only_those_who_chose_it_stand_on_the_page(visit, cast, gift):
    for person in (cast.anne, cast.jonas, cast.karim):
        give_own_award(gift, person, reason="Hjalp alle", by=cast.astrid)
    chose(cast.jonas, is_listed=True)
    chose(cast.karim, is_listed=True, hides_points=True)
    page = visit.get(f"/priser/{gift.id}", as_=cast.bodil)
    assert holders(page) == ["jonas"]
    assert "Hjalp alle" in page.text
    kept = visit.get(f"{HERE}/{gift.id}", as_=cast.astrid)
    assert all(person.name in kept.text for person in (cast.anne, cast.jonas, cast.karim))


def test_holders_stand_page_by_page(visit, cast, gift):
    people = staff(21)
    for person in people:
        give_own_award(gift, person, reason="Tak", by=cast.astrid)
        chose(person, is_listed=True)
    first = visit.get(f"/priser/{gift.id}", as_=cast.karim)
    (older,) = [link.get("href") for link in first.all("a") if link.get("rel") == "next"]
    found = holders(first) + holders(visit.get(older, as_=cast.karim))
    assert sorted(found) == sorted(person.username for person in people)


def test_an_administrator_makes_gives_and_withdraws(visit, cast):
    assert "Der er ingen priser endnu." in visit.get(HERE, as_=cast.astrid).text
    visit.post(HERE, as_=cast.astrid, name="Månedens ildsjæl", description="For alle")
    (award,) = rows(OwnAward)
    here = f"{HERE}/{award.id}"
    assert "er klar til at blive givet" in visit.get(here, as_=cast.astrid).text
    visit.post(f"{here}/tildeling", as_=cast.astrid, username=cast.jonas.username, reason="Tak")
    page = visit.get(here, as_=cast.astrid)
    assert "Jonas Holt har fået prisen." in page.text
    (grant,) = rows(OwnAwardGrant)
    visit.post(f"{HERE}/tildelinger/{grant.id}/tilbagetraekning", as_=cast.astrid)
    assert "Ingen har fået den endnu." in visit.get(here, as_=cast.astrid).text
    visit.post(here, as_=cast.astrid, name="Årets ildsjæl", description="")
    (award,) = rows(OwnAward)
    assert (award.name, award.is_active) == ("Årets ildsjæl", False)
    assert "Årets ildsjæl" not in visit.get("/badges", as_=cast.karim).text


def test_a_full_list_offers_no_form(visit, cast):
    for number in range(10):
        made(cast, f"Pris {number}")
    page = visit.get(HERE, as_=cast.astrid)
    assert not page.has_form(HERE) and "Der er ikke plads til flere." in page.text
    refused = visit.post(HERE, as_=cast.astrid, status=400, name="Nummer 11", description="")
    assert "Der er plads til 10 priser i brug." in refused.text
    assert refused.form(HERE, "name")["name"] == "Nummer 11"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"username": "findes-ikke", "reason": "Tak"}, "Der er ingen kollega"),
        ({"username": "jonas", "reason": ""}, "Skriv, hvad kollegaen får prisen for."),
        ({"username": "jonas", "reason": "Om 010190-1234"}, "ligner et CPR-nummer"),
    ],
)
def test_a_refused_gift_keeps_what_was_typed(visit, cast, gift, fields, words):
    assert cast.jonas
    here = f"{HERE}/{gift.id}/tildeling"
    page = visit.post(here, as_=cast.astrid, status=400, **fields)
    assert words in page.text
    assert page.form(here, "reason")["reason"].strip() == fields["reason"]


def test_a_number_that_is_none_is_told_to_the_journal(visit, cast, gift):

    here = f"{HERE}/{gift.id}/tildeling"
    fields = {"username": cast.jonas.username, "reason": "Om 010190-1234"}
    page = visit.post(here, as_=cast.astrid, status=400, **fields)
    buttons = [button for button in page.all("button") if button.get("name") == "not_cpr"]
    with overheard(OwnAwardGuardOverruled, lambda fact: fact.count) as told:
        visit.post(here, as_=cast.astrid, **fields, not_cpr=buttons[0].get("value"))
    assert told == [1]
    assert rows(OwnAwardGrant)[0].reason == "Om 010190-1234"
