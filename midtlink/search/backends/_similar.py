"""What a text being written says, as words to look for."""

from collections.abc import Callable, Sequence
from itertools import islice

from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.groups import Group
from midtlink.search.analysis.stemming import ENGLISH, language_of
from midtlink.search.backends._scoring import Scorer

#: Characters of a word that count.
LONGEST_WORD = 200
#: Words of a text being written that are looked at, how many of its title and in all are looked
#: for, and by how many terms each.
MOST_SIMILAR, GROUPS_TITLE, GROUPS_SIMILAR, TERMS_SIMILAR = 60, 32, 16, 4
#: Other words for those of the title count less than when somebody searches: a whole question
#: says what it means, an English one entirely.
OTHER_WORDS = 0.5
#: How much more the words of the title count, and what the text may count in all beside them:
#: a title is written anew more often than the text below it. One that says little binds nobody.
IN_TITLE, TEXT_SHARE, LEAST_TITLE = 2.0, 0.75, 20.0

#: A group and what it may be worth to a document.
Weighed = tuple[float, Group]


def similar_groups(
    scorer: Scorer, chain: Chain, words: Sequence[str], known: Callable[[str], bool]
) -> list[Group]:
    """Return the rarest of what a text being written says, its title first."""
    title, *others = words or ("",)
    titled = _rarest(scorer, _title(chain, title, known), GROUPS_TITLE)
    said = {term for _, group in titled for term in group.terms}
    text = [group for group in _text(chain, others) if said.isdisjoint(group.terms)]
    rest = _rarest(scorer, text, GROUPS_SIMILAR - len(titled))
    most = TEXT_SHARE * max(sum(worth for worth, _ in titled), LEAST_TITLE)
    share = min(1.0, most / max(sum(worth for worth, _ in rest), 1.0))
    return [group for _, group in titled] + [_counting(group, share) for _, group in rest]


def _rarest(scorer: Scorer, groups: Sequence[Group], most: int) -> list[Weighed]:
    """Return those of which the rarest term is rarest, if anything holds it."""
    weighed = [(_worth(scorer, group), group) for group in groups]
    held = [each for each in weighed if each[0]]
    return sorted(held, key=lambda each: -each[0])[: max(most, 0)]


def _worth(scorer: Scorer, group: Group) -> float:
    """Return how rare the rarest term of a group is, weighed."""
    held = ((scorer.holding(term), weight) for term, weight in group.terms.items())
    return max((scorer.rarity(number) * weight for number, weight in held if number), default=0.0)


def _title(chain: Chain, title: str, known: Callable[[str], bool]) -> list[Group]:
    """Return what the first words of a title look for."""
    words = [word[:LONGEST_WORD] for word in title.split()[:MOST_SIMILAR]]
    others = 0.0 if language_of(chain.raw_words(title)) == ENGLISH else OTHER_WORDS
    found = []
    for group in chain.wanted(words, known, is_literal=True):
        weighed = {t: w if w >= 1 else others * w for t, w in group.terms.items()}
        terms = dict(islice(((t, w) for t, w in weighed.items() if w), TERMS_SIMILAR))
        found.append(_counting(Group(group.source, terms), IN_TITLE))
    return found


def _text(chain: Chain, texts: Sequence[str]) -> list[Group]:
    """Return what the first words of a text look for: no other words than its own."""
    words = islice((word for text in texts for word in text.split()), MOST_SIMILAR)
    terms = chain.terms(" ".join(words)[: MOST_SIMILAR * LONGEST_WORD])
    return [Group(term, {term: 1.0}) for term in terms]


def _counting(group: Group, share: float) -> Group:
    return Group(group.source, {term: share * weight for term, weight in group.terms.items()})
