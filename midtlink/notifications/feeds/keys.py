"""The key to a person's feeds: made at random, shown once, kept as a hash."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.notifications.events import FeedKeyEnded, FeedKeyMade
from midtlink.notifications.records import FeedKey
from midtlink.people.identity import new_token, token_hash
from midtlink.people.models import Person


def make_key(*, by: Person | None) -> str:
    """Return a new key, to be shown once; the one before it opens nothing any more."""
    with transaction():
        if by is None or not by.is_active:
            raise NotAllowed(by, "make a key")
        _end(by)
        token = new_token()
        key = FeedKey(person_id=by.id, token_hash=token_hash(token), made_at=clock.now())
        db.session.add(key)
        publish(FeedKeyMade(by_id=by.id))
        return token


def end_key(*, by: Person | None) -> None:
    """Let one's key open nothing any more. Who has none changes nothing."""
    with transaction():
        if by is None or not by.is_active:
            raise NotAllowed(by, "end a key")
        if _end(by):
            publish(FeedKeyEnded(by_id=by.id))


def key_of(person: Person) -> FeedKey | None:
    """Return the key that a person's feed reader may show."""
    statement = select(FeedKey).where(FeedKey.person_id == person.id, FeedKey.ended_at.is_(None))
    return db.session.scalars(statement).one_or_none()


def find_key(token: str) -> FeedKey | None:
    """Return the key with its person, if it still opens something and they still work here."""
    statement = (
        select(FeedKey)
        .join(FeedKey.person)
        .where(FeedKey.token_hash == token_hash(token), FeedKey.ended_at.is_(None))
        .where(Person.is_active)
        .options(
            contains_eager(FeedKey.person).options(
                joinedload(Person.department), joinedload(Person.role_grants)
            )
        )
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).unique().one_or_none()


def _end(person: Person) -> bool:
    hold(f"feeds.key.{person.id}")
    key = key_of(person)
    if key is not None:
        key.ended_at = clock.now()
    return key is not None
