"""A CPR number in any text of a thread: marked, masked or kept by one press, on every form."""

import json

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.people.profiles import choose_language
from midtlink.questions.suggesting import suggest_edit
from tests.questions.threads import answered, asked

NUMBER, OTHER = "010190-1234", "020290-2345"
#: Each form: who sends it, to which address, the field with the number, and what else is sent.
FORMS = {
    "title": ("anne", "/spoerg", "title", {}),
    "question": ("anne", "/spoerg", "body", {"title": "Hvordan det?"}),
    "answer": ("anne", "/q/{question}/svar", "body", {}),
    "comment": ("anne", "/post/{answer}/kommentar", "body", {}),
    "thanks": ("anne", "/post/{answer}/tak", "message", {}),
    "edit": ("jonas", "/post/{answer}/rediger", "body", {"from_revision": "1"}),
    "edited": ("jonas", "/post/{answer}/rediger", "summary", {"from_revision": "1", "body": "Ny"}),
    "suggestion": ("karim", "/post/{answer}/rediger", "body", {"from_revision": "1"}),
    "decided": ("jonas", "/forslag/{suggestion}/afgoerelse", "because", {"accept": "no"}),
    "closure": ("anne", "/q/{question}/lukning", "note", {"reason": "outdated"}),
    "flag": ("karim", "/post/{question}/meld", "note", {"reason": "wrong"}),
    "upheld": ("mogens", "/meldinger/{flag}/afgoerelse", "because", {"uphold": "yes"}),
    "dismissed": ("mogens", "/meldinger/{flag}/afgoerelse", "because", {"uphold": "no"}),
    "profile": ("anne", "/mig", "body", {"title": "", "phone": ""}),
}  # fmt: skip
LANGUAGES = {"da": "Er det et CPR-nummer?", "en": "Is this a CPR number?"}


@pytest.fixture
def ids(cast):
    question = asked(cast.anne)
    reply = answered(question, cast.jonas)
    suggestion = suggest_edit(reply, body="Bedre", from_revision=1, by=cast.anne)
    report = flag(question, reason="outdated", by=cast.jonas)
    rows = {"question": question, "answer": reply, "suggestion": suggestion, "flag": report}
    return {name: row.id for name, row in rows.items()}


@pytest.fixture(params=FORMS.values(), ids=FORMS)
def send(request, visit, cast, ids):
    """Send one of the forms with a text in its field; return the page and the form on it."""
    name, address, field, more = request.param
    address = address.format(**ids)

    def send(text, status, **pressed):
        page = visit.post(
            address, as_=getattr(cast, name), status=status, **more | {field: text} | pressed
        )
        return page, page.form(address, field) if status in (200, 400) else None

    send.field, send.by, send.more = field, getattr(cast, name), more
    return send


def acts():
    return db.session.query(JournalEntry).count()


def marks(page):
    return [mark.text for mark in page.all("mark")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_is_marked_and_nothing_is_done(send, language):
    choose_language(send.by.id, language)
    before = acts()
    page, form = send(f"Se {NUMBER}", 400)
    assert marks(page) == [NUMBER]
    assert LANGUAGES[language] in page.text
    assert form[send.field].strip() == f"Se {NUMBER}"
    assert acts() == before


def test_one_press_masks_the_number(send):
    before = acts()
    _, form = send(f"Se {NUMBER}", 400)
    page, form = send(f"Se {NUMBER}", 200, mask=form["mask"])
    assert form[send.field].strip() == "Se XXXXXX-XXXX"
    assert (marks(page), acts()) == ([], before)


def test_one_press_keeps_the_number_and_the_journal_knows(send):
    _, form = send(f"Se {NUMBER}", 400)
    send(f"Se {NUMBER}", 303, not_cpr=form["not_cpr"])
    entries = db.session.query(JournalEntry).all()
    (kept,) = [entry for entry in entries if entry.act.endswith("GuardOverruled")]
    assert (kept.by_id, kept.facts["count"]) == (send.by.id, 1)
    assert NUMBER not in json.dumps([entry.facts for entry in entries])


def test_another_number_is_still_refused(send):
    _, form = send(f"Se {NUMBER}", 400)
    before = acts()
    page, _ = send(f"Se {NUMBER} og {OTHER}", 400, not_cpr=form["not_cpr"])
    assert (marks(page), acts()) == ([OTHER], before)
