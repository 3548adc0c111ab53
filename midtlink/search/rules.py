"""Numbers of the search."""

from dataclasses import dataclass
from datetime import timedelta

#: Characters of a search that is kept.
LONGEST_SAVED = 300
#: Characters of a query that its page reads; the box takes fewer, filters come on top.
LONGEST_TYPED = 500
#: Threads of one batch of the index, and how often one may fail before it is left alone.
BATCH = 200
MOST_FAILURES = 5
#: Hits on a page, pages that can be turned to, hits while typing, similar questions.
PAGE_SIZE = 20
MOST_PAGES = 50
TYPED_HITS = 6
SIMILAR_HITS = 5
#: Similar threads asked for beyond those shown; characters of a text that are compared.
SPARE_HITS = 5
LONGEST_COMPARED = 2_000
#: Characters of an answer's beginning, and of the words around a mark.
LEAD, SNIPPET = 240, 240
#: Saved searches of a person; those with something new that home tells of.
MOST_SAVED = 50
NEWS_SHOWN = 3
#: How often saved searches are counted, and how many in one go.
WATCHED_EVERY, COUNTED_EVERY = timedelta(minutes=1), timedelta(hours=1)
COUNTED_AT_ONCE = 100
#: Words of a group of synonyms and groups in all: looking them up grows with their square.
MOST_IN_GROUP, MOST_GROUPS = 40, 1_000
#: Characters of a group of synonyms, and days for which a deleted one can be had back.
LONGEST_GROUP = 500
DELETED_GROUP_DAYS = 30
#: Characters of a search that is kept to see whether it was any good.
LONGEST_COUNTED = 150
#: Minutes after which nobody opens a hit any more, and for which a search is kept.
UNOPENED_AFTER, SEARCH_KEPT = 30, 60
#: Days for which words stay listed that nobody has searched for since.
UNFOUND_KEPT_DAYS = 90
#: Rows of the list of what was not found.
UNFOUND_SHOWN = 50


@dataclass(frozen=True)
class Tuning:
    """What a word counts in each part of a thread, BM25's saturation and its length penalty."""

    title: float
    body: float
    answers: float
    k1: float
    b: float


SEARCHED = Tuning(title=3.0, body=1.0, answers=1.0, k1=1.2, b=0.75)
#: A whole question is compared: long threads hold many of its words by chance.
SIMILAR = Tuning(title=1.5, body=1.0, answers=1.0, k1=2.0, b=1.0)
#: What a four-letter piece of a title counts.
GRAM_WEIGHT = 0.05
#: How much better a thread with a label does, and one that is active: the latter fades away.
PREFERENCES = {"status:solved": 0.10, "has:confirmed": 0.05}
RECENT, RECENT_DAYS = 0.05, 730

#: A thread without a typed word fits if it is worth this share of the best one.
FLOOR = 0.3

# What a term counts beside the typed word itself.
#: The best of a word's terms counts whole, of the others this share.
OTHERS_SHARE = 0.4
#: A part of the word, its verb ("bestille" of "bestilling"), a synonym, a word only related.
PART_WEIGHT, VERB_WEIGHT = 0.6, 0.8
SYNONYM_WEIGHT, RELATED_WEIGHT = 0.8, 0.5
#: What a Danish word is called in English: few write it.
ENGLISH_WEIGHT = 0.3
#: What a word that nobody wrote was most likely meant to be; two typed words that are one.
CORRECTION_WEIGHT, GLUED_WEIGHT = 0.9, 0.8
#: The same for the next likeliest corrections, and for what a rare word may be a slip of: a word
#: in so few threads, of one in so many times as many.
OTHER_CORRECTION_WEIGHT, SUSPICION_WEIGHT = 0.5, 0.5
RARELY_SEEN, MUCH_OFTENER = 3, 20
