"""After which events, beside new entries in the ledger, somebody's badges wait to be looked at."""

from sqlalchemy import select

from midtlink.events import on
from midtlink.extensions import db
from midtlink.questions import events as facts
from midtlink.questions.models import Post
from midtlink.questions.records import SAME, Closure, Flag
from midtlink.reputation.badges.queueing import queue_people, queue_posts, queue_where
from midtlink.reputation.events import ThanksGiven, ThanksRestored, ThanksWithdrawn
from midtlink.reputation.records import Thanks
from midtlink.topics.events import AppointmentEnded, SuperUserAppointed


@on(facts.QuestionAsked, facts.AnswerGiven, facts.PostEdited)
def check_writer(fact: facts.PostEvent) -> None:
    """Let the one who wrote wait."""
    queue_people([fact.by_id])


@on(facts.ReactionSet, facts.ReactionWithdrawn)
def check_asker(fact: facts.ReactionSet | facts.ReactionWithdrawn) -> None:
    """Let the asker wait whose problem others have too; votes stand in the ledger."""
    if fact.kind == SAME:
        queue_people([db.session.get_one(Post, fact.post_id).author_id])


@on(
    facts.PostDeleted,
    facts.PostUndeleted,
    facts.PostHidden,
    facts.PostRestored,
    facts.PostRedacted,
)
def check_concerned(fact: facts.PostEvent) -> None:
    """Let all wait who had part in a post that comes or goes."""
    queue_posts([fact.post_id])


@on(facts.Imported, facts.ImportDropped)
def check_imported(fact: facts.Imported | facts.ImportDropped) -> None:
    """Let all wait who had part in posts that come or go in bulk."""
    queue_posts(fact.post_ids)


@on(facts.QuestionClosed, facts.QuestionReopened)
def check_closers(fact: facts.QuestionClosed | facts.QuestionReopened) -> None:
    """Let those wait who have closed the question."""
    queue_where(select(Closure.by_id).where(Closure.question_id == fact.question_id).distinct())


@on(facts.FlagDecided)
def check_reporter(fact: facts.FlagDecided) -> None:
    """Let the one wait who reported a post."""
    queue_people([db.session.get_one(Flag, fact.flag_id).by_id])


@on(SuperUserAppointed, AppointmentEnded)
def check_super_user(fact: SuperUserAppointed | AppointmentEnded) -> None:
    """Let the super-user wait."""
    queue_people([fact.person_id])


@on(ThanksGiven, ThanksWithdrawn, ThanksRestored)
def check_thanked(fact: ThanksGiven | ThanksWithdrawn | ThanksRestored) -> None:
    """Let both wait, who thanked and who was thanked."""
    thanks = db.session.get_one(Thanks, fact.thanks_id)
    queue_people([thanks.by_id, thanks.to_id])
