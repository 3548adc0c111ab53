"""Every form in which somebody types a text shows what the guard found, and the two ways on."""

import re

import pytest

from tests.whole.sources import path_of, templates

FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.S)
#: What lets one type; a password goes to its hash and nowhere else, a date holds no text.
TYPED = re.compile(
    r'\b(?:text_field|text_area|editor|particulars|system_choice)\((?![^}]*type="(?:password|date)")'
)
#: Signing in, and forgetting how, store nothing that was typed; what a conflict sends again comes
#: back as an edit.
UNGUARDED = {"people/sign_in.html", "people/forgotten.html", "questions/conflict.html"}


@pytest.mark.parametrize(("path", "text"), templates(), ids=path_of)
def test_every_form_with_a_text_shows_the_guard(path, text):
    forms = [form for form in FORM.findall(text) if TYPED.search(form)]
    lacking = [form for form in forms if not ("guard(" in form and "carried(" in form)]
    assert bool(lacking) == (str(path) in UNGUARDED)
