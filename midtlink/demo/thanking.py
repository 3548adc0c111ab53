"""What is said and given for help in the demo hospital: thanks, an award, somebody on duty."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from midtlink import guarding
from midtlink.demo.hospital import read
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import Post
from midtlink.questions.records import Acceptance
from midtlink.reputation.records import OwnAward, OwnAwardGrant, Thanks
from midtlink.topics.models import SuperUser

#: How often an asker who chose an answer says thanks for it, and how many are on duty now.
SHARE, ON_DUTY = 0.45, 3


def store_thanks(now: datetime) -> None:
    """Store the thanks, the award and the duties of happenings.toml."""
    rng = Random("the thanks")  # noqa: S311 - a demo, not a secret
    words = read("happenings")["thanks"]
    guarding.check({"message": "\n".join([*words["messages"], words["award"]["reason"]])})
    thanks = [
        _thanks(chosen, helper_id, rng.choice(words["messages"]), chosen.accepted_at)
        for chosen, helper_id in _chosen(now)
        if rng.random() < SHARE
    ]
    thanks.sort(key=lambda each: each.given_at)  # Lists show the newest first, by id.
    db.session.add_all(thanks)
    _give_award(words["award"], now)
    for row in db.session.scalars(select(SuperUser).order_by(SuperUser.id).limit(ON_DUTY)):
        row.on_duty_until = now + timedelta(hours=8)


def _chosen(now: datetime) -> list[tuple[Acceptance, int]]:
    """The answers that askers themselves chose and everybody can see, with who gave them."""
    answer, question = aliased(Post), aliased(Post)
    statement: Any = (
        select(Acceptance, answer.author_id)
        .join(answer, answer.id == Acceptance.answer_id)
        .join(question, question.id == Acceptance.question_id)
        .where(Acceptance.ended_at.is_(None), Acceptance.by_id == question.author_id)
        .where(answer.author_id != question.author_id, Acceptance.accepted_at <= now)
        .where(answer.hidden_at.is_(None), answer.deleted_at.is_(None))
        .where(question.hidden_at.is_(None), question.deleted_at.is_(None))
        .order_by(Acceptance.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _thanks(chosen: Acceptance, helper_id: int, message: str, at: datetime) -> Thanks:
    return Thanks(
        answer_id=chosen.answer_id,
        by_id=chosen.by_id,
        to_id=helper_id,
        message=message,
        given_at=at,
    )


def _give_award(words: dict[str, str], now: datetime) -> None:
    """Give the hospital's own award to the listed colleague with the most points."""
    by = db.session.scalars(select(Person).where(Person.username == words["by"])).one()
    best = select(Person).where(Person.is_listed, Person.hides_points.is_(False))
    person = db.session.scalars(best.order_by(Person.points.desc(), Person.id)).first()
    award = OwnAward(
        name=words["name"], description=words["description"], made_at=now, made_by_id=by.id
    )
    db.session.add(award)
    db.session.flush()
    if person is not None:
        grant = OwnAwardGrant(
            award_id=award.id,
            person_id=person.id,
            reason=words["reason"],
            given_at=now,
            given_by_id=by.id,
        )
        db.session.add(grant)
