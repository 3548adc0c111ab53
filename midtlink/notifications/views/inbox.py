"""The inbox: what one is told, thread by thread; reading, putting aside, muting."""

from collections.abc import Callable

from flask import Response as FlaskResponse
from flask import flash, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink import forms
from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.notifications import reading
from midtlink.notifications.queries import ALL, LATER, NEW, list_inbox
from midtlink.notifications.views.blueprint import pages
from midtlink.notifications.views.rows import rows_of
from midtlink.pages import redirect_back
from midtlink.paging import LARGEST
from midtlink.questions.queries import get_question
from midtlink.refusals import BadInput

HERE = "/beskeder"


@pages.get(HERE)
@allow(MEMBER)
def inbox() -> str:
    """Show what one is told, the newest first."""
    person, which = current_person(), request.args.get("vis", ALL)
    found = list_inbox(which, of=person, cursor=request.args.get("efter"))
    narrowed = None if which == ALL else which
    older = found.next_cursor and url_for(".inbox", vis=narrowed, efter=found.next_cursor)
    words = {ALL: _("Alle"), NEW: _("Nye"), LATER: _("Senere")}
    return render_template(
        "notifications/inbox.html",
        rows=rows_of(found.rows),
        which=which,
        tabs_of_inbox=[(_address(each), label, each == which) for each, label in words.items()],
        until=max((thread.newest_id for thread in found.rows), default=0),
        older=older,
        is_first="efter" not in request.args,
    )


@pages.get(f"{HERE}/antal")
@allow(MEMBER, renews=False)
def count_new() -> Response:
    """Say how many threads are new; unchanged, in a word."""
    number = current_person().unread
    response: FlaskResponse = jsonify(number=number)
    response.set_etag(str(number), weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


@pages.post(f"{HERE}/laest")
@allow(MEMBER)
def read() -> Response:
    """Mark one thread as read, or everything that the page showed; with a way back for one."""
    key, until, person = _key(), _number("until"), current_person()
    in_transaction(lambda: reading.mark_read(by=person, until=until, key=key))
    if key is None:
        flash(_("Alt er markeret som læst."), "success")
    else:
        fields = {"key": str(key), "until": str(until), "next": _here()}
        forms.flash_undo(_("Markeret som læst."), f"{HERE}/ulaest", **fields)
    return redirect_back(HERE)


@pages.post(f"{HERE}/ulaest")
@allow(MEMBER)
def unread() -> Response:
    """Let a thread be new again."""
    _do(reading.mark_unread)
    return redirect_back(HERE)


@pages.post(f"{HERE}/senere")
@allow(MEMBER)
def later() -> Response:
    """Put a thread aside until the morning."""
    key, until = _do(reading.put_aside)
    fields = {"key": str(key), "until": str(until), "next": _here()}
    forms.flash_undo(_("Du ser den igen i morgen tidlig."), f"{HERE}/ulaest", **fields)
    return redirect_back(HERE)


@pages.post("/q/<id:question_id>/stilhed")
@allow(MEMBER)
def silence(question_id: int) -> Response:
    """Hear no more of a thread, or hear of it again."""
    wanted = forms.is_wanted()

    def work() -> None:
        person = current_person()
        question = get_question(question_id, seen_by=person)
        (reading.mute if wanted else reading.unmute)(question, by=person)

    in_transaction(work)
    said = _("Du hører ikke mere om tråden.") if wanted else _("Du hører igen om tråden.")
    back = {"wanted": "off" if wanted else "on", "next": _here()}
    forms.flash_undo(said, f"/q/{question_id}/stilhed", **back)
    return redirect_back(HERE)


def _do(verb: Callable[..., None]) -> tuple[int, int]:
    key, until, person = _key(), _number("until"), current_person()
    if key is None:
        raise BadInput("key")
    in_transaction(lambda: verb(by=person, until=until, key=key))
    return key, until


def _key() -> int | None:
    """Return which thread the form is about; none for all of them."""
    return _number("key") if request.form.get("key") else None


def _number(name: str) -> int:
    """Return a whole number of a form that only our pages send. Raises BadInput."""
    typed = request.form.get(name, "")
    digits = typed.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(LARGEST))):
        raise BadInput(name)
    if abs(int(typed)) > LARGEST:
        raise BadInput(name)
    return int(typed)


def _here() -> str:
    return request.form.get("next") or HERE


def _address(which: str) -> str:
    return str(url_for(".inbox", vis=None if which == ALL else which))
