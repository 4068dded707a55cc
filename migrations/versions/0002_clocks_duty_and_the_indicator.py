"""Clocks for requests, shifts and timers for the duty queue, facts for the indicator, and the calendar."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
UNANSWERED = sa.text("state IN ('open', 'acknowledged')")
LONG_AGO = "1970-01-01 00:00:00+00:00"
"""Stands in a column that may not be empty until the rows there are get their own value."""


def upgrade():
    _create_tables()
    _change_outbox()
    op.add_column("pending_actions", sa.Column("takes_words", sa.Boolean(), server_default=sa.false(), nullable=False))
    _change_events()
    _change_requests()
    _fill_requests()


def downgrade():
    raise NotImplementedError("clocks and ratings would be lost; restore a backup of before instead")


def _create_tables():
    op.create_table(
        "calendar_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("opens", sa.Time(), nullable=True),
        sa.Column("closes", sa.Time(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_changes")),
    )
    op.create_index(op.f("ix_calendar_changes_day"), "calendar_changes", ["day"], unique=False)
    op.create_table(
        "service_month_cuts",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("cut_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_service_month_cuts")),
    )
    op.create_table(
        "service_person_months",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("asker_line_id", sa.String(length=64), nullable=False),
        sa.Column("waits_for_human", sa.Boolean(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("acknowledge_decided", sa.Integer(), nullable=False),
        sa.Column("acknowledge_late", sa.Integer(), nullable=False),
        sa.Column("answer_decided", sa.Integer(), nullable=False),
        sa.Column("answer_late", sa.Integer(), nullable=False),
        sa.Column("elapsed_acknowledge_decided", sa.Integer(), nullable=False),
        sa.Column("elapsed_acknowledge_late", sa.Integer(), nullable=False),
        sa.Column("elapsed_answer_decided", sa.Integer(), nullable=False),
        sa.Column("elapsed_answer_late", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("invited_rated", sa.Integer(), nullable=False),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.Column("satisfied", sa.Integer(), nullable=False),
        sa.Column("score_sum", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "asker_line_id", "waits_for_human", name=op.f("pk_service_person_months")),
    )
    op.create_table(
        "service_time_buckets",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("bucket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "month", "bucket", name=op.f("pk_service_time_buckets")),
    )
    op.create_table(
        "service_time_counts",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("seconds", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "seconds", "month", name=op.f("pk_service_time_counts")),
    )
    op.create_table(
        "duty_shifts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("relieved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_duty_shifts_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shifts")),
    )
    op.create_index("ix_duty_shifts_ends_at", "duty_shifts", ["ends_at", "starts_at"], unique=False)
    op.create_index(op.f("ix_duty_shifts_member_id"), "duty_shifts", ["member_id"], unique=False)
    op.create_table(
        "rating_follow_ups",
        sa.Column(
            "request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("words_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by_id"],
            ["members.id"],
            name=op.f("fk_rating_follow_ups_closed_by_id_members"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_rating_follow_ups_request_id_requests")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_rating_follow_ups")),
    )
    op.create_table(
        "request_timers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("after_seconds", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_request_timers_request_id_requests")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_timers")),
    )
    op.create_index(op.f("ix_request_timers_request_id"), "request_timers", ["request_id"], unique=False)
    op.create_index(
        "ix_request_timers_waiting",
        "request_timers",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("settled_at IS NULL"),
        sqlite_where=sa.text("settled_at IS NULL"),
    )
    _partial_index("ix_request_timers_fired", "request_timers", ["kind"], sa.text("outcome = 'fired'"))


def _change_outbox():
    _add_reference("outbox", "request_id", "requests")
    op.add_column("outbox", sa.Column("counts_as", sa.String(length=32), nullable=True))
    _partial_index("ix_outbox_request", "outbox", ["request_id"], sa.text("request_id IS NOT NULL"))


def _change_events():
    for name in ("received_at", "recorded_at"):
        op.add_column("request_events", sa.Column(name, INSTANT, server_default=LONG_AGO, nullable=False))
    op.execute('UPDATE request_events SET received_at = "at", recorded_at = "at"')
    _add_reference("request_events", "to_member_id", "members", "SET NULL")
    op.add_column("request_events", sa.Column("stage", sa.String(length=32), nullable=True))
    op.add_column("request_events", sa.Column("score", sa.Integer(), nullable=True))


def _change_requests():
    for name, type_, default in (
        ("urgency", sa.String(length=32), "normal"),
        ("waits_for_human", sa.Boolean(), sa.true()),
        ("clock", sa.String(length=32), "elapsed"),
        ("acknowledge_within_seconds", sa.Integer(), "900"),
        ("answer_within_seconds", sa.Integer(), "1800"),
        ("service_hours", sa.String(length=20), "always"),
        ("calendar_version", sa.Integer(), "0"),
        ("is_most_urgent", sa.Boolean(), sa.false()),
        ("rounds", sa.Integer(), "1"),
        ("earlier_late_acknowledge", sa.Boolean(), sa.false()),
        ("earlier_late_answer", sa.Boolean(), sa.false()),
        ("earlier_late_elapsed_acknowledge", sa.Boolean(), sa.false()),
        ("earlier_late_elapsed_answer", sa.Boolean(), sa.false()),
        ("is_counted", sa.Boolean(), sa.false()),
        ("received_at", INSTANT, LONG_AGO),
        ("clock_started_at", INSTANT, LONG_AGO),
        ("acknowledge_due_at", INSTANT, LONG_AGO),
        ("answer_due_at", INSTANT, LONG_AGO),
        ("elapsed_acknowledge_due_at", INSTANT, LONG_AGO),
        ("elapsed_answer_due_at", INSTANT, LONG_AGO),
        ("next_due_at", INSTANT, LONG_AGO),
    ):
        op.add_column("requests", sa.Column(name, type_, server_default=default, nullable=False))
    for name, type_ in (
        ("asked_number", sa.String(length=100)),
        ("matter_key", sa.String(length=120)),
        ("acknowledged_at", INSTANT),
        ("answered_at", INSTANT),
        ("answered_with", BIG_ID),
        ("withdrawn_at", INSTANT),
        ("first_acknowledged_at", INSTANT),
        ("first_answered_at", INSTANT),
        ("invited_at", INSTANT),
        ("rating", sa.Integer()),
        ("rated_at", INSTANT),
        ("acknowledge_seconds", sa.Integer()),
        ("answer_seconds", sa.Integer()),
        ("elapsed_acknowledge_seconds", sa.Integer()),
        ("elapsed_answer_seconds", sa.Integer()),
    ):
        op.add_column("requests", sa.Column(name, type_, nullable=True))
    for name in ("holder_id", "acknowledged_by_id", "answered_by_id"):
        _add_reference("requests", name, "members", "SET NULL")
    op.drop_index("ix_requests_state", table_name="requests")
    with_another = sa.text("answered_with IS NOT NULL")
    _partial_index("ix_requests_answered_with", "requests", ["answered_with"], with_another)
    op.create_index("ix_requests_asked_at", "requests", ["asked_at"])
    _partial_index("ix_requests_queue", "requests", ["is_most_urgent", "next_due_at", "id"], UNANSWERED)
    _partial_index("ix_requests_matter", "requests", ["matter_key"], UNANSWERED)
    _partial_index("ix_requests_not_counted", "requests", ["asked_at"], sa.text("NOT is_counted"))
    invited = sa.text("invited_at IS NOT NULL")
    _partial_index("ix_requests_invited", "requests", ["asker_line_id", "invited_at"], invited)


def _fill_requests():
    """Requests of before: counted by the plain clock, with the time stamps that their history tells."""
    requests = sa.table(
        "requests",
        *(
            sa.column(name, type_)
            for name, type_ in (
                ("id", BIG_ID),
                ("asked_at", INSTANT),
                ("state", sa.String()),
                ("received_at", INSTANT),
                ("clock_started_at", INSTANT),
                ("acknowledge_due_at", INSTANT),
                ("answer_due_at", INSTANT),
                ("elapsed_acknowledge_due_at", INSTANT),
                ("elapsed_answer_due_at", INSTANT),
                ("next_due_at", INSTANT),
                ("acknowledged_at", INSTANT),
                ("acknowledged_by_id", BIG_ID),
                ("answered_at", INSTANT),
                ("answered_by_id", BIG_ID),
                ("holder_id", BIG_ID),
            )
        ),
    )
    events = sa.table(
        "request_events",
        sa.column("request_id", BIG_ID),
        sa.column("kind", sa.String()),
        sa.column("at", INSTANT),
        sa.column("member_id", BIG_ID),
    )
    bind = op.get_bind()
    told = {(row.request_id, row.kind): row for row in bind.execute(sa.select(events)).all()}
    for row in bind.execute(sa.select(requests.c.id, requests.c.asked_at, requests.c.state)).all():
        answered = told.get((row.id, "answered"))
        acknowledged = told.get((row.id, "acknowledged")) or answered
        acknowledge_due, answer_due = row.asked_at + timedelta(minutes=15), row.asked_at + timedelta(minutes=30)
        bind.execute(
            sa.update(requests)
            .where(requests.c.id == row.id)
            .values(
                received_at=row.asked_at,
                clock_started_at=row.asked_at,
                acknowledge_due_at=acknowledge_due,
                elapsed_acknowledge_due_at=acknowledge_due,
                answer_due_at=answer_due,
                elapsed_answer_due_at=answer_due,
                next_due_at=acknowledge_due if row.state == "open" else answer_due,
                acknowledged_at=acknowledged.at if acknowledged else None,
                acknowledged_by_id=acknowledged.member_id if acknowledged else None,
                holder_id=acknowledged.member_id if acknowledged else None,
                answered_at=answered.at if answered else None,
                answered_by_id=answered.member_id if answered else None,
            )
        )


def _add_reference(table, column, target, on_delete=None):
    """A nullable column that refers to another table; in one statement, as SQLite knows no other way."""
    type_ = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    name = f"fk_{table}_{column}_{target}"
    tail = f" ON DELETE {on_delete}" if on_delete else ""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {type_} CONSTRAINT {name} REFERENCES {target} (id){tail}")


def _partial_index(name, table, columns, where):
    op.create_index(name, table, columns, postgresql_where=where, sqlite_where=where)
