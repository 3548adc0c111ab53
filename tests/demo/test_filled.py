"""The demo hospital as it stands in the database: believable, and its counters right."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from midtlink import clock as the_clock
from midtlink.demo.cast import SIGN_INS
from midtlink.demo.filling import fill
from midtlink.extensions import db
from midtlink.people.hashing import matches
from midtlink.people.models import Department, Person, RoleGrant, Site
from midtlink.questions.checking import check_threads
from midtlink.questions.models import ANSWER, COMMENT, QUESTION, Post, Question
from midtlink.questions.records import (
    FAILED,
    GOOD,
    HELPED,
    SAME,
    Acceptance,
    Closure,
    Confirmation,
    Draft,
    Flag,
    Hiding,
    Reaction,
    Revision,
    SuggestedEdit,
)
from midtlink.questions.rules import status, wilson_lower_bound
from midtlink.reputation.ledger.rebuilding import check
from midtlink.reputation.records import OwnAwardGrant, Suspicion, Thanks
from midtlink.search.settling import list_unfound
from midtlink.topics.models import SuperUser, System, Tag, TagFollow, TopicStanding
from midtlink.topics.rules import KNOWN_ACCEPTED, KNOWN_POINTS
from tests.conftest import POSTGRES
from tests.world.databases import application, wipe

WITHOUT = pytest.mark.skipif(not POSTGRES, reason="MIDTLINK_TEST_POSTGRES holds no DSN")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=WITHOUT)])
def filled(request):
    """The demo, filled in once for all tests of this file."""
    with application(request.param).app_context():
        wipe()
        fill()
        yield db.session
        wipe()


def number(session, of, *where):
    return session.scalar(select(func.count()).select_from(of).where(*where))


def counted(session, kind):
    """Standing reactions of a kind, by post."""
    statement = select(Reaction.post_id, func.count()).where(
        Reaction.kind == kind, Reaction.withdrawn_at.is_(None)
    )
    return dict(session.execute(statement.group_by(Reaction.post_id)).all())


def test_the_hospital_has_its_size(filled):
    assert [number(filled, each) for each in (Site, Department, Person, System)] == [4, 30, 600, 15]
    assert filled.scalar(select(func.count(func.distinct(Person.profession)))) == 12
    assert number(filled, Person, Person.department_id.is_(None)) == 0
    assert filled.scalar(select(func.count(func.distinct(Person.name)))) == 600


def test_three_can_sign_in_and_nobody_else(filled):
    with_password = filled.query(Person).filter(Person.password_hash.is_not(None)).all()
    assert {person.username for person in with_password} == {each.username for each in SIGN_INS}
    passwords = {each.username: each.password for each in SIGN_INS}
    assert all(matches(each.password_hash, passwords[each.username]) for each in with_password)
    assert all(len(password) >= 12 for password in passwords.values())


def test_the_sign_ins_are_a_nurse_a_reviewer_and_an_administrator(filled):
    nurse, reviewer, administrator = (
        filled.query(Person).filter_by(username=each.username).one() for each in SIGN_INS
    )
    assert nurse.profession == "sygeplejerske" and not nurse.role_grants
    assert reviewer.has_role("it") and administrator.has_role("administrator")


def test_every_role_is_held_by_few(filled):
    grants = filled.execute(select(RoleGrant.role, func.count()).group_by(RoleGrant.role))
    assert dict(grants.all()) == {"it": 7, "moderator": 4, "administrator": 2}


def test_stored_counters_equal_their_rows(filled):
    ups = {QUESTION: counted(filled, GOOD), ANSWER: counted(filled, HELPED), COMMENT: {}}
    failed = counted(filled, FAILED)
    for post in filled.query(Post):
        assert post.up_count == ups[post.kind].get(post.id, 0)
        assert post.down_count == failed.get(post.id, 0)
        votes = (0, 0) if post.kind == QUESTION else (post.up_count, post.down_count)
        assert post.rank == pytest.approx(wilson_lower_bound(*votes))


def test_stored_status_follows_from_the_rows(filled):
    same = counted(filled, SAME)
    accepted = dict(filled.execute(select(Acceptance.question_id, Acceptance.answer_id)).all())
    closed = dict(filled.execute(select(Closure.question_id, Closure.closed_at)).all())
    shown = Post.is_visible
    for question in filled.query(Question):
        answers = filled.query(Post).filter_by(thread_id=question.id, kind=ANSWER).all()
        count = sum(shown.fget(answer) for answer in answers)
        assert question.answer_count == count
        assert question.same_count == same.get(question.id, 0)
        assert question.accepted_answer_id == accepted.get(question.id)
        assert question.closed_at == closed.get(question.id)
        assert question.status == status(
            is_closed=question.id in closed,
            is_solved=question.id in accepted,
            answer_count=count,
        )


def test_the_check_of_stored_values_finds_nothing(filled):
    assert list(check_threads()) == []


def test_each_post_has_its_revisions(filled):
    numbers = select(Revision.post_id, func.max(Revision.number), func.count())
    found = {row[0]: row[1:] for row in filled.execute(numbers.group_by(Revision.post_id))}
    for post in filled.query(Post):
        assert found[post.id] == (post.revision_number, post.revision_number)


def test_nobody_votes_on_their_own_post(filled):
    own = select(func.count()).select_from(Reaction).join(Post, Post.id == Reaction.post_id)
    assert filled.scalar(own.where(Post.author_id == Reaction.person_id)) == 0


def test_nobody_answers_their_own_question(filled):
    question = aliased(Post)
    own = (
        select(func.count())
        .select_from(Post)
        .join(question, question.id == Post.thread_id)
        .where(Post.kind == ANSWER, Post.author_id == question.author_id)
    )
    assert filled.scalar(own) == 0


def test_the_asker_accepts_and_reviewers_confirm(filled):
    for acceptance in filled.query(Acceptance):
        question = filled.get(Question, acceptance.question_id)
        answer = filled.get(Post, acceptance.answer_id)
        assert acceptance.by_id == question.author_id
        assert acceptance.accepted_at > answer.created_at
    for confirmation in filled.query(Confirmation):
        assert confirmation.by.has_role("it")
        assert confirmation.by_id != confirmation.answer.author_id


def test_nothing_happens_before_its_cause_or_ahead_of_now(filled):
    moments = dict(filled.execute(select(Post.id, Post.created_at)).all())
    now = the_clock.now()
    for post in filled.query(Post):
        above = post.parent_id or post.thread_id
        assert post.created_at <= now
        assert above is None or moments[above] < post.created_at
    for post_id, set_at in filled.execute(select(Reaction.post_id, Reaction.set_at)):
        assert moments[post_id] < set_at <= now


def test_a_repeated_question_comes_after_the_one_it_repeats(filled):
    closures = filled.query(Closure).filter_by(reason="duplicate").all()
    assert 25 <= len(closures) <= 35
    assert all(each.duplicate_of_id < each.question_id for each in closures)


def test_the_newest_question_is_minutes_old_and_the_oldest_years(filled):
    asked = select(Post.created_at).where(Post.kind == QUESTION).order_by(Post.id)
    ages = [(the_clock.now() - at).total_seconds() for at in filled.scalars(asked)]
    assert ages[-1] < 3600
    assert ages[0] > 600 * 24 * 3600


def test_moderators_and_authors_have_something_to_decide(filled):
    assert number(filled, Flag, Flag.decided_at.is_(None)) >= 5
    assert number(filled, Flag, Flag.is_upheld) >= 2
    assert number(filled, SuggestedEdit, SuggestedEdit.decided_at.is_(None)) >= 4
    assert number(filled, Hiding, Hiding.restored_at.is_(None)) >= 3
    assert number(filled, Post, Post.deleted_at.is_not(None)) >= 3


def test_what_waits_for_a_decision_is_of_these_days(filled):
    raised = filled.scalars(select(Flag.raised_at).where(Flag.decided_at.is_(None)))
    assert all((the_clock.now() - at).days < 7 for at in raised)


def test_some_searches_wait_for_who_knows_better(filled):
    rows = list_unfound()
    assert len(rows) >= 5
    assert {row.system is None for row in rows} == {True, False}
    assert all(row.zero_count + row.unopened_count > 0 for row in rows)
    assert all(row.first_at < row.last_at < the_clock.now() for row in rows)


def test_hidden_posts_say_what_their_rows_say(filled):
    standing = select(Hiding.post_id).where(Hiding.restored_at.is_(None))
    hidden = select(Post.id).where(Post.hidden_at.is_not(None))
    assert sorted(filled.scalars(standing)) == sorted(filled.scalars(hidden))


def test_tags_are_described_and_have_other_words(filled):
    assert number(filled, Tag, Tag.excerpt != "") >= 40
    assert number(filled, Tag, Tag.synonym_of_id.is_not(None)) >= 20


def test_the_nurses_home_page_has_much_to_show(filled):
    anne = filled.query(Person).filter_by(username="anne").one()
    mine = filled.query(Question).filter(Question.author_id == anne.id).all()
    assert {"solved", "answered", "unanswered"} <= {question.status for question in mine}
    assert number(filled, TagFollow, TagFollow.person_id == anne.id) >= 3
    assert number(filled, Draft, Draft.person_id == anne.id) == 2


def test_some_show_what_they_know_and_few_hide_it(filled):
    listed = number(filled, Person, Person.is_listed)
    assert 180 < listed < 300
    assert 0 < number(filled, Person, Person.shows_expertise) < listed
    assert 0 < number(filled, Person, Person.hides_points) < 60


def test_askers_say_thanks_and_an_award_is_given(filled):
    own = aliased(Post)
    ungiven = (
        select(Thanks.id).join(own, own.id == Thanks.answer_id).where(own.author_id != Thanks.to_id)
    )
    assert number(filled, Thanks) > 30
    assert filled.scalars(ungiven).all() == []
    assert number(filled, OwnAwardGrant) == 1
    assert number(filled, SuperUser, SuperUser.on_duty_until.is_not(None)) == 3


def test_a_circle_of_votes_waits_for_a_moderator(filled):
    (waiting,) = db.session.query(Suspicion).all()
    assert (waiting.kind, waiting.decided_at) == ("ring", None)
    assert len(waiting.votes) >= 12


def test_the_points_are_what_the_facts_give(filled):
    assert number(filled, Person, Person.points > 0) > 100
    assert not check()


def test_some_are_known_for_a_system(filled):
    is_known = TopicStanding.points >= KNOWN_POINTS, TopicStanding.accepted >= KNOWN_ACCEPTED
    shown = Person.shows_expertise, Person.is_listed, Person.hides_points.is_(False)
    statement = select(func.count(func.distinct(TopicStanding.person_id)))
    known = statement.join(Person, Person.id == TopicStanding.person_id).where(*is_known, *shown)
    assert filled.scalar(known) >= 3
