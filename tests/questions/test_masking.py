"""Addresses that would carry a CPR number, and the words of a search that become a question."""

from urllib.parse import quote, urlsplit

import pytest

from midtlink.questions.queries.counting import answers_shown, forget
from tests.world.statements import counted


@pytest.mark.parametrize(
    "typed", ["010190-1234", "010190 1234", "0101901234", "cpr: (010190)1234", "０１０１９０-1234"]
)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_an_address_with_a_cpr_number_becomes_one_without(visit, cast, typed, is_signed_in):
    person = cast.karim if is_signed_in else None
    answer = visit.get(f"/soeg?q=bo+{quote(typed)}&efter=7", as_=person, status=303)
    assert urlsplit(answer.location).path == "/soeg"
    assert "1234" not in answer.location
    assert "XXXXXX-XXXX" in answer.location
    assert "efter=7" in answer.location


def test_every_page_and_every_field_of_an_address_is_masked_once(visit, cast):
    for path in ("/emner?find=", "/spoerg?titel=", "/log-ind?next=/soeg?q=", "/soeg?x=1&"):
        answer = visit.get(f"{path}010190-1234", as_=cast.karim, status=303)
        assert "1234" not in answer.location
    page = visit.get("/soeg?q=XXXXXX-XXXX", as_=cast.karim)
    assert "Vi fjernede et tal, der ligner et CPR-nummer" in page.text


def test_a_masked_address_never_leads_to_another_host(visit, cast):
    for path in ("//evil.example/soeg?q=010190-1234", "/%2F%2Fevil.example?q=010190-1234"):
        answer = visit.client(cast.karim).get(path)
        assert not answer.headers.get("Location", "/").startswith("//")


def test_the_number_in_the_search_box_is_counted_once_a_minute(visit, cast):
    forget()
    with counted() as cold:
        answers_shown()
    with counted() as warm:
        answers_shown()
    assert (len(cold), len(warm)) == (1, 0)


def test_the_words_stand_in_the_form_that_asks(visit, cast):
    page = visit.get("/spoerg?titel=b%C3%A6rbar+k%C3%B8ler", as_=cast.karim)
    assert page.form("/spoerg")["title"] == "bærbar køler"
