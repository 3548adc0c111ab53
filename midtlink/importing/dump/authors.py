"""Who wrote a row of a dump."""

from collections.abc import Container
from typing import Any

from midtlink.importing.rules import cut
from midtlink.people.rules import LONGEST_NAME


def author(
    row: dict[str, Any], id_name: str, display_name: str, people: Container[object]
) -> tuple[str | None, str]:
    """Return the author's key where there is such a person, else their name as it was shown."""
    number = row.get(id_name)
    if number in people:
        return str(number), ""
    name = cut(row.get(display_name, ""), LONGEST_NAME)
    return None, name or ("" if number is None else f"user{number}")
