"""/soeg/imens: what shows under the search field while one types."""

import pytest

from midtlink.events import in_transaction
from midtlink.moderation.hiding import hide
from midtlink.people.models import SignIn
from midtlink.questions.asking import ask
from tests.topics.making import make_system


@pytest.fixture
def asked(cast, clock, index):
    def make(title, **more):
        clock.forward(minutes=5)
        more.setdefault("by", cast.anne)
        return in_transaction(lambda: ask(title=title, **more))

    return make


def options(page, holding=""):
    """The words of the options, those of which the markup holds an attribute."""
    found = [each for each in page.tree.iter() if each.get("role") == "option"]
    return [" ".join("".join(e.itertext()).split()) for e in found if not holding or e.get(holding)]


def typed(visit, person, words, **more):
    return visit.post("/soeg/imens", as_=person, status=200, q=words, **more)


def test_six_titles_show_with_marks_and_states(visit, cast, asked, caught_up):
    for number in range(8):
        asked(f"Etiketprinter nummer {number}")
    in_transaction(lambda: hide(asked("Etiketprinter i kælderen"), by=cast.mogens))
    caught_up()
    page = typed(visit, cast.karim, "nummer etik")
    shown = options(page, "href")
    assert len(shown) == 6
    assert all(words.endswith("Mangler svar") for words in shown)
    assert "Etiketprinter" in {mark.text for mark in page.all("mark")}
    assert options(page)[-1] == "Vis alle 8 spørgsmål"
    assert "kælderen" not in page.text


def test_options_are_named_for_the_arrows(visit, cast, asked, caught_up):
    asked("Etiketprinter")
    caught_up()
    page = typed(visit, cast.karim, "etik")
    found = [each for each in page.tree.iter() if each.get("role") == "option"]
    assert all(each.get("id") and each.get("tabindex") == "-1" for each in found)
    assert {each.tag for each in found} <= {"a", "button"}


def test_the_number_found_is_said(visit, cast, asked, caught_up):
    asked("Etiketprinter")
    caught_up()
    said = [e.get("data-said") for e in typed(visit, cast.karim, "etik").all("div")]
    assert "1 spørgsmål fundet" in said
    said = [e.get("data-said") for e in typed(visit, cast.karim, "xyzzy").all("div")]
    assert "Ingen spørgsmål fundet" in said


def fills(page):
    return [each.get("data-fill") for each in page.tree.iter() if each.get("data-fill")]


def test_words_and_operators_are_finished(visit, cast, asked, caught_up):
    asked("Medicinkort mangler")
    caught_up()
    assert fills(typed(visit, cast.karim, "medic")) == ["medicinkort "]
    assert "medic status:" in fills(typed(visit, cast.karim, "medic stat"))
    assert fills(typed(visit, cast.karim, "medic status:lu")) == ["medic status:lukket "]
    assert fills(typed(visit, cast.karim, "s")) == []


def test_the_piece_at_the_cursor_is_finished(visit, cast, index):
    page = typed(visit, cast.karim, "status:lu toner", cursor="9")
    assert fills(page) == ["status:lukket toner"]
    for cursor in ("-1", "x", "99999", "²", ""):
        assert fills(typed(visit, cast.karim, "a status:lu", cursor=cursor)) == ["a status:lukket "]


def test_names_are_finished_after_their_operator(visit, cast, asked, caught_up):
    make_system("Labka")
    asked("Prøven er væk", tags=["hentetur"])
    in_transaction(lambda: hide(asked("Skjult", tags=["hentevogn"]), by=cast.mogens))
    caught_up()
    assert fills(typed(visit, cast.karim, "system:la")) == ["system:labka "]
    assert fills(typed(visit, cast.karim, "prøven system:")) == ["prøven system:labka "]
    assert fills(typed(visit, cast.karim, "afdeling:akut")) == ["afdeling:Akutafdelingen "]
    assert fills(typed(visit, cast.karim, "bruger:kar")) == ["bruger:karim "]
    assert fills(typed(visit, cast.karim, "[hen")) == ["[hentetur] "]


def test_an_operator_without_value_is_no_word(visit, cast, asked, caught_up):
    for title in ("Prøven er væk", "Systemet er nede"):
        asked(title)
    caught_up()
    assert options(typed(visit, cast.karim, "prøven system:"), "href") == [
        "Prøven er væk Mangler svar"
    ]


def test_suggestions_speak_english(visit, cast, index):
    in_transaction(lambda: setattr(cast.karim, "language", "en"))
    page = typed(visit, cast.karim, "depar")
    assert fills(page) == ["department:"]
    assert "Asked from a certain department" in page.text


@pytest.mark.parametrize("words", ["toner 010190-1234", "010190 1234", "XXXXXX-XXXX"])
def test_a_cpr_number_finds_and_finishes_nothing_and_it_is_told(
    visit, cast, asked, caught_up, words
):
    asked("Toner mangler 123456")
    caught_up()
    page = typed(visit, cast.karim, words)
    assert options(page) == ["Et tal ligner et CPR-nummer. Søg uden patientens oplysninger."]
    assert fills(page) == []


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "words",
    ["", " ", "*", '"', "[", "-", "er:", "-er:", "[x", "system:", "bruger:%", "tag:\\", "\x00",
     "😀" * 300, "\u202eabc", "(" * 3_000, "a" * 10_000, "ord " * 5_000, "'; --", "010190-1234"],
    ids=lambda words: ascii(words[:20]),
)  # fmt: skip
def test_no_input_breaks_it(visit, cast, asked, caught_up, words):
    asked("Toner mangler")
    caught_up()
    page = typed(visit, cast.karim, words, cursor=str(len(words)))
    assert len(options(page)) < 14
    for cursor in (0, 1, 250):
        assert typed(visit, cast.karim, words, cursor=str(cursor)).status == 200


def test_strangers_are_turned_away_and_typing_is_no_sign_of_life(visit, cast, clock, index):
    visit.post("/soeg/imens", status=401, q="x")
    visit.get("/soeg/imens?q=x", as_=cast.karim, status=405)
    visit.get("/", as_=cast.karim)
    before = SignIn.query.filter_by(person_id=cast.karim.id).one().active_at
    clock.forward(minutes=2)
    typed(visit, cast.karim, "toner")
    assert SignIn.query.filter_by(person_id=cast.karim.id).one().active_at == before
    visit.get("/", as_=cast.karim)
    assert SignIn.query.filter_by(person_id=cast.karim.id).one().active_at > before
