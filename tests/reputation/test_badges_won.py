"""What wins each badge, and what does not."""

from datetime import UTC, datetime

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.people.models import Department, Site
from midtlink.questions.accepting import accept_answer
from midtlink.questions.closing import close_as_duplicate, reopen
from midtlink.questions.confirming import confirm
from midtlink.questions.deleting import delete
from midtlink.questions.editing import edit
from midtlink.questions.reacting import set_reaction
from midtlink.questions.suggesting import decide_suggestion, suggest_edit
from midtlink.reputation.badges.measures import is_night
from midtlink.reputation.thanking import give_thanks, withdraw_thanks
from midtlink.topics.appointing import appoint, end_appointment
from tests.questions.threads import answered, asked, staff
from tests.reputation.badge_making import held, replied, swept
from tests.topics.making import make_system
from tests.world.cast import make_person

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def by_day(clock):
    """It is ten in the morning, unless a test says otherwise."""
    clock.moment = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def test_the_first_question_and_the_first_answer(cast):
    replied(cast)
    swept()
    assert held(cast.anne) == {"first_question": [1]}
    assert held(cast.jonas) == {"first_answer": [1]}


def test_more_posts_win_nothing_more(cast):
    for number in range(3):
        answered(replied(cast, f"Spørgsmål {number}").question, cast.jonas, "Et svar til")
    swept()
    assert held(cast.jonas) == {"first_answer": [1]}


def test_a_chosen_answer(cast, clock):
    reply = replied(cast)
    clock.forward(hours=1)
    accept_answer(reply, by=cast.anne)
    swept()
    assert held(cast.jonas) == {
        badge: [1]
        for badge in (
            *("bridge_builder", "first_answer", "first_chosen", "interprofessional"),
            *("quick_help", "solver", "welcome"),
        )
    }
    assert held(cast.anne, "chooser") == [1]


def test_an_own_answer_chosen_wins_nothing(cast):
    accept_answer(answered(asked(cast.anne), cast.anne), by=cast.anne)
    swept()
    assert held(cast.anne) == {"first_question": [1], "first_answer": [1]}


def test_an_answer_after_a_quarter_of_an_hour_came_not_at_once(cast, clock):
    question = asked(cast.anne)
    clock.forward(minutes=16)
    accept_answer(answered(question, cast.jonas), by=cast.anne)
    swept()
    assert held(cast.jonas, "first_chosen") and not held(cast.jonas, "quick_help")


def test_the_steps_of_solving(cast, clock):
    for number in range(10):
        clock.forward(minutes=1)
        accept_answer(replied(cast, f"Spørgsmål {number}"), by=cast.anne)
    swept()
    assert held(cast.jonas, "solver") == [1, 2]
    assert held(cast.jonas, "first_chosen") == [1]
    assert held(cast.jonas, "bridge_builder") == [1]


def test_bridges_sites_and_professions_to_others_only(cast):
    twin = make_person("ida", "Ida", "lægesekretær", "Medicinsk Afdeling")
    far = make_person("ole", "Ole", "læge", "Ortopædkirurgi")
    far.department.site.name = "En anden"
    for asker in (twin, far):
        accept_answer(answered(asked(asker), cast.jonas), by=asker)
    swept()
    assert held(cast.jonas, "bridge_builder") == [1]
    assert held(cast.jonas, "interprofessional") == [1]


def test_sites(cast):
    far = make_person("ole", "Ole", "læge", "Ortopædkirurgi")

    def move():
        place = db.session.get(Department, far.department_id)
        place.site = Site(name="Den anden matrikel")

    in_transaction(move)
    for asker in (cast.anne, far):
        accept_answer(answered(asked(asker), cast.jonas), by=asker)
    swept()
    assert held(cast.jonas, "site_hopper") == [1]


def test_three_systems(cast):
    for name in ("EPJ", "PACS", "Print"):
        make_system(name)
        reply = replied(cast, f"Om {name}", system_slug=name.lower())
        accept_answer(reply, by=cast.anne)
    swept()
    assert held(cast.jonas, "all_round") == [1]


@pytest.mark.parametrize(
    ("hour", "is_at_night"), [(21, False), (22, True), (3, True), (4, True), (5, False)]
)
def test_the_night_is_that_of_copenhagen(app, hour, is_at_night):
    assert is_night(datetime(2026, 11, 18, hour, 30, tzinfo=UTC)) == is_at_night


def test_helping_at_night(cast, clock):
    clock.moment = datetime(2026, 7, 1, 21, 30, tzinfo=UTC)  # Half past eleven in summer.
    reply = replied(cast)
    clock.forward(hours=12)
    swept()
    assert not held(cast.jonas, "night_watch")
    set_reaction(reply, "helped", by=cast.karim)
    swept()
    assert held(cast.jonas, "night_watch") == [1]


def test_reviving_takes_thirty_days_without_an_answer(cast, clock):
    answered_before, forgotten = asked(cast.anne, "Et"), asked(cast.anne, "To")
    sooner = asked(cast.anne, "Tre")
    answered(answered_before, cast.bodil)
    clock.forward(days=29)
    set_reaction(answered(sooner, cast.jonas), "helped", by=cast.karim)
    clock.forward(days=1)
    late = answered(answered_before, cast.jonas)
    set_reaction(late, "helped", by=cast.karim)
    swept()
    assert not held(cast.jonas, "reviver")
    set_reaction(answered(forgotten, cast.jonas), "helped", by=cast.karim)
    swept()
    assert held(cast.jonas, "reviver") == [1]


def test_welcoming_is_the_first_answer_to_a_first_question(cast, clock):
    first, second = asked(cast.anne, "Et"), asked(cast.anne, "To")
    for question in (first, second):
        answered(question, cast.bodil)
        clock.forward(minutes=1)
        set_reaction(answered(question, cast.jonas), "helped", by=cast.karim)
    set_reaction(answered(asked(cast.anne, "Tre"), cast.jonas), "helped", by=cast.karim)
    swept()
    assert not held(cast.jonas, "welcome")
    set_reaction(answered(asked(cast.mogens), cast.jonas), "helped", by=cast.karim)
    swept()
    assert held(cast.jonas, "welcome") == [1]


def test_votes_for_answers_and_questions(cast):
    reply = replied(cast)
    for voter in staff(10):
        set_reaction(reply, "helped", by=voter)
        set_reaction(reply.question, "good", by=voter)
        set_reaction(reply.question, "same", by=voter)
    swept()
    assert held(cast.jonas, "helpful") == [1]
    assert held(cast.jonas, "favourite") == [1]
    assert held(cast.anne, "good_question") == [1, 2]
    assert held(cast.anne, "same_problem") == [1]


def test_it_confirms(cast):
    confirm(replied(cast), by=cast.bodil)
    swept()
    assert held(cast.jonas, "confirmed_by_it") == [1]
    assert held(cast.jonas, "solver") == [1]


def test_an_edit_that_is_taken_over(cast):
    reply = replied(cast)
    suggested = suggest_edit(reply, body="Bedre", from_revision=1, by=cast.karim)
    decide_suggestion(suggested, False, by=cast.jonas)
    swept()
    assert not held(cast.karim)
    suggested = suggest_edit(reply, body="Meget bedre", from_revision=1, by=cast.karim)
    decide_suggestion(suggested, True, by=cast.jonas)
    swept()
    assert held(cast.karim) == {"editor": [1]}


def test_bringing_an_old_answer_up_to_date(cast, clock):
    old, young = replied(cast, "Gammelt"), replied(cast, "Andet")
    edit(young, body="Ny", from_revision=1, by=cast.jonas)
    clock.forward(days=366)
    swept()
    assert not held(cast.jonas, "updater")
    edit(old, body="Opdateret", from_revision=1, by=cast.jonas)
    swept()
    assert held(cast.jonas, "updater") == [1]


def test_an_outdated_answer_that_is_confirmed_afterwards(cast, clock):
    reply = replied(cast)
    confirmed_before = replied(cast, "Et andet")
    confirm(confirmed_before, by=cast.bodil)
    clock.forward(minutes=1)
    for post in (reply, confirmed_before):
        flag(post, reason="outdated", by=cast.karim)
    swept()
    assert not held(cast.jonas, "updater")
    clock.forward(minutes=1)
    confirm(reply, by=cast.bodil)
    swept()
    assert held(cast.jonas, "updater") == [1]


def test_thanks_for_both(cast):
    reply = replied(cast)
    give_thanks(reply, by=cast.anne)
    swept()
    assert held(cast.jonas, "thanked") == [1]
    assert held(cast.anne, "thankful") == [1]
    withdraw_thanks(reply, by=cast.anne)
    swept()
    assert not held(cast.jonas, "thanked") and not held(cast.anne, "thankful")


def test_a_duplicate_that_stands(cast):
    original, twin = asked(cast.anne, "Et"), asked(cast.anne, "To")
    close_as_duplicate(twin, of=original, by=cast.mogens)
    swept()
    assert held(cast.mogens) == {"tidier": [1]}
    reopen(twin, by=cast.mogens)
    swept()
    assert not held(cast.mogens)


def test_closing_ones_own_questions_wins_nothing(cast):
    original, twin = asked(cast.anne, "Et"), asked(cast.karim, "To")
    close_as_duplicate(twin, of=original, by=cast.karim)
    swept()
    assert "tidier" not in held(cast.karim)


def test_a_report_that_is_upheld(cast):
    reply = replied(cast)
    report, other = (flag(reply, reason=why, by=cast.karim) for why in ("wrong", "patient_data"))
    decide_flag(report, False, because="Nej", by=cast.mogens)
    swept()
    assert not held(cast.karim)
    decide_flag(other, True, because="Ja", by=cast.mogens)
    swept()
    assert held(cast.karim) == {"watchdog": [1], "shield": [1]}


def test_reporting_oneself_or_agreeing_with_oneself_wins_nothing(cast):
    own, others = answered(asked(cast.anne), cast.karim), replied(cast, "To")
    flag(own, reason="patient_data", by=cast.karim)
    redact(own, by=cast.karim)
    report = flag(others, reason="wrong", by=cast.mogens)
    decide_flag(report, True, because="Ja", by=cast.mogens)
    swept()
    assert not held(cast.karim) and not held(cast.mogens)


def test_a_super_user(cast):
    row = appoint(cast.karim, system=make_system(), by=cast.astrid)
    swept()
    assert held(cast.karim) == {"super_user": [1]}
    end_appointment(row.id, by=cast.astrid)
    swept()
    assert not held(cast.karim)


@pytest.mark.parametrize("away", ["hidden", "deleted"])
def test_what_nobody_sees_wins_nothing(cast, away):
    reply = replied(cast)
    set_reaction(reply, "helped", by=cast.karim)
    give_thanks(reply, by=cast.anne)
    swept()
    assert {"first_answer", "thanked", "welcome"} <= held(cast.jonas).keys()
    if away == "hidden":
        hide(reply, by=cast.mogens, because="upassende")
    else:
        delete(reply, by=cast.jonas)
    swept()
    assert not held(cast.jonas)
    assert held(cast.anne) == {"first_question": [1]}
