"""Nobody, nothing and what is missing are always a refusal; SQL says what the policy says."""

import inspect

import pytest
from sqlalchemy import select

from midtlink.access import NotFound
from midtlink.clock import now
from midtlink.extensions import db
from midtlink.moderation import policy as moderation
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.people.models import Person, RoleGrant
from midtlink.questions import policy
from midtlink.questions.commenting import comment
from midtlink.questions.deleting import delete
from midtlink.questions.models import Answer, Comment, Post, Question
from midtlink.questions.queries import get_post, visible
from midtlink.questions.records import SuggestedEdit
from tests.questions.threads import answered, asked

RULES = [
    rule
    for module in (policy, moderation)
    for name, rule in inspect.getmembers(module, inspect.isfunction)
    if name.startswith("may_")
]


def names(rules):
    return [rule.__name__ for rule in rules]


@pytest.mark.parametrize("rule", RULES, ids=names(RULES))
def test_nobody_and_nothing_is_a_refusal(cast, rule):
    question = asked(cast.anne)
    people = (None, cast.leif)
    if len(inspect.signature(rule).parameters) == 1:
        assert not any(rule(person) for person in people)
        return
    subjects = {"may_decide": SuggestedEdit(post=question, by_id=cast.karim.id)}
    subject = subjects.get(rule.__name__, question)
    assert not any(rule(person, subject) for person in people)
    assert not any(rule(person, None) for person in (cast.anne, cast.mogens, cast.bodil, None))


@pytest.mark.parametrize("rule", RULES, ids=names(RULES))
def test_what_is_missing_from_a_post_gives_no_right(rule):
    """A post without author, kind, thread: nobody is its author."""
    person = Person(id=None, is_active=True, role_grants=[])
    for post in (Answer(created_at=now()), Comment(created_at=now())):
        post.thread = Question(title="x", author_id=None, hidden_at=now(), hidden_because=None)
        if len(inspect.signature(rule).parameters) > 1 and rule.__name__ != "may_decide":
            assert not rule(person, post)


def test_a_hidden_post_without_a_reason_is_kept_from_it_too():
    bodil = Person(id=1, is_active=True, role_grants=[RoleGrant(role="it")])
    post = Question(title="x", author_id=2, hidden_at=now(), hidden_because=None)
    assert not policy.may_read(bodil, post)


def test_an_unknown_absence_gives_it_no_right(cast, clock):
    reply = answered(asked(cast.anne), cast.jonas)
    clock.forward(days=30)
    assert not policy.may_accept(cast.bodil, reply, asker_acted_at=None)


@pytest.fixture
def world(cast, clock):
    """A thread in every state; under each an answer by Jonas and comments on both."""
    for state in (
        "visible",
        "hidden",
        "patient_data",
        "deleted",
        "hidden answer",
        "deleted answer",
    ):
        clock.forward(minutes=5)
        question = asked(cast.anne)
        reply = answered(question, cast.jonas)
        comment(question, body="Tak", by=cast.karim)
        comment(reply, body="Tak", by=cast.anne)
        match state:
            case "hidden":
                hide(question, by=cast.mogens)
            case "patient_data":
                flag(question, reason="patient_data", by=cast.karim)
            case "deleted":
                alone = asked(cast.anne)
                comment(alone, body="Tak", by=cast.karim)
                delete(alone, by=cast.anne)
            case "hidden answer":
                hide(reply, by=cast.mogens)
            case "deleted answer":
                delete(reply, by=cast.jonas)


def test_the_statement_keeps_what_the_policy_lets_be_seen(cast, world, clock):
    posts = db.session.scalars(select(Post)).all()
    assert len(posts) == 26
    for person in (cast.anne, cast.jonas, cast.karim, cast.bodil, cast.mogens, cast.astrid):
        seen = set(db.session.scalars(visible(select(Post), person)))
        assert seen == {post for post in posts if policy.may_see(person, post)}, person


def test_reading_is_never_more_than_seeing(cast, world):
    people = (cast.anne, cast.jonas, cast.karim, cast.bodil, cast.mogens, cast.astrid)
    for post in db.session.scalars(select(Post)).all():
        for person in people:
            assert policy.may_see(person, post) or not policy.may_read(person, post)


def who(verb, post, cast):
    everyone = ("anne", "jonas", "karim", "bodil", "mogens", "astrid", "leif")
    return {name for name in everyone if verb(getattr(cast, name), post)}


def test_who_sees_and_reads_what_is_hidden(cast):
    question = asked(cast.anne)
    hide(question, by=cast.mogens)
    assert who(policy.may_see, question, cast) == {"anne", "bodil", "mogens"}
    assert who(policy.may_read, question, cast) == {"bodil", "mogens"}
    flag(question, reason="patient_data", by=cast.bodil)
    assert who(policy.may_see, question, cast) == {"anne", "mogens"}
    assert who(policy.may_read, question, cast) == {"mogens"}


def test_ids_that_no_row_has_are_absent(cast):
    for number in (0, -1, 999, 2**31, 10**30):
        with pytest.raises(NotFound):
            get_post(number, seen_by=cast.anne)


ADDS = [policy.may_answer, policy.may_comment, policy.may_react, policy.may_suggest]


def test_nothing_is_added_where_a_text_was_removed_for_ever(cast):
    question = asked(cast.anne)
    reply = answered(question, cast.jonas)
    others = {"karim", "bodil", "astrid"}
    assert all(who(rule, question, cast) >= others for rule in ADDS)
    redact(question, by=cast.anne)
    for post in (question, reply):
        assert [who(rule, post, cast) for rule in ADDS] == [set()] * 4


def test_a_removed_answer_takes_nothing_and_its_question_more(cast):
    question = asked(cast.anne)
    reply = answered(question, cast.jonas)
    remark = comment(reply, body="Tak", by=cast.anne)
    redact(reply, by=cast.jonas)
    for post in (reply, remark):
        assert [who(rule, post, cast) for rule in ADDS] == [set()] * 4
    assert "karim" in who(policy.may_answer, question, cast)
