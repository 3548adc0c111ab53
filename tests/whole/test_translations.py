"""Every Danish text has its English one, with the same places to fill in."""

import gettext
import re

import pytest

from tests.world import translations

PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def parts(text):
    """A text with a plural is two texts."""
    return text if isinstance(text, tuple) else (text,)


@pytest.fixture(scope="module")
def english():
    return [message for message in translations.catalogue() if message.id]


def test_every_text_has_english_words():
    assert translations.untranslated() == []


def test_the_files_hold_what_the_pages_ask_for():
    source, compiled = translations.written(translations.collected())
    assert translations.CATALOGUE.read_bytes() == source
    assert translations.CATALOGUE.with_suffix(".mo").read_bytes() == compiled


def test_no_text_is_a_guess(english):
    assert [message.id for message in english if message.fuzzy] == []


def test_places_to_fill_in_are_the_same_in_both(english):
    wrong = [
        message.id
        for message in english
        for danish, words in zip(parts(message.id), parts(message.string), strict=True)
        if sorted(PLACE.findall(danish)) != sorted(PLACE.findall(words))
    ]
    assert wrong == []


def test_no_text_begins_or_ends_with_a_space(english):
    texts = [part for message in english for part in (*parts(message.id), *parts(message.string))]
    assert [text for text in texts if text != text.strip()] == []


def test_one_word_can_have_two_english_ones():
    with translations.CATALOGUE.with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert (words.gettext("Fortryd"), words.pgettext("undo", "Fortryd")) == ("Cancel", "Undo")
