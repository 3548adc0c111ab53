"""The key to one's feeds: made once, kept as a hash, ended at will."""

import pytest

from midtlink.access import NotAllowed
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.feeds.keys import end_key, find_key, key_of, make_key
from midtlink.notifications.records import FeedKey
from midtlink.people.activating import deactivate
from tests.world.racing import all_at_once

pytestmark = pytest.mark.both_databases


def test_a_key_leads_to_its_person_and_is_kept_as_a_hash(cast):
    token = make_key(by=cast.anne)
    assert find_key(token).person == cast.anne
    assert len(token) >= 43
    assert token not in str(db.session.query(FeedKey.token_hash).all())


def test_a_new_key_ends_the_old_one(cast):
    old, other = make_key(by=cast.anne), make_key(by=cast.jonas)
    new = make_key(by=cast.anne)
    assert find_key(old) is None
    assert find_key(new).person == cast.anne
    assert find_key(other).person == cast.jonas


def test_a_key_is_ended_by_its_person(cast):
    token = make_key(by=cast.anne)
    end_key(by=cast.jonas)
    assert find_key(token)
    for _ in range(2):
        end_key(by=cast.anne)
    assert find_key(token) is None
    assert key_of(cast.anne) is None


def test_the_key_of_who_has_left_opens_nothing_at_once(cast):
    token = make_key(by=cast.anne)
    in_transaction(lambda: deactivate(cast.anne, by=cast.astrid))
    assert find_key(token) is None


@pytest.mark.parametrize("verb", [make_key, end_key])
def test_who_has_left_or_is_nobody_gets_none(cast, verb):
    for person in (cast.leif, None):
        with pytest.raises(NotAllowed):
            verb(by=person)


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "æ" * 5000])
def test_what_is_no_key_opens_nothing(cast, token):
    make_key(by=cast.anne)
    assert find_key(token) is None


def test_the_journal_tells_that_there_is_a_key_and_not_which(cast):
    token = make_key(by=cast.anne)
    end_key(by=cast.anne)
    rows = db.session.query(JournalEntry).order_by(JournalEntry.id).all()
    assert [row.act for row in rows] == ["FeedKeyMade", "FeedKeyEnded"]
    assert token not in str([row.facts for row in rows])


def test_keys_made_at_once_leave_one(app, cast):
    anne = cast.anne
    tokens = all_at_once(app, [lambda: make_key(by=anne)] * 8)
    assert sum(find_key(token) is not None for token in tokens) == 1
