"""Every page a person can open, who opens it, and how its address is found from the demo data."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlsplit

from tests.browser.parts import ADMINISTRATOR, MODERATOR, NURSE, REVIEWER
from tests.browser.site import NOBODY

SOLVED, UNANSWERED, MINE = (
    f"/spoergsmaal?vis={shown}" for shown in ("loest", "ubesvarede", "mine")
)
CPR = "010190-1234"


@dataclass(frozen=True)
class Entry:
    """A page: its name in file names, its address (or the way to it), who opens it."""

    name: str
    address: str | Callable
    part: str | None = NURSE
    status: int = 200

    def open(self, page):
        """Go to the page; a callable finds the address with the browser, or goes there itself."""
        address = self.address if isinstance(self.address, str) else self.address(page)
        if address:
            page.goto(address)


def found_once(find):
    """Remember what a finder found: the demo's addresses stay as they are."""
    found = []

    @wraps(find)
    def remembering(page):
        if not found:
            found.append(find(page))
        return found[0]

    return remembering


def first_link(listing, beginning, suffix=""):
    """Find the first address on a page that begins so, and add a suffix."""

    @found_once
    def find(page):
        page.goto(listing)
        link = page.locator(f"main a[href^='{beginning}']").first.get_attribute("href")
        return link.split("#")[0].split("?")[0] + suffix

    return find


def of_question(listing, ending):
    """Find the first question of a list and return one of its other addresses."""

    @found_once
    def find(page):
        return ending.format(number=first_link(listing, "/q/")(page).split("/")[2])

    return find


def sent(address, action, button=".is-primary, .is-danger", **fields):
    """Fill in the form of an action and send it, to see what the page answers."""

    def send(page):
        page.goto(address if isinstance(address, str) else address(page))
        form = page.locator(f"main form[action$='{action}']")
        for name, words in fields.items():
            form.locator(f"[name={name}]").fill(words)
        form.locator(f"[type=submit]:is({button})").click()
        page.wait_for_load_state()

    return send


def decided(listing, **fields):
    """Press the last button of the first form that a list leads to, to see what it answers."""

    def send(page):
        page.goto(first_link(listing, f"{listing}/")(page))
        form = page.locator("main form[action$='/afgoerelse']")
        for name, words in fields.items():
            form.locator(f"[name={name}]").fill(words)
        form.locator("[name=reverse]").last.click()
        page.wait_for_load_state()

    return send


def kept_search(page):
    """Save a search, and go to the list of those that were saved."""
    page.goto("/soeg?q=etiketter")
    save = page.locator("main form[action='/soegninger'] [type=submit]")
    if save.count():
        save.click()
        page.wait_for_load_state()
    return "/soegninger"


kept_award = first_link("/administration/priser", "/administration/priser/")


def award_page(page):
    """Return where everybody sees the first of the hospital's own awards."""
    return f"/priser/{kept_award(page).rsplit('/', 1)[1]}"


@found_once
def made_hook(page):
    """Add a system that is told of new questions, try it, and return the address of its page."""
    page.goto("/administration/webhooks/ny?til=system")
    page.locator("main form [name=name]").fill("Driftsystemet")
    page.locator("main form [name=url]").fill(f"{NOBODY}/midtlink?key=hemmelig")
    page.locator("main form [value='question.asked']").check()
    page.locator("main form .is-primary").click()
    page.locator("main form[action$='/proeve'] button").click()
    page.wait_for_load_state()
    return urlsplit(page.url).path


def some_hooks(page):
    """Return the list of webhooks, when there are some."""
    return made_hook(page).rpartition("/")[0]


def made_key(page):
    """Make a key to one's feeds, whether or not there is one already, to see its addresses."""
    page.goto("/mig/feeds")
    page.locator("main form[action='/mig/feeds/noegle'] [type=submit]").click()
    page.wait_for_load_state()


PAGES = [
    Entry("sign-in", "/log-ind", None),
    Entry(
        "sign-in-refused", sent("/log-ind", "/log-ind", username="anne", password="?"), None, 400
    ),
    Entry("password-link-dead", "/adgang/findes-ikke", None, 404),
    Entry("forgotten-password", "/glemt-adgangskode", None),
    Entry("unsubscribe-dead", "/afmeld/findes-ikke", None, 404),
    Entry("not-found-signed-out", "/findes-ikke", None, 404),
    Entry("home", "/"),
    Entry("home-unanswered", "/?vis=ubesvarede"),
    Entry("home-newest", "/?vis=nyeste"),
    Entry("home-department", "/?vis=afdeling"),
    Entry("list-newest", "/spoergsmaal"),
    Entry("list-solved", SOLVED),
    Entry("list-unanswered", UNANSWERED),
    Entry("list-mine", MINE),
    Entry("list-department", "/spoergsmaal?vis=afdeling"),
    Entry("list-followed", "/spoergsmaal?vis=fulgte"),
    Entry("list-systems", "/spoergsmaal?vis=systemer"),
    Entry("ask", "/spoerg"),
    Entry("ask-refused", sent("/spoerg", "/spoerg", title="", tags="a, b, c, d, e, f"), status=400),
    Entry(
        "ask-guarded",
        sent("/spoerg", "/spoerg", title=f"Hvem er {CPR} her?", body="Ja"),
        status=400,
    ),
    Entry("question-solved", first_link(SOLVED, "/q/")),
    Entry("question-unanswered", first_link(UNANSWERED, "/q/")),
    Entry("question-own", first_link(MINE, "/q/")),
    Entry("question-refused", sent(first_link(UNANSWERED, "/q/"), "/svar", body=" "), status=400),
    Entry("question-as-it", first_link(SOLVED, "/q/"), REVIEWER),
    Entry("question-as-moderator", first_link(SOLVED, "/q/"), MODERATOR),
    Entry("print", of_question(SOLVED, "/q/{number}/udskriv")),
    Entry("history", of_question(MINE, "/post/{number}/historik")),
    Entry("edit-own", of_question(MINE, "/post/{number}/rediger")),
    Entry("edit-suggest", of_question(SOLVED, "/post/{number}/rediger")),
    Entry("close", of_question(MINE, "/q/{number}/lukning")),
    Entry("flag", of_question(SOLVED, "/post/{number}/meld")),
    Entry("redact", of_question(MINE, "/post/{number}/fjern-tekst")),
    Entry("drafts", "/kladder"),
    Entry("suggestions", "/forslag"),
    Entry("suggestion", first_link("/forslag", "/forslag/")),
    Entry("suggestions-none", "/forslag", REVIEWER),
    Entry("suggestions-all", "/forslag", ADMINISTRATOR),
    Entry("flags", "/meldinger", MODERATOR),
    Entry("helpers", "/hjaelpere"),
    Entry("vote-patterns", "/stemmemoenstre", MODERATOR),
    Entry("vote-patterns-decided", "/stemmemoenstre?vis=afgjorte", MODERATOR),
    Entry("vote-pattern", first_link("/stemmemoenstre", "/stemmemoenstre/"), MODERATOR),
    Entry(
        "vote-pattern-guarded",
        decided("/stemmemoenstre", because=f"Om {CPR}"),
        MODERATOR,
        400,
    ),
    Entry("search", "/soeg?q=etiketter"),
    Entry("search-empty", "/soeg"),
    Entry("search-narrowed", "/soeg?q=printer+status:l%C3%B8st+-bruger:anne+sorter:nyeste"),
    Entry("search-misspelt", "/soeg?q=medicinkrot+score:abc+system:findes-ikke"),
    Entry("search-nothing", "/soeg?q=xyzzy"),
    Entry("saved-searches-none", "/soegninger", REVIEWER),
    Entry("saved-searches", kept_search),
    Entry("inbox", "/beskeder"),
    Entry("inbox-new", "/beskeder?vis=nye"),
    Entry("inbox-later-none", "/beskeder?vis=senere"),
    Entry("inbox-none", "/beskeder", ADMINISTRATOR),
    Entry("feeds", "/mig/feeds", REVIEWER),
    Entry("feeds-with-key", made_key),
    Entry("notice-choices", "/mig/beskeder"),
    Entry(
        "notice-choices-refused",
        sent("/mig/beskeder", "/pause", ".is-plain", paused_until="2001-01-01"),
        status=400,
    ),
    Entry("unfound", "/soegt", REVIEWER),
    Entry("synonyms", "/administration/synonymer", REVIEWER),
    Entry("synonyms-as-administrator", "/administration/synonymer?find=kode", ADMINISTRATOR),
    Entry("synonyms-none", "/administration/synonymer?find=xyzzy", REVIEWER),
    Entry("synonyms-new", "/administration/synonymer/ny", REVIEWER),
    Entry(
        "synonyms-change",
        first_link("/administration/synonymer", "/administration/synonymer/"),
        REVIEWER,
    ),
    Entry(
        "synonyms-held",
        sent("/administration/synonymer/ny", "/ny", words="kodeord, hemmeligt ord"),
        REVIEWER,
        400,
    ),
    Entry("topics", "/emner"),
    Entry("system", "/system/epj"),
    Entry("system-with-trouble", "/system/print", REVIEWER),
    Entry("system-status", "/system/epj/driftsstatus", REVIEWER),
    Entry("tag", first_link("/emner", "/tag/")),
    Entry("tag-describe", first_link("/emner", "/tag/", "/rediger"), MODERATOR),
    Entry("tag-merge", first_link("/emner", "/tag/", "/sammenlaegning"), MODERATOR),
    Entry("tag-synonyms", first_link("/emner", "/tag/", "/synonymer"), MODERATOR),
    Entry("whom-to-ask", "/hvem"),
    Entry("whom-to-ask-narrowed", "/hvem?q=journal&system=epj"),
    Entry("whom-to-ask-none", "/hvem?q=xyzzy&nu=on"),
    Entry("badges", "/badges"),
    Entry("badge", "/badges/solver"),
    Entry("badge-as-moderator", "/badges/first_answer", MODERATOR),
    Entry("badge-revoke", "/badges/thanked/fjernelse", MODERATOR),
    Entry(
        "badge-revoke-refused",
        sent("/badges/thanked/fjernelse", "/fjernelse", username="findes-ikke", because=""),
        MODERATOR,
        400,
    ),
    Entry("own-awards", "/administration/priser", ADMINISTRATOR),
    Entry(
        "own-awards-refused",
        sent("/administration/priser", "/priser", name="Ny pris", description=CPR),
        ADMINISTRATOR,
        400,
    ),
    Entry("own-award-form", kept_award, ADMINISTRATOR),
    Entry("own-award", award_page, ADMINISTRATOR),
    Entry("unsent-mails", "/administration/post", ADMINISTRATOR),
    Entry("waiting-mails", "/administration/post?vis=venter", ADMINISTRATOR),
    Entry("hooks", "/administration/webhooks", ADMINISTRATOR),
    Entry("hook-new-chat", "/administration/webhooks/ny?til=chat", ADMINISTRATOR),
    Entry("hook-new-system", "/administration/webhooks/ny?til=system", ADMINISTRATOR),
    Entry(
        "hook-refused",
        sent("/administration/webhooks/ny", "/webhooks", name=CPR, url="https://10.0.0.5/"),
        ADMINISTRATOR,
        400,
    ),
    Entry("hook", made_hook, ADMINISTRATOR),
    Entry("hooks-some", some_hooks, ADMINISTRATOR),
    Entry("me", "/mig"),
    Entry("sign-ins", "/mig/log-ind"),
    Entry("points", "/mig/point"),
    Entry("points-explained", "/point"),
    Entry("department", "/afdeling/1"),
    Entry("profile-own", "/p/anne"),
    Entry("profile", first_link(SOLVED, "/p/")),
    Entry("profile-thanks", first_link(SOLVED, "/p/", "?vis=tak")),
    Entry("not-found", "/findes-ikke", status=404),
    Entry("not-allowed", "/administration", status=403),
    Entry("administration", "/administration", ADMINISTRATOR),
    Entry("administration-people", "/administration/personer", ADMINISTRATOR),
    Entry("administration-person", "/administration/personer/anne", ADMINISTRATOR),
    Entry("administration-new-person", "/administration/ny-person", ADMINISTRATOR),
    Entry("administration-departments", "/administration/afdelinger", ADMINISTRATOR),
    Entry("administration-department", "/administration/afdelinger/1", ADMINISTRATOR),
    Entry("administration-new-department", "/administration/afdelinger/ny", ADMINISTRATOR),
    Entry("administration-site", "/administration/matrikler/1", ADMINISTRATOR),
    Entry("administration-new-site", "/administration/matrikler/ny", ADMINISTRATOR),
    Entry("administration-systems", "/administration/systemer", ADMINISTRATOR),
    Entry("administration-system", "/administration/systemer/epj", ADMINISTRATOR),
    Entry("administration-new-system", "/administration/systemer/ny", ADMINISTRATOR),
    Entry("administration-super-users", "/administration/superbrugere", ADMINISTRATOR),
    Entry("administration-settings", "/administration/indstillinger", ADMINISTRATOR),
    Entry("administration-journal", "/administration/journal", ADMINISTRATOR),
]
