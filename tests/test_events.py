"""Writing: the one way in, whole or not at all."""

import pytest

from midtlink.events import Event, in_transaction, on, publish
from midtlink.extensions import db
from midtlink.people.models import Site


class SiteOpened(Event):
    """A fact for these tests."""


def test_a_write_outside_a_transaction_is_refused(app):
    db.session.add(Site(name="Nord"))
    with pytest.raises(RuntimeError, match="outside in_transaction"):
        db.session.flush()


@pytest.mark.both_databases
def test_a_failing_listener_undoes_the_whole_write(app):
    @on(SiteOpened)
    def fail(_fact):
        raise ZeroDivisionError

    def work():
        db.session.add(Site(name="Nord"))
        publish(SiteOpened(by_id=None))

    with pytest.raises(ZeroDivisionError):
        in_transaction(work)
    assert db.session.query(Site).count() == 0


def test_a_cpr_number_passes_no_flush(app):
    from midtlink.privacy import PatientDataFound

    with pytest.raises(PatientDataFound):
        in_transaction(lambda: (db.session.add(Site(name="010190-1234")), db.session.flush()))
