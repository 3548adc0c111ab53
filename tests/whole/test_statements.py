"""What each page asks of the database: an exact number, the same with 3 rows and with 300."""

import pytest
from sqlalchemy import select

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person, PersonFollow
from midtlink.questions.models import Answer, Question
from midtlink.questions.records import QuestionFollow
from midtlink.reputation.models import Entry, Fact
from midtlink.reputation.records import Thanks
from midtlink.topics.models import SuperUser, System, SystemFollow, Tag, TopicStanding
from tests.world.statements import statements_of

#: Statements beyond the shell, for a member. The budgets: a list 6, home and profile 8.
COSTS = {
    "/": 7,
    "/?vis=ubesvarede": 7,
    "/?vis=nyeste": 7,
    "/?vis=afdeling": 7,
    "/spoergsmaal": 2,
    "/spoergsmaal?vis=ubesvarede": 2,
    "/spoergsmaal?vis=mine": 2,
    "/spoergsmaal?vis=afdeling": 2,
    "/spoergsmaal?vis=systemer": 2,
    "/spoergsmaal?vis=loest": 2,
    "/spoergsmaal?vis=fulgte": 2,
    "/afdeling/1": 3,
    "/mig": 2,
    "/mig/feeds": 1,
    "/p/anne": 7,
    "/p/anne?vis=spoergsmaal": 7,
    "/p/anne?vis=tak": 6,
    "/hvem": 5,
    "/hvem?q=epj&system=epj&nu=on": 5,
    "/hvem?emne=notat": 6,
    "/system/epj": 6,
    "/tag/notat": 6,
    "/emner": 5,
    "/soeg": 0,
    "/kladder": 2,
    "/soegninger": 1,
    "/forslag": 1,
    "/badges": 5,
    "/badges/solver": 6,
    "/mig/point": 3,
    "/hjaelpere": 2,
    "/point": 0,
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
        follows = [_follow(QuestionFollow, by, question_id=question.id) for by in (anne, karim)]
        db.session.add_all([_answer(anne, question), *follows])
    experts = [_colleague(number) for number in range(count)]
    db.session.add_all(experts)
    db.session.flush()
    for person in experts:
        of_tag, of_system = _known(person, "tag", tag), _known(person, "system", system)
        row = SuperUser(person_id=person.id, system_id=system.id, appointed_at=clock.now())
        follow = _follow(PersonFollow, anne, followed_id=person.id)
        db.session.add_all([of_tag, of_system, row, follow])
    answers = db.session.scalars(select(Answer).order_by(Answer.id)).all()
    for rows in zip(*(_helped(answer, karim) for answer in answers), strict=True):
        db.session.add_all(rows)
        db.session.flush()


def _follow(model, by, **what):
    return model(person_id=by.id, followed_at=clock.now(), **what)


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


def _colleague(number):
    chosen = {"is_listed": True, "shows_expertise": True, "created_at": clock.now()}
    return Person(username=f"ekspert{number}", name=f"Ekspert {number}", **chosen)


def _known(person, kind, topic):
    return TopicStanding(person_id=person.id, kind=kind, topic_id=topic.id, points=500, accepted=20)


def _helped(answer, by):
    """Thanks for an answer, and the ledger's rows of the help that it was."""
    about = {"post_id": answer.id, "question_id": answer.thread_id, "happened_at": clock.now()}
    source = f"reaction:{answer.id}"
    asked_in = {"asker_department_id": by.department_id, "asker_profession": by.profession}
    fact = Fact(
        id=answer.id, kind="set", subject="accepted", source=source, helper_id=answer.author_id,
        **asked_in, **about,
    )  # fmt: skip
    entry = Entry(
        fact_id=answer.id, ordinal=0, person_id=answer.author_id, rule="accepted", kind="grant",
        sign=1, worth=15, points=15, grant_fact_id=answer.id, grant_ordinal=0, source=source,
        **asked_in, **about,
    )  # fmt: skip
    thanks = Thanks(
        answer_id=answer.id, by_id=by.id, to_id=answer.author_id, message="Tak",
        given_at=clock.now(),
    )  # fmt: skip
    return fact, entry, thanks


@pytest.mark.parametrize("path", COSTS)
def test_a_page_costs_what_it_costs(visit, town, path):
    assert statements_of(visit, path, town.anne) == COSTS[path]
