"""The words for stages, urgencies, roles and buttons: the same thing has the same words everywhere."""

from __future__ import annotations

from messages.language import Glossary, Words
from messages.parts import Tone
from models.documents import Stage, Urgency
from models.indicator_terms import FigureKind
from models.members import Role


def beside_thai(words: Words) -> Words:
    """A label that keeps its Thai word in English too: colleagues and manuals speak of the button by it."""
    return Words(words.thai, f"{words.english} · {words.thai}")


_STAGES = {
    Stage.RECEIVED: Words("รับเรื่อง", "Received"),
    Stage.SCREENING: Words("กลั่นกรอง/ตรวจสอบ", "Screening and review"),
    Stage.PROPOSED: Words("เสนอผู้บริหารพิจารณา", "Submitted to the executive"),
    Stage.SIGNED: Words("ลงนาม/สั่งการแล้ว", "Signed/ordered"),
    Stage.DISPATCHED: Words("ส่งคืนหน่วยงาน", "Sent back to the unit"),
    Stage.RETURNED: Words("ส่งคืนแก้ไข", "Returned for correction"),
}
STAGE_WORDS = Glossary(_STAGES)

STAGE_TO_COME_WORDS = Glossary(_STAGES | {Stage.SIGNED: Words("ลงนาม/สั่งการ", "Signing/ordering")})
"""Of a step that is not reached yet."""

STAGE_SENTENCES = Glossary(
    {
        Stage.RECEIVED: Words("อยู่ขั้นรับเรื่อง ตั้งแต่", "is registered as received since"),
        Stage.SCREENING: Words("อยู่ขั้นกลั่นกรอง/ตรวจสอบ ตั้งแต่", "is in screening and review since"),
        Stage.PROPOSED: Words("อยู่ขั้นเสนอผู้บริหารพิจารณา ตั้งแต่", "is with the executive for consideration since"),
        Stage.SIGNED: Words("ลงนาม/สั่งการแล้ว เมื่อ", "was signed/ordered on"),
        Stage.DISPATCHED: Words("ส่งคืนหน่วยงานแล้ว เมื่อ", "was sent back to the unit on"),
        Stage.RETURNED: Words("ส่งคืนแก้ไข เมื่อ", "was returned for correction on"),
    }
)
"""What a letter does, up to the time: some stages last, others are a moment."""

STAGE_TONES = dict.fromkeys(Stage, Tone.GOOD) | {Stage.RETURNED: Tone.DUE}

URGENCY_WORDS = Glossary(
    {
        Urgency.NORMAL: Words("ปกติ", "Normal"),
        Urgency.URGENT: Words("ด่วน", "Urgent"),
        Urgency.VERY_URGENT: Words("ด่วนมาก", "Very urgent"),
        Urgency.MOST_URGENT: Words("ด่วนที่สุด", "Most urgent"),
    }
)

URGENCY_TONES: dict[Urgency, Tone] = {
    Urgency.NORMAL: Tone.PLAIN,
    Urgency.URGENT: Tone.DUE,
    Urgency.VERY_URGENT: Tone.DUE,
    Urgency.MOST_URGENT: Tone.LATE,
}

ROLE_WORDS = Glossary(
    {
        Role.OFFICER: Words("เจ้าหน้าที่", "officer"),
        Role.SECRETARY: Words("เจ้าหน้าที่ส่วนเลขานุการ", "officer of the secretariat"),
        Role.SUPERVISOR: Words("หัวหน้าส่วนเลขานุการ", "head of the secretariat"),
        Role.COORDINATOR: Words("ผู้ประสานงานตัวชี้วัด", "indicator coordinator"),
        Role.REVIEWER: Words("ผู้ตรวจรับผลการดำเนินงาน", "reviewer of results"),
        Role.MANAGER: Words("ผู้บริหาร", "executive"),
        Role.ADMIN: Words("ผู้ดูแลระบบ", "administrator"),
    }
)

FIGURE_WORDS = Glossary(
    {
        FigureKind.PART: Words("ชื่อส่วนของตัวชี้วัด", "part of the indicator"),
        FigureKind.STEP: Words("ลำดับขั้น", "step number"),
        FigureKind.PERCENT: Words("ร้อยละ", "percentage"),
        FigureKind.VALUE: Words("จำนวนหรือคะแนน", "number or score"),
        FigureKind.NUMERATOR: Words("จำนวนที่ทำได้", "number achieved"),
        FigureKind.DENOMINATOR: Words("จำนวนทั้งหมด", "total number"),
    }
)
"""What a report can say, where the catalog has no words of its own for it."""

_RATINGS = {
    5: Words("มากที่สุด", "Very high"),
    4: Words("มาก", "High"),
    3: Words("ปานกลาง", "Moderate"),
    2: Words("น้อย", "Low"),
    1: Words("น้อยที่สุด", "Very low"),
}
RATING_WORDS = Glossary(_RATINGS)
"""The official words for how satisfied a person is, by score."""
RATING_LABELS = Glossary({score: beside_thai(words) for score, words in _RATINGS.items()})

UNNAMED = Words("เจ้าหน้าที่", "an officer")
"""A colleague whose name LINE has not told."""

TALK_LABEL = Words("ขอคุยกับเจ้าหน้าที่", "Talk to an officer")
FOLLOW = Words("ติดตามต่อ", "Follow")
FOLLOW_LABEL = beside_thai(FOLLOW)
UNFOLLOW_LABEL = Words("เลิกติดตาม", "Unfollow")
FOLLOWED_LABEL = Words("หนังสือที่ติดตาม", "Letters I follow")
CONFIRM, CANCEL = Words("ยืนยัน", "Confirm"), Words("ยกเลิก", "Cancel")
CONFIRM_LABEL, CANCEL_LABEL = beside_thai(CONFIRM), beside_thai(CANCEL)
MORE_LABEL = Words("ดูต่อ", "Show more")
ACKNOWLEDGE = Words("รับทราบ", "Acknowledge")
ACKNOWLEDGE_LABEL = beside_thai(ACKNOWLEDGE)
ANSWER = Words("แจ้งผล", "Answer")
ANSWER_LABEL = beside_thai(ANSWER)
HAND_OVER_LABEL = Words("โอนให้…", "Hand over…")
HAND_OVER_SHIFT_LABEL = Words("โอนเวรให้…", "Hand over duty…")
WITHDRAW_LABEL = Words("ถอนคำขอ", "Withdraw request")
QUEUE_LABEL = Words("คิวค้าง", "Queue")
MY_REQUESTS_LABEL = Words("คำขอของฉัน", "My requests")
HELP_LABEL = Words("วิธีใช้", "Help")
NO_ANSWER_LABEL = Words("ยังไม่ได้คำตอบ", "Not answered yet")
EXAMPLE_NUMBER = "กท 1902/1335"
"""A document number as one types it, for examples."""
EXAMPLE_CODE = "K7M4-9QXR"
