"""What a person finds, and never more than that person may read."""

from pathlib import Path

import pytest

from midtlink.events import in_transaction
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide, restore
from midtlink.questions.accepting import accept_answer
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.deleting import delete
from midtlink.search.finding import find_similar, search, search_while_typing, suggest_words
from midtlink.search.marking import hits
from tests.topics.making import make_system

pytestmark = pytest.mark.both_databases
CANARY = "kanariefuglen"


@pytest.fixture(autouse=True)
def people(cast, clock, index):
    """Those who write here, made before the transactions in which they write."""
    return cast.anne, cast.jonas, cast.karim, cast.mogens, cast.bodil, cast.leif


@pytest.fixture
def asked(clock, people):
    def make(title, **more):
        clock.forward(minutes=5)
        more.setdefault("by", people[0])
        return in_transaction(lambda: ask(title=title, **more))

    return make


def titles(typed, by, **more):
    return [question.title for question in search(typed, by=by, **more).questions]


def test_a_saved_question_is_found_once_the_index_has_it(cast, asked, caught_up):
    asked("Etiketprinteren skriver blankt")
    assert titles("etiketprinter", cast.karim) == []
    caught_up()
    assert titles("etiketprinter", cast.karim) == ["Etiketprinteren skriver blankt"]
    assert titles("etiketter blanke", cast.karim) == ["Etiketprinteren skriver blankt"]


def test_words_of_bodies_answers_tags_and_systems_find_the_thread(cast, asked, clock, caught_up):
    system = make_system("Labka")
    question = asked("Prøven er væk", body="Glasset var **mærket**.", tags=["hentetur"])
    other = asked("Svaret kommer ikke", system_slug=system.slug)
    in_transaction(lambda: answer(question, body="Ring til portøren.", by=cast.jonas))
    caught_up()
    for words in ("mærket", "hentetur", "portør"):
        assert titles(words, cast.karim) == [question.title]
    assert titles("labka", cast.karim) == [other.title]


def test_operators_narrow_what_is_found(cast, asked, clock, caught_up):
    system = make_system("EPJ")
    solved = asked("Signere notat for kollega", system_slug=system.slug, tags=["notat"])
    asked("Signere notat på mobilen", by=cast.jonas)
    given = in_transaction(lambda: answer(solved, body="Under menuen Notat.", by=cast.jonas))
    in_transaction(lambda: accept_answer(given, by=cast.anne))
    caught_up()
    for operators in (
        "[notat]",
        "system:epj",
        "status:løst",
        "afdeling:akut bruger:anne",
        "er:svar bruger:jonas",
        "har:løsning",
        "svar:>0",
        "-bruger:karim -status:ubesvaret",
        "er:spørgsmål bruger:mig",
    ):
        assert titles(f"notat {operators}", cast.anne) == [solved.title], operators
    assert len(titles("notat", cast.anne)) == 2
    assert titles("[notat]", cast.anne) == [solved.title]
    assert titles("notat svar:>1", cast.anne) == []


def test_unknown_names_find_nothing_and_are_told(cast, asked, caught_up):
    asked("Signere notat")
    caught_up()
    results = search("notat [findes-ikke] system:intet bruger:ingen", by=cast.anne)
    assert (results.questions, results.total) == ([], 0)
    assert results.unknown == ("findes-ikke", "intet", "ingen")


def test_facets_count_all_hits(cast, asked, caught_up):
    for number in range(3):
        asked(f"Printer nummer {number}", tags=["printer"] if number else [])
    caught_up()
    results = search("printer", by=cast.karim, size=1)
    assert (len(results.questions), results.total) == (1, 3)
    assert results.facets["status"] == {"status:unanswered": 3}
    assert list(results.facets["tag"].values()) == [2]
    assert results.facets["year"] == {"year:2026": 3}
    assert list(results.facets["department"].values()) == [3]


def test_pages_follow_each_other(cast, asked, caught_up):
    for number in range(5):
        asked(f"Printer nummer {number}")
    caught_up()
    shown = [titles("printer", cast.karim, page=page, size=2) for page in (1, 2, 3, 4)]
    assert [len(page) for page in shown] == [2, 2, 1, 0]
    assert len({title for page in shown for title in page}) == 5


@pytest.mark.parametrize("takes_away", ["hide", "delete", "flag"])
def test_what_is_taken_away_is_not_found_from_that_moment(cast, asked, caught_up, takes_away):
    question = asked(f"Hvor er {CANARY} blevet af?", tags=["fugl"])
    caught_up()
    assert search(CANARY, by=cast.karim).total == 1
    act = {
        "hide": lambda: hide(question, by=cast.mogens),
        "delete": lambda: delete(question, by=cast.anne),
        "flag": lambda: flag(question, reason="patient_data", by=cast.jonas),
    }[takes_away]
    in_transaction(act)
    for _ in ("with the indexer stopped", "when it has caught up"):
        results = search(CANARY, by=cast.karim)
        assert (results.questions, results.total, results.corrected) == ([], 0, ())
        assert not any(results.facets.values())
        assert find_similar(f"Hvor er {CANARY}?", by=cast.karim) == []
        assert suggest_words(CANARY[:6], by=cast.karim) == []
        assert search("kanariefuglem", by=cast.karim).corrected == ()
        caught_up()


def test_a_hidden_answer_is_found_no_more(cast, asked, clock, caught_up):
    question = asked("Hvor er fuglen?")
    given = in_transaction(lambda: answer(question, body=f"{CANARY} er her.", by=cast.jonas))
    caught_up()
    assert search(CANARY, by=cast.karim).total == 1
    assert find_similar(CANARY, by=cast.karim) == [question]
    in_transaction(lambda: hide(given, by=cast.mogens))
    assert search(CANARY, by=cast.karim).total == 0
    assert find_similar(CANARY, by=cast.karim) == []
    caught_up()
    assert search(CANARY, by=cast.karim).total == 0
    assert titles("fuglen", cast.karim) == [question.title]
    in_transaction(lambda: restore(given, by=cast.mogens))
    caught_up()
    assert search(CANARY, by=cast.karim).total == 1


def test_those_who_look_after_hidden_threads_find_them(cast, asked, caught_up):
    question = asked(f"Hvor er {CANARY} blevet af?")
    in_transaction(lambda: hide(question, by=cast.mogens))
    caught_up()
    assert titles(CANARY, cast.mogens) == titles(CANARY, cast.bodil) == [question.title]
    assert titles(CANARY, cast.anne) == titles(CANARY, cast.karim) == []


def test_patient_data_is_found_by_nobody_until_it_is_decided(cast, asked, caught_up):
    question = asked(f"Hvor er {CANARY} blevet af?")
    raised = in_transaction(lambda: flag(question, reason="patient_data", by=cast.jonas))
    caught_up()
    assert search(CANARY, by=cast.mogens).total == 0
    in_transaction(lambda: decide_flag(raised, False, because="Det er en fugl.", by=cast.mogens))
    caught_up()
    assert search(CANARY, by=cast.karim).total == 1


def test_who_has_left_finds_nothing(cast, asked, caught_up):
    asked("Etiketprinteren skriver blankt")
    caught_up()
    assert search("etiketprinter", by=cast.leif).total == 0
    assert find_similar("etiketprinter", by=cast.leif) == []
    assert suggest_words("etiket", by=cast.leif) == []


def test_without_an_index_the_titles_are_searched(app, cast, asked):
    asked("Etiketprinteren skriver blankt")
    (Path(app.config["INSTANCE"]) / "search" / "current").unlink()
    results = search("etiketprinter", by=cast.karim)
    assert results.is_plain
    assert [question.title for question in results.questions] == ["Etiketprinteren skriver blankt"]
    assert find_similar("Etiketprinter", by=cast.karim) != []
    assert suggest_words("etik", by=cast.karim) == []


def test_a_whole_small_word_finds_no_more_while_typing(cast, asked, caught_up):
    asked("Etiketten er skæv")
    asked("Ikkevold og påklædning")
    caught_up()
    for typed in ("etiketten ikke", "etiketten på"):
        assert search_while_typing(typed, by=cast.karim).total == search(typed, by=cast.karim).total


def test_unfinished_words_are_found_while_typing(cast, asked, caught_up):
    asked("Etiketprinteren skriver blankt")
    caught_up()
    found = search_while_typing("skriver etik", by=cast.karim)
    assert [question.title for question in found.questions] == ["Etiketprinteren skriver blankt"]


def test_similar_questions_leave_out_the_one_itself(cast, asked, caught_up):
    one = asked("Etiketprinteren skriver blankt")
    other = asked("Blanke etiketter fra printeren i rum 3")
    caught_up()
    assert find_similar(one.title, by=cast.karim, but_not={one.id}) == [other]


def test_hits_show_the_chosen_answer_and_mark_what_was_looked_for(cast, asked, clock, caught_up):
    question = asked("Etiketprinteren skriver blankt", body="Siden i går morges.")
    given = in_transaction(lambda: answer(question, body="Vend rullen om.", by=cast.jonas))
    in_transaction(lambda: accept_answer(given, by=cast.anne))
    caught_up()
    hit = hits(search("blanke morgen rulle", by=cast.karim), by=cast.karim)[0]
    assert hit.title == [("Etiketprinteren skriver ", False), ("blankt", True)]
    assert hit.lead == [("Vend ", False), ("rullen", True), (" om.", False)]
    assert "".join(piece for piece, _ in hit.lead) == "Vend rullen om."


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "*", '"', '"" -', "-", "[]", "AND OR NOT", "\x00", "🙈🙉", "\u202eabc", "(" * 99,
     "er: status: [", "a" * 10_000, "ord " * 5_000, "-alt -[alt]", "score:>=x", "*" * 50],
)  # fmt: skip
def test_whatever_is_typed_gives_an_answer(cast, asked, caught_up, typed):
    asked("Etiketprinteren skriver blankt")
    caught_up()
    assert search(typed, by=cast.karim).total in (0, 1)
    assert search_while_typing(typed, by=cast.karim).total in (0, 1)
    assert find_similar(typed, typed, by=cast.karim) is not None
    assert suggest_words(typed, by=cast.karim) is not None


def test_a_tag_that_hangs_on_hidden_questions_alone_is_unknown(cast, asked, caught_up):
    question = asked("Hvor er journalen?", tags=["ole-hansen"])
    number = question.tags[0].id
    in_transaction(lambda: flag(question, reason="patient_data", by=cast.jonas))
    caught_up()
    for typed in ("ole-hansen", f"~{number}"):
        assert search(f"notat [{typed}]", by=cast.karim).unknown == (typed,)
    assert search("notat [ole-hansen]", by=cast.mogens).unknown == ()
