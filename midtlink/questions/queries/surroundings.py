"""What the pages show beside a list or a thread: each in one statement, however many rows."""

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import SOLVED, UNANSWERED, Answer, Post, Question, question_tags
from midtlink.questions.queries import shown
from midtlink.questions.queries.visits import with_news
from midtlink.questions.records import Draft, Reaction
from midtlink.topics.models import System, TagFollow
from midtlink.topics.queries import ids_of_systems

MINE_SHOWN = 5
SYSTEMS_SHOWN = 8


@dataclass(frozen=True)
class Topics:
    """How much a person follows or looks after, and how many questions in it lack an answer."""

    followed: int
    unanswered: int


def count_topics(person: Person) -> Topics:
    """Count the person's systems and tags, and the questions in them that nobody has answered."""
    systems, tags = ids_of_systems(person), _tags_of(person)
    is_about = or_(Question.system_id.in_(systems), Question.id.in_(_tagged(tags)))
    unanswered = shown(select(func.count(Question.id)))
    counts = select(
        _number_of(systems),
        _number_of(tags),
        unanswered.where(Question.status == UNANSWERED, is_about).scalar_subquery(),
    )
    systems_followed, tags_followed, number = db.session.execute(counts).one()
    return Topics(systems_followed + tags_followed, number)


def open_questions_of(person: Person) -> list[Question]:
    """Return the person's newest questions that are neither solved nor closed."""
    is_open = Question.status != SOLVED, Question.closed_at.is_(None)
    own = shown(select(Question)).where(Question.author_id == person.id, *is_open)
    statement = with_news(own, person)
    return list(db.session.scalars(statement.order_by(Question.id.desc()).limit(MINE_SHOWN)))


def systems_with_status() -> list[System]:
    """Return the systems that have something to say about how they run, those in trouble first."""
    says_something = or_(System.is_running.is_(False), System.status_line != "")
    statement = select(System).where(System.is_active, says_something)
    order = System.is_running, System.name
    return list(db.session.scalars(statement.order_by(*order).limit(SYSTEMS_SHOWN)))


def drafts_in_thread(person: Person, question: Question) -> dict[tuple[str, int], Draft]:
    """Return the person's drafts of answers and comments in a thread, by kind and post."""
    posts = select(Post.id).where(or_(Post.id == question.id, Post.thread_id == question.id))
    statement = select(Draft).where(
        Draft.person_id == person.id,
        Draft.kind.in_(("answer", "comment")),
        Draft.about_id.in_(posts),
    )
    return {(draft.kind, draft.about_id): draft for draft in db.session.scalars(statement)}


def titles_of_drafts(person: Person) -> dict[int, str]:
    """Return the titles of the threads that the person's drafts are about, by the post's id."""
    thread = aliased(Question)
    statement = (
        select(Post.id, thread.title)
        .join(Draft, Draft.about_id == Post.id)
        .join(thread, thread.id == func.coalesce(Post.thread_id, Post.id))
        .where(
            Draft.person_id == person.id, thread.hidden_at.is_(None), thread.deleted_at.is_(None)
        )
    )
    return dict(db.session.execute(statement).all())


def reactions_on(post: Post, person: Person) -> set[str]:
    """Return the kinds of the person's standing reactions on a post."""
    statement = select(Reaction.kind).where(
        Reaction.post_id == post.id,
        Reaction.person_id == person.id,
        Reaction.withdrawn_at.is_(None),
    )
    return set(db.session.scalars(statement))


def best_answer(question: Question) -> Answer | None:
    """Return the chosen answer, else the one that helped most, of those that everyone may read."""
    is_chosen = Answer.id == (question.accepted_answer_id or 0)
    statement = shown(select(Answer)).where(
        Answer.thread_id == question.id, Answer.redacted_at.is_(None)
    )
    order = is_chosen.desc(), Answer.rank.desc(), Answer.id
    author = joinedload(Answer.author).joinedload(Person.department)
    return db.session.scalars(statement.options(author).order_by(*order).limit(1)).first()


def _number_of(ids: Select[int]) -> ScalarSelect[int]:
    return select(func.count()).select_from(ids.subquery()).scalar_subquery()


def _tags_of(person: Person) -> Select[int]:
    return select(TagFollow.tag_id).where(TagFollow.person_id == person.id)


def _tagged(tags: Select[int]) -> Select[int]:
    return select(question_tags.c.question_id).where(question_tags.c.tag_id.in_(tags))
