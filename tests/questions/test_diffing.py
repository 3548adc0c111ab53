"""Word by word: what was added, removed, kept."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtlink.questions.diffing import Effort, word_diff


def test_one_word_changed_leaves_the_rest():
    assert word_diff("Brug Send i menuen.", "Brug Videresend i menuen.") == [
        ("same", "Brug "),
        ("removed", "Send"),
        ("added", "Videresend"),
        ("same", " i menuen."),
    ]


def test_lines_and_words_that_stayed_are_one_part():
    assert word_diff("Gå til Menu.\nTryk Send", "Gå til Menu.\nTryk Gem") == [
        ("same", "Gå til Menu.\nTryk "),
        ("removed", "Send"),
        ("added", "Gem"),
    ]


def test_text_of_very_many_lines_is_shown_whole():
    lines = "".join(f"linje {number}\n" for number in range(1_500))
    old, new = f"{lines}før", f"{lines}nu"
    assert word_diff(old, new) == [("removed", old), ("added", new)]
    assert word_diff("", old + new) == [("added", old + new)]


@given(st.text("ab \n"), st.text("ab \n"))
def test_parts_make_both_texts_again(old, new):
    parts = word_diff(old, new)
    assert "".join(text for kind, text in parts if kind != "added") == old
    assert "".join(text for kind, text in parts if kind != "removed") == new


def test_longest_texts_are_compared_in_no_time():
    start = time.perf_counter()
    word_diff("a b " * 10_000, "b a " * 10_000)
    word_diff("x y\n" * 1_499, "x y\n" * 1_490 + "z")
    assert time.perf_counter() - start < 5


REPEATED = {
    "full stops": ("." * 740, ",." * 370),
    "many passages": (
        "\n".join("s" if n % 2 else f"x{n} " + ".," * 12 for n in range(1_400)),
        "\n".join("s" if n % 2 else f"y{n} " + ",." * 12 for n in range(1_400)),
    ),
    "two words": ("a b " * 180, "b b a a " * 90),
}


@pytest.mark.parametrize("name", REPEATED)
def test_t30_a_word_that_repeats_costs_no_more_than_the_effort(name):
    """Full stops alone took 25 seconds: whoever edits a comment could stop every worker."""
    old, new = REPEATED[name]
    start = time.process_time()
    parts = word_diff(old, new)
    assert time.process_time() - start < 2
    assert "".join(text for kind, text in parts if kind != "added") == old
    assert "".join(text for kind, text in parts if kind != "removed") == new


def test_t30_one_page_of_versions_shares_the_effort():
    effort = Effort()
    start = time.process_time()
    for _ in range(30):
        word_diff(*REPEATED["full stops"], effort)
    assert time.process_time() - start < 2


def test_an_ordinary_long_text_is_compared_word_by_word():
    text = " ".join(f"ord{n % 90}" for n in range(350))
    changed = text.replace("ord7 ", "andet ")
    removed = [words for kind, words in word_diff(text, changed) if kind == "removed"]
    assert removed and set(removed) == {"ord7"}
