"""Who hears what: for each matter, the people who hear of it and why, in the order of reasons.

This is the one place where that is decided. Each function selects; telling.py tells.
"""

from typing import Any

from sqlalchemy import ColumnElement, select

from midtlink.notifications.telling import NOTHING, Hearers, one
from midtlink.people.models import DepartmentFollow, Person, PersonFollow
from midtlink.questions.models import COMMENT, Post, Question, question_tags
from midtlink.questions.records import Mention, QuestionFollow
from midtlink.topics.models import SuperUser, SystemFollow, TagFollow

PERSON, TEAM, DEPARTMENT = "person", "team", "department"


def of_question(question: Question) -> list[Hearers]:
    """Who follows what a new question is about, or who asks it."""
    tags = select(TagFollow.person_id, TagFollow.tag_id).join(
        question_tags, question_tags.c.tag_id == TagFollow.tag_id
    )
    system, person = SystemFollow.system_id, PersonFollow.followed_id
    department = DepartmentFollow.department_id
    of_system = select(SystemFollow.person_id, system).where(system == question.system_id)
    of_person = select(PersonFollow.person_id, person).where(person == question.author_id)
    of_department = select(DepartmentFollow.person_id, department).where(
        department == question.department_id
    )
    return [
        Hearers("question", "system", of_system),
        Hearers("question", "tag", tags.where(question_tags.c.question_id == question.id)),
        Hearers("question", "person", of_person),
        Hearers("question", "department", of_department),
    ]


def of_answer(question: Question) -> list[Hearers]:
    """The one who asked, and who follows the thread."""
    return [
        Hearers("answer", "asked", one(question.author_id)),
        Hearers("followed_answer", "thread", followers(question.id)),
    ]


def of_comment(comment: Post) -> list[Hearers]:
    """Who wrote what is commented on, who commented on it before, and who follows the thread."""
    parent = comment.parent_id
    spoke = select(Post.author_id, NOTHING).where(
        Post.parent_id == parent, Post.kind == COMMENT, *_everybody_sees(Post)
    )
    wrote = select(Post.author_id, NOTHING).where(Post.id == parent)
    return [
        Hearers("comment", "wrote", wrote),
        Hearers("comment", "thread", spoke),
        Hearers("followed_comment", "thread", followers(comment.question_id)),
    ]


def of_closing(question: Question, kind: str) -> list[Hearers]:
    """The one who asked, and who follows the thread."""
    return [
        Hearers(kind, "asked", one(question.author_id)),
        Hearers(kind, "thread", followers(question.id)),
    ]


def of_mentions(mention_ids: tuple[int, ...]) -> list[Hearers]:
    """Who is named, by name, as a super-user or as one of a department."""
    target = Mention.target_id
    person = select(target, NOTHING).where(_are(mention_ids, PERSON))
    team = (
        select(SuperUser.person_id, target)
        .join(Mention, SuperUser.system_id == target)
        .where(_are(mention_ids, TEAM), SuperUser.ended_at.is_(None))
    )
    department = (
        select(Person.id, target)
        .join(Mention, Person.department_id == target)
        .where(_are(mention_ids, DEPARTMENT))
    )
    return [
        Hearers("mention", "mention", person),
        Hearers("mention", "team", team),
        Hearers("mention", "mentioned_department", department),
    ]


def followers(question_id: int) -> Any:
    """Select who follows a thread."""
    follows = QuestionFollow.question_id == question_id
    return select(QuestionFollow.person_id, NOTHING).where(follows)


def _are(mention_ids: tuple[int, ...], kind: str) -> ColumnElement[bool]:
    return (Mention.kind == kind) & Mention.id.in_(mention_ids)


def _everybody_sees(post: Any) -> tuple[Any, ...]:
    return post.hidden_at.is_(None), post.deleted_at.is_(None)
