"""What is said: to another system, signed as the README says, and to a chat, as a card."""

import re
import string
from pathlib import Path

import pytest

from midtlink.events import in_transaction
from midtlink.notifications.hooks.keeping import renew_secret
from midtlink.notifications.hooks.rules import EVENTS
from midtlink.notifications.hooks.sweeping import send_waiting
from midtlink.settings.changing import change_setting
from tests.notifications.hook_making import chat, hooked
from tests.notifications.hook_receivers import authority, house, receiver, receivers
from tests.questions.threads import asked
from tests.topics.making import make_system

__all__ = ["authority", "house", "receiver", "receivers"]
README = Path(__file__).parents[2].joinpath("README.md").read_text()


def sent(receiver, cast, title="Hvordan signerer jeg?", **more):
    """Ask, and return what the receiver was called with last."""
    question = asked(cast.anne, title, **more)
    send_waiting()
    return question, receiver.calls[-1]


@pytest.fixture
def checked():
    """The README's own way to check a signature."""
    (code,) = re.findall(r"```python\n(import hashlib, hmac.*?)```", README, re.DOTALL)
    names = {}
    exec(code, names)
    return names["is_from_midtlink"]


def test_the_readme_names_every_event():
    section = README.partition("## Chat and webhooks")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([a-z]+\.[a-z]+)`", section)) == set(EVENTS)


def test_a_signature_is_checked_as_the_readme_says(cast, clock, receiver, checked):
    hook = hooked(cast.astrid, url=receiver.url)
    _, call = sent(receiver, cast)
    header, now = call.headers["MidtLink-Signature"], clock.moment.timestamp()
    assert checked(hook.secret, header, call.body, now)
    assert not checked(hook.secret, header, call.body + b" ", now)
    assert not checked(hook.secret, header, call.body, now + 600)
    assert not checked(hook.secret + "x", header, call.body, now)
    moved = header.replace("t=", "t=1")
    assert not checked(hook.secret, moved, call.body, now)
    assert not checked(hook.secret, "", call.body, now)


def test_a_new_secret_ends_the_old_one(cast, clock, receiver, checked):
    hook = hooked(cast.astrid, url=receiver.url)
    old = hook.secret
    new = in_transaction(lambda: renew_secret(hook.id, by=cast.astrid)).secret
    _, call = sent(receiver, cast)
    header, now = call.headers["MidtLink-Signature"], clock.moment.timestamp()
    assert checked(new, header, call.body, now) and not checked(old, header, call.body, now)


def test_a_secret_is_long_and_of_letters_alone(cast):
    secret = hooked(cast.astrid).secret
    assert len(secret) * 5.7 > 256 and set(secret) <= set(string.ascii_letters)
    assert chat(cast.astrid).secret == ""


def test_a_chat_gets_a_card_with_a_link_and_no_words_of_the_post(cast, clock, receiver):
    chat(cast.astrid, url=receiver.url)
    make_system("EPJ")
    question, call = sent(receiver, cast, "Hemmelig titel?", body="Tekst", system_slug="epj")
    assert call.headers["Content-Type"] == "application/json; charset=utf-8"
    assert "MidtLink-Signature" not in call.headers
    (attachment,) = call.told["attachments"]
    assert call.told["type"] == "message"
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"], card["lang"]) == ("AdaptiveCard", "1.4", "da")
    (action,) = card["actions"]
    assert action["type"] == "Action.OpenUrl"
    assert action["url"] == f"https://midtlink.example/s/{question.id}"
    assert lines(card) == ["Nyt spørgsmål", "EPJ · Akutafdelingen"]
    assert "titel" not in call.body.decode() and "Tekst" not in call.body.decode()


def test_a_card_bears_the_title_where_titles_may_leave_the_house(cast, clock, receiver):
    in_transaction(lambda: change_setting("mail_shows_titles", "on", by=None, by_id=None))
    chat(cast.astrid, url=receiver.url)
    title = "Hvad med [denne](https://ond.example) *her*?"
    _, call = sent(receiver, cast, title)
    card = call.told["attachments"][0]["content"]
    assert title in lines(card)
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}  # No Markdown there.


def test_another_system_never_gets_a_title(cast, clock, receiver):
    in_transaction(lambda: change_setting("mail_shows_titles", "on", by=None, by_id=None))
    hooked(cast.astrid, url=receiver.url)
    _, call = sent(receiver, cast, "Hemmelig titel?")
    assert "titel" not in call.body.decode()


def lines(card):
    """The lines that a card shows."""
    return [run["text"] for block in card["body"] for run in block["inlines"]]
