"""The badges: all of them and how far one is, who holds one, and taking one away."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink import guarding
from midtlink.access import MEMBER, MODERATOR, allow, current_person
from midtlink.forms import Typed, choice, read_form
from midtlink.paging import read_cursor
from midtlink.people.queries import find_person
from midtlink.reputation import forms
from midtlink.reputation.badges import queries
from midtlink.reputation.badges.own_queries import list_own_awards
from midtlink.reputation.badges.policy import may_revoke_badges
from midtlink.reputation.badges.revoking import revoke_badge
from midtlink.reputation.badges.rules import GROUPS, Badge
from midtlink.reputation.badges.wording import BADGE_WORDS, GROUP_WORDS, Words
from midtlink.reputation.views.blueprint import pages


@pages.app_template_global("badge_words")
def badge_words(badge: Badge) -> Words:
    """Return a badge's name and what it is for, for any page that shows it."""
    return BADGE_WORDS[badge.key]


@pages.get("/badges")
@allow(MEMBER)
def badges() -> str:
    """List all badges, with those that one has and how far one is."""
    progress = queries.progress_of(current_person(), queries.shown_badges())
    groups = [
        (GROUP_WORDS[group], [each for each in progress if each.badge.group == group])
        for group in GROUPS
    ]
    return render_template(
        "reputation/badges.html",
        groups=[(words, some) for words, some in groups if some],
        awards=list_own_awards(in_use=True),
        held=sum(bool(each.steps) for each in progress),
        total=len(progress),
    )


@pages.get("/badges/<key>")
@allow(MEMBER)
def badge(key: str) -> str:
    """Show a badge, how far one is, and who holds it and wants to be found by it."""
    badge, cursor = queries.get_badge(key), read_cursor(request.args.get("efter"))
    found = queries.list_holders(badge, cursor[0] if cursor else None)
    return render_template(
        "reputation/badge.html",
        badge=badge,
        progress=queries.progress_of(current_person(), [badge])[0],
        holders=found.rows,
        count=queries.count_holders(badge),
        more=found.next_cursor
        and url_for("reputation.badge", key=badge.key, efter=found.next_cursor),
        is_first=cursor is None,
        may_revoke=may_revoke_badges(current_person()),
    )


@pages.get("/badges/<key>/fjernelse")
@allow(MODERATOR)
def revoke_badge_page(key: str) -> str:
    """Ask whom to take the badge from, and why."""
    typed = Typed({"username": request.args.get("kollega", "")[:60]})
    return _revocation(queries.get_badge(key), typed)


@pages.post("/badges/<key>/fjernelse")
@allow(MODERATOR)
def take_badge(key: str) -> Response | tuple[str, int]:
    """Take the badge away from somebody."""
    badge, typed = queries.get_badge(key), read_form("because", "username", "from_step")
    if forms.attempt(typed, lambda: _revoke(badge, typed)) is None:
        return _revocation(badge, typed), typed.status
    flash(_("Badget er fjernet."), "success")
    return redirect(url_for("reputation.badge", key=badge.key), 303)


def _revoke(badge: Badge, typed: Typed) -> bool:
    steps = [str(step) for step in range(1, len(badge.steps) + 1)]
    person = find_person(typed["username"])
    if person is None:
        guarding.check({"username": typed["username"]}, overruled=typed.not_cpr)
    revoke_badge(
        person,
        badge,
        from_step=int(choice("from_step", steps)) if len(steps) > 1 else 1,
        because=typed["because"],
        by=current_person(),
        not_cpr=typed.not_cpr,
    )
    return True


def _revocation(badge: Badge, typed: Typed) -> str:
    steps = list(enumerate(badge.steps, start=1))
    return render_template("reputation/revoke_badge.html", badge=badge, typed=typed, steps=steps)
