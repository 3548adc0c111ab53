"""Find Danish CPR numbers in text, however they are written, and mask them.

A CPR number is ddmmyy and four more digits. A valid date is required; modulus 11 is not, because
numbers without a check digit have been issued since 2007 (cpr.dk, "Personnumre uden
kontrolciffer"). A replacement number has 60 added to its day.

How the six and the four are tied together decides what may speak against them. A dash counts
always, also in a web address. Nothing, a space, dot or slash counts as a word of its own, outside
addresses and not after a word for another kind of number. After "cpr" any grouping counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from midtlink._privacy_groups import read_trains
from midtlink._privacy_shapes import find_places
from midtlink._privacy_surroundings import Surroundings

MASK = "XXXXXX-XXXX"


@dataclass(frozen=True, slots=True)
class Find:
    """A CPR number in a text, from its first digit to after its last."""

    start: int
    end: int
    digits: str = field(repr=False)


class PatientDataFound(Exception):
    """A text on its way in holds CPR numbers. The message never does."""

    def __init__(self, field: str, finds: Iterable[Find]) -> None:
        self.field = field
        self.finds = list(finds)
        super().__init__(f"{field} holds {len(self.finds)} CPR number(s)")


def find_cpr_numbers(text: str) -> list[Find]:
    """Return the CPR numbers of the text in order, none overlapping."""
    around = Surroundings(text)
    finds: list[Find] = []
    for readings in read_trains(text):
        places = [place for groups in readings for place in find_places(groups, around)]
        # The second reading of the same digits mostly finds the same places again.
        for place in sorted(places, key=lambda place: place.start):
            if not finds or place.start >= finds[-1].end:
                finds.append(Find(place.start, place.end, place.digits))
    return finds


def mask(text: str) -> str:
    """Replace every CPR number, and any that masking its neighbour uncovers."""
    while finds := find_cpr_numbers(text):
        text = mask_finds(text, finds)
    return text


def mask_finds(text: str, finds: Iterable[Find]) -> str:
    """Replace these finds, in any order, and nothing else."""
    parts = []
    last = 0
    for find in sorted(finds, key=lambda find: find.start):
        parts += [text[last : find.start], MASK]
        last = find.end
    return "".join([*parts, text[last:]])


def lines_with_finds(lines: Iterable[str]) -> Iterator[int]:
    """Yield the numbers (from 1) of the lines that hold a CPR number, ascending.

    Each line is judged by itself: a list of numbers is not one text.
    """
    for number, line in enumerate(lines, start=1):
        if find_cpr_numbers(line):
            yield number
