"""What is sent: ids to another system, a card with a link to a chat; never what anybody wrote."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import force_locale
from flask_babel import gettext as _

from midtlink.extensions import db
from midtlink.notifications.hooks.rules import CHAT
from midtlink.notifications.hooks.signing import HEADER, signature
from midtlink.notifications.hooks.surroundings import link_to
from midtlink.notifications.hooks.wording import EVENTS
from midtlink.notifications.records import Delivery
from midtlink.questions.models import Question
from midtlink.settings import queries as settings

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
CARD = "application/vnd.microsoft.card.adaptive"


class Message(NamedTuple):
    """A body and its headers."""

    body: bytes
    headers: dict[str, str]


def message(delivery: Delivery, at: datetime) -> Message:
    """Return what a hook is sent for a delivery, signed where the hook has a secret."""
    hook = delivery.hook
    told = _card(delivery) if hook.kind == CHAT else _ids(delivery)
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if hook.secret:
        headers[HEADER] = signature(hook.secret, body, at)
    return Message(body, headers)


def _ids(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.delivery_key,
        "event": delivery.event,
        "happened_at": delivery.happened_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "question_id": delivery.question_id,
        "post_id": delivery.post_id,
        "url": link_to(delivery.question_id),
        "facts": delivery.facts,
    }


def _card(delivery: Delivery) -> dict[str, Any]:
    """Return an Adaptive Card 1.4, in Danish: a chat has many readers."""
    with force_locale("da"):
        lines = _lines(delivery)
        open_it = {"type": "Action.OpenUrl", "title": _("Åbn i MidtLink")}
    first, *rest = lines
    body = [_text(first, weight="Bolder", size="Medium"), *(_text(line) for line in rest)]
    card = {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "lang": "da",
        "fallbackText": first,
        "body": body,
        "actions": [open_it | {"url": link_to(delivery.question_id)}],
    }
    return {"type": "message", "attachments": [{"contentType": CARD, "content": card}]}


def _lines(delivery: Delivery) -> list[str]:
    lines = [str(EVENTS[delivery.event])]
    if delivery.question_id is None:
        return lines
    question = db.session.get_one(Question, delivery.question_id)
    if settings.is_on("mail_shows_titles"):
        lines.append(question.title)
    places = [each.name for each in (question.system, question.department) if each]
    return [*lines, " · ".join(places)] if places else lines


def _text(line: str, **look: str) -> dict[str, Any]:
    """Return a line that shows what it says: a TextBlock would read names as Markdown."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": line, **look}]}
