"""Which hooks are told of what, in the transaction of what happens and with one statement."""

import pytest

from midtlink import clock as the_clock
from midtlink.events import in_transaction
from midtlink.moderation.hiding import hide, restore
from midtlink.moderation.redacting import redact
from midtlink.notifications.hooks.rules import AWAY, EVENTS, FOR_CHAT, RETRIES
from midtlink.notifications.hooks.subscribers import TOLD_AS
from midtlink.notifications.hooks.wording import EVENTS as WORDS
from midtlink.notifications.records import DROPPED, WAITING
from midtlink.questions.accepting import accept_answer, withdraw_acceptance
from midtlink.questions.closing import close, reopen
from midtlink.questions.commenting import comment
from midtlink.questions.confirming import confirm, withdraw_confirmation
from midtlink.questions.deleting import delete, undelete
from midtlink.questions.editing import edit
from tests.notifications.hook_making import chat, deliveries, events, hooked
from tests.questions.threads import answered, asked
from tests.topics.making import make_system
from tests.world.statements import counted

both = pytest.mark.both_databases


def told(hook):
    """Mark what waits for a hook as called, as the sweeper does."""

    def work():
        for row in deliveries(hook, state=WAITING):
            row.state, row.tried_at = "sent", the_clock.now()

    in_transaction(work)


def test_there_are_twelve_kinds_each_with_words():
    assert len(EVENTS) == 12 == len(set(TOLD_AS.values()))
    assert set(EVENTS) == set(TOLD_AS.values()) and set(EVENTS) < set(WORDS)
    assert not set(AWAY) & set(FOR_CHAT)
    assert sum(RETRIES) == 24 * 60


@both
def test_a_thread_is_told_from_its_asking_to_its_end(cast):
    hook = hooked(cast.astrid)
    question = asked(cast.anne)
    reply = answered(question, cast.jonas)
    comment(reply, body="Tak, det prøver jeg.", by=cast.anne)
    accept_answer(reply, by=cast.anne)
    withdraw_acceptance(question, by=cast.anne)
    confirm(reply, by=cast.bodil)
    withdraw_confirmation(reply, by=cast.bodil)
    edit(reply, body="Højreklik, og vælg så.", from_revision=1, by=cast.jonas)
    close(question, reason="outdated", by=cast.mogens)
    reopen(question, by=cast.mogens)
    told(hook)
    hide(reply, by=cast.mogens)
    restore(reply, by=cast.mogens)
    redact(reply, by=cast.mogens)
    assert events(hook) == [
        "question.asked", "answer.given", "comment.made", "answer.accepted", "answer.unmarked",
        "answer.confirmed", "answer.unmarked", "post.edited", "question.closed",
        "question.reopened", "post.hidden", "post.restored", "post.removed",
    ]  # fmt: skip
    rows = deliveries(hook)
    assert len({row.delivery_key for row in rows}) == len(rows)
    assert set(rows[3].facts) == {"acceptance_id"} and rows[7].facts == {"revision_number": 2}
    assert {row.question_id for row in rows} == {question.id}


@both
def test_what_did_not_happen_is_told_to_nobody(cast):
    hook, anne = hooked(cast.astrid), cast.anne

    def work():
        asked(anne)
        raise KeyError

    with pytest.raises(KeyError):
        in_transaction(work)
    assert events(hook) == []


@both
def test_a_hook_hears_of_what_it_chose_and_while_it_is_on(cast):
    answers = hooked(cast.astrid, "answer.given")
    off = hooked(cast.astrid, "question.asked", is_active=False)
    both_kinds = chat(cast.astrid, "question.asked", "answer.given")
    answered(asked(cast.anne), cast.jonas)
    assert events(answers) == ["answer.given"] and events(off) == []
    assert events(both_kinds) == ["question.asked", "answer.given"]


@both
def test_a_hook_hears_of_its_own_system_and_department(cast):
    epj, pacs = make_system("EPJ"), make_system("PACS")
    of_epj = hooked(cast.astrid, system_id=epj.id)
    of_pacs = hooked(cast.astrid, system_id=pacs.id)
    of_anne = hooked(cast.astrid, department_id=cast.anne.department_id)
    of_both = hooked(cast.astrid, system_id=epj.id, department_id=cast.jonas.department_id)
    question = asked(cast.anne, system_slug="epj")
    answered(question, cast.jonas)
    asked(cast.jonas)
    assert events(of_epj) == events(of_anne) == ["question.asked", "answer.given"]
    assert events(of_pacs) == events(of_both) == []


@both
@pytest.mark.parametrize("count", [1, 30])
def test_hooks_cost_the_asker_one_statement(cast, count):
    hooks = [hooked(cast.astrid, name=f"Krog {number}") for number in range(count)]
    assert cast.anne.department and not cast.anne.has_role("nothing")
    with counted() as statements:
        question = asked(cast.anne)
    ours = [each for each in statements if "deliveries" in each or "FROM hooks" in each]
    assert len(ours) == 1 and ours[0].startswith("INSERT INTO deliveries")
    assert [events(hook) for hook in hooks] == [["question.asked"]] * count
    assert question.id


@both
def test_nothing_is_told_of_a_thread_that_not_everybody_reads(cast):
    hook = hooked(cast.astrid)
    question = asked(cast.anne)
    reply = answered(question, cast.jonas)
    told(hook)
    hide(question, by=cast.mogens)
    edit(reply, body="Rettet af en moderator.", from_revision=1, by=cast.mogens)
    assert events(hook, state=WAITING) == ["post.hidden"]


@both
def test_that_a_post_went_away_is_told_to_those_who_heard_of_it(cast):
    heard = hooked(cast.astrid, name="Har hørt")
    question = asked(cast.anne)
    told(heard)
    late = hooked(cast.astrid, name="Kom senere")
    hide(question, by=cast.mogens)
    assert events(heard, state=WAITING) == ["post.hidden"] and events(late) == []


@both
def test_hearing_of_an_answer_is_hearing_of_its_question(cast):
    question = asked(cast.anne)
    answers = hooked(cast.astrid, "answer.given", "post.hidden")
    reply = answered(question, cast.jonas)
    told(answers)
    hide(question, by=cast.mogens)
    assert events(answers) == ["answer.given", "post.hidden"]
    comments = hooked(cast.astrid, "comment.made", "post.removed")
    restore(question, by=cast.mogens)
    comment(reply, body="Tak.", by=cast.anne)
    told(comments)
    redact(reply, by=cast.mogens)
    assert events(comments) == ["comment.made", "post.removed"]


@both
def test_moving_to_another_system_still_tells_that_it_went_away(cast):
    epj, _ = make_system("EPJ"), make_system("PACS")
    hook = hooked(cast.astrid, system_id=epj.id)
    question = asked(cast.anne, system_slug="epj")
    told(hook)
    edit(question, title=question.title, body="", system_slug="pacs", from_revision=1, by=cast.anne)
    hide(question, by=cast.mogens)
    assert events(hook) == ["question.asked", "post.hidden"]


@both
def test_deleting_and_its_undoing_are_told(cast):
    hook = hooked(cast.astrid, "question.asked", "post.hidden", "post.restored")
    question = asked(cast.anne)
    told(hook)
    delete(question, by=cast.anne)
    hide(question, by=cast.mogens)
    undelete(question, by=cast.anne)
    assert events(hook, state=WAITING) == ["post.hidden"] * 2  # It is hidden still.


@both
def test_removing_a_text_drops_what_waits_about_it(cast):
    hook = hooked(cast.astrid)
    question = asked(cast.anne)
    reply = answered(question, cast.jonas)
    redact(reply, by=cast.mogens)
    dropped, waiting = events(hook, state=DROPPED), events(hook, state=WAITING)
    assert dropped == ["answer.given"]
    assert waiting == ["question.asked", "post.removed"]
    redact(question, by=cast.mogens)
    assert events(hook, state=WAITING) == ["post.removed", "post.removed"]
