"""Names of tags and systems, and the system that a title means."""

import pytest

from midtlink.refusals import Refused
from midtlink.topics.rules import (
    Candidate,
    fold,
    numbered_tag,
    slug,
    split_tags,
    suggest,
    tag_key,
    tag_name,
    tag_word,
)

SYSTEMS = [
    Candidate("epj", "EPJ", "journal, notat, signere, patientjournal"),
    Candidate("print", "Print", "printer, etiket, follow-me, papir"),
    Candidate("pacs", "PACS", "røntgen, billeder, ct"),
    Candidate("adgang", "Adgang", "adgangskode, log ind, login"),
    Candidate("it", "IT", "usb"),
]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Etiketprinter skriver blankt", "print"),
        ("Hvordan signerer jeg for en kollega i EPJ?", "epj"),
        ("epj'en fryser", "epj"),
        ("Roentgen kan ikke åbnes", "pacs"),
        ("RØNTGENBILLEDER mangler", "pacs"),
        ("Jeg kan ikke logge ind", None),
        ("Hvordan kan jeg log ind hjemmefra?", "adgang"),
        ("Follow me virker ikke", "print"),
        ("Printeren tager ikke adgangskode", "adgang"),
        ("Italiensk tolk", None),
        ("Hvem er IT?", "it"),
        ("", None),
        ("👾 \u200b", None),
    ],
)
def test_a_title_suggests_its_system(title, expected):
    assert suggest(title, SYSTEMS) == expected


def test_a_tie_goes_to_the_first_name():
    pair = [Candidate("b", "Bravo", "toner"), Candidate("a", "Alfa", "toner")]
    assert suggest("Ny toner", pair) == "a"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Print", "print"),
        ("  #EPJ ", "epj"),
        ("Sikker  mail", "sikker-mail"),
        ("c++", "c++"),
        (".net", ".net"),
        ("Ændring", "ændring"),
        ("ｐａｃｓ", "ｐａｃｓ"),
        ("idé", "idé"),
        ("İstanbul", "istanbul"),
        ("# EPJ\u3000og\nprint", "epj-og-print"),
        ("##", "##"),
        ("# \u200b", "#\u200b"),
        ("../<b>?%2f\\", "../<b>?%2f\\"),
        ("\x1b\u202eabc😀", "\x1b\u202eabc😀"),
    ],
)
def test_a_tag_has_one_spelling(typed, name):
    assert tag_name(typed) == tag_name(name) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "blank"),
        ("  ", "blank"),
        ("\u200b", "blank"),
        ("\x00a", "controls"),
        ("\ud800", "controls"),
        ("a,b", "several_tags"),
        ("a;b", "several_tags"),
        ("İ" * 61, "tag_too_long"),
    ],
)
def test_what_is_no_tag_is_refused(typed, code):
    with pytest.raises(Refused) as refusal:
        tag_name(typed)
    assert refusal.value.code == code


def test_a_tag_has_at_most_sixty_characters():
    assert tag_name("İ" * 60) == "i" * 60


@pytest.mark.parametrize("name", ["\u0301", "´", "ﷺ" * 60, "\U0010ffff" * 60, "e\u0301" * 30])
def test_the_key_of_any_name_can_be_stored(name):
    key = tag_key(name)
    assert key.strip() and len(key) <= 200 and len(key.encode()) <= 2_000


def test_names_of_marks_alone_are_not_look_alikes():
    names = ["\u0301", "\u0308", "´", "¨", "ﷺ" * 59, "ﷺ" * 60]
    assert len({tag_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "word"),
    [("c#", "c#"), (".net", ".net"), ("..", "~7"), ("a/b", "~7"), ("~8", "~7"), ("\u202ea", "~7")],
)
def test_an_address_names_plain_tags_and_numbers_the_others(name, word):
    assert tag_word(name, 7) == word


@pytest.mark.parametrize(("word", "number"), [("~7", 7), ("~07", None), ("~", None), ("7", None)])
def test_a_number_in_an_address_has_one_form(word, number):
    assert numbered_tag(word) == number


@pytest.mark.parametrize(("one", "other"), [("Røntgen", "roentgen"), ("idé", "IDE"), ("å", "aa")])
def test_look_alikes_fold_to_one(one, other):
    assert fold(one) == fold(other)


def test_typed_tags_are_parted_by_commas():
    typed = " print, sikker mail ;\n,\u200b,epj\u2028it"
    assert split_tags(typed) == ["print", "sikker mail", "epj", "it"]


def test_an_address_is_never_given_twice():
    assert slug("Røntgen & PACS") == "roentgen-pacs"
    assert slug("EPJ!", {"epj", "epj-2"}) == "epj-3"
    assert slug("👾") == "system"
