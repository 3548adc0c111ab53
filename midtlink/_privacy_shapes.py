"""Decide which groups of digits have the shape of a CPR number that nothing speaks against."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from midtlink._privacy_groups import DASH, DOT, SLASH, SOFT, SPACE, Group
from midtlink._privacy_surroundings import CPR, DATE, OTHER_KIND, Surroundings

DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DAY_OF_REPLACEMENT = 60
# A date of these years with a time is a time stamp sooner than a birthday with four digits.
YEARS_OF_TIME_STAMPS = range(15, 36)


class Place(NamedTuple):
    """Ten digits that could be a CPR number, with the groups on both sides."""

    groups: list[Group]
    before: Group | None
    after: Group | None
    digits: str
    around: Surroundings

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @property
    def tie(self) -> str:
        """The gap between the date and the serial."""
        return self.groups[-1].gap

    @property
    def stands_alone(self) -> bool:
        """No address, code, or word for another kind of number holds it."""
        return not (
            self.around.touches_word(self.start, self.end)
            or self.around.is_part_of_code(self.start, self.end)
            or self.around.follows_plus(self.start)
            or self.around.in_address(self.start)
            or self.named_kind == OTHER_KIND
        )

    @property
    def reads_as_clock(self) -> bool:
        return int(self.digits[6:8]) < 24 and int(self.digits[8:]) < 60

    @property
    def named_kind(self) -> str:
        return self.around.named_kind(self.start)

    def gap_before(self) -> str:
        return self.groups[0].gap if self.before else ""

    def gap_after(self) -> str:
        return self.after.gap if self.after else ""

    def has_tight_neighbour(self, *gaps: str) -> bool:
        """Tell whether a single sign of these kinds ties it to further digits."""
        before, after = self.before, self.after
        return (
            before is not None and self.gap_before() in gaps and self.start - before.end == 1
        ) or (after is not None and self.gap_after() in gaps and after.start - self.end == 1)


def _counts_in_one(place: Place) -> bool:
    """0101901234, but not the account after a bank's registration number (9570 0101901234)."""
    follows_bank = (
        place.before is not None and place.gap_before() == SPACE and len(place.before.digits) == 4
    )
    return (
        place.stands_alone and not follows_bank and not place.has_tight_neighbour(DASH, DOT, SLASH)
    )


def _counts_in_two(place: Place) -> bool:
    """010190-1234 always; 010190 1234, 010190.1234 and 010190/1234 when nothing speaks against."""
    if place.tie == DASH:
        return not (
            place.around.touches_word(place.start, place.end)
            or place.around.follows_plus(place.start)
        )
    if place.tie not in SOFT or not place.stands_alone:
        return False
    if place.has_tight_neighbour(DASH, DOT, SLASH):
        return False
    if place.tie != SPACE:
        return True
    is_time = place.reads_as_clock and place.named_kind == DATE
    return not is_time and not _is_in_row_of_numbers(place)


def _is_in_row_of_numbers(place: Place) -> bool:
    """Tell whether spaces tie it to groups of three and more (570 010190 1234)."""
    return any(
        gap == SPACE and group is not None and 3 <= len(group.digits) != 6
        for gap, group in (
            (place.gap_before(), place.before),
            (place.gap_after(), place.after),
        )
    )


def _counts_as_date(place: Place) -> bool:
    """01.01.90-1234, and 01.01.90 1234 unless it reads as a date and a time (21.11.26 0830)."""
    _, month, year, serial = (group.gap for group in place.groups)
    if month != year or month not in {DASH, DOT, SLASH, SPACE}:
        return False
    if month in {place.gap_before(), place.gap_after()} or not place.stands_alone:
        return False
    if serial == DASH:
        return True
    is_recent = int(place.digits[4:6]) in YEARS_OF_TIME_STAMPS
    is_time = place.reads_as_clock and (is_recent or place.named_kind == DATE)
    return serial in SOFT and not is_time


def _counts_digit_by_digit(place: Place) -> bool:
    """0 1 0 1 9 0 - 1 2 3 4, with nothing more in the row."""
    if SPACE in {place.gap_before(), place.gap_after()}:
        return False
    gaps = [group.gap for group in place.groups]
    return {*gaps[1:6], *gaps[7:]} == {SPACE} and gaps[6] in {SPACE, DASH} and place.stands_alone


def _counts_with_full_year(place: Place) -> bool:
    """01011990-1234 and 01-01-1990-1234, but not a date and a time of this century."""
    year = "".join(group.digits for group in place.groups)[4:8]
    return (
        place.tie == DASH
        and ("1858" <= year <= "1999" or ("2000" <= year <= "2057" and not place.reads_as_clock))
        and not place.has_tight_neighbour(DASH, DOT, SLASH)
        and place.stands_alone
    )


# By the size of their first group: the sizes of all groups, and what must hold.
SHAPES: dict[int, list[tuple[tuple[int, ...], Callable[[Place], bool]]]] = {
    10: [((10,), _counts_in_one)],
    6: [((6, 4), _counts_in_two)],
    2: [((2, 2, 2, 4), _counts_as_date), ((2, 2, 4, 4), _counts_with_full_year)],
    1: [((1,) * 10, _counts_digit_by_digit)],
    8: [((8, 4), _counts_with_full_year)],
}


def find_places(groups: list[Group], around: Surroundings) -> Iterator[Place]:
    """Yield the CPR numbers among the groups in order, none overlapping."""
    sizes = tuple(len(group.digits) for group in groups)
    at, free_from = 0, 0
    while at < len(groups):
        place = _find_named(groups, sizes, around) if at == 0 else None
        place = place or _find_shaped(groups, sizes, at, free_from, around)
        if place is None:
            at += 1
            continue
        yield place
        at = free_from = at + len(place.groups)


def _find_shaped(
    groups: list[Group], sizes: tuple[int, ...], at: int, free_from: int, around: Surroundings
) -> Place | None:
    for shape, counts in SHAPES.get(sizes[at], ()):
        if sizes[at : at + len(shape)] == shape:
            place = _make_place(groups, at, len(shape), free_from, around)
            if place and counts(place):
                return place
    return None


def _find_named(groups: list[Group], sizes: tuple[int, ...], around: Surroundings) -> Place | None:
    """Any grouping of ten digits (twelve with a full year) directly after "cpr"."""
    for length in range(1, min(len(sizes), 12) + 1):
        if sum(sizes[:length]) in {10, 12}:
            place = _make_place(groups, 0, length, 0, around)
            if place and place.named_kind == CPR:
                return place
    return None


def _make_place(
    groups: list[Group], at: int, length: int, free_from: int, around: Surroundings
) -> Place | None:
    """Return the place if its digits hold a valid date. A group already found is no neighbour."""
    chosen = groups[at : at + length]
    digits = "".join(group.digits for group in chosen)
    if len(digits) == 12:
        digits = digits[:4] + digits[6:]
    if not _begins_with_date(digits):
        return None
    before = groups[at - 1] if at > free_from else None
    after = groups[at + length] if at + length < len(groups) else None
    return Place(chosen, before, after, digits, around)


def _begins_with_date(digits: str) -> bool:
    """Tell whether ddmmyy is a day of some century. 29 February needs a year that four divides."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if day > DAY_OF_REPLACEMENT:
        day -= DAY_OF_REPLACEMENT
    if not 1 <= month <= 12 or not 1 <= day <= DAYS_IN_MONTH[month - 1]:
        return False
    return (day, month) != (29, 2) or year % 4 == 0
