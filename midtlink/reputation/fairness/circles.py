"""Groups of three to six who stand in a circle: a search that is exact up to a bound. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from midtlink.reputation.fairness.rules import RING_LARGEST, RING_SMALLEST, RING_STEPS

Graph = Mapping[int, Sequence[int]]


def circles(graph: Graph) -> Iterator[frozenset[int]]:
    """Yield the people of each circle, and of each knot of people that holds one, once."""
    seen: set[frozenset[int]] = set()
    for knot in knots(graph):
        if len(knot) < RING_SMALLEST:
            continue
        found = [circle for start in sorted(knot) for circle in _through(start, graph, knot)]
        if found and len(knot) <= RING_LARGEST:
            found.append(knot)
        for circle in found:
            if circle not in seen:
                seen.add(circle)
                yield circle


def _through(start: int, graph: Graph, knot: frozenset[int]) -> Iterator[frozenset[int]]:
    """Yield the circles in which the start is the smallest."""
    paths: list[tuple[int, ...]] = [(start,)]
    steps = 0
    while paths and steps < RING_STEPS:
        path = paths.pop()
        for following in reversed(graph.get(path[-1], ())):
            steps += 1
            if following == start and len(path) >= RING_SMALLEST:
                yield frozenset(path)
            elif following > start and following in knot and following not in path:
                paths += [(*path, following)] * (len(path) < RING_LARGEST)


def knots(graph: Graph) -> list[frozenset[int]]:
    """Return the strongly connected parts of a graph: Kosaraju's two walks, without recursion."""
    back: dict[int, list[int]] = {}
    for one, others in graph.items():
        for other in others:
            back.setdefault(other, []).append(one)
    order: list[int] = []
    seen: set[int] = set()
    for start in sorted({*graph, *back}):
        order += _walk(start, graph, seen)
    found, seen = [], set()
    for start in reversed(order):
        if part := _walk(start, back, seen):
            found.append(frozenset(part))
    return sorted(found, key=min)


def _walk(start: int, graph: Graph, seen: set[int]) -> list[int]:
    """Return what can be reached and was not seen before, each after all that it leads to."""
    if start in seen:
        return []
    seen.add(start)
    done, stack = [], [(start, iter(graph.get(start, ())))]
    while stack:
        at, rest = stack[-1]
        following = next((each for each in rest if each not in seen), None)
        if following is None:
            done.append(at)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(graph.get(following, ()))))
    return done
