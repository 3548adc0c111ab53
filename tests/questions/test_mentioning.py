"""Naming colleagues in a text: who is meant, what is kept, who is told of it."""

import pytest

from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.moderation.redacting import redact
from midtlink.people.events import PeopleDropped
from midtlink.people.models import Department
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.commenting import comment
from midtlink.questions.editing import edit
from midtlink.questions.events import ImportDropped, PeopleMentioned
from midtlink.questions.mentioning import left_out, read_mentions
from midtlink.questions.rebuilding import rebuild_batch
from midtlink.questions.records import Mention
from midtlink.questions.suggesting import decide_suggestion, suggest_edit
from tests.questions.threads import answered, asked, told_by
from tests.topics.making import make_system
from tests.world.cast import department, make_person
from tests.world.statements import counted

pytestmark = pytest.mark.both_databases
#: Statements of a mention: finding out who is meant, the link, the row, telling the journal and
#: who is named.
MENTION = 5
JONAS = '<a class="mention" href="/p/jonas">@jonas</a>'


@pytest.fixture
def town(cast):
    """Everybody of these tests, the system EPJ, and departments to name."""
    everybody = cast.anne, cast.jonas, cast.karim, cast.mogens, cast.leif
    make_system("EPJ")
    assert all(everybody)
    return cast


def named(source, author=None):
    """Whom a text names, as kind and word."""
    mentions = read_mentions(source, author_id=author and author.id)
    return [(each.kind, each.word) for each in mentions.named]


def kept(post):
    """Whom a post's rows name."""
    rows = db.session.query(Mention).filter_by(post_id=post.id).order_by(Mention.id)
    return {(row.kind, row.target_id) for row in rows}


def mentioned_in(work):
    """The ids of the mentions that the work told of."""
    facts = [fact for fact in told_by(work) if isinstance(fact, PeopleMentioned)]
    return [fact.mention_ids for fact in facts]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@jonas", [("person", "jonas")]),
        ("@JONAS. Tak", [("person", "jonas")]),
        ("@epj", [("team", "epj")]),
        ("@EPJ,", [("team", "epj")]),
        ("@afd.akutafdelingen.", [("department", "afd.akutafdelingen")]),
        ("@afd.medicinsk-afdeling", [("department", "afd.medicinsk-afdeling")]),
        ("@afd.portørcentralen", [("department", "afd.portoercentralen")]),
        ("@karim @jonas @karim", [("person", "karim"), ("person", "jonas")]),
        ("@leif", []),
        ("@findes-ikke @afd.findes-ikke @afd. @afd", []),
        ("jonas@rm.dk `@jonas` [@jonas](/x)", []),
    ],
)
def test_words_name_who_is_there(town, source, expected):
    assert named(source) == expected


def test_a_username_goes_before_a_system(town):
    make_person("epj", "Else Pil Jensen", "læge", "Akutafdelingen")
    assert named("@epj") == [("person", "epj")]


def test_a_system_that_is_no_longer_in_use_is_nobody(town):
    make_system("PACS", is_active=False)
    assert named("@pacs") == []


def test_of_departments_with_one_word_the_first_is_meant(town):
    in_transaction(
        lambda: (department("Røntgen Øst"), db.session.flush(), department("Roentgen-oest"))
    )
    first = db.session.query(Department).filter_by(name="Røntgen Øst").one()
    mentions = read_mentions("@afd.roentgen-oest", author_id=None)
    assert [each.target_id for each in mentions.named] == [first.id]


@pytest.mark.parametrize("username", ["åse.øre", "jens+1", "j-p", "a_", "x.", "李"])
def test_every_username_can_be_named(town, username):
    make_person(username, "Navn", "læge", "Akutafdelingen")
    assert named(f"Spørg @{username.upper()}, tak") == [("person", username)]


def test_the_author_is_not_named(town):
    question = asked(town.anne, body="Jeg er @anne, ikke @jonas")
    assert kept(question) == {("person", town.jonas.id)}
    assert "@anne" in question.html
    assert "/p/anne" not in question.html


def test_each_kind_of_post_names(town):
    question = asked(town.anne, body="Ved @jonas det?")
    reply = answered(question, town.jonas, body="Spørg @epj")
    remark = comment(reply, body="Eller @afd.akutafdelingen, @karim", by=town.anne)
    assert kept(question) == {("person", town.jonas.id)}
    assert question.html == f"<p>Ved {JONAS} det?</p>\n"
    assert [kind for kind, _ in kept(reply)] == ["team"]
    assert 'href="/system/epj">@epj</a>' in reply.html
    assert kept(remark) == {("person", town.karim.id), ("department", town.anne.department_id)}
    assert f'href="/afdeling/{town.anne.department_id}">@afd.akutafdelingen</a>,' in remark.html


def test_ten_may_be_named_three_teams_and_one_department(town):
    people = [
        make_person(f"navn{number}", "Navn", "læge", "Akutafdelingen") for number in range(12)
    ]
    teams = [make_system(f"S{number}") for number in range(4)]
    words = [f"@s{number}" for number in range(len(teams))]
    words += ["@afd.akutafdelingen", "@afd.medicinsk-afdeling"]
    words += [f"@{person.username}" for person in people]
    question = asked(town.anne, body=" ".join(words) + " @navn0 @s0")
    kinds = [kind for kind, _ in kept(question)]
    assert (kinds.count("team"), kinds.count("department"), len(kinds)) == (3, 1, 10)
    assert left_out(question) == (
        "s3",
        "afd.medicinsk-afdeling",
        *(f"navn{n}" for n in range(6, 12)),
    )
    assert question.html.count("<a ") == 10 + 2


def test_fifty_words_are_looked_up_at_once(town):
    words = " ".join(f"@ukendt{number}" for number in range(50))
    with counted() as statements:
        assert named(f"{words} @jonas") == [("person", "jonas")]
    assert len(statements) == 1


def test_a_new_name_is_told_and_an_old_one_is_not(town):
    question = asked(town.anne, body="Ved @jonas det?")
    first = mentioned_in(lambda: asked(town.karim, body="@jonas og @mogens"))
    assert [len(ids) for ids in first] == [2]
    assert not mentioned_in(
        lambda: edit(question, body="Ved @jonas mon det?", from_revision=1, by=town.anne)
    )
    [ids] = mentioned_in(
        lambda: edit(question, body="Ved @mogens eller @jonas det?", from_revision=2, by=town.anne)
    )
    assert [db.session.get(Mention, id).target_id for id in ids] == [town.mogens.id]
    assert len(kept(question)) == 2


@pytest.mark.parametrize("body", ["Ved nogen det?", "`@jonas`", "@karim"])
def test_who_is_no_longer_named_is_forgotten(town, body):
    question = asked(town.anne, body="Ved @jonas det?")
    edit(question, body=body, from_revision=1, by=town.anne)
    assert ("person", town.jonas.id) not in kept(question)


def test_imported_html_names_nobody(town):
    question = asked(town.anne, body="Hvem?")
    in_transaction(lambda: setattr(question, "source_format", "html"))
    edit(question, body="<p>@jonas</p>", from_revision=1, by=town.anne)
    assert kept(question) == set()
    assert question.html == "<p>@jonas</p>"


def test_a_suggestion_names_nobody_before_it_is_taken(town):
    question = asked(town.anne, body="Hvem?")
    told = mentioned_in(
        lambda: suggest_edit(question, body="@jonas?", from_revision=1, by=town.karim)
    )
    suggestion = suggest_edit(question, body="@jonas!", from_revision=1, by=town.karim)
    assert told == []
    assert len(mentioned_in(lambda: decide_suggestion(suggestion, True, by=town.anne))) == 1
    assert db.session.query(Mention).one().by_id == town.karim.id


def test_the_same_form_again_names_nobody_twice(town):
    def send():
        ask(title="Hvem?", body="@jonas", by=town.anne, submission_key="k")

    send()
    assert mentioned_in(send) == []


def test_a_text_without_names_asks_nothing_more(town):
    question = asked(town.anne)

    def cost(body):
        with counted() as statements:
            answer(question, body=body, by=town.jonas)
        return len(statements)

    cost("Opvarmning")
    plain = cost("Sådan gør du")
    assert cost("Skriv til anna@rm.dk, `@karim`") == plain
    assert cost("Spørg @ukendt") == plain + 1
    assert cost("Spørg @karim") == plain + MENTION


@pytest.mark.parametrize("body", ["Uden", "anna@rm.dk", "`@karim`"])
def test_an_edit_without_names_does_not_look_for_any(town, body):
    question = asked(town.anne, body=body)
    with counted() as statements:
        edit(question, body=f"{body} noget", from_revision=1, by=town.anne)
    assert not [each for each in statements if "mentions" in each]


def test_a_rebuild_links_those_who_were_named_then(town):
    question = asked(town.anne, body="@jonas og @epj og @afd.akutafdelingen")
    shown = question.html
    make_person("epj", "Else Pil Jensen", "læge", "Akutafdelingen")

    def wear():
        town.jonas.is_active = False
        question.html = "<p>gammel</p>"

    in_transaction(wear)
    rebuild_batch(everything=True)
    db.session.refresh(question)
    assert question.html == shown


def test_a_rebuild_names_nobody_anew(town):
    question = asked(town.anne, body="@senere")
    make_person("senere", "Sen Ere", "læge", "Akutafdelingen")
    rebuild_batch(everything=True)
    db.session.refresh(question)
    assert question.html == "<p>@senere</p>\n"


def test_a_text_removed_for_ever_names_nobody(town):
    question = asked(town.anne, body="@jonas")
    redact(question, by=town.mogens)
    assert kept(question) == set()


def test_mentions_leave_with_the_people(town):
    make_system("PACS", id=town.karim.id)
    question = asked(town.anne, body="@jonas @karim @pacs")
    gone = PeopleDropped(person_ids=(town.karim.id,), by_id=None)
    in_transaction(lambda: publish(gone))
    assert kept(question) == {("person", town.jonas.id), ("team", gone.person_ids[0])}


def test_mentions_leave_with_the_posts(town):
    stays, gone = asked(town.anne, body="@karim"), asked(town.anne, body="@karim @epj")
    fact = ImportDropped(origin="x", post_ids=(gone.id,), by_id=None)
    in_transaction(lambda: publish(fact))
    assert (len(kept(stays)), len(kept(gone))) == (1, 0)


def test_names_that_markup_could_run_are_only_text(town):
    hostile = 'x"onmouseover=alert(1)'
    make_person(hostile, "<script>x</script>", "læge", "Akutafdelingen")
    question = asked(town.anne, body=f"@{hostile} @jonas<script>alert(1)</script>")
    assert "<script" not in question.html
    assert question.html.count("<a ") == 1
