"""Templates: nothing inline, nothing unescaped but the one place, every word in gettext."""

import re

import pytest

from tests.whole.sources import path_of, templates

#: The only places where HTML that was cleaned on its way in is shown as it is stored.
SHOWS_HTML = {"components/post.html"}
#: Mail programs read no stylesheets, so mails are styled in place.
MAILED = {"emails"}
TEXT = re.compile(r">([^<>{}]*[A-Za-zÆØÅæøå]{2,}[^<>{}]*)<")


NAMES = {"MidtLink", "Dansk", "English", "Ctrl", "Enter", "CPR"}


def markup_of(text):
    """The template without comments, statements and values: what stands in it as HTML."""
    return re.sub(
        r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<!doctype[^>]*>", "", text, flags=re.S | re.I
    )


@pytest.mark.parametrize(("path", "text"), templates(), ids=path_of)
def test_only_one_template_shows_stored_html(path, text):
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", text) or str(path) in SHOWS_HTML


@pytest.mark.parametrize(("path", "text"), templates(), ids=path_of)
def test_nothing_is_inline(path, text):
    styled = "" if path.parts[0] in MAILED else r"\sstyle=|"
    inline = rf"<style\b|{styled}\son[a-z]+=|hx-on|javascript:|js:"
    assert not re.search(inline, markup_of(text))
    assert not re.search(r"<script(?![^>]*\bsrc)", text)


@pytest.mark.parametrize(("path", "text"), templates(), ids=path_of)
def test_every_word_is_translatable(path, text):
    """Text between tags comes from _() or a value; a brand name alone may stand."""
    words = [re.sub(r"^\W+|\W+$", "", match) for match in TEXT.findall(markup_of(text))]
    assert not {word for word in words if '="' not in word} - NAMES
