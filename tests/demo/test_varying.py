"""Variants for load: other words, and HTML that is still what the Markdown renders to."""

import pytest

from midtlink.demo.casting import Staff
from midtlink.demo.filling import fill
from midtlink.demo.playing import Play
from midtlink.demo.varying import vary, written_for
from midtlink.markup import render


@pytest.fixture
def variants(app, clock):
    """Every written thread once as a variant."""
    fill()
    staff = Staff()
    return [
        vary(Play(written_for(number), staff, clock(), str(number)).play(9), number)
        for number in range(342)
    ]


def test_changed_html_is_what_the_changed_source_gives(variants):
    for scene in variants:
        for post, _ in scene.posts():
            assert post.html == render(post.source)


def test_variants_of_one_thread_differ(app, clock):
    fill()
    scenes = [
        vary(Play(written_for(number), Staff(), clock(), str(number)).play(9), number)
        for number in (1, 343)
    ]
    assert written_for(1).title == written_for(343).title
    assert scenes[0].title != scenes[1].title
    assert scenes[0].question.author != scenes[1].question.author
