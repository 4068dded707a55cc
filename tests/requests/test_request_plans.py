"""Whatever number of requests ended, those that wait are found through the indexes that hold only them."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from models import requests
from models.members import Role
from tests.office import SECRETARIAT

ASKER, SECRETARY = "U" + "a" * 32, "U" + "b" * 32


@pytest.fixture
def statements(office):
    """What is asked of the table of requests, with its values."""
    seen: list[tuple[str, tuple]] = []

    def remember(_connection, _cursor, statement, parameters, *_):
        if ("requests" in statement and "SELECT" in statement) or statement.startswith("UPDATE requests"):
            seen.append((statement, parameters))

    event.listen(office.database.engine, "before_cursor_execute", remember)
    yield seen
    event.remove(office.database.engine, "before_cursor_execute", remember)


def scans(office, statements) -> list[str]:
    """Statements that SQLite would answer by reading the whole table."""
    found = []
    with office.database.engine.connect() as connection:
        for statement, parameters in dict.fromkeys(statements):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            found += [statement for step in plan if step.detail in ("SCAN requests", "SCAN other")]
    return found


def test_nothing_that_people_do_reads_the_whole_table(office, statements):
    if not office.database.is_sqlite:
        pytest.skip("PostgreSQL chooses by the size of the table, which is small here")
    office.add_member(ASKER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    office.add_letter()
    for words in ("กท 9999/1", "กท 9999/1", "กท 1902/1335", "คำขอของฉัน", "ขอคุยกับเจ้าหน้าที่"):
        office.says(ASKER, words)
    for words in ("คิวค้าง", "รับทราบ #1", "#1 กำลังตรวจสอบ", "เข้าเวร", "ออกเวร"):
        office.says(SECRETARY, words)
    office.says(ASKER, "ยังไม่ได้คำตอบ")
    office.says(ASKER, "ถอนคำขอ #1")

    assert statements
    assert scans(office, statements) == []


def test_the_condition_stands_in_the_statement_as_in_the_index():
    written = str(requests.is_unanswered().compile(compile_kwargs={"literal_binds": True}))
    assert written == "requests.state IN ('open', 'acknowledged')"
