"""What a person shows of their points: chosen by themselves, at any time, without a script."""

import pytest

from midtlink.access import NotAllowed
from midtlink.audit.models import JournalEntry
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.people.policy import may_see_points
from midtlink.people.showing import choose_showing
from midtlink.settings.changing import change_setting

PATH = "/mig/synlighed"


def choices(person):
    db.session.expire_all()
    row = db.session.get(Person, person.id)
    return row.hides_points, row.is_listed, row.shows_expertise


def journalled():
    return db.session.query(JournalEntry).filter_by(act="ShowingChosen").all()


@pytest.mark.both_databases
def test_nothing_is_shown_of_anybody_who_has_not_chosen_it(cast):
    assert choices(cast.anne) == (False, False, False)
    choose_showing(cast.anne, hides_points=True, by=cast.anne)
    assert choices(cast.anne) == (True, False, False)
    assert may_see_points(cast.anne, cast.anne)
    for other in (cast.karim, cast.mogens, cast.astrid, None):
        assert not may_see_points(other, cast.anne)


@pytest.mark.both_databases
def test_only_oneself_chooses(cast):
    for other in (cast.karim, cast.mogens, cast.astrid, None):
        with pytest.raises(NotAllowed):
            choose_showing(cast.anne, is_listed=True, by=other)
    with pytest.raises(NotAllowed):
        choose_showing(cast.leif, is_listed=True, by=cast.leif)


def test_the_same_choice_again_is_no_news(cast):
    for _ in range(2):
        choose_showing(cast.anne, is_listed=True, by=cast.anne)
    (entry,) = journalled()
    assert (entry.by_id, entry.facts) == (cast.anne.id, {"person_id": cast.anne.id})


def test_the_page_saves_what_is_ticked_and_what_is_not(visit, cast):
    visit.post(PATH, as_=cast.anne, hides_points="on", is_listed="on")
    assert choices(cast.anne) == (True, True, False)
    page = visit.get("/mig", as_=cast.anne)
    ticked = {box.get("name") for box in page.all("input") if box.get("checked") is not None}
    assert {"hides_points", "is_listed"} <= ticked and "shows_expertise" not in ticked
    visit.post(PATH, as_=cast.anne, shows_expertise="on")
    assert choices(cast.anne) == (False, False, True)


@pytest.mark.parametrize("value", ["off", "True", "x", "\x00"])
def test_a_box_that_no_form_sends_is_refused(visit, cast, value):
    visit.post(PATH, as_=cast.anne, status=400, is_listed=value)
    assert choices(cast.anne) == (False, False, False)


def test_one_press_hides_and_leads_back(visit, cast):
    choose_showing(cast.anne, is_listed=True, by=cast.anne)
    answer = visit.post("/mig/skjul-point", as_=cast.anne, wanted="on", next="/p/anne")
    assert answer.location == "/p/anne"
    assert choices(cast.anne) == (True, True, False)
    visit.post("/mig/skjul-point", as_=cast.anne, wanted="off", next="//evil.example")
    assert choices(cast.anne) == (False, True, False)
    visit.post("/mig/skjul-point", as_=cast.anne, status=400, wanted="toggle")


def test_the_page_says_when_points_are_switched_off(visit, cast):
    assert "Se, hvad du har fået dem for" in visit.get("/mig", as_=cast.anne).text
    change_setting("points_are_on", "off", by=None, by_id=None)
    page = visit.get("/mig", as_=cast.anne)
    assert "Point er slået fra her" in page.text and page.has_form(PATH)
    assert "Se, hvad du har fået dem for" not in page.text
