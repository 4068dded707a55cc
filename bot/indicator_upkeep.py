"""What the clock does for indicators: figures that the service computes itself, cuts of quarters, old drafts."""

from __future__ import annotations

from bot.logs import get_logger
from bot.wiring import Services
from models.documents import BANGKOK
from models.indicator_cuts import cut_quarter, list_quarters_due
from models.machine_figures import list_computed, record_machine_figures
from models.report_drafts import forget_drafts_before


def compute_figures(services: Services) -> None:
    """Report what the service knows itself, one indicator in a transaction."""
    now, calendar = services.clock.now(), services.service_calendar()
    today = now.astimezone(BANGKOK).date()
    with services.database.reading() as session:
        computed = list_computed(session, today)
    for indicator_year_id in computed:
        with services.database.transaction() as session:
            appended = record_machine_figures(
                session, calendar, now=now, today=today, indicator_year_id=indicator_year_id
            )
        if appended:
            get_logger().info("figures_computed", indicator_year_id=indicator_year_id, reports=appended)


def cut_quarters(services: Services) -> None:
    """Keep the results of quarters that are over, from the fifteenth of the month after on."""
    now = services.clock.now()
    with services.database.reading() as session:
        due = list_quarters_due(session, now.astimezone(BANGKOK).date())
    cut = 0
    for indicator, quarter in due:
        with services.database.transaction() as session:
            cut += cut_quarter(session, indicator, quarter, now)
    if cut:
        get_logger().info("quarters_cut", indicators=cut)


def forget_report_drafts(services: Services) -> None:
    """Forget what people were about to report and left."""
    with services.database.transaction() as session:
        forget_drafts_before(session, services.clock.now())
