"""From what a chart shows to the chart."""

from __future__ import annotations

from messages.charts.frame import Chart
from messages.charts.targets import draw_targets
from messages.charts.times import draw_times
from messages.charts.trend import draw_trend
from messages.charts.units import draw_units
from models.chart_data import ChartData, TargetsData, TimesData, TrendData


def draw_chart(data: ChartData, *, acknowledge_minutes: int, answer_minutes: int) -> Chart:
    """Draw what was read: 1040 by 780, with words that can be searched where its SVG stands within a web page.

    Args:
        data: of ``chart_facts``.
        acknowledge_minutes: the promise, for a chart of times.
        answer_minutes: likewise.
    """
    if isinstance(data, TimesData):
        return draw_times(data, acknowledge_minutes=acknowledge_minutes, answer_minutes=answer_minutes)
    if isinstance(data, TargetsData):
        return draw_targets(data)
    return draw_trend(data) if isinstance(data, TrendData) else draw_units(data)
