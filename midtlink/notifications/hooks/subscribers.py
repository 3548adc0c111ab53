"""Which facts of the other domains hooks are told of. All join the transaction of the fact."""

from dataclasses import fields

from sqlalchemy import or_, update

from midtlink import clock
from midtlink.events import on
from midtlink.extensions import db
from midtlink.notifications.hooks.rules import AWAY
from midtlink.notifications.hooks.telling import Happening, ended, tell
from midtlink.notifications.records import DROPPED, WAITING, Delivery
from midtlink.questions import events as facts

TOLD_AS: dict[type[facts.PostEvent], str] = {
    facts.QuestionAsked: "question.asked",
    facts.AnswerGiven: "answer.given",
    facts.CommentMade: "comment.made",
    facts.AnswerAccepted: "answer.accepted",
    facts.AnswerConfirmed: "answer.confirmed",
    facts.AcceptanceEnded: "answer.unmarked",
    facts.ConfirmationWithdrawn: "answer.unmarked",
    facts.QuestionClosed: "question.closed",
    facts.QuestionReopened: "question.reopened",
    facts.PostEdited: "post.edited",
    facts.PostHidden: "post.hidden",
    facts.PostDeleted: "post.hidden",
    facts.PostRestored: "post.restored",
    facts.PostUndeleted: "post.restored",
    facts.PostRedacted: "post.removed",
}
#: What is said of a fact beside its thread and post. Who did it stays in the house.
SAID = ("acceptance_id", "confirmation_id", "closure_id", "revision_number")


@on(*TOLD_AS)
def tell_hooks(fact: facts.PostEvent) -> None:
    """Let the hooks be told that want to know."""
    said = {each.name: getattr(fact, each.name) for each in fields(fact) if each.name in SAID}
    tell(Happening(TOLD_AS[type(fact)], fact.question_id, fact.post_id, said))


@on(facts.PostRedacted)
def forget_waiting(fact: facts.PostRedacted) -> None:
    """Tell nobody any more of a text that is gone for ever, or of what hangs under it."""
    about = or_(Delivery.post_id == fact.post_id, Delivery.question_id == fact.post_id)
    waiting = update(Delivery).where(Delivery.state == WAITING, Delivery.event.not_in(AWAY), about)
    db.session.execute(waiting.values(ended(clock.now(), DROPPED, "gone")))
