"""Who leaves the database with a later dump of their site takes points and badges along."""

import pytest
from sqlalchemy import select

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.importing.stackexchange import import_dump
from midtlink.moderation.hiding import hide
from midtlink.people.models import Person
from midtlink.reputation.ledger.rebuilding import check
from midtlink.reputation.models import Entry, Fact
from midtlink.reputation.records import BadgeAward, BadgeCheck, Thanks
from midtlink.topics.models import TopicStanding
from tests.importing.dumps import answer, question, small_site, user, vote
from tests.importing.test_later_dumps import kept_lines, post
from tests.questions.threads import rows

pytestmark = pytest.mark.both_databases
WITHOUT_IDA = {"Posts": [question(1), question(4)], "Users": [user(7)], "Comments": []}


def imported(key):
    """The imported person with a number there, or None."""
    db.session.rollback()
    return db.session.scalars(select(Person).where(Person.origin_key == str(key))).one_or_none()


def a_badge_and_a_check(person_id):
    def work():
        db.session.merge(BadgeCheck(person_id=person_id, queued_at=clock.now()))
        db.session.add(BadgeAward(person_id=person_id, badge="answerer", awarded_at=clock.now()))

    in_transaction(work)


@pytest.fixture
def site(app, tmp_path):
    """A site where Ida's answers brought her points, and badges here."""
    import_dump(small_site(tmp_path / "beer", Votes=[vote(1, 1), vote(2, 5), vote(3, 3, 1)]))
    ida = imported(8)
    assert ida.points > 0 and rows(Fact, helper_id=ida.id)
    a_badge_and_a_check(ida.id)
    return tmp_path / "beer"


def test_who_is_gone_leaves_no_points_no_facts_and_no_badge(site):
    gone = imported(8).id
    import_dump(small_site(site, Votes=[vote(1, 1)], **WITHOUT_IDA))
    assert imported(8) is None
    assert not rows(Fact, helper_id=gone)
    assert db.session.query(Entry).filter_by(person_id=gone).count() == 0
    assert db.session.query(TopicStanding).filter_by(person_id=gone).count() == 0
    assert db.session.query(BadgeAward).count() == 0
    assert not check()


def test_who_stays_keeps_the_entries_of_their_own(site):
    kept = imported(7)
    assert kept.points == 5 + 2
    import_dump(small_site(site, Votes=[vote(1, 1)], **WITHOUT_IDA))
    assert imported(7).points == 5
    entries = db.session.query(Entry).filter_by(person_id=kept.id)
    assert [(entry.rule, entry.sign) for entry in entries.order_by(Entry.fact_id)] == [
        ("good", 1),
        ("accepting", 1),
        ("accepting", -1),
    ]


def test_a_gone_asker_is_named_by_no_fact(app, tmp_path):
    fewer = [question(1, OwnerUserId=9), answer(2, 1)]
    votes = [vote(1, 2), vote(2, 2, 1)]
    first = small_site(
        tmp_path / "beer", Posts=fewer, Users=[user(8), user(9)], Votes=votes, Comments=[]
    )
    import_dump(first)
    gone = imported(9).id
    fewer[0].pop("OwnerUserId")
    import_dump(
        small_site(tmp_path / "beer", Posts=fewer, Users=[user(8)], Votes=votes, Comments=[])
    )
    assert imported(9) is None
    assert rows(Fact, helper_id=imported(8).id)
    assert not rows(Fact, asker_id=gone)
    assert imported(8).points > 0
    assert not check()


def test_who_was_thanked_here_stays_with_the_answer(site, cast):
    anne, reply = cast.anne, post("answer", 5)
    thanks = Thanks(answer_id=reply.id, by_id=anne.id, to_id=reply.author_id, given_at=clock.now())
    in_transaction(lambda: db.session.add(thanks))
    report = import_dump(small_site(site, Votes=[vote(1, 1)], **WITHOUT_IDA))
    assert "thanked for" in kept_lines(report, "answer 5")[0]
    assert imported(8) is not None


def test_what_a_moderator_hid_stays_with_its_facts(site, cast):
    mogens = cast.mogens
    in_transaction(lambda: hide(post("answer", 5), by=mogens, because="upassende"))
    import_dump(small_site(site, Votes=[vote(1, 1)], **WITHOUT_IDA))
    assert imported(8) is not None
    assert not check()
