"""What each page asks of the database: an exact number, the same with 3 rows and with 300."""

import pytest

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.models import Answer, Question
from midtlink.questions.records import QuestionFollow
from midtlink.topics.models import System, SystemFollow, Tag
from tests.world.statements import statements_of

#: Statements beyond the shell, for a member. The budgets: a list 6, home and profile 8.
COSTS = {
    "/": 5,
    "/?vis=ubesvarede": 5,
    "/?vis=nyeste": 5,
    "/?vis=afdeling": 5,
    "/spoergsmaal": 2,
    "/spoergsmaal?vis=ubesvarede": 2,
    "/spoergsmaal?vis=mine": 2,
    "/spoergsmaal?vis=afdeling": 2,
    "/spoergsmaal?vis=systemer": 2,
    "/spoergsmaal?vis=loest": 2,
    "/p/anne": 3,
    "/p/anne?vis=spoergsmaal": 3,
    "/system/epj": 6,
    "/tag/notat": 6,
    "/emner": 5,
    "/soeg?q=notat": 3,
    "/kladder": 2,
    "/forslag": 1,
}


@pytest.fixture(params=[3, 300])
def town(request, cast):
    """So many questions by Anne in one system and under one tag, every second one solved."""
    in_transaction(lambda: _fill(cast.anne, cast.karim, request.param))
    return cast


def _fill(anne, karim, count):
    system, tag = System(slug="epj", name="EPJ"), Tag(name="notat", created_at=clock.now())
    db.session.add_all([system, tag])
    db.session.flush()
    db.session.add(SystemFollow(person_id=anne.id, system_id=system.id, followed_at=clock.now()))
    questions = [
        _question(anne, system, tag, f"Notat nummer {number}", number % 2 == 0)
        for number in range(count)
    ]
    db.session.add_all(questions)
    db.session.flush()
    for question in questions:
        follow = QuestionFollow(
            person_id=karim.id, question_id=question.id, followed_at=clock.now()
        )
        db.session.add_all([_answer(anne, question), follow])


def _question(by, system, tag, title, is_solved):
    return Question(
        title=title,
        author_id=by.id,
        department_id=by.department_id,
        system_id=system.id,
        tags=[tag],
        status="solved" if is_solved else "unanswered",
        created_at=clock.now(),
        active_at=clock.now(),
    )


def _answer(by, question):
    return Answer(
        thread_id=question.id, author_id=by.id, html="<p>Sådan</p>", created_at=clock.now()
    )


@pytest.mark.parametrize("path", COSTS)
def test_a_page_costs_what_it_costs(visit, town, path):
    assert statements_of(visit, path, town.anne) == COSTS[path]
