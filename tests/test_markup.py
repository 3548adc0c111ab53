import html
import json
import re
import tomllib
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from midtlink import markup
from midtlink.markup import (
    BLOCK_TAGS,
    TextTooLarge,
    build_parser,
    clean,
    excerpt,
    plain_text,
    render,
)

DATA = Path(__file__).parents[1] / ".." / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is absent")

ALLOWED = {
    "p": set(), "br": set(), "hr": set(), "h3": set(), "h4": set(), "strong": set(), "em": set(),
    "del": set(), "sup": set(), "sub": set(), "kbd": set(), "code": set(), "pre": set(),
    "blockquote": set(), "ul": set(), "ol": {"start"}, "li": set(), "a": {"href", "title", "rel"},
    "table": set(), "thead": set(), "tbody": set(), "tr": set(), "th": set(), "td": set(),
}  # fmt: skip


def parse(text):
    return html5lib.parseFragment(text, namespaceHTMLElements=False)


def elements(text):
    """Every element and comment that a browser makes of the HTML."""
    return list(parse(text).iter())[1:]


def assert_harmless(text):
    for element in elements(text):
        assert element.tag in ALLOWED
        assert element.attrib.keys() <= ALLOWED[element.tag]
        address = element.get("href", "/")
        assert re.match(r"(?:https?:|mailto:|/(?![/\\]))", address, re.IGNORECASE), address


# What is written


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# a", "<h3>a</h3>"),
        ("## a", "<h3>a</h3>"),
        ("### a", "<h4>a</h4>"),
        ("###### a", "<h4>a</h4>"),
        ("a\nb", "<p>a<br>\nb</p>"),
        ("~~a~~", "<p><del>a</del></p>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("[a](/s/1)", '<p><a href="/s/1">a</a></p>'),
        ("[a](//x.dk)", "<p>a</p>"),
        ("[a](\\\\x.dk)", "<p>a</p>"),
        ("[a](b)", "<p>a</p>"),
        ("slut.Se her", "<p>slut.Se her</p>"),
        ("it@x.dk", '<p><a href="mailto:it@x.dk">it@x.dk</a></p>'),
        ("![](/a.png)", '<p><a href="/a.png">/a.png</a></p>'),
        ("![a](/a.png)", '<p><a href="/a.png">a</a></p>'),
        ("[![a](/a.png)](/b)", '<p><a href="/b">a</a></p>'),
        ("![a](javascript:x)", "<p>a</p>"),
        (
            "![a](https://x.dk/a)",
            '<p><a href="https://x.dk/a" rel="nofollow noopener noreferrer">a</a></p>',
        ),
        ("a\0b\x1bc", "<p>abc</p>"),
    ],
)
def test_markdown_becomes(source, expected):
    assert render(source).strip() == expected


def test_table_keeps_no_style():
    page = render("|a|b|\n|:-|-:|\n|1|2|")
    assert "<td>1</td>" in page
    assert "style" not in page


def test_link_out_tells_the_other_host_nothing():
    [_, link] = elements(render("https://x.dk"))
    assert link.attrib == {"href": "https://x.dk", "rel": "nofollow noopener noreferrer"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h1>a</h1>", "<h3>a</h3>"),
        ("<h2>a</h2>", "<h3>a</h3>"),
        ("<h3>a</h3>", "<h4>a</h4>"),
        ("<h6>a</h6>", "<h4>a</h4>"),
        ("<b>a</b><i>b</i><strike>c</strike>", "<strong>a</strong><em>b</em><del>c</del>"),
        ("<kbd>a</kbd><sup>b</sup>", "<kbd>a</kbd><sup>b</sup>"),
        ("a<script>b</script><!-- c -->", "ab"),
        ('<p style="x" class="y" onclick="z">a</p>', "<p>a</p>"),
        ('<img src="/a.png" alt="b">', '<a href="/a.png">b</a>'),
        ('<a href="/b"><img src="/a.png" alt="b"></a>', '<a href="/b">b</a>'),
        ('<a name="x">a</a>', "a"),
        (
            '<a href="/a">b<table><tr><td><a href="/c">d</a>',
            '<a href="/a">b<table><tbody><tr><td>d</td></tr></tbody></table></a>',
        ),
        (
            '<img src="https&#58;//x.dk/a" title="t">',
            '<a href="https&#58;//x.dk/a" title="t" rel="nofollow noopener noreferrer">'
            "https://x.dk/a</a>",
        ),
    ],
)
def test_imported_html_becomes(source, expected):
    assert render(source, source_format="html") == expected


# Addresses (bleach CVE-2018-7753, mistune CVE-2017-15612)

BAD_ADDRESSES = [
    "javascript:alert(1)", "JAVASCRIPT:alert(1)", "java&#115;cript:alert(1)", "java\tscript:x",
    "java\nscript:x", " javascript:x", "&#1;javascript:x", "\u00a0javascript:x", "vbscript:x",
    "data:text/html,x", "DATA:text/html;base64,eA==", "javascript&colon;x", "java&Tab;script:x",
    "&amp;#106;avascript:x", "\u200bjavascript:x", "file:///etc/passwd", "//evil.dk", "\\\\evil.dk",
    "/\\evil.dk", "/\t/evil.dk", "ftp://x.dk", "blob:x", "view-source:x", "http&#58//[", "#x", "x",
]  # fmt: skip


@pytest.mark.parametrize("address", BAD_ADDRESSES)
@pytest.mark.parametrize(
    ("form", "source_format"),
    [
        ("[a]({})", "markdown"), ("[a](<{}>)", "markdown"), ("![a]({})", "markdown"),
        ("<{}>", "markdown"), ("[a]\n\n[a]: {}", "markdown"), ('<a href="{}">a</a>', "html"),
        ('<img src="{}" alt="a">', "html"), ("<a href='{}'>a</a>", "html"),
    ],
)  # fmt: skip
def test_no_link_leads_to_a_bad_address(address, form, source_format):
    page = render(form.format(address), source_format=source_format)
    links = [element.get("href") for element in elements(page) if element.tag == "a"]
    # Markdown itself makes a backslash or tab part of a path of ours.
    assert all(re.match("/%(?:5C|09)", link) for link in links), page


@pytest.mark.parametrize("address", ["http://x.dk", "HTTPS://x.dk/å", "mailto:a@x.dk", "/s/1"])
def test_good_address_stays(address):
    assert any(element.tag == "a" for element in elements(render(f"[a]({address})")))


# Attacks

TRIX = [
    '<div data-trix-attachment=\'{"contentType":"text/html5","content":"&lt;img src=1'
    " onerror=alert(1)&gt;HELLO\"}'></div>",
    '<div data-trix-attachment="{&quot;contentType&quot;:&quot;text/html&quot;,&quot;content&quot;'
    ':&quot;&lt;svg onload=alert(1)&gt;&quot;}" data-trix-attributes="{}">x</div>',
    "copy<div><noscript><div class='123</noscript>456<img src=1 onerror=alert(1)//'></div>"
    "</noscript></div>",
    '<a href="x" data-trix-attributes=\'{"href":"javascript:alert(1)"}\'>x</a>',
    '<figure data-trix-serialized-attributes=\'{"onclick":"alert(1)"}\'><img src=x'
    " onerror=alert(1)></figure>",
]
MUTATIONS = [
    "<noscript><style></noscript><img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x"
    " onerror=alert(1)&gt;'>",
    "<math></p><style><!--</style><img src/onerror=alert(1)>",
    "<svg></p><title><a id='</title><img src=x onerror=alert(1)>'></title>",
    "<textarea></p><img src=x onerror=alert(1)></textarea>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<template><iframe srcdoc='<script>alert(1)</script>'></iframe></template>",
]


def published_attacks():
    if not DATA.exists():
        return []
    folder = DATA / "sanitizer"
    cases = json.loads((folder / "dompurify-part1.json").read_text(encoding="utf-8"))
    lists = [(folder / name).read_text(encoding="utf-8") for name in ("rsnake.txt", "jhaddix.txt")]
    lines = [line for listing in lists for line in listing.splitlines()]
    return [case["payload"] for case in cases] + lines + lists


@needs_data
def test_published_attacks_are_read():
    assert len(published_attacks()) > 290


@pytest.mark.parametrize("source_format", ["markdown", "html"])
def test_no_attack_leaves_more_than_harmless_html(source_format):
    for attack in [*TRIX, *MUTATIONS, *published_attacks()]:
        for source in (attack, f"[a]({attack})", f"![{attack}]({attack})", f"`{attack}"):
            assert_harmless(render(source, source_format=source_format))


# Tags through which cleaned HTML has come back to life (bleach CVE-2020-6802, -6816, 2021-23980).
MUTATING_TAGS = [
    "svg", "math", "style", "noscript", "title", "textarea", "xmp", "iframe", "template"
]  # fmt: skip


def test_dangerous_tags_are_never_on_the_list():
    dangerous = [
        "svg",
        "math",
        "style",
        "noscript",
        "title",
        "textarea",
        "xmp",
        "iframe",
        "template",
        "script",
        "img",
    ]
    assert markup.ALLOWED_TAGS.isdisjoint(dangerous)
    assert ALLOWED.keys() == markup.ALLOWED_TAGS


TAGS = [
    *sorted(markup.ALLOWED_TAGS), *MUTATING_TAGS, "h1", "h6", "b", "i", "s", "img", "div", "button",
    "form", "select", "option", "mglyph", "mtext", "annotation-xml", "foreignObject", "plaintext",
    "caption", "col", "body",
]  # fmt: skip
ATTRIBUTES = st.sampled_from(
    ["", ' href="/a"', " href=javascript:a", ' title="<img src=x onerror=a>"', " onclick=a",
     ' src="http://x/a"', " alt='\"&quot;'", ' start="2"', " id='</p>'", ' style="a"', "/"]
)  # fmt: skip
TEXTS = st.sampled_from(
    [
        "a",
        " ",
        "\n",
        "&lt;",
        "&amp;lt;",
        "&",
        "<",
        ">",
        "<!--",
        "-->",
        "&nbsp",
        "]]>",
        '"',
        "</",
        "å",
    ]
)
OPENING = st.builds("<{}{}>".format, st.sampled_from(TAGS), ATTRIBUTES)
CLOSING = st.sampled_from(TAGS).map("</{}>".format)


def wrapped(inner):
    tagged = st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(TAGS), ATTRIBUTES, inner)
    return tagged | st.lists(inner | OPENING | CLOSING, max_size=4).map("".join)


TREES = st.recursive(TEXTS, wrapped, max_leaves=12)


def test_html_that_one_cleaning_leaves_unstable_is_cleaned_again():
    page = render("<pre><div>a</div>", source_format="html")
    assert clean(page) == page == "<pre>a</pre>"


def assert_stable(tree):
    page = render(tree, source_format="html")
    assert_harmless(page)
    assert clean(page) == page
    walker = html5lib.getTreeWalker("etree")
    serializer = html5lib.serializer.HTMLSerializer(omit_optional_tags=False)
    reread = serializer.render(walker(parse(page)))
    assert flat(parse(reread)) == flat(parse(page))


@given(TREES)
@settings(max_examples=500, deadline=None)
def test_cleaned_tree_stays_as_it_is(tree):
    assert_stable(tree)


@pytest.mark.long
@given(TREES)
@settings(max_examples=10_000, deadline=None)
def test_ten_thousand_cleaned_trees_stay_as_they_are(tree):
    assert_stable(tree)


@given(st.text(alphabet="ab *_`~[]()!<>#-|\n:/&;\\\"'@.1"))
@settings(max_examples=300, deadline=None)
def test_any_markdown_gives_stable_harmless_html(source):
    page = render(source)
    assert_harmless(page)
    assert clean(page) == page


# Limits


@pytest.mark.parametrize(
    "source",
    [
        "a" * 40_001, ">" * 1_000_000, ">" * 40_000, "- " * 19_000 + "a",
        "*" * 2_000 + "a" + "*" * 2_000,
        "[a](/b)" * 201, "https://x.dk " * 201 + "<https://x.dk>" * 201, "![" * 20_000,
        "|a|b|\n|-|-|\n" * 3_000,
    ],
)  # fmt: skip
def test_too_large_markdown_is_refused(source):
    with pytest.raises(TextTooLarge):
        render(source)


@pytest.mark.parametrize("tag", ["blockquote", "em", "b", "ul", "table", "a", "h2", "pre"])
def test_too_deep_html_is_refused(tag):
    with pytest.raises(TextTooLarge):
        render(f"<{tag}>" * 41, source_format="html")


def test_depth_and_links_up_to_the_limit_are_taken():
    assert render(">" * 39 + "a").count("<blockquote>") == 39
    assert render("[a](/b)\n" * 200).count("<a ") == 200


def test_larger_limit_lets_imports_through():
    page = render("<p>a</p>" * 6_000, source_format="html", limit=1_000_000)
    assert page.count("<p>") == 6_000


# Reading it back


class Reader(HTMLParser):
    """What a whole parser reads, slowly, in the words of a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words = ""

    def handle_data(self, data):
        self.words += data

    def handle_starttag(self, tag, attrs):
        self.words += " " if tag in BLOCK_TAGS else ""

    def handle_endtag(self, tag):
        self.handle_starttag(tag, [])


@given(st.text(alphabet="a<>&;\"'=/ \n*_[]()#`-!|ø1x:.", max_size=200))
def test_plain_text_is_what_a_parser_reads(source):
    page = render(source)
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert plain_text(page) == " ".join(reader.words.split())


def test_plain_text_parts_blocks_and_keeps_signs():
    page = render('# A\n- b\n- c > d\n\n[e](/f "g > h") &amp; `<i>`')
    assert plain_text(page) == "A b c > d e & <i>"


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (100, "Printeren på afsnit 4"),
        (21, "Printeren på afsnit 4"),
        (15, "Printeren på…"),
        (4, "Pri…"),
    ],
)
def test_excerpt_ends_after_a_word(length, expected):
    assert excerpt("<p>Printeren på <b>afsnit 4</b></p>", length) == expected


def test_threads_do_not_mix_texts():
    sources = [f"**{n}** [a](/{n})\n\n> {n}" for n in range(200)]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(render, sources)) == [render(source) for source in sources]


@needs_data
def test_naughty_strings_survive():
    for text in json.loads((DATA / "strings" / "blns.json").read_text(encoding="utf-8")):
        page = render(f"```\n{text}\n```")
        seen = "".join(parse(page).itertext())
        assert "".join(seen.split()) == "".join(markup.CONTROLS.sub("", text).split())
        assert_harmless(render(text))


# CommonMark


def examples():
    spec = (DATA / "markdown" / "commonmark-0.31.2-spec.txt").read_text(encoding="utf-8")
    blocks = re.findall(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", spec, re.MULTILINE | re.DOTALL)
    return [(source.replace("→", "\t"), page.replace("→", "\t")) for source, page in blocks]


def has_raw_html(source):
    """Whether the parser with raw HTML on sees any: as a block, or inline."""
    tokens = MarkdownIt("commonmark").parse(source)
    inline = [child for token in tokens for child in token.children or ()]
    return any(token.type in {"html_block", "html_inline"} for token in [*tokens, *inline])


@needs_data
def test_parser_renders_commonmark_exactly():
    parser = build_parser(breaks=False, extensions=False)
    plain = [(source, page) for source, page in examples() if not has_raw_html(source)]
    exact = [source for source, page in plain if parser.render(source) == page]
    assert (len(examples()), len(plain)) == (652, 580)
    assert len(exact) >= 577


def flat(tree):
    """The tree as one string that differs when a browser would see a difference."""
    for element in tree.iter():
        element.text = re.sub(r"\n+$", "\n", element.text or "")
        element.tail = element.tail or ""
    return ElementTree.tostring(tree, encoding="unicode", short_empty_elements=False)


def visible(text):
    """What a reader sees: the text, and for a picture its words or else its address."""
    tree = parse(text)
    for picture in tree.iter("img"):
        picture.text = picture.get("alt") or picture.get("src")
    return "".join("".join(tree.itertext()).split())


def lower_headings(tree):
    for element in tree.iter():
        if re.fullmatch("h[1-6]", str(element.tag)):
            element.tag = "h3" if element.tag in {"h1", "h2"} else "h4"


def turn_pictures_into_links(tree):
    linked = {id(picture) for link in tree.iter("a") for picture in link.iter("img")}
    for picture in list(tree.iter("img")):
        address = picture.attrib.pop("src")
        picture.text = picture.attrib.pop("alt") or address
        picture.tag = "words" if id(picture) in linked else "a"
        picture.attrib = {"href": address, **picture.attrib} if picture.tag == "a" else {}


def drop_other_addresses(tree):
    for link in tree.iter("a"):
        if not re.match(r"(?:https?:|mailto:|/(?!/))", link.get("href"), re.IGNORECASE):
            link.tag, link.attrib = "words", {}


def change_attributes(tree):
    for element in tree.iter():
        if element.tag == "code":
            element.attrib.pop("class", None)
        if element.get("href", "").lower().startswith("http"):
            element.set("rel", "nofollow noopener noreferrer")


RULES = {
    "heading level": lower_headings,
    "foreign image": turn_pictures_into_links,
    "link scheme": drop_other_addresses,
    "attribute": change_attributes,
}


def differences(source, expected):
    """Name the rules by which our page differs from the example's; together they explain it all."""
    stages = [
        expected,
        build_parser(breaks=False, extensions=False).render(source),
        build_parser(breaks=False, extensions=True).render(source),
        build_parser().render(source),
    ]
    pairs = pairwise(stages)
    changed = [flat(parse(one)) != flat(parse(other)) for one, other in pairs]
    names = ["raw HTML" if has_raw_html(source) else "parser", "extension", "breaks"]
    rules = [name for name, differs in zip(names, changed, strict=True) if differs]
    tree = parse(stages[-1])
    for name, change in RULES.items():
        before = flat(tree)
        change(tree)
        if flat(tree) != before:
            rules.append(name)
    assert without_words(flat(tree)) == without_words(flat(parse(render(source)))), source
    return rules


def without_words(text):
    return re.sub(r"</?words>", "", text)


@needs_data
def test_stored_table_lists_every_example_that_differs():
    table = tomllib.loads(
        (Path(__file__).parent / "markup/commonmark_differences.toml").read_text()
    )
    found = {
        str(number): rules
        for number, (source, expected) in enumerate(examples(), start=1)
        if (rules := differences(source, expected))
    }
    assert found == table["examples"]
    assert {rule for rules in found.values() for rule in rules} == table["rules"].keys()


@needs_data
def test_breaks_change_nothing_but_breaks():
    broken, flowing = build_parser(), build_parser(breaks=False)
    for source, _ in examples():
        assert broken.render(source).replace("<br />", "") == flowing.render(source).replace(
            "<br />", ""
        )


@needs_data
def test_no_example_loses_text():
    tags_as_text = build_parser(breaks=False, extensions=False)
    for source, expected in examples():
        page = tags_as_text.render(source) if has_raw_html(source) else expected
        assert visible(render(source)) == visible(page), source


def test_entities_show_as_written():
    assert html.unescape(plain_text(render("&copy; &amp;copy;"))) == "© ©"
