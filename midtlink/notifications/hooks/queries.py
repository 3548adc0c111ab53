"""Finding hooks and what was sent to them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from midtlink.access import NotFound
from midtlink.extensions import db
from midtlink.notifications.records import Delivery, Hook
from midtlink.paging import PAGE_SIZE, Slice, cut

ABOUT = (joinedload(Hook.system), joinedload(Hook.department))


def get_hook(hook_id: int) -> Hook:
    """Return a hook afresh, with what it is about. Raises NotFound."""
    found = db.session.get(Hook, hook_id, populate_existing=True, options=ABOUT)
    if found is None:
        raise NotFound(hook_id)
    return found


def get_delivery(delivery_id: int) -> Delivery:
    """Return a delivery afresh. Raises NotFound."""
    found = db.session.get(Delivery, delivery_id, populate_existing=True)
    if found is None:
        raise NotFound(delivery_id)
    return found


def list_hooks() -> Sequence[Hook]:
    """Return the hooks by name, with what each is about."""
    return db.session.scalars(select(Hook).order_by(Hook.name, Hook.id).options(*ABOUT)).all()


def list_deliveries(
    hook: Hook, *, after: tuple[int, ...] | None = None, limit: int = PAGE_SIZE
) -> Slice[Delivery]:
    """Return what was sent to a hook or waits, the newest first."""
    statement = select(Delivery).where(Delivery.hook_id == hook.id)
    if after is not None:
        statement = statement.where(Delivery.id < after[0])
    rows = db.session.scalars(statement.order_by(Delivery.id.desc()).limit(limit + 1)).all()
    return cut(rows, lambda row: row.id, limit)
