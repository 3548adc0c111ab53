"""The query language: what is typed, what it asks for, and the same as text again."""

import sys
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midtlink.search.language import (
    ME,
    OPERATORS,
    STORED_STATUSES,
    Age,
    Period,
    Query,
    complete,
    parse,
    text_of,
    with_operator,
)
from midtlink.search.language.cleaning import LONGEST
from midtlink.search.language.collecting import MOST_FILTERS, MOST_WORDS
from midtlink.search.language.operators import spellings
from midtlink.search.protocol import HELPFUL, NEWEST, NUMBERS, Bounds

LANGUAGES = ("da", "en")


def words(*texts, **parts):
    return Query(words=texts, **parts)


def odd(*texts, **parts):
    """Operators that are words, since their values say nothing."""
    return Query(words=texts, ignored=texts, **parts)


def number(name, least, most):
    return Query(numbers={name: Bounds(least, most)})


def period(name, since=None, until=None):
    return Query(periods={name: Period(since, until)})


def days(count):
    return Age(count, "d")


TEXTS = [
    ("", Query()),
    ("   ", Query()),
    ("medicinkort", words("medicinkort")),
    ("EPJ fryser", words("EPJ", "fryser")),
    ("epj epj", words("epj")),
    ("Hvordan forny recept?", words("Hvordan", "forny", "recept")),
    ("epj, print; pacs.", words("epj", "print", "pacs")),
    ("(epj) {print}", words("epj", "print")),
    ("c++ c# .net", words("c++", "c#", "net")),
    ("follow-me", words("follow-me")),
    ("epj'en", words("epj'en")),
    ("12:30", words("12:30")),
    ("https://intra.rm.dk/a?b=c", words("https://intra.rm.dk/a?b=c")),
    ("note:noget", words("note:noget")),
    ("Fejl: virker ikke", words("Fejl:", "virker", "ikke")),
    ("+epj &print", words("epj", "print")),
    ("👾 … § ! _ *", Query()),
    ("👾epj", words("epj")),
    ("ｅｐｊ\u3000ｐｒｉｎｔ", words("epj", "print")),
    ("epj\x00print\x07pacs", words("epj", "print", "pacs")),
    ("\u202eepj\u202c \u2067print\u2069", words("epj", "print")),
    ("medi\u00adcin\u200dkort", words("medicinkort")),
    ("ro\u0308ntgen", words("röntgen")),
    ("epj\nprint\tpacs", words("epj", "print", "pacs")),
    ("epj\ud800print", words("epj", "print")),
    ('"log ind"', Query(phrases=("log ind",))),
    ('"  log   ind "', Query(phrases=("log ind",))),
    ('"epj"', Query(phrases=("epj",))),
    ('kan ikke "log ind" i dag', words("kan", "ikke", "i", "dag", phrases=("log ind",))),
    ("„log ind” »to ord«", Query(phrases=("log ind", "to ord"))),
    ("“log in” «two words»", Query(phrases=("log in", "two words"))),
    ("＂log ind＂", Query(phrases=("log ind",))),
    ('("log ind")', Query(phrases=("log ind",))),
    ('"status:løst"', Query(phrases=("status:løst",))),
    ('"-epj"', Query(phrases=("-epj",))),
    ('"log ind', words("log", "ind")),
    ('log" ind', words("log", "ind")),
    ('"log ind" "', Query(phrases=("log ind",))),
    ('"" "?!"', Query()),
    ('5" skærm 7" tablet', words("5", "skærm", "7", "tablet")),
    ('note:"to ord"', words("note", phrases=("to ord",))),
    ("-etiket", Query(without=("etiket",))),
    ("printer -etiket", words("printer", without=("etiket",))),
    ("printer –etiket", words("printer", without=("etiket",))),
    ("printer −etiket —blank", words("printer", without=("etiket", "blank"))),
    ("printer - etiket", words("printer", "etiket")),
    ("printer – virker ikke", words("printer", "virker", "ikke")),
    ("--force", words("force")),
    ("medicin–kort", words("medicin-kort")),
    ("- -- ---", Query()),
    ('-"log ind"', Query(without_phrases=("log ind",))),
    ("–„log ind”", Query(without_phrases=("log ind",))),
    ("-12:30", Query(without=("12:30",))),
    ("røntgen*", Query(prefixes=("røntgen",))),
    ("røntgen**", Query(prefixes=("røntgen",))),
    ("(røntgen*),", Query(prefixes=("røntgen",))),
    ("r*", words("r")),
    ("*røntgen", words("røntgen")),
    ("røn*gen", words("røn*gen")),
    ("-røntgen*", Query(ignored=("-røntgen*",))),
]  # fmt: skip
NAMES = [
    ("[print]", Query(tags=("print",))),
    ("[Sikker Mail]", Query(tags=("sikker-mail",))),
    ("[#epj] [epj]", Query(tags=("epj",))),
    ("[epj][print]", Query(tags=("epj", "print"))),
    ("[epj, print]", Query(tags=("epj", "print"))),
    ("[~12]", Query(tags=("~12",))),
    ("-[print]", Query(without_tags=("print",))),
    ("–[print]", Query(without_tags=("print",))),
    ("tag:print", Query(tags=("print",))),
    ("-emneord:print", Query(without_tags=("print",))),
    ('emneord:"a]b"', Query(tags=("a]b",))),
    ("[] [ ] [...]", Query()),
    ("[print", words("print")),
    ("print] x", words("print", "x")),
    ("system:epj", Query(systems=("epj",))),
    ("SYSTEM:EPJ", Query(systems=("EPJ",))),
    ("ｓｙｓｔｅｍ：epj", Query(systems=("epj",))),
    ("system:epj system:EPJ system:pacs", Query(systems=("epj", "pacs"))),
    ("-system:epj", Query(without_systems=("epj",))),
    ("system:epj.", Query(systems=("epj",))),
    ("(system:epj)", Query(systems=("epj",))),
    ("afdeling:akut", Query(departments=("akut",))),
    ('afdeling:"akut kirurgi"', Query(departments=("akut kirurgi",))),
    ("department:„akut kirurgi“", Query(departments=("akut kirurgi",))),
    ('-department:"akut kirurgi"', Query(without_departments=("akut kirurgi",))),
    ('afdeling:"Øre, næse (hals)"', Query(departments=("Øre, næse (hals)",))),
    ("bruger:anne", Query(people=("anne",))),
    ("user:@anne", Query(people=("anne",))),
    ("bruger:mig", Query(people=(ME,))),
    ("bruger:@MIG user:me user:@me", Query(people=(ME,))),
    ('user:"Anne Holm"', Query(people=("Anne Holm",))),
    ("-user:me", Query(without_people=(ME,))),
    ("system:", odd("system:")),
    ('system:""', odd("system:")),
    ("bruger:@", odd("bruger:@")),
    ("system:§", odd("system:§")),
    ("-system:", Query(ignored=("-system:",))),
    ("system: epj", words("system:", "epj", ignored=("system:",))),
]
CHOICES = [
    ("er:spørgsmål", Query(kinds=("question",))),
    ("er:spoergsmaal", Query(kinds=("question",))),
    ("ER:SPORGSMAL", Query(kinds=("question",))),
    ("is:question", Query(kinds=("question",))),
    ("er:svar", Query(kinds=("answer",))),
    ("is:answer", Query(kinds=("answer",))),
    ("-er:svar", Query(kinds=("question",))),
    ("er:svar|spørgsmål", Query(kinds=("answer", "question"))),
    ("er:løst", Query(statuses=("solved",))),
    ("-is:closed", Query(without_statuses=("closed",))),
    ("status:ubesvaret", Query(statuses=("unanswered",))),
    ("status:unanswered", Query(statuses=("unanswered",))),
    ("status:besvaret", Query(statuses=("answered",))),
    ("status:uløst", Query(statuses=("unsolved",))),
    ("Status:Uloest", Query(statuses=("unsolved",))),
    ("status:ulost status:ulöst", Query(statuses=("unsolved",))),
    ("status:unsolved", Query(statuses=("unsolved",))),
    ("status:løst", Query(statuses=("solved",))),
    ('status:"løst"', Query(statuses=("solved",))),
    ("status:løst,", Query(statuses=("solved",))),
    ("status:hos-it", Query(statuses=("with_it",))),
    ('status:"hos it" status:with_it', Query(statuses=("with_it",))),
    ("status:hos‑it status:with–it", Query(statuses=("with_it",))),
    ("status:lukket", Query(statuses=("closed",))),
    ("status:løst,lukket", Query(statuses=("solved", "closed"))),
    ("status:løst status:closed", Query(statuses=("solved", "closed"))),
    ("-status:lukket", Query(without_statuses=("closed",))),
    ("–status:lukket", Query(without_statuses=("closed",))),
    ("--status:lukket", Query(statuses=("closed",))),
    ("har:svar", Query(having=("answer",))),
    ("har:løsning har:bekræftet", Query(having=("solution", "confirmed"))),
    ("has:solution has:confirmed", Query(having=("solution", "confirmed"))),
    ("har:loesning har:bekraeftet", Query(having=("solution", "confirmed"))),
    ("-har:svar", Query(without_having=("answer",))),
    ("sorter:nyeste", Query(order=NEWEST)),
    ("sortér:hjulpet", Query(order=HELPFUL)),
    ("sort:helpful", Query(order=HELPFUL)),
    ("sorter:nyeste sort:relevance", Query()),
    ("status:sovet", odd("status:sovet")),
    ("status:løst|sovet", odd("status:løst|sovet")),
    ("er:", odd("er:")),
    ("-er:", Query(ignored=("-er:",))),
    ("-sorter:nyeste", Query(ignored=("-sorter:nyeste",))),
    ('status:"sovet nu"', words("status:sovet", "nu", ignored=("status:sovet",))),
    ('status:"løst nu"', words("nu", statuses=("solved",))),
]
COUNTED = [
    ("score:3", number("score", 3, 3)),
    ("score:=3", number("score", 3, 3)),
    ("score:-2", number("score", -2, -2)),
    ("score:>=3", number("score", 3, None)),
    ("score:≥3", number("score", 3, None)),
    ("score:＞＝３", number("score", 3, None)),
    ("score:>3", number("score", 4, None)),
    ("score:<3", number("score", None, 2)),
    ("score:<=3", number("score", None, 3)),
    ("score:≤3", number("score", None, 3)),
    ('score:">= 3"', number("score", 3, None)),
    ("score:3..10", number("score", 3, 10)),
    ("score:3…10", number("score", 3, 10)),
    ("score:3-10", number("score", 3, 10)),
    ("score:10..3", number("score", 3, 10)),
    ("score:-5..-1", number("score", -5, -1)),
    ("score:3..", number("score", 3, None)),
    ("(score:3..),", number("score", 3, None)),
    ("score:3.", number("score", 3, 3)),
    ("score:..3", number("score", None, 3)),
    ("score:>=3 score:<10", number("score", 3, 9)),
    ("score:>=10 score:<3", number("score", 10, 2)),
    ("-score:>=3", number("score", None, 2)),
    ("-score:<3", number("score", 3, None)),
    ("svar:0", number("answer_count", 0, 0)),
    ("answers:>=2", number("answer_count", 2, None)),
    ("-svar:0", number("answer_count", 1, None)),
    ("score:abc", odd("score:abc")),
    ("score:>=", odd("score:>=")),
    ("score:1e9", odd("score:1e9")),
    ("score:12345678901", odd("score:12345678901")),
    ("score:>999999999", number("score", 999_999_999, None)),
    ("score:1..x", odd("score:1..x")),
    ("-score:3..10", Query(ignored=("-score:3..10",))),
    ("score:abc epj", words("score:abc", "epj", ignored=("score:abc",))),
    ("score:..", odd("score:")),
]  # fmt: skip
DATED = [
    ("oprettet:<7d", period("created", since=days(7))),
    ("oprettet:<=7d", period("created", since=days(7))),
    ("oprettet:7d", period("created", since=days(7))),
    ("created:<7days", period("created", since=days(7))),
    ('oprettet:"< 7 dage"', period("created", since=days(7))),
    ("oprettet:>7d", period("created", until=days(7))),
    ("aktiv:>30d", period("active", until=days(30))),
    ("active:>=30d", period("active", until=days(30))),
    ("oprettet:<2u oprettet:<3w", period("created", since=Age(3, "w"))),
    ("oprettet:<2uger", period("created", since=Age(2, "w"))),
    ("oprettet:<3m", period("created", since=Age(3, "m"))),
    ("oprettet:<3måneder", period("created", since=Age(3, "m"))),
    ("oprettet:<3maaneder", period("created", since=Age(3, "m"))),
    ("oprettet:<1å", period("created", since=Age(1, "y"))),
    ("oprettet:<1aar", period("created", since=Age(1, "y"))),
    ("created:<1y", period("created", since=Age(1, "y"))),
    ("oprettet:<12t", period("created", since=Age(12, "h"))),
    ("created:<12h", period("created", since=Age(12, "h"))),
    ("oprettet:7d..30d", period("created", days(30), days(7))),
    ("oprettet:1m..7d", period("created", Age(1, "m"), days(7))),
    ("oprettet:>7d oprettet:<30d", period("created", days(30), days(7))),
    ("oprettet:..7d", period("created", since=days(7))),
    ("oprettet:2025", period("created", date(2025, 1, 1), date(2026, 1, 1))),
    ("oprettet:2025-12", period("created", date(2025, 12, 1), date(2026, 1, 1))),
    ("oprettet:2025-01-31", period("created", date(2025, 1, 31), date(2025, 2, 1))),
    ("oprettet:31-01-2025", period("created", date(2025, 1, 31), date(2025, 2, 1))),
    ("oprettet:31/1-2025", period("created", date(2025, 1, 31), date(2025, 2, 1))),
    ("oprettet:31.1.2025", period("created", date(2025, 1, 31), date(2025, 2, 1))),
    ("oprettet:>=2025-02", period("created", since=date(2025, 2, 1))),
    ("oprettet:>2025", period("created", since=date(2026, 1, 1))),
    ("oprettet:<2025", period("created", until=date(2025, 1, 1))),
    ("oprettet:<=2025-02", period("created", until=date(2025, 3, 1))),
    ("created:2024..2025-02", period("created", date(2024, 1, 1), date(2025, 3, 1))),
    ("created:2025..2024", period("created", date(2024, 1, 1), date(2026, 1, 1))),
    ("created:2025..7d", period("created", date(2025, 1, 1), days(7))),
    ("created:2024..", period("created", since=date(2024, 1, 1))),
    ("oprettet:7d..", period("created", until=days(7))),
    ("created:..2024", period("created", until=date(2025, 1, 1))),
    ("-oprettet:<7d", period("created", until=days(7))),
    ("-oprettet:<2025", period("created", since=date(2025, 1, 1))),
    ("-oprettet:2025", Query(ignored=("-oprettet:2025",))),
    ("oprettet:", odd("oprettet:")),
    ("oprettet:7", odd("oprettet:7")),
    ("oprettet:<7x", odd("oprettet:<7x")),
    ("oprettet:2025-13", odd("oprettet:2025-13")),
    ("oprettet:2025-02-30", odd("oprettet:2025-02-30")),
    ("oprettet:0000", odd("oprettet:0000")),
    ("oprettet:>9999", odd("oprettet:>9999")),
    ("oprettet:i går", words("oprettet:i", "går", ignored=("oprettet:i",))),
]
TOGETHER = [
    (
        'etiket "blank side" -farve etiketprint* [print] -[pacs] system:print afdeling:"akut syd"'
        " bruger:mig er:svar status:løst har:bekræftet score:>=3 svar:1..4 oprettet:<1å"
        " aktiv:2026 sorter:hjulpet",
        Query(
            words=("etiket",),
            phrases=("blank side",),
            prefixes=("etiketprint",),
            without=("farve",),
            tags=("print",),
            without_tags=("pacs",),
            systems=("print",),
            departments=("akut syd",),
            people=(ME,),
            kinds=("answer",),
            statuses=("solved",),
            having=("confirmed",),
            numbers={"score": Bounds(3, None), "answer_count": Bounds(1, 4)},
            periods={
                "created": Period(since=Age(1, "y")),
                "active": Period(date(2026, 1, 1), date(2027, 1, 1)),
            },
            order=HELPFUL,
        ),
    )
]


@pytest.mark.parametrize(
    ("typed", "query"), [*TEXTS, *NAMES, *CHOICES, *COUNTED, *DATED, *TOGETHER]
)
def test_what_is_typed_asks_for(typed, query):
    assert parse(typed) == query
    assert [parse(text_of(query, language)) for language in LANGUAGES] == [query, query]


def test_a_closed_desk_finds_nothing_and_unsolved_is_two_statuses():
    assert STORED_STATUSES["unsolved"] == ("unanswered", "answered")
    assert {"unanswered", "answered", "solved", "closed"} < set(STORED_STATUSES)


@pytest.mark.parametrize(
    ("typed", "name", "least", "most"),
    [
        ("oprettet:<7d", "created", datetime(2026, 3, 24, 12, tzinfo=UTC), None),
        ("oprettet:<1u", "created", datetime(2026, 3, 24, 12, tzinfo=UTC), None),
        ("aktiv:<6t", "active", datetime(2026, 3, 31, 6, tzinfo=UTC), None),
        ("oprettet:<1m", "created", datetime(2026, 2, 28, 12, tzinfo=UTC), None),
        ("oprettet:<2å", "created", datetime(2024, 3, 31, 12, tzinfo=UTC), None),
        ("oprettet:>=2026", "created", datetime(2025, 12, 31, 23, tzinfo=UTC), None),
        ("aktiv:>30d", "active", None, datetime(2026, 3, 1, 11, 59, 59, tzinfo=UTC)),
        ("oprettet:<2026-07", "created", None, datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC)),
    ],
)
def test_ages_and_dates_are_moments_at_the_hospital(typed, name, least, most):
    bounds = parse(typed).bounds(datetime(2026, 3, 31, 12, tzinfo=UTC))
    assert bounds == {name: Bounds(least and least.timestamp(), most and most.timestamp())}


def test_bounds_are_numbers_of_a_document():
    query = parse("score:3 svar:0 oprettet:<7d aktiv:>30d")
    assert query.bounds(datetime(2026, 3, 31, tzinfo=UTC)).keys() < set(NUMBERS)


@pytest.mark.parametrize("typed", ["oprettet:<9999å", "oprettet:<9999-12-31", "aktiv:>9999u"])
def test_no_moment_is_too_far_away(typed):
    (bounds,) = parse(typed).bounds(datetime(2026, 3, 31, tzinfo=UTC)).values()
    assert isinstance(bounds.least or bounds.most, int)


@pytest.mark.parametrize(
    ("typed", "is_empty", "looks_for_words"),
    [
        ("", True, False),
        ("sorter:nyeste", False, False),
        ("sorter:relevans", True, False),
        ("-er:", True, False),
        ("status:løst", False, False),
        ("score:3", False, False),
        ("-epj", False, False),
        ("epj", False, True),
        ("ep*", False, True),
        ('"log ind"', False, True),
    ],
)
def test_a_query_knows_whether_it_looks_for_anything(typed, is_empty, looks_for_words):
    query = parse(typed)
    assert (query.is_empty, query.looks_for_words) == (is_empty, looks_for_words)


#: What the language is made of, and what might stand in its way.
SCRAPS = sorted(
    {way for row in OPERATORS for named in (row, *row.choices) for way in spellings(named)}
    | {*'æøå:-[]"*.,<>=|@()»–≥\n\0', "..", ">=", "7d", "30", "2025", "9999-12", "31/1-2025"}
    | {"akut kirurgi", "x" * 90, "9" * 9, "\u200d", "\u0338", "İ", "¨", "ﷺ", "０", "：", "👾"}
)
TYPED = st.one_of(
    st.text(),
    st.text(st.characters(categories=["Mn", "Cf", "Cs", "Ps", "Pe", "Pd", "Lu"])),
    st.lists(st.sampled_from([*SCRAPS, *[" "] * 30]), max_size=60).map("".join),
    st.lists(st.sampled_from(SCRAPS) | st.text(max_size=3), max_size=200).map(" ".join),
)


@settings(max_examples=400, deadline=None)
@given(TYPED, st.sampled_from(LANGUAGES))
def test_whatever_is_typed_can_be_written_again(typed, language):
    query = parse(typed)
    written = text_of(query, language)
    assert parse(written) == query
    assert len(written) < LONGEST


@settings(max_examples=200, deadline=None)
@given(TYPED)
def test_no_query_is_larger_than_a_search_can_bear(typed):
    query = parse(typed)
    texts = (*query.words, *query.phrases, *query.prefixes, *query.without, *query.without_phrases)
    lists = [part for part in vars(query).values() if isinstance(part, tuple)]
    assert sum(len(text.split()) for text in texts) <= MOST_WORDS
    assert sum(map(len, lists)) - len(texts) <= MOST_FILTERS + MOST_WORDS


@settings(max_examples=200, deadline=None)
@given(TYPED, st.integers(), st.sampled_from(LANGUAGES))
def test_a_suggestion_can_be_put_in_anywhere(typed, cursor, language):
    for one in complete(typed, cursor, language):
        assert 0 <= one.start <= one.end <= len(typed)
        assert one.text.isprintable()


@settings(max_examples=200, deadline=None)
@given(TYPED, st.sampled_from(OPERATORS), st.text(max_size=20) | st.sampled_from(SCRAPS))
def test_a_filter_put_on_stands_in_the_text(typed, operator, value):
    before = parse(typed)
    query = with_operator(before, operator.key, value)
    assert parse(text_of(query)) == query
    assert (query.words, query.phrases, query.prefixes) == (
        before.words,
        before.phrases,
        before.prefixes,
    )


LARGE = {
    "words": "ord%d ",
    "one word": "a",
    "filters": "system:s%d ",
    "odd filters": "-score:x%d ",
    "quotes": '"',
    "open quotes": 'a:"b ',
    "brackets": "[",
    "open brackets": "-[a ",
    "dashes": "-",
    "stars": "* ",
    "dots": "score:..",
    "marks": "\u0316\u0301",
    "zero": "\0\u202e👾",
    "expanding": "ﷺ",
}


#: Calls of others that may be counted too, such as those of a garbage collection.
STRAY = 100


def steps(typed):
    """How many calls of Python and C functions the parser makes."""
    count = 0

    def tell(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tell)
    try:
        parse(typed)
    finally:
        sys.setprofile(None)
    return count


def much(scrap, length):
    pieces = (scrap % n if "%d" in scrap else scrap for n in range(length))
    return "".join(pieces)[:length]


@pytest.mark.parametrize("scrap", LARGE.values(), ids=LARGE.keys())
def test_twice_the_text_takes_twice_the_steps(scrap):
    parse("warm")
    half, whole = (steps(much(scrap, length)) for length in (LONGEST // 2, LONGEST))
    assert whole <= 2.2 * half + STRAY


@pytest.mark.parametrize("scrap", LARGE.values(), ids=LARGE.keys())
def test_what_is_longer_than_a_query_takes_no_more_steps(scrap):
    assert steps(much(scrap, 3 * LONGEST)) <= steps(much(scrap, LONGEST)) + STRAY


def test_a_letter_keeps_few_of_a_thousand_marks():
    assert parse("z" + "\u0316" * 1_000).words == ("z" + "\u0316" * 4,)


def test_words_beyond_the_most_are_dropped():
    query = parse(" ".join(f"ord{n}" for n in range(5_000)))
    assert query.words == tuple(f"ord{n}" for n in range(MOST_WORDS))
