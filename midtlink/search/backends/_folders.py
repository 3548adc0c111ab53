"""Where indexes lie: one folder each, a file that names the running one, and who may write."""

import fcntl
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from midtlink.search.protocol import IndexUnavailable

CURRENT, BROKEN = "current", "broken"
WRITER, BUILDER = "writer.lock", "builder.lock"
#: The rights to a folder that nobody else may use.
_OURS = 0o700
_NAME = re.compile(r"threads-\d{1,12}")


class Folders:
    """The folders below one, which are code as much as data: nobody else may write to them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def running(self) -> Path | None:
        """Return the folder of the running index; none if its name cannot be read."""
        try:
            _shut(self.folder)
            name = (self.folder / CURRENT).read_bytes().decode("ascii", "replace")
        except (FileNotFoundError, NotADirectoryError):
            return None
        return self.folder / name if _NAME.fullmatch(name) else None

    def make(self) -> Path:
        """Return a new, empty folder beside the running one."""
        numbers = [int(each.name.partition("-")[2]) for each in self._all()]
        made = self.folder / f"threads-{max(numbers, default=0) + 1}"
        made.mkdir(mode=_OURS)
        return made

    def swap(self, folder: Path) -> None:
        """Let a folder hold the running index from now on."""
        fresh = self.folder / f"{CURRENT}.new"
        fresh.write_text(folder.name, "ascii")
        os.replace(fresh, self.folder / CURRENT)
        (self.folder / BROKEN).unlink(missing_ok=True)

    def remove_others(self) -> None:
        """Remove what is not running. A reader that still holds such files reads on."""
        running = self.running()
        for each in self._all():
            if each != running:
                shutil.rmtree(each, ignore_errors=True)

    def note_broken(self, folder: Path) -> None:
        """Let every process know that the index in a folder cannot be read."""
        (self.folder / BROKEN).write_text(folder.name, "ascii")

    def is_broken(self, folder: Path) -> bool:
        """Say whether the index in a folder was found broken."""
        try:
            return (self.folder / BROKEN).read_text("ascii") == folder.name
        except FileNotFoundError:
            return False

    @contextmanager
    def held(self, lock: str, *, patience: float = 0) -> Iterator[None]:
        """Keep others from writing. Raises IndexUnavailable if another one does."""
        self.folder.mkdir(mode=_OURS, parents=True, exist_ok=True)
        _shut(self.folder)
        handle = os.open(self.folder / lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(handle, time.monotonic() + patience)
            yield
        finally:
            os.close(handle)

    def _all(self) -> list[Path]:
        return [each for each in self.folder.iterdir() if _NAME.fullmatch(each.name)]


def _shut(folder: Path) -> None:
    """Shut others out of a folder. Raises IndexUnavailable if it is theirs."""
    about = folder.stat()
    if about.st_uid != os.geteuid():
        raise IndexUnavailable("the folder of the index belongs to somebody else")
    if stat.S_IMODE(about.st_mode) != _OURS:
        try:
            folder.chmod(_OURS)
        except OSError as error:
            raise IndexUnavailable("the folder of the index is open to others") from error


def _take(handle: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise IndexUnavailable("another one writes to the index") from error
            time.sleep(0.05)
