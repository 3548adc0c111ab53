"""Questions as JSON lines: all or nothing, named by line, repeatable."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.importing.jsonl import import_lines
from midtlink.importing.refusing import BadImport
from midtlink.questions.answering import answer
from midtlink.questions.checking import check_threads
from midtlink.questions.models import Post, Question
from midtlink.topics.models import System
from tests.importing.dumps import REAL, needs_data

HELP = REAL.parent / "danish/help-sections.jsonl.gz"
TONER = {
    "id": 7, "title": "Hvordan skifter jeg toner?", "body": "Printeren **blinker**.",
    "answers": ["Åbn lågen.", "Ring til it."], "tags": ["print", "Toner"], "author": "Kirsten",
    "created": "2024-05-17T08:30", "system": "Print",
}  # fmt: skip


def lines(tmp_path, *rows, name="spørgsmål.jsonl"):
    """A file with these rows, one a line; texts stand as they are."""
    file = tmp_path / name
    texts = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(texts), encoding="utf-8")
    return file


@pytest.fixture
def printing(app):
    """The system that the toner question is about."""

    def work():
        db.session.add(System(slug="print", name="Print"))

    in_transaction(work)


@pytest.mark.both_databases
def test_a_line_becomes_a_thread(printing, tmp_path):
    report = import_lines(lines(tmp_path, TONER))
    question = db.session.scalars(select(Question)).one()
    assert (question.title, question.html) == (
        TONER["title"],
        "<p>Printeren <strong>blinker</strong>.</p>\n",
    )
    assert (question.system.slug, question.author_name, question.answer_count) == (
        "print",
        "Kirsten",
        2,
    )
    assert [tag.name for tag in question.tags] == ["print", "toner"]
    assert question.created_at == datetime(2024, 5, 17, 6, 30, tzinfo=UTC)
    assert report.unaccounted() == {} and list(check_threads()) == []


@pytest.mark.both_databases
def test_the_same_id_again_updates_and_never_doubles(printing, tmp_path):
    import_lines(lines(tmp_path, TONER))
    assert import_lines(lines(tmp_path, TONER)).written == {}
    changed = TONER | {"answers": ["Træk i håndtaget."], "created": None}
    import_lines(lines(tmp_path, changed, name="flyttet.jsonl"))
    question = db.session.scalars(select(Question)).one()
    assert question.answer_count == 1
    assert question.created_at == datetime(2024, 5, 17, 6, 30, tzinfo=UTC)


def test_odd_tags_are_kept_and_a_list_in_one_text_is_parted(app, tmp_path):
    tags = ["<b>", "C#, .net; 👾", "Ønsker /hjælp/", " ", "Print", "PRINT", "x" * 60]
    import_lines(lines(tmp_path, {"title": "x", "tags": tags}))
    question = db.session.scalars(select(Question)).one()
    assert {tag.name for tag in question.tags} == {
        "<b>", "c#", ".net", "👾", "ønsker-/hjælp/", "print", "x" * 60,
    }  # fmt: skip


def test_without_an_id_the_content_tells(app, tmp_path):
    row = {"title": "Hvor er printeren?"}
    report = import_lines(lines(tmp_path, row, row))
    assert dict(report.left_out["spørgsmål.jsonl"]) == {"the same question again": 1}
    assert import_lines(lines(tmp_path, row)).written == {}


def test_an_answer_that_is_gone_stays_when_a_colleague_commented(printing, cast, tmp_path):
    import_lines(lines(tmp_path, TONER))
    anne, question = cast.anne, db.session.scalars(select(Question)).one()
    in_transaction(lambda: answer(db.session.get(Question, question.id), body="Tak!", by=anne))
    import_lines(lines(tmp_path, TONER | {"answers": []}))
    db.session.expire_all()
    assert db.session.scalars(select(Post.source).where(Post.kind == "answer")).all() == ["Tak!"]


def test_questions_that_a_later_file_lacks_stay(app, tmp_path):
    import_lines(lines(tmp_path, {"id": "a", "title": "Den ene"}))
    import_lines(lines(tmp_path, {"id": "b", "title": "Den anden"}))
    assert db.session.scalar(select(func.count(Question.id))) == 2


BAD = {
    "not JSON": "{",
    "not a JSON object": "[]",
    "neither title nor body": {"answers": ["x"]},
    "body is not a text": {"title": "x", "body": 5},
    "answers is not a list of texts": {"title": "x", "answers": {"a": 1}},
    "answers is not a text": {"title": "x", "answers": [None, 3]},
    "tags is not a list of texts": {"title": "x", "tags": "print"},
    "tags has a name longer than 60": {"title": "x", "tags": ["!" * 61]},
    "id is neither": {"title": "x", "id": 1.5},
    "id is empty": {"title": "x", "id": " "},
    "system is not one": {"title": "x", "system": "Ukendt"},
    "created is not a date": {"title": "x", "created": "i går"},
    "an id that an earlier line has": {"title": "x", "id": 7},
    "body is longer": {"title": "x", "body": "x" * 200_001},
}


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_line_is_named_and_nothing_is_stored(printing, tmp_path, reason):
    with pytest.raises(BadImport, match=f"line 3: {reason}"):
        import_lines(lines(tmp_path, TONER, "", BAD[reason]))
    assert db.session.scalar(select(func.count(Post.id))) == 0


def test_a_packed_file_that_is_cut_off_is_refused(app, tmp_path):
    whole = gzip.compress(json.dumps({"title": "Hvor er printeren?"}).encode() * 50)
    file = tmp_path / "x.jsonl.gz"
    file.write_bytes(whole[:-12])
    with pytest.raises(BadImport, match=r"x\.jsonl\.gz"):
        import_lines(file)


def test_nul_and_lone_surrogates_are_dropped(app, tmp_path):
    import_lines(lines(tmp_path, '{"title": "Hvor\\u0000 er \\ud800den?", "body": "a\\u0000b"}'))
    question = db.session.scalars(select(Question)).one()
    assert (question.title, question.source) == ("Hvor er den?", "ab")


def test_a_long_title_is_cut_and_stands_whole_in_the_text(app, tmp_path):
    title = "Hvordan " * 40
    import_lines(lines(tmp_path, {"title": title}))
    question = db.session.scalars(select(Question)).one()
    assert len(question.title) <= 200 and question.source.startswith(title.strip())


@needs_data
def test_the_haystack_of_help_texts_fits(app, tmp_path):
    with gzip.open(HELP, "rt", encoding="utf-8") as file:
        some = [line.strip() for number, line in enumerate(file) if number % 60 == 0]
    report = import_lines(lines(tmp_path, *some))
    assert report.stored["spørgsmål.jsonl"] == len(some) == 556
    assert report.unaccounted() == {}
