"""Votes, and "I have the same problem": set or withdrawn, never toggled."""

from sqlalchemy import select

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.deriving import derive_votes
from midtlink.questions.events import ReactionSet, ReactionWithdrawn
from midtlink.questions.models import Post
from midtlink.questions.policy import may_react
from midtlink.questions.queries import lock
from midtlink.questions.records import Reaction
from midtlink.questions.rules import OPPOSITES, REACTIONS
from midtlink.refusals import BadInput


def set_reaction(post: Post, kind: str, *, by: Person | None) -> None:
    """React to a post; the opposite reaction is taken back. What is set stays as it is."""
    with transaction():
        post, person = _prepare(post, kind, by)
        if _find(post, kind, person) is not None:
            return
        moment = clock.now()
        opposite = OPPOSITES.get(kind)
        turned = _find(post, opposite, person) if opposite else None
        if turned is not None:
            turned.withdrawn_at = moment
        reaction = Reaction(post_id=post.id, person_id=person.id, kind=kind, set_at=moment)
        db.session.add(reaction)
        derive_votes(post)
        if turned is not None:
            _tell(ReactionWithdrawn, turned, post)
        _tell(ReactionSet, reaction, post)


def withdraw_reaction(post: Post, kind: str, *, by: Person | None) -> None:
    """Take a reaction back; its row stays, dated. Without one nothing changes."""
    with transaction():
        post, person = _prepare(post, kind, by)
        if reaction := _find(post, kind, person):
            reaction.withdrawn_at = clock.now()
            derive_votes(post)
            _tell(ReactionWithdrawn, reaction, post)


def _prepare(post: Post, kind: str, by: Person | None) -> tuple[Post, Person]:
    post = lock(post)
    if kind not in REACTIONS.get(post.kind, ()):
        raise BadInput("kind")
    if by is None or not may_react(by, post, kind):
        raise NotAllowed(by, kind, post)
    return post, by


def _find(post: Post, kind: str, by: Person) -> Reaction | None:
    statement = select(Reaction).where(
        Reaction.post_id == post.id,
        Reaction.person_id == by.id,
        Reaction.kind == kind,
        Reaction.withdrawn_at.is_(None),
    )
    return db.session.scalars(statement).one_or_none()


def _tell(kind: type[ReactionSet | ReactionWithdrawn], reaction: Reaction, post: Post) -> None:
    fact = kind(
        by_id=reaction.person_id,
        question_id=post.question_id,
        post_id=post.id,
        kind=reaction.kind,
        reaction_id=reaction.id,
    )
    publish(fact)
