"""The stages in a letter's life as they are said in speech (ลงนามแล้ว, ขึ้นแฟ้ม, ตีกลับ), and the note behind them."""

from __future__ import annotations

import re

from bot.understanding.mentions import BLANK, Mention
from bot.understanding.normalize import POLITE, normalize

_BOSS = (
    r"(?:(?:ท่าน)?(?:รอง)?(?:ปลัด(?:กทม\.?|ฯ|กรุงเทพมหานคร)?|ปลดั|ผู้บริหาร|ผู้ว่า(?:ฯ|ราชการ)?|ผอ\.?|หัวหน้า|นาย(?=ลง|เซ|สั่ง|$))"
    r"|ท่าน(?:รอง)?)"
)
_SIGN = r"(?:ลง ?น้?า[มน](?!า)|(?<!ลาย)(?<!เปอร์)(?<!เปอ)เ[ซช][็้]?นต?์?(?!เตอ|เซอ|ท|ติ)|ลงชื่อ)"
_SIGNS = rf"(?:{_SIGN}|สั่งการ|อนุมัติ|เห็นชอบ)"
_SCREEN = r"กล[ั่้]{0,2}นกร?อง"
_CHECK = r"ตร?ว{1,2}จ"
_LETTER = r"(?:เร[ื่ิี]{1,3}อง|หนังสือ|เอกสาร|แฟ้ม)"
_OWNER = r"(?:หน่วยงาน|ต้นเรื่อง|ต้นสังกัด|เจ้าของเรื่อง|เจ้าของ|เขต|สำนัก|กอง)"
_ENGLISH_OWNER = r"(?:the )?(?:district|unit|department|office|owner)(?: office)?"

_STAGES: dict[str, tuple[str, ...]] = {
    "returned": (
        r"(?:ส่ง|ตี)? ?(?<!รับ)(?:กลับ|คืน)[^ ]{0,30}? ?(?:ไป|เพื่อ|ให้)?(?:แก้|แก่)(?:ไข)?",
        r"ตี(?:เรื่อง)?กลับ|ตีคืน|ให้(?:กลับ)?(?:ไป)?แก้ไข",
        r"\breturned\b(?! to )(?: for (?:corrections?|revision|amendment|changes))?",
        r"\bsent back\b(?: for [a-z]+)?|\brejected\b",
    ),
    "dispatched": (
        rf"(?:จัด)?ส่?ง ?(?:กลับ|คืน) ?(?:{_LETTER})? ?(?:ให้|ไปยัง|ไปที่|ไป|ยัง)? ?{_OWNER}?",
        rf"(?:คืน|ส่ง)(?:กลับ|คืน|ให้|ไป|ที่|ยัง|ถึง){{1,3}} ?{BLANK}|(?<!รับ)คืน(?:{_LETTER})?(?:ให้)? ?{BLANK}",
        rf"(?<!รับ)คืน(?:{_LETTER})?(?:ให้)?{_OWNER}|ส่งคือ{_OWNER}|กลับ(?:ไป|ถึง|ที่|ยัง){{0,2}}{_OWNER}|ส่งออก|จัดส่ง|แจ้งเวียน|เวียน(?=แล้ว|หนังสือแล้ว|เรียบร้อย)",
        rf"(?:\bdispatched\b|\bsent out\b)(?: back)?(?: to {_ENGLISH_OWNER})?|\breturned to {_ENGLISH_OWNER}",
    ),
    "proposed": (
        rf"(?:นำ)?เสน[อิ](?!ะ|แนะ|ราคา|ความเห็น|ชื่อ|ซื้อ|ขาย) ?(?:แฟ้ม|ขึ้น)? ?(?:{_BOSS})? ?(?:เพื่อ|ให้)? ?(?:{_SIGNS}|พิจารณา)?",
        rf"(?:ขึ้น|เข้า)แฟ้ม(?:เสนอ)?(?:{_BOSS})?|(?:รอ|(?:อยู่)?ระหว่าง)(?:การ)? ?(?:{_BOSS})? ?(?:{_SIGNS}|พิจารณา)",
        rf"(?:อยู่|ถึง|เข้า)(?:ที่|กับ|บน|ใน)?(?:โต๊ะ|หน้าห้อง|ห้อง)? ?{_BOSS}",
        r"\b(?:proposed|submitted)(?: to (?:the )?(?:deputy|permanent)(?: (?:permanent )?secretary)?)?\b",
        r"\b(?:waiting|pending) (?:for )?(?:the )?(?:[a-z]+ )?signature\b|\bon (?:the )?[a-z' ]{0,20}desk\b",
    ),
    "signed": (
        rf"(?:{_BOSS})? ?(?:ได้)? ?(?<!ขอ)(?<!ผู้)(?<!รอ)(?<!การ){_SIGNS}(?:ใน)?(?:หนังสือ)?(?:อนุมัติ|สั่งการ)?",
        r"\bsi(?:gn|ng)ed\b|\bapproved\b",
    ),
    "screening": (
        rf"(?:อยู่?ระหว่าง|กำลัง|รอ|เข้า)(?:การ|ดำเนินการ)?(?:{_CHECK}|{_SCREEN})(?:สอบ|ทาน|ร่าง|แก้|หนังสือ){{0,3}}",
        rf"{_CHECK}(?:สอบ|ทาน|ร่าง)?(?:(?:เสร็จ|เรียบร้อย)?แล้ว|อยู่)|{_SCREEN}",
        r"\bscreening\b|\b(?:in|under) review\b|\bbeing (?:reviewed|checked|screened)\b",
    ),
    "received": (
        rf"(?:ได้)?(?:ลง)?รับ ?(?:{_LETTER}|เข้า|ไว้)(?:เข้า|ไว้)?",
        rf"รับ(?:กลับ)?คืน(?:จาก{_OWNER})?(?:แก้ไข)?|ลงรับ|ลงทะเบียนรับ|(?:ได้)?รับ(?:มา)?แล้ว",
        r"\breceived\b",
    ),
}
_BEGINNINGS = "ทปผหนลเสอตกขรจคถแไใยabdiopruws"
_STAGE = re.compile(
    f"(?=[{_BEGINNINGS}])(?:{'|'.join(f'(?P<{code}>{chr(124).join(ways)})' for code, ways in _STAGES.items())})"
)
"""No way begins otherwise, which most places of a line rule out at once."""
_IS_OPEN = re.compile(
    r"หรือ(?:ยัง|ไม่|เปล่า|ป่าว)|รึ(?:ยัง|เปล่า|ป่าว|$| )|ไหม|มั้ย|มั๊ย|มัย|[ไใ]หน|เมื่อไ(?:ร|หร่)|\?|ยัง(?:ไง|คะ|ครับ|อ่ะ|$|(?= ))"
    rf"|ใด|ใคร|(?:เมื่อ|หลัง(?:จาก)?|พอ) ?(?:{_BOSS})? ?(?:ได้)? ?(?:{_SIGNS}|เสนอ|ส่ง|ตรวจ|รับ)"
    r"|จะ|คาดว่า|คง|อาจ|ถ้า|หาก|ควร|สมมติ|เกือบ|เดี๋ยว|กะว่า|หรือคะ|หรือครับ|เหรอ|หรอ"
    r"|พรุ่งนี้|มะรืน|สัปดาห์หน้า|อาทิตย์หน้า|เดือนหน้า|ไม่(?:แน่|ทราบ|รู้|พบ|มี)"
    r"|\bwill\b|\bif\b|\bshould\b|\bnot\b|\btomorrow\b|\bwhen\b|\bonce\b|\bwould\b|\bmay\b|\bmight\b|n't\b|\bunless\b|\bsoon\b"
)
_TO_COME = re.compile(
    r"(?:(?:(?<!ก)รอ(?![งบ])(?:การ)?|เตรียม|เพื่อ|ก่อน|ต้อง|ให้|พร้อม|ต่อไป|ค่อย|ขอ|เร่ง|ระหว่าง(?:การ)?|หลัง(?:จาก)?|พอ"
    r"|เมื่อ(?!เช้า|วาน|กี้|ครู่|สักครู่|บ่าย))[^ ]{0,6}"
    r"|(?:ช่วย|รบกวน|ฝาก|กรุณา|โปรด|อย่า(?!ง)|ห้าม|ขอให้)[^ ]{0,16}"
    r"|\b(?:to be|being|be|must|please|needs?|before|after|until|cannot|for)) ?$"
)
_IS_DONE = re.compile(
    r"แล้ว|เรียบร้อย|เสร็จ|เมื่อ(?:เช้า|วาน|กี้|ครู่|สักครู่|บ่าย)|วันนี้|ตั้งแต่|วันที่|เวลา"
    r"|\bdone\b|\bhas been\b|\bsigned\b|\bdispatched\b|\breturned\b|\breceived\b|\bsubmitted\b|\bproposed\b"
)
_LASTS = re.compile(
    r"(?:อยู่|กำลัง|รอ|ตีกลับ|ตีเรื่องกลับ|ส่งกลับ|ส่งคืน|ขึ้นแฟ้ม|เข้าแฟ้ม|ระหว่าง|\b(?:waiting|pending|in|under|being|on)\b)"
)
_NEGATED = re.compile(
    rf"(?:ไม่|มิ)(?:ได้|เคย|ถูก|ต้อง|ยอม|ใช่|มี|ผ่าน|ทัน|ให้|รับ|การ|{_BOSS}| ){{0,4}}$|ก่อน ?$"
    r"|\b(?:not|never|no)(?: yet)?(?: been)? $|n't (?:yet )?(?:been )?$"
)
_REASON = re.compile(r"(?:หมายเหตุ|โน้ต|โน๊ต|เพราะ(?:ว่า)?|เนื่องจาก|\bnote|\bbecause|\bremark) ?:? ?(?P<note>\S.*)")
_ASIDE = re.compile(r" [-–] ?| ?\(")
"""What stands behind a dash or in brackets is said beside the stage, and tells none."""
_AFTER_STAGE = re.compile(rf"(?:เรียบร้อย|เสร็จ|แล้ว|ครบ|ให้(?=แล้ว|เรียบ)|ค่ะ|อยู่(?= |-|$)|{POLITE}| )*+")
_WHEN = re.compile(
    r"(?:เมื่อวานนี้|วันนี้|(?:เมื่อ|ตอน|ใน)?(?:เช้า|บ่าย|สาย|เย็น|กี้|วาน|สักครู่|ครู่)(?:นี้|ที่ผ่านมา)?|yesterday|today|เวลา|\d{1,2}[.:]\d{2}|น\."
    r"|this (?:morning|afternoon|week)|just now|already|by (?:the )?[a-zก-๎]+(?: secret[ae]ry)?(?= |$)"
    r"|(?:back )?to (?:the )?(?:originating |requesting )?(?:office|unit|district)"
    r"|ตั้งแต่|ลงวันที่|วันที่|แล้ว|หนังสือ|เลขที่|ที่|โดย|(?:นี้)?เอง|ไป|มา|เข้า|ไว้|ให้|รับเรื่องใหม่|เรียบร้อย"
    rf"|ขอบคุณ(?:มาก|ๆ)*|thank(?:s| you)|{POLITE}|{BLANK}|[\s.,!])*+"
)
_NUMBER_NEXT = re.compile(rf" *(?:หนังสือ|เลขที่|เลขรับ|ที่| )*{BLANK}+(?:ไป|มา|เข้า|ไว้|ให้|แล้ว|{POLITE}| )*+")
_END_OF_NOTE = re.compile(r"(?:[ ,]|ขอบคุณ(?:มาก|ๆ)*|ครับ(?:ผม)?|ค่ะ|คะ|คับ|นะ(?=คะ|ค่ะ|ครับ|$)|จ้า|จ้ะ)++$")
_CHANGE = re.compile(r"จาก(?!เขต|สำนัก|กอง)[^\0]{2,24}?เป็น(?=[^ ])")
"""``จากกลั่นกรองเป็นเสนอ`` orders a change; the stage it comes from is told no more."""

_FAR_ENOUGH = 30
"""Characters in front of a stage that can deny it or put it off."""


def find_stages(line: str) -> list[Mention]:
    """Return mentions of kind ``stage`` that are not denied (ยังไม่ลงนาม), in the order said.

    One still to come (รอส่งคืน) is among them only where no other is said.
    """
    reason, change = _REASON.search(line), _CHANGE.search(line)
    first = _STAGE.search(line)
    aside = _ASIDE.search(line, first.end()) if first else None
    end = reason.start() if reason and first and first.end() <= reason.start() else len(line)
    end = min(end, aside.start()) if aside else end
    said = [
        Mention("stage", str(match.lastgroup), match.start(), match.end())
        for match in _STAGE.finditer(line, change.end() if change else 0, end)
        if match.end() > match.start() and not _NEGATED.search(line, *_before(match.start()))
    ]
    return _reached(line, said) or said


def _reached(line: str, stages: list[Mention]) -> list[Mention]:
    return [stage for stage in stages if not _TO_COME.search(line, *_before(stage.start))]


def _before(start: int) -> tuple[int, int]:
    return max(start - _FAR_ENOUGH, 0), start


def last_stage(stages: list[Mention]) -> Mention | None:
    """Return the stage a sentence ends in: the last said, but a letter sent back for correction stays ``returned``.

    Of one stage said in several ways at the end it is the first: what follows only adds to it. Nor does a letter come
    back to ``received`` from any other: that somebody holds it (หน้าห้องรับไว้) adds to it too.
    """
    last: Mention | None = None
    for stage in [stage for stage in stages if stage.value == "returned"] or stages:
        if last is None or stage.value not in (last.value, "received"):
            last = stage
    return last


def told_stage(text: str) -> str | None:
    """Return the stage that somebody plainly tells of a letter; None where it is asked, denied or still to come.

    What only might be meant is left out: whoever relies on it changes a register by it.

    >>> told_stage("เสนอรองปลัดแล้วเมื่อเช้า"), told_stage("ลงนามแล้ว รอส่งคืนหน่วยงาน"), told_stage("ลงนามหรือยังคะ")
    ('proposed', 'signed', None)
    """
    line = normalize(text).text
    if _IS_OPEN.search(line):
        return None
    reached = _reached(line, find_stages(line))
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
        return _without_politeness(line, reason.start("note"))
    skipped = _AFTER_STAGE.match(line, stage.end)
    start = skipped.end() if skipped else stage.end
    set_off = " " in line[stage.end : start] or line[start : start + 1] in (",", "-", ":", "(", '"')
    number = _NUMBER_NEXT.match(line, start) if set_off else None
    start = number.end() if number else start
    if not set_off or _WHEN.fullmatch(line, start):
        return None
    while line[start : start + 1] in (",", "-", ":", " "):
        start += 1
    return _without_politeness(line, start)


def _without_politeness(line: str, start: int) -> tuple[int, int] | None:
    polite = _END_OF_NOTE.search(line, start)
    end = polite.start() if polite else len(line)
    return (start, end) if end - start > 1 else None
