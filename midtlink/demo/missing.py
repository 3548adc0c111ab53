"""What colleagues of the demo hospital searched for and did not find."""

from datetime import datetime, timedelta

from midtlink import guarding
from midtlink.demo.hospital import read
from midtlink.extensions import db
from midtlink.search.counting import key_of
from midtlink.search.models import Unfound
from midtlink.topics.queries import suggest_system


def store_unfound(now: datetime) -> None:
    """Store the searches of happenings.toml that nobody has seen to yet."""
    for row in read("happenings")["unfound"]:
        guarding.check({"words": row["words"]})
        last_at = now - timedelta(hours=row["hours_ago"])
        unfound = Unfound(
            key=key_of(row["words"]),
            words=row["words"],
            system=suggest_system(row["words"]),
            zero_count=row["zero"],
            unopened_count=row["unopened"],
            first_at=last_at - timedelta(days=row["zero"] + row["unopened"]),
            last_at=last_at,
        )
        db.session.add(unfound)
