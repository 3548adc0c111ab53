"""Whatever is written or typed: an answer, the same each time, of a bearable size."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midtlink.search.analysis import chain, groups, normal
from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.lexicon import Lexicon

CHAIN = Chain(Lexicon({"medicin": 9, "kort": 7, "recept": 4}, documents=50))
#: Letters of which Danish words, slips and odd signs are made.
DANISH = st.text("abdegiklmnoprstuvæøåé -'’\u00ad\u200b\u030a\0😀٣ﬁ", max_size=80)
TEXTS = st.one_of(st.text(max_size=120), DANISH)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_has_terms_and_always_the_same(text):
    terms = CHAIN.terms(text)
    assert terms == Chain(CHAIN.lexicon).terms(text)
    assert all(number > 0 and term for term, number in terms.items())


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_any_words_can_be_looked_for(words):
    found = CHAIN.wanted(words)
    assert found == Chain(CHAIN.lexicon).wanted(words)
    assert all(0 < weight <= 1 for group in found for weight in group.terms.values())
    assert all(len(group.terms) <= groups.MOST_TERMS for group in found)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_folded_word_stays_as_it_is(text):
    words = normal.words(text)
    assert [again for word in words for again in normal.words(word)] == words


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_marks_lie_in_the_text_in_order(text):
    marks = CHAIN.marks(text, frozenset(CHAIN.terms(text)))
    edges = [edge for mark in marks for edge in mark]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in marks)


@pytest.mark.parametrize("unit", ["medicin", "a", "a-", "å", "'", "ring ", "ab’en ", "\0", "😀"])
def test_ten_thousand_characters_stay_bounded(unit):
    text = (unit * 10_000)[:10_000]
    words = CHAIN.raw_words(text)
    assert sum(map(len, words)) <= 2 * len(text)
    assert all(len(word) <= 2 * normal.LONGEST_WORD for word in words)
    found = CHAIN.wanted([text])
    assert sum(len(group.terms) for group in found) <= 10_000


def test_what_is_remembered_stays_bounded(monkeypatch):
    monkeypatch.setattr(chain, "REMEMBERED", 10)
    small = Chain(Lexicon())
    for number in range(100):
        small.terms(f"ord{number}")
    assert all(number <= 10 for number in small.remembered().values())
