"""What was searched for and not found: gathered from searches, and seen to."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.asking import ask
from midtlink.search.gathering import gather_searches
from midtlink.search.models import Search, Synonyms, Unfound
from midtlink.search.settling import (
    BY_QUESTION,
    BY_SYNONYM,
    DISMISSED,
    count_unfound,
    get_unfound,
    list_unfound,
    reopen,
    settle,
)
from midtlink.search.synonyms.changing import delete_group, save_group
from midtlink.sweeper import LANES
from midtlink.topics.appointing import appoint
from tests.topics.making import make_system

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def people(cast, clock):
    """Those who act here, made before the transactions in which they do."""
    return cast.astrid, cast.bodil, cast.jonas, cast.karim, cast.leif, cast.mogens


@pytest.fixture
def searched(app, clock):
    """Write a search as it was counted."""
    numbers = iter(range(10_000))

    def make(words, hits=0, *, is_found=False):
        token = f"{next(numbers):x}"
        row = Search(token=token, words=words, hits=hits, at=clock(), is_found=is_found)
        in_transaction(lambda: db.session.add(row))

    return make


def unfound():
    rows = list_unfound()
    return [(row.words, row.zero_count, row.unopened_count) for row in rows]


def one(words="udlogning"):
    return db.session.query(Unfound).filter_by(words=words).one()


def acts():
    rows = db.session.query(JournalEntry).order_by(JournalEntry.id)
    return [row.act for row in rows if row.act.startswith("Unfound")]


def test_words_without_a_hit_are_listed_at_once(searched):
    searched("udlogning")
    gather_searches()
    assert unfound() == [("udlogning", 1, 0)]
    assert db.session.query(Search).count() == 0


def test_the_same_words_count_up_however_they_are_written(searched, clock):
    for words in ("Kode på skærmen", "skærmen på kode", "kode skaermen paa"):
        searched(words)
    gather_searches()
    clock.forward(days=1)
    searched("på kode skærmen")
    gather_searches()
    assert unfound() == [("Kode på skærmen", 4, 0)]
    assert one("Kode på skærmen").last_at == clock()


def test_hits_that_nobody_opened_are_listed_after_half_an_hour(searched, clock):
    searched("printer", 12)
    clock.forward(minutes=29)
    gather_searches()
    assert unfound() == []
    clock.forward(minutes=2)
    gather_searches()
    gather_searches()
    assert unfound() == [("printer", 0, 1)]


def test_what_was_opened_is_not_listed_and_is_forgotten_within_the_hour(searched, clock):
    searched("printer", 12, is_found=True)
    clock.forward(minutes=59)
    gather_searches()
    assert db.session.query(Search).count() == 1
    clock.forward(minutes=2)
    gather_searches()
    assert (unfound(), db.session.query(Search).count()) == ([], 0)


def test_another_try_with_the_same_words_that_was_opened_is_enough(searched, clock):
    searched("printer tom", 12)
    searched("tom printer", 12, is_found=True)
    searched("scanner", 3)
    clock.forward(minutes=31)
    gather_searches()
    assert unfound() == [("scanner", 0, 1)]


def test_the_system_is_guessed_from_the_words(searched):
    epj = make_system("EPJ", words="journal")
    searched("journalen hænger")
    searched("cykelkælder")
    gather_searches()
    assert {row.words: row.system for row in list_unfound()} == {
        "journalen hænger": epj,
        "cykelkælder": None,
    }
    assert count_unfound() == {epj: 1, None: 1}


def test_ones_own_systems_come_first_then_what_is_wanted_most(cast, searched):
    make_system("EPJ")
    pacs = make_system("PACS")
    for words in ("epj dør", "epj dør", "kælder", "kælder", "kælder", "pacs fejl"):
        searched(words)
    gather_searches()
    in_transaction(lambda: appoint(cast.jonas, system=pacs, department=None, by=cast.astrid))
    assert [row.words for row in list_unfound(for_=cast.bodil)] == [
        "kælder",
        "epj dør",
        "pacs fejl",
    ]
    assert [row.words for row in list_unfound(for_=cast.jonas)] == [
        "pacs fejl",
        "kælder",
        "epj dør",
    ]
    assert [row.words for row in list_unfound(system=pacs)] == ["pacs fejl"]


def test_a_question_settles_it(cast, searched):
    searched("udlogning")
    gather_searches()
    question = in_transaction(lambda: ask(title="Hvordan logger jeg ud?", by=cast.bodil))
    in_transaction(lambda: settle(one(), BY_QUESTION, question=question, by=cast.bodil))
    assert unfound() == []
    row = one()
    assert (row.settlement, row.question_id, row.settled_by) == (
        "question",
        question.id,
        cast.bodil,
    )
    assert acts() == ["UnfoundSettled"]


def test_settling_twice_keeps_the_first(cast, searched):
    searched("udlogning")
    gather_searches()
    for person, how in ((cast.bodil, BY_SYNONYM), (cast.mogens, DISMISSED)):
        in_transaction(lambda how=how, by=person: settle(one(), how, by=by))
    assert (one().settlement, one().settled_by) == ("synonym", cast.bodil)
    assert acts() == ["UnfoundSettled"]


def test_settling_can_be_taken_back(cast, searched):
    searched("udlogning")
    gather_searches()
    in_transaction(lambda: settle(one(), DISMISSED, by=cast.bodil))
    in_transaction(lambda: reopen(one(), by=cast.mogens))
    in_transaction(lambda: reopen(one(), by=cast.mogens))
    assert unfound() == [("udlogning", 1, 0)]
    assert acts() == ["UnfoundSettled", "UnfoundReopened"]


def test_what_is_still_not_found_after_a_synonym_waits_again(cast, searched, clock):
    searched("udlogning")
    searched("udlogning")
    gather_searches()
    in_transaction(lambda: settle(one(), BY_SYNONYM, by=cast.bodil))
    clock.forward(hours=1)
    searched("udlogning")
    gather_searches()
    assert unfound() == [("udlogning", 1, 0)]


def test_what_does_not_matter_stays_away(cast, searched, clock):
    searched("frokost")
    gather_searches()
    in_transaction(lambda: settle(one("frokost"), DISMISSED, by=cast.bodil))
    clock.forward(hours=1)
    searched("frokost")
    gather_searches()
    assert unfound() == []


def test_what_nobody_searches_for_any_more_is_forgotten(cast, searched, clock):
    searched("udlogning")
    gather_searches()
    clock.forward(days=60)
    searched("kælder")
    group = in_transaction(lambda: save_group(None, "kode, løsen", by=cast.bodil))
    in_transaction(lambda: delete_group(group, by=cast.bodil))
    gather_searches()
    assert len(unfound()) == 2
    clock.forward(days=31)
    gather_searches()
    assert unfound() == [("kælder", 1, 0)]
    assert db.session.query(Synonyms).count() == 0


def test_only_who_can_help_sees_and_settles(cast, searched):
    searched("udlogning")
    gather_searches()
    for may_not in (cast.karim, cast.astrid, cast.leif):
        with pytest.raises(NotFound):
            get_unfound(one().id, seen_by=may_not)
        for verb in (lambda by: settle(one(), DISMISSED, by=by), lambda by: reopen(one(), by=by)):
            with pytest.raises(NotAllowed):
                in_transaction(lambda verb=verb, by=may_not: verb(by))
    for may in (cast.bodil, cast.mogens):
        assert get_unfound(one().id, seen_by=may) == one()


def test_owners_and_super_users_may_help_until_they_no_longer_are(cast, searched):
    searched("udlogning")
    gather_searches()
    make_system("EPJ", owner_id=cast.karim.id)
    assert get_unfound(one().id, seen_by=cast.karim) == one()
    department = cast.jonas.department
    in_transaction(lambda: appoint(cast.jonas, system=None, department=department, by=cast.astrid))
    assert get_unfound(one().id, seen_by=cast.jonas) == one()


def test_the_sweeper_gathers(searched):
    searched("udlogning")
    assert LANES["unfound"].step() is False
    assert unfound() == [("udlogning", 1, 0)]
