"""The office that is measured: the shipped catalog, 200 members of 50 districts, and a register of their letters."""

from __future__ import annotations

import csv
import itertools
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.catalog import load_catalog, read_catalog, shipped_catalog_paths
from bot.importing import import_documents
from bot.migrating import upgrade_database
from models.documents import BANGKOK
from models.members import Role, add_member
from models.session import Database
from models.units import get_unit

MEMBERS = 200
LETTERS = 20_000
STAGES = ("รับเรื่อง", "กลั่นกรอง", "เสนอผู้บริหารพิจารณา", "ลงนาม/สั่งการแล้ว")
QUESTIONS = (
    "หนังสือ กท {number} ถึงไหนแล้วคะ",
    "กท {number} เซ็นหรือยังครับ",
    "ขอทราบสถานะหนังสือ ที่ กท{number}",
    "{number} ถึงไหนแล้ว",
    "สวัสดีค่ะ รบกวนสอบถามหนังสือเลขที่ กท {number} ค่ะ",
)


def district_names() -> list[str]:
    catalog = read_catalog(shipped_catalog_paths())
    return sorted(unit.name for unit in catalog.units if unit.name.startswith("สำนักงานเขต"))[:50]


def line_user_id(member: int) -> str:
    return f"U{member:032x}"


def letter_number(letter: int) -> str:
    return f"{1900 + letter % 50}/{letter + 1}"


def fill(database: Database, letters: int = LETTERS) -> None:
    """Migrate an empty database and put the office into it; letter ``n`` is of district ``n % 50``."""
    upgrade_database(database)
    districts, now = district_names(), datetime.now(UTC)
    with database.transaction() as session:
        load_catalog(session, read_catalog(shipped_catalog_paths()), datetime.now(UTC))
    with database.transaction() as session:
        units = [get_unit(session, name).id for name in districts]
        for member in range(MEMBERS):
            add_member(
                session,
                line_user_id=line_user_id(member),
                name="ผู้ใช้ทดสอบ",
                unit_id=units[member % len(units)],
                roles=[Role.OFFICER],
                now=now,
            )
    with tempfile.TemporaryDirectory() as folder:
        import_documents(database, _register(Path(folder), districts, letters, now), now)
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


def _register(folder: Path, districts: list[str], letters: int, now: datetime) -> Path:
    """A register brought up to date a moment ago: what is older than the promise allows would go to an officer."""
    today = now.astimezone(BANGKOK)
    path = folder / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["number", "date", "subject", "from_unit", "addressee", "receive_number", "received_at", "stage"]
        )
        for letter in range(letters):
            writer.writerow(
                [
                    f"กท {letter_number(letter)}",
                    f"{today:%Y-%m-%d}",
                    f"ขออนุมัติดำเนินโครงการปรับปรุงทางเท้า ระยะที่ {letter + 1}",
                    districts[letter % len(districts)],
                    "ปลัดกรุงเทพมหานคร",
                    str(letter + 1),
                    f"{today:%Y-%m-%d %H:%M}",
                    STAGES[letter % len(STAGES)],
                ]
            )
    return path


def questions(letters: int = LETTERS) -> Iterator[tuple[str, str, str]]:
    """Endless (LINE user id, text, number asked for): members in turn, each about a letter of the own district."""
    for turn in itertools.count():
        member = turn % MEMBERS
        letter = (member % 50 + 50 * (turn * 7919)) % letters
        number = letter_number(letter)
        yield line_user_id(member), QUESTIONS[turn % len(QUESTIONS)].format(number=number), number
