"""The words whose spelling matters, as data: what may be a slip of what, and what is no slip."""

from __future__ import annotations

from bot.understanding.cues import ANYWHERE, AT_END, AT_START, RATINGS, WHOLE, words

OPAQUE: frozenset[str] = frozenset(
    words(
        "คำตอบ | ค่าตอบแทน | ตอบแทน | ผลตอบแทน | ตอบสนอง | หนังสือพิมพ์ | หนังสือเดินทาง | หนังสือเรียน",
        "อ่านหนังสือ | ร้านหนังสือ",
        "ปรับไหม | สายไหม | ผ้าไหม | เวรกรรม | กรรมเวร | แต่ไหนแต่ไร | ไม่เอาไหน | รายงานตัว | ใครๆ | ตามใจ | ขอดูก่อน",
    )
)
"""Words made of others that mean something else than those: a cue inside of them is none."""

FILLERS: tuple[str, ...] = words(
    "อ่ะ | อะ | อ้ะ | น้า | น๊า | นา | เนี่ย | เนี้ย | นี่ | มั่ง | บ้าง | ละ | ล่ะ | หละ | ไง | คือ | แบบ",
    "พี่ | น้อง | ท่าน",
    "ผม | หนู | ฉัน | ดิฉัน | เรา | งับ | ง่ะ | เด้อ | ทีครับ | ทีค่ะ | กะ | ตะกี้ | เมื่อกี้ | อีกที | ที",
    "ช่วย | รบกวน | วาน | ฝาก",
)
"""Words that say nothing by themselves; known, so that they are slips of nothing."""

COMMON_SLIPS: dict[str, str] = {
    "ลงนาน": "ลงนาม",
    "แร้ว": "แล้ว",
    "ใหน": "ไหน",
    "ไห้": "ให้",
    "ไช้": "ใช้",
    "เปอเซ็น": "เปอร์เซ็น",
    "เปอเซ็นต์": "เปอร์เซ็นต์",
    "อัพเดท": "อัปเดต",
    "อัพเดต": "อัปเดต",
    "อัปเดท": "อัปเดต",
    "เช็ก": "เช็ค",
    "ปะคะ": "ไหมคะ",
    "ป่าวคะ": "ไหมคะ",
}
"""Slips that are words by themselves, or that everybody makes."""

NO_SLIPS: frozenset[str] = frozenset(words("ไม่ใช้"))
"""What people do write although it is nearly a word of the office."""

SPELLINGS: tuple[str, ...] = words(
    # The life of a letter.
    "ลงนาม | เซ็นต์ | เซ็น | กลั่นกรอง | ตรวจสอบ | ตรวจ | เสนอ | อนุมัติ | เห็นชอบ | สั่งการ | พิจารณา | ตีกลับ",
    "ส่งกลับ | ส่งคืน",
    "แก้ไข | ขึ้นแฟ้ม | ปลัด | รองปลัด | ผู้บริหาร | รับเรื่อง | เลขรับ | เลขที่ | หน่วยงาน | เรื่อง | ระหว่าง | กำลัง",
    # Figures and times.
    "ขั้นตอน | ขั้นที่ | ร้อยละ | เปอร์เซ็นต์ | ชุมชน | ไตรมาส | สัปดาห์ | อาทิตย์ | ประจำ | เดือน | ปีงบประมาณ",
    "วันนี้ | เมื่อวาน",
    "มกราคม | กุมภาพันธ์ | มีนาคม | เมษายน | พฤษภาคม | มิถุนายน | กรกฎาคม | สิงหาคม | กันยายน | ตุลาคม",
    "พฤศจิกายน | ธันวาคม",
    # Of indicators and of the service.
    "เบิกจ่าย | งบประมาณ | อิเล็กทรอนิกส์ | สารบรรณ | เข้มแข็ง | บูรณาการ | หลักเกณฑ์ | เหลื่อมปี | ผูกพัน",
    "คืบหน้า | ก้าวหน้า",
    "เจ้าหน้าที่ | บริการ | ข้อมูล | ส่วนตัว | คำขอ | คำตอบ | แล้ว",
)
"""Other words of the office whose slips are read as well."""


def spellings() -> dict[str, str]:
    """Return every Thai word of the cues by the cue it tells (the first of several); ``SPELLINGS`` tell themselves."""
    told: dict[str, str] = {}
    ratings = {f"score {score}": forms for score, forms in RATINGS.items()}
    for cues in (ANYWHERE, AT_START, AT_END, WHOLE, ratings):
        for name, forms in cues.items():
            for word in forms:
                told.setdefault(word, name)
    for word in SPELLINGS:
        told.setdefault(word, word)
    return {word: name for word, name in told.items() if word[0] >= "ก"}
