"""What a tag means, and which words mean the same."""

import pytest

from midtlink.access import NotAllowed
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.guarding import fingerprint
from midtlink.people.models import Person
from midtlink.privacy import PatientDataFound, find_cpr_numbers
from midtlink.questions.models import Question
from midtlink.refusals import Conflict, Refused
from midtlink.topics.following import follow_tag
from midtlink.topics.models import Tag, TagFollow
from midtlink.topics.naming import tags_named
from midtlink.topics.queries import find_name, find_tag, tags_of
from midtlink.topics.tagging import (
    add_synonym,
    describe_tag,
    description_version,
    merge_tags,
    remove_synonym,
)
from tests.topics.making import make_question
from tests.world.racing import all_at_once


def make_tags(*names):
    return in_transaction(lambda: tags_named(names, by=None))


def describe(tag, by, excerpt="Om print", description="**Alt** om print", **more):
    in_transaction(
        lambda: describe_tag(tag, excerpt=excerpt, description=description, by=by, **more)
    )


def merge(one, other, by):
    return in_transaction(lambda: merge_tags(find_name(one), into=find_tag(other), by=by))


def test_a_colleague_says_what_a_tag_means(cast):
    (tag,) = make_tags("print")
    describe(tag, cast.karim)
    assert tag.excerpt == "Om print"
    assert "<strong>Alt</strong>" in tag.description_html


def test_nobody_and_who_has_left_describe_nothing(cast):
    (tag,) = make_tags("print")
    for person in (None, cast.leif):
        with pytest.raises(NotAllowed):
            describe(tag, person)
    assert tag.description == ""


def test_a_description_made_from_an_older_one_is_a_conflict(cast):
    (tag,) = make_tags("print")
    seen = description_version(tag)
    describe(tag, cast.anne, version=seen)
    with pytest.raises(Conflict):
        describe(tag, cast.karim, description="Noget andet", version=seen)
    assert tag.description == "**Alt** om print"


@pytest.mark.parametrize(
    ("excerpt", "description", "field"),
    [
        ("x" * 501, "", "excerpt"),
        ("", "x" * 40_001, "description"),
        ("", "> " * 100 + "x", "description"),
        ("\x00", "", "excerpt"),
    ],
)
def test_a_description_that_does_not_fit_is_refused(cast, excerpt, description, field):
    (tag,) = make_tags("print")
    with pytest.raises(Refused) as refusal:
        describe(tag, cast.anne, excerpt, description)
    assert refusal.value.field == field
    assert tag.excerpt == tag.description == tag.description_html == ""


def test_a_cpr_number_in_a_description_is_refused_unless_its_writer_knows_better(cast):
    (tag,) = make_tags("print")
    with pytest.raises(PatientDataFound):
        describe(tag, cast.anne, description="Se 010190-1234")
    find = find_cpr_numbers("010190-1234")[0]
    describe(tag, cast.anne, description="Se 010190-1234", not_cpr=[fingerprint(find)])
    assert tag.description == "Se 010190-1234"


def test_a_synonym_gives_its_tag(cast):
    mogens, (tag,) = cast.mogens, make_tags("print")
    for _ in range(2):
        in_transaction(lambda: add_synonym(find_tag("print"), "Udskrift", by=mogens))
    assert make_tags("udskrift", "print") == [tag]
    assert [synonym.name for synonym in tag.synonyms] == ["udskrift"]


def test_a_word_with_a_meaning_becomes_no_synonym(cast):
    mogens, (tag, _) = cast.mogens, make_tags("print", "toner")
    for word in ("toner", "PRINT", "a,b"):
        with pytest.raises(Refused) as refusal:
            in_transaction(lambda word=word: add_synonym(tag, word, by=mogens))
        assert refusal.value.field == "synonym"


def test_a_removed_synonym_is_a_tag_of_its_own(cast):
    mogens, (tag,) = cast.mogens, make_tags("print")
    in_transaction(lambda: add_synonym(tag, "udskrift", by=mogens))
    for _ in range(2):
        in_transaction(lambda: remove_synonym(tag, "udskrift", by=mogens))
    assert find_tag("udskrift").name == "udskrift"


@pytest.mark.parametrize("name", ["anne", "bodil", "astrid", "nobody"])
def test_only_a_moderator_joins_tags(cast, name):
    make_tags("print", "toner")
    person = getattr(cast, name, None)
    print_ = find_tag("print")
    for work in (
        lambda: add_synonym(print_, "udskrift", by=person),
        lambda: remove_synonym(print_, "udskrift", by=person),
        lambda: merge_tags(find_tag("toner"), into=print_, by=person),
    ):
        with pytest.raises(NotAllowed):
            in_transaction(work)
    assert find_tag("udskrift") is None


@pytest.mark.both_databases
def test_a_merged_tags_questions_and_followers_follow(cast):
    make_question("Toner mangler", author=cast.anne, tags=["toner"])
    make_question("Begge dele", author=cast.anne, tags=["toner", "print"])
    for person in (cast.anne, cast.karim):
        in_transaction(lambda person=person: follow_tag(find_tag("toner"), by=person))
    in_transaction(lambda: follow_tag(find_tag("print"), by=cast.anne))
    merge("toner", "print", cast.mogens)
    db.session.expire_all()
    tagged = [[tag.name for tag in each.tags] for each in db.session.query(Question)]
    assert tagged == [["print"], ["print"]]
    assert tags_of(cast.karim) == tags_of(cast.anne) == [find_tag("toner")]
    assert db.session.query(TagFollow).count() == 2


def test_merging_again_changes_nothing_and_leads_to_the_same_tag(cast):
    make_tags("toner", "print")
    assert merge("toner", "print", cast.mogens) is merge("toner", "print", cast.mogens)
    assert find_name("toner").synonym_of.name == "print"


def test_a_tag_is_not_merged_into_itself_nor_round_in_a_ring(cast):
    make_tags("toner", "print")
    merge("toner", "print", cast.mogens)
    for one, other in (("print", "print"), ("print", "toner")):
        with pytest.raises(Refused, match="itself"):
            merge(one, other, cast.mogens)
    assert find_tag("print").synonym_of_id is None


def test_merging_a_merged_tags_tag_leaves_no_chain(cast):
    make_tags("toner", "print", "udskrift")
    merge("toner", "print", cast.mogens)
    merge("print", "udskrift", cast.mogens)
    rows = {tag.name: tag.synonym_of and tag.synonym_of.name for tag in db.session.query(Tag)}
    assert rows == {"toner": "udskrift", "print": "udskrift", "udskrift": None}


@pytest.mark.both_databases
def test_merging_both_ways_at_once_leaves_one_tag(app, cast):
    make_tags("toner", "print", "papir")
    mogens_id = cast.mogens.id
    pairs = [("toner", "print"), ("print", "toner"), ("print", "papir"), ("papir", "toner")] * 3

    def press(one, other):
        def work():
            by = db.session.get(Person, mogens_id)
            merge_tags(find_tag(one), into=find_tag(other), by=by)

        try:
            in_transaction(work)
        except Refused as refused:
            return refused.code
        return "merged"

    calls = [lambda pair=pair: press(*pair) for pair in pairs]
    assert set(all_at_once(app, calls)) <= {"merged", "itself"}
    standing = db.session.query(Tag).filter(Tag.synonym_of_id.is_(None)).one()
    others = db.session.query(Tag).filter(Tag.id != standing.id)
    assert {tag.synonym_of_id for tag in others} == {standing.id}


@pytest.mark.both_databases
def test_questions_asked_while_their_tag_is_merged_end_at_the_new_tag(app, cast):
    make_tags("toner", "print")
    anne_id, mogens_id = cast.anne.id, cast.mogens.id

    def ask():
        make_question("Toner mangler", author=db.session.get(Person, anne_id), tags=["toner"])

    def join():
        merge("toner", "print", db.session.get(Person, mogens_id))

    all_at_once(app, [ask] * 8 + [join] + [ask] * 8)
    db.session.expire_all()
    tagged = [[tag.name for tag in each.tags] for each in db.session.query(Question)]
    assert tagged == [["print"]] * 16
