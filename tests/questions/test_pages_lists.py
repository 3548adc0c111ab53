"""Home and the lists, as people meet them."""

import pytest

from midtlink.events import in_transaction
from midtlink.questions.models import SOLVED
from midtlink.topics.following import follow_system, follow_tag
from midtlink.topics.naming import tags_named
from tests.questions.threads import answered, asked
from tests.topics.making import make_question, make_system
from tests.world.statements import statements_of

WORDS = ("til-mig", "ubesvarede", "nyeste", "afdeling")
LISTS = ("nyeste", "ubesvarede", "mine", "afdeling", "systemer", "loest")


def titles(page):
    return [
        "".join(link.itertext())
        for heading in page.all("h2")
        if heading.get("class") == "question-title"
        for link in heading.iter("a")
    ]


def test_first_day_shows_a_way_on(visit, cast):
    page = visit.get("/", as_=cast.karim)
    assert "Hvad kan du hjælpe med?" in page.text
    assert "Velkommen, Karim" in page.text
    assert "Vælg emner" in page.text


def test_home_counts_what_waits_in_my_topics(visit, cast):
    system, by = make_system("EPJ"), cast.karim
    tag = in_transaction(lambda: tags_named(["notat"], by=by)[0])
    follow_system(system, by=cast.karim)
    follow_tag(tag, by=cast.karim)
    make_question("Om systemet", author=cast.anne, system=system)
    make_question("Om emnet", author=cast.anne, tags=[tag.name])
    make_question("Om noget andet", author=cast.anne)
    page = visit.get("/", as_=cast.karim)
    assert "2 ubesvarede spørgsmål i dine emner" in page.text
    assert titles(page) == ["Om emnet", "Om systemet"]


def test_home_shows_my_open_questions_and_the_systems(visit, cast):
    make_system("EPJ", status_line="Langsomt i dag", is_running=False)
    make_question("Min åbne", author=cast.anne)
    make_question("Min løste", author=cast.anne, status=SOLVED)
    page = visit.get("/?vis=afdeling", as_=cast.anne)
    aside = " ".join(page.tree.find(".//aside").itertext())
    assert "Min åbne" in aside and "Min løste" not in aside
    assert "Langsomt i dag" in aside


def test_department_tab_bears_its_name(visit, cast):
    assert "Akutafdelingen" in visit.get("/", as_=cast.anne).text


@pytest.mark.parametrize("shown", LISTS)
def test_every_list_says_what_it_lacks(visit, cast, shown):
    page = visit.get(f"/spoergsmaal?vis={shown}", as_=cast.karim)
    assert any("empty" in (box.get("class") or "") for box in page.all("div"))


def test_lists_hold_what_their_name_says(visit, cast):
    solved = make_question("Løst af Anne", author=cast.anne, status=SOLVED)
    waiting = make_question("Mangler svar", author=cast.jonas)
    answered(asked(cast.anne, "Besvaret af Jonas"), cast.jonas)
    shown = {name: titles(visit.get(f"/spoergsmaal?vis={name}", as_=cast.anne)) for name in LISTS}
    assert shown["loest"] == [solved.title]
    assert shown["ubesvarede"] == [waiting.title]
    assert shown["mine"] == ["Besvaret af Jonas", solved.title]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/?vis=alt", 404),
        ("/?vis=mine", 404),
        ("/spoergsmaal?vis=", 404),
        ("/spoergsmaal?vis=til-mig", 404),
        ("/spoergsmaal?efter=x", 400),
        ("/spoergsmaal?efter=-1", 400),
        ("/?efter=999999999999999999999", 400),
    ],
)
def test_unknown_words_are_refused(visit, cast, path, status):
    visit.get(path, as_=cast.anne, status=status)


def test_pages_follow_each_other(visit, cast):
    for number in range(25):
        make_question(f"Spørgsmål {number}", author=cast.anne)
    first = visit.get("/spoergsmaal", as_=cast.karim)
    older = next(link.get("href") for link in first.all("a") if link.get("rel") == "next")
    rest = visit.get(older, as_=cast.karim)
    assert titles(first) + titles(rest) == [f"Spørgsmål {number}" for number in range(24, -1, -1)]


@pytest.mark.parametrize("count", [3, 300])
def test_lists_cost_the_same_however_long(visit, cast, count):
    fill(cast, count)
    assert {statements_of(visit, f"/spoergsmaal?vis={name}", cast.anne) for name in LISTS[:3]} == {
        2
    }
    assert {statements_of(visit, f"/?vis={name}", cast.anne) for name in WORDS[1:]} == {7}


def fill(cast, count):
    system, tags = make_system("EPJ"), ["notat", "log-ind"]
    for number in range(count):
        author = (cast.anne, cast.jonas, cast.karim)[number % 3]
        make_question(f"Nummer {number}", author=author, system=system, tags=tags)


@pytest.mark.parametrize("address", ["/", "/spoergsmaal"])
def test_who_has_no_department_is_offered_no_list_of_it(visit, cast, address):
    assert "Portørcentralen" in visit.get(address, as_=cast.karim).text
    in_transaction(lambda: setattr(cast.karim, "department", None))
    page = visit.get(address, as_=cast.karim)
    assert "vis=afdeling" not in page.html and "vis=nyeste" in page.html
    visit.get(f"{address}?vis=afdeling", as_=cast.karim, status=404)
