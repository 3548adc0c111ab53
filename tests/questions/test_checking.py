"""What is stored beside the rows is what follows from them, whatever is done in which order."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midtlink import markup
from midtlink.access import NotAllowed
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide, restore
from midtlink.moderation.redacting import redact
from midtlink.questions.accepting import accept_answer, withdraw_acceptance
from midtlink.questions.checking import check_threads
from midtlink.questions.closing import close, reopen
from midtlink.questions.commenting import comment
from midtlink.questions.confirming import confirm, withdraw_confirmation
from midtlink.questions.deleting import delete, undelete
from midtlink.questions.editing import edit
from midtlink.questions.models import Post, Question
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.questions.records import Flag
from midtlink.refusals import BadInput, Conflict
from tests.questions.threads import answered, asked
from tests.world.cast import Cast
from tests.world.databases import wipe

REFUSALS = (NotAllowed, Conflict, BadInput)
#: The asker, who wrote the post, two who may more, and one who did nothing yet.
PEOPLE = ("anne", "author", "bodil", "mogens", "astrid")
ACTS = {
    "helped": lambda post, by: set_reaction(post, "helped", by=by),
    "failed": lambda post, by: set_reaction(post, "failed", by=by),
    "good": lambda post, by: set_reaction(post, "good", by=by),
    "same": lambda post, by: set_reaction(post, "same", by=by),
    "not helped": lambda post, by: withdraw_reaction(post, "helped", by=by),
    "not same": lambda post, by: withdraw_reaction(post, "same", by=by),
    "accept": lambda post, by: accept_answer(post, by=by),
    "unaccept": lambda post, by: withdraw_acceptance(post.question, by=by),
    "confirm": lambda post, by: confirm(post, by=by),
    "unconfirm": lambda post, by: withdraw_confirmation(post, by=by),
    "close": lambda post, by: close(post.question, reason="outdated", by=by),
    "reopen": lambda post, by: reopen(post.question, by=by),
    "delete": lambda post, by: delete(post, by=by),
    "undelete": lambda post, by: undelete(post, by=by),
    "hide": lambda post, by: hide(post, by=by),
    "restore": lambda post, by: restore(post, by=by),
    "flag": lambda post, by: flag(post, reason="patient_data", by=by),
    "dismiss": lambda post, by: decide(post, False, by),
    "uphold": lambda post, by: decide(post, True, by),
    "redact": lambda post, by: redact(post, by=by),
    "comment": lambda post, by: comment(post, body="Tak", by=by),
    "answer": lambda post, by: answered(post.question, by),
    "edit": lambda post, by: edit(
        post, body=f"{post.source}.", from_revision=post.revision_number, by=by
    ),
}
#: What takes an act back: sequences do both, or they would seldom undo anything.
BACK = {
    "helped": "not helped",
    "same": "not same",
    "accept": "unaccept",
    "confirm": "unconfirm",
    "close": "reopen",
    "delete": "undelete",
    "hide": "restore",
    "flag": "dismiss",
}
STEP = st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 3), st.sampled_from(PEOPLE))


@st.composite
def sequences(draw):
    """A few acts and what takes them back, in any order and number."""
    steps = draw(st.lists(STEP, min_size=2, max_size=6))
    undone = [(BACK[name], place, person) for name, place, person in steps if name in BACK]
    return draw(st.lists(st.sampled_from(steps + undone), min_size=4, max_size=16))


def decide(post, uphold, by):
    for each in db.session.query(Flag).filter_by(post_id=post.id, decided_at=None).all():
        decide_flag(each, uphold, because="Set efter", by=by)


def attempt(name, post, by):
    """Let somebody try something that they may not be allowed to do."""
    try:
        ACTS[name](post, by)
    except REFUSALS:
        db.session.rollback()


@pytest.mark.parametrize("name", sorted(ACTS))
def test_no_act_leaves_a_wrong_count_nor_what_takes_it_back(cast, clock, name):
    question = asked(cast.anne)
    posts = [question, answered(question, cast.jonas), comment(question, body="Og?", by=cast.karim)]
    for act in (name, BACK.get(name, name)):
        for post in posts:
            for by in (cast.bodil, cast.mogens, cast.anne, post.author):
                clock.forward(minutes=20)
                attempt(act, post, by)
            assert list(check_threads()) == []


@pytest.mark.both_databases
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=sequences())
def test_no_order_of_acts_leaves_a_wrong_count(app, clock, steps):
    wipe()
    cast = Cast()
    question = asked(cast.anne)
    answered(question, cast.jonas)
    answered(question, cast.karim)
    for name, place, person in steps:
        clock.forward(minutes=20)
        posts = db.session.query(Post).order_by(Post.id).all()
        post = posts[place % len(posts)]
        by = post.author if person == "author" else getattr(cast, person)
        attempt(name, post, by)
    assert list(check_threads()) == []


@pytest.fixture
def wrong(cast):
    """A question and an answer whose stored values somebody has spoilt."""
    question = asked(cast.anne)
    reply = answered(question, cast.jonas)

    def spoil():
        question.answer_count, question.status, question.title_key = 7, "solved", "?"
        question.accepted_answer_id, question.closed_at = 99, question.created_at
        question.same_count, question.active_at = 3, question.active_at - timedelta(1)
        reply.up_count, reply.down_count, reply.rank = 5, 1, 0.9
        reply.hidden_at, reply.confirmed_at = question.created_at, question.created_at

    in_transaction(spoil)
    return question


def test_every_wrong_value_is_found_and_mended(app, wrong):
    names = {each.name for each in check_threads()}
    assert names == {
        "answer_count", "status", "title_key", "accepted_answer_id", "closed_at", "same_count",
        "active_at", "up_count", "down_count", "rank", "hidden_at", "confirmed_at",
    }  # fmt: skip
    assert len(list(check_threads(mend=True))) == 12
    mended = app.test_cli_runner().invoke(args=["questions", "check"])
    assert (mended.exit_code, mended.output) == (0, "0 differences\n")


def test_the_command_tells_and_fails(app, wrong):
    told = app.test_cli_runner().invoke(args=["questions", "check", "--json"])
    assert told.exit_code == 1
    assert '{"post": 1, "name": "answer_count", "stored": 7, "derived": 1}' in told.output
    mended = app.test_cli_runner().invoke(args=["questions", "check", "--mend"])
    assert mended.exit_code == 0
    assert mended.output.endswith(" differences mended\n")
    db.session.expire_all()
    assert db.session.query(Question).one().status == "answered"


def test_texts_of_an_older_cleaner_are_rendered_again(app, cast, monkeypatch):
    question = asked(cast.anne, body="*Nu*")
    in_transaction(lambda: setattr(question, "html", "gammel"))
    run = app.test_cli_runner().invoke
    assert run(args=["markup", "rebuild"]).output == "0 texts rendered\n"
    monkeypatch.setattr(markup, "CLEANER_VERSION", markup.CLEANER_VERSION + 1)
    assert run(args=["markup", "rebuild"]).output == "1 texts rendered\n"
    assert run(args=["markup", "rebuild"]).output == "0 texts rendered\n"
    db.session.expire_all()
    assert question.html == "<p><em>Nu</em></p>\n"


def test_a_text_now_too_complex_keeps_what_it_shows(app, cast, monkeypatch):
    question = asked(cast.anne, body="*Nu*")
    in_transaction(lambda: setattr(question, "source", ">" * 400 + "a"))
    result = app.test_cli_runner().invoke(args=["markup", "rebuild", "--all"])
    assert (result.exit_code, result.stdout) == (1, "0 texts rendered\n")
    db.session.expire_all()
    assert question.html == "<p><em>Nu</em></p>\n"
