"""A short memory of conversations, what was not understood by kind, and the language people are answered in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "conversations",
        sa.Column("line_user_id", sa.String(length=64), nullable=False),
        sa.Column("intent", sa.String(length=40), nullable=False),
        sa.Column("slots", sa.Text(), nullable=False),
        sa.Column("waits_for", sa.String(length=40), nullable=True),
        sa.Column("choices", sa.Text(), nullable=True),
        sa.Column("unclear_id", BIG_ID, nullable=True),
        sa.Column("said_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("line_user_id", name=op.f("pk_conversations")),
    )
    op.create_index(op.f("ix_conversations_expires_at"), "conversations", ["expires_at"], unique=False)
    op.create_table(
        "unclear_utterances",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("heard_at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("candidates", sa.String(length=200), nullable=False),
        sa.Column("chosen", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unclear_utterances")),
    )
    op.create_index(op.f("ix_unclear_utterances_heard_at"), "unclear_utterances", ["heard_at"], unique=False)
    op.add_column("members", sa.Column("language", sa.String(length=16), nullable=True))
    op.add_column("members", sa.Column("language_learned_at", INSTANT, nullable=True))
    op.add_column("members", sa.Column("writes_english", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade():
    op.drop_column("members", "writes_english")
    op.drop_column("members", "language_learned_at")
    op.drop_column("members", "language")
    op.drop_table("unclear_utterances")
    op.drop_table("conversations")
