"""Whoever tries an example of the search's help finds something in the demo hospital."""

from midtlink.demo.cast import SIGN_INS
from midtlink.demo.filling import fill
from midtlink.people.queries import find_person
from midtlink.search.engine import engine
from midtlink.search.finding import search
from midtlink.search.indexing import rebuild
from midtlink.search.language import EXAMPLES
from midtlink.search.language.operators import DANISH, ENGLISH


def test_each_example_finds_something_in_the_demo(app, index):
    fill()
    rebuild()
    assert not engine().needs_rebuild()
    people = [find_person(each.username) for each in SIGN_INS]
    typed = {each.text(language) for each in EXAMPLES for language in (DANISH, ENGLISH)}
    barren = {
        (text, person.username)
        for text in typed
        for person in people
        if not search(text, by=person, has_facets=False).total
    }
    assert barren == set()
