"""T07, T08, T13, T27, T40: what a request may not do, on every route."""

import pytest
from sqlalchemy import event

from midtlink.extensions import csrf, db
from midtlink.pages import MOST_MESSAGES
from midtlink.security import is_safe_path
from tests.whole.authz_calls import CALLS, filled
from tests.whole.authz_rules import RULES, WITHOUT_COOKIE
from tests.whole.authz_world import ABSENT, ROLES
from tests.whole.test_authorization import clients, the_world

GETS = sorted(key for key in CALLS if key[1] == "GET")
POSTS = sorted(key for key in CALLS if key[1] == "POST")
#: Fields with two states or few choices, which nothing but a form of ours fills in.
FLAGS = {"wanted", "uphold", "accept", "is_active", "uses_shortcuts", "runs", "kind", "theme"}
#: A new system is in use: its form has no such box.
WITHOUT_FLAG = {("topics.add_system", "POST")}
NO_FLAG = (
    "1",
    "true",
    "TRUE",
    "On",
    " on",
    "on,off",
    "[]",
    "{}",
    "null",
    "-1",
    "NaN",
    "on" * 9_999,
)
ELSEWHERE = (
    "/\\evil.com", "\\\\evil.com", "//evil.com", "///evil.com", "////evil.com", "http:evil.com",
    "http:///evil.com", "https://evil.com", "/%09/evil.com", "/%2F/evil.com", "/%2fevil.com",
    "/%5Cevil.com", "/%255Cevil.com", "/\t/evil.com", "/\r\nLocation: //evil.com", "javascript:x",
    "//user@evil.com", "//localhost@evil.com", "evil.com", "/\x00/evil.com", " //evil.com",
    "/http:evil.com", "/./https://evil.com", "/%C2%A0https://evil.com",
)  # fmt: skip
#: Names under which sites take an address to go to.
WAYS = ("next", "url", "return", "return_to", "returnTo", "redirect", "continue", "target", "back")


@pytest.fixture(scope="module")
def world():
    return the_world()


def allowed(world, key):
    """A client of the highest role that may call the endpoint, its token, address and form."""
    role = ROLES[RULES[key]["visible"].rindex("A")] if "A" in RULES[key]["visible"] else "admin"
    return *clients(world, role), *filled(CALLS[key], world.ids, "visible", ABSENT)


def test_t07_nothing_is_exempt_from_its_token_but_what_ignores_the_cookie(world):
    views = world.app.view_functions
    exempt = {views[endpoint] for endpoint, _ in WITHOUT_COOKIE}
    assert {f"{view.__module__}.{view.__name__}" for view in exempt} == csrf._exempt_views
    assert {view for view in views.values() if getattr(view, "ignores_cookie", False)} == exempt
    assert not csrf._exempt_blueprints


@pytest.mark.parametrize("key", sorted(WITHOUT_COOKIE), ids=lambda key: key[0])
def test_t07_what_ignores_the_cookie_does_the_same_for_everybody(world, key):
    """Signed in or not, with a form's token or from another site: the same words, the same rows."""
    address, _ = filled(CALLS[key], world.ids, "visible", ABSENT)
    done = set()
    for role in ROLES:
        client, _ = clients(world, role)
        answer = client.post(address, headers={"Origin": "https://mail.example"})
        rows = world.dump()["notice_choices"]
        done.add((answer.status_code, str([row[:3] for row in rows])))
        world.restore()
    assert len(done) == 1


def test_t07_no_write_by_another_kind_of_body(world):
    """A form of another site sends text/plain; its script would send JSON."""
    before = world.dump()
    for key in sorted(set(POSTS) - WITHOUT_COOKIE):
        client, _, address, form = allowed(world, key)
        assert client.post(address, json=form).status_code == 400, key
        assert client.post(address, data="a=b", content_type="text/plain").status_code == 400, key
    assert world.dump() == before


def test_t07_no_write_by_a_method_in_disguise(world):
    before = world.dump()
    disguise = {
        "X-HTTP-Method-Override": "POST",
        "X-HTTP-Method": "POST",
        "X-Method-Override": "POST",
    }
    for key in POSTS:
        client, token, address, form = allowed(world, key)
        query = form | {"csrf_token": token, "_method": "POST"}
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = client.open(address, method=method, query_string=query, headers=disguise)
            assert answer.status_code < 500, key
    assert world.dump() == before


#: What a page may write: that somebody sits at the screen, at most once a minute.
RENEWAL = "UPDATE sign_ins SET active_at="


def test_t08_no_page_writes(world):
    """Every GET as every kind of reader writes nothing but the sign of life."""
    written = []

    def note(_connection, _cursor, statement, *_more):
        is_write = statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        if is_write and not statement.startswith(RENEWAL):
            written.append(statement)

    with world.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        for key in GETS:
            for role in ("anon", "member", "moderator", "admin"):
                client, _ = clients(world, role)
                client.get(filled(CALLS[key], world.ids, "visible", ABSENT)[0]).close()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert not written


@pytest.mark.parametrize(
    "key",
    [key for key in POSTS if FLAGS & CALLS[key][1].keys() and key not in WITHOUT_FLAG],
    ids=lambda key: key[0],
)
def test_t13_flag_is_one_of_its_words_or_refused(world, key):
    client, token, address, form = allowed(world, key)
    before = world.dump()
    for field in FLAGS & form.keys():
        for value in NO_FLAG:
            data = form | {field: value, "csrf_token": token}
            assert client.post(address, data=data).status_code == 400, (field, value[:20])
    assert world.dump() == before


@pytest.mark.parametrize("target", ELSEWHERE)
def test_t27_target_that_leaves_the_server_is_none(target):
    assert not is_safe_path(target)


@pytest.mark.parametrize("target", ["/", "/mig", "/q/1/titel?vis=alle#post-2", "/soeg?q=a%20b"])
def test_t27_target_on_the_server_is_one(target):
    assert is_safe_path(target)


@pytest.mark.parametrize("key", sorted(CALLS), ids=lambda key: "-".join(key))
def test_t27_no_route_leads_off_the_server(world, key):
    """Whatever way the address is given: in the query, the form or as the Referer."""
    for target in ("//evil.com", "/\\evil.com", "https://evil.com/"):
        client, token, address, form = allowed(world, key)
        ways = dict.fromkeys(WAYS, target)
        data = form | ways | {"csrf_token": token} if key[1] == "POST" else None
        headers = {"Referer": "https://evil.com/", "Accept-Language": "da"}
        address = address.partition("?")[0]
        answer = client.open(address, method=key[1], query_string=ways, data=data, headers=headers)
        if key[1] == "POST":
            world.restore()
        answer.close()
        assert "evil" not in answer.headers.get("Location", ""), target
        if answer.status_code not in (301, 302, 303, 307, 308):
            return


@pytest.mark.parametrize("role", ["anon", "member", "admin"])
def test_t40_nothing_but_static_files_is_kept(world, role):
    client, _ = clients(world, role)
    for key in [*GETS, ("", "")]:
        address = filled(CALLS[key], world.ids, "visible", ABSENT)[0] if key[0] else "/nowhere"
        with client.get(address) as answer:
            kept = answer.headers["Cache-Control"]
            if key[0] == "static":
                assert "no-store" not in kept and "Set-Cookie" not in answer.headers
            else:
                assert kept == "no-store" and "Cookie" in answer.vary, key


def test_messages_that_no_page_shows_never_fill_the_cookie(visit, cast):
    for name in ("jonas", "bodil", "mogens", "astrid") * 20:
        visit.post(f"/p/{getattr(cast, name).username}/foelg", as_=cast.karim, wanted="on")
    with visit.client(cast.karim).session_transaction() as stored:
        assert len(stored["_flashes"]) == MOST_MESSAGES
