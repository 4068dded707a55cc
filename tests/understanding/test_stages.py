"""Whether an officer's words plainly tell where a letter is: nothing asked, denied or to come is taken for it."""

from __future__ import annotations

import pytest

from bot.understanding import understand
from bot.understanding.stages import told_stage
from tests.understanding.score import shipped_words

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
    ("ลงนานแล้ว", "signed"),
    ("ท่านเซ้นแล้วค่ะ", "signed"),
    ("ปลัดลงนามแล้วค่ะ กรุณามารับเรื่องคืน", "signed"),
    ("เสนิปลัดแล้ว", "proposed"),
    ("ขึ้นแฟ้มแล้ว", "proposed"),
    ("รอท่านปลัดเซ็น", "proposed"),
    ("อยู่ระหว่างลงนาม", "proposed"),
    ("เรื่องอยู่ที่โต๊ะท่านรอง", "proposed"),
    ("waiting for signature", "proposed"),
    ("กำลังตรววจอยู่", "screening"),
    ("อยู่ระหว่างกลันกรองจ้า", "screening"),
    ("being reviewed", "screening"),
    ("ส่งกลับต้นสังกัดแล้ว", "dispatched"),
    ("เวียนแล้ว", "dispatched"),
    ("returned to the district office", "dispatched"),
    ("ส่งกลับไปแก้แล้ว", "returned"),
    ("ถูกตีกลับแล้ว", "returned"),
    ("returned for correction", "returned"),
    ("ลงรับแล้ว", "received"),
    ("รับเรื่ิองแล้วนะคะ", "received"),
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
        "hasn't been signed",
        "needs to be returned",
        "to be signed",
        "when signed",
        "เซ็นยัง",
        "ลงนามแล้วเหรอ",
        "ยังไม่ได้รับการลงนาม",
        "ยังไม่ผ่านการกลั่นกรอง",
        "ไม่ยอมเซ็น",
        "ลายเซ็นไม่ครบแล้ว",
        "รบกวนส่งคืนแก้ไข",
        "ช่วยส่งคืนด้วย",
        "เมื่อลงนามแล้วส่งคืนเขตด้วย",
        "หลังลงนามแล้ว",
        "เกือบลงนามแล้ว",
        "ท่านใดรับเรื่องแล้วแจ้งด้วย",
        "เสนอราคาแล้ว",
        "อย่าส่งกลับ",
        "ขอเอกสารเพิ่มหนึ่งชุด",
        "",
        "#",
    ],
)
def test_what_is_asked_denied_or_to_come_is_not(words):
    assert told_stage(words) is None


@pytest.mark.parametrize(("words", "stage"), TOLD)
def test_an_update_tells_the_same_stage(words, stage):
    assert understand(f"กท 5301/77 {words}", shipped_words()).said.get("stage") == stage


@pytest.mark.parametrize("words", [words for words, _ in TOLD])
@pytest.mark.parametrize("open_words", ["{}หรือยังคะ", "ถ้า{}", "คาดว่า{}", "พรุ่งนี้{}", "{} ใช่ไหม", "{}?", "will {}"])
def test_what_is_told_is_told_no_more_once_it_is_asked_or_supposed(words, open_words):
    assert told_stage(open_words.format(words)) is None


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("1100/95 กลั่นกรองอยู่ - ฝ่ายกฎหมายขอดูก่อน", "ฝ่ายกฎหมายขอดูก่อน"),
        ("กท 0401/ว 230 เสนอผู้บริหารแล้ว แฟ้มอยู่หน้าห้องรองปลัด", "แฟ้มอยู่หน้าห้องรองปลัด"),
        ("1902/1360 returned for correction - wrong attachment", "wrong attachment"),
        ("กท 0702/160 has been dispatched back to the district office", None),
        ("กท 5301/77 ลงนามแล้วเมื่อเช้า", None),
    ],
)
def test_a_note_is_what_adds_to_the_stage(said, note):
    assert understand(said, shipped_words()).said.get("note") == note
