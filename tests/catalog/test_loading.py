"""Loading brings the tables in line with the catalog and can be repeated."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.catalog import Catalog, CatalogChange, CatalogError, CatalogUnit, load_catalog, read_catalog
from bot.understanding.types import UnitName
from bot.vocabulary import vocabulary_from_catalog, vocabulary_from_database
from models.session import Database
from models.units import Unit, UnitAlias, UnitKind, find_unit, list_units
from tests.support import LOADED_AT


def department(code: str, name: str, *aliases: str) -> CatalogUnit:
    return CatalogUnit(code, name, UnitKind.DEPARTMENT, aliases=aliases, source="units.yaml:1")


def load(database: Database, *units: CatalogUnit) -> CatalogChange:
    with database.transaction() as session:
        return load_catalog(session, Catalog(units=units), LOADED_AT)


def contents(database: Database) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    with database.reading() as session:
        units = session.execute(select(*Unit.__table__.columns).order_by(Unit.id)).all()
        aliases = session.execute(select(*UnitAlias.__table__.columns).order_by(UnitAlias.id)).all()
    return [tuple(row) for row in units], [tuple(row) for row in aliases]


def names_found(database: Database, *texts: str) -> list[str | None]:
    with database.reading() as session:
        found = [find_unit(session, text) for text in texts]
        return [unit.name if unit else None for unit in found]


def test_loading_twice_changes_nothing(database: Database, shipped: Catalog) -> None:
    assert load(database, *shipped.units) == CatalogChange(len(shipped.units), 0, 0)
    before = contents(database)
    assert load(database, *shipped.units) == CatalogChange(0, 0, len(shipped.units))
    assert contents(database) == before


def test_what_is_loaded_is_what_the_files_say(database: Database, shipped: Catalog) -> None:
    load(database, *shipped.units)
    with database.reading() as session:
        units = list_units(session)
        codes = {unit.id: unit.code for unit in units}
        rows = [
            (unit.code, unit.name, unit.kind, codes.get(unit.parent_id or 0), unit.district_group, unit.budget_division)
            for unit in units
        ]
    wanted = [
        (unit.code, unit.name, unit.kind, unit.parent, unit.district_group, unit.budget_division)
        for unit in shipped.units
    ]
    assert rows == wanted


def test_a_parent_may_stand_below_its_child_in_the_file(database: Database) -> None:
    child = CatalogUnit("CHILD", "ฝ่ายการเงิน", UnitKind.SECTION, parent="PARENT")
    load(database, child, department("PARENT", "สำนักการคลัง"))
    with database.reading() as session:
        assert session.get_one(Unit, find_unit(session, "CHILD").parent_id).code == "PARENT"


@pytest.mark.parametrize(
    "changed",
    [
        department("A", "สำนักอนามัยใหม่", "สนอ."),
        department("A", "สำนักอนามัย", "สนอ.", "อนามัย"),
        department("A", "สำนักอนามัย"),
        replace(department("A", "สำนักอนามัย", "สนอ."), budget_division=6),
        replace(department("A", "สำนักอนามัย", "สนอ."), kind=UnitKind.OFFICE, parent="B"),
    ],
)
def test_a_changed_unit_keeps_its_row(database: Database, changed: CatalogUnit) -> None:
    other = department("B", "สำนักการแพทย์")
    load(database, department("A", "สำนักอนามัย", "สนอ."), other)
    ids = [row[0] for row in contents(database)[0]]
    assert load(database, changed, other) == CatalogChange(0, 1, 1)
    assert [row[0] for row in contents(database)[0]] == ids
    assert load(database, changed, other) == CatalogChange(0, 0, 2)


def test_an_alias_may_move_to_another_unit(database: Database) -> None:
    load(database, department("A", "สำนักอนามัย", "สพ."), department("B", "สำนักการแพทย์"))
    change = load(database, department("A", "สำนักอนามัย"), department("B", "สำนักการแพทย์", "สพ."))
    assert change == CatalogChange(0, 2, 0)
    assert names_found(database, "สพ.") == ["สำนักการแพทย์"]


def test_units_may_swap_their_names_and_aliases(database: Database) -> None:
    load(database, department("A", "สำนักอนามัย", "สนอ."), department("B", "สำนักการแพทย์", "สนพ."))
    load(database, department("B", "สำนักอนามัย", "สนอ."), department("A", "สำนักการแพทย์", "สนพ."))
    with database.reading() as session:
        assert [find_unit(session, text).code for text in ("สนอ.", "สำนักการแพทย์")] == ["B", "A"]


def test_a_unit_gone_from_the_files_stays_but_gives_up_what_the_catalog_gives_away(database: Database) -> None:
    load(database, department("OLD", "กองกลาง", "กก.", "กลาง"))
    assert load(database, department("NEW", "สำนักอนามัย", "ก ก")) == CatalogChange(1, 0, 0)
    assert names_found(database, "กองกลาง", "กลาง", "กก.") == ["กองกลาง", "กองกลาง", "สำนักอนามัย"]


def test_a_name_that_another_unit_holds_is_refused_and_nothing_changes(database: Database) -> None:
    load(database, department("OLD", "สำนักอนามัย", "สนอ."))
    before = contents(database)
    with pytest.raises(CatalogError) as caught:
        load(database, department("FIRST", "สำนักการแพทย์"), department("NEW", "สำนัก อนามัย"))
    (message,) = caught.value.messages
    assert message == "units.yaml:1: NEW: สำนัก อนามัย is the name of unit OLD in the database; use its code"
    assert contents(database) == before


def test_a_parent_may_be_in_the_database_alone(database: Database) -> None:
    section = CatalogUnit("S", "ฝ่ายการคลัง", UnitKind.SECTION, parent="D", source="more.yaml:2")
    with pytest.raises(CatalogError, match=r"more\.yaml:2: S: there is no unit D to be its parent"):
        load(database, section)
    load(database, department("D", "สำนักการคลัง"))
    assert load(database, section) == CatalogChange(1, 0, 0)


def test_a_faulty_file_loads_nothing(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "units.yaml"
    path.write_text("units:\n  - {code: A, name: ก, kind: department}\n  - {code: B, nmae: ข, kind: department}\n")
    with pytest.raises(CatalogError, match=r"units\.yaml:3: B: unknown key nmae"), database.transaction() as session:
        load_catalog(session, read_catalog([path]), LOADED_AT)
    assert contents(database) == ([], [])


def test_the_vocabulary_is_the_same_from_files_and_from_the_database(database: Database, shipped: Catalog) -> None:
    load(database, *shipped.units)
    with database.reading() as session:
        assert vocabulary_from_database(session) == vocabulary_from_catalog(shipped)


def test_the_vocabulary_holds_what_people_call_things(shipped: Catalog) -> None:
    vocabulary = vocabulary_from_catalog(shipped)
    units = {unit.name: unit for unit in vocabulary.units}
    assert {"ดินแดง", "เขตดินแดง", "สนข.ดินแดง", "Din Daeng"} <= set(units["สำนักงานเขตดินแดง"].aliases)
    assert units["สำนักงานเขตดินแดง"].group == "กท.กลาง"
    assert "กรุงธนใต้" in vocabulary.groups["กธ.ใต้"]
    indicators = {indicator.code: indicator.aliases for indicator in vocabulary.indicators}
    assert "ชุมชนเข้มแข็ง" in indicators["8308"]
    assert "ห้องน้ำผู้สูงอายุ" in indicators["TOILET"]


def test_the_vocabulary_follows_the_database(database: Database) -> None:
    load(database, department("A", "สำนักอนามัย", "สนอ."))
    with database.reading() as session:
        vocabulary = vocabulary_from_database(session, Catalog())
    assert vocabulary.units == (UnitName("สำนักอนามัย", ("สนอ.",)),)
    assert vocabulary.indicators == ()
