"""Finding the searches that a person keeps."""

from collections.abc import Sequence

from sqlalchemy import select

from midtlink.access import NotFound
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.search.models import SavedSearch
from midtlink.search.rules import NEWS_SHOWN


def get_saved_search(saved_search_id: int, *, seen_by: Person | None) -> SavedSearch:
    """Return a search that the person keeps. Raises NotFound."""
    mine = SavedSearch.id == saved_search_id, SavedSearch.person_id == (seen_by and seen_by.id)
    statement = select(SavedSearch).where(*mine).execution_options(populate_existing=True)
    if seen_by is None or (found := db.session.scalars(statement).one_or_none()) is None:
        raise NotFound(saved_search_id)
    return found


def find_saved_search(query: str, *, by: Person) -> SavedSearch | None:
    """Return a query as the person keeps it."""
    mine = SavedSearch.person_id == by.id, SavedSearch.query == query
    return db.session.scalars(select(SavedSearch).where(*mine).limit(1)).first()


def list_saved_searches(*, by: Person) -> Sequence[SavedSearch]:
    """Return the searches that a person keeps: those with something new first, then the newest."""
    statement = select(SavedSearch).where(SavedSearch.person_id == by.id)
    order = (SavedSearch.new_count > 0).desc(), SavedSearch.id.desc()
    return db.session.scalars(statement.order_by(*order)).all()


def list_news(*, by: Person) -> Sequence[SavedSearch]:
    """Return the watched searches with something new that the person has not seen."""
    statement = select(SavedSearch).where(
        SavedSearch.person_id == by.id, SavedSearch.is_watched, SavedSearch.new_count > 0
    )
    return db.session.scalars(statement.order_by(SavedSearch.id.desc()).limit(NEWS_SHOWN)).all()
