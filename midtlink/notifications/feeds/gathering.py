"""What stands in a feed: the questions of a list, as the key's person may read them now."""

from dataclasses import dataclass
from datetime import datetime

from midtlink.notifications.feeds import atom, wording
from midtlink.notifications.feeds.rules import MOST_ENTRIES, tag_uri
from midtlink.notifications.records import FeedKey
from midtlink.questions.models import Question
from midtlink.questions.queries import list_questions
from midtlink.settings import queries as settings


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a feed is about."""

    #: The list of questions (questions.queries.list_questions).
    which: str
    title: str
    #: The path of the page that shows people the same.
    page: str


@dataclass(frozen=True)
class Place:
    """Where MidtLink is: `base` has no slash at its end."""

    base: str
    host: str


def gather(source: Source, key: FeedKey, place: Place, address: str) -> atom.Feed:
    """Return the newest questions of a list as a feed in the language of the key's person."""
    found = list_questions(source.which, seen_by=key.person, size=MOST_ENTRIES)
    entries = [_entry(question, key.person.language, place) for question in found.rows]
    return atom.Feed(
        id=tag_uri(place.host, f"feed/{source.which.replace(':', '/')}"),
        title=source.title,
        language=key.person.language,
        author=settings.text("hospital_name"),
        address=address,
        page=place.base + source.page,
        updated=max((entry.updated for entry in entries), default=key.made_at),
        entries=entries,
    )


def _entry(question: Question, language: str, place: Place) -> atom.Entry:
    title = _title(question)
    return atom.Entry(
        id=tag_uri(place.host, f"question/{question.id}"),
        title=title or _about(question),
        language=question.language if title else language,
        address=f"{place.base}/s/{question.id}",
        published=question.created_at,
        updated=_updated(question),
    )


def _updated(question: Question) -> datetime:
    return max(question.created_at, question.edited_at or question.created_at)


def _title(question: Question) -> str:
    """Return the question's own title where the house lets titles out."""
    return question.title if settings.is_on("mail_shows_titles") else ""


def _about(question: Question) -> str:
    system = question.system.name if question.system else ""
    return wording.entry_title(system, question.department.name if question.department else "")
