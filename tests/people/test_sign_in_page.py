"""The sign-in page, as people meet it."""

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.hashing import hash_password
from midtlink.people.models import SignIn
from midtlink.people.queries import get_person

PASSWORD = "en lang nattevagt"


def with_password(person, password=PASSWORD):
    """Give a person of the cast a password."""
    hashed = hash_password(password)

    def work():
        get_person(person.username).password_hash = hashed

    in_transaction(work)
    return person


def test_right_password_signs_in_and_leads_to_the_page_asked_for(visit, cast):
    with_password(cast.anne)
    answer = visit.post("/log-ind", username="Anne", password=PASSWORD, next="/mig")
    assert answer.location == "/mig"
    assert db.session.query(SignIn).one().person_id == cast.anne.id


def test_wrong_password_says_so_and_keeps_the_name(visit, cast):
    with_password(cast.anne)
    page = visit.post("/log-ind", username="anne", password="gættet", status=400)
    assert "passer ikke sammen" in page.text
    assert page.form("/log-ind")["username"] == "anne"


def test_two_people_are_told_apart(visit, cast):
    assert "Anne" in visit.get("/mig", as_=cast.anne).text
    assert "Jonas" in visit.get("/mig", as_=cast.jonas).text
