"""The whole chain: a text gives terms for the index, typed words give what is looked for."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from midtlink.search import rules
from midtlink.search.analysis import normal
from midtlink.search.analysis.compounds import Compounds
from midtlink.search.analysis.forms import own_words
from midtlink.search.analysis.groups import Group
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.analysis.spelling import Spelling
from midtlink.search.analysis.stemming import DANISH, ENGLISH, STOPS, UNSURE, language_of, stems
from midtlink.search.analysis.verbs import verb_of
from midtlink.search.analysis.wanting import Wanting

#: Raise it when the same text gives other terms than before: the index is then built anew.
VERSION = "3"
GRAM = 4
#: Distinct words whose terms are remembered, for each language.
REMEMBERED = 60_000


class Chain:
    """Analysis over one snapshot of the corpus' words and one list of synonyms."""

    VERSION = VERSION

    def __init__(
        self,
        lexicon: Lexicon,
        synonyms: Iterable[Sequence[str]] = (),
        spelling: Spelling | None = None,
    ) -> None:
        self.lexicon = lexicon
        self._compounds = Compounds(lexicon)
        self._wanting = Wanting(lexicon, synonyms, self._weighed, spelling)
        self._remembered: dict[str, dict[str, tuple[str, ...]]] = {
            DANISH: {},
            ENGLISH: {},
            UNSURE: {},
        }

    def terms(self, text: str) -> Counter[str]:
        """Return the terms of a text with how often each stands there: the side of the index."""
        words = normal.words(text)
        language = language_of(words)
        counted = Counter(words)
        counted.update(normal.glued(text))
        found: Counter[str] = Counter()
        for word, number in counted.items():
            for term in self._terms_of(word, language):
                found[term] += number
        return found or counted

    def raw_words(self, text: str) -> list[str]:
        """Return the folded, unstemmed words of a text, in order."""
        return normal.words(text)

    def title_grams(self, title: str) -> Counter[str]:
        """Return the four-letter pieces of the words of a title."""
        found: Counter[str] = Counter()
        for word in normal.words(title):
            if word not in STOPS:
                found.update(word[at : at + GRAM] for at in range(max(1, len(word) - GRAM + 1)))
        return found

    def wanted(
        self,
        words: Iterable[str],
        known: Callable[[str], bool] | None = None,
        *,
        is_literal: bool = False,
    ) -> list[Group]:
        """Return what typed words look for. `known` says whether the asker may know of a word.

        No word is taken for a slip where they are to be taken literally.
        """
        may_know = known or self.lexicon.__contains__
        return self._wanting.groups(words, may_know, is_literal=is_literal)

    @property
    def spelling(self) -> Spelling:
        """Return what corrects words; another list of synonyms may share it."""
        return self._wanting.spelling

    def marks(self, text: str, terms: frozenset[str]) -> list[tuple[int, int]]:
        """Return where the words stand that hold one of the terms."""
        return [
            (start, end)
            for start, end, token in normal.spans(text)
            if not terms.isdisjoint(self.terms_of(token))
        ]

    def terms_of(self, token: str) -> tuple[str, ...]:
        """Return the terms of one word as it is written."""
        return self._terms_of(normal.fold(token), UNSURE)

    def remembered(self) -> dict[str, int]:
        """Return how many words are remembered for each language."""
        return {language: len(words) for language, words in self._remembered.items()}

    def _terms_of(self, word: str, language: str) -> tuple[str, ...]:
        """Return the terms of a word in the index: its stem, those of its parts, and its verb's."""
        remembered = self._remembered[language]
        found = remembered.get(word)
        if found is None:
            if len(remembered) >= REMEMBERED:
                remembered.clear()
            weighed = {} if word in STOPS else self._weighed(word, language)
            found = remembered[word] = tuple(weighed)
        return found

    def _weighed(self, word: str, language: str = UNSURE) -> dict[str, float]:
        """Return the terms of a word, each with what it counts when the word is typed."""
        terms = dict.fromkeys(stems(word, language), 1.0)
        if language == ENGLISH:
            return terms
        for part in self._compounds.parts(word):
            if part not in STOPS:
                terms.setdefault(*self._danish(part, rules.PART_WEIGHT))
        if verb := verb_of(word, self._is_verb):
            terms.setdefault(*self._danish(verb, rules.VERB_WEIGHT))
        return terms

    def _danish(self, word: str, weight: float) -> tuple[str, float]:
        return stems(word, DANISH)[0], weight

    def _is_verb(self, word: str) -> bool:
        return word in own_words() or self.lexicon.counts.get(word, 0) > 2
