"""Facts: what settled requests add up to by month, so that the indicator over years is read in a moment.

Facts hold exactly the requests with ``is_counted``; everything else is read from its row. Both are changed in one
transaction, so that the two together are always the whole, and the facts can be thrown away and made again.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class PersonMonth(Base):
    """What one person's counted requests of one month of asking add up to."""

    __tablename__ = "service_person_months"

    month: Mapped[date] = mapped_column(Date, primary_key=True)
    """First day of the month, in Bangkok."""
    asker_line_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    requests: Mapped[int] = mapped_column(default=0)
    """Without those withdrawn in time."""
    late_acknowledge: Mapped[int] = mapped_column(default=0)
    late_answer: Mapped[int] = mapped_column(default=0)
    late_elapsed_acknowledge: Mapped[int] = mapped_column(default=0)
    late_elapsed_answer: Mapped[int] = mapped_column(default=0)
    human_requests: Mapped[int] = mapped_column(default=0)
    human_late_acknowledge: Mapped[int] = mapped_column(default=0)
    human_late_answer: Mapped[int] = mapped_column(default=0)
    human_late_elapsed_acknowledge: Mapped[int] = mapped_column(default=0)
    human_late_elapsed_answer: Mapped[int] = mapped_column(default=0)
    invited: Mapped[int] = mapped_column(default=0)
    ratings: Mapped[int] = mapped_column(default=0)
    satisfied: Mapped[int] = mapped_column(default=0)
    score_sum: Mapped[int] = mapped_column(default=0)


class TimeCount(Base):
    """How many counted requests of a month took exactly so many seconds."""

    __tablename__ = "service_time_counts"

    month: Mapped[date] = mapped_column(Date, primary_key=True)
    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    seconds: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    requests: Mapped[int] = mapped_column(default=0)


class TimeBucket(Base):
    """The same by stretches of seconds, for finding where a percentile lies."""

    __tablename__ = "service_time_buckets"

    month: Mapped[date] = mapped_column(Date, primary_key=True)
    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    requests: Mapped[int] = mapped_column(default=0)


class MonthCut(Base):
    """The figures of a month as they stood when it was closed; what changed later is listed beside them."""

    __tablename__ = "service_month_cuts"

    month: Mapped[date] = mapped_column(Date, primary_key=True)
    cut_at: Mapped[datetime]
    figures: Mapped[str] = mapped_column(Text)
    """The indicator as JSON."""
