"""The pages where moderators see and decide votes that look arranged."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.people.models import Person
from midtlink.reputation.records import SuspectVote, Suspicion
from tests.reputation.patterns import suspected, votes
from tests.world.statements import statements_of

LIST = "/stemmemoenstre"
PAIR = "Karim Aziz, portør, Portørcentralen → på Jonas Holt, lægesekretær, Medicinsk Afdeling : 8"


@pytest.fixture
def replies(cast):
    return votes(cast.karim, cast.jonas, 8, asker=cast.anne)


@pytest.fixture
def suspicion(replies):
    (found,) = suspected()
    return found


@pytest.fixture
def page_of(visit, cast, suspicion):
    return lambda **more: visit.get(f"{LIST}/{suspicion.id}", as_=cast.mogens, **more)


def send(visit, suspicion, by, status=303, **fields):
    return visit.post(f"{LIST}/{suspicion.id}/afgoerelse", as_=by, status=status, **fields)


def test_nothing_to_decide_says_so(visit, cast):
    page = visit.get(LIST, as_=cast.mogens)
    assert "Ingen mønstre" in page.text
    assert "Sidst set igennem" not in page.text


def test_the_list_names_kind_and_people(visit, cast, suspicion):
    page = visit.get(LIST, as_=cast.mogens)
    assert "En kollega stemmer mest på én anden" in page.text
    assert "Karim Aziz, Jonas Holt" in page.text
    assert "8 stemmer" in page.text
    assert "Sidst set igennem" in page.text


def test_the_page_shows_who_voted_for_whom_for_what_and_when(page_of, cast):
    page = page_of()
    assert PAIR in page.text
    assert "Spørgsmål 0 af 8?" in page.text
    assert len(page.all("time")) == 8
    assert len(page.all("tr")) == 9


def test_hidden_points_do_not_hide_the_votes_from_who_decides(page_of, cast):
    for person in (cast.karim, cast.jonas):
        row = db.session.get(Person, person.id)
        with db.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE people SET hides_points = true WHERE id = {row.id}")
    assert PAIR in page_of().text


def test_reversing_says_how_many_and_both_can_read_why(visit, cast, suspicion):
    send(visit, suspicion, cast.mogens, reverse="yes", because="Stemmerne lignede en aftale.")
    assert "Pointene for 8 stemmer er taget tilbage." in visit.get(LIST, as_=cast.mogens).text
    decided = visit.get(f"{LIST}?vis=afgjorte", as_=cast.mogens).text
    assert "Tilbageført" in decided
    page = visit.get(f"{LIST}/{suspicion.id}", as_=cast.mogens)
    assert "Stemmerne lignede en aftale." in page.text
    assert not page.has_form(f"{LIST}/{suspicion.id}/afgoerelse")
    for person, other in ((cast.karim, "Jonas"), (cast.jonas, "Karim")):
        told = visit.get("/mig/point", as_=person).text
        assert "Stemmerne lignede en aftale." in told
        assert other not in told


def test_in_order_is_thanked_for(visit, cast, suspicion):
    send(visit, suspicion, cast.mogens, reverse="no", because="De deler vagt.")
    assert "Stemmerne er i orden." in visit.get(LIST, as_=cast.mogens).text
    assert "I orden" in visit.get(f"{LIST}?vis=afgjorte", as_=cast.mogens).text


def test_a_decision_without_a_reason_is_asked_for_one(visit, cast, suspicion):
    page = send(visit, suspicion, cast.mogens, status=400, reverse="yes", because=" ")
    assert "Skriv en tekst først." in page.text
    assert db.session.get(Suspicion, suspicion.id).decided_at is None


@pytest.mark.parametrize("reverse", ["", "maybe"])
def test_a_decision_is_one_of_two(visit, cast, suspicion, reverse):
    send(visit, suspicion, cast.mogens, status=400, reverse=reverse, because="Fordi")


def test_a_number_like_a_patients_is_stopped_and_the_choice_kept(visit, cast, suspicion):
    page = send(visit, suspicion, cast.mogens, status=400, reverse="yes", because="010190-1234")
    assert "Er det et CPR-nummer?" in page.text
    fields = page.form(f"{LIST}/{suspicion.id}/afgoerelse")
    assert fields["because"] == "010190-1234"
    send(
        visit, suspicion, cast.mogens,
        reverse="yes", because="010190-1234", not_cpr=fields["not_cpr"],
    )  # fmt: skip
    assert db.session.get(Suspicion, suspicion.id).is_reversed


def test_another_decision_is_a_conflict(visit, cast, suspicion):
    send(visit, suspicion, cast.mogens, reverse="no", because="De deler vagt.")
    send(visit, suspicion, cast.mogens, status=409, reverse="yes", because="Alligevel.")


@pytest.mark.parametrize("name", ["anne", "karim", "jonas", "bodil", "astrid"])
def test_nobody_else_is_let_in(visit, cast, suspicion, name):
    person = getattr(cast, name)
    for path in (LIST, f"{LIST}/{suspicion.id}"):
        assert "Karim" not in visit.get(path, as_=person, status=403).text.replace(person.name, "")
    send(visit, suspicion, person, status=403, reverse="yes", because="Nej")
    assert db.session.get(Suspicion, suspicion.id).decided_at is None


def test_what_cannot_be_read_any_longer_has_no_title(page_of, cast, replies):
    hide(replies[0], by=cast.mogens)
    redact(replies[0].question, by=cast.mogens)
    with db.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE reputation_facts SET post_id = 999999 WHERE subject = 'helped' AND id = "
            "(SELECT max(id) FROM reputation_facts WHERE subject = 'helped')"
        )
    page = page_of()
    assert "En tekst, der ikke kan læses længere" in page.text
    assert "Spørgsmål 0 af 8?" not in page.text


@pytest.mark.parametrize("at", ["abc", "0", "999999", "99999999999999999999"])
def test_no_such_pattern(visit, cast, suspicion, at):
    visit.get(f"{LIST}/{at}", as_=cast.mogens, status=404)


@pytest.mark.parametrize("query", ["?vis=alle", "?efter=x"])
def test_an_address_that_makes_no_sense(visit, cast, query):
    visit.get(LIST + query, as_=cast.mogens, status=404 if "vis" in query else 400)


def test_votes_beyond_the_page_are_on_the_next(visit, cast):
    votes(cast.karim, cast.jonas, 51, asker=cast.anne)
    (row,) = suspected()
    page = visit.get(f"{LIST}/{row.id}", as_=cast.mogens)
    assert len(page.all("tr")) == 51
    (more,) = [link.get("href") for link in page.all("a") if link.get("rel") == "next"]
    assert len(visit.get(more, as_=cast.mogens).all("tr")) == 2


@pytest.mark.parametrize("count", [1, 15])
def test_what_the_pages_cost(visit, cast, replies, count):
    (first,) = suspected()
    for number in range(count - 1):
        row = Suspicion(
            kind="one_way", identity=f"x{number}",
            found_at=first.found_at, window_from=first.window_from,
        )  # fmt: skip
        row.votes = [SuspectVote(fact_id=vote.fact_id) for vote in first.votes]
        in_transaction(lambda row=row: db.session.add(row))
    assert statements_of(visit, LIST, cast.mogens) == 3
    assert statements_of(visit, f"{LIST}/{first.id}", cast.mogens) == 6
