"""Nothing that people type runs in a real Chromium, not even where the policy is switched off."""

from itertools import islice
from urllib.parse import quote

import pytest

from tests.browser.parts import sign_in
from tests.browser.payloads import DATA, PASSWORD, READER, TOGETHER, Seeding, payloads
from tests.browser.site import running

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is absent")

#: Payloads call these; other code that runs shows as an error of the page.
TRAP = """
window.executed = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = (...words) => { window.executed.push(name + "(" + words + ")"); };
"""
#: What would run at a click, a move of the mouse or by itself, and what reaches elsewhere.
LOOK = """() => {
  const found = [...window.executed];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on|^srcdoc$/i.test(name)) found.push(element.tagName + " " + name);
      if (/^\\s*(javascript|vbscript|data):/i.test(value) && /href|src|action|data/i.test(name))
        found.push(element.tagName + " " + name + "=" + value);
    }
    if (/^(iframe|object|embed|frame|base|applet|math|style|marquee)$/i.test(element.localName))
      found.push(element.localName);
    if (element.localName === "script" && !element.src.startsWith(location.origin + "/static/"))
      found.push("script");
  }
  return found;
}"""
#: How many pages are loading at once, and how many of each kind stand for all.
TABS, SOME = 4, 10


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A running MidtLink full of payloads: its address and what was posted."""
    folder = tmp_path_factory.mktemp("attacked")
    posted = Seeding(folder)
    posted.run()
    with running(folder) as (address, _process):
        yield address, posted


@pytest.fixture
def tabs(attacked, browser, request):
    """Pages with the trap set, of somebody who may see everything; `request.param` are options."""
    context = browser.new_context(base_url=attacked[0], **getattr(request, "param", {}))
    context.add_init_script(TRAP)
    opened = [context.new_page() for _ in range(TABS)]
    sign_in(opened[0], READER, PASSWORD)
    yield opened
    context.close()


def caught(tabs, address, paths):
    """Open the paths, several at once, and return what ran there or could run."""
    found, paths = [], iter(paths)
    for tab in tabs:
        tab.on("pageerror", lambda error: found.append(f"error: {error}"))
        tab.on("dialog", lambda dialog: (found.append("dialog"), dialog.dismiss()))
        tab.on("request", lambda request: _note_foreign(request, address, found))
    while some := list(islice(paths, len(tabs))):
        opened = list(zip(tabs, some, strict=False))
        for tab, path in opened:
            tab.goto(path, wait_until="commit")
        for tab, path in opened:
            tab.wait_for_load_state("load")
            found += [f"{path}: {words}" for words in tab.evaluate(LOOK)]
    return found


def _note_foreign(request, address, found):
    if not request.url.startswith((f"{address}/", "data:image/svg")):
        found.append(f"request to {request.url}")


def threads(posted):
    """Every thread: its title, body, answer, comment and author are payloads."""
    return [f"/q/{number}" for number in posted.question_ids]


def others(posted):
    """Lists, profiles, tags, searches, prints, histories, forms and administration."""
    numbers = posted.question_ids
    yield from (f"/p/p{number}" for number in range(0, len(payloads()), TOGETHER))
    yield from (f"/spoergsmaal?efter={number}" for number in [*numbers[TOGETHER::20], numbers[-1]])
    yield from (f"/tag/{name}" for name in posted.tags)
    yield from (f"/soeg?q={quote(text[:200])}" for text in payloads()[::SOME])
    for number in numbers[::SOME]:
        yield from (f"/q/{number}/udskriv", f"/post/{number}/historik", f"/post/{number}/rediger")
    yield from ("/", "/spoerg", "/emner", "/kladder", "/administration/journal")
    yield from (
        "/administration/afdelinger",
        "/administration/systemer",
        "/administration/ny-person",
    )
    yield from (f"/administration/personer?q=p{number}" for number in range(10))
    yield from (f"/administration/personer/p{number}" for number in range(0, 300, 30))


without_policy = pytest.mark.parametrize(
    "tabs", [{"bypass_csp": True}], indirect=True, ids=["open"]
)
IMAGE = "document.body.innerHTML += '<img src=/x onerror=alert(1)>'"


@without_policy
def test_trap_catches_what_runs(tabs):
    tabs[0].evaluate(IMAGE)
    tabs[0].wait_for_function("window.executed.length")
    assert tabs[0].evaluate(LOOK) == ["alert(1)", "IMG onerror"]


def test_policy_stops_what_slips_in(tabs):
    tabs[0].evaluate(IMAGE)
    tabs[0].wait_for_load_state("networkidle")
    assert tabs[0].evaluate("window.executed") == []


@without_policy
def test_no_payload_runs_in_a_thread_without_the_policy(tabs, attacked):
    address, posted = attacked
    assert len(posted.question_ids) >= 290
    assert caught(tabs, address, threads(posted)) == []


@without_policy
def test_no_payload_runs_on_other_pages_without_the_policy(tabs, attacked):
    address, posted = attacked
    assert caught(tabs, address, others(posted)) == []


def test_no_payload_runs_under_the_policy(tabs, attacked):
    address, posted = attacked
    assert caught(tabs, address, threads(posted)[::SOME]) == []
