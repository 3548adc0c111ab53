"""A thread as one person sees it, in few statements whatever its length."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.questions.accepting import accept_answer
from midtlink.questions.closing import close_as_duplicate
from midtlink.questions.commenting import comment
from midtlink.questions.confirming import confirm
from midtlink.questions.models import Answer, Comment
from midtlink.questions.queries import get_answer, get_question, page_of, thread
from midtlink.questions.reacting import set_reaction
from midtlink.questions.suggesting import suggest_edit
from tests.questions.threads import answered, asked, staff
from tests.topics.making import make_system
from tests.world.statements import statements_sent


def make_long(question, answers, comments, people):
    """Give a question many answers and comments, each by somebody else, without the verbs."""

    def work():
        moment = question.created_at
        more = {"thread_id": question.id, "created_at": moment, "source": "x", "html": "<p>x</p>"}
        made = [
            Answer(author_id=people[n % len(people)].id, rank=1 / (n + 2), **more)
            for n in range(answers)
        ]
        db.session.add_all(made)
        db.session.flush()
        for number in range(comments):
            parent = made[number % answers].id if number % 2 else question.id
            author = people[number % len(people)]
            db.session.add(Comment(author_id=author.id, parent_id=parent, **more))
        question.answer_count = answers

    in_transaction(work)
    return question


def seen(question, person, **more):
    return thread(get_question(question.id, seen_by=person), seen_by=person, **more)


def show(question_id):
    """Look at everything that a page shows."""

    def work(person):
        page = thread(get_question(question_id, seen_by=person), seen_by=person)
        question = page.question
        assert question.author.department.name and question.system.name
        assert [tag.name for tag in question.tags] and not question.closure
        for post in [*page.answers.rows, *(c for group in page.comments.values() for c in group)]:
            assert post.author.department.name and not post.edited_by_id
        for answer in page.answers.rows:
            assert not answer.confirmation or answer.confirmation.by.name
        assert [each.title for each in page.duplicates]
        assert question.acceptance is None or question.acceptance.by.name

    return work


@pytest.mark.both_databases
@pytest.mark.parametrize("name", ["anne", "karim", "bodil", "mogens"])
def test_the_page_takes_the_same_few_statements_at_3_and_300_rows(app, cast, clock, name):
    make_system("EPJ")
    small, large = (asked(cast.anne, system_slug="epj", tags=["a"]) for _ in range(2))
    people = staff(10)
    for question, factor in ((small, 1), (large, 10)):
        make_long(question, 3 * factor, 6 * factor, people)
        first = db.session.query(Answer).filter_by(thread_id=question.id).first()
        confirm(first, by=cast.bodil)
        close_as_duplicate(asked(cast.jonas), of=question, by=cast.jonas)
    person = getattr(cast, name)
    numbers = {statements_sent(show(question.id), person) for question in (small, large)}
    assert numbers == {7 if name == "bodil" else 6}


def test_answers_stand_accepted_first_then_by_rank(cast):
    question = asked(cast.anne)
    first, second, third = (
        answered(question, person) for person in (cast.jonas, cast.karim, cast.bodil)
    )
    set_reaction(second, "helped", by=cast.anne)
    assert seen(question, cast.anne).answers.rows == [second, first, third]
    accept_answer(third, by=cast.anne)
    assert seen(question, cast.karim).answers.rows == [third, second, first]


@pytest.mark.both_databases
@pytest.mark.parametrize("count", [49, 50, 51, 100, 120])
@pytest.mark.parametrize("has_choice", [False, True])
def test_long_threads_come_in_pages_without_gap(app, cast, count, has_choice):
    question = make_long(asked(cast.anne), count, 0, [cast.jonas, cast.karim])
    if has_choice:
        accept_answer(db.session.query(Answer).order_by(Answer.id.desc()).first(), by=cast.anne)
    pages, cursor = [], None
    while True:
        page = seen(question, cast.karim, cursor=cursor).answers
        pages.append(page.rows)
        for row in (page.rows[0], page.rows[-1]):
            answer = get_answer(row.id, seen_by=cast.karim)
            assert page_of(answer, seen_by=cast.karim) == cursor
        if (cursor := page.next_cursor) is None:
            break
    ids = [row.id for rows in pages for row in rows]
    assert len(ids) == len(set(ids)) == count
    assert len(pages) == -(-(count - has_choice) // 50)


def test_each_sees_their_own_reactions(cast):
    question = asked(cast.anne)
    reply = answered(question, cast.jonas)
    set_reaction(question, "same", by=cast.karim)
    set_reaction(question, "good", by=cast.karim)
    set_reaction(reply, "failed", by=cast.karim)
    mine = {question.id: {"same", "good"}, reply.id: {"failed"}}
    assert seen(question, cast.karim).reactions == mine
    assert seen(question, cast.bodil).reactions == {}


def test_comments_stand_under_their_post(cast):
    question = asked(cast.anne)
    reply = answered(question, cast.jonas)
    remarks = [comment(post, body="Tak", by=cast.anne) for post in (question, reply, question)]
    hide(remarks[2], by=cast.mogens)
    assert seen(question, cast.karim).comments == {
        question.id: [remarks[0]],
        reply.id: [remarks[1]],
    }
    assert len(seen(question, cast.mogens).comments[question.id]) == 2


def test_a_hidden_question_shows_its_author_nothing_but_itself(cast):
    question = asked(cast.anne)
    answered(question, cast.jonas)
    hide(question, by=cast.mogens)
    page = seen(question, cast.anne)
    assert (page.answers.rows, page.comments) == ([], {})
    assert len(seen(question, cast.bodil).answers.rows) == 1


def test_what_waits_is_told_to_those_who_decide(cast):
    question = asked(cast.anne)
    reply = answered(question, cast.jonas)
    for post in (question, reply):
        suggest_edit(post, body="Bedre", from_revision=1, by=cast.karim)
        flag(post, reason="outdated", by=cast.karim)
    counts = {name: seen(question, getattr(cast, name)).suggestion_count
              for name in ("anne", "jonas", "karim", "bodil", "mogens")}  # fmt: skip
    assert counts == {"anne": 1, "jonas": 1, "karim": 0, "bodil": 0, "mogens": 2}
    assert seen(question, cast.mogens).flag_counts == {question.id: 1, reply.id: 1}
    assert seen(question, cast.anne).flag_counts == {}


def test_the_asker_and_later_it_may_accept(cast, clock):
    question = asked(cast.anne)
    reply = answered(question, cast.jonas)
    assert seen(question, cast.anne).acceptable == {reply.id}
    assert seen(question, cast.bodil).acceptable == frozenset()
    clock.forward(days=8)
    assert seen(question, cast.bodil).acceptable == {reply.id}
    assert seen(question, cast.mogens).acceptable == frozenset()
