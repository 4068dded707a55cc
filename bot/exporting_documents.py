"""The register's letters as a file; nothing of a letter above ordinary secrecy is in it, nor in its count."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.export_files import write_table
from messages.files.columns import Column, cells_of, heading_of, moment_text
from messages.language import either
from messages.words import STAGE_WORDS, URGENCY_WORDS
from models.letter_log import LetterRow, stream_letters
from models.session import Database

SHEET, SHEET_THAI = "documents", "หนังสือราชการ"


def export_documents(database: Database, path: Path, first: date | None, last: date | None) -> int:
    """Write the letters dated within a period, or all, oldest first, in the language that is spoken; gives how many.

    Raises:
        Invalid: as ``write_table`` does.
    """
    with database.reading(snapshot=True) as session:
        rows = stream_letters(session, first, last)
        return write_table(path, heading_of(SHEET, SHEET_THAI, COLUMNS), cells_of(COLUMNS, rows))


COLUMNS: list[Column[LetterRow]] = [
    Column("document", "ลำดับในระบบ", lambda row: row.letter.id),
    Column("number", "เลขที่หนังสือ", lambda row: row.letter.number),
    Column("date", "ลงวันที่", lambda row: row.letter.document_date),
    Column("receive_numbers", "เลขรับ", lambda row: ", ".join(row.receive_numbers)),
    Column("received_at", "เวลาที่รับ", lambda row: moment_text(row.received_at)),
    Column("from_unit", "จากหน่วยงาน", lambda row: row.letter.from_unit),
    Column("addressee", "เรียน", lambda row: row.letter.addressee),
    Column("subject", "เรื่อง", lambda row: row.letter.subject),
    Column("urgency", "ชั้นความเร็ว", lambda row: either(URGENCY_WORDS[row.letter.urgency], row.letter.urgency.value)),
    Column("due_at", "ต้องถึงภายใน", lambda row: moment_text(row.letter.due_at)),
    Column("stage", "ขั้นตอน", lambda row: either(STAGE_WORDS[row.letter.stage], row.letter.stage.value)),
    Column("stage_since", "อยู่ขั้นนี้ตั้งแต่", lambda row: moment_text(row.letter.stage_since)),
    Column("last_event_at", "เหตุการณ์ล่าสุดเมื่อ", lambda row: moment_text(row.last_at)),
    Column("last_event_note", "หมายเหตุของเหตุการณ์ล่าสุด", lambda row: row.last_note),
]
