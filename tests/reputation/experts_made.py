"""People who know something, for the tests: their standing as a row, their consent as a choice."""

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.topics.appointing import appoint
from midtlink.topics.models import Tag, TopicStanding
from midtlink.topics.rules import KNOWN_ACCEPTED, KNOWN_POINTS

#: All that a person has to say yes to before a list tells of them.
CONSENTS = {"is_listed": True, "shows_expertise": True, "hides_points": False}


def change(model, row_id, **values):
    """Change a row."""

    def work():
        row = db.session.get(model, row_id)
        for name, value in values.items():
            setattr(row, name, value)

    in_transaction(work)


def consent(person, **choices):
    """Let a person choose what is told of them."""
    change(Person, person.id, **CONSENTS | choices)


def appointed(person, **of):
    """Make somebody super-user."""
    return in_transaction(lambda: appoint(person, **of))


def known_for(person, topic, *, points=KNOWN_POINTS, accepted=KNOWN_ACCEPTED):
    """Give a person a standing in a system or a tag."""
    kind = "tag" if isinstance(topic, Tag) else "system"
    row = TopicStanding(
        person_id=person.id, kind=kind, topic_id=topic.id, points=points, accepted=accepted
    )
    in_transaction(lambda: db.session.add(row))
