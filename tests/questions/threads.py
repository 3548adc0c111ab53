"""Threads for the tests, made by the verbs themselves."""

from contextlib import contextmanager

from midtlink import events
from midtlink.events import in_transaction, on
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.events import PostEvent
from midtlink.questions.queries import get_post
from tests.world.cast import make_person
from tests.world.racing import all_at_once

_facts = []


@on(PostEvent)
def _hear(fact):
    _facts.append(fact)


def facts_of(work):
    """Run work and return the names of the facts that it published."""
    return [type(fact).__name__ for fact in told_by(work)]


def told_by(work):
    """Run work and return the facts that it published."""
    _facts.clear()
    work()
    return list(_facts)


@contextmanager
def overheard(kind, look):
    """Collect what look(fact) says at the moment when a fact of the kind is told."""
    seen = []

    def listen(fact):
        seen.append(look(fact))

    on(kind)(listen)
    try:
        yield seen
    finally:
        events._joining[kind].remove(listen)


def asked(by, title="Hvordan signerer jeg for en kollega?", **more):
    """A question by somebody."""
    return ask(title=title, by=by, **more)


def answered(question, by, body="Højreklik, og vælg Signér for."):
    """An answer by somebody."""
    return answer(question, body=body, by=by)


def staff(count):
    """So many more colleagues."""
    return [
        make_person(f"kollega{number}", f"Kollega {number}", "læge", "Medicinsk Afdeling")
        for number in range(count)
    ]


def at_once(app, verb, post, people, *more, expected=(), **named):
    """Let each of the people call the verb on the post at the same moment, as pages call it."""
    post_id = post.id if post else None

    def call(person_id):
        person = db.session.get(Person, person_id)
        about = [get_post(post_id, seen_by=person)] if post_id else []
        return verb(*about, *more, by=person, **named)

    calls = [lambda of=person.id: in_transaction(lambda: call(of)) for person in people]
    return all_at_once(app, calls, expected=expected)


def rows(model, **values):
    """The rows with these values."""
    return db.session.query(model).filter_by(**values).order_by(model.id).all()
