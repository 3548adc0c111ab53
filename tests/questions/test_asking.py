"""Asking: a title alone is enough; nothing is sent twice, too fast or with a CPR number."""

import pytest

from midtlink.access import NotAllowed
from midtlink.extensions import db
from midtlink.guarding import fingerprint
from midtlink.privacy import PatientDataFound, find_cpr_numbers
from midtlink.questions.asking import ask
from midtlink.questions.drafting import save_draft
from midtlink.questions.models import Question
from midtlink.questions.records import Draft, Revision
from midtlink.refusals import BadInput, Conflict, Refused, TooMany
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked, at_once, facts_of, rows
from tests.topics.making import make_system
from tests.world.cast import make_person

CPR = "Det er 010190-1234."


def test_a_title_alone_is_enough(cast):
    question = ask(title="  Hvor er\nprinteren? ", by=cast.anne)
    assert (question.title, question.source, question.html) == ("Hvor er printeren?", "", "")
    assert (question.status, question.answer_count) == ("unanswered", 0)
    assert question.department == cast.anne.department


def test_body_tags_and_system_are_kept(cast):
    make_system("Print")
    question = asked(cast.anne, body="**Nu**", system_slug="print", tags=["Etiket", "etiket"])
    assert question.html == "<p><strong>Nu</strong></p>\n"
    assert (question.system.name, [tag.name for tag in question.tags]) == ("Print", ["etiket"])
    revision = rows(Revision)[0]
    assert (revision.number, revision.source, revision.tags) == (1, "**Nu**", "etiket")


def test_the_text_is_in_the_authors_language(app):
    ada = make_person("ada", "Ada Byron", "læge", "Medicinsk Afdeling", language="en")
    assert asked(ada).language == "en"


UNFIT_TITLES = [
    ("", "blank"),
    ("\u200b" * 5, "blank"),
    (" \u00a0\n", "blank"),
    ("a" * 201, "too_long"),
    ("Hvor\0 er den?", "controls"),
    ("Hvor \ud800 er den?", "controls"),
]


@pytest.mark.parametrize(("title", "code"), UNFIT_TITLES)
def test_a_title_that_says_nothing_is_refused(cast, title, code):
    with pytest.raises(Refused) as refused:
        ask(title=title, by=cast.anne)
    assert (refused.value.field, refused.value.code) == ("title", code)


@pytest.mark.parametrize("title", ["?", "Hm", "👾", "."])
def test_a_title_may_be_as_short_as_its_words(cast, title):
    assert asked(cast.anne, title=title).title == title


def test_a_body_too_long_or_too_deep_is_refused(cast):
    for body, code in (("a" * 40_001, "too_long"), (">" * 400 + "a", "too_complex")):
        with pytest.raises(Refused) as refused:
            asked(cast.anne, body=body)
        assert (refused.value.field, refused.value.code) == ("body", code)


def test_a_system_that_is_not_there_is_refused(cast):
    make_system("Gammel", is_active=False)
    for slug in ("gammel", "findes-ikke", "\x00"):
        with pytest.raises(Refused):
            asked(cast.anne, system_slug=slug)
    assert rows(Question) == []


@pytest.mark.parametrize("field", ["title", "body"])
def test_a_cpr_number_is_refused_until_it_is_none(cast, field):
    texts = {"title": "Hvad er dette tal?", field: CPR}
    with pytest.raises(PatientDataFound):
        ask(**texts, by=cast.anne)
    prints = [fingerprint(find) for find in find_cpr_numbers(CPR)]
    heard = facts_of(lambda: ask(**texts, by=cast.anne, not_cpr=prints))
    assert heard == ["GuardOverruled", "QuestionAsked"]


def test_a_cpr_number_is_refused_as_a_tag(cast):
    with pytest.raises(PatientDataFound):
        asked(cast.anne, tags=["010190-1234"])


def test_nobody_and_who_has_left_ask_nothing(cast):
    for person in (None, cast.leif):
        with pytest.raises(NotAllowed):
            asked(person)


def test_the_draft_is_gone_when_the_question_is_sent(cast):
    save_draft("question", title="Hvor", by=cast.anne)
    asked(cast.anne)
    assert rows(Draft) == []


def test_one_person_asks_only_so_fast(cast, clock):
    for _ in range(6):
        asked(cast.anne)
    with pytest.raises(TooMany):
        asked(cast.anne)
    asked(cast.jonas)
    clock.forward(seconds=61)
    asked(cast.anne)


def test_and_only_so_much_in_a_day(cast, clock):
    change_setting("posts_per_day", "2", by=None, by_id=None)
    for _ in range(2):
        asked(cast.anne)
        clock.forward(hours=2)
    with pytest.raises(TooMany):
        asked(cast.anne)
    clock.forward(hours=23)
    asked(cast.anne)


def test_the_same_form_again_gives_the_same_question(cast):
    first = asked(cast.anne, submission_key="k1")
    assert asked(cast.anne, title="Noget andet?", submission_key="k1") is first
    assert asked(cast.jonas, submission_key="k1") is not first


def test_a_key_belongs_to_one_kind_of_post(cast):
    from midtlink.questions.answering import answer

    question = asked(cast.anne, submission_key="k1")
    with pytest.raises(Conflict):
        answer(question, body="Svar", by=cast.anne, submission_key="k1")


@pytest.mark.parametrize("key", ["", "k" * 41, "nøgle", "a\x00"])
def test_a_key_that_no_form_makes_is_bad_input(cast, key):
    with pytest.raises(BadInput):
        asked(cast.anne, submission_key=key)


def test_hidden_column_values_are_not_taken_from_the_caller(cast):
    with pytest.raises(TypeError):
        ask(title="Hvor er den?", by=cast.anne, hidden_at=None)


@pytest.mark.both_databases
def test_twenty_presses_are_one_question(app, cast):
    def press(*, by):
        return ask(title="Hvor er den?", by=by, submission_key="k1", tags=["ny"]).id

    results = at_once(app, press, None, [cast.anne] * 20)
    assert len(set(results)) == 1
    assert len(rows(Question)) == 1


@pytest.mark.both_databases
def test_twenty_presses_keep_to_the_limit(app, cast):
    def press(*, by):
        return ask(title="Hvor er den?", by=by).id

    results = at_once(app, press, None, [cast.anne] * 20, expected=TooMany)
    assert len(rows(Question)) == 6
    assert sum(isinstance(result, TooMany) for result in results) == 14


def test_answers_count_too(cast):
    question = asked(cast.anne)
    for _ in range(6):
        answered(question, cast.jonas)
    with pytest.raises(TooMany):
        asked(cast.jonas)
    assert db.session.get(Question, question.id).answer_count == 6
