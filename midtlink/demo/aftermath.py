"""What happens to the written threads later: edits, suggestions, flags, what is taken away."""

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any

from midtlink import guarding
from midtlink.demo import scenes
from midtlink.demo.casting import Colleague, Staff
from midtlink.demo.hospital import read
from midtlink.demo.rows import table
from midtlink.demo.scenes import PostScene, ThreadScene
from midtlink.demo.timing import Hours
from midtlink.moderation.hiding import MODERATORS
from midtlink.questions.records import (
    PATIENT_DATA,
    Deletion,
    Flag,
    Hiding,
    SuggestedEdit,
)

DAY = 24 * 60


class Aftermath:
    """Lets happenings.toml happen to the scenes."""

    def __init__(self, threads: Mapping[str, ThreadScene], staff: Staff, now: datetime) -> None:
        self.threads = threads
        self.staff = staff
        self.rng = Random("the aftermath")  # noqa: S311 - a demo, not a secret
        self.hours = Hours(self.rng, now)

    def happen(self) -> None:
        """Change the scenes; their rows must not have been made yet."""
        happenings = read("happenings")
        for row in happenings["edit"]:
            self._edit(row)
        for row in happenings["suggestion"]:
            self._suggest(row)
        for row in happenings["flag"]:
            self._flag(self._post(row), row)
        for row in happenings["gone"]:
            self._take_away(row)

    def _edit(self, row: dict[str, Any]) -> None:
        thread, post = self._thread(row), self._post(row)
        at = self.hours.later(post.at, DAY / 4)
        if row.get("field") == "title":
            by = self.rng.choice(self.staff.moderators)
            post.earlier.append({"title": _replaced(thread.title, row["now"], row["was"])})
        else:
            by = post.author
            post.earlier.append({"source": _replaced(post.source, row["now"], row["was"])})
        guarding.check({"source": str(post.earlier[-1])})
        post.edit = {"summary": row["summary"], "by_id": by.id, "made_at": at}

    def _suggest(self, row: dict[str, Any]) -> None:
        thread, post = self._thread(row), self._post(row)
        by = self.staff.draw(self.rng, row["by"], but=[post.author.id])
        is_question = post is thread.question
        facts = {
            "revision_number": 1 + len(post.earlier),
            "title": thread.title if is_question else "",
            "source": post.source,
            "tags": " ".join(sorted(thread.tags)) if is_question else "",
            "summary": row["summary"],
            "by_id": by.id,
            "suggested_at": self._told_at(post, is_decided="declined" in row),
            "decided_at": None,
            "decided_by_id": None,
            "is_accepted": None,
            "reason": "",
        }
        column = row.get("field", "source")
        facts[column] = _replaced(str(facts[column]), row["was"], row["now"])
        guarding.check({"source": str(facts["source"]), "title": str(facts["title"])})
        if declined := row.get("declined"):
            at = self.hours.later(facts["suggested_at"], DAY)
            facts |= {"decided_at": at, "decided_by_id": post.author.id}
            facts |= {"is_accepted": False, "reason": declined}
        post.records.append((table(SuggestedEdit), "post_id", facts))

    def _flag(self, post: PostScene, row: dict[str, Any]) -> datetime:
        """Raise a flag, decide it if it was, and return when that was done.

        One for patient data hides the post at once, until a moderator has dismissed it.
        """
        by = self.staff.draw(self.rng, row["by"], but=[post.author.id])
        moderator = self.rng.choice(self.staff.moderators)
        is_decided = "decision" in row
        raised_at = self._told_at(post, is_decided=is_decided)
        decided_at = self.hours.later(raised_at, DAY / 3) if is_decided else None
        facts = {
            "reason": row["reason"],
            "note": row["note"],
            "by_id": by.id,
            "raised_at": raised_at,
            "decided_at": decided_at,
            "decided_by_id": moderator.id if is_decided else None,
            "is_upheld": row.get("upheld") if is_decided else None,
            "decision": row.get("decision", ""),
        }
        post.records.append((table(Flag), "post_id", facts))
        if row["reason"] == PATIENT_DATA:
            restored = (decided_at, moderator) if decided_at and not row["upheld"] else None
            self._hide(post, PATIENT_DATA, by, raised_at, restored=restored)
        return decided_at or raised_at

    def _told_at(self, post: PostScene, *, is_decided: bool) -> datetime:
        """Let what nobody has decided yet be of these days."""
        recently = self.hours.minutes_ago(self.rng.uniform(DAY / 12, 4 * DAY))
        if is_decided or recently <= post.at:
            return self.hours.later(post.at, DAY / 2)
        return recently

    def _take_away(self, row: dict[str, Any]) -> None:
        thread = self.threads[row["thread"]]
        post = self._extra_post(thread, row)
        because = row.get("hidden", "")
        if not because:
            at = self.hours.later(post.at, 30)
            deletion = {"by_id": post.author.id, "deleted_at": at}
            post.records.append((table(Deletion), "post_id", deletion))
            post.columns["deleted_at"] = at
            return
        at = self.hours.later(post.at, DAY / 4)
        note = row["note"]
        if because != MODERATORS:
            facts = row | {"by": "lægesekretær", "reason": because}
            at = self._flag(post, facts | ({"upheld": True} if "decision" in row else {}))
            note = row.get("decision", "")
        if because != PATIENT_DATA:
            self._hide(post, MODERATORS, self.rng.choice(self.staff.moderators), at, note)

    def _extra_post(self, thread: ThreadScene, row: dict[str, Any]) -> PostScene:
        spoken = [post.author.id for post, _ in thread.posts()]
        author = self.staff.draw(self.rng, row["by"], but=spoken)
        at = self.hours.later(thread.question.at, 200)
        if row.get("comment"):
            post = scenes.comment(row["text"], author, at)
            thread.question.comments.append(post)
        else:
            post = scenes.answer(row["text"], author, at)
            thread.answers.append(post)
        return post

    def _hide(
        self,
        post: PostScene,
        because: str,
        by: Colleague,
        at: datetime,
        note: str = "",
        restored: tuple[datetime, Colleague] | None = None,
    ) -> None:
        restored_at, restored_by = restored or (None, None)
        facts = {
            "because": because,
            "note": note,
            "by_id": by.id,
            "hidden_at": at,
            "restored_at": restored_at,
            "restored_by_id": restored_by.id if restored_by else None,
        }
        post.records.append((table(Hiding), "post_id", facts))
        if not restored:
            post.columns |= {"hidden_at": at, "hidden_because": because}

    def _thread(self, row: dict[str, Any]) -> ThreadScene:
        return self.threads[row["post"].partition("#")[0]]

    def _post(self, row: dict[str, Any]) -> PostScene:
        return self._thread(row).post(row["post"])


def _replaced(text: str, old: str, new: str) -> str:
    """Return the text with one place changed; the place must be there."""
    if text.count(old) != 1:
        raise ValueError(f"{old!r} stands {text.count(old)} times in {text!r}")
    return text.replace(old, new)
