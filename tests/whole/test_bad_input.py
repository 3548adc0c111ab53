"""Bad input, on every form: a 4xx page that keeps what was typed; never a 500 or a half write."""

from itertools import product

import pytest

from tests.whole.authz_calls import CALLS, filled
from tests.whole.authz_rules import RULES, WITHOUT_COOKIE
from tests.whole.authz_world import ABSENT, ROLES
from tests.whole.test_authorization import clients, the_world

BAD = {
    "empty": "",
    "blank": " \u200b\u00a0\n",
    "nul": "a\0b",
    "escape": "a\x1b[31mb",
    "surrogate": "a\ud800b",
    "number": "-1",
    "huge number": "9" * 40,
    "list": "[]",
    "not a number": "NaN",
    "true": "TRUE",
    "too long": "ord " * 15_000,
    "quotes": "> " * 40_000,
    "brackets": "[" * 40_000,
    "markup": "<script>alert(1)</script>" * 200,
    "unicode": "\U0001f9d1\u200d\u2695\ufe0f\u202e" * 300,
}
#: Endpoints that anyone may call.
OPEN = {key[0] for key, rule in RULES.items() if rule["visible"][0] == "A"}
#: What scripts send while the form stays open: the answer carries no form.
RETURNS_NO_FORM = ("questions.preview", "questions.save")
#: What ignores the cookie does not look at a form either.
FORMS = sorted({key for key in CALLS if key[1] == "POST"} - WITHOUT_COOKIE)


@pytest.fixture(scope="module")
def world():
    return the_world()


@pytest.fixture
def sender(world, key):
    """A client of somebody who may call the endpoint, with a form token.

    Where a key in the address decides, as with a feed, nobody may without it.
    """
    letters = RULES[key]["visible"]
    place = letters.find("A") if key[0] in OPEN else letters.rfind("A")
    role = ROLES[max(place, 0)]
    yield clients(world, role)
    world.restore()


def send(client, token, address, fields):
    """Send a form with lone surrogates too, as a hostile client can."""
    parts = {name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()}
    body = "&".join(f"{name}={_quoted(value)}" for name, value in parts.items())
    form = f"csrf_token={token}&{body}"
    return client.post(address, data=form, content_type="application/x-www-form-urlencoded")


def _quoted(value):
    return "".join(f"%{byte:02X}" for byte in value)


@pytest.mark.parametrize("key", FORMS, ids=lambda key: key[0])
def test_no_field_breaks_a_form(world, sender, key):
    """Each field in turn holds each bad value, the others good ones."""
    client, token = sender
    address, form = filled(CALLS[key], world.ids, "visible", ABSENT)
    broken = []
    for field in form:
        for name, value in BAD.items():
            status = send(client, token, address, form | {field: value}).status_code
            if status >= 500:
                broken.append((field, name, status))
        world.restore()
    assert not broken


@pytest.mark.parametrize("key", FORMS, ids=lambda key: key[0])
def test_a_form_without_any_field_is_refused_or_harmless(world, sender, key):
    client, token = sender
    address, _ = filled(CALLS[key], world.ids, "visible", ABSENT)
    assert send(client, token, address, {}).status_code < 500


@pytest.mark.parametrize("key", FORMS, ids=lambda key: key[0])
def test_ten_thousand_parts_are_refused(world, sender, key):
    client, _token = sender
    address, _ = filled(CALLS[key], world.ids, "visible", ABSENT)
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="f{number}"\r\n\r\n\r\n'
        for number in range(10_001)
    )
    before = world.dump()
    response = client.post(
        address, data=f"{parts}--x--\r\n", content_type="multipart/form-data; boundary=x"
    )
    assert response.status_code in (400, 413)
    assert world.dump() == before


@pytest.mark.parametrize("key", FORMS, ids=lambda key: key[0])
def test_five_megabytes_are_refused_unread(world, sender, key):
    client, token = sender
    address, form = filled(CALLS[key], world.ids, "visible", ABSENT)
    before = world.dump()
    response = send(client, token, address, form | {"body": "> " * 850_000})
    assert response.status_code == 413
    assert world.dump() == before


def test_five_megabytes_to_no_form_at_all_are_not_found(world):
    client, token = clients(world, "member")
    response = send(client, token, "/findes-ikke", {"body": "> " * 850_000})
    assert response.status_code == 404
    assert "Siden findes ikke" in response.get_data(as_text=True)


QUOTES = "> " * 500_000 + "bunden"


@pytest.mark.parametrize(
    "key", [key for key in FORMS if "body" in CALLS[key][1]], ids=lambda k: k[0]
)
def test_a_megabyte_of_quotes_is_refused_and_kept(world, sender, key):
    """The page says that there is too much and holds the text to the last word."""
    client, token = sender
    address, form = filled(CALLS[key], world.ids, "visible", ABSENT)
    before = world.dump()
    response = send(client, token, address, form | {"body": QUOTES})
    if key[0] in RETURNS_NO_FORM:
        assert response.status_code < 500
        return
    assert response.status_code == 400
    assert "bunden" in response.get_data(as_text=True)
    assert world.dump() == before


@pytest.mark.parametrize(
    "address",
    [
        "/q/0", "/q/-1", "/q/99999999999999999999", "/q/x", "/q/1%00", "/q/1;x", "/q//1", "/Q/1",
        "/post/1.5", "/s/%C3%28", "/p/%00", "/p/..%2f..%2fetc", "/tag/%ED%A0%80", "/system/%0a",
        "/static/x/../../config.py", "/static/x/%2e%2e/%2e%2e/config.py", "/static/x/css%00.css",
        "/administration/personer/%00", "/adgang/%00", "/console", "/administration/afdelinger/0",
    ],
)  # fmt: skip
def test_a_strange_address_is_not_found(world, address):
    client, _token = clients(world, "admin")
    assert client.get(address).status_code in (404, 405, 308, 400)


PARAMETERS = ("vis", "efter", "find", "q", "titel", "traad", "akt", "person", "next", "side")
STRANGE = ("%00", "'\"--)", "%F0%9F", "<b%20id=marked>", "9" * 40, "-1", "%E2%80%AE")
PAGES = sorted(key for key in CALLS if key[1] == "GET")


@pytest.mark.parametrize("key", PAGES, ids=lambda key: key[0])
def test_no_parameter_breaks_a_page_or_comes_back_as_markup(world, sender, key):
    """Whatever stands in the address, the page answers, and shows it as text if at all."""
    client, _token = sender
    address, _ = filled(CALLS[key], world.ids, "visible", ABSENT)
    joint = "&" if "?" in address else "?"
    for parameter, value in product(PARAMETERS, STRANGE):
        response = client.get(f"{address}{joint}{parameter}={value}")
        assert response.status_code < 500, (parameter, value)
        assert b"<b id=marked>" not in response.data
