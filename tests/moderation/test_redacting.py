"""A text that is removed is removed for ever: no byte of it stays in the database."""

import subprocess
from pathlib import Path

import pytest
from sqlalchemy import String, select, text

from midtlink.access import NotAllowed, NotFound
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.guarding import fingerprint
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.moderation.sweeping import empty_log
from midtlink.people.models import Person
from midtlink.privacy import find_cpr_numbers
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.closing import close, reopen
from midtlink.questions.commenting import comment
from midtlink.questions.drafting import save_draft
from midtlink.questions.editing import edit
from midtlink.questions.models import Question
from midtlink.questions.queries import find_draft, get_question, get_revisions, similar_titles
from midtlink.questions.records import Flag, Redaction, SuggestedEdit
from midtlink.questions.suggesting import suggest_edit
from midtlink.refusals import Conflict
from midtlink.topics.following import follow_tag, unfollow_tag
from midtlink.topics.models import Tag
from midtlink.topics.queries import find_tag
from midtlink.topics.tagging import add_synonym, describe_tag, merge_tags
from tests.questions.threads import answered, asked, facts_of, rows, staff
from tests.world.racing import all_at_once

CANARY = "Kanariefuglsen"
NUMBER = "010190-1234"


@pytest.fixture
def spoken(cast, clock):
    """A question that names a patient everywhere it can."""
    prints = [fingerprint(find) for find in find_cpr_numbers(NUMBER)]
    question = asked(
        cast.anne,
        f"Hvor er {CANARY} indlagt?",
        body=f"{CANARY} {NUMBER} " * 200,
        tags=[f"{CANARY} først", CANARY],
        not_cpr=prints,
    )
    answered(question, cast.jonas, "Ring til afdelingen")
    clock.forward(minutes=5)
    edit(
        question,
        body=f"{CANARY} er her",
        tags=[CANARY],
        summary=CANARY,
        from_revision=1,
        by=cast.anne,
    )
    suggest_edit(
        question, body=f"{CANARY} er der", summary=CANARY, from_revision=2, by=cast.karim
    )  # fmt: skip
    save_draft("edit", question.id, source=f"Mere om {CANARY}", by=cast.mogens)
    save_draft("question", title=f"Hvor er {CANARY} ind", by=cast.anne)
    save_draft("answer", question.id, source="Mere", tags=f"print, {CANARY}", by=cast.anne)
    save_draft("question", title="Noget helt andet", by=cast.jonas)
    close(question, reason="outdated", note=f"{CANARY} er hjemme", by=cast.anne)
    reopen(question, by=cast.anne)
    hide(question, by=cast.mogens, because=f"Nævner {CANARY}")
    wrong = flag(question, reason="wrong", note=f"{CANARY} er flyttet", by=cast.bodil)
    decide_flag(wrong, True, because=f"{CANARY} er flyttet", by=cast.mogens)
    flag(question, reason="patient_data", note=CANARY, by=cast.bodil)
    return question


def words_in_database():
    """Every text of every table, read from the tables themselves."""
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            for column in table.columns:
                if isinstance(column.type, String) or column.type.python_type is dict:
                    yield f"{table.name}.{column.name}: {row[column]}"


def finds(word):
    return [each for each in words_in_database() if word.lower() in each.lower()]


@pytest.mark.both_databases
def test_no_column_holds_the_text_any_more(app, cast, spoken):
    assert len(finds(CANARY)) >= 21
    redact(spoken, by=cast.mogens)
    assert finds(CANARY) == finds(NUMBER) == []


@pytest.mark.both_databases
def test_no_byte_of_the_database_holds_the_text_any_more(app, cast, spoken):
    before = database_bytes()
    assert all(word in before for word in (CANARY.encode(), CANARY.lower().encode()))
    redact(spoken, by=cast.mogens)
    after = database_bytes()
    assert len(after) > 10_000
    assert CANARY.lower().encode() not in after.lower()
    assert NUMBER.encode() not in after


def database_bytes():
    """The database as a thief would take it: SQLite's files as they lie, PostgreSQL's dump.

    The sweeper has passed, so that nothing waits in SQLite's write-ahead log.
    """
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        address = db.engine.url.set(drivername="postgresql")
        command = ["pg_dump", "--inserts", address.render_as_string(hide_password=False)]
        return subprocess.run(command, check=True, capture_output=True).stdout
    empty_log()
    path = Path(db.engine.url.database)
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


def test_what_is_left_says_so_and_is_shown_again(cast, spoken):
    heard = facts_of(lambda: redact(spoken, by=cast.mogens))
    assert (spoken.title, spoken.source) == ("Fjernet: patientdata", "Fjernet: patientdata")
    assert spoken.html == "<p>Fjernet: patientdata</p>\n"
    assert spoken.tags == []
    assert heard == ["SuggestionDecided", "FlagDecided", "HidingChanged", "PostRedacted"]
    assert (spoken.hidden_because, rows(Redaction)[0].by_id) == ("moderator", cast.mogens.id)
    assert facts_of(lambda: redact(spoken, by=cast.mogens)) == []


def test_flags_for_patient_data_are_upheld_and_suggestions_turned_down(cast, spoken):
    redact(spoken, by=cast.mogens)
    assert all(row.is_upheld for row in rows(Flag))
    assert [row.is_accepted for row in rows(SuggestedEdit)] == [False]


def test_the_author_removes_their_own_text_at_once_also_when_it_is_hidden(cast):
    question = asked(cast.anne, f"Hvor er {CANARY}?")
    flag(question, reason="patient_data", by=cast.karim)
    redact(question, by=cast.anne)
    assert question.hidden_at is None
    assert get_question(question.id, seen_by=cast.karim).title == "Fjernet: patientdata"
    assert similar_titles(CANARY, seen_by=cast.karim) == []


def test_nobody_else_removes_a_text(cast):
    question = asked(cast.anne)
    for person in (cast.jonas, cast.bodil, cast.astrid, cast.leif, None):
        with pytest.raises(NotAllowed):
            redact(question, by=person)


def test_only_that_post_loses_its_text(cast):
    question = asked(cast.anne)
    reply = answer(question, body=f"{CANARY} ligger på stuen", by=cast.jonas)
    remark = comment(reply, body="Tak", by=cast.anne)
    redact(reply, by=cast.jonas)
    assert (question.title[:7], remark.source) == ("Hvordan", "Tak")
    assert finds(CANARY) == []


def test_an_edit_begun_before_cannot_bring_the_text_back(cast):
    question = asked(cast.anne, body=CANARY)
    redact(question, by=cast.anne)
    with pytest.raises(Conflict):
        edit(question, body=f"{CANARY}!", from_revision=1, by=cast.anne)
    revisions = get_revisions(question, seen_by=cast.karim)
    assert {row.source for row in revisions} == {"Fjernet: patientdata"}
    edit(question, title="Hvor er stuen?", body="", from_revision=2, by=cast.anne)
    assert (question.title, question.redacted_at is None) == ("Hvor er stuen?", False)


def test_a_tag_that_something_else_speaks_for_leaves_the_question_only(cast):
    words = ["brugt", "beskrevet", "fulgt", "andet-ord", "importeret"]
    question = asked(cast.anne, tags=words)
    asked(cast.jonas, tags=["brugt"])
    describe_tag(find_tag("beskrevet"), excerpt="Om det", description="", by=cast.jonas)
    follow_tag(find_tag("fulgt"), by=cast.karim)
    add_synonym(find_tag("andet-ord"), "tredje-ord", by=cast.mogens)
    in_transaction(lambda: setattr(find_tag("importeret"), "origin", "forum"))
    redact(question, by=cast.anne)
    assert question.tags == []
    assert [word for word in words if find_tag(word) is None] == []


def test_a_tag_for_itself_is_gone_whoever_removes_the_text(cast):
    question = asked(cast.anne, tags=[CANARY])
    number = find_tag(CANARY).id
    edit(question, body="Uden", tags=[], from_revision=1, by=cast.anne)
    redact(question, by=cast.anne)
    assert find_tag(CANARY) is None
    assert [entry.facts for entry in rows(JournalEntry, act="TagRemoved")] == [{"tag_id": number}]


def test_what_was_written_anew_can_be_removed_too(cast):
    question = asked(cast.anne, tags=["print"])
    redact(question, by=cast.anne)
    for written in ({"title": f"Hvor er {CANARY}?"}, {"tags": [CANARY]}):
        body, revision = question.source, question.revision_number
        edit(question, body=body, **written, from_revision=revision, by=cast.anne)
        assert finds(CANARY) != []
        redact(question, by=cast.anne)
        assert finds(CANARY) == []


@pytest.mark.both_databases
@pytest.mark.parametrize("turn", range(5))
def test_a_tag_that_is_removed_while_others_use_it_is_gone_or_in_use(app, cast, turn):
    question, people = asked(cast.anne, tags=[CANARY]), staff(3)
    author, number, words = cast.anne.id, question.id, "Hvad betyder ordet?"

    def removing():
        person = db.session.get(Person, author)
        redact(get_question(number, seen_by=person), by=person)

    def asking(person_id):
        return ask(title=words, tags=[CANARY], by=db.session.get(Person, person_id)).id

    calls = [removing, *(lambda of=person.id: asking(of) for person in people)]
    all_at_once(app, [lambda call=call: in_transaction(call) for call in calls])
    names = [[tag.key for tag in each.tags] for each in rows(Question)]
    assert names == [[], *[[CANARY.lower()]] * 3]


@pytest.mark.parametrize(
    "act",
    [
        lambda tag, by: follow_tag(tag, by=by),
        lambda tag, by: unfollow_tag(tag, by=by),
        lambda tag, by: describe_tag(tag, excerpt="Hej", description="", by=by),
        lambda tag, by: add_synonym(tag, "toner", by=by),
        lambda tag, by: merge_tags(tag, into=find_tag("print"), by=by),
    ],
)
def test_a_tag_that_was_removed_meanwhile_is_not_there(cast, act):
    question = asked(cast.anne, tags=[CANARY])
    asked(cast.anne, tags=["print"])
    number, person = find_tag(CANARY).id, cast.mogens
    db.session.rollback()
    redact(question, by=cast.anne)
    gone = Tag(id=number, name=CANARY.lower(), key=CANARY.lower())
    with pytest.raises(NotFound):
        act(gone, person)


def test_drafts_of_something_else_stay(cast, spoken):
    redact(spoken, by=cast.mogens)
    assert find_draft("question", by=cast.jonas).title == "Noget helt andet"
    assert find_draft("question", by=cast.anne) is None
    assert find_draft("answer", spoken.id, by=cast.anne).tags == "print"


def test_the_journal_refuses_no_redaction_and_holds_no_text(cast, spoken):
    redact(spoken, by=cast.mogens)
    held = db.session.execute(text("SELECT facts FROM journal")).scalars().all()
    assert CANARY not in str(held)
