"""Payment vouchers, from which PAY-7-DAYS is computed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId
from models.history import append_only


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
