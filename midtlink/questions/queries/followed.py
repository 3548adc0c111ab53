"""Everything that a person follows, in one statement."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, select, union_all

from midtlink.extensions import db
from midtlink.people.models import Department, DepartmentFollow, Person, PersonFollow
from midtlink.questions.models import Question
from midtlink.questions.queries.visibility import shown
from midtlink.questions.records import QuestionFollow
from midtlink.topics.models import System, SystemFollow, Tag, TagFollow
from midtlink.topics.rules import tag_word

#: How many of a kind are listed.
MOST = 50
SYSTEM, TAG, PERSON, DEPARTMENT, QUESTION = "system", "tag", "person", "department", "question"


@dataclass(frozen=True)
class Thing:
    """Something that is followed: how an address names it, and its name."""

    key: str
    name: str


@dataclass
class Followed:
    """What a person follows: MOST of each kind, by name; of questions only how many."""

    systems: list[Thing] = field(default_factory=list)
    tags: list[Thing] = field(default_factory=list)
    people: list[Thing] = field(default_factory=list)
    departments: list[Thing] = field(default_factory=list)
    questions: int = 0

    @property
    def lists(self) -> dict[str, list[Thing]]:
        """The lists by kind."""
        return {
            SYSTEM: self.systems,
            TAG: self.tags,
            PERSON: self.people,
            DEPARTMENT: self.departments,
        }

    @property
    def is_empty(self) -> bool:
        """The person follows nothing at all."""
        return not self.questions and not any(self.lists.values())


def list_followed(person: Person) -> Followed:
    """Return what a person follows."""
    found = Followed()
    for kind, number, key, name in db.session.execute(union_all(*_every(person))):
        if kind == QUESTION:
            found.questions = number
        else:
            found.lists[kind].append(Thing(tag_word(name, number) if kind == TAG else key, name))
    return found


def _every(person: Person) -> list[Select[Any]]:
    system, tag = (SystemFollow, SystemFollow.system_id), (TagFollow, TagFollow.tag_id)
    colleague = PersonFollow, PersonFollow.followed_id
    department = DepartmentFollow, DepartmentFollow.department_id
    return [
        _things(SYSTEM, System, System.slug, system, person),
        _things(TAG, Tag, literal(""), tag, person),
        _things(PERSON, Person, Person.username, colleague, person),
        _things(DEPARTMENT, Department, cast(Department.id, String), department, person),
        _questions(person),
    ]


def _things(
    kind: str, model: Any, key: Any, followed: tuple[Any, Any], person: Person
) -> Select[Any]:
    follow, column = followed
    named = (
        select(literal(kind).label("kind"), model.id, key.label("key"), model.name)
        .join(follow, column == model.id)
        .where(follow.person_id == person.id)
        .order_by(model.name, model.id)
        .limit(MOST)
        .subquery()
    )
    return select(named)


def _questions(person: Person) -> Select[Any]:
    follows = QuestionFollow.question_id == Question.id
    counted: Any = select(literal(QUESTION), func.count(), literal(""), literal(""))
    counted = counted.select_from(Question).join(QuestionFollow, follows)
    return shown(counted).where(QuestionFollow.person_id == person.id)
