"""Why an import did not begin: the file, the line where there is one, what is wrong there."""

from pathlib import Path


class BadImport(Exception):
    """An input that cannot be imported as it is. Nothing of it has been stored."""

    def __init__(self, problem: str, *, path: Path | None = None, line: int | None = None) -> None:
        place = "" if path is None else str(path) if line is None else f"{path}, line {line}"
        super().__init__(f"{place}: {problem}" if place else problem)
        self.path = path
        self.line = line
        self.problem = problem
