"""The official result form (แบบรายงานผล) of an indicator as plain values; ``result_forms`` reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.indicator_reports import ReportSource
from models.indicator_terms import Definition, Result
from models.indicator_views import Evaluated, PartLine


@dataclass(frozen=True)
class FormNote:
    """What was said of a month's figures.

    Attributes:
        month: first day.
        units: official names of those that said it; empty where the indicator has one unit.
        lines: of the words, none of them empty.
    """

    month: date
    units: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class FormEvidence:
    """What proves a unit's figure of a month.

    Attributes:
        month: first day.
        unit: official name; empty where the indicator has one unit.
        file_names: as their senders called them.
        unnamed: how many photos and files have no name.
    """

    month: date
    unit: str
    file_names: tuple[str, ...]
    unnamed: int


@dataclass(frozen=True)
class FormQuarter:
    """A quarter's results.

    Attributes:
        number: 1 to 4.
        result: approved, of all months up to its end; None of a quarter after the one that is reported, and where
            nothing that is approved speaks of its months.
        parts: of a composite, likewise.
        notes: of the approved figures of its months, by month.
        cut_on: instant of the cut, where the approved result that was kept then is another; None otherwise.
        cut_result: that result.
    """

    number: int
    result: Result | None = None
    parts: tuple[PartLine, ...] = ()
    notes: tuple[FormNote, ...] = ()
    cut_at: datetime | None = None
    cut_result: Result | None = None


@dataclass(frozen=True)
class ResultForm:
    """Everything the form says; every figure rests on approved reports alone.

    Attributes:
        definition: of the indicator in this year.
        host: official name of the unit that owns it.
        quarter: that is reported, 1 to 4.
        as_of: when it was read.
        achieved: the approved result of all months up to the quarter's end; None where there is none.
        parts: of a composite.
        quarters: all four, in order.
        is_year_over: whether the quarter is the last and its year is over or closed, so that the year can be summed up.
        evaluated: by an evaluator, where the year is over and there was one.
        supporting: what helped, as notes say by themselves (see ``result_forms``).
        obstacles: what stood in the way, likewise.
        evidence: of the approved figures, by month and unit.
        sources: where the approved figures came from, each once.
        waiting: how many reports up to the quarter's end wait to be decided of; they count for nothing here.
    """

    definition: Definition
    host: str
    quarter: int
    as_of: datetime
    achieved: Result | None
    parts: tuple[PartLine, ...]
    quarters: tuple[FormQuarter, ...]
    is_year_over: bool
    evaluated: Evaluated | None
    supporting: tuple[FormNote, ...]
    obstacles: tuple[FormNote, ...]
    evidence: tuple[FormEvidence, ...]
    sources: tuple[ReportSource, ...]
    waiting: int
