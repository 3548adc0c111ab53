"""The groups of synonyms that a new MidtLink starts with."""

import pytest

from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.rules import LONGEST_GROUP
from midtlink.search.synonyms import joined, shipped, split


def test_there_are_enough_and_each_is_fit_to_be_stored():
    assert len(shipped()) >= 60
    for group in shipped():
        assert split(joined(group)) == group
        assert len(group) >= 2
        assert len(joined(group)) <= LONGEST_GROUP


@pytest.mark.parametrize("group", shipped(), ids=lambda group: group[0])
def test_every_entry_of_a_group_finds_every_other_one(group):
    chain = Chain(Lexicon({}), shipped())
    for typed in group:
        found = {term for each in chain.wanted(typed.split()) for term in each.terms}
        lacking = [other for other in group if not holds(chain.terms(other), found)]
        assert not lacking, f"{typed} does not find {lacking}"


def holds(terms, found):
    """Say whether a text of these terms is found: by one of them, or by all of a row."""
    return any(terms.keys() >= {*(each if isinstance(each, tuple) else [each])} for each in found)


def test_a_group_adds_words_and_takes_none_away():
    """OR, never AND: what a word finds by itself it also finds with the groups."""
    alone, chain = Chain(Lexicon({})), Chain(Lexicon({}), shipped())
    for typed in (word for group in shipped() for word in group):
        wanted = chain.wanted(typed.split(), lambda _: True)
        found = {term for each in wanted for term in each.terms}
        assert found & set(alone.terms(typed)), typed
