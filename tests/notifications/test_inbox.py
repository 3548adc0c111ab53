"""The inbox: what one sees of it, reading it, putting it aside, muting a thread."""

import pytest

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.notifications.models import Notice
from midtlink.notifications.queries import list_inbox
from midtlink.notifications.reading import mark_read, mark_unread, mute, next_morning, put_aside
from midtlink.people.models import Person
from midtlink.people.signing_in import find_signed_in
from midtlink.questions.commenting import comment
from midtlink.questions.viewing import count_view, flush_views
from midtlink.refusals import BadInput
from midtlink.reputation.events import BadgesAwarded
from midtlink.reputation.records import BadgeAward
from tests.questions.threads import answered, asked, rows, staff
from tests.world.statements import statements_of
from tests.world.visit import sign_in_row

pytestmark = pytest.mark.both_databases
LAST = 2**31 - 1


@pytest.fixture
def question(cast):
    return asked(cast.anne)


@pytest.fixture
def reply(cast, question):
    return answered(question, cast.jonas)


def sent(page, address, holding="key"):
    """What a form of the page sends, but the token."""
    fields = page.form(address, holding)
    return {name: fields[name] for name in fields if name != "csrf_token"}


def inbox(person, which="alle", **more):
    db.session.rollback()
    return list_inbox(which, of=person, **more).rows


def unread(person):
    """The number in the header, as the sign-in carries it."""
    token = sign_in_row(person)
    db.session.expire_all()
    return find_signed_in(token).person.unread


def test_a_thread_stands_once_with_what_happened_in_it(cast, question, reply):
    comment(reply, body="Hvor?", by=cast.karim)
    (thread,) = inbox(cast.anne)
    assert thread.question is question
    assert [notice.kind for notice in thread.notices] == ["followed_comment", "answer"]
    assert (thread.new_count, thread.others, unread(cast.anne)) == (2, 0, 1)


def test_older_notices_of_a_thread_are_counted(cast, question):
    for person in staff(7):
        answered(question, person)
    (thread,) = inbox(cast.anne)
    assert (len(thread.notices), thread.others) == (5, 2)


def test_badges_stand_together(cast, question):
    awards = [BadgeAward(person_id=cast.anne.id, badge=key, awarded_at=clock.now())
              for key in ("solver", "first_answer", "first_question")]  # fmt: skip
    in_transaction(lambda: db.session.add_all(awards))
    fact = BadgesAwarded(by_id=None, award_ids=tuple(each.id for each in awards))
    in_transaction(lambda: publish(fact))
    (thread,) = inbox(cast.anne)
    assert (thread.key, thread.new_count, unread(cast.anne)) == (0, 3, 1)
    mark_read(by=cast.anne, until=thread.newest_id, key=0)
    assert unread(cast.anne) == 0


def test_pages_go_on_where_the_last_one_ended(cast):
    questions = [asked(cast.anne, title=f"Spørgsmål nummer {number}") for number in range(5)]
    for question in questions:
        answered(question, cast.jonas)
    first = list_inbox("alle", of=cast.anne, size=3)
    second = list_inbox("alle", of=cast.anne, cursor=first.next_cursor, size=3)
    found = [thread.question for thread in (*first.rows, *second.rows)]
    assert found == questions[::-1] and second.next_cursor is None


def test_what_is_read_is_new_no_more_and_can_be_again(cast, question, reply):
    (thread,) = inbox(cast.anne)
    mark_read(by=cast.anne, until=thread.newest_id, key=thread.key)
    assert (unread(cast.anne), inbox(cast.anne, "nye")) == (0, [])
    assert inbox(cast.anne)[0].new_count == 0
    mark_unread(by=cast.anne, until=thread.newest_id, key=thread.key)
    assert (unread(cast.anne), len(inbox(cast.anne, "nye"))) == (1, 1)


def test_what_came_meanwhile_stays_new(cast, question, reply):
    (thread,) = inbox(cast.anne)
    answered(question, cast.karim)
    mark_read(by=cast.anne, until=thread.newest_id)
    assert (unread(cast.anne), inbox(cast.anne)[0].new_count) == (1, 1)


def test_who_looks_at_a_thread_has_read_what_they_were_told_of(cast, clock, question, reply):
    other = asked(cast.anne)
    answered(other, cast.jonas)
    clock.forward(seconds=1)
    count_view(question.id, cast.anne.id)
    count_view(other.id, cast.karim.id)
    clock.forward(seconds=1)
    answered(question, cast.karim)
    flush_views()
    new = {thread.key: thread.new_count for thread in inbox(cast.anne)}
    assert new == {question.id: 1, other.id: 1}


def test_nobody_reads_for_another(cast, question, reply):
    mark_read(by=cast.jonas, until=LAST)
    mark_read(by=cast.karim, until=LAST, key=question.id)
    assert unread(cast.anne) == 1
    with pytest.raises(NotAllowed):
        mark_read(by=None, until=LAST)


def test_what_is_put_aside_comes_back_in_the_morning(cast, question, reply, clock):
    (thread,) = inbox(cast.anne)
    put_aside(by=cast.anne, until=thread.newest_id, key=thread.key)
    assert (unread(cast.anne), inbox(cast.anne, "nye")) == (0, [])
    assert [each.key for each in inbox(cast.anne, "senere")] == [question.id]
    clock.forward(hours=7, minutes=19)  # It is 6.59 in Copenhagen, in winter.
    assert unread(cast.anne) == 0
    clock.forward(minutes=1)
    assert (unread(cast.anne), inbox(cast.anne, "senere")) == (1, [])


@pytest.mark.parametrize(
    ("moment", "hours"), [("22:40", 7 + 1 / 3), ("05:30", 24 + 0.5), ("12:00", 18)]
)
def test_the_morning_is_the_next_one(app, clock, moment, hours):
    hour, minute = (int(part) for part in moment.split(":"))
    clock.moment = clock.moment.replace(hour=hour, minute=minute)
    assert (next_morning() - clock.moment).total_seconds() == pytest.approx(hours * 3600)


def test_what_one_may_not_read_stands_in_no_inbox(cast, question, reply):
    hide(reply, by=cast.mogens)
    assert (inbox(cast.anne), unread(cast.anne)) == ([], 0)


def test_rights_are_asked_again_whatever_the_notice_says(cast, question, reply):
    hide(question, by=cast.mogens)
    undo = {Notice.is_away: False}
    in_transaction(lambda: db.session.query(Notice).update(undo))
    assert inbox(cast.anne) == []


def test_a_muted_thread_says_so(cast, question, reply):
    mute(question, by=cast.anne)
    assert inbox(cast.anne)[0].is_muted
    with pytest.raises(NotAllowed):
        mute(question, by=None)


def test_the_inbox_cannot_be_narrowed_to_anything(cast):
    with pytest.raises(BadInput):
        list_inbox("slettede", of=cast.anne)


def test_a_page_says_what_happened_and_why(visit, cast, question, reply, clock):
    clock.forward(minutes=5)
    page = visit.get("/beskeder", as_=cast.anne)
    assert question.title in page.text
    assert "Nyt svar på dit spørgsmål" in page.text and "Jonas Holt" in page.text
    assert "Fordi du har stillet spørgsmålet." in page.text
    assert f'href="/post/{reply.id}"' in page.html
    assert "Højreklik" not in page.html
    visit.post("/beskeder/laest", as_=cast.anne, **sent(page, "/beskeder/laest"))
    assert unread(cast.anne) == 0
    page = visit.get("/beskeder", as_=cast.anne)
    visit.post("/beskeder/ulaest", as_=cast.anne, **sent(page, "/beskeder/ulaest"))
    assert unread(cast.anne) == 1
    visit.post("/beskeder/laest", as_=cast.anne, until=LAST)
    assert unread(cast.anne) == 0


@pytest.mark.parametrize("which", ["alle", "nye", "senere"])
def test_an_empty_inbox_says_what_will_stand_there(visit, cast, which):
    page = visit.get(f"/beskeder?vis={which}", as_=cast.karim)
    assert page.tree.find(".//div[@class='empty']") is not None


def test_a_thread_is_muted_from_the_inbox_and_that_is_taken_back(visit, cast, question, reply):
    address = f"/q/{question.id}/stilhed"
    page = visit.get("/beskeder", as_=cast.anne)
    visit.post(address, as_=cast.anne, **sent(page, address, "wanted"))
    page = visit.get("/beskeder", as_=cast.anne)
    assert "Lydløs" in page.text
    visit.post(address, as_=cast.anne, **sent(page, address, "wanted"))
    assert "Lydløs" not in visit.get("/beskeder", as_=cast.anne).text


@pytest.mark.parametrize("field", ["x", "", "-", "1e9", "99999999999", "²", "--1", "0x1"])
def test_numbers_that_no_page_sends_are_refused(visit, cast, field):
    visit.post("/beskeder/laest", as_=cast.anne, status=400, until=field)
    visit.post("/beskeder/senere", as_=cast.anne, status=400, until="1", key=field)


def test_the_number_is_told_once_and_then_in_a_word(visit, cast, question, reply):
    first = visit.client(cast.anne).get("/beskeder/antal")
    assert first.json == {"number": 1}
    known = {"If-None-Match": first.headers["ETag"]}
    again = visit.client(cast.anne).get("/beskeder/antal", headers=known)
    assert (again.status_code, again.data) == (304, b"")
    answered(asked(cast.anne), cast.jonas)
    assert visit.client(cast.anne).get("/beskeder/antal", headers=known).json == {"number": 2}


def test_the_inbox_costs_the_same_with_many(visit, cast, clock):
    answered(asked(cast.anne), cast.jonas)
    visit.get("/beskeder", as_=cast.anne)
    few = statements_of(visit, "/beskeder", cast.anne)
    for _ in range(12):
        clock.forward(seconds=40)
        answered(asked(cast.anne), cast.jonas)
    assert statements_of(visit, "/beskeder", cast.anne) == few


def test_who_left_is_not_counted_for(cast, question, reply):
    in_transaction(lambda: setattr(db.session.get(Person, cast.anne.id), "is_active", False))
    with pytest.raises(NotAllowed):
        mark_read(by=db.session.get(Person, cast.anne.id), until=LAST)
    assert rows(Notice)[0].read_at is None
