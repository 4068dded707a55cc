"""Payment vouchers (ใบขอเบิก), from which PAY-7-DAYS is computed.

A voucher is in time when it was paid within seven working days, counted from the day after it was received (plan of
the Secretary's office, FY 2563). It counts in the month it was received in, as soon as its fate is known: when it was
paid, or when its time is over without payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Select, String, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId
from models.history import append_only
from models.indicator_terms import Figure
from models.working_time import ServiceCalendar

WORKING_DAYS_ALLOWED = 7
_AT_ONCE = 500


class Voucher(Base):
    """A voucher as one import told it; of several rows of a number the newest counts."""

    __tablename__ = "vouchers"
    __table_args__ = (Index("ix_vouchers_number", "unit_id", "number"), Index("ix_vouchers_received", "received_on"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    number: Mapped[str] = mapped_column(String(64))
    received_on: Mapped[date]
    paid_on: Mapped[date | None]
    imported_at: Mapped[datetime]


append_only(Voucher)


@dataclass(frozen=True)
class VoucherRow:
    """A voucher as a file tells it; ``paid_on`` is None while it is unpaid."""

    number: str
    received_on: date
    paid_on: date | None = None


def add_vouchers(session: Session, unit_id: int, rows: Sequence[VoucherRow], now: datetime) -> tuple[int, int, int]:
    """Append what is new of a unit's vouchers.

    Args:
        session: the caller's transaction.
        unit_id: which office pays them.
        rows: at most one of each number.
        now: time of the import.

    Returns:
        how many are new, told something else than before, and told the same.
    """
    known = _known(session, unit_id, [row.number for row in rows])
    changed = [row for row in rows if known.get(row.number) != row]
    if changed:
        session.execute(
            insert(Voucher),
            [
                {
                    "unit_id": unit_id,
                    "number": row.number,
                    "received_on": row.received_on,
                    "paid_on": row.paid_on,
                    "imported_at": now,
                }
                for row in changed
            ],
        )
    updated = sum(row.number in known for row in changed)
    return len(changed) - updated, updated, len(rows) - len(changed)


def list_vouchers(session: Session, unit_id: int, first: date, last: date) -> list[VoucherRow]:
    """A unit's vouchers as they stand that were received within these days, by number."""
    rows = session.execute(
        select(Voucher.number, Voucher.received_on, Voucher.paid_on)
        .where(Voucher.id.in_(_newest(unit_id)), Voucher.received_on.between(first, last))
        .order_by(Voucher.number)
    )
    return [VoucherRow(*row) for row in rows]


def last_day_in_time(calendar: ServiceCalendar, received_on: date) -> date:
    """The last day on which a voucher is paid in time: the seventh working day after it was received.

    >>> last_day_in_time(ServiceCalendar(None), date(2026, 11, 20))  # a Friday
    datetime.date(2026, 12, 1)
    """
    day, left = received_on, WORKING_DAYS_ALLOWED
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working_day(day)
    return day


def monthly_figures(rows: Iterable[VoucherRow], calendar: ServiceCalendar, unit_id: int, today: date) -> list[Figure]:
    """How many vouchers of each month were paid in time, of those whose fate is known; months without any are left out.

    Args:
        rows: vouchers as they stand.
        calendar: tells working days.
        unit_id: of the figures.
        today: in Bangkok; an unpaid voucher whose last day is before it was not paid in time.
    """
    counted: dict[date, list[bool]] = {}
    last_days: dict[date, date] = {}
    for row in rows:
        last_day = last_days.setdefault(row.received_on, last_day_in_time(calendar, row.received_on))
        if row.paid_on is not None or last_day < today:
            in_time = row.paid_on is not None and row.paid_on <= last_day
            counted.setdefault(row.received_on.replace(day=1), []).append(in_time)
    return [
        Figure(unit_id, month, numerator=Decimal(sum(fates)), denominator=Decimal(len(fates)))
        for month, fates in sorted(counted.items())
    ]


def _newest(unit_id: int) -> Select[int]:
    return select(func.max(Voucher.id)).where(Voucher.unit_id == unit_id).group_by(Voucher.number)


def _known(session: Session, unit_id: int, numbers: Sequence[str]) -> Mapping[str, VoucherRow]:
    found: dict[str, VoucherRow] = {}
    columns = (Voucher.number, Voucher.received_on, Voucher.paid_on)
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        of_these = select(*columns).where(Voucher.unit_id == unit_id, Voucher.number.in_(some))
        for row in session.execute(of_these.order_by(Voucher.id)):
            found[row.number] = VoucherRow(*row)
    return found
