"""What changed between two texts, word by word. Pure."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

#: Beyond so many words a changed passage is shown whole: comparing takes the square of it.
MOST_WORDS = 1_500
WORDS = re.compile(r"\s+|[^\W_]+|.", re.S)

Part = tuple[str, str]


def word_diff(old: str, new: str) -> list[Part]:
    """Return parts (kind, text): same, removed or added. Added and same make the new text."""
    parts: list[Part] = []
    for kind, text in _by_lines(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        if parts and parts[-1][0] == kind:
            parts[-1] = kind, parts[-1][1] + text
        elif text:
            parts.append((kind, text))
    return parts


def _by_lines(old: list[str], new: list[str]) -> Iterator[Part]:
    """Find the lines that stayed, so that only changed passages are compared by words."""
    if len(old) + len(new) > 2 * MOST_WORDS:
        yield from _whole("".join(old), "".join(new))
        return
    for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        yield from [("same", before)] if step == "equal" else _by_words(before, after)


def _by_words(old: str, new: str) -> Iterator[Part]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        yield from _whole(old, new)
        return
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            yield "same", "".join(before[a:b])
        else:
            yield from _whole("".join(before[a:b]), "".join(after[c:d]))


def _whole(old: str, new: str) -> Iterator[Part]:
    yield from ((kind, text) for kind, text in (("removed", old), ("added", new)) if text)
