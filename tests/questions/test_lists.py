"""Lists and searching in titles."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.questions.accepting import accept_answer
from midtlink.questions.closing import close
from midtlink.questions.deleting import delete
from midtlink.questions.editing import edit
from midtlink.questions.queries import LISTS, list_questions, search_titles, similar_titles
from midtlink.refusals import BadInput
from midtlink.topics.following import follow_system, follow_tag
from midtlink.topics.models import SuperUser
from midtlink.topics.queries import get_system, get_tag
from tests.questions.threads import answered, asked
from tests.topics.making import make_system
from tests.world.statements import statements_sent


def titles(which, person, **more):
    return [question.title for question in list_questions(which, seen_by=person, **more).rows]


@pytest.fixture
def threads(cast):
    """Five questions, each for a list of its own; the newest first in every list."""
    make_system("Print"), make_system("EPJ")
    asked(cast.anne, "Ubesvaret om print", system_slug="print", tags=["etiket"])
    answered(asked(cast.jonas, "Besvaret om print", system_slug="print"), cast.karim)
    solved = asked(cast.anne, "Løst om etiketter", tags=["etiket"])
    accept_answer(answered(solved, cast.jonas), by=cast.anne)
    close(asked(cast.karim, "Lukket om noget"), reason="outdated", by=cast.karim)
    hide(asked(cast.anne, "Skjult om print", system_slug="print"), by=cast.mogens)
    delete(asked(cast.anne, "Slettet om print", system_slug="print"), by=cast.anne)


def test_each_list_holds_what_its_name_says(cast, threads):
    assert titles("newest", cast.karim) == [
        "Lukket om noget", "Løst om etiketter", "Besvaret om print", "Ubesvaret om print"
    ]  # fmt: skip
    assert titles("unanswered", cast.karim) == ["Ubesvaret om print"]
    assert titles("solved", cast.karim) == ["Løst om etiketter"]
    assert titles("mine", cast.anne) == ["Løst om etiketter", "Ubesvaret om print"]
    assert titles("department", cast.anne) == ["Løst om etiketter", "Ubesvaret om print"]
    assert titles("answered-by-me", cast.karim) == ["Besvaret om print"]
    assert titles("systems", cast.karim) == []


def test_my_systems_are_those_i_follow_look_after_or_own(cast, threads):
    system = get_system("print")
    follow_system(system, by=cast.karim)
    in_transaction(lambda: appoint(cast.jonas, system))
    for person in (cast.karim, cast.jonas):
        assert titles("systems", person) == ["Besvaret om print", "Ubesvaret om print"]
    assert titles(f"system:{system.id}", cast.bodil) == titles("systems", cast.karim)
    assert titles(f"system:{10**20}", cast.bodil) == []


def appoint(person, system):
    row = SuperUser(person_id=person.id, system_id=system.id, appointed_at=person.created_at)
    db.session.add(row)


def test_for_me_is_what_i_can_help_with_and_what_i_wait_for(cast, threads):
    assert titles("for-me", cast.karim) == []
    tag = get_tag("etiket")
    follow_tag(tag, by=cast.karim)
    assert titles("for-me", cast.karim) == ["Ubesvaret om print"]
    assert titles("for-me", cast.jonas) == ["Besvaret om print"]
    assert titles(f"tag:{tag.id}", cast.bodil) == ["Løst om etiketter", "Ubesvaret om print"]


@pytest.mark.parametrize("which", ["", "all", "system:", "system:x", "tag:-1", "tag:٣", "tag:1;2"])
def test_a_list_that_is_none_is_bad_input(cast, which):
    with pytest.raises(BadInput):
        list_questions(which, seen_by=cast.anne)


def test_who_has_no_department_has_no_list_of_it(cast, threads):
    in_transaction(lambda: setattr(cast.karim, "department", None))
    assert titles("department", cast.karim) == []


@pytest.mark.both_databases
def test_pages_skip_and_repeat_nothing_while_others_ask(app, cast, clock):
    made = [make(cast, clock).id for _ in range(45)]
    seen, cursor = [], None
    while True:
        page = list_questions("newest", seen_by=cast.karim, cursor=cursor)
        seen += [question.id for question in page.rows]
        make(cast, clock)
        if (cursor := page.next_cursor) is None:
            break
    assert seen == made[::-1]


def make(cast, clock, **more):
    clock.forward(minutes=20)
    return asked(cast.anne, **more)


@pytest.mark.both_databases
@pytest.mark.parametrize("which", [*LISTS, "system:1", "tag:1"])
def test_a_list_takes_two_statements_however_long(app, cast, clock, which):
    make_system("Print")
    for number in range(3):
        make(cast, clock, system_slug="print", tags=["a", f"b{number}"])
    assert statements_sent(lambda person: show(which, person), cast.anne) <= 2


def show(which, person):
    for question in list_questions(which, seen_by=person).rows:
        assert question.author.department.name and question.department.name
        assert question.system.name and [tag.name for tag in question.tags]


def test_similar_titles_share_the_most_words(cast, clock):
    best = make(cast, clock, title="Etiketprinteren skriver blankt")
    other = make(cast, clock, title="Printeren larmer")
    make(cast, clock, title="Hvordan kan jeg bytte vagt?")
    found = similar_titles("hvordan får jeg PRINTER til etiketter", seen_by=cast.karim)
    assert found == [best, other]
    assert similar_titles("printeren", seen_by=cast.karim, but_not={other.id}) == [best]


def test_among_equals_the_solved_one_comes_first(cast, clock):
    solved, _newer = make(cast, clock, title="Røntgen"), make(cast, clock, title="Røntgen")
    accept_answer(answered(solved, cast.jonas), by=cast.anne)
    assert similar_titles("RØNTGEN", seen_by=cast.karim, limit=1) == [solved]
    assert similar_titles("roentgen", seen_by=cast.karim)[0] == solved


@pytest.mark.parametrize(
    "text", ["", "  ", "er", "hvordan kan jeg", "%", "___", "\x00", "a" * 9999]
)
def test_a_text_that_says_nothing_finds_nothing(cast, clock, text):
    make(cast, clock, title="Hvordan kan jeg bytte vagt?")
    assert similar_titles(text, seen_by=cast.karim) == []


def test_hidden_titles_are_never_similar(cast, threads):
    for person in (cast.anne, cast.karim, cast.mogens):
        found = similar_titles("Skjult Slettet print", seen_by=person)
        assert {row.title for row in found} == {"Ubesvaret om print", "Besvaret om print"}


def test_searching_needs_every_word_and_pages_by_id(cast, clock):
    made = [make(cast, clock, title=f"Printer nummer {number}").id for number in range(25)]
    make(cast, clock, title="Printeren larmer")
    first = search_titles("nummer printer", seen_by=cast.karim)
    rest = search_titles("nummer printer", seen_by=cast.karim, cursor=first.next_cursor)
    assert [row.id for row in [*first.rows, *rest.rows]] == made[::-1]
    assert search_titles("", seen_by=cast.karim).rows == []
    assert search_titles("et", seen_by=cast.karim).rows == []


def test_a_changed_title_is_found_by_its_new_words(cast, clock):
    question = make(cast, clock, title="Printeren larmer")
    edit(question, title="Skærmen blinker", body="", from_revision=1, by=cast.anne)
    assert similar_titles("skærmen", seen_by=cast.karim) == [question]
    assert similar_titles("printeren", seen_by=cast.karim) == []
