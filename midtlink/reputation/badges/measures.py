"""How much of something one person's ledger holds. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from midtlink.clock import HOSPITAL_TIME
from midtlink.reputation import rules as points
from midtlink.reputation.badges import rules

VOTES_OF_HELP = (points.HELPED, points.HELPED_SAME)


#: credits.Credit of one person.
Credits = Sequence[Any]


def chosen(credits: Credits) -> int:
    """Count the answers that were chosen."""
    return _posts(_by(credits, points.ACCEPTED))


def solved(credits: Credits) -> int:
    """Count the questions with an answer that was chosen, or that IT stands behind."""
    solving = _by(credits, points.ACCEPTED, points.CONFIRMED)
    return _different(each.question_id for each in solving)


def confirmed(credits: Credits) -> int:
    """Count the answers that IT stands behind."""
    return _posts(_by(credits, points.CONFIRMED))


def helps(credits: Credits) -> int:
    """Count how often colleagues said of an answer that it helped."""
    return sum(each.times for each in _by(credits, *VOTES_OF_HELP))


def most_helped(credits: Credits) -> int:
    """Count how often that was said of the answer of which it was said most often."""
    return _most(_by(credits, *VOTES_OF_HELP))


def most_liked(credits: Credits) -> int:
    """Count the votes of the question that got most."""
    return _most(_by(credits, points.GOOD))


def quick(credits: Credits) -> int:
    """Count the chosen answers that came at once."""
    accepted = _by(credits, points.ACCEPTED)
    return _posts(each for each in accepted if each.written_at - each.asked_at <= rules.AT_ONCE)


def at_night(credits: Credits) -> int:
    """Count the answers that helped and were given at night."""
    return _posts(each for each in _helping(credits) if is_night(each.written_at))


def departments(credits: Credits) -> int:
    """Count the other departments to which a chosen answer went."""
    accepted = _by(credits, points.ACCEPTED)
    return _different(each.asker_department_id for each in accepted if each.is_bridge)


def sites(credits: Credits) -> int:
    """Count the other sites to which a chosen answer went."""
    return _others(credits, "asker_site_id", "helper_site_id")


def professions(credits: Credits) -> int:
    """Count the other professions to which a chosen answer went."""
    return _others(credits, "asker_profession", "helper_profession")


def systems(credits: Credits) -> int:
    """Count the systems that a chosen answer was about."""
    known = (each.system_id for each in _by(credits, points.ACCEPTED))
    return _different(system_id for system_id in known if system_id)


def revived(credits: Credits) -> int:
    """Count the answers that helped with a question that nobody had answered for long."""
    first = (each for each in _helping(credits) if each.written_at == each.first_answered_at)
    return _posts(
        each for each in first if each.written_at - each.asked_at >= rules.FORGOTTEN_AFTER
    )


def welcomed(credits: Credits) -> int:
    """Count the answers that helped, were the first, and were to a colleague's first question."""
    first = (each for each in _helping(credits) if each.written_at == each.first_answered_at)
    return _posts(each for each in first if each.question_id == each.first_question_id)


def choices(credits: Credits) -> int:
    """Count the own questions for which somebody chose an answer."""
    return _different(each.question_id for each in _by(credits, points.ACCEPTING))


def edits(credits: Credits) -> int:
    """Count the edits that were taken over."""
    return sum(each.times for each in _by(credits, points.EDIT))


MEASURES: dict[str, Callable[[Credits], int]] = {
    rules.CHOSEN: chosen,
    rules.SOLVED: solved,
    rules.CONFIRMED: confirmed,
    rules.HELPS: helps,
    rules.MOST_HELPED: most_helped,
    rules.MOST_LIKED: most_liked,
    rules.QUICK: quick,
    rules.AT_NIGHT: at_night,
    rules.DEPARTMENTS: departments,
    rules.SITES: sites,
    rules.PROFESSIONS: professions,
    rules.SYSTEMS: systems,
    rules.REVIVED: revived,
    rules.WELCOMED: welcomed,
    rules.CHOICES: choices,
    rules.EDITS: edits,
}


def is_night(moment: datetime) -> bool:
    """Say whether it is night on the hospital's clocks."""
    hour, (begins, ends) = moment.astimezone(HOSPITAL_TIME).hour, rules.NIGHT
    return hour >= begins or hour < ends


def _by(credits: Credits, *wanted: str) -> Iterator[Any]:
    return (each for each in credits if each.rule in wanted)


def _helping(credits: Credits) -> Iterator[Any]:
    return _by(credits, *VOTES_OF_HELP, points.ACCEPTED)


def _others(credits: Credits, theirs: str, own: str) -> int:
    """Count the different values of theirs that are known and are not one's own."""
    pairs = ((getattr(each, theirs), getattr(each, own)) for each in _by(credits, points.ACCEPTED))
    return _different(value for value, mine in pairs if value and mine and value != mine)


def _most(credits: Iterable[Any]) -> int:
    sums: Counter[int] = Counter()
    for each in credits:
        sums[each.post_id] += each.times
    return max(sums.values(), default=0)


def _posts(credits: Iterable[Any]) -> int:
    return _different(each.post_id for each in credits)


def _different(values: Iterable[Any]) -> int:
    found: Collection[Any] = set(values)
    return len(found)
