"""An asker thanks for an answer, once, and takes it back."""

import pytest

from midtlink.access import NotAllowed
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.guarding import fingerprint
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.people.models import Person
from midtlink.privacy import PatientDataFound
from midtlink.questions import pacing
from midtlink.questions.deleting import delete
from midtlink.questions.events import ImportDropped
from midtlink.questions.models import Post
from midtlink.refusals import Refused, TooMany
from midtlink.reputation.records import Thanks
from midtlink.reputation.sweeping import forget_thanks
from midtlink.reputation.thanking import give_thanks, restore_thanks, withdraw_thanks
from midtlink.reputation.thanks import list_thanks_to
from tests.questions.threads import answered, asked, at_once, rows

pytestmark = pytest.mark.both_databases

NUMBER = "010190-1234"


@pytest.fixture
def reply(cast):
    return answered(asked(cast.anne), cast.jonas)


def standing():
    db.session.rollback()
    return rows(Thanks, withdrawn_at=None)


def thanks_to(person, seen_by):
    db.session.rollback()
    return [row.message for row, _ in list_thanks_to(person, seen_by=seen_by, limit=9).rows]


def entries():
    return db.session.query(JournalEntry).order_by(JournalEntry.id).all()


def acts():
    return [entry.act for entry in entries()]


def test_the_asker_thanks_with_a_few_words_and_gives_no_points(cast, reply):
    give_thanks(reply, message="  Tak, det reddede\nvagten ", by=cast.anne)
    (row,) = standing()
    assert (row.by_id, row.to_id, row.message) == (
        cast.anne.id,
        cast.jonas.id,
        "Tak, det reddede vagten",
    )
    assert acts()[-1] == "ThanksGiven"
    assert db.session.get(Person, cast.jonas.id).points == 0


def test_thanking_again_changes_nothing(cast, reply):
    give_thanks(reply, message="Tak", by=cast.anne)
    give_thanks(reply, message="Mange tak", by=cast.anne)
    assert [row.message for row in standing()] == ["Tak"]
    assert acts().count("ThanksGiven") == 1


def test_two_presses_at_once_are_one_thanks(app, cast, reply):
    at_once(app, give_thanks, reply, [cast.anne] * 5, message="Tak")
    assert len(standing()) == 1


def test_a_moderator_takes_thanks_away_with_their_words(cast, reply):
    row = give_thanks(reply, message="Tak for hjælpen med Hr. Hansen", by=cast.anne)
    withdraw_thanks(reply, by=cast.mogens)
    assert (row.message, standing()) == ("", [])
    assert (last := entries()[-1]).act == "ThanksWithdrawn" and last.by_id == cast.mogens.id
    restore_thanks(reply, by=cast.anne)
    assert [row.message for row in standing()] == [""]


def test_words_that_were_taken_back_are_forgotten_a_day_later(cast, reply, clock):
    kept = give_thanks(answered(reply.question, cast.karim), message="Også tak", by=cast.anne)
    row = give_thanks(reply, message="Tak", by=cast.anne)
    withdraw_thanks(reply, by=cast.anne)
    clock.forward(days=1)
    forget_thanks()
    assert row.message == "Tak"
    clock.forward(seconds=1)
    forget_thanks()
    db.session.expire_all()
    assert (row.message, kept.message) == ("", "Også tak")


def test_who_thanks_too_fast_waits(cast, clock, monkeypatch):
    monkeypatch.setitem(pacing.PACES, "thanks", 2)
    question = asked(cast.anne)
    first, second, third = (answered(question, cast.jonas) for _ in range(3))
    for post in (first, second):
        give_thanks(post, by=cast.anne)
    with pytest.raises(TooMany):
        give_thanks(third, by=cast.anne)
    give_thanks(first, by=cast.anne)
    clock.forward(minutes=pacing.PACE_MINUTES)
    give_thanks(third, by=cast.anne)


@pytest.mark.parametrize("name", ["jonas", "karim", "bodil", "astrid"])
def test_nobody_but_the_asker_thanks_or_takes_it_back(cast, reply, name):
    for verb in (give_thanks, withdraw_thanks, restore_thanks):
        with pytest.raises(NotAllowed):
            verb(reply, by=getattr(cast, name))
    with pytest.raises(NotAllowed):
        give_thanks(reply, by=None)


def test_nobody_thanks_for_an_answer_of_their_own(cast):
    with pytest.raises(NotAllowed):
        give_thanks(answered(asked(cast.anne), cast.anne), by=cast.anne)


@pytest.mark.parametrize("verb", ["hide", "delete", "redact"])
def test_nobody_thanks_for_what_cannot_be_read(cast, reply, verb):
    if verb == "delete":
        delete(reply, by=cast.jonas)
    else:
        {"hide": lambda: hide(reply, by=cast.mogens, because="Grim"),
         "redact": lambda: redact(reply, by=cast.mogens)}[verb]()  # fmt: skip
    with pytest.raises(NotAllowed):
        give_thanks(reply, by=cast.anne)


def test_an_answer_without_a_colleague_is_not_thanked_for(cast, reply):
    in_transaction(lambda: setattr(db.session.get(Post, reply.id), "author_id", None))
    with pytest.raises(NotAllowed):
        give_thanks(reply, by=cast.anne)


def test_a_long_message_is_refused(cast, reply):
    give_thanks(answered(reply.question, cast.karim), message="x" * 200, by=cast.anne)
    with pytest.raises(Refused):
        give_thanks(reply, message="x" * 201, by=cast.anne)


def test_a_cpr_number_is_stopped_and_overruling_it_is_told(cast, reply):
    with pytest.raises(PatientDataFound) as stopped:
        give_thanks(reply, message=f"Tak for {NUMBER}", by=cast.anne)
    prints = [fingerprint(find) for find in stopped.value.finds]
    give_thanks(reply, message=f"Tak for {NUMBER}", by=cast.anne, not_cpr=prints)
    assert acts()[-1] == "ThanksGuardOverruled"
    assert len(standing()) == 1


def test_taking_back_and_giving_again_keeps_the_words(cast, reply):
    give_thanks(reply, message="Tak", by=cast.anne)
    withdraw_thanks(reply, by=cast.anne)
    withdraw_thanks(reply, by=cast.anne)
    assert standing() == []
    restore_thanks(reply, by=cast.anne)
    restore_thanks(reply, by=cast.anne)
    assert [row.message for row in standing()] == ["Tak"]
    assert acts()[-2:] == ["ThanksWithdrawn", "ThanksRestored"]


def test_taking_back_what_was_never_given_changes_nothing(cast, reply):
    withdraw_thanks(reply, by=cast.anne)
    restore_thanks(reply, by=cast.anne)
    assert rows(Thanks) == []


def test_a_new_thanks_after_a_withdrawn_one_is_what_stands(cast, reply):
    give_thanks(reply, message="Tak", by=cast.anne)
    withdraw_thanks(reply, by=cast.anne)
    give_thanks(reply, message="Mange tak", by=cast.anne)
    restore_thanks(reply, by=cast.anne)
    assert [row.message for row in standing()] == ["Mange tak"]


@pytest.mark.parametrize("whole", [False, True])
def test_removing_a_text_removes_the_words_of_its_thanks(cast, reply, whole):
    other = answered(reply.question, cast.karim)
    for answer in (reply, other):
        give_thanks(answer, message="Tak til fru Hansen", by=cast.anne)
    withdraw_thanks(reply, by=cast.anne)
    redact(reply.question if whole else reply, by=cast.mogens)
    db.session.expire_all()
    words = {row.answer_id: row.message for row in rows(Thanks)}
    assert words == {reply.id: "", other.id: "" if whole else "Tak til fru Hansen"}


def test_thanks_are_listed_only_where_the_answer_may_be_read(cast, reply):
    give_thanks(reply, message="Tak", by=cast.anne)
    assert thanks_to(cast.jonas, cast.karim) == ["Tak"]
    hide(reply, by=cast.mogens, because="Grim")
    assert thanks_to(cast.jonas, cast.karim) == thanks_to(cast.jonas, cast.jonas) == []
    assert thanks_to(cast.jonas, cast.mogens) == ["Tak"]


def test_thanks_hide_with_the_question(cast, reply):
    give_thanks(reply, message="Tak", by=cast.anne)
    hide(reply.question, by=cast.mogens, because="Grim")
    assert thanks_to(cast.jonas, cast.karim) == []


def test_an_import_may_drop_an_answer_that_was_thanked_for(cast, reply):
    other = answered(reply.question, cast.karim)
    for answer in (reply, other):
        give_thanks(answer, message="Tak", by=cast.anne)
    fact = ImportDropped(by_id=None, origin="dump", post_ids=(reply.id,))
    in_transaction(lambda: publish(fact))
    assert [row.answer_id for row in rows(Thanks)] == [other.id]
