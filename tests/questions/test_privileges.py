"""What points allow in a thread, by the preset that holds; SQL and the verbs say the same."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.clock import now
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.people.models import Person
from midtlink.people.privileges import (
    CLOSE_DUPLICATES,
    EDIT_OTHERS,
    FLAG,
    MAKE_TAGS,
    PRIVILEGES,
    REVIEW_QUEUES,
    SUGGEST,
    VOTE,
)
from midtlink.questions import policy
from midtlink.questions.asking import ask
from midtlink.questions.closing import close, close_as_duplicate, reopen
from midtlink.questions.commenting import comment
from midtlink.questions.confirming import confirm, withdraw_confirmation
from midtlink.questions.deleting import delete
from midtlink.questions.editing import edit
from midtlink.questions.models import Question
from midtlink.questions.queries import get_question, get_suggestion, list_suggestions, thread
from midtlink.questions.queries.knowing import knows_topic
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.questions.records import Flag, Reaction, SuggestedEdit
from midtlink.questions.suggesting import decide_suggestion, suggest_edit
from midtlink.refusals import Refused
from midtlink.settings.changing import change_setting
from midtlink.topics.models import SuperUser, Tag, TopicStanding
from midtlink.topics.policy import may_make_tags
from tests.questions.threads import answered, asked, rows, staff
from tests.topics.making import make_system

pytestmark = pytest.mark.both_databases
PRESETS = ("open", "hospital", "strict")


def has(person, shown):
    """Let a person be shown with so many points."""
    in_transaction(lambda: setattr(db.session.get(Person, person.id), "points", shown - 1))
    return person


def choose(preset):
    change_setting("privilege_preset", preset, by=None, by_id=None)


@pytest.fixture
def question(cast):
    return asked(cast.anne, body="Første", tags=["epj"])


@pytest.fixture
def reply(cast, question):
    return answered(question, cast.jonas)


def about(key, person, question, reply):
    """Whether the person may do what the privilege is about."""
    by_other = SuggestedEdit(post=question, by_id=0)
    return {
        VOTE: lambda: policy.may_vote(person, reply) and policy.may_vote(person, question),
        FLAG: lambda: policy.may_flag(person, reply, "wrong"),
        SUGGEST: lambda: policy.may_suggest(person, reply) or policy.may_edit(person, reply),
        MAKE_TAGS: lambda: may_make_tags(person),
        EDIT_OTHERS: lambda: policy.may_edit(person, reply),
        REVIEW_QUEUES: lambda: policy.may_decide(person, by_other),
        CLOSE_DUPLICATES: lambda: policy.may_close_as_duplicate(person, question, knows_topic=True),
    }[key]()


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("key", PRIVILEGES)
def test_one_may_from_so_many_points_on(cast, question, reply, key, preset):
    choose(preset)
    threshold = PRIVILEGES[key].threshold(preset)
    assert about(key, has(cast.karim, threshold), question, reply)
    if threshold > 1:
        assert not about(key, has(cast.karim, threshold - 1), question, reply)


@pytest.mark.parametrize("key", PRIVILEGES)
def test_without_points_the_open_preset_holds(cast, question, reply, key):
    choose("strict")
    assert not about(key, cast.karim, question, reply)
    change_setting("points_are_on", "off", by=None, by_id=None)
    assert about(key, cast.karim, question, reply)


def test_less_than_nothing_is_shown_as_one(cast, question, reply):
    assert about(VOTE, has(cast.karim, -40), question, reply)


@pytest.mark.parametrize("name", ["bodil", "mogens", "astrid"])
@pytest.mark.parametrize("key", [VOTE, FLAG, SUGGEST, MAKE_TAGS])
def test_a_role_does_everyday_things_without_points(cast, question, reply, key, name):
    choose("strict")
    assert about(key, getattr(cast, name), question, reply)


def test_roles_keep_what_they_have(cast, question, reply):
    choose("strict")
    assert policy.may_edit(cast.mogens, reply) and policy.may_edit(cast.jonas, reply)
    assert policy.may_close(cast.bodil, question) and policy.may_close(cast.anne, question)
    assert not policy.may_edit(cast.bodil, reply) and not policy.may_edit(cast.astrid, reply)


def test_votes_are_refused_and_having_the_same_problem_is_not(cast, question, reply):
    choose("strict")
    for post, kind in ((question, "good"), (reply, "helped"), (reply, "failed")):
        with pytest.raises(NotAllowed):
            set_reaction(post, kind, by=cast.karim)
    set_reaction(question, "same", by=cast.karim)
    assert question.same_count == 1


def test_what_was_voted_before_can_be_taken_back(cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    choose("strict")
    withdraw_reaction(reply, "helped", by=cast.karim)
    assert rows(Reaction)[0].withdrawn_at is not None
    with pytest.raises(NotAllowed):
        set_reaction(reply, "helped", by=cast.karim)


@pytest.mark.parametrize("reason", ["patient_data", "dangerous"])
def test_everybody_reports_what_may_hurt_a_patient(cast, reply, reason):
    choose("strict")
    for other in ("wrong", "outdated"):
        with pytest.raises(NotAllowed):
            flag(reply, reason=other, by=cast.karim)
    flag(reply, reason=reason, by=cast.karim)
    assert [row.reason for row in rows(Flag)] == [reason]


def test_a_new_tag_asks_for_points_and_a_known_one_does_not(cast, question):
    choose("strict")
    assert ask(title="Hvor er den?", tags=["EPJ"], by=cast.karim).tags == question.tags
    with pytest.raises(Refused) as refused:
        ask(title="Hvor er den?", tags=["epj", "Helt nyt"], by=cast.karim)
    assert (refused.value.field, refused.value.code) == ("tags", "new_tag")
    assert refused.value.facts == {"name": "helt-nyt"}
    ask(title="Hvor er den?", tags=["helt nyt"], by=has(cast.karim, 50))
    assert len(rows(Tag)) == 2


def test_with_points_one_edits_what_others_wrote(cast, question, reply):
    karim = has(cast.karim, 100)
    edit(reply, body="Bedre", from_revision=1, by=karim)
    assert (reply.source, reply.edited_by) == ("Bedre", karim)
    assert not policy.may_suggest(karim, reply)


def test_points_edit_no_comment_and_nothing_that_is_away(cast, question, reply):
    karim, bodil = has(cast.karim, 9_999), has(cast.bodil, 9_999)
    remark = comment(reply, body="Tak", by=cast.anne)
    removed = answered(question, cast.jonas)
    redact(removed, by=cast.jonas)
    hidden = answered(question, cast.jonas)
    hide(hidden, by=cast.mogens)
    gone = answered(question, cast.jonas)
    delete(gone, by=cast.jonas)
    for post in (remark, removed, hidden, gone):
        for person in (karim, bodil):
            with pytest.raises(NotAllowed):
                edit(post, body="Andet", from_revision=1, by=person)
    hide(question, by=cast.mogens)
    assert not policy.may_edit(bodil, reply) and not policy.may_edit(bodil, question)


def test_points_change_nothing_that_it_has_confirmed(cast, question, reply):
    made = suggest_edit(reply, body="Bedre", from_revision=1, by=cast.anne)
    confirm(reply, by=cast.bodil)
    karim = has(cast.karim, 9_999)
    assert policy.may_suggest(karim, reply) and not policy.may_edit(karim, reply)
    with pytest.raises(NotAllowed):
        edit(reply, body="Andet", from_revision=1, by=karim)
    with pytest.raises(NotAllowed):
        decide_suggestion(made, True, by=karim)
    for person in (reply.author, cast.mogens, has(cast.bodil, 9_999)):
        assert policy.may_edit(person, reply) and policy.may_decide(person, made)
    withdraw_confirmation(reply, by=cast.bodil)
    assert policy.may_edit(karim, reply) and policy.may_decide(karim, made)


def test_who_reviews_decides_but_not_their_own(cast, question):
    theirs = suggest_edit(question, body="Bedre", from_revision=1, by=cast.jonas)
    own = suggest_edit(question, body="Bedst", from_revision=1, by=cast.karim)
    karim = has(cast.karim, 250)
    with pytest.raises(NotAllowed):
        decide_suggestion(own, True, by=karim)
    decide_suggestion(theirs, True, by=karim)
    assert question.source == "Bedre"


def test_editing_alone_decides_nothing(cast, question):
    made = suggest_edit(question, body="Bedre", from_revision=1, by=cast.jonas)
    with pytest.raises(NotAllowed):
        decide_suggestion(made, True, by=has(cast.karim, 249))


def suggestions_in_every_state(cast):
    """A suggestion by Jonas, and one by Karim, for a question and an answer in each state."""
    (helper,) = staff(1)
    for state in (
        "visible",
        "confirmed",
        "hidden",
        "patient_data",
        "hidden answer",
        "deleted answer",
    ):
        question = asked(cast.anne, body="Første")
        reply = answered(question, helper)
        for post in (question, reply):
            for person in (cast.jonas, cast.karim):
                suggest_edit(post, body="Bedre", from_revision=1, by=person)
        match state:
            case "confirmed":
                confirm(reply, by=cast.bodil)
            case "hidden":
                hide(question, by=cast.mogens)
            case "patient_data":
                flag(question, reason="patient_data", by=cast.karim)
            case "hidden answer":
                hide(reply, by=cast.mogens)
            case "deleted answer":
                delete(reply, by=helper)


def finds(suggestion, person):
    try:
        return get_suggestion(suggestion.id, seen_by=person) is suggestion
    except NotFound:
        return False


@pytest.mark.parametrize("shown", [1, 249, 250])
def test_the_statement_lists_what_the_policy_lets_be_decided(cast, shown):
    suggestions_in_every_state(cast)
    everyone = (cast.anne, cast.jonas, cast.karim, cast.bodil, cast.mogens, cast.astrid)
    for person in everyone:
        has(person, shown)
        decides = {each for each in rows(SuggestedEdit) if policy.may_decide(person, each)}
        assert decides == {
            each
            for each in rows(SuggestedEdit)
            if finds(each, person) and policy.may_decide(person, each)
        }
        listed = set(list_suggestions(seen_by=person).rows)
        theirs = {each for each in listed if person.id in (each.by_id, each.post.author_id)}
        assert listed - theirs == {
            each for each in decides - theirs if each.post.hidden_at is None
        }, person


@pytest.mark.parametrize(("shown", "count"), [(249, 0), (250, 1)])
def test_the_question_counts_what_waits_for_the_reader(cast, question, shown, count):
    reply = answered(question, cast.jonas)
    suggest_edit(question, body="Bedre", from_revision=1, by=cast.bodil)
    suggest_edit(reply, body="Bedre", from_revision=1, by=cast.bodil)
    hide(reply, by=cast.mogens)
    karim = has(cast.karim, shown)
    assert thread(question, seen_by=karim).suggestion_count == count


def test_nothing_waits_where_the_post_is_away(cast, question):
    for take_away, by in ((hide, cast.mogens), (delete, cast.jonas)):
        reply = answered(question, cast.jonas)
        suggest_edit(reply, body="Bedre", from_revision=1, by=cast.bodil)
        assert thread(question, seen_by=cast.mogens).suggestion_count == 1
        take_away(reply, by=by)
        assert thread(question, seen_by=cast.mogens).suggestion_count == 0


def knows(person, question, **standing):
    row = TopicStanding(person_id=person.id, **standing)
    in_transaction(lambda: db.session.add(row))
    return knows_topic(question, person)


def test_who_is_known_for_a_tag_knows_its_questions(cast, question):
    tag = question.tags[0].id
    assert not knows(cast.jonas, question, kind="tag", topic_id=tag, points=199, accepted=5)
    assert not knows(cast.bodil, question, kind="tag", topic_id=tag, points=900, accepted=4)
    assert not knows(cast.astrid, question, kind="system", topic_id=tag, points=900, accepted=9)
    assert knows(cast.karim, question, kind="tag", topic_id=tag, points=200, accepted=5)
    change_setting("points_are_on", "off", by=None, by_id=None)
    assert not knows_topic(question, cast.karim)


@pytest.fixture
def about_epj(cast):
    make_system("EPJ", owner_id=cast.astrid.id)
    return ask(title="Hvordan signerer jeg?", system_slug="epj", by=cast.anne)


def appoint(person, system, **more):
    row = SuperUser(person_id=person.id, system=system, appointed_at=now(), **more)
    in_transaction(lambda: db.session.add(row))


def test_who_looks_after_a_system_knows_its_questions(cast, about_epj):
    system = about_epj.system
    appoint(cast.karim, system)
    appoint(cast.bodil, system, ended_at=now())
    assert knows_topic(about_epj, cast.karim) and knows_topic(about_epj, cast.astrid)
    assert not knows_topic(about_epj, cast.bodil) and not knows_topic(about_epj, cast.jonas)
    assert not knows_topic(asked(cast.anne), cast.karim)


def test_who_knows_the_topic_closes_what_was_asked_before(cast, about_epj):
    before = asked(cast.jonas)
    appoint(cast.karim, about_epj.system)
    with pytest.raises(NotAllowed):
        close_as_duplicate(about_epj, of=before, by=has(cast.karim, 499))
    karim = has(cast.karim, 500)
    with pytest.raises(NotAllowed):
        close(about_epj, reason="outdated", by=karim)
    with pytest.raises(NotAllowed):
        close_as_duplicate(before, of=about_epj, by=karim)
    close_as_duplicate(about_epj, of=before, by=karim)
    assert not about_epj.is_open
    reopen(about_epj, by=karim)
    assert about_epj.is_open


def test_the_page_offers_it_to_the_same(cast, visit, about_epj):
    before = asked(cast.jonas)
    appoint(cast.karim, about_epj.system)
    path = f"/q/{about_epj.id}/lukning"

    def offers():
        page = visit.get(f"/q/{about_epj.id}/{about_epj.slug}", as_=cast.karim)
        return path in [link.get("href") for link in page.all("a")]

    assert not offers()
    visit.get(path, as_=cast.karim, status=403)
    has(cast.karim, 500)
    assert offers()
    form = visit.get(path, as_=cast.karim).form(path)
    assert form["reason"] == "duplicate" and "note" not in form
    visit.post(path, as_=cast.karim, status=403, reason="outdated")
    page = visit.post(path, as_=cast.karim, status=400, reason="duplicate", duplicate_of="x")
    assert "adressen eller nummeret" in page.text
    visit.post(path, as_=cast.karim, reason="duplicate", duplicate_of=str(before.id))
    assert not db.session.get(Question, about_epj.id).is_open


def test_the_page_shows_no_button_that_is_refused(cast, visit, question, reply):
    """In the strict preset a newcomer reads the votes, says "same problem", reports danger."""
    choose("strict")
    set_reaction(reply, "helped", by=has(cast.bodil, 5))
    page = visit.get(f"/q/{question.id}/{question.slug}", as_=cast.karim)
    assert not page.has_form(f"/post/{reply.id}/reaktion")
    assert page.form(f"/post/{question.id}/reaktion")["kind"] == "same"
    assert "Foreslå en rettelse" not in page.text
    visit.get(f"/post/{reply.id}/rediger", as_=cast.karim, status=403)
    offered = visit.get(f"/post/{reply.id}/meld", as_=cast.karim)
    assert "Farligt" in offered.text and "Forældet" not in offered.text


def test_a_vote_of_before_can_be_pressed_off_and_no_other_on(cast, visit, question, reply):
    set_reaction(reply, "helped", by=cast.karim)
    choose("strict")
    page = visit.get(f"/q/{question.id}/{question.slug}", as_=cast.karim)
    form = page.form(f"/post/{reply.id}/reaktion")
    assert (form["kind"], form["wanted"]) == ("helped", "off")
    visit.post(f"/post/{reply.id}/reaktion", as_=cast.karim, kind="helped", wanted="off")
    assert get_question(question.id, seen_by=cast.karim).answer_count == 1
    visit.post(f"/post/{reply.id}/reaktion", as_=cast.karim, status=403, kind="helped", wanted="on")


def test_a_new_tag_is_refused_in_words_and_nothing_is_lost(cast, visit):
    choose("strict")
    typed = {"title": "Hvor er den?", "tags": "ukendt", "key": "k1"}
    page = visit.post("/spoerg", as_=cast.karim, status=400, **typed)
    assert "“ukendt” er ikke et emneord endnu" in page.text
    assert page.form("/spoerg")["tags"] == "ukendt"
