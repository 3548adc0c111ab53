"""Signing out, here and elsewhere: the row ends, and with it every copy of the cookie."""

from sqlalchemy import select

from midtlink import clock
from midtlink.access import NotFound
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.events import SignedOut
from midtlink.people.models import Person, SignIn
from midtlink.people.signing_in import is_over


def sign_out(sign_in_id: int) -> None:
    """End a sign-in. Ending an ended one changes nothing."""
    with transaction():
        sign_in = db.session.get(SignIn, sign_in_id, populate_existing=True)
        if sign_in is not None:
            _end(sign_in, by_id=sign_in.person_id)


def end_sign_in(sign_in_id: int, *, by: Person) -> None:
    """End one of one's own sign-ins. Another's does not exist here: NotFound."""
    with transaction():
        sign_in = db.session.get(SignIn, sign_in_id)
        if sign_in is None or sign_in.person_id != by.id:
            raise NotFound(sign_in_id)
        _end(sign_in, by_id=by.id)


def end_sign_ins(person_id: int, *, except_id: int | None = None, by_id: int | None) -> int:
    """End every sign-in of a person (but one); return how many there were."""
    with transaction():
        ending = [row for row in list_sign_ins(person_id) if row.id != except_id]
        for sign_in in ending:
            _end(sign_in, by_id=by_id)
        return len(ending)


def list_sign_ins(person_id: int) -> list[SignIn]:
    """Return the living sign-ins of a person, the newest first."""
    statement = (
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .order_by(SignIn.id.desc())
    )
    return [row for row in db.session.scalars(statement) if not is_over(row)]


def _end(sign_in: SignIn, *, by_id: int | None) -> None:
    if sign_in.ended_at is None:
        sign_in.ended_at = clock.now()
        publish(SignedOut(by_id=by_id, sign_in_id=sign_in.id))
