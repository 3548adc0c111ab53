"""What the search keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("indexed", sa.Integer(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_search_entries")),
    )
    with op.batch_alter_table("search_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_search_entries_waiting",
            ["queued_at"],
            unique=False,
            sqlite_where=sa.text("indexed < version"),
            postgresql_where=sa.text("indexed < version"),
        )
        batch_op.create_index(
            "ix_search_entries_withdrawn",
            ["question_id"],
            unique=False,
            sqlite_where=sa.text("is_withdrawn"),
            postgresql_where=sa.text("is_withdrawn"),
        )

    op.create_table(
        "searches",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_found", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_searches")),
    )
    with op.batch_alter_table("searches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_searches_at"), ["at"], unique=False)

    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("query", sa.String(length=300), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_watched", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("new_count", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_saved_searches_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
    )
    with op.batch_alter_table("saved_searches", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_saved_searches_person_id_saved_searches_id"),
            ["person_id", "id"],
            unique=False,
        )

    op.create_table(
        "search_synonyms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["people.id"], name=op.f("fk_search_synonyms_changed_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_synonyms")),
    )
    op.create_table(
        "spared_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("spared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_spared_questions_question_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spared_questions")),
    )
    with op.batch_alter_table("spared_questions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_spared_questions_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "unfound_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("system_id", sa.Integer(), nullable=True),
        sa.Column("zero_count", sa.Integer(), nullable=False),
        sa.Column("unopened_count", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settlement", sa.String(length=12), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_unfound_searches_question_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["people.id"], name=op.f("fk_unfound_searches_settled_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["system_id"], ["systems.id"], name=op.f("fk_unfound_searches_system_id_systems")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unfound_searches")),
        sa.UniqueConstraint("key", name=op.f("uq_unfound_searches_key")),
    )
    with op.batch_alter_table("unfound_searches", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_unfound_searches_settled_at_unfound_searches_last_at"),
            ["settled_at", "last_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_unfound_searches_system_id"), ["system_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("unfound_searches")
    op.drop_table("spared_questions")
    op.drop_table("search_synonyms")
    op.drop_table("saved_searches")
    op.drop_table("searches")
    op.drop_table("search_entries")
