"""What is kept of people when they leave the database."""

from sqlalchemy import delete

from midtlink.events import on
from midtlink.extensions import db
from midtlink.people.events import PeopleDropped
from midtlink.people.models import DepartmentFollow, PersonFollow

#: People that one statement names.
BATCH = 1_000
FOLLOWS = (
    (PersonFollow, PersonFollow.person_id),
    (PersonFollow, PersonFollow.followed_id),
    (DepartmentFollow, DepartmentFollow.person_id),
)


@on(PeopleDropped)
def forget_follows(fact: PeopleDropped) -> None:
    """Drop whom and what they followed, and who followed them."""
    for start in range(0, len(fact.person_ids), BATCH):
        ids = fact.person_ids[start : start + BATCH]
        for model, column in FOLLOWS:
            gone = delete(model).where(column.in_(ids))
            db.session.execute(gone, execution_options={"synchronize_session": False})
