"""Whether an officer's words plainly tell where a letter is: nothing asked, denied or to come is taken for it."""

from __future__ import annotations

import pytest

from bot.understanding.hours import find_until
from bot.understanding.stages import told_stage

TOLD = [
    ("เสนอรองปลัดแล้วเมื่อเช้า", "proposed"),
    ("ปลัดลงนามแล้ว", "signed"),
    ("ปลัดเซ็นแล้วเมื่อวาน", "signed"),
    ("ลงนามแล้ว รอส่งคืนหน่วยงาน", "signed"),
    ("เสนอรองปลัดเพื่อลงนามแล้ว", "proposed"),
    ("รอปลัดลงนาม", "proposed"),
    ("อยู่หน้าห้องรองปลัดค่ะ", "proposed"),
    ("กลั่นกรองเสร็จแล้ว รอเสนอปลัด", "screening"),
    ("ลงรับแล้ว อยู่ระหว่างกลั่นกรอง", "screening"),
    ("กำลังตรวจสอบให้ค่ะ", "screening"),
    ("ส่งคืนหน่วยงานแล้ววันนี้", "dispatched"),
    ("ส่งคืนแก้ไข เพราะเอกสารไม่ครบ", "returned"),
    ("ตีกลับให้แก้ไขแล้ว", "returned"),
    ("รับเรื่องแล้ว", "received"),
    ("signed yesterday", "signed"),
]


@pytest.mark.parametrize(("words", "stage"), TOLD)
def test_what_is_told_is_read(words, stage):
    assert told_stage(words) == stage


@pytest.mark.parametrize(
    "words",
    [
        "ลงนามหรือยังคะ",
        "ลงนามแล้วยังคะ",
        "ยังไม่ลงนาม",
        "ยังไม่ได้เสนอ",
        "ไม่อนุมัติ",
        "จะเสนอพรุ่งนี้",
        "ถ้าปลัดลงนามแล้วจะแจ้งอีกครั้ง",
        "คาดว่าลงนามสัปดาห์หน้า",
        "ต้องส่งกลับไปแก้ไขก่อน",
        "ให้ไปรับเรื่องที่ห้อง 201",
        "กรุณาส่งหนังสือมาใหม่",
        "ไม่พบหนังสือค่ะ",
        "ส่งให้สำนักงบประมาณแล้ว",
        "not signed yet",
        "ขอเอกสารเพิ่มหนึ่งชุด",
        "",
        "#",
    ],
)
def test_what_is_asked_denied_or_to_come_is_not(words):
    assert told_stage(words) is None


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("เข้าเวรถึง 12.00", "12:00"),
        ("เข้าเวรถึง 16:30 น.", "16:30"),
        ("เข้าเวรถึงเที่ยง", "12:00"),
        ("เข้าเวรถึงบ่ายโมง", "13:00"),
        ("เข้าเวรจนถึงบ่ายสาม", "15:00"),
        ("เข้าเวรถึง 4 โมงเย็น", "16:00"),
        ("เข้าเวรถึงสองทุ่ม", "20:00"),
        ("เข้าเวรถึง 12", "12:00"),
        ("เข้าเวรถึงสิบโมง", "10:00"),
        ("on duty until 16:30", "16:30"),
        ("เข้าเวร", None),
        ("เข้าเวรถึง 25.00", None),
        ("เข้าเวรถึง 12.75", None),
        ("เข้าเวรถึงสองร้อยทุ่ม", None),
    ],
)
def test_the_end_of_a_shift_is_read(words, hour):
    assert find_until(words) == hour
