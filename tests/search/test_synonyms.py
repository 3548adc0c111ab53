"""Groups of words that mean the same: changing them, and what they do to a search."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.privacy import PatientDataFound
from midtlink.questions.asking import ask
from midtlink.refusals import Conflict, Refused
from midtlink.search.backends import _analysing
from midtlink.search.finding import search
from midtlink.search.synonyms import changing, get_group, groups, list_groups
from midtlink.search.synonyms.changing import delete_group, restore_group, save_group, version_of
from midtlink.topics.appointing import appoint
from tests.topics.making import make_system
from tests.world.racing import all_at_once

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def people(cast, clock):
    """Those who act here, made before the transactions in which they do."""
    return cast.anne, cast.astrid, cast.bodil, cast.jonas, cast.karim, cast.leif, cast.mogens


def saved(words, by, **more):
    group = more.pop("group", None)
    return in_transaction(lambda: save_group(group, words, by=by, **more))


def acts():
    rows = db.session.query(JournalEntry).order_by(JournalEntry.id)
    return [row.act for row in rows if row.act.startswith("SearchSynonyms")]


def test_it_says_which_words_mean_the_same(cast, clock):
    group = saved(" EPJ ,journal\npatient  journal, epj,", cast.bodil)
    assert group.words == "EPJ, journal, patient journal"
    assert (group.changed_by, group.changed_at) == (cast.bodil, clock())
    assert groups() == [["EPJ", "journal", "patient journal"]]
    assert acts() == ["SearchSynonymsAdded"]


def test_changing_a_group_says_who_and_when(cast, clock):
    group = saved("epj, journal", cast.bodil)
    clock.forward(hours=1)
    saved("epj, journal", cast.mogens, group=group)
    assert group.changed_by == cast.bodil
    saved("epj, journal, kardex", cast.mogens, group=group)
    assert (group.words, group.changed_by) == ("epj, journal, kardex", cast.mogens)
    assert acts() == ["SearchSynonymsAdded", "SearchSynonymsChanged"]


@pytest.mark.parametrize(
    ("words", "code"),
    [("", "blank"), ("epj", "too_few"), ("😀, 😂", "no_letters"), ("epj, EPJ, ", "too_few"),
     (", ,", "too_few"),
     ("a\x00, b", "controls"), ("x" * 499 + ", y", "too_long")],
)  # fmt: skip
def test_a_group_has_two_words_or_more_and_is_short(cast, words, code):
    with pytest.raises(Refused) as refused:
        saved(words, cast.bodil)
    assert refused.value.code == code
    assert groups() == []


def test_a_cpr_number_is_no_synonym(cast):
    with pytest.raises(PatientDataFound):
        saved("journal, 010190-1234", cast.bodil)
    assert groups() == []


def test_a_word_of_another_group_is_asked_about(cast):
    saved("kode, password", cast.bodil)
    with pytest.raises(Refused) as refused:
        saved("Password, løsen", cast.bodil)
    assert (refused.value.code, refused.value.facts) == (
        "held",
        {"word": "Password", "words": "kode, password"},
    )
    assert len(groups()) == 1


def test_two_groups_become_one(cast):
    old = saved("kode, password", cast.bodil)
    saved("Password, løsen", cast.bodil, when_held=changing.JOIN)
    assert groups() == [["Password", "løsen", "kode"]]
    assert old.deleted_at is not None
    assert acts()[-1] == "SearchSynonymsAdded"


def test_a_word_may_be_meant_for_two_groups(cast):
    saved("kode, password", cast.bodil)
    saved("kode, takst", cast.bodil, when_held=changing.BOTH)
    assert groups() == [["kode", "password"], ["kode", "takst"]]


def test_changing_a_group_does_not_ask_about_its_own_words(cast):
    group = saved("kode, password", cast.bodil)
    saved("kode, password, løsen", cast.bodil, group=group)
    assert groups() == [["kode", "password", "løsen"]]


def test_a_deleted_group_counts_no_more_and_can_be_had_back(cast):
    group = saved("kode, password", cast.bodil)
    in_transaction(lambda: delete_group(group, by=cast.mogens))
    assert groups() == []
    with pytest.raises(NotFound):
        get_group(group.id)
    in_transaction(lambda: restore_group(get_group(group.id, is_deleted=True), by=cast.mogens))
    assert groups() == [["kode", "password"]]
    assert acts()[1:] == ["SearchSynonymsDeleted", "SearchSynonymsRestored"]


def test_what_somebody_else_has_changed_meanwhile_stays(cast, clock):
    group = saved("kode, password", cast.bodil)
    version = version_of(group)
    clock.forward(minutes=1)
    saved("kode, løsen", cast.mogens, group=group)
    with pytest.raises(Conflict):
        saved("kode, kodeord", cast.bodil, group=group, version=version)
    assert groups() == [["kode", "løsen"]]


def test_the_hospital_and_its_experts_change_groups(cast, clock):
    system = make_system("EPJ")
    group = saved("kode, password", cast.astrid)
    for may_not in (cast.karim, cast.leif, None):
        for verb in (
            lambda by: save_group(group, "a, b", by=by),
            lambda by: delete_group(group, by=by),
            lambda by: restore_group(group, by=by),
        ):
            with pytest.raises(NotAllowed):
                in_transaction(lambda verb=verb, by=may_not: verb(by))
    in_transaction(lambda: appoint(cast.jonas, system=system, department=None, by=cast.astrid))
    assert saved("epj, journal", cast.jonas).changed_by == cast.jonas


def test_the_list_is_looked_through_by_any_spelling(cast):
    saved("scanne, indlæse", cast.bodil)
    saved("blærekateter, KAD", cast.bodil)
    assert [row.words for row in list_groups()] == ["blærekateter, KAD", "scanne, indlæse"]
    assert [row.words for row in list_groups("INDLAES")] == ["scanne, indlæse"]
    assert list_groups("findes ikke") == []


def test_a_group_works_within_seconds_and_both_ways(cast, clock, index, caught_up, monkeypatch):
    monkeypatch.setattr(_analysing, "KEPT", 0)
    in_transaction(lambda: ask(title="Ændre adgangskoden hjemmefra", by=cast.anne))
    clock.forward(minutes=5)
    in_transaction(lambda: ask(title="Kodylt til printeren", by=cast.anne))
    caught_up()
    assert search("zebrafrase", by=cast.karim).total == 0
    group = saved("zebrafrase, adgangskode", cast.bodil)
    assert search("zebrafrase", by=cast.karim).total == 1
    assert search("zebrafrase kodylt", by=cast.karim).total == 2
    in_transaction(lambda: delete_group(group, by=cast.bodil))
    assert search("zebrafrase", by=cast.karim).total == 0


def test_the_same_group_twice_at_once_is_one(app, cast):
    person_id = cast.bodil.id

    def save():
        by = db.session.get(Person, person_id)
        return save_group(None, "kode, password", by=by).id

    results = all_at_once(app, [lambda: in_transaction(save)] * 3, expected=(Refused,))
    assert sum(isinstance(each, Refused) for each in results) == 2
    assert len(groups()) == 1
