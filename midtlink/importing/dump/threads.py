"""Put threads together from the rows of a dump."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from midtlink.importing import rules
from midtlink.importing.bulk.wanted import (
    Ref,
    WantedPost,
    WantedReaction,
    WantedRevision,
    WantedThread,
    only_revision,
)
from midtlink.importing.dump.authors import author
from midtlink.importing.dump.revisions import read_revisions
from midtlink.importing.scratch import Scratch, Values
from midtlink.questions.models import ANSWER, COMMENT, QUESTION
from midtlink.questions.records import DOWN, FAILED, GOOD, HELPED
from midtlink.questions.rules import LONGEST_TITLE

KINDS = {rules.QUESTION_TYPE: QUESTION, rules.ANSWER_TYPE: ANSWER}
#: What a vote is here, by the kind of post and whether it is up.
REACTIONS = {
    (QUESTION, True): GOOD,
    (QUESTION, False): DOWN,
    (ANSWER, True): HELPED,
    (ANSWER, False): FAILED,
}
#: The attributes that name a user.
NAMING = ("OwnerUserId", "LastEditorUserId", "UserId")
UNTITLED = "(uden titel)"


@dataclass
class Around:
    """The rows that hang on some threads, and which of the people they name there are."""

    answers: dict[int, list[Values]]
    comments: dict[int, list[Values]]
    votes: dict[int, list[Values]]
    history: dict[int, list[Values]]
    people: set[int]
    has_votes: bool


def read_threads(
    scratch: Scratch, questions: Sequence[Values], *, has_votes: bool
) -> list[WantedThread]:
    """Return the threads of some question rows with all that the dump holds of them."""
    answers = scratch.about("Posts", [row["Id"] for row in questions])
    posts = [*questions, *(row for rows in answers.values() for row in rows)]
    ids = [row["Id"] for row in posts]
    comments, history = scratch.about("Comments", ids), scratch.about("PostHistory", ids)
    votes = scratch.about("Votes", ids)
    named = [*posts, *_all(comments), *_all(history)]
    people = scratch.known("Users", {row[name] for row in named for name in NAMING if name in row})
    around = Around(answers, comments, votes, history, people, has_votes)
    return [_thread(row, around) for row in questions]


def _all(rows: dict[int, list[Values]]) -> Iterator[Values]:
    for each in rows.values():
        yield from each


def _thread(row: Values, around: Around) -> WantedThread:
    question = _post(row, around)
    thread = WantedThread(
        question=question,
        title=rules.cut(row.get("Title", ""), LONGEST_TITLE) or UNTITLED,
        tags=rules.split_tags(row.get("Tags", "")),
        active_at=rules.read_moment(row.get("LastActivityDate") or row["CreationDate"]),
        view_count=max(row.get("ViewCount", 0), 0),
    )
    answers = around.answers.get(row["Id"], [])
    thread.answers = [_post(answer, around) for answer in answers]
    thread.rows["Posts"] = 1 + len(answers)
    for post, each in zip((question, *thread.answers), (row, *answers), strict=True):
        _hang_on(thread, post, each, around)
    _accept(thread, row, around)
    return thread


def _post(row: Values, around: Around) -> WantedPost:
    created_at = rules.read_moment(row["CreationDate"])
    key, name = author(row, "OwnerUserId", "OwnerDisplayName", around.people)
    editor = row.get("LastEditorUserId")
    edited = row.get("LastEditDate")
    return WantedPost(
        kind=KINDS[row["PostTypeId"]],
        key=str(row["Id"]),
        source=row.get("Body", ""),
        source_format="html",
        created_at=created_at,
        parent=(QUESTION, str(row["ParentId"])) if row["PostTypeId"] == rules.ANSWER_TYPE else None,
        author_key=key,
        author_name=name,
        edited_at=rules.read_moment(edited) if edited else None,
        editor_key=str(editor) if editor in around.people else None,
        licence=rules.licence(row.get("ContentLicense"), created_at),
    )


def _hang_on(thread: WantedThread, post: WantedPost, row: Values, around: Around) -> None:
    ref, key = post.ref, row["Id"]
    comments = around.comments.get(key, [])
    for comment in comments:
        remark = _comment(comment, ref, around.people)
        thread.comments.append(remark)
        thread.revisions.append(only_revision(remark))
    thread.rows["Comments"] += len(comments)
    thread.reactions += _reactions(ref, row, around)
    for vote in around.votes.get(key, []):
        if vote["VoteTypeId"] != rules.ACCEPTING:
            thread.rows["Votes"] += 1
    history = [each for each in around.history.get(key, []) if _is_text(each)]
    thread.revisions += read_revisions(history, ref, around.people) or [_first(thread, post)]
    thread.rows["PostHistory"] += len(history)


def _first(thread: WantedThread, post: WantedPost) -> WantedRevision:
    """Return the one revision of a post whose history the dump does not hold."""
    if post.kind == QUESTION:
        return only_revision(post, title=thread.title, tags=" ".join(thread.tags))
    return only_revision(post)


def _is_text(row: Values) -> bool:
    return row["PostHistoryTypeId"] not in (rules.CLOSING, rules.REOPENING)


def _comment(row: Values, parent: Ref, people: set[int]) -> WantedPost:
    created_at = rules.read_moment(row["CreationDate"])
    key, name = author(row, "UserId", "UserDisplayName", people)
    return WantedPost(
        kind=COMMENT,
        key=str(row["Id"]),
        source=row["Text"],
        source_format="markdown",
        created_at=created_at,
        parent=parent,
        author_key=key,
        author_name=name,
        licence=rules.licence(row.get("ContentLicense"), created_at),
        up_count=max(row.get("Score", 0), 0),
    )


def _reactions(ref: Ref, row: Values, around: Around) -> Iterator[WantedReaction]:
    for vote in around.votes.get(row["Id"], []):
        if vote["VoteTypeId"] != rules.ACCEPTING:
            kind = REACTIONS[ref[0], vote["VoteTypeId"] == rules.UP]
            yield WantedReaction(
                ref, str(vote["Id"]), kind, rules.read_moment(vote["CreationDate"])
            )
    # A dump without Votes.xml still says what the votes came to.
    if not around.has_votes:
        score, set_at = row.get("Score", 0), rules.read_moment(row["CreationDate"])
        for number in range(1, abs(score) + 1):
            yield WantedReaction(ref, f"{row['Id']}:{number}", REACTIONS[ref[0], score > 0], set_at)


def _accept(thread: WantedThread, row: Values, around: Around) -> None:
    """The question names its answer; the vote that chose it only tells when."""
    accepted = row.get("AcceptedAnswerId")
    for answer in thread.answers:
        chosen_at = answer.created_at
        for vote in around.votes.get(int(answer.key), []):
            if vote["VoteTypeId"] == rules.ACCEPTING and accepted == int(answer.key):
                chosen_at = rules.read_moment(vote["CreationDate"])
                thread.rows["Votes"] += 1
            elif vote["VoteTypeId"] == rules.ACCEPTING:
                thread.left_out["Votes", "choice of an answer that is not the chosen one"] += 1
        if accepted == int(answer.key) and chosen_at is not None:
            thread.accepted = answer.key, chosen_at
    for vote in around.votes.get(row["Id"], []):
        if vote["VoteTypeId"] == rules.ACCEPTING:
            thread.left_out["Votes", "choice of something that is not an answer"] += 1
