"""Links to choose a password, by mail: T21, T22, T23."""

import re
from datetime import timedelta

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.sweeping import route_notices
from midtlink.people.forgotten import ask_for_link
from midtlink.people.models import PasswordLink, PasswordRequest, Person
from midtlink.people.policy import COMMAND_LINE
from midtlink.people.queries import get_person_by_id
from midtlink.people.registering import Particulars, change
from midtlink.people.sweeping import forget_old_sign_ins
from tests.notifications.outbox import outbox, sent, settings
from tests.notifications.post_office import free_port
from tests.people.making import OTHER_PASSWORD, PASSWORD, sign_in, with_password
from tests.questions.threads import answered, asked
from tests.world.statements import counted

PAGE = "/glemt-adgangskode"
SEND = "/administration/personer/anne/link-paa-mail"


@pytest.fixture
def anne(cast, clock, office):
    return with_password(cast.anne)


def ask(typed):
    in_transaction(lambda: ask_for_link(typed))


def delivered():
    """Do what the sweeper does, and return the outbox."""
    while route_notices():
        pass
    return sent()


def link_in(office):
    """The path of the newest mail's link."""
    text = office.messages()[-1].get_body(("plain",)).get_content()
    return re.search(r"https://midtlink\.example(/adgang/\S+)", text)[1]


@pytest.mark.both_databases
@pytest.mark.parametrize("typed", ["anne", "ANNE ", "Anne@Hospital.example"])
def test_who_has_forgotten_the_password_gets_a_link_at_the_stored_address(
    cast, office, anne, typed
):
    ask(typed)
    delivered()
    (message,) = office.messages()
    assert message["To"] == "anne@hospital.example"
    assert message["Subject"] == "Ny adgangskode til MidtLink"
    assert "List-Unsubscribe" not in message and "List-Id" not in message


def test_the_whole_way_from_the_sign_in_page(visit, office, anne):
    assert visit.get("/log-ind").html.count(PAGE)
    assert "username" in visit.get(PAGE).form(PAGE)
    visit.post(PAGE, status=200, username="anne")
    delivered()
    path = link_in(office)
    visit.post(path, password=OTHER_PASSWORD, again=OTHER_PASSWORD)
    assert sign_in("anne", OTHER_PASSWORD)
    assert "virker ikke" in visit.get(path, status=404).text


def test_t21_the_answer_is_the_same_for_everybody(visit, cast, anne):
    names = ["anne", cast.leif.username, cast.karim.username, "findes-ikke", "", "x" * 999, "\x00"]
    pages = {visit.post(PAGE, status=200, username=name).text for name in names}
    assert len(pages) == 1


@pytest.mark.both_databases
def test_t21_what_is_asked_of_the_database_is_the_same_for_everybody(cast, anne):
    assert cast.leif
    sent_statements = []
    for name in ("anne", "findes-ikke", "leif", "nobody@hospital.example"):
        with counted() as statements:
            ask(name)
        sent_statements.append(list(statements))
    assert len({tuple(each) for each in sent_statements}) == 1


@pytest.mark.both_databases
def test_limits_hold_for_the_account_however_it_is_named(cast, clock, office, anne):
    for typed in ("anne", "anne@hospital.example", "anne"):
        ask(typed)
        delivered()
    assert len(office.kept) == 2
    for _ in range(9):
        clock.forward(hours=1, seconds=1)
        ask("anne")
        delivered()
    assert len(office.kept) == 5
    clock.forward(days=1)
    ask("anne")
    delivered()
    assert len(office.kept) == 6


def test_limits_hold_for_a_name_that_nobody_has(cast, anne):
    for _ in range(4):
        ask("findes-ikke")
    assert db.session.query(PasswordRequest).count() == 2


@pytest.mark.both_databases
def test_t22_the_newest_link_is_the_only_one(visit, clock, office, anne):
    ask("anne")
    delivered()
    first = link_in(office)
    ask("anne")
    delivered()
    second = link_in(office)
    visit.get(first, status=404)
    visit.get(second)
    clock.forward(minutes=31)
    visit.get(second, status=404)


def test_t22_a_new_address_ends_the_link_that_went_to_the_old_one(visit, cast, office, anne):
    ask("anne")
    delivered()
    path, person_id = link_in(office), anne.id
    department = cast.anne.department

    def move():
        person = get_person_by_id(person_id)
        new = Particulars(email="anne.m@hospital.example")
        change(person, new, db.session.merge(department), by=COMMAND_LINE)

    visit.get(path)
    in_transaction(move)
    visit.get(path, status=404)


@pytest.mark.parametrize("typed", ["mıke@x.dk", "mike@x.dk ", "MIKE@X.DK"])
def test_t23_a_look_alike_gets_nothing_that_the_stored_address_does_not(cast, office, typed):
    anne_id = cast.anne.id
    in_transaction(lambda: setattr(db.session.get(Person, anne_id), "email", "mike@x.dk"))
    ask(typed)
    delivered()
    assert set(office.recipients()) <= {"mike@x.dk"}


def test_no_token_is_stored_and_the_link_is_made_when_the_mail_is_sent(cast, office, mail, anne):
    up = mail["MAIL_PORT"]
    mail["MAIL_PORT"] = free_port()
    ask("anne")
    while route_notices():
        pass
    assert db.session.query(PasswordLink).count() == 0
    mail["MAIL_PORT"] = up
    delivered()
    token = link_in(office).rsplit("/", 1)[1]
    (row,) = db.session.query(PasswordLink)
    assert token not in row.token_hash
    (made,) = outbox()
    assert token not in "".join(map(str, vars(made).values()))


def test_who_has_left_or_has_no_address_gets_nothing(cast, office, anne):
    assert cast.leif
    jonas_id = cast.jonas.id
    in_transaction(lambda: setattr(db.session.get(Person, jonas_id), "email", None))
    for name in ("leif", "jonas"):
        ask(name)
    delivered()
    assert (office.tried, db.session.query(PasswordLink).count()) == ([], 0)


def test_a_link_waits_for_no_morning(cast, clock, office, anne):
    settings(anne, quiet_from=22, quiet_to=7, paused_until=clock.moment + timedelta(days=9))
    ask("anne")
    delivered()
    assert len(office.kept) == 1


def test_without_mail_the_page_names_its_phone_and_nothing_is_noted(visit, cast, mail):
    mail["MAIL_HOST"] = ""
    assert PAGE not in visit.get("/log-ind").html
    assert "1234" in visit.get(PAGE).text
    visit.post(PAGE, status=200, username=cast.anne.username)
    assert db.session.query(PasswordRequest).count() == 0


def test_an_administrator_sends_a_link_that_nobody_else_sees(visit, cast, office, anne):
    page = visit.get("/administration/personer/anne", as_=cast.astrid)
    assert page.has_form(SEND)
    visit.post(SEND, as_=cast.astrid)
    assert "/adgang/" not in visit.get("/administration/personer/anne", as_=cast.astrid).html
    delivered()
    visit.post(link_in(office), password=PASSWORD, again=PASSWORD)
    asked_for = db.session.query(JournalEntry).filter_by(act="PasswordLinkAsked").one()
    assert asked_for.by_id == cast.astrid.id


def test_who_has_no_password_yet_is_invited(visit, cast, clock, office):
    assert cast.anne
    visit.post(SEND, as_=cast.astrid)
    delivered()
    (message,) = office.messages()
    assert message["Subject"] == "Velkommen til MidtLink"
    assert "Dit brugernavn er anne." in message.get_body(("plain",)).get_content()


def test_pressing_twice_sends_once(visit, cast, office, anne):
    for _ in range(2):
        visit.post(SEND, as_=cast.astrid)
    delivered()
    assert len(office.kept) == 1


def test_nobody_else_sends_links_and_none_is_sent_without_an_address(visit, cast, office, anne):
    for person in (cast.karim, cast.bodil, cast.mogens):
        visit.post(SEND, as_=person, status=403)
    anne_id = anne.id
    in_transaction(lambda: setattr(db.session.get(Person, anne_id), "email", None))
    assert not visit.get("/administration/personer/anne", as_=cast.astrid).has_form(SEND)
    page = visit.post(SEND, as_=cast.astrid, status=400)
    assert "ingen mailadresse" in page.text


def test_who_is_invited_by_command_is_mailed(app, cast, clock, office):
    assert cast.anne
    done = app.test_cli_runner().invoke(args=["people", "invite", "anne", "--mail"])
    assert (done.exit_code, done.output) == (0, "anne  anne@hospital.example\n")
    delivered()
    assert office.recipients() == ["anne@hospital.example"]


def test_an_administrator_who_corrects_the_particulars_lets_mail_be_tried_again(
    visit, cast, clock, office
):
    settings(cast.anne, refused_at=clock.moment, refusal="550 No such mailbox")
    person_id, department = cast.anne.id, cast.anne.department
    new = Particulars(email="anne.m@hospital.example")

    def move():
        person = get_person_by_id(person_id)
        change(person, new, db.session.merge(department), by=COMMAND_LINE)

    in_transaction(move)
    answered(asked(cast.anne), cast.jonas)
    sent()
    assert office.recipients() == ["anne.m@hospital.example"]


def test_requests_are_forgotten_after_two_days(clock, anne):
    ask("anne")
    clock.forward(days=2)
    forget_old_sign_ins()
    assert db.session.query(PasswordRequest).count() == 1
    clock.forward(seconds=1)
    forget_old_sign_ins()
    assert db.session.query(PasswordRequest).count() == 0
