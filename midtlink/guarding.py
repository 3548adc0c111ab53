"""The patient-data guard in front of the database: no CPR number passes, on any path.

Verbs call `check` and get a friendly refusal to show; a net under every flush catches the path
that somebody forgot. privacy.py finds the numbers and knows nothing of the database.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import Flask
from sqlalchemy import String, event, inspect
from sqlalchemy.orm import Session

from midtlink.extensions import db
from midtlink.privacy import Find, PatientDataFound, find_cpr_numbers

#: Columns that hold keys and hashes which nobody typed.
UNTYPED = ("token_hash", "password_hash", "submission_key", "origin_key", "origin_digest")


def fingerprint(find: Find) -> str:
    """Return what a form carries to say "this find is not a CPR number"."""
    return hashlib.sha256(find.digits.encode()).hexdigest()[:20]


def check(texts: Mapping[str, str], *, overruled: Iterable[str] = (), known: str = "") -> int:
    """Refuse texts (by field name) with a CPR number; return how many finds were overruled.

    `overruled` are fingerprints that the author declared not to be CPR numbers; a find that
    stands in `known`, the text as it is stored already, was judged before. Raises
    PatientDataFound for the first field with any other find.
    """
    judged = {fingerprint(find) for find in find_cpr_numbers(known)}
    declared = set(overruled)
    count = 0
    for field, text in texts.items():
        finds = find_cpr_numbers(text)
        refused = [find for find in finds if fingerprint(find) not in judged | declared]
        if refused:
            raise PatientDataFound(field, refused)
        count += sum(fingerprint(find) not in judged for find in finds)
    _allowed().update(judged | declared)
    return count


def init_app(_app: Flask) -> None:
    """Hang the net under every flush."""
    event.listen(Session, "before_flush", _refuse_patient_data)


def _allowed() -> set[str]:
    allowed: set[str] = db.session.info.setdefault("not_cpr", set())
    return allowed


def _refuse_patient_data(session: Session, _context: object, _instances: object) -> None:
    allowed = session.info.get("not_cpr", set())
    for row in [*session.new, *session.dirty]:
        for name, text in _changed_texts(row):
            finds = [find for find in find_cpr_numbers(text) if fingerprint(find) not in allowed]
            if finds:
                raise PatientDataFound(name, finds)


def _changed_texts(row: Any) -> Iterator[tuple[str, str]]:
    state = inspect(row)
    for attribute in state.mapper.column_attrs:
        column = attribute.columns[0]
        if isinstance(column.type, String) and attribute.key not in UNTYPED:
            history = state.attrs[attribute.key].history
            yield from ((attribute.key, text) for text in history.added if text)
