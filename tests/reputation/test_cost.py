"""A vote is one transaction of a dozen statements, however long the ledger is."""

import pytest

from midtlink.questions.reacting import set_reaction
from tests.questions.threads import answered, asked
from tests.world.statements import written

pytestmark = pytest.mark.both_databases
MOST = 12


@pytest.fixture
def reply(cast):
    question = asked(cast.anne, tags=["print", "etiket", "label"])
    return answered(question, cast.jonas)


def statements_of_press(visit, person, post, kind, wanted):
    """Press a reaction; return the statements of the transaction that it is."""
    visit.get("/", as_=person)  # The sign-in is renewed by now.
    with written() as transactions:
        visit.post(f"/post/{post.id}/reaktion", as_=person, kind=kind, wanted=wanted)
    (statements,) = transactions
    return statements


@pytest.mark.parametrize(
    ("before", "kind", "wanted"),
    [
        ((), "helped", "on"),
        (("helped",), "helped", "off"),
        (("helped",), "failed", "on"),
        (("failed",), "helped", "on"),
    ],
    ids=["set", "withdrawn", "turned against", "turned for"],
)
def test_a_vote_is_a_dozen_statements(cast, visit, reply, before, kind, wanted):
    set_reaction(reply, "helped", by=cast.mogens)
    for each in before:
        set_reaction(reply, each, by=cast.karim)
    statements = statements_of_press(visit, cast.karim, reply, kind, wanted)
    shown = "\n".join(f"{each[:90]} … {each[each.find('FROM') :][:60]}" for each in statements)
    assert len(statements) <= MOST, shown
