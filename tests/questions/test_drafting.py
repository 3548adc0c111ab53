"""What is typed and not yet sent is kept, with numbers masked."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.moderation.hiding import hide
from midtlink.questions.drafting import drop_draft, save_draft
from midtlink.questions.queries import find_draft, get_draft, list_drafts
from midtlink.questions.records import Draft
from midtlink.refusals import BadInput, Refused
from tests.questions.threads import asked, at_once, rows


def test_a_draft_takes_the_place_of_the_one_before(cast):
    save_draft("question", title="Hvor", by=cast.anne)
    draft = save_draft("question", title="Hvor er", source=" to\n", tags="a b", by=cast.anne)
    assert (draft.title, draft.source, draft.tags) == ("Hvor er", " to\n", "a b")
    assert rows(Draft) == [draft] == list(list_drafts(by=cast.anne))
    assert find_draft("question", by=cast.anne) is draft
    drop_draft("question", by=cast.anne)
    drop_draft("question", by=cast.anne)
    assert rows(Draft) == []


def test_a_number_is_kept_masked_and_the_draft_says_so(cast):
    draft = save_draft("question", title="Om 010190-1234", source="cpr 0101901234", by=cast.anne)
    assert "0101" not in draft.title + draft.source
    assert draft.is_masked
    assert not save_draft("question", title="Om noget", by=cast.anne).is_masked


def test_characters_that_no_database_takes_are_left_out(cast):
    draft = save_draft("question", title="a\x00b", source="\ud800", by=cast.anne)
    assert (draft.title, draft.source, draft.is_masked) == ("ab", "", False)


def test_a_draft_too_long_is_refused(cast):
    for field, text in (("title", "a" * 201), ("source", "a" * 40_001), ("tags", "a" * 501),
                        ("system_slug", "a" * 61)):  # fmt: skip
        with pytest.raises(Refused):
            save_draft("question", **{field: text}, by=cast.anne)


def test_drafts_are_about_something_one_sees(cast):
    question = asked(cast.anne)
    hide(question, by=cast.mogens)
    with pytest.raises(NotFound):
        save_draft("answer", question.id, source="Ja", by=cast.jonas)
    for kind, about_id in (("answer", 0), ("question", 1), ("vote", 1), ("", 0)):
        with pytest.raises(BadInput):
            save_draft(kind, about_id, by=cast.jonas)
    for person in (cast.leif, None):
        with pytest.raises(NotAllowed):
            save_draft("question", by=person)


def test_nobody_throws_anothers_draft_away(cast):
    draft = save_draft("question", title="Hvor", by=cast.anne)
    with pytest.raises(NotAllowed):
        drop_draft("question", by=None)
    drop_draft("question", by=cast.jonas)
    assert rows(Draft) == [draft]


def test_nobody_finds_anothers_draft(cast):
    draft = save_draft("question", title="Hvor", by=cast.anne)
    assert get_draft(draft.id, seen_by=cast.anne) is draft
    for person in (cast.jonas, cast.mogens, cast.astrid, None):
        with pytest.raises(NotFound):
            get_draft(draft.id, seen_by=person)
    assert list(list_drafts(by=cast.jonas)) == []


@pytest.mark.both_databases
def test_twenty_autosaves_at_once_are_one_draft(app, cast):
    question = asked(cast.anne)

    def press(question, *, by):
        save_draft("answer", question.id, source="Ja", by=by)

    results = at_once(app, press, question, [cast.jonas] * 20)
    assert (set(results), len(rows(Draft))) == ({None}, 1)
