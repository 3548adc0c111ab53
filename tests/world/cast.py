"""A small cast, each with a reason to be there."""

from functools import cached_property

from midtlink import clock
from midtlink.access import ADMINISTRATOR, MODERATOR, REVIEWER
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Department, Person, RoleGrant, Site


def department(name, site="Hovedmatriklen"):
    """Find or make a department at a site."""
    found = db.session.query(Department).filter_by(name=name).one_or_none()
    if found:
        return found
    place = db.session.query(Site).filter_by(name=site).one_or_none() or Site(name=site)
    found = Department(name=name, site=place)
    db.session.add(found)
    return found


def make_person(username, name, profession, works_at, *roles, **more):
    """Make a colleague, with roles beyond member if any are named."""

    def work():
        person = Person(
            username=username,
            email=f"{username}@hospital.example",
            name=name,
            profession=profession,
            department=department(works_at),
            created_at=clock.now(),
            **more,
        )
        person.role_grants = [RoleGrant(role=role, granted_at=clock.now()) for role in roles]
        db.session.add(person)
        return person

    return in_transaction(work)


class Cast:
    """The people; each is made when a test first names them."""

    @cached_property
    def anne(self):
        """A nurse in the emergency department who asks at night."""
        return make_person("anne", "Anne Mikkelsen", "sygeplejerske", "Akutafdelingen")

    @cached_property
    def jonas(self):
        """A secretary in another department who answers."""
        return make_person("jonas", "Jonas Holt", "lægesekretær", "Medicinsk Afdeling")

    @cached_property
    def karim(self):
        """A porter on his first day: no posts, no rights, nothing followed."""
        return make_person("karim", "Karim Aziz", "portør", "Portørcentralen")

    @cached_property
    def bodil(self):
        """A reviewer in IT."""
        return make_person("bodil", "Bodil Friis", "it-medarbejder", "It-afdelingen", REVIEWER)

    @cached_property
    def mogens(self):
        """A moderator."""
        return make_person("mogens", "Mogens Dahl", "læge", "Kirurgisk Afdeling", MODERATOR)

    @cached_property
    def astrid(self):
        """An administrator, who is no moderator."""
        return make_person(
            "astrid", "Astrid Lund", "it-medarbejder", "It-afdelingen", ADMINISTRATOR
        )

    @cached_property
    def leif(self):
        """A colleague who has left: inactive."""
        return make_person("leif", "Leif Krogh", "læge", "Medicinsk Afdeling", is_active=False)
