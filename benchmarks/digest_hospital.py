"""A hospital's week for the benchmark of digests: people, what they follow, questions, notices."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, text

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.models import Notice, NoticeSettings
from midtlink.people.models import Department, Person, Site
from midtlink.questions.models import Post, Question, question_tags
from midtlink.questions.records import Acceptance
from midtlink.reputation.records import Thanks
from midtlink.topics.models import System, SystemFollow, Tag, TagFollow

PEOPLE, DEPARTMENTS, SYSTEMS, TAGS = 9_000, 80, 30, 200
#: Questions of the week; every one but each third has an answer, and every third a chosen one.
QUESTIONS, NOTICES_OF_EACH = 1_500, 6
SEQUENCES = ("sites", "departments", "people", "systems", "tags", "posts", "notices", "thanks")


def fill() -> None:
    """Store the week, the same on every run, with digests that are due."""
    in_transaction(_fill)


def _fill() -> None:
    rng, now = Random(5), clock.now()
    db.session.execute(insert(Site), [{"id": 1, "name": "Matriklen"}])
    _insert(Department, _named("Afdeling", DEPARTMENTS, site_id=1))
    _insert(Person, _people(now))
    _insert(System, (row | {"slug": f"s{row['id']}"} for row in _named("System", SYSTEMS)))
    _insert(Tag, (row | {"key": row["name"]} for row in _named("emne", TAGS, created_at=now)))
    _insert(SystemFollow, _follows(rng, now, "system_id", SYSTEMS, 2))
    _insert(TagFollow, _follows(rng, now, "tag_id", TAGS, 3))
    _insert(Post.__table__, _posts(rng, now))
    _insert(Question.__table__, _questions(rng, now))
    _insert(question_tags, _tagged(rng))
    _insert(Acceptance, _acceptances(now))
    _insert(Thanks, _thanks(now))
    _insert(Notice, _notices(rng, now))
    long_ago = now - timedelta(days=9)
    marks = {"daily_at": now, "weekly_at": long_ago}
    _insert(NoticeSettings, ({"person_id": each, **marks} for each in _ids(PEOPLE)))
    if db.session.connection().dialect.name == "postgresql":
        _move_sequences()


def _insert(table: Any, rows: Any) -> None:
    db.session.execute(insert(table), list(rows))


def _ids(count: int) -> range:
    return range(1, count + 1)


def _named(word: str, count: int, **more: Any) -> Iterator[dict[str, Any]]:
    for each in _ids(count):
        yield {"id": each, "name": f"{word} {each}", **more}


def _people(now: datetime) -> Iterator[dict[str, Any]]:
    for each in _ids(PEOPLE):
        yield {
            "id": each,
            "username": f"p{each}",
            "email": f"p{each}@hospital.example",
            "name": f"Kollega {each}",
            "department_id": 1 + each % DEPARTMENTS,
            "language": "en" if each % 20 == 0 else "da",
            "created_at": now - timedelta(days=400),
        }


def _follows(
    rng: Random, now: datetime, column: str, count: int, each_of: int
) -> Iterator[dict[str, Any]]:
    for person_id in _ids(PEOPLE):
        for topic_id in rng.sample(_ids(count), each_of):
            yield {"person_id": person_id, column: topic_id, "followed_at": now}


def _posts(rng: Random, now: datetime) -> Iterator[dict[str, Any]]:
    """Questions have the ids from 1, their answers those above QUESTIONS."""
    for each in _ids(QUESTIONS):
        at = now - timedelta(minutes=each * 6)
        yield _post(each, "question", None, rng.randint(1, PEOPLE), at)
    for each in _ids(QUESTIONS):
        if each % 3:
            at = now - timedelta(minutes=each * 3)
            yield _post(QUESTIONS + each, "answer", each, rng.randint(1, PEOPLE), at)


def _post(post_id: int, kind: str, thread_id: int | None, by: int, at: datetime) -> dict[str, Any]:
    return {
        "id": post_id,
        "kind": kind,
        "thread_id": thread_id,
        "author_id": by,
        "source": "Tekst",
        "created_at": at,
    }


def _questions(rng: Random, now: datetime) -> Iterator[dict[str, Any]]:
    for each in _ids(QUESTIONS):
        title = f"Hvordan gør man egentlig nummer {each}?"
        yield {
            "id": each,
            "title": title,
            "title_key": title.lower(),
            "system_id": rng.randint(1, SYSTEMS),
            "department_id": rng.randint(1, DEPARTMENTS),
            "status": ("unanswered", "answered", "solved")[each % 3],
            "answer_count": int(each % 3 > 0),
            "active_at": now,
        }


def _tagged(rng: Random) -> Iterator[dict[str, Any]]:
    for each in _ids(QUESTIONS):
        for tag_id in rng.sample(_ids(TAGS), 2):
            yield {"question_id": each, "tag_id": tag_id}


def _acceptances(now: datetime) -> Iterator[dict[str, Any]]:
    for each in _ids(QUESTIONS):
        if each % 3 == 2:
            yield {"question_id": each, "answer_id": QUESTIONS + each, "accepted_at": now}


def _thanks(now: datetime) -> Iterator[dict[str, Any]]:
    for each in range(2, QUESTIONS, 6):
        about = {"answer_id": QUESTIONS + each, "by_id": 1, "to_id": 2}
        yield {**about, "message": "", "given_at": now}


def _notices(rng: Random, now: datetime) -> Iterator[dict[str, Any]]:
    kinds = ("followed_answer", "mention", "helped", "thanks", "question")
    for person_id in _ids(PEOPLE):
        for number in range(NOTICES_OF_EACH):
            question_id = rng.randint(1, QUESTIONS)
            yield {
                "person_id": person_id,
                "kind": rng.choice(kinds),
                "matter": f"bench:{number}",
                "question_id": question_id,
                "post_id": question_id,
                "reason": "thread",
                "happened_at": now - timedelta(hours=number * 20),
                "routed_at": now,
            }


def _move_sequences() -> None:
    sequence = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), 1000000)")
    for table in SEQUENCES:
        db.session.execute(sequence, {"table": table})
