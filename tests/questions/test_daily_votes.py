"""So many votes a day, told when they are few: on the page, in a fragment, past midnight."""

from datetime import UTC, datetime

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.queries.reactions import votes_left
from midtlink.questions.reacting import DAY, set_reaction, withdraw_reaction
from midtlink.questions.records import Reaction
from midtlink.refusals import TooMany
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked, rows
from tests.reputation.test_points import points_of

FRAGMENT = {"HX-Request": "true"}
USED_UP = "Du har brugt dagens stemmer. I morgen får du nye."
REFUSED = "Stemmen blev ikke talt med: du har brugt dagens stemmer. I morgen får du nye."


@pytest.fixture
def replies(cast):
    """Nine answers by Jonas."""
    change_setting("posts_per_minute", "100", by=None, by_id=None)
    return [answered(asked(cast.anne, f"Spørgsmål {number}"), cast.jonas) for number in range(9)]


def allow(number):
    change_setting("votes_per_day", str(number), by=None, by_id=None)


def path(post):
    return f"/post/{post.id}/reaktion"


def press(visit, person, post, kind="helped", wanted="on"):
    """Press as a script does, and return the words of the fragment."""
    fields = {"kind": kind, "wanted": wanted, "csrf_token": visit.token(person)}
    response = visit.client(person).post(path(post), data=fields, headers=FRAGMENT)
    db.session.expire_all()
    assert response.status_code == 200
    return response.get_data(as_text=True)


def flashed(visit, person, post, kind="helped"):
    """Press without a script, and return what the page says then."""
    visit.post(path(post), as_=person, kind=kind, wanted="on")
    page = visit.get(f"/q/{post.question_id}/{post.question.slug}", as_=person)
    (messages,) = (each for each in page.all("div") if each.get("class") == "messages")
    return " ".join(" ".join(messages.itertext()).split())


def standing(person):
    return len(rows(Reaction, person_id=person.id, withdrawn_at=None))


def test_a_fragment_counts_down_from_five(visit, cast, replies):
    allow(7)
    said = [press(visit, cast.karim, reply) for reply in replies[:8]]
    assert "tilbage i dag" not in said[0] and 'role="status"' not in said[0]
    assert "Du har 5 stemmer tilbage i dag." in said[1]
    assert "Du har 2 stemmer tilbage i dag." in said[4]
    assert "Du har 1 stemme tilbage i dag." in said[5]
    assert USED_UP in said[6] and 'aria-pressed="true"' in said[6]
    assert REFUSED in said[7] and 'aria-pressed="true"' not in said[7]
    assert standing(cast.karim) == 7


def test_a_page_without_scripts_says_the_same(visit, cast, replies):
    allow(7)
    said = [flashed(visit, cast.karim, reply) for reply in replies[:8]]
    assert said[0] == "" and said[1] == "Du har 5 stemmer tilbage i dag."
    assert said[5:] == ["Du har 1 stemme tilbage i dag.", USED_UP, REFUSED]
    assert standing(cast.karim) == 7


def test_the_same_vote_again_says_nothing_and_costs_nothing(visit, cast, replies):
    allow(2)
    press(visit, cast.karim, replies[0])
    assert "tilbage i dag" not in press(visit, cast.karim, replies[0])
    assert votes_left(cast.karim) == 1


def test_having_the_same_problem_is_no_vote(visit, cast, replies):
    allow(1)
    press(visit, cast.karim, replies[0])
    question = replies[1].question
    assert "dagens stemmer" not in press(visit, cast.karim, question, "same")
    assert REFUSED in press(visit, cast.karim, question, "good")


@pytest.mark.both_databases
def test_taking_back_gives_no_vote_and_is_never_refused(cast, replies):
    allow(1)
    set_reaction(replies[0], "helped", by=cast.karim)
    withdraw_reaction(replies[0], "helped", by=cast.karim)
    assert votes_left(cast.karim) == 0
    with pytest.raises(TooMany):
        set_reaction(replies[0], "helped", by=cast.karim)


@pytest.mark.both_databases
def test_a_vote_that_cannot_be_turned_stays(cast, replies):
    allow(1)
    set_reaction(replies[0], "helped", by=cast.karim)
    with pytest.raises(TooMany) as refused:
        set_reaction(replies[0], "failed", by=cast.karim)
    assert refused.value.args == (DAY,)
    assert (replies[0].up_count, replies[0].down_count) == (1, 0)


def test_everybody_has_their_own(cast, replies):
    allow(1)
    set_reaction(replies[0], "helped", by=cast.karim)
    set_reaction(replies[0], "helped", by=cast.bodil)
    assert (votes_left(cast.karim), votes_left(cast.mogens)) == (0, 1)


def test_a_smaller_number_leaves_none_and_never_less(cast, replies):
    for reply in replies[:3]:
        set_reaction(reply, "helped", by=cast.karim)
    allow(2)
    assert votes_left(cast.karim) == 0


#: The first and the last moment of a day in Copenhagen, in UTC: winter, summer, the day of 23
#: hours and the one of 25.
DAYS = {
    "winter": ((2026, 1, 14, 23, 0), (2026, 1, 15, 22, 59)),
    "summer": ((2026, 7, 14, 22, 0), (2026, 7, 15, 21, 59)),
    "clocks forward": ((2026, 3, 28, 23, 0), (2026, 3, 29, 21, 59)),
    "clocks back": ((2026, 10, 24, 22, 0), (2026, 10, 25, 22, 59)),
}


@pytest.mark.both_databases
@pytest.mark.parametrize("day", DAYS)
def test_a_day_is_from_midnight_to_midnight_in_copenhagen(cast, clock, day):
    first, last = (datetime(*moment, tzinfo=UTC) for moment in DAYS[day])
    clock.moment = first
    clock.forward(minutes=-1)
    allow(1)
    change_setting("points_daily_cap", "10", by=None, by_id=None)
    one, other = (answered(asked(cast.anne), cast.jonas) for _ in range(2))
    set_reaction(one, "helped", by=cast.bodil)
    assert (votes_left(cast.bodil), points_of(cast.jonas)) == (0, 10)

    clock.moment = first
    assert votes_left(cast.bodil) == 1
    set_reaction(other, "helped", by=cast.bodil)
    assert points_of(cast.jonas) == 20

    clock.moment = last
    with pytest.raises(TooMany):
        set_reaction(one, "failed", by=cast.bodil)
    set_reaction(other, "helped", by=cast.karim)
    assert (votes_left(cast.bodil), points_of(cast.jonas)) == (0, 20)

    clock.forward(minutes=1)
    assert votes_left(cast.bodil) == 1
    set_reaction(other, "helped", by=cast.mogens)
    assert points_of(cast.jonas) == 30


def test_who_may_not_vote_is_told_of_no_votes(visit, cast):
    change_setting("privilege_preset", "strict", by=None, by_id=None)
    assert "tilbage i dag" not in visit.get("/mig/point", as_=cast.karim).text
    person_id = cast.karim.id
    in_transaction(lambda: setattr(db.session.get(Person, person_id), "points", 4))
    assert "Du har 30 stemmer tilbage i dag." in visit.get("/mig/point", as_=cast.karim).text
