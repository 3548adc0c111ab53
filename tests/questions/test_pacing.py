"""One person reports, edits, suggests and reacts as fast as a person can, and no faster."""

import pytest

from midtlink.moderation.flagging import flag
from midtlink.questions import pacing
from midtlink.questions.accepting import accept_answer, withdraw_acceptance
from midtlink.questions.deleting import delete, undelete
from midtlink.questions.editing import edit
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.questions.records import Flag, Reaction
from midtlink.questions.suggesting import suggest_edit
from midtlink.refusals import TooMany
from tests.questions.threads import answered, asked, rows


def report(post, by, reason):
    return flag(post, reason=reason, by=by)


def rewrite(post, by, words):
    return edit(post, body=words, from_revision=post.revision_number, by=by)


def suggest(post, by, words):
    return suggest_edit(post, body=words, from_revision=1, by=by)


def react(post, by, kind):
    return set_reaction(post, kind, by=by)


@pytest.mark.parametrize(
    ("what", "act", "who", "inputs"),
    [
        ("flags", report, "karim", ["wrong", "outdated", "dangerous"]),
        ("edits", rewrite, "mogens", ["en", "to", "tre"]),
        ("reactions", react, "karim", ["good", "same"]),
    ],
)
def test_who_is_too_fast_waits(cast, clock, monkeypatch, what, act, who, inputs):
    monkeypatch.setitem(pacing.PACES, what, len(inputs) - 1)
    question, person = asked(cast.anne), getattr(cast, who)
    *first, last = inputs
    for each in first:
        act(question, person, each)
    with pytest.raises(TooMany):
        act(question, person, last)
    act(question, person, first[-1])
    act(question, cast.bodil if what != "edits" else cast.anne, last)
    clock.forward(minutes=pacing.PACE_MINUTES)
    act(question, person, last)


def test_choosing_to_and_fro_ends(cast, clock, monkeypatch):
    monkeypatch.setitem(pacing.PACES, "acceptances", 2)
    question = asked(cast.anne)
    first, second = (answered(question, cast.jonas) for _ in range(2))
    for reply in (first, second, second):
        accept_answer(reply, by=cast.anne)
    with pytest.raises(TooMany):
        accept_answer(first, by=cast.anne)
    withdraw_acceptance(question, by=cast.anne)
    clock.forward(minutes=pacing.PACE_MINUTES)
    accept_answer(first, by=cast.anne)
    assert question.accepted_answer_id == first.id


def test_deleting_to_and_fro_ends(cast, clock, monkeypatch):
    monkeypatch.setitem(pacing.PACES, "deletions", 2)
    question = asked(cast.anne)
    for _ in range(2):
        delete(question, by=cast.anne)
        delete(question, by=cast.anne)
        undelete(question, by=cast.anne)
    with pytest.raises(TooMany):
        delete(question, by=cast.anne)
    clock.forward(minutes=pacing.PACE_MINUTES)
    delete(question, by=cast.anne)


def test_suggestions_to_many_posts_are_counted(cast, clock, monkeypatch):
    monkeypatch.setitem(pacing.PACES, "suggestions", 2)
    questions = [asked(cast.anne) for _ in range(3)]
    for question in questions[:2]:
        suggest(question, cast.karim, "Bedre")
    with pytest.raises(TooMany):
        suggest(questions[2], cast.karim, "Bedre")
    clock.forward(minutes=pacing.PACE_MINUTES)
    suggest(questions[2], cast.karim, "Bedre")


def test_a_reaction_set_and_taken_back_again_and_again_comes_to_an_end(cast, clock):
    question = asked(cast.anne)
    for _ in range(60):
        set_reaction(question, "same", by=cast.karim)
        withdraw_reaction(question, "same", by=cast.karim)
    with pytest.raises(TooMany):
        set_reaction(question, "same", by=cast.karim)
    assert len(rows(Reaction)) == 60


def test_the_page_says_so(visit, cast, monkeypatch):
    monkeypatch.setitem(pacing.PACES, "flags", 0)
    question = asked(cast.anne)
    page = visit.post(f"/post/{question.id}/meld", as_=cast.karim, status=429, reason="wrong")
    assert "Vent et par minutter" in page.text
    assert rows(Flag) == []
