"""One of everything that pages show, and the address of every page."""

import json
from urllib.parse import quote

from sqlalchemy import String

from midtlink import clock
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.notifications.hooks.keeping import Wanted, make_hook
from midtlink.notifications.hooks.repeating import send_trial
from midtlink.notifications.hooks.rules import SYSTEM
from midtlink.notifications.records import Hook
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
from midtlink.questions.reacting import set_reaction
from midtlink.questions.records import Draft, Flag, SuggestedEdit
from midtlink.questions.suggesting import suggest_edit
from midtlink.reputation.badges.own_awards import give_own_award, save_own_award
from midtlink.reputation.badges.revoking import revoke_badge
from midtlink.reputation.badges.rules import BADGES
from midtlink.reputation.models import Fact
from midtlink.reputation.records import BadgeAward, OwnAward, SuspectVote, Suspicion
from midtlink.reputation.thanking import give_thanks
from midtlink.search.models import Synonyms, Unfound
from midtlink.search.saved.saving import save_search
from midtlink.search.synonyms.changing import save_group
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
        give_thanks(chosen, message="Tak", by=anne)
        set_reaction(chosen, "helped", by=bodil)
        self.suspect(mogens)
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
            save_search("printer", is_watched=True, by=person).new_count = 1
        add_synonym(db.session.query(Tag).one(), "printer", by=mogens)
        save_group(None, "printer, skriver", by=bodil)
        self.import_one(thread)
        self.honour(jonas, mogens, astrid)
        wanted = Wanted("x", "https://8.8.8.8/", ["question.asked"], system_id=epj.id)
        send_trial(make_hook(SYSTEM, wanted, by=astrid).id, by=astrid).error = "x"
        rows = [
            SettingRow(key=key, value=json.dumps(self.words), changed_at=clock.now())
            for key in ("hospital_name", "it_phone")
        ]
        facts = {"name": self.words}
        db.session.add(self.not_found(epj))
        db.session.add_all(
            [*rows, JournalEntry(at=clock.now(), by_id=1, act=self.words, facts=facts)]
        )
        return make_link(anne, by=COMMAND_LINE)

    def not_found(self, system):
        """Words that were searched for in vain."""
        moment, counts = clock.now(), {"zero_count": 1, "unopened_count": 1}
        return Unfound(key="x", words="x", system=system, first_at=moment, last_at=moment, **counts)

    def suspect(self, moderator):
        """A vote that looked arranged, and what a moderator said of it."""
        moment = {name: clock.now() for name in ("found_at", "window_from", "decided_at")}
        about = {"kind": "one_way", "identity": "x", "is_reversed": False, "reason": "x"}
        row = Suspicion(decided_by=moderator, **moment, **about)
        voted = db.session.query(Fact).filter_by(subject="helped").one()
        row.votes = [SuspectVote(fact_id=voted.id)]
        db.session.add(row)

    def honour(self, colleague, moderator, administrator):
        """An own award, and a badge that was taken away, of a colleague who may be listed."""
        gift = save_own_award(None, name="x", description="x", by=administrator)
        give_own_award(gift, colleague, reason="x", by=administrator)
        colleague.is_listed = True
        award = BadgeAward(person_id=colleague.id, badge="tidier", awarded_at=clock.now())
        db.session.add(award)
        revoke_badge(colleague, BADGES["tidier"], because="x", by=moderator)

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
            "appointment_id": SuperUser.id, "group_id": Synonyms.id, "suspicion_id": Suspicion.id,
            "username": Person.username, "slug": System.slug,
            "word": "~" + Tag.id.cast(String), "key": BadgeAward.badge, "award_id": OwnAward.id,
            "hook_id": Hook.id, "department_id": Department.id,
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
