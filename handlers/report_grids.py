"""A table of figures, pasted or sent as a file: one read-back for all its good rows, and a reason for each other."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding import Understanding
from handlers import topics
from handlers.context import Context, promise, read_id
from handlers.report_drafts import INTENT, named, read_back, start_draft
from messages import report_grids as view
from models.conversations import find_topic
from models.errors import Invalid, Refused
from models.indicator_access import REPORTS, list_indicators_to_report, person_of
from models.indicator_terms import Figure
from models.indicators import Indicator, get_indicator, get_indicator_by_id
from models.outbox import Outgoing
from models.report_grids import CheckedGrid, SaidRow, check_rows
from models.reporting import Line, check_line
from models.units import UnitDirectory

ROWS = "rows"
"""Slot of a topic: the rows of a table whose indicator the person is asked for."""


def receive_grid(context: Context) -> list[Outgoing]:
    """Read the table that came back; where it does not say of which indicator it is, ask for that first.

    Raises:
        Refused: why its rows cannot be read.
    """
    context.require_role(REPORTS)
    grid = context.grid
    if isinstance(grid, Refused):
        raise grid
    if grid is None:
        raise Invalid("postback_unreadable")
    if grid.indicator:
        return _read_back(context, get_indicator(context.session, grid.indicator, context.today), grid.rows)
    today, person = context.today, person_of(context.session, context.member)
    indicators = list_indicators_to_report(context.session, person, today, least_units=2)
    rows = [[row.text, row.unit, dict(row.said), row.problem] for row in grid.rows]
    topics.remember(context, INTENT, {ROWS: rows})
    return promise(view.which_of_table([named(one, today) for one in indicators], len(rows)))


def report_table(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Read back the remembered table, of the indicator that was tapped."""
    context.require_role(REPORTS)
    indicator = get_indicator_by_id(context.session, read_id(understanding, "indicator"))
    topic = find_topic(context.session, context.line_user_id, context.now)
    rows = topic.slots.get(ROWS, ()) if topic is not None else ()
    return _read_back(context, indicator, [SaidRow(*row) for row in rows]) if rows else promise(view.table_is_gone())


def _read_back(context: Context, indicator: Indicator, rows: Sequence[SaidRow]) -> list[Outgoing]:
    checked = _check(context, indicator, rows)
    rejected = [view.Rejected(bad.text, bad.refused) for bad in checked.rejected]
    shown = named(indicator, context.today)
    if not checked.lines:
        return promise(view.nothing_taken(shown, rejected))
    return read_back(context, start_draft(context, indicator, checked.lines), rejected=rejected)


def _check(context: Context, indicator: Indicator, rows: Sequence[SaidRow]) -> CheckedGrid:
    session, today = context.session, context.today
    person, directory = person_of(session, context.member), UnitDirectory.load(session)

    def check(line: Line) -> Figure:
        return check_line(session, indicator, person, line, reason=None, today=today)

    return check_rows(rows, directory.resolve, check)
