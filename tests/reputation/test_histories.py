"""Random histories of what people do: the ledger always adds up, and undoing all undoes all."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midtlink.access import NotAllowed
from midtlink.extensions import db
from midtlink.moderation.hiding import hide, restore
from midtlink.people.models import Person
from midtlink.questions.accepting import accept_answer, withdraw_acceptance
from midtlink.questions.confirming import confirm, withdraw_confirmation
from midtlink.questions.deleting import delete, undelete
from midtlink.questions.models import Post
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.refusals import TooMany
from midtlink.reputation.ledger.rebuilding import check
from midtlink.reputation.ledger.stored_book import lines_where
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked
from tests.world.cast import Cast
from tests.world.databases import wipe

pytestmark = pytest.mark.both_databases
VOTES = ("helped", "failed", "good", "same")
POSTS, ANSWERS, VOTERS = st.integers(0, 4), st.integers(1, 4), st.integers(0, 4)
HELPED = st.tuples(st.sampled_from(("set", "set", "withdraw")), ANSWERS, VOTERS, st.just("helped"))
STEPS = st.one_of(
    HELPED,
    HELPED,
    st.tuples(st.sampled_from(("set", "withdraw")), POSTS, VOTERS, st.sampled_from(VOTES)),
    st.tuples(st.sampled_from(("accept", "confirm", "unconfirm")), ANSWERS),
    st.tuples(st.sampled_from(("delete", "undelete", "hide", "restore")), POSTS),
    st.just(("unaccept", 0)),
    st.tuples(st.just("cap"), st.sampled_from((0, 7, 25, 200))),
    st.tuples(st.just("worth"), st.sampled_from((0, 3, 10))),
    st.tuples(st.just("wait"), st.sampled_from((1, 600, 1500))),
)
#: What people may refuse each other, or the pace.
REFUSALS = (NotAllowed, TooMany)


class World:
    """Two threads, their answers, and everybody who acts on them."""

    def __init__(self, clock):
        self.clock, self.cast = clock, Cast()
        cast = self.cast
        first, second = asked(cast.anne, "Et", tags=["print"]), asked(cast.jonas, "To")
        self.posts = [
            first.id,
            answered(first, cast.jonas).id,
            answered(first, cast.karim).id,
            answered(first, cast.anne).id,
            answered(second, cast.karim).id,
        ]
        self.voters = [cast.karim, cast.mogens, cast.bodil, cast.anne, cast.astrid]

    def post(self, number):
        return db.session.get(Post, self.posts[number])

    def do(self, action, *words):
        self.clock.forward(seconds=40)
        with suppress(*REFUSALS):
            getattr(self, f"_{action}")(*words)
        db.session.rollback()

    def _set(self, number, voter, kind):
        if kind in self._kinds(number):
            set_reaction(self.post(number), kind, by=self.voters[voter])

    def _withdraw(self, number, voter, kind):
        if kind in self._kinds(number):
            withdraw_reaction(self.post(number), kind, by=self.voters[voter])

    def _kinds(self, number):
        return ("good", "same") if number == 0 else ("helped", "failed")

    def _accept(self, number):
        answer = self.post(number)
        accept_answer(answer, by=answer.question.author)

    def _unaccept(self, number):
        question = self.post(number)
        withdraw_acceptance(question, by=question.author)

    def _confirm(self, number):
        confirm(self.post(number), by=self.cast.bodil)

    def _unconfirm(self, number):
        withdraw_confirmation(self.post(number), by=self.cast.bodil)

    def _delete(self, number):
        delete(self.post(number), by=self.post(number).author)

    def _undelete(self, number):
        undelete(self.post(number), by=self.post(number).author)

    def _hide(self, number):
        hide(self.post(number), by=self.cast.mogens, because="forkert sted")

    def _restore(self, number):
        restore(self.post(number), by=self.cast.mogens)

    def _cap(self, points):
        change_setting("points_daily_cap", str(points), by=None, by_id=None)

    def _worth(self, points):
        change_setting("points_helped", str(points), by=None, by_id=None)

    def _wait(self, minutes):
        self.clock.moment += timedelta(minutes=minutes)

    def undo_everything(self):
        for number in range(len(self.posts)):
            self.do("restore", number)
            self.do("undelete", number)
        for number in range(len(self.posts)):
            for voter in range(len(self.voters)):
                for kind in self._kinds(number):
                    self.do("withdraw", number, voter, kind)
            if number:
                self.do("unconfirm", number)
        self.do("unaccept", 0)
        question = self.post(4).question
        withdraw_acceptance(question, by=question.author)
        db.session.rollback()

    def totals(self):
        return {person.id: person.points for person in db.session.query(Person)}


def sums():
    found = {}
    for line in lines_where():
        found[line.person_id] = found.get(line.person_id, 0) + line.points
    return {person_id: points for person_id, points in found.items() if points}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(cap=st.sampled_from((7, 15, 200)), history=st.lists(STEPS, min_size=4, max_size=16))
def test_every_history_adds_up_and_can_be_undone(app, clock, cap, history):
    wipe()
    world = World(clock)
    world.do("cap", cap)
    for step in history:
        world.do(*step)
        found = check()
        assert not found, (step, found)
        assert {who: points for who, points in world.totals().items() if points} == sums()
    world.undo_everything()
    assert not check()
    assert set(world.totals().values()) == {0}
