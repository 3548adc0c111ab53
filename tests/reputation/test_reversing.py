"""A moderator decides on votes that look arranged; what they gave is taken back exactly."""

import pytest

from midtlink.access import MODERATOR, NotAllowed, NotFound
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.guarding import fingerprint
from midtlink.moderation.hiding import hide, restore
from midtlink.people.models import Person
from midtlink.people.roles import grant_role
from midtlink.privacy import PatientDataFound
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.refusals import Conflict, Refused
from midtlink.reputation.fairness.deciding import decide
from midtlink.reputation.fairness.queries import (
    get_suspicion,
    list_suspicions,
    list_votes,
    pairs_of,
)
from midtlink.reputation.ledger.rebuilding import check, rebuild
from midtlink.reputation.ledger.stored_book import LEDGER, lines_where
from midtlink.settings.changing import change_setting
from tests.questions.threads import told_by
from tests.reputation.patterns import suspected, votes
from tests.world.cast import make_person
from tests.world.racing import all_at_once

pytestmark = pytest.mark.both_databases


@pytest.fixture
def replies(cast):
    return votes(cast.karim, cast.jonas, 8, asker=cast.anne)


@pytest.fixture
def suspicion(replies):
    (found,) = suspected()
    return found


def points_of(person):
    db.session.rollback()
    return db.session.get(Person, person.id).points


def ledger_of(person):
    return [(line.kind, line.points) for line in lines_where(LEDGER.c.person_id == person.id)]


def test_reversing_takes_back_exactly_what_was_granted(cast, replies, suspicion):
    assert points_of(cast.jonas) == 80
    change_setting("points_helped", "3", by=None, by_id=None)
    assert decide(suspicion, True, because="En aftale.", by=cast.mogens) == 8
    assert points_of(cast.jonas) == 0
    assert ledger_of(cast.jonas)[8:] == [("taken", -10)] * 8
    assert ledger_of(cast.karim) == [("told", 0)] * 8
    assert not check()
    assert not rebuild()


def test_a_capped_vote_gives_back_what_the_cap_had_left_of_it(cast):
    change_setting("points_daily_cap", "75", by=None, by_id=None)
    votes(cast.karim, cast.jonas, 8, asker=cast.anne)
    assert points_of(cast.jonas) == 75
    (suspicion,) = suspected()
    decide(suspicion, True, because="En aftale.", by=cast.mogens)
    assert points_of(cast.jonas) == 0
    assert not check()


def test_in_order_changes_no_points(cast, suspicion):
    assert decide(suspicion, False, because="De deler vagt.", by=cast.mogens) == 0
    assert points_of(cast.jonas) == 80
    assert ledger_of(cast.karim) == []
    assert (suspicion.is_reversed, suspicion.reason) == (False, "De deler vagt.")


def test_a_vote_withdrawn_before_loses_nothing_twice(cast, replies, suspicion):
    withdraw_reaction(replies[0], "helped", by=cast.karim)
    assert decide(suspicion, True, because="En aftale.", by=cast.mogens) == 7
    assert points_of(cast.jonas) == 0
    assert not check()


def test_a_reversed_vote_stays_void_when_it_is_withdrawn_and_the_post_comes_back(
    cast, replies, suspicion
):
    hide(replies[0], by=cast.mogens)
    decide(suspicion, True, because="En aftale.", by=cast.mogens)
    restore(replies[0], by=cast.mogens)
    withdraw_reaction(replies[1], "helped", by=cast.karim)
    assert points_of(cast.jonas) == 0
    assert len([line for line in ledger_of(cast.karim) if line[0] == "told"]) == 8
    assert not check()
    rebuild()
    assert points_of(cast.jonas) == 0


def test_a_vote_set_anew_is_a_new_vote(cast, replies, suspicion):
    decide(suspicion, True, because="En aftale.", by=cast.mogens)
    withdraw_reaction(replies[0], "helped", by=cast.karim)
    set_reaction(replies[0], "helped", by=cast.karim)
    assert points_of(cast.jonas) == 10
    assert not check()


def test_the_same_decision_again_changes_nothing_and_another_is_a_conflict(cast, suspicion):
    decide(suspicion, True, because="En aftale.", by=cast.mogens)
    facts = told_by(lambda: decide(suspicion, True, because="Igen.", by=cast.mogens))
    assert not facts
    with pytest.raises(Conflict):
        decide(suspicion, False, because="Alligevel ikke.", by=cast.mogens)
    db.session.rollback()
    assert suspicion.reason == "En aftale."
    assert points_of(cast.jonas) == 0


def test_two_moderators_at_once_decide_once(app, cast, suspicion):
    other = make_person("rikke", "Rikke Berg", "læge", "Kirurgisk Afdeling", MODERATOR)
    suspicion_id = suspicion.id

    def deciding(person_id, reverse):
        def work():
            person = db.session.get(Person, person_id)
            row = get_suspicion(suspicion_id, seen_by=person)
            return decide(row, reverse, because="Fordi.", by=person)

        return lambda: in_transaction(work)

    calls = [deciding(person.id, True) for person in (cast.mogens, other)] * 2
    calls += [deciding(other.id, False)] * 2
    results = all_at_once(app, calls, expected=(Conflict,))
    conflicts = [each for each in results if isinstance(each, Conflict)]
    if points_of(cast.jonas) == 0:
        assert (sorted(each for each in results if each not in conflicts), len(conflicts)) == (
            [0, 0, 0, 8], 2,
        )  # fmt: skip
    else:
        assert (points_of(cast.jonas), len(conflicts)) == (80, 4)
    assert len(ledger_of(cast.karim)) in (0, 8)
    assert not check()


def test_a_reversal_and_votes_on_the_same_threads_at_once(app, cast, replies, suspicion):
    suspicion_id, ids = suspicion.id, [reply.id for reply in replies]
    voters = [make_person(f"n{n}", f"N {n}", "læge", "Akutafdelingen") for n in range(4)]

    def reversing():
        person = db.session.get(Person, cast_ids["mogens"])
        row = get_suspicion(suspicion_id, seen_by=person)
        return decide(row, True, because="Fordi.", by=person)

    def voting(person_id, order):
        def press(post_id):
            person = db.session.get(Person, person_id)
            set_reaction(db.session.get(type(replies[0]), post_id), "helped", by=person)

        return lambda: [in_transaction(lambda at=post_id: press(at)) for post_id in order]

    cast_ids = {"mogens": cast.mogens.id}
    calls = [voting(voter.id, ids[:: 1 if n % 2 else -1]) for n, voter in enumerate(voters)]
    all_at_once(app, [lambda: in_transaction(reversing), *calls])
    assert not check()
    assert points_of(cast.jonas) <= 200
    assert len(ledger_of(cast.karim)) == 8


@pytest.mark.parametrize("name", ["anne", "bodil", "astrid", "karim", "jonas"])
def test_only_moderators_decide_and_see(cast, suspicion, name):
    person = getattr(cast, name)
    with pytest.raises(NotAllowed):
        decide(suspicion, True, because="Nej.", by=person)
    with pytest.raises(NotFound):
        get_suspicion(suspicion.id, seen_by=person)
    with pytest.raises(NotAllowed):
        list_suspicions(seen_by=person)
    with pytest.raises(NotAllowed):
        list_votes(suspicion, seen_by=person)
    assert points_of(cast.jonas) == 80


@pytest.mark.parametrize("name", ["karim", "jonas"])
def test_a_moderator_who_is_named_neither_sees_nor_decides(cast, suspicion, name):
    person = getattr(cast, name)
    in_transaction(lambda: grant_role(person, MODERATOR, by=cast.astrid))
    with pytest.raises(NotAllowed):
        decide(suspicion, False, because="Alt er fint.", by=person)
    with pytest.raises(NotFound):
        get_suspicion(suspicion.id, seen_by=person)
    assert not list_suspicions(seen_by=person).rows
    assert list_suspicions(seen_by=cast.mogens).rows


def test_nobody_decides_who_is_not_there(suspicion):
    with pytest.raises(NotAllowed):
        decide(suspicion, True, because="Nej.", by=None)


@pytest.mark.parametrize("because", ["", " \u200b", "x" * 501, "a\0b"])
def test_a_decision_needs_a_reason(cast, suspicion, because):
    with pytest.raises(Refused):
        decide(suspicion, True, because=because, by=cast.mogens)
    assert points_of(cast.jonas) == 80


def test_a_reason_holds_no_patient(cast, suspicion):
    with pytest.raises(PatientDataFound) as stopped:
        decide(suspicion, True, because="Om 010190-1234", by=cast.mogens)
    assert points_of(cast.jonas) == 80
    overruled = [fingerprint(find) for find in stopped.value.finds]
    decide(suspicion, True, because="Om 010190-1234", by=cast.mogens, not_cpr=overruled)
    assert db.session.query(JournalEntry).filter_by(act="SuspicionGuardOverruled").count() == 1


def test_the_journal_names_the_moderator_and_no_voter(cast, suspicion):
    decide(suspicion, True, because="En aftale.", by=cast.mogens)
    (entry,) = db.session.query(JournalEntry).filter_by(act="VotesReversed")
    assert entry.by_id == cast.mogens.id
    assert entry.facts == {"suspicion_id": suspicion.id, "count": 8}


def test_the_moderator_sees_the_votes(cast, replies, suspicion):
    (pair,) = pairs_of([suspicion])[suspicion.id]
    assert (pair.giver, pair.receiver, pair.count) == (cast.karim, cast.jonas, 8)
    withdraw_reaction(replies[0], "helped", by=cast.karim)
    rows = list_votes(suspicion, seen_by=cast.mogens).rows
    assert [row.stands for row in rows] == [False, *[True] * 7]
    assert {(row.giver, row.receiver, row.subject) for row in rows} == {
        (cast.karim, cast.jonas, "helped")
    }
    assert [row.post for row in rows] == replies


def test_a_post_that_left_the_database_leaves_its_votes_readable(cast, suspicion):
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE reputation_facts SET post_id = 999999 WHERE id = 1")
    db.session.rollback()
    assert list_votes(suspicion, seen_by=cast.mogens).rows[0].post is None
    assert decide(suspicion, True, because="En aftale.", by=cast.mogens) == 7
