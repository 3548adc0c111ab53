"""Groups of synonyms that were deleted, until nobody wants them back."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("search_synonyms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM search_synonyms WHERE deleted_at IS NOT NULL"))
    with op.batch_alter_table("search_synonyms", schema=None) as batch_op:
        batch_op.drop_column("deleted_at")
