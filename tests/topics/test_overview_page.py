"""/emner: the systems and tags that there are."""

import pytest

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.topics.following import follow_tag
from midtlink.topics.queries import find_tag
from tests.topics.making import make_question, make_system
from tests.world.statements import statements_of


def test_the_page_lists_systems_with_their_status_and_open_questions(visit, cast):
    epj = make_system("EPJ", purpose="Journal", promise="svar typisk inden 4 timer")
    make_system("PACS", is_running=False, status_line="Nede siden kl. 22")
    make_question("Hvor er notatet?", author=cast.anne, system=epj)
    make_question("Løst for længst", author=cast.anne, system=epj, status="solved")
    make_question("Skjult for alle", author=cast.anne, system=epj, hidden_at=clock.now())
    page = visit.get("/emner", as_=cast.karim)
    for words in ("Journal", "1 åbent spørgsmål", "svar typisk inden 4 timer", "Nede siden kl. 22"):
        assert words in page.text


def test_the_page_lists_the_most_used_tags_and_mine(visit, cast):
    for tags in (["print", "toner"], ["print"]):
        make_question("Blank side igen", author=cast.anne, tags=tags)
    karim = cast.karim
    in_transaction(lambda: follow_tag(find_tag("toner"), by=karim))
    page = visit.get("/emner", as_=karim)
    assert page.text.index("print antal spørgsmål: 2") < page.text.index("toner antal spørgsmål: 1")
    assert page.tree.findtext(".//aside//ul/li/a") == "toner"


def test_an_empty_hospital_says_what_to_do(visit, cast):
    page = visit.get("/emner", as_=cast.karim)
    assert "Der er ingen systemer endnu." in page.text
    assert "Ingen har brugt emneord endnu." in page.text


@pytest.mark.parametrize(
    "typed", ["PRI", "%00", "%", "%25", "%F0%9F%98%80", "<script>", "a" * 5_000, "print"]
)
def test_any_words_find_tags_or_none(visit, cast, typed):
    make_question("Blank side igen", author=cast.anne, tags=["print"])
    page = visit.get(f"/emner?find={typed}", as_=cast.karim)
    is_found = typed.lower() in ("pri", "print")
    assert ("Ingen emneord passer." in page.text) != is_found


def test_a_stranger_signs_in_first(visit, app):
    visit.get("/emner", status=303)


def test_the_page_is_only_read(visit, cast):
    visit.post("/emner", as_=cast.karim, status=405)


def test_a_system_is_followed_from_the_list(visit, cast):
    make_system("EPJ")
    page = visit.get("/emner", as_=cast.karim)
    fields = page.form("/system/epj/foelg")
    answer = visit.post("/system/epj/foelg", as_=cast.karim, wanted="on", next=fields["next"])
    assert answer.location == "/emner"
    assert visit.get("/emner", as_=cast.karim).form("/system/epj/foelg")["wanted"] == "off"


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_costs_five_statements_beyond_the_shell(visit, cast, rows):
    for number in range(rows):
        system = make_system(f"System{number}")
        make_question("Hvor er notatet?", author=cast.anne, system=system, tags=[f"tag{number}"])
    assert statements_of(visit, "/emner", cast.karim) == 5
