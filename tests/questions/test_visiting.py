"""What is new since one's last visit, in lists and in the thread."""

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.people.events import PeopleDropped
from midtlink.questions import viewing
from midtlink.questions.commenting import comment
from midtlink.questions.editing import edit
from midtlink.questions.events import ImportDropped, ThreadsVisited
from midtlink.questions.queries import get_question, list_questions
from midtlink.questions.records import ThreadVisit
from midtlink.questions.viewing import count_view, flush_views, views
from tests.questions.threads import answered, asked, overheard
from tests.topics.making import make_question
from tests.world.racing import all_at_once
from tests.world.statements import counted

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def nothing_waits(clock):
    views.forget()
    yield
    views.forget()


def look(question, person):
    """A look that is written at once."""
    count_view(question.id, person.id)
    flush_views()


def news_of(person):
    """The questions whose row says to the person that something is new."""
    db.session.expunge_all()
    found = list_questions("newest", seen_by=person)
    return [question.id for question in found.rows if question.has_news]


def since(question, person):
    db.session.expunge_all()
    return get_question(question.id, seen_by=person).new_since


def visit_of(question, person):
    db.session.expire_all()
    return db.session.get(ThreadVisit, (person.id, question.id))


def test_a_row_says_what_has_happened_since_the_last_visit(cast, clock):
    question, other = asked(cast.anne), asked(cast.anne, "Hvor er printeren?")
    assert news_of(cast.karim) == []
    look(question, cast.karim)
    clock.forward(days=1)
    answered(question, cast.jonas)
    answered(other, cast.jonas)
    assert news_of(cast.karim) == [question.id]
    assert news_of(cast.bodil) == []
    look(question, cast.karim)
    assert news_of(cast.karim) == []


def test_a_comment_and_an_edit_are_news_too(cast, clock):
    question = asked(cast.anne)
    for act in (
        lambda: comment(question, body="Jeg har prøvet igen.", by=cast.anne),
        lambda: edit(question, body="I EPJ.", from_revision=1, by=cast.anne),
    ):
        look(question, cast.karim)
        clock.forward(hours=1)
        act()
        assert news_of(cast.karim) == [question.id]


def test_what_was_new_stays_marked_while_the_visit_goes_on(cast, clock):
    question = asked(cast.anne)
    first = clock.moment
    look(question, cast.karim)
    assert since(question, cast.karim) is None
    clock.forward(days=1)
    second = clock.moment
    assert since(question, cast.karim) == first
    for _ in range(3):
        look(question, cast.karim)
        assert since(question, cast.karim) == first
        clock.forward(minutes=9)
    clock.forward(minutes=1)
    last = visit_of(question, cast.karim).seen_at
    assert last > second
    assert since(question, cast.karim) == last


def test_the_newest_look_counts_in_whatever_order_they_are_written(cast, clock):
    question = asked(cast.anne)
    early = clock.moment
    clock.forward(minutes=3)
    look(question, cast.karim)
    late, clock.moment = clock.moment, early
    look(question, cast.karim)
    assert visit_of(question, cast.karim).seen_at == late
    assert visit_of(question, cast.karim).seen_before_at is None


def test_the_thread_marks_what_colleagues_wrote_since(visit, cast, clock):
    question = asked(cast.anne)
    old = answered(question, cast.jonas)
    address = f"/q/{question.id}"
    assert "siden sidst" not in read(visit, address, cast.karim).text
    clock.forward(days=1)
    remark = comment(old, body="Det virkede.", by=cast.anne)
    hidden = answered(question, cast.bodil, "Det er skjult.")
    in_transaction(lambda: hide(hidden, by=cast.mogens))
    removed = answered(question, cast.bodil, "Det er fjernet for altid.")
    in_transaction(lambda: redact(removed, by=cast.mogens))
    mine = answered(question, cast.karim, "Det har jeg også set.")
    page = read(visit, address, cast.karim)
    assert "1 ny siden sidst" in page.text
    assert marked(page) == [f"post-{remark.id}"]
    link = next(each for each in page.all("a") if "siden sidst" in "".join(each.itertext()))
    assert link.get("href") == f"#post-{remark.id}"
    assert marked(read(visit, address, cast.karim)) == [f"post-{remark.id}"]
    assert mine.id
    clock.forward(hours=1)
    answered(question, cast.bodil, "Prøv at genstarte.")
    read(visit, address, cast.karim)
    clock.forward(hours=1)
    assert marked(read(visit, address, cast.karim)) == []


def read(visit, address, person):
    """Read a page as after a new sign-in."""
    visit.clients.clear()
    page = visit.get(address, as_=person, follow_redirects=True)
    flush_views()
    return page


def marked(page):
    """The ids of the answers and comments that carry the mark."""
    posts = [each for each in page.tree.iter() if (each.get("id") or "").startswith("post-")]
    return [each.get("id") for each in posts if any(has_mark(part) for part in own_parts(each))]


def own_parts(post):
    """Its own lines, without those of the comments that stand in it."""
    inner = {part for other in post.iter("ul") for part in other.iter()}
    return [part for part in post.iter("span") if part not in inner]


def has_mark(part):
    return part.get("class") == "badge is-new"


def test_marks_cost_no_statement(visit, cast, clock):
    question = asked(cast.anne)
    look(question, cast.karim)
    for path in ("/spoergsmaal", f"/q/{question.id}/{question.slug}"):
        visit.get(path, as_=cast.karim)
        with counted() as before:
            visit.get(path, as_=cast.karim)
        assert not [each for each in before if each.startswith(("INSERT", "UPDATE"))]
        assert sum("thread_visits" in each for each in before) == 1


def test_one_statement_writes_all_visits_of_a_batch(cast, clock):
    questions = [asked(cast.anne, f"Spørgsmål nummer {number}") for number in range(5)]
    for question in questions:
        for person in (cast.karim, cast.jonas):
            count_view(question.id, person.id)
    with counted() as statements:
        flush_views()
    assert sum("INTO thread_visits" in each for each in statements) == 1
    assert db.session.query(ThreadVisit).count() == 10


def test_who_and_what_is_gone_stops_no_visit(cast, clock):
    question = asked(cast.anne)
    count_view(999_999, cast.anne.id)
    count_view(question.id, 999_999)
    look(question, cast.anne)
    assert db.session.query(ThreadVisit).count() == 1


def test_visits_are_told_when_they_are_written_and_stand_in_no_journal(cast, clock):
    question = asked(cast.anne)
    count_view(question.id, cast.karim.id)
    count_view(question.id, cast.jonas.id)
    with overheard(ThreadsVisited, lambda fact: fact.visits) as told:
        flush_views()
        flush_views()
    people = sorted((cast.karim.id, cast.jonas.id))
    assert told == [tuple((each, question.id, clock()) for each in people)]
    assert db.session.query(JournalEntry).filter_by(act="ThreadsVisited").count() == 0


def test_visits_that_cannot_be_written_wait(cast, clock, monkeypatch):
    question = asked(cast.anne)
    first = clock.moment
    count_view(question.id, cast.karim.id)

    def fail(_taken):
        clock.forward(seconds=30)
        count_view(question.id, cast.karim.id)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(viewing, "_write", fail)
    with pytest.raises(RuntimeError):
        flush_views()
    monkeypatch.undo()
    monkeypatch.setattr("midtlink.clock.now", clock)
    flush_views()
    assert visit_of(question, cast.karim).seen_at > first


def test_many_visits_are_written_in_parts_and_wake_the_writer(cast, clock, monkeypatch):
    monkeypatch.setattr(viewing, "BATCH", 2)
    monkeypatch.setattr(viewing, "MOST_WAITING", 3)
    monkeypatch.setattr(viewing, "ONE_VIEW", 1e9)
    questions = [asked(cast.anne, f"Spørgsmål nummer {number}") for number in range(3)]
    for question in questions:
        assert not views.is_full.is_set()
        count_view(question.id, cast.karim.id)
    assert views.is_full.is_set()
    flush_views()
    assert db.session.query(ThreadVisit).count() == 3


def test_two_processes_write_the_same_visits_without_a_deadlock(app, cast, clock):
    questions = [make_question(f"Nummer {number}", author=cast.anne) for number in range(20)]
    people = [person.id for person in (cast.anne, cast.karim, cast.jonas)]
    looks = [(question.id, person) for question in questions for person in people]

    def writer(order):
        def work():
            own = viewing.Views()
            for look in order:
                own.add(*look)
            in_transaction(lambda: viewing._write(own.take()))

        return work

    all_at_once(app, [writer(looks), writer(looks[::-1])] * 5)
    assert db.session.query(ThreadVisit).count() == 60


@pytest.mark.parametrize("leaves", ["question", "person"])
def test_visits_leave_with_the_thread_and_the_person(cast, clock, leaves):
    question, stays = asked(cast.anne), asked(cast.anne, "Hvor er printeren?")
    look(question, cast.karim)
    look(stays, cast.jonas)
    gone = {
        "question": ImportDropped(by_id=None, origin="x", post_ids=(question.id,)),
        "person": PeopleDropped(by_id=None, person_ids=(cast.karim.id,)),
    }
    in_transaction(lambda: publish(gone[leaves]))
    left = db.session.query(ThreadVisit).one()
    assert (left.question_id, left.person_id) == (stays.id, cast.jonas.id)
