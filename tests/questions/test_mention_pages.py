"""Naming colleagues on the pages: options while typing, the preview, what was too much."""

import pytest

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.questions.records import Mention
from midtlink.topics.models import SuperUser
from tests.questions.threads import answered, asked, rows
from tests.topics.making import make_system
from tests.world.cast import make_person
from tests.world.statements import statements_of

pytestmark = pytest.mark.both_databases
JONAS = '<a class="mention" href="/p/jonas">@jonas</a>'


def save_edit(visit, question, person, body):
    fields = {"title": question.title, "body": body, "from_revision": "1"}
    visit.post(f"/post/{question.id}/rediger", as_=person, **fields)


@pytest.fixture
def town(cast):
    """Everybody of these tests, each made."""
    assert all((cast.anne, cast.jonas, cast.karim, cast.mogens))
    return cast


def options(page):
    return [each.get("data-word") for each in page.all("div") if each.get("role") == "option"]


def test_options_are_shown_with_name_profession_and_department(visit, town):
    page = visit.get("/omtale?q=jo", as_=town.anne)
    assert options(page) == ["jonas"]
    assert page.text == "Jonas Holt @jonas, lægesekretær, Medicinsk Afdeling"
    assert 'data-said="1 forslag"' in page.html
    assert "hospital.example" not in page.html


def test_options_speak_the_readers_language(visit, town):
    system = make_system("EPJ")
    row = SuperUser(person_id=town.jonas.id, system_id=system.id, appointed_at=clock.now())
    in_transaction(lambda: db.session.add(row))
    assert visit.get("/omtale?q=epj", as_=town.anne).text == "Superbrugere af EPJ @epj"
    departments = visit.get("/omtale?q=akut", as_=town.anne)
    assert departments.text == "Hele afdelingen: Akutafdelingen @afd.akutafdelingen"


@pytest.mark.parametrize("query", ["", "?q=", "?q=xyzzy", "?q=%25", "?q=%00", f"?q={'a' * 5_000}"])
def test_nobody_is_offered_for_nothing(visit, town, query):
    assert visit.get(f"/omtale{query}", as_=town.anne).text == ""


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "٣", "9" * 11])
def test_a_thread_that_no_page_names_is_refused(visit, town, number):
    visit.get(f"/omtale?q=jo&question_id={number}", as_=town.anne, status=400)


def test_a_thread_that_is_not_seen_is_answered_as_none(visit, town):
    question = asked(town.anne)
    reply = answered(asked(town.anne), town.jonas)
    hide(question, by=town.mogens)
    for number in (question.id, reply.id, 99_999, 2**31, 0):
        visit.get(f"/omtale?q=jo&question_id={number}", as_=town.karim, status=404)
    assert options(visit.get(f"/omtale?q=mo&question_id={question.id}", as_=town.mogens)) == []


def test_hostile_names_are_only_text(visit, town):
    make_person("ond", "Ond <script>x</script> \"'", '"><b>', "Akutafdelingen")
    page = visit.get("/omtale?q=ond", as_=town.anne)
    assert options(page) == ["ond"]
    assert not page.all("script") and not page.all("b")


def test_asking_for_options_is_no_sign_of_life(app):
    assert app.view_functions["questions.mentionable"].renews is False


def test_options_cost_two_statements(visit, town):
    question = asked(town.anne)
    assert statements_of(visit, "/omtale?q=jo", town.anne) == 1
    assert statements_of(visit, f"/omtale?q=jo&question_id={question.id}", town.anne) == 2
    assert statements_of(visit, "/omtale?q=", town.anne) == 0


@pytest.mark.parametrize("body", ["Ved @jonas det?", "@anne og @afd.akutafdelingen `@jonas`"])
def test_the_preview_of_a_new_text_is_the_post(visit, town, body):
    shown = visit.post("/vis-tekst?post=0", as_=town.anne, status=200, body=body)
    assert asked(town.anne, body=body).html.strip() in shown.html


def test_the_preview_of_an_edit_knows_whose_post_it_is(visit, town):
    question = asked(town.anne, body="Ved nogen det?")
    body = "@anne og @mogens og @jonas"
    address = f"/vis-tekst?post={question.id}"
    shown = visit.post(address, as_=town.mogens, status=200, body=body)
    save_edit(visit, question, town.mogens, body)
    db.session.expire_all()
    assert question.html.strip() in shown.html
    assert question.html.count("mention") == 2


def test_the_preview_of_a_post_that_is_not_seen_shows_nothing(visit, town):
    question = asked(town.anne)
    hide(question, by=town.mogens)
    address = f"/vis-tekst?post={question.id}"
    visit.post(address, as_=town.karim, status=404, body="@jonas")
    visit.post("/vis-tekst?post=x", as_=town.karim, status=400, body="@jonas")


def test_texts_that_are_no_posts_name_nobody(visit, town):
    shown = visit.post("/vis-tekst", as_=town.anne, status=200, body="@jonas")
    assert "<p>@jonas</p>" in shown.html
    assert "mention-list" not in visit.get("/mig", as_=town.anne).html


def test_every_field_of_a_post_offers_names(visit, town):
    question = asked(town.jonas)
    answered(question, town.jonas)
    lists = {
        "/spoerg": [""],
        f"/q/{question.id}/{question.slug}": [str(question.id)] * 3,
        f"/post/{question.id}/rediger": [str(question.id)],
    }
    for address, expected in lists.items():
        page = visit.get(address, as_=town.jonas)
        found = [each.get("data-question") for each in page.all("mention-list")]
        assert found == expected, address


def test_the_author_is_told_what_was_too_much(visit, town):
    body = "@afd.akutafdelingen @afd.medicinsk-afdeling @jonas"
    sent = visit.post("/spoerg", as_=town.anne, title="Hvem ved det?", body=body)
    page = visit.get(sent.headers["Location"], as_=town.anne)
    assert "@afd.medicinsk-afdeling står kun som tekst." in page.text
    assert "højst 10, heraf 3 hold" in page.text
    assert len(rows(Mention)) == 2


def test_answers_comments_and_edits_tell_it_too(visit, town):
    question = asked(town.anne)
    two = "@afd.akutafdelingen @afd.medicinsk-afdeling"
    thread = f"/q/{question.id}/{question.slug}"
    for action in (f"/q/{question.id}/svar", f"/post/{question.id}/kommentar"):
        visit.post(action, as_=town.anne, body=two)
        assert "står kun som tekst" in visit.get(thread, as_=town.anne).text
    save_edit(visit, question, town.anne, two)
    assert "står kun som tekst" in visit.get(thread, as_=town.anne).text


def test_nothing_is_said_where_nothing_is_too_much(visit, town):
    question = asked(town.anne)
    action, thread = f"/q/{question.id}/svar", f"/q/{question.id}/{question.slug}"
    visit.post(action, as_=town.karim, body="Spørg @jonas")
    page = visit.get(thread, as_=town.karim)
    assert JONAS in page.html
    assert "står kun som tekst" not in page.text


def test_many_words_too_many_are_told_in_short(visit, town):
    people = [make_person("x" * 50 + str(number), "X", "læge", "A") for number in range(20)]
    body = " ".join(f"@{person.username}" for person in people)
    sent = visit.post("/spoerg", as_=town.anne, title="Hvem ved det?", body=body)
    text = visit.get(sent.headers["Location"], as_=town.anne).text
    assert f"@{people[12].username}, … står kun som tekst" in text
