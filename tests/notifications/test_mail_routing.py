"""Which mail a notice goes by, if any, and when that may leave."""

from datetime import UTC, datetime, timedelta

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.rules import MODES
from midtlink.people.models import Person
from midtlink.questions.commenting import comment
from tests.notifications.outbox import (
    choose,
    copenhagen,
    leave,
    notices,
    outbox,
    read,
    routed,
    settings,
)
from tests.questions.threads import answered, asked

pytestmark = pytest.mark.both_databases


@pytest.fixture
def question(cast, clock, mail):
    return asked(cast.anne)


def test_an_answer_to_me_is_mailed_at_once(cast, clock, question):
    answered(question, cast.jonas)
    (made,) = routed()
    assert (made.person_id, made.purpose, made.question_id) == (cast.anne.id, "notice", question.id)
    assert made.due_at == made.next_at == clock.moment
    (notice,) = notices(cast.anne)
    assert (notice.mail_id, notice.routed_at) == (made.id, clock.moment)


def test_routing_twice_makes_one_mail(cast, question):
    answered(question, cast.jonas)
    routed()
    assert len(routed()) == 1


def test_without_a_mail_server_no_mail_is_made_then_or_later(cast, question, mail):
    mail["MAIL_HOST"] = ""
    answered(question, cast.jonas)
    assert routed() == []
    mail["MAIL_HOST"] = "127.0.0.1"
    assert routed() == []


@pytest.mark.parametrize("mode", MODES)
def test_the_chosen_mode_decides_and_not_the_default(cast, question, mode):
    choose(cast.anne, "answer", mode)
    answered(question, cast.jonas)
    purposes = [made.purpose for made in routed()]
    assert purposes == {"immediate": ["notice"], "collected": ["collected"]}.get(mode, [])
    assert notices(cast.anne)[0].routed_at


def test_collected_notices_of_a_thread_are_one_mail_at_the_end_of_the_hour(cast, clock, question):
    choose(cast.anne, "answer", "collected")
    other = asked(cast.anne, "Hvor er etiketterne?")
    for thread in (question, question, other):
        answered(thread, cast.jonas)
    made = routed()
    assert [each.question_id for each in made] == [question.id, other.id]
    assert {each.next_at for each in made} == {datetime(2026, 11, 18, 23, 0, tzinfo=UTC)}
    assert [notice.mail_id for notice in notices(cast.anne)] == [made[0].id] * 2 + [made[1].id]


def test_the_next_hour_has_a_mail_of_its_own(cast, clock, question):
    choose(cast.anne, "answer", "collected")
    answered(question, cast.jonas)
    routed()
    clock.forward(minutes=20)
    answered(question, cast.karim)
    assert [made.due_at.hour for made in routed()] == [23, 0]


def test_what_was_read_already_is_not_mailed(cast, question):
    answered(question, cast.jonas)
    read(cast.anne)
    assert routed() == []


def test_who_has_left_has_no_address_or_whose_address_was_refused_gets_none(cast, clock, question):
    karim_id = cast.karim.id
    in_transaction(lambda: setattr(db.session.get(Person, karim_id), "email", None))
    settings(cast.jonas, refused_at=clock.moment)
    of_karim, of_jonas = asked(cast.karim), asked(cast.jonas)
    for thread in (question, of_karim, of_jonas):
        answered(thread, cast.bodil)
    leave(cast.anne)
    assert routed() == []
    assert all(notices(person)[0].routed_at for person in (cast.anne, cast.karim, cast.jonas))


def test_mail_is_held_by_quiet_hours_and_a_holiday(cast, clock, question):
    settings(cast.anne, quiet_from=22, quiet_to=7)
    answered(question, cast.jonas)
    settings(cast.anne, quiet_from=None, paused_until=clock.moment + timedelta(days=9))
    answered(question, cast.karim)
    assert [made.due_at for made in routed()] == [clock.moment + timedelta(days=9)] * 2
    settings(cast.anne, quiet_from=22, paused_until=None)
    answered(question, cast.bodil)
    assert routed()[-1].due_at == copenhagen(19, 7)


def test_a_count_that_has_grown_is_news_again(cast, clock, question):
    def more(count):
        notice = notices(cast.anne)[0]
        in_transaction(
            lambda: (setattr(notice, "count", count), setattr(notice, "routed_at", None))
        )

    answered(question, cast.jonas)
    first = routed()
    more(2)
    assert len(routed()) == 2
    assert notices(cast.anne)[0].mail_id == outbox()[-1].id != first[0].id


def test_comments_and_answers_have_ways_of_their_own(cast, question):
    choose(cast.anne, "comment", "off")
    comment(question, body="Har du prøvet at genstarte?", by=cast.jonas)
    answered(question, cast.jonas)
    assert len(notices(cast.anne)) == 2
    assert len(routed()) == 1
