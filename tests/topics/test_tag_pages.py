"""/tag/<name>: what a word means, which words mean the same, the questions that have it."""

from urllib.parse import quote

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.models import Question
from midtlink.topics.following import follow_tag
from midtlink.topics.models import TagFollow
from midtlink.topics.naming import tags_named
from midtlink.topics.queries import find_name, find_tag
from midtlink.topics.tagging import add_synonym, describe_tag
from tests.topics.making import make_question
from tests.topics.test_system_page import titles
from tests.world.cast import make_person
from tests.world.statements import statements_of


def make_tags(*names):
    """Tags that no question has; everybody knows them, because a colleague follows them."""
    follower = make_person("grethe", "Grethe Bang", "læge", "Kirurgisk Afdeling")

    def work():
        tags = tags_named(names, by=None)
        for tag in tags:
            follow_tag(tag, by=follower)
        return tags

    return in_transaction(work)


def test_the_page_shows_meaning_synonyms_and_questions(visit, cast):
    mogens = cast.mogens
    make_question("Blank side igen", author=cast.anne, tags=["print", "toner"])
    make_question("Noget andet", author=cast.anne, tags=["epj"])
    tag = find_tag("print")
    in_transaction(lambda: describe_tag(tag, excerpt="Papir", description="**Alt**", by=mogens))
    in_transaction(lambda: add_synonym(tag, "udskrift", by=mogens))
    page = visit.get("/tag/print", as_=cast.karim)
    assert titles(page) == ["Blank side igen"]
    assert page.tree.findtext(".//main//strong") == "Alt"
    assert "udskrift" in page.text


def test_an_imported_description_names_its_writer_and_licence(visit, cast):
    (tag,) = make_tags("print")

    def work():
        tag.description_html, tag.description_licence = "<p>Hvad det er</p>", "CC BY-SA 4.0"
        tag.description_by, tag.origin = "Rasmus", "alcohol.stackexchange.com"

    in_transaction(work)
    page = visit.get("/tag/print", as_=cast.karim)
    for words in ("Hvad det er", "CC BY-SA 4.0", "Rasmus", "alcohol.stackexchange.com"):
        assert words in page.text


@pytest.mark.parametrize("name", ["Print", "PRINT", "udskrift", "Udskrift"])
def test_other_spellings_and_words_lead_to_the_tag(visit, cast, name):
    mogens, (tag,) = cast.mogens, make_tags("print")
    in_transaction(lambda: add_synonym(tag, "udskrift", by=mogens))
    assert visit.get(f"/tag/{name}", as_=cast.karim, status=302).location == "/tag/print"


def shown_name(page):
    return "".join(page.tree.find(".//h1").itertext())


@pytest.mark.parametrize("name", ["c++", "c#", ".net", "røntgen", "100-procent"])
def test_a_plain_name_is_its_address(visit, cast, name):
    make_tags(name)
    assert shown_name(visit.get(f"/tag/{quote(name)}", as_=cast.karim)) == name
    assert visit.get(f"/tag/{quote(name)}/rediger", as_=cast.karim).has_form(
        f"/tag/{quote(name)}/rediger"
    )


@pytest.mark.parametrize(
    "name",
    ["..", ".", "a/b", "a\\b", "a?b", "100%", "~1", "<b>", "\u202eabc", "\u0301", "😀", "/rediger"],
)
def test_any_other_name_has_its_number_as_address(visit, cast, name):
    _, tag = make_tags("print", name)
    address = f"/tag/~{tag.id}"
    assert shown_name(visit.get(address, as_=cast.karim)) == name
    for path in ("/rediger", "/synonymer", "/sammenlaegning"):
        page = visit.get(address + path, as_=cast.mogens)
        assert page.has_form(address + path) and name in shown_name(page)
    assert visit.post(f"{address}/foelg", as_=cast.karim, wanted="on").location == address
    assert visit.get("/emner", as_=cast.karim).html.count(f'href="{address}"') == 1
    visit.post(f"{address}/sammenlaegning", as_=cast.mogens, into="print")
    assert visit.get(address, as_=cast.karim, status=302).location == "/tag/print"


def test_the_number_of_a_plain_tag_leads_to_its_name(visit, cast):
    (tag,) = make_tags("print")
    assert visit.get(f"/tag/~{tag.id}", as_=cast.karim, status=302).location == "/tag/print"


@pytest.mark.parametrize(
    "name", ["ukendt", "%00", "%F0%9F%98%80", "a" * 3_000, "%25", "~0", "~9999999999", "~²"]
)
def test_an_unknown_tag_is_no_page(visit, cast, name):
    for path in ("", "/rediger", "/synonymer", "/sammenlaegning"):
        visit.get(f"/tag/{name}{path}", as_=cast.mogens, status=404)
    visit.post(f"/tag/{name}/foelg", as_=cast.karim, status=404, wanted="on")
    visit.post(f"/tag/{name}/sammenlaegning", as_=cast.mogens, status=404, into="x")


def test_following_is_set_and_withdrawn_never_toggled(visit, cast):
    make_tags("print")
    for wanted, count in (("on", 1), ("on", 1), ("off", 0), ("off", 0)):
        visit.post("/tag/print/foelg", as_=cast.karim, wanted=wanted)
        assert db.session.query(TagFollow).filter_by(person_id=cast.karim.id).count() == count
    visit.post("/tag/print/foelg", as_=cast.karim, status=400, wanted="yes")


def test_strangers_and_wrong_methods_are_turned_away(visit, cast):
    make_tags("print")
    for path in ("", "/rediger", "/synonymer", "/sammenlaegning"):
        visit.get(f"/tag/print{path}", status=303)
    visit.get("/tag/print/foelg", as_=cast.karim, status=405)
    visit.post("/tag/print", as_=cast.karim, status=405)
    visit.post("/tag/print/rediger", status=401, excerpt="x", body="")


def test_a_colleague_describes_a_tag(visit, cast):
    (tag,) = make_tags("print")
    fields = visit.get("/tag/print/rediger", as_=cast.karim).form("/tag/print/rediger")
    typed = {"excerpt": "Om papir", "body": "Alt", "version": fields["version"]}
    answer = visit.post("/tag/print/rediger", as_=cast.karim, **typed)
    assert (answer.location, tag.excerpt, tag.description) == ("/tag/print", "Om papir", "Alt")


def test_who_describes_an_older_text_gets_a_conflict_and_keeps_the_words(visit, cast):
    (tag,) = make_tags("print")
    old = {"excerpt": "Mit bud", "body": "Min lange tekst", "version": "0" * 16}
    page = visit.post("/tag/print/rediger", as_=cast.karim, status=409, **old)
    assert "Min lange tekst" in page.html
    assert tag.description == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"excerpt": "x" * 501, "body": ""}, "plads til 500 tegn"),
        ({"excerpt": "", "body": "> " * 60 + "x"}, "for mange lag"),
        ({"excerpt": "", "body": "Se 010190-1234"}, "ligner et CPR-nummer"),
        ({"excerpt": "Se 010190-1234", "body": ""}, "ligner et CPR-nummer"),
    ],
)
def test_a_description_that_does_not_fit_is_shown_again(visit, cast, typed, words):
    (tag,) = make_tags("print")
    page = visit.post("/tag/print/rediger", as_=cast.karim, status=400, version="", **typed)
    shown = page.form("/tag/print/rediger")
    assert words in page.text
    assert shown["excerpt"].strip() == typed["excerpt"]
    assert shown["body"].strip() == typed["body"].strip()
    assert tag.excerpt == tag.description == ""


def test_a_writer_may_know_that_it_is_no_cpr_number(visit, cast):
    (tag,) = make_tags("print")
    path = "/tag/print/rediger"
    version = visit.get(path, as_=cast.karim).form(path)["version"]
    typed = {"excerpt": "", "body": "Ordre 010190-1234", "version": version}
    page = visit.post(path, as_=cast.karim, status=400, **typed)
    visit.post(path, as_=cast.karim, **typed, not_cpr=page.form(path)["not_cpr"])
    assert tag.description == "Ordre 010190-1234"


def test_a_moderator_adds_and_removes_synonyms(visit, cast):
    make_tags("print")
    path = "/tag/print/synonymer"
    visit.post(path, as_=cast.mogens, synonym="Udskrift", wanted="on")
    page = visit.get(path, as_=cast.mogens)
    assert "udskrift" in page.text
    visit.post(path, as_=cast.mogens, synonym="udskrift", wanted="off")
    assert find_name("udskrift").synonym_of is None


@pytest.mark.parametrize(
    ("synonym", "words"),
    [("toner", "er allerede et emne"), (" ", "Skriv en tekst"), ("x" * 61, "60 tegn")],
)
def test_a_bad_synonym_is_shown_again(visit, cast, synonym, words):
    make_tags("print", "toner")
    fields = {"synonym": synonym, "wanted": "on"}
    page = visit.post("/tag/print/synonymer", as_=cast.mogens, status=400, **fields)
    assert words in page.text
    assert page.tree.find(".//input[@id='field-synonym']").get("value") == synonym


def test_several_synonyms_are_added_at_once(visit, cast):
    make_tags("print")
    visit.post("/tag/print/synonymer", as_=cast.mogens, synonym="A/B, <b>", wanted="on")
    assert find_tag("a/b") is find_tag("<B>") is find_tag("print")


def test_a_moderator_merges_and_the_old_address_leads_on(visit, cast):
    make_question("Toner mangler", author=cast.anne, tags=["toner"])
    make_tags("print")
    assert "1 spørgsmål" in visit.get("/tag/toner/sammenlaegning", as_=cast.mogens).text
    for _ in range(2):
        answer = visit.post("/tag/toner/sammenlaegning", as_=cast.mogens, into="Print")
        assert answer.location == "/tag/print"
    assert visit.get("/tag/toner", as_=cast.karim, status=302).location == "/tag/print"
    assert titles(visit.get("/tag/print", as_=cast.karim)) == ["Toner mangler"]


@pytest.mark.parametrize("into", ["", "ukendt", "toner", "\x00", "x" * 9_000])
def test_a_merge_into_nothing_or_itself_is_shown_again(visit, cast, into):
    make_question("Toner mangler", author=cast.anne, tags=["toner"])
    visit.post("/tag/toner/sammenlaegning", as_=cast.mogens, status=400, into=into)
    db.session.expire_all()
    assert [tag.name for tag in db.session.query(Question).one().tags] == ["toner"]


def test_only_moderators_join_tags(visit, cast):
    make_tags("print", "toner")
    for person in (cast.karim, cast.bodil, cast.astrid):
        for path in ("/tag/print/synonymer", "/tag/print/sammenlaegning"):
            visit.get(path, as_=person, status=403)
            fields = {"synonym": "x", "wanted": "on", "into": "toner"}
            visit.post(path, as_=person, status=403, **fields)
    assert find_name("x") is None


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_costs_six_statements_beyond_the_shell(visit, cast, rows):
    for number in range(rows):
        make_question(f"Spørgsmål {number}", author=cast.anne, tags=["print", f"tag{number}"])
    assert statements_of(visit, "/tag/print", cast.karim) == 6
