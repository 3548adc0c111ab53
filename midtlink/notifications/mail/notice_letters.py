"""Letters that tell of notices: one at once, or what an hour has brought in a thread."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _

from midtlink import clock
from midtlink.notifications import wording
from midtlink.notifications.mail import configuration
from midtlink.notifications.mail.contents import Told
from midtlink.notifications.mail.letters import Item, Letter, Link, Section, one_line
from midtlink.notifications.mail.unsubscribing import Subscription, address_for
from midtlink.settings import queries as settings

#: Kinds whose words end in what the system can be said to be the matter of.
ENDS_IN_MATTER = ("answer", "question")


def notice_letter(person_id: int, told: Sequence[Told], *, language: str) -> Letter:
    """Return the letter of one notice, or of several of the same thread."""
    question_id = told[0].question_id
    kind = Subscription(person_id, kind=told[0].kind)
    thread = Subscription(person_id, question_id=question_id or 0)
    is_of_kind = len({each.kind for each in told}) == 1
    links = [Link(_("Vælg, hvad du får mails om"), configuration.link_to("/mig/beskeder"))]
    if is_of_kind:
        links.append(_link_to_end(kind))
    if question_id is not None:
        links.append(Link(_("Hør ikke mere om denne tråd"), address_for(thread)))
    return Letter(
        subject=_subject(told),
        sections=(Section(tuple(item_of(each) for each in told)),),
        language=language,
        links=tuple(links),
        unsubscribe=address_for(kind if is_of_kind or question_id is None else thread),
        question_id=question_id,
        sender_place=sender_place(),
    )


def item_of(told: Told) -> Item:
    """Return what is told of a notice: what, where it was asked from, when and why."""
    where = _("Spurgt fra %(department)s", department=told.department) if told.department else ""
    place = ", ".join(filter(None, (one_line(where), ago(told.happened_at))))
    details = tuple(filter(None, (shown_title(told.title), place, _why(told))))
    return Item(headline(told), link_to_thread(told.question_id), details)


def item_of_thread(told: Sequence[Told]) -> Item:
    """Return several notices of one thread as one thing."""
    happened = dict.fromkeys(headline(each) for each in told)
    details = (shown_title(told[0].title), *happened, ago(told[-1].happened_at), _why(told[0]))
    link = link_to_thread(told[0].question_id)
    return Item(_news_of(told), link, tuple(filter(None, details)))


def shown_title(title: str) -> str:
    """Return a question's title as a mail shows it; "" where titles stay in the house."""
    return f"“{one_line(title)}”" if title and settings.is_on("mail_shows_titles") else ""


def headline(told: Told) -> str:
    """Say what has happened, how often, and about which system."""
    what = str(wording.WHAT[told.kind])
    if often := wording.how_often(told.kind, told.count):
        what = f"{what} {often}"
    if not told.system:
        return what
    if told.kind in ENDS_IN_MATTER:
        return one_line(_("%(what)s om %(system)s", what=what, system=told.system))
    return one_line(f"{what} ({told.system})")


def ago(moment: datetime) -> str:
    """Say how long ago something happened."""
    passed = clock.now() - moment
    if passed.total_seconds() < 60:
        return _("lige nu")
    return str(format_timedelta(-passed, add_direction=True))


def sender_place() -> str:
    """Say at the end of a mail who sent it."""
    return f"MidtLink, {one_line(settings.text('hospital_name'))}"


def _subject(told: Sequence[Told]) -> str:
    """The newest title where titles may leave the house; else what has happened."""
    first = headline(told[0]) if len(told) == 1 else _news_of(told)
    if told[0].title and settings.is_on("mail_shows_titles"):
        return f"{first}: {told[0].title}"
    return first


def _news_of(told: Sequence[Told]) -> str:
    """Say how much is new in a thread, or beside all threads."""
    if told[0].question_id is None:
        return ngettext("%(num)s nyhed", "%(num)s nyheder", len(told))
    news = ngettext("%(num)s nyhed i en tråd", "%(num)s nyheder i en tråd", len(told))
    system = told[0].system
    return one_line(_("%(what)s om %(system)s", what=news, system=system)) if system else news


def _why(told: Told) -> str:
    return one_line(wording.why(told.reason, told.reason_name))


def link_to_thread(question_id: int | None) -> Link:
    """Return the short address of a thread; what has none leads to the inbox."""
    path = f"/s/{question_id}" if question_id is not None else "/beskeder"
    address = configuration.link_to(path)
    return Link(address, address)


def _link_to_end(subscription: Subscription) -> Link:
    kind = wording.CHOICES[subscription.kind]
    return Link(_("Få ikke flere mails om “%(kind)s”", kind=kind), address_for(subscription))
