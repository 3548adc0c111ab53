"""Why did I get this? One's own points in words, each as it was granted; nobody else's."""

import pytest

from midtlink import clock as the_clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide, restore
from midtlink.moderation.redacting import redact
from midtlink.people.models import Person
from midtlink.people.showing import choose_showing
from midtlink.questions.accepting import accept_answer, withdraw_acceptance
from midtlink.questions.confirming import confirm, withdraw_confirmation
from midtlink.questions.deleting import delete, undelete
from midtlink.questions.editing import edit
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.questions.records import Flag
from midtlink.questions.suggesting import decide_suggestion, suggest_edit
from midtlink.reputation.ledger.recording import record
from midtlink.reputation.models import REVERSED, Fact
from midtlink.reputation.records import SuspectVote, Suspicion
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked, rows, staff
from tests.world.statements import statements_of

pytestmark = pytest.mark.both_databases
PATH = "/mig/point"


@pytest.fixture
def reply(cast):
    return answered(asked(cast.anne, "Hvordan signerer jeg?"), cast.jonas)


def told(visit, person, path=PATH):
    """What each row of the ledger says, newest first."""
    page = visit.get(path, as_=person)
    return [
        " ".join(" ".join(row.itertext()).split())
        for row in page.all("li")
        if row.get("class") == "ledger-row"
    ]


def newest(visit, person):
    return told(visit, person)[0]


def test_a_vote_is_told_without_who_gave_it(visit, cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    page = visit.get(PATH, as_=cast.jonas)
    assert "+10 point “Det hjalp mig” fra en kollega Hvordan signerer jeg?" in newest(
        visit, cast.jonas
    )
    assert "Karim" not in page.html and "karim" not in page.html
    assert f"/post/{reply.id}" in [link.get("href") for link in page.all("a")]


def test_every_rule_has_its_words(visit, cast, reply):
    question = reply.question
    set_reaction(question, "same", by=cast.karim)
    set_reaction(reply, "helped", by=cast.karim)
    set_reaction(question, "good", by=cast.karim)
    accept_answer(reply, by=cast.anne)
    confirm(reply, by=cast.bodil)
    made = suggest_edit(question, body="Bedre", from_revision=1, by=cast.jonas)
    decide_suggestion(made, True, by=cast.anne)
    raised = flag(reply, reason="wrong", by=cast.karim)
    decide_flag(raised, True, because="Menuen er flyttet", by=cast.mogens)
    mine = [row.split(" Hvordan")[0] for row in told(visit, cast.jonas)]
    assert mine == [
        "−2 point En moderator så, at teksten var forkert",
        "+2 point Dit forslag til en rettelse blev brugt",
        "+10 point IT bekræftede dit svar",
        "+5 point Dit første valgte svar til en ny afdeling Du hjalp Akutafdelingen.",
        "+15 point Dit svar blev valgt Valgt af den, der spurgte.",
        "+12 point “Det hjalp mig” fra en kollega med samme problem",
    ]
    theirs = [row.split(" Hvordan")[0] for row in told(visit, cast.anne)]
    assert theirs == [
        "+2 point Du valgte et svar på dit spørgsmål",
        "+5 point “Godt spørgsmål” fra en kollega",
    ]


def test_it_that_chose_for_an_absent_asker_is_told_as_it(visit, cast, reply, clock):
    clock.forward(days=30)
    accept_answer(reply, by=cast.bodil)
    assert "Valgt af IT, fordi den, der spurgte, var væk." in told(visit, cast.jonas)[1]


def test_what_was_taken_back_says_why(visit, cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    withdraw_reaction(reply, "helped", by=cast.karim)
    assert "−10 point “Det hjalp mig” fra en kollega Stemmen blev trukket tilbage." in newest(
        visit, cast.jonas
    )
    accept_answer(reply, by=cast.anne)
    withdraw_acceptance(reply.question, by=cast.anne)
    assert "Valget blev flyttet eller taget tilbage." in newest(visit, cast.jonas)
    assert "Valget blev flyttet eller taget tilbage." in newest(visit, cast.anne)
    confirm(reply, by=cast.bodil)
    withdraw_confirmation(reply, by=cast.bodil)
    assert "−10 point IT bekræftede dit svar IT trak bekræftelsen tilbage." in newest(
        visit, cast.jonas
    )


def test_what_is_away_says_so_and_what_is_back_too(visit, cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    delete(reply, by=cast.jonas)
    assert "−10 point “Det hjalp mig” fra en kollega Du slettede teksten." in newest(
        visit, cast.jonas
    )
    undelete(reply, by=cast.jonas)
    assert "+10 point “Det hjalp mig” fra en kollega Teksten er vist igen." in newest(
        visit, cast.jonas
    )
    hide(reply, by=cast.mogens)
    assert "Teksten er skjult." in newest(visit, cast.jonas)
    restore(reply, by=cast.mogens)
    redact(reply, by=cast.jonas)
    assert "Teksten er fjernet for altid." in newest(visit, cast.jonas)


def test_a_text_that_is_hidden_from_me_has_no_link_and_no_title(visit, cast, reply):
    accept_answer(reply, by=cast.anne)
    hide(reply, by=cast.mogens)
    rows_told = told(visit, cast.anne)
    assert all("En tekst, der ikke vises" in row for row in rows_told)
    assert "Teksten er slettet eller skjult." in rows_told[0]
    assert f"/post/{reply.id}" not in visit.get(PATH, as_=cast.anne).html
    hide(reply.question, by=cast.mogens)
    page = visit.get(PATH, as_=cast.jonas)
    assert "Hvordan signerer" not in page.text and "Akutafdelingen" not in page.text
    assert "En tekst, der ikke vises" in newest(visit, cast.jonas)


def test_the_title_of_ones_own_hidden_question_is_withheld(visit, cast):
    question = asked(cast.anne, "Hvem er patienten?")
    set_reaction(question, "good", by=cast.karim)
    hide(question, by=cast.mogens)
    page = visit.get(PATH, as_=cast.anne)
    assert "Hvem er patienten" not in page.html and "Skjult spørgsmål" in page.text


def reverse(reply, voter, moderator, because):
    """Make a vote void as the one who decides suspicions does."""

    def work():
        (fact,) = db.session.query(Fact).filter_by(kind="set", actor_id=voter.id)
        moment = the_clock.now()
        suspicion = Suspicion(
            kind="mutual", identity="x", found_at=moment, window_from=moment, decided_at=moment,
            is_reversed=True, reason=because, votes=[SuspectVote(fact_id=fact.id)],
        )  # fmt: skip
        db.session.add(suspicion)
        record(REVERSED, reply, source=fact.source, actor_id=moderator.id)

    in_transaction(work)


def test_a_reversal_is_told_with_its_reason_to_both(visit, cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    reverse(reply, cast.karim, cast.mogens, "I stemte kun på hinanden")
    assert (
        "−10 point “Det hjalp mig” fra en kollega "
        "En moderator tilbageførte stemmen: I stemte kun på hinanden"
    ) in newest(visit, cast.jonas)
    assert "0 point Din stemme blev tilbageført" in newest(visit, cast.karim)
    assert "I stemte kun på hinanden" in newest(visit, cast.karim)
    assert "Mogens" not in visit.get(PATH, as_=cast.jonas).text
    assert told(visit, cast.anne) == []


def test_the_cap_is_told_where_it_truncated(visit, cast, reply):
    change_setting("points_daily_cap", "15", by=None, by_id=None)
    for voter in staff(3):
        set_reaction(reply, "helped", by=voter)
    third, second, first = told(visit, cast.jonas)
    assert third.startswith("0 point") and "10, heraf 0 pga. dagens loft" in third
    assert second.startswith("+5 point") and "10, heraf 5 pga. dagens loft" in second
    assert "loft" not in first
    assert "15 af højst 15" in visit.get(PATH, as_=cast.jonas).text


def test_the_day_begins_anew_at_midnight(visit, cast, reply, clock):
    clock.forward(minutes=15)
    set_reaction(reply, "helped", by=cast.karim)
    assert "10 af højst 200" in visit.get(PATH, as_=cast.jonas).text
    assert "Du har 29 stemmer tilbage i dag." in visit.get(PATH, as_=cast.karim).text
    clock.forward(minutes=10)  # From 23.55 to 0.05 in Copenhagen.
    assert "0 af højst 200" in visit.get(PATH, as_=cast.jonas).text
    assert "Du har 30 stemmer tilbage i dag." in visit.get(PATH, as_=cast.karim).text


def test_the_total_never_falls_below_one(visit, cast, reply):
    raised = flag(reply, reason="wrong", by=cast.karim)
    decide_flag(raised, True, because="Ja", by=cast.mogens)
    page = visit.get(PATH, as_=cast.jonas)
    assert "1 point Tallet bliver aldrig lavere end 1." in page.text
    assert rows(Flag)[0].is_upheld


def test_nobody_reads_anothers_ledger(visit, cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    for person in (cast.anne, cast.mogens, cast.astrid, cast.bodil):
        assert told(visit, person, f"{PATH}?person=jonas&person_id={cast.jonas.id}") == []
    visit.get(f"{PATH}/jonas", as_=cast.astrid, status=404)


def test_who_hides_their_points_reads_them(visit, cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    choose_showing(cast.jonas, hides_points=True, by=cast.jonas)
    page = visit.get(PATH, as_=cast.jonas)
    assert len(told(visit, cast.jonas)) == 1 and "Du har skjult dem for alle andre." in page.text
    assert page.form("/mig/skjul-point")["wanted"] == "off"


def test_a_newcomer_reads_how_points_come(visit, cast):
    page = visit.get(PATH, as_=cast.karim)
    assert "Ingen point endnu" in page.text and "Alle begynder med 1." in page.text


def many(reply, person_id, count):
    """Rows for so many points: what the database holds after years."""

    def work():
        for number in range(count):
            record(
                "set", reply, source=f"reaction:x:{number}", subject="helped", actor_id=person_id
            )

    in_transaction(work)


def test_pages_lead_from_the_newest_to_the_first(visit, cast, reply):
    many(reply, cast.karim.id, 44)
    seen, path = [], PATH
    while path:
        page = visit.get(path, as_=cast.jonas)
        seen.append(len(told(visit, cast.jonas, path)))
        path = next((a.get("href") for a in page.all("a") if a.get("rel") == "next"), None)
    assert seen == [20, 20, 4]


@pytest.mark.parametrize("cursor", ["x", "-1", "7", "1-2-3", "2147483648-0", "²-1"])
def test_a_page_that_no_link_leads_to_is_refused(visit, cast, cursor):
    visit.get(f"{PATH}?efter={cursor}", as_=cast.karim, status=400)


def test_a_page_after_the_end_is_empty(visit, cast):
    visit.get(f"{PATH}?efter=2147483647-2147483647", as_=cast.karim)


@pytest.mark.parametrize("count", [3, 300])
def test_a_page_takes_three_statements_however_long(visit, cast, reply, count):
    many(reply, cast.karim.id, count)
    assert statements_of(visit, PATH, cast.jonas) == 3


def test_points_that_are_switched_off_are_nowhere(visit, cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    change_setting("points_are_on", "off", by=None, by_id=None)
    page = visit.get(PATH, as_=cast.jonas)
    assert "Point er slået fra her." in page.text and "+10" not in page.text
    assert PATH not in [link.get("href") for link in visit.get("/", as_=cast.jonas).all("a")]


def test_the_menu_leads_to_it(visit, cast):
    assert PATH in [link.get("href") for link in visit.get("/", as_=cast.karim).all("a")]


def test_an_edited_text_keeps_its_link(visit, cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    edit(reply, body="Bedre", from_revision=1, by=cast.jonas)
    assert db.session.get(Person, cast.jonas.id).points == 10
    assert "Hvordan signerer jeg?" in newest(visit, cast.jonas)
