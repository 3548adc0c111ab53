"""What hooks are sent, when again, and when no more: to real receivers, in all their moods."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.hiding import hide, restore
from midtlink.moderation.redacting import redact
from midtlink.notifications.hooks import calling, sending
from midtlink.notifications.hooks.calling import Answer
from midtlink.notifications.hooks.queries import get_hook
from midtlink.notifications.hooks.repeating import send_again, send_trial
from midtlink.notifications.hooks.rules import MOST_ATTEMPTS, RETRIES
from midtlink.notifications.hooks.sweeping import send_waiting
from midtlink.notifications.records import DEAD, DROPPED, SENT, WAITING, Delivery
from midtlink.questions.deleting import delete
from midtlink.questions.editing import edit
from midtlink.settings.changing import change_setting
from tests.notifications.hook_making import chat, deliveries, events, hooked
from tests.notifications.hook_receivers import (
    answers,
    authority,
    drops,
    hangs,
    house,
    receiver,
    receivers,
    waits_for_a_fifth,
)
from tests.questions.threads import answered, asked, rows
from tests.topics.making import make_system

__all__ = ["authority", "house", "receiver", "receivers"]
pytestmark = pytest.mark.both_databases
CANARY = "kanariefugl"


def told(receiver):
    """The events that a receiver was told of, in order."""
    return [call.told["event"] for call in receiver.calls]


def states(hook):
    return [row.state for row in deliveries(hook)]


def test_every_delivery_arrives_once_with_ids_alone(cast, clock, receiver):
    hook = hooked(cast.astrid, url=receiver.url)
    question = asked(cast.anne, f"Hvor er {CANARY}?", body=f"En {CANARY}.")
    reply = answered(question, cast.jonas, f"Her er {CANARY}.")
    for _ in range(3):
        send_waiting()
    assert states(hook) == [SENT, SENT]
    first, second = receiver.calls
    assert first.told == {
        "id": deliveries(hook)[0].delivery_key,
        "event": "question.asked",
        "happened_at": "2026-11-18T22:40:00Z",
        "question_id": question.id,
        "post_id": question.id,
        "url": f"https://midtlink.example/s/{question.id}",
        "facts": {},
    }
    assert second.told["post_id"] == reply.id
    assert CANARY.encode() not in first.body + second.body


@pytest.mark.parametrize("status", [500, 503, 408, 429])
def test_what_fails_is_tried_for_a_day_under_one_key(cast, clock, receiver, status):
    receiver.moods = [answers(status)] * 20
    hook = hooked(cast.astrid, "question.asked", url=receiver.url)
    asked(cast.anne)
    for number, minutes in enumerate(RETRIES, start=1):
        send_waiting()
        clock.forward(minutes=minutes, seconds=-1)
        send_waiting()
        assert len(receiver.calls) == number
        clock.forward(seconds=1)
    send_waiting()
    (row,) = deliveries(hook)
    assert (row.state, row.attempts, row.status, row.error) == (DEAD, 10, status, "status")
    assert len({call.told["id"] for call in receiver.calls}) == 1


def test_a_receiver_that_comes_back_gets_what_waited_in_order(cast, clock, receiver):
    receiver.moods = [drops, answers(500)]
    hook = hooked(cast.astrid, url=receiver.url)
    answered(asked(cast.anne), cast.jonas)
    send_waiting()
    assert told(receiver) == ["question.asked"] and states(hook) == [WAITING, WAITING]
    clock.forward(minutes=1)
    send_waiting()
    clock.forward(minutes=5)
    send_waiting()
    assert told(receiver) == ["question.asked"] * 3 + ["answer.given"]
    assert states(hook) == [SENT, SENT] and get_hook(hook.id).failing_since is None


@pytest.mark.parametrize("mood", [answers(404), answers(410), answers(302, Location="/else")])
def test_what_cannot_get_better_is_given_up_at_once(cast, clock, receiver, mood):
    receiver.moods = [mood]
    hook = hooked(cast.astrid, url=receiver.url)
    answered(asked(cast.anne), cast.jonas)
    send_waiting()
    assert states(hook) == [DEAD, SENT]
    assert told(receiver) == ["question.asked", "answer.given"]


def test_a_receiver_may_ask_for_a_longer_wait(cast, clock, receiver):
    receiver.moods = [answers(429, Retry_After="1800")]
    hooked(cast.astrid, "question.asked", url=receiver.url)
    asked(cast.anne)
    send_waiting()
    clock.forward(minutes=29)
    send_waiting()
    assert len(receiver.calls) == 1
    clock.forward(minutes=1)
    send_waiting()
    assert len(receiver.calls) == 2


def test_an_address_that_is_private_by_now_is_not_called(cast, clock, receiver, house):
    hook = hooked(cast.astrid, "question.asked", url=receiver.url)
    house()
    asked(cast.anne)
    send_waiting()
    (row,) = deliveries(hook)
    assert (row.state, row.error, receiver.calls) == (DEAD, "port", [])


def test_one_that_hangs_holds_up_nobody_else(cast, receivers, house, clock):
    slow, quick = receivers(), receivers()
    house(slow, quick)

    def waits_for_the_other(handler, _receiver):
        quick.wait_for(8)
        answers(200)(handler, slow)

    slow.moods = [waits_for_the_other]
    hooked(cast.astrid, "question.asked", url=slow.url)
    hooked(cast.astrid, "question.asked", url=quick.url)
    for number in range(8):
        clock.forward(minutes=2)
        asked(cast.anne, f"Spørgsmål {number}?")
    send_waiting()
    assert len(slow.calls) == len(quick.calls) == 8
    assert slow.most_at_once == quick.most_at_once == 1


def test_one_that_never_answers_waits_its_turn(cast, clock, receiver, monkeypatch):
    monkeypatch.setattr(calling, "CALLING", 0.3)
    receiver.moods = [hangs]
    hook = hooked(cast.astrid, "question.asked", url=receiver.url)
    asked(cast.anne)
    send_waiting()
    (row,) = deliveries(hook)
    assert (row.state, row.error) == (WAITING, "timeout")
    assert row.next_at == clock.moment + timedelta(minutes=1)


def test_at_most_four_are_called_at_once(cast, clock, receiver):
    receiver.moods = [waits_for_a_fifth] * 9
    for _ in range(9):
        hooked(cast.astrid, "question.asked", url=receiver.url)
    asked(cast.anne)
    send_waiting()
    assert len(receiver.calls) == 9 and receiver.most_at_once == 4


def test_what_follows_waits_though_the_one_in_flight_was_dropped(cast, clock, receiver):
    hook = hooked(cast.astrid, url=receiver.url)
    question = asked(cast.anne)
    answered(question, cast.jonas)
    first = deliveries(hook)[0]
    in_transaction(lambda: sending.take(first.id))
    redact(question, by=cast.mogens)
    assert sending.list_due(without={hook.id}, limit=4) == []
    assert sending.list_due(without=(), limit=4) == [deliveries(hook)[-1].id]


def test_what_was_hidden_before_it_was_sent_is_told_to_nobody(cast, clock, receiver):
    shows_titles()
    teams = chat(cast.astrid, url=receiver.url)
    other = hooked(cast.astrid, url=receiver.url)
    question = asked(cast.anne, f"Om {CANARY}?")
    hide(question, by=cast.mogens)
    send_waiting()
    assert receiver.calls == []
    assert states(teams) == [DROPPED] and states(other) == [DROPPED, DROPPED]


@pytest.mark.parametrize("verb", [hide, redact, delete])
def test_no_word_of_what_is_gone_leaves_the_house(cast, clock, receiver, verb):
    shows_titles()
    chat(cast.astrid, url=receiver.url)
    hooked(cast.astrid, url=receiver.url)
    question = asked(cast.anne, f"Om {CANARY}?")
    answered(question, cast.jonas) if verb is not delete else None
    edit(question, title=f"Om {CANARY} igen?", body="", from_revision=1, by=cast.anne)
    verb(question, by=cast.anne if verb is delete else cast.mogens)
    send_waiting()
    sent = b"".join(call.body for call in receiver.calls)
    assert CANARY.encode() not in sent and b"asked" not in sent and b"given" not in sent


def test_what_was_told_is_told_to_be_gone(cast, clock, receiver):
    hooked(cast.astrid, url=receiver.url)
    question = asked(cast.anne)
    send_waiting()
    hide(question, by=cast.mogens)
    restore(question, by=cast.mogens)
    redact(question, by=cast.mogens)
    send_waiting()
    assert told(receiver) == ["question.asked", "post.hidden", "post.removed"]


def test_what_belongs_to_another_system_by_now_is_not_told(cast, clock, receiver):
    epj, _ = make_system("EPJ"), make_system("PACS")
    hook = hooked(cast.astrid, "question.asked", url=receiver.url, system_id=epj.id)
    question = asked(cast.anne, system_slug="epj")
    edit(question, body="", system_slug="pacs", from_revision=1, by=cast.anne)
    send_waiting()
    assert receiver.calls == [] and states(hook) == [DROPPED]


def test_a_hook_that_only_fails_for_a_day_is_switched_off(cast, clock, receiver):
    receiver.moods = [answers(404)] * 3
    hook = hooked(cast.astrid, url=receiver.url)
    question = asked(cast.anne)
    send_waiting()
    clock.forward(hours=24, seconds=-1)
    answered(question, cast.jonas)
    send_waiting()
    assert get_hook(hook.id).is_active
    clock.forward(seconds=1)
    answered(question, cast.karim)
    answered(question, cast.bodil)
    send_waiting()
    assert not get_hook(hook.id).is_active
    assert states(hook) == [DEAD] * 4 and deliveries(hook)[-1].error == "switched_off"
    (entry,) = rows(JournalEntry, act="HookSwitchedOff")
    assert entry.facts == {"hook_id": hook.id} and entry.by_id is None


def test_one_success_is_enough_to_stay(cast, clock, receiver):
    receiver.moods = [answers(404), answers(200), answers(404)]
    hook = hooked(cast.astrid, url=receiver.url)
    question = asked(cast.anne)
    for person in (cast.jonas, cast.karim):
        send_waiting()
        clock.forward(hours=23)
        answered(question, person)
    send_waiting()
    assert get_hook(hook.id).is_active and len(receiver.calls) == 3


def test_who_dies_after_taking_loses_nothing(cast, clock, receiver):
    hook = hooked(cast.astrid, "question.asked", url=receiver.url)
    asked(cast.anne)
    (row,) = deliveries(hook)
    job = in_transaction(lambda: sending.take(row.id))
    sending.run(job)  # And here the sweeper dies.
    send_waiting()
    assert len(receiver.calls) == 1
    clock.forward(minutes=1)
    send_waiting()
    assert states(hook) == [SENT]
    assert len(receiver.calls) == 2 and len({call.told["id"] for call in receiver.calls}) == 1


def test_a_killed_sweeper_repeats_the_one_in_flight(app, cast, clock, receiver, tmp_path):
    receiver.moods = [hangs]
    hook = hooked(cast.astrid, url=receiver.url)
    answered(asked(cast.anne), cast.jonas)
    db.session.remove()
    uri = db.engine.url.render_as_string(hide_password=False)
    environment = os.environ | {
        "MIDTLINK_ENV": "development",
        "MIDTLINK_INSTANCE": str(tmp_path),
        "DATABASE_URL": uri,
        "WEBHOOK_ALLOWED": receiver.origin,
    }
    command = [sys.executable, "-m", "midtlink", "sweep"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as sweeper:
        receiver.wait_for(1)
        sweeper.send_signal(signal.SIGKILL)
    assert states(hook) == [WAITING, WAITING] and deliveries(hook)[0].attempts == 1
    clock.moment = deliveries(hook)[0].next_at
    send_waiting()
    assert told(receiver) == ["question.asked", "question.asked", "answer.given"]
    assert receiver.calls[0].told["id"] == receiver.calls[1].told["id"]


def test_who_dies_with_the_last_attempt_gives_up(cast, clock, receiver):
    hook = hooked(cast.astrid, "question.asked", url=receiver.url)
    asked(cast.anne)
    (row,) = deliveries(hook)

    def try_often():
        db.session.get(Delivery, row.id).attempts = MOST_ATTEMPTS

    in_transaction(try_often)
    send_waiting()
    (row,) = deliveries(hook)
    assert (row.state, row.error, receiver.calls) == (DEAD, "given_up", [])


def test_what_was_deleted_in_flight_is_nobodys(cast, clock, receiver):
    hook = hooked(cast.astrid, "question.asked", url=receiver.url)
    asked(cast.anne)
    in_transaction(lambda: sending.note(999, Answer(200)))
    assert states(hook) == [WAITING]


def test_a_call_that_breaks_down_stops_no_lane(cast, clock, receiver, monkeypatch):
    def breaks(*_, **__):
        raise UnicodeError

    monkeypatch.setattr(sending, "call", breaks)
    hook = hooked(cast.astrid, "question.asked", url=receiver.url)
    asked(cast.anne)
    send_waiting()
    (row,) = deliveries(hook)
    assert (row.state, row.error) == (WAITING, "broken")


def test_a_trial_goes_to_any_hook_once(cast, clock, receiver):
    for hook in (hooked(cast.astrid, url=receiver.url), chat(cast.astrid, url=receiver.url)):
        for _ in range(2):
            in_transaction(lambda: send_trial(hook.id, by=cast.astrid))  # noqa: B023
        send_waiting()
        assert states(hook) == [SENT]
    ping, card = (call.told for call in receiver.calls)
    assert ping["event"] == "ping" and ping["question_id"] is None
    assert "Prøve fra MidtLink" in str(card)


def test_sending_again_is_a_delivery_of_its_own(cast, clock, receiver):
    hook = hooked(cast.astrid, "question.asked", url=receiver.url)
    question = asked(cast.anne)
    send_waiting()
    (row,) = deliveries(hook)
    for _ in range(2):
        in_transaction(lambda: send_again(row.id, by=cast.astrid))
    send_waiting()
    first, again = deliveries(hook)
    assert again.again_of_id == first.id and again.happened_at == first.happened_at
    assert len({call.told["id"] for call in receiver.calls}) == 2
    hide(question, by=cast.mogens)
    in_transaction(lambda: send_again(row.id, by=cast.astrid))
    send_waiting()
    assert len(receiver.calls) == 2 and events(hook, state=DROPPED) == ["question.asked"]


def shows_titles():
    """Let titles leave the house."""
    in_transaction(lambda: change_setting("mail_shows_titles", "on", by=None, by_id=None))
