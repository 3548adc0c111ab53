"""Which votes look arranged, and that fair ones never do."""

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midtlink.reputation.fairness import rules
from midtlink.reputation.fairness.circles import circles, knots
from midtlink.reputation.fairness.detecting import find
from midtlink.reputation.fairness.rules import Vote, chance, deviations
from tests.reputation.histories import fair_history, planted

BASE = fair_history(7)
GIVEN, RECEIVED = (Counter(vote[at] for vote in BASE) for at in (1, 2))
PLACES = {vote.giver_id: vote.giver_department_id for vote in BASE}
#: People who take part as most do, and people who hardly vote.
ORDINARY = [each for each in PLACES if GIVEN[each] <= 20 and RECEIVED[each] <= 20]
QUIET = [each for each in ORDINARY if GIVEN[each] <= 5]
SIZES = st.sampled_from([
    {},
    {"local": 0.7},
    {"people": 60, "departments": 4, "votes": 1_500},
    {"people": 25, "departments": 3, "votes": 300},
    {"people": 1_500, "departments": 40, "votes": 8_000, "local": 0.8},
])  # fmt: skip


def found(history, kind):
    return [each for each in find(history) if each.kind == kind]


def circle(people):
    return list(zip(people, [*people[1:], people[0]], strict=True))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9), size=SIZES)
def test_fair_histories_are_left_alone(seed, size):
    assert find(fair_history(seed, **size)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    people=st.lists(st.sampled_from(ORDINARY), min_size=3, max_size=6, unique=True),
    each=st.integers(4, 12),
    order=st.integers(0, 99),
)
def test_a_planted_ring_is_always_found(people, each, order):
    history = planted(BASE, circle(people), each)
    Random(order).shuffle(history)
    assert any(set(people) <= set(ring.people) for ring in found(history, rules.RING))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pair=st.lists(st.sampled_from(QUIET), min_size=2, max_size=2, unique=True))
def test_planted_pairs_are_always_found(pair):
    one, other = pair
    (mutual,) = found(planted(BASE, [(one, other), (other, one)], 6), rules.MUTUAL)
    assert mutual.people == tuple(sorted(pair))
    (one_way,) = found(planted(BASE, [(one, other)], 12), rules.ONE_WAY)
    assert one_way.people == (one, other)
    assert {fact_id for fact_id in one_way.fact_ids if fact_id > len(BASE)} == set(
        range(len(BASE) + 1, len(BASE) + 13)
    )


@pytest.mark.parametrize(
    ("edges", "each", "kinds"),
    [
        ([(1, 2)], 7, []),
        ([(1, 2)], 8, ["one_way"]),
        ([(1, 2), (2, 1)], 4, []),
        ([(1, 2), (2, 1)], 5, ["mutual"]),
        ([(1, 2), (2, 3), (3, 1)], 3, []),
        ([(1, 2), (2, 3), (3, 1)], 4, ["ring"]),
        ([(1, 2), (2, 3), (3, 4)], 7, []),
        ([(1, 2), (2, 1), (2, 3), (3, 2)], 5, ["mutual", "mutual"]),
        ([(n, n % 6 + 1) for n in range(1, 7)], 4, ["ring"]),
        ([(n, n % 7 + 1) for n in range(1, 8)], 4, []),
        ([(a, b) for a in range(1, 6) for b in range(1, 6) if a != b], 4, ["ring"]),
    ],
)
def test_the_numbers_of_the_rules(edges, each, kinds):
    """Beside many who vote for many, so that there is something to compare with."""
    others = [
        Vote(0, giver, receiver)
        for giver in range(100, 130)
        for receiver in range(100, 130)
        if giver != receiver
    ]
    history = planted([vote._replace(fact_id=n) for n, vote in enumerate(others, 1)], edges, each)
    assert [finding.kind for finding in find(history)] == kinds


def test_who_helps_everybody_is_not_suspected_for_it():
    """The only one who knows the laboratory's system gets nearly all of everybody's votes."""
    givers = [giver for giver in range(2, 40) for _ in range(9)]
    assert find([Vote(n, giver, 1, 7, 7, 7) for n, giver in enumerate(givers, 1)]) == []


def test_each_vote_between_people_stands_in_one_finding():
    edges = [(a, b) for a in ORDINARY[:4] for b in ORDINARY[:4] if a != b]
    history = planted(BASE, [*edges, (ORDINARY[5], ORDINARY[0])], 12)
    facts = [fact_id for each in find(history) for fact_id in each.fact_ids]
    assert len(facts) == len(set(facts)) > 12 * 12


def inward(place, share):
    """The history with so much of a department's votes turned to its own people."""
    chance, own = Random(1), [each for each in PLACES if PLACES[each] == place]
    return [
        vote._replace(receiver_id=to, receiver_department_id=place)
        if vote.giver_department_id == place and chance.random() < share
        and (to := chance.choice(own)) != vote.giver_id else vote
        for vote in BASE
    ]  # fmt: skip


@pytest.mark.parametrize(("share", "is_found"), [(0, False), (0.4, False), (0.9, True)])
def test_a_department_that_votes_for_itself(share, is_found):
    findings = find(inward(3, share))
    assert [(each.kind, each.department_id) for each in findings] == [("department", 3)] * is_found


def test_a_department_alone_has_nobody_to_be_compared_with():
    alone = [vote for vote in BASE if vote.giver_department_id == vote.receiver_department_id == 3]
    assert len(alone) > 100
    assert find(alone) == []


def test_the_order_of_the_votes_means_nothing():
    history = planted(inward(3, 0.9), [*circle(ORDINARY[:3]), (QUIET[-1], QUIET[-2])], 9)
    turned = history[::-1]
    assert find(turned) == find(history)
    assert {each.kind for each in find(history)} == {"ring", "one_way", "department"}


def test_an_identity_names_kind_and_people():
    history = planted(inward(3, 0.9), circle(ORDINARY[:3]), 6)
    assert [each.identity for each in find(history)] == [
        "ring:" + "-".join(str(each) for each in sorted(ORDINARY[:3])), "department:3",
    ]  # fmt: skip


def test_a_tangle_of_strong_edges_ends_in_bounded_time():
    """Everybody's ten strongest edges go to ten others: no search may follow every path."""
    edges = {n: [(n + step) % 500 for step in range(1, 11)] for n in range(500)}
    assert len(knots(edges)) == 1
    assert sum(1 for _ in circles(edges)) < 500 * rules.RING_STEPS


def test_knots_and_circles():
    graph = {1: [2], 2: [3], 3: [1, 4], 4: [5], 5: [4]}
    assert knots(graph) == [frozenset({1, 2, 3}), frozenset({4, 5})]
    assert list(circles(graph)) == [frozenset({1, 2, 3})]


@pytest.mark.parametrize(
    ("count", "expected", "most"),
    [(0, 3.0, 1.0), (4, 4.0, 0.57), (12, 2.0, 2e-6), (5, 0.0, 0.0), (900, 1.0, 1e-300)],
)
def test_chance_is_the_tail_of_poisson(count, expected, most):
    assert most * 0.5 <= chance(count, expected) <= most or most == 1e-300
    assert chance(count, expected) <= most


@pytest.mark.parametrize(
    ("count", "of", "share", "number"), [(50, 100, 0.5, 0), (60, 100, 0.5, 2), (5, 5, 1.0, 0)]
)
def test_deviations_of_a_share(count, of, share, number):
    assert deviations(count, of, share) == pytest.approx(number)
