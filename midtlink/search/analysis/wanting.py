"""From typed words to what is looked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from midtlink.search import rules
from midtlink.search.analysis import normal
from midtlink.search.analysis.correcting import Correcting
from midtlink.search.analysis.forms import own_words, read_pairs, read_phrases
from midtlink.search.analysis.groups import Gathered, Group, rows_of
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.analysis.related import Related, translated
from midtlink.search.analysis.spelling import Spelling
from midtlink.search.analysis.stemming import (
    ENGLISH,
    STOPS,
    UNSURE,
    danish,
    english,
    language_of,
)

#: Letters of a word that is looked for as the beginning of others while it is typed.
SHORTEST_BEGUN = 3
#: The terms of a folded word in a language, each with what it counts.
Weighed = Callable[[str, str], Mapping[str, float]]


class Wanting:
    """Says what typed words look for, with the words of one corpus and one list of synonyms."""

    def __init__(
        self,
        lexicon: Lexicon,
        synonyms: Iterable[Sequence[str]],
        weighed: Weighed,
        spelling: Spelling | None = None,
    ) -> None:
        self._weighed = weighed
        self._synonyms = Related.grouped(synonyms, rules.SYNONYM_WEIGHT, danish, english)
        self._correcting = Correcting(
            lexicon,
            brought() | _translations().words() | self._synonyms.words(),
            _english_stems(),
            spelling or Spelling(lexicon, brought()),
            Spelling(Lexicon(), self._synonyms.words() - brought()),
        )

    @property
    def spelling(self) -> Spelling:
        """Return what looks through the words of the corpus."""
        return self._correcting.spelling

    def groups(
        self, words: Iterable[str], known: Callable[[str], bool], *, is_literal: bool
    ) -> list[Group]:
        typed = list(words)
        heard = [word for each in typed for word in normal.words(each)]
        language = ENGLISH if language_of(heard) == ENGLISH else UNSURE
        subjects = [word for word in heard if word not in STOPS] or heard
        subjects += [word for each in typed for word in normal.glued(each)]
        sound = _every if is_literal or language == ENGLISH else known
        groups = [self._group(word, sound, language) for word in dict.fromkeys(subjects)]
        return [*groups, *self._glued(subjects, known, sound), *self._entries(heard, subjects)]

    def _group(self, word: str, known: Callable[[str], bool], language: str) -> Group:
        gathered = Gathered()
        self._gather(gathered, word, language)
        if known is _every:
            return gathered.group(word)
        is_sound = self._correcting.is_sound(word, known)
        correct = self._correcting.suspected if is_sound else self._correcting.meant
        meant = correct(word, known)
        for candidate, weight in meant:
            self._gather(gathered, candidate, UNSURE, weight, is_sure=not is_sound)
        return gathered.group(word, meant[0][0] if meant and not is_sound else "")

    def _gather(
        self,
        gathered: Gathered,
        word: str,
        language: str,
        share: float = 1.0,
        *,
        is_sure: bool = True,
    ) -> None:
        """Add the terms of a word and of all that means the same."""
        for term, weight in self._weighed(word, language).items():
            is_itself = is_sure and weight > rules.PART_WEIGHT
            gathered.add(term, share * weight, is_sure=is_itself)
            if is_sure:
                gathered.marked.add(term)
            self._gather_alike(gathered, [term], share * weight, is_sure=is_itself)

    def _gather_alike(
        self, gathered: Gathered, row: Sequence[str], share: float, *, is_sure: bool = True
    ) -> None:
        for known, means_the_same in (
            (self._synonyms, True),
            (_translations(), True),
            (_related(), False),
        ):
            for other in known.of(row):
                itself = is_sure and means_the_same and other.is_whole
                gathered.add_row(other.stems, share * other.weight, is_sure=itself)

    def _glued(
        self, heard: Sequence[str], known: Callable[[str], bool], sound: Callable[[str], bool]
    ) -> Iterator[Group]:
        """Yield what neighbours look for as one word."""
        for glued, meant, weight in self._correcting.glued(heard, known, sound):
            gathered = Gathered()
            for term in list(self._weighed(meant, UNSURE))[:1]:
                gathered.add(term, weight, is_sure=True)
            yield gathered.group(glued)

    def _entries(self, *heard: Sequence[str]) -> list[Group]:
        """Return what rows of words look for that are an entry, with their small words or not."""
        found: dict[str, Gathered] = {}
        kinds = (self._synonyms, _translations(), _related())
        for words in heard:
            rows = rows_of(words)
            for start, end in {at for kind in kinds for row in rows for at in kind.rows(row)}:
                source = " ".join(word for word in words[start:end] if word not in STOPS)
                gathered = found.setdefault(source, Gathered())
                for row in rows:
                    self._gather_alike(gathered, row[start:end], 1.0)
        return [gathered.group(source) for source, gathered in sorted(found.items())]


def _every(_word: str) -> bool:
    return True


def may_be_begun(word: str) -> bool:
    """Say whether a word may be the beginning of another: "ikke" and "på" are whole."""
    heard = normal.words(word)
    return bool(heard) and len(heard[-1]) >= SHORTEST_BEGUN and heard[-1] not in STOPS


@cache
def _related() -> Related:
    return Related.grouped(read_phrases("related.txt"), rules.RELATED_WEIGHT, danish)


@cache
def _translations() -> Related:
    """Return what English words are called in Danish, and the other way round."""
    pairs = read_pairs("english.txt")
    return translated(pairs, rules.SYNONYM_WEIGHT, rules.ENGLISH_WEIGHT)


@cache
def brought() -> frozenset[str]:
    """Return the Danish words that MidtLink brings along: a slip may be of each."""
    return own_words() | _related().words()


@cache
def _english_stems() -> frozenset[str]:
    entries = (entry for entry, _ in read_pairs("english.txt"))
    return frozenset(english(word) for entry in entries for word in normal.words(entry))
