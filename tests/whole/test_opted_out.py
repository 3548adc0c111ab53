"""What a person opted out of is found by no route, no role and no command.

A colleague whose points make a peculiar number hides them and stands in no list. Every role reads
every page: each endpoint of the matrix about objects in each state, everything with the person's
name in its address, and what these pages link to. They are read again as if the person had never
helped anybody: what told more of the person the first time, told it of their points.
"""

import re
from collections import Counter

import pytest
from sqlalchemy import delete, update

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.confirming import confirm
from midtlink.questions.models import Post
from midtlink.questions.reacting import set_reaction
from midtlink.reputation.badges.rules import BADGES
from midtlink.reputation.ledger.stored_book import LEDGER
from midtlink.reputation.records import BadgeAward
from midtlink.settings.changing import change_setting
from midtlink.settings.definitions import DEFINITIONS
from midtlink.topics.models import TopicStanding
from tests.whole.authz_calls import CALLS, filled
from tests.whole.authz_world import ABSENT, ROLES, STATES
from tests.whole.test_authorization import clients, the_world
from tests.world.cast import department, make_person

NAME, PLACE, SITE, TRADE = "Zqxine Zqxholm", "Zqxafdelingen", "Zqxmatriklen", "zqxfag"
#: What the rules are worth while the person earns: amounts that stand nowhere by chance.
WORTH = {"points_helped": 983, "points_confirmed": 991, "points_daily_cap": 90_000}
HIDDEN = {"hides_points": True, "is_listed": False, "shows_expertise": False}
SHOWN = {"hides_points": False, "is_listed": True, "shows_expertise": True}
#: The badges that helping wins.
WON = {key for key, badge in BADGES.items() if badge.is_by_help}
LINK = re.compile(r'(?:href|action|hx-get)="(/[^"#]*)')
#: Where nothing of people stands.
ELSEWHERE = ("/static/", "/tema.css", "/adgang/")
#: Where a moderator decides about votes, and reads whose they are.
DECIDING = "/stemmemoenstre"
#: Commands that write or show no people; every other one that needs no more words is run.
NOT_READ = {
    "people invite", "people create-admin", "markup rebuild", "reputation rebuild",
    "reputation badges", "search rebuild",
}  # fmt: skip
ARGUMENTS = {"search find": ["tilstand"]}


@pytest.fixture(scope="module")
def world():
    found = the_world()
    with found.app.app_context():
        _earn(found)
        db.session.remove()
    yield found
    found.restore()


def _earn(world):
    """Let the person called other help a colleague from far away, and win what helping wins.

    The colleague is the one who asked while the help is given, and moves back afterwards.
    """
    in_transaction(lambda: department(PLACE, SITE))
    voter = make_person("zqxasker", "Zqxer", TRADE, PLACE)

    def work():
        asker = db.session.get(Person, world.people["author"])
        place = asker.department_id, asker.profession
        asker.department_id, asker.profession = voter.department_id, TRADE
        person, it = (db.session.get(Person, world.people[name]) for name in ("other", "it"))
        person.name = NAME
        for key, worth in WORTH.items():
            change_setting(key, str(worth), by=None, by_id=None)
        for state in ("visible", "closed"):
            reply = db.session.get(Post, world.ids["another", state])
            set_reaction(reply, "helped", by=voter)
            confirm(reply, by=it)
        asker.department_id, asker.profession = place
        for key in WORTH:
            change_setting(key, str(DEFINITIONS[key].default), by=None, by_id=None)
        db.session.execute(update(TopicStanding).values(accepted=9))
        known = {each.badge for each in db.session.query(BadgeAward).filter_by(person_id=person.id)}
        moment = clock.now()
        db.session.add_all(
            BadgeAward(person_id=person.id, badge=key, awarded_at=moment)
            for key in BADGES
            if key not in known
        )

    in_transaction(work)


def choose(world, **choices):
    """Set what the person shows."""
    with world.app.app_context():
        of_person = Person.id == world.people["other"]
        in_transaction(lambda: db.session.execute(update(Person).where(of_person).values(choices)))
        db.session.remove()


@pytest.fixture(scope="module")
def number(world):
    """How the person's points may be written, in total and each."""
    with world.app.app_context():
        points = db.session.get(Person, world.people["other"]).points
        db.session.remove()
    assert points > 2 * 983 + 2 * 991
    amounts = {points, points + 1, *list(WORTH.values())[:2]}
    shapes = "|".join(f"{number:,}".replace(",", "[.,\xa0 ]?") for number in sorted(amounts))
    return re.compile(rf"(?<![\w.,=-])(?:{shapes})(?![\w-])")


def starts(world):
    """Where reading begins: every endpoint about every state, and with the person's name."""
    for (_, method), call in CALLS.items():
        if method == "GET":
            for state in STATES:
                address = filled(call, world.ids, state, ABSENT)[0]
                yield address
                yield re.sub(r"/(author|member)(?=/|$)", "/other", address)


def crawled(world, role, number, paths=()):
    """What each page tells the role of the person: words, by address. Without paths: every page."""
    client, _ = clients(world, role)
    waiting, told = dict.fromkeys(paths) or dict.fromkeys(starts(world), True), {}
    while waiting:
        path = next(iter(waiting))
        follows = waiting.pop(path)
        response = client.get(path, buffered=True)
        text = response.get_data(as_text=True)
        told[path] = _words(path, f"{text}\n{response.headers}", number)
        for link in LINK.findall(text) if follows else ():
            link = link.replace("&amp;", "&")
            if not link.startswith(ELSEWHERE) and link not in told:
                waiting.setdefault(link, False)
    return told


def _words(path, text, number):
    """The peculiar words on a page; a badge counts where the page is about the person."""
    found = {word for word in (NAME, PLACE, SITE, TRADE) if word in text}
    found |= set(number.findall(text))
    if "other" in path:
        found |= {key for key in WON if f'"/badges/{key}"' in text}
    return found


def _forget(person_id):
    for table in (LEDGER, BadgeAward.__table__, TopicStanding.__table__):
        db.session.execute(delete(table).where(table.c.person_id == person_id))
    db.session.execute(update(Person).where(Person.id == person_id).values(points=0))


@pytest.fixture(scope="module")
def told(world, number):
    """What every role is told while the person hides all, shows all, and has no points."""
    roles = [role for role in ROLES if role != "disabled"]
    choose(world, **HIDDEN)
    hidden = {role: crawled(world, role, number) for role in (*roles, "other")}
    choose(world, **SHOWN)
    shown = {"member": crawled(world, "member", number)}
    choose(world, **HIDDEN)
    with world.app.app_context():
        in_transaction(lambda: _forget(world.people["other"]))
        db.session.remove()
    never = {
        role: crawled(world, role, number, [path for path, words in pages.items() if words])
        for role, pages in (hidden | {"member": hidden["member"] | shown["member"]}).items()
    }
    return {"hidden": hidden, "shown": shown, "never": never}


def more(told, role, while_="hidden"):
    """What a role reads only because the person has points, by address."""
    never = told["never"][role]
    found = {path: words - never.get(path, set()) for path, words in told[while_][role].items()}
    return {path: words for path, words in found.items() if words}


def commands(app):
    """Every command of a domain that needs no words, with those that it could do with."""
    for group in app.cli.commands.values():
        for name, command in getattr(group, "commands", {}).items():
            called = f"{group.name} {name}"
            needs = any(each.required for each in command.params)
            if group.name == "db" or needs or called in NOT_READ:
                continue
            options = {option for each in command.params for option in each.opts}
            yield [*called.split(), *ARGUMENTS.get(called, []), *({"--json"} & options)]


def test_no_command_tells_it(world, number):
    """Before the pages are read, which take the points away in the end."""
    choose(world, **HIDDEN)
    runner = world.app.test_cli_runner()
    called = Counter()
    for arguments in commands(world.app):
        result = runner.invoke(args=arguments)
        assert result.exit_code in (0, 1), (arguments, result.output)
        assert not number.search(result.output), arguments
        called[arguments[0]] += 1
    assert {"people", "reputation", "search", "topics"} <= set(called)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "disabled"])
def test_nobody_else_reads_anything_of_it(told, role):
    assert len(told["hidden"][role]) > 150
    assert more(told, role) == {}


def test_the_person_reads_all_of_it(told):
    own = told["hidden"]["other"]
    assert {"983", "991"} <= own["/mig/point"]
    assert len(own["/p/other"] & {PLACE, SITE, TRADE}) == 3
    assert own["/p/other"] >= WON


def test_the_reading_finds_what_is_shown(told):
    """Otherwise it would prove nothing."""
    found = more(told, "member", while_="shown")
    assert NAME in found["/hjaelpere"]
    assert any(word[0].isdigit() for word in found["/p/other"])
    assert {PLACE, "solver"} <= found["/p/other"]
    assert sum(path.startswith("/badges/") for path, words in found.items() if NAME in words) > 10


def test_who_voted_is_read_by_deciding_moderators_alone(told):
    """The person's name stands there, and nothing of their points."""
    for role in (role for role in ROLES if role != "disabled"):
        pages = told["hidden"][role]
        names = {path: words for path, words in pages.items() if path.startswith(DECIDING)}
        assert names
        reads = {NAME} if role == "moderator" else set()
        assert set().union(*names.values()) == reads


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("%d", True), ("%d point", True), ('"points": %d}', True), ("x%d", False), ("%d0", False)],
)
def test_the_number_is_known_however_it_is_written(world, number, text, is_found):
    for amount in (983, 991):
        assert bool(number.search(text % amount)) == is_found
