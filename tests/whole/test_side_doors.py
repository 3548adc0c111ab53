"""T10, T11: what is hidden leaks by no route, and answers as what never was."""

import re

import pytest

from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.notifications.feeds.keys import make_key
from midtlink.people.models import Person
from midtlink.people.policy import COMMAND_LINE
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.closing import close_as_duplicate
from midtlink.questions.commenting import comment
from midtlink.questions.drafting import save_draft
from midtlink.questions.editing import edit
from midtlink.questions.queries import get_answer, get_question
from midtlink.questions.reacting import set_reaction
from midtlink.questions.suggesting import suggest_edit
from midtlink.search.engine import engine
from midtlink.search.indexing import index_waiting
from midtlink.settings.changing import change_setting
from tests.whole.authz_calls import CALLS, filled
from tests.whole.authz_rules import RULES
from tests.whole.authz_world import ABSENT, ROLES
from tests.whole.test_authorization import clients, the_world

CANARY = "zqxkanarie"
#: Who may not read what a moderator hid, and what is hidden as patient data. The matrix has the
#: roles that are left out: they are answered as members, or as nobody.
LOWER = {
    "moderator": ("anon", "member", "author", "other", "admin"),
    "patient_data": ("anon", "member", "author", "other", "it", "admin"),
}
#: What a page also reads from its address, by the beginning of its path.
LISTS = ("?vis=nyeste", "?vis=afdeling", "?vis=mine", "?vis=systemer")
QUERIES = {
    "/": ("?vis=til-mig", *LISTS[:2]), "/spoergsmaal": LISTS,
    "/soeg": ("?q=hvor+sidder", "?q=til+er:svar", "?q=system:epj"),
    "/emner": ("?find=vis",), "/spoerg": ("?titel=hvor+sidder",),
    "/p/author": ("?vis=spoergsmaal",), "/omtale": ("?q=m",),
}  # fmt: skip


@pytest.fixture(scope="module")
def world():
    return the_world()


@pytest.fixture
def thread(world, request):
    """A thread full of the canary, by the ids of its parts; the named part will be hidden."""
    with world.app.app_context():
        ids = _fill(*(db.session.get(Person, world.people[name]) for name in _fill.names))
        engine().clear()
        while index_waiting():
            pass  # The search holds the words when they are hidden.
        db.session.remove()
    yield ids | {"is_whole": request.param == "question"}
    with world.app.app_context():
        engine().clear()
    world.restore()


def _fill(author, other, member, it, moderator):
    original = ask(title="Hvor sidder knappen egentlig?", body="Tekst", by=it)
    question = ask(title=f"Hvor sidder {CANARY}?", body=CANARY, system_slug="epj", by=author)
    edit(question, body=f"{CANARY} igen", summary=CANARY, from_revision=1, by=author)
    reply = answer(question, body=f"Til højre {CANARY}", by=other)
    edit(reply, body=f"Til venstre {CANARY}", summary=CANARY, from_revision=1, by=other)
    remark = comment(reply, body=f"Nej {CANARY}", by=member)
    suggestion = suggest_edit(reply, body=f"Op {CANARY}", from_revision=2, by=member)
    set_reaction(reply, "failed", by=member)
    flag(reply, reason="wrong", note=CANARY, by=author)
    for post in (question, reply):
        save_draft("edit", post.id, title=CANARY, source=f"Mit {CANARY}", by=member)
    close_as_duplicate(get_question(question.id, seen_by=it), of=original, by=it)
    rows = {"question": question, "answer": reply, "comment": remark, "original": original}
    ids = {name: row.id for name, row in rows.items()} | {"suggestion": suggestion.id}
    change_setting("mail_shows_titles", "on", by=COMMAND_LINE, by_id=None)
    return ids | {"feed_key": make_key(by=member)}


_fill.names = ("author", "other", "member", "it", "moderator")


def hidden(world, thread, how):
    """Hide the part of the thread that the test is about."""
    with world.app.app_context():
        moderator = db.session.get(Person, world.people["moderator"])
        post = get_question(thread["question"], seen_by=moderator)
        if not thread["is_whole"]:
            post = get_answer(thread["answer"], seen_by=moderator)
        if how == "moderator":
            hide(post, by=moderator)
        else:
            reporter = db.session.get(Person, world.people["it"])
            flag(post, reason="patient_data", by=reporter)
        db.session.remove()


def addresses(world, thread):
    """Every address of the url map about the thread and its people."""
    posts = [thread[name] for name in ("question", "answer", "comment", "original")]
    values = {
        "question_id": posts, "post_id": posts, "slug": ["-", "epj"], "word": ["visible"],
        "suggestion_id": [thread["suggestion"]], "username": ["author", "other", "member"],
        "token": ["x", thread["feed_key"]], "place_id": [1], "department_id": [1],
        "group_id": [1], "suspicion_id": [1],
        "key": ["first_answer"], "award_id": [1], "hook_id": [1],
    }  # fmt: skip
    for rule in world.app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        made = [{}]
        for name in sorted(rule.arguments):
            made = [each | {name: value} for each in made for value in values[name]]
        with world.app.test_request_context():
            yield from {rule.build(each)[1] for each in made}


@pytest.mark.parametrize(
    ("thread", "how"), [("question", "patient_data"), ("answer", "moderator")], indirect=["thread"]
)
def test_t10_hidden_words_leak_nowhere(world, thread, how):
    """Every page of the url map as every lower role: no word of a hidden post, in no header."""
    reader, _ = clients(world, "moderator")
    client, _ = clients(world, "member")
    feed = f"/feed/{thread['feed_key']}/system/epj.xml"
    assert all(CANARY in client.get(each).text for each in ("/soeg?q=hvor+sidder", feed))
    hidden(world, thread, how)
    assert CANARY in reader.get(f"/q/{thread['question']}", follow_redirects=True).text
    leaks = []
    paths = sorted(set(addresses(world, thread)))
    for role in LOWER[how]:
        client, token = clients(world, role)
        for path, query in [(at, more) for at in paths for more in ("", *QUERIES.get(at, ()))]:
            leaks += [(role, path, query)] * _tells(client.get(path + query), thread)
        for path in ("/lignende", "/spoerg", "/soeg/imens"):
            typed = {"title": "Hvor sidder", "q": CANARY[:5], "csrf_token": token}
            response = client.post(path, data=typed)
            leaks += [(role, path, "sent")] * _tells(response, thread)
    assert not leaks


def _tells(response, thread):
    told = response.get_data(as_text=True) + str(response.headers)
    if thread["is_whole"]:
        return CANARY in told
    # Only the answer is hidden: the question is there for all to read.
    return any(f"{words} {CANARY}" in told for words in ("højre", "venstre", "Nej", "Op"))


#: What differs between any two answers: the form's token, and how long the sign-in still lives.
PASSING = re.compile(r'csrf.token" (value|content)="[^"]*"|data-idle-seconds="[0-9]+"')
CHANGING = ("Content-Length", "Set-Cookie", "Date")


def _answer(client, token, key, ids, state):
    address, form = filled(CALLS[key], ids, state, ABSENT)
    data = form | {"csrf_token": token}
    response = client.open(address, method=key[1], data=data if key[1] == "POST" else None)
    headers = {name: value for name, value in response.headers if name not in CHANGING}
    page = PASSING.sub("", response.get_data(as_text=True)).replace(address, "here")
    return response.status_code, headers, page


@pytest.mark.parametrize("role", ["member", "admin", "superuser"])
def test_t11_hidden_and_deleted_answer_as_what_never_was(world, role):
    """Byte for byte, on every route where the matrix says that it is not there for the role."""
    at, compared = ROLES.index(role), 0
    client, token = clients(world, role)
    for key, rule in RULES.items():
        for state in ("hidden", "deleted"):
            if state in rule and rule[state][at] == "H" and rule["absent"][at] == "H":
                told = _answer(client, token, key, world.ids, state)
                assert told == _answer(client, token, key, world.ids, "absent"), (key, state)
                compared += 1
    assert compared > 20
