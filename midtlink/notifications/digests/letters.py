"""Digests in words: what one was told of, and what the week has brought beside."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from midtlink.notifications.digests.overviews import Listed, Overview
from midtlink.notifications.digests.rules import THREADS_SHOWN
from midtlink.notifications.mail import configuration
from midtlink.notifications.mail.contents import Told
from midtlink.notifications.mail.letters import Item, Letter, Link, Section, one_line
from midtlink.notifications.mail.notice_letters import (
    ago,
    item_of,
    item_of_thread,
    link_to_thread,
    sender_place,
    shown_title,
)
from midtlink.notifications.mail.rules import DAILY
from midtlink.notifications.mail.unsubscribing import Subscription, address_for


def digest_letter(
    person_id: int, cadence: str, told: Sequence[Told], overview: Overview, *, language: str
) -> Letter | None:
    """Return the letter of a digest; None where it would tell the person nothing."""
    if not told and overview.is_empty:
        return None
    end = address_for(Subscription(person_id, kind=cadence))
    return Letter(
        subject=_("Dagens overblik") if cadence == DAILY else _("Ugens overblik"),
        sections=tuple(each for each in _sections(told, overview) if each.items),
        language=language,
        links=(
            Link(_("Vælg, hvad du får mails om"), configuration.link_to("/mig/beskeder")),
            Link(_("Få ikke flere af disse overblik"), end),
        ),
        unsubscribe=end,
        sender_place=sender_place(),
    )


def _sections(told: Sequence[Told], overview: Overview) -> Iterator[Section]:
    threads = {each.question_id for each in told}
    answers = [each for each in overview.answers if each.question_id not in threads]
    yield Section(tuple(_notices(told)), _("Nyt til dig"))
    yield Section(tuple(map(_answered, answers)), _("Nye svar på dine spørgsmål"))
    yield Section(tuple(map(_answerable, overview.answerable)), _("Kan du hjælpe her?"))
    yield Section(tuple(map(_learnt, overview.learnt)), _("Det har din afdeling lært i denne uge"))
    yield Section(tuple(map(_thanked, overview.thanked)), _("Flest sagde tak for"))


def _notices(told: Sequence[Told]) -> Iterator[Item]:
    """Thread by thread, each once, as the inbox shows them."""
    threads: dict[int, list[Told]] = {}
    for number, each in enumerate(told):
        threads.setdefault(each.question_id or -number, []).append(each)
    shown = list(threads.values())[:THREADS_SHOWN]
    for notices in shown:
        yield item_of(notices[0]) if len(notices) == 1 else item_of_thread(notices)
    if others := len(threads) - len(shown):
        address = configuration.link_to("/beskeder")
        words = ngettext("%(num)s tråd mere", "%(num)s tråde mere", others)
        yield Item(words, Link(address, address))


def _answered(listed: Listed) -> Item:
    words = ngettext(
        "%(num)s nyt svar på dit spørgsmål", "%(num)s nye svar på dit spørgsmål", listed.count
    )
    return _item(listed, words)


def _answerable(listed: Listed) -> Item:
    words = _("Spørgsmål uden svar") if listed.is_unanswered else _("Spørgsmål")
    return _item(listed, words)


def _learnt(listed: Listed) -> Item:
    return _item(listed, _("Løst spørgsmål"))


def _thanked(listed: Listed) -> Item:
    words = ngettext("%(num)s tak for svar", "%(num)s tak for svar", listed.count)
    return _item(listed, words)


def _item(listed: Listed, what: str) -> Item:
    words = _("%(what)s om %(system)s", what=what, system=listed.system) if listed.system else what
    where = (
        _("Spurgt fra %(department)s", department=listed.department) if listed.department else ""
    )
    place = ", ".join(filter(None, (one_line(where), ago(listed.asked_at))))
    details = tuple(filter(None, (shown_title(listed.title), place)))
    return Item(one_line(words), link_to_thread(listed.question_id), details)
