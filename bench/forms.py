"""What a form and a month's report cost, warm: what the command and the page do once the figures are read.

* The result form of an indicator with a note for every month, as PDF and as Word. The peers are the least the same
  libraries do: typst's page with one line, python-docx's document with one.
* The same read from a database: 50 districts that reported every month of a year.
* The month's report of a hundred indicators with its chart, as PDF.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import count

import docx
import typst

from bench.figures import Row, span
from bench.indicator import opened
from bot.catalog import load_catalog, read_catalog, shipped_catalog_paths
from messages.charts.drawing import draw_chart
from messages.charts.svg import as_drawn
from messages.files.glyphs import font_folder
from messages.files.monthly_report_pdf import monthly_report_pdf
from messages.files.paper import Paper
from messages.files.result_form import compose_result_form
from messages.files.result_form_docx import result_form_docx
from messages.files.result_form_pdf import result_form_pdf
from models.chart_data import TimesData, WeekTimes
from models.indicator_reports import DecisionKind, IndicatorReport, ReportDecision, ReportSource
from models.indicator_terms import Definition, PlanState, Result, Target
from models.indicators import get_indicator
from models.monthly_views import MonthlyNames, MonthlyReport, MonthlyRow
from models.requests import ClockKind
from models.result_form_views import FormNote, ResultForm
from models.result_forms import read_result_form
from models.service_kpi import compute_kpi
from models.session import Database
from models.shares import Share, Spread

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
YEAR, AIM_MS = 2568, 150
NOTE = "ชุมชนส่งเอกสารครบถ้วน อยู่ระหว่างเบิกจ่ายตามระเบียบกรุงเทพมหานคร พ.ศ. 2564 และจะรายงานผลอีกครั้งในเดือนหน้า"
EMPTY_PAGE = b'#set page(paper: "a4")\n#set text(font: "Sarabun")\n#sys.inputs.words'


def measure(kind: str, *, quick: bool) -> list[Row]:
    """The rows of one kind of database."""
    rounds = 7 if quick else 25
    with opened(kind) as database:
        fill(database)
        return [*form_rows(kind, database, rounds), *(month_rows(rounds) if kind == "sqlite" else [])]


def fill(database: Database) -> None:
    """50 districts that reported every month of a year, all approved."""
    with database.transaction() as session:
        load_catalog(session, read_catalog(shipped_catalog_paths()), NOW)
        indicator = get_indicator(session, "8308", NOW.date(), YEAR)
        for place, month in enumerate(indicator.months, 1):
            for unit, share in indicator.shares.items():
                made = IndicatorReport(
                    indicator_year_id=indicator.id,
                    unit_id=unit,
                    month=month,
                    numerator=(share.denominator or Decimal(0)) * place // 13,
                    denominator=share.denominator,
                    source=ReportSource.GRID,
                    reported_at=NOW,
                    is_late=False,
                )
                session.add(made)
                session.flush()
                session.add(ReportDecision(report_id=made.id, decision=DecisionKind.APPROVED, decided_at=NOW))


def form_rows(kind: str, database: Database, rounds: int) -> list[Row]:
    form = read(database)
    read_ms = timed(lambda: read(database), rounds)
    rows = [Row(f"{kind}: result form of 50 units read, ms", f"{middle(read_ms):.0f}", span(read_ms, 0), "", None)]
    if kind != "sqlite":
        return rows
    number = count()  # other words each time: typst remembers what it has set
    for name, write, peer in (
        ("PDF", lambda: result_form_pdf(compose(form, next(number))), lambda: typst_page(next(number))),
        ("DOCX", lambda: result_form_docx(compose(form, next(number)), "Sarabun"), docx_page),
    ):
        ours, theirs = side_by_side(write, peer, rounds)
        figure = f"{middle(ours):.0f} (one line with the same library: {middle(theirs):.0f})"
        good = middle(ours) <= AIM_MS
        rows.append(Row(f"result form as {name}, ms", figure, span(ours, 0), f"≤ {AIM_MS}", good))
    return rows


def month_rows(rounds: int) -> list[Row]:
    number, chart = count(), as_drawn(make_chart())
    ours = timed(lambda: monthly_report_pdf(make_month(next(number)), [chart]), rounds)
    return [Row("the month's report of 100 indicators as PDF, ms", f"{middle(ours):.0f}", span(ours, 0), "", None)]


def read(database: Database) -> ResultForm:
    with database.reading(snapshot=True) as session:
        return read_result_form(session, "8308", YEAR, 4, now=NOW)


def compose(form: ResultForm, number: int) -> Paper:
    """The form as paper, with notes for every month."""
    words = (f"{number} {NOTE}", f"{NOTE} {number}")
    notes = tuple(FormNote(date(2025, month, 1), ("สำนักงานเขตดินแดง",), words) for month in (1, 2, 3))
    told = replace(form, quarters=tuple(replace(quarter, notes=notes) for quarter in form.quarters))
    return compose_result_form(told, has_thai_digits=True)


def typst_page(number: int) -> object:
    return _compiler().compile(EMPTY_PAGE, format="pdf", sys_inputs={"words": f"{number} {NOTE}"}, timestamp=0)


def docx_page() -> object:
    document, file = docx.Document(), BytesIO()
    document.add_paragraph(NOTE)
    document.save(file)
    return file


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
    return typst.Compiler(font_paths=fonts)


def make_month(number: int) -> MonthlyReport:
    nothing = compute_kpi(
        first=date(2026, 10, 1), last=date(2026, 10, 31), clock=ClockKind.SERVICE, counted_at=NOW, people={}, spreads={}
    )
    definition = _definition()
    row = MonthlyRow(
        definition,
        MonthlyNames("", f"สำนักพัฒนาสังคม {number}", ""),
        Result(Decimal(40)),
        None,
        Decimal(50),
        PlanState.BEHIND,
    )
    return MonthlyReport(date(2026, 10, 1), NOW, "", nothing, nothing, 15, 30, 2570, (row,) * 100)


def _definition() -> Definition:
    name = "ร้อยละของชุมชนที่มีการเบิกจ่ายงบประมาณตามโครงการชุมชนเข้มแข็งพัฒนาตนเองตามแนวทางเศรษฐกิจพอเพียง"
    return Definition("8308", 2570, name, "X", Target(Decimal(90)), {"kind": "ratio", "counted_in": "ชุมชน"})


def make_chart() -> str:
    first, spread, share = date(2026, 9, 7), Spread(300, 900), Share(18, 20)
    weeks = tuple(WeekTimes(first + timedelta(weeks=place), 20, spread, spread, share, share) for place in range(8))
    return draw_chart(TimesData(weeks, NOW), acknowledge_minutes=15, answer_minutes=30).svg


def timed(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each round, after two that are not counted."""
    work(), work()
    lengths = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        lengths.append((time.perf_counter() - started) * 1000)
    return lengths


def side_by_side(
    ours: Callable[[], object], peer: Callable[[], object], rounds: int
) -> tuple[list[float], list[float]]:
    """Both in turn, so that what else the machine does falls on both."""
    pairs = [(timed(ours, 1)[0], timed(peer, 1)[0]) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def middle(lengths: list[float]) -> float:
    return statistics.median(lengths)
