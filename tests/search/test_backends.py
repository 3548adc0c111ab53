"""What every engine keeps to. The one that finds nothing finds nothing, and every call works."""

import pytest

from midtlink.search.backends.null import NullBackend
from midtlink.search.backends.whoosh import WhooshBackend
from midtlink.search.protocol import CARETAKERS, FACETS, HELPFUL, NEWEST, Bounds, Found
from tests.search.threads_indexed import (
    BLOOD,
    CARD,
    CARING,
    ENGLISH,
    EVERYONE,
    HOSPITAL,
    LABELS,
    LOGIN,
    LONG,
    PRINTER,
    SECRET,
    ids,
    thread,
    wanted,
)

EMPTY = {"null"}


@pytest.fixture(params=["whoosh", "null"])
def backend(request, tmp_path):
    made = WhooshBackend(tmp_path / "search") if request.param == "whoosh" else NullBackend()
    made.rebuild(HOSPITAL)
    return made


def unless_empty(backend, expected):
    """What is expected of this engine."""
    return type(expected)() if isinstance(backend, NullBackend) else expected


# What is looked for, and what fits, whatever the order.
FITTING = {
    "a word": (wanted("kvikplan"), {CARD}),
    "another form of a word": (wanted("etiketterne"), {PRINTER, LABELS}),
    "any of the words": (wanted("adgangskode", "kvikplan"), {LOGIN, CARD}),
    "another spelling": (wanted("blodproever"), {LABELS, BLOOD}),
    "an English word": (wanted("schedules"), {ENGLISH}),
    "no such word": (wanted("xylofon"), set()),
    "nothing but rights": (wanted(), {PRINTER, LABELS, CARD, LOGIN, BLOOD, ENGLISH, LONG}),
    "hidden for members": (wanted("fortrolig"), set()),
    "hidden for caretakers": (wanted("fortrolig", audience=CARING), {SECRET}),
    "hidden alone": (wanted(audience=frozenset({CARETAKERS})), {SECRET}),
    "for nobody": (wanted(audience=frozenset()), set()),
    "a phrase": (wanted(phrases=("etiketter til blodprøver",)), {LABELS}),
    "a phrase over two parts": (wanted(phrases=("papir der kommer",)), set()),
    "a phrase in the wrong order": (wanted(phrases=("til etiketter",)), set()),
    "a phrase of one word": (wanted(phrases=("etiketter",)), {PRINTER, LABELS}),
    "a phrase in a part": (wanted(phrases=("om blodprøver",), parts=("answers",)), {BLOOD}),
    "a phrase in another part": (wanted(phrases=("om blodprøver",), parts=("title",)), set()),
    "two phrases": (wanted(phrases=("ser jeg", "fmk åbner")), {CARD}),
    "a word and a phrase": (wanted("printeren", "blodprøver", phrases=("stue 3",)), {PRINTER}),
    "a prefix": (wanted(prefixes=("blodpr",)), {LABELS, BLOOD}),
    "a prefix in another spelling": (wanted(prefixes=("blodproe",)), {LABELS, BLOOD}),
    "a prefix with its star": (wanted(prefixes=("kvik*",)), {CARD}),
    "a prefix in a part": (wanted(prefixes=("blodpr",), parts=("answers",)), {BLOOD}),
    "a prefix of nothing": (wanted(prefixes=("xyl",)), set()),
    "a prefix that only the hidden hold": (wanted(prefixes=("fortrol",)), set()),
    "a word in titles": (wanted("etiketter", parts=("title",)), {LABELS}),
    "a word in answers": (wanted("blodprøver", parts=("answers",)), {BLOOD}),
    "without a word": (wanted("etiketter", without=("rulle",)), {PRINTER}),
    "without a phrase": (wanted("blodprøver", without=("etiketter til",)), {BLOOD}),
    "only without": (wanted(without=("blodprøver",)), {PRINTER, CARD, LOGIN, ENGLISH, LONG}),
    "a label": (wanted(labels=(frozenset({"tag:2"}),)), {PRINTER, LABELS}),
    "one of two labels": (wanted(labels=(frozenset({"tag:3", "tag:1"}),)), {PRINTER, CARD, BLOOD}),
    "both of two labels": (
        wanted(labels=(frozenset({"tag:1"}), frozenset({"tag:2"}))),
        {PRINTER},
    ),
    "a label of nothing": (wanted(labels=(frozenset({"tag:404"}),)), set()),
    "a label of the hidden": (wanted(labels=(frozenset({"tag:9"}),)), set()),
    "no label": (wanted("etiketter", no_labels=frozenset({"status:solved"})), {LABELS}),
    "at least": (wanted(bounds={"score": Bounds(least=2)}), {PRINTER, CARD}),
    "at most": (wanted(bounds={"score": Bounds(most=-1)}), {LOGIN}),
    "between": (wanted(bounds={"created": Bounds(200, 300)}), {LABELS, CARD}),
    "but not some": (wanted("etiketter", but_not=frozenset({PRINTER, 404})), {LABELS}),
    "words without a letter": (wanted("?!", "🙂"), set()),
}


@pytest.mark.parametrize("name", FITTING)
def test_what_fits_is_found_and_counted(backend, name):
    asked, expected = FITTING[name]
    found = backend.find(asked)
    assert set(ids(found)) == unless_empty(backend, expected)
    assert found.total == len(unless_empty(backend, expected))


def test_better_hits_come_first(backend):
    assert ids(backend.find(wanted("blodprøver", "laboratoriet"))) == unless_empty(
        backend, [BLOOD, LABELS]
    )


NEAR = [
    thread(1, "Labrum brummer"),
    thread(2, "Systemet er langsom"),
    thread(3, "Svartid", "Vi talte om en svartid. " + "Alt andet er uden betydning her. " * 40),
    *(thread(id, "Noget helt andet", "svartid " * 3) for id in range(10, 30)),
]


def test_related_words_help_but_find_nothing_far_below_the_best(backend, monkeypatch):
    backend.rebuild(NEAR)
    assert ids(backend.find(wanted("langsom"))) == unless_empty(backend, [2])
    monkeypatch.setattr("midtlink.search.rules.FLOOR", 0)
    assert backend.find(wanted("langsom")).total == (0 if isinstance(backend, NullBackend) else 22)


def test_related_words_find_where_nothing_else_does(backend):
    backend.rebuild(NEAR[2:])
    assert 3 in ids(backend.find(wanted("langsom", limit=100))) or isinstance(backend, NullBackend)


def test_an_alternative_of_several_words_stands_whole(tmp_path):
    backend = WhooshBackend(tmp_path / "search", lambda: [["labrum", "rundt skab"]])
    backend.rebuild([thread(1, "Skab"), thread(2, "Rundt"), thread(3, "Skabet er rundt")])
    assert ids(backend.find(wanted("labrum"))) == [3]


def test_a_title_counts_more_than_a_body(backend):
    assert ids(backend.find(wanted("etiketter"))) == unless_empty(backend, [LABELS, PRINTER])


@pytest.mark.parametrize(
    ("order", "expected"), [(NEWEST, [BLOOD, LABELS]), (HELPFUL, [BLOOD, LABELS])]
)
def test_hits_come_in_the_order_asked_for(backend, order, expected):
    assert ids(backend.find(wanted("blodprøver", order=order))) == unless_empty(backend, expected)


def test_the_most_helpful_come_first(backend):
    found = backend.find(wanted(order=HELPFUL, limit=3))
    assert ids(found) == unless_empty(backend, [CARD, PRINTER, BLOOD])


def test_pages_follow_each_other(backend):
    pages = [ids(backend.find(wanted(order=NEWEST, offset=at, limit=3))) for at in (0, 3, 6, 9)]
    assert pages == unless_empty(
        backend, [[ENGLISH, BLOOD, LOGIN], [CARD, LABELS, PRINTER], [LONG], []]
    ) or (isinstance(backend, NullBackend) and pages == [[]] * 4)


def test_facets_count_what_may_be_seen(backend):
    facets = backend.find(wanted("klemme", "etiketter", facets=FACETS)).facets
    assert facets.get("tag", {}) == unless_empty(backend, {"tag:2": 2, "tag:1": 1})
    assert facets.get("status", {}) == unless_empty(
        backend, {"status:solved": 1, "status:unanswered": 1}
    )


def test_terms_tell_what_to_mark(backend):
    terms = backend.find(wanted("etiketterne")).terms
    assert bool(terms) != isinstance(backend, NullBackend)


def test_similar_questions_are_found_by_a_text_being_written(backend):
    title, body = "Printeren trækker ikke", "papiret, og der kommer ingen etiketter ud. " * 30
    found = backend.find(wanted(title, body, is_similar=True, limit=1))
    assert ids(found) == unless_empty(backend, [PRINTER])


def test_similar_questions_are_found_by_other_words(backend):
    found = backend.find(wanted("Kodeordet for gammelt", is_similar=True, limit=1))
    assert ids(found) == unless_empty(backend, [LOGIN])


def test_a_title_says_more_of_what_is_similar_than_a_body(backend):
    title, body = "Adgangskoden udløbet", "etiketter og blodprøver og laboratoriet"
    found = backend.find(wanted(title, body, is_similar=True, limit=1))
    assert ids(found) == unless_empty(backend, [LOGIN])


def test_a_title_written_anew_outweighs_the_text_of_an_old_draft(backend):
    """The text is of another question, word for word, and has many more words than the title."""
    draft = thread(50, "Sengen kører ikke", "Hjulet under fodenden klemmer, bremsen hyler og "
                   "sidehesten slår mod gulvet når portøren svinger omkring hjørnet.")  # fmt: skip
    backend.put([draft])
    found = backend.find(wanted("Adgangskoden udløbet", draft.body, is_similar=True, limit=2))
    assert ids(found) == unless_empty(backend, [LOGIN, draft.id])


def test_every_word_of_a_long_title_is_looked_for(backend):
    names = [f"Sted{letter}" for letter in "abcdefghijklmnopqrstu"]
    backend.put([thread(60 + place, name, name) for place, name in enumerate(names)])
    backend.put([thread(100 + number, "Stedæ", f"Her og der {number}") for number in range(3)])
    found = backend.find(wanted(" ".join([*names, "Stedæ"]), is_similar=True, limit=50))
    assert set(ids(found)) >= unless_empty(backend, {100, 101, 102})


def test_suggestions_begin_as_what_is_typed(backend):
    assert backend.suggest("en blodpr", audience=EVERYONE) == unless_empty(backend, ["blodprøver"])


def test_suggestions_hold_no_word_of_what_is_hidden(backend):
    assert backend.suggest("fortr", audience=EVERYONE) == []
    assert backend.suggest("kvik", audience=EVERYONE, but_not=frozenset({CARD})) == []
    assert backend.suggest("fortr", audience=CARING) == unless_empty(backend, ["fortrolig"])


@pytest.mark.parametrize("typed", ["", " ", "kvik ", "*", "🙂", "\0"])
def test_nothing_to_complete_suggests_nothing(backend, typed):
    assert backend.suggest(typed, audience=EVERYONE) == []


def test_a_later_version_replaces_an_earlier_one(backend):
    backend.put([thread(LOGIN, "Alt virker igen", version=5)])
    assert ids(backend.find(wanted("adgangskoden"))) == []
    assert ids(backend.find(wanted("virker"))) == unless_empty(backend, [LOGIN])
    assert (LOGIN, 5) in unless_empty(backend, set(backend.versions())) or isinstance(
        backend, NullBackend
    )


def test_what_is_dropped_is_gone(backend):
    backend.drop([CARD, 404])
    assert backend.find(wanted("kvikplan", facets=FACETS)).total == 0
    assert CARD not in dict(backend.versions())
    assert backend.suggest("kvik", audience=EVERYONE) == []


def test_many_small_changes_leave_each_thread_once(backend):
    for version in range(2, 25):
        backend.put([thread(id, "Den samme sag", version=version) for id in (CARD, 100 + version)])
    backend.drop(range(101, 110))
    held = sorted(backend.versions())
    kept = {document.id: 1 for document in HOSPITAL} | {CARD: 24}
    kept |= {100 + version: version for version in range(10, 25)}
    assert held == unless_empty(backend, sorted(kept.items()))
    assert backend.find(wanted("sag")).total == (16 if held else 0)


def test_a_cleared_index_is_empty_and_works(backend):
    backend.clear()
    assert backend.find(wanted()).total == 0
    backend.put([thread(3, "Den første")])
    assert ids(backend.find(wanted("første"))) == unless_empty(backend, [3])


def test_a_rebuild_forgets_what_is_not_given_again(backend):
    count = backend.rebuild([thread(1, "Kun denne", version=3), thread(1, "Kun den", version=4)])
    assert list(backend.versions()) == unless_empty(backend, [(1, 4)])
    assert count == len(list(backend.versions()))
    assert not backend.needs_rebuild()


def test_nothing_is_put_without_a_change(backend):
    before = list(backend.versions())
    backend.put([])
    backend.drop([])
    assert list(backend.versions()) == before


BAD = {
    "long": ("x" * 10_000,),
    "many": tuple(f"ord{n}" for n in range(5_000)),
    "NUL": ("a\0b", "\0"),
    "emoji": ("🙂🧑‍⚕️",),
    "right to left": ("\u202eprinter\u202c", "مرحبا"),
    "star": ("*",),
    "surrogate": ("\ud800",),
    "combining": ("e" + "\u0301" * 500,),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("place", ["words", "prefixes", "phrases", "without"])
def test_whatever_is_typed_is_answered(backend, name, place):
    found = backend.find(wanted(**{} if place == "words" else {place: BAD[name]}, facets=("tag",))
                         if place != "words" else wanted(*BAD[name]))  # fmt: skip
    assert isinstance(found, Found)
    assert isinstance(backend.find(wanted(*BAD[name], is_similar=True)), Found)


MARKED = {
    "a word": ("Printeren og rullen", ("rullen",), ["rullen"]),
    "another form": ("To etiketter", ("etiket",), ["etiketter"]),
    "each time, between signs": ("(Rulle), rulle-rulle", ("rulle",), ["Rulle", "rulle", "rulle"]),
    "not within a word": ("xrullex", ("rulle",), []),
    "the beginning and the end": ("rulle\nmed\u00a0rulle", ("rulle",), ["rulle", "rulle"]),
    "nothing": ("", ("rulle",), []),
}


@pytest.mark.parametrize("name", MARKED)
def test_the_words_looked_for_are_marked(backend, name):
    text, words, expected = MARKED[name]
    spans = backend.marks(text, backend.find(wanted(*words)).terms)
    assert [text[start:end] for start, end in spans] == unless_empty(backend, expected)
