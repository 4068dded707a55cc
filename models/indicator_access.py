"""Who may report on an indicator, decide of reports, and see what stands behind a figure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.errors import NotAllowed
from models.indicator_terms import ReportedBy
from models.indicators import Indicator, list_current_indicators
from models.members import Member, Role
from models.units import get_unit_name, unit_and_below, unit_and_parents

REPORTS = frozenset({Role.COORDINATOR, Role.ADMIN})
REVIEWS = frozenset({Role.REVIEWER, Role.ADMIN})
SEES_EVERY_REPORT = frozenset({Role.MANAGER, Role.SUPERVISOR, Role.ADMIN})
"""Roles that see reports, notes and evidence of every unit; results without them are for every member."""


@dataclass(frozen=True)
class Person:
    """A member as the rules on indicators see one.

    Attributes:
        member_id: of the row.
        roles: held now.
        unit_id: the member's unit.
        line: that unit and every unit above it.
    """

    member_id: int
    roles: frozenset[Role]
    unit_id: int
    line: frozenset[int]


def person_of(session: Session, member: Member) -> Person:
    """What the rules need of a member."""
    return Person(member.id, member.roles, member.unit_id, unit_and_parents(session, member.unit_id))


def is_in_line(session: Session, person: Person, unit_id: int) -> bool:
    """Whether a unit is the person's own, one above it, or one below it."""
    return unit_id in person.line or person.unit_id in unit_and_parents(session, unit_id)


def may_review(session: Session, person: Person, indicator: Indicator) -> bool:
    """Whether the person may approve reports on an indicator: a reviewer of the host, or an administrator."""
    if Role.ADMIN in person.roles:
        return True
    return bool(person.roles & REVIEWS) and is_in_line(session, person, indicator.host_unit_id)


def may_enter_for_all(session: Session, person: Person, indicator: Indicator) -> bool:
    """Whether the person may report for every unit: a coordinator of the host, or an administrator."""
    if Role.ADMIN in person.roles:
        return True
    return bool(person.roles & REPORTS) and is_in_line(session, person, indicator.host_unit_id)


def units_to_report(session: Session, person: Person, indicator: Indicator) -> list[int]:
    """The units of an indicator that the person may report for, in its order; empty where there is none."""
    if not person.roles & REPORTS or indicator.definition.reporting.by is ReportedBy.MACHINE:
        return []
    if may_enter_for_all(session, person, indicator):
        return list(indicator.shares)
    if indicator.definition.reporting.by is ReportedBy.HOST:
        return []
    in_line = person.line | unit_and_below(session, person.unit_id)
    return [unit for unit in indicator.shares if unit in in_line]


def list_indicators_to_report(
    session: Session, person: Person, today: date, *, least_units: int = 1
) -> list[Indicator]:
    """The open indicators that the person may report on, of at least so many units; the newest year first, by code."""
    indicators = [
        indicator
        for indicator in list_current_indicators(session, today)
        if indicator.closed_at is None and len(units_to_report(session, person, indicator)) >= least_units
    ]
    return sorted(indicators, key=lambda indicator: -indicator.fiscal_year)


def require_reports(person: Person) -> None:
    """Let only those go on who report at all.

    Raises:
        NotAllowed: ``role_not_allowed``.
    """
    if not person.roles & REPORTS:
        raise NotAllowed("role_not_allowed")


def require_may_report(session: Session, person: Person, indicator: Indicator, unit_id: int) -> None:
    """Let only those report who may for this unit.

    Raises:
        NotAllowed: ``role_not_allowed``, or ``report_not_your_unit`` (unit).
    """
    require_reports(person)
    if unit_id not in units_to_report(session, person, indicator):
        raise NotAllowed("report_not_your_unit", unit=get_unit_name(session, unit_id))


def may_see_closely(session: Session, person: Person, indicator: Indicator, unit_ids: Collection[int]) -> bool:
    """Whether the person may see the reports of all of these units; asks no further than the first that is not seen."""
    if person.roles & SEES_EVERY_REPORT or is_in_line(session, person, indicator.host_unit_id):
        return True
    return all(is_in_line(session, person, unit) for unit in unit_ids)
