"""A number in a moderator's reason: masked or kept by one press, the decision not forgotten."""

import pytest

from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.questions.records import Flag
from tests.questions.threads import asked


@pytest.fixture
def report(cast):
    return flag(asked(cast.anne), reason="wrong", by=cast.karim)


def decision(report):
    return db.session.get(Flag, report.id, populate_existing=True)


def refused(visit, cast, report):
    return visit.post(
        f"/meldinger/{report.id}/afgoerelse",
        as_=cast.mogens,
        status=400,
        because="Se 010190-1234",
        uphold="yes",
    )


def test_the_decision_is_carried_past_the_guard(visit, cast, report):
    page = refused(visit, cast, report)
    sent = page.form(f"/meldinger/{report.id}/afgoerelse")
    assert sent["uphold"] == "yes"
    kept = {name: sent[name] for name in ("because", "uphold", "key", "not_cpr")}
    visit.post(f"/meldinger/{report.id}/afgoerelse", as_=cast.mogens, **kept)
    assert decision(report).is_upheld
    assert decision(report).decision == "Se 010190-1234"


def test_masking_decides_nothing_yet(visit, cast, report):
    sent = refused(visit, cast, report).form(f"/meldinger/{report.id}/afgoerelse")
    page = visit.post(
        f"/meldinger/{report.id}/afgoerelse",
        as_=cast.mogens,
        status=200,
        because=sent["because"],
        mask=sent["mask"],
    )
    assert "XXXXXX-XXXX" in page.html
    assert decision(report).decided_at is None
