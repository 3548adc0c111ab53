"""The question page, as people meet it: the answer first, every button where it may be pressed."""

from pathlib import Path

import pytest

from midtlink import clock as the_clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.importing.rules import CLOSE_REASONS
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.questions.accepting import accept_answer
from midtlink.questions.closing import close, close_as_duplicate
from midtlink.questions.commenting import comment
from midtlink.questions.confirming import confirm, withdraw_confirmation
from midtlink.questions.deleting import delete
from midtlink.questions.drafting import save_draft
from midtlink.questions.editing import edit
from midtlink.questions.models import Answer, Comment, Question
from midtlink.questions.reacting import set_reaction
from midtlink.questions.records import Closure
from midtlink.questions.suggesting import suggest_edit
from tests.questions.threads import answered, asked, rows
from tests.topics.making import make_system
from tests.world.statements import statements_of


@pytest.fixture
def question(cast):
    """Anne's question with Jonas's answer."""
    question = asked(cast.anne, "Hvordan signerer jeg?", body="For en kollega.", tags=["notat"])
    answered(question, cast.jonas)
    return question


def path(question):
    return f"/q/{question.id}/{question.slug}"


def answer_of(question):
    return db.session.query(Answer).filter_by(thread_id=question.id).first()


def answers(page):
    return [card for card in page.all("article") if "answer" in card.get("class").split()]


def words_of(element):
    return " ".join(" ".join(element.itertext()).split())


@pytest.mark.parametrize("form", ["/q/{id}", "/s/{id}", "/q/{id}/noget-andet"])
def test_every_address_leads_to_the_one_with_the_title(visit, cast, question, form):
    answer = visit.get(form.format(id=question.id), as_=cast.karim, status=302)
    assert answer.location == path(question)


@pytest.mark.parametrize("title", ["Udskriv", "Lukning?"])
def test_title_like_a_pages_address_leads_to_the_question(visit, cast, title):
    question = asked(cast.anne, title)
    location = visit.get(f"/q/{question.id}", as_=cast.karim, status=302).location
    assert title in [words_of(heading) for heading in visit.get(location, as_=cast.karim).all("h1")]


@pytest.mark.parametrize("form", ["/q/{}", "/s/{}", "/post/{}", "/q/{}/x", "/q/{}/udskriv"])
@pytest.mark.parametrize("number", ["0", "77", "2147483648", "9" * 30, "x"])
def test_unknown_questions_are_not_found(visit, cast, form, number):
    visit.get(form.format(number), as_=cast.karim, status=404)


def test_permalink_leads_to_the_post_in_its_thread(visit, cast, question):
    remark = comment(answer_of(question), body="Tak", by=cast.anne)
    answer = visit.get(f"/post/{remark.id}", as_=cast.karim, status=302)
    assert answer.location == f"{path(question)}#post-{remark.id}"


def test_permalink_of_an_answer_far_down_leads_to_its_page(visit, cast, question):
    last = fill(question, cast.jonas, 60, 0)[-1]
    location = visit.get(f"/post/{last}", as_=cast.karim, status=302).location
    page = visit.get(location, as_=cast.karim)
    assert f'id="post-{last}"' in page.html


def test_question_says_who_asked_and_what_it_is_about(visit, cast, question):
    page = visit.get(path(question), as_=cast.karim)
    assert "Anne Mikkelsen" in page.text and "sygeplejerske, Akutafdelingen" in page.text
    assert "For en kollega." in page.text and "notat" in page.text
    assert "1 svar" in page.text


def test_chosen_answer_stands_first_and_says_so(visit, cast, question):
    chosen = answered(question, cast.bodil, "Vælg Videresend.")
    accept_answer(chosen, by=cast.anne)
    confirm(chosen, by=cast.bodil)
    first = words_of(answers(visit.get(path(question), as_=cast.karim))[0])
    assert first.startswith("Valgt svar Bekræftet af IT Bodil Friis")


def test_helpful_answers_stand_before_others(visit, cast, question):
    better = answered(question, cast.bodil, "Vælg Videresend.")
    set_reaction(better, "helped", by=cast.karim)
    assert "Videresend" in words_of(answers(visit.get(path(question), as_=cast.karim))[0])


def test_comments_stand_under_their_post(visit, cast, question):
    comment(question, body="Hvilken afdeling?", by=cast.karim)
    comment(answer_of(question), body="Det virker", by=cast.anne)
    page = visit.get(path(question), as_=cast.karim)
    assert "Det virker" in words_of(answers(page)[0])
    assert "Hvilken afdeling?" not in words_of(answers(page)[0])
    assert "Hvilken afdeling?" in page.text


def test_closed_question_says_why_and_takes_no_answer(visit, cast, question):
    close(question, reason="outdated", note="Nyt system", by=cast.anne)
    page = visit.get(path(question), as_=cast.karim)
    assert "Spørgsmålet er lukket for nye svar. Det er forældet. Nyt system" in page.text
    assert not page.has_form(f"/q/{question.id}/svar")


@pytest.mark.parametrize("code", ["3", "4", "7", "10", "20", "103", "104", "105"])
def test_an_imported_closing_says_why_in_both_languages(visit, cast, question, code):
    reason, note = CLOSE_REASONS[code]
    close(question, reason="outdated", note=note, by=cast.anne)
    imported = {"reason": reason, "origin": "cooking"}
    in_transaction(lambda: [setattr(rows(Closure)[0], *pair) for pair in imported.items()])
    danish = visit.get(path(question), as_=cast.karim).text
    because = danish.partition("lukket for nye svar. ")[2][:16]
    assert because.startswith("De") and note not in danish
    in_transaction(lambda: setattr(cast.karim, "language", "en"))
    english = visit.get(path(question), as_=cast.karim).text
    assert "takes no more answers. " in english and because not in english


def test_a_closing_for_another_reason_says_so(visit, cast, question):
    close(question, reason="outdated", note="Se opslaget", by=cast.anne)
    in_transaction(lambda: setattr(rows(Closure)[0], "reason", "other"))
    text = visit.get(path(question), as_=cast.karim).text
    assert "Det er lukket af en anden grund. Se opslaget" in text


def test_a_duplicate_has_the_same_word_on_its_page_and_in_lists(visit, cast, question):
    again = asked(cast.karim, "Hvordan signeres et notat?")
    close_as_duplicate(again, of=question, by=cast.bodil)
    for address in (path(again), "/spoergsmaal?vis=mine"):
        page = visit.get(address, as_=cast.karim)
        badges = [
            "".join(each.itertext())
            for each in page.all("span")
            if "badge" in each.get("class", "").split()
        ]
        assert badges == ["Lukket"]


def test_duplicate_leads_to_the_original_which_lists_it(visit, cast, question):
    again = asked(cast.karim, "Hvordan signeres et notat?")
    close_as_duplicate(again, of=question, by=cast.bodil)
    assert f'<a href="{path(question)}" lang="da">' in visit.get(path(again), as_=cast.karim).html
    original = visit.get(path(question), as_=cast.karim)
    assert "Samme spørgsmål, stillet igen Hvordan signeres et notat?" in original.text


def test_failed_is_counted_for_it_and_the_author_only(visit, cast, question):
    set_reaction(answer_of(question), "failed", by=cast.karim)
    seen = {
        person.username: "Virkede ikke for mig 1" in visit.get(path(question), as_=person).text
        for person in (cast.anne, cast.karim, cast.mogens, cast.bodil, cast.jonas)
    }
    assert [name for name, sees in seen.items() if sees] == ["bodil", "jonas"]


def test_buttons_stand_where_their_verb_allows(visit, cast, question):
    answer = answer_of(question)
    forms = {
        "accept": f"/q/{question.id}/valgt",
        "confirm": f"/post/{answer.id}/bekraeftelse",
        "delete": f"/post/{answer.id}/sletning",
        "hide": f"/post/{answer.id}/skjul",
    }
    offered = {
        person.username: {
            name
            for name, form in forms.items()
            if visit.get(path(question), as_=person).has_form(form)
        }
        for person in (cast.anne, cast.jonas, cast.karim, cast.bodil, cast.mogens)
    }
    assert offered == {
        "anne": {"accept"},
        "jonas": {"delete"},
        "karim": set(),
        "bodil": {"confirm"},
        "mogens": {"hide"},
    }


def test_nobody_votes_for_their_own(visit, cast, question):
    answer = answer_of(question)
    assert visit.get(path(question), as_=cast.karim).has_form(f"/post/{answer.id}/reaktion")
    assert not visit.get(path(question), as_=cast.jonas).has_form(f"/post/{answer.id}/reaktion")


def test_deleted_answer_can_be_brought_back_by_its_author(visit, cast, question):
    answer = answer_of(question)
    delete(answer, by=cast.jonas)
    page = visit.get(path(question), as_=cast.jonas)
    assert page.has_form(f"/post/{answer.id}/fortryd-sletning")
    assert "Højreklik" not in visit.get(path(question), as_=cast.karim).text


def test_hidden_answer_shows_its_author_that_it_is_hidden_and_no_more(visit, cast, question):
    answer = answer_of(question)
    flag(answer, reason="patient_data", by=cast.karim)
    page = visit.get(path(question), as_=cast.jonas)
    assert "Meldt som patientdata" in page.text and "Højreklik" not in page.text
    assert f"post-{answer.id}" not in visit.get(path(question), as_=cast.anne).html


def test_hidden_question_withholds_its_words_from_its_author(visit, cast, question):
    flag(question, reason="patient_data", by=cast.karim)
    page = visit.get(f"/q/{question.id}/-", as_=cast.anne)
    assert "Meldt som patientdata" in page.text and "Skjult spørgsmål" in page.text
    assert not {"signerer", "kollega.", "notat"} & set(page.text.split())
    visit.get(path(question), as_=cast.jonas, status=404)


def test_t10_hidden_question_leaves_no_words_in_its_address(visit, cast, question):
    """The title stands in a question's address: every redirect there told the withheld title."""
    flag(question, reason="patient_data", by=cast.karim)
    number = question.id
    for at in (f"/q/{number}", f"/q/{number}/x", f"/s/{number}", f"/post/{number}"):
        answer = visit.get(at, as_=cast.anne, status=302)
        assert answer.location.partition("#")[0] == f"/q/{number}/-"
    answer = visit.post(f"/q/{number}/foelg", as_=cast.anne, wanted="off")
    assert answer.location.startswith(f"/q/{number}/-#")
    assert "signerer" not in visit.get(f"/q/{number}/-?efter=1", as_=cast.anne).html


def test_moderator_sees_how_often_a_post_was_reported(visit, cast, question):
    flag(answer_of(question), reason="wrong", by=cast.karim)
    assert "Meldt 1 gang" in visit.get(path(question), as_=cast.mogens).text
    assert "Meldt 1 gang" not in visit.get(path(question), as_=cast.jonas).text


def test_choice_for_an_absent_asker_says_who_chose(visit, cast, clock, question):
    clock.forward(days=8)
    accept_answer(answer_of(question), by=cast.bodil)
    assert "valgt af Bodil Friis" in visit.get(path(question), as_=cast.karim).text


def test_moderator_reads_what_is_hidden_and_can_show_it_again(visit, cast, question):
    answer = answer_of(question)
    hide(answer, by=cast.mogens)
    page = visit.get(path(question), as_=cast.mogens)
    assert page.has_form(f"/post/{answer.id}/vis") and "Højreklik" in page.text


def test_removed_text_leaves_a_notice(visit, cast, question):
    redact(answer_of(question), by=cast.jonas)
    card = words_of(answers(visit.get(path(question), as_=cast.karim))[0])
    assert "Fjernet: patientdata" in card and "Højreklik" not in card


def test_imported_answer_names_its_source(visit, cast, question):
    answer = answer_of(question)

    def work():
        row = db.session.get(Answer, answer.id)
        row.author, row.author_name = None, "user99"
        row.origin, row.licence = "alcohol.stackexchange.com", "CC BY-SA 3.0"

    in_transaction(work)
    card = words_of(answers(visit.get(path(question), as_=cast.karim))[0])
    assert "user99" in card
    assert "Hentet fra alcohol.stackexchange.com Licens: CC BY-SA 3.0" in card


def test_waiting_suggestions_are_told_to_the_author(visit, cast, question):
    suggest_edit(answer_of(question), body="Bedre tekst", from_revision=1, by=cast.karim)
    assert "1 forslag venter på dig" in visit.get(path(question), as_=cast.jonas).text
    assert "venter på dig" not in visit.get(path(question), as_=cast.anne).text


def test_draft_of_an_answer_is_restored(visit, cast, question):
    save_draft("answer", question.id, source="Jeg tror, at", by=cast.karim)
    page = visit.get(path(question), as_=cast.karim)
    assert page.form(f"/q/{question.id}/svar")["body"].strip() == "Jeg tror, at"


@pytest.mark.parametrize("long", [3, 300])
def test_page_costs_the_same_however_long(visit, cast, clock, long, caught_up):
    question = asked(cast.anne, "Lang tråd om notater", tags=["notat", "log-ind"])
    asked(cast.anne, "Hvor lange må notater være?")
    system = make_system("EPJ")
    fill(question, cast.jonas, min(long, 30), min(2 * long, 60), system)
    caught_up()
    assert statements_of(visit, path(question), cast.karim) == 9
    assert statements_of(visit, path(question), cast.bodil) == 10


def fill(question, author, answer_count, comment_count, system=None):
    """Add answers, and comments on all of them, as rows; return the ids of the answers."""
    moment, author_id = the_clock.now(), author.id
    shared = {"author_id": author_id, "created_at": moment, "thread_id": question.id}

    def work():
        row = db.session.get(Question, question.id)
        row.system_id = system and system.id
        made = [Answer(html="<p>Svar</p>", **shared) for _ in range(answer_count)]
        db.session.add_all(made)
        db.session.flush()
        for number in range(comment_count):
            parent = [*made, row][number % (answer_count + 1)]
            db.session.add(Comment(html="<p>Ja</p>", parent_id=parent.id, **shared))
        row.answer_count += answer_count
        return [answer.id for answer in made]

    return in_transaction(work)


def test_what_was_just_asked_says_so(visit, cast):
    question = asked(cast.anne, "Hvor er nøglen?")
    assert "lige nu" in visit.get(f"/q/{question.id}/{question.slug}", as_=cast.jonas).text


def similar(visit, question, by):
    """The titles in the card of similar questions; None where there is no such card."""
    for card in visit.get(path(question), as_=by).all("section"):
        if card.findtext("h2") == "Lignende spørgsmål":
            return [link.text for link in card.iter("a")]
    return None


def test_similar_questions_stand_beside_a_question(visit, cast, caught_up):
    question = asked(cast.anne, "Hvor er nøglen til skabet?", body="Det med sengetøj.")
    asked(cast.jonas, "Skabet med sengetøj er låst")
    asked(cast.jonas, "Nøgler til medicinskabe")
    asked(cast.jonas, "Printeren skriver blankt")
    caught_up()
    titles = {"Skabet med sengetøj er låst", "Nøgler til medicinskabe"}
    assert set(similar(visit, question, cast.karim)) == titles


def test_similar_questions_are_found_without_an_index(app, visit, cast, index):
    question = asked(cast.anne, "Hvor er nøglen til skabet?")
    asked(cast.jonas, "Skabet med sengetøj er låst")
    assert similar(visit, question, cast.karim) is None
    (Path(app.config["INSTANCE"]) / "search" / "current").unlink()
    assert similar(visit, question, cast.karim) == ["Skabet med sengetøj er låst"]


def test_hidden_questions_are_similar_to_none(visit, cast, caught_up):
    question = asked(cast.anne, "Hvor er nøglen til skabet?")
    other = asked(cast.jonas, "Skabet med sengetøj er låst")
    caught_up()
    hide(other, by=cast.mogens)
    assert similar(visit, question, cast.karim) is None
    assert similar(visit, other, cast.mogens) is None


def test_duplicates_are_not_listed_as_similar_too(visit, cast, caught_up):
    original = asked(cast.anne, "Hvor er nøglen til skabet?")
    again = asked(cast.jonas, "Hvor er nøglen til skabet i dag?")
    in_transaction(lambda: close_as_duplicate(again, of=original, by=cast.bodil))
    caught_up()
    for question in (original, again):
        assert similar(visit, question, cast.anne) is None


def test_author_of_a_hidden_question_is_not_told_of_its_answers(visit, cast):
    question = asked(cast.anne, "Hvor er nøglen?")
    answered(question, cast.jonas, "I skabet")
    flag(question, reason="patient_data", by=cast.karim)
    page = visit.get(f"/q/{question.id}/-", as_=cast.anne)
    assert "Skjult spørgsmål" in page.text
    assert " svar" not in page.text.split("Spurgt af")[1].split("Om spørgsmålet")[0]


def test_a_text_changed_after_it_confirmed_it_says_so(visit, cast, question, clock):
    reply = answer_of(question)
    confirm(reply, by=cast.bodil)
    said = "Teksten er rettet siden"
    assert said not in visit.get(path(question), as_=cast.karim).text
    clock.forward(minutes=1)
    edit(reply, body="Noget andet", from_revision=reply.revision_number, by=reply.author)
    page = visit.get(path(question), as_=cast.karim)
    assert said in page.text
    clock.forward(minutes=1)
    withdraw_confirmation(reply, by=cast.bodil)
    confirm(reply, by=cast.bodil)
    assert said not in visit.get(path(question), as_=cast.karim).text


def test_it_confirms_in_plain_sight_and_nobody_else_does(visit, cast, question):
    """The button stands beside the answer, not behind a word, and is no main button."""
    action = f"/post/{answer_of(question).id}/bekraeftelse"
    forms = f".//div[@class='post-tools']/form[@action='{action}']"
    (form,) = visit.get(path(question), as_=cast.bodil).tree.findall(forms)
    assert form.find("button").get("class") == "button is-quiet"
    assert action not in visit.get(path(question), as_=cast.karim).html
