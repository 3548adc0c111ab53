"""Systems and questions for the tests of topics."""

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.models import Question
from midtlink.topics.models import System
from midtlink.topics.naming import tags_named


def make_system(name="EPJ", **more):
    """Make a system without asking who may."""

    def work():
        system = System(slug=name.lower(), name=name, **more)
        db.session.add(system)
        return system

    return in_transaction(work)


def make_question(title, *, author, tags=(), system=None, **more):
    """Make a question as a row, for pages that list it."""
    moment = clock.now()

    def work():
        question = Question(
            title=title,
            author_id=author.id,
            department_id=author.department_id,
            system_id=system.id if system else None,
            created_at=moment,
            active_at=moment,
            **more,
        )
        question.tags = tags_named(tags, by=author)
        db.session.add(question)
        return question

    return in_transaction(work)
