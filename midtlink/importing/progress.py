"""Say how far an import has come: a bar for a person, a few lines for a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

#: Hears that so many more bytes or threads are done.
Told = Callable[[int], None]


@contextmanager
def progress(label: str, total: int) -> Iterator[Told]:
    """Show progress on standard error while the block runs."""
    if sys.stderr.isatty():
        bar: Any = click.progressbar(length=total, label=label, file=sys.stderr)
        with bar:
            yield bar.update
        return
    yield _Lines(label, total)


class _Lines:
    """A line at each quarter."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total = label, total
        self.done = self.quarter = 0

    def __call__(self, amount: int) -> None:
        self.done += amount
        quarter = 4 * self.done // self.total if self.total else 4
        if quarter > self.quarter:
            self.quarter = quarter
            click.echo(f"{self.label}: {25 * quarter} %", err=True)
