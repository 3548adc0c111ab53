"""Following colleagues and departments, and seeing all that one follows."""

import pytest

from midtlink.access import NotAllowed
from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.people.events import PeopleDropped, PersonEvent
from midtlink.people.following import (
    follow_department,
    follow_person,
    unfollow_department,
    unfollow_person,
)
from midtlink.people.models import Department, DepartmentFollow, Person, PersonFollow
from midtlink.questions.following import follow
from midtlink.questions.queries import followed
from midtlink.questions.queries.followed import list_followed
from midtlink.topics.following import follow_system, follow_tag
from midtlink.topics.queries import tags_named
from tests.questions.threads import asked, overheard
from tests.topics.making import make_question, make_system
from tests.world.racing import all_at_once

BOTH = pytest.mark.both_databases


def press(visit, address, person, fields):
    """Send a form as the page holds it, with a token of the test's own."""
    sent = {name: value for name, value in fields.items() if name not in ("csrf_token", None)}
    return visit.post(address, as_=person, **sent)


def followers(model=PersonFollow):
    return db.session.query(model).count()


@BOTH
def test_a_colleague_and_a_department_are_followed_and_left(cast):
    anne, jonas = cast.anne, cast.jonas
    for _ in range(2):
        in_transaction(lambda: follow_person(jonas, by=anne))
        in_transaction(lambda: follow_department(jonas.department, by=anne))
    assert (followers(), followers(DepartmentFollow)) == (1, 1)
    for _ in range(2):
        in_transaction(lambda: unfollow_person(jonas, by=anne))
        in_transaction(lambda: unfollow_department(jonas.department, by=anne))
    assert (followers(), followers(DepartmentFollow)) == (0, 0)


def test_only_a_change_is_told(cast):
    anne, jonas = cast.anne, cast.jonas
    verbs = (follow_person, unfollow_person)
    with overheard(PersonEvent, lambda fact: type(fact).__name__) as told:
        for verb in verbs:
            for _ in range(2):
                in_transaction(lambda verb=verb: verb(jonas, by=anne))
    assert told == ["PersonFollowed", "PersonUnfollowed"]


def test_nobody_follows_themselves_or_who_has_left(cast):
    anne = cast.anne
    for person in (anne, cast.leif, None):
        with pytest.raises(NotAllowed):
            in_transaction(lambda person=person: follow_person(person, by=anne))


def test_who_has_left_can_still_be_unfollowed(cast):
    anne, jonas = cast.anne, cast.jonas
    in_transaction(lambda: follow_person(jonas, by=anne))
    in_transaction(lambda: setattr(jonas, "is_active", False))
    in_transaction(lambda: unfollow_person(jonas, by=anne))
    assert followers() == 0


@pytest.mark.parametrize("by", ["leif", None])
def test_who_has_left_or_is_nobody_follows_nothing(cast, by):
    person, department = cast.jonas, cast.jonas.department
    by = getattr(cast, by) if by else None
    for verb, what in (
        (follow_person, person),
        (unfollow_person, person),
        (follow_department, department),
        (unfollow_department, department),
    ):
        with pytest.raises(NotAllowed):
            in_transaction(lambda verb=verb, what=what: verb(what, by=by))


@BOTH
@pytest.mark.parametrize("kind", ["person", "department"])
def test_forty_presses_at_once_leave_one_follow(app, cast, kind):
    anne_id = cast.anne.id
    model, verb, row, at = {
        "person": (Person, follow_person, PersonFollow, cast.jonas.id),
        "department": (Department, follow_department, DepartmentFollow, cast.jonas.department_id),
    }[kind]

    def press():
        def work():
            verb(db.session.get(model, at), by=db.session.get(Person, anne_id))

        in_transaction(work)

    all_at_once(app, [press] * 40)
    assert followers(row) == 1


@BOTH
def test_people_who_leave_the_database_take_their_follows_along(cast):
    anne, jonas, karim = cast.anne, cast.jonas, cast.karim

    def work():
        for by, person in ((anne, jonas), (jonas, karim), (anne, karim)):
            follow_person(person, by=by)
        for by in (anne, jonas):
            follow_department(karim.department, by=by)
        publish(PeopleDropped(by_id=None, person_ids=(jonas.id,)))

    in_transaction(work)
    assert db.session.query(PersonFollow).one().person_id == anne.id
    assert db.session.query(DepartmentFollow).one().person_id == anne.id


def test_the_button_on_a_colleagues_page_follows_and_leaves_again(visit, cast):
    address = f"/p/{cast.jonas.username}/foelg"
    fields = visit.get("/p/jonas", as_=cast.anne).form(address)
    assert fields["wanted"] == "on"
    assert press(visit, address, cast.anne, fields).location == "/p/jonas"
    page = visit.get("/p/jonas", as_=cast.anne)
    assert "Du følger nu" in page.text
    assert page.form(address)["wanted"] == "off"
    visit.post(address, as_=cast.anne, wanted="off")
    undo = visit.get("/p/jonas", as_=cast.anne).form(address, "next")
    assert undo == undo | {"wanted": "on", "next": "/p/jonas"}
    assert followers() == 0
    press(visit, address, cast.anne, undo)
    assert followers() == 1


def test_there_is_no_button_for_oneself_and_for_who_has_left(visit, cast):
    assert cast.leif
    for name in ("anne", "leif"):
        assert not visit.get(f"/p/{name}", as_=cast.anne).has_form(f"/p/{name}/foelg")
        visit.post(f"/p/{name}/foelg", as_=cast.anne, status=403, wanted="on")


def test_a_departments_page_lists_what_it_asks_and_is_followed(visit, cast):
    department_id = cast.anne.department_id
    make_question("Hvor er notatet?", author=cast.anne)
    make_question("Hvor er kantinen?", author=cast.jonas)
    make_question("Skjult for alle", author=cast.anne, hidden_at=cast.anne.created_at)
    here = f"/afdeling/{department_id}"
    page = visit.get(here, as_=cast.karim)
    assert "Akutafdelingen" in page.text
    assert "Hovedmatriklen" in page.text
    assert "1 åbent" in page.text
    assert "Hvor er notatet?" in page.text
    assert "kantinen" not in page.text
    assert "Skjult" not in page.text
    assert visit.post(f"{here}/foelg", as_=cast.karim, wanted="on").location == here
    assert visit.get(here, as_=cast.karim).form(f"{here}/foelg")["wanted"] == "off"


def test_a_departments_page_is_cut_and_its_profile_links_to_it(visit, cast):
    for number in range(21):
        make_question(f"Spørgsmål nummer {number}", author=cast.anne)
    here = f"/afdeling/{cast.anne.department_id}"
    page = visit.get(here, as_=cast.karim)
    older = next(each.get("href") for each in page.all("a") if each.get("rel") == "next")
    assert "Spørgsmål nummer 0" in visit.get(older, as_=cast.karim).text
    links = [each.get("href") for each in visit.get("/p/anne", as_=cast.karim).all("a")]
    assert here in links


def test_what_is_refused(visit, cast):
    here = f"/afdeling/{cast.anne.department_id}"
    assert cast.jonas
    for address in (here, "/p/jonas"):
        visit.post(f"{address}/foelg", status=401, wanted="on")
        visit.post(f"{address}/foelg", as_=cast.karim, status=400, wanted="yes")
        visit.get(f"{address}/foelg", as_=cast.karim, status=405)
    for address in ("/afdeling/99", "/p/ingen"):
        visit.post(f"{address}/foelg", as_=cast.karim, status=404, wanted="on")
    visit.get("/afdeling/99", as_=cast.karim, status=404)
    visit.get(f"{here}?efter=x", as_=cast.karim, status=400)
    assert followers() == followers(DepartmentFollow) == 0


def follow_all(cast, by):
    epj, question = make_system("EPJ"), asked(cast.jonas)
    tag = in_transaction(lambda: tags_named(["print"], by=None))[0]

    def work():
        follow_system(epj, by=by)
        follow_tag(tag, by=by)
        follow_person(cast.jonas, by=by)
        follow_department(cast.jonas.department, by=by)

    in_transaction(work)
    in_transaction(lambda: follow(question, by=by))
    return question


@BOTH
def test_all_that_one_follows_comes_in_one_statement(cast):
    follow_all(cast, cast.anne)
    found = list_followed(cast.anne)
    things = {kind: [(each.key, each.name) for each in rows] for kind, rows in found.lists.items()}
    assert things == {
        "system": [("epj", "EPJ")],
        "tag": [("print", "print")],
        "person": [("jonas", "Jonas Holt")],
        "department": [(str(cast.jonas.department_id), "Medicinsk Afdeling")],
    }
    assert found.questions == 1
    assert list_followed(cast.karim).is_empty


@BOTH
def test_a_list_holds_only_so_many_by_name(cast, monkeypatch):
    monkeypatch.setattr(followed, "MOST", 2)
    anne = cast.anne
    for name in ("PACS", "EPJ", "Print"):
        system = make_system(name)
        in_transaction(lambda system=system: follow_system(system, by=anne))
    assert [each.name for each in list_followed(anne).systems] == ["EPJ", "PACS"]


def test_ones_own_page_lists_it_with_the_way_out_and_back(visit, cast):
    assert "Du følger ikke noget endnu." in visit.get("/mig", as_=cast.anne).text
    question = follow_all(cast, cast.anne)
    page = visit.get("/mig", as_=cast.anne)
    here = f"/afdeling/{cast.jonas.department_id}"
    for address in ("/system/epj", "/tag/print", "/p/jonas", here):
        fields = visit.get("/mig", as_=cast.anne).form(f"{address}/foelg", "next")
        answer = press(visit, f"{address}/foelg", cast.anne, fields)
        assert answer.location == "/mig#foelger"
        undo = visit.get("/mig", as_=cast.anne).form(f"{address}/foelg")
        assert undo["wanted"] == "on"
        assert not visit.get("/mig", as_=cast.anne).has_form(f"{address}/foelg")
    assert "1 spørgsmål, du følger" in page.text
    assert question.title in visit.get("/spoergsmaal?vis=fulgte", as_=cast.anne).text
    assert question.title not in visit.get("/spoergsmaal?vis=fulgte", as_=cast.karim).text
