"""Who knows what a question is about: by appointment, or by what their answers have brought."""

from sqlalchemy import and_, false, or_, select, true

from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import Question, question_tags
from midtlink.settings import queries as settings
from midtlink.topics.models import SuperUser, System, TopicStanding
from midtlink.topics.rules import KNOWN_ACCEPTED, KNOWN_POINTS


def knows_topic(question: Question, person: Person) -> bool:
    """Say whether the question is about something that the person looks after or is known for.

    Where points are switched off they make nobody known.
    """
    system = question.system_id or 0
    appointed = select(SuperUser.id).where(
        SuperUser.person_id == person.id,
        SuperUser.ended_at.is_(None),
        SuperUser.system_id == system,
    )
    owns = select(System.id).where(System.id == system, System.owner_id == person.id)
    tags = select(question_tags.c.tag_id).where(question_tags.c.question_id == question.id)
    standing = TopicStanding
    is_about = or_(
        and_(standing.kind == "system", standing.topic_id == system),
        and_(standing.kind == "tag", standing.topic_id.in_(tags)),
    )
    known = select(standing.person_id).where(
        true() if settings.is_on("points_are_on") else false(),
        standing.person_id == person.id,
        is_about,
        standing.points >= KNOWN_POINTS,
        standing.accepted >= KNOWN_ACCEPTED,
    )
    return bool(
        db.session.scalar(select(or_(*(each.exists() for each in (appointed, owns, known)))))
    )
