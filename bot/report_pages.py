"""``GET /reports/<token>``: the month's report as PDF, made when it is fetched, for whoever was handed its address."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from threading import BoundedSemaphore

from flask import Blueprint, Response, send_file

from bot.kept_answers import KeptAnswers
from bot.logs import get_logger
from bot.signed_links import REPORT, LinkOver, LinkUnknown
from bot.signed_pages import guarded, read_address, refusal
from bot.wiring import Services
from messages.charts.drawing import draw_chart
from messages.charts.svg import as_drawn
from messages.files.monthly_report_pdf import monthly_report_pdf
from messages.monthly_reports import LINK_BUSY, LINK_NOT_FOUND, LINK_OVER
from messages.thai import BUDDHIST_ERA
from models.chart_facts import read_times
from models.chart_terms import ChartAsked, ChartKind
from models.counting import calendar_loader
from models.indicator_terms import month_later
from models.monthly_reports import read_monthly_report
from models.monthly_views import ReportAsked

MADE_AT_ONCE = 2
"""Making one takes a processor for a part of a second; more at a time would only take longer each."""
WAITS_SECONDS = 10
KEPT_BYTES = 4 * 2**20
"""About thirty reports; a web process makes them anew after that."""
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'",  # were it stricter, browsers' own viewers would not show PDF
}
_DAY = timedelta(days=1)


class Busy(Exception):
    """Others' reports are being made, and waiting took too long."""


def create_report_pages(services: Services) -> Blueprint:
    """The blueprint of the address, with the files that this process keeps."""
    blueprint = Blueprint("reports", __name__)
    maker = _Maker(services)

    @blueprint.get(f"{REPORT.path}/<token>")
    def show(token: str) -> Response:
        return _answer(services, maker, token)

    return blueprint


def _answer(services: Services, maker: _Maker, token: str) -> Response:
    try:
        asked = read_address(services.report_links, token, ReportAsked.from_values)
        data = maker.file_of(token, asked)
    except LinkUnknown:
        return refusal(LINK_NOT_FOUND, 404, GUARDS)
    except LinkOver:
        return refusal(LINK_OVER, 410, GUARDS)
    except Busy:
        return refusal(LINK_BUSY, 503, GUARDS)
    shown = send_file(BytesIO(data), "application/pdf", download_name=_name(asked), etag=False)
    shown.headers["Cache-Control"] = "private"
    return guarded(shown, GUARDS)


class _Maker:
    """Makes files, a few at a time, and keeps the last ones."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._kept, self._turns = KeptAnswers(KEPT_BYTES), BoundedSemaphore(MADE_AT_ONCE)

    def file_of(self, token: str, asked: ReportAsked) -> bytes:
        """The file that a token opens.

        Raises:
            Busy: no turn came in time.
        """
        return self._kept.get(token, lambda: self._in_turn(asked))

    def _in_turn(self, asked: ReportAsked) -> bytes:
        if not self._turns.acquire(timeout=WAITS_SECONDS):
            raise Busy
        try:
            return _make(self._services, asked)
        finally:
            self._turns.release()


def _make(services: Services, asked: ReportAsked) -> bytes:
    """In Thai for everybody: who is handed the address may hand it on."""
    last = month_later(asked.month) - _DAY
    with services.database.reading(snapshot=True) as session:
        report = read_monthly_report(session, asked, services.terms(), calendar_loader(session))
        times = read_times(session, ChartAsked(ChartKind.TIMES, asked.as_of, until=last))
    promises = {"acknowledge_minutes": report.acknowledge_minutes, "answer_minutes": report.answer_minutes}
    made = monthly_report_pdf(report, [as_drawn(draw_chart(times, **promises).svg)] if report.service.requests else [])
    get_logger().info("report_made", month=asked.month.isoformat(), unit_id=asked.unit, size=len(made))
    return made


def _name(asked: ReportAsked) -> str:
    return f"report-{asked.month.year + BUDDHIST_ERA}-{asked.month.month:02}.pdf"
