"""Word by word: what was added, removed, kept."""

import time

from hypothesis import given
from hypothesis import strategies as st

from midtlink.questions.diffing import word_diff


def test_one_word_changed_leaves_the_rest():
    assert word_diff("Brug Send i menuen.", "Brug Videresend i menuen.") == [
        ("same", "Brug "),
        ("removed", "Send"),
        ("added", "Videresend"),
        ("same", " i menuen."),
    ]


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
