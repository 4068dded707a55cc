"""The words for a register file, or a row of one, that could not be taken: what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from messages.lengths import clip
from messages.words import STAGE_WORDS
from models.documents import Stage
from models.errors import Refused

SHOWN_FACT = 60

SENTENCES: Mapping[str, str] = {
    # the file
    "file_not_found": "ไม่พบไฟล์ {path} กรุณาตรวจสอบชื่อและที่อยู่ของไฟล์",
    "file_not_readable": "เปิดไฟล์ {path} ไม่ได้ กรุณาตรวจสอบสิทธิ์ในการอ่านไฟล์",
    "file_empty": "ไฟล์ {path} ว่างเปล่า กรุณาเลือกไฟล์ที่มีหัวคอลัมน์และข้อมูล",
    "file_kind_unknown": "ไฟล์ {path} ไม่ใช่ CSV หรือ XLSX ที่อ่านได้ กรุณาบันทึกเป็น CSV (UTF-8) หรือ XLSX แล้วนำเข้าใหม่",
    "file_not_utf8": "ไฟล์ {path} ไม่ได้เข้ารหัสเป็น UTF-8 กรุณาบันทึกเป็น CSV UTF-8 หรือ XLSX แล้วนำเข้าใหม่",
    "file_damaged": "ไฟล์ {path} อ่านไม่ได้ที่แถว {row} กรุณาตรวจสอบเครื่องหมายคำพูดและจุลภาคในแถวนั้น",
    "file_header_repeated": "มีคอลัมน์ “{column}” มากกว่าหนึ่งคอลัมน์ กรุณาเหลือไว้คอลัมน์เดียว",
    "file_columns_missing": "ไม่พบคอลัมน์ {columns} ในแถวแรก กรุณาเพิ่มหัวคอลัมน์แล้วนำเข้าใหม่",
    "import_is_running": "มีการนำเข้าไฟล์อื่นอยู่ กรุณารอให้เสร็จแล้วนำเข้าใหม่",
    "rejected_file_not_written": "บันทึกไฟล์ {path} ไม่ได้ กรุณาตรวจสอบสิทธิ์และเนื้อที่ว่างของโฟลเดอร์นั้น",
    # a row
    "row_too_wide": "แถวนี้มีข้อมูลเกินหัวคอลัมน์ ({width} คอลัมน์) กรุณาใส่เครื่องหมายคำพูดครอบข้อความที่มีจุลภาค",
    "number_missing": "ไม่มีเลขที่หนังสือ กรุณากรอก เช่น กท 1902/1335",
    "number_unreadable": "อ่านเลขที่หนังสือ “{text}” ไม่ได้ กรุณากรอก เช่น กท 1902/1335 หรือ กท 0401/ว 223",
    "number_turned_into_date": "เลขที่หนังสือถูกโปรแกรมตารางเปลี่ยนเป็นวันที่ กรุณาตั้งเซลล์เป็นข้อความแล้วกรอกใหม่",
    "subject_missing": "ไม่มีเรื่อง กรุณากรอกเรื่องของหนังสือ",
    "unit_missing": "ไม่มีหน่วยงานเจ้าของหนังสือ กรุณากรอกในคอลัมน์ “จาก”",
    "unit_unknown": "ไม่พบหน่วยงาน “{text}” กรุณากรอกชื่อเต็มหรือชื่อย่อ เช่น สำนักงานเขตดินแดง",
    "unit_unknown_suggested": "ไม่พบหน่วยงาน “{text}” กรุณาตรวจสอบว่าหมายถึง {suggestions} หรือไม่ แล้วกรอกใหม่",
    "word_unknown": "ไม่รู้จัก{column} “{text}” กรุณาใช้ {allowed}",
    "date_unreadable": "อ่าน{column} “{text}” ไม่ได้ กรุณากรอก เช่น 30/10/2568 หรือ 30/10/2568 09:30",
    "date_in_future": "{column} “{text}” ยังมาไม่ถึง กรุณาตรวจสอบวันเดือนปี",
    "receive_number_unreadable": "อ่านเลขรับ “{text}” ไม่ได้ กรุณากรอกเป็นตัวเลข เช่น 4521 หรือ 4521/2568",
    "text_too_long": "{column}ยาวเกิน {limit} ตัวอักษร กรุณาย่อให้สั้นลง",
    "letter_ambiguous": "เลขที่นี้มีหนังสือ {count} ฉบับ กรุณากรอกลงวันที่เพื่อระบุฉบับ",
    "letter_told_twice": "หนังสือฉบับนี้มีในไฟล์แล้วแต่ {columns} ไม่ตรงกัน กรุณาแก้ให้ตรงกันหรือเหลือแถวเดียว",
    "roster_person_missing": "ไม่มีผู้อยู่เวร กรุณากรอกรหัส LINE หรือชื่อ",
    "roster_person_unknown": "ไม่พบเจ้าหน้าที่ “{text}” ที่มีบทบาทอยู่เวรได้ กรุณาตรวจสอบรหัส LINE หรือชื่อ และบทบาท",
    "roster_name_ambiguous": "มีเจ้าหน้าที่ชื่อ “{text}” มากกว่าหนึ่งคน กรุณากรอกรหัส LINE",
    "roster_date_unreadable": "อ่านวันที่ “{text}” ไม่ได้ กรุณากรอก เช่น 30/10/2569",
    "roster_hour_unreadable": "อ่าน{column} “{text}” ไม่ได้ กรุณากรอก เช่น 08.30",
    "roster_hours_backwards": "เวลาเริ่ม {begins} ต้องมาก่อนเวลาสิ้นสุด {ends} เวรข้ามคืนให้แยกเป็นสองแถว",
    "roster_shift_over": "เวรวันที่ {day} ผ่านไปแล้ว กรุณาตรวจสอบวันที่",
    "voucher_number_missing": "ไม่มีเลขที่ใบขอเบิก กรุณากรอกเลขที่",
    "voucher_received_missing": "ไม่มีวันที่รับใบขอเบิก กรุณากรอก เช่น 30/10/2569",
    "voucher_paid_before_received": "วันที่จ่ายมาก่อนวันที่รับ กรุณาตรวจสอบวันที่ทั้งสอง",
    "voucher_told_twice": "เลขที่ใบขอเบิก {number} มีในไฟล์แล้วแต่วันที่ไม่ตรงกัน กรุณาแก้ให้ตรงกันหรือเหลือแถวเดียว",
    "letter_goes_back": "หนังสืออยู่ขั้น “{from_stage}” แล้ว บันทึกเป็น “{to_stage}” ไม่ได้ กรุณาตรวจสอบสถานะและวันที่รับ",
}


def import_sentence(error: Refused) -> str:
    """Say in one Thai sentence why a file or a row was not taken and what to do.

    Raises:
        KeyError: the code has no sentence here.
    """
    code = f"{error.reason_code}_suggested" if error.facts.get("suggestions") else error.reason_code
    facts = {name: value if name == "path" else _in_words(value) for name, value in error.facts.items()}
    return SENTENCES[code].format_map(facts)


def _in_words(value: object) -> str:
    if isinstance(value, Stage):
        return STAGE_WORDS[value]
    if isinstance(value, Iterable) and not isinstance(value, str):
        return " ".join(_in_words(item) for item in value)
    return clip(str(value), SHOWN_FACT)
