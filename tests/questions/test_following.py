"""Following a question."""

import pytest

from midtlink.access import NotAllowed
from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.questions.deleting import delete
from midtlink.questions.following import follow, unfollow
from midtlink.questions.queries import thread
from midtlink.questions.records import QuestionFollow
from tests.questions.threads import answered, asked, at_once, facts_of


def followers(cast):
    """Who follows, beside Anne, who asked."""
    ids = {row.person_id for row in db.session.query(QuestionFollow)}
    assert cast.anne.id in ids
    return ids - {cast.anne.id}


def test_following_is_set_and_taken_back(cast):
    question = asked(cast.anne)
    follow(question, by=cast.jonas)
    assert facts_of(lambda: follow(question, by=cast.jonas)) == []
    assert thread(question, seen_by=cast.jonas).is_following
    assert not thread(question, seen_by=cast.karim).is_following
    unfollow(question, by=cast.jonas)
    assert facts_of(lambda: unfollow(question, by=cast.jonas)) == []
    assert followers(cast) == set()


def test_who_asks_and_who_answers_follow_without_a_word(cast):
    question = asked(cast.anne)
    assert followers(cast) == set()
    told = facts_of(lambda: [answered(question, cast.jonas) for _ in range(2)])
    assert followers(cast) == {cast.jonas.id}
    assert "QuestionFollowed" not in told


def test_one_follows_only_what_one_sees_but_may_always_stop(cast):
    question = asked(cast.anne)
    follow(question, by=cast.jonas)
    hide(question, by=cast.mogens)
    for person in (cast.karim, cast.leif, None):
        with pytest.raises(NotAllowed):
            follow(question, by=person)
    unfollow(question, by=cast.jonas)
    assert followers(cast) == set()
    for person in (cast.leif, None):
        with pytest.raises(NotAllowed):
            unfollow(question, by=person)


def test_deleted_questions_are_not_followed(cast):
    question = asked(cast.anne)
    delete(question, by=cast.anne)
    with pytest.raises(NotAllowed):
        follow(question, by=cast.jonas)


@pytest.mark.both_databases
def test_twenty_presses_are_one_follow(app, cast):
    question = asked(cast.anne)
    results = at_once(app, follow, question, [cast.jonas] * 20)
    assert (set(results), followers(cast)) == ({None}, {cast.jonas.id})
