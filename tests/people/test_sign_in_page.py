"""The sign-in page, as people meet it."""

from itertools import product

import pytest
from sqlalchemy import text

from midtlink.extensions import db
from midtlink.people.models import Person, SignIn
from midtlink.people.signing_in import find_signed_in
from tests.people.making import PASSWORD, with_password
from tests.world.visit import sign_in_row


def cookie_token(visit, person=None):
    """The token that a visitor's cookie holds."""
    with visit.client(person).session_transaction() as session:
        return session.get("_user_id")


def only_sign_in():
    db.session.expire_all()
    return db.session.query(SignIn).one()


def test_right_password_leads_to_the_page_asked_for(visit, cast):
    with_password(cast.anne)
    answer = visit.post("/log-ind", username="Anne", password=PASSWORD, next="/mig?a=1")
    assert answer.location == "/mig?a=1"
    assert only_sign_in().person_id == cast.anne.id


def test_a_page_sends_who_is_not_signed_in_to_sign_in_and_back(visit, cast):
    answer = visit.get("/p/anne?vis=svar", status=303)
    assert answer.location == "/log-ind?next=/p/anne?vis%3Dsvar"


@pytest.mark.parametrize(
    "wanted",
    ["/\\evil.com", "\\\\evil.com", "//evil.com", "///evil.com", "////evil.com", "http:evil.com",
     "http:///evil.com", "https://evil.com", "/%09/evil.com", "/%2F/evil.com", "/%5Cevil.com",
     "/\r\nLocation: x", "//user@evil.com", "javascript:alert(1)", "evil.com", ""],
)  # fmt: skip
def test_no_address_leads_off_the_server(visit, cast, wanted):
    """T27."""
    with_password(cast.anne)
    answer = visit.post("/log-ind", username="anne", password=PASSWORD, next=wanted)
    assert answer.location == "/"
    assert visit.get("/log-ind", query_string={"next": wanted}, status=303).location == "/"


def test_wrong_password_says_so_and_keeps_the_name_and_the_way(visit, cast):
    with_password(cast.anne)
    page = visit.post("/log-ind", username="anne", password="gættet", next="/mig", status=400)
    assert "passer ikke sammen" in page.text
    assert page.form("/log-ind")["username"] == "anne"
    assert page.form("/log-ind")["next"] == "/mig"


def test_wrong_password_is_never_shown_again(visit, cast):
    page = visit.post("/log-ind", username="anne", password="gættet", status=400)
    assert "gættet" not in page.html


def test_who_does_not_exist_is_answered_like_who_does(visit, cast):
    """T20: text, status and length."""
    with_password(cast.anne)
    assert cast.leif
    pages = [
        visit.post("/log-ind", username=name, password="gættet", status=400).html
        for name in ("anne", "arne", "leif")
    ]
    named = zip(pages, ("anne", "arne", "leif"), strict=True)
    assert len({strip_token(page.replace(name, "NAME")) for page, name in named}) == 1


def strip_token(html):
    """Leave out the token of the form, which is another each time."""
    return "\n".join(line for line in html.splitlines() if "csrf_token" not in line)


def test_five_failures_answer_429_for_every_name(visit, cast):
    with_password(cast.anne)
    for name, _ in product(("anne", "arne"), range(5)):
        visit.post("/log-ind", username=name, password="gættet", status=400)
    for name in ("anne", "arne"):
        page = visit.post("/log-ind", username=name, password=PASSWORD, status=429)
        assert "Vent 30 minutter" in page.text


def test_planted_session_is_not_taken_over(visit, cast):
    """T25: the token is new, and what the session held before is gone."""
    with_password(cast.anne)
    with visit.client().session_transaction() as session:
        session["_user_id"] = "planted"
        session["left"] = "by somebody"
    visit.post("/log-ind", username="anne", password=PASSWORD)
    with visit.client().session_transaction() as session:
        assert session["_user_id"] != "planted"
        assert "left" not in session


def test_t25_sign_in_ends_the_one_that_the_browser_held_before(visit, cast):
    """A cookie planted in a shared computer's browser, or left in it, is dead afterwards."""
    with_password(cast.anne)
    planted = sign_in_row(cast.karim)
    with visit.client().session_transaction() as session:
        session["_user_id"] = planted
    visit.post("/log-ind", username="anne", password="gættet", status=400)
    assert find_signed_in(planted)
    visit.post("/log-ind", username="anne", password=PASSWORD)
    assert not find_signed_in(planted)
    assert visit.get("/mig").status == 200


def test_no_remember_cookie_is_ever_set(visit, cast):
    """T26."""
    with_password(cast.anne)
    answer = visit.post("/log-ind", username="anne", password=PASSWORD, own_computer="on")
    assert [line.split("=")[0] for line in answer.headers.getlist("Set-Cookie")] == ["midtlink"]
    assert only_sign_in().is_own_computer


def test_shared_computer_is_what_is_meant_when_nothing_is_ticked(visit, cast):
    with_password(cast.anne)
    visit.post("/log-ind", username="anne", password=PASSWORD)
    assert not only_sign_in().is_own_computer


def test_signing_out_kills_every_copy_of_the_cookie(visit, cast):
    """A copy of the cookie, taken before, opens nothing."""
    visit.get("/mig", as_=cast.anne)
    copied = cookie_token(visit, cast.anne)
    assert visit.post("/log-ud", as_=cast.anne).location == "/log-ind"
    assert find_signed_in(copied) is None
    with visit.client(cast.anne).session_transaction() as session:
        session["_user_id"] = copied
    visit.get("/mig", as_=cast.anne, status=303)


def test_the_next_page_says_that_one_is_signed_out(visit, cast):
    visit.post("/log-ud", as_=cast.anne)
    assert "Du er logget ud." in visit.get("/log-ind", as_=cast.anne).text


def test_signing_out_twice_is_no_error(visit):
    assert visit.post("/log-ud").location == "/log-ind"


@pytest.mark.parametrize("path", ["/log-ind", "/log-ud", "/sprog", "/log-ind/forny"])
def test_nothing_is_done_without_the_forms_token(visit, cast, path):
    with_password(cast.anne)
    visit.get("/mig", as_=cast.anne)
    visit.post(path, as_=cast.anne, token=False, status=400, username="anne", password=PASSWORD)
    assert only_sign_in().ended_at is None


def test_sign_out_takes_no_get(visit, cast):
    visit.get("/log-ud", as_=cast.anne, status=405)


def test_a_page_renews_the_sign_in_and_asking_for_the_time_left_does_not(visit, cast, clock):
    visit.get("/mig", as_=cast.anne)
    clock.forward(minutes=10)
    assert visit.get("/log-ind/tilbage", as_=cast.anne).get_json() == {"seconds": 300}
    visit.get("/mig", as_=cast.anne)
    assert visit.get("/log-ind/tilbage", as_=cast.anne).get_json() == {"seconds": 900}


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_asking_about_a_page_without_reading_it_renews_nothing(visit, cast, clock, method):
    visit.get("/mig", as_=cast.anne)
    clock.forward(minutes=10)
    assert visit._open(method, "/mig", cast.anne).status_code == 200
    assert visit.get("/log-ind/tilbage", as_=cast.anne).get_json() == {"seconds": 300}


@pytest.fixture
def full(app):
    """A database that takes no more signs of life."""
    forbid = "CREATE TRIGGER full BEFORE UPDATE ON sign_ins BEGIN SELECT raise(ABORT, 'full'); END"
    with db.engine.begin() as connection:
        connection.execute(text(forbid))
    yield
    with db.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER full"))


def test_a_full_disk_costs_no_page(visit, cast, clock, full, caplog):
    visit.get("/mig", as_=cast.anne)
    clock.forward(minutes=10)
    assert "Anne Mikkelsen" in visit.get("/p/anne", as_=cast.anne).text
    assert "a sign-in was not renewed" in caplog.text
    assert visit.get("/log-ind/tilbage", as_=cast.anne).get_json() == {"seconds": 300}


def test_pressing_stay_renews_the_sign_in(visit, cast, clock):
    visit.get("/mig", as_=cast.anne)
    clock.forward(minutes=14)
    visit.post("/log-ind/forny", as_=cast.anne, status=204)
    assert visit.get("/log-ind/tilbage", as_=cast.anne).get_json() == {"seconds": 900}


def test_a_script_learns_that_the_sign_in_is_over(visit, cast, clock):
    visit.get("/mig", as_=cast.anne)
    clock.forward(minutes=15)
    visit.get("/log-ind/tilbage", as_=cast.anne, headers={"HX-Request": "true"}, status=401)


def test_page_says_how_long_the_screen_may_be_left(visit, cast, clock):
    visit.get("/mig", as_=cast.anne)
    clock.forward(seconds=50)
    page = visit.get("/mig", as_=cast.anne)
    assert page.tree.find("body").get("data-idle-seconds") == "850"


def test_sign_in_is_noted_at_most_once_a_minute(visit, cast, clock, statements):
    visit.get("/mig", as_=cast.anne)
    clock.forward(seconds=59)
    with statements as sent:
        visit.get("/mig", as_=cast.anne)
    assert not [line for line in sent if line.startswith("UPDATE")]


def test_language_is_a_visitors_and_then_a_persons(visit, cast):
    visit.post("/sprog", language="en", next="/log-ind")
    assert visit.get("/log-ind").tree.get("lang") == "en"
    visit.post("/sprog", as_=cast.anne, language="en", next="/mig")
    assert db.session.get(Person, cast.anne.id).language == "en"


def test_unknown_language_is_refused(visit, cast):
    visit.post("/sprog", as_=cast.anne, language="de", status=400)
    visit.post("/sprog", as_=cast.anne, status=400)


def test_inactive_person_is_signed_out_with_the_next_page(visit, cast):
    visit.get("/mig", as_=cast.leif, status=303)


def test_new_secret_key_signs_out_and_loses_nothing(visit, cast, app):
    """F24."""
    visit.get("/mig", as_=cast.anne)
    old, app.config["SECRET_KEY"] = (
        app.config["SECRET_KEY"],
        "another key, as long as the first one",
    )
    try:
        visit.get("/mig", as_=cast.anne, status=303)
    finally:
        app.config["SECRET_KEY"] = old
    assert visit.get("/mig", as_=cast.anne)
