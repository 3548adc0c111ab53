"""The query language: one text, Danish or English, and what it asks for.

`parse` reads it and never refuses; `text_of` writes it again.
"""

from midtlink.search.language.completing import Suggestion, Unfinished, complete, unfinished
from midtlink.search.language.editing import is_on, toggled, with_operator, without_operator
from midtlink.search.language.examples import EXAMPLES, Example
from midtlink.search.language.operators import OPERATORS, Operator
from midtlink.search.language.query import ME, STORED_STATUSES, Age, Period, Query
from midtlink.search.language.reading import parse
from midtlink.search.language.writing import piece_of, text_of

__all__ = [
    "EXAMPLES",
    "ME",
    "OPERATORS",
    "STORED_STATUSES",
    "Age",
    "Example",
    "Operator",
    "Period",
    "Query",
    "Suggestion",
    "Unfinished",
    "complete",
    "is_on",
    "parse",
    "piece_of",
    "text_of",
    "toggled",
    "unfinished",
    "with_operator",
    "without_operator",
]
