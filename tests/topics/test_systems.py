"""Systems: which there are, what is said about them, how they run."""

import pytest

from midtlink.access import NotAllowed
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.privacy import PatientDataFound
from midtlink.refusals import Refused
from midtlink.topics.models import System
from midtlink.topics.queries import find_system, list_systems, suggest_system
from midtlink.topics.systems import Description, described, save_system, set_status
from tests.topics.making import make_system
from tests.world.racing import all_at_once


def save(system, by, **about):
    return in_transaction(lambda: save_system(system, Description(**about), by=by))


def test_an_administrator_adds_a_system(cast):
    bodil = cast.bodil
    system = save(None, cast.astrid, name="  Røntgen\nPACS ", owner="BODIL", words="ct, mr")
    assert (system.slug, system.name, system.owner) == ("roentgen-pacs", "Røntgen PACS", bodil)


def test_a_renamed_system_keeps_its_address(cast):
    system = save(None, cast.astrid, name="EPJ", purpose="Journal")
    save(system, cast.astrid, name="Journalen")
    assert (system.slug, system.name, system.purpose) == ("epj", "Journalen", "")


def test_the_form_shows_what_is_known(cast):
    cast.bodil.name  # noqa: B018 - the owner must exist
    about = Description(name="EPJ", purpose="Journal", owner="bodil", promise="inden 4 timer")
    system = in_transaction(lambda by=cast.astrid: save_system(None, about, by=by))
    assert described(system) == about
    assert described(None).name == ""


@pytest.mark.parametrize(
    ("about", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"name": "epj"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "Print", "owner": "ingen"}, "owner"),
        ({"name": "Print", "owner": "leif"}, "owner"),
        ({"name": "Print", "support_phone": "1" * 41}, "support_phone"),
    ],
)
def test_a_system_that_does_not_fit_is_refused(cast, about, field):
    make_system("EPJ")
    cast.leif.name  # noqa: B018 - the colleague who has left must exist
    with pytest.raises(Refused) as refusal:
        save(None, cast.astrid, **about)
    assert refusal.value.field == field
    assert db.session.query(System).count() == 1


def test_no_patient_stands_in_a_systems_words(cast):
    with pytest.raises(PatientDataFound):
        save(None, cast.astrid, name="Print", purpose="For 010190-1234")


def test_only_an_administrator_saves_systems(cast):
    for person in (None, cast.anne, cast.bodil, cast.mogens):
        with pytest.raises(NotAllowed):
            save(None, person, name="Print")
    assert list_systems() == []


def test_a_system_out_of_use_is_neither_listed_nor_suggested(cast):
    system = save(None, cast.astrid, name="Print")
    assert suggest_system("Printeren er død") is system
    save(system, cast.astrid, name="Print", is_active=False)
    assert list_systems() == []
    assert suggest_system("Printeren er død") is None
    assert find_system("print") is system


def test_it_says_how_a_system_runs(cast):
    system = make_system()
    in_transaction(
        lambda by=cast.bodil: set_status(system, "Langsom siden kl. 22", is_running=False, by=by)
    )
    assert (system.status_line, system.is_running) == ("Langsom siden kl. 22", False)


def test_a_system_that_does_not_run_says_why(cast):
    system, astrid = make_system(), cast.astrid
    with pytest.raises(Refused, match="status_line"):
        in_transaction(lambda: set_status(system, " ", is_running=False, by=astrid))
    in_transaction(lambda: set_status(system, "", is_running=True, by=astrid))
    assert system.is_running


def test_only_it_says_how_a_system_runs(cast):
    system = make_system()
    for person in (None, cast.anne, cast.mogens, cast.leif):
        with pytest.raises(NotAllowed):
            in_transaction(
                lambda person=person: set_status(system, "Nede", is_running=False, by=person)
            )
    assert system.is_running


@pytest.mark.both_databases
def test_ten_administrators_add_the_same_system_once(app, cast):
    astrid_id = cast.astrid.id

    def press():
        def work():
            save_system(None, Description(name="Print"), by=db.session.get(Person, astrid_id))

        try:
            in_transaction(work)
        except Refused as refused:
            return refused.code
        return "added"

    done = all_at_once(app, [press] * 10)
    assert sorted(done) == ["added"] + ["taken"] * 9
    assert db.session.query(System).count() == 1
