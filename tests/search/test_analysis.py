"""From a text to its terms, and from typed words to what is looked for."""

import pytest

from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.lexicon import Lexicon

CHAIN = Chain(Lexicon())

SPELLINGS = [
    ("røntgen", "roentgen", "RØNTGEN", "röntgen", "Ro\u0308ntgen"),
    ("på-klædning", "paa-klaedning", "pa\u030a-klædning"),
    ("é-cafe", "e-café"),
    ("pc'en", "PC’en", "pc", "pc'erne"),
    ("læge\u00adbrev", "lægebrev", "Laegebrev"),
]


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda row: row[0])
def test_spellings_of_a_word_meet(spellings):
    heard = {tuple(CHAIN.raw_words(spelling)) for spelling in spellings}
    assert len(heard) == 1


def test_forms_of_a_word_share_a_term():
    assert CHAIN.terms("recepterne").keys() & CHAIN.terms("recept").keys()
    assert CHAIN.terms("printers").keys() & CHAIN.terms("printer").keys()


def test_words_without_subject_are_no_terms():
    assert set(CHAIN.terms("hvordan får jeg the printer")) == set(CHAIN.terms("printer"))


def test_typed_words_look_for_the_terms_of_the_index():
    [group] = CHAIN.wanted(["Hvordan laver man", "etiketterne"])
    assert set(group.terms) & set(CHAIN.terms("etiketter"))


def test_a_mark_covers_the_word_as_it_is_written():
    text = "Hvor ligger RØNTGEN-billederne?"
    marks = CHAIN.marks(text, frozenset(CHAIN.terms("roentgen")))
    assert [text[start:end] for start, end in marks] == ["RØNTGEN"]
