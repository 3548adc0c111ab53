"""Sites and departments: adding, renaming, moving. They are never deleted: questions name them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from midtlink import guarding
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.events import (
    DepartmentGuardOverruled,
    DepartmentSaved,
    SiteGuardOverruled,
    SiteSaved,
)
from midtlink.people.models import Department, Site
from midtlink.people.policy import Actor, demand_administrator
from midtlink.people.rules import LONGEST_PLACE
from midtlink.refusals import Refused
from midtlink.texts import clean_line


def save_site(site: Site | None, name: str, *, by: Actor, not_cpr: Iterable[str] = ()) -> Site:
    """Add a site (None) or rename one. Raises PatientDataFound, Refused for a name taken."""
    with transaction():
        demand_administrator(by, "save a site")
        name, overruled = _clean_name(name, site, not_cpr)
        hold("places")
        same = find_site(name)
        if same is not None and same is not site:
            raise Refused("name", "taken")
        site = site or Site()
        if site.name != name:
            site.name = name
            db.session.add(site)
            db.session.flush()
            publish(SiteSaved(by_id=by.id, site_id=site.id))
            if overruled:
                publish(SiteGuardOverruled(by_id=by.id, site_id=site.id, count=overruled))
        return site


def save_department(
    department: Department | None,
    name: str,
    site: Site | None,
    *,
    by: Actor,
    not_cpr: Iterable[str] = (),
) -> Department:
    """Add a department (None), rename or move it. Raises as `save_site` does."""
    with transaction():
        demand_administrator(by, "save a department")
        name, overruled = _clean_name(name, department, not_cpr)
        hold("places")
        same = find_department(name)
        if same is not None and same is not department:
            raise Refused("name", "taken")
        department = department or Department()
        if (department.name, department.site) != (name, site):
            department.name, department.site = name, site
            db.session.add(department)
            db.session.flush()
            publish(DepartmentSaved(by_id=by.id, department_id=department.id))
            if overruled:
                fact = DepartmentGuardOverruled(
                    by_id=by.id, department_id=department.id, count=overruled
                )
                publish(fact)
        return department


def find_site(name: str) -> Site | None:
    """Return the site with the name, in capitals or not (SQLite folds only ASCII)."""
    sites = db.session.scalars(select(Site))
    return next((site for site in sites if site.name.casefold() == name.casefold()), None)


def find_department(name: str) -> Department | None:
    """Return the department with the name, in capitals or not."""
    departments = db.session.scalars(select(Department))
    return next((each for each in departments if each.name.casefold() == name.casefold()), None)


def list_sites() -> Sequence[Site]:
    """Return the sites by name."""
    return db.session.scalars(select(Site).order_by(Site.name)).all()


def list_departments() -> Sequence[Department]:
    """Return the departments by name, each with its site."""
    statement = select(Department).options(joinedload(Department.site)).order_by(Department.name)
    return db.session.scalars(statement).all()


def _clean_name(
    typed: str, place: Site | Department | None, not_cpr: Iterable[str]
) -> tuple[str, int]:
    """Return a name as it is stored, and how many finds in it were overruled."""
    name = clean_line(typed, "name", most=LONGEST_PLACE, least=1)
    known = place.name if place else ""
    return name, guarding.check({"name": name}, overruled=not_cpr, known=known)
