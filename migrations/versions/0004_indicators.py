"""Indicators by fiscal year, their reports, decisions, results, cuts and evaluations; evidence and vouchers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
FIGURE = sa.Numeric(24, 6).with_variant(sa.String(32), "sqlite")


def upgrade():
    op.create_table(
        "evidence_files",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("check_at", INSTANT, nullable=True),
        sa.Column("deleting_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_evidence_files")),
    )
    op.create_index(
        "ix_evidence_files_check_at",
        "evidence_files",
        ["check_at"],
        unique=False,
        postgresql_where=sa.text("check_at IS NOT NULL"),
        sqlite_where=sa.text("check_at IS NOT NULL"),
    )
    op.create_table(
        "indicator_names",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("short", sa.String(length=60), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_indicator_names")),
    )
    op.create_table(
        "indicator_notices",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_notices")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_indicator_notices_kind_key")),
    )
    op.create_table(
        "indicator_years",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("host_unit_id", BIG_ID, nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("reported_by", sa.String(length=32), nullable=False),
        sa.Column("rests_on", sa.String(length=400), nullable=True),
        sa.Column("opened_from", sa.Integer(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["host_unit_id"], ["units.id"], name=op.f("fk_indicator_years_host_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_years")),
        sa.UniqueConstraint("code", "fiscal_year", name=op.f("uq_indicator_years_code_fiscal_year")),
    )
    op.create_index(op.f("ix_indicator_years_host_unit_id"), "indicator_years", ["host_unit_id"], unique=False)
    op.create_index("ix_indicator_years_rests_on", "indicator_years", ["fiscal_year", "rests_on"], unique=False)
    op.create_index("ix_indicator_years_year", "indicator_years", ["fiscal_year", "code"], unique=False)
    op.create_table(
        "vouchers",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("unit_id", BIG_ID, nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_vouchers_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
    )
    op.create_index("ix_vouchers_number", "vouchers", ["unit_id", "number"], unique=False)
    op.create_index("ix_vouchers_received", "vouchers", ["received_on"], unique=False)
    op.create_table(
        "evidence_items",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(length=128), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=True),
        sa.Column("line_message_id", sa.String(length=64), nullable=False),
        sa.Column("member_id", BIG_ID, nullable=True),
        sa.Column("unit_id", BIG_ID, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("draft_id", BIG_ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_evidence_items_member_id_members"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_evidence_items_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_items")),
        sa.UniqueConstraint("line_message_id", name=op.f("uq_evidence_items_line_message_id")),
    )
    op.create_index(op.f("ix_evidence_items_draft_id"), "evidence_items", ["draft_id"], unique=False)
    op.create_index(op.f("ix_evidence_items_member_id"), "evidence_items", ["member_id"], unique=False)
    op.create_index(op.f("ix_evidence_items_sha256"), "evidence_items", ["sha256"], unique=False)
    op.create_table(
        "indicator_cuts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("indicator_year_id", BIG_ID, nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("cut_at", INSTANT, nullable=False),
        sa.Column("last_report_id", BIG_ID, nullable=False),
        sa.Column("last_decision_id", BIG_ID, nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_year_id"],
            ["indicator_years.id"],
            name=op.f("fk_indicator_cuts_indicator_year_id_indicator_years"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_cuts")),
        sa.UniqueConstraint("indicator_year_id", "quarter", name=op.f("uq_indicator_cuts_indicator_year_id_quarter")),
    )
    op.create_table(
        "indicator_evaluations",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("indicator_year_id", BIG_ID, nullable=False),
        sa.Column("percent", FIGURE, nullable=True),
        sa.Column("score", FIGURE, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("evaluated_by_id", BIG_ID, nullable=True),
        sa.Column("evaluated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["evaluated_by_id"],
            ["members.id"],
            name=op.f("fk_indicator_evaluations_evaluated_by_id_members"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["indicator_year_id"],
            ["indicator_years.id"],
            name=op.f("fk_indicator_evaluations_indicator_year_id_indicator_years"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_evaluations")),
    )
    op.create_index(
        op.f("ix_indicator_evaluations_indicator_year_id"), "indicator_evaluations", ["indicator_year_id"], unique=False
    )
    op.create_table(
        "indicator_plans",
        sa.Column("indicator_year_id", BIG_ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("percent", FIGURE, nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_year_id"],
            ["indicator_years.id"],
            name=op.f("fk_indicator_plans_indicator_year_id_indicator_years"),
        ),
        sa.PrimaryKeyConstraint("indicator_year_id", "month", name=op.f("pk_indicator_plans")),
    )
    op.create_table(
        "indicator_reports",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("indicator_year_id", BIG_ID, nullable=False),
        sa.Column("unit_id", BIG_ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("percent", FIGURE, nullable=True),
        sa.Column("value", FIGURE, nullable=True),
        sa.Column("numerator", FIGURE, nullable=True),
        sa.Column("denominator", FIGURE, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "source",
            sa.String(length=32),
            nullable=False,
        ),
        sa.Column("reported_by_id", BIG_ID, nullable=True),
        sa.Column("reported_at", INSTANT, nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", BIG_ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["indicator_reports.id"], name=op.f("fk_indicator_reports_corrects_id_indicator_reports")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_year_id"],
            ["indicator_years.id"],
            name=op.f("fk_indicator_reports_indicator_year_id_indicator_years"),
        ),
        sa.ForeignKeyConstraint(
            ["reported_by_id"],
            ["members.id"],
            name=op.f("fk_indicator_reports_reported_by_id_members"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_indicator_reports_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_reports")),
    )
    op.create_index("ix_indicator_reports_of", "indicator_reports", ["indicator_year_id", "id"], unique=False)
    op.create_index(op.f("ix_indicator_reports_reported_by_id"), "indicator_reports", ["reported_by_id"], unique=False)
    op.create_index(op.f("ix_indicator_reports_unit_id"), "indicator_reports", ["unit_id"], unique=False)
    op.create_table(
        "indicator_results",
        sa.Column("indicator_year_id", BIG_ID, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=32), nullable=False),
        sa.Column("percent", FIGURE, nullable=True),
        sa.Column("value", FIGURE, nullable=True),
        sa.Column("score", FIGURE, nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("numerator", FIGURE, nullable=True),
        sa.Column("denominator", FIGURE, nullable=True),
        sa.Column("units_reported", sa.Integer(), nullable=False),
        sa.Column("units_expected", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("parts", sa.Text(), nullable=True),
        sa.Column("computed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_year_id"],
            ["indicator_years.id"],
            name=op.f("fk_indicator_results_indicator_year_id_indicator_years"),
        ),
        sa.PrimaryKeyConstraint("indicator_year_id", "unit_id", "standing", name=op.f("pk_indicator_results")),
    )
    op.create_table(
        "indicator_shares",
        sa.Column("indicator_year_id", BIG_ID, nullable=False),
        sa.Column("unit_id", BIG_ID, nullable=False),
        sa.Column("denominator", FIGURE, nullable=True),
        sa.Column("target", FIGURE, nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator_year_id"],
            ["indicator_years.id"],
            name=op.f("fk_indicator_shares_indicator_year_id_indicator_years"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_indicator_shares_unit_id_units")),
        sa.PrimaryKeyConstraint("indicator_year_id", "unit_id", name=op.f("pk_indicator_shares")),
    )
    op.create_index(op.f("ix_indicator_shares_unit_id"), "indicator_shares", ["unit_id"], unique=False)
    op.create_table(
        "report_drafts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("member_id", BIG_ID, nullable=False),
        sa.Column("indicator_year_id", BIG_ID, nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("latest_report_id", BIG_ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator_year_id"],
            ["indicator_years.id"],
            name=op.f("fk_report_drafts_indicator_year_id_indicator_years"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_report_drafts_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_drafts")),
    )
    op.create_index(op.f("ix_report_drafts_expires_at"), "report_drafts", ["expires_at"], unique=False)
    op.create_index(op.f("ix_report_drafts_member_id"), "report_drafts", ["member_id"], unique=False)
    op.create_table(
        "report_decisions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("report_id", BIG_ID, nullable=False),
        sa.Column(
            "decision",
            sa.String(length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by_id", BIG_ID, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["members.id"],
            name=op.f("fk_report_decisions_decided_by_id_members"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["indicator_reports.id"], name=op.f("fk_report_decisions_report_id_indicator_reports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_decisions")),
        sa.UniqueConstraint("report_id", name=op.f("uq_report_decisions_report_id")),
    )
    op.create_index(op.f("ix_report_decisions_decided_by_id"), "report_decisions", ["decided_by_id"], unique=False)
    op.create_table(
        "report_evidence",
        sa.Column("report_id", BIG_ID, nullable=False),
        sa.Column("evidence_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence_items.id"], name=op.f("fk_report_evidence_evidence_id_evidence_items")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["indicator_reports.id"], name=op.f("fk_report_evidence_report_id_indicator_reports")
        ),
        sa.PrimaryKeyConstraint("report_id", "evidence_id", name=op.f("pk_report_evidence")),
    )
    op.create_index(op.f("ix_report_evidence_evidence_id"), "report_evidence", ["evidence_id"], unique=False)


def downgrade():
    raise NotImplementedError("reports and evidence would be lost; restore a backup of before instead")
