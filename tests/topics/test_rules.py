"""Names of tags and systems, and the system that a title means."""

import pytest

from midtlink.refusals import Refused
from midtlink.topics.rules import Candidate, fold, slug, split_tags, suggest, tag_name

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
        ("ｐａｃｓ", "pacs"),
        ("idé", "idé"),
    ],
)
def test_a_tag_has_one_spelling(typed, name):
    assert tag_name(typed) == name


@pytest.mark.parametrize(
    "typed", ["", "  ", "..", "#", "a/b", "<b>", "a,b", "\x00a", "\u200b", "😀"]
)
def test_a_tag_that_no_address_could_hold_is_refused(typed):
    with pytest.raises(Refused) as refusal:
        tag_name(typed)
    assert refusal.value.code == "bad_tag"


def test_a_tag_has_at_most_forty_characters():
    assert tag_name("a" * 40)
    with pytest.raises(Refused):
        tag_name("a" * 41)


@pytest.mark.parametrize(("one", "other"), [("Røntgen", "roentgen"), ("idé", "IDE"), ("å", "aa")])
def test_look_alikes_fold_to_one(one, other):
    assert fold(one) == fold(other)


def test_typed_tags_are_parted_by_commas():
    assert split_tags(" print, sikker mail ;\n,epj") == ["print", "sikker mail", "epj"]


def test_an_address_is_never_given_twice():
    assert slug("Røntgen & PACS") == "roentgen-pacs"
    assert slug("EPJ!", {"epj", "epj-2"}) == "epj-3"
    assert slug("👾") == "system"
