"""A colleague who reads English meets English pages, with Danish words marked as Danish."""

import pytest

from tests.questions.threads import answered, asked
from tests.topics.making import make_system
from tests.world.cast import make_person

TITLE = "Hvordan signerer jeg for en kollega?"


@pytest.fixture
def ada(app):
    return make_person("ada", "Ada Byron", "læge", "Medicinsk Afdeling", language="en")


@pytest.fixture
def thread(cast, clock):
    make_system("Print", purpose="Printere og armbånd.", status_line="Kører normalt")
    question = asked(cast.anne, system_slug="print", tags=["etiket"])
    answered(question, cast.anne)
    return question


def language_of(page, words):
    """The language that a browser reads the words in, which stand in an element of their own."""
    above = {child: element for element in page.tree.iter() for child in element}
    place = next(
        each for each in page.tree.find("body").iter() if (each.text or "").strip() == words
    )
    while place.get("lang") is None:
        place = above[place]
    return place.get("lang")


def test_pages_are_english(visit, ada, thread):
    page = visit.get("/?vis=nyeste", as_=ada)
    assert page.tree.get("lang") == "en"
    for words in ("What can you help with?", "1 answer", "Newest", "My drafts", "Sign out"):
        assert words in page.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/?vis=nyeste", TITLE),
        ("/?vis=nyeste", "etiket"),
        ("/?vis=nyeste", "Kører normalt"),
        ("/q/{id}/{slug}", TITLE),
        ("/q/{id}/{slug}", "Højreklik, og vælg Signér for."),
        ("/q/{id}/udskriv", TITLE),
        ("/post/{id}/historik", TITLE),
        ("/emner", "Printere og armbånd."),
        ("/system/print", "Printere og armbånd."),
        ("/tag/etiket", "etiket"),
        ("/spoergsmaal", "Print"),
        ("/p/anne?vis=spoergsmaal", TITLE),
    ],
)
def test_danish_words_are_marked_as_danish(visit, ada, thread, path, words):
    page = visit.get(path.format(id=thread.id, slug=thread.slug), as_=ada)
    assert language_of(page, words) == "da"


def test_english_words_on_a_danish_page_are_marked_too(visit, cast, ada):
    asked(ada, "How do I sign for a colleague?")
    page = visit.get("/spoergsmaal", as_=cast.anne)
    assert language_of(page, "How do I sign for a colleague?") == "en"


def test_times_are_written_as_each_language_does(visit, cast, ada, thread):
    path = f"/post/{thread.id}/historik"
    assert "18 November 2026, 23:40" in visit.get(path, as_=ada).text
    assert "18. november 2026 kl. 23.40" in visit.get(path, as_=cast.jonas).text


def test_yesterday_is_said_in_each_language(visit, cast, ada, thread, clock):
    clock.forward(hours=13)
    assert "yesterday at 23:40" in visit.get("/spoergsmaal", as_=ada).text
    assert "i går kl. 23.40" in visit.get("/spoergsmaal", as_=cast.jonas).text


def test_printed_date_is_english(visit, ada, thread):
    assert "Printed 18 November 2026." in visit.get(f"/q/{thread.id}/udskriv", as_=ada).text


def test_a_draft_is_saved_at_an_english_time(visit, ada, clock):
    fields = {"draft_kind": "question", "title": "Hello there", "body": "", "tags": ""}
    saved = visit.post("/kladde", as_=ada, status=200, **fields)
    assert saved.json["time"] == "23:40"
