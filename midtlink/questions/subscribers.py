"""What threads do when something happens elsewhere."""

from typing import Any

from sqlalchemy import delete, insert, literal, select

from midtlink.events import on
from midtlink.extensions import db
from midtlink.people.events import PeopleDropped
from midtlink.questions.events import ImportDropped, PostRedacted
from midtlink.questions.models import Question, question_tags
from midtlink.questions.queries.mentioned import PERSON
from midtlink.questions.records import Mention, ThreadVisit
from midtlink.topics.events import TagsMerged

#: Rows that one statement drops.
BATCH = 1_000


@on(TagsMerged)
def move_questions(fact: TagsMerged) -> None:
    """Give the questions of a merged tag the tag that it became, each once."""
    tagged = question_tags.c.tag_id == fact.merged_id
    _lock_questions(fact.merged_id)
    already = select(question_tags.c.question_id).where(question_tags.c.tag_id == fact.tag_id)
    missing = select(question_tags.c.question_id, literal(fact.tag_id)).where(
        tagged, question_tags.c.question_id.not_in(already)
    )
    db.session.execute(insert(question_tags).from_select(["question_id", "tag_id"], missing))
    db.session.execute(delete(question_tags).where(tagged))


@on(ImportDropped)
def forget_visits(fact: ImportDropped) -> None:
    """Drop the visits to threads that leave the database."""
    _drop(ThreadVisit, ThreadVisit.question_id, fact.post_ids)


@on(PeopleDropped)
def forget_visitors(fact: PeopleDropped) -> None:
    """Drop the visits of people who leave the database."""
    _drop(ThreadVisit, ThreadVisit.person_id, fact.person_ids)


@on(ImportDropped)
def forget_mentions(fact: ImportDropped) -> None:
    """Drop whom posts named that leave the database."""
    _drop(Mention, Mention.post_id, fact.post_ids)


@on(PostRedacted)
def forget_named(fact: PostRedacted) -> None:
    """Drop whom a text named that was removed for ever."""
    _drop(Mention, Mention.post_id, (fact.post_id,))


@on(PeopleDropped)
def forget_the_named(fact: PeopleDropped) -> None:
    """Drop where people were named who leave the database."""
    _drop(Mention, Mention.target_id, fact.person_ids, Mention.kind == PERSON)


def _drop(model: Any, column: Any, ids: tuple[int, ...], *conditions: Any) -> None:
    for start in range(0, len(ids), BATCH):
        gone = delete(model).where(column.in_(ids[start : start + BATCH]), *conditions)
        db.session.execute(gone, execution_options={"synchronize_session": False})


def _lock_questions(tag_id: int) -> None:
    """Let whoever is changing one of the tag's questions finish first."""
    threads = Question.__table__.c
    tagged = select(question_tags.c.question_id).where(question_tags.c.tag_id == tag_id)
    statement = select(threads.id).where(threads.id.in_(tagged)).order_by(threads.id)
    db.session.execute(statement.with_for_update())
