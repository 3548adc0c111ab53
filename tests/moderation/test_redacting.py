"""A text that is removed is removed for ever: no byte of it stays in the database."""

from pathlib import Path

import pytest
from sqlalchemy import String, select, text

from midtlink.access import NotAllowed
from midtlink.extensions import db
from midtlink.guarding import fingerprint
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.moderation.sweeping import empty_log
from midtlink.privacy import find_cpr_numbers
from midtlink.questions.answering import answer
from midtlink.questions.closing import close, reopen
from midtlink.questions.commenting import comment
from midtlink.questions.drafting import save_draft
from midtlink.questions.editing import edit
from midtlink.questions.queries import find_draft, get_question, get_revisions, similar_titles
from midtlink.questions.records import Flag, Redaction, SuggestedEdit
from midtlink.questions.suggesting import suggest_edit
from midtlink.refusals import Conflict
from tests.questions.threads import answered, asked, facts_of, rows

CANARY = "Kanariefuglsen"
NUMBER = "010190-1234"


@pytest.fixture
def spoken(cast, clock):
    """A question that names a patient everywhere it can."""
    prints = [fingerprint(find) for find in find_cpr_numbers(NUMBER)]
    question = asked(
        cast.anne, f"Hvor er {CANARY} indlagt?", body=f"{CANARY} {NUMBER} " * 200, not_cpr=prints
    )
    answered(question, cast.jonas, "Ring til afdelingen")
    clock.forward(minutes=5)
    edit(question, body=f"{CANARY} er her", summary=f"{CANARY}", from_revision=1, by=cast.anne)
    suggest_edit(
        question, body=f"{CANARY} er der", summary=CANARY, from_revision=2, by=cast.karim
    )  # fmt: skip
    save_draft("edit", question.id, source=f"Mere om {CANARY}", by=cast.mogens)
    save_draft("question", title=f"Hvor er {CANARY} ind", by=cast.anne)
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
    assert len(finds(CANARY)) >= 14
    redact(spoken, by=cast.mogens)
    assert finds(CANARY) == finds(NUMBER) == []


def test_no_byte_of_the_file_holds_the_text_any_more(app, cast, spoken):
    assert CANARY.encode() in database_bytes()
    redact(spoken, by=cast.mogens)
    assert CANARY.encode() not in database_bytes()
    assert CANARY.lower().encode() not in database_bytes()
    assert NUMBER.encode() not in database_bytes()


def database_bytes():
    """The database file and what waits beside it, after the sweeper has passed."""
    db.session.remove()
    empty_log()
    path = Path(db.engine.url.database)
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


def test_what_is_left_says_so_and_is_shown_again(cast, spoken):
    heard = facts_of(lambda: redact(spoken, by=cast.mogens))
    assert (spoken.title, spoken.source) == ("Fjernet: patientdata", "Fjernet: patientdata")
    assert spoken.html == "<p>Fjernet: patientdata</p>\n"
    assert heard == ["SuggestionDecided", "FlagDecided", "PostRedacted"]
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


def test_drafts_of_something_else_stay(cast, spoken):
    redact(spoken, by=cast.mogens)
    assert find_draft("question", by=cast.jonas).title == "Noget helt andet"
    assert find_draft("question", by=cast.anne) is None


def test_the_journal_refuses_no_redaction_and_holds_no_text(cast, spoken):
    redact(spoken, by=cast.mogens)
    held = db.session.execute(text("SELECT facts FROM journal")).scalars().all()
    assert CANARY not in str(held)
