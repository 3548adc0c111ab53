"""Votes that look arranged, given by people and found by the nightly search."""

from midtlink.extensions import db
from midtlink.questions.reacting import set_reaction
from midtlink.reputation.fairness.proposing import look_through
from midtlink.reputation.records import Suspicion
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked


def votes(giver, receiver, count, *, asker):
    """Let one colleague vote for so many of another's answers; return the answers."""
    for key in ("posts_per_minute", "votes_per_day"):
        change_setting(key, "100", by=None, by_id=None)
    found = []
    for number in range(count):
        reply = answered(asked(asker, f"Spørgsmål {number} af {count}?"), receiver)
        set_reaction(reply, "helped", by=giver)
        found.append(reply)
    return found


def suspected():
    """Look through the votes, and return the suspicions that it gave."""
    ids = look_through()
    return [db.session.get(Suspicion, suspicion_id) for suspicion_id in ids]
