"""Filters put on and off, what completes a query being typed, and the examples of the help."""

import pytest

from midtlink.search.language import (
    EXAMPLES,
    OPERATORS,
    complete,
    is_on,
    parse,
    piece_of,
    text_of,
    toggled,
    unfinished,
    with_operator,
    without_operator,
)
from midtlink.search.language.operators import spelling, spellings


@pytest.mark.parametrize(
    ("typed", "name", "value", "expected"),
    [
        ("epj", "status", "løst", "epj status:løst"),
        ("epj", "status", "solved", "epj status:løst"),
        ("epj status:lukket", "status", "with_it", "epj status:lukket status:hos-it"),
        ("epj -status:løst", "status", "løst", "epj status:løst"),
        ("epj", "tag", "Sikker Mail", "epj [sikker-mail]"),
        ("epj", "system", "epj", "epj system:epj"),
        ("epj", "department", 'Akut "Syd"', 'epj afdeling:"Akut Syd"'),
        ("epj", "person", "@me", "epj bruger:mig"),
        ("epj", "kind", "answer", "epj er:svar"),
        ("score:3", "score", ">=5", "score:>=5"),
        ("oprettet:<7d", "created", "2025", "oprettet:2025"),
        ("epj sorter:nyeste", "order", "helpful", "epj sorter:hjulpet"),
        ("epj", "status", "sovet", "epj"),
        ("epj", "farve", "blå", "epj"),
    ],
)
def test_a_filter_is_put_on(typed, name, value, expected):
    assert text_of(with_operator(parse(typed), name, value)) == expected


def test_a_filter_can_be_put_on_negated():
    query = with_operator(parse("[print]"), "tag", "print", is_negated=True)
    assert text_of(query) == "-[print]"


@pytest.mark.parametrize(
    ("typed", "name", "value", "expected"),
    [
        ("epj status:løst status:lukket", "status", "løst", "epj status:lukket"),
        ("epj status:løst -status:lukket", "status", None, "epj"),
        ("epj -status:løst", "status", "løst", "epj"),
        ("epj system:EPJ", "system", "epj", "epj"),
        ("epj [print] [pacs]", "tag", "print", "epj [pacs]"),
        ("epj bruger:mig", "bruger", "me", "epj"),
        ("epj oprettet:2025", "created", "2025", "epj"),
        ("epj oprettet:2025", "created", "2024", "epj oprettet:2025"),
        ("epj score:>=3 svar:0", "score", None, "epj svar:0"),
        ("epj sorter:nyeste", "sort", None, "epj"),
        ("epj -er: [print]", "tag", None, "epj -er:"),
        ("epj status:løst", "status", "sovet", "epj status:løst"),
        ("epj", "farve", "blå", "epj"),
    ],
)
def test_a_filter_is_taken_off(typed, name, value, expected):
    assert text_of(without_operator(parse(typed), name, value)) == expected


@pytest.mark.parametrize(
    ("typed", "name", "value", "expected"),
    [
        ("status:løst", "status", "solved", True),
        ("status:løst", "status", "lukket", False),
        ("-status:løst", "status", "løst", False),
        ("system:EPJ", "system", "epj", True),
        ("oprettet:2025", "created", "2025", True),
        ("oprettet:2025", "created", "2024", False),
        ("svar:0", "svar", "0", True),
        ("sorter:nyeste", "sort", "newest", True),
        ("epj", "sort", "relevance", True),
        ("epj", "sort", "nyeste", False),
        ("epj", "farve", "blå", False),
        ("epj", "status", "sovet", False),
    ],
)
def test_a_filter_knows_whether_it_is_on(typed, name, value, expected):
    assert is_on(parse(typed), name, value) is expected


@pytest.mark.parametrize(
    ("name", "value"), [("status", "løst"), ("created", "2025"), ("tag", "print"), ("sort", "ny")]
)
def test_a_filter_toggled_twice_is_as_before(name, value):
    query = parse('epj "log ind" score:abc -er:')
    once = toggled(query, name, value)
    assert is_on(once, name, value) and not is_on(query, name, value)
    assert toggled(once, name, value) == query


def test_a_filter_finds_room_beside_many_words():
    query = parse(" ".join(f"ord{n}" for n in range(500)))
    assert is_on(parse(text_of(with_operator(query, "status", "løst"))), "status", "løst")


def completed(typed, language="da"):
    text, _, rest = typed.partition("|")
    whole = text + rest
    found = complete(whole, len(text), language)
    return [whole[: one.start] + one.text + whole[one.end :] for one in found]


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("syst|", "da", ["system:"]),
        ("epj stat|", "da", ["epj status:"]),
        ("-sta|", "da", ["-status:"]),
        ("–sta|", "da", ["-status:"]),
        ("afd|", "da", ["afdeling:"]),
        ("AFD|", "da", ["afdeling:"]),
        ("depa|", "en", ["department:"]),
        ("use|", "en", ["user:"]),
        ("sta| epj", "da", ["status: epj"]),
        ("st|at epj", "da", ["status: epj"]),
        ("(sta|", "da", ["(status:"]),
        ("status:u|", "da", ["status:ubesvaret", "status:uløst"]),
        ("status:uloe|", "da", ["status:uløst"]),
        ("status:so|", "da", ["status:løst"]),
        ("status:un|", "en", ["status:unanswered", "status:unsolved"]),
        ("epj -har:b|", "da", ["epj -har:bekræftet"]),
        ("is:|", "en", ["is:question", "is:answer"]),
        ("sorter:|", "da", ["sorter:relevans", "sorter:nyeste", "sorter:hjulpet"]),
        ("bruger:m|", "da", ["bruger:mig"]),
        ("oprettet:|", "da", ["oprettet:<1d", "oprettet:<7d", "oprettet:<1å"]),
        ("created:|", "en", ["created:<1d", "created:<7d", "created:<1y"]),
        ("system:e|", "da", []),
        ("|", "da", []),
        ("epj |", "da", []),
        ("medicin|", "da", []),
        ('"log sta|', "da", []),
        ('"log ind" sta|', "da", ['"log ind" status:']),
        ("12:3|", "da", []),
    ],
)
def test_what_is_being_typed_is_completed(typed, language, expected):
    assert completed(typed, language) == expected


@pytest.mark.parametrize(
    ("typed", "key", "begun", "dash"),
    [
        ("epj system:ep|", "system", "ep", ""),
        ("-afdeling:ak|", "department", "ak", "-"),
        ("epj [pri|", "tag", "pri", ""),
        ("-[sikker ma|", "tag", "sikker ma", "-"),
        ("epj pri|", None, "pri", ""),
    ],
)
def test_a_name_being_typed_can_be_looked_up(typed, key, begun, dash):
    text = typed.removesuffix("|")
    piece = unfinished(text, len(text))
    assert (piece.operator and piece.operator.key, piece.typed, piece.dash) == (key, begun, dash)


@pytest.mark.parametrize("cursor", [-5, 0, 3, 99])
def test_a_cursor_outside_the_text_is_at_its_end(cursor):
    assert [one.text for one in complete("sta", cursor)] == (["status:"] if cursor > 0 else [])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.danish)
def test_an_example_is_understood_as_it_says(example):
    danish, english = parse(example.text("da")), parse(example.text("en"))
    assert not danish.ignored and not english.ignored
    assert not danish.is_empty
    assert text_of(danish) == example.danish
    assert text_of(english, "en") == example.english


def test_every_operator_has_an_example_or_is_a_bracket():
    shown = " ".join(example.danish for example in EXAMPLES)
    assert [one.key for one in OPERATORS if f"{one.danish}:" not in shown] == ["tag"]


def test_no_spelling_means_two_things():
    for rows in (OPERATORS, *(operator.choices for operator in OPERATORS)):
        ways = [way for row in rows for way in spellings(row)]
        assert len(ways) == len(set(ways))


def test_a_name_is_quoted_where_it_must_be():
    operators = {operator.key: operator for operator in OPERATORS}
    assert piece_of(operators["department"], "Øre, næse") == 'afdeling:"Øre, næse"'
    assert piece_of(operators["department"], "Akut", "en") == "department:Akut"


def test_spelling_is_one_for_every_way_to_type():
    assert {spelling(way) for way in ("hos-it", "Hos IT", "hos_it", "ＨＯＳ-ＩＴ")} == {"hosit"}
