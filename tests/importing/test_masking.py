"""A CPR number in a dump: masked wherever it stands, listed by row, and nowhere kept."""

import json

import pytest
from sqlalchemy import String, select

from midtlink.extensions import db
from midtlink.importing.bulk.rendering import show
from midtlink.importing.jsonl import import_lines
from midtlink.importing.stackexchange import import_dump
from midtlink.questions.models import Post
from tests.importing.dumps import answer, comment, history, question, small_site, tag, user

NUMBER = "010190-1234"
SHAPES = (NUMBER, "0101901234", "010190–1234", "010190&#45;1234", "<b>010190</b>-1234")


def everything_stored():
    """Every text in the database."""
    found = []
    for table in db.metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, String)]
        if columns:
            found += [str(row) for row in db.session.execute(select(*columns))]
    return "\n".join(found)


def marked_site(folder):
    """A site with a number in every kind of text."""
    return small_site(
        folder,
        Posts=[
            question(1, f"Patient {NUMBER}?", Body=" ".join(f"<p>{shape}</p>" for shape in SHAPES)),
            answer(2, 1, f"See {NUMBER}.", OwnerUserId=99, OwnerDisplayName=NUMBER),
            {"Id": 9, "PostTypeId": 4, "CreationDate": "2015-01-01", "Body": f"Not {NUMBER}"},
        ],
        Users=[user(7, f"Otto {NUMBER}", AboutMe=f"<p>{NUMBER}</p>"), user(8)],
        Comments=[comment(1, 2, f"*{NUMBER}*", UserDisplayName=NUMBER)],
        Tags=[tag(1, "taps", ExcerptPostId=9)],
        PostHistory=[history(1, 1, 2, NUMBER, Comment=f"{NUMBER} removed")],
        Badges=[{"Id": 1, "UserId": 7, "Name": NUMBER, "Date": "2015-01-01"}],
        Votes=[],
    )


@pytest.mark.both_databases
def test_no_number_passes_by_any_path(app, tmp_path):
    report = import_dump(marked_site(tmp_path / "site"))
    stored = everything_stored()
    assert "XXXXXX-XXXX" in stored
    assert "1234" not in stored and "1234" not in report.as_text() + json.dumps(report.as_data())


def test_masked_texts_are_listed_by_row(app, tmp_path):
    report = import_dump(marked_site(tmp_path / "site"))
    assert set(report.masked) == {
        ("Users", "7", "DisplayName"), ("Users", "7", "AboutMe"), ("Badges", "1", "Name"),
        ("Posts", "1", "Body"), ("Posts", "1", "Title"), ("Posts", "2", "Body"),
        ("Posts", "2", "OwnerDisplayName"), ("Posts", "9", "Body"), ("Comments", "1", "Text"),
        ("Comments", "1", "UserDisplayName"), ("PostHistory", "1", "Text"),
        ("PostHistory", "1", "Comment"),
    }  # fmt: skip
    assert "Posts row 1, Body" in report.as_text()


def test_a_masked_dump_again_changes_nothing(app, tmp_path):
    import_dump(marked_site(tmp_path / "site"))
    assert import_dump(marked_site(tmp_path / "site")).written == {}


@pytest.mark.parametrize("between", ["<script></script>", "<x-y>", "<!-- -->", "<object>"])
def test_a_number_that_cleaning_brings_together_is_masked_too(between):
    shown = show((f"<p>0101{between}90-1234</p>", "html"))
    assert "1234" not in shown.html + shown.source


def test_a_text_too_large_to_render_is_shown_as_plain_text(app, tmp_path):
    deep = "<blockquote>" * 100 + "Deep <i>down</i>"
    rows = [question(1, Body=deep), answer(2, 1, "x" * 250_000)]
    report = import_dump(small_site(tmp_path / "site", Posts=rows, Votes=[]))
    shown = select(Post).where(Post.kind != "comment")
    found = {post.origin_key: post for post in db.session.scalars(shown)}
    assert "Deep down" in found["1"].html and "<blockquote>" not in found["1"].html
    assert len(found["2"].html) > 250_000
    assert set(report.plain) == {("question", "1", "text"), ("answer", "2", "text")}


def test_scripts_in_a_dump_do_not_survive(app, tmp_path):
    body = '<p onclick="x()">Hi<script>alert(1)</script><img src="https://evil.example/x.png"></p>'
    about = '<a href="javascript:alert(1)">me</a>'
    site = small_site(
        tmp_path / "s", Posts=[question(1, Body=body)], Users=[user(7, AboutMe=about)]
    )
    import_dump(site)
    stored = db.session.scalars(select(Post.html).where(Post.kind == "question")).one()
    assert "<script" not in stored and "onclick" not in stored and "<img" not in stored


def test_lines_are_masked_and_listed_too(app, tmp_path):
    file = tmp_path / "q.jsonl"
    row = {
        "id": 1,
        "title": f"Hvem er {NUMBER}?",
        "body": NUMBER,
        "answers": [NUMBER],
        "author": NUMBER,
    }
    file.write_text(json.dumps(row))
    report = import_lines(file)
    assert "1234" not in everything_stored()
    assert {field for _, _, field in report.masked} == {"title", "body", "answers", "author"}
