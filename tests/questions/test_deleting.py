"""Authors delete what they wrote, and take that back."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.moderation.hiding import hide
from midtlink.questions.commenting import comment
from midtlink.questions.deleting import HasAnswers, delete, undelete
from midtlink.questions.queries import get_post, get_question, thread
from midtlink.questions.records import Deletion
from tests.questions.threads import answered, asked, at_once, facts_of, rows


@pytest.fixture
def question(cast):
    return asked(cast.anne)


def test_a_deleted_question_is_gone_for_others(cast, question):
    remark = comment(question, body="Tak", by=cast.jonas)
    delete(question, by=cast.anne)
    for person in (cast.jonas, cast.karim, cast.bodil, cast.astrid, cast.leif, None):
        for post in (question, remark):
            with pytest.raises(NotFound):
                get_post(post.id, seen_by=person)
    for person in (cast.anne, cast.mogens):
        assert get_question(question.id, seen_by=person) is question


def test_deleting_can_be_undone_by_author_and_moderator(cast, question):
    for person in (cast.anne, cast.mogens):
        delete(question, by=cast.anne)
        assert facts_of(lambda: delete(question, by=cast.anne)) == []
        undelete(question, by=person)
        assert question.deleted_at is None
        assert facts_of(lambda: undelete(question, by=cast.anne)) == []
    assert [row.restored_by_id for row in rows(Deletion)] == [cast.anne.id, cast.mogens.id]


def test_nobody_else_deletes_or_undoes(cast, question):
    for person in (cast.jonas, cast.mogens, cast.bodil, cast.astrid, cast.leif, None):
        with pytest.raises(NotAllowed):
            delete(question, by=person)
    delete(question, by=cast.anne)
    for person in (cast.jonas, cast.bodil, cast.astrid, cast.leif, None):
        with pytest.raises(NotAllowed):
            undelete(question, by=person)


def test_a_question_with_answers_cannot_be_deleted(cast, question):
    reply = answered(question, cast.jonas)
    with pytest.raises(HasAnswers):
        delete(question, by=cast.anne)
    delete(reply, by=cast.jonas)
    delete(question, by=cast.anne)
    assert question.deleted_at is not None


def test_a_deleted_answer_no_longer_counts(cast, question):
    reply = answered(question, cast.jonas)
    delete(reply, by=cast.jonas)
    assert (question.status, question.answer_count) == ("unanswered", 0)
    assert [row.id for row in thread(question, seen_by=cast.karim).answers.rows] == []
    assert [row.id for row in thread(question, seen_by=cast.jonas).answers.rows] == [reply.id]
    undelete(reply, by=cast.jonas)
    assert (question.status, question.answer_count) == ("answered", 1)


def test_comments_go_with_a_deleted_answer(cast, question):
    reply = answered(question, cast.jonas)
    remark = comment(reply, body="Tak", by=cast.anne)
    delete(reply, by=cast.jonas)
    for person in (cast.anne, cast.karim):
        with pytest.raises(NotFound):
            get_post(remark.id, seen_by=person)
    assert get_post(remark.id, seen_by=cast.jonas) is remark


def test_a_hidden_post_of_ones_own_can_be_deleted_and_comes_back_hidden(cast, question):
    hide(question, by=cast.mogens)
    delete(question, by=cast.anne)
    undelete(question, by=cast.anne)
    assert question.hidden_at is not None


@pytest.mark.both_databases
def test_twenty_deletions_at_once_are_one(app, cast):
    question = asked(cast.anne)
    results = at_once(app, delete, question, [cast.anne] * 20)
    assert (set(results), len(rows(Deletion))) == ({None}, 1)
