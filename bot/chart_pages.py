"""``GET /charts/<token>``: a chart as PNG, drawn when it is fetched, for whoever was handed its address.

A chart shows results of indicators, which every member may see, or times of the service: never a person or a document.
What it shows is settled by its address, as of an instant; so one drawing serves all phones that fetch it.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response

from bot.kept_answers import KeptAnswers
from bot.logs import get_logger
from bot.signed_links import CHART, LinkOver, LinkUnknown
from bot.signed_pages import guarded, read_address, refusal
from bot.wiring import Services
from messages.charts.drawing import draw_chart
from messages.charts.frame import WIDTH
from messages.charts.picture import NotDrawn, to_png
from messages.charts.refusals import CHART_NOT_DRAWN, CHART_NOT_FOUND, CHART_OVER
from models.chart_facts import read_chart
from models.chart_terms import ChartAsked
from models.errors import NotFound

GUARDS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
FRESH_SECONDS = 24 * 3600
KEPT_BYTES = 8 * 2**20
"""About two hundred charts; a web process draws them anew after that."""


def create_chart_pages(services: Services) -> Blueprint:
    """The blueprint of the address, with the drawings that this process keeps."""
    blueprint = Blueprint("charts", __name__)
    kept = KeptAnswers(KEPT_BYTES)

    @blueprint.get(f"{CHART.path}/<token>")
    def show(token: str) -> Response:
        return _answer(services, kept, token)

    return blueprint


def _answer(services: Services, kept: KeptAnswers, token: str) -> Response:
    try:
        asked = read_address(services.chart_links, token, ChartAsked.from_values)
        picture = kept.get(token, lambda: _draw(services, asked))
    except (LinkUnknown, NotFound):
        return refusal(CHART_NOT_FOUND, 404, GUARDS)
    except LinkOver:
        return refusal(CHART_OVER, 410, GUARDS)
    except NotDrawn as error:
        get_logger().error("chart_not_drawn", kind=asked.kind.value, error=str(error))
        return refusal(CHART_NOT_DRAWN, 503, GUARDS)
    shown = Response(picture, content_type="image/png")
    shown.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    return guarded(shown, GUARDS)


def _draw(services: Services, asked: ChartAsked) -> bytes:
    """In Thai for everybody: the same picture goes to many."""
    with services.database.reading() as session:
        data = read_chart(session, asked)
    settings = services.settings
    chart = draw_chart(
        data,
        acknowledge_minutes=settings.acknowledge_within // timedelta(minutes=1),
        answer_minutes=settings.answer_within // timedelta(minutes=1),
    )
    picture = to_png(chart.svg, WIDTH)
    get_logger().info("chart_drawn", kind=asked.kind.value, indicator_year_id=asked.indicator_year, size=len(picture))
    return picture
