"""The words of the corpus and in how many documents each stands: a snapshot taken at a rebuild."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Self

#: Words that are kept; the rarest are left out.
MOST_WORDS = 150_000
#: A word seen once is most likely a slip, unless it stands in a title.
LEAST_SEEN = 2


class Lexicon:
    """Folded words with the number of documents that hold them."""

    def __init__(self, counts: Mapping[str, int] | None = None, documents: int = 0) -> None:
        self.counts: dict[str, int] = dict(counts or {})
        self.documents = max(documents, max(self.counts.values(), default=0))

    def __contains__(self, word: object) -> bool:
        return word in self.counts

    def __len__(self) -> int:
        return len(self.counts)

    @classmethod
    def counted(cls, documents: Iterable[tuple[Iterable[str], Iterable[str]]]) -> Self:
        """Count documents, each given as the raw words of its title and of the rest."""
        counts: Counter[str] = Counter()
        titles: set[str] = set()
        number = 0
        for title, rest in documents:
            heard = set(title)
            titles |= heard
            counts.update(heard.union(rest))
            number += 1
        kept = {w: n for w, n in counts.items() if n >= LEAST_SEEN or w in titles}
        most = sorted(kept.items(), key=lambda each: (-each[1], each[0]))[:MOST_WORDS]
        return cls(dict(most), number)

    def lines(self) -> Iterator[str]:
        """Yield the lexicon as text: the number of documents, then "word count" sorted."""
        yield str(self.documents)
        for word, count in sorted(self.counts.items()):
            yield f"{word} {count}"

    @classmethod
    def read(cls, lines: Iterable[str]) -> Self:
        """Return the lexicon that was written as these lines. Raises ValueError."""
        rows = iter(lines)
        documents = int(next(rows, "0"))
        pairs = (line.split() for line in rows)
        return cls({word: int(count) for word, count in pairs}, documents)

    def fingerprint(self) -> str:
        """Return what tells this lexicon from another."""
        text = "\n".join(self.lines())
        return hashlib.sha256(text.encode()).hexdigest()[:16]
