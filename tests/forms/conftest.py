"""An office with two indicators of the running year, reported by districts and a bureau, and who approves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from models.indicator_terms import Frequency, SuccessKind
from models.members import Role
from models.result_forms import read_result_form
from models.working_time import BANGKOK
from tests.forms.acting import BANG_RAK, BUDGET, BUDGET_REVIEWER, DIN_DAENG, REVIEWER
from tests.indicators.acting import approve, report
from tests.indicators.definitions import DRAWN, LADDER, YEAR, define
from tests.office import OTHER_DISTRICT

BUREAU = "สำนักงบประมาณกรุงเทพมหานคร"
SUPPORTS = {"side": "ด้านที่ 7 การบริหารจัดการเมืองมหานคร", "issue": "7.4 การคลังและงบประมาณ"}
FORMS_LADDER = replace(
    LADDER,
    kind=SuccessKind.OUTCOME,
    supports=SUPPORTS,
    definition="จัดทำระบบสารสนเทศ (PBIS) พ.ศ. 2564",
    formula="ระดับตามขั้นที่ทำสำเร็จ",
    channel="BMA Policy Tracking",
    reporting=replace(LADDER.reporting, frequency=Frequency.MONTHLY, evidence_of="เอกสารการจัดหา"),
)


class City:
    """What people do and what the form then says; the clock moves as a test tells."""

    def __init__(self, office) -> None:
        self.office, self.database = office, office.database

    def goes_to(self, year: int, month: int, day: int = 20) -> None:
        at = datetime(year, month, day, 10, tzinfo=BANGKOK)
        self.office.clock.advance(seconds=(at - self.now).total_seconds())

    @property
    def now(self) -> datetime:
        return self.office.clock.now()

    def tells(self, code: str, by: str, month: date, *, approved: bool = True, **said) -> int:
        made = report(self.database, code, by, self.now, month=month, **said)
        if approved:
            approve(self.database, REVIEWER if code == "8308" else BUDGET_REVIEWER, self.now, made)
        return made

    def form(self, code: str = "PBIS-LEVEL", quarter: int = 1, year: int = YEAR):
        with self.database.reading(snapshot=True) as session:
            return read_result_form(session, code, year, quarter, now=self.now)


@pytest.fixture
def city(office):
    define(office.database, DRAWN, FORMS_LADDER)
    office.add_member(DIN_DAENG, Role.COORDINATOR)
    office.add_member(BANG_RAK, Role.COORDINATOR, unit=OTHER_DISTRICT)
    office.add_member(REVIEWER, Role.REVIEWER, unit="สำนักพัฒนาสังคม")
    office.add_member(BUDGET, Role.COORDINATOR, unit=BUREAU)
    office.add_member(BUDGET_REVIEWER, Role.REVIEWER, unit=BUREAU)
    return City(office)
