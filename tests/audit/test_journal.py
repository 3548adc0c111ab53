"""The journal: every fact is a row, in the transaction in which it happened."""

from dataclasses import fields

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.audit.subscribers import SECRET
from midtlink.audit.views.wording import FACTS, TRUTHS, WORDS, act_words, fact_words
from midtlink.events import Event, in_transaction, publish
from midtlink.extensions import db
from midtlink.people.events import PersonChanged, RoleGranted, SignedIn
from midtlink.people.profiles import choose_language
from midtlink.questions.events import Imported
from midtlink.questions.reacting import set_reaction
from tests.questions.threads import answered, asked, rows

PATH = "/administration/journal"


def happen(*facts):
    """Publish facts in one transaction."""

    def work():
        for fact in facts:
            publish(fact)

    in_transaction(work)


def changes(count, by_id=None):
    """Let something happen to people whom nobody knows."""
    happen(*(PersonChanged(by_id=by_id, person_id=9000 + number) for number in range(count)))


def all_events(kind=Event):
    for each in kind.__subclasses__():
        yield each
        yield from all_events(each)


def leaves():
    return sorted({each for each in all_events() if not each.__subclasses__()}, key=str)


@pytest.mark.both_databases
def test_fact_becomes_a_row(cast, clock):
    happen(RoleGranted(by_id=cast.astrid.id, person_id=cast.anne.id, role="it"))
    entry = db.session.query(JournalEntry).one()
    assert (entry.act, entry.by_id, entry.at) == ("RoleGranted", cast.astrid.id, clock.moment)
    assert entry.facts == {"person_id": cast.anne.id, "role": "it"}


@pytest.mark.both_databases
def test_fact_that_is_undone_leaves_no_row(app):
    def work():
        publish(PersonChanged(by_id=None, person_id=1))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_transaction(work)
    assert db.session.query(JournalEntry).count() == 0


def test_many_ids_fit(app):
    happen(Imported(by_id=None, origin="beer", post_ids=(1, 2, 3)))
    assert db.session.query(JournalEntry).one().facts["post_ids"] == [1, 2, 3]


@pytest.mark.parametrize("kind", leaves(), ids=lambda kind: kind.__name__)
def test_every_event_has_words_on_the_page(app, kind):
    if kind in SECRET:
        assert kind.__name__ not in WORDS
    elif kind.__module__.startswith("midtlink."):
        assert kind.__name__ in WORDS
        names = {each.name.removesuffix("_id") for each in fields(kind)} - {"by"}
        assert names <= FACTS.keys() | TRUTHS.keys()


def test_nobody_reads_who_voted_for_what(cast):
    reply = answered(asked(cast.anne), cast.jonas)
    written = len(rows(JournalEntry))
    set_reaction(reply, "helped", by=cast.anne)
    set_reaction(reply, "failed", by=cast.anne)
    assert len(rows(JournalEntry)) == written


def test_words_of_a_fact_hold_its_value(app):
    with app.test_request_context():
        assert [name for name, words in FACTS.items() if "%(value)s" not in str(words)] == []


@pytest.mark.parametrize("kind", leaves(), ids=lambda kind: kind.__name__)
def test_no_event_carries_a_text_that_somebody_typed(kind):
    """Fields are ids, numbers, truth values and names of rules."""
    typed = {"title", "source", "body", "text", "note", "summary", "html", "username", "email"}
    assert not typed & {each.name for each in fields(kind)}


def test_page_shows_the_newest_first(visit, cast):
    happen(
        PersonChanged(by_id=cast.astrid.id, person_id=cast.anne.id),
        RoleGranted(by_id=None, person_id=cast.jonas.id, role="it"),
    )
    rows = visit.get(PATH, as_=cast.astrid).all("tr")
    texts = [" ".join("".join(row.itertext()).split()) for row in rows[1:]]
    assert "MidtLink gav en rolle Jonas Holt, rollen It-medarbejder" in texts[0]
    assert "Astrid Lund rettede en kollegas oplysninger Anne Mikkelsen" in texts[1]


def test_page_is_filtered_by_act_and_person(visit, cast):
    happen(
        PersonChanged(by_id=cast.astrid.id, person_id=cast.anne.id),
        RoleGranted(by_id=cast.mogens.id, person_id=cast.jonas.id, role="it"),
    )
    by_act = visit.get(f"{PATH}?act=RoleGranted", as_=cast.astrid)
    by_person = visit.get(f"{PATH}?person=Astrid", as_=cast.astrid)
    assert len(by_act.all("tr")) == len(by_person.all("tr")) == 2


@pytest.mark.parametrize("query", ["act=Nothing", "person=nobody", "person=%00", "act=%00"])
def test_filter_that_finds_nothing_says_so(visit, cast, query):
    changes(1)
    assert "Ingen handlinger" in visit.get(f"{PATH}?{query}", as_=cast.astrid).text


@pytest.mark.parametrize("cursor", ["x", "-1", "1'--", "9" * 19])
def test_cursor_that_is_none_is_refused(visit, cast, cursor):
    visit.get(PATH, as_=cast.astrid, query_string={"efter": cursor}, status=400)


def test_pages_neither_skip_nor_repeat(visit, cast):
    changes(120)
    seen, path = [], PATH
    while path:
        page = visit.get(path, as_=cast.astrid)
        seen += ["".join(row.itertext()).split()[-1] for row in page.all("tr")[1:]]
        path = next((a.get("href") for a in page.all("a") if a.get("rel") == "next"), None)
        changes(1)
    assert seen == [str(9000 + number) for number in reversed(range(120))]


def test_journal_is_for_administrators(visit, cast):
    for person in (cast.anne, cast.bodil, cast.mogens):
        visit.get(PATH, as_=person, status=403)
    visit.get(PATH, status=303)
    visit.post(PATH, as_=cast.astrid, status=405)


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ({"reason": "patient_data"}, "grund: Patientdata"),
        ({"reason": "off_topic"}, "grund: Det hører ikke til her"),
        ({"because": "moderator"}, "grund: Moderator"),
        ({"kind": "helped"}, "“Det hjalp mig”"),
        ({"key": "hospital_name"}, "indstillingen “Hospitalets navn”"),
        ({"field": "body"}, "i feltet tekst"),
        ({"field": "new"}, "i feltet new"),
        ({"sign_in_id": 4}, "login nr. 4"),
        ({"is_own_computer": True}, "på egen computer"),
        ({"is_own_computer": False}, "på fælles computer"),
        ({"is_upheld": True}, "den fik medhold"),
        ({"post_ids": [4, 5]}, "2 i alt"),
        ({"question_id": 4, "post_id": 4}, "spørgsmål nr. 4"),
        ({"of_tomorrow_id": 4}, "of_tomorrow 4"),
    ],
)
def test_facts_are_told_in_words(app, fact, words):
    with app.test_request_context():
        assert fact_words(fact, {}) == [words]


def test_a_comment_is_told_with_its_question(app):
    with app.test_request_context():
        told = fact_words({"question_id": 4, "post_id": 7}, {})
    assert told == ["spørgsmål nr. 4", "tekst nr. 7"]


def test_journal_speaks_english_too(visit, cast):
    astrid_id = cast.astrid.id
    happen(SignedIn(by_id=cast.anne.id, sign_in_id=4, is_own_computer=False))
    in_transaction(lambda: choose_language(astrid_id, "en"))
    row = visit.get(PATH, as_=cast.astrid).all("tr")[1]
    assert " ".join("".join(row.itertext()).split()).endswith(
        "signed in sign-in no. 4, on a shared computer"
    )


def test_act_without_words_keeps_its_name(app):
    assert act_words("SomethingNew") == "SomethingNew"
