"""Where imported rows come from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("files", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_sources")),
        sa.UniqueConstraint("name", name=op.f("uq_import_sources_name")),
    )
    op.create_table(
        "imported_badges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("is_for_tag", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("origin_key", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_imported_badges_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_badges")),
        sa.UniqueConstraint(
            "origin", "origin_key", name=op.f("uq_imported_badges_origin_origin_key")
        ),
    )
    with op.batch_alter_table("imported_badges", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_imported_badges_person_id"), ["person_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("imported_badges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_badges_person_id"))

    op.drop_table("imported_badges")
    op.drop_table("import_sources")
