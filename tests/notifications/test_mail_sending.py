"""Mails through a real server, in the moods that servers have: each arrives once, in order."""

from datetime import timedelta

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.notifications.mail import outbox as the_outbox
from midtlink.notifications.mail.sending import send_waiting
from midtlink.notifications.models import Notice, NoticeSettings, ThreadMute
from midtlink.notifications.records import OutgoingMail
from midtlink.people.models import Person
from midtlink.questions.commenting import comment
from midtlink.questions.deleting import delete
from tests.notifications.outbox import (
    choose,
    copenhagen,
    leave,
    notices,
    outbox,
    read,
    routed,
    sent,
    settings,
)
from tests.notifications.post_office import free_port, mute
from tests.questions.threads import answered, asked

pytestmark = pytest.mark.both_databases

ANNE, JONAS = "anne@hospital.example", "jonas@hospital.example"


@pytest.fixture
def question(cast, clock, office):
    return asked(cast.anne)


def states():
    return [mail.state for mail in outbox()]


def subjects(office):
    return [message["Subject"] for message in office.messages()]


def sweep(clock, hours, minutes=1):
    """Let the lane look once a minute for so many hours."""
    for _ in range(int(hours * 60 / minutes)):
        send_waiting()
        clock.forward(minutes=minutes)
    send_waiting()


def test_a_mail_arrives_once_at_the_stored_address(cast, office, question):
    answered(question, cast.jonas)
    (mail,) = sent(times=3)
    assert office.recipients() == [ANNE]
    (message,) = office.messages()
    assert (message["To"], message["Message-ID"]) == (ANNE, f"<{mail.message_id}>")
    assert (mail.state, mail.error, mail.attempts) == ("sent", "", 0)
    assert mail.tried_at and mail.ended_at


def test_one_connection_takes_many_mails(cast, office, question):
    for _ in range(5):
        answered(question, cast.jonas)
    sent()
    assert len(office.kept) == 5
    assert office.sessions == 1


@pytest.mark.parametrize("mood", ["421", "451", "452", "530", "drop"])
def test_what_is_refused_for_now_is_tried_later_and_arrives_once(
    cast, clock, office, question, mood
):
    office.mood = mood
    answered(question, cast.jonas)
    (mail,) = sent()
    assert (mail.state, mail.attempts, office.kept) == ("waiting", 1, [])
    assert mail.next_at == clock.moment + timedelta(minutes=1)
    assert mail.error
    office.mood = "accepting"
    sent()
    assert office.kept == []
    clock.forward(minutes=1)
    sent(times=2)
    assert len(office.kept) == 1
    assert states() == ["sent"]


def test_a_server_that_is_not_there_is_no_mails_fault(cast, clock, mail, question):
    mail["MAIL_PORT"] = free_port()
    for by in (cast.jonas, cast.karim):
        answered(question, by)
    answered(asked(cast.bodil), cast.jonas)
    made = sent()
    assert {each.next_at for each in made} == {clock.moment + timedelta(minutes=1)}
    assert [each.attempts for each in made] == [1, 1, 1]
    assert "refused" in made[0].error
    assert db.session.query(NoticeSettings).count() == 0


def test_a_server_that_hangs_is_left_alone_for_a_while(cast, clock, mail, question):
    answered(question, cast.jonas)
    with mute() as mail["MAIL_PORT"]:
        (made,) = sent()
    assert (made.state, made.attempts) == ("waiting", 1)
    assert "timed out" in made.error


@pytest.mark.parametrize("mood", ["550", "554"])
def test_what_is_refused_for_good_is_dead_and_its_address_gets_no_more(
    cast, clock, office, question, mood
):
    office.mood, office.moody_about = mood, ANNE
    answered(question, cast.jonas)
    answered(asked(cast.jonas), cast.anne)
    answered(question, cast.karim)
    assert [mail.state for mail in sent()] == ["dead", "sent", "dropped"]
    assert office.recipients() == [JONAS]
    found = db.session.get(NoticeSettings, cast.anne.id)
    assert found.refused_at == clock.moment and found.refusal.startswith(mood)
    answered(question, cast.bodil)
    assert len(sent()) == 3


def test_an_address_that_is_none_is_refused_and_stops_nobody(cast, office, question):
    anne_id = cast.anne.id
    bad = "anne,victim@hospital.example"
    in_transaction(lambda: setattr(db.session.get(Person, anne_id), "email", bad))
    answered(question, cast.jonas)
    answered(asked(cast.jonas), cast.karim)
    assert [mail.state for mail in sent()] == ["dead", "sent"]
    assert office.tried == [JONAS]


def test_a_person_gets_mails_in_their_order_and_others_do_not_wait(cast, clock, office, question):
    office.mood, office.moody_about = "451", ANNE
    for _ in range(2):
        answered(question, cast.jonas)
    answered(asked(cast.jonas), cast.karim)
    sent()
    assert (office.recipients(), office.tried.count(ANNE)) == ([JONAS], 1)
    office.mood = "accepting"
    answered(question, cast.karim)
    sent()
    assert office.recipients() == [JONAS]
    clock.forward(minutes=1)
    sent()
    assert [mail.message_id for mail in outbox(person_id=cast.anne.id)] == [
        message["Message-ID"].strip("<>") for message in office.messages()[1:]
    ]


def test_server_down_for_six_hours_loses_and_doubles_nothing(cast, clock, mail, office, question):
    up = mail["MAIL_PORT"]
    mail["MAIL_PORT"] = free_port()
    other = asked(cast.jonas)
    for hour in range(6):
        answered(question, cast.jonas)
        answered(other, cast.karim)
        routed()
        sweep(clock, 1)
        assert states() == ["waiting"] * 2 * (hour + 1)
    mail["MAIL_PORT"] = up
    sweep(clock, 1)
    assert states() == ["sent"] * 12
    arrived = [message["Message-ID"].strip("<>") for message in office.messages()]
    for person in (cast.anne, cast.jonas):
        own = [made.message_id for made in outbox(person_id=person.id)]
        assert [each for each in arrived if each in own] == own
    assert len(arrived) == 12


def test_after_three_days_a_mail_is_given_up(cast, clock, mail, office, question):
    mail["MAIL_PORT"] = free_port()
    answered(question, cast.jonas)
    routed()
    sweep(clock, 72, minutes=20)
    assert states() == ["waiting"]
    sweep(clock, 2, minutes=20)
    assert states() == ["dead"]


def test_a_mail_that_the_server_kept_and_did_not_say_so_comes_again_with_its_id(
    cast, clock, office, question
):
    office.mood = "kept and drop"
    answered(question, cast.jonas)
    sent()
    office.mood = "accepting"
    clock.forward(minutes=1)
    sent()
    first, second = office.messages()
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_takes_few_mails_at_a_time_is_asked_again(cast, office, question):
    """After two mails this one says that it closes the connection."""
    taken = []

    async def closing(server, session, envelope, address, options):
        taken.append(session)
        envelope.mail_from = address
        return "421 4.7.0 Too many" if taken.count(session) > 2 else "250 OK"

    office.handle_MAIL = closing
    for _ in range(5):
        answered(question, cast.jonas)
    sent()
    assert (states(), office.sessions) == (["sent"] * 5, 3)


@pytest.mark.parametrize("what", ["read", "hidden", "deleted", "redacted", "muted", "off", "left"])
def test_what_is_no_longer_to_be_told_is_dropped(cast, clock, office, question, what):
    reply = answered(question, cast.jonas)
    routed()

    def muting():
        row = ThreadMute(person_id=anne_id, question_id=question.id, muted_at=clock.moment)
        in_transaction(lambda: db.session.add(row))

    anne_id = cast.anne.id
    {
        "read": lambda: read(cast.anne),
        "hidden": lambda: hide(reply, by=cast.mogens, because="Grim"),
        "deleted": lambda: delete(reply, by=cast.jonas),
        "redacted": lambda: redact(question, by=cast.mogens),
        "muted": muting,
        "off": lambda: choose(cast.anne, "answer", "off"),
        "left": lambda: leave(cast.anne),
    }[what]()
    sent()
    assert (states(), office.tried) == (["dropped"], [])


def test_a_comment_below_a_hidden_answer_is_not_mailed_even_to_who_could_read_it(
    cast, office, question
):
    reply = answered(question, cast.mogens)
    choose(cast.mogens, "comment", "immediate")
    comment(reply, body="Tak, men hvordan?", by=cast.karim)
    hide(reply, by=cast.mogens, because="Grim")
    assert "sent" not in [mail.state for mail in sent()]


@pytest.mark.parametrize("part", ["answer", "question"])
def test_rights_are_looked_up_again_and_not_believed_of_the_notice(cast, office, question, part):
    reply = answered(question, cast.jonas)
    hide(reply if part == "answer" else question, by=cast.mogens, because="Grim")
    unaware = db.update(Notice).values(is_away=False)
    in_transaction(lambda: db.session.execute(unaware))
    sent()
    assert office.tried == []


def test_quiet_hours_and_a_holiday_hold_also_what_was_due_before(cast, clock, mail, question):
    up = mail["MAIL_PORT"]
    mail["MAIL_PORT"] = free_port()
    answered(question, cast.jonas)
    sent()
    mail["MAIL_PORT"] = up
    settings(cast.anne, quiet_from=22, quiet_to=7)
    clock.forward(minutes=5)
    (held,) = sent()
    assert (held.state, held.next_at, held.due_at) == (
        "waiting",
        copenhagen(19, 7),
        copenhagen(19, 7),
    )
    clock.moment = copenhagen(19, 7)
    sent()
    assert states() == ["sent"]


def test_collected_mail_keeps_an_hour_from_what_was_mailed_of_the_thread(
    cast, clock, office, question
):
    choose(cast.anne, "comment", "collected")
    comment(question, body="Har du prøvet at genstarte?", by=cast.jonas)
    routed()
    clock.forward(minutes=15)
    answered(question, cast.jonas)
    sent()
    clock.forward(minutes=5)
    sent()
    assert states() == ["waiting", "sent"]
    clock.forward(minutes=55)
    sent()
    assert states() == ["sent", "sent"]


def test_collected_notices_are_one_mail_of_what_is_still_unread(cast, clock, office, question):
    choose(cast.anne, "answer", "collected")
    first = answered(question, cast.jonas)
    answered(question, cast.karim)
    answered(question, cast.bodil)
    routed()
    hide(first, by=cast.mogens, because="Grim")
    clock.forward(minutes=20)
    sent()
    assert subjects(office) == ["2 nyheder i en tråd"]


def test_a_notice_that_comes_too_late_for_its_mail_gets_another(app, cast, clock, office, question):
    """The first hour's mail is being handed over while a notice still joins it."""
    choose(cast.anne, "answer", "collected")
    answered(question, cast.jonas)
    (mail,) = routed()
    clock.forward(minutes=20)
    answered(question, cast.karim)
    mail_id, late_id = mail.id, notices(cast.anne)[-1].id
    joining = db.update(Notice).where(Notice.id == late_id)

    def join():
        with app.app_context():
            values = {"mail_id": mail_id, "routed_at": clock.moment}
            in_transaction(lambda: db.session.execute(joining.values(values)))

    db.session.rollback()
    office.meanwhile = join
    send_waiting()
    office.meanwhile = lambda: None
    assert [len(office.kept), notices(cast.anne)[-1].routed_at] == [1, None]
    routed()
    clock.forward(hours=1)
    sent()
    assert [mail.state for mail in outbox()] == ["sent", "sent"]


def test_who_has_news_does_not_wait_for_the_digests_of_all(
    cast, clock, office, question, monkeypatch
):
    monkeypatch.setattr(the_outbox, "SENT_AT_ONCE", 1)
    earlier = clock.moment - timedelta(minutes=5)
    karim_id = cast.karim.id

    def digest():
        row = OutgoingMail(
            person_id=karim_id, purpose="daily", key="daily:1", message_id="1@midtlink.example",
            made_at=earlier, due_at=earlier, next_at=earlier,
        )  # fmt: skip
        db.session.add(row)

    in_transaction(digest)
    answered(question, cast.jonas)
    routed()
    assert [mail.purpose for mail in the_outbox.list_due()] == ["notice"]


def test_one_mail_that_cannot_be_written_stops_no_other(cast, office, question):
    answered(question, cast.jonas)
    answered(asked(cast.jonas), cast.karim)
    unknown = db.update(Notice).where(Notice.person_id == cast.anne.id).values(kind="unheard-of")
    routed()
    in_transaction(lambda: db.session.execute(unknown))
    sent()
    assert states() == ["waiting", "sent"]
    assert outbox()[0].error == "KeyError"


def test_no_connection_to_the_database_waits_for_the_server(cast, office, question):
    pool, seen = db.engine.pool, []
    answered(question, cast.jonas)
    routed()
    office.meanwhile = lambda: seen.append(pool.checkedout())
    send_waiting()
    assert seen == [0]
