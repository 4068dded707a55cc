"""Preferences, what can wait in the outbox, summaries that were told, the plan of the quota, and rich menus."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
QUOTA_COUNTS = ("promises", "news", "summaries", "replies", "rides")


def upgrade():
    op.create_table(
        "notification_preferences",
        sa.Column("member_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("summaries_off", sa.String(length=60), nullable=False),
        sa.Column("summary_at", sa.Time(), nullable=True),
        sa.Column("has_own_hours", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_notification_preferences_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_notification_preferences")),
    )
    op.add_column("outbox", sa.Column("hold_until", INSTANT, nullable=True))
    op.drop_index("ix_outbox_unfinished", table_name="outbox")
    unfinished = sa.text("state IN ('waiting', 'sending', 'parked', 'held')")
    op.create_index(
        "ix_outbox_unfinished",
        "outbox",
        ["recipient", "id"],
        unique=False,
        postgresql_where=unfinished,
        sqlite_where=unfinished,
    )
    held = sa.text("state = 'held'")
    op.create_index("ix_outbox_held", "outbox", ["hold_until"], unique=False, postgresql_where=held, sqlite_where=held)
    op.create_table(
        "summary_notices",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("member_id", BIG_ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("outbox_id", BIG_ID, nullable=True),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_summary_notices_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_summary_notices_outbox_id_outbox")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_notices")),
        sa.UniqueConstraint("member_id", "kind", "due_on", name=op.f("uq_summary_notices_member_id_kind_due_on")),
    )
    op.create_index("ix_summary_notices_outbox", "summary_notices", ["outbox_id"], unique=False)
    for name, kind in (
        ("last_call_id", BIG_ID),
        ("reserved", sa.Integer()),
        ("forecast", sa.Integer()),
        ("stage", sa.String(length=16)),
        ("planned_at", INSTANT),
        ("warned", sa.String(length=16)),
        ("counted_call_id", BIG_ID),
    ):
        op.add_column("quota_state", sa.Column(name, kind, nullable=True))
    op.create_table(
        "quota_days",
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in QUOTA_COUNTS),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_quota_days")),
    )
    op.create_table(
        "rich_menus",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rich_menu_id", sa.String(length=64), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_rich_menus")),
    )
    op.create_table(
        "rich_menu_links",
        sa.Column("line_user_id", sa.String(length=64), nullable=False),
        sa.Column("rich_menu_id", sa.String(length=64), nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("line_user_id", name=op.f("pk_rich_menu_links")),
    )


def downgrade():
    raise NotImplementedError("restore the backup that was taken before the upgrade")
