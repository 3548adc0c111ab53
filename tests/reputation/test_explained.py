"""One page says what gives points and what they allow, from the rules that hold now."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.people.privileges import PRIVILEGES
from midtlink.people.showing import choose_showing
from midtlink.reputation.rules import RULES
from midtlink.reputation.views import point_words
from midtlink.settings.changing import change_setting
from tests.world.statements import statements_of

PATH = "/point"


def change(key, value):
    change_setting(key, value, by=None, by_id=None)


def rows_of(page, number):
    """The rows of the page's first or second table, as lists of texts."""
    table = page.all("table")[number]
    rows = table.findall(".//tbody/tr")
    return [[" ".join(" ".join(cell.itertext()).split()) for cell in row] for row in rows]


def test_every_rule_and_privilege_has_words():
    assert set(point_words.RULES) == set(RULES)
    assert set(point_words.PRIVILEGES) == set(PRIVILEGES)


def test_it_says_what_the_rules_are_worth_now(visit, cast):
    assert ["Dit svar blev valgt", "+15 point"] in rows_of(visit.get(PATH, as_=cast.karim), 0)
    change("points_accepted", "25")
    change("points_wrong", "3")
    change("points_daily_cap", "150")
    change("votes_per_day", "1")
    page = visit.get(PATH, as_=cast.karim)
    assert ["Dit svar blev valgt", "+25 point"] in rows_of(page, 0)
    assert ["En moderator så, at teksten var forkert", "−3 point"] in rows_of(page, 0)
    assert "højst 150 point på en dag" in page.text and "Du har 1 stemme om dagen" in page.text
    assert len(rows_of(page, 0)) == len(RULES)


def test_it_says_what_one_may_and_what_is_missing(visit, cast):
    edits = "Rette andres spørgsmål og svar uden at spørge først"
    person_id = cast.karim.id
    assert [edits, "100 point", "Om 99 point"] in rows_of(visit.get(PATH, as_=cast.karim), 1)
    in_transaction(lambda: setattr(db.session.get(Person, person_id), "points", 99))
    assert [edits, "100 point", "Ja"] in rows_of(visit.get(PATH, as_=cast.karim), 1)


@pytest.mark.parametrize(
    ("preset", "threshold"), [("open", "Alle kolleger"), ("strict", "500 point")]
)
def test_it_follows_the_preset(visit, cast, preset, threshold):
    change("privilege_preset", preset)
    page = visit.get(PATH, as_=cast.karim)
    edits = rows_of(page, 1)[list(PRIVILEGES).index("edit_others")]
    assert edits[1] == threshold
    assert ("Her må alle også" in page.text) == (preset == "open")


def test_a_role_has_the_everyday_things(visit, cast):
    change("privilege_preset", "strict")
    votes = rows_of(visit.get(PATH, as_=cast.bodil), 1)[0]
    assert votes[1:] == ["5 point", "Ja"]


def test_switched_off_it_shows_none_and_reads_well(visit, cast):
    change("privilege_preset", "strict")
    change("points_are_on", "off")
    page = visit.get(PATH, as_=cast.karim)
    assert len(page.all("table")) == 1
    assert "Point er slået fra her." in page.text
    assert all(row[1:] == ["Ja"] for row in rows_of(page, 0))
    main = " ".join(page.tree.find(".//main").itertext())
    assert "+10" not in main and "/mig/point" not in page.html


def test_it_leads_to_the_ledger_the_choices_and_the_badges(visit, cast):
    links = {link.get("href") for link in visit.get(PATH, as_=cast.karim).all("a")}
    assert {"/mig/point", "/mig#synlighed", "/badges"} <= links
    for path in ("/", "/mig", "/mig/point"):
        page = visit.get(path, as_=cast.karim)
        assert PATH in [link.get("href") for link in page.all("a")], path


def test_it_is_the_same_for_who_hides_points(visit, cast):
    choose_showing(cast.karim, hides_points=True, by=cast.karim)
    assert "1 point" in visit.get(PATH, as_=cast.karim).text


def test_it_asks_nothing_of_the_database(visit, cast):
    assert statements_of(visit, PATH, cast.karim) == 0
