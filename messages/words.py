"""The words for stages, urgencies, roles and buttons: the same thing has the same words everywhere."""

from __future__ import annotations

from messages.parts import Tone
from models.documents import Stage, Urgency
from models.members import Role

STAGE_WORDS: dict[Stage, str] = {
    Stage.RECEIVED: "รับเรื่อง",
    Stage.SCREENING: "กลั่นกรอง/ตรวจสอบ",
    Stage.PROPOSED: "เสนอผู้บริหารพิจารณา",
    Stage.SIGNED: "ลงนาม/สั่งการแล้ว",
    Stage.DISPATCHED: "ส่งคืนหน่วยงาน",
    Stage.RETURNED: "ส่งคืนแก้ไข",
}

STAGE_TO_COME_WORDS = STAGE_WORDS | {Stage.SIGNED: "ลงนาม/สั่งการ"}
"""Of a step that is not reached yet."""

STAGE_SENTENCES: dict[Stage, str] = {
    Stage.RECEIVED: "อยู่ขั้นรับเรื่อง ตั้งแต่",
    Stage.SCREENING: "อยู่ขั้นกลั่นกรอง/ตรวจสอบ ตั้งแต่",
    Stage.PROPOSED: "อยู่ขั้นเสนอผู้บริหารพิจารณา ตั้งแต่",
    Stage.SIGNED: "ลงนาม/สั่งการแล้ว เมื่อ",
    Stage.DISPATCHED: "ส่งคืนหน่วยงานแล้ว เมื่อ",
    Stage.RETURNED: "ส่งคืนแก้ไข เมื่อ",
}
"""What a letter does, up to the time: some stages last, others are a moment."""

STAGE_TONES = dict.fromkeys(Stage, Tone.GOOD) | {Stage.RETURNED: Tone.DUE}

URGENCY_WORDS: dict[Urgency, str] = {
    Urgency.NORMAL: "ปกติ",
    Urgency.URGENT: "ด่วน",
    Urgency.VERY_URGENT: "ด่วนมาก",
    Urgency.MOST_URGENT: "ด่วนที่สุด",
}

URGENCY_TONES: dict[Urgency, Tone] = {
    Urgency.NORMAL: Tone.PLAIN,
    Urgency.URGENT: Tone.DUE,
    Urgency.VERY_URGENT: Tone.DUE,
    Urgency.MOST_URGENT: Tone.LATE,
}

ROLE_WORDS: dict[Role, str] = {
    Role.OFFICER: "เจ้าหน้าที่",
    Role.SECRETARY: "เจ้าหน้าที่ส่วนเลขานุการ",
    Role.SUPERVISOR: "หัวหน้าส่วนเลขานุการ",
    Role.COORDINATOR: "ผู้ประสานงานตัวชี้วัด",
    Role.REVIEWER: "ผู้ตรวจรับผลการดำเนินงาน",
    Role.MANAGER: "ผู้บริหาร",
    Role.ADMIN: "ผู้ดูแลระบบ",
}

RATING_WORDS: dict[int, str] = {5: "มากที่สุด", 4: "มาก", 3: "ปานกลาง", 2: "น้อย", 1: "น้อยที่สุด"}
"""The official words for how satisfied a person is, by score."""

TALK_LABEL = "ขอคุยกับเจ้าหน้าที่"
FOLLOW_LABEL = "ติดตามต่อ"
UNFOLLOW_LABEL = "เลิกติดตาม"
FOLLOWED_LABEL = "หนังสือที่ติดตาม"
CONFIRM_LABEL = "ยืนยัน"
CANCEL_LABEL = "ยกเลิก"
MORE_LABEL = "ดูต่อ"
ACKNOWLEDGE_LABEL = "รับทราบ"
ANSWER_LABEL = "แจ้งผล"
HAND_OVER_LABEL = "โอนให้…"
HAND_OVER_SHIFT_LABEL = "โอนเวรให้…"
WITHDRAW_LABEL = "ถอนคำขอ"
QUEUE_LABEL = "คิวค้าง"
NO_ANSWER_LABEL = "ยังไม่ได้คำตอบ"
EXAMPLE_NUMBER = "กท 1902/1335"
"""A document number as one types it, for examples."""
EXAMPLE_CODE = "K7M4-9QXR"
