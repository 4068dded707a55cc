"""The stages in a letter's life as they are said in speech (ลงนามแล้ว, ขึ้นแฟ้ม, ตีกลับ), and the note behind them."""

from __future__ import annotations

import re

from bot.understanding.mentions import BLANK, Mention
from bot.understanding.normalize import POLITE, normalize

_BOSS = r"(?:ท่าน)?(?:รอง)?(?:ปลัด(?:กทม\.?|ฯ|กรุงเทพมหานคร)?|ผู้บริหาร|ผู้ว่าฯ?|ผอ\.?|หัวหน้า|นาย)"
_SIGNS = r"(?:ลงนาม|เซ็นต์|เซ็น|เซน|ลงชื่อ|สั่งการ|อนุมัติ|เห็นชอบ)"

_STAGES: dict[str, tuple[str, ...]] = {
    "returned": (
        r"(?:ส่ง|ตี)? ?(?:กลับ|คืน)[^ ]{0,30}? ?(?:ไป|เพื่อ|ให้)?แก้(?:ไข)?",
        r"ตีกลับ|ตีคืน|ให้(?:กลับ)?(?:ไป)?แก้ไข",
        r"\breturned\b|\bsent back\b",
    ),
    "dispatched": (
        r"(?:จัด)?ส่ง ?(?:กลับ|คืน) ?(?:ให้|ไปยัง|ไปที่|ไป|ยัง)? ?(?:หน่วยงาน|ต้นเรื่อง|เจ้าของเรื่อง|เขต|สำนัก)?",
        rf"(?:คืน|ส่ง)(?:กลับ|คืน|ให้|ไป|ที่|ยัง|ถึง){{1,3}} ?{BLANK}|คืน ?{BLANK}",
        r"คืนหน่วยงาน|คืนต้นเรื่อง|ส่งออก|จัดส่ง|แจ้งเวียน",
        r"\bdispatched\b|\bsent out\b",
    ),
    "proposed": (
        rf"(?:นำ)?เสนอ ?(?:แฟ้ม|ขึ้น)? ?(?:{_BOSS})? ?(?:เพื่อ|ให้)? ?(?:{_SIGNS}|พิจารณา)?",
        rf"ขึ้นแฟ้ม|เข้าแฟ้ม|รอ ?(?:{_BOSS})? ?(?:{_SIGNS}|พิจารณา)",
        rf"(?:อยู่|ถึง)(?:ที่|กับ)?(?:โต๊ะ|หน้าห้อง)? ?{_BOSS}",
        r"\b(?:proposed|submitted)(?: to (?:the )?(?:deputy|permanent)(?: (?:permanent )?secretary)?)?\b",
        r"\bwaiting for signature\b",
    ),
    "signed": (
        rf"(?:{_BOSS})? ?(?:ได้)? ?(?<!ขอ)(?<!ผู้)(?<!รอ){_SIGNS}(?:ใน)?(?:หนังสือ)?(?:อนุมัติ|สั่งการ)?",
        r"\bsigned\b|\bapproved\b",
    ),
    "screening": (
        r"(?:อยู่ระหว่าง|กำลัง|รอ|เข้า)(?:การ|ดำเนินการ)?(?:ตรวจ|กลั่นกรอง)(?:สอบ|ทาน|ร่าง|แก้|หนังสือ){0,3}",
        r"ตรวจ(?:สอบ|ทาน|ร่าง)?(?:เสร็จ|เรียบร้อย)?แล้ว|กลั่นกรอง",
        r"\bscreening\b|\b(?:in|under) review\b",
    ),
    "received": (
        r"(?:ได้)?(?:ลง)?รับ ?(?:เรื่อง|หนังสือ|เอกสาร|เข้า|ไว้)(?:เข้า|ไว้)?",
        r"ลงรับ|ลงทะเบียนรับ|(?:ได้)?รับ(?:มา)?แล้ว",
        r"\breceived\b",
    ),
}
_STAGE = re.compile("|".join(f"(?P<{code}>{'|'.join(ways)})" for code, ways in _STAGES.items()))
_IS_OPEN = re.compile(
    r"หรือ(?:ยัง|ไม่|เปล่า)|รึ(?:ยัง|เปล่า)|ไหม|มั้ย|ไหน|เมื่อไ(?:ร|หร่)|\?|ยัง(?:ไง|คะ|ครับ| |$)|จะ|คาดว่า|คง|อาจ|ถ้า|หาก|ควร"
    r"|พรุ่งนี้|มะรืน|สัปดาห์หน้า|อาทิตย์หน้า|เดือนหน้า|ไม่(?:แน่|ทราบ|รู้|พบ|มี)|\bwill\b|\bif\b|\bshould\b|\bnot\b|\btomorrow\b|\bwhen\b"
)
_TO_COME = re.compile(r"(?:รอ(?:การ)?|เตรียม|เพื่อ|ก่อน|ต้อง|ให้|พร้อม|ต่อไป|ค่อย|ขอ|เร่ง|ระหว่าง(?:การ)?)[^ ]{0,6} ?$")
_IS_DONE = re.compile(
    r"แล้ว|เรียบร้อย|เสร็จ|เมื่อ(?:เช้า|วาน|กี้|ครู่|สักครู่|บ่าย)|วันนี้|ตั้งแต่|วันที่|เวลา"
    r"|\bdone\b|\bhas been\b|\bsigned\b|\bdispatched\b|\breturned\b"
)
_LASTS = re.compile(r"(?:อยู่|กำลัง|รอ|ตีกลับ|ส่งกลับ|ส่งคืน|ขึ้นแฟ้ม|เข้าแฟ้ม)")
_NEGATED = re.compile(r"(?:ยัง)?(?:ไม่|มิ)(?:ได้|เคย|ถูก)? ?$|ก่อน ?$|\bnot (?:yet )?$")
_REASON = re.compile(r"(?:หมายเหตุ|โน้ต|โน๊ต|เพราะ(?:ว่า)?|เนื่องจาก|\bnote|\bbecause|\bremark) ?:? ?(?P<note>\S.*)")
_AFTER_STAGE = re.compile(rf"(?:เรียบร้อย|เสร็จ|แล้ว|ค่ะ|{POLITE}| )*+")
_WHEN = re.compile(
    r"(?:เมื่อวานนี้|วันนี้|(?:เมื่อ|ตอน|ใน)?(?:เช้า|บ่าย|สาย|เย็น|กี้|วาน|สักครู่|ครู่)(?:นี้|ที่ผ่านมา)?|yesterday|today|เวลา|\d{1,2}[.:]\d{2}|น\."
    rf"|ตั้งแต่|ลงวันที่|วันที่|แล้ว|หนังสือ|เลขที่|ที่|โดย|{POLITE}|{BLANK}|[\s.,!])*+"
)


def find_stages(line: str) -> list[Mention]:
    """Return mentions of kind ``stage`` that are not denied (ยังไม่ลงนาม), in the order said."""
    return [
        Mention("stage", str(match.lastgroup), match.start(), match.end())
        for match in _STAGE.finditer(line)
        if match.end() > match.start() and not _NEGATED.search(line, max(match.start() - 12, 0), match.start())
    ]


def last_stage(stages: list[Mention]) -> Mention | None:
    """Return the stage a sentence ends in: the last said, but a letter sent back for correction stays ``returned``."""
    returned = [stage for stage in stages if stage.value == "returned"]
    return next(reversed(returned or stages), None)


def told_stage(text: str) -> str | None:
    """Return the stage that somebody plainly tells of a letter; None where it is asked, denied or still to come.

    What only might be meant is left out: whoever relies on it changes a register by it.

    >>> told_stage("เสนอรองปลัดแล้วเมื่อเช้า"), told_stage("ลงนามแล้ว รอส่งคืนหน่วยงาน"), told_stage("ลงนามหรือยังคะ")
    ('proposed', 'signed', None)
    """
    line = normalize(text).text
    if _IS_OPEN.search(line):
        return None
    reached = [stage for stage in find_stages(line) if not _TO_COME.search(line, max(stage.start - 16, 0), stage.start)]
    stage = last_stage(reached)
    if stage is None or not (_IS_DONE.search(line, stage.start) or _LASTS.match(line, stage.start)):
        return None
    return str(stage.value)


def find_note(line: str, stage: Mention) -> tuple[int, int] | None:
    """Return where the note stands: behind a word such as หมายเหตุ or เพราะ, or set off by a space behind the stage.

    A mere time (เมื่อเช้า) is no note: the event carries its own.
    """
    reason = _REASON.search(line)
    if reason:
        return reason.span("note")
    skipped = _AFTER_STAGE.match(line, stage.end)
    start = skipped.end() if skipped else stage.end
    set_off = " " in line[stage.end : start] or line[start : start + 1] in (",", "-", ":", "(", '"')
    if not set_off or _WHEN.fullmatch(line, start):
        return None
    while line[start : start + 1] in (",", "-", ":", " "):
        start += 1
    return (start, len(line)) if len(line) - start > 1 else None
