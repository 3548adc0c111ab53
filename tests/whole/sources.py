"""The product's own source files, parsed."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "midtlink"


@cache
def modules():
    """Every module of the package: its path below midtlink/ and its syntax tree."""
    return [
        (path.relative_to(PACKAGE), ast.parse(path.read_text()))
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


def imports(tree):
    """Every module name that a tree imports, as `midtlink.people.models`, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def templates():
    """Every template: its path below templates/ and its text."""
    folder = ROOT / "templates"
    return [(path.relative_to(folder), path.read_text()) for path in sorted(folder.rglob("*.html"))]


def path_of(value):
    """Name a case by its path alone."""
    return value.as_posix() if isinstance(value, Path) else ""
