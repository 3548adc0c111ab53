"""The page of those who help, and the card of the week on the home page."""

import pytest

from midtlink.settings.changing import change_setting
from tests.reputation.test_leaderboards import chose, crowd, helped, quick

__all__ = ["quick"]
CARD = "Hjælp de seneste 7 dage"


@pytest.fixture
def helper(cast):
    """Somebody of a department of eight who has helped another department twice."""
    found = crowd("Øjenafdelingen", 8)
    helped(found, cast.anne, 2)
    return found


def rows_of(page):
    return [" ".join("".join(row.itertext()).split()) for row in page.all("tr")][1:]


def widths(page):
    return [bar.get("width") for bar in page.all("{http://www.w3.org/2000/svg}rect")]


def test_departments_stand_with_place_rate_and_bar(visit, cast, helper):
    helped(crowd("Røntgen", 20), cast.anne, 1)
    page = visit.get("/hjaelpere", as_=cast.karim)
    assert rows_of(page) == ["1. Øjenafdelingen 25", "2. Røntgen 5"]
    assert widths(page) == ["100.0", "20.0"]


def test_ones_own_department_is_marked(visit, cast, helper):
    assert rows_of(visit.get("/hjaelpere", as_=helper)) == ["1. Øjenafdelingen Din afdeling 25"]
    assert "Din afdeling" not in visit.get("/hjaelpere", as_=cast.anne).text


def test_the_card_shows_five_places_and_ones_own(visit, cast):
    for number in range(7):
        first = crowd(f"Afdeling {number}", 5)
        helped(first, cast.anne, 8 - number)
    page = visit.get("/", as_=first)
    assert [row[:2] for row in rows_of(page)] == ["1.", "2.", "3.", "4.", "5.", "7."]
    assert "Afdeling 6 Din afdeling" in rows_of(page)[-1]
    assert "/hjaelpere" in [link.get("href") for link in page.all("a")]


def test_nobody_has_helped_yet(visit, cast):
    assert "Ingen har hjulpet de seneste 7 dage." in visit.get("/", as_=cast.karim).text
    page = visit.get("/hjaelpere", as_=cast.karim)
    assert "Ingen har hjulpet de seneste 7 dage" in page.text
    assert "Her står ingen endnu." in page.text


def test_a_bridge_builder_stands_without_a_number(visit, cast, helper):
    chose(helper, is_listed=True, name="Bro Byggersen")
    page = visit.get("/hjaelpere", as_=cast.karim)
    (row,) = [item for item in page.all("li") if "Bro Byggersen" in "".join(item.itertext())]
    assert " ".join("".join(row.itertext()).split()) == "Bro Byggersen, læge, Øjenafdelingen"


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({}, "Du står her ikke. Det vælger du selv."),
        ({"is_listed": True}, "Du har valgt, at du må stå her."),
        (
            {"is_listed": True, "hides_points": True},
            "Du står her ikke, så længe dine point er skjult.",
        ),
    ],
)
def test_one_reads_what_one_chose(visit, cast, helper, choices, words):
    chose(helper, **choices)
    assert words in visit.get("/hjaelpere", as_=helper).text


def test_points_switched_off_leave_no_page_and_no_card(visit, cast, helper):
    chose(helper, is_listed=True)
    change_setting("points_are_on", "off", by=None, by_id=None)
    page = visit.get("/hjaelpere", as_=cast.karim, status=404)
    assert "Point er slået fra her." in page.text
    assert helper.name not in page.text and "Øjen" not in page.text
    home = visit.get("/", as_=cast.karim)
    assert CARD not in home.text
    assert "/hjaelpere" not in [link.get("href") for link in home.all("a")]


def test_the_menu_leads_there(visit, cast):
    page = visit.get("/hjaelpere", as_=cast.karim)
    (here,) = [link for link in page.all("a") if link.get("aria-current") == "page"]
    assert here.text == "Hjælpere"
