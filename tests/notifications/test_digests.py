"""Digests: who gets one, when, what it tells, and what it leaves out."""

from datetime import timedelta

import pytest

from midtlink import clock as the_clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.notifications.digests.rules import last_slot
from midtlink.notifications.models import NoticeSettings
from midtlink.notifications.sweeping import make_digests
from midtlink.people.models import Person
from midtlink.questions.accepting import accept_answer
from midtlink.questions.records import ThreadVisit
from midtlink.reputation.thanking import give_thanks
from midtlink.settings.changing import change_setting
from midtlink.topics.following import follow_system, follow_tag
from midtlink.topics.naming import tags_named
from tests.notifications.outbox import (
    choose,
    copenhagen,
    leave,
    notices,
    outbox,
    read,
    routed,
    sent,
    settings,
)
from tests.notifications.post_office import free_port
from tests.questions.threads import answered, asked
from tests.topics.making import make_system
from tests.world.cast import make_person
from tests.world.statements import counted

pytestmark = pytest.mark.both_databases


@pytest.fixture
def people(cast, clock, office):
    """Wednesday afternoon; everybody is known to the lane."""
    clock.moment = copenhagen(18, 15)
    assert cast.anne and cast.jonas and cast.karim and cast.bodil and cast.mogens
    make_digests()
    return cast


def prepared():
    """Do what the lanes do, but for sending; return the digests."""
    routed()
    while make_digests():
        pass
    return [mail for mail in outbox() if mail.purpose in ("daily", "weekly")]


def text_of(office, number=-1):
    return office.messages()[number].get_body(("plain",)).get_content().replace("\r\n", "\n")


def delivered(office):
    """Prepare and send what is due, and return the newest mail's text."""
    prepared()
    sent()
    return text_of(office)


def to(person):
    return [mail for mail in outbox(person_id=person.id) if mail.purpose in ("daily", "weekly")]


def test_unread_notices_of_the_day_are_one_mail_at_six_in_the_morning(people, clock, office):
    choose(people.anne, "answer", "daily")
    for title in ("Hvor er den?", "Hvem ved det?"):
        answered(asked(people.anne, title), people.jonas)
    clock.moment = copenhagen(19, 5, 59)
    assert prepared() == []
    clock.moment = copenhagen(19, 6)
    (digest,) = prepared()
    assert (digest.person_id, digest.purpose, digest.due_at) == (
        people.anne.id, "daily", clock.moment,
    )  # fmt: skip
    assert {notice.mail_id for notice in notices(people.anne)} == {digest.id}
    clock.forward(minutes=1)
    assert len(prepared()) == 1
    sent()
    (message,) = office.messages()
    assert message["Subject"] == "Dagens overblik"
    assert text_of(office).count("Nyt svar på dit spørgsmål\n") == 2


def test_the_weekly_one_comes_on_monday(people, clock, office):
    choose(people.anne, "answer", "weekly")
    answered(asked(people.anne), people.jonas)
    for day in (19, 20, 21, 22):
        clock.moment = copenhagen(day, 6)
        assert [each.purpose for each in prepared()] == []
    clock.moment = copenhagen(23, 6)
    assert {each.purpose for each in prepared()} == {"weekly"}


def test_nothing_new_is_no_mail(people, clock, office):
    clock.moment = copenhagen(19, 6)
    assert prepared() == []
    clock.moment = copenhagen(23, 6)
    assert prepared() == []


def test_the_thanks_of_the_hospital_alone_are_no_mail(people, clock, office):
    reply = answered(asked(people.anne), people.jonas)
    give_thanks(reply, by=people.anne)
    for person in (people.anne, people.jonas):
        read(person)
    clock.moment = copenhagen(23, 6)
    in_transaction(_all_have_seen)
    prepared()
    assert to(people.karim) == []


def _all_have_seen():
    rows = db.session.query(Person.id).all()
    for row in rows:
        seen = ThreadVisit(person_id=row.id, question_id=1, seen_at=the_clock.now())
        db.session.add(seen)


def test_the_week_in_sections(people, clock, office):
    system = make_system("EPJ")
    follow_system(system, by=people.karim)
    follow_system(system, by=people.jonas)
    mine = asked(people.karim, "Hvad er mit?", system_slug=system.slug)
    answered(mine, people.jonas)
    open_one = asked(people.anne, "Hvem ved det?", system_slug=system.slug)
    open_two = asked(people.anne, "Hvor er den?", system_slug=system.slug)
    answered(open_two, people.jonas)
    colleague = make_person("pia", "Pia Holm", "portør", "Portørcentralen")
    solved = asked(colleague, "Hvordan gør man?")
    reply = answered(solved, people.jonas)
    accept_answer(reply, by=colleague)
    give_thanks(reply, by=colleague)
    read(people.karim)
    clock.moment = copenhagen(23, 6)
    prepared()
    sent()
    number = office.recipients().index("karim@hospital.example")
    text = text_of(office, number)
    headings = [line for line in text.splitlines() if line and not line.strip("=")]
    assert len(headings) == 4
    places = [
        text.index(words)
        for words in (
            "Nye svar på dine spørgsmål\n====", f"/s/{mine.id}\n",
            "Kan du hjælpe her?\n====", "Spørgsmål uden svar om EPJ", f"/s/{open_one.id}\n",
            "Spørgsmål om EPJ", f"/s/{open_two.id}\n",
            "Det har din afdeling lært i denne uge\n====", f"/s/{solved.id}\n",
            "Flest sagde tak for\n====", "1 tak for svar",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert "Pia" not in text and "Jonas" not in text
    assert office.messages()[number]["Subject"] == "Ugens overblik"


def test_what_one_has_seen_answered_or_asked_is_not_offered(people, clock, office):
    system = make_system("EPJ")
    tag = in_transaction(lambda: tags_named(["notat"], by=db.session.merge(people.karim)))[0]
    follow_system(system, by=people.karim)
    follow_tag(tag, by=people.karim)
    asked(people.karim, "Mit eget?", system_slug=system.slug, tags=["notat"])
    answered(asked(people.anne, "Mit svar?", system_slug=system.slug), people.karim)
    closed = asked(people.anne, "Løst?", system_slug=system.slug)
    accept_answer(answered(closed, people.jonas), by=people.anne)
    read(people.karim)
    read(people.anne)
    clock.moment = copenhagen(23, 6)
    prepared()
    assert to(people.karim) == []
    both = asked(people.anne, "Om begge dele?", system_slug=system.slug, tags=["notat"])
    read(people.karim)
    clock.moment = copenhagen(30, 6)
    prepared()
    sent()
    number = office.recipients().index("karim@hospital.example")
    assert text_of(office, number).count(f"/s/{both.id}\n") == 1


@pytest.mark.parametrize("how", ["hide", "redact"])
def test_what_is_hidden_after_the_digest_was_made_is_not_in_it(people, clock, office, how):
    system = make_system("EPJ")
    follow_system(system, by=people.karim)
    question = asked(people.anne, system_slug=system.slug)
    answered(question, people.jonas)
    clock.moment = copenhagen(23, 6)
    assert to(people.karim) == [] and prepared()
    verb = {
        "hide": lambda: hide(question, by=people.mogens, because="Grim"),
        "redact": lambda: redact(question, by=people.mogens),
    }[how]
    verb()
    sent()
    assert not any(f"/s/{question.id}\n" in text_of(office, n) for n in range(len(office.kept)))
    assert to(people.karim)[0].state == "dropped"


def test_after_an_outage_there_is_one_digest_with_everything(people, clock, mail, office):
    up = mail["MAIL_PORT"]
    mail["MAIL_PORT"] = free_port()
    choose(people.anne, "answer", "daily")
    for day in (19, 20):
        answered(asked(people.anne, f"Spørgsmål nr. {day}?"), people.jonas)
        clock.moment = copenhagen(day, 6)
        prepared()
        sent()
    assert [each.state for each in to(people.anne)] == ["waiting"]
    mail["MAIL_PORT"] = up
    clock.moment = copenhagen(20, 8)
    sent()
    assert len(office.kept) == 1
    assert text_of(office).count("Nyt svar på dit spørgsmål\n") == 2


def test_a_morning_without_a_sweeper_is_made_up_for_once(people, clock, office):
    choose(people.anne, "answer", "daily")
    answered(asked(people.anne), people.jonas)
    clock.moment = copenhagen(22, 14)
    assert len(prepared()) == 1
    clock.moment = copenhagen(22, 15)
    assert len(prepared()) == 1


def test_a_digest_is_held_by_quiet_hours_and_a_holiday(people, clock, office):
    for person in (people.anne, people.karim):
        choose(person, "answer", "daily")
        answered(asked(person), people.jonas)
    settings(people.anne, quiet_from=22, quiet_to=8)
    settings(people.karim, paused_until=copenhagen(27, 0))
    clock.moment = copenhagen(19, 6)
    due = {mail.person_id: mail.due_at for mail in prepared()}
    assert due == {people.anne.id: copenhagen(19, 8), people.karim.id: copenhagen(27, 0)}


def test_read_and_switched_off_is_not_told(people, clock, office):
    for person in (people.anne, people.karim):
        choose(person, "answer", "daily")
        answered(asked(person), people.jonas)
    clock.moment = copenhagen(19, 6)
    assert len(prepared()) == 2
    read(people.anne)
    choose(people.karim, "answer", "off")
    sent()
    assert {mail.state for mail in outbox() if mail.purpose == "daily"} == {"dropped"}


def test_who_wants_no_overview_gets_notices_alone(people, clock, office):
    system = make_system("EPJ")
    for person in (people.karim, people.bodil):
        follow_system(system, by=person)
        choose(person, "overview", "off")
    choose(people.karim, "question", "weekly")
    asked(people.anne, system_slug=system.slug)
    clock.moment = copenhagen(23, 6)
    prepared()
    assert to(people.bodil) == [] or to(people.bodil)[0].purpose == "daily"
    sent()
    number = office.recipients().index("karim@hospital.example")
    assert "Kan du hjælpe her?" not in text_of(office, number)
    assert "Nyt spørgsmål om EPJ" in text_of(office, number)


def test_several_notices_of_a_thread_are_one_thing(people, clock, office):
    choose(people.anne, "answer", "daily")
    question = asked(people.anne)
    for by in (people.jonas, people.karim, people.bodil):
        answered(question, by)
    clock.moment = copenhagen(19, 6)
    text = delivered(office)
    assert "3 nyheder i en tråd\nNyt svar på dit spørgsmål\n" in text
    assert text.count(f"/s/{question.id}\n") == 1


def test_more_threads_than_are_shown_are_counted(people, clock, office):
    choose(people.anne, "answer", "daily")
    change_setting("posts_per_minute", "100", by=None, by_id=None)
    for number in range(22):
        answered(asked(people.anne, f"Spørgsmål nr. {number}?"), people.jonas)
    clock.moment = copenhagen(19, 6)
    assert "2 tråde mere\nhttps://midtlink.example/beskeder\n" in delivered(office)


def test_who_has_left_or_was_refused_gets_none_and_is_not_due_at_once_later(people, clock, office):
    for person in (people.anne, people.karim):
        choose(person, "answer", "daily")
        answered(asked(person), people.jonas)
    routed()
    leave(people.anne)
    settings(people.karim, refused_at=clock.moment)
    clock.moment = copenhagen(19, 6)
    assert prepared() == []
    settings(people.karim, refused_at=None)
    clock.moment = copenhagen(19, 14)
    assert prepared() == []


def test_who_is_new_gets_the_next_one_and_not_the_last(people, clock, office):
    clock.moment = copenhagen(19, 14)
    pia = make_person("pia", "Pia Holm", "portør", "Portørcentralen")
    choose(pia, "answer", "daily")
    answered(asked(pia), people.jonas)
    assert prepared() == []
    clock.moment = copenhagen(20, 6)
    assert [mail.person_id for mail in prepared()] == [pia.id]


def test_who_has_no_address_is_not_noted_at_all(people, clock, office):
    jens = make_person("jens", "Jens Juul", "portør", "Portørcentralen")
    jens_id = jens.id
    in_transaction(lambda: setattr(db.session.get(Person, jens_id), "email", None))
    make_digests()
    assert db.session.get(NoticeSettings, jens_id) is None


def test_without_a_mail_server_none_is_made_then_or_later(people, clock, mail, office):
    choose(people.anne, "answer", "daily")
    answered(asked(people.anne), people.jonas)
    mail["MAIL_HOST"] = ""
    clock.moment = copenhagen(19, 6)
    assert prepared() == []
    mail["MAIL_HOST"] = "127.0.0.1"
    clock.moment = copenhagen(19, 9)
    assert prepared() == []


def test_titles_stay_in_the_house_in_digests_too(people, clock, office):
    system = make_system("EPJ")
    follow_system(system, by=people.karim)
    asked(people.anne, "Hvor er kanariefuglen?", system_slug=system.slug)
    for shows, day in (("off", 23), ("on", 30)):
        change_setting("mail_shows_titles", shows, by=None, by_id=None)
        clock.moment = copenhagen(day, 6)
        asked(people.anne, "Hvor er kanariefuglen?", system_slug=system.slug)
        text = delivered(office)
        assert ("kanariefuglen" in text) is (shows == "on")


@pytest.mark.parametrize("count", [3, 60])
def test_the_statements_do_not_grow_with_the_people(people, clock, office, count):
    system = make_system("EPJ")
    for number in range(count):
        person = make_person(f"k{number}", f"Kollega {number}", "læge", "Medicinsk Afdeling")
        follow_system(system, by=person)
        choose(person, "question", "off")
    make_digests()
    asked(people.anne, system_slug=system.slug)
    clock.moment = copenhagen(23, 6)
    routed()
    with counted() as statements:
        make_digests()
    made = [mail for mail in outbox() if mail.purpose == "weekly"]
    assert len(made) == count
    assert len(statements) < 30


@pytest.mark.parametrize(
    ("cadence", "moment", "slot"),
    [
        ("daily", copenhagen(18, 6), copenhagen(18, 6)),
        ("daily", copenhagen(18, 5, 59), copenhagen(17, 6)),
        ("weekly", copenhagen(23, 6), copenhagen(23, 6)),
        ("weekly", copenhagen(23, 5, 59), copenhagen(16, 6)),
        ("weekly", copenhagen(22, 23), copenhagen(16, 6)),
        # The clocks change on the 25th of October.
        ("daily", copenhagen(25, 7, month=10), copenhagen(25, 6, month=10)),
        (
            "daily",
            copenhagen(24, 7, month=10, summer=True),
            copenhagen(24, 6, month=10, summer=True),
        ),
    ],
)
def test_digests_are_made_at_six_by_the_clocks_of_the_hospital(app, cadence, moment, slot):
    assert last_slot(cadence, moment) == slot


def test_the_period_is_a_week(people, clock, office):
    system = make_system("EPJ")
    follow_system(system, by=people.karim)
    choose(people.karim, "question", "off")
    asked(people.anne, system_slug=system.slug)
    clock.moment = copenhagen(18, 15) + timedelta(days=12)
    settings(people.karim, weekly_at=clock.moment - timedelta(days=7))
    clock.moment = copenhagen(30, 6)
    prepared()
    assert to(people.karim) == []
