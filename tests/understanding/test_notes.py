"""What is added to a stage, and what only says when, of which letter and how politely."""

from __future__ import annotations

import pytest

from bot.understanding import understand
from tests.understanding.score import shipped_words


def _told(text: str) -> tuple[object, object]:
    said = understand(text, shipped_words()).said
    return said.get("stage"), said.get("note")


@pytest.mark.parametrize(
    ("text", "stage", "note"),
    [
        ("กท 0905/781 ตีกลับ เอกสารแนบไม่ครบค่ะ", "returned", "เอกสารแนบไม่ครบ"),
        ("ตีกลับ กท 6103/445 (งบประมาณในบัญชีแนบไม่ตรงกับบันทึก)", "returned", "งบประมาณในบัญชีแนบไม่ตรงกับบันทึก"),
        ("ลงนามครบแล้วค่ะ เลขรับ 1834 แฟ้มอยู่ที่ธุรการ", "signed", "แฟ้มอยู่ที่ธุรการ"),
        ("กท 2201/ว 17 ลงนามแล้ว หมายเหตุ: แฟ้มอยู่กับหน้าห้องรองปลัด", "signed", "แฟ้มอยู่กับหน้าห้องรองปลัด"),
        ("1904/83 ขึ้นแฟ้มเสนอแล้ว หน้าห้องรับไว้", "proposed", "หน้าห้องรับไว้"),
        ("กท 0617/380 ท่านสั่งการแล้ว ให้ตัดข้อ 4 ออก", "signed", "ให้ตัดข้อ 4 ออก"),
    ],
)
def test_a_note_is_what_adds_something(text, stage, note):
    assert _told(text) == (stage, note)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("รับเรื่อง กท 0607/3155 เข้ามาแล้วค่ะ", "received"),
        ("กท 1803/56 signed this morning", "signed"),
        ("ขึ้นแฟ้มเสนอปลัดแล้ว ขอบคุณค่ะ", "proposed"),
        ("ท่านปลัดเซ็น กท 5303/66 ให้เมื่อกี้นี้เองครับ", "signed"),
        ("ขอเปลี่ยน กท 5405/660 จากกลั่นกรองเป็นเสนอผู้บริหารครับ", "proposed"),
    ],
)
def test_times_places_and_thanks_are_no_note(text, stage):
    assert _told(text) == (stage, None)
