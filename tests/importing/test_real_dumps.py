"""The real sites: every row accounted for, every figure the dump's own, later dumps followed."""

import json
from collections import Counter
from xml.etree import ElementTree

import pytest
from sqlalchemy import func, select

from midtlink.extensions import db
from midtlink.importing.bulk import tables
from midtlink.questions.checking import check_threads
from midtlink.questions.models import question_tags
from tests.importing.contents import differences
from tests.importing.dumps import CONLANG, EARLIER, LATER, POSTS_ONLY, needs_data

pytestmark = needs_data

posts, questions = tables.posts.c, tables.questions.c


def rows(folder, name):
    """The rows of a dump's file, read without any of our code."""
    return [dict(each.attrib) for each in ElementTree.parse(folder / f"{name}.xml").iter("row")]


def stored(site, kind):
    """The stored posts of a site by their number there."""
    statement = (
        select(tables.posts, *(c for c in questions if c.name != "id"))
        .outerjoin(tables.questions, questions.id == posts.id)
        .where(posts.origin == site, posts.kind == kind)
    )
    return {row["origin_key"]: row for row in db.session.execute(statement).mappings()}


@pytest.mark.both_databases
@pytest.mark.parametrize(("name", "folder"), [("earlier", EARLIER), ("later", LATER)])
def test_every_row_of_every_file_is_accounted_for(followed, name, folder):
    report = followed.reports[name]
    assert report.unaccounted() == {}
    assert report.read == {path.stem: len(rows(folder, path.stem)) for path in folder.glob("*.xml")}


@pytest.mark.both_databases
def test_scores_and_counts_are_the_dumps_own(followed):
    for kind, number in (("question", "1"), ("answer", "2")):
        ours = stored("alcohol", kind)
        theirs = [row for row in rows(LATER, "Posts") if row["PostTypeId"] == number]
        assert len(ours) == len(theirs)
        for row in theirs:
            post = ours[row["Id"]]
            assert post["up_count"] - post["down_count"] == int(row["Score"])
            assert (post["answer_count"] or 0) == int(row.get("AnswerCount", 0))
            assert (post["view_count"] or 0) == int(row.get("ViewCount", 0))


@pytest.mark.both_databases
def test_comment_counts_are_the_dumps_own(followed):
    parent = tables.posts.alias()
    statement = (
        select(parent.c.origin_key, func.count())
        .join(tables.posts, posts.parent_id == parent.c.id)
        .group_by(parent.c.origin_key)
    )
    counts = dict(db.session.execute(statement).all())
    wanted = {row["Id"]: int(row["CommentCount"]) for row in rows(LATER, "Posts")}
    assert counts == {key: count for key, count in wanted.items() if count}


@pytest.mark.both_databases
def test_a_tag_counts_as_many_questions_as_the_dump_says(followed):
    statement = (
        select(tables.tags.c.name, func.count(question_tags.c.question_id))
        .outerjoin(question_tags, question_tags.c.tag_id == tables.tags.c.id)
        .group_by(tables.tags.c.name)
    )
    counts = dict(db.session.execute(statement).all())
    assert counts == {row["TagName"]: int(row["Count"]) for row in rows(LATER, "Tags")}


@pytest.mark.both_databases
def test_chosen_answers_and_closings_are_the_dumps_own(followed):
    ours = stored("alcohol", "question")
    answers = {row["id"]: key for key, row in stored("alcohol", "answer").items()}
    for row in rows(LATER, "Posts"):
        if row["PostTypeId"] == "1":
            post = ours[row["Id"]]
            assert answers.get(post["accepted_answer_id"]) == row.get("AcceptedAnswerId")
            closed_at = post["closed_at"] and post["closed_at"].isoformat(timespec="milliseconds")
            assert (closed_at or "").removesuffix("+00:00") == row.get("ClosedDate", "")


@pytest.mark.both_databases
def test_duplicates_lead_to_their_originals(followed):
    original, asked = tables.posts.alias(), tables.posts.alias()
    statement = (
        select(asked.c.origin_key, original.c.origin_key)
        .join(tables.closures, tables.closures.c.question_id == asked.c.id)
        .join(original, original.c.id == tables.closures.c.duplicate_of_id)
    )
    found = {tuple(row) for row in db.session.execute(statement)}
    closings = [
        row for row in rows(LATER, "PostHistory") if "OriginalQuestionIds" in row.get("Text", "")
    ]
    known = {row["Id"] for row in rows(LATER, "Posts")}
    wanted = {
        (row["PostId"], str(json.loads(row["Text"])["OriginalQuestionIds"][0])) for row in closings
    }
    assert found == {pair for pair in wanted if pair[1] in known} and len(found) > 15


@pytest.mark.both_databases
def test_every_edit_is_a_revision_and_the_last_one_is_numbered(followed):
    post = tables.posts.alias()
    statement = (
        select(post.c.revision_number, func.max(tables.revisions.c.number), func.count())
        .join(tables.revisions, tables.revisions.c.post_id == post.c.id)
        .group_by(post.c.id, post.c.revision_number)
    )
    found = db.session.execute(statement).all()
    assert all(number == last == count for number, last, count in found)
    edits = {
        (row["PostId"], row["RevisionGUID"])
        for row in rows(LATER, "PostHistory")
        if int(row["PostHistoryTypeId"]) < 10
    }
    threads = {row["Id"] for row in rows(LATER, "Posts") if row["PostTypeId"] in "12"}
    comments = len(rows(LATER, "Comments"))
    assert sum(count for *_, count in found) == comments + sum(key in threads for key, _ in edits)


@pytest.mark.both_databases
@pytest.mark.parametrize("name", ["earlier", "later"])
def test_the_same_dump_again_changes_nothing(followed, name):
    assert followed.reports[f"{name} again"].written == {}
    assert differences(followed.contents[name], followed.contents[f"{name} again"]) == {}


@pytest.mark.both_databases
def test_a_followed_site_equals_a_fresh_one(followed, fresh):
    assert differences(followed.contents["later"], fresh.contents["later"]) == {}
    assert len(followed.contents["earlier"]["posts"]) != len(followed.contents["later"]["posts"])


@pytest.mark.both_databases
def test_what_is_derived_follows_from_the_rows(followed):
    assert list(check_threads()) == []


def test_licences_are_given_for_each_row(fresh):
    ours = stored("conlang-meta", "question") | stored("conlang-meta", "answer")
    theirs = [row for row in rows(CONLANG, "Posts") if row["PostTypeId"] in "12"]
    assert {row["Id"]: row["ContentLicense"] for row in theirs} == {
        key: row["licence"] for key, row in ours.items()
    }
    assert {row["licence"] for row in stored("alcohol", "answer").values()} == {"CC BY-SA 3.0"}


def test_posts_alone_keep_scores_authors_and_tags(fresh):
    ours = stored("datascience-meta", "question")
    for row in rows(POSTS_ONLY, "Posts"):
        if row["PostTypeId"] == "1":
            post = ours[row["Id"]]
            assert post["up_count"] - post["down_count"] == int(row["Score"])
            assert post["author_name"] == (
                row.get("OwnerDisplayName") or f"user{row['OwnerUserId']}"
            )
    assert fresh.reports["posts only"].unaccounted() == {}


def test_both_forms_of_tags_are_read(fresh):
    wanted = Counter(
        name
        for row in rows(POSTS_ONLY, "Posts")
        if row["PostTypeId"] == "1"
        for name in row["Tags"].strip("|").split("|")
    )
    statement = (
        select(tables.tags.c.name, func.count())
        .join(question_tags, question_tags.c.tag_id == tables.tags.c.id)
        .join(tables.posts, posts.id == question_tags.c.question_id)
        .where(posts.origin == "datascience-meta")
        .group_by(tables.tags.c.name)
    )
    assert dict(db.session.execute(statement).all()) == wanted


def test_sites_with_the_same_numbers_do_not_mix(fresh):
    assert (
        differences(
            fresh.contents["later"],
            {
                name: [row for row in found if "conlang-meta" not in row]
                for name, found in fresh.contents["conlang"].items()
            }
            | {"tags": fresh.contents["later"]["tags"]},
        )
        == {}
    )


def test_tag_wikis_say_what_a_tag_means_and_who_says_so(fresh):
    statement = select(tables.tags).where(tables.tags.c.name == "ale")
    tag = db.session.execute(statement).mappings().one()
    assert tag["excerpt"] and tag["description_html"].startswith("<p>")
    assert tag["description_licence"] == "CC BY-SA 3.0" and tag["description_by"]


def test_imported_people_cannot_sign_in_and_are_not_staff(fresh):
    person = (
        db.session.execute(select(tables.people).where(tables.people.c.username == "alcohol-7"))
        .mappings()
        .one()
    )
    assert not person["is_active"] and person["password_hash"] is None
    community = select(tables.people.c.name).where(tables.people.c.username == "alcohol-community")
    assert db.session.scalar(community) == "Community"
