"""Reading the official result form (แบบรายงานผล) of an indicator for a quarter.

Figures are those of approved reports of all months up to the quarter's end, as they stand when the form is read: for
the last quarter what ``tidtam indicators show CODE`` gives as approved, for an earlier one what the chat's card of that
quarter does. Where a quarter was cut and its approved result has changed since, the form gives the kept one beside it.

The service knows nothing of what helped and what stood in the way but what notes say. A line of a note that begins
with ``ปัจจัยสนับสนุน:`` or with ``อุปสรรค:`` (``ปัญหาอุปสรรค:``, ``ปัญหาและอุปสรรค:``) goes to that section instead of the
quarter's story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy.orm import Session

from models.errors import Invalid
from models.evidence import EvidenceView, list_evidence_of_reports
from models.indicator_cards import find_evaluated, part_lines
from models.indicator_cuts import Cut, list_cuts
from models.indicator_reports import Report, counting, list_reports
from models.indicator_results import WHOLE, given, read_others, result_of
from models.indicator_terms import Result, Standing, month_later
from models.indicators import Indicator, get_indicator
from models.result_form_views import FormEvidence, FormNote, FormQuarter, ResultForm
from models.units import get_unit_name, get_unit_names
from models.working_time import BANGKOK

_SAYS_WHAT = re.compile(
    r"[\s\-–•*]*(?:(?P<helped>ปัจจัยสนับสนุน(?:การดำเนินงาน)?)|(?:ปัญหา(?:และ)?)?อุปสรรค(?:ต่อการดำเนินงาน)?)\s*[:：]\s*(?P<words>.*)"
)


class _Place(Enum):
    """Where on the form a line of a note belongs."""

    STORY = 6
    SUPPORTING = 7
    OBSTACLES = 8


def read_result_form(session: Session, code: str, fiscal_year: int, quarter: int, *, now: datetime) -> ResultForm:
    """The form of an indicator for a quarter of a Buddhist fiscal year; in a few queries however many units there are.

    Raises:
        NotFound: ``indicator_not_found`` (code), or ``indicator_year_not_found`` (code, fiscal_year).
        Invalid: ``form_quarter_unknown`` (quarter), or ``form_quarter_to_come`` (fiscal_year, quarter).
    """
    if quarter not in range(1, 5):
        raise Invalid("form_quarter_unknown", quarter=quarter)
    today = now.astimezone(BANGKOK).date()
    indicator = get_indicator(session, code, today, fiscal_year)
    if indicator.months[3 * quarter - 3] > today:
        raise Invalid("form_quarter_to_come", fiscal_year=fiscal_year, quarter=quarter)
    approved = _read_approved(session, indicator, indicator.months[3 * quarter - 1])
    achieved = approved.result_until(indicator.months[3 * quarter - 1])
    is_over = quarter == 4 and (today >= month_later(indicator.months[-1]) or indicator.closed_at is not None)
    return ResultForm(
        definition=indicator.definition,
        host=get_unit_name(session, indicator.host_unit_id),
        quarter=quarter,
        as_of=now,
        achieved=achieved if achieved.is_reported else None,
        parts=part_lines(indicator.definition, achieved),
        quarters=tuple(_quarters(session, indicator, approved, quarter)),
        is_year_over=is_over,
        evaluated=find_evaluated(session, indicator, None) if is_over else None,
        supporting=approved.notes(_Place.SUPPORTING, indicator.months),
        obstacles=approved.notes(_Place.OBSTACLES, indicator.months),
        evidence=approved.list_evidence(),
        sources=tuple(dict.fromkeys(report.source for report in approved.counted)),
        waiting=approved.waiting,
    )


@dataclass(frozen=True)
class _Approved:
    """The approved reports that count up to a month, and what makes results, stories and lists of evidence of them."""

    session: Session
    indicator: Indicator
    reports: Sequence[Report]
    counted: Sequence[Report]
    evidence: Mapping[int, Sequence[EvidenceView]]
    units: Mapping[int, str]
    waiting: int

    def result_until(self, month: date) -> Result:
        """Of all units and of all months up to one."""
        others = read_others(self.session, self.indicator, until=month)[Standing.APPROVED]
        known = given(self.indicator, others)
        reports = [report for report in self.reports if report.figure.month <= month]
        return result_of(known, counting(reports, known.measure, Standing.APPROVED), self.evidence)

    def notes(self, place: _Place, months: Sequence[date]) -> tuple[FormNote, ...]:
        """What notes of some months say for one place of the form; the same words of several units once."""
        said: dict[tuple[date, tuple[str, ...]], list[str]] = {}
        for report in self.counted:
            lines = _lines_for(place, report.note or "") if report.figure.month in months else ()
            if lines:
                units = said.setdefault((report.figure.month, lines), [])
                name = self.units.get(report.figure.unit, "")
                units += [name] if name and name not in units else []
        return tuple(FormNote(month, tuple(units), lines) for (month, lines), units in said.items())

    def list_evidence(self) -> tuple[FormEvidence, ...]:
        """What proves the figures, by month and unit; what proves several of a unit's figures once."""
        found: dict[tuple[date, str], dict[int, EvidenceView]] = {}
        for report in self.counted:
            for item in self.evidence.get(report.id, ()):
                key = report.figure.month, self.units.get(report.figure.unit, "")
                found.setdefault(key, {})[item.id] = item
        return tuple(_evidence_of(month, unit, items.values()) for (month, unit), items in found.items())


def _read_approved(session: Session, indicator: Indicator, until: date) -> _Approved:
    reports = [report for report in list_reports(session, indicator.id) if report.figure.month <= until]
    counted = counting(reports, indicator.measure, Standing.APPROVED)
    order = {unit: place for place, unit in enumerate(indicator.shares)}
    counted.sort(key=lambda report: (report.figure.month, order.get(report.figure.unit, 0), report.id))
    has_several = len(indicator.shares) > 1
    return _Approved(
        session,
        indicator,
        reports,
        counted,
        _read_evidence(session, [report.id for report in counted]),
        get_unit_names(session, set(indicator.shares)) if has_several else {},
        sum(report.decision is None for report in counting(reports, indicator.measure, Standing.REPORTED)),
    )


def _read_evidence(session: Session, report_ids: Sequence[int]) -> dict[int, list[EvidenceView]]:
    found: dict[int, list[EvidenceView]] = {}
    for start in range(0, len(report_ids), 500):
        found |= list_evidence_of_reports(session, report_ids[start : start + 500])
    return found


def _quarters(session: Session, indicator: Indicator, approved: _Approved, asked: int) -> Iterable[FormQuarter]:
    cuts = {cut.quarter: cut for cut in list_cuts(session, indicator.id)}
    for number in range(1, 5):
        months = indicator.months[3 * number - 3 : 3 * number]
        result = approved.result_until(months[-1]) if number <= asked else Result()
        if not result.is_reported or result.month is None or result.month < months[0]:
            yield FormQuarter(number)
            continue
        notes = approved.notes(_Place.STORY, months)
        shown = FormQuarter(number, result, part_lines(indicator.definition, result), notes)
        yield _with_cut(shown, result, cuts.get(number))


def _with_cut(shown: FormQuarter, result: Result, cut: Cut | None) -> FormQuarter:
    """A quarter with the result that was kept at its cut, where that is another."""
    if cut is None:
        return shown
    kept = _kept_result(cut.results.get((WHOLE, Standing.APPROVED), {}))
    same = all(getattr(kept, name) == getattr(result, name) for name in ("percent", "value", "level", "score"))
    return shown if same else replace(shown, cut_at=cut.cut_at, cut_result=kept)


def _kept_result(figures: Mapping[str, Any]) -> Result:
    names = ("percent", "value", "score", "numerator", "denominator")
    read: dict[str, Any] = {name: Decimal(figures[name]) for name in names if figures.get(name) is not None}
    return Result(**read, level=figures.get("level"))


def _lines_for(place: _Place, note: str) -> tuple[str, ...]:
    sorted_out = [_sorted_out(line.strip()) for line in note.splitlines()]
    return tuple(words for where, words in sorted_out if where is place and words)


def _sorted_out(line: str) -> tuple[_Place, str]:
    """Where a line belongs, and its words without what says so.

    >>> _sorted_out("- อุปสรรค: ไม่มีผู้ยื่นข้อเสนอ")
    (<_Place.OBSTACLES: 8>, 'ไม่มีผู้ยื่นข้อเสนอ')
    """
    found = _SAYS_WHAT.fullmatch(line)
    if found is None:
        return _Place.STORY, line
    return _Place.SUPPORTING if found["helped"] else _Place.OBSTACLES, found["words"].strip()


def _evidence_of(month: date, unit: str, items: Iterable[EvidenceView]) -> FormEvidence:
    names = [item.file_name for item in items]
    known = tuple(dict.fromkeys(name for name in names if name))
    return FormEvidence(month, unit, known, sum(name is None for name in names))
