"""What is said about photos and files that people send as evidence."""

from __future__ import annotations

from messages.language import either
from messages.lengths import clip
from messages.limits import Json
from messages.parts import text
from messages.thai import one_line

SHOWN_NAME = 60


def received(file_name: str | None) -> list[Json]:
    """Say that a file was kept; a photo has no name."""
    name = clip(one_line(file_name), SHOWN_NAME) if file_name else ""
    if not name:
        return [
            text(either("ได้รับรูปภาพแล้ว เก็บไว้เป็นหลักฐานประกอบรายงาน", "The picture was received and is kept as evidence."))
        ]
    words = either(
        f"ได้รับไฟล์แล้ว: {name}\nเก็บไว้เป็นหลักฐานประกอบรายงาน",
        f"The file was received: {name}\nIt is kept as evidence.",
    )
    return [text(words)]
