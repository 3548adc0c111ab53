"""A later dump of a site: what it changed is changed, and what colleagues did here stays."""

import shutil

import pytest
from sqlalchemy import select

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.importing.refusing import BadImport
from midtlink.importing.stackexchange import import_dump
from midtlink.moderation.flagging import flag
from midtlink.people.models import Person
from midtlink.questions.accepting import accept_answer
from midtlink.questions.answering import answer as give_answer
from midtlink.questions.closing import close
from midtlink.questions.commenting import comment as make_comment
from midtlink.questions.editing import edit
from midtlink.questions.events import ImportDropped, Imported
from midtlink.questions.following import follow
from midtlink.questions.models import Post, Question
from midtlink.questions.reacting import set_reaction
from midtlink.topics.models import Tag
from tests.importing.contents import contents, differences
from tests.importing.dumps import (
    answer,
    comment,
    history,
    question,
    small_site,
    tag,
    user,
    vote,
    write_dump,
)
from tests.questions.threads import overheard


def post(kind, key):
    """The imported post with a number there, or None."""
    db.session.rollback()
    db.session.expire_all()
    statement = select(Post).where(Post.kind == kind, Post.origin_key == str(key))
    return db.session.scalars(statement).one_or_none()


def stored(fact):
    """Those of a fact's posts that are in the database now."""
    return set(db.session.scalars(select(Post.id).where(Post.id.in_(fact.post_ids))))


def answers_of(question_id):
    """The number of answers that a question is stored with now."""
    return db.session.scalar(select(Question.answer_count).where(Question.id == question_id))


def kept_lines(report, about):
    return [line for line in report.kept if line.startswith(about)]


@pytest.mark.both_databases
def test_another_folder_of_the_same_site_updates_it(app, tmp_path):
    first = import_dump(small_site(tmp_path / "beer-2016"))
    later = small_site(tmp_path / "moved elsewhere", Votes=[vote(1, 1), vote(3, 3, 1), vote(4, 3)])
    assert import_dump(later).site == first.site == "beer"
    assert post("answer", 3).up_count == 1
    assert post("answer", 3).down_count == 0


def test_two_sites_with_the_same_numbers_stay_apart(app, tmp_path):
    import_dump(small_site(tmp_path / "beer"))
    other = write_dump(
        tmp_path / "other", Posts=[question(1, "Which pen?", CreationDate="2016-01-01")]
    )
    same_name = tmp_path / "again" / "beer"
    same_name.parent.mkdir()
    shutil.copytree(other, same_name)
    assert import_dump(same_name).site == "beer-2"
    assert len(list(db.session.scalars(select(Question)))) == 3


def test_a_name_that_another_site_has_is_refused(app, tmp_path):
    import_dump(small_site(tmp_path / "beer"))
    other = write_dump(
        tmp_path / "pens", Posts=[question(1, "Which pen?", CreationDate="2016-01-01")]
    )
    with pytest.raises(BadImport, match="another source"):
        import_dump(other, site="beer")
    assert import_dump(other, site="stationery").site == "stationery"


def test_a_dump_that_lacks_a_file_of_the_earlier_one_is_refused(app, tmp_path):
    folder = small_site(tmp_path / "beer")
    import_dump(folder)
    (folder / "Votes.xml").unlink()
    with pytest.raises(BadImport, match="Votes"):
        import_dump(folder)
    assert post("question", 1).up_count == 1


@pytest.mark.both_databases
def test_what_the_later_dump_lacks_is_deleted(app, tmp_path):
    import_dump(small_site(tmp_path / "beer"))
    import_dump(write_dump(
        tmp_path / "beer",
        Posts=[question(1, Score=1, Tags="<foam>"), answer(2, 1)],
        Users=[user(7)], Votes=[vote(1, 1)], Comments=[], Tags=[tag(2, "foam")],
    ))  # fmt: skip
    assert [post("question", 4), post("answer", 3), post("answer", 5), post("comment", 1)] == [
        None
    ] * 4
    assert post("question", 1).answer_count == 1
    assert db.session.scalars(select(Tag.name)).all() == ["foam"]
    assert db.session.scalars(select(Person.origin_key)).all() == ["7"]


def test_what_goes_is_told_while_it_can_be_read_and_then_what_it_leaves(app, tmp_path):
    import_dump(small_site(tmp_path / "beer"))
    gone = {post(*each).id for each in (("question", 4), ("answer", 3), ("answer", 5))}
    gone.add(post("comment", 1).id)
    kept = post("question", 1).id
    fewer = write_dump(
        tmp_path / "beer",
        Posts=[question(1, Score=1, Tags="<foam>"), answer(2, 1)], Votes=[vote(1, 1)], Comments=[],
    )  # fmt: skip
    with (
        overheard(ImportDropped, stored) as dropped,
        overheard(Imported, lambda fact: (stored(fact), answers_of(kept))) as told,
    ):
        import_dump(fewer)
    assert set.union(*dropped) == gone
    assert ({kept}, 1) in told


TOUCHES = {
    "answered": lambda anne, jonas: give_answer(
        post("question", 4), body="It is the protein.", by=anne
    ),
    "commented": lambda anne, jonas: make_comment(post("answer", 5), body="Tak!", by=anne),
    "voted on": lambda anne, jonas: set_reaction(post("answer", 5), "helped", by=anne),
    "followed": lambda anne, jonas: follow(post("question", 4), by=anne),
    "flagged": lambda anne, jonas: flag(post("answer", 5), reason="outdated", by=anne),
    "edited": lambda anne, mogens: edit(
        post("answer", 5), body="Protein.", from_revision=1, by=mogens
    ),
    "closed or reopened": lambda anne, mogens: close(
        post("question", 4), reason="outdated", by=mogens
    ),
}


@pytest.mark.both_databases
@pytest.mark.parametrize("doing", TOUCHES)
def test_what_colleagues_touched_is_kept_and_listed(app, cast, tmp_path, doing):
    import_dump(small_site(tmp_path / "beer"))
    anne, mogens = cast.anne, cast.mogens
    in_transaction(lambda: TOUCHES[doing](anne, mogens))
    report = import_dump(
        small_site(tmp_path / "beer", Posts=[question(1), answer(2, 1), answer(3, 1)])
    )
    assert post("question", 4) is not None and post("answer", 5) is not None
    (line,) = kept_lines(report, "question 4: no longer")
    assert doing in line
    assert report.unaccounted() == {}


@pytest.mark.both_databases
def test_an_edit_made_here_wins_and_is_listed(app, cast, tmp_path):
    import_dump(small_site(tmp_path / "beer"))
    mogens = cast.mogens
    in_transaction(lambda: edit(post("answer", 2), body="Med eddike.", from_revision=1, by=mogens))
    rows = [
        question(1),
        answer(2, 1, "With vinegar."),
        answer(3, 1, "Never."),
        question(4),
        answer(5, 4),
    ]
    report = import_dump(small_site(tmp_path / "beer", Posts=rows))
    assert (post("answer", 2).source, post("answer", 2).revision_number) == ("Med eddike.", 2)
    assert post("answer", 3).html == "<p>Never.</p>"
    assert kept_lines(report, "answer 2") == ["answer 2: edited here"]


@pytest.mark.both_databases
def test_an_answer_chosen_here_wins_and_is_listed(app, cast, clock, tmp_path):
    import_dump(small_site(tmp_path / "beer"))
    bodil = cast.bodil
    in_transaction(lambda: accept_answer(post("answer", 5), by=bodil))
    chosen = question(4, AcceptedAnswerId=6)
    rows = [question(1), answer(2, 1), answer(3, 1), chosen, answer(5, 4), answer(6, 4)]
    report = import_dump(small_site(tmp_path / "beer", Posts=rows))
    assert post("question", 4).accepted_answer_id == post("answer", 5).id
    assert kept_lines(report, "question 4") == ["question 4: answer chosen here"]


def test_views_of_colleagues_stay_counted(app, tmp_path):
    import_dump(small_site(tmp_path / "beer"))

    def look():
        post("question", 1).view_count += 5

    in_transaction(look)
    import_dump(small_site(tmp_path / "beer", Posts=[question(1, ViewCount=12), answer(2, 1)]))
    assert post("question", 1).view_count == 17


def test_a_tag_described_here_keeps_its_words(app, tmp_path):
    posts = [
        question(1),
        {"Id": 9, "PostTypeId": 4, "CreationDate": "2015-01-01", "Body": "Of barrels."},
    ]
    tags = [tag(1, "taps", ExcerptPostId=9)]
    import_dump(small_site(tmp_path / "beer", Posts=posts, Tags=tags, Votes=[], Comments=[]))
    stored = db.session.scalars(select(Tag)).one()
    assert stored.excerpt == "Of barrels."

    def describe():
        db.session.get(Tag, stored.id).excerpt = "Haner"

    in_transaction(describe)
    posts[1]["Body"] = "Of kegs."
    report = import_dump(
        small_site(tmp_path / "beer", Posts=posts, Tags=tags, Votes=[], Comments=[])
    )
    assert db.session.scalars(select(Tag.excerpt)).one() == "Haner"
    assert report.kept == ["tag taps: described here"]


@pytest.mark.both_databases
def test_answers_and_comments_that_moved_are_moved(app, tmp_path):
    import_dump(small_site(tmp_path / "beer"))
    rows = [question(1), answer(3, 1), question(4), answer(5, 4), answer(2, 4)]
    moved = {"Posts": rows, "Comments": [comment(1, 3)]}
    import_dump(small_site(tmp_path / "beer", **moved))
    followed = contents()
    fresh = small_site(tmp_path / "fresh", **moved)
    assert post("answer", 2).thread_id == post("question", 4).id
    assert import_dump(fresh).written == {}
    assert differences(followed, contents()) == {}


def test_history_becomes_revisions_and_closings(app, tmp_path):
    rows = [
        history(1, 4, 1, "Foam?", "a"), history(2, 4, 2, "Why *foam*?", "a"),
        history(3, 4, 3, "<taps>", "a"),
        history(4, 4, 5, "Why **foam**?", "b", Comment="bold"),
        history(5, 4, 10, '{"OriginalQuestionIds":[1],"Voters":[]}', "c", Comment="101"),
        history(6, 4, 11, "", "d"),
        history(7, 4, 10, "not JSON", "e", Comment="102"),
    ]  # fmt: skip
    closed = question(4, "Why does beer foam?", ClosedDate="2015-06-08T10:00:00.000")
    report = import_dump(
        small_site(tmp_path / "beer", Posts=[question(1), closed], PostHistory=rows)
    )
    found = post("question", 4)
    assert found.revision_number == 2
    assert (found.status, found.closed_at.day) == ("closed", 8)
    assert report.unaccounted() == {}


def test_a_removed_text_never_comes_back(app, cast, tmp_path):
    from midtlink.moderation.redacting import redact

    import_dump(small_site(tmp_path / "beer"))
    mogens = cast.mogens
    in_transaction(lambda: redact(post("answer", 2), by=mogens))
    import_dump(small_site(tmp_path / "beer", Posts=[question(1), answer(2, 1, "With vinegar.")]))
    assert "vinegar" not in post("answer", 2).html
    assert "soap" not in str(contents())
