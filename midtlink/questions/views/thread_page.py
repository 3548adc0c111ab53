"""What stands on the question page, put together from the thread and its reader."""

from dataclasses import dataclass, field

from flask import current_app, request
from flask_babel import gettext as _

from midtlink.markup import plain_text
from midtlink.people.models import Person
from midtlink.questions import forms, policy
from midtlink.questions.models import Question
from midtlink.questions.queries import Thread, surroundings
from midtlink.questions.queries import thread as load_thread
from midtlink.questions.records import Draft
from midtlink.questions.rules import DUPLICATE
from midtlink.questions.views.closure_words import closure_words
from midtlink.questions.views.parts import PostView, address, views_of
from midtlink.questions.views.thanks_parts import ThanksParts
from midtlink.search.finding import find_similar


@dataclass(frozen=True)
class PostForm:
    """A form under a post: what stands in it, whether it stands open, the draft it came from."""

    typed: forms.Typed
    is_open: bool = False
    draft: Draft | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadPage:
    """Everything that the question page shows."""

    thread: Thread
    question: PostView
    answers: list[PostView]
    is_readable: bool
    short_address: str
    may_answer: bool
    answer_form: PostForm
    comment_forms: dict[int, PostForm]
    thanks: ThanksParts
    similar: list[Question]
    older: str | None
    newest: str | None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title, which a hidden question keeps from its author too."""
        is_withheld = not self.is_readable
        return _("Skjult spørgsmål") if is_withheld else self.thread.question.title

    @property
    def new_posts(self) -> list[int]:
        """The ids of what is new on this page since the reader's last visit, from the top."""
        views = [self.question, *self.answers]
        shown = [each for view in views for each in (view, *view.comments)]
        return [each.post.id for each in shown if each.is_new]

    @property
    def is_duplicate(self) -> bool:
        """Another question holds the answers to this one."""
        closure = self.thread.question.closure
        return closure is not None and closure.reason == DUPLICATE

    @property
    def closure_words(self) -> str:
        """Say why the question is closed, and what the one who closed it wrote."""
        closure = self.thread.question.closure
        return closure_words(closure) if closure else ""

    @property
    def short_words(self) -> str:
        """The short address as it is said."""
        return without_scheme(self.short_address)

    def comment_form(self, post_id: int) -> PostForm:
        """Return the form for a comment on a post."""
        return self.comment_forms.get(post_id) or PostForm(forms.Typed({}))


def thread_page(
    question: Question,
    person: Person,
    *,
    cursor: str | None = None,
    answer: forms.Typed | None = None,
    comment: tuple[int, forms.Typed] | None = None,
    thanks: tuple[int, forms.Typed] | None = None,
) -> ThreadPage:
    """Put the page together; `answer`, or `comment` or `thanks` with its post's id, was refused."""
    thread = load_thread(question, seen_by=person, cursor=cursor)
    first, *answers = views_of(thread, person)
    drafts = surroundings.drafts_in_thread(person, question)
    following = thread.answers.next_cursor
    return ThreadPage(
        thread=thread,
        question=first,
        answers=answers,
        is_readable=policy.may_read(person, question),
        short_address=short_address(question),
        may_answer=policy.may_answer(person, question),
        answer_form=_answer_form(answer, drafts.get(("answer", question.id))),
        comment_forms=_comment_forms(drafts, comment),
        thanks=ThanksParts(thread, person, thanks),
        similar=_similar(thread, person),
        older=f"?efter={following}#answers" if following else None,
        newest=address(question, seen_by=person) if cursor else None,
        errors=_errors(answer, {"comment": comment, "thanks": thanks}),
    )


def short_address(question: Question) -> str:
    """Return the address that can be said on the phone."""
    base = current_app.config["BASE_URL"] or request.host_url
    return f"{base.rstrip('/')}/s/{question.id}"


def without_scheme(address: str) -> str:
    """Return an address without https://, which nobody says or types."""
    return address.partition("://")[2]


def _similar(thread: Thread, person: Person) -> list[Question]:
    """Return threads like this one, but for those that are known to be the same."""
    question = thread.question
    if question.hidden_at is not None or not policy.may_read(person, question):
        return []
    same = {each.id for each in (question, thread.original, *thread.duplicates) if each}
    return find_similar(question.title, plain_text(question.html), by=person, but_not=same)


def _answer_form(refused: forms.Typed | None, draft: Draft | None) -> PostForm:
    if refused is not None:
        return PostForm(refused, is_open=True)
    return PostForm(forms.Typed({"body": draft.source if draft else ""}), draft=draft)


def _comment_forms(
    drafts: dict[tuple[str, int], Draft], refused: tuple[int, forms.Typed] | None
) -> dict[int, PostForm]:
    opened = {
        about_id: PostForm(forms.Typed({"body": draft.source}), is_open=True, draft=draft)
        for (kind, about_id), draft in drafts.items()
        if kind == "comment"
    }
    if refused is not None:
        opened[refused[0]] = PostForm(refused[1], is_open=True)
    return opened


def _errors(
    answer: forms.Typed | None, others: dict[str, tuple[int, forms.Typed] | None]
) -> dict[str, str]:
    """Return the errors by the field's id on this page, where every post has its own fields."""
    errors = dict(answer.errors) if answer else {}
    for kind, refused in others.items():
        if refused is not None:
            post_id, typed = refused
            field = f"{kind}-{post_id}"
            errors |= {field if name else "": text for name, text in typed.errors.items()}
    return errors
