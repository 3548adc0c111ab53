"""Unsubscribing with one press from a mail, without signing in.

The address in the mail holds a signed token of the person and of one kind or one thread. Whoever
has it can do that one thing, and nothing else.
"""

from dataclasses import dataclass
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from midtlink import clock
from midtlink.access import NotFound
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.notifications.events import NoticesChosen, ThreadMuted
from midtlink.notifications.mail import configuration
from midtlink.notifications.mail.rules import DIGESTS
from midtlink.notifications.models import NoticeChoice, ThreadMute
from midtlink.notifications.queries import choices_of
from midtlink.notifications.rules import KINDS, OFF
from midtlink.people.models import Person
from midtlink.questions.models import Question

SALT = "midtlink.unsubscribe"
LONGEST_TOKEN = 300


@dataclass(frozen=True)
class Subscription:
    """What a person can stop hearing of by mail: a kind of notice or digest, or a thread."""

    person_id: int
    kind: str = ""
    question_id: int = 0


def address_for(subscription: Subscription) -> str:
    """Return the address that ends a subscription."""
    what = subscription.kind or subscription.question_id
    token = str(_signer().dumps([subscription.person_id, what]))
    return configuration.link_to(f"/afmeld/{token}")


def read_token(token: str) -> Subscription:
    """Return what a token is for. Raises NotFound for one that we never gave."""
    try:
        person_id, what = _signer().loads(token[:LONGEST_TOKEN])
    except (BadSignature, ValueError, TypeError):
        raise NotFound("token") from None
    if isinstance(what, str):
        if what not in KINDS and what not in DIGESTS:
            raise NotFound(what)
        return Subscription(person_id, kind=what)
    return Subscription(person_id, question_id=what)


def unsubscribe(subscription: Subscription) -> None:
    """Mail no more of the kind, or tell no more of the thread. Doing so twice changes nothing.

    The token was the proof of who asks. Raises NotFound for what is there no more.
    """
    with transaction():
        person = db.session.get(Person, subscription.person_id)
        if person is None:
            raise NotFound("person")
        hold(f"notices.choosing.{person.id}")
        if subscription.kind:
            _switch_off(person, subscription.kind)
        else:
            _mute(person.id, subscription.question_id)


def _switch_off(person: Person, wanted: str) -> None:
    """Switch a kind off, or every kind that comes by a digest."""
    modes = choices_of(person).items()
    kinds = [kind for kind, mode in modes if wanted in (kind, mode) and mode != OFF]
    for kind in kinds:
        row = NoticeChoice(person_id=person.id, kind=kind, mode=OFF, chosen_at=clock.now())
        db.session.merge(row)
    if kinds:
        publish(NoticesChosen(by_id=person.id))


def _mute(person_id: int, question_id: int) -> None:
    if db.session.get(Question, question_id) is None:
        raise NotFound(question_id)
    if db.session.get(ThreadMute, (person_id, question_id)) is None:
        muted = ThreadMute(person_id=person_id, question_id=question_id, muted_at=clock.now())
        db.session.add(muted)
        publish(ThreadMuted(by_id=person_id, question_id=question_id))


def _signer() -> Any:
    return URLSafeSerializer(configuration.secret(), salt=SALT)
