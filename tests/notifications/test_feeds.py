"""Feeds: valid, discreet, and without what was taken away."""

from pathlib import Path

import pytest
from lxml import etree

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide, restore
from midtlink.moderation.redacting import redact
from midtlink.notifications.feeds import rules
from midtlink.notifications.feeds.keys import end_key, make_key
from midtlink.people.policy import COMMAND_LINE
from midtlink.questions.deleting import delete
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked
from tests.topics.making import make_question, make_system
from tests.world.statements import counted

BOTH = pytest.mark.both_databases
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FEEDS = ("ubesvarede", "afdeling", "system/epj", "tag/print")


@pytest.fixture
def key(cast):
    """The key of Karim, who works where Anne does."""
    in_transaction(lambda: setattr(cast.karim, "department", cast.anne.department))
    return make_key(by=cast.karim)


@pytest.fixture
def question(cast):
    make_system("EPJ")
    return asked(cast.anne, "Kan Ole printe?", body="Hemmelig tekst", system_slug="epj",
                 tags=["print"])  # fmt: skip


def fetch(visit, key, feed="ubesvarede", **options):
    """A feed, checked against the schema and the prose of RFC 4287."""
    response = visit.get(f"/feed/{key}/{feed}.xml", **options)
    root = etree.fromstring(response.data)
    assert SCHEMA.validate(root), SCHEMA.error_log
    check_prose(root)
    return root


def check_prose(root):
    """What the schema leaves to the words: RFC 4287, 4.1.1 and 4.1.2; and one self link."""
    entries = root.findall(f"{ATOM}entry")
    ids = texts(root, "id")
    assert len(ids) == len(set(ids)) == len(entries)
    assert root.find(f"{ATOM}author/{ATOM}name").text
    for element in (root, *entries):
        links = [each.get("rel") for each in element.findall(f"{ATOM}link")]
        assert sorted(links) == (["alternate", "self"] if element is root else ["alternate"])
        assert element.find(f"{ATOM}title").text.strip()


def texts(root, name):
    return [entry.find(ATOM + name).text for entry in root.findall(f"{ATOM}entry")]


def show_titles():
    in_transaction(lambda: change_setting("mail_shows_titles", "on", by=COMMAND_LINE, by_id=None))


@BOTH
@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_is_valid_and_tells_no_more_than_a_mail(visit, key, question, feed):
    response = visit.get(f"/feed/{key}/{feed}.xml")
    assert texts(fetch(visit, key, feed), "title") == ["Nyt spørgsmål om EPJ fra Akutafdelingen"]
    for secret in ("Ole", "Hemmelig", "Anne"):
        assert secret not in response.text
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"


@pytest.mark.parametrize("feed", FEEDS)
def test_an_empty_feed_is_valid_too(visit, cast, key, question, feed):
    in_transaction(lambda: hide(question, by=cast.mogens))
    if feed == "tag/print":
        visit.get(f"/feed/{key}/{feed}.xml", status=404)  # The word is on a hidden question alone.
    else:
        assert texts(fetch(visit, key, feed), "id") == []


def test_a_feed_holds_what_it_is_about(visit, cast, key, question):
    pacs = make_system("PACS")
    make_question("Andet system", author=cast.anne, system=pacs)
    make_question("Ingen steder", author=cast.jonas)
    assert texts(fetch(visit, key, "system/pacs"), "title") == [
        "Nyt spørgsmål om PACS fra Akutafdelingen"
    ]
    assert texts(fetch(visit, key, "afdeling"), "title") == [
        "Nyt spørgsmål om PACS fra Akutafdelingen",
        "Nyt spørgsmål om EPJ fra Akutafdelingen",
    ]
    assert texts(fetch(visit, key), "title")[0] == "Nyt spørgsmål fra Medicinsk Afdeling"
    answered(question, cast.jonas)
    assert len(texts(fetch(visit, key), "id")) == 2


def test_titles_stand_in_it_where_the_house_lets_them_out(visit, cast, key, question):
    show_titles()
    make_question("Where is <b>it</b> & why?", author=cast.anne, language="en")
    root = fetch(visit, key)
    assert texts(root, "title") == ["Where is <b>it</b> & why?", "Kan Ole printe?"]
    languages = [each.find(f"{ATOM}title").get(LANGUAGE) for each in root.findall(f"{ATOM}entry")]
    assert root.get(LANGUAGE) == "da"
    assert languages == ["en", None]


def test_a_feed_speaks_the_language_of_its_reader(visit, cast, key, question):
    in_transaction(lambda: setattr(cast.karim, "language", "en"))
    for options in ({"as_": cast.jonas}, {"headers": {"Accept-Language": "da"}}):
        root = fetch(visit, key, **options)
        assert root.get(LANGUAGE) == "en"
        assert root.find(f"{ATOM}title").text == "MidtLink: unanswered questions"


def test_what_xml_cannot_hold_breaks_nothing(visit, cast, key):
    show_titles()
    title = "a\x01\x0b\x1b\x7f\ufffe\uffff]]>\U0001f600"
    make_question(title, author=cast.anne)
    in_transaction(lambda: setattr(cast.anne.department, "name", "Akut \x02"))
    found = texts(fetch(visit, key), "title")
    assert found == ["a\ufffd\ufffd\ufffd\x7f\ufffd\ufffd]]>\U0001f600"]


@BOTH
@pytest.mark.parametrize("how", ["hidden", "patient data", "deleted", "redacted"])
def test_what_is_taken_away_leaves_the_feed_at_once(visit, cast, key, question, how):
    show_titles()
    kept = asked(cast.anne, "Hvor er notatet?", system_slug="epj", tags=["print"])
    take = {
        "hidden": lambda: hide(question, by=cast.mogens),
        "patient data": lambda: flag(question, reason="patient_data", by=cast.jonas),
        "deleted": lambda: delete(question, by=cast.anne),
        "redacted": lambda: redact(question, by=cast.mogens),
    }
    known = [visit.get(f"/feed/{key}/{feed}.xml") for feed in FEEDS]
    in_transaction(take[how])
    for feed, before in zip(FEEDS, known, strict=True):
        asked_again = {"If-None-Match": before.headers["ETag"],
                       "If-Modified-Since": before.headers["Last-Modified"]}  # fmt: skip
        root = fetch(visit, key, feed, headers=asked_again)
        assert texts(root, "title") == [kept.title]


def test_what_is_brought_back_is_there_again_under_the_same_id(visit, cast, key, question):
    before = texts(fetch(visit, key), "id")
    in_transaction(lambda: hide(question, by=cast.mogens))
    assert texts(fetch(visit, key), "id") == []
    in_transaction(lambda: restore(question, by=cast.mogens))
    assert (
        texts(fetch(visit, key), "id") == before == [f"tag:localhost,2026:question/{question.id}"]
    )


def test_a_role_sees_no_more_in_a_feed(visit, cast, question):
    key = make_key(by=cast.mogens)
    in_transaction(lambda: hide(question, by=cast.mogens))
    assert texts(fetch(visit, key, "system/epj"), "id") == []


def test_a_feed_that_the_reader_has_is_answered_in_a_word(visit, cast, key, question):
    address = f"/feed/{key}/ubesvarede.xml"
    first = visit.get(address)
    tag, moment = first.headers["ETag"], first.headers["Last-Modified"]
    again = visit.get(address, status=304, headers={"If-None-Match": tag})
    assert again.data == b""
    assert again.headers["ETag"] == tag
    visit.get(address, status=304, headers={"If-None-Match": f'"other", W/{tag}'})
    visit.get(address, headers={"If-Modified-Since": moment})
    make_question("Noget nyt", author=cast.anne)
    visit.get(address, headers={"If-None-Match": tag})


def test_only_the_key_says_who_reads(visit, cast, key, question):
    address = f"/feed/{key}/afdeling.xml"
    alone = visit.get(address)
    for person in (cast.jonas, cast.mogens):
        response = visit.get(address, as_=person)
        assert response.data == alone.data
        assert "Set-Cookie" not in response.headers


def test_the_headers_keep_the_address_secret(visit, key, question):
    headers = visit.get(f"/feed/{key}/ubesvarede.xml").headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("feed", FEEDS)
def test_a_key_that_is_none_or_no_more_is_answered_as_an_unknown_page(
    visit, cast, key, question, feed
):
    visit.get(f"/feed/x/{feed}.xml", status=404)
    visit.get(f"/feed/x/{feed}.xml", status=404, as_=cast.karim)
    end_key(by=cast.karim)
    visit.get(f"/feed/{key}/{feed}.xml", status=404)


def test_what_there_is_no_feed_of(visit, cast, key):
    for feed in ("system/findes-ikke", "tag/findes-ikke", "system/%00", "tag/%00", "andet"):
        visit.get(f"/feed/{key}/{feed}.xml", status=404)
    in_transaction(lambda: setattr(cast.karim, "department", None))
    visit.get(f"/feed/{key}/afdeling.xml", status=404)
    assert visit.client().post(f"/feed/{key}/ubesvarede.xml").status_code in (400, 405)


def test_a_feed_holds_so_many_at_three_statements_and_the_settings(
    visit, cast, key, question, monkeypatch
):
    for number in range(5):
        make_question(f"Nummer {number}", author=cast.anne, tags=["print"])
    monkeypatch.setattr("midtlink.notifications.feeds.gathering.MOST_ENTRIES", 3)
    visit.get(f"/feed/{key}/ubesvarede.xml")
    with counted() as statements:
        root = fetch(visit, key)
    assert len(texts(root, "id")) == 3
    assert len(statements) == 4
    assert rules.MOST_ENTRIES == 50


def test_addresses_are_written_as_addresses(visit, cast, key):
    asked(cast.anne, "Hvor er røntgen?", tags=["røntgen"])
    root = fetch(visit, key, "tag/r%C3%B8ntgen")
    own = next(each for each in root.findall(f"{ATOM}link") if each.get("rel") == "self")
    assert own.get("href") == f"http://localhost/feed/{key}/tag/r%C3%B8ntgen.xml"
    assert db.session.is_active
