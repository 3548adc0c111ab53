"""Following a question."""

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db, upsert
from midtlink.people.models import Person
from midtlink.questions.events import QuestionFollowed, QuestionUnfollowed
from midtlink.questions.models import Question
from midtlink.questions.policy import may_follow
from midtlink.questions.queries import lock_thread
from midtlink.questions.records import QuestionFollow


def follow(question: Question, *, by: Person | None) -> None:
    """Follow a question. Who follows it already goes on following."""
    with transaction():
        question = lock_thread(question.id)
        if by is None or not may_follow(by, question):
            raise NotAllowed(by, "follow", question)
        if db.session.get(QuestionFollow, (by.id, question.id)) is None:
            row = QuestionFollow(person_id=by.id, question_id=question.id, followed_at=clock.now())
            db.session.add(row)
            fact = QuestionFollowed(by_id=by.id, question_id=question.id, post_id=question.id)
            publish(fact)


def follow_own(question: Question, person: Person) -> None:
    """Let who asks or answers follow the thread, without a word; who follows goes on."""
    db.session.flush()
    row = {"person_id": person.id, "question_id": question.id, "followed_at": clock.now()}
    adding = upsert(QuestionFollow.__table__).values(row)
    db.session.execute(adding.on_conflict_do_nothing())


def unfollow(question: Question, *, by: Person | None) -> None:
    """Stop following a question, also one that has been hidden since."""
    with transaction():
        question = lock_thread(question.id)
        if by is None or not by.is_active:
            raise NotAllowed(by, "unfollow", question)
        if row := db.session.get(QuestionFollow, (by.id, question.id)):
            db.session.delete(row)
            fact = QuestionUnfollowed(by_id=by.id, question_id=question.id, post_id=question.id)
            publish(fact)
