"""Filling a database with the demo hospital, and with variants of its threads for load."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import func, select

from midtlink import clock, guarding
from midtlink.demo.aftermath import Aftermath
from midtlink.demo.arranging import arrange
from midtlink.demo.cast import SIGN_INS
from midtlink.demo.casting import Staff
from midtlink.demo.hospital import read, store_hospital
from midtlink.demo.knowing import let_some_know
from midtlink.demo.missing import store_unfound
from midtlink.demo.playing import Play
from midtlink.demo.rows import Rows
from midtlink.demo.scenes import ThreadScene
from midtlink.demo.telling import store_notices
from midtlink.demo.thanking import store_thanks
from midtlink.demo.timing import SPAN_DAYS, Hours, midnight_before
from midtlink.demo.topics import store_topics
from midtlink.demo.varying import vary, written_for
from midtlink.demo.written import read_threads
from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.events import Imported
from midtlink.questions.models import ANSWER, QUESTION, Question
from midtlink.questions.records import Draft
from midtlink.reputation.fairness.proposing import look_through

ORIGIN = "demo"
#: Threads of a load run that are written at once.
BATCH = 500

Tell = Callable[[int], None]


class NotEmpty(RuntimeError):
    """The database holds people who are not the demo's."""


def is_filled() -> bool:
    """Say whether the demo hospital is there already. Raises NotEmpty when others are."""
    addresses = {f"{each.username}@hospital.example" for each in SIGN_INS}
    present = db.session.scalars(select(Person.email).where(Person.email.in_(addresses)))
    if set(present) == addresses:
        return True
    if db.session.scalar(select(func.count()).select_from(Person)):
        raise NotEmpty
    return False


def fill() -> bool:
    """Store the hospital and its written threads, all or nothing. False when they were there."""

    def work() -> bool:
        if is_filled():
            return False
        now = clock.now()
        midnight = midnight_before(now)
        store_hospital(midnight)
        store_topics(midnight)
        _store_written(now)
        store_unfound(now)
        store_thanks(now)
        store_notices(now)
        return True

    is_new = in_transaction(work)
    if is_new:
        look_through()
    return is_new


def fill_up_to(wanted: int, tell: Tell = lambda count: None) -> int:
    """Add variants until there are so many questions; return how many were added."""
    present = count_questions()
    for start in range(present, wanted, BATCH):
        numbers = range(start, min(start + BATCH, wanted))
        in_transaction(lambda: _store_variants(numbers, wanted))  # noqa: B023 - called at once
        tell(numbers.stop)
    return max(0, wanted - present)


def count_questions() -> int:
    """Return how many questions there are."""
    return db.session.scalar(select(func.count()).select_from(Question)) or 0


def _store_written(now: datetime) -> None:
    staff = Staff()
    scenes = _play_all(staff, now)
    let_some_know(scenes.values(), staff)
    Aftermath(scenes, staff, now).happen()
    arrange(scenes.values(), staff, now)
    rows = Rows()
    post_ids = rows.add(scenes.values(), {})
    rows.write()
    _store_drafts(scenes, staff, now)
    publish(Imported(by_id=None, origin=ORIGIN, post_ids=tuple(post_ids)))


def _play_all(staff: Staff, now: datetime) -> dict[str, ThreadScene]:
    """Play originals first, so that nothing repeats a question that nobody has asked yet."""
    scenes: dict[str, ThreadScene] = {}
    for written in sorted(read_threads(), key=lambda each: bool(each.duplicate_of)):
        scene = Play(written, staff, now, written.key).play()
        original = scenes.get(written.duplicate_of)
        if original and scene.question.at <= original.question.at + timedelta(days=1):
            share = Random(written.key).uniform(0.1, 0.8)  # noqa: S311 - a demo
            days = (now - original.question.at).days * share
            scene = Play(written, staff, now, written.key).play(days)
        scenes[written.key] = scene
    return scenes


def _store_drafts(threads: dict[str, ThreadScene], staff: Staff, now: datetime) -> None:
    """Store what some have typed and not yet sent."""
    hours = Hours(Random("the drafts"), now)  # noqa: S311 - a demo, not a secret
    for number, row in enumerate(read("happenings")["draft"], start=1):
        facts = {name: row.get(name, "") for name in ("title", "source", "tags")}
        guarding.check(facts)
        about = row.get("about")
        draft = Draft(
            **facts,
            person_id=staff.named[row["by"]].id,
            kind=ANSWER if about else QUESTION,
            about_id=threads[about].question.id if about else 0,
            system_slug=row.get("system", ""),
            saved_at=hours.minutes_ago(35 * number),
        )
        db.session.add(draft)


def _store_variants(numbers: range, wanted: int) -> None:
    staff, rows, now = Staff(), Rows(), clock.now()
    scenes = []
    for number in numbers:
        written = written_for(number)
        days_ago = 1 + SPAN_DAYS * (1 - number / wanted)
        scenes.append(vary(Play(written, staff, now, written.key).play(days_ago), number))
    post_ids = rows.add(scenes, {})
    rows.write()
    publish(Imported(by_id=None, origin=ORIGIN, post_ids=tuple(post_ids)))
