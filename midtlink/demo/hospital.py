"""The demo's hospital: sites, departments, 600 colleagues, their roles. Drawn by lot, seeded."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from midtlink.access import ADMINISTRATOR, MODERATOR, REVIEWER
from midtlink.demo.cast import SIGN_INS, DemoSignIn
from midtlink.extensions import db
from midtlink.markup import render
from midtlink.people.hashing import hash_password
from midtlink.people.models import Department, Person, RoleGrant, Site
from midtlink.topics.rules import fold

HERE = Path(__file__).parent
#: Letters that no decomposition makes plain.
LETTERS = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
#: Reviewers and moderators beside those who can sign in, by profession.
MORE_ROLES = (
    (REVIEWER, "it-medarbejder", 6),
    (MODERATOR, "sygeplejerske", 1),
    (MODERATOR, "lægesekretær", 1),
    (MODERATOR, "læge", 1),
    (ADMINISTRATOR, "it-medarbejder", 1),
)
#: Names that the lists can give and that well-known people bear.
TAKEN = set(
    """Anders Andersen, Brian Nielsen, Christian Eriksen, Erik Clausen, Frank Jensen,
    Jesper Christiansen, Kim Larsen, Lars Larsen, Lotte Friis, Mads Pedersen, Malene Mortensen,
    Martin Jørgensen, Michael Rasmussen, Mikkel Hansen, Morten Olsen, Morten Østergaard,
    Nicolai Højgaard, Ole Olsen, Peter Madsen, Peter Skaarup, Rasmus Højgaard, Simon Kjær,
    Søren Hansen, Thomas Sørensen, Viggo Mortensen""".replace("\n    ", " ").split(", ")
)


@cache
def read(name: str) -> dict[str, Any]:
    """Return one of the demo's TOML files."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def store_hospital(midnight: datetime) -> None:
    """Add the hospital to the session, everyone employed some time before the first question."""
    rng = Random("the hospital")  # noqa: S311 - a demo, not a secret
    sites = {name: Site(name=name) for name in _site_names()}
    departments = {
        row["name"]: Department(name=row["name"], site=sites[row["site"]])
        for row in read("hospital")["department"]
    }
    db.session.add_all([*sites.values(), *departments.values()])
    db.session.flush()
    people = list(_people(rng, departments, midnight))
    _give_roles(people, midnight)
    _say_something(people)
    _choose_what_shows(people)
    db.session.add_all(people)
    db.session.flush()


def plain(name: str) -> str:
    """Return a name in the letters of a username."""
    return "".join(filter(str.isalnum, fold(name).translate(LETTERS)))


def _site_names() -> list[str]:
    return list(dict.fromkeys(row["site"] for row in read("hospital")["department"]))


def _people(
    rng: Random, departments: dict[str, Department], midnight: datetime
) -> Iterator[Person]:
    taken = {each.username for each in SIGN_INS} | {each.name for each in SIGN_INS} | TAKEN
    for row in read("hospital")["department"]:
        for profession, number in row["staff"].items():
            those = [
                each
                for each in SIGN_INS
                if (each.department, each.profession) == (row["name"], profession)
            ]
            for place in range(number):
                known = those[place] if place < len(those) else None
                person = _known(known) if known else _drawn(rng, profession, taken)
                person.profession = profession
                person.department = departments[row["name"]]
                person.email = f"{person.username}@hospital.example"
                person.phone = str(rng.randint(5000, 8999))
                person.created_at = midnight - timedelta(days=rng.randint(731, 1500))
                yield person


def _known(sign_in: DemoSignIn) -> Person:
    return Person(
        username=sign_in.username,
        name=sign_in.name,
        title=sign_in.title,
        password_hash=hash_password(sign_in.password),
    )


def _drawn(rng: Random, profession: str, taken: set[str]) -> Person:
    name = _name(rng, profession)
    while name in taken:
        name = _name(rng, profession)
    first, *_, last = name.split(" ")
    username = base = f"{plain(first)}.{plain(last)}"
    number = 1
    while username in taken:
        number += 1
        username = f"{base}{number}"
    taken |= {name, username}
    titles = read("hospital")["titles"][profession]
    usual = rng.random() < 0.8
    title = titles[0] if usual else rng.choice(titles)
    return Person(
        username=username,
        name=name,
        title=title,
        language="en" if rng.random() < 0.04 else "da",
    )


def _name(rng: Random, profession: str) -> str:
    roots = read("names")["root"]
    (root,) = rng.choices(roots, [each["share"] for each in roots])
    men = {"portør": 0.8, "it-medarbejder": 0.7, "læge": 0.45, "radiograf": 0.35}
    first = rng.choice(root["men" if rng.random() < men.get(profession, 0.12) else "women"])
    middle = f" {rng.choice(root['surnames'])}" if rng.random() < 0.2 else ""
    last = rng.choice([name for name in root["surnames"] if name != middle.strip()])
    return f"{first}{middle} {last}"


def _give_roles(people: list[Person], midnight: datetime) -> None:
    known = {each.username: each.roles for each in SIGN_INS}
    given = midnight - timedelta(days=730)
    for person in people:
        for role in known.get(person.username, ()):
            person.role_grants.append(RoleGrant(role=role, granted_at=given))
    for role, profession, number in MORE_ROLES:
        free = [each for each in people if each.profession == profession and not each.role_grants]
        for person in [each for each in free if each.username not in known][:number]:
            person.role_grants.append(RoleGrant(role=role, granted_at=given))


def _say_something(people: list[Person]) -> None:
    """Let some say something about themselves: those with roles first."""
    words = {name: list(texts) for name, texts in read("topics")["about"].items()}
    for person in sorted(people, key=lambda each: not each.role_grants):
        if words.get(person.profession) and person.username not in ("anne", "astrid"):
            person.about = words[person.profession].pop(0)
            person.about_html = render(person.about)


def _choose_what_shows(people: list[Person]) -> None:
    """Let some stand in lists of helpers, most of those be known for what they know, few hide."""
    rng = Random("what people show")  # noqa: S311 - a demo, not a secret
    for person in people:
        chance = rng.random()
        person.is_listed = chance < 0.4
        person.shows_expertise = chance < 0.3
        person.hides_points = chance > 0.95
