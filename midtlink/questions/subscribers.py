"""What threads do when something happens elsewhere."""

from sqlalchemy import delete, insert, literal, select

from midtlink.events import on
from midtlink.extensions import db
from midtlink.questions.models import Question, question_tags
from midtlink.topics.events import TagsMerged


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


def _lock_questions(tag_id: int) -> None:
    """Let whoever is changing one of the tag's questions finish first."""
    threads = Question.__table__.c
    tagged = select(question_tags.c.question_id).where(question_tags.c.tag_id == tag_id)
    statement = select(threads.id).where(threads.id.in_(tagged)).order_by(threads.id)
    db.session.execute(statement.with_for_update())
