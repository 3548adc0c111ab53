"""What happens to threads. Every fact carries the thread's question and the post."""

from dataclasses import dataclass
from datetime import datetime

from midtlink.events import Event


@dataclass(frozen=True, kw_only=True)
class PostEvent(Event):
    """Something happened to a post of a thread."""

    question_id: int
    post_id: int


class QuestionAsked(PostEvent):
    """A question was asked."""


class AnswerGiven(PostEvent):
    """An answer was given."""


class CommentMade(PostEvent):
    """A comment was made on a question or an answer."""


@dataclass(frozen=True, kw_only=True)
class PostEdited(PostEvent):
    """A post got a new revision."""

    revision_number: int


@dataclass(frozen=True, kw_only=True)
class EditSuggested(PostEvent):
    """Somebody who may not edit suggested an edit."""

    suggestion_id: int


@dataclass(frozen=True, kw_only=True)
class SuggestionDecided(PostEvent):
    """A suggested edit was taken or turned down."""

    suggestion_id: int
    is_accepted: bool


@dataclass(frozen=True, kw_only=True)
class ReactionSet(PostEvent):
    """A person voted, or has the same problem."""

    kind: str
    reaction_id: int
    #: Who voted for an answer has said to have the question's problem too.
    has_problem: bool = False


@dataclass(frozen=True, kw_only=True)
class ReactionWithdrawn(PostEvent):
    """A person took a vote back."""

    kind: str
    reaction_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(PostEvent):
    """The asker, or IT for an absent asker, chose an answer."""

    acceptance_id: int


@dataclass(frozen=True, kw_only=True)
class AcceptanceEnded(PostEvent):
    """The choice of an answer was taken back or moved to another one."""

    acceptance_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerConfirmed(PostEvent):
    """IT stands behind an answer."""

    confirmation_id: int


@dataclass(frozen=True, kw_only=True)
class ConfirmationWithdrawn(PostEvent):
    """IT no longer stands behind an answer."""

    confirmation_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionClosed(PostEvent):
    """A question stopped taking answers."""

    closure_id: int
    reason: str
    duplicate_of_id: int | None = None


class QuestionReopened(PostEvent):
    """A question takes answers again."""


class PostDeleted(PostEvent):
    """A post was deleted; its author may take that back."""


class PostUndeleted(PostEvent):
    """A deletion was taken back."""


@dataclass(frozen=True, kw_only=True)
class PostHidden(PostEvent):
    """A post was hidden from members."""

    because: str


@dataclass(frozen=True, kw_only=True)
class HidingChanged(PostEvent):
    """A post stays hidden, but for another reason: others may read it than before."""

    because: str | None


class PostRestored(PostEvent):
    """A hidden post may be seen again."""


class PostRedacted(PostEvent):
    """A post's text was removed for ever."""


@dataclass(frozen=True, kw_only=True)
class FlagRaised(PostEvent):
    """A colleague reported a post."""

    flag_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class FlagDecided(PostEvent):
    """A moderator decided a report."""

    flag_id: int
    is_upheld: bool


class QuestionFollowed(PostEvent):
    """A person follows a question."""


class QuestionUnfollowed(PostEvent):
    """A person no longer follows a question."""


@dataclass(frozen=True, kw_only=True)
class PeopleMentioned(PostEvent):
    """A post names colleagues, super-users or a department that it did not name before."""

    mention_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class GuardOverruled(PostEvent):
    """An author said of a number that it is not a CPR number. The number itself is not kept."""

    field: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Imported(Event):
    """A batch of posts was brought in or changed at once; nobody is notified of it."""

    origin: str
    post_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ImportDropped(Event):
    """Imported posts that their source no longer has are about to leave the database.

    Whoever keeps rows of their own on them drops those now; the posts can still be read.
    """

    origin: str
    post_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ThreadsVisited(Event):
    """People looked at threads: the person's id, the question's and when. In no journal."""

    visits: tuple[tuple[int, int, datetime], ...]
