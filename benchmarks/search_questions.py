"""What people type, drawn from the threads themselves: a supply of questions of each kind."""

from collections.abc import Callable
from functools import partial
from random import Random

from midtlink.search.analysis import normal, stemming
from midtlink.search.backends.whoosh import WhooshBackend
from midtlink.search.protocol import EVERYBODY, FACETS, Document, Wanted

EVERYONE = frozenset({EVERYBODY})
#: Characters of a thread that are marked for each hit: about 300 words.
MARKED = 1_900
SOLVED = (frozenset({"status:solved", "status:answered"}),)

Question = Callable[[], object]


class Questions:
    """Draws the same questions on every run."""

    def __init__(self, backend: WhooshBackend, documents: list[Document]) -> None:
        self._backend = backend
        self._rng = Random(7)
        self._documents = documents
        self._texts = {d.id: (d.title, f"{d.body}\n{d.answers}"[:MARKED]) for d in documents}
        self.kinds: dict[str, Callable[[], Question]] = {
            "two words, marks, facets, warm": lambda: partial(self._page, self._words(2)),
            "two words, marks, facets, cold": lambda: partial(self._page, self._words(2)),
            "two words while typing, six hits": lambda: self._find(words=self._words(2), limit=6),
            "similar, a title": lambda: self._similar(self._text()[0]),
            "similar, a title and a long text": lambda: self._similar(*self._text()),
            "a phrase": lambda: self._find(phrases=(self._phrase(),), facets=FACETS),
            "a prefix of 4 letters": lambda: self._find(prefixes=(self._start(4),), facets=FACETS),
            "a prefix of 1 letter": lambda: self._find(prefixes=(self._start(1),), facets=FACETS),
            "two words, one misspelt": lambda: self._find(words=self.misspelt(), facets=FACETS),
            "filters without words, facets": lambda: self._find(labels=SOLVED, facets=FACETS),
            "a suggestion": lambda: partial(backend.suggest, self._start(4), audience=EVERYONE),
            "bad input": lambda: self._find(**self._rng.choice(self._bad)),
        }
        self._bad = [
            {"words": ("x" * 10_000,)},
            {"words": tuple(f"ord{number}" for number in range(5_000)), "facets": FACETS},
            {"words": tuple((self._rng.choice(documents).body + " ord").split() * 500)[:5_000]},
            {"prefixes": ("*",)},
            {"phrases": ("e " * 5_000,)},
            {"words": ("\0", "🙂", "\u202e")},
        ]

    def misspelt(self) -> tuple[str, ...]:
        """Return two words, two neighbouring letters of one of them swapped."""
        right, wrong = self._words(2)
        place = self._rng.randrange(1, len(wrong) - 1)
        return right, wrong[:place] + wrong[place + 1] + wrong[place] + wrong[place + 2 :]

    def _page(self, words: tuple[str, ...]) -> None:
        found = self._backend.find(Wanted(EVERYONE, words=words, facets=FACETS))
        for hit in found.hits:
            for text in self._texts[hit.id]:
                self._backend.marks(text, found.terms)

    def _find(self, **wanted: object) -> Question:
        return partial(self._backend.find, Wanted(EVERYONE, **wanted))

    def _similar(self, *texts: str) -> Question:
        return self._find(words=texts, limit=5, is_similar=True)

    def _words(self, number: int) -> tuple[str, ...]:
        while True:
            heard = [w for w in normal.words(self._rng.choice(self._documents).title)
                     if w not in stemming.STOPS and len(w) > 3]  # fmt: skip
            if len(heard) >= number:
                return tuple(self._rng.sample(heard, number))

    def _start(self, letters: int) -> str:
        return self._words(1)[0][:letters]

    def _phrase(self) -> str:
        while True:
            heard = normal.words(self._rng.choice(self._documents).body)
            if len(heard) > 5:
                place = self._rng.randrange(len(heard) - 3)
                return " ".join(heard[place : place + 3])

    def _text(self) -> tuple[str, str]:
        chosen = self._rng.choice(self._documents)
        return chosen.title, chosen.body[:4_000]
