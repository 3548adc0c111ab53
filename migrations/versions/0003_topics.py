"""Systems, tags, super-users, and who follows them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("synonym_of_id", sa.Integer(), nullable=True),
        sa.Column("excerpt", sa.String(length=1000), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("description_format", sa.String(length=10), nullable=False),
        sa.Column("description_html", sa.Text(), nullable=False),
        sa.Column("description_licence", sa.String(length=40), nullable=False),
        sa.Column("description_by", sa.String(length=120), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=True),
        sa.Column("origin_digest", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["synonym_of_id"], ["tags.id"], name=op.f("fk_tags_synonym_of_id_tags")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("key", name=op.f("uq_tags_key")),
        sa.UniqueConstraint("name", name=op.f("uq_tags_name")),
    )
    with op.batch_alter_table("tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tags_synonym_of_id"), ["synonym_of_id"], unique=False)

    op.create_table(
        "systems",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("purpose", sa.String(length=500), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_team", sa.String(length=120), nullable=False),
        sa.Column("support_phone", sa.String(length=40), nullable=False),
        sa.Column("status_line", sa.String(length=200), nullable=False),
        sa.Column("is_running", sa.Boolean(), nullable=False),
        sa.Column("promise", sa.String(length=120), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["people.id"], name=op.f("fk_systems_owner_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_systems")),
        sa.UniqueConstraint("name", name=op.f("uq_systems_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_systems_slug")),
    )
    op.create_table(
        "tag_follows",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_tag_follows_person_id_people")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_tag_follows_tag_id_tags")),
        sa.PrimaryKeyConstraint("person_id", "tag_id", name=op.f("pk_tag_follows")),
    )
    with op.batch_alter_table("tag_follows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tag_follows_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "super_users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("system_id", sa.Integer(), nullable=True),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("appointed_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "department_id IS NOT NULL OR system_id IS NOT NULL",
            name=op.f("ck_super_users_of_something"),
        ),
        sa.ForeignKeyConstraint(
            ["appointed_by_id"], ["people.id"], name=op.f("fk_super_users_appointed_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_super_users_department_id_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_super_users_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["system_id"], ["systems.id"], name=op.f("fk_super_users_system_id_systems")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_super_users")),
    )
    with op.batch_alter_table("super_users", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_super_users_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_super_users_system_id"), ["system_id"], unique=False)

    op.create_table(
        "system_follows",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("system_id", sa.Integer(), nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_system_follows_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["system_id"], ["systems.id"], name=op.f("fk_system_follows_system_id_systems")
        ),
        sa.PrimaryKeyConstraint("person_id", "system_id", name=op.f("pk_system_follows")),
    )
    with op.batch_alter_table("system_follows", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_system_follows_system_id"), ["system_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("system_follows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_system_follows_system_id"))

    op.drop_table("system_follows")
    with op.batch_alter_table("super_users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_super_users_system_id"))
        batch_op.drop_index(batch_op.f("ix_super_users_person_id"))

    op.drop_table("super_users")
    with op.batch_alter_table("tag_follows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tag_follows_tag_id"))

    op.drop_table("tag_follows")
    op.drop_table("systems")
    with op.batch_alter_table("tags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tags_synonym_of_id"))

    op.drop_table("tags")
