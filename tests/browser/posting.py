"""A database in which everything that people can type is an attack."""

from itertools import cycle, islice

from flask_migrate import upgrade

from midtlink import create_app
from midtlink.access import ADMINISTRATOR
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.people.hashing import hash_password
from midtlink.people.identity import fold
from midtlink.people.models import Department, Person
from midtlink.people.organising import save_department
from midtlink.people.passwords import store_password
from midtlink.people.policy import COMMAND_LINE
from midtlink.people.profiles import change_profile
from midtlink.people.registering import Particulars, register
from midtlink.people.roles import grant_role
from midtlink.people.rules import LONGEST_PHONE
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.commenting import comment
from midtlink.questions.drafting import save_draft
from midtlink.questions.models import Question
from midtlink.questions.records import SuggestedEdit
from midtlink.questions.rules import LONGEST_TITLE
from midtlink.questions.suggesting import suggest_edit
from midtlink.settings.changing import change_setting
from midtlink.texts import clean_line
from midtlink.topics.models import Tag
from midtlink.topics.rules import LONGEST_TAG, split_tags
from midtlink.topics.systems import Description, save_system
from midtlink.topics.views.address import tag_address
from tests.browser.payloads import payloads, pieces

READER, PASSWORD = "reader", "to-graa-katte-i-kaelderen"
#: How many share a transaction, a question.
AT_ONCE, TAGS = 100, 3
#: The other pages of a question.
FORMS = (
    "/q/{}/udskriv",
    "/post/{}/rediger",
    "/post/{}/historik",
    "/post/{}/meld",
    "/post/{}/fjern-tekst",
    "/q/{}/lukning",
)
#: How many of the people write.
PEOPLE = 300
#: Every so many payloads are also the name of a system.
SOME = 10


class Posting:
    """Posts every payload in every field, through the verbs, and knows where it is shown."""

    def __init__(self, folder):
        self.texts = payloads()
        self.titles = [f"{piece:.<5}" for piece in pieces(self.texts, LONGEST_TITLE)]
        self.names = pieces(self.texts, 120)
        self.professions, self.phones = pieces(self.texts, 60), pieces(self.texts, LONGEST_PHONE)
        self.comments = pieces(self.texts, 1000)
        self.tags = pieces([part for text in self.texts for part in split_tags(text)], LONGEST_TAG)
        self.department_ids = {}
        self.app = create_app("development", INSTANCE=folder)

    def run(self):
        """Fill the empty database and add somebody who may open every page."""
        with self.app.app_context(), self.app.test_request_context():
            upgrade()
            change_setting("posts_per_minute", "100", by=None, by_id=None)
            in_transaction(self._add_reader)
            self._each(self._add_person, range(len(self.phones)))
            self._each(self._ask, range(len(self.titles)))
            self._each(self._add_system, range(0, len(self.texts), SOME))
            self._note_addresses()
            db.session.remove()
            db.engine.dispose()

    def _each(self, work, numbers):
        numbers = iter(numbers)
        while some := list(islice(numbers, AT_ONCE)):
            in_transaction(lambda some=some: [work(number) for number in some])

    def _add_reader(self):
        person = register(READER, Particulars(name="Reader"), None, by=COMMAND_LINE)
        for role in ("moderator", "it", ADMINISTRATOR):
            grant_role(person, role, by=COMMAND_LINE)
        store_password(person, hash_password(PASSWORD), by_id=None)

    def _add_person(self, number):
        """Add a person; the phone numbers are the most, so the other fields begin again.

        A title that says the same as the profession is not shown, so it is the next one's name.
        """
        name, title = (self.names[at % len(self.names)] for at in (number, number + 1))
        profession = self.professions[number % len(self.professions)]
        about = self.texts[number % len(self.texts)]
        named = Particulars(name=name, profession=profession)
        person = register(f"p{number}", named, self._department(name), by=COMMAND_LINE)
        change_profile(person, about=about, title=title, phone=self.phones[number], by=person)

    def _department(self, name):
        """A department of that name; names that differ in small and large alone are one."""
        key = fold(name.strip())
        if key not in self.department_ids:
            self.department_ids[key] = save_department(None, name, None, by=COMMAND_LINE).id
        return db.session.get(Department, self.department_ids[key])

    def _ask(self, number):
        text = self.texts[number % len(self.texts)]
        first = number * TAGS % len(self.tags)
        tags = list(islice(cycle(self.tags), first, first + TAGS))
        asked = ask(title=self.titles[number], body=text, tags=tags, by=person_named(number))
        given = answer(asked, body=text, by=person_named(number + 1))
        comment(given, body=self.comments[number % len(self.comments)], by=person_named(number + 2))
        flag(asked, reason="outdated", note=text[:500], by=person_named(number + 1))
        save_draft("answer", asked.id, source=text, by=person_named(READER))
        if number % len(FORMS) == 0:
            other = {"title": self.titles[number - 1], "body": f"{text} {text}", "tags": tags[:1]}
            suggest_edit(asked, **other, from_revision=1, by=person_named(number + 1))

    def _add_system(self, number):
        text = self.texts[number]
        described = Description(name=text[:80], purpose=text[:500], owner_team=text[:120])
        save_system(None, described, by=person_named(READER))

    def _note_addresses(self):
        asked = _all(Question)
        self.threads = [f"/q/{each.id}/{each.slug}" for each in asked]
        self.forms = [form.format(each.id) for each, form in zip(asked, cycle(FORMS), strict=False)]
        self.suggestions = [f"/forslag/{each.id}" for each in _all(SuggestedEdit)]
        self.shown = {tag.name for tag in _all(Tag)}
        lines = self.titles + self.names + self.professions + self.phones
        self.shown |= {clean_line(text, "", most=200) for text in lines}
        self.tag_pages = [tag_address(tag) for tag in _all(Tag)]


def person_named(number):
    name = number if number == READER else f"p{number % PEOPLE}"
    return db.session.query(Person).filter_by(username=name).one()


def _all(kind):
    return db.session.query(kind).order_by(kind.id).all()
