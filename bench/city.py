"""What a city's indicators cost: one card over three years of reports, and a catalog of a whole city's year.

* The card of 8308: 50 districts that reported every month of three years, asked for through the handler. The peer is
  the plain way to the headline alone: one SQL statement that adds up the newest approved report of every district.
* A catalog of 2,000 indicators of 70 units each, read from YAML, checked, and loaded into an empty database. The peer
  is PyYAML's own reading of the same file, which checks nothing.
* What is behind plan, of those 2,000 once each of them has results. The peer is the plain way: every indicator read
  with its definition and held against its plan one by one.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from sqlalchemy import insert, select, text

from bench.figures import Row, span
from bench.indicator import opened
from bot.catalog import load_catalog, read_catalog, shipped_catalog_paths
from bot.understanding import Understanding
from handlers import indicators as handler
from handlers.context import Context
from models.indicator_lists import list_behind_plan
from models.indicator_reports import DecisionKind, IndicatorReport, ReportDecision, ReportSource
from models.indicator_results import WHOLE, IndicatorResult, read_whole_results, store_results
from models.indicator_terms import PlanState, Result, Standing
from models.indicator_years import open_year
from models.indicators import IndicatorYear, get_indicator, list_indicators
from models.members import Role, add_member, find_member
from models.service_terms import ServiceTerms
from models.session import Database
from models.units import Unit, get_unit
from models.working_time import ServiceCalendar

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
YEARS = (2568, 2569, 2570)
CITY_YEAR = 2570
INDICATORS, UNITS = 2000, 70
CARD_AIM_MS, LOAD_AIM_SECONDS, BEHIND_AIM_MS = 30, 10, 200
ASKER = f"U{0xC17:032x}"
ROUNDS = 15


def measure(kind: str, *, quick: bool) -> list[Row]:
    """The rows of one kind of database."""
    with opened(kind) as database:
        rows = card_rows(kind, database)
    with opened(kind) as database:
        return [*rows, *city_rows(kind, database, 200 if quick else INDICATORS)]


# --- one card -------------------------------------------------------------------------------------------------------


def card_rows(kind: str, database: Database) -> list[Row]:
    report_three_years(database)
    cards = rounds(lambda: ask(database))
    plain = rounds(lambda: add_up(database))
    middle, peer = statistics.median(cards), statistics.median(plain)
    what = f"{kind}: the card of 8308, 50 districts × 12 months × 3 years"
    return [
        Row(what, f"{middle:.1f} ms", span(cards, 1), f"≤ {CARD_AIM_MS} ms", middle <= CARD_AIM_MS),
        Row(
            f"{what}, ÷ adding up its headline in SQL", f"{middle / peer:.1f} ({peer:.1f} ms)", span(plain, 1), "", None
        ),
    ]


def report_three_years(database: Database) -> None:
    """Every district reports every month of each year, a little more each time; all of it is approved."""
    with database.transaction() as session:
        for fiscal_year in YEARS[1:]:
            open_year(session, fiscal_year, YEARS[0], ["8308"], NOW)
        unit = get_unit(session, "สำนักพัฒนาสังคม").id
        add_member(session, line_user_id=ASKER, name="-", unit_id=unit, roles=[Role.MANAGER], now=NOW)
        for fiscal_year in YEARS:
            indicator = get_indicator(session, "8308", TODAY, fiscal_year)
            rows = [
                {
                    "indicator_year_id": indicator.id,
                    "unit_id": share.unit,
                    "month": month,
                    "part": "",
                    "numerator": (share.denominator or Decimal(0)) * (number + 1) // 13,
                    "denominator": share.denominator,
                    "source": ReportSource.GRID,
                    "reported_at": NOW,
                    "is_late": False,
                }
                for number, month in enumerate(indicator.months)
                for share in indicator.shares.values()
            ]
            session.execute(insert(IndicatorReport), rows)
        reports = session.scalars(select(IndicatorReport.id)).all()
        decisions = [{"report_id": one, "decision": DecisionKind.APPROVED, "decided_at": NOW} for one in reports]
        session.execute(insert(ReportDecision), decisions)
        for fiscal_year in YEARS:
            store_results(session, get_indicator(session, "8308", TODAY, fiscal_year), NOW)
    analyse(database)


def ask(database: Database) -> None:
    """What the worker does for 8308 ภาพรวม between understanding and the commit."""
    terms = ServiceTerms(ServiceCalendar(None))
    with database.transaction() as session:
        member = find_member(session, ASKER)
        context = Context(session, NOW, NOW, NOW, ASKER, member, terms, text="8308 ภาพรวม")
        told = handler.show_indicator(context, Understanding("query_indicator", {"indicator": "8308"}))
    if not told:
        raise AssertionError("the card says nothing")


def add_up(database: Database) -> None:
    figure = "CAST(r.numerator AS REAL)" if database.is_sqlite else "r.numerator"
    newest = text(f"""
        SELECT sum({figure}) FROM indicator_reports r JOIN indicator_years y ON y.id = r.indicator_year_id
        WHERE y.code = '8308' AND y.fiscal_year = {CITY_YEAR} AND r.id = (
            SELECT max(l.id) FROM indicator_reports l JOIN report_decisions d ON d.report_id = l.id
            WHERE l.indicator_year_id = r.indicator_year_id AND l.unit_id = r.unit_id AND d.decision = 'approved')
    """)
    with database.reading() as session:
        session.execute(newest).scalar_one()


# --- a whole city's year --------------------------------------------------------------------------------------------


def city_rows(kind: str, database: Database, indicators: int) -> list[Row]:
    with database.reading() as session:
        codes = list(session.scalars(select(Unit.code).order_by(Unit.id).limit(UNITS)))
    with city_files(codes, indicators) as files:
        plain = min(seconds(lambda: yaml.load(files[1].read_text("utf-8"), yaml.CSafeLoader)) for _ in range(3))
        loading = seconds(lambda: load(database, [*shipped_catalog_paths(), *files]))
    print(f"    {indicators} indicators loaded in {loading:.1f} s", file=sys.stderr)
    report_a_year(database)
    lists = rounds(lambda: behind(database))
    one_by_one = [milliseconds(lambda: behind_one_by_one(database)) for _ in range(3)]
    middle, peer = statistics.median(lists), statistics.median(one_by_one)
    city = f"{indicators:,} indicators × {UNITS} units"
    return [
        Row(
            f"{kind}: a catalog of {city}, read, checked and loaded",
            f"{loading:.1f} s",
            "",
            f"≤ {LOAD_AIM_SECONDS} s",
            loading <= LOAD_AIM_SECONDS,
        ),
        Row(f"{kind}: the same ÷ PyYAML reading the file", f"{loading / plain:.1f} ({plain:.1f} s)", "", "", None),
        Row(
            f"{kind}: what is behind plan, of {city}",
            f"{middle:.0f} ms",
            span(lists, 0),
            f"≤ {BEHIND_AIM_MS} ms",
            middle <= BEHIND_AIM_MS,
        ),
        Row(
            f"{kind}: the same ÷ indicator by indicator",
            f"1 : {peer / middle:.1f} ({peer:.0f} ms)",
            span(one_by_one, 0),
            "",
            None,
        ),
    ]


@contextmanager
def city_files(units: list[str], count: int) -> Iterator[list[Path]]:
    """Names and definitions of so many indicators, each of 70 units, with a plan by month."""
    codes = [f"CITY-{number:04}" for number in range(count)]
    names = [{"code": code, "name": f"ร้อยละความสำเร็จของโครงการที่ {code}"} for code in codes]
    definitions = [
        {
            "code": code,
            "host": units[number % len(units)],
            "kind": "output",
            "definition": "งานที่แล้วเสร็จตามแผนของหน่วยงานทั้งหมดในปีงบประมาณ",
            "formula": "งานที่แล้วเสร็จ ÷ งานทั้งหมด × 100",
            "measure": {"kind": "ratio", "of": "งานที่แล้วเสร็จ", "among": "งานทั้งหมด", "counted_in": "งาน"},
            "target": 90,
            "target_in": "percent",
            "units": [{"unit": unit, "denominator": 20 + number % 7, "target": 18} for unit in units],
            "plan": {"10": 10, "12": 30, "03": 50, "06": 75, "09": 90},
            "reporting": {"frequency": "monthly", "due_day": 5, "by": "units"},
        }
        for number, code in enumerate(codes)
    ]
    with TemporaryDirectory() as folder:
        files = [Path(folder) / "names.yaml", Path(folder) / "fy.yaml"]
        for path, value in zip(
            files, ({"indicators": names}, {"fiscal_year": CITY_YEAR, "definitions": definitions}), strict=True
        ):
            path.write_text(yaml.dump(value, allow_unicode=True, sort_keys=False), "utf-8")
        yield files


def load(database: Database, paths: list[Path]) -> None:
    read = read_catalog(paths)
    with database.transaction() as session:
        load_catalog(session, read, NOW)


def report_a_year(database: Database) -> None:
    """Every indicator has a result of the whole; every third is behind, every tenth was not reported."""
    with database.transaction() as session:
        ids = session.scalars(select(IndicatorYear.id).where(IndicatorYear.fiscal_year == CITY_YEAR)).all()
        session.execute(text("DELETE FROM indicator_results"))
        rows = [
            {
                "indicator_year_id": one,
                "unit_id": WHOLE,
                "standing": Standing.REPORTED,
                "percent": Decimal(5 if number % 3 == 0 else 40),
                "units_reported": UNITS,
                "units_expected": UNITS,
                "month": date(2026, 11, 1),
                "computed_at": NOW,
            }
            for number, one in enumerate(ids)
            if number % 10
        ]
        session.execute(insert(IndicatorResult), rows)
    analyse(database)


def behind(database: Database) -> int:
    with database.reading() as session:
        return list_behind_plan(session, CITY_YEAR, TODAY).total


def behind_one_by_one(database: Database) -> int:
    with database.reading() as session:
        results = read_whole_results(session, Standing.REPORTED)
        indicators = list_indicators(session, CITY_YEAR)
        states = [one.state_of(results.get(one.id, Result()), TODAY) for one in indicators]
    return states.count(PlanState.BEHIND)


# --- measuring ------------------------------------------------------------------------------------------------------


def analyse(database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("ANALYZE"))


def rounds(work: Callable[[], object]) -> list[float]:
    """Milliseconds of each round, after one that warms up."""
    work()
    return [milliseconds(work) for _ in range(ROUNDS)]


def milliseconds(work: Callable[[], object]) -> float:
    return seconds(work) * 1000


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
