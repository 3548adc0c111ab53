"""A visitor who checks every page it is given, so that no test has to remember to."""

from contextvars import Context
from urllib.parse import urlsplit

import html5lib
from flask import session
from flask_wtf.csrf import generate_csrf

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.identity import new_token, token_hash
from midtlink.people.models import SignIn

CONTROLS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button"}


def sign_in_row(person, **more):
    """Make a sign-in for a person and return its token."""
    token = new_token()
    moment = clock.now()
    row = SignIn(
        token_hash=token_hash(token),
        person_id=person.id,
        started_at=moment,
        active_at=moment,
        **more,
    )
    in_transaction(lambda: db.session.add(row))
    return token


class Page:
    """A page that was checked: its text, its forms, its links."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        self.tree = html5lib.parse(self.html, namespaceHTMLElements=False)
        self.text = " ".join(" ".join(self.tree.find("body").itertext()).split())

    def all(self, tag):
        """Every element with the tag."""
        return list(self.tree.iter(tag))

    def form(self, action, holding=""):
        """The fields of the form that is sent to an address (and holds a field), as a dict."""
        for form in self.all("form"):
            fields = {field.get("name"): _value(field) for field in _fields(form)}
            if urlsplit(form.get("action", "")).path == action and holding in {"", *fields}:
                return fields
        raise AssertionError(f"no form to {action} on {self.response.request.path}")

    def has_form(self, action):
        """Say whether the page offers a form that is sent to the address."""
        return any(urlsplit(form.get("action", "")).path == action for form in self.all("form"))


class Visitor:
    """A browser without JavaScript; `visit.get("/", as_=person)` signs the person in first."""

    def __init__(self, app):
        self.app = app
        self.clients = {}

    def client(self, person=None):
        """The cookie jar of a person, or of somebody who is not signed in."""
        key = person.id if person else None
        if key not in self.clients:
            self.clients[key] = self.app.test_client()
            if person:
                token = sign_in_row(person)
                with self.clients[key].session_transaction() as cookie:
                    cookie["_user_id"] = token
        return self.clients[key]

    def get(self, path, as_=None, status=200, **options):
        """Fetch a page and check it. Give `status` for pages that are meant to refuse."""
        response = self._open("GET", path, as_, **options)
        assert response.status_code == status, f"{path} answered {response.status_code}"
        return checked(response)

    def post(self, path, as_=None, status=303, token=True, **fields):
        """Send a form with a valid token (unless token=False)."""
        if token:
            fields.setdefault("csrf_token", self.token(as_))
        response = self._open("POST", path, as_, data=fields)
        assert response.status_code == status, (
            f"{path} answered {response.status_code}: {response.get_data(as_text=True)[-1500:]}"
        )
        return checked(response)

    def token(self, person=None):
        """A CSRF token of this person's session, made as the pages make it."""
        token, secret = Context().run(self._new_token)
        with self.client(person).session_transaction() as stored:
            stored["csrf_token"] = secret
        return token

    def _new_token(self):
        with self.app.test_request_context():
            return generate_csrf(), session["csrf_token"]

    def _open(self, method, path, person, **options):
        """Send a request that shares neither database session nor `g` with the test."""
        client = self.client(person)
        db.session.rollback()
        try:
            return Context().run(client.open, path, method=method, **options)
        finally:
            db.session.expire_all()


def checked(response):
    """Check an HTML answer and return it as a Page; other answers only have headers to check."""
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    if response.mimetype != "text/html" or response.status_code in (301, 302, 303, 304, 308):
        return response
    page = Page(response)
    if page.html.lstrip().lower().startswith("<!doctype"):
        check_document(page)
    check_parts(page)
    return page


def check_document(page):
    """A whole page has a title, a language, one main heading."""
    title = page.tree.find("head/title")
    assert title is not None and (title.text or "").strip(), "empty title"
    assert page.tree.get("lang") in ("da", "en")
    assert len(page.all("h1")) == 1, f"{len(page.all('h1'))} h1"


def check_parts(page):
    """No duplicate id, no control without label, no form without token, nothing inline."""
    ids = [element.get("id") for element in page.tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), f"duplicate id {sorted({i for i in ids if ids.count(i) > 1})}"
    labelled = {label.get("for") for label in page.all("label")}
    for element in page.tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.get("style") is None, f"inline style on <{element.tag}>"
        assert not any(name.startswith("on") for name in element.attrib), f"on* on <{element.tag}>"
        assert element.tag != "style", "inline <style>"
        assert element.tag != "script" or element.get("src"), "inline <script>"
        if element.tag in CONTROLS and element.get("type") not in UNLABELLED:
            named = element.get("aria-label") or element.get("aria-labelledby")
            assert named or element.get("id") in labelled, f"no label: {element.attrib}"
        if element.tag == "form" and element.get("method", "get").lower() == "post":
            names = [field.get("name") for field in _fields(element)]
            assert "csrf_token" in names, f"no csrf_token in form to {element.get('action')}"


def _fields(form):
    return [
        field for field in form.iter() if field.tag in CONTROLS | {"button"} and field.get("name")
    ]


def _value(field):
    if field.tag == "textarea":
        return "".join(field.itertext())
    if field.tag == "select":
        chosen = [option for option in field.iter("option") if option.get("selected") is not None]
        return (chosen or list(field.iter("option")))[0].get("value", "")
    return field.get("value", "")
