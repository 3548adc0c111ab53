"""Which facts of the other domains give or take points."""

from typing import Any

from sqlalchemy import select

from midtlink.events import on
from midtlink.extensions import db
from midtlink.people.events import PeopleDropped
from midtlink.questions import events as facts
from midtlink.questions.models import COMMENT, Post
from midtlink.questions.records import WRONG as SAID_WRONG
from midtlink.questions.records import Acceptance, Flag, SuggestedEdit
from midtlink.reputation import rules
from midtlink.reputation.badges import subscribers as badges
from midtlink.reputation.forgetting import forget_people
from midtlink.reputation.ledger.crediting import credit_posts, drop_posts
from midtlink.reputation.ledger.recording import record
from midtlink.reputation.ledger.sources import source_of
from midtlink.reputation.ledger.stored_book import lock_colleagues
from midtlink.reputation.ledger.topic_standing import TAG, derive_standings, derive_thread_standings
from midtlink.reputation.models import AWAY, BACK, ERASED, SET, WITHDRAWN, Fact, RuleChange
from midtlink.reputation.thanks import drop_thanks, forget_messages
from midtlink.settings.events import SettingChanged
from midtlink.settings.models import SettingRow
from midtlink.settings.queries import parsed
from midtlink.topics.events import SynonymAdded, SynonymRemoved, TagsMerged
from midtlink.topics.models import TopicStanding

__all__ = ["badges"]  # Listens too, as soon as it is imported.

#: The reactions that are worth something.
VOTES = (rules.HELPED, rules.GOOD)


@on(facts.ReactionSet)
def credit_vote(fact: facts.ReactionSet) -> None:
    """Grant the points of a vote."""
    if fact.kind in VOTES:
        source = source_of("reaction", fact.reaction_id)
        _set(fact, source, fact.kind, has_problem=fact.has_problem)


@on(facts.ReactionWithdrawn)
def take_vote_back(fact: facts.ReactionWithdrawn) -> None:
    """Take back exactly what a vote had granted."""
    if fact.kind in VOTES:
        _end(fact, source_of("reaction", fact.reaction_id))


@on(facts.AnswerAccepted)
def credit_acceptance(fact: facts.AnswerAccepted) -> None:
    """Grant the points of a chosen answer, to helper and asker."""
    _set(fact, source_of("acceptance", fact.acceptance_id), rules.ACCEPTED)


@on(facts.AcceptanceEnded)
def take_acceptance_back(fact: facts.AcceptanceEnded) -> None:
    """Take back what the choice had granted."""
    row = db.session.get_one(Acceptance, fact.acceptance_id)
    _end(fact, source_of("acceptance", row.id, row.origin, row.answer_id))


@on(facts.AnswerConfirmed)
def credit_confirmation(fact: facts.AnswerConfirmed) -> None:
    """Grant the points of IT's confirmation."""
    _set(fact, source_of("confirmation", fact.confirmation_id), rules.CONFIRMED)


@on(facts.ConfirmationWithdrawn)
def take_confirmation_back(fact: facts.ConfirmationWithdrawn) -> None:
    """Take back what the confirmation had granted."""
    _end(fact, source_of("confirmation", fact.confirmation_id))


@on(facts.SuggestionDecided)
def credit_edit(fact: facts.SuggestionDecided) -> None:
    """Grant the points of an edit that was taken over, to the one who suggested it."""
    suggestion = db.session.get_one(SuggestedEdit, fact.suggestion_id)
    if fact.is_accepted:
        source = source_of("suggestion", suggestion.id)
        _set(fact, source, rules.EDIT, helper_id=suggestion.by_id)


@on(facts.FlagDecided)
def note_wrong(fact: facts.FlagDecided) -> None:
    """Take points for a text that a moderator found wrong."""
    flag = db.session.get_one(Flag, fact.flag_id)
    post = _post(fact)
    if fact.is_upheld and flag.reason == SAID_WRONG and post.kind != COMMENT:
        _set(fact, source_of("flag", flag.id), rules.WRONG)


@on(facts.PostDeleted, facts.PostUndeleted, facts.PostHidden, facts.PostRestored)
def follow_visibility(fact: facts.PostEvent) -> None:
    """Suspend what a post has given while nobody sees it, and return it afterwards."""
    post = _post(fact)
    if _has_given(post):
        record(BACK if post.is_visible else AWAY, post, actor_id=fact.by_id)


@on(facts.PostRedacted)
def forget_erased(fact: facts.PostRedacted) -> None:
    """End what a text has given that is gone for ever; its topics and its thanks' words go too."""
    post = _post(fact)
    if _has_given(post):
        record(ERASED, post, actor_id=fact.by_id)
    forget_messages(post.id)
    derive_thread_standings(fact.question_id)


@on(facts.PostEdited)
def move_topics(fact: facts.PostEdited) -> None:
    """Let standings follow when a question is about something else now."""
    if fact.post_id == fact.question_id:
        derive_thread_standings(fact.question_id)


@on(TagsMerged, SynonymAdded, SynonymRemoved)
def join_topics(fact: TagsMerged | SynonymAdded | SynonymRemoved) -> None:
    """Let standings follow when tags become one."""
    ids = {fact.tag_id, getattr(fact, "merged_id", fact.tag_id)}
    of_tags = TopicStanding.kind == TAG, TopicStanding.topic_id.in_(ids)
    people = set(db.session.scalars(select(TopicStanding.person_id).where(*of_tags)))
    lock_colleagues(people)
    derive_standings(people)


@on(facts.Imported)
def credit_imported(fact: facts.Imported) -> None:
    """Give a batch's history its points by the same rules."""
    credit_posts(fact.post_ids)


@on(facts.ImportDropped)
def take_dropped_back(fact: facts.ImportDropped) -> None:
    """Take back what posts gave that leave the database."""
    drop_posts(fact.post_ids)
    drop_thanks(fact.post_ids)


@on(PeopleDropped)
def forget_dropped_people(fact: PeopleDropped) -> None:
    """Forget what people were granted who leave the database."""
    forget_people(fact.person_ids)


@on(SettingChanged)
def date_rule(fact: SettingChanged) -> None:
    """Keep from when on a rule was worth something else, so that a replay knows it."""
    if fact.key in rules.DEFAULTS:
        row = db.session.get_one(SettingRow, fact.key)
        change = RuleChange(
            setting=fact.key,
            value=parsed(row),
            changed_at=row.changed_at,
            changed_by_id=fact.by_id,
        )
        db.session.add(change)


def _post(fact: facts.PostEvent) -> Post:
    return db.session.get_one(Post, fact.post_id)


def _set(fact: facts.PostEvent, source: str, subject: str, **about: Any) -> None:
    """Grant what a source gives; it does not count for a text that nobody sees, now or ever."""
    post = _post(fact)
    record(SET, post, source=source, subject=subject, actor_id=fact.by_id, **about)
    if post.redacted_at is not None:
        record(ERASED, post, actor_id=fact.by_id)
    elif not post.is_visible:
        record(AWAY, post, actor_id=fact.by_id)


def _end(fact: facts.PostEvent, source: str) -> None:
    record(WITHDRAWN, _post(fact), source=source, actor_id=fact.by_id)


def _has_given(post: Post) -> bool:
    given = select(Fact.id).where(Fact.post_id == post.id, Fact.source != "").limit(1)
    return db.session.scalar(given) is not None
