"""Mails that were given up: administrators see to whom and why, and send them again."""

from datetime import timedelta

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.models import NoticeSettings
from midtlink.notifications.records import OutgoingMail
from midtlink.notifications.sweeping import forget_mail
from midtlink.settings.changing import change_setting
from tests.notifications.outbox import notices, outbox, sent
from tests.notifications.post_office import free_port
from tests.questions.threads import answered, asked
from tests.world.statements import statements_of

PAGE, ALL = "/administration/post", "/administration/post/igen"
CANARY = "kanariefugl-8813"


@pytest.fixture
def dead(cast, clock, office):
    """Mails to Anne and Jonas that their server has refused for good."""
    office.mood = "550"
    change_setting("mail_shows_titles", "on", by=None, by_id=None)
    answered(asked(cast.anne, f"Hvor er {CANARY}?"), cast.karim)
    answered(asked(cast.jonas), cast.karim)
    mails = sent()
    office.mood = "accepting"
    return mails


def test_the_page_says_to_whom_and_why_and_not_what(visit, cast, dead):
    page = visit.get(PAGE, as_=cast.astrid)
    assert "Anne Mikkelsen" in page.text and "Jonas Holt" in page.text
    assert "550 5.1.1 No such mailbox" in page.text
    assert CANARY not in page.html


def test_what_waits_stands_on_a_list_of_its_own(visit, cast, clock, mail, office):
    mail["MAIL_PORT"] = free_port()
    answered(asked(cast.anne), cast.karim)
    sent()
    assert "Ingen mail er opgivet" in visit.get(PAGE, as_=cast.astrid).text
    page = visit.get(f"{PAGE}?vis=venter", as_=cast.astrid)
    assert "Anne Mikkelsen" in page.text and "refused" in page.text
    visit.get(f"{PAGE}?vis=x", as_=cast.astrid, status=400)


@pytest.mark.both_databases
def test_one_is_sent_again_and_its_address_with_it(visit, cast, office, dead):
    visit.post(f"{PAGE}/{dead[0].id}/igen", as_=cast.astrid)
    assert [mail.state for mail in sent()] == ["sent", "dead"]
    assert db.session.get(NoticeSettings, cast.anne.id).refused_at is None
    assert db.session.get(NoticeSettings, cast.jonas.id).refused_at is not None
    assert office.messages()[0]["Message-ID"] == f"<{dead[0].message_id}>"


@pytest.mark.both_databases
def test_all_are_sent_again(visit, cast, office, dead):
    visit.post(ALL, as_=cast.astrid)
    assert [mail.state for mail in sent()] == ["sent", "sent"]
    entry = db.session.query(JournalEntry).filter_by(act="MailsRetried").one()
    assert (entry.by_id, entry.facts) == (cast.astrid.id, {"count": 2})


def test_sending_again_what_was_sent_changes_nothing(visit, cast, office, dead):
    for _ in range(2):
        visit.post(f"{PAGE}/{dead[0].id}/igen", as_=cast.astrid)
        sent()
    assert len(office.kept) == 1
    visit.post(ALL, as_=cast.astrid)
    visit.post(ALL, as_=cast.astrid)
    assert "ingen mails at prøve igen" in visit.get(PAGE, as_=cast.astrid).text


def test_what_waits_is_tried_at_once(visit, cast, clock, mail, office):
    up = mail["MAIL_PORT"]
    mail["MAIL_PORT"] = free_port()
    answered(asked(cast.anne), cast.karim)
    (waiting,) = sent()
    mail["MAIL_PORT"] = up
    visit.post(f"{PAGE}/{waiting.id}/igen", as_=cast.astrid)
    assert [each.state for each in sent()] == ["sent"]


@pytest.mark.parametrize("name", ["anne", "bodil", "mogens"])
def test_nobody_but_administrators_looks_or_sends(visit, cast, dead, name):
    person = getattr(cast, name)
    visit.get(PAGE, as_=person, status=403)
    for path in (ALL, f"{PAGE}/{dead[0].id}/igen"):
        visit.post(path, as_=person, status=403)
    assert [each.state for each in outbox()] == ["dead", "dead"]


def test_a_mail_that_is_not_there_is_told_so(visit, cast, dead):
    visit.post(f"{PAGE}/999/igen", as_=cast.astrid, status=404)


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_costs_the_same_with_many(visit, cast, clock, mail, count):
    astrid = cast.astrid

    def fill():
        moments = dict.fromkeys(("made_at", "due_at", "next_at", "ended_at"), clock.moment)
        for number in range(count):
            row = OutgoingMail(
                person_id=astrid.id, purpose="notice", key=f"notice:{number}",
                message_id=f"{number}@midtlink.example", state="dead", **moments,
            )  # fmt: skip
            db.session.add(row)

    in_transaction(fill)
    assert statements_of(visit, PAGE, astrid) == 1
    assert visit.get(PAGE, as_=astrid).html.count("/igen") == min(count, 20) + 1


@pytest.mark.both_databases
def test_what_ended_a_month_ago_is_forgotten_and_its_notice_stays(cast, clock, dead):
    clock.forward(days=30)
    forget_mail()
    assert len(outbox()) == 2
    clock.forward(seconds=1)
    assert not forget_mail()
    assert outbox() == []
    assert notices(cast.anne)[0].mail_id is None
    assert clock.moment - notices(cast.anne)[0].happened_at > timedelta(days=30)
