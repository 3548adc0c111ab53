"""The Big List of Naughty Strings goes through every text field and comes out as it went in.

What is typed is trimmed, and blank texts are refused. A line holds no line break. A tag survives
as the name that its words make.
"""

import json
import re
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest

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
from midtlink.questions.models import Question
from midtlink.refusals import Refused
from midtlink.texts import is_blank
from midtlink.topics.naming import tags_named

FILE = Path(__file__).resolve().parents[3] / "shared/data/strings/blns.json"
pytestmark = [
    pytest.mark.skipif(not FILE.exists(), reason="../shared/data is absent"),
    pytest.mark.both_databases,
]
STRINGS = json.loads(FILE.read_text()) if FILE.exists() else []
#: What no text can hold, and no database: NUL, and half of a character.
IMPOSSIBLE = re.compile(r"[\x00\ud800-\udfff]")
TAG = re.compile(r"#*[\w.+-][\w.+#-]*")
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
    return cast.anne, cast.jonas, cast.bodil, cast.karim


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
        return fresh(ask(title=f"Titel {text}", by=cast.anne), "title")

    def cut(text, most):
        return in_one_line(f"Titel {text}", most)

    texts = [text[:190] for text in STRINGS]
    wanted = [None if IMPOSSIBLE.search(text) else cut(text, 200) for text in texts]
    assert taken(write, texts) == wanted


def test_titles_too_short_or_too_long_are_refused(cast):
    def write(text):
        return ask(title=text, by=cast.anne).title

    texts = [text for text in STRINGS if not 5 <= len(in_one_line(text)) <= 200]
    assert len(texts) > 90
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


def test_tags_survive_as_the_name_their_words_make(cast):
    """A tag holds letters, digits and . + # -; words are joined, everything else is refused."""

    def write(text):
        (tag,) = tags_named([text], by=cast.anne)
        return tag.name

    for text, name in zip(STRINGS, taken(write, STRINGS), strict=True):
        words = "-".join(unicodedata.normalize("NFKC", text).lower().split())
        is_tag = TAG.fullmatch(words) and re.search(r"\w", words) and len(words.lstrip("#")) <= 40
        assert bool(name) == bool(is_tag), text
        assert not name or tags_named([name], by=None)[0].name == name


SOME = [text for text in STRINGS[::4] if not IMPOSSIBLE.search(text) and "\r" not in text]


def test_form_gives_back_what_was_typed(visit, cast, clock):
    """Through the pages: asked by a form, and read again in the form that edits it."""
    for text in SOME:
        clock.forward(seconds=PAUSE)
        fields = {"title": f"Titel {text[:190]}", "body": text}
        visit.post("/spoerg", as_=cast.anne, **fields)
        number = db.session.query(db.func.max(Question.id)).scalar()
        form = visit.get(f"/post/{number}/rediger", as_=cast.anne).form(f"/post/{number}/rediger")
        assert form["title"] == in_one_line(fields["title"], 200)
        assert form["body"].strip() == trimmed(text)


def test_search_field_keeps_the_words(visit, cast):
    for text in SOME:
        page = visit.get(f"/soeg?q={quote(text)}", as_=cast.anne)
        assert page.form("/soeg")["q"] == " ".join(text.split())[:200].strip()
