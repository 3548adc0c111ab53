"""Reporting, deciding, hiding and removing, as people meet them."""

import pytest

from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.questions.models import Answer
from midtlink.questions.records import Flag
from tests.questions.threads import answered, asked, rows
from tests.world.statements import statements_of

CPR = "010285-1234"


@pytest.fixture
def answer(cast):
    """Jonas's answer to Anne."""
    return answered(asked(cast.anne, "Hvordan signerer jeg?"), cast.jonas)


def test_patient_data_is_hidden_by_one_press(visit, cast, answer):
    path = f"/post/{answer.id}/meld"
    assert visit.get(path, as_=cast.karim).form(path)["reason"] == "patient_data"
    location = visit.post(path, as_=cast.karim, reason="patient_data").location
    assert location == f"/q/{answer.question_id}"
    assert rows(Answer)[0].hidden_at is not None


def test_reported_question_that_is_hidden_leads_home(visit, cast):
    question = asked(cast.anne, "Hvem er patienten?")
    path = f"/post/{question.id}/meld"
    assert visit.post(path, as_=cast.karim, reason="patient_data").location == "/"
    assert "skjult for alle" in visit.get("/", as_=cast.karim).text


def test_report_with_a_reason_reaches_the_moderator(visit, cast, answer):
    path = f"/post/{answer.id}/meld"
    visit.post(path, as_=cast.karim, reason="wrong", note="Menuen hedder noget andet")
    page = visit.get("/meldinger", as_=cast.mogens)
    assert "Forkert" in page.text and "Menuen hedder noget andet" in page.text
    assert "Højreklik" in page.text


def test_who_has_reported_it_already_is_told_so(visit, cast, answer):
    path = f"/post/{answer.id}/meld"
    assert "Du har meldt" not in visit.get(path, as_=cast.karim).text
    visit.post(path, as_=cast.karim, reason="outdated")
    assert visit.post(path, as_=cast.karim, reason="outdated").location == path
    page = visit.get(path, as_=cast.karim)
    assert "Du har meldt det: Forældet." in page.text and len(page.all("time")) == 1
    assert "Du har meldt" not in visit.get(path, as_=cast.anne).text
    assert visit.post(path, as_=cast.karim, reason="wrong").location == f"/post/{answer.id}"
    assert len(rows(Flag)) == 2


@pytest.mark.parametrize(
    "fields",
    [{}, {"reason": "ugly"}, {"reason": "wrong", "note": "x" * 501}, {"reason": "\x00"}],
    ids=str,
)
def test_report_that_does_not_fit_is_refused(visit, cast, answer, fields):
    visit.post(f"/post/{answer.id}/meld", as_=cast.karim, status=400, **fields)
    assert not rows(Flag)


def test_report_keeps_its_note_when_the_guard_stops_it(visit, cast, answer):
    path, note = f"/post/{answer.id}/meld", f"Det er {CPR}"
    page = visit.post(path, as_=cast.karim, status=400, reason="wrong", note=note)
    assert [mark.text for mark in page.all("mark")] == [CPR]
    assert not rows(Flag)


@pytest.mark.parametrize(("uphold", "words"), [("yes", "Medhold"), ("no", "Afvist")])
def test_moderator_decides_with_a_reason(visit, cast, answer, uphold, words):
    report = flag(answer, reason="wrong", by=cast.karim)
    path = f"/meldinger/{report.id}/afgoerelse"
    visit.post(path, as_=cast.mogens, uphold=uphold, because="Jeg har prøvet det")
    assert "Ingen meldinger" in visit.get("/meldinger", as_=cast.mogens).text
    decided = visit.get("/meldinger?vis=afgjorte", as_=cast.mogens)
    assert f"{words} Jeg har prøvet det" in decided.text


def test_decision_without_a_reason_stands_open(visit, cast, answer):
    report = flag(answer, reason="wrong", by=cast.karim)
    path = f"/meldinger/{report.id}/afgoerelse"
    page = visit.post(path, as_=cast.mogens, status=400, uphold="yes", because=" ")
    assert page.text.count("Skriv kort hvorfor.") == 2  # In the summary and beside the field.
    assert f'href="#field-because-{report.id}"' in page.html
    assert rows(Flag)[0].decided_at is None


def test_other_decision_afterwards_is_a_conflict(visit, cast, answer):
    report = flag(answer, reason="wrong", by=cast.karim)
    path = f"/meldinger/{report.id}/afgoerelse"
    visit.post(path, as_=cast.mogens, uphold="yes", because="Enig")
    visit.post(path, as_=cast.mogens, status=409, uphold="no", because="Alligevel ikke")


@pytest.mark.parametrize("uphold", ["", "maybe"])
def test_decision_needs_a_choice(visit, cast, answer, uphold):
    report = flag(answer, reason="wrong", by=cast.karim)
    path = f"/meldinger/{report.id}/afgoerelse"
    visit.post(path, as_=cast.mogens, status=400, uphold=uphold, because="Tja")


def test_members_neither_see_nor_decide_reports(visit, cast, answer):
    report = flag(answer, reason="wrong", by=cast.karim)
    for person in (cast.karim, cast.bodil, cast.astrid):
        visit.get("/meldinger", as_=person, status=403)
        path = f"/meldinger/{report.id}/afgoerelse"
        visit.post(path, as_=person, status=403, uphold="no", because="Nej")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/meldinger?vis=alle", 404), ("/meldinger?efter=x", 400), ("/meldinger/77/afgoerelse", 405)],
)
def test_unknown_words_are_refused(visit, cast, path, status):
    visit.get(path, as_=cast.mogens, status=status)


def test_hiding_offers_to_be_undone(visit, cast, answer):
    path = f"/post/{answer.id}"
    visit.post(f"{path}/skjul", as_=cast.mogens)
    assert rows(Answer)[0].hidden_at is not None
    location = visit.get(path, as_=cast.mogens, status=302).location
    assert "Fortryd" in visit.get(location, as_=cast.mogens).text
    visit.post(f"{path}/vis", as_=cast.mogens)
    assert rows(Answer)[0].hidden_at is None


def test_post_is_not_shown_while_a_report_of_patient_data_waits(visit, cast, answer):
    flag(answer, reason="patient_data", by=cast.karim)
    page = visit.get(
        visit.get(f"/post/{answer.id}", as_=cast.mogens, status=302).location, as_=cast.mogens
    )
    assert "Afgør meldingen først" in page.text
    assert not page.has_form(f"/post/{answer.id}/vis")
    visit.post(f"/post/{answer.id}/vis", as_=cast.mogens, status=409)


@pytest.mark.parametrize("action", ["skjul", "vis"])
def test_members_do_not_hide(visit, cast, answer, action):
    visit.post(f"/post/{answer.id}/{action}", as_=cast.jonas, status=403)


def test_author_removes_a_text_for_ever_after_a_second_thought(visit, cast, answer):
    path = f"/post/{answer.id}/fjern-tekst"
    assert "Det kan ikke fortrydes." in visit.get(path, as_=cast.jonas).text
    visit.post(path, as_=cast.jonas)
    assert "Højreklik" not in rows(Answer)[0].source


def test_author_removes_a_text_that_is_hidden(visit, cast, answer):
    hide(answer, by=cast.mogens)
    visit.get(f"/post/{answer.id}/fjern-tekst", as_=cast.jonas)
    visit.post(f"/post/{answer.id}/fjern-tekst", as_=cast.jonas)


def test_others_remove_nothing(visit, cast, answer):
    for person in (cast.karim, cast.bodil, cast.anne):
        visit.get(f"/post/{answer.id}/fjern-tekst", as_=person, status=403)
        visit.post(f"/post/{answer.id}/fjern-tekst", as_=person, status=403)


@pytest.mark.parametrize("count", [3, 20])
def test_reports_cost_the_same_however_many(visit, cast, answer, count):
    people = [cast.karim, cast.anne, cast.bodil]
    posts = [answer] + [answered(answer.question, cast.jonas, f"Nej {n}") for n in range(5)]
    reasons = ("wrong", "outdated", "dangerous")
    reports = [(p, post, reason) for post in posts for p in people for reason in reasons]
    for person, post, reason in reports[:count]:
        flag(post, reason=reason, by=person)
    assert statements_of(visit, "/meldinger", cast.mogens) == 1
    for report in rows(Flag):
        decide_flag(report, True, because="Enig", by=cast.mogens)
    assert statements_of(visit, "/meldinger?vis=afgjorte", cast.mogens) == 1
