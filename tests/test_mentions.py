"""Which words of a text may name somebody, and what a link to them looks like."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midtlink.markup import TextTooLarge, mentioned, plain_text, render

KNOWN = {"jonas": "/p/jonas", "epj": "/system/epj", "jo_nas": "/p/jo_nas", "åse": "/p/%C3%A5se"}
JONAS = '<a class="mention" href="/p/jonas">@jonas</a>'


def links_of(html):
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [each.get("href") for each in tree.iter("a") if each.get("class")]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("@jonas, tak", f"<p>{JONAS}, tak</p>"),
        ("@jonas.", f"<p>{JONAS}.</p>"),
        ("@jonas...", f"<p>{JONAS}...</p>"),
        ("(@jonas)", f"<p>({JONAS})</p>"),
        ("“@jonas”!", f"<p>“{JONAS}”!</p>"),
        ("@jonas's", f"<p>{JONAS}'s</p>"),
        ("@jonas-", f"<p>{JONAS}-</p>"),
        ("*@jonas*", f"<p><em>{JONAS}</em></p>"),
        ("# @jonas", f"<h3>{JONAS}</h3>"),
        ("Spørg\n@jonas", f"<p>Spørg<br>\n{JONAS}</p>"),
        ("- @jonas", f"<ul>\n<li>{JONAS}</li>\n</ul>"),
        ("@jo_nas", '<p><a class="mention" href="/p/jo_nas">@jo_nas</a></p>'),
        ("@jonas_", f"<p>{JONAS}_</p>"),
        ("@jonas & <b>", f"<p>{JONAS} &amp; &lt;b&gt;</p>"),
    ],
)
def test_a_known_word_becomes_a_link(source, shown):
    assert render(source, mentions=KNOWN).strip() == shown


@pytest.mark.parametrize(
    "source",
    [
        "jonas", "@", "@ jonas", "@@jonas", "mail@jonas", "anna.@jonas", "anna+@jonas", "1@jonas",
        "@jonas@rm.dk", "@jonas.dk", "@jonasholt", "@jonas_x", "æ@jonas", "x.dk/@jonas",
        "`@jonas`", "```\n@jonas\n```", "    @jonas", "[@jonas](/x)", "[se *@jonas*](/x)",
        "![@jonas](/x)", "<https://x.dk/@jonas>", "https://x.dk/@jonas", r"\@jonas",
        "&#64;jonas", r"@jonas\_x", "@jonas&aelig;", r"a\_@jonas",
    ],
)  # fmt: skip
def test_what_is_no_mention_stays_as_typed(source):
    assert render(source, mentions=KNOWN) == render(source)
    assert links_of(render(source, mentions=KNOWN)) == []


@pytest.mark.parametrize("source", ["`@jonas`", "a@jonas", "[@jonas](/x)", r"\@jonas", "x"])
def test_code_links_and_addresses_hold_no_words(source):
    assert mentioned(source) == []


def test_words_are_found_in_order_each_once_and_with_every_reading():
    assert mentioned("@epj og @jonas. @epj igen") == [("epj",), ("jonas.", "jonas")]


def test_the_longest_reading_that_is_known_is_the_one():
    known = {"jonas": "/p/jonas", "jonas.": "/p/jonas."}
    assert links_of(render("@jonas.", mentions=known)) == ["/p/jonas."]


@pytest.mark.parametrize("source", ["@åse", "@a\N{COMBINING RING ABOVE}se"])
def test_a_letter_and_its_mark_are_one_letter(source):
    assert mentioned(source) == [(source[1:],)]


def test_a_name_said_over_and_over_is_linked_so_often_and_no_more():
    html = render("@jonas " * 5_000, mentions=KNOWN)
    assert len(links_of(html)) == 200
    assert html.count("@jonas") == 5_000


def test_mentions_take_no_other_links_away():
    source = "[a](/x) " * 200 + "@jonas " * 200
    assert render(source, mentions=KNOWN).count("<a ") == 400


def test_a_text_that_is_too_complex_is_refused_here_too():
    with pytest.raises(TextTooLarge):
        mentioned(">" * 5_000 + "@jonas")
    with pytest.raises(TextTooLarge):
        mentioned("@" * 40_001)


def test_only_a_mention_is_marked_as_one():
    imported = '<p><a class="mention" href="/p/jonas">@jonas</a></p>'
    assert 'class="' not in render(imported, source_format="html", mentions=KNOWN)


HOSTILE = ["javascript:alert(1)", '"><script>x</script>', "//x.dk", "data:text/html,x", "/a\"b'<c>"]


@pytest.mark.parametrize("address", HOSTILE)
def test_an_address_is_judged_and_escaped_like_any_other(address):
    html = render("@jonas", mentions={"jonas": address})
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert {each.tag for each in tree.iter()} <= {"DOCUMENT_FRAGMENT", "p", "a"}
    assert all(each.get("href", "/")[:2] not in ("ja", "//", "da") for each in tree.iter("a"))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="@jonas epj.,_-*`[](\\<>&;#\n/1ø\u030a", max_size=60))
def test_mentions_change_no_word_of_any_text(source):
    plain, linked = render(source), render(source, mentions=KNOWN)
    assert plain_text(linked) == plain_text(plain)
    words = {word for readings in mentioned(source) for word in readings}
    assert len(links_of(linked)) <= source.count("@")
    assert bool(links_of(linked)) == bool(words & KNOWN.keys())
