"""/badges and a badge's own page as a person sees them."""

import pytest

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.accepting import accept_answer
from midtlink.reputation.badges.queries import badges_of
from midtlink.reputation.badges.revoking import revoke_badge
from midtlink.reputation.badges.rules import BADGES
from midtlink.reputation.badges.wording import BADGE_WORDS, GROUP_WORDS
from midtlink.reputation.records import BadgeAward, OwnAward, OwnAwardGrant
from midtlink.settings.changing import change_setting
from tests.questions.threads import staff
from tests.reputation.badge_making import award, held, replied, swept
from tests.world.statements import counted

HELP, OTHER = "solver", "tidier"


def chose(person, **values):
    """Let a person choose what others see of them."""

    def work():
        for name, value in values.items():
            setattr(db.session.get(Person, person.id), name, value)

    in_transaction(work)


def holders(page):
    """The usernames of those whom a page lists."""
    links = [link.get("href") for link in page.tree.findall(".//main//li//a")]
    return [href.removeprefix("/p/") for href in links if href.startswith("/p/")]


@pytest.fixture
def listed(cast):
    """Jonas holds one badge of each sort, and stands in lists."""
    for badge in (HELP, OTHER):
        award(cast.jonas, badge)
    chose(cast.jonas, is_listed=True)
    return cast.jonas


def test_every_badge_has_its_words():
    assert list(BADGE_WORDS) == list(BADGES)
    assert {badge.group for badge in BADGES.values()} == set(GROUP_WORDS)


def test_all_badges_and_how_far_one_is(visit, cast, clock):
    for number in range(2):
        accept_answer(replied(cast, f"Spørgsmål {number}"), by=cast.anne)
    swept()
    page = visit.get("/badges", as_=cast.jonas)
    assert "Problemløser" in page.text and "Du har 1 af 4 trin Næste trin: 2 af 10" in page.text
    assert "Du har 8 af 26" in page.text
    assert len(page.tree.findall(".//h3")) == len(BADGES)


def test_nobody_reads_how_far_others_are(visit, cast):
    for number in range(2):
        accept_answer(replied(cast, f"Spørgsmål {number}"), by=cast.anne)
    swept()
    assert "0 af 10" not in visit.get("/badges/solver", as_=cast.karim).text
    assert "2 af 10" not in visit.get("/badges/solver", as_=cast.karim).text
    assert "2 af 10" in visit.get("/badges/solver", as_=cast.jonas).text


def test_only_those_who_chose_it_are_listed(visit, cast, listed):
    award(cast.anne, HELP)
    award(cast.leif, HELP)
    chose(cast.leif, is_listed=True)
    page = visit.get(f"/badges/{HELP}", as_=cast.karim)
    assert holders(page) == ["jonas"]
    assert "kolleger har det" not in page.text


def test_who_hides_points_is_in_no_list_of_holders(visit, cast, listed):
    chose(listed, hides_points=True)
    for reader in (cast.karim, cast.mogens, cast.astrid, cast.jonas):
        assert holders(visit.get(f"/badges/{HELP}", as_=reader)) == []
        assert holders(visit.get(f"/badges/{OTHER}", as_=reader)) == []


def test_five_are_counted_and_those_who_hide_are_not(visit, cast):
    people = staff(6)
    for person in people:
        award(person, HELP)
    assert "6 kolleger har det." in visit.get(f"/badges/{HELP}", as_=cast.karim).text
    chose(people[0], hides_points=True)
    assert "5 kolleger har det." in visit.get(f"/badges/{HELP}", as_=cast.karim).text
    chose(people[1], hides_points=True)
    assert "har det." not in visit.get(f"/badges/{HELP}", as_=cast.karim).text


def test_holders_stand_by_name_page_by_page(visit, cast):
    for number, person in enumerate(staff(21)):
        award(person, HELP)
        chose(person, is_listed=True, name=f"{chr(ord('Z') - number)} Kollega")
    first = visit.get(f"/badges/{HELP}", as_=cast.karim)
    (older,) = [link.get("href") for link in first.all("a") if link.get("rel") == "next"]
    rest = visit.get(older, as_=cast.karim)
    assert holders(first) + holders(rest) == [f"kollega{number}" for number in range(20, -1, -1)]


def test_an_empty_list_says_who_stands_there(visit, cast):
    page = visit.get(f"/badges/{HELP}", as_=cast.karim)
    assert "Her står ingen endnu" in page.text


@pytest.mark.parametrize("address", ["findes-ikke", "solver?efter=x"])
def test_what_is_not_there_is_refused(visit, cast, address):
    visit.get(f"/badges/{address}", as_=cast.karim, status=400 if "?" in address else 404)


def test_without_points_only_the_other_badges_are_there(visit, cast, listed):
    change_setting("points_are_on", "off", by=None, by_id=None)
    page = visit.get("/badges", as_=cast.jonas)
    assert "Problemløser" not in page.text and "Rydder op" in page.text
    visit.get(f"/badges/{HELP}", as_=cast.jonas, status=404)
    assert holders(visit.get(f"/badges/{OTHER}", as_=cast.karim)) == ["jonas"]
    assert [each.badge.key for each in badges_of(listed, seen_by=listed)] == [OTHER]


def test_a_profile_gets_the_highest_steps_in_one_statement(cast, listed):
    award(listed, HELP, 2)
    gift = OwnAward(name="Månedens ildsjæl", made_at=clock.now())
    given = OwnAwardGrant(award=gift, person_id=listed.id, given_at=clock.now())
    in_transaction(lambda: db.session.add(given))
    karim = cast.karim
    chose(listed, hides_points=False)
    assert listed.name and karim.is_active
    with counted() as statements:
        found = badges_of(listed, seen_by=karim)
    assert len([each for each in statements if "settings" not in each]) == 1
    assert [(each.badge.key, each.needed) for each in found[:2]] == [(HELP, 10), (OTHER, 1)]
    assert found[2].name == "Månedens ildsjæl"
    chose(listed, hides_points=True)
    assert [each.badge.key for each in badges_of(listed, seen_by=karim)[:-1]] == [OTHER]
    assert [each.badge.key for each in badges_of(listed, seen_by=listed)[:-1]] == [HELP, OTHER]
    assert badges_of(listed, seen_by=cast.leif) == badges_of(listed, seen_by=None) == []


def test_the_badges_of_a_profile_are_drawn(app, cast, listed):
    found = badges_of(listed, seen_by=cast.karim)
    with app.test_request_context():
        macro = app.jinja_env.get_template("reputation/parts/badges.html").module.badges_of
        html = str(macro(found))
    assert 'href="/badges/solver"' in html and "Problemløser" in html


def test_a_moderator_takes_a_badge_away(visit, cast, listed):
    here = f"/badges/{HELP}/fjernelse"
    link = f"{here}?kollega=jonas"
    assert link in [a.get("href") for a in visit.get(f"/badges/{HELP}", as_=cast.mogens).all("a")]
    form = visit.get(link, as_=cast.mogens).form(here, "because")
    assert form["username"] == "jonas"
    fields = {"username": "jonas", "from_step": "1", "because": "Aftalt indbyrdes"}
    visit.post(here, as_=cast.mogens, **fields)
    assert held(listed) == {OTHER: [1]}
    assert "Aftalt indbyrdes" in visit.get(f"/badges/{HELP}", as_=listed).text
    assert "Aftalt indbyrdes" not in visit.get(f"/badges/{HELP}", as_=cast.karim).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"username": "findes-ikke", "because": "Ja"}, "Kollegaen har ikke badget"),
        ({"username": "karim", "because": "Ja"}, "Kollegaen har ikke badget"),
        ({"username": "jonas", "because": " "}, "Skriv, hvorfor badget bliver fjernet."),
        ({"username": "jonas", "because": "Om 010190-1234"}, "ligner et CPR-nummer"),
        ({"username": "010190-1234", "because": "Ja"}, "ligner et CPR-nummer"),
    ],
)
def test_a_refusal_keeps_what_was_typed(visit, cast, listed, fields, words):
    assert cast.karim
    here = f"/badges/{HELP}/fjernelse"
    page = visit.post(here, as_=cast.mogens, status=400, from_step="1", **fields)
    assert words in page.text
    assert page.form(here, "because")["because"].strip() == fields["because"].strip()
    assert held(listed) == {HELP: [1], OTHER: [1]}


def test_a_step_that_is_not_there_is_bad_input(visit, cast, listed):
    fields = {"username": "jonas", "because": "Ja", "from_step": "9"}
    visit.post(f"/badges/{HELP}/fjernelse", as_=cast.mogens, status=400, **fields)
    assert held(listed, HELP) == [1]


def test_only_the_person_reads_why_it_was_taken(visit, cast, listed):
    revoke_badge(listed, BADGES[OTHER], because="Ikke rigtigt", by=cast.mogens)
    assert "Ikke rigtigt" in visit.get(f"/badges/{OTHER}", as_=listed).text
    assert "Ikke rigtigt" not in visit.get(f"/badges/{OTHER}", as_=cast.mogens).text
    assert db.session.query(BadgeAward).filter_by(badge=OTHER).one().revoked_by_id
