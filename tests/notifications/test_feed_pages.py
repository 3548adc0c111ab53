"""/mig/feeds: getting a key, its addresses once, ending it."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.feeds.keys import find_key, make_key
from midtlink.notifications.records import FeedKey
from midtlink.people.policy import COMMAND_LINE
from midtlink.settings.changing import change_setting
from midtlink.topics.following import follow_system, follow_tag
from midtlink.topics.queries import tags_named
from tests.topics.making import make_system

HERE, MAKE, END = "/mig/feeds", "/mig/feeds/noegle", "/mig/feeds/noegle/afslut"


def addresses(page):
    """The addresses on the page that can be copied."""
    return [each.get("data-copy") for each in page.all("button") if each.get("data-copy")]


def test_the_addresses_are_shown_once(visit, cast):
    anne, epj = cast.anne, make_system("EPJ")
    tag = in_transaction(lambda: tags_named(["print"], by=None))[0]
    in_transaction(lambda: (follow_system(epj, by=anne), follow_tag(tag, by=anne)))
    assert "Du har ingen nøgle." in visit.get(HERE, as_=anne).text
    page = visit.post(MAKE, as_=anne, status=200)
    found = addresses(page)
    token = found[0].split("/")[4]
    assert [each.removeprefix(f"http://localhost/feed/{token}/") for each in found] == [
        "ubesvarede.xml",
        "afdeling.xml",
        "system/epj.xml",
        "tag/print.xml",
    ]
    for address in found:
        visit.get(address.removeprefix("http://localhost"))
    later = visit.get(HERE, as_=anne)
    assert token not in later.html
    assert addresses(later) == []


def test_a_key_is_made_anew_and_ended_on_the_page(visit, cast):
    anne = cast.anne
    first = make_key(by=anne)
    assert not visit.get(HERE, as_=cast.jonas).has_form(END)
    second = addresses(visit.post(MAKE, as_=anne, status=200))[0].split("/")[4]
    assert find_key(first) is None
    assert find_key(second)
    assert visit.post(END, as_=anne).location == HERE
    page = visit.get(HERE, as_=anne)
    assert "Dine adresser virker ikke længere." in page.text
    assert find_key(second) is None


def test_the_page_says_what_leaves_the_house(visit, cast):
    assert "hvilket system og hvilken afdeling" in visit.get(HERE, as_=cast.anne).text
    in_transaction(lambda: change_setting("mail_shows_titles", "on", by=COMMAND_LINE, by_id=None))
    assert "dets titel" in visit.get(HERE, as_=cast.anne).text


def test_who_works_nowhere_gets_no_feed_of_a_department(visit, cast):
    anne = cast.anne
    in_transaction(lambda: setattr(anne, "department", None))
    assert len(addresses(visit.post(MAKE, as_=anne, status=200))) == 1


@pytest.mark.parametrize("address", [MAKE, END])
def test_what_is_refused(visit, cast, address):
    visit.post(address, status=401)
    visit.get(address, as_=cast.anne, status=405)
    visit.post(address, as_=cast.anne, status=400, token=False)
    assert db.session.query(FeedKey).count() == 0


def test_the_page_is_for_colleagues(visit, cast):
    assert visit.get(HERE, status=303).location.startswith("/log-ind")


def test_ones_own_page_leads_there(visit, cast):
    links = [each.get("href") for each in visit.get("/mig", as_=cast.anne).all("a")]
    assert HERE in links
