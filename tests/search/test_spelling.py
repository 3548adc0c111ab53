"""When what corrects words is built, and what serves until then."""

import threading

import pytest

from midtlink.search.analysis import spelling
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.analysis.spelling import Spelling
from midtlink.search.backends._analysing import Analyses
from midtlink.search.backends.whoosh import WhooshBackend
from tests.search.threads_indexed import thread, wanted

FIRST = Lexicon({"xylofon": 9}, documents=50)
SECOND = Lexicon({"xylofon": 9, "kastagnet": 9}, documents=50)


def every(_word):
    return True


@pytest.fixture
def held(monkeypatch):
    """Hold the building of a corpus' words until it is let go; synonyms are few."""
    go, build = threading.Event(), Spelling._build

    def wait_and_build(self):
        if len(self._lexicon):
            go.wait(30)
        return build(self)

    monkeypatch.setattr(Spelling, "_build", wait_and_build)
    yield go
    go.set()


def test_the_first_word_waits_for_what_corrects_it():
    assert Spelling(FIRST).candidates("xylofom", every) == ["xylofon"]


def test_no_word_waits_for_what_is_built_beside(held):
    beside = Spelling(FIRST, is_built_beside=True)
    assert beside.candidates("xylofom", every) == []
    held.set()
    beside.build()
    assert beside.candidates("xylofom", every) == ["xylofon"]


def test_the_old_one_serves_until_the_new_one_is_built(monkeypatch):
    old = Spelling(FIRST)
    old.build()
    monkeypatch.setattr(spelling.threading.Thread, "start", lambda self: None)
    new = Spelling(SECOND, meanwhile=old, is_built_beside=True)
    assert new.candidates("xylofom", every) == ["xylofon"]
    assert new.candidates("kastagmet", every) == []
    new.build()
    assert new.candidates("kastagmet", every) == ["kastagnet"]


@pytest.fixture
def made():
    groups = [["klokkespil", "xylofon"]]
    return groups, Analyses(lambda: [list(group) for group in groups])


def test_other_synonyms_share_what_corrects_words(made):
    groups, analyses = made
    before = analyses.of(FIRST).chain
    groups.append(["kastagnet", "bongo"])
    analyses._until = -float("inf")
    after = analyses.of(FIRST).chain
    assert after is not before
    assert after.spelling is before.spelling
    [group] = after.wanted(["kastagmet"])
    assert group.corrected == "kastagnet"


def test_another_index_has_its_own_corrections(made):
    _, analyses = made
    assert analyses.of(FIRST).chain.spelling is not analyses.of(SECOND).chain.spelling


WORDED = [thread(id, f"Xylofon nummer {id}") for id in range(1, 5)]


def test_a_warm_engine_answers_before_it_can_correct(tmp_path, held):
    backend = WhooshBackend(tmp_path / "search")
    backend.rebuild(WORDED)
    backend.warm()
    assert backend.find(wanted("xylofom")).corrected == ()
    held.set()
    backend._analyses.of(backend._index().lexicon).chain.spelling.build()
    assert backend.find(wanted("xylofom")).corrected == (("xylofom", "xylofon"),)


def test_an_engine_without_an_index_stays_cold(tmp_path):
    backend = WhooshBackend(tmp_path / "search")
    backend.warm()
    backend.rebuild(WORDED)
    assert backend.find(wanted("xylofon")).total == 4


def test_words_taken_literally_wait_for_no_corrections(tmp_path, monkeypatch):
    built = []
    monkeypatch.setattr(Spelling, "build", lambda self: built.append(self))
    backend = WhooshBackend(tmp_path / "search")
    backend.rebuild([thread(1, "Xylofon")])
    backend.find(wanted("xylofon", "xylofom", is_literal=True))
    assert built == []
    backend.find(wanted("xylofom"))
    assert built != []
