"""A few indicators of the fiscal year in which the tests play (2570), and putting them into a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from models.indicator_terms import (
    Definition,
    Direction,
    EvidenceAsked,
    Frequency,
    ReportedBy,
    Reporting,
    Share,
    Target,
    TargetIn,
)
from models.indicator_years import DefinedIndicator, store_definitions
from models.session import Database
from models.units import get_unit

YEAR = 2570
COMMUNITIES = {
    "สำนักงานเขตดินแดง": (22, 20),
    "สำนักงานเขตดุสิต": (43, 39),
    "สำนักงานเขตบางรัก": (15, 14),
    "สำนักงานเขตบางแค": (48, 43),
    "สำนักงานเขตทุ่งครุ": (29, 26),
}
"""Communities of a district, and how many should draw the budget."""

DRAWN = Definition(
    code="8308",
    fiscal_year=YEAR,
    name="ร้อยละของชุมชนที่มีการเบิกจ่ายงบประมาณตามโครงการชุมชนเข้มแข็งฯ",
    host="SOCIAL-DEVELOPMENT",
    target=Target(Decimal(90)),
    measure={"kind": "ratio", "of": "ชุมชนที่เบิกจ่ายงบประมาณ", "among": "ชุมชนทั้งหมด", "counted_in": "ชุมชน"},
    reporting=Reporting(Frequency.MONTHLY, 5, ReportedBy.UNITS, evidence=EvidenceAsked.ASKED),
)
LADDER = Definition(
    code="PBIS-LEVEL",
    fiscal_year=YEAR,
    name="ระดับความสำเร็จในการจัดทำระบบการจัดการงบประมาณแบบมุ่งเน้นผลงาน",
    host="BUDGET",
    target=Target(Decimal(5), TargetIn.LEVEL),
    measure={
        "kind": "milestones",
        "steps": [
            {"name": "จัดทำแนวทาง", "percent": 20, "score": 6},
            {"name": "ประชุมชี้แจง", "percent": 40, "score": 12},
            {"name": "สำรวจปัญหา", "percent": 60, "score": 18},
            {"name": "แก้ไขปัญหา", "percent": 80, "score": 24},
            {"name": "รายงานผลต่อผู้บริหาร", "percent": 100, "score": 30},
        ],
    },
    reporting=Reporting(Frequency.QUARTERLY, 10, ReportedBy.HOST),
    plan={10: Decimal(20), 1: Decimal(40), 4: Decimal(60), 7: Decimal(80), 9: Decimal(100)},
)
CARRIED_OVER = Definition(
    code="CARRY-OVER",
    fiscal_year=YEAR,
    name="ร้อยละของจำนวนเงินที่มีการกันเงินงบประมาณไว้เบิกเหลื่อมปีแบบไม่มีหนี้",
    host="BUDGET",
    target=Target(Decimal(5), TargetIn.LEVEL, Direction.HIGHER),
    measure={
        "kind": "banded",
        "of": "เงินกันแบบไม่มีหนี้",
        "among": "งบประมาณหลังโอน",
        "counted_in": "บาท",
        "bands": [
            {"up_to": 0, "level": 5, "percent": 100, "score": 20},
            {"up_to": 2, "level": 4, "percent": 90, "score": 18},
            {"up_to": 3, "level": 3, "percent": 80, "score": 16},
            {"below": 4, "level": 2, "percent": 70, "score": 14},
            {"level": 1, "percent": 60, "score": 12},
        ],
    },
    reporting=Reporting(Frequency.YEARLY, 10, ReportedBy.HOST),
)
PROVEN_LADDER = replace(
    LADDER,
    code="BUD-CRITERIA",
    name="ร้อยละความสำเร็จของการจัดทำหลักเกณฑ์ทั่วไปในการจัดทำงบประมาณ",
    target=Target(Decimal(100)),
    reporting=Reporting(Frequency.QUARTERLY, 10, ReportedBy.HOST, evidence=EvidenceAsked.REQUIRED),
)


def define(database: Database, *definitions: Definition, now: datetime = datetime(2026, 10, 1, tzinfo=UTC)) -> None:
    """Put indicators into a database that has the shipped units; those of communities with the districts above."""
    with database.transaction() as session:
        defined = []
        for definition in definitions:
            shares = [
                Share(get_unit(session, name).id, Decimal(all_of_them), Decimal(target))
                for name, (all_of_them, target) in COMMUNITIES.items()
                if definition.code.startswith("8308")
            ]
            defined.append(DefinedIndicator(definition, get_unit(session, definition.host).id, shares))
        store_definitions(session, defined, now)
