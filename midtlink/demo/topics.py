"""The demo's systems, tags and their other words, and who looks after and follows them."""

from datetime import datetime, timedelta
from random import Random

from midtlink.demo.hospital import read
from midtlink.demo.written import read_threads
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.topics.models import SuperUser, System, SystemFollow, Tag, TagFollow

#: What those who can sign in follow: systems, then tags.
FOLLOWS = {
    "anne": (("epj", "fmk", "adgang", "telefoni"), ("nattevagt", "vagtskifte", "observationer")),
    "bodil": (("epj", "fmk", "print"), ("fejlmeddelelse", "opdatering", "nødprocedure")),
    "astrid": (("adgang", "mobil", "arbejdsplads"), ("rettigheder", "sikkerhed")),
}


def store_topics(midnight: datetime) -> None:
    """Add systems, tags, appointments and follows to the session."""
    rng = Random("the topics")  # noqa: S311 - a demo, not a secret
    systems = {row["slug"]: System(**_system(row)) for row in read("topics")["system"]}
    tags = _make_tags(midnight - timedelta(days=730))
    db.session.add_all([*systems.values(), *tags.values()])
    db.session.flush()
    people = db.session.query(Person).order_by(Person.id).all()
    _appoint(rng, people, systems, midnight)
    _follow(rng, people, systems, tags, midnight)
    db.session.flush()


def canonical(tag: str) -> str:
    """Return the tag that a written word stands for."""
    name = tag.replace(" ", "-")
    return _stands_for().get(name, name)


def _stands_for() -> dict[str, str]:
    return {word: tag for tag, words in read("topics")["synonyms"].items() for word in words}


def _system(row: dict[str, str]) -> dict[str, object]:
    return {"is_running": True, **row}


def _make_tags(at: datetime) -> dict[str, Tag]:
    names = dict.fromkeys(canonical(tag) for thread in read_threads() for tag in thread.tags)
    tags = {name: Tag(name=name, created_at=at) for name in names}
    for name, text in read("topics")["descriptions"].items():
        tags[name].excerpt = text
    for word, name in _stands_for().items():
        db.session.add(Tag(name=word, created_at=at, synonym_of=tags[name]))
    return tags


def _appoint(
    rng: Random, people: list[Person], systems: dict[str, System], midnight: datetime
) -> None:
    """Two super-users of each department, one of them of its journal, and three of each system."""
    clinical = [each for each in people if each.profession != "it-medarbejder"]
    by_department: dict[str, list[Person]] = {}
    for person in clinical:
        if person.department:
            by_department.setdefault(person.department.name, []).append(person)
    anne = next(each for each in people if each.username == "anne")
    for those in by_department.values():
        first, second = rng.sample(those, 2)
        first = anne if anne in those else first
        _appoint_one(rng, midnight, first, first.department_id, systems["epj"])
        _appoint_one(rng, midnight, second, second.department_id, None)
    for system in systems.values():
        for person in rng.sample(clinical, 3):
            _appoint_one(rng, midnight, person, None, system)


def _appoint_one(
    rng: Random, midnight: datetime, person: Person, department_id: int | None, of: System | None
) -> None:
    at = midnight - timedelta(days=rng.randint(100, 729), hours=rng.randint(8, 15))
    db.session.add(
        SuperUser(person=person, department_id=department_id, system=of, appointed_at=at)
    )


def _follow(
    rng: Random,
    people: list[Person],
    systems: dict[str, System],
    tags: dict[str, Tag],
    midnight: datetime,
) -> None:
    known = list(read("topics")["descriptions"])
    for person in people:
        of_systems = rng.sample(list(systems), rng.choice([0, 1, 1, 2, 3]))
        of_tags = rng.sample(known, rng.choice([0, 0, 1, 2]))
        if person.username in FOLLOWS:
            of_systems, of_tags = map(list, FOLLOWS[person.username])
        at = midnight - timedelta(days=rng.randint(1, 700), hours=rng.randint(7, 20))
        db.session.add_all(
            SystemFollow(person_id=person.id, system_id=systems[slug].id, followed_at=at)
            for slug in of_systems
        )
        db.session.add_all(
            TagFollow(person_id=person.id, tag_id=tags[name].id, followed_at=at) for name in of_tags
        )
