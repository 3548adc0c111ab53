"""Turning scenes into rows, with counters and status that agree with them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, func, insert, select, text

from midtlink.demo.scenes import PostScene, ThreadScene
from midtlink.extensions import db
from midtlink.questions import rules
from midtlink.questions.models import QUESTION, Post, Question, question_tags
from midtlink.questions.records import (
    SAME,
    Acceptance,
    Closure,
    Confirmation,
    QuestionFollow,
    Reaction,
    Revision,
)
from midtlink.topics.models import System, Tag
from midtlink.topics.rules import fold


def table(model: Any) -> Table:
    """Return a model's table."""
    return cast(Table, model.__table__)


class Rows:
    """Rows by table, gathered from scenes and written at once."""

    def __init__(self) -> None:
        self.rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
        self.system_ids = _ids(System.slug, System.id)
        self.tag_ids = _ids(Tag.name, Tag.id)

    def add(self, threads: Iterable[ThreadScene], known: dict[str, int]) -> list[int]:
        """Gather the threads' rows and return the ids of their posts.

        `known` maps the keys of threads to the ids of their questions; it is filled here, and
        tells a duplicate its original.
        """
        threads = list(threads)
        posts = sorted((post for each in threads for post, _ in each.posts()), key=_moment)
        for post, post_id in zip(posts, _take_post_ids(len(posts)), strict=True):
            post.id = post_id
        known |= {each.key: each.question.id for each in threads}
        for thread in threads:
            self._add_thread(thread, known)
        return [post.id for post in posts]

    def write(self) -> None:
        """Insert everything, posts in the order of their ids and before what points at them."""
        self.rows[table(Post)].sort(key=lambda row: row["id"])
        first = [table(Post), table(Question)]
        for each in [*first, *(other for other in self.rows if other not in first)]:
            if self.rows[each]:
                db.session.execute(insert(each), self.rows[each])
        self.rows.clear()

    def _add_thread(self, thread: ThreadScene, known: dict[str, int]) -> None:
        for post, parent in thread.posts():
            self._add_post(thread, post, parent)
        self._add_question(thread)
        self._add_judgements(thread)
        if thread.closure:
            closure = thread.closure
            self.rows[table(Closure)].append(
                {
                    "question_id": thread.question.id,
                    "reason": closure.reason,
                    "duplicate_of_id": known.get(closure.original),
                    "by_id": closure.by.id,
                    "closed_at": closure.at,
                }
            )
        self.rows[table(QuestionFollow)] += [
            {"person_id": person_id, "question_id": thread.question.id, "followed_at": at}
            for person_id, at in thread.follows.items()
        ]

    def _add_post(self, thread: ThreadScene, post: PostScene, parent: PostScene | None) -> None:
        is_question = post.kind == QUESTION
        row = post.row()
        row["thread_id"] = None if is_question else thread.question.id
        row["parent_id"] = parent.id if parent else None
        self.rows[table(Post)].append(row)
        words = {"title": thread.title, "tags": " ".join(sorted(thread.tags))}
        self.rows[table(Revision)] += post.revisions(words if is_question else {})
        self.rows[table(Reaction)] += [
            {"post_id": post.id, "person_id": vote.person_id, "kind": vote.kind, "set_at": vote.at}
            for vote in post.votes
        ]
        for of, column, facts in post.records:
            self.rows[of].append({column: post.id} | facts)

    def _add_question(self, thread: ThreadScene) -> None:
        post, closure = thread.question, thread.closure
        answers = [each for each in thread.answers if each.is_visible]
        accepted = next((each for each in answers if each.accepted_at), None)
        self.rows[table(Question)].append(
            {
                "id": post.id,
                "title": thread.title,
                "title_key": fold(thread.title),
                "system_id": self.system_ids.get(thread.system),
                "department_id": post.author.department_id,
                "status": rules.status(
                    is_closed=closure is not None,
                    is_solved=accepted is not None,
                    answer_count=len(answers),
                ),
                "answer_count": len(answers),
                "same_count": sum(vote.kind == SAME for vote in post.votes),
                "view_count": thread.views,
                "active_at": max(each.edit.get("made_at", each.at) for each, _ in thread.posts()),
                "closed_at": closure.at if closure else None,
                "accepted_answer_id": accepted.id if accepted else None,
            }
        )
        tag_ids = dict.fromkeys(self.tag_ids[name] for name in thread.tags)
        self.rows[question_tags] += [{"question_id": post.id, "tag_id": each} for each in tag_ids]

    def _add_judgements(self, thread: ThreadScene) -> None:
        for answer in thread.answers:
            if answer.accepted_at:
                self.rows[table(Acceptance)].append(
                    {
                        "question_id": thread.question.id,
                        "answer_id": answer.id,
                        "by_id": thread.question.author.id,
                        "accepted_at": answer.accepted_at,
                    }
                )
            if answer.confirmed:
                by, at = answer.confirmed
                row = {"answer_id": answer.id, "by_id": by.id, "confirmed_at": at}
                self.rows[table(Confirmation)].append(row)


def _ids(name: Any, id_: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(select(name, id_))}


def _moment(post: PostScene) -> datetime:
    return post.at


def _take_post_ids(number: int) -> range:
    """Return the next ids of posts; on PostgreSQL the sequence moves past them."""
    if not number:
        return range(0)
    if db.session.connection().dialect.name == "postgresql":
        after = text(
            "SELECT setval(sequence, nextval(sequence) + :more) FROM"
            " (SELECT pg_get_serial_sequence('posts', 'id')::regclass AS sequence) AS named"
        )
        last = db.session.execute(after, {"more": number - 1}).scalar_one()
        return range(last - number + 1, last + 1)
    largest = db.session.scalar(select(func.max(Post.id))) or 0
    deleted = db.session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'posts'")) or 0
    first = max(largest, deleted) + 1
    return range(first, first + number)
