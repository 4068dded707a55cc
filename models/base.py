"""Column types and the declarative base shared by every table."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, MetaData, Numeric, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

BigId = BigInteger().with_variant(Integer, "sqlite")
"""Primary keys: 64 bits on PostgreSQL; SQLite only counts up by itself on plain INTEGER."""


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. Takes aware datetimes only and gives aware UTC back, on SQLite too, which keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values: an hour without a zone has no meaning in a log of deadlines."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's naive values their zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A figure as it was said, with at most six decimals. SQLite, which knows no decimals, keeps it as text."""

    impl = Numeric(24, 6).with_variant(String(32), "sqlite")
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        """Write without an exponent."""
        if value is None or dialect.name != "sqlite":
            return value
        return f"{value:f}"

    def process_result_value(self, value: Decimal | str | None, dialect: Dialect) -> Decimal | None:
        """Give back without the zeros that a column's scale adds."""
        if value is None:
            return None
        exact = Decimal(value)
        whole = exact.to_integral_value()
        return whole if exact == whole else exact.normalize()


def enum_column(enum: type[StrEnum]) -> Enum:
    """A column type that stores an enum's values as text, so that adding a value needs no ALTER TYPE."""
    return Enum(enum, native_enum=False, create_constraint=False, length=32, values_callable=_values)


def _values(enum: type[StrEnum]) -> list[str]:
    return [member.value for member in enum]


class Base(DeclarativeBase):
    """The one declarative base; its metadata is what the migrations describe."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UTCDateTime, Decimal: ExactDecimal}
