"""What a mail is: its headers, its two forms, its words, and what can never be in it."""

import re
from email import message_from_bytes

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.mail.composing import BadAddress, address_of
from midtlink.notifications.mail.letters import Letter, cut_subject, one_line
from midtlink.notifications.mail.rendering import as_html, as_text
from midtlink.notifications.models import Notice
from midtlink.people.models import Person
from midtlink.questions.models import Question
from midtlink.settings.changing import change_setting
from midtlink.topics.following import follow_system
from midtlink.topics.models import System
from tests.notifications.outbox import choose, sent
from tests.questions.threads import answered, asked
from tests.topics.making import make_system

CANARY = "kanariefugl-8813"
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
    "In-Reply-To", "References", "List-Id", "List-Unsubscribe",
    "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
]  # fmt: skip
#: What ends a line for some program or other, and what comes after it.
BREAKS = ["\r\n", "\n", "\r", "\x00", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85"]


@pytest.fixture
def question(cast, clock, office):
    return asked(cast.anne, system_slug=make_system("EPJ").slug)


def text_of(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(message):
    return message.get_body(("html",)).get_content()


def mailed(office):
    sent()
    return office.messages()[-1]


def language(person, code):
    person_id = person.id
    in_transaction(lambda: setattr(db.session.get(Person, person_id), "language", code))


def test_a_mail_says_what_has_happened_where_from_when_why_and_where(cast, clock, office, question):
    answered(question, cast.jonas)
    clock.forward(minutes=17)
    message = mailed(office)
    assert message["Subject"] == "Nyt svar på dit spørgsmål om EPJ"
    assert text_of(message).splitlines()[:4] == [
        "Nyt svar på dit spørgsmål om EPJ",
        "Spurgt fra Akutafdelingen, for 17 minutter siden",
        "Fordi du har stillet spørgsmålet.",
        f"https://midtlink.example/s/{question.id}",
    ]
    for words in text_of(message).splitlines()[:4]:
        assert words in html_of(message)


def test_every_header_is_there_and_no_other(cast, office, question):
    answered(question, cast.jonas)
    message = mailed(office)
    assert message.keys() == HEADERS
    assert message["From"] == "MidtLink <midtlink@hospital.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["List-Id"] == "<notices.midtlink.example>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.get_content_type() == "multipart/alternative"
    assert office.kept[-1].mail_from == "midtlink@hospital.example"


def test_the_address_to_unsubscribe_stands_in_plain_words_on_one_line(cast, office, question):
    answered(question, cast.jonas)
    sent()
    raw = office.kept[-1].content.decode("ascii")
    assert re.search(r"\r\nList-Unsubscribe: <https://midtlink\.example/afmeld/[\w.-]+>\r\n", raw)


def test_a_thread_is_a_thread_also_in_the_mail_program(cast, office, question):
    answered(question, cast.jonas)
    answered(question, cast.karim)
    answered(asked(cast.anne, "Hvor er etiketterne?"), cast.karim)
    sent()
    threads = [message["References"] for message in office.messages()]
    assert threads[0] == threads[1] == f"<thread-{question.id}@midtlink.example>"
    assert threads[2] != threads[0]
    assert all(message["In-Reply-To"] == message["References"] for message in office.messages())
    assert len({message["Message-ID"] for message in office.messages()}) == 3


def test_a_mail_is_in_its_readers_language(cast, clock, office, question):
    language(cast.anne, "en")
    answered(question, cast.jonas)
    clock.forward(minutes=17)
    message = mailed(office)
    assert "17 minutes ago" in text_of(message)
    assert '<html lang="en">' in html_of(message)


def test_no_text_of_a_post_leaves_the_house(cast, office):
    question = asked(cast.anne, f"Titel {CANARY}", body=f"Tekst {CANARY}", tags=["notat"])
    answered(question, cast.jonas, body=f"Svar {CANARY}")
    message = mailed(office)
    for part in (message["Subject"], text_of(message), html_of(message)):
        assert CANARY not in part


def test_titles_leave_the_house_only_by_a_setting(cast, office, question):
    change_setting("mail_shows_titles", "on", by=None, by_id=None)
    answered(question, cast.jonas)
    message = mailed(office)
    assert message["Subject"].endswith(f"om EPJ: {question.title}")
    assert f"“{question.title}”" in text_of(message)


def test_the_reason_names_what_is_followed(cast, office):
    system = make_system("PACS")
    follow_system(system, by=cast.karim)
    choose(cast.karim, "question", "immediate")
    asked(cast.anne, system_slug=system.slug)
    message = mailed(office)
    assert message["Subject"] == "Nyt spørgsmål om PACS"
    assert "Fordi du følger systemet PACS." in text_of(message)


@pytest.mark.parametrize("shows_titles", ["on", "off"])
@pytest.mark.parametrize("mark", BREAKS, ids=ascii)
def test_t37_no_name_adds_a_header_or_a_recipient(cast, office, question, mark, shows_titles):
    """Whatever stands in the database, put there past every check that there is."""
    change_setting("mail_shows_titles", shows_titles, by=None, by_id=None)
    answered(question, cast.jonas)
    evil = f"EPJ{mark}Bcc: victim@evil.example{mark}{mark}<b>body</b>"
    columns = [(System, "name"), (Question, "title"), (Question, "title_key"), (Person, "name")]

    def spoil():
        for model, name in columns:
            of_one = db.update(model.__table__).where(model.__table__.c.id == 1)
            db.session.execute(of_one.values({name: evil}))

    in_transaction(spoil)
    message = mailed(office)
    assert message.keys() == HEADERS
    assert office.kept[-1].rcpt_tos == ["anne@hospital.example"]
    assert "<b>" not in html_of(message)
    assert message["Subject"].startswith("Nyt svar på dit spørgsmål om EPJ")


def test_lines_and_subjects_hold_nothing_that_breaks_or_turns_them():
    assert one_line("a\r\nb\x00c\u2028d\u202ee\tf") == "a b c d e f"
    assert len(cut_subject("x" * 500)) == 150


@pytest.mark.parametrize(
    "stored",
    ["a,b@x.dk", "a<v@e.dk", "a\x00b@x.dk", "a(b)@x.dk", "a@x.dk>", "a;b@x.dk", "a..b@x.dk",
     "æ@x.dk", "a@x.dk\r\nBcc: v@e.dk", "a b@x.dk", "@x.dk", "a@", "a@b@c.dk", ""],
)  # fmt: skip
def test_an_address_that_is_none_is_not_written_to(stored):
    with pytest.raises(BadAddress):
        address_of(stored)


def test_a_danish_domain_is_written_as_servers_know_it():
    assert address_of("anne@sygehus-øst.dk") == "anne@xn--sygehus-st-7cb.dk"


def test_words_are_words_in_html_too():
    letter = Letter(subject="<b>&", sections=(), opening="<script>x</script>", sender_place="<i>")
    assert "<script>" not in as_html(letter) and "<i>" not in as_html(letter)
    assert "<script>x</script>" in as_text(letter)


def test_html_holds_no_picture_no_script_and_nothing_from_elsewhere(cast, office, question):
    answered(question, cast.jonas)
    html = html_of(mailed(office))
    assert not re.search(r"<(img|script|link|style|iframe|form)\b|url\(|src=", html)
    addresses = re.findall(r'href="([^"]*)"', html)
    assert addresses and all(each.startswith("https://midtlink.example/") for each in addresses)


def test_raw_mail_is_ascii_in_short_lines(cast, office, question):
    answered(question, cast.jonas)
    sent()
    raw = office.kept[-1].content
    assert raw.isascii() and message_from_bytes(raw)
    assert max(map(len, raw.split(b"\r\n"))) < 200
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_matter_without_a_thread_leads_to_the_inbox(cast, clock, office):
    choose(cast.anne, "badge", "immediate")
    row = Notice(
        person_id=cast.anne.id, kind="badge", matter="badge:1", reason="earned",
        happened_at=clock.moment,
    )  # fmt: skip
    in_transaction(lambda: db.session.add(row))
    message = mailed(office)
    assert message["Subject"] == "Du har fået et badge"
    assert "https://midtlink.example/beskeder\n" in text_of(message)
    assert "References" not in message
