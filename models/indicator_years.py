"""Keeping what the catalog says of indicators by year, and opening and closing years."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from models.errors import Invalid, NotFound
from models.indicator_definitions import definition_as_json
from models.indicator_terms import Definition, ReportedBy, Share, months_of
from models.indicators import (
    Indicator,
    IndicatorPlan,
    IndicatorShare,
    IndicatorYear,
    codes_rested_on,
    list_indicators,
    load_indicators,
)
from models.measures import read_measure


@dataclass(frozen=True)
class DefinedIndicator:
    """What the catalog says of an indicator in one year, with the ids of its units."""

    definition: Definition
    host_unit_id: int
    shares: Sequence[Share] = ()


@dataclass(frozen=True)
class DefinitionChange:
    """How many indicator years a loading added, changed and found as they should be; ``changed`` are their ids."""

    added: int
    updated: int
    unchanged: int
    changed_ids: Sequence[int] = ()


def store_definitions(session: Session, defined: Sequence[DefinedIndicator], now: datetime) -> DefinitionChange:
    """Bring the tables in line with what the catalog says of these indicator years; others stay as they are.

    Loading the same again changes nothing. Results are not computed anew here; see ``indicator_results.store_results``.

    Raises:
        Invalid: ``indicator_year_is_closed`` (code, fiscal_year); a definition of a closed year would change.
    """
    stored = {(row.code, row.fiscal_year): row for row in session.scalars(select(IndicatorYear))}
    shares = _stored_shares(session)
    written = {key: _Written.of(one) for one in defined if (key := (one.definition.code, one.definition.fiscal_year))}
    changed = [key for key, one in written.items() if not _is_stored(stored.get(key), shares, one)]
    _refuse_closed(stored, changed)
    new = [key for key in changed if key not in stored]
    for key in changed:
        row = stored.setdefault(key, IndicatorYear(code=key[0], fiscal_year=key[1], created_at=now))
        row.host_unit_id, row.definition, row.changed_at = written[key].host_unit_id, written[key].text, now
        row.reported_by, row.opened_from = written[key].reported_by, None
        row.rests_on = f",{','.join(written[key].rests_on)}," if written[key].rests_on else None
        session.add(row)
    session.flush()  # shares and plans need the ids
    ids = {key: stored[key].id for key in changed}
    _replace_parts(session, {ids[key]: written[key] for key in changed})
    return DefinitionChange(len(new), len(changed) - len(new), len(written) - len(changed), tuple(ids.values()))


def open_year(
    session: Session, fiscal_year: int, from_year: int, codes: Collection[str], now: datetime
) -> list[Indicator]:
    """Open indicators for a fiscal year with an earlier year's definitions; those that are there already stay.

    Args:
        session: the caller's transaction.
        fiscal_year: Buddhist, to open.
        from_year: Buddhist, to take the definitions from.
        codes: which; all of that year where empty.
        now: the present.

    Returns:
        those opened now, by code.

    Raises:
        Invalid: ``open_year_from_later``; an earlier year's definitions are needed.
        NotFound: ``fiscal_year_not_found`` (fiscal_year) or ``indicator_year_not_found`` (code, fiscal_year); nothing
            was opened.
    """
    if from_year >= fiscal_year:
        raise Invalid("open_year_from_later", fiscal_year=fiscal_year, from_year=from_year)
    earlier = {one.code: one for one in list_indicators(session, from_year)}
    if not earlier:
        raise NotFound("fiscal_year_not_found", fiscal_year=from_year)
    missing = [code for code in codes if code not in earlier]
    if missing:
        raise NotFound("indicator_year_not_found", code=missing[0], fiscal_year=from_year)
    there = set(session.scalars(select(IndicatorYear.code).where(IndicatorYear.fiscal_year == fiscal_year)))
    wanted = [one for code, one in sorted(earlier.items()) if code not in there and (not codes or code in codes)]
    taken_over = [
        DefinedIndicator(replace(one.definition, fiscal_year=fiscal_year), one.host_unit_id, _own_shares(one))
        for one in wanted
    ]
    change = store_definitions(session, taken_over, now)
    session.execute(update(IndicatorYear).where(IndicatorYear.id.in_(change.changed_ids)).values(opened_from=from_year))
    return load_indicators(session, IndicatorYear.id.in_(change.changed_ids))


def close_year(session: Session, fiscal_year: int, now: datetime) -> int:
    """Take no more reports of a fiscal year; gives how many indicators were closed now.

    Raises:
        NotFound: ``fiscal_year_not_found``.
    """
    if session.scalar(select(IndicatorYear.id).where(IndicatorYear.fiscal_year == fiscal_year).limit(1)) is None:
        raise NotFound("fiscal_year_not_found", fiscal_year=fiscal_year)
    still_open = (IndicatorYear.fiscal_year == fiscal_year, IndicatorYear.closed_at.is_(None))
    closed = session.execute(update(IndicatorYear).where(*still_open).values(closed_at=now).returning(IndicatorYear.id))
    return len(closed.all())


@dataclass(frozen=True)
class _Written:
    """A definition as its rows hold it."""

    host_unit_id: int
    reported_by: ReportedBy
    rests_on: tuple[str, ...]
    text: str
    shares: tuple[Share, ...]
    plan: tuple[tuple[date, Decimal], ...]

    @classmethod
    def of(cls, defined: DefinedIndicator) -> _Written:
        definition = defined.definition
        months = months_of(definition.fiscal_year)
        plan = tuple((month, definition.plan[month.month]) for month in months if month.month in definition.plan)
        text = definition_as_json(definition)
        rests_on = codes_rested_on(read_measure(definition.measure))
        return cls(defined.host_unit_id, definition.reporting.by, rests_on, text, tuple(defined.shares), plan)


def _is_stored(row: IndicatorYear | None, shares: Mapping[int, tuple[Share, ...]], written: _Written) -> bool:
    if row is None or row.definition != written.text or row.host_unit_id != written.host_unit_id:
        return False
    return set(shares.get(row.id, ())) == set(written.shares)


def _refuse_closed(stored: Mapping[tuple[str, int], IndicatorYear], changed: Iterable[tuple[str, int]]) -> None:
    for key in changed:
        if key in stored and stored[key].closed_at is not None:
            raise Invalid("indicator_year_is_closed", code=key[0], fiscal_year=key[1])


def _stored_shares(session: Session) -> dict[int, tuple[Share, ...]]:
    found: dict[int, list[Share]] = {}
    columns = (IndicatorShare.indicator_year_id, IndicatorShare.unit_id)
    for year_id, unit_id, denominator, target in session.execute(
        select(*columns, IndicatorShare.denominator, IndicatorShare.target)
    ):
        found.setdefault(year_id, []).append(Share(unit_id, denominator, target))
    return {year_id: tuple(shares) for year_id, shares in found.items()}


def _replace_parts(session: Session, written: Mapping[int, _Written]) -> None:
    ids = list(written)
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        session.execute(delete(IndicatorShare).where(IndicatorShare.indicator_year_id.in_(some)))
        session.execute(delete(IndicatorPlan).where(IndicatorPlan.indicator_year_id.in_(some)))
    shares = [
        {"indicator_year_id": key, "unit_id": share.unit, "denominator": share.denominator, "target": share.target}
        for key, one in written.items()
        for share in one.shares
    ]
    plans = [
        {"indicator_year_id": key, "month": month, "percent": percent}
        for key, one in written.items()
        for month, percent in one.plan
    ]
    if shares:
        session.execute(insert(IndicatorShare), shares)
    if plans:
        session.execute(insert(IndicatorPlan), plans)


def _own_shares(indicator: Indicator) -> tuple[Share, ...]:
    """The shares as the catalog gave them: none where the host alone reports."""
    own = tuple(indicator.shares.values())
    return () if own == (Share(indicator.host_unit_id),) else own
