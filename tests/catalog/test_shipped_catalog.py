"""The catalog in the repository says what the office's papers say."""

import re
import unicodedata
from collections import Counter

import pytest

from bot.catalog import Catalog, CatalogUnit, shipped_catalog_paths
from models.units import UnitKind, normalize_unit_name

DIVISIONS = {
    1: "พญาไท ราชเทวี พระนคร ดุสิต ป้อมปราบศัตรูพ่าย สัมพันธวงศ์ วังทองหลาง ดินแดง ห้วยขวาง",
    2: "สวนหลวง บางนา ปทุมวัน บางรัก สาทร บางคอแหลม ยานนาวา คลองเตย วัฒนา พระโขนง",
    3: "ทวีวัฒนา ธนบุรี คลองสาน จอมทอง บางกอกใหญ่ บางกอกน้อย บางพลัด ตลิ่งชัน",
    4: "คลองสามวา บางกะปิ สะพานสูง บึงกุ่ม คันนายาว ประเวศ ลาดกระบัง มีนบุรี หนองจอก",
    5: "บางเขน จตุจักร บางซื่อ ลาดพร้าว หลักสี่ ดอนเมือง สายไหม",
    6: "ภาษีเจริญ บางแค หนองแขม บางขุนเทียน บางบอน ราษฎร์บูรณะ ทุ่งครุ",
}
"""Districts by analysis division, in the order of the Budget Bureau's plan for FY 2565."""

DEPARTMENTS = {
    1: ["สำนักการระบายน้ำ", "สำนักสิ่งแวดล้อม"],
    2: ["สำนักการโยธา", "สำนักการจราจรและขนส่ง", "สำนักการวางผังและพัฒนาเมือง"],
    3: ["สำนักการศึกษา", "สำนักวัฒนธรรม กีฬา และการท่องเที่ยว", "มหาวิทยาลัยนวมินทราธิราช"],
    4: [
        "สำนักงาน ก.ก.",
        "สำนักยุทธศาสตร์และประเมินผล",
        "สำนักงบประมาณกรุงเทพมหานคร",
        "สำนักการคลัง",
        "การพาณิชย์ของกรุงเทพมหานคร",
    ],
    5: [
        "สำนักงานเลขานุการสภากรุงเทพมหานคร",
        "สำนักงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร",
        "สำนักเทศกิจ",
        "สำนักป้องกันและบรรเทาสาธารณภัย",
        "สำนักปลัดกรุงเทพมหานคร",
    ],
    6: ["สำนักการแพทย์", "สำนักอนามัย", "สำนักพัฒนาสังคม"],
}

GROUP_OF_DIVISION = {1: "กท.กลาง", 2: "กท.ใต้", 3: "กธ.เหนือ", 4: "กท.ตะวันออก", 5: "กท.เหนือ", 6: "กธ.ใต้"}
GROUP_SIZES = {"กท.กลาง": 9, "กท.ตะวันออก": 9, "กท.ใต้": 10, "กท.เหนือ": 7, "กธ.ใต้": 7, "กธ.เหนือ": 8}

INDICATORS = {
    *("BUD-CRITERIA", "PBIS-PROC", "PBIS-LEVEL", "INTEGRATED-BUDGET"),
    *("TOILET", "INFO-CENTRE-ACT", "SPEND-UP-ACT", "STUDY-1555", "E-SARABAN"),
    *("8308", "DISBURSE", "CARRY-OVER", "PAY-7-DAYS", "INFO-CENTRE", "LINE-TRACKING", "1555"),
}

SLIPS = [
    "สำนักงานประมาณ",
    "สำนักงานงบประมาณ",
    "ราชบุรีบูรณะ",
    "กั้นเงิน",
    "ก่อนนี้ผูกพัน",
    "มหาวิทยาลัยนวมินทรา(?!ธิราช)",
    "มหาวิทยาลัยนวัตกรรม",
    "สำนักงานการระบายน้ำ",
    "สำนักงาน(การ)?โยธา",
    "สำนักงาน(การ)?จราจร",
    "สำนักงาน(การ)?วางผัง",
    "สำนักงานการศึกษา",
    "สำนักงานการแพทย์",
    "เหลือในปี",
]


def units_of(catalog: Catalog, kind: UnitKind) -> list[CatalogUnit]:
    return [unit for unit in catalog.units if unit.kind is kind]


def test_the_districts_are_fifty_in_six_groups(shipped: Catalog) -> None:
    districts = units_of(shipped, UnitKind.DISTRICT)
    assert len(districts) == 50
    assert Counter(unit.district_group for unit in districts) == GROUP_SIZES
    assert {group.code for group in shipped.groups} == set(GROUP_SIZES)


@pytest.mark.parametrize("division", DIVISIONS)
def test_each_division_looks_after_its_districts_and_departments(shipped: Catalog, division: int) -> None:
    districts = {f"สำนักงานเขต{bare}" for bare in DIVISIONS[division].split()}
    looked_after = {unit.name for unit in shipped.units if unit.budget_division == division}
    assert looked_after == districts | set(DEPARTMENTS[division])
    groups = {unit.district_group for unit in shipped.units if unit.name in districts}
    assert groups == {GROUP_OF_DIVISION[division]}


def test_every_department_and_district_has_a_division(shipped: Catalog) -> None:
    top = units_of(shipped, UnitKind.DEPARTMENT) + units_of(shipped, UnitKind.DISTRICT)
    assert len(top) == 71
    assert all(unit.budget_division and not unit.parent for unit in top)


def test_the_permanent_secretarys_office_has_its_five_sections(shipped: Catalog) -> None:
    sections = {unit.name for unit in shipped.units if unit.parent == "SECRETARY-OFFICE"}
    assert sections == {"ส่วนเลขานุการ", "ส่วนบริหารกลาง", "ฝ่ายการคลัง", "ฝ่ายบริหารงานทั่วไป", "ศูนย์เรื่องราวร้องทุกข์"}
    office = next(unit for unit in shipped.units if unit.code == "SECRETARY-OFFICE")
    assert office.parent == "PERMANENT-SECRETARY"


def test_the_budget_bureau_has_its_eight_offices(shipped: Catalog) -> None:
    offices = {unit.name for unit in shipped.units if unit.parent == "BUDGET"}
    divisions = {f"กองวิเคราะห์งบประมาณ {number}" for number in range(1, 7)}
    assert offices == divisions | {"สำนักงานระบบงบประมาณ", "สำนักงานเลขานุการ สำนักงบประมาณกรุงเทพมหานคร"}


def test_every_indicator_of_the_papers_is_named_once(shipped: Catalog) -> None:
    assert Counter(indicator.code for indicator in shipped.indicators) == dict.fromkeys(INDICATORS, 1)
    assert all(indicator.aliases for indicator in shipped.indicators)


def test_no_spelling_stands_for_two_units(shipped: Catalog) -> None:
    owners: dict[str, set[str]] = {}
    for unit in shipped.units:
        for text in (unit.code, unit.name, *unit.aliases):
            owners.setdefault(normalize_unit_name(text), set()).add(unit.code)
    assert {text: codes for text, codes in owners.items() if len(codes) > 1} == {}
    aliases = [alias for unit in shipped.units for alias in unit.aliases]
    assert len(aliases) == len(set(aliases))


@pytest.mark.parametrize("path", shipped_catalog_paths(), ids=lambda path: path.name)
def test_the_files_are_spelled_right(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [slip for slip in SLIPS if re.search(slip, text)] == []
    assert unicodedata.is_normalized("NFC", text)
    assert re.search("\u0e4d\u0e32|เเ|[\u200b-\u200f\ufeff๐-๙]", text) is None


def test_the_slip_patterns_find_slips() -> None:
    slips = "สำนักงานประมาณกรุงเทพมหานคร ราชบุรีบูรณะ มหาวิทยาลัยนวมินทราชูทิศ สำนักงานโยธา กั้นเงิน"
    assert sum(bool(re.search(slip, slips)) for slip in SLIPS) == 5
    assert not any(re.search(slip, "มหาวิทยาลัยนวมินทราธิราช สำนักการโยธา") for slip in SLIPS)
