"""The world of the authorization matrix: every role, and one object of each kind in every state.

It is built once through the verbs and kept as a file; each cell starts from a copy of it.
"""

import sqlite3
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from flask_migrate import upgrade

from midtlink import clock, create_app
from midtlink.access import ADMINISTRATOR, MODERATOR, REVIEWER
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.notifications.hooks.keeping import Wanted, make_hook
from midtlink.notifications.hooks.repeating import send_trial
from midtlink.notifications.hooks.rules import SYSTEM
from midtlink.notifications.records import DEAD, SENT, OutgoingMail
from midtlink.people.hashing import hash_password
from midtlink.people.links import make_link
from midtlink.people.models import Person, SignIn
from midtlink.questions.accepting import accept_answer
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.closing import close
from midtlink.questions.commenting import comment
from midtlink.questions.deleting import delete
from midtlink.questions.drafting import save_draft
from midtlink.questions.models import Post
from midtlink.questions.reacting import set_reaction
from midtlink.questions.suggesting import suggest_edit
from midtlink.reputation.badges.own_awards import give_own_award, save_own_award
from midtlink.reputation.models import Fact
from midtlink.reputation.records import BadgeAward, SuspectVote, Suspicion
from midtlink.search.models import Unfound
from midtlink.search.saved.saving import save_search
from midtlink.search.synonyms.changing import delete_group, save_group
from midtlink.settings.models import SettingRow
from midtlink.topics.models import SuperUser, System
from midtlink.topics.queries import get_tag
from midtlink.topics.tagging import description_version
from tests.whole.authz_calls import PASSWORD
from tests.world.cast import make_person
from tests.world.visit import sign_in_row

ROLES = ("anon", "member", "author", "superuser", "it", "moderator", "admin", "disabled")
STATES = ("visible", "closed", "hidden", "deleted", "others", "absent")
ABSENT = 999_999


@dataclass
class World:
    """An application, a token for every role, and ids by kind and state."""

    app: object
    file: Path
    tokens: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    ids: dict = field(default_factory=dict)

    def restore(self):
        """Put the database back to what it was when the world was made."""
        with self.app.app_context():
            db.session.remove()
            with sqlite3.connect(self.file) as kept, db.engine.connect() as now:
                kept.backup(now.connection.driver_connection)

    def dump(self):
        """Every row of every table, but the moments when somebody was last seen."""
        with self.app.app_context(), db.engine.connect() as connection:
            return {
                table.name: connection.execute(
                    table.select().with_only_columns(
                        *[column for column in table.columns if column.name != "active_at"]
                    )
                ).fetchall()
                for table in db.metadata.sorted_tables
            }


def build():
    """Make an application with a filled database of its own, in memory where that is a disk."""
    memory = Path("/dev/shm")
    folder = Path(
        tempfile.mkdtemp(prefix="midtlink-matrix-", dir=memory if memory.exists() else None)
    )
    uri = f"sqlite:///{folder}/matrix.db"
    world = World(
        create_app("test", INSTANCE=folder, SQLALCHEMY_DATABASE_URI=uri), folder / "kept.db"
    )
    world.app.config["MAIL_HOST"] = "post.example"  # Mails are made; no sweeper sends them.
    with world.app.app_context():
        upgrade()
        _fill(world)
        db.session.remove()
        with sqlite3.connect(world.file) as kept, db.engine.connect() as now:
            now.connection.driver_connection.backup(kept)
    return world


def _fill(world):
    in_transaction(
        lambda: db.session.add(
            SettingRow(key="posts_per_minute", value="100", changed_at=clock.now())
        )
    )
    _make_people(world)
    _make_system(world)
    for state in STATES[:-1]:
        _make_thread(world, state)
    _make_once(world)
    in_transaction(
        lambda: setattr(db.session.get(Person, world.people["disabled"]), "is_active", False)
    )


def _make_people(world):
    hashed = hash_password(PASSWORD)
    roles = {"it": [REVIEWER], "moderator": [MODERATOR], "admin": [ADMINISTRATOR]}
    for name in (*ROLES[1:], "other"):
        person = make_person(
            name, name.title(), "læge", "Akut", *roles.get(name, []), password_hash=hashed
        )
        world.people[name] = person.id
        world.tokens[name] = sign_in_row(person)
        row = db.session.query(SignIn).filter_by(person_id=person.id).one()
        world.ids["sign_in", name] = row.id


def _make_system(world):
    def work():
        system = System(slug="epj", name="EPJ")
        db.session.add(system)
        db.session.flush()
        row = SuperUser(
            person_id=world.people["superuser"], system_id=system.id, appointed_at=clock.now()
        )
        db.session.add(row)
        return row

    world.ids["appointment"] = in_transaction(work).id


def _make_once(world):
    """What has no state: a password link, a tag's description, the author's saved search, votes."""
    member, astrid = _person(world, "member"), _person(world, "admin")
    world.ids["link", "visible"] = in_transaction(lambda: make_link(member, by=astrid))
    save_search("tilstand", by=_person(world, "author"))
    world.ids["unfound", "visible"] = in_transaction(_make_unfound).id
    group = in_transaction(lambda: save_group(None, "slettet, væk", by=astrid))
    in_transaction(lambda: delete_group(group, by=astrid))
    world.ids["synonyms", "visible"] = group.id
    award = save_own_award(None, name="Månedens ildsjæl", description="", by=astrid)
    give_own_award(award, member, reason="Tak", by=astrid)
    in_transaction(lambda: _make_hook(astrid))
    in_transaction(lambda: _make_mail(member))
    held = BadgeAward(person_id=member.id, badge="tidier", awarded_at=clock.now())
    in_transaction(lambda: db.session.add(held))
    world.ids["tag_version", "visible"] = description_version(get_tag("visible"))
    vote_for = db.session.get(Post, world.ids["another", "visible"])
    set_reaction(vote_for, "helped", by=member)
    world.ids["suspicion", "visible"] = in_transaction(_make_suspicion).id


def _make_hook(astrid):
    """Another system that is told of questions that were reopened, and a trial that arrived."""
    wanted = Wanted("Driftsystem", "https://8.8.8.8/hook", ["question.reopened"])
    hook = make_hook(SYSTEM, wanted, by=astrid)
    send_trial(hook.id, by=astrid).state = SENT


def _make_mail(member):
    """A mail that was given up."""
    moment = {name: clock.now() for name in ("made_at", "due_at", "next_at", "ended_at")}
    named = {"key": "notice:0", "message_id": "0@midtlink.example", "purpose": "notice"}
    db.session.add(OutgoingMail(person_id=member.id, state=DEAD, error="550 No", **named, **moment))


def _make_suspicion():
    """A member's vote for another one's answer, which nobody else has a part in."""
    row = Suspicion(
        kind="one_way", identity="one_way", found_at=clock.now(), window_from=clock.now()
    )
    vote = db.session.query(Fact).filter_by(subject="helped").one()
    row.votes = [SuspectVote(fact_id=vote.id)]
    db.session.add(row)
    return row


def _make_unfound():
    row = Unfound(
        key="udlogning", words="udlogning", zero_count=1, unopened_count=0,
        first_at=clock.now(), last_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    return row


def _make_thread(world, state):
    """A thread whose question, first answer and comment are in the state."""
    author, helper = _person(world, "author"), _person(world, "other")
    if state == "others":
        author, helper = helper, author
    # Only a question without an answer can be deleted by the one who asked it.
    thread = ask(title=f"Spørgsmål i tilstand {state}", body="Tekst", tags=[state], by=author)
    alone = ask(title=f"Uden svar i tilstand {state}", body="Tekst", by=author)
    reply = answer(thread, body="Et svar", by=author)
    another = answer(thread, body="Et andet svar", by=helper)
    remark = comment(thread, body="En kommentar", by=author)
    accept_answer(another, by=author)
    suggestion = suggest_edit(
        thread, title=thread.title, body="Bedre", tags=[state], from_revision=1, by=helper
    )
    report = flag(reply, reason="wrong", by=_person(world, "member"))
    draft = save_draft("question", title=f"Kladde {state}", source="", by=author)
    if state == "closed":
        for question in (thread, alone):
            close(question, reason="outdated", by=author)
    for post in {"hidden": (remark, reply, thread, alone), "deleted": (remark, reply, alone)}.get(
        state, ()
    ):
        _take_away(post, state, author, _person(world, "moderator"))
    rows = {
        "question": alone if state == "deleted" else thread,
        "thread": thread, "alone": alone, "answer": reply, "another": another, "comment": remark,
        "suggestion": suggestion, "flag": report, "draft": draft,
    }  # fmt: skip
    world.ids.update({(name, state): row.id for name, row in rows.items()})


def _take_away(post, state, author, moderator):
    if state == "hidden":
        hide(post, by=moderator, because="upassende")
    else:
        delete(post, by=author)


def _person(world, name):
    return db.session.get(Person, world.people[name])
