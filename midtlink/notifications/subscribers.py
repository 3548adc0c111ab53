"""Which facts of the other domains people are told of. All join the transaction of the fact."""

from collections.abc import Sequence

from sqlalchemy import literal, select

from midtlink.events import on
from midtlink.extensions import db
from midtlink.notifications import audiences, reading
from midtlink.notifications.forgetting import (
    derive_away,
    forget_people,
    forget_posts,
    threads_of,
)
from midtlink.notifications.telling import Hearers, Matter, one, take_back, tell
from midtlink.people.events import PeopleDropped
from midtlink.questions import events as facts
from midtlink.questions.models import Post, Question
from midtlink.questions.records import Flag, SuggestedEdit
from midtlink.questions.rules import DUPLICATE
from midtlink.reputation import events as rewards
from midtlink.reputation.ledger.gathering import parts as batched
from midtlink.reputation.records import BadgeAward
from midtlink.search.events import SavedSearchMatched


@on(facts.QuestionAsked)
def tell_of_question(fact: facts.QuestionAsked) -> None:
    """Tell who follows what the question is about."""
    question = db.session.get_one(Question, fact.question_id)
    _tell(fact, f"question:{fact.question_id}", audiences.of_question(question))


@on(facts.AnswerGiven)
def tell_of_answer(fact: facts.AnswerGiven) -> None:
    """Tell the one who asked, and who follows the thread."""
    question = db.session.get_one(Question, fact.question_id)
    _tell(fact, f"answer:{fact.post_id}", audiences.of_answer(question))


@on(facts.CommentMade)
def tell_of_comment(fact: facts.CommentMade) -> None:
    """Tell who takes part in what was commented on."""
    comment = db.session.get_one(Post, fact.post_id)
    _tell(fact, f"comment:{fact.post_id}", audiences.of_comment(comment))


@on(facts.AnswerAccepted)
def tell_of_acceptance(fact: facts.AnswerAccepted) -> None:
    """Tell the author that the answer was chosen."""
    _tell_author(fact, "accepted", f"accepted:{fact.acceptance_id}")


@on(facts.AcceptanceEnded)
def take_acceptance_back(fact: facts.AcceptanceEnded) -> None:
    """The answer is not the chosen one any more."""
    take_back(f"accepted:{fact.acceptance_id}")


@on(facts.AnswerConfirmed)
def tell_of_confirmation(fact: facts.AnswerConfirmed) -> None:
    """Tell the author that IT stands behind the answer."""
    _tell_author(fact, "confirmed", f"confirmed:{fact.confirmation_id}")


@on(facts.ConfirmationWithdrawn)
def take_confirmation_back(fact: facts.ConfirmationWithdrawn) -> None:
    """IT does not stand behind it any more."""
    take_back(f"confirmed:{fact.confirmation_id}")


@on(facts.PostEdited)
def tell_of_edit(fact: facts.PostEdited) -> None:
    """Tell the author that somebody else changed the text."""
    _tell_author(fact, "edited", f"edited:{fact.post_id}:{fact.revision_number}")


@on(facts.EditSuggested)
def tell_of_suggestion(fact: facts.EditSuggested) -> None:
    """Tell the author that somebody suggests a change."""
    _tell_author(fact, "suggestion", f"suggestion:{fact.suggestion_id}", fact.suggestion_id)


@on(facts.SuggestionDecided)
def tell_of_decision(fact: facts.SuggestionDecided) -> None:
    """Tell who suggested the edit what became of it; nobody needs to decide it any more."""
    take_back(f"suggestion:{fact.suggestion_id}")
    suggestion = db.session.get_one(SuggestedEdit, fact.suggestion_id)
    hearers = [Hearers("suggestion_decided", "suggested", one(suggestion.by_id))]
    _tell(fact, f"decided:{fact.suggestion_id}", hearers, fact.suggestion_id)


@on(facts.QuestionClosed)
def tell_of_closing(fact: facts.QuestionClosed) -> None:
    """Tell who asked and who follows that the question takes no more answers."""
    question = db.session.get_one(Question, fact.question_id)
    kind = "duplicate" if fact.reason == DUPLICATE else "closed"
    _tell(fact, f"closed:{fact.closure_id}", audiences.of_closing(question, kind))


@on(facts.FlagDecided)
def tell_of_flag(fact: facts.FlagDecided) -> None:
    """Tell who reported a text what became of it; that text itself may be gone."""
    flag = db.session.get_one(Flag, fact.flag_id)
    matter = Matter(f"flag:{fact.flag_id}", subject_id=fact.flag_id, actor_id=fact.by_id)
    tell(matter, [Hearers("flag_decided", "reported", one(flag.by_id))])


@on(facts.PeopleMentioned)
def tell_of_mention(fact: facts.PeopleMentioned) -> None:
    """Tell who is named, once for a post."""
    _tell(fact, f"mention:{fact.post_id}", audiences.of_mentions(fact.mention_ids))


@on(rewards.ThanksGiven, rewards.ThanksRestored)
def tell_of_thanks(fact: rewards.ThanksEvent) -> None:
    """Tell the author that the asker says thanks."""
    hearers = [Hearers("thanks", "wrote", one(fact.person_id))]
    _tell(fact, f"thanks:{fact.thanks_id}", hearers, fact.thanks_id)


@on(rewards.ThanksWithdrawn)
def take_thanks_back(fact: rewards.ThanksWithdrawn) -> None:
    """The thanks do not stand any more."""
    take_back(f"thanks:{fact.thanks_id}")


@on(rewards.BadgesAwarded)
def tell_of_badges(fact: rewards.BadgesAwarded) -> None:
    """Tell who won badges."""
    awards = select(BadgeAward).where(BadgeAward.id.in_(fact.award_ids))
    for award in db.session.scalars(awards.order_by(BadgeAward.id)):
        matter = Matter(f"badge:{award.id}", subject_id=award.id)
        tell(matter, [Hearers("badge", "earned", one(award.person_id))])


@on(rewards.BadgesLost)
def take_badges_back(fact: rewards.BadgesLost) -> None:
    """What had won the badges is no longer so."""
    for award_id in fact.award_ids:
        take_back(f"badge:{award_id}")


@on(rewards.BadgeRevoked)
def take_badge_back(fact: rewards.BadgeRevoked) -> None:
    """A moderator took the badge away."""
    take_back(f"badge:{fact.award_id}")


@on(rewards.OwnAwardGiven)
def tell_of_award(fact: rewards.OwnAwardGiven) -> None:
    """Tell who was given one of the hospital's awards."""
    matter = Matter(f"award:{fact.grant_id}", subject_id=fact.grant_id, actor_id=fact.by_id)
    tell(matter, [Hearers("award", "earned", one(fact.person_id))])


@on(rewards.OwnAwardWithdrawn)
def take_award_back(fact: rewards.OwnAwardWithdrawn) -> None:
    """The award was withdrawn."""
    take_back(f"award:{fact.grant_id}")


@on(SavedSearchMatched)
def tell_of_hits(fact: SavedSearchMatched) -> None:
    """Tell who watches a search how much is new; the newest count stands in place of the last."""
    take_back(f"search:{fact.saved_search_id}")
    matter = Matter(f"search:{fact.saved_search_id}", subject_id=fact.saved_search_id)
    tell(matter, [Hearers("saved_search", "searched", one(fact.person_id))], count=fact.count)


@on(facts.ThreadsVisited)
def read_visited(fact: facts.ThreadsVisited) -> None:
    """Who has looked at a thread has read what they were told of it."""
    reading.read_visited(fact.visits)


@on(
    facts.PostHidden,
    facts.PostRestored,
    facts.PostDeleted,
    facts.PostUndeleted,
    facts.PostRedacted,
)
def derive_thread(fact: facts.PostEvent) -> None:
    """Put the notices of the thread away that nobody may read now, or back."""
    derive_away(select(literal(fact.question_id)))


@on(facts.Imported)
def derive_imported(fact: facts.Imported) -> None:
    """An import may hide posts and bring them back."""
    for ids in batched(fact.post_ids):
        derive_away(threads_of(ids))


@on(facts.ImportDropped)
def drop_posts(fact: facts.ImportDropped) -> None:
    """Drop what speaks of posts that leave the database."""
    for ids in batched(fact.post_ids):
        forget_posts(ids)


@on(PeopleDropped)
def drop_people(fact: PeopleDropped) -> None:
    """Drop what was for people who leave the database."""
    for ids in batched(fact.person_ids):
        forget_people(ids)


def _tell(
    fact: facts.PostEvent | rewards.ThanksEvent,
    name: str,
    hearers: Sequence[Hearers],
    subject_id: int | None = None,
) -> None:
    matter = Matter(name, fact.question_id, fact.post_id, subject_id, actor_id=fact.by_id)
    tell(matter, hearers)


def _tell_author(
    fact: facts.PostEvent, kind: str, name: str, subject_id: int | None = None
) -> None:
    post = db.session.get_one(Post, fact.post_id)
    _tell(fact, name, [Hearers(kind, "wrote", one(post.author_id))], subject_id)
