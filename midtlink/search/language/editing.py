"""Filters put on and taken off a query, as the links beside the hits do."""

from dataclasses import replace

from midtlink.search.language.cleaning import clean
from midtlink.search.language.collecting import Collected
from midtlink.search.language.operators import (
    BY_KEY,
    CHOICE,
    NAME,
    Operator,
    operator_named,
)
from midtlink.search.language.query import Query
from midtlink.search.protocol import RELEVANCE


def with_operator(query: Query, name: str, value: str, *, is_negated: bool = False) -> Query:
    """Return the query with a filter more; numbers, times and the order are replaced.

    `name` and `value` are those of either language, or keys. What says nothing changes nothing.
    """
    operator = _operator(name)
    if operator is None:
        return query
    is_list = operator.kind in (NAME, CHOICE)
    collected = Collected(without_operator(query, name, value if is_list else None))
    is_understood = collected.add(operator, _typed(value), is_negated=is_negated)
    return collected.query() if is_understood else query


def without_operator(query: Query, name: str, value: str | None = None) -> Query:
    """Return the query without a filter, wanted or excluded; without a value, all of them."""
    operator = _operator(name)
    if operator is None:
        return query
    if operator.kind in (NAME, CHOICE):
        return _without_values(query, operator, value)
    if value is not None and not is_on(query, name, value):
        return query
    numbers = {key: each for key, each in query.numbers.items() if key != operator.key}
    periods = {key: each for key, each in query.periods.items() if key != operator.key}
    order = RELEVANCE if operator.key == "order" else query.order
    return replace(query, numbers=numbers, periods=periods, order=order)


def is_on(query: Query, name: str, value: str) -> bool:
    """Say whether the query has the filter."""
    operator = _operator(name)
    alone = _alone(operator, value) if operator else None
    if operator is None or alone is None:
        return False
    if operator.key == "order":
        return query.order == alone.order
    asked = {**alone.numbers, **alone.periods}
    if asked:
        return {**query.numbers, **query.periods}.get(operator.key) == asked[operator.key]
    wanted, there = Collected(alone).lists, Collected(query).lists
    return all(wanted[field].keys() <= there[field].keys() for field in wanted)


def toggled(query: Query, name: str, value: str) -> Query:
    """Return the query with the filter if it lacks it, else without."""
    change = without_operator if is_on(query, name, value) else with_operator
    return change(query, name, value)


def _operator(name: str) -> Operator | None:
    return BY_KEY.get(name) or operator_named(name)


def _typed(value: str) -> str:
    """Return a value as it could stand between quotes."""
    return clean(value).replace('"', " ").strip()


def _alone(operator: Operator, value: str) -> Query | None:
    collected = Collected()
    return collected.query() if collected.add(operator, _typed(value)) else None


def _without_values(query: Query, operator: Operator, value: str | None) -> Query:
    collected = Collected(query)
    gone = Collected(_alone(operator, value or "")).lists
    for field, values in collected.lists.items():
        wanted = field.removeprefix("without_")
        if value is None and wanted == operator.field:
            values.clear()
        for key in gone.get(wanted, ()):
            values.pop(key, None)
    return collected.query()
