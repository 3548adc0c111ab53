"""The ledger of points, the facts that make it, and what people chose about theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

#: Columns of people, in their order.
PEOPLE = (
    sa.Column("points", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("counted_on", sa.Date(), nullable=True),
    sa.Column("counted", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("hides_points", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("is_listed", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("shows_expertise", sa.Boolean(), nullable=False, server_default=sa.false()),
)


def upgrade() -> None:
    op.create_table(
        "reputation_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=10), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("asker_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("has_problem", sa.Boolean(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rules_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("helper_department_id", sa.Integer(), nullable=True),
        sa.Column("helper_site_id", sa.Integer(), nullable=True),
        sa.Column("helper_profession", sa.String(length=60), nullable=False),
        sa.Column("asker_department_id", sa.Integer(), nullable=True),
        sa.Column("asker_site_id", sa.Integer(), nullable=True),
        sa.Column("asker_profession", sa.String(length=60), nullable=False),
        sa.Column("actor_department_id", sa.Integer(), nullable=True),
        sa.Column("actor_site_id", sa.Integer(), nullable=True),
        sa.Column("actor_profession", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_reputation_facts_actor_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["people.id"], name=op.f("fk_reputation_facts_asker_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["people.id"], name=op.f("fk_reputation_facts_helper_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reputation_facts")),
        sqlite_autoincrement=True,
    )

    with op.batch_alter_table("reputation_facts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reputation_facts_actor_id"), ["actor_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reputation_facts_asker_id"), ["asker_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reputation_facts_helper_id"), ["helper_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reputation_facts_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reputation_facts_source"), ["source"], unique=False)

    op.create_table(
        "rule_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("setting", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["people.id"], name=op.f("fk_rule_changes_changed_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_changes")),
    )

    op.create_table(
        "topic_standings",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("topic_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_topic_standings_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", "topic_id", name=op.f("pk_topic_standings")),
    )

    with op.batch_alter_table("topic_standings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_topic_standings_topic", ["kind", "topic_id", "points"], unique=False
        )

    op.create_table(
        "ledger",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("sign", sa.Integer(), nullable=False),
        sa.Column("worth", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("grant_fact_id", sa.Integer(), nullable=False),
        sa.Column("grant_ordinal", sa.Integer(), nullable=False),
        sa.Column("is_bridge", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("helper_department_id", sa.Integer(), nullable=True),
        sa.Column("helper_site_id", sa.Integer(), nullable=True),
        sa.Column("helper_profession", sa.String(length=60), nullable=False),
        sa.Column("asker_department_id", sa.Integer(), nullable=True),
        sa.Column("asker_site_id", sa.Integer(), nullable=True),
        sa.Column("asker_profession", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_ledger_actor_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["reputation_facts.id"], name=op.f("fk_ledger_fact_id_reputation_facts")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_ledger_person_id_people")
        ),
        sa.PrimaryKeyConstraint("fact_id", "ordinal", name=op.f("pk_ledger")),
    )

    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(
            "ix_ledger_bridges",
            ["person_id", "asker_department_id"],
            unique=False,
            sqlite_where=sa.text("rule = 'bridge'"),
            postgresql_where=sa.text("rule = 'bridge'"),
        )
        batch_op.create_index("ix_ledger_counted_on", ["person_id", "counted_on"], unique=False)
        batch_op.create_index(
            "ix_ledger_happened_at", ["happened_at", "helper_department_id"], unique=False
        )
        batch_op.create_index("ix_ledger_person_id", ["person_id", "fact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_source"), ["source"], unique=False)

    for column in PEOPLE:
        op.add_column("people", column)
    op.drop_index("ix_reactions_person_id", "reactions")
    op.create_index("ix_reactions_person_id_reactions_set_at", "reactions", ["person_id", "set_at"])


def downgrade() -> None:
    op.drop_index("ix_reactions_person_id_reactions_set_at", "reactions")
    op.create_index("ix_reactions_person_id", "reactions", ["person_id"])
    for column in reversed(PEOPLE):
        op.drop_column("people", column.name)
    for table in ("ledger", "topic_standings", "rule_changes", "reputation_facts"):
        op.drop_table(table)
