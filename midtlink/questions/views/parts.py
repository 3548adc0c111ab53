"""Posts as a page shows them: each with what the reader has done and may do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from midtlink.moderation import policy as moderation
from midtlink.people.models import Person
from midtlink.questions import forms, policy
from midtlink.questions.models import ANSWER, COMMENT, QUESTION, Answer, Post, Question
from midtlink.questions.queries import Thread, page_of
from midtlink.questions.queries.threads import ANSWERS_SHOWN
from midtlink.questions.rules import DAILY_VOTES

EVERY = (QUESTION, ANSWER, COMMENT)
#: What a page may offer, and on which kinds of post. Choosing and closing depend on more: below.
CHECKS = {
    "edit": (policy.may_edit, EVERY),
    "suggest": (policy.may_suggest, (QUESTION, ANSWER)),
    "comment": (policy.may_comment, (QUESTION, ANSWER)),
    "react": (policy.may_react, (QUESTION, ANSWER)),
    "vote": (policy.may_vote, (QUESTION, ANSWER)),
    "withdraw": (policy.may_withdraw_reaction, (QUESTION, ANSWER)),
    "confirm": (policy.may_confirm, (ANSWER,)),
    "follow": (policy.may_follow, (QUESTION,)),
    "flag": (policy.may_flag, EVERY),
    "delete": (policy.may_delete, EVERY),
    "undelete": (policy.may_undelete, EVERY),
    "hide": (moderation.may_hide, EVERY),
    "restore": (moderation.may_restore, EVERY),
    "redact": (moderation.may_redact, EVERY),
}


@dataclass(frozen=True, kw_only=True)
class PostView:
    """A post and its reader."""

    post: Post
    may: dict[str, bool]
    is_shown: bool
    sees_failed: bool
    is_chosen: bool
    mine: Collection[str]
    comments: Sequence["PostView"] = ()
    flags: int = 0
    #: A colleague wrote it since the reader's last visit.
    is_new: bool = False

    @property
    def hidden_words(self) -> str:
        """Say why the post is hidden."""
        because = self.post.hidden_because or ""
        return str(forms.HIDDEN_WORDS.get(because, forms.HIDDEN_BY_MODERATOR))

    def may_press(self, kind: str) -> bool:
        """Say whether the reader may set a reaction, or take back what they have set."""
        may = self.may["vote" if kind in DAILY_VOTES else "react"]
        return may or (kind in self.mine and self.may["withdraw"])


def view_of(
    post: Post,
    person: Person,
    *,
    mine: Collection[str] = (),
    acceptable: Collection[int] = (),
    comments: Sequence[PostView] = (),
    flags: int = 0,
    knows_topic: bool = False,
) -> PostView:
    """Return a post as the person sees it."""
    is_shown = policy.may_read(person, post) and post.redacted_at is None
    return PostView(
        post=post,
        may=permissions(person, post, acceptable, knows_topic=knows_topic),
        is_shown=is_shown,
        sees_failed=policy.may_see_failed(person, post),
        is_chosen=post.id == post.question.accepted_answer_id,
        mine=mine,
        comments=comments,
        flags=flags,
        is_new=is_shown and _is_new(post, person),
    )


def views_of(thread: Thread, person: Person) -> list[PostView]:
    """Return the thread's question and its answers, each with its comments."""

    def view(post: Post) -> PostView:
        return view_of(
            post,
            person,
            mine=thread.reactions.get(post.id, ()),
            acceptable=thread.acceptable,
            comments=[view(each) for each in thread.comments.get(post.id, ())],
            flags=thread.flag_counts.get(post.id, 0),
            knows_topic=thread.knows_topic,
        )

    return [view(thread.question), *(view(answer) for answer in thread.answers.rows)]


def _is_new(post: Post, person: Person) -> bool:
    since = post.question.new_since
    return since is not None and post.created_at > since and post.author_id != person.id


def permissions(
    person: Person, post: Post, acceptable: Collection[int] = (), *, knows_topic: bool = False
) -> dict[str, bool]:
    """Return what the person may do with the post, by the same functions as the verbs."""
    may = {
        name: post.kind in kinds and check(person, post) for name, (check, kinds) in CHECKS.items()
    }
    is_chosen = isinstance(post, Answer) and post.id == post.question.accepted_answer_id
    may["accept"] = (
        policy.may_withdraw_acceptance(person, post.question)
        if is_chosen
        else post.id in acceptable
    )
    may["hide"] = may["hide"] and post.hidden_at is None
    may["restore"] = may["restore"] and post.hidden_at is not None
    may["redact"] = may["redact"] and post.redacted_at is None
    is_open = isinstance(post, Question) and post.is_open
    may["close"] = is_open and policy.may_close(person, post)
    may["close_as_duplicate"] = is_open and policy.may_close_as_duplicate(
        person, post, knows_topic=knows_topic
    )
    may["reopen"] = post.kind == QUESTION and not is_open and policy.may_reopen(person, post)
    return may


def address(question: Question, *, seen_by: Person) -> str:
    """Return the address of a question; its title stands in it for those who may read it."""
    words = question.slug if policy.may_read(seen_by, question) else "-"
    return f"/q/{question.id}/{words}"


def anchor(post: Post, *, seen_by: Person) -> str:
    """Return the address of a post inside its thread, on the page that shows it."""
    question = post.question
    answer = post.parent if post.kind == COMMENT else post
    page = None
    if isinstance(answer, Answer) and question.answer_count > ANSWERS_SHOWN:
        page = page_of(answer, seen_by=seen_by)
    place = f"?efter={page}" if page else ""
    return f"{address(question, seen_by=seen_by)}{place}#post-{post.id}"
