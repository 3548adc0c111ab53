"""What changed between two texts, word by word. Pure."""

import re
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher

#: Beyond so many words a changed passage is shown whole: comparing takes the square of it.
MOST_WORDS = 1_500
#: Pairs of equal words looked at; what is left when they are used up is shown whole. Text that
#: repeats one word would otherwise take the cube of its length: 25 s for 740 full stops.
MOST_PAIRS = 1_500_000
WORDS = re.compile(r"\s+|[^\W_]+|.", re.S)

Part = tuple[str, str]


class Effort:
    """How many pairs of equal words may still be looked at, in one comparison or several."""

    def __init__(self, pairs: int = MOST_PAIRS) -> None:
        self.left = pairs


class _Matcher(SequenceMatcher[str]):
    """Compares until the effort is used up, and finds nothing in common from then on."""

    def __init__(self, old: Sequence[str], new: Sequence[str], effort: Effort) -> None:
        self.old, self.effort = old, effort
        super().__init__(None, old, new, autojunk=False)

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        places: dict[str, list[int]] = self.b2j  # type: ignore[attr-defined]
        self.effort.left -= sum(1 + len(places.get(word, ())) for word in self.old[alo:ahi])
        if self.effort.left < 0:
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)


def word_diff(old: str, new: str, effort: Effort | None = None) -> list[Part]:
    """Return parts (kind, text): same, removed or added. Added and same make the new text."""
    parts: list[Part] = []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for kind, text in _by_lines(before, after, effort or Effort()):
        if parts and parts[-1][0] == kind:
            parts[-1] = kind, parts[-1][1] + text
        elif text:
            parts.append((kind, text))
    return parts


def _by_lines(old: list[str], new: list[str], effort: Effort) -> Iterator[Part]:
    """Find the lines that stayed, so that only changed passages are compared by words."""
    if len(old) + len(new) > 2 * MOST_WORDS:
        yield from _whole("".join(old), "".join(new))
        return
    for step, a, b, c, d in _Matcher(old, new, effort).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        yield from [("same", before)] if step == "equal" else _by_words(before, after, effort)


def _by_words(old: str, new: str, effort: Effort) -> Iterator[Part]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        yield from _whole(old, new)
        return
    for step, a, b, c, d in _Matcher(before, after, effort).get_opcodes():
        if step == "equal":
            yield "same", "".join(before[a:b])
        else:
            yield from _whole("".join(before[a:b]), "".join(after[c:d]))


def _whole(old: str, new: str) -> Iterator[Part]:
    yield from ((kind, text) for kind, text in (("removed", old), ("added", new)) if text)
