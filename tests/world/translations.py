"""Check that every Danish text on a page has its English one, in the compiled catalogue too."""

import io
import sys
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "midtlink/translations/en/LC_MESSAGES/messages.po"
METHODS = [("midtlink/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def texts_on_pages():
    """Every message that code and templates ask for."""
    found = extract_from_dir(ROOT, METHODS, {}, KEYWORDS, directory_filter=_is_ours)
    return {message if isinstance(message, str) else message[0] for _, _, message, *_ in found}


def _is_ours(path):
    top = Path(path).relative_to(ROOT).parts[:1]
    return not top or top[0] in ("midtlink", "templates")


def catalogue():
    """The English catalogue."""
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")


def untranslated():
    """The texts that lack a complete English one."""
    english = catalogue()
    return sorted(text for text in texts_on_pages() if not _is_complete(english.get(text)))


def _is_complete(message):
    if message is None or message.fuzzy:
        return False
    parts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(parts)


def is_compiled():
    """Say whether the compiled catalogue holds what the source catalogue says."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    return compiled.getvalue() == CATALOGUE.with_suffix(".mo").read_bytes()


if __name__ == "__main__":
    missing = untranslated()
    for text in missing:
        print(f"no English for: {text!r}")
    if not is_compiled():
        print("the compiled catalogue is old: run make translations")
    sys.exit(bool(missing) or not is_compiled())
