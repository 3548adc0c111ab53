"""The filters beside the hits: those that are on, and those that could be, each a link."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from midtlink.search.finding import Results
from midtlink.search.language import (
    ME,
    OPERATORS,
    Operator,
    Query,
    is_on,
    piece_of,
    text_of,
    with_operator,
    without_operator,
)
from midtlink.search.naming import Named, names_of
from midtlink.search.protocol import ORDERS
from midtlink.search.views.blueprint import address, address_of, language
from midtlink.topics.rules import fold

Facets = Mapping[str, Mapping[str, int]]

#: Which operator narrows to a label of each facet.
OPERATOR_OF = {
    "status": "status",
    "system": "system",
    "tag": "tag",
    "department": "department",
    "year": "created",
}
OPERATOR = {operator.key: operator for operator in OPERATORS}


@dataclass(frozen=True)
class Option:
    """One value of a filter: its words, how many hits bear it, where its link leads."""

    words: str
    address: str
    count: int | None = None
    is_on: bool = False
    #: The words are a name of the hospital's, in Danish.
    is_name: bool = False


@dataclass(frozen=True)
class Filters:
    """What is on, what could be by facet, and the orders of the hits."""

    chosen: Sequence[Option]
    facets: Sequence[tuple[str, Sequence[Option]]]
    statuses: Sequence[Option]
    orders: Sequence[Option]
    #: The query without any of the filters.
    none: str


def filters_of(results: Results) -> Filters:
    """Return the filters of what was found."""
    query, names = results.query, names_of(results.facets)
    facets = {
        facet: _options(facet, query, [(_named(label, names), count) for label, count in counts])
        for facet, counts in _sorted(results.facets)
    }
    statuses = facets.pop("status", [])
    return Filters(
        chosen=list(_chosen(query, names)),
        facets=[(facet, options) for facet, options in facets.items() if options],
        statuses=statuses,
        orders=[_order(query, order) for order in ORDERS],
        none=address(_bare(query)),
    )


def _sorted(facets: Facets) -> Iterator[tuple[str, Iterable[tuple[str, int]]]]:
    """Yield the labels of each facet with their counts: as they come, but years from the latest."""
    for facet, counts in facets.items():
        yield facet, sorted(counts.items(), reverse=True) if facet == "year" else counts.items()


def _options(facet: str, query: Query, counted: Iterable[tuple[Named | None, int]]) -> list[Option]:
    """Return what is not on yet. A page has about eighty of these, so each is text put together."""
    operator, base = OPERATOR[OPERATOR_OF[facet]], _base(facet, query)
    is_name = facet in ("system", "department")
    return [
        Option(
            named.words,
            address_of(f"{base} {piece_of(operator, named.value, language())}".strip()),
            count,
            is_name=is_name,
        )
        for named, count in counted
        if named is not None and not _is_on(operator, named.value, query)
    ]


def _base(facet: str, query: Query) -> str:
    """Return the text that a filter is put behind; another year takes the place of the first."""
    return text_of(without_operator(query, "created") if facet == "year" else query, language())


def _is_on(operator: Operator, value: str, query: Query) -> bool:
    if operator.field:
        return fold(value) in map(fold, getattr(query, operator.field))
    return operator.key in query.periods and is_on(query, operator.key, value)


def _named(label: str, names: dict[str, Named]) -> Named | None:
    facet, _colon, value = label.partition(":")
    if facet == "year":
        return Named(value, value)
    if facet == "status":
        return Named(value, status_words(value))
    return names.get(label)


def _chosen(query: Query, names: dict[str, Named]) -> Iterator[Option]:
    called = {named.value: named.words for named in names.values()}
    for operator in OPERATORS:
        if operator.field:
            for value in getattr(query, operator.field):
                words = _words(operator, value, called)
                yield Option(words, address(without_operator(query, operator.key, value)))
            for value in getattr(query, operator.without, ()):
                words = _("ikke %(words)s", words=_words(operator, value, called))
                yield Option(words, address(without_operator(query, operator.key, value)))
        elif operator.key in {**query.numbers, **query.periods}:
            words = _spelt(query, operator)
            yield Option(words, address(without_operator(query, operator.key)))


def _words(operator: Operator, value: str, called: dict[str, str]) -> str:
    if operator.key == "status":
        return status_words(value)
    if operator.key in ("system", "tag", "department"):
        return called.get(value, value)
    if value == ME:
        return _("mig selv")
    if operator.key == "person":
        return value
    return piece_of(operator, value, language())


def _spelt(query: Query, operator: Operator) -> str:
    """Return a filter on numbers or times as one types it."""
    alone = Query(
        numbers={key: each for key, each in query.numbers.items() if key == operator.key},
        periods={key: each for key, each in query.periods.items() if key == operator.key},
    )
    return text_of(alone, language())


def _bare(query: Query) -> Query:
    for operator in OPERATORS:
        if operator.key != "order":
            query = without_operator(query, operator.key)
    return query


def _order(query: Query, order: str) -> Option:
    words = {
        "relevance": _("Bedste match"),
        "newest": _("Nyeste først"),
        "helpful": _("Hjalp flest"),
    }[order]
    return Option(words, address(with_operator(query, "order", order)), is_on=query.order == order)


def status_words(status: str) -> str:
    """Say a status as the badges do."""
    return {
        "unanswered": _("Mangler svar"),
        "answered": _("Besvaret"),
        "unsolved": _("Ikke løst"),
        "solved": _("Løst"),
        "with_it": _("Hos IT"),
        "closed": _("Lukket"),
    }[status]
