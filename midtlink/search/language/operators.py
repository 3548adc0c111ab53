"""The operators and their fixed values, as rows: a canonical key, and every name in use."""

import re
from dataclasses import dataclass

from midtlink.search.protocol import HELPFUL, NEWEST, RELEVANCE
from midtlink.topics.rules import fold

DANISH, ENGLISH = "da", "en"
#: What the values of an operator are.
NAME, CHOICE, NUMBER, PERIOD, ORDER = "name", "choice", "number", "period", "order"
BETWEEN = re.compile(r"[\s_-]+")
#: How æøå are typed where their keys are missing, beside ae, oe and aa.
BARE = str.maketrans("æøåÆØÅ", "aoaAOA")


def _(text: str) -> str:
    """Mark a text for translation; the page that shows it translates it."""
    return text


@dataclass(frozen=True)
class Named:
    """A key of the code with its Danish and English name, and what else people call it."""

    key: str
    danish: str
    english: str
    also: tuple[str, ...] = ()

    def name(self, language: str = DANISH) -> str:
        """Return the name to write in a language."""
        return self.english if language == ENGLISH else self.danish


@dataclass(frozen=True)
class Operator(Named):
    """What can stand before a colon. `field` is where Query keeps it, `says` what it does.

    `choices` are all values of a CHOICE and an ORDER, and those worth suggesting of the others.
    """

    kind: str = NAME
    field: str = ""
    choices: tuple[Named, ...] = ()
    says: str = ""

    @property
    def without(self) -> str:
        """Where Query keeps what is excluded."""
        return f"without_{self.field}"


KINDS = (
    Named("question", "spørgsmål", "question", ("questions", "q", "spm")),
    Named("answer", "svar", "answer", ("answers", "a")),
)
STATUSES = (
    Named("unanswered", "ubesvaret", "unanswered", ("ubesvarede",)),
    Named("answered", "besvaret", "answered", ("besvarede",)),
    Named("unsolved", "uløst", "unsolved", ("uløste", "åben", "åbne", "open")),
    Named("solved", "løst", "solved", ("løste",)),
    Named("with_it", "hos-it", "with-it", ("it",)),
    Named("closed", "lukket", "closed", ("lukkede",)),
)
HAVING = (
    Named("answer", "svar", "answer", ("answers",)),
    Named("solution", "løsning", "solution", ("løsninger", "valgt", "accepted")),
    Named("confirmed", "bekræftet", "confirmed", ("bekræftelse",)),
)
ORDERS = (
    Named(RELEVANCE, "relevans", "relevance", ("relevant", "bedste", "best")),
    Named(NEWEST, "nyeste", "newest", ("ny", "nye", "new", "dato", "date")),
    Named(HELPFUL, "hjulpet", "helpful", ("hjælpsom", "hjalp", "helped", "nyttig")),
)
ME_CHOICES = (Named("@me", "mig", "me"),)
AGES = (Named("day", "<1d", "<1d"), Named("week", "<7d", "<7d"), Named("year", "<1å", "<1y"))
SILENCES = (Named("month", ">30d", ">30d"), Named("year", ">1å", ">1y"))
COUNTS = (Named("none", "0", "0"), Named("some", ">=1", ">=1"), Named("more", ">=3", ">=3"))

OPERATORS = (
    Operator("system", "system", "system", ("systemer", "systems"), NAME, "systems",
             says=_("Om et bestemt system")),
    Operator("tag", "emneord", "tag", ("tags", "mærke"), NAME, "tags",
             says=_("Med et bestemt emneord")),
    Operator("department", "afdeling", "department", ("afd", "afsnit", "dept"), NAME,
             "departments", says=_("Stillet fra en bestemt afdeling")),
    Operator("person", "bruger", "user", ("kollega", "colleague", "person"), NAME, "people",
             ME_CHOICES, says=_("Skrevet af en bestemt kollega")),
    Operator("kind", "er", "is", (), CHOICE, "kinds", KINDS,
             says=_("Led kun i spørgsmål eller kun i svar")),
    Operator("status", "status", "status", ("tilstand", "state"), CHOICE, "statuses", STATUSES,
             says=_("Løst, ubesvaret, lukket …")),
    Operator("having", "har", "has", (), CHOICE, "having", HAVING,
             says=_("Med svar, løsning eller bekræftelse fra IT")),
    Operator("score", "score", "score", ("point", "points", "stemmer", "votes"), NUMBER,
             choices=COUNTS, says=_("Med så mange stemmer")),
    Operator("answer_count", "svar", "answers", ("antal-svar",), NUMBER, choices=COUNTS,
             says=_("Med så mange svar")),
    Operator("created", "oprettet", "created", ("stillet", "asked"), PERIOD, choices=AGES,
             says=_("Stillet inden for et tidsrum")),
    Operator("active", "aktiv", "active", ("aktivitet", "activity"), PERIOD, choices=SILENCES,
             says=_("Sidste nyt i tråden")),
    Operator("order", "sorter", "sort", ("sortér", "sortering", "orden", "order"), ORDER,
             choices=ORDERS, says=_("Rækkefølgen af det fundne")),
)  # fmt: skip
BY_KEY = {operator.key: operator for operator in OPERATORS}
STATUS = BY_KEY["status"]


def spelling(text: str) -> str:
    """Return what the spellings of an operator's name or value share."""
    return BETWEEN.sub("", fold(text))


def spellings(named: Named) -> set[str]:
    """Return every way to write a name."""
    texts = (named.danish, named.english, *named.also)
    return {spelling(way) for text in texts for way in (text, text.translate(BARE))}


BY_NAME = {way: operator for operator in OPERATORS for way in spellings(operator)}
BY_CHOICE = {
    operator.key: {way: choice.key for choice in operator.choices for way in spellings(choice)}
    for operator in OPERATORS
}
LONGEST_NAME = 20


def operator_named(name: str) -> Operator | None:
    """Return the operator of a name in either language."""
    return BY_NAME.get(spelling(name)) if len(name) <= LONGEST_NAME else None


def choice_named(operator: Operator, value: str) -> str | None:
    """Return the key of a fixed value, in either language."""
    return BY_CHOICE[operator.key].get(spelling(value))
