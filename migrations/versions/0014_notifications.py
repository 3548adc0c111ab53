"""What people are told, mails, hooks, feeds; mentions, visits, people and departments followed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = (
    "notices",
    "deliveries",
    "thread_visits",
    "thread_mutes",
    "outgoing_mails",
    "mentions",
    "hooks",
    "password_requests",
    "person_follows",
    "notice_settings",
    "notice_choices",
    "feed_keys",
    "department_follows",
)


def upgrade() -> None:
    op.create_table(
        "department_follows",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_department_follows_department_id_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_department_follows_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", "department_id", name=op.f("pk_department_follows")),
    )
    with op.batch_alter_table("department_follows", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_department_follows_department_id"), ["department_id"], unique=False
        )

    op.create_table(
        "feed_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_feed_keys_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_keys")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_keys_token_hash")),
    )
    with op.batch_alter_table("feed_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_keys_person_id"), ["person_id"], unique=False)

    op.create_table(
        "notice_choices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notice_choices_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_notice_choices")),
    )
    op.create_table(
        "notice_settings",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_to", sa.Integer(), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(length=200), server_default="", nullable=False),
        sa.Column("daily_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("weekly_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notice_settings_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_settings")),
    )
    op.create_table(
        "person_follows",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("followed_id", sa.Integer(), nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["followed_id"], ["people.id"], name=op.f("fk_person_follows_followed_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_person_follows_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", "followed_id", name=op.f("pk_person_follows")),
    )
    with op.batch_alter_table("person_follows", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_follows_followed_id"), ["followed_id"], unique=False
        )

    op.create_table(
        "password_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_password_requests_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_requests")),
    )
    with op.batch_alter_table("password_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_password_requests_account_hash_password_requests_asked_at"),
            ["account_hash", "asked_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_password_requests_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            "ix_password_requests_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("taken_at IS NULL"),
            postgresql_where=sa.text("taken_at IS NULL"),
        )

    op.create_table(
        "hooks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("secret", sa.String(length=120), server_default="", nullable=False),
        sa.Column("events", sa.String(length=500), nullable=False),
        sa.Column("system_id", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_hooks_department_id_departments")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["people.id"], name=op.f("fk_hooks_made_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["system_id"], ["systems.id"], name=op.f("fk_hooks_system_id_systems")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hooks")),
    )
    with op.batch_alter_table("hooks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hooks_department_id"), ["department_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hooks_made_by_id"), ["made_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hooks_system_id"), ["system_id"], unique=False)

    op.create_table(
        "mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_mentions_by_id_people")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_mentions_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
        sa.UniqueConstraint(
            "post_id", "kind", "target_id", name=op.f("uq_mentions_post_id_kind_target_id")
        ),
    )
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentions_by_id"), ["by_id"], unique=False)

    op.create_table(
        "outgoing_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="waiting", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=300), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_outgoing_mails_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_outgoing_mails_question_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mails")),
        sa.UniqueConstraint("key", name=op.f("uq_outgoing_mails_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outgoing_mails_message_id")),
    )
    with op.batch_alter_table("outgoing_mails", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outgoing_mails_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outgoing_mails_question_id"), ["question_id"], unique=False
        )
        batch_op.create_index("ix_outgoing_mails_state", ["state", "id"], unique=False)
        batch_op.create_index(
            "ix_outgoing_mails_waiting",
            ["next_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "thread_mutes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("muted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_thread_mutes_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_thread_mutes_question_id_posts")
        ),
        sa.PrimaryKeyConstraint("person_id", "question_id", name=op.f("pk_thread_mutes")),
    )
    with op.batch_alter_table("thread_mutes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_thread_mutes_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "thread_visits",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_before_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_thread_visits_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_thread_visits_question_id_posts")
        ),
        sa.PrimaryKeyConstraint("person_id", "question_id", name=op.f("pk_thread_visits")),
    )
    with op.batch_alter_table("thread_visits", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_thread_visits_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hook_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("delivery_key", sa.String(length=40), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="waiting", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=300), server_default="", nullable=False),
        sa.Column("again_of_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["again_of_id"], ["deliveries.id"], name=op.f("fk_deliveries_again_of_id_deliveries")
        ),
        sa.ForeignKeyConstraint(
            ["hook_id"], ["hooks.id"], name=op.f("fk_deliveries_hook_id_hooks")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_deliveries_post_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_deliveries_question_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("delivery_key", name=op.f("uq_deliveries_delivery_key")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deliveries_again_of_id"), ["again_of_id"], unique=False
        )
        batch_op.create_index("ix_deliveries_hook_id", ["hook_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_post_id"), ["post_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_deliveries_question_id"), ["question_id"], unique=False
        )
        batch_op.create_index(
            "ix_deliveries_waiting",
            ["next_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("matter", sa.String(length=60), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), server_default="1", nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("later_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_away", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("routed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_notices_by_id_people")),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["outgoing_mails.id"], name=op.f("fk_notices_mail_id_outgoing_mails")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notices_person_id_people")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_notices_post_id_posts")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["posts.id"], name=op.f("fk_notices_question_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("person_id", "matter", name=op.f("uq_notices_person_id_matter")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_mail_id"), ["mail_id"], unique=False)
        batch_op.create_index("ix_notices_person", ["person_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_question_id"), ["question_id"], unique=False)
        batch_op.create_index(
            "ix_notices_unread",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.create_index(
            "ix_notices_unrouted",
            ["id"],
            unique=False,
            sqlite_where=sa.text("routed_at IS NULL"),
            postgresql_where=sa.text("routed_at IS NULL"),
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
