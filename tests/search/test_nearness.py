"""How near words are, and what finds those that are near."""

import math
from itertools import product

import pytest

from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.deletions import Deletions
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.analysis.nearness import distance
from midtlink.search.analysis.spelling import FARTHEST, Spelling

FAR = 9.0


@pytest.mark.parametrize(
    ("typed", "meant", "further"),
    [
        ("resept", "recept", "reset"),
        ("medecin", "medicin", "mevecin"),
        ("veske", "væske", "vekske"),
        ("kånto", "konto", "kbnto"),
        ("tabbel", "tabel", "tambel"),
        ("instruxer", "instrukser", "instrumer"),
        ("kal", "kald", "kali"),
        ("vid", "hvid", "avid"),
        ("føst", "først", "fønst"),
        ("patinet", "patient", "patintr"),
        ("journql", "journal", "journbl"),
        ("telfon", "telefon", "telkfon"),
        ("karte", "karta", "barte"),
    ],
)
def test_a_slip_of_ear_or_finger_is_nearer(typed, meant, further):
    assert distance(typed, meant, FAR) < distance(typed, further, FAR)


def test_the_way_there_and_back_is_as_far():
    words = ["recept", "resept", "instrukser", "instruxer", "patient", "patinet", "vid", "hvid"]
    for one, other in product(words, words):
        assert distance(one, other, FAR) == pytest.approx(distance(other, one, FAR))


def test_a_word_too_far_away_is_not_near_at_all():
    assert distance("recept", "journal", 2.0) == math.inf
    assert distance("recept", "recept", 0.0) == 0


WORDS = ["recept", "journal", "medicinkort", "kort", "ø", "αβγδε"]


@pytest.mark.parametrize("word", WORDS)
def test_two_letters_too_many_too_few_or_wrong_still_find_a_word(word):
    deletions = Deletions(WORDS)
    wrong = {word, word + "x", "x" + word, word[:1] + "x" + word[1:], word[:-1], word[1:]}
    wrong |= {word[:1] + "x" + word[2:-1] + "y"} if len(word) > 3 else set()
    for each in filter(None, wrong):
        assert WORDS.index(word) in deletions.near(each)


def test_no_words_are_near_in_an_empty_list():
    assert Deletions([]).near("recept") == []


def test_words_that_take_little_room():
    """As dictionaries and strings they took 1,300 bytes a word."""
    words = [f"{first}{second}en" for first, second in product("abcdefghijklmnop", repeat=2)]
    held = Deletions(words)
    assert held._left.nbytes < 240 * len(words)


def every(_word):
    return True


def test_of_two_words_as_near_the_frequent_one_was_meant():
    corpus = Lexicon({"quarkan": 9, "quarkin": 900}, documents=900)
    assert Spelling(corpus).candidates("quarkxn", every) == ["quarkin", "quarkan"]


def test_words_that_stand_too_seldom_are_not_looked_at():
    corpus = Lexicon({"quarkan": 9, "quarkin": 900}, documents=900)
    assert Spelling(corpus).candidates("quarkxn", every, least=20) == ["quarkin"]


def test_a_nearer_word_wins_over_a_more_frequent_one():
    corpus = Lexicon({"quarkvist": 20, "quarkbist": 200}, documents=900)
    assert Spelling(corpus).candidates("quarkfist", every)[0] == "quarkvist"


def test_a_short_word_is_corrected_where_little_is_wrong():
    corpus = Lexicon({"vpn": 90}, documents=900)
    assert Spelling(corpus).candidates("vnp", every) == ["vpn"]
    assert Spelling(corpus).candidates("vpx", every) == []


def test_a_long_word_may_be_wrong_in_several_places():
    assert FARTHEST[-1][1] > FARTHEST[0][1]
    corpus = Lexicon({"arbejdsskadeanmeldelse": 9}, documents=900)
    assert Spelling(corpus).candidates("arbejsskadeanmelelse", every)


@pytest.mark.parametrize("typed", [["kvark", "plaan"], ["kvarc", "plan"]])
def test_neighbours_are_one_word_though_misspelt(typed):
    chain = Chain(Lexicon({"kvarkplan": 9, "plan": 50}, documents=900))
    found = {term for group in chain.wanted(typed) for term in group.sure}
    assert "kvarkplan" in found


def test_sound_neighbours_are_no_slip_of_one_word():
    chain = Chain(Lexicon({"kvarkplan": 9, "plaan": 50, "kvark": 50}, documents=900))
    found = {term for group in chain.wanted(["kvark", "plaan"]) for term in group.terms}
    assert "kvarkplan" not in found
