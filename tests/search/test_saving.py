"""Saved searches: kept once, counted as their person finds, told of while they are watched."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.people.models import Person
from midtlink.privacy import PatientDataFound
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.refusals import Refused
from midtlink.search.backends.null import NullBackend
from midtlink.search.models import SavedSearch
from midtlink.search.protocol import IndexUnavailable
from midtlink.search.queries import get_saved_search, list_news, list_saved_searches
from midtlink.search.saved import watching
from midtlink.search.saved.saving import drop_search, open_search, save_search, watch_search
from tests.questions.threads import at_once, rows

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def people(cast, clock, index):
    """Those who write here, made before the transactions in which they write."""
    return cast.anne, cast.jonas, cast.karim, cast.mogens


@pytest.fixture
def asked(clock, people):
    def make(title, **more):
        clock.forward(minutes=5)
        more.setdefault("by", people[0])
        return in_transaction(lambda: ask(title=title, **more))

    return make


@pytest.fixture
def count(clock, caught_up):
    """The counts of a person's searches when the sweeper has been there, a minute later."""

    def work(person):
        clock.forward(minutes=1)
        caught_up()
        while watching.count_new_hits():
            pass
        db.session.expire_all()
        return {saved.query: saved.new_count for saved in list_saved_searches(by=person)}

    return work


def save(query, by, **more):
    return in_transaction(lambda: save_search(query, by=by, **more))


def change(verb, saved, *more, by):
    in_transaction(lambda: verb(get_saved_search(saved.id, seen_by=by), *more, by=by))


def queries(person):
    return [saved.query for saved in list_saved_searches(by=person)]


def acts():
    return [entry.act for entry in rows(JournalEntry) if "earch" in entry.act]


def test_a_search_is_kept_once(cast):
    first, again = save("  signere   notat ", cast.anne), save("signere notat", cast.anne)
    save("signere notat", cast.jonas)
    assert first.id == again.id
    assert queries(cast.anne) == ["signere notat"]
    assert acts() == ["SearchSaved", "SearchSaved"]


def test_saving_at_the_same_moment_keeps_one(app, cast):
    def verb(*, by):
        return save_search("signere notat", by=by)

    at_once(app, verb, None, [cast.anne, cast.anne])
    assert queries(cast.anne) == ["signere notat"]


def test_saving_again_can_begin_to_watch(cast):
    save("notat", cast.anne)
    assert save("notat", cast.anne, is_watched=True).is_watched
    assert acts() == ["SearchSaved", "SavedSearchWatched"]


@pytest.mark.parametrize(
    ("query", "code"),
    [("", "blank"), (" \u200b ", "blank"), ('"" -', "blank"), ("x" * 301, "too_long"),
     ("a\x00b", "controls"), ("sorter:relevans", "blank")],
    ids=["empty", "invisible", "operators", "long", "nul", "order"],
)  # fmt: skip
def test_what_looks_for_nothing_is_not_kept(cast, query, code):
    with pytest.raises(Refused) as refused:
        save(query, cast.anne)
    assert refused.value.code == code
    assert queries(cast.anne) == []


def test_cpr_number_is_not_kept(cast):
    with pytest.raises(PatientDataFound):
        save("notat 010285-1234", cast.anne)
    assert rows(SavedSearch) == []


def test_fifty_are_enough(cast):
    for number in range(50):
        save(f"printer {number}", cast.anne)
    with pytest.raises(Refused) as refused:
        save("en til", cast.anne)
    assert (refused.value.code, refused.value.facts) == ("too_many", {"most": 50})
    assert save("printer 7", cast.anne).query == "printer 7"
    assert save("en til", cast.jonas).query == "en til"


def test_only_its_person_touches_a_search(cast):
    saved = save("notat", cast.anne)
    with pytest.raises(NotFound):
        get_saved_search(saved.id, seen_by=cast.jonas)
    for verb in (open_search, drop_search, lambda saved, by: watch_search(saved, True, by=by)):
        for person in (cast.jonas, cast.astrid, cast.leif, None):
            with pytest.raises(NotAllowed):
                in_transaction(lambda verb=verb, person=person: verb(saved, by=person))
    with pytest.raises(NotAllowed):
        save("notat", cast.leif)


def test_a_dropped_search_is_gone(cast):
    change(drop_search, save("notat", cast.anne), by=cast.anne)
    assert rows(SavedSearch) == []
    assert acts() == ["SearchSaved", "SavedSearchDropped"]


def test_what_comes_after_saving_is_new(cast, asked, count):
    old = asked("Signere notat for en kollega")
    save("notat", cast.karim, is_watched=True)
    assert count(cast.karim) == {"notat": 0}
    asked("Notat uden overskrift")
    asked("Printeren drypper")
    assert count(cast.karim) == {"notat": 1}
    in_transaction(lambda: answer(old, body="Tryk på F7.", by=cast.jonas))
    assert count(cast.karim) == {"notat": 2}
    assert [saved.query for saved in list_news(by=cast.karim)] == ["notat"]


def test_opening_a_search_makes_its_hits_known(cast, asked, count):
    saved = save("notat", cast.karim, is_watched=True)
    asked("Notat uden overskrift")
    assert count(cast.karim) == {"notat": 1}
    change(open_search, saved, by=cast.karim)
    assert count(cast.karim) == {"notat": 0}
    assert list(list_news(by=cast.karim)) == []
    asked("Notat med overskrift")
    assert count(cast.karim) == {"notat": 1}


def test_only_watched_searches_are_told_of(cast, asked, count):
    saved = save("notat", cast.karim)
    asked("Notat uden overskrift")
    assert count(cast.karim) == {"notat": 1}
    assert list(list_news(by=cast.karim)) == []
    change(watch_search, saved, True, by=cast.karim)
    assert [each.query for each in list_news(by=cast.karim)] == ["notat"]


def test_what_is_hidden_is_new_only_to_those_who_look_after_it(cast, asked, count):
    for person in (cast.karim, cast.mogens):
        save("notat", person, is_watched=True)
    question = asked("Notat uden overskrift")
    in_transaction(lambda: hide(question, by=cast.mogens))
    assert count(cast.karim) == {"notat": 0}
    assert count(cast.mogens) == {"notat": 1}


def test_operators_of_a_saved_search_hold(cast, asked, count):
    save("notat bruger:mig", cast.jonas)
    save("notat aktiv:<3d", cast.jonas)
    save("notat aktiv:<2020", cast.jonas)
    asked("Notat uden overskrift")
    asked("Notat med overskrift", by=cast.jonas)
    found = count(cast.jonas)
    assert found == {"notat bruger:mig": 1, "notat aktiv:<3d": 2, "notat aktiv:<2020": 0}


def test_each_rise_is_a_fact_without_text(cast, asked, count):
    saved = save("notat", cast.karim, is_watched=True)
    asked("Notat uden overskrift")
    count(cast.karim)
    count(cast.karim)
    asked("Notat med overskrift")
    count(cast.karim)
    told = [entry.facts for entry in rows(JournalEntry, act="SavedSearchMatched")]
    about = {"saved_search_id": saved.id, "person_id": cast.karim.id}
    assert told == [about | {"count": 1}, about | {"count": 2}]


def test_who_has_left_is_not_counted_for(cast, asked, count):
    save("notat", cast.karim, is_watched=True)
    asked("Notat uden overskrift")
    in_transaction(lambda: setattr(db.session.get(Person, cast.karim.id), "is_active", False))
    count(cast.karim)
    assert [saved.counted_at for saved in rows(SavedSearch)] == [None]


def test_watched_searches_are_counted_each_minute_and_others_each_hour(cast, asked, count, clock):
    save("notat", cast.karim)
    save("notater", cast.karim, is_watched=True)
    count(cast.karim)
    asked("Notat uden overskrift")
    assert count(cast.karim) == {"notat": 0, "notater": 1}
    clock.forward(minutes=60)
    assert count(cast.karim) == {"notat": 1, "notater": 1}


def test_every_search_is_counted_however_many_there_are(cast, asked, count, monkeypatch):
    monkeypatch.setattr(watching, "COUNTED_AT_ONCE", 2)
    for number in range(5):
        save(f"notat -{number}x", cast.karim)
    asked("Notat uden overskrift")
    assert set(count(cast.karim).values()) == {1}


def test_opened_meanwhile_stays_opened(cast, asked, count, monkeypatch):
    """The person opens the search while the sweeper counts it."""
    note = watching._note
    saved = save("notat", cast.karim, is_watched=True)
    asked("Notat uden overskrift")

    def open_first(counts, moment):
        change(open_search, saved, by=cast.karim)
        note(counts, moment)

    monkeypatch.setattr(watching, "_note", open_first)
    assert count(cast.karim) == {"notat": 0}


def test_without_an_index_nobody_is_told(cast, asked, count, monkeypatch):
    class Broken(NullBackend):
        def find(self, wanted):
            raise IndexUnavailable

    save("notat", cast.karim, is_watched=True)
    asked("Notat uden overskrift")
    assert count(cast.karim) == {"notat": 1}
    monkeypatch.setattr(watching, "engine", Broken)
    assert count(cast.karim) == {"notat": 1}


@pytest.mark.parametrize("query", ["1234 010190", "1234 hansen 010190"])
def test_a_cpr_number_in_any_order_is_not_kept(cast, query):
    person = cast.anne
    with pytest.raises(PatientDataFound):
        in_transaction(lambda: save_search(query, by=person))
    assert db.session.query(SavedSearch).count() == 0
