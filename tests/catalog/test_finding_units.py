"""However a unit is written, it is found; what is not a unit is refused with a suggestion."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.catalog import Catalog, read_catalog, shipped_catalog_paths
from bot.catalog_loading import load_units
from models.base import Base
from models.errors import NotFound
from models.session import Database
from models.units import (
    Unit,
    UnitAlias,
    UnitDirectory,
    UnitKind,
    find_unit,
    get_unit,
    list_units,
    normalize_unit_name,
    unit_and_parents,
)

SPELLINGS = [
    (text, unit.name)
    for unit in read_catalog(shipped_catalog_paths()).units
    for text in (unit.name, unit.code, *unit.aliases)
]
FILLERS = ["", "", "", " ", "\x00", "\ud800", "  ", "\u200b", "\u00a0", "\ufeff", "-"]
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    path: Path = tmp_path_factory.mktemp("units") / "units.db"
    database = Database(f"sqlite:///{path}")
    Base.metadata.create_all(database.engine, tables=[Unit.__table__, UnitAlias.__table__])
    with database.transaction() as session:
        load_units(session, read_catalog(shipped_catalog_paths()))
    with database.reading() as session:
        yield session
    database.close()


@pytest.fixture(scope="module")
def directory(session: Session) -> UnitDirectory:
    return UnitDirectory.load(session)


def name_of(directory: UnitDirectory, text: str) -> str | None:
    unit_id = directory.resolve(text)
    return None if unit_id is None else directory.name(unit_id)


@given(spelling=st.sampled_from(SPELLINGS), data=st.data())
def test_any_unit_is_found_by_any_spelling_and_spacing(directory: UnitDirectory, spelling, data) -> None:
    text, name = spelling
    fillers = data.draw(st.lists(st.sampled_from(FILLERS), min_size=len(text), max_size=len(text)))
    spaced = "".join(filler + character for filler, character in zip(fillers, text, strict=True))
    assert name_of(directory, spaced) == name


@given(spelling=st.sampled_from(SPELLINGS))
def test_code_points_case_and_digits_do_not_matter(directory: UnitDirectory, spelling) -> None:
    text, name = spelling
    for variant in (
        text.replace("ำ", "\u0e4d\u0e32"),
        text.replace("แ", "เเ"),
        text.translate(THAI_DIGITS),
        text.lower(),
        text.replace(".", ""),
        f"{text} กทม.",
    ):
        assert name_of(directory, variant) == name


@given(text=st.text(max_size=60) | st.text(alphabet="สำนักงเขตฯ. \u200b\u0e4d\u0e32กทม", max_size=40))
def test_any_text_is_answered_without_an_error(directory: UnitDirectory, text: str) -> None:
    found = name_of(directory, text)
    assert found is None or found in {name for _, name in SPELLINGS}
    assert len(directory.suggest(text)) <= 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("สนข. ดินแดง", "สำนักงานเขตดินแดง"),
        ("ส.น.ข.ดินแดง", "สำนักงานเขตดินแดง"),
        ("สำนักเขตดินแดง", "สำนักงานเขตดินแดง"),
        ("สำนักงานเขตดินแดง กรุงเทพมหานคร", "สำนักงานเขตดินแดง"),
        ("สํานักงานเขตดินแดง", "สำนักงานเขตดินแดง"),
        ("เขตป้อมปราบฯ", "สำนักงานเขตป้อมปราบศัตรูพ่าย"),
        ("สงม", "สำนักงบประมาณกรุงเทพมหานคร"),
        ("สำนักงบประมาณฯ", "สำนักงบประมาณกรุงเทพมหานคร"),
        ("สำนักงานงบประมาณกรุงเทพมหานคร", "สำนักงบประมาณกรุงเทพมหานคร"),
        ("สำนักงานการระบายน้ำ", "สำนักการระบายน้ำ"),
        ("สำนักงานโยธา", "สำนักการโยธา"),
        ("สนง.เลขานุการปลัดฯ", "สำนักงานเลขานุการปลัดกรุงเทพมหานคร"),
        ("ป. กทม.", "สำนักปลัดกรุงเทพมหานคร"),
        ("สำนักปลัดกรุงเทพฯ", "สำนักปลัดกรุงเทพมหานคร"),
        ("สนง.ก.ก.", "สำนักงาน ก.ก."),
        ("กองวิเคราะห์งบประมาณ ๔", "กองวิเคราะห์งบประมาณ 4"),
        ("สำนักวัฒนธรรม กีฬาและการท่องเที่ยว", "สำนักวัฒนธรรม กีฬา และการท่องเที่ยว"),
        ("din daeng", "สำนักงานเขตดินแดง"),
    ],
)
def test_spellings_seen_in_letters(session: Session, text: str, name: str) -> None:
    assert get_unit(session, text).name == name


@pytest.mark.parametrize("text", ["", " ", "ฯ", "...", "\u200b", "กทม.", "สำนัก", "สำนักงาน", "เขต", "สำนักงานเขต", "วัน"])
def test_what_names_no_unit_finds_none(session: Session, text: str) -> None:
    assert find_unit(session, text) is None


@given(text=st.text(max_size=20) | st.text(alphabet="ดินแดง\x00\ud800", max_size=10))
def test_no_character_upsets_the_database(session: Session, text: str) -> None:
    assert find_unit(session, text) is None or normalize_unit_name(text)


def test_a_slip_is_refused_with_the_nearest_names(session: Session) -> None:
    with pytest.raises(NotFound) as caught:
        get_unit(session, "เขตดินแดน")
    assert caught.value.reason_code == "unit_not_found"
    assert caught.value.facts["text"] == "เขตดินแดน"
    assert caught.value.facts["suggestions"][0] == "สำนักงานเขตดินแดง"
    with pytest.raises(NotFound) as caught:
        get_unit(session, "zzzz")
    assert caught.value.facts["suggestions"] == []


def test_the_directory_asks_the_database_twice_and_then_no_more(session: Session) -> None:
    statements: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    directory = UnitDirectory.load(session)
    for text, _ in SPELLINGS:
        directory.resolve(text)
    assert len(statements) == 2


def test_the_directory_refuses_an_id_it_does_not_hold(directory: UnitDirectory) -> None:
    with pytest.raises(NotFound):
        directory.name(10_000)


def test_lists_keep_the_catalogs_order_and_every_condition(session: Session, shipped: Catalog) -> None:
    assert [unit.code for unit in list_units(session)] == [unit.code for unit in shipped.units]
    assert len(list_units(session, kind=UnitKind.DISTRICT)) == 50
    assert len(list_units(session, district_group="กท.ใต้")) == 10
    third = list_units(session, kind=UnitKind.DEPARTMENT, budget_division=3)
    assert [unit.code for unit in third] == ["EDUCATION", "CULTURE", "UNIVERSITY"]
    assert list_units(session, kind=UnitKind.DISTRICT, district_group="กท.ไกล") == []


def test_a_section_stands_below_its_office_and_department(session: Session) -> None:
    above = unit_and_parents(session, get_unit(session, "ส่วนเลขานุการ").id)
    assert above == {get_unit(session, text).id for text in ("ส่วนเลขานุการ", "สลป.", "สำนักปลัดกรุงเทพมหานคร")}
    district = get_unit(session, "ดินแดง")
    assert unit_and_parents(session, district.id) == {district.id}
    assert unit_and_parents(session, 10_000) == frozenset()


def test_parents_in_a_circle_do_not_hang(database: Database) -> None:
    with database.transaction() as session:
        first, second = (Unit(code=code, name=code, kind=UnitKind.SECTION) for code in "AB")
        session.add_all([first, second])
        session.flush()
        first.parent_id, second.parent_id = second.id, first.id
        session.flush()
        assert unit_and_parents(session, first.id) == {first.id, second.id}


def test_the_key_of_a_name_is_the_same_for_all_its_spellings() -> None:
    keys = {normalize_unit_name(text) for text in ("สำนักงานเขตดินแดง", "เขต ดินแดง", "สนข.ดินแดง", "สนง.เขต ดินแดง")}
    assert keys == {"สำนักงานเขตดินแดง"}
    assert normalize_unit_name("น้ำ") == normalize_unit_name("น\u0e4d\u0e49า") == normalize_unit_name("นำ้")
    assert normalize_unit_name("ฯ. ") == ""
