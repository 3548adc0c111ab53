"""Who may do what, everywhere: every route, every method, every role, every state of its object.

The rules stand in authz_rules.py, one row for each. A route without a row fails, a row without a
route fails, and what is refused leaves the database as it was. `A` is shown by a success.
"""

from functools import cache
from urllib.parse import urlsplit

import pytest
from flask import session
from flask_wtf.csrf import generate_csrf

from tests.whole.authz_calls import CALLS, filled, objects
from tests.whole.authz_rules import RULES, WITHOUT_COOKIE
from tests.whole.authz_world import ABSENT, ROLES, STATES, build

ALLOWED, SIGN_IN, DENIED, ABSENT_TO_ME = "A", "L", "D", "H"
#: Refused by what stands in the form, not by who sends it: see the reasons in authz_rules.py.
NOT_NOW = "N"

#: What succeeds by showing the sign-in page.
ENDS_AT_SIGN_IN = ("people.sign_out", "people.use_password_link")
#: Objects that have no state.
STATELESS = {"link", "suspicion", "synonyms", "tag_version", "unfound"}

#: What a cookie authorises, and so asks for the token of a form.
WRITES = sorted({key for key in CALLS if key[1] != "GET"} - WITHOUT_COOKIE)

the_world = cache(build)


@pytest.fixture(scope="module")
def world():
    return the_world()


def clients(world, role):
    """A client signed in as the role, and a valid form token."""
    client = world.app.test_client()
    with world.app.test_request_context():
        token, secret = generate_csrf(), session["csrf_token"]
    with client.session_transaction() as stored:
        stored["csrf_token"] = secret
        if role != "anon":
            stored["_user_id"] = world.tokens[role]
    return client, token


def send(world, role, key, state, *, with_token=True):
    """Call the endpoint as the role and return the response."""
    client, token = clients(world, role)
    address, form = filled(CALLS[key], world.ids, state, ABSENT)
    if key[1] == "GET":
        return client.get(address, buffered=True)
    return client.post(address, data=form | ({"csrf_token": token} if with_token else {}))


def outcome(key, response):
    """What happened, as a letter; a status that no rule speaks of stands as itself."""
    to = urlsplit(response.headers.get("Location", "")).path
    if response.status_code == 401 or (to == "/log-ind" and key[0] not in ENDS_AT_SIGN_IN):
        return SIGN_IN
    known = {403: DENIED, 404: ABSENT_TO_ME, 400: NOT_NOW, 409: NOT_NOW, 429: NOT_NOW}
    if response.status_code < 400:
        return ALLOWED
    return known.get(response.status_code, str(response.status_code))


def states_of(key):
    """All states for what speaks of a post; what has no state is called once."""
    return STATES if set(objects(CALLS[key])) - STATELESS else STATES[:1]


def row(world, key, state):
    """What happens to each role, in the order of ROLES; what is refused must change nothing."""
    letters = []
    for role in ROLES:
        before = world.dump()
        letter = outcome(key, send(world, role, key, state))
        changed = world.dump() != before
        if changed:
            world.restore()
            if letter != ALLOWED or key[1] == "GET":
                letter += "!"
        letters.append(letter)
    return "".join(letters)


def endpoints(app):
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_a_rule_and_every_rule_a_route(world):
    assert endpoints(world.app) == set(RULES) == set(CALLS)


@pytest.mark.parametrize("key", sorted(RULES), ids=lambda key: "-".join(key))
def test_every_rule_speaks_of_every_role_and_state(key):
    assert tuple(RULES[key]) == states_of(key)
    assert all(len(letters) == len(ROLES) for letters in RULES[key].values())


@pytest.mark.parametrize("key", sorted(CALLS), ids=lambda key: "-".join(key))
def test_every_cell_is_as_its_rule_says(world, key):
    assert {state: row(world, key, state) for state in states_of(key)} == RULES[key]


@pytest.mark.parametrize("key", WRITES, ids=lambda key: key[0])
def test_no_write_without_its_token(world, key):
    before = world.dump()
    for role in ROLES:
        assert send(world, role, key, "visible", with_token=False).status_code == 400
    assert world.dump() == before


@pytest.mark.parametrize("key", WRITES, ids=lambda key: key[0])
def test_no_write_from_another_site(world, key):
    client, token = clients(world, "admin")
    address, form = filled(CALLS[key], world.ids, "visible", ABSENT)
    before = world.dump()
    for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        response = client.post(address, data=form | {"csrf_token": token}, headers=header)
        assert response.status_code == 400
    assert world.dump() == before


def test_an_endpoint_that_declares_nothing_is_refused(world):
    view = world.app.view_functions["questions.home"]
    declared = view.access
    try:
        view.access = ()
        client, _ = clients(world, "admin")
        assert client.get("/").status_code == 403
    finally:
        view.access = declared


if __name__ == "__main__":
    for each in sorted(CALLS):
        print(f"    {each!r}: {{")
        for state in states_of(each):
            print(f'        "{state}": "{row(the_world(), each, state)}",')
        print("    },")
