"""Histories of votes for the tests: fair ones made at random, and arranged ones to plant there."""

from itertools import accumulate, pairwise
from random import Random

from midtlink.reputation.fairness.rules import Vote


def fair_history(seed, people=400, departments=12, votes=4_000, local=0.4):
    """Votes as they come about by themselves.

    Some vote and some help much more than others (by Zipf); a share of the votes goes to the
    voter's own department; a fifth is for questions.
    """
    chance = Random(seed)
    place = {person: 1 + chance.randrange(departments) for person in range(1, people + 1)}
    everybody = list(place)
    eager, helping = _zipf(everybody, chance, 0.6), _zipf(everybody, chance, 0.8)
    at_home = {}
    for number in range(1, departments + 1):
        own = [person for person in everybody if place[person] == number]
        at_home[number] = own, list(accumulate(_weight(helping, everybody, own)))
    history, givers = [], chance.choices(everybody, cum_weights=eager, k=3 * votes)
    for giver in givers:
        is_local = chance.random() < local
        among, weights = at_home[place[giver]] if is_local else (everybody, helping)
        receiver = chance.choices(among, cum_weights=weights)[0]
        if receiver == giver:
            continue
        asked_at = place[giver] if chance.random() < 0.5 else 1 + chance.randrange(departments)
        is_for_question = chance.random() < 0.2
        vote = Vote(
            len(history) + 1,
            giver,
            receiver,
            place[giver],
            place[receiver],
            place[receiver] if is_for_question else asked_at,
            is_for_question,
        )
        history.append(vote)
        if len(history) == votes:
            break
    return history


def _zipf(people, chance, power):
    """Cumulated weights of people, by a rank that is dealt at random."""
    ranks = list(range(1, len(people) + 1))
    chance.shuffle(ranks)
    return list(accumulate(rank**-power for rank in ranks))


def _weight(cumulated, everybody, some):
    single = [cumulated[0], *(after - before for before, after in pairwise(cumulated))]
    weights = dict(zip(everybody, single, strict=True))
    return [weights[person] for person in some]


def planted(history, edges, each, department=None):
    """The history with so many votes more on each edge (giver, receiver)."""
    place = {vote.giver_id: vote.giver_department_id for vote in history}
    place |= {vote.receiver_id: vote.receiver_department_id for vote in history}
    number = len(history)
    more = []
    for giver, receiver in edges:
        for _ in range(each):
            number += 1
            home = department or place.get(giver)
            at = department or place.get(receiver)
            more.append(Vote(number, giver, receiver, home, at, home))
    return [*history, *more]
