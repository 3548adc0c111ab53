"""Which facts of the other domains change what can be found."""

from sqlalchemy import delete, select, update

from midtlink.events import memo, on
from midtlink.extensions import db
from midtlink.questions import events as facts
from midtlink.questions.models import Question, question_tags
from midtlink.questions.records import PATIENT_DATA
from midtlink.search.forgetting import forget_recent, forget_words_of
from midtlink.search.models import SparedQuestion, Unfound
from midtlink.search.queueing import queue, queue_posts, queue_where
from midtlink.topics.events import SynonymAdded, SynonymRemoved, SystemChanged, TagsMerged

#: What happens to posts without a change of what the index knows of them.
NOT_INDEXED = (
    facts.EditSuggested,
    facts.FlagDecided,
    facts.FlagRaised,
    facts.GuardOverruled,
    facts.QuestionFollowed,
    facts.QuestionUnfollowed,
    facts.SuggestionDecided,
)
WITHDRAWN = (facts.HidingChanged, facts.PostDeleted, facts.PostHidden, facts.PostRedacted)


@on(facts.PostEvent)
def index_thread(fact: facts.PostEvent) -> None:
    """Let the thread wait; what is hidden, deleted or removed is not found from now on."""
    if isinstance(fact, WITHDRAWN):
        queue(fact.question_id, is_withdrawn=True, is_removed=isinstance(fact, facts.PostRedacted))
    elif not isinstance(fact, NOT_INDEXED):
        _queue_once(fact.question_id)


def _queue_once(question_id: int) -> None:
    """Let the thread wait, unless this transaction has said so already."""
    queued = memo().setdefault("queued", set())
    if question_id not in queued:
        queued.add(question_id)
        queue(question_id)


@on(facts.PostHidden, facts.HidingChanged)
def forget_searches_for_hidden(fact: facts.PostHidden | facts.HidingChanged) -> None:
    """Forget who looked for words of a text that may hold a patient's data."""
    if fact.because == PATIENT_DATA:
        forget_words_of(fact.post_id)


@on(facts.PostRedacted)
def forget_searches_for_removed(_fact: facts.PostRedacted) -> None:
    """Forget what may have been a search for a text that is gone by now."""
    forget_recent()


@on(facts.Imported)
def index_imported(fact: facts.Imported) -> None:
    """Let the threads of a batch wait."""
    queue_posts(fact.post_ids)


@on(facts.ImportDropped)
def forget_dropped(fact: facts.ImportDropped) -> None:
    """Find no more, and speak no more of, what an import's source has dropped."""
    queue_posts(fact.post_ids, is_withdrawn=True)
    gone = fact.post_ids
    db.session.execute(delete(SparedQuestion).where(SparedQuestion.question_id.in_(gone)))
    answered = update(Unfound).where(Unfound.question_id.in_(gone))
    db.session.execute(answered.values(question_id=None))


@on(TagsMerged, SynonymAdded, SynonymRemoved)
def index_tagged(fact: TagsMerged | SynonymAdded | SynonymRemoved) -> None:
    """Let the threads wait that are found by a tag's words."""
    ids = {fact.tag_id, getattr(fact, "merged_id", fact.tag_id)}
    queue_where(select(question_tags.c.question_id).where(question_tags.c.tag_id.in_(ids)))


@on(SystemChanged)
def index_system(fact: SystemChanged) -> None:
    """Let the threads wait that are found by a system's name."""
    queue_where(select(Question.__table__.c.id).where(Question.system_id == fact.system_id))
