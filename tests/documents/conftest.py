"""A small registry: some units, members of them, and files that an office would send."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.importing import import_documents
from models.members import Member, MemberRole, Role
from models.session import Database
from models.units import Unit, UnitAlias, UnitKind
from models.visibility import OPERATOR, get_letter, list_letters_by_number, viewer_for

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday, 09.00 in Bangkok
DISTRICT, OTHER_DISTRICT, SECTION = "สำนักงานเขตดินแดง", "สำนักงานเขตบางรัก", "ฝ่ายรายได้ สำนักงานเขตดินแดง"


class Registry:
    """The database of an office with verbs for tests."""

    def __init__(self, database, folder: Path) -> None:
        self.database, self.folder, self.now = database, folder, NOW
        with database.transaction() as session:
            district = Unit(code="dindaeng", name=DISTRICT, kind=UnitKind.DISTRICT)
            session.add_all([district, Unit(code="bangrak", name=OTHER_DISTRICT, kind=UnitKind.DISTRICT)])
            session.flush()
            section = Unit(code="dindaeng-revenue", name=SECTION, kind=UnitKind.SECTION, parent_id=district.id)
            session.add_all([section, UnitAlias(unit_id=district.id, alias="สนข.ดด.")])
        with database.reading() as session:
            self.units = {unit.name: unit.id for unit in session.query(Unit)}

    def later(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now

    def write(self, *rows: dict[str, str], name: str = "letters.csv", encoding: str = "utf-8-sig") -> Path:
        path = self.folder / name
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    def take(self, path: Path):
        return import_documents(self.database, path, self.now)

    def take_rows(self, *rows: dict[str, str]):
        return self.take(self.write(*rows))

    def counts(self, *rows: dict[str, str]) -> tuple[int, int, int, int]:
        report = self.take_rows(*rows)
        return report.added, report.updated, report.unchanged, len(report.rejected)

    def letters(self, number: str = "กท 1902/1335", viewer=OPERATOR):
        with self.database.reading() as session:
            return [get_letter(session, viewer, line.id) for line in list_letters_by_number(session, viewer, number)]

    def letter(self, number: str = "กท 1902/1335"):
        (only,) = self.letters(number)
        return only

    def add_member(self, line_user_id: str, unit: str = DISTRICT, *roles: Role, blocked: bool = False) -> int:
        with self.database.transaction() as session:
            member = Member(
                line_user_id=line_user_id,
                name="ผู้ทดสอบ",
                unit_id=self.units[unit],
                registered_at=NOW,
                blocked_at=NOW if blocked else None,
                roles_held=[MemberRole(role=role) for role in roles or (Role.OFFICER,)],
            )
            session.add(member)
            session.flush()
            return member.id

    def viewer(self, member_id: int):
        with self.database.reading() as session:
            return viewer_for(session, session.get_one(Member, member_id))


def row(number: str = "กท 1902/1335", **cells: str) -> dict[str, str]:
    """A row of a register with the required cells and whatever a test adds."""
    return {"number": number, "date": "2026-11-02", "subject": "ขออนุมัติโครงการ", "from_unit": DISTRICT, **cells}


class StatementLog:
    """The statements that reach the database while it listens, without their values."""

    def __init__(self, engine) -> None:
        self.engine, self.statements = engine, []

    def __enter__(self):
        event.listen(self.engine, "before_cursor_execute", self._keep)
        return self.statements

    def __exit__(self, *_):
        event.remove(self.engine, "before_cursor_execute", self._keep)

    def _keep(self, _connection, _cursor, statement, *_):
        self.statements.append(statement)


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


@pytest.fixture
def registry(database, folder) -> Registry:
    """An office on each kind of database."""
    return Registry(database, folder)


@pytest.fixture
def registry_on_sqlite(sqlite_url, folder) -> Iterator[Registry]:
    """An office for what no database has a part in, such as the reading of files."""
    database = Database(sqlite_url)
    yield Registry(database, folder)
    database.close()
