"""Nothing that people type runs in a real Chromium, not even where the policy is switched off.

Pages that show many texts are opened as people open them, scripts and all. There are thousands of
pages that show one text each: they are poured into frames, through the same parser and under the
same policy, only without our own scripts and styles.
"""

import html
import re
from urllib.parse import quote, urljoin

import pytest
from markupsafe import escape

from tests.browser.parts import sign_in
from tests.browser.payloads import DATA
from tests.browser.posting import PASSWORD, READER, Posting, person_named
from tests.browser.site import running
from tests.world.visit import Visitor

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is absent")

#: Payloads call these; other code that runs shows as an error of the page.
TRAP = """(window) => {
  window.executed = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = (...words) => { window.executed.push(name + "(" + words + ")"); };
}"""
#: What ran, what would at a click, a move of the mouse or by itself, and what reaches elsewhere.
LOOK = """(window) => {
  const found = [...window.executed];
  // Of the prototype: a form's own fields can stand in their place.
  const { getAttribute, getAttributeNames, matches } = Element.prototype;
  for (const element of window.document.querySelectorAll("*")) {
    const name = Object.prototype.toString.call(element);
    for (const attribute of getAttributeNames.call(element)) {
      const value = getAttribute.call(element, attribute);
      if (/^on|^srcdoc$/i.test(attribute)) found.push(name + " " + attribute);
      const leads = /href|src|action|data/i.test(attribute);
      if (leads && /^\\s*(javascript|vbscript|data):/i.test(value))
        found.push(name + " " + attribute + "=" + value);
    }
    if (matches.call(element, "iframe, object, embed, frame, base, applet, math, style, marquee"))
      found.push(name);
    if (matches.call(element, "body meta, body link, script:not([src^='/static/'])"))
      found.push(name);
  }
  return found;
}"""
PATIENCE = 20_000
#: Writes each text as the document of a frame of its own and looks at what became of it. What
#: does not load within the milliseconds is poured once more, and then told of: no test may hang.
POUR = f"""async (pages) => {{
  const look = {LOOK}, trap = {TRAP};
  const pour = async ([path, text], isLast = false) => {{
    const frame = document.body.appendChild(document.createElement("iframe"));
    trap(frame.contentWindow);
    const loaded = new Promise((done) => {{ frame.onload = () => done(true); }});
    const late = new Promise((done) => setTimeout(done, {PATIENCE}, false));
    frame.contentDocument.open();
    frame.contentDocument.write(text);
    frame.contentDocument.close();
    if (!await Promise.race([loaded, late])) {{
      frame.remove();
      return isLast ? [path + ": was not loaded"] : pour([path, text], true);
    }}
    const found = look(frame.contentWindow).map((words) => path + ": " + words);
    frame.remove();
    return found;
  }};
  return (await Promise.all(pages.map((page) => pour(page)))).flat();
}}"""
#: Our own scripts, styles and icons, which a poured page goes without.
OURS = re.compile(
    r'<script (?:type="module" )?src="/static/[^>]*></script>|<link [^>]*"/static/[^>]*>'
    r'|<meta name="(?:csrf-token|htmx-config)" [^>]*>'
    r'|<img [^>]*"/static/[^>]*>|<use href="/static/[^>]*></use>'
)
OLDER = re.compile(r'href="([^"]*)" rel="next"')
AT_ONCE, SOME = 20, 10
#: Profiles are short: so many are one document.
TOGETHER = 12
IMAGE = "<img src=/x onerror=alert(1)>"


@pytest.fixture(scope="module")
def posted(tmp_path_factory):
    """What was posted, with the address of the MidtLink that shows it."""
    folder = tmp_path_factory.mktemp("attacked")
    posted = Posting(folder)
    posted.run()
    with running(folder) as (address, _process):
        posted.address = address
        yield posted


@pytest.fixture(params=[True, False], ids=["without-policy", "with-policy"])
def tab(posted, browser, request):
    """A page with the trap set, of somebody who may see everything; it notes what should not be."""
    context = browser.new_context(base_url=posted.address, bypass_csp=request.param)
    context.add_init_script(f"({TRAP})(window)")
    tab = context.new_page()
    sign_in(tab, READER, PASSWORD)
    tab.found, tab.has_policy = [], not request.param
    tab.on("pageerror", lambda error: tab.found.append(f"error: {error}"))
    tab.on("dialog", lambda dialog: (tab.found.append("dialog"), dialog.dismiss()))
    tab.on("request", lambda request: _note_foreign(request, posted.address, tab.found))
    yield tab
    context.close()


def _note_foreign(request, address, found):
    if not request.url.startswith((f"{address}/", "data:image/svg", "about:blank")):
        found.append(f"request to {request.url}")


@pytest.fixture(scope="module")
def read(posted):
    """Every page that shows what was posted, by its path, as the reader is sent it."""
    with posted.app.app_context():
        client = Visitor(posted.app).client(person_named(READER))
    pages = {path: _page(client, path) for path in singles(posted)}
    for path in lists(posted):
        pages |= _read_on(client, path)
    return pages


def _page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def _read_on(client, path):
    """The page, and the older ones that follow it."""
    found = {}
    while path:
        found[path] = _page(client, path)
        older = OLDER.search(found[path])
        path = older and urljoin(path, html.unescape(older[1]))
    return found


def lists(posted):
    """Pages that show dozens of what was posted; most are followed by older ones."""
    yield from ("/", "/spoergsmaal", "/emner", "/kladder", "/spoerg", "/mig", "/forslag")
    yield from (
        "/meldinger",
        "/soeg?q=script",
        "/administration/personer",
    )
    yield from ("/administration/afdelinger", "/administration/systemer")
    yield from ("/administration/ny-person", "/administration/superbrugere")


def singles(posted):
    """Pages that show one question, tag, person, department or search each.

    Every thread and every profile is here; the other pages show again what stands in one of them
    or a list, and take turns. Of the journal, which shows names alone, one page is enough.
    """
    yield "/administration/journal"
    yield from posted.threads + posted.forms + posted.suggestions + posted.tag_pages[::SOME]
    yield from (f"/p/p{number}" for number in range(len(posted.phones)))
    yield from (f"/soeg?q={quote(text[:200])}" for text in posted.texts[::SOME])
    yield from (f"/administration/personer/p{number}" for number in range(0, 300, 30))
    yield from (f"/administration/afdelinger/{number}" for number in range(1, 300, SOME))


def poured(tab, pages):
    """Pour the pages into frames of the tab and return what ran there or could run."""
    texts = list(documents({path: OURS.sub("", text) for path, text in pages.items()}))
    for some in [texts[at : at + AT_ONCE] for at in range(0, len(texts), AT_ONCE)]:
        tab.found += tab.evaluate(POUR, some)
    return tab.found


def documents(pages):
    """The pages, each under its path; of profiles several below each other, with their titles."""
    profiles = [path for path in pages if path.startswith("/p/")]
    yield from ((path, text) for path, text in pages.items() if path not in profiles)
    for some in [profiles[at : at + TOGETHER] for at in range(0, len(profiles), TOGETHER)]:
        below = "".join(pages[path][pages[path].index("<title>") :] for path in some[1:])
        yield " ".join(some), pages[some[0]] + below


def opened(tab, paths):
    """Open the pages one after the other and return what ran there or could run."""
    for path in paths:
        tab.goto(path)
        tab.found += [f"{path}: {words}" for words in tab.evaluate(f"({LOOK})(window)")]
    return tab.found


def test_trap_catches_what_runs_without_the_policy_alone(tab):
    tab.evaluate(f"document.body.innerHTML += '{IMAGE}'")
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate(f"({LOOK})(window)") == ["alert(1)"] * (not tab.has_policy) + [
        "[object HTMLImageElement] onerror"
    ]


def test_frame_is_under_the_policy_of_its_page(tab):
    found = poured(tab, {"/x": f"<p>{IMAGE}</p>"})
    assert found == ["/x: alert(1)"] * (not tab.has_policy) + [
        "/x: [object HTMLImageElement] onerror"
    ]


def test_no_payload_runs_where_many_are_shown(tab, posted):
    assert opened(tab, [*lists(posted), *posted.threads[::40]]) == []


def test_no_payload_runs_on_any_page(tab, read):
    """Every page where the policy is off, and under it, where less can run, some of them."""
    some = dict(list(read.items())[::SOME]) if tab.has_policy else read
    assert poured(tab, some) == []


def test_every_line_is_shown_as_it_was_typed(read, posted):
    """Nothing is left out of the test above, and nothing that people write is lost."""
    assert len(posted.texts) == 299
    everything = "\n".join(read.values())
    assert [line for line in posted.shown if str(escape(line)) not in everything] == []
