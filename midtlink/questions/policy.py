"""Who may do what in a thread. Nobody (None), or nothing (None), is always a refusal.

Seeing is knowing that a post is there; reading is having its text. Who wrote a hidden post sees
that it is hidden and no more. A post under another one is seen by those who read that other one.
"""

from datetime import datetime, timedelta

from midtlink import clock
from midtlink.access import MODERATOR, REVIEWER
from midtlink.people.models import Person
from midtlink.people.privileges import (
    CLOSE_DUPLICATES,
    EDIT_OTHERS,
    FLAG,
    REVIEW_QUEUES,
    SUGGEST,
    VOTE,
    has_privilege,
)
from midtlink.questions.models import ANSWER, COMMENT, Answer, Post, Question
from midtlink.questions.records import PATIENT_DATA, SuggestedEdit
from midtlink.questions.rules import ALWAYS_REPORTED, DAILY_VOTES, REACTIONS
from midtlink.settings import queries as settings


def may_see(person: Person | None, post: Post | None) -> bool:
    """Say whether the person may know of the post; its text may still be withheld."""
    if person is None or post is None or not person.is_active:
        return False
    own = _reads_itself(person, post) or (_sees_deleted(person, post) and _wrote(person, post))
    return own and all(_reads_itself(person, above) for above in post.ancestors)


def may_read(person: Person | None, post: Post | None) -> bool:
    """Say whether the person may have the post's text."""
    if person is None or post is None or not person.is_active:
        return False
    return all(_reads_itself(person, each) for each in (post, *post.ancestors))


def may_ask(person: Person | None) -> bool:
    """Every colleague may ask."""
    return person is not None and person.is_active


def may_answer(person: Person | None, question: Post | None) -> bool:
    """Every colleague may answer an open question, also the one who asked it."""
    return isinstance(question, Question) and question.is_open and _takes_more(person, question)


def may_comment(person: Person | None, post: Post | None) -> bool:
    """Every colleague may comment on a question or an answer, also in a closed thread."""
    return post is not None and post.kind != COMMENT and _takes_more(person, post)


def may_edit(person: Person | None, post: Post | None) -> bool:
    """Authors edit their own posts, moderators every post, and who has the points those of others.

    A comment is said by one person to another: only these two edit it. What IT has confirmed says
    so to everybody: beside these two only IT changes it.
    """
    if person is None or post is None or post.deleted_at is not None:
        return False
    if _looks_after(person, post):
        return True
    is_shared = post.kind != COMMENT and _takes_more(person, post) and _may_touch(person, post)
    return is_shared and has_privilege(person, EDIT_OTHERS)


def may_suggest(person: Person | None, post: Post | None) -> bool:
    """Whoever may not edit a question or an answer may suggest an edit of it."""
    if post is None or post.kind == COMMENT or may_edit(person, post):
        return False
    return _takes_more(person, post) and has_privilege(person, SUGGEST)


def may_decide(person: Person | None, suggestion: SuggestedEdit | None) -> bool:
    """Author, moderators and who has the points decide a suggested edit, but nobody their own.

    Of what IT has confirmed, only IT beside the first two.
    """
    if person is None or suggestion is None or suggestion.by_id == person.id:
        return False
    post = suggestion.post
    if post.deleted_at is None and _looks_after(person, post):
        return True
    is_open = _takes_more(person, post) and _may_touch(person, post)
    return is_open and has_privilege(person, REVIEW_QUEUES)


def may_react(person: Person | None, post: Post | None, kind: str | None = None) -> bool:
    """Every colleague may react to what others wrote, also in a closed thread.

    A vote asks for points; that one has the same problem is no vote. None: some reaction.
    """
    kinds = _reactions_to(person, post, kind)
    return any(each not in DAILY_VOTES or has_privilege(person, VOTE) for each in kinds)


def may_vote(person: Person | None, post: Post | None) -> bool:
    """Say whether the person may vote for what others wrote, or against it."""
    return any(may_react(person, post, kind) for kind in DAILY_VOTES)


def may_withdraw_reaction(
    person: Person | None, post: Post | None, kind: str | None = None
) -> bool:
    """Everybody takes back what they have set, also who has not the points for it any more."""
    return bool(_reactions_to(person, post, kind))


def may_accept(
    person: Person | None, answer: Post | None, *, asker_acted_at: datetime | None = None
) -> bool:
    """The asker chooses an answer at any time; IT does it for an asker who has been away.

    Away is who has chosen no answer that stands, and has done nothing in the thread (queries
    asker_acted_at) for as long as the setting says, in which the answer was there all the time.
    """
    if person is None or answer is None or answer.kind != ANSWER or not _is_open_to(person, answer):
        return False
    if _wrote(person, answer.question):
        return True
    if asker_acted_at is None or not person.has_role(REVIEWER):
        return False
    limit = clock.now() - timedelta(days=settings.number("accept_for_absent_days"))
    return _is_asker_silent(answer.question) and max(answer.created_at, asker_acted_at) <= limit


def may_withdraw_acceptance(person: Person | None, question: Post | None) -> bool:
    """The asker takes a choice back; IT one that was made for an absent asker."""
    if person is None or not isinstance(question, Question) or not _is_open_to(person, question):
        return False
    if _wrote(person, question):
        return True
    is_for_the_asker = question.acceptance is not None and _is_asker_silent(question)
    return is_for_the_asker and person.has_role(REVIEWER)


def may_confirm(person: Person | None, answer: Post | None) -> bool:
    """IT's reviewers confirm an answer and withdraw that, whoever of them confirmed it."""
    if person is None or answer is None or answer.kind != ANSWER:
        return False
    return person.has_role(REVIEWER) and _is_open_to(person, answer)


def may_close(person: Person | None, question: Post | None) -> bool:
    """The asker, moderators and IT close a question."""
    if person is None or not isinstance(question, Question) or not _is_open_to(person, question):
        return False
    return _wrote(person, question) or person.has_role(MODERATOR, REVIEWER)


def may_close_as_duplicate(
    person: Person | None, question: Post | None, *, knows_topic: bool = False
) -> bool:
    """Who may close a question, and with points whoever knows its topic (queries.knows_topic)."""
    if may_close(person, question):
        return True
    if not isinstance(question, Question) or not _takes_more(person, question):
        return False
    return knows_topic and has_privilege(person, CLOSE_DUPLICATES)


def may_reopen(person: Person | None, question: Post | None) -> bool:
    """Whoever closed a question reopens it; moderators and IT reopen any."""
    if person is None or not isinstance(question, Question) or not _is_open_to(person, question):
        return False
    closure = question.closure
    closed_it = closure is not None and closure.by_id == person.id
    return closed_it or person.has_role(MODERATOR, REVIEWER)


def may_delete(person: Person | None, post: Post | None) -> bool:
    """Authors delete their own posts, but not a question that others can read answers to."""
    if person is None or post is None or post.deleted_at is not None or not _wrote(person, post):
        return False
    is_answered = isinstance(post, Question) and post.answer_count > 0
    return not is_answered and may_see(person, post)


def may_undelete(person: Person | None, post: Post | None) -> bool:
    """Authors and moderators take a deletion back, also one that is taken back already."""
    if person is None or post is None or not may_see(person, post):
        return False
    return _wrote(person, post) or person.has_role(MODERATOR)


def may_flag(person: Person | None, post: Post | None, reason: str = PATIENT_DATA) -> bool:
    """Whoever reads a post may say that something is wrong with it.

    Some reasons ask for points; what may hurt a patient does so of nobody.
    """
    is_open = reason in ALWAYS_REPORTED or has_privilege(person, FLAG)
    return is_open and may_read(person, post)


def may_follow(person: Person | None, question: Post | None) -> bool:
    """Every colleague may follow a question."""
    return isinstance(question, Question) and _is_open_to(person, question)


def may_see_failed(person: Person | None, post: Post | None) -> bool:
    """IT and the author see how often an answer did not work."""
    if person is None or post is None or not may_read(person, post):
        return False
    return _wrote(person, post) or person.has_role(REVIEWER)


def _reactions_to(person: Person | None, post: Post | None, kind: str | None) -> list[str]:
    """Return the reactions that others have to a post, all of them or the one."""
    if person is None or post is None or _wrote(person, post) or not _takes_more(person, post):
        return []
    return [each for each in REACTIONS.get(post.kind, ()) if kind in (None, each)]


def _looks_after(person: Person, post: Post) -> bool:
    """The person wrote the post and can read it, or is a moderator."""
    return may_read(person, post) and (_wrote(person, post) or person.has_role(MODERATOR))


def _may_touch(person: Person, post: Post) -> bool:
    """Others may change the text: IT has not confirmed it, or the person is IT."""
    is_confirmed = isinstance(post, Answer) and post.confirmed_at is not None
    return not is_confirmed or person.has_role(REVIEWER)


def _is_asker_silent(question: Question) -> bool:
    """No choice stands, or only one that somebody made for the asker."""
    chosen = question.acceptance
    return chosen is None or chosen.by_id not in (None, question.author_id)


def _is_open_to(person: Person | None, post: Post) -> bool:
    """Neither the post nor what it hangs under is hidden or deleted: one can act on it."""
    return may_read(person, post) and all(each.is_visible for each in (post, *post.ancestors))


def _takes_more(person: Person | None, post: Post) -> bool:
    """One can act on the post, and neither its text nor its question's was removed for ever."""
    is_there = all(each.redacted_at is None for each in (post, *post.ancestors))
    return is_there and _is_open_to(person, post)


def _reads_itself(person: Person, post: Post) -> bool:
    return _sees_deleted(person, post) and _reads_hidden(person, post)


def _sees_deleted(person: Person, post: Post) -> bool:
    return post.deleted_at is None or _wrote(person, post) or person.has_role(MODERATOR)


def _reads_hidden(person: Person, post: Post) -> bool:
    if post.hidden_at is None or person.has_role(MODERATOR):
        return True
    return post.hidden_because not in (None, PATIENT_DATA) and person.has_role(REVIEWER)


def _wrote(person: Person, post: Post) -> bool:
    return post.author_id is not None and post.author_id == person.id
