"""Who helps: departments by rate, and names of those who chose to stand there."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event, insert

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Department, Person
from midtlink.questions.accepting import accept_answer, withdraw_acceptance
from midtlink.questions.reacting import set_reaction
from midtlink.reputation.leaderboards import (
    HelpingDepartment,
    bridge_builders,
    danish,
    foremost,
    helping_departments,
    month_began,
)
from midtlink.reputation.ledger.recording import FACTS
from midtlink.reputation.ledger.stored_book import LEDGER
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked
from tests.world.cast import make_person
from tests.world.statements import counted, statements_of

pytestmark = pytest.mark.both_databases


def crowd(place, count, **more):
    """So many people in a department; returns the first."""
    people = [
        make_person(f"{place.lower()}{number}", f"{place} {number}", "læge", place, **more)
        for number in range(count)
    ]
    return people[0]


def helped(helper, asker, times=1):
    for _ in range(times):
        accept_answer(answered(asked(asker), helper), by=asker)


def chose(person, **choices):
    def work():
        for name, value in choices.items():
            setattr(db.session.get(Person, person.id), name, value)

    in_transaction(work)


def shown():
    return [(each.place, each.name, each.rate) for each in helping_departments()]


@pytest.fixture(autouse=True)
def quick(app):
    change_setting("posts_per_minute", "100", by=None, by_id=None)


def test_departments_stand_by_how_much_they_helped_for_every_hundred(cast):
    small, large = crowd("Øjen", 5), crowd("Røntgen", 20)
    helped(small, cast.anne, 1)
    helped(large, cast.anne, 2)
    assert shown() == [(1, "Øjen", 20.0), (2, "Røntgen", 10.0)]


def test_the_same_rate_shares_a_place_and_stands_by_the_alphabet(cast):
    for place, count in (("Øre", 10), ("Åben", 10), ("Ægte", 10), ("Bryst", 5)):
        helped(crowd(place, count), cast.anne, 1)
    assert shown() == [
        (1, "Bryst", 20.0), (2, "Ægte", 10.0), (2, "Øre", 10.0), (2, "Åben", 10.0),
    ]  # fmt: skip


def test_fewer_than_five_active_people_are_in_no_comparison(cast):
    four, five = crowd("Fire", 4), crowd("Fem", 5)
    make_person("forhen", "Tidligere", "læge", "Fire", is_active=False)
    leaves = crowd("Seks", 6)
    helped(four, cast.anne)
    helped(five, cast.anne)
    helped(leaves, cast.anne)
    for person in db.session.query(Person).filter(Person.name.in_(["Seks 1", "Seks 2"])):
        chose(person, is_active=False)
    assert [name for _, name, _ in shown()] == ["Fem"]


def test_a_week_is_seven_days(cast, clock):
    helped(crowd("Fem", 5), cast.anne)
    clock.forward(days=6, hours=23)
    assert len(shown()) == 1
    clock.forward(hours=1, seconds=1)
    assert shown() == []


def test_what_was_taken_back_is_no_help_and_takes_nothing_from_this_week(cast, clock):
    helper = crowd("Fem", 5)
    earlier, later = (answered(asked(cast.anne), helper) for _ in range(2))
    accept_answer(earlier, by=cast.anne)
    clock.forward(days=8)
    accept_answer(later, by=cast.anne)
    set_reaction(later, "helped", by=cast.karim)
    withdraw_acceptance(earlier.question, by=cast.anne)
    assert shown() == [(1, "Fem", 40.0)]
    withdraw_acceptance(later.question, by=cast.anne)
    assert shown() == [(1, "Fem", 20.0)]


def test_help_counts_where_the_helper_worked_then(cast):
    helper = crowd("Fem", 5)
    crowd("Andre", 5)
    helped(helper, cast.anne)
    chose(
        helper, department_id=db.session.query(Person).filter_by(name="Andre 1").one().department_id
    )
    make_person("afløser", "Afløser", "læge", "Fem")
    assert [name for _, name, _ in shown()] == ["Fem"]


@pytest.mark.parametrize(
    ("choices", "is_there"),
    [
        ({"is_listed": True}, True),
        ({}, False),
        ({"is_listed": True, "hides_points": True}, False),
        ({"is_listed": True, "is_active": False}, False),
    ],
)
def test_only_who_chose_it_is_among_the_bridge_builders(cast, choices, is_there):
    helped(cast.jonas, cast.anne)
    chose(cast.jonas, **choices)
    assert [person.name for person in bridge_builders()] == ["Jonas Holt"] * is_there


def test_helping_ones_own_department_builds_no_bridge(cast):
    neighbour = make_person("lise", "Lise Holm", "læge", "Medicinsk Afdeling", is_listed=True)
    helped(neighbour, cast.jonas)
    assert bridge_builders() == []


def test_bridge_builders_stand_by_the_alphabet_and_not_by_help(cast):
    names = ["Åse Bro", "Ærlig Bro", "Østen Bro", "Zita Bro", "Aage Bro", "Anna Bro"]
    for number, name in enumerate(names):
        person = make_person(f"bro{number}", name, "læge", "Fem", is_listed=True)
        helped(person, cast.anne, 1 + number % 2)
    assert [person.name for person in bridge_builders()] == [
        "Anna Bro", "Zita Bro", "Ærlig Bro", "Østen Bro", "Aage Bro", "Åse Bro",
    ]  # fmt: skip


def test_a_month_is_the_hospitals(cast, clock):
    clock.moment = datetime(2026, 10, 31, 22, 30, tzinfo=UTC)
    chose(cast.jonas, is_listed=True)
    helped(cast.jonas, cast.anne)
    assert month_began() == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert len(bridge_builders()) == 1
    clock.forward(hours=1)
    assert month_began() == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert bridge_builders() == []


def test_where_points_are_switched_off_there_are_no_lists(cast):
    chose(cast.jonas, is_listed=True)
    crowd("Medicinsk Afdeling", 5)
    helped(cast.jonas, cast.anne)
    assert helping_departments() and bridge_builders()
    change_setting("points_are_on", "off", by=None, by_id=None)
    with counted() as statements:
        assert helping_departments() == []
        assert bridge_builders() == []
    assert len(statements) <= 1


@pytest.mark.parametrize(
    ("names", "place"), [(["Zoo", "Åen", "Aaen", "Ære"], ["Zoo", "Ære", "Åen", "Aaen"])]
)
def test_the_danish_alphabet(app, names, place):
    assert sorted(names, key=danish) == place


def board(*places):
    return [HelpingDepartment(n, str(n), 1, 5, place) for n, place in enumerate(places, 1)]


@pytest.mark.parametrize(
    ("places", "own_id", "shown"),
    [
        ((), 1, []),
        ((1, 2, 3), 2, [1, 2, 3]),
        ((1, 2, 3, 4, 5, 6, 7), None, [1, 2, 3, 4, 5]),
        ((1, 2, 3, 4, 5, 6, 7), 7, [1, 2, 3, 4, 5, 7]),
        ((1, 2, 3, 4, 4, 4), None, [1, 2, 3]),
        ((1, 2, 3, 4, 4, 4), 6, [1, 2, 3, 6]),
        ((1, 1, 1, 1, 1, 1, 1), 7, [1, 2, 3, 4, 5, 7]),
    ],
)
def test_a_card_shows_whole_places_and_ones_own(app, places, own_id, shown):
    assert [each.id for each in foremost(board(*places), own_id)] == shown


@pytest.fixture(params=[3, 300])
def hospital(request, cast):
    """So many departments that help, and so many people who build bridges; returns a reader."""

    def fill():
        departments = [Department(name=f"Afdeling {number}") for number in range(request.param)]
        db.session.add_all(departments)
        db.session.flush()
        people = [
            Person(
                username=f"p{number}-{each.id}", name=f"P {number}", department_id=each.id,
                is_listed=True, created_at=clock.now(),
            )
            for each in departments for number in range(5)
        ]  # fmt: skip
        db.session.add_all(people)
        db.session.flush()
        entry = db.session.execute(LEDGER.select().order_by(LEDGER.c.fact_id)).first()._asdict()
        entries = [
            entry | {
                "ordinal": 10 + number, "person_id": person.id, "is_bridge": True,
                "helper_department_id": person.department_id,
            }
            for number, person in enumerate(people)
        ]  # fmt: skip
        db.session.execute(insert(LEDGER), entries)

    helped(cast.jonas, cast.anne)
    in_transaction(fill)
    return cast.karim, request.param


@pytest.mark.parametrize(("path", "cost"), [("/", 6), ("/hjaelpere", 2)])
def test_the_pages_cost_the_same_with_many_departments(visit, hospital, path, cost):
    reader, count = hospital
    assert statements_of(visit, path, reader) == cost
    page = visit.get(path, as_=reader)
    assert len(page.all("tr")) == 1 + (min(count, 5) if path == "/" else count)


def test_the_ledgers_age_does_not_matter(cast):
    """Both databases find the week by its index, beside years of older entries."""
    helped(crowd("Fem", 5), cast.anne)
    _grow()
    plan = _plan(helping_departments)
    assert "ix_ledger_happened_at" in plan, plan
    assert "SCAN ledger" not in plan and "Seq Scan on ledger" not in plan, plan


def _grow():
    """Repeat the newest fact and entry, as ones of years ago."""
    old, ids = datetime(2020, 1, 1, tzinfo=UTC), range(1_000, 9_000)
    with db.engine.begin() as connection:
        fact = connection.execute(FACTS.select().order_by(FACTS.c.id.desc())).first()._asdict()
        entry = connection.execute(LEDGER.select().order_by(LEDGER.c.fact_id.desc())).first()
        same = entry._asdict() | {"happened_at": old}
        connection.execute(
            insert(FACTS), [fact | {"id": number, "happened_at": old} for number in ids]
        )
        connection.execute(
            insert(LEDGER),
            [same | {"fact_id": number, "grant_fact_id": number} for number in ids],
        )
        if db.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE ledger")


def _plan(work):
    """How the database answers the one statement about the ledger that work sends."""
    sent = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        sent.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    work()
    event.remove(db.engine, "before_cursor_execute", note)
    ((statement, parameters),) = [each for each in sent if "ledger" in each[0]]
    explain = "EXPLAIN " if db.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql(explain + statement, parameters).all()
    return "\n".join(" ".join(str(each) for each in row) for row in rows)
