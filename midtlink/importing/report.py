"""What became of every row of an import, as a table and as data."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

#: Lines listed under one heading before the table says how many more there are.
LISTED = 200
PLACE = ("file", "row", "field")


@dataclass
class Report:
    """Rows read, stored and left out for each file, and what a reader should look at."""

    site: str = ""
    read: Counter[str] = field(default_factory=Counter)
    stored: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    #: Rows of ours that were written, by table and what was done: "posts added".
    written: Counter[str] = field(default_factory=Counter)
    #: Texts (file, row, attribute) in which the guard saw a CPR number.
    masked: list[tuple[str, str, str]] = field(default_factory=list)
    #: Texts too large to render, shown as plain text, likewise.
    plain: list[tuple[str, str, str]] = field(default_factory=list)
    #: What the dump says otherwise or no longer holds, and a colleague's doing kept.
    kept: list[str] = field(default_factory=list)

    def leave_out(self, file: str, reason: str, count: int = 1) -> None:
        """Count rows that are not stored."""
        if count:
            self.left_out[file][reason] += count

    def wrote(self, what: str, count: int) -> None:
        """Count rows of ours that were written: "posts added"."""
        if count:
            self.written[what] += count

    def add(self, part: "Report") -> None:
        """Take over what a saved batch tells."""
        self.stored += part.stored
        self.written += part.written
        self.masked += part.masked
        self.plain += part.plain
        self.kept += part.kept
        for file, reasons in part.left_out.items():
            self.left_out[file] += reasons

    def unaccounted(self) -> dict[str, int]:
        """Return the files with rows of which nobody knows what became, and how many."""
        missing = {
            file: read - self.stored[file] - sum(self.left_out[file].values())
            for file, read in self.read.items()
        }
        return {file: count for file, count in missing.items() if count}

    def as_data(self) -> dict[str, Any]:
        """Return the report as a program reads it."""
        files = {
            file: {
                "read": read,
                "stored": self.stored[file],
                "left_out": dict(self.left_out[file]),
            }
            for file, read in self.read.items()
        }
        return {
            "site": self.site,
            "files": files,
            "written": dict(self.written),
            "masked": [dict(zip(PLACE, each, strict=True)) for each in self.masked],
            "plain": [dict(zip(PLACE, each, strict=True)) for each in self.plain],
            "kept": self.kept,
            "unaccounted": self.unaccounted(),
        }

    def as_text(self) -> str:
        """Return the report as a table."""
        lines = [f"{'file':<14}{'read':>9}{'stored':>9}{'left out':>10}"]
        for file, read in self.read.items():
            out = self.left_out[file]
            lines.append(f"{file:<14}{read:>9}{self.stored[file]:>9}{sum(out.values()):>10}")
            lines += [f"{'':<32}{count:>10}  {reason}" for reason, count in sorted(out.items())]
        written = ", ".join(f"{count} {what}" for what, count in sorted(self.written.items()))
        lines.append(f"Written to {self.site}: {written or 'nothing, all was there already'}.")
        lines += _listed("Texts with a CPR number, masked:", _placed(self.masked))
        lines += _listed("Texts too large to render, shown as plain text:", _placed(self.plain))
        lines += _listed("What was done here stands against the dump:", self.kept)
        missing = [f"{file}: {count} rows" for file, count in self.unaccounted().items()]
        return "\n".join([*lines, *_listed("UNACCOUNTED FOR:", missing)])


def _placed(places: list[tuple[str, str, str]]) -> list[str]:
    return [f"{file} row {row}, {name}" for file, row, name in places]


def _listed(heading: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    more = [f"  and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    return [heading, *(f"  {line}" for line in lines[:LISTED]), *more]
