"""The Big List of Naughty Strings goes through every text field and comes out as it went in.

What is typed is trimmed, and blank texts are refused. A line holds no line break. A tag has small
letters, hyphens for spaces and no # before it; a comma begins the next one.
"""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from markupsafe import escape
from sqlalchemy import delete

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.organising import save_department
from midtlink.people.policy import COMMAND_LINE
from midtlink.people.profiles import change_profile
from midtlink.people.registering import Particulars, change
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.commenting import comment
from midtlink.questions.drafting import save_draft
from midtlink.questions.editing import edit
from midtlink.questions.models import Question
from midtlink.questions.rules import LONGEST_TITLE
from midtlink.refusals import Refused
from midtlink.search.rules import LONGEST_TYPED
from midtlink.texts import is_blank
from midtlink.topics.models import Tag
from midtlink.topics.naming import tags_named
from midtlink.topics.queries import tags_of
from midtlink.topics.rules import split_tags
from midtlink.topics.views.address import tag_address

FILE = Path(__file__).resolve().parents[3] / "shared/data/strings/blns.json"
pytestmark = [
    pytest.mark.skipif(not FILE.exists(), reason="../shared/data is absent"),
    pytest.mark.both_databases,
]
STRINGS = json.loads(FILE.read_text()) if FILE.exists() else []
#: What no text can hold, and no database: NUL, and half of a character.
IMPOSSIBLE = re.compile(r"[\x00\ud800-\udfff]")
#: Each post is some seconds after the last one, so that nobody writes too fast.
PAUSE = 15


def trimmed(text, most=10_000):
    """The text as it comes out again."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()[:most].strip()


def in_one_line(text, most=10_000):
    """The text as a field of one line gives it back."""
    return re.sub(r"[\r\n\u2028\u2029]+", " ", text).strip()[:most].strip()


def is_rightly_refused(text):
    """Say whether no field takes the text."""
    return is_blank(text) or bool(IMPOSSIBLE.search(text))


def taken(write, texts):
    """Write the texts one by one and return what came out of each; None was refused."""

    def work():
        found = []
        for text in texts:
            try:
                found.append(write(text))
            except Refused:
                found.append(None)
        return found

    return in_transaction(work)


def assert_survived(write, cut=trimmed, most=10_000):
    """Every string came out as it went in, but those that are rightly refused."""
    texts = [text[:most] for text in STRINGS]
    wanted = [None if is_rightly_refused(text) else cut(text, most) for text in texts]
    different = list(zip(texts, taken(write, texts), wanted, strict=True))
    # The indentation of a first line stays: Markdown reads it.
    assert [(text, got) for text, got, want in different if (got and got.strip()) != want] == []


def fresh(row, name):
    """Read a column again from the database."""
    db.session.flush()
    db.session.refresh(row)
    return getattr(row, name)


@pytest.fixture(autouse=True)
def people(cast):
    """Those who write here, made before the transactions in which they write."""
    return cast.anne, cast.jonas, cast.bodil, cast.karim, cast.mogens


@pytest.fixture
def question(cast):
    return in_transaction(lambda: ask(title="Hvad kan man skrive her?", by=cast.anne))


def test_list_is_whole():
    assert len(STRINGS) == 515
    refused = [text for text in STRINGS if not is_blank(text) and IMPOSSIBLE.search(text)]
    assert refused == []
    assert sum(map(is_blank, STRINGS)) == 8


def test_titles_survive(clock, cast):
    def write(text):
        clock.forward(seconds=PAUSE * 30)
        return fresh(ask(title=text, by=cast.anne), "title")

    assert_survived(write, in_one_line, LONGEST_TITLE)


def test_titles_survive_an_edit(clock, cast, question):
    def write(text):
        clock.forward(seconds=PAUSE * 30)
        edit(question, title=text, body="", from_revision=question.revision_number, by=cast.anne)
        return fresh(question, "title")

    assert_survived(write, in_one_line, LONGEST_TITLE)


def test_titles_too_long_are_refused_whole(cast):
    def write(text):
        return ask(title=text, by=cast.anne).title

    texts = [text for text in STRINGS if len(in_one_line(text)) > LONGEST_TITLE]
    assert len(texts) == 5
    assert set(taken(write, texts)) == {None}


def test_bodies_survive_in_answers(clock, cast, question):
    def write(text):
        clock.forward(seconds=PAUSE * 30)
        return fresh(answer(question, body=text, by=cast.jonas), "source")

    assert_survived(write)


def test_bodies_survive_in_comments(clock, cast, question):
    def write(text):
        clock.forward(seconds=PAUSE * 30)
        return fresh(comment(question, body=text, by=cast.bodil), "source")

    assert_survived(write)


def test_names_survive(cast):
    def write(text):
        change(cast.karim, Particulars(name=text), None, by=COMMAND_LINE)
        return fresh(cast.karim, "name")

    assert_survived(write, in_one_line, 120)


def test_names_of_departments_survive(cast):
    place = cast.anne.department

    def write(text):
        save_department(place, text, None, by=COMMAND_LINE)
        return fresh(place, "name")

    assert_survived(write, in_one_line, 120)


def test_profiles_survive(cast):
    def write(text):
        change_profile(cast.anne, about=text, title="", phone="", by=cast.anne)
        # An empty profile is allowed; what shows nothing is taken as it is.
        return None if is_blank(cast.anne.about) else fresh(cast.anne, "about")

    assert_survived(write)


def test_drafts_keep_what_was_typed(cast):
    def write(text):
        return fresh(save_draft("question", source=text, by=cast.anne), "source")

    texts = [text for text in STRINGS if not IMPOSSIBLE.search(text)]
    assert taken(write, texts) == texts


def named_tags(text):
    """The tags of a field that holds the text: the rule, told once more."""
    for part in re.split("[,;\r\n\u2028\u2029]", text):
        if not is_blank(part):
            small = part.replace("\u0130", "i").lower().strip()
            bare = re.sub(r"\A[#\s]+", "", small)
            yield re.sub(r"\s", "", small) if is_blank(bare) else re.sub(r"\s+", "-", bare)


def test_tags_survive_each_alone(cast):
    """A field holds tags parted by commas, semicolons and lines; each is what was typed there."""

    def write(text):
        tags = tags_named(split_tags(text), by=cast.anne, most=60)
        names = [fresh(tag, "name") for tag in tags]
        again = tags_named(split_tags(", ".join(names)), by=cast.anne, most=60)
        assert [tag.name for tag in again] == names
        db.session.execute(delete(Tag))
        return names

    texts = [text[:60] for text in STRINGS]
    assert taken(write, texts) == [list(dict.fromkeys(named_tags(text))) for text in texts]
    assert [text for text in texts if not list(named_tags(text)) and text.strip(" ,;\r\n")] == [
        text for text in texts if is_blank(text) and text.strip(" ,;\r\n")
    ]


@pytest.fixture
def tags(cast):
    """Every tag of every string; a look-alike of an earlier one gives that one."""

    def work():
        named = [tags_named(named_tags(text[:60]), by=cast.anne, most=60) for text in STRINGS]
        return list(dict.fromkeys(tag for some in named for tag in some))

    return in_transaction(work)


#: Parsing a thousand pages as a browser does takes minutes; these two say enough of them.
HEADING = re.compile(r"<h1[^>]*>(?:<[^>]*>)*([^<]*)<")
LINK = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>([^<]*)</a>')


def finding(name):
    """The address of the list of topics that holds the name."""
    return f"/emner?find={quote(name)}"


def test_every_tag_has_a_page_and_is_found_and_followed(app, visit, cast, tags):
    with app.test_request_context():
        addresses = {tag.name: tag_address(tag) for tag in tags}
    assert len(addresses) > 500
    reader = visit.client(cast.mogens)
    for name, address in addresses.items():
        assert HEADING.findall(reader.get(address).text) == [str(escape(name))]
        shown = {words: to for to, words in LINK.findall(reader.get(finding(name)).text)}
        assert unquote(unescape(shown[str(escape(name))])) == unquote(address)
    for address in addresses.values():
        visit.post(f"{address}/foelg", as_=cast.mogens, wanted="on")
    assert {tag.name for tag in tags_of(cast.mogens)} == set(addresses)


def test_every_tag_can_be_used_again_as_it_stands(visit, cast, clock, tags):
    names = [tag.name for tag in tags]
    for at in range(0, len(names), 5):
        clock.forward(seconds=PAUSE)
        some = ", ".join(names[at : at + 5])
        visit.post("/spoerg", as_=cast.anne, title="Hvad er det for ord?", tags=some)
        number = db.session.query(db.func.max(Question.id)).scalar()
        form = visit.get(f"/post/{number}/rediger", as_=cast.anne).form(f"/post/{number}/rediger")
        assert sorted(form["tags"].split(", ")) == sorted(names[at : at + 5])


SOME = [text for text in STRINGS[::4] if not IMPOSSIBLE.search(text) and "\r" not in text]


def test_form_gives_back_what_was_typed(visit, cast, clock):
    """Through the pages: asked by a form, and read again in the form that edits it."""
    for text in SOME:
        clock.forward(seconds=PAUSE)
        title = in_one_line(text, LONGEST_TITLE)
        fields = {"title": "Intet" if is_blank(title) else text[:LONGEST_TITLE], "body": text}
        visit.post("/spoerg", as_=cast.anne, **fields)
        number = db.session.query(db.func.max(Question.id)).scalar()
        form = visit.get(f"/post/{number}/rediger", as_=cast.anne).form(f"/post/{number}/rediger")
        assert form["title"] == in_one_line(fields["title"], LONGEST_TITLE)
        assert form["body"].strip() == trimmed(text)


def test_search_field_keeps_the_words(visit, cast):
    for text in SOME:
        page = visit.get(f"/soeg?q={quote(text)}", as_=cast.anne)
        assert page.form("/soeg")["q"] == " ".join(text.split())[:LONGEST_TYPED].strip()
