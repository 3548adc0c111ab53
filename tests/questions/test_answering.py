"""Answering and commenting."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.privacy import PatientDataFound
from midtlink.questions.answering import answer
from midtlink.questions.closing import close
from midtlink.questions.commenting import comment
from midtlink.questions.deleting import delete
from midtlink.questions.drafting import save_draft
from midtlink.questions.models import Answer, Comment
from midtlink.questions.records import Draft, Revision
from midtlink.refusals import Conflict, Refused
from tests.questions.threads import answered, asked, at_once, rows, staff


def test_an_answer_changes_the_question(cast, clock):
    question = asked(cast.anne)
    clock.forward(minutes=5)
    reply = answered(question, cast.jonas, "Prøv *igen*")
    assert (question.status, question.answer_count) == ("answered", 1)
    assert question.active_at == reply.created_at == clock()
    assert reply.html == "<p>Prøv <em>igen</em></p>\n"
    assert rows(Revision, post_id=reply.id)[0].source == "Prøv *igen*"


def test_one_may_answer_oneself(cast):
    assert answered(asked(cast.anne), cast.anne).author == cast.anne


def test_closed_question_takes_no_answers_but_comments(cast):
    question = asked(cast.anne)
    close(question, reason="outdated", by=cast.anne)
    with pytest.raises(NotAllowed):
        answered(question, cast.jonas)
    assert comment(question, body="Tak alligevel", by=cast.jonas).parent == question


def test_a_comment_hangs_under_question_or_answer_only(cast):
    reply = answered(asked(cast.anne), cast.jonas)
    remark = comment(reply, body="Tak", by=cast.anne)
    assert (remark.parent, remark.question) == (reply, reply.question)
    assert reply.question.answer_count == 1
    with pytest.raises(NotAllowed):
        comment(remark, body="Selv tak", by=cast.jonas)


def test_empty_and_overlong_texts_are_refused(cast):
    question = asked(cast.anne)
    for verb, text in ((answer, " \n "), (comment, "\u2060"), (comment, "a" * 1001)):
        with pytest.raises(Refused):
            verb(question, body=text, by=cast.jonas)
    assert rows(Answer) == rows(Comment) == []


def test_a_cpr_number_is_refused(cast):
    question = asked(cast.anne)
    for verb in (answer, comment):
        with pytest.raises(PatientDataFound):
            verb(question, body="cpr 0101901234", by=cast.jonas)


def test_deleted_posts_take_neither(cast):
    question = asked(cast.anne)
    delete(question, by=cast.anne)
    for person in (cast.anne, cast.jonas, cast.mogens, cast.leif, None):
        with pytest.raises(NotAllowed):
            answered(question, person)
        with pytest.raises(NotAllowed):
            comment(question, body="Hej", by=person)


def test_the_drafts_are_gone_when_they_are_sent(cast):
    question = asked(cast.anne)
    for kind in ("answer", "comment"):
        save_draft(kind, question.id, source="Pr", by=cast.jonas)
    answered(question, cast.jonas)
    assert [row.kind for row in rows(Draft)] == ["comment"]
    comment(question, body="Prøv", by=cast.jonas)
    assert rows(Draft) == []


def test_the_same_form_again_gives_the_same_post_also_after_closing(cast):
    question, other = asked(cast.anne), asked(cast.anne)
    reply = answer(question, body="Prøv", by=cast.jonas, submission_key="k")
    remark = comment(question, body="Tak", by=cast.jonas, submission_key="l")
    close(question, reason="outdated", by=cast.anne)
    assert answer(question, body="Prøv", by=cast.jonas, submission_key="k") is reply
    assert comment(question, body="Tak", by=cast.jonas, submission_key="l") is remark
    with pytest.raises(Conflict):
        answer(other, body="Prøv", by=cast.jonas, submission_key="k")


@pytest.mark.both_databases
def test_twenty_presses_are_one_answer(app, cast):
    question = asked(cast.anne)

    def press(question, *, by):
        return answer(question, body="Prøv", by=by, submission_key="k").id

    results = at_once(app, press, question, [cast.jonas] * 20)
    assert len(set(results)) == 1
    assert (len(rows(Answer)), question.answer_count) == (1, 1)


@pytest.mark.both_databases
def test_twenty_answers_at_once_all_count(app, cast):
    question = asked(cast.anne)
    at_once(app, answer, question, staff(20), body="Prøv")
    assert (len(rows(Answer)), question.answer_count) == (20, 20)


@pytest.mark.both_databases
def test_an_answer_and_a_deletion_at_once_leave_no_deleted_question_with_answers(app, cast):
    question = asked(cast.anne)

    def press(question, *, by):
        if by.username == "anne":
            return delete(question, by=by)
        return answer(question, body="Prøv", by=by).id

    at_once(app, press, question, [cast.anne, cast.jonas], expected=(NotAllowed, NotFound))
    assert (question.deleted_at is None) == (question.answer_count == 1)
