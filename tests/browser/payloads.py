"""A database in which everything that people can type is an attack."""

import json
from pathlib import Path

from flask_migrate import upgrade

from midtlink import create_app
from midtlink.access import ADMINISTRATOR
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.hashing import hash_password
from midtlink.people.organising import save_department
from midtlink.people.passwords import store_password
from midtlink.people.policy import COMMAND_LINE
from midtlink.people.profiles import change_profile
from midtlink.people.registering import Particulars, register
from midtlink.people.roles import grant_role
from midtlink.privacy import PatientDataFound
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.commenting import comment
from midtlink.questions.drafting import save_draft
from midtlink.refusals import Refused
from midtlink.topics.rules import tag_name
from midtlink.topics.systems import Description, save_system

DATA = Path(__file__).resolve().parents[3] / "shared/data/sanitizer"
READER, PASSWORD = "reader", "to-graa-katte-i-kaelderen"
#: What Markdown itself could be made to do; the lists know only HTML.
MARKDOWN = [
    "[link](javascript:alert(1))",
    "[link](JaVaScRiPt&colon;alert(1))",
    "[link](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "<javascript:alert(1)>",
    '![image](x"onerror="alert(1))',
    "![image](https://evil.example/pixel.png)",
    "[link](https://a.example 'x\" onmouseover=\"alert(1)')",
    "[a]: javascript:alert(1)\n\n[a]",
    '```"><script>alert(1)</script>\ntext\n```',
    'https://a.example/"onmouseover="alert(1)',
]
#: How many payloads share the text about one person, parted by empty lines.
TOGETHER = 12
#: Every so many payloads are also the name of a system and a draft.
SOME = 10


def payloads():
    """Every payload of the three lists and our own."""
    listed = json.loads((DATA / "dompurify-part1.json").read_text())
    lines = [(DATA / name).read_text().splitlines() for name in ("rsnake.txt", "jhaddix.txt")]
    found = [each["payload"] for each in listed] + [line for each in lines for line in each]
    return list(dict.fromkeys(text for text in found + MARKDOWN if text.strip()))


class Seeding:
    """Posts every payload in every field, through the verbs, each as a person of its own."""

    def __init__(self, folder):
        self.refused = []
        self.question_ids = []
        self.tags = []
        self.app = create_app("development", INSTANCE=folder)

    def run(self):
        """Fill the empty database and add somebody who may open every page."""
        with self.app.app_context():
            upgrade()
            self._add_reader()
            texts = payloads()
            for number, text in enumerate(texts):
                about = "\n\n".join(texts[number : number + TOGETHER])
                self._add_thread(number, text, about if number % TOGETHER == 0 else text)
            db.session.remove()
            db.engine.dispose()

    def try_to(self, work):
        """Run a verb; a refusal is as good as an escape, and is counted."""
        try:
            return in_transaction(work)
        except (Refused, PatientDataFound) as refusal:
            self.refused.append(refusal)
            return None

    def _add_reader(self):
        def work():
            person = register(READER, Particulars(name="Reader"), None, by=COMMAND_LINE)
            for role in ("moderator", "it", ADMINISTRATOR):
                grant_role(person, role, by=COMMAND_LINE)
            store_password(person, hash_password(PASSWORD), by_id=None)
            return person

        self.reader = in_transaction(work)

    def _add_thread(self, number, text, about):
        place = self.try_to(lambda: save_department(None, text[:120], None, by=COMMAND_LINE))
        named = Particulars(name=text[:120], profession=text[:60])
        person = self.try_to(lambda: register(f"p{number}", named, place, by=COMMAND_LINE))
        if person is None:
            named = Particulars(name="No name")
            person = self.try_to(lambda: register(f"p{number}", named, place, by=COMMAND_LINE))
        self.try_to(
            lambda: change_profile(
                person, about=about[:4000], title=text[:120], phone=text[:40], by=person
            )
        )
        self._post(text, self._tags(text), person)
        if number % SOME == 0:
            described = Description(name=text[:80], purpose=text[:500], owner_team=text[:120])
            self.try_to(lambda: save_system(None, described, by=self.reader))

    def _tags(self, text):
        try:
            name = tag_name(text)
        except Refused as refusal:
            self.refused.append(refusal)
            return []
        self.tags.append(name)
        return [name]

    def _post(self, text, tags, person):
        title = f"{text[:195]} ...."
        question = self.try_to(lambda: ask(title=title, body=text, tags=tags, by=person))
        if question is None:
            question = self.try_to(lambda: ask(title="Without a title", body=text, by=person))
        if question is None:
            return
        self.question_ids.append(question.id)
        self.try_to(lambda: answer(question, body=text, by=person))
        self.try_to(lambda: comment(question, body=text[:1000], by=person))
        self.try_to(
            lambda: save_draft("answer", question.id, source=text, title=title, by=self.reader)
        )
