"""One's own page, the list of sign-ins, and a colleague's page."""

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person, SignIn
from midtlink.people.profiles import change_profile
from midtlink.people.signing_in import find_signed_in
from midtlink.questions.models import Answer, Question
from midtlink.topics.models import SuperUser
from tests.people.making import OTHER_PASSWORD, PASSWORD, sign_in, with_password
from tests.world.cast import make_person

OVER_CPR = "Ring til 010190-1234 om natten"


def reread(person):
    db.session.expire_all()
    return db.session.get(Person, person.id)


def test_profile_text_is_markdown_and_stays_clean(visit, cast):
    visit.post(
        "/mig",
        as_=cast.anne,
        body="Spørg om **EPJ** <script>alert(1)</script>",
        title="Sygeplejerske",
        phone="12",
    )
    page = visit.get("/p/anne", as_=cast.jonas)
    assert "<strong>EPJ</strong>" in page.html
    assert "&lt;script&gt;" in page.html


def test_profile_that_is_too_long_is_kept_on_the_page(visit, cast):
    page = visit.post("/mig", as_=cast.anne, body="x" * 4001, title="", phone="", status=400)
    assert page.form("/mig")["body"].strip() == "x" * 4001
    assert reread(cast.anne).about == ""


@pytest.mark.parametrize("field", ["body", "title", "phone"])
def test_cpr_number_is_refused_and_can_be_masked(visit, cast, field):
    fields = {"body": "", "title": "", "phone": "", field: OVER_CPR}
    page = visit.post("/mig", as_=cast.anne, status=400, **fields)
    assert "CPR" in page.text
    assert reread(cast.anne).about == reread(cast.anne).title == reread(cast.anne).phone == ""


def test_author_may_say_that_it_is_no_cpr_number(visit, cast):
    page = visit.post("/mig", as_=cast.anne, body=OVER_CPR, title="", phone="", status=400)
    prints = page.form("/mig")["not_cpr"]
    visit.post("/mig", as_=cast.anne, body=OVER_CPR, title="", phone="", not_cpr=prints)
    assert reread(cast.anne).about == OVER_CPR
    entry = db.session.query(JournalEntry).filter_by(act="ProfileGuardOverruled").one()
    assert entry.facts == {"person_id": cast.anne.id, "count": 1}


def test_nobody_writes_anothers_profile(cast):
    with pytest.raises(Exception, match="change the profile"):
        in_transaction(
            lambda: change_profile(cast.anne, about="", title="", phone="", by=cast.astrid)
        )


def test_extra_fields_change_nothing(visit, cast):
    """T35."""
    columns = {"username": "king", "email": "king@x.dk", "is_active": "", "password_hash": "x",
               "department_id": "", "origin": "x", "role": "administrator"}  # fmt: skip
    visit.post("/mig", as_=cast.anne, body="", title="", phone="", **columns)
    anne = reread(cast.anne)
    assert (anne.username, anne.is_active, anne.origin) == ("anne", True, None)
    assert not anne.role_grants


def test_appearance_is_chosen(visit, cast):
    visit.post("/mig/visning", as_=cast.anne, language="en", theme="dark")
    page = visit.get("/mig", as_=cast.anne)
    assert (page.tree.get("lang"), page.tree.get("data-theme")) == ("en", "dark")
    assert page.tree.find("body").get("data-keys") == "off"


@pytest.mark.parametrize(
    "fields", [{}, {"language": "de", "theme": "dark"}, {"language": "da", "theme": "neon"},
               {"language": "da", "theme": "dark", "uses_shortcuts": "true"}],
)  # fmt: skip
def test_appearance_that_no_form_offers_is_refused(visit, cast, fields):
    """T13."""
    visit.post("/mig/visning", as_=cast.anne, status=400, **fields)
    assert reread(cast.anne).theme == "auto"


def test_password_is_changed_on_ones_page(visit, cast):
    with_password(cast.anne)
    elsewhere = sign_in("anne")
    fields = {"current": PASSWORD, "password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    visit.post("/mig/adgangskode", as_=cast.anne, **fields)
    assert find_signed_in(elsewhere) is None
    assert visit.get("/mig", as_=cast.anne)
    assert sign_in("anne", OTHER_PASSWORD)


@pytest.mark.parametrize(
    ("current", "new", "again", "words"),
    [
        (PASSWORD, OTHER_PASSWORD, "noget andet", "ikke ens"),
        ("gættet", OTHER_PASSWORD, OTHER_PASSWORD, "ikke din nuværende"),
        (PASSWORD, "kort", "kort", "mindst 12 tegn"),
        (PASSWORD, "password12345", "password12345", "let at gætte"),
    ],
)
def test_password_is_not_changed_for_a_reason(visit, cast, current, new, again, words):
    with_password(cast.anne)
    fields = {"current": current, "password": new, "again": again}
    page = visit.post("/mig/adgangskode", as_=cast.anne, status=400, **fields)
    assert words in page.text
    assert PASSWORD not in page.html and new not in page.html
    assert sign_in("anne")


def test_sign_ins_are_listed_and_this_one_is_marked(visit, cast):
    with_password(cast.anne)
    sign_in("anne", browser="Firefox, Linux", is_own_computer=True)
    page = visit.get("/mig/log-ind", as_=cast.anne)
    assert "Firefox, Linux" in page.text and "Egen computer" in page.text
    assert page.text.count("Denne") == 1


def test_one_sign_in_is_ended_from_afar(visit, cast):
    with_password(cast.anne)
    token = sign_in("anne")
    row = find_signed_in(token).id
    visit.post(f"/mig/log-ind/{row}/afslut", as_=cast.anne)
    assert find_signed_in(token) is None


def test_anothers_sign_in_does_not_exist(visit, cast):
    with_password(cast.jonas)
    token = sign_in("jonas")
    row = find_signed_in(token).id
    anothers = visit.post(f"/mig/log-ind/{row}/afslut", as_=cast.anne, status=404)
    nobodys = visit.post("/mig/log-ind/999999/afslut", as_=cast.anne, status=404)
    assert anothers.text == nobodys.text
    assert find_signed_in(token)


def test_all_others_are_ended_and_this_one_lives(visit, cast):
    with_password(cast.anne)
    tokens = [sign_in("anne"), sign_in("anne")]
    visit.post("/mig/log-ind/afslut-andre", as_=cast.anne)
    assert [find_signed_in(token) for token in tokens] == [None, None]
    assert visit.get("/mig", as_=cast.anne)
    assert db.session.query(SignIn).filter(SignIn.ended_at.is_(None)).count() == 1


def post(kind, author, thread=None, **more):
    """Make a question or an answer without asking who may."""
    moment = author.created_at
    facts = {"author_id": author.id, "created_at": moment, "thread_id": thread and thread.id}
    if kind is Question:
        facts |= {"title": more.pop("title"), "active_at": moment}
    row = kind(**(facts | more))
    in_transaction(lambda: db.session.add(row))
    return row


def test_profile_shows_who_a_colleague_is(visit, cast):
    appointment = SuperUser(
        person_id=cast.anne.id, department_id=cast.anne.department_id,
        appointed_at=cast.anne.created_at,
    )  # fmt: skip
    in_transaction(lambda: db.session.add(appointment))
    text = visit.get("/p/ANNE", as_=cast.jonas).text
    for words in ("Anne Mikkelsen", "sygeplejerske", "Akutafdelingen", "Superbruger"):
        assert words in text


def test_profile_shows_visible_answers_and_questions_only(visit, cast):
    moment = cast.anne.created_at
    seen = post(Question, cast.jonas, title="Hvor er labels?")
    post(Answer, cast.anne, seen, source="x")
    hidden_question = post(Question, cast.jonas, title="Skjult spørgsmål", hidden_at=moment)
    post(Answer, cast.anne, hidden_question)
    other = post(Question, cast.jonas, title="Slettet svar hertil")
    post(Answer, cast.anne, other, deleted_at=moment)
    post(Question, cast.anne, title="Annes skjulte", hidden_at=moment)
    post(Question, cast.anne, title="Annes synlige")
    answers = visit.get("/p/anne", as_=cast.jonas).text
    questions = visit.get("/p/anne?vis=spoergsmaal", as_=cast.jonas).text
    assert "Hvor er labels?" in answers and "Annes synlige" in questions
    for words in ("Skjult spørgsmål", "Slettet svar", "Annes skjulte"):
        assert words not in answers + questions


def test_profile_pages_neither_skip_nor_repeat(visit, cast):
    for number in range(25):
        post(Question, cast.anne, title=f"Nummer {number:02}.")
    seen, path = [], "/p/anne?vis=spoergsmaal"
    while path:
        page = visit.get(path, as_=cast.jonas)
        seen += [a.text for a in page.all("a") if (a.text or "").startswith("Nummer")]
        path = next((a.get("href") for a in page.all("a") if a.get("rel") == "next"), None)
    assert seen == [f"Nummer {number:02}." for number in reversed(range(25))]


@pytest.mark.parametrize("count", [3, 30])
def test_profile_takes_the_same_statements_however_long_the_list(visit, cast, statements, count):
    for number in range(count):
        question = post(Question, cast.jonas, title=f"Nummer {number}")
        post(Answer, cast.anne, question)
    visit.get("/p/anne", as_=cast.jonas)
    with statements as sent:
        visit.get("/p/anne", as_=cast.jonas)
    assert len([line for line in sent if not line.startswith(("BEGIN", "PRAGMA"))]) == 10, sent


@pytest.mark.parametrize("path", ["/p/nobody", "/p/" + "x" * 300, "/p/a%00b", "/p/%ED%A0%80"])
def test_unknown_colleague_is_not_found(visit, cast, path):
    visit.get(path, as_=cast.anne, status=404)


@pytest.mark.parametrize("query", ["vis=alt", "efter=x", "efter=1-2-3-4", "efter=9" + "9" * 30])
def test_odd_parameters_are_refused(visit, cast, query):
    visit.get(f"/p/anne?{query}", as_=cast.anne, status=400)


@pytest.mark.parametrize("path", ["/mig", "/mig/log-ind", "/p/anne"])
def test_outsiders_are_sent_to_sign_in(visit, cast, path):
    assert visit.get(path, status=303).location.startswith("/log-ind?next=")


@pytest.mark.parametrize("path", ["/mig/visning", "/mig/adgangskode", "/mig/log-ind/afslut-andre"])
def test_forms_take_no_get_and_no_stranger(visit, cast, path):
    visit.get(path, as_=cast.anne, status=405)
    visit.post(path, status=401)


def test_imported_person_has_a_page(visit, cast):
    make_person("user7", "<b>Somebody</b>", "", "Imported", origin="beer", origin_key="7")
    assert "<b>Somebody</b>" in visit.get("/p/user7", as_=cast.anne).text
