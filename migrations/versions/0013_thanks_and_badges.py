"""Thanks, badges, own awards, votes that look arranged, and super-users on duty."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = (
    "fairness_sweeps",
    "thanks",
    "suspect_votes",
    "suspicions",
    "own_award_grants",
    "own_awards",
    "fact_marks",
    "badge_checks",
    "badge_awards",
)
#: What people did, found by who did it.
BY_WHOM = (
    ("ix_revisions_edits_by_id", "revisions", sa.text("number > 1")),
    ("ix_closures_by_id", "closures", None),
    ("ix_flags_by_id", "flags", None),
)


def upgrade() -> None:
    op.create_table(
        "badge_awards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("badge", sa.String(length=30), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("awarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_badge_awards_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"], ["people.id"], name=op.f("fk_badge_awards_revoked_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_awards")),
    )

    with op.batch_alter_table("badge_awards", schema=None) as batch_op:
        batch_op.create_index("ix_badge_awards_badge", ["badge", "step", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_badge_awards_revoked_by_id"), ["revoked_by_id"], unique=False
        )
        batch_op.create_index(
            "uq_badge_awards_standing",
            ["person_id", "badge", "step"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "badge_checks",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_badge_checks_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_badge_checks")),
    )

    op.create_table(
        "fact_marks",
        sa.Column("reader", sa.String(length=20), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reader", name=op.f("pk_fact_marks")),
    )

    op.create_table(
        "own_awards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["people.id"], name=op.f("fk_own_awards_made_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_awards")),
        sa.UniqueConstraint("name", name=op.f("uq_own_awards_name")),
    )

    with op.batch_alter_table("own_awards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_awards_made_by_id"), ["made_by_id"], unique=False)

    op.create_table(
        "fairness_sweeps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vote_count", sa.Integer(), nullable=False),
        sa.Column("proposed_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fairness_sweeps")),
    )

    op.create_table(
        "suspicions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("identity", sa.String(length=200), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("is_reversed", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_suspicions_decided_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_suspicions_department_id_departments"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspicions")),
    )

    with op.batch_alter_table("suspicions", schema=None) as batch_op:
        batch_op.create_index("ix_suspicions_decided_at", ["decided_at", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_suspicions_decided_by_id"), ["decided_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_suspicions_identity"), ["identity"], unique=False)

    op.create_table(
        "own_award_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["award_id"], ["own_awards.id"], name=op.f("fk_own_award_grants_award_id_own_awards")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["people.id"], name=op.f("fk_own_award_grants_given_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_own_award_grants_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"],
            ["people.id"],
            name=op.f("fk_own_award_grants_withdrawn_by_id_people"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_award_grants")),
    )

    with op.batch_alter_table("own_award_grants", schema=None) as batch_op:
        batch_op.create_index("ix_own_award_grants_award_id", ["award_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_own_award_grants_given_by_id"), ["given_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_own_award_grants_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_own_award_grants_withdrawn_by_id"), ["withdrawn_by_id"], unique=False
        )

    op.create_table(
        "suspect_votes",
        sa.Column("suspicion_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fact_id"],
            ["reputation_facts.id"],
            name=op.f("fk_suspect_votes_fact_id_reputation_facts"),
        ),
        sa.ForeignKeyConstraint(
            ["suspicion_id"],
            ["suspicions.id"],
            name=op.f("fk_suspect_votes_suspicion_id_suspicions"),
        ),
        sa.PrimaryKeyConstraint("suspicion_id", "fact_id", name=op.f("pk_suspect_votes")),
    )

    with op.batch_alter_table("suspect_votes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suspect_votes_fact_id"), ["fact_id"], unique=False)

    op.create_table(
        "thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=200), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["posts.id"], name=op.f("fk_thanks_answer_id_posts")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_thanks_by_id_people")),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name=op.f("fk_thanks_to_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
    )

    with op.batch_alter_table("thanks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thanks_by_id"), ["by_id"], unique=False)
        batch_op.create_index("ix_thanks_to_id", ["to_id", "id"], unique=False)
        batch_op.create_index(
            "uq_thanks_standing",
            ["answer_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.add_column(
        "super_users", sa.Column("on_duty_until", sa.DateTime(timezone=True), nullable=True)
    )
    for name, table, where in BY_WHOM:
        op.create_index(name, table, ["by_id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, table, _ in BY_WHOM:
        op.drop_index(name, table)
    op.drop_column("super_users", "on_duty_until")
    for table in TABLES:
        op.drop_table(table)
