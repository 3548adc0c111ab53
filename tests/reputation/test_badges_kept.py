"""Awarding: once, revocably, by any number of sweepers; and what a moderator takes away."""

import ast
from pathlib import Path

import pytest

from midtlink.access import NotAllowed
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.privacy import PatientDataFound
from midtlink.questions.accepting import accept_answer, withdraw_acceptance
from midtlink.questions.confirming import confirm
from midtlink.questions.reacting import set_reaction
from midtlink.refusals import Refused
from midtlink.reputation import badges
from midtlink.reputation.badges import checking
from midtlink.reputation.badges.checking import check_people, check_waiting
from midtlink.reputation.badges.counting import COUNTED, count
from midtlink.reputation.badges.measures import MEASURES
from midtlink.reputation.badges.noticing import notice_entries
from midtlink.reputation.badges.queueing import queue_people
from midtlink.reputation.badges.revoking import revoke_badge
from midtlink.reputation.badges.rules import BADGES, GROUPS, all_names
from midtlink.reputation.events import BadgesAwarded, BadgesLost
from midtlink.reputation.ledger import following
from midtlink.reputation.ledger.rebuilding import rebuild
from midtlink.reputation.ledger.stored_book import LEDGER
from midtlink.reputation.records import BadgeAward, BadgeCheck, FactMark
from tests.questions.threads import answered, asked, overheard, rows, staff
from tests.reputation.badge_making import award, held, replied, standing, swept
from tests.world.racing import all_at_once
from tests.world.statements import counted, written

both = pytest.mark.both_databases
PACKAGE = Path(badges.__file__).parent


def waiting():
    db.session.rollback()
    return {row.person_id for row in db.session.query(BadgeCheck)}


@both
def test_what_is_no_longer_so_is_taken_back_and_won_anew(cast):
    reply = replied(cast)
    accept_answer(reply, by=cast.anne)
    swept()
    withdraw_acceptance(reply.question, by=cast.anne)
    swept()
    lost = rows(BadgeAward, person_id=cast.jonas.id, badge="first_chosen")
    assert [(row.revoked_at is None, row.revoked_by_id) for row in lost] == [(False, None)]
    accept_answer(reply, by=cast.anne)
    swept()
    assert held(cast.jonas, "first_chosen") == [1]
    assert len(rows(BadgeAward, person_id=cast.jonas.id, badge="first_chosen")) == 2


@both
def test_looking_twice_changes_nothing(cast):
    accept_answer(replied(cast), by=cast.anne)
    swept()
    before = [(row.id, row.revoked_at) for row in db.session.query(BadgeAward)]
    with overheard(BadgesAwarded, str) as told, overheard(BadgesLost, str) as lost:
        in_transaction(lambda: check_people([cast.anne.id, cast.jonas.id]))
    assert [(row.id, row.revoked_at) for row in db.session.query(BadgeAward)] == before
    assert (told, lost) == ([], [])


@both
def test_two_sweepers_at_once_award_once(app, cast):
    accept_answer(replied(cast), by=cast.anne)
    ids = [cast.anne.id, cast.jonas.id]
    look = lambda: in_transaction(lambda: check_people(ids))  # noqa: E731
    all_at_once(app, [look] * 4)
    found = [(row.person_id, row.badge, row.step) for row in standing()]
    assert len(found) == len(set(found)) > 5


@both
def test_many_people_cost_what_one_costs(cast):
    people = [cast.anne, cast.jonas, *staff(40)]
    accept_answer(replied(cast), by=cast.anne)
    swept()
    costs = []
    for some in (people[:2], people):
        in_transaction(lambda: queue_people(person.id for person in some))  # noqa: B023
        with counted() as statements:
            assert check_waiting() == len(some)
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 8


@both
def test_a_vote_lets_nobody_wait_but_is_noticed(cast, visit):
    reply = replied(cast)
    swept()
    with written() as transactions:
        set_reaction(reply, "helped", by=cast.karim)
    assert not [each for some in transactions for each in some if "badge" in each]
    assert waiting() == set()
    notice_entries()
    assert waiting() == {cast.jonas.id}


@both
def test_who_comes_first_looks_at_everybody(cast):
    people = {person.id for person in (cast.anne, cast.jonas, cast.karim)}
    notice_entries()
    assert waiting() == people
    swept()
    assert waiting() == set()
    notice_entries()
    assert waiting() == set()


@both
def test_entries_are_noticed_step_by_step(cast, monkeypatch):
    reply = replied(cast)
    swept()
    monkeypatch.setattr(following, "MOST", 1)
    set_reaction(reply, "helped", by=cast.karim)
    set_reaction(reply.question, "good", by=cast.karim)
    assert notice_entries()
    assert waiting() == {cast.jonas.id}
    assert not notice_entries()
    assert waiting() == {cast.jonas.id, cast.anne.id}


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_nothing_is_noticed_past_a_fact_that_is_still_being_written(app, database, cast):
    """A lower id may still appear: the mark must not pass it."""
    import os

    if not os.environ.get("MIDTLINK_TEST_POSTGRES"):
        pytest.skip("MIDTLINK_TEST_POSTGRES holds no DSN")
    reply, karim = replied(cast), cast.karim
    swept()
    with db.engine.connect() as other:
        other.exec_driver_sql("LOCK TABLE reputation_facts IN ROW EXCLUSIVE MODE")
        set_reaction(reply, "helped", by=karim)
        mark = db.session.get_one(FactMark, "badges").fact_id
        assert not notice_entries()
        assert waiting() == set()
        assert db.session.get_one(FactMark, "badges").fact_id == mark
    notice_entries()
    assert waiting() == {cast.jonas.id}


@both
def test_waiting_people_are_taken_in_batches(cast, monkeypatch):
    monkeypatch.setattr(checking, "BATCH", 3)
    people = staff(7)
    in_transaction(lambda: queue_people(person.id for person in people))
    assert [check_waiting() for _ in range(4)] == [3, 3, 1, 0]


@both
def test_a_rebuilt_ledger_is_looked_at(cast):
    accept_answer(replied(cast), by=cast.anne)
    swept()
    with db.engine.begin() as connection:
        connection.execute(LEDGER.delete())
    db.session.rollback()
    in_transaction(lambda: queue_people([cast.jonas.id]))
    swept()
    assert not held(cast.jonas, "first_chosen")
    rebuild()
    swept()
    assert held(cast.jonas, "first_chosen") == [1]


@both
def test_what_a_moderator_took_away_never_returns(cast):
    reply = replied(cast)
    accept_answer(reply, by=cast.anne)
    swept()
    revoke_badge(cast.jonas, BADGES["solver"], because="Aftalt indbyrdes", by=cast.mogens)
    swept()
    confirm(reply, by=cast.bodil)
    swept()
    assert held(cast.jonas, "solver") == []
    assert held(cast.jonas, "first_chosen") == [1]
    (row,) = rows(BadgeAward, person_id=cast.jonas.id, badge="solver")
    assert (row.revoked_by_id, row.reason) == (cast.mogens.id, "Aftalt indbyrdes")


@both
def test_steps_below_are_kept(cast):
    for step in (1, 2, 3):
        award(cast.jonas, "thanked", step)
    revoke_badge(cast.jonas, BADGES["thanked"], from_step=2, because="Ja", by=cast.mogens)
    assert held(cast.jonas, "thanked") == [1]


def test_only_moderators_take_badges_away(cast):
    award(cast.jonas, "thanked")
    for person in (cast.jonas, cast.bodil, cast.astrid, None):
        with pytest.raises(NotAllowed):
            revoke_badge(cast.jonas, BADGES["thanked"], because="Nej", by=person)
    assert held(cast.jonas, "thanked") == [1]


def test_a_moderator_learns_nothing_of_one_who_hides_points(cast):
    award(cast.jonas, "thanked")
    award(cast.jonas, "tidier")
    in_transaction(lambda: setattr(db.session.get(Person, cast.jonas.id), "hides_points", True))
    for person in (cast.jonas, cast.karim, None):
        with pytest.raises(Refused, match="not_held"):
            revoke_badge(person, BADGES["thanked"], because="Nej", by=cast.mogens)
    revoke_badge(cast.jonas, BADGES["tidier"], because="Ja", by=cast.mogens)
    assert held(cast.jonas) == {"thanked": [1]}


@pytest.mark.parametrize("because", ["", " ", "x" * 501])
def test_a_reason_is_needed(cast, because):
    award(cast.jonas, "thanked")
    with pytest.raises(Refused):
        revoke_badge(cast.jonas, BADGES["thanked"], because=because, by=cast.mogens)


def test_no_cpr_number_in_the_reason(cast):
    award(cast.jonas, "thanked")
    with pytest.raises(PatientDataFound):
        revoke_badge(cast.jonas, BADGES["thanked"], because="010190-1234", by=cast.mogens)


def test_the_command_works_until_nobody_waits(app, cast):
    accept_answer(replied(cast), by=cast.anne)
    result = app.test_cli_runner().invoke(args=["reputation", "badges"])
    assert result.exit_code == 0
    assert "badges stand" in result.output
    assert held(cast.jonas, "first_chosen") == [1]
    assert waiting() == set()


def test_everything_that_a_badge_counts_is_counted(app, cast):
    replied(cast)
    accept_answer(answered(asked(cast.anne), cast.jonas), by=cast.anne)
    found = count([cast.anne.id, cast.jonas.id])
    assert set(MEASURES) <= set(found[cast.jonas.id]) and set(MEASURES) <= all_names()
    assert len(COUNTED) + len(MEASURES) + 1 == len(all_names())


@pytest.mark.parametrize("badge", BADGES.values(), ids=lambda badge: badge.key)
def test_a_badge_is_a_row_with_rising_steps(badge):
    assert badge.group in GROUPS
    assert list(badge.steps) == sorted(set(badge.steps)) and badge.steps[0] > 0


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_no_badge_names_another(path):
    """A badge stands in its own row and its own words; nothing that counts knows of any."""
    words = [
        node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in BADGES
    ]
    allowed = list(BADGES) if path.name in ("rules.py", "wording.py") else []
    assert words == allowed


@pytest.mark.parametrize("name", ["counting.py", "credits.py", "improving.py", "measures.py"])
def test_what_is_counted_depends_on_no_badge_that_was_won(name):
    assert "BadgeAward" not in (PACKAGE / name).read_text()
