"""The arrays of the engine against the plain reading of what they stand for."""

import math
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midtlink.search import rules
from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.backends import _phrases
from midtlink.search.backends._drafting import LOW, word_hash
from midtlink.search.backends.whoosh import WhooshBackend
from midtlink.search.protocol import FACETS, NEWEST, PARTS
from tests.search.threads_indexed import ids, thread, wanted

#: Names of places, so that no list of ours relates them.
NAMES = [
    "Viborg",
    "Skive",
    "Lemvig",
    "Struer",
    "Odder",
    "Samsø",
    "Thy",
    "Mors",
    "Hobro",
    "Ebeltoft",
]
FEW = settings(max_examples=40, deadline=None,
               suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip


def said(rng, most):
    return " ".join(rng.choices(NAMES, range(1, 11), k=rng.randint(0, most)))


def drawn(number):
    rng = Random(number)
    return [
        thread(id, said(rng, 4), said(rng, 20), said(rng, 30), labels=labels(rng), created=id)
        for id in range(1, 60)
    ]


def labels(rng):
    return [f"tag:{rng.randint(1, 4)}", f"tag:{rng.randint(5, 8)}", f"year:{rng.randint(1, 3)}"]


@pytest.fixture(scope="module")
def drawn_backend(tmp_path_factory):
    backend = WhooshBackend(tmp_path_factory.mktemp("index") / "search")
    documents = drawn(1)
    backend.rebuild(documents[:30])
    for document in documents[30:]:
        backend.put([document])
    return backend, documents


def bm25(documents, words):
    """BM25 over the parts as one text, the title three times; of a word's terms the best counts."""
    chain = Chain(Lexicon())
    counted = {}
    for document in documents:
        parts = [
            (getattr(rules.SEARCHED, part), chain.terms(getattr(document, part))) for part in PARTS
        ]
        counted[document.id] = parts
    length = {id: sum(w * part.total() for w, part in parts) for id, parts in counted.items()}
    mean = sum(length.values()) / len(length)
    scores = dict.fromkeys(counted, 0.0)
    for group in chain.wanted(words):
        worth = {id: [0.0] for id in counted}
        for term, weight in group.terms.items():
            often = {id: sum(w * part[term] for w, part in parts) for id, parts in counted.items()}
            holding = sum(1 for each in often.values() if each)
            rarity = math.log(1 + (len(counted) - holding + 0.5) / (holding + 0.5))
            for id, each in often.items():
                burden = rules.SEARCHED.k1 * (
                    1 - rules.SEARCHED.b + rules.SEARCHED.b * length[id] / mean
                )
                worth[id].append(weight * rarity * (rules.SEARCHED.k1 + 1) * each / (each + burden))
        for id, each in worth.items():
            scores[id] += max(each) + rules.OTHERS_SHARE * (sum(each) - max(each))
    return {id: score for id, score in scores.items() if score}


@pytest.mark.parametrize("words", [("Viborg",), ("Ebeltoft", "Skive"), ("Thy", "Mors", "Odder")])
def test_scores_are_those_of_the_formula(drawn_backend, words, monkeypatch):
    backend, documents = drawn_backend
    monkeypatch.setattr(rules, "GRAM_WEIGHT", 0)
    monkeypatch.setattr(rules, "PREFERENCES", {})
    monkeypatch.setattr(rules, "RECENT", 0)
    backend._index()._snapshot = None
    found = backend.find(wanted(*words, limit=100))
    backend._index()._snapshot = None
    assert {hit.id: hit.score for hit in found.hits} == pytest.approx(
        bm25(documents, words), rel=1e-4
    )


def test_segments_answer_like_one(drawn_backend, tmp_path):
    backend, documents = drawn_backend
    whole = WhooshBackend(tmp_path / "search")
    whole.rebuild(documents)
    assert len(backend._index().snapshot().segments) > 1
    asked = wanted("Hobro", "Thy", facets=FACETS, limit=100)
    several, one = backend.find(asked), whole.find(asked)
    assert ids(several) == ids(one)
    assert several.facets == one.facets
    assert [h.score for h in several.hits] == pytest.approx([h.score for h in one.hits], rel=1e-4)


@pytest.mark.parametrize("facet", ["tag", "year"])
def test_facets_are_the_counts_of_the_labels(drawn_backend, facet):
    backend, documents = drawn_backend
    found = backend.find(wanted("Samsø", facets=(facet,), limit=100))
    hits = set(ids(found))
    borne = [x for d in documents if d.id in hits for x in d.labels if x.startswith(f"{facet}:")]
    assert found.facets[facet] == {label: borne.count(label) for label in borne}


@FEW
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
def test_a_phrase_fits_where_its_words_stand_in_order(drawn_backend, phrase):
    backend, documents = drawn_backend
    inside = f" {' '.join(phrase)} "
    fits = {d.id for d in documents if any(inside in f" {getattr(d, part)} " for part in PARTS)}
    found = backend.find(wanted(phrases=(" ".join(phrase),), limit=100))
    assert set(ids(found)) == fits


@pytest.mark.parametrize("at_once", [1, 50])
def test_a_phrase_is_found_however_much_is_looked_through_at_once(
    drawn_backend, monkeypatch, at_once
):
    backend, _ = drawn_backend
    asked = wanted(phrases=("Hobro Ebeltoft",), limit=100)
    expected = ids(backend.find(asked))
    monkeypatch.setattr(_phrases, "AT_ONCE", at_once)
    assert len(expected) > 2
    assert ids(backend.find(asked)) == expected


def test_words_that_are_half_alike_are_no_phrase(tmp_path):
    """Only half of what stands for a word is read where that tells it from the other."""
    alike = {}
    for number in range(10**6):
        word = f"ord{number}"
        if (other := alike.setdefault(word_hash(word) & LOW, word)) != word:
            break
    backend = WhooshBackend(tmp_path / "search")
    backend.rebuild([thread(1, f"Viborg {word} {other}"), thread(2, f"{word} Viborg {other}")])
    assert ids(backend.find(wanted(phrases=(f"Viborg {word}",)))) == [1]
    assert ids(backend.find(wanted(phrases=(f"Viborg {other}",)))) == [2]


@FEW
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3), st.sampled_from(PARTS))
def test_a_phrase_in_a_part_fits_there_alone(drawn_backend, phrase, part):
    backend, documents = drawn_backend
    inside = f" {' '.join(phrase)} "
    fits = {d.id for d in documents if inside in f" {getattr(d, part)} "}
    found = backend.find(wanted(phrases=(" ".join(phrase),), parts=(part,), limit=100))
    assert set(ids(found)) == fits


@FEW
@given(st.sampled_from(NAMES), st.integers(1, 6), st.sampled_from(PARTS))
def test_a_prefix_fits_where_a_word_begins_so(drawn_backend, name, letters, part):
    backend, documents = drawn_backend
    begun = name[:letters].lower()
    fits = {
        d.id
        for d in documents
        if any(w.lower().startswith(begun) for w in getattr(d, part).split())
    }
    found = backend.find(wanted(prefixes=(begun,), parts=(part,), limit=100))
    assert set(ids(found)) == fits


@FEW
@given(st.integers(0, 70), st.integers(1, 20))
def test_a_page_is_a_piece_of_the_whole(drawn_backend, offset, limit):
    backend, _ = drawn_backend
    for asked in (wanted(order=NEWEST), wanted("Viborg", "Mors"), wanted(order="helpful")):
        whole = ids(backend.find(wanted(*asked.words, order=asked.order, limit=100)))
        page = wanted(*asked.words, order=asked.order, offset=offset, limit=limit)
        assert ids(backend.find(page)) == whole[offset : offset + limit]
