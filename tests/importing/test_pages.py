"""Imported content as colleagues see it: author, source and licence, closings, history."""

import pytest
from sqlalchemy import select

from midtlink.extensions import db
from midtlink.importing.stackexchange import import_dump
from midtlink.questions.models import Question
from midtlink.questions.rules import slug
from tests.importing.dumps import answer, history, question, small_site, user


@pytest.fixture
def threads(app, tmp_path):
    """Where two imported threads are: one, with a lost author, is the other's original."""
    closed = question(4, "Why foam?", ClosedDate="2015-06-06T10:00:00.000")
    lost = {"OwnerUserId": 99, "OwnerDisplayName": "Gerda"}
    rows = [
        history(1, 4, 2, "Why?"),
        history(2, 4, 5, "Why foam?", "b"),
        history(3, 4, 10, '{"OriginalQuestionIds":[1]}', "c", Comment="101"),
    ]
    posts = [question(1), answer(2, 1, **lost), closed]
    people = [user(7), user(8, "Ida", AboutMe="<p>I <i>brew</i>.</p>")]
    import_dump(small_site(tmp_path / "beer", Posts=posts, PostHistory=rows, Users=people))
    questions = db.session.scalars(select(Question))
    return {row.origin_key: f"/q/{row.id}/{slug(row.title)}" for row in questions}


def test_a_thread_names_its_authors_source_and_licence(threads, visit, cast):
    page = visit.get(threads["1"], as_=cast.anne)
    for words in ("Otto", "Gerda", "beer", "CC BY-SA 3.0", "soap"):
        assert words in page.text


def test_a_duplicate_leads_to_its_original(threads, visit, cast):
    page = visit.get(threads["4"], as_=cast.anne)
    assert "How do I clean the tap?" in page.text
    assert any(threads["1"] in (link.get("href") or "") for link in page.all("a"))


def test_the_history_shows_every_revision(threads, visit, cast):
    assert (
        "Why foam?" in visit.get(f"/post/{threads['4'].split('/')[2]}/historik", as_=cast.anne).text
    )


def test_tag_and_person_have_their_pages(threads, visit, cast):
    assert "How do I clean the tap?" in visit.get("/tag/taps", as_=cast.anne).text
    assert "Otto" in visit.get("/p/beer-7", as_=cast.anne).text


def test_imported_people_are_not_in_the_list_of_colleagues(threads, visit, cast):
    assert "beer-7" not in visit.get("/administration", as_=cast.astrid).text
