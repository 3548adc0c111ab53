"""A CPR number in a name or a place: refused, shown where, masked by one press."""

import pytest

from midtlink.extensions import db
from midtlink.people.models import Department, Person

NAME = "Ole 010190-1234"


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/administration/ny-person", {"username": "ole", "name": NAME}),
        ("/administration/afdelinger/ny", {"name": NAME}),
        ("/administration/matrikler/ny", {"name": NAME}),
        ("/administration/personer/karim", {"name": NAME}),
    ],
)
def test_one_press_masks_the_number(visit, cast, address, fields):
    assert cast.karim
    refused = visit.post(address, as_=cast.astrid, status=400, **fields)
    assert "010190-1234" in refused.html
    mask = refused.form(address)["mask"]
    masked = visit.post(address, as_=cast.astrid, status=200, **fields, mask=mask)
    assert masked.form(address)["name"] == "Ole XXXXXX-XXXX"


def test_nothing_was_stored(visit, cast):
    visit.post("/administration/afdelinger/ny", as_=cast.astrid, status=400, name=NAME)
    names = [
        name for (name,) in db.session.query(Department.name).union(db.session.query(Person.name))
    ]
    assert NAME not in names
