"""The groups of synonyms that a new MidtLink starts with: ../synonyms.toml."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SYNONYMS = sa.table(
    "search_synonyms",
    sa.column("words", sa.String(500)),
    sa.column("changed_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    path = Path(__file__).parents[1] / "synonyms.toml"
    groups = tomllib.loads(path.read_text(encoding="utf-8"))["groups"]
    moment = datetime.now(UTC)
    if op.get_bind().dialect.name == "sqlite":
        moment = moment.replace(tzinfo=None)
    rows = [{"words": ", ".join(group), "changed_at": moment} for group in groups]
    op.bulk_insert(SYNONYMS, rows)


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM search_synonyms WHERE changed_by_id IS NULL"))
