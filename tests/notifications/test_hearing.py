"""Who hears what: each act by the verb that people press, and the notices that it leaves."""

import pytest

from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide, restore
from midtlink.moderation.redacting import redact
from midtlink.notifications.models import Notice, ThreadMute
from midtlink.notifications.votes import notice_votes
from midtlink.people.events import PeopleDropped
from midtlink.people.models import DepartmentFollow, Person, PersonFollow
from midtlink.questions.accepting import accept_answer, withdraw_acceptance
from midtlink.questions.answering import answer
from midtlink.questions.closing import close, close_as_duplicate
from midtlink.questions.commenting import comment
from midtlink.questions.confirming import confirm, withdraw_confirmation
from midtlink.questions.deleting import delete, undelete
from midtlink.questions.editing import edit
from midtlink.questions.events import ImportDropped
from midtlink.questions.following import follow
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.questions.suggesting import decide_suggestion, suggest_edit
from midtlink.reputation.thanking import give_thanks, restore_thanks, withdraw_thanks
from midtlink.search.events import SavedSearchMatched
from midtlink.topics.appointing import appoint
from midtlink.topics.following import follow_system, follow_tag
from midtlink.topics.models import Tag
from tests.questions.threads import answered, asked, at_once, rows, staff
from tests.topics.making import make_system
from tests.world.statements import written

pytestmark = pytest.mark.both_databases


def heard(kind=None):
    """Who hears of what, and why: (username, kind, reason), in their order."""
    db.session.rollback()
    found = db.session.query(Notice).order_by(Notice.id)
    return [
        (row.person.username, row.kind, row.reason) for row in found if kind in (None, row.kind)
    ]


@pytest.fixture
def question(cast):
    made = asked(cast.anne)
    db.session.query(Notice).delete()
    db.session.commit()
    return made


def test_the_asker_hears_of_an_answer_and_followers_otherwise(cast, question):
    follow(question, by=cast.karim)
    answered(question, cast.jonas)
    assert heard() == [("anne", "answer", "asked"), ("karim", "followed_answer", "thread")]


def test_who_answered_follows_and_nobody_hears_of_themselves(cast, question):
    answered(question, cast.jonas)
    answered(question, cast.karim)
    answered(question, cast.anne)
    assert heard() == [
        ("anne", "answer", "asked"),
        ("anne", "answer", "asked"),
        ("jonas", "followed_answer", "thread"),
        ("jonas", "followed_answer", "thread"),
        ("karim", "followed_answer", "thread"),
    ]


def test_a_comment_is_heard_by_who_takes_part(cast, question):
    reply = answered(question, cast.jonas)
    comment(reply, body="Hvor?", by=cast.karim)
    assert heard("comment") == [("jonas", "comment", "wrote")]
    assert heard("followed_comment") == [("anne", "followed_comment", "thread")]
    comment(reply, body="Øverst", by=cast.jonas)
    assert heard("comment")[1:] == [("karim", "comment", "thread")]


def test_a_question_is_heard_by_who_follows_what_it_is_about(cast):
    epj = make_system("EPJ")
    tag = Tag(name="print", created_at=cast.anne.created_at)
    rows_of = [
        tag,
        PersonFollow(
            person_id=cast.mogens.id, followed_id=cast.anne.id, followed_at=cast.anne.created_at
        ),
        DepartmentFollow(
            person_id=cast.bodil.id,
            department_id=cast.anne.department_id,
            followed_at=cast.anne.created_at,
        ),
    ]
    in_transaction(lambda: db.session.add_all(rows_of))
    follow_tag(tag, by=cast.jonas)
    follow_tag(tag, by=cast.karim)
    follow_system(epj, by=cast.karim)
    follow_system(epj, by=cast.anne)
    asked(cast.anne, tags=["print"], system_slug="epj")
    assert sorted(heard()) == [
        ("bodil", "question", "department"),
        ("jonas", "question", "tag"),
        ("karim", "question", "system"),
        ("mogens", "question", "person"),
    ]
    named = {row.person.username: row.reason_id for row in db.session.query(Notice)}
    assert named == {
        "bodil": cast.anne.department_id,
        "jonas": tag.id,
        "karim": epj.id,
        "mogens": cast.anne.id,
    }


def test_who_is_named_hears_once_by_name_as_super_user_or_with_the_department(cast, question):
    appoint(cast.bodil, system=make_system("EPJ"), by=cast.astrid)
    assert cast.karim and cast.mogens  # They are there before they are named.
    words = "@karim, @epj og @afd.akutafdelingen: @jonas har spurgt @karim"
    reply = answered(question, cast.jonas, body=words)
    assert sorted(heard("mention")) == [
        ("anne", "mention", "mentioned_department"),
        ("bodil", "mention", "team"),
        ("karim", "mention", "mention"),
    ]
    edit(reply, body=f"{words} igen, og @mogens", from_revision=1, by=cast.jonas)
    assert [each[0] for each in heard("mention")][3:] == ["mogens"]


def test_five_hundred_followers_cost_one_statement(cast):
    def statements_of_asking():
        db.session.expire_all()
        with written() as transactions:
            asked(cast.anne, tags=["print"])
        (statements,) = transactions
        return statements, [each for each in statements if "INTO notices" in each]

    asked(cast.anne, tags=["print"])
    alone, telling = statements_of_asking()
    assert len(telling) == 1
    tag = db.session.query(Tag).one()
    for person in staff(500):
        db.session.execute(
            db.insert(db.metadata.tables["tag_follows"]).values(
                person_id=person.id, tag_id=tag.id, followed_at=person.created_at
            )
        )
    db.session.commit()
    many, telling = statements_of_asking()
    assert len(telling) == 1 and len(many) == len(alone), (alone, many)
    assert len(heard("question")) == 500


def test_choosing_an_answer_is_heard_until_it_is_taken_back(cast, question):
    first, second = answered(question, cast.jonas), answered(question, cast.karim)
    accept_answer(first, by=cast.anne)
    assert heard("accepted") == [("jonas", "accepted", "wrote")]
    accept_answer(second, by=cast.anne)
    assert heard("accepted") == [("karim", "accepted", "wrote")]
    withdraw_acceptance(question, by=cast.anne)
    assert heard("accepted") == []


def test_a_confirmation_is_heard_until_it_is_withdrawn(cast, question):
    reply = answered(question, cast.jonas)
    confirm(reply, by=cast.bodil)
    assert heard("confirmed") == [("jonas", "confirmed", "wrote")]
    withdraw_confirmation(reply, by=cast.bodil)
    assert heard("confirmed") == []


def test_thanks_are_heard_until_they_are_withdrawn(cast, question):
    reply = answered(question, cast.jonas)
    give_thanks(reply, by=cast.anne)
    assert heard("thanks") == [("jonas", "thanks", "wrote")]
    withdraw_thanks(reply, by=cast.anne)
    assert heard("thanks") == []
    restore_thanks(reply, by=cast.anne)
    assert heard("thanks") == [("jonas", "thanks", "wrote")]


def test_edits_and_suggestions_are_heard_by_whom_they_concern(cast, question):
    made = suggest_edit(question, body="Bedre", from_revision=1, by=cast.karim)
    assert heard() == [("anne", "suggestion", "wrote")]
    decide_suggestion(made, True, by=cast.mogens)
    assert heard() == [("anne", "edited", "wrote"), ("karim", "suggestion_decided", "suggested")]
    edit(question, body="Mit eget", from_revision=2, by=cast.anne)
    assert len(heard("edited")) == 1


def test_closing_is_heard_by_asker_and_followers(cast, question):
    follow(question, by=cast.karim)
    close(question, reason="outdated", by=cast.mogens)
    assert heard() == [("anne", "closed", "asked"), ("karim", "closed", "thread")]


def test_a_duplicate_is_a_kind_of_its_own(cast, question):
    original = asked(cast.jonas)
    close_as_duplicate(question, of=original, by=cast.mogens)
    assert heard() == [("anne", "duplicate", "asked")]


def test_who_reported_hears_what_became_of_it_though_the_text_is_gone(cast, question):
    made = flag(question, reason="patient_data", by=cast.karim)
    decide_flag(made, True, because="Et navn", by=cast.mogens)
    assert heard("flag_decided") == [("karim", "flag_decided", "reported")]
    assert not db.session.query(Notice).filter_by(kind="flag_decided").one().is_away


def test_a_search_tells_its_newest_count(cast):
    for count in (2, 5):
        fact = SavedSearchMatched(
            by_id=None, saved_search_id=7, person_id=cast.anne.id, count=count
        )
        in_transaction(lambda fact=fact: publish(fact))
    assert [row.count for row in rows(Notice)] == [5]


def votes():
    while notice_votes():
        pass
    db.session.rollback()
    return [(row.person.username, row.count, row.by_id) for row in rows(Notice, kind="helped")]


def test_votes_are_counted_in_one_notice_that_names_nobody(cast, question):
    reply = answered(question, cast.jonas)
    assert votes() == []  # From here on.
    set_reaction(reply, "helped", by=cast.karim)
    assert votes() == [("jonas", 1, None)]
    row = rows(Notice, kind="helped")[0]
    in_transaction(lambda: setattr(db.session.get(Notice, row.id), "read_at", row.happened_at))
    set_reaction(reply, "helped", by=cast.bodil)
    assert votes() == [("jonas", 2, None)]
    assert rows(Notice, kind="helped")[0].read_at is None
    in_transaction(lambda: setattr(db.session.get(Notice, row.id), "read_at", row.happened_at))
    withdraw_reaction(reply, "helped", by=cast.bodil)
    assert votes() == [("jonas", 1, None)]
    assert rows(Notice, kind="helped")[0].read_at is not None
    withdraw_reaction(reply, "helped", by=cast.karim)
    assert votes() == []


def test_who_muted_a_thread_hears_of_their_own_text_alone(cast, question):
    reply = answered(question, cast.jonas)
    mute = ThreadMute(
        person_id=cast.jonas.id, question_id=question.id, muted_at=question.created_at
    )
    in_transaction(lambda: db.session.add(mute))
    answered(question, cast.karim)
    comment(reply, body="Hvor?", by=cast.karim)
    accept_answer(reply, by=cast.anne)
    assert [each for each in heard() if each[0] == "jonas"] == [("jonas", "accepted", "wrote")]


def test_who_left_hears_nothing(cast, question):
    in_transaction(lambda: setattr(db.session.get(Person, cast.anne.id), "is_active", False))
    answered(question, cast.jonas)
    assert heard() == []


def test_answers_at_once_are_each_heard_once(app, cast, question):
    people = staff(10)
    at_once(app, answer, question, people, body="Højreklik")
    assert heard("answer") == [("anne", "answer", "asked")] * 10


def taken_away(how, post, cast):
    """Take a post away; return what brings it back."""
    if how == "hidden":
        hide(post, by=cast.mogens)
        return lambda: restore(post, by=cast.mogens)
    delete(post, by=cast.jonas)
    return lambda: undelete(post, by=cast.jonas)


@pytest.mark.parametrize("how", ["hidden", "deleted"])
def test_what_nobody_sees_is_put_away_and_comes_back(cast, question, how):
    reply = answered(question, cast.jonas)
    comment(reply, body="Hvor?", by=cast.karim)
    other = answered(question, cast.karim)
    bring_back = taken_away(how, reply, cast)
    away = {(row.kind, row.post_id == other.id) for row in rows(Notice, is_away=True)}
    assert away == {("answer", False), ("comment", False), ("followed_comment", False)}
    bring_back()
    assert rows(Notice, is_away=True) == []


def test_a_thread_that_is_removed_for_ever_is_put_away(cast, question):
    answered(question, cast.jonas)
    redact(question, by=cast.anne)
    assert {row.is_away for row in rows(Notice)} == {True}


def test_rows_go_with_the_posts_and_people_they_speak_of(cast, question):
    answered(question, cast.jonas)
    (row,) = rows(Notice)
    in_transaction(lambda: publish(PeopleDropped(by_id=None, person_ids=(cast.jonas.id,))))
    db.session.expire_all()
    assert row.by_id is None
    fact = ImportDropped(by_id=None, origin="x", post_ids=(question.id,))
    in_transaction(lambda: publish(fact))
    assert rows(Notice) == []
