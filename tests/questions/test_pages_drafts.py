"""Drafts: saved by the page, listed, thrown away."""

import pytest

from midtlink.moderation.flagging import flag
from midtlink.questions.drafting import save_draft
from midtlink.questions.records import Draft
from tests.questions.threads import answered, asked, rows

CPR = "010285-1234"


def save(visit, person, status=200, **fields):
    return visit.post("/kladde", as_=person, status=status, **fields)


def test_page_saves_what_is_typed(visit, cast, clock):
    told = save(visit, cast.anne, draft_kind="question", draft_about="", title="Hvor", body="Jeg")
    assert told.json == {"time": "23.40", "masked": False}
    (draft,) = rows(Draft)
    assert (draft.title, draft.source) == ("Hvor", "Jeg")


def test_draft_masks_a_cpr_number_and_says_so(visit, cast):
    assert save(visit, cast.anne, draft_kind="question", body=f"Hun er {CPR}").json["masked"]
    assert CPR not in rows(Draft)[0].source


def test_draft_is_saved_without_renewing_the_sign_in(app):
    renews = {name: getattr(view, "renews", None) for name, view in app.view_functions.items()}
    by_itself = ("questions.save", "questions.similar", "questions.preview")
    assert [renews[name] for name in by_itself] == [False, False, False]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 400),
        ({"draft_kind": "letter"}, 400),
        ({"draft_kind": "question", "draft_about": "1"}, 400),
        ({"draft_kind": "answer", "draft_about": ""}, 400),
        ({"draft_kind": "answer", "draft_about": "x"}, 400),
        ({"draft_kind": "answer", "draft_about": "-1"}, 400),
        ({"draft_kind": "answer", "draft_about": "77"}, 404),
        ({"draft_kind": "answer", "draft_about": "9" * 10}, 400),
        ({"draft_kind": "question", "body": "x" * 40_001}, 400),
    ],
    ids=str,
)
def test_draft_that_no_form_sends_is_refused(visit, cast, fields, status):
    asked(cast.anne)
    save(visit, cast.anne, status, **fields)
    assert not rows(Draft)


def test_drafts_are_listed_with_the_way_on(visit, cast):
    question = asked(cast.anne, "Hvordan signerer jeg?")
    save_draft("answer", question.id, source="Jeg tror", by=cast.jonas)
    save_draft("question", title="Hvor er", by=cast.jonas)
    page = visit.get("/kladder", as_=cast.jonas)
    links = {"".join(link.itertext()): link.get("href") for link in page.all("a")}
    assert links["Hvordan signerer jeg?"] == f"/q/{question.id}#dit-svar"
    assert links["Hvor er"] == "/spoerg"
    assert "Ingen kladder" in visit.get("/kladder", as_=cast.karim).text


def test_draft_is_thrown_away_by_its_owner_alone(visit, cast):
    save_draft("question", title="Hvor er", by=cast.jonas)
    path = f"/kladder/{rows(Draft)[0].id}/sletning"
    visit.post(path, as_=cast.karim, status=404)
    visit.post(path, as_=cast.jonas)
    assert not rows(Draft)


def test_words_searched_for_do_not_meet_an_old_draft_in_one_form(visit, cast):
    asked(cast.anne, "Hvor er nøglen?")
    save_draft("question", title="Hvor er", by=cast.jonas)
    page = visit.get("/spoerg?titel=blodgas", as_=cast.jonas)
    assert not page.has_form("/spoerg")
    assert "Måske er det allerede besvaret" not in page.text
    assert {"/spoerg"} & {link.get("href") for link in page.all("a")}
    assert visit.get("/spoerg", as_=cast.jonas).form("/spoerg")["title"] == "Hvor er"


def test_old_draft_waits_while_one_asks_what_was_searched_for(visit, cast):
    draft = save_draft("question", title="Hvor er", source="Jeg leder", by=cast.jonas)
    path = f"/kladder/{draft.id}/til-side"
    page = visit.get("/spoerg?titel=blodgas", as_=cast.jonas)
    told = visit.post(path, as_=cast.jonas, wanted="on", next=page.form(path)["next"])
    assert told.location == "/spoerg?titel=blodgas"
    page = visit.get(told.location, as_=cast.jonas)
    assert page.form("/spoerg")["title"] == "blodgas"
    assert "Jeg leder" not in page.text
    visit.post(path, as_=cast.jonas, wanted=page.form(path)["wanted"])
    assert visit.get("/spoerg", as_=cast.jonas).form("/spoerg")["title"] == "Hvor er"


def test_draft_that_waits_is_listed_and_changes_place_with_another(visit, cast):
    old = save_draft("question", title="Hvor er", by=cast.jonas)
    path = f"/kladder/{old.id}/til-side"
    visit.post(path, as_=cast.jonas, wanted="on")
    save_draft("question", title="Blodgas", by=cast.jonas)
    page = visit.get("/kladder", as_=cast.jonas)
    assert "Lagt til side" in page.text
    visit.post(path, as_=cast.jonas, wanted=page.form(path)["wanted"])
    assert visit.get("/spoerg", as_=cast.jonas).form("/spoerg")["title"] == "Hvor er"
    assert "Blodgas" in visit.get("/kladder", as_=cast.jonas).text


def test_only_ones_own_question_is_put_aside(visit, cast):
    mine = save_draft("answer", asked(cast.anne).id, source="Vend den", by=cast.jonas)
    theirs = save_draft("question", title="Hvor er", by=cast.anne)
    for draft in (mine, theirs):
        for wanted in ("on", "off"):
            path = f"/kladder/{draft.id}/til-side"
            visit.post(path, as_=cast.jonas, status=404, wanted=wanted)
    assert {draft.kind for draft in rows(Draft)} == {"answer", "question"}


@pytest.mark.parametrize("who", ["karim", "jonas", "bodil"])
def test_t10_draft_of_an_edit_is_withheld_with_the_post(visit, cast, who):
    """It begins with the post's words: whoever began to edit a post would go on reading it."""
    answer = answered(asked(cast.anne), cast.jonas, body="Kanariefuglen synger")
    person = getattr(cast, who)
    save_draft("edit", answer.id, source="Kanariefuglen synger smukt", by=person)
    assert "Kanariefuglen" in visit.get("/kladder", as_=person).text
    flag(answer, reason="patient_data", by=cast.anne)
    assert "Kanariefuglen" not in visit.get("/kladder", as_=person).text
    assert rows(Draft)


def test_moderator_keeps_the_draft_of_an_edit_of_a_hidden_post(visit, cast):
    question = asked(cast.anne)
    save_draft("edit", question.id, title="Bedre overskrift", by=cast.mogens)
    flag(question, reason="patient_data", by=cast.jonas)
    assert "Bedre overskrift" in visit.get("/kladder", as_=cast.mogens).text
