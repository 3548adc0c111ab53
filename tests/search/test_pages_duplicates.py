"""A hit that was closed as a duplicate names the question that it leads to."""

import pytest

from midtlink.events import in_transaction
from midtlink.moderation.hiding import hide
from midtlink.questions.accepting import accept_answer
from midtlink.questions.closing import close_as_duplicate
from midtlink.search.models import SparedQuestion
from tests.questions.threads import answered, asked, rows
from tests.world.statements import statements_of


@pytest.fixture
def original(cast, index):
    question = asked(cast.anne, "Etiketprinteren skriver blankt")
    given = answered(question, cast.jonas)
    in_transaction(lambda: accept_answer(given, by=cast.anne))
    return question


def repeated(title, original, cast):
    question = asked(cast.anne, title)
    in_transaction(lambda: close_as_duplicate(question, of=original, by=cast.bodil))
    return question


def hit_of(page, title):
    """The words of the hit with a title."""
    (found,) = [
        " ".join("".join(row.itertext()).split())
        for row in page.tree.iterfind(".//main//li")
        if row.find("div/h2/a") is not None and "".join(row.find("div/h2/a").itertext()) == title
    ]
    return found


def test_the_hit_names_what_it_leads_to_at_the_end(visit, cast, original, caught_up):
    between = repeated("Blanke mærkater", original, cast)
    repeated("Mærkater uden tekst", original, cast)
    in_transaction(
        lambda: close_as_duplicate(original, of=asked(cast.jonas, "Rulle"), by=cast.bodil)
    )
    caught_up()
    page = visit.get("/soeg?q=mærkater", as_=cast.karim)
    assert "Samme som: Rulle Mangler svar" in hit_of(page, between.title)
    assert "Samme som: Rulle Mangler svar" in hit_of(page, "Mærkater uden tekst")


def test_what_one_may_not_read_is_not_named(visit, cast, original, caught_up):
    repeated("Blanke mærkater", original, cast)
    caught_up()
    assert "Samme som: Etiketprinteren skriver blankt Løst" in hit_of(
        visit.get("/soeg?q=mærkater", as_=cast.karim), "Blanke mærkater"
    )
    in_transaction(lambda: hide(original, by=cast.mogens))
    page = visit.get("/soeg?q=mærkater", as_=cast.karim)
    assert "Samme som" not in page.text
    assert "Etiketprinteren" not in page.text


def test_many_duplicates_cost_one_statement(visit, cast, original, caught_up):
    asked(cast.jonas, "Toner mangler")
    for number in range(3):
        repeated(f"Blanke mærkater {number}", original, cast)
    caught_up()
    plain = statements_of(visit, "/soeg?q=toner", cast.karim)
    assert statements_of(visit, "/soeg?q=mærkater", cast.karim) == plain + 1


def test_that_was_the_answer_leads_on_from_a_duplicate(visit, cast, original):
    duplicate = repeated("Blanke mærkater", original, cast)
    told = visit.post(f"/q/{duplicate.id}/det-var-svaret", as_=cast.karim, title="Hvid mærkat")
    assert told.location == f"/post/{original.accepted_answer_id}"
    assert [row.question_id for row in rows(SparedQuestion)] == [original.id]
    visit.post(f"/q/{original.id}/stil-alligevel", as_=cast.karim)
    assert visit.get("/spoerg", as_=cast.karim).form("/spoerg")["title"] == "Hvid mærkat"
