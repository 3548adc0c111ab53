"""Every page a person can open, who opens it, and how its address is found from the demo data."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A page: its name in file names, its address (or how to find it), who opens it."""

    name: str
    address: str | Callable
    part: str | None = "nurse"

    def find(self, page):
        """Return the address; a callable finds it on another page, with the browser."""
        return self.address if isinstance(self.address, str) else self.address(page)


def first_link(listing, pattern, suffix=""):
    """Find the first address on a page that begins as the pattern says."""

    def find(page):
        page.goto(listing)
        link = page.locator(f"main a[href^='{pattern}']").first.get_attribute("href")
        return link.split("#")[0].split("?")[0] + suffix

    return find


def of_question(listing, ending):
    """Find the first question of a list and return one of its other addresses."""

    def find(page):
        address = first_link(listing, "/q/")(page)
        number = address.split("/")[2]
        return ending.format(number=number)

    return find


PAGES = [
    Entry("sign-in", "/log-ind", None),
    Entry("not-found-signed-out", "/findes-ikke", None),
    Entry("home", "/"),
    Entry("home-unanswered", "/?vis=ubesvarede"),
    Entry("list-newest", "/spoergsmaal"),
    Entry("list-solved", "/spoergsmaal?vis=loest"),
    Entry("list-mine", "/spoergsmaal?vis=mine"),
    Entry("ask", "/spoerg"),
    Entry("question-solved", first_link("/spoergsmaal?vis=loest", "/q/")),
    Entry("question-unanswered", first_link("/spoergsmaal?vis=ubesvarede", "/q/")),
    Entry("question-own", first_link("/spoergsmaal?vis=mine", "/q/")),
    Entry("history", of_question("/spoergsmaal?vis=loest", "/post/{number}/historik")),
    Entry("edit-own", of_question("/spoergsmaal?vis=mine", "/post/{number}/rediger")),
    Entry("suggest", of_question("/spoergsmaal?vis=loest", "/post/{number}/rediger")),
    Entry("report", of_question("/spoergsmaal?vis=loest", "/post/{number}/meld")),
    Entry("print", of_question("/spoergsmaal?vis=loest", "/q/{number}/udskriv")),
    Entry("drafts", "/kladder"),
    Entry("suggestions", "/forslag"),
    Entry("search", "/soeg?q=etiketter"),
    Entry("search-nothing", "/soeg?q=xyzzy"),
    Entry("topics", "/emner"),
    Entry("system", "/system/epj"),
    Entry("tag", first_link("/emner", "/tag/")),
    Entry("me", "/mig"),
    Entry("sign-ins", "/mig/log-ind"),
    Entry("profile", first_link("/spoergsmaal?vis=loest", "/p/")),
    Entry("not-found", "/findes-ikke"),
    Entry("flags", "/meldinger", "reviewer"),
    Entry("question-as-it", first_link("/spoergsmaal?vis=loest", "/q/"), "reviewer"),
    Entry("administration", "/administration", "administrator"),
    Entry("administration-people", "/administration/personer", "administrator"),
    Entry("administration-settings", "/administration/indstillinger", "administrator"),
    Entry("administration-journal", "/administration/journal", "administrator"),
]
