"""Know a source again by what it holds, whatever its folder or file is called this time."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from midtlink import clock, guarding
from midtlink.events import hold, in_transaction
from midtlink.extensions import db
from midtlink.importing import rules
from midtlink.importing.bulk.tables import people, posts, questions, tags
from midtlink.importing.bulk.wanted import Ref
from midtlink.importing.models import ImportSource
from midtlink.importing.refusing import BadImport

#: How many of a source's first posts it is known by.
SAMPLE = 200


def choose_source(
    kind: str,
    sample: Mapping[Ref, Any],
    *,
    named: str | None,
    suggested: str,
    files: Iterable[str],
    may_share_name: bool = False,
) -> str:
    """Return the name that the source's content goes under, and note that it is coming.

    `sample` tells, by kind and key of its first posts, what never changes about them (a dump:
    when they were written; a file of questions: their titles). A source that is here already is
    known by that. Raises BadImport when the name belongs to another one.
    """
    if named is not None:
        _check_name(named)
    return in_transaction(
        lambda: _choose(kind, sample, named, suggested, set(files), may_share_name)
    )


def finish(name: str) -> None:
    """Note that an import has reached its end."""

    def work() -> None:
        source = db.session.scalars(select(ImportSource).where(ImportSource.name == name)).one()
        source.finished_at = clock.now()

    in_transaction(work)


def _check_name(name: str) -> None:
    if not rules.is_site_name(name):
        raise BadImport(f"--site takes small letters, digits, dots and hyphens, not {name[:60]!r}")
    guarding.check({"site": name})


def _choose(
    kind: str,
    sample: Mapping[Ref, Any],
    named: str | None,
    suggested: str,
    files: set[str],
    may_share_name: bool,
) -> str:
    hold("import.sources")
    sources = {each.name: each for each in db.session.scalars(select(ImportSource))}
    same = _recognise(sample, {name for name, each in sources.items() if each.kind == kind})
    if named is not None:
        other = sources.get(named)
        if (
            other
            and named != same
            and not (may_share_name and other.kind == kind)
            and _holds(named)
        ):
            raise BadImport(f"{named} is the name of another source; choose another --site")
        name = named
    else:
        shared = sources.get(suggested) if may_share_name else None
        reused = suggested if shared and shared.kind == kind else None
        name = same or reused or _free_name(suggested, set(sources))
    source = sources.get(name)
    if source is None:
        source = ImportSource(name=name, kind=kind, files="", started_at=clock.now())
        db.session.add(source)
    if missing := set(source.files.split()) - files:
        held = ", ".join(sorted(missing))
        raise BadImport(f"{name} was imported with {held} before, which this dump does not have")
    source.started_at, source.files = clock.now(), " ".join(sorted(files))
    return name


def _recognise(sample: Mapping[Ref, Any], names: set[str]) -> str | None:
    """Return the source that holds most of the sample, if it agrees with more than half of it."""
    met: dict[str, list[bool]] = {}
    keys = [key for _, key in sample]
    post = posts.c
    statement = (
        select(post.origin, post.kind, post.origin_key, post.created_at, questions.c.title)
        .outerjoin(questions, questions.c.id == post.id)
        .where(post.origin.in_(names), post.origin_key.in_(keys))
    )
    for origin, kind, key, created_at, title in db.session.execute(statement):
        if key and origin and (kind, key) in sample:
            fits = sample[kind, key] in (created_at, title)
            met.setdefault(origin, []).append(fits)
    agreeing = {name: sum(fits) for name, fits in met.items() if 2 * sum(fits) > len(fits)}
    return max(sorted(agreeing), key=lambda name: agreeing[name], default=None)


def _holds(name: str) -> bool:
    """Say whether anything of the source is stored."""
    return any(
        db.session.scalar(select(table.c.id).where(table.c.origin == name).limit(1))
        for table in (posts, people, tags)
    )


def _free_name(suggested: str, taken: set[str]) -> str:
    name, number = suggested, 1
    while name in taken:
        number += 1
        name = f"{suggested}-{number}"
    return name
