"""How fast a register of 100,000 letters goes in, on SQLite and on PostgreSQL, beside the same rows put in bare.

    .venv/bin/python -m bench.import_letters [--rows 100000] [--only sqlite|postgresql]

The peer reads the same CSV with ``csv.reader`` and inserts six of its columns with ``executemany`` through the same
driver: no checks, no looking for known letters, no history. Memory is the growth of the process's greatest size
between a run of a tenth of the rows and a run of all of them; flat memory stays near nothing. PostgreSQL is reached
at TEST_POSTGRES_URL; a database of our own is made there and dropped.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, text

from bot.importing import import_documents
from models.base import Base
from models.session import Database
from models.units import Unit, UnitKind

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HEADER = ["เลขที่หนังสือ", "ลงวันที่", "เรื่อง", "จาก", "เรียน", "ชั้นความเร็ว", "ชั้นความลับ", "เลขรับ", "วันที่รับ", "สถานะ", "หมายเหตุ"]
UNITS = [f"กองตัวอย่าง {number}" for number in range(40)]
STAGES = ["รับเรื่อง", "กลั่นกรอง", "เสนอผู้บริหารพิจารณา", "ลงนาม/สั่งการแล้ว", "ส่งคืนหน่วยงาน"]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--only", choices=["sqlite", "postgresql"])
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, large = (make_register(Path(folder), rows) for rows in (given.rows // 10, given.rows))
        for kind, opened in {"sqlite": sqlite, "postgresql": postgresql}.items():
            if given.only in (None, kind):
                measure(kind, opened, Path(folder), small, large)


def measure(kind, opened, folder: Path, small: Path, large: Path) -> None:
    with opened(folder) as database:
        run(database, small)
    before = peak_mebibytes()
    with opened(folder) as database:
        report, seconds, busy = run(database, large)
        grown = peak_mebibytes() - before
        again, again_seconds, _ = run(database, large)
    with opened(folder) as database:
        bare_seconds = run_bare(database, large)
    rows = report.added
    rates = (
        f"first {rows / seconds:.0f}/s  again {again.unchanged / again_seconds:.0f}/s  bare {rows / bare_seconds:.0f}/s"
    )
    share = f"ours/bare {bare_seconds / seconds:.2f}  our process busy {busy / seconds:.0%} of the time"
    print(f"{kind}: {rows} rows  {rates}\n  {share}  memory +{grown:.0f} MiB")
    assert (report.rejected, again.added, again.updated) == ([], 0, 0)


def run(database: Database, register: Path):
    started, busy_since = time.perf_counter(), time.process_time()
    report = import_documents(database, register, NOW)
    return report, time.perf_counter() - started, time.process_time() - busy_since


def run_bare(database: Database, register: Path) -> float:
    insert = text("INSERT INTO bare VALUES (:number, :dated, :subject, :sender, :stage, :note)")
    names = ("number", "dated", "subject", "sender", "stage", "note")
    with database.transaction() as session:
        session.execute(text(f"CREATE TABLE bare ({', '.join(f'{name} TEXT' for name in names)})"))
    started = time.perf_counter()
    with register.open(encoding="utf-8", newline="") as file, database.transaction() as session:
        rows = csv.reader(file)
        next(rows)
        while chunk := [row for _, row in zip(range(1000), rows, strict=False)]:
            picked = ((row[0], row[1], row[2], row[3], row[9], row[10]) for row in chunk)
            session.execute(insert, [dict(zip(names, row, strict=True)) for row in picked])
    return time.perf_counter() - started


def make_register(folder: Path, rows: int) -> Path:
    path = folder / f"register-{rows}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(letter(number) for number in range(rows))
    return path


def letter(number: int) -> list[str]:
    on = date(2025, 1, 1) + timedelta(days=number % 600)
    subject = f"ขออนุมัติดำเนินโครงการปรับปรุงถนนและทางเท้าภายในพื้นที่ ระยะที่ {number}"
    return [
        f"กท {1900 + number % 50}/{number}",
        f"{on.day}/{on.month}/{on.year + 543}",
        subject,
        UNITS[number % len(UNITS)],
        "ปลัดกรุงเทพมหานคร",
        ("ปกติ", "ด่วน", "ด่วนมาก")[number % 3],
        "ลับ" if number % 100 == 0 else "ปกติ",
        str(number + 1),
        f"{on.day}/{on.month}/{on.year + 543} {8 + number % 8}.{number % 60:02} น.",
        STAGES[number % len(STAGES)],
        "แนบเอกสารครบถ้วน" if number % 2 else "",
    ]


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    with prepared(f"sqlite:///{folder / uuid.uuid4().hex}.db") as database:
        yield database


@contextmanager
def postgresql(_folder: Path) -> Iterator[Database]:
    name = f"tidtam_bench_{uuid.uuid4().hex[:12]}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        with prepared(POSTGRES.rsplit("/", 1)[0] + f"/{name}") as database:
            yield database
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@contextmanager
def prepared(url: str) -> Iterator[Database]:
    database = Database(url)
    Base.metadata.create_all(database.engine)
    with database.transaction() as session:
        session.add_all(Unit(code=f"u{place}", name=name, kind=UnitKind.OFFICE) for place, name in enumerate(UNITS))
    try:
        yield database
    finally:
        database.close()


def peak_mebibytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
