"""A query while it is put together: each thing once, and no more than a search can bear."""

import re
import unicodedata
from dataclasses import replace

from midtlink.search.language.numbers import LONGEST_VALUE, other_bounds, read_bounds
from midtlink.search.language.operators import (
    CHOICE,
    NAME,
    NUMBER,
    PERIOD,
    STATUS,
    Operator,
    choice_named,
    operator_named,
)
from midtlink.search.language.query import Period, Query
from midtlink.search.language.times import other_period, read_period
from midtlink.search.protocol import Bounds
from midtlink.topics.rules import LONGEST_TAG, fold, plain_tag, split_tags

#: Words that count, those in phrases too, and filters of one query; the rest is dropped.
MOST_WORDS = 64
MOST_FILTERS = 24
LONGEST_WORD = 80
LONGEST_FILTER = 120
TEXTS = ("words", "phrases", "prefixes", "without", "without_phrases")
#: Each kind is what the other is not.
OTHER_KIND = {"question": "answer", "answer": "question"}
BETWEEN_CHOICES = re.compile(r"[,|]")


class Collected:
    """The parts of a query, lists by the names of its fields."""

    def __init__(self, query: Query | None = None) -> None:
        self.start = query or Query()
        self.numbers = dict(self.start.numbers)
        self.periods = dict(self.start.periods)
        self.order = self.start.order
        parts = {name: part for name, part in vars(self.start).items() if isinstance(part, tuple)}
        # Those that are words too are found again among the words.
        parts["ignored"] = tuple(each for each in self.start.ignored if each.startswith("-"))
        self.lists = {name: {_key(name, each): each for each in parts[name]} for name in parts}
        texts = [text for name in TEXTS for text in parts[name]]
        self.words_left = MOST_WORDS - sum(len(text.split()) for text in texts)
        self.filters_left = MOST_FILTERS - sum(map(len, parts.values())) + len(texts)

    def query(self) -> Query:
        """Return what has been put together."""
        odd = [word for word in self.lists["words"] if is_like_operator(word)]
        lists = {name: tuple(values.values()) for name, values in self.lists.items()}
        lists["ignored"] = (*odd, *lists["ignored"])
        query = replace(self.start, numbers=self.numbers, periods=self.periods, order=self.order)
        return replace(query, **lists)  # type: ignore[arg-type]

    def add_text(self, name: str, text: str) -> None:
        """Add a word, a phrase or a prefix while there is room."""
        words = [word[:LONGEST_WORD] for word in text.split()][: self.words_left]
        kept = " ".join(words)
        if has_words(kept) and kept not in self.lists[name]:
            self.lists[name][kept] = kept
            self.words_left -= len(words)

    def add_filter(self, name: str, value: str) -> None:
        """Add a value to a list while there is room."""
        key = _key(name, value)
        if self.filters_left > 0 and key not in self.lists[name]:
            self.lists[name][key] = value
            self.filters_left -= 1

    def add(self, operator: Operator, value: str, *, is_negated: bool = False) -> bool:
        """Add what an operator says. Return whether that could be understood."""
        if operator.kind == NAME:
            return self._add_name(operator, value, is_negated)
        if operator.kind == CHOICE:
            return self._add_choices(operator, value, is_negated)
        if operator.kind == NUMBER:
            return self._add_bounds(operator.key, value, is_negated)
        if operator.kind == PERIOD:
            return self._add_period(operator.key, value, is_negated)
        order = None if is_negated else choice_named(operator, value)
        self.order = order or self.order
        return order is not None

    def _add_name(self, operator: Operator, value: str, is_negated: bool) -> bool:
        names = read_names(operator, value)
        for name in names:
            self.add_filter(operator.without if is_negated else operator.field, name)
        return bool(names)

    def _add_choices(self, operator: Operator, value: str, is_negated: bool) -> bool:
        chosen = read_choices(operator, value)
        for owner, key in chosen:
            if owner.key == "kind":
                self.add_filter("kinds", OTHER_KIND[key] if is_negated else key)
            else:
                self.add_filter(owner.without if is_negated else owner.field, key)
        return bool(chosen)

    def _add_bounds(self, name: str, value: str, is_negated: bool) -> bool:
        read = read_bounds(value)
        new = other_bounds(read, name) if read and is_negated else read
        if new is None:
            return False
        old = self.numbers.get(name, Bounds())
        least = old.least if new.least is None else new.least
        self.numbers[name] = Bounds(least, old.most if new.most is None else new.most)
        return True

    def _add_period(self, name: str, value: str, is_negated: bool) -> bool:
        read = read_period(value)
        new = other_period(read) if read and is_negated else read
        if new is None:
            return False
        old = self.periods.get(name, Period())
        since = old.since if new.since is None else new.since
        self.periods[name] = Period(since, old.until if new.until is None else new.until)
        return True


def read_names(operator: Operator, value: str) -> list[str]:
    """Return the names to look up; several tags can stand together, as where they are written."""
    values = split_tags(value) if operator.key == "tag" else [value]
    names = [_read_name(operator, " ".join(each.split())) for each in values]
    return [name for name in names if name]


def _read_name(operator: Operator, name: str) -> str:
    if operator.key == "tag":
        tag = name[:LONGEST_TAG]
        return plain_tag(tag) if _shows(tag, "LNS") else ""
    if operator.key == "person":
        name = name.lstrip("@ ")
        if me := choice_named(operator, name):
            return me
    name = name[:LONGEST_FILTER].strip()
    return name if _shows(name, "LN") else ""


def read_choices(operator: Operator, value: str) -> list[tuple[Operator, str]]:
    """Return the fixed values that are named, each with its operator: "er:løst" is a status.

    Nothing if one of them is unknown.
    """
    ways = BETWEEN_CHOICES.split(value) if len(value) <= LONGEST_VALUE else []
    chosen = [_choice(operator, way) for way in ways]
    return [each for each in chosen if each] if all(chosen) else []


def _choice(operator: Operator, way: str) -> tuple[Operator, str] | None:
    key = choice_named(operator, way)
    if key is None and operator.key == "kind":
        operator, key = STATUS, choice_named(STATUS, way)
    return None if key is None else (operator, key)


def has_words(text: str) -> bool:
    """Say whether there is a letter or a digit to look for."""
    return any(map(str.isalnum, text))


def is_like_operator(word: str) -> bool:
    """Say whether a word looks like an operator: it is one whose value says nothing."""
    name, colon, _value = word.partition(":")
    return bool(colon) and operator_named(name) is not None


def _shows(text: str, categories: str) -> bool:
    return any(unicodedata.category(character)[0] in categories for character in text)


def _key(name: str, value: str) -> str:
    return value if name in TEXTS or name == "ignored" else fold(value)
