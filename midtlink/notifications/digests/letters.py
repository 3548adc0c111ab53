"""Digests in words: what one was told of, and what the week has brought beside."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from midtlink import clock
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
from midtlink.settings import queries as settings

#: The parts of an overview.
ANSWERED, ANSWERABLE, LEARNT, THANKED = "answered", "answerable", "learnt", "thanked"


def digest_letter(
    person_id: int, cadence: str, told: Sequence[Told], overview: Overview, *, language: str
) -> Letter | None:
    """Return the letter of a digest; None where it would tell the person nothing."""
    if not told and overview.is_empty:
        return None
    end = address_for(Subscription(person_id, kind=cadence))
    return Letter(
        subject=_("Dagens overblik") if cadence == DAILY else _("Ugens overblik"),
        opening=_why(cadence),
        sections=tuple(each for each in _sections(told, overview) if each.items),
        language=language,
        links=(
            Link(_("Vælg, hvad du får mails om"), configuration.link_to("/mig/beskeder")),
            Link(_("Få ikke flere af disse overblik"), end),
        ),
        unsubscribe=end,
        sender_place=sender_place(),
    )


def _why(cadence: str) -> str:
    if cadence == DAILY:
        return _("Nyt siden i går om det, du får besked om én gang om dagen.")
    return _(
        "Ugens nyt om det, du har skrevet, det, du følger eller er kendt for, og din afdeling."
    )


def _sections(told: Sequence[Told], overview: Overview) -> Iterator[Section]:
    threads = {each.question_id for each in told}
    answers = [each for each in overview.answers if each.question_id not in threads]
    yield Section(tuple(_notices(told)), _("Nyt til dig"))
    yield Section(_items(ANSWERED, answers), _("Nye svar på dine spørgsmål"))
    yield Section(_items(ANSWERABLE, overview.answerable), _("Kan du hjælpe her?"))
    yield Section(_items(LEARNT, overview.learnt), _("Det har din afdeling lært i denne uge"))
    yield Section(_items(THANKED, overview.thanked), _("Flest sagde tak for"))


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


def _items(part: str, questions: Sequence[Listed]) -> tuple[Item, ...]:
    """Return questions in words. Many digests tell of the same ones, so the words are kept."""
    minute = clock.now().replace(second=0, microsecond=0)
    around = (str(get_locale()), configuration.link_to(""), settings.is_on("mail_shows_titles"))
    return tuple(_item(part, each, minute, around) for each in questions)


@lru_cache(maxsize=5_000)
def _item(part: str, listed: Listed, _minute: datetime, _around: tuple[str, str, bool]) -> Item:
    """Return a question in words, which depend on the minute and on what stands around too."""
    what = _what(part, listed)
    if listed.system:
        what = _("%(what)s om %(system)s", what=what, system=listed.system)
    department = listed.department
    where = _("Spurgt fra %(department)s", department=department) if department else ""
    place = ", ".join(filter(None, (one_line(where), ago(listed.asked_at))))
    details = tuple(filter(None, (shown_title(listed.title), place)))
    return Item(one_line(what), link_to_thread(listed.question_id), details)


def _what(part: str, listed: Listed) -> str:
    match part:
        case "answered":
            return ngettext(
                "%(num)s nyt svar på dit spørgsmål",
                "%(num)s nye svar på dit spørgsmål",
                listed.count,
            )
        case "answerable":
            return _("Spørgsmål uden svar") if listed.is_unanswered else _("Spørgsmål")
        case "learnt":
            return _("Løst spørgsmål")
        case _:
            return ngettext("%(num)s tak for svar", "%(num)s tak for svar", listed.count)
