"""Webhooks on their pages, and the verbs behind them: administrators alone."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.hooks import addresses
from midtlink.notifications.hooks.keeping import (
    Wanted,
    change_hook,
    drop_hook,
    make_hook,
    renew_secret,
)
from midtlink.notifications.hooks.repeating import send_again, send_trial
from midtlink.notifications.hooks.rules import CHAT, MOST_HOOKS, SYSTEM
from midtlink.notifications.hooks.surroundings import Surroundings
from midtlink.notifications.records import DEAD, SENT, Delivery, Hook
from midtlink.refusals import Conflict, Refused
from tests.notifications.hook_making import URL, chat, deliveries, hooked
from tests.questions.threads import asked, rows
from tests.topics.making import make_system
from tests.world.statements import statements_of

HERE = "/administration/webhooks"
both = pytest.mark.both_databases


def acts():
    return [row.act for row in rows(JournalEntry) if "Hook" in row.act or "Deliv" in row.act]


def ticked(page):
    """The events that are ticked on a page."""
    boxes = [box for box in page.all("input") if box.get("name") == "events"]
    return [box.get("value") for box in boxes if box.get("checked") is not None]


def filled(kind="system", **more):
    """A form as an administrator fills it."""
    return {"kind": kind, "name": "Driftsystem", "url": URL, "system": "", "department": "",
            "events": "question.asked"} | more  # fmt: skip


def test_a_system_is_added_and_its_secret_shown_once(visit, cast):
    assert "Der er ingen webhooks endnu." in visit.get(HERE, as_=cast.astrid).text
    assert "https://" in visit.get(f"{HERE}/ny?til=system", as_=cast.astrid).text
    page = visit.post(HERE, as_=cast.astrid, status=200, **filled())
    (hook,) = rows(Hook)
    assert hook.secret in page.text and len(hook.secret) == 46
    for path in (HERE, f"{HERE}/{hook.id}"):
        page = visit.get(path, as_=cast.astrid)
        assert hook.secret not in page.html and "secret" not in page.html
        assert "https://8.8.8.8/…" in page.text
    assert acts() == ["HookSaved"]


def test_a_chat_is_added_with_its_system_and_department(visit, cast):
    epj = make_system("EPJ")
    department = str(cast.anne.department_id)
    page = visit.get(f"{HERE}/ny?til=chat", as_=cast.astrid)
    assert page.form(HERE)["kind"] == CHAT and ticked(page) == ["question.asked"]
    more = filled(CHAT, system=str(epj.id), department=department)
    visit.post(HERE, as_=cast.astrid, **more)
    (hook,) = rows(Hook)
    assert (hook.kind, hook.secret, hook.system_id) == (CHAT, "", epj.id)
    page = visit.get(HERE, as_=cast.astrid)
    assert "EPJ, Akutafdelingen" in page.text and "Slået til" in page.text
    assert "Hemmelighed" not in visit.get(f"{HERE}/{hook.id}", as_=cast.astrid).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"url": "http://8.8.8.8/"}, "Adressen skal begynde med https://."),
        ({"url": "https://10.0.0.5/"}, "peger ind i et lukket net"),
        ({"url": "https://inside.example.com/"}, "peger ind i et lukket net"),
        ({"url": "https://nowhere.example.com/"}, "Adressens navn findes ikke."),
        ({"url": "https://anne:kode@8.8.8.8/"}, "brugernavn og adgangskode"),
        ({"url": "https://8.8.8.8:8443/"}, "må ikke have en port"),
        ({"url": "https://8.8.8.8/#x"}, "må ikke have et #"),
        ({"url": ""}, "Skriv en hel adresse"),
        ({"url": "https://8.8.8.8/" + "x" * 2000}, "Der er plads til 2000 tegn"),
        ({"name": " "}, "Skriv, hvad webhooken hedder."),
        ({"name": "Om 010190-1234"}, "ligner et CPR-nummer"),
        ({"events": []}, "Vælg mindst én hændelse."),
    ],
)
def test_a_refused_form_keeps_what_was_typed(visit, cast, monkeypatch, fields, words):
    known = {"inside.example.com": ["10.0.0.5"], "8.8.8.8": ["8.8.8.8"], "10.0.0.5": ["10.0.0.5"]}

    def resolve(host, _port):
        if host not in known:
            raise OSError
        return known[host]

    monkeypatch.setattr(addresses, "resolve", resolve)
    typed = filled() | fields
    page = visit.post(HERE, as_=cast.astrid, status=400, **typed)
    assert words in page.text and rows(Hook) == []
    form = page.form(HERE)
    assert (form["name"], form["url"]) == (typed["name"], typed["url"])


@pytest.mark.parametrize(
    "fields",
    [{"kind": "mail"}, {"kind": ""}, {"events": "vote.cast"}, {"system": "999"}, {"system": "x"},
     {"department": "-1"}],
)  # fmt: skip
def test_what_no_form_of_ours_would_send_is_refused(visit, cast, fields):
    visit.post(HERE, as_=cast.astrid, status=400, **(filled() | fields))
    assert rows(Hook) == []


def test_a_form_that_does_not_exist_is_refused(visit, cast):
    visit.get(f"{HERE}/ny?til=fax", as_=cast.astrid, status=400)
    visit.get(f"{HERE}/7", as_=cast.astrid, status=404)


def test_a_hook_is_changed_and_keeps_its_address(visit, cast):
    hook = hooked(cast.astrid, name="Gammelt navn")
    here = f"{HERE}/{hook.id}"
    form = visit.get(here, as_=cast.astrid).form(here, "name")
    assert form["url"] == ""
    changed = filled(url="", name="Nyt navn", events=["post.hidden", "question.asked"])
    visit.post(here, as_=cast.astrid, **changed, is_active="on")
    (row,) = rows(Hook)
    assert (row.name, row.url, row.events) == ("Nyt navn", URL, "question.asked post.hidden")


def test_a_hook_that_is_off_is_deleted_with_its_log(visit, cast):
    hook = hooked(cast.astrid)
    asked(cast.anne)
    here = f"{HERE}/{hook.id}"
    visit.post(f"{here}/sletning", as_=cast.astrid)
    assert "Slå webhooken fra" in visit.get(here, as_=cast.astrid).text
    visit.post(here, as_=cast.astrid, **filled(url=""))
    page = visit.get(here, as_=cast.astrid)
    assert "Webhooken er slået fra." in page.text and "Opgivet" in page.text
    assert not page.has_form(f"{here}/proeve")
    visit.post(f"{here}/sletning", as_=cast.astrid)
    assert rows(Hook) == rows(Delivery) == []
    assert acts() == ["HookSaved", "HookSaved", "HookDropped"]


def test_the_log_tells_what_was_sent_and_sends_it_again(visit, cast):
    hook = hooked(cast.astrid, "question.asked")
    question = asked(cast.anne)
    here = f"{HERE}/{hook.id}"
    (row,) = deliveries(hook)
    page = visit.get(here, as_=cast.astrid)
    assert "Nyt spørgsmål" in page.text and "Venter" in page.text
    assert not page.has_form(f"{HERE}/beskeder/{row.id}/igen")
    end(row, DEAD, status=404, error="status", attempts=1)
    page = visit.get(here, as_=cast.astrid)
    assert "Opgivet" in page.text and "404" in page.text
    assert "Modtageren svarede med en fejl" in page.text and f"/s/{question.id}" in page.html
    visit.post(f"{HERE}/beskeder/{row.id}/igen", as_=cast.astrid)
    assert "sendt igen" in visit.get(here, as_=cast.astrid).text
    assert [each.again_of_id for each in deliveries(hook)] == [None, row.id]


def test_a_long_log_stands_page_by_page(visit, cast):
    hook = hooked(cast.astrid, "question.asked")
    asked(cast.anne)
    (row,) = deliveries(hook)
    for _ in range(20):
        end(deliveries(hook)[-1])
        send_again(row.id, by=cast.astrid)
    first = visit.get(f"{HERE}/{hook.id}", as_=cast.astrid)
    (older,) = [link.get("href") for link in first.all("a") if link.get("rel") == "next"]
    assert len(visit.get(older, as_=cast.astrid).all("tr")) == 2
    visit.get(f"{HERE}/{hook.id}?efter=x", as_=cast.astrid, status=400)


def test_a_trial_and_a_new_secret(visit, cast):
    hook = hooked(cast.astrid)
    old = hook.secret
    visit.post(f"{HERE}/{hook.id}/proeve", as_=cast.astrid)
    assert "Prøve fra MidtLink" in visit.get(f"{HERE}/{hook.id}", as_=cast.astrid).text
    page = visit.post(f"{HERE}/{hook.id}/hemmelighed", as_=cast.astrid, status=200)
    (row,) = rows(Hook)
    assert row.secret != old and row.secret in page.text
    teams = chat(cast.astrid)
    visit.post(f"{HERE}/{teams.id}/hemmelighed", as_=cast.astrid, status=400)
    assert acts() == ["HookSaved", "HookTried", "HookSecretRenewed", "HookSaved"]


def test_exceptions_are_shown_and_a_missing_address_is_warned_of(visit, cast, app, monkeypatch):
    known = addresses.read_origins("http://127.0.0.1:8025 https://int.hospital.dk:8443")
    made = Surroundings("https://midtlink.example", known)
    monkeypatch.setitem(app.extensions.setdefault("midtlink", {}), "hooks", made)
    text = visit.get(HERE, as_=cast.astrid).text
    assert "http://127.0.0.1:8025" in text and "https://int.hospital.dk:8443" in text
    assert "Sæt BASE_URL" in text


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_ask_the_database_as_much_with_one_as_with_many(visit, cast, count):
    epj = make_system("EPJ")
    about = {"system_id": epj.id, "department_id": cast.anne.department_id}
    hook = [hooked(cast.astrid, "question.asked", **about) for _ in range(count)][-1]
    asked(cast.anne, system_slug="epj")
    for _ in range(count):
        end(deliveries(hook)[-1])
        send_again(deliveries(hook)[0].id, by=cast.astrid)
    assert statements_of(visit, HERE, cast.astrid) == 1
    assert statements_of(visit, f"{HERE}/{hook.id}", cast.astrid) == 4


@both
def test_nobody_else_keeps_hooks(cast):
    hook = hooked(cast.astrid)
    asked(cast.anne)
    row = deliveries(hook)[0]
    wanted = Wanted("Min", URL, ["question.asked"])
    for person in (cast.anne, cast.bodil, cast.mogens, None):
        for doing in (
            lambda by: make_hook(SYSTEM, wanted, by=by),
            lambda by: change_hook(hook.id, wanted, by=by),
            lambda by: renew_secret(hook.id, by=by),
            lambda by: drop_hook(hook.id, by=by),
            lambda by: send_again(row.id, by=by),
            lambda by: send_trial(hook.id, by=by),
        ):
            with pytest.raises(NotAllowed):
                doing(person)


@both
def test_what_is_off_is_not_sent_to(cast):
    hook = hooked(cast.astrid)
    asked(cast.anne)
    (row,) = deliveries(hook)
    with pytest.raises(Conflict):
        send_again(row.id, by=cast.astrid)
    change_hook(hook.id, Wanted(hook.name, "", ["question.asked"], is_active=False), by=cast.astrid)
    assert [each.state for each in deliveries(hook)] == [DEAD]
    for doing in (lambda: send_again(row.id, by=cast.astrid),
                  lambda: send_trial(hook.id, by=cast.astrid)):  # fmt: skip
        with pytest.raises(Refused, match="switched_off"):
            doing()
    with pytest.raises(NotFound):
        send_again(999, by=cast.astrid)


@both
def test_switching_on_again_forgets_the_failures(cast, clock):
    hook = hooked(cast.astrid, is_active=False)

    def fail():
        db.session.get(Hook, hook.id).failing_since = clock.moment

    in_transaction(fail)
    change_hook(hook.id, Wanted(hook.name, "", ["question.asked"]), by=cast.astrid)
    assert rows(Hook)[0].failing_since is None


@both
def test_a_name_is_taken_however_it_is_written_and_there_is_an_end(cast):
    hooked(cast.astrid, name="Teams EPJ")
    with pytest.raises(Refused, match="taken"):
        hooked(cast.astrid, name="TEAMS epj")
    for number in range(MOST_HOOKS - 1):
        hooked(cast.astrid, name=f"Krog nummer {number}")
    with pytest.raises(Refused, match="too_many_hooks"):
        hooked(cast.astrid)


@both
def test_a_chat_is_told_only_of_what_there_is_to_read(cast):
    hook = chat(cast.astrid, "post.hidden", "question.asked")
    assert hook.events == "question.asked"
    with pytest.raises(Refused, match="none_chosen"):
        chat(cast.astrid, "post.hidden")


def end(row, state=SENT, **values):
    """End a delivery, as the sweeper does."""

    def work():
        found = db.session.get(Delivery, row.id)
        found.state = state
        for name, value in values.items():
            setattr(found, name, value)

    in_transaction(work)
