"""Many people report and approve at the same moment: nothing is lost, and what is stored is what the history gives."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

from models.indicator_results import WHOLE
from models.indicator_terms import Standing
from tests.indicators.acting import approve, report, stored_and_fresh
from tests.indicators.definitions import COMMUNITIES, DRAWN, define

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def test_reports_and_approvals_at_once_add_up(units, people):
    define(units, DRAWN)
    ready, troubles = threading.Barrier(len(COMMUNITIES)), []

    def of_a_unit(unit):
        try:
            ready.wait()
            for count in (1, 2, 3):
                number = report(units, "8308", people["host"], NOW, unit=unit, value=count)
            approve(units, people["reviewer"], NOW, number)
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=of_a_unit, args=(unit,)) for unit in COMMUNITIES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert troubles == []
    kept, fresh = stored_and_fresh(units, "8308", date(2026, 11, 20))
    assert kept == fresh
    assert {kept[WHOLE, standing].numerator for standing in Standing} == {3 * len(COMMUNITIES)}
