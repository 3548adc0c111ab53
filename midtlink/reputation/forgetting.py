"""Forgetting people who leave the database: a later dump of their site has them no more.

What they were granted goes with them. A fact that another's entries hang on stays without their
name; it gives nothing to nobody, so a replay still comes to the same ledger.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Table, bindparam, delete, or_, select, update

from midtlink.extensions import db
from midtlink.reputation.ledger.gathering import parts
from midtlink.reputation.ledger.recording import FACTS
from midtlink.reputation.ledger.stored_book import LEDGER
from midtlink.reputation.ledger.topic_standing import STANDINGS
from midtlink.reputation.models import TOLD
from midtlink.reputation.records import BadgeAward, BadgeCheck, SuspectVote

AWARDS: Table = BadgeAward.__table__  # type: ignore[assignment]
CHECKS: Table = BadgeCheck.__table__  # type: ignore[assignment]


def forget_people(person_ids: Collection[int]) -> None:
    """Drop the ledger, standings and badges of people, and their names from what stays."""
    for ids in parts(sorted(person_ids)):
        _drop_entries(ids)
        _drop_facts(ids)
        for column in (STANDINGS.c.person_id, AWARDS.c.person_id, CHECKS.c.person_id):
            db.session.execute(delete(column.table).where(column.in_(ids)))
    db.session.expire_all()


def _drop_entries(ids: list[int]) -> None:
    """Drop their entries, and what voters were told of reversals that were about those."""
    theirs = LEDGER.c.person_id.in_(ids)
    sources = select(LEDGER.c.source).where(theirs)
    told = (LEDGER.c.kind == TOLD) & LEDGER.c.source.in_(sources)
    dropping = delete(LEDGER).where(or_(theirs, told)).returning(LEDGER.c.fact_id)
    _number_anew(set(db.session.scalars(dropping)))
    db.session.execute(_without(LEDGER.c.actor_id, ids))


def _number_anew(fact_ids: set[int]) -> None:
    """Close the gaps among the entries of facts: a replay numbers them without any."""
    for ids in parts(sorted(fact_ids)):
        columns = (LEDGER.c.fact_id, LEDGER.c.ordinal, LEDGER.c.source)
        left = select(*columns).where(LEDGER.c.fact_id.in_(ids)).order_by(*columns[:2])
        of_fact: dict[int, list[Any]] = defaultdict(list)
        for row in db.session.execute(left):
            of_fact[row.fact_id].append(row)
        moved = [
            {"fact": row.fact_id, "of": row.source, "old": row.ordinal, "new": place}
            for some in of_fact.values()
            for place, row in enumerate(some)
            if row.ordinal != place
        ]
        if moved:
            connection = db.session.connection()
            connection.execute(_moving(LEDGER.c.fact_id, LEDGER.c.ordinal), moved)
            connection.execute(_moving(LEDGER.c.grant_fact_id, LEDGER.c.grant_ordinal), moved)


def _moving(fact: Any, ordinal: Any) -> Any:
    wanted = (fact == bindparam("fact"), ordinal == bindparam("old"))
    of_source = LEDGER.c.source == bindparam("of")
    return update(LEDGER).where(*wanted, of_source).values({ordinal: bindparam("new")})


def _drop_facts(ids: list[int]) -> None:
    """Drop the facts that were to give them points, unless others' rows hang on them."""
    hanging = [
        select(column).where(column == FACTS.c.id).exists()
        for column in (LEDGER.c.fact_id, SuspectVote.fact_id)
    ]
    alone = [~each for each in hanging]
    db.session.execute(delete(FACTS).where(FACTS.c.helper_id.in_(ids), *alone))
    for name in ("helper_id", "asker_id", "actor_id"):
        db.session.execute(_without(FACTS.c[name], ids))


def _without(column: Any, ids: list[int]) -> Any:
    return update(column.table).where(column.in_(ids)).values({column: None})
