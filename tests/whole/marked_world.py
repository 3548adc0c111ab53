"""One of everything that pages show, and the address of every page."""

import json
from urllib.parse import quote

from midtlink import clock
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.people.links import make_link
from midtlink.people.models import Department, Person, SignIn, Site
from midtlink.people.policy import COMMAND_LINE
from midtlink.questions.accepting import accept_answer
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.closing import close, close_as_duplicate
from midtlink.questions.commenting import comment
from midtlink.questions.drafting import save_draft
from midtlink.questions.editing import edit
from midtlink.questions.models import Post, Question
from midtlink.questions.records import Draft, Flag, SuggestedEdit
from midtlink.questions.suggesting import suggest_edit
from midtlink.settings.models import SettingRow
from midtlink.topics.appointing import appoint
from midtlink.topics.models import SuperUser, System, Tag
from midtlink.topics.systems import Description, save_system
from midtlink.topics.tagging import add_synonym


class World:
    """A thread with everything on it, and one of each other thing."""

    def __init__(self, cast, words):
        self.cast, self.words = cast, words
        self.readers = [cast.anne, cast.jonas, cast.bodil, cast.mogens, cast.astrid]
        self.link = in_transaction(self.make)

    def make(self):
        """Make the rows through the verbs, in one transaction; returns a password link."""
        anne, jonas, bodil, mogens, astrid = self.readers
        epj = save_system(None, Description(name="EPJ", owner="bodil"), by=astrid)
        appoint(jonas, system=epj, department=None, by=astrid)
        thread = ask(title="Etiketprinter", body="Tom", tags=["print"], system_slug="epj", by=anne)
        twin = ask(title="Etiketter igen", tags=["print"], by=anne)
        old = ask(title="Etiketter før", tags=["print"], by=anne)
        chosen = answer(thread, body="Sluk den", by=jonas)
        other = answer(thread, body="Tænd den", by=mogens)
        for post in (thread, chosen):
            comment(post, body="Tak", by=bodil)
        accept_answer(chosen, by=anne)
        edit(thread, title="Printer", body="Helt tom", tags=["print"], from_revision=1, by=anne)
        suggest_edit(twin, title="Bedre", body="Ja", tags=["print"], from_revision=1, by=jonas)
        decide_flag(flag(chosen, reason="wrong", by=bodil), True, because="Ja", by=mogens)
        flag(chosen, reason="outdated", note="Gammel", by=bodil)
        close_as_duplicate(twin, of=thread, by=mogens)
        close(old, reason="outdated", note="Gammel", by=mogens)
        hide(other, because="Grim", by=mogens)
        for person in self.readers:
            save_draft("question", title="Kladde", source="Ikke sendt", by=person)
            save_draft("answer", old.id, source="Heller ikke sendt", by=person)
        add_synonym(db.session.query(Tag).one(), "printer", by=mogens)
        self.import_one(thread)
        rows = [
            SettingRow(key=key, value=json.dumps(self.words), changed_at=clock.now())
            for key in ("hospital_name", "it_phone")
        ]
        facts = {"name": self.words}
        db.session.add_all(
            [*rows, JournalEntry(at=clock.now(), by_id=1, act=self.words, facts=facts)]
        )
        return make_link(anne, by=COMMAND_LINE)

    def import_one(self, thread):
        """An answer without a person, as an import leaves it."""
        imported = answer(thread, body="Fra et andet sted", by=self.cast.jonas)
        imported.author = None
        imported.origin, imported.licence = "elsewhere", "CC"

    def values(self, rule):
        """Every value that the address's one argument can take here."""
        columns = {
            "question_id": Question.id, "post_id": Post.id, "suggestion_id": SuggestedEdit.id,
            "flag_id": Flag.id, "draft_id": Draft.id, "sign_in_id": SignIn.id,
            "appointment_id": SuperUser.id, "username": Person.username, "slug": System.slug,
            "name": Tag.name,
            "place_id": Site.id if "matrikler" in rule.rule else Department.id,
        }  # fmt: skip
        for argument in rule.arguments - {"slug"} or rule.arguments:
            if argument == "token":
                return [("token", self.link)]
            return [(argument, value) for (value,) in db.session.query(columns[argument])]
        return []

    def addresses(self, app):
        """The addresses of every page, and of the views that a query chooses."""
        for rule in app.url_map.iter_rules():
            if "GET" not in rule.methods or rule.endpoint in ("static", "theme_css"):
                continue
            if not rule.arguments:
                yield rule.rule
            for _, value in self.values(rule):
                start, rest = rule.rule.split("<", 1)
                yield (
                    start
                    + quote(str(value), safe="")
                    + rest.partition(">")[2].replace("<slug>", "x")
                )
        yield from (f"/spoergsmaal?vis={shown}" for shown in ("mine", "loest", "systemer"))
        yield from ("/?vis=nyeste", "/meldinger?vis=afgjorte", "/p/anne?vis=spoergsmaal")
        yield f"/soeg?q={quote(self.words)}"
