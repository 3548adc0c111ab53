"""The English catalogue: every Danish text of a page has its English one, and it is compiled.

With `--write`, collect the texts anew. English texts are kept; there are no dates and line numbers.
"""

import io
import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "midtlink/translations/en/LC_MESSAGES/messages.po"
METHODS = [("midtlink/**.py", "python"), ("templates/**.html", "jinja2")]
#: Which arguments are texts; "c" is the context of a word that English has two words for.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


class English(Catalog):
    """A catalogue whose head is the same every time it is written."""

    mime_headers = (
        ("Language", "en"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
    )

    def __init__(self):
        super().__init__(locale="en", fuzzy=False, header_comment="# MidtLink in English.")


@cache
def asked_for():
    """What code and templates ask for: (text or its singular and plural, context), and the file."""
    found = extract_from_dir(ROOT, METHODS, {}, KEYWORDS, directory_filter=_is_ours)
    return {(message, context): file for file, _, message, _, context in reversed(list(found))}


def _is_ours(path):
    top = Path(path).relative_to(ROOT).parts[:1]
    return not top or top[0] in ("midtlink", "templates")


def catalogue():
    """The English catalogue as it stands in its file, empty before there is one."""
    if not CATALOGUE.exists():
        return English()
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")


def collected():
    """The catalogue as it should be: just what is asked for, with the English known so far."""
    known, fresh = catalogue(), English()
    for message, context in asked_for():
        old = known.get(message, context)
        fresh.add(message, old.string if old and old.id == message else None, context=context)
    return fresh


def untranslated():
    """The texts that lack a complete English one, each after the file that asks for it."""
    english = collected()
    missing = [
        (file, message if isinstance(message, str) else message[0])
        for (message, context), file in asked_for().items()
        if not _is_complete(english.get(message, context))
    ]
    return sorted(missing)


def _is_complete(message):
    parts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(parts) and not message.fuzzy


def written(english):
    """The catalogue as the bytes of its source and of its compiled file."""
    source, compiled = io.BytesIO(), io.BytesIO()
    write_po(source, english, width=100, sort_output=True)
    write_mo(compiled, english)
    return source.getvalue(), compiled.getvalue()


def main():
    """Print what is missing; with `--write`, write both files first."""
    files = CATALOGUE, CATALOGUE.with_suffix(".mo")
    texts = written(collected())
    if "--write" in sys.argv:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        for file, text in zip(files, texts, strict=True):
            file.write_bytes(text)
    missing = untranslated()
    for file, text in missing:
        print(f"{file}: no English for {text!r}")
    is_old = any(file.read_bytes() != text for file, text in zip(files, texts, strict=True))
    if is_old:
        print("the catalogue is old: run make translations")
    return bool(missing) or is_old


if __name__ == "__main__":
    sys.exit(main())
