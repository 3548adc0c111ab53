"""Turning a written thread into a scene: who said it, when, and what others made of it."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from midtlink.demo import scenes
from midtlink.demo.casting import Colleague, Staff
from midtlink.demo.hospital import read
from midtlink.demo.scenes import ClosureScene, PostScene, ThreadScene, Vote
from midtlink.demo.timing import SPAN_DAYS, Hours
from midtlink.demo.topics import canonical
from midtlink.demo.written import WrittenAnswer, WrittenThread
from midtlink.questions.records import FAILED, GOOD, HELPED, SAME

DAY = 24 * 60
REASONS = {
    "løst på anden vis": "solved_elsewhere",
    "ikke længere aktuelt": "outdated",
    "uden for emnet": "off_topic",
}
THANKS = re.compile(r"\b(tak|virkede|det var|lå der|reddede|løst|genialt)\b", re.IGNORECASE)
BY_NIGHT = re.compile(r"nattevagt|\bi nat\b|kl\.? ?0?[2-5]\b|om natten", re.IGNORECASE)
#: Professions that read along and comment.
READERS = ("sygeplejerske", "sygeplejerske", "læge", "lægesekretær", "jordemoder", "radiograf",
           "social- og sundhedsassistent", "bioanalytiker")  # fmt: skip


class Play:
    """Plays one written thread with the hospital's staff, always the same way for one seed."""

    def __init__(self, written: WrittenThread, staff: Staff, now: datetime, seed: str) -> None:
        self.written = written
        self.staff = staff
        self.rng = Random(seed)  # noqa: S311 - a demo, not a secret
        self.hours = Hours(self.rng, now)
        self.seed = seed

    def play(self, days_ago: float | None = None) -> ThreadScene:
        """Return the scene, asked so many days ago or when its text says."""
        written = self.written
        asker = self._person(written.key, written.asker)
        at = self._asked_at(days_ago)
        thread = ThreadScene(
            written.key,
            written.title,
            written.system,
            list(dict.fromkeys(canonical(tag) for tag in written.tags)),
            scenes.question(written.body, asker, at),
        )
        self._answer(thread)
        self._comment(thread.question, written.comments, asker)
        self._react_to_question(thread)
        self._close(thread)
        self._follow(thread)
        thread.views = self._views(thread)
        return thread

    def _asked_at(self, days_ago: float | None) -> datetime:
        happenings = read("happenings")
        key = self.written.key
        if days_ago is not None:
            return self._on_day(days_ago)
        if minutes := happenings["minutes_ago"].get(key):
            return self.hours.minutes_ago(minutes)
        if month := happenings["month"].get(key):
            return self._on_day(self.hours.in_month(month))
        newer = 1.6 if self.written.answers else 3
        return self._on_day(2 + (SPAN_DAYS - 4) * self.rng.random() ** newer)

    def _on_day(self, days_ago: float) -> datetime:
        written = self.written
        at_night = BY_NIGHT.search(written.title + written.body) is not None
        return self.hours.asked(days_ago, written.asker, at_night=at_night)

    def _person(
        self, place: str, profession: str, *, helpful: bool = False, but: Iterable[int] = ()
    ) -> Colleague:
        happenings = read("happenings")
        if place in happenings["by"] and self.seed == self.written.key:
            return self.staff.named[happenings["by"][place]]
        at = happenings["works_at"].get(place, "")
        return self.staff.draw(self.rng, profession, at=at, helpful=helpful, but=but)

    def _answer(self, thread: ThreadScene) -> None:
        previous, spoken = thread.question.at, [thread.question.author.id]
        wait = self.rng.choice([15, 45, 120, 400, 1500])
        for number, written in enumerate(self.written.answers, start=1):
            place = f"{self.written.key}#{number}"
            author = self._person(place, written.by, helpful=True, but=spoken)
            after = self._weeks_later(place, previous)
            previous = self.hours.later(after, wait, author.profession)
            answer = scenes.answer(written.text, author, previous)
            spoken.append(author.id)
            thread.answers.append(answer)
            self._comment(answer, written.comments, thread.question.author)
            self._react_to_answer(answer, written)
            self._judge(thread, answer, written)
            wait *= self.rng.choice([2, 5, 12])

    def _weeks_later(self, place: str, previous: datetime) -> datetime:
        """Let an answer that looks back on the others come when there is something to see."""
        weeks = timedelta(weeks=read("happenings")["weeks_later"].get(place, 0))
        return min(previous + weeks, previous + (self.hours.now - previous) * 0.6)

    def _comment(self, post: PostScene, texts: tuple[str, ...], asker: Colleague) -> None:
        previous, spoken = post.at, [post.author.id, asker.id]
        for text in texts:
            is_thanks = THANKS.search(text) and asker.id != post.author.id
            if is_thanks and spoken.count(asker.id) == 1:
                author = asker
            else:
                author = self.staff.draw(self.rng, self.rng.choice(READERS), but=spoken)
            previous = self.hours.later(previous, 240, author.profession)
            spoken.append(author.id)
            post.comments.append(scenes.comment(text, author, previous))

    def _react_to_answer(self, answer: PostScene, written: WrittenAnswer) -> None:
        kinds = [HELPED] * written.helped + [FAILED] * written.failed
        self._vote(answer, kinds, {answer.author.id})

    def _react_to_question(self, thread: ThreadScene) -> None:
        post = thread.question
        good = min(round(self.written.same_problem * self.rng.uniform(0.2, 0.8)), 20)
        self._vote(post, [SAME] * self.written.same_problem, {post.author.id})
        self._vote(post, [GOOD] * good, {post.author.id})

    def _vote(self, post: PostScene, kinds: list[str], but: set[int]) -> None:
        """Half of the votes come within days, the others while the post is found and read."""
        people = self.staff.draw_many(self.rng, len(kinds), but=but)
        for person, kind in zip(people, kinds, strict=True):
            minutes = self.rng.choice([180, DAY, 5 * DAY, 60 * DAY])
            post.votes.append(Vote(kind, person.id, self.hours.later(post.at, minutes)))

    def _judge(self, thread: ThreadScene, answer: PostScene, written: WrittenAnswer) -> None:
        if written.accepted:
            answer.accepted_at = self.hours.later(answer.at, self.rng.choice([20, 90, 600]))
        if written.confirmed:
            reviewer = self.staff.reviewer(self.rng, but=answer.author.id)
            at = self.hours.later(answer.accepted_at or answer.at, 3 * DAY, reviewer.profession)
            answer.confirmed = (reviewer, at)

    def _close(self, thread: ThreadScene) -> None:
        written = self.written
        if not written.closed and not written.duplicate_of:
            return
        by = self.staff.reviewer(self.rng)
        if written.closed and thread.answers and thread.answers[-1].author in self.staff.reviewers:
            by = thread.answers[-1].author
        latest = max(post.at for post, _ in thread.posts())
        at = self.hours.later(latest, 300 if written.duplicate_of else 4 * DAY, by.profession)
        reason = "duplicate" if written.duplicate_of else REASONS[written.closed]
        thread.closure = ClosureScene(by, at, reason, written.duplicate_of)

    def _follow(self, thread: ThreadScene) -> None:
        for post, parent in thread.posts():
            if parent is None:
                thread.follows.setdefault(post.author.id, post.at)
        for vote in thread.question.votes:
            if vote.kind == SAME and self.rng.random() < 0.4:
                thread.follows.setdefault(vote.person_id, vote.at)

    def _views(self, thread: ThreadScene) -> int:
        age = self.hours.now - thread.question.at
        votes = sum(len(post.votes) for post, _ in thread.posts())
        if age < timedelta(days=2):
            return round(3 + votes * 1.5 + age.total_seconds() / 1500)
        return round((12 + votes * 7) * self.rng.uniform(0.7, 1.9))
