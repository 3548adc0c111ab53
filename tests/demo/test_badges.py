"""The demo hospital shows badges as soon as the sweeper has looked."""

from midtlink.extensions import db
from midtlink.people.queries import get_person
from midtlink.reputation.badges.queries import badges_of
from midtlink.reputation.records import BadgeAward


def test_the_sweeper_finds_badges_of_most_kinds(app):
    run = app.test_cli_runner()
    assert run.invoke(args=["demo"]).exit_code == 0
    assert run.invoke(args=["reputation", "badges"]).exit_code == 0
    assert db.session.query(BadgeAward.badge).distinct().count() >= 15
    anne = get_person("anne")
    assert len(badges_of(anne, seen_by=anne)) >= 5
