"""What a person wants changed of what they are told without asking; pure: text and today in, wishes out.

Nothing is guessed: a question, and what holds something beside that cannot be read, gives no wish, and the settings are
shown instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TypeAlias

from bot.understanding.days_to_come import BACK_ON, day_of_return, days_said, says_a_day
from bot.understanding.hours import Hour, find_hours
from bot.understanding.normalize import normalize

KINDS = ("day", "week", "month", "quarter", "year")
"""Of summaries, by the names of periods."""

NIGHT = (time(20), time(7))
"""What is meant by the night where no hours are said; its morning also ends what begins at a said hour."""
OUTSIDE_OFFICE_HOURS = (time(16, 30), time(8, 30))
NOON_BREAK = (time(12), time(13))


@dataclass(frozen=True)
class SwitchSummaries:
    """These kinds of summaries are wanted, or no longer; all of them where ``of_everything`` was said of no kind."""

    kinds: frozenset[str]
    wanted: bool
    of_everything: bool = False


@dataclass(frozen=True)
class SummaryHour:
    """Summaries are to come at this hour."""

    at: time


@dataclass(frozen=True)
class Quiet:
    """News is to wait from one hour to another."""

    begins: time
    ends: time


@dataclass(frozen=True)
class NotQuiet:
    """News is to come at any hour."""


@dataclass(frozen=True)
class Pause:
    """No news before this day."""

    until: date


@dataclass(frozen=True)
class Resume:
    """The pause is over."""


@dataclass(frozen=True)
class AsUsual:
    """Everything as if nothing had been chosen."""


@dataclass(frozen=True)
class NoWeekends:
    """No news on Saturdays and Sundays."""


Wish: TypeAlias = SwitchSummaries | SummaryHour | Quiet | NotQuiet | Pause | Resume | AsUsual | NoWeekends

_LONGEST = 300
_ASKED = re.compile(
    r"ยังไง|อย่างไร|ไหน|ทำไม|เมื่อไ|กี่|เท่าไ|หรือ(?:ยัง|เปล่า|ไม่)|รึ(?:ยัง|เปล่า)|แล้วยัง"
    r"|(?<!ได้)(?<!ได้ )(?:ไหม|มั้ย|มั๊ย)|\b(?:how|where|why|when|what|which|does|is|did)\b"
)
_NOT_OFF = re.compile(
    r"(?:อย่า|ไม่ต้อง|ไม่อยาก|ไม่|ห้าม)(?:เพิ่ง)? ?(?:ให้ ?)?(?:ปิด|หยุด|งด|เลิก|พัก)|\bdo(?:n't| not) (?:stop|pause|mute|turn off)"
)
_OFF = (
    r"(?:ปิด(?!เสียง)|ไม่(?:เอา|รับ|ต้องการ|ต้อง(?:ส่ง|การ|แจ้ง|เตือน|มี)?|อยาก(?:ได้|รับ|ให้)?|ขอ)|อย่า|งด|เลิก|หยุด|ยกเลิก"
    r"|\boff\b|\bstop\b|\bdisable\b|\bunsubscribe\b|\bno(?: more)?\b|\bdon't\b|\bdo not\b|\bmute\b|\bcancel\b)"
)
_ON = (
    r"(?:เปิด|ขอ(?:รับ)?|อยาก(?:ได้|รับ)?|ต้องการ|รับ|ส่ง|เอา|\bon\b|\bresume\b|\benable\b|\bsubscribe\b"
    r"|\bsend\b|\bget\b|\bwant\b|\bunmute\b)"
)
_ONLY = r"(?:แค่|เฉพาะ|อย่างเดียว|\bonly\b|\bjust\b)"
_KINDS = {
    "day": r"(?:ราย|ประจำ)วัน|ทุก ?(?:ๆ )?วัน(?!ที่|ทำการ|จันทร์)|\bdaily\b|\bevery day\b",
    "week": r"(?:ราย|ประจำ|ทุก ?)(?:สัปดาห์|อาทิตย์)|\bweekly\b|\bevery week\b",
    "month": r"(?:ราย|ประจำ|ทุก ?)เดือน|\bmonthly\b|\bevery month\b",
    "quarter": r"(?:ราย|ประจำ|ทุก ?)ไตรมาส|\bquarterly\b|\bevery quarter\b",
    "year": r"(?:ราย|ประจำ|ทุก ?)ปี|\byearly\b|\bannual\b|\bevery year\b",
}
_ALL = r"ทั้งหมด|ทุก(?:อย่าง|เรื่อง|แบบ|อัน|ประเภท)|\ball\b|\beverything\b"
_SUMMARY = re.compile(r"สรุป|\bsummar|\bdigest")
_NEWS = re.compile(r"แจ้ง ?เตือน|เตือน|แจ้ง|ข่าว|เสียง|\bnotif|\balerts?\b|\bnews\b|\bmute\b|\bmessages?\b")
_SAID = re.compile(
    rf"(?P<off>{_OFF})|(?P<on>{_ON})|(?P<only>{_ONLY})|(?P<all>{_ALL})|"
    + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items())
)
_VERBS = frozenset({"on", "off"})
_OPENS = re.compile(r"เปิด|\bon\b|\benable\b")
_CLAUSES = re.compile(r"[,;]|แต่|แล้วก็|\bbut\b|\band turn\b|\bthen\b")

_QUIET = re.compile(
    r"รบกวน|เงียบ|ไม่(?:อยากให้|ต้อง|ให้|เอา|อยากรับ)?.{0,20}(?:เตือน|แจ้ง|ส่ง|เด้ง|ดัง|ข่าว)|(?:อย่า|ห้าม|งด|ปิด|หยุด|พัก).{0,20}"
    r"(?:เตือน|แจ้ง|ส่ง|เด้ง|ดัง|เสียง|ข่าว)|\bquiet\b|\bdisturb\b|\bmute\b|\bsilen|\b(?:no|off|don't|do not|stop)\b"
)
_NO_QUIET = re.compile(
    r"(?:ยกเลิก|เลิก|ปิด|ไม่ต้องมี|ไม่เอา|ลบ)(?:การ|ช่วง|เวลา|โหมด| )*(?:ห้ามรบกวน|เงียบ)"
    r"|(?:ส่ง|แจ้ง|เตือน)(?:เตือน|ได้| )*(?:ตลอด(?:เวลา| ?24)|ทุกเวลา|24 ?ชั่วโมง)"
    r"|\b(?:no|remove|turn off|cancel|without|end) quiet hours\b|\bquiet hours off\b"
    r"|\bat any (?:time|hour)\b|\bany time\b"
)
_NIGHTS = re.compile(r"กลางคืน|ตอนดึก|ดึก ?ๆ?|ทั้งคืน|หัวค่ำ|\b(?:at )?nights?\b|\bevenings?\b")
_OFFICE_HOURS = re.compile(
    r"(?:เฉพาะ|แค่|ใน)(?:ใน|ช่วง|ตอน| )*เวลา(?:ทำงาน|ราชการ|ทำการ|งาน)|นอกเวลา(?:ทำงาน|ราชการ|ทำการ|งาน)?"
    r"|\b(?:office|working|work|business) hours\b"
)
_AT_NOON = re.compile(r"พัก ?(?:เที่ยง|กลางวัน)|\blunch")
_AFTER = re.compile(r"(?:หลัง(?:จาก)?|เกิน|เลย|ตั้งแต่|\bafter|\bpast|\bfrom) ?(?:เวลา ?)?$")
_BEFORE = re.compile(r"(?:ก่อน|\bbefore) ?(?:เวลา ?)?$")
_BETWEEN = re.compile(r" ?(?:น\.?|นาฬิกา)? ?(?:-|(?:จน)?ถึง|\b(?:to|until|till)\b) ?")

_PAUSES = re.compile(
    r"พัก|หยุด|งด|ปิด|อย่า|ไม่(?:ต้อง|อยาก|เอา|รับ)|(?<!เว)ลา(?:พัก|กิจ|ป่วย|คลอด|บวช|หยุด|ยาว|\b| )"
    r"|ไม่อยู่|ไปราชการ|ไปต่างประเทศ"
    r"|\bpause\b|\bstop\b|\bmute\b|\bsnooze\b|\bleave\b|\bvacation\b|\bholiday\b|\baway\b"
    r"|\boff\b|\bno\b|\bdo not\b|\bdon't\b"
)
_RESUMES = re.compile(
    r"(?:ยกเลิก|เลิก|หยุด|จบ|สิ้นสุด)(?:การ| )*พัก|กลับมา(?:ทำงาน|จากลา|แล้ว|แจ้ง|ส่ง|ทำงานแล้ว)"
    r"|(?:แจ้ง|เตือน|ส่ง)(?:เตือน| )*ต่อ(?:ได้|เลย|$| )"
    r"|\bresume\b|\bunpause\b|\bunmute\b|\b(?:end|cancel|stop)(?: the| my)? pause\b|\bi(?:'m| am) back\b"
)
_USUAL = re.compile(
    r"เหมือนเดิม|ตามเดิม|อย่างเดิม|แบบเดิม|คืนค่า|ค่าเริ่มต้น|ค่าปกติ|ตามปกติ"
    r"|\breset\b|\bdefaults?\b|\bas (?:usual|before)\b|\bback to normal\b"
)
_WEEKEND = re.compile(r"เสาร์[ -]*(?:และ ?)?(?:วัน)?อาทิตย์|วันหยุด|สุดสัปดาห์|\bweekends?\b|\bsaturdays?\b.*\bsundays?\b")
_STARTS_LATER = re.compile(
    r"(?:ตั้งแต่|เริ่ม|จาก)(?:วัน)?(?:ที่ ?\d|พรุ่งนี้|มะรืน|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์)"
    r"|\d{1,2} ?- ?\d{1,2} ?[มกพตสธเ]|\bstarting\b"
)


def read_wishes(text: str, today: date) -> tuple[Wish, ...]:
    """Read what is to be changed, in the order in which it is best done; empty where nothing sure was said.

    Args:
        text: as typed.
        today: the day in Bangkok.

    >>> read_wishes("ปิดสรุปรายวัน", date(2026, 11, 20))
    (SwitchSummaries(kinds=frozenset({'day'}), wanted=False, of_everything=False),)
    >>> read_wishes("ห้ามรบกวน 20.00-07.00", date(2026, 11, 20))
    (Quiet(begins=datetime.time(20, 0), ends=datetime.time(7, 0)),)
    >>> read_wishes("พักการแจ้งเตือน 1 สัปดาห์", date(2026, 11, 20))
    (Pause(until=datetime.date(2026, 11, 27)),)
    """
    line = normalize(text[:_LONGEST]).text.strip()
    if _ASKED.search(line) or _NOT_OFF.search(line):
        return ()
    read = (wishes for reader in _READERS if (wishes := reader(line, today)) is not None)
    return next(read, ())


def _of_all(line: str, today: date) -> tuple[Wish, ...] | None:
    """What is said of everything at once."""
    if _NO_QUIET.search(line):
        return (NotQuiet(),)
    if _RESUMES.search(line) and not BACK_ON.search(line):
        return (Resume(),)
    return (AsUsual(),) if _USUAL.search(line) else None


def _of_weekends(line: str, today: date) -> tuple[Wish, ...] | None:
    return (NoWeekends(),) if _WEEKEND.search(line) else None


# --- summaries ---


def _of_summaries(line: str, today: date) -> tuple[Wish, ...] | None:
    if not _SUMMARY.search(line) and not any(re.search(pattern, line) for pattern in _KINDS.values()):
        return None
    hours = find_hours(line)
    if len(hours) > 1:
        return ()
    switches = tuple(_switches(line))
    if not hours:
        return switches
    on = tuple(switch for switch in switches if not (switch.wanted and switch.of_everything))
    return (*on, SummaryHour(hours[0].at))


def _switches(line: str) -> Iterator[SwitchSummaries]:
    clauses = [said for clause in _CLAUSES.split(line) for said in _sayings(clause)]
    for said in clauses:
        kinds = frozenset(said) & frozenset(KINDS)
        # ไม่ต้องส่ง and ยกเลิกรับ end something although a word of beginning follows.
        wanted = "off" not in said
        if "only" in said and kinds and wanted:
            yield SwitchSummaries(frozenset(KINDS) - kinds, wanted=False)
            yield SwitchSummaries(kinds, wanted=True)
        elif {"off", "on"} & set(said) and (kinds or len(clauses) == 1):
            yield SwitchSummaries(kinds or frozenset(KINDS), wanted, of_everything=not kinds)


def _sayings(clause: str) -> list[list[str]]:
    """What is said of some kinds together: ปิดรายวัน | เปิดรายสัปดาห์, and as well daily off | weekly on."""
    words = [match.lastgroup or "" for match in _SAID.finditer(clause)]
    verb_comes_last = next((word in KINDS for word in words if word in _VERBS or word in KINDS), False)
    sayings: list[list[str]] = [[]]
    for before, word in zip(["", *words], words, strict=False):
        last = sayings[-1]
        ends = (
            before in _VERBS and word in KINDS if verb_comes_last else word in _VERBS and bool(set(last) & set(KINDS))
        )
        if ends and set(last) & _VERBS and set(last) & set(KINDS):
            sayings.append([])
        sayings[-1].append(word)
    return sayings


def _of_everything(line: str, today: date) -> tuple[Wish, ...] | None:
    """ปิดแจ้งเตือน, เปิดแจ้งเตือนทั้งหมด: of every kind, and of a pause; of an hour or a day that was not read nothing."""
    if not _NEWS.search(line) or find_hours(line) or says_a_day(line, today):
        return None
    said = {match.lastgroup for match in _SAID.finditer(line)}
    if "off" in said:
        return (SwitchSummaries(frozenset(KINDS), wanted=False, of_everything=True),)
    if "on" in said and _OPENS.search(line):
        return Resume(), SwitchSummaries(frozenset(KINDS), wanted=True, of_everything=True)
    return None


# --- quiet hours ---


def _of_hours(line: str, today: date) -> tuple[Wish, ...] | None:
    quiet = _quiet(line)
    return (quiet,) if quiet else None


def _quiet(line: str) -> Quiet | None:
    if _OFFICE_HOURS.search(line):
        return Quiet(*OUTSIDE_OFFICE_HOURS)
    if not _QUIET.search(line):
        return None
    if _AT_NOON.search(line):
        return Quiet(*NOON_BREAK)
    hours = find_hours(line)
    if len(hours) == 2 and _BETWEEN.fullmatch(line[hours[0].end : hours[1].start]):
        return _between(hours[0].at, _in_the_morning(hours[1]))
    if len(hours) == 1:
        return _open_ended(line, hours[0])
    return Quiet(*NIGHT) if not hours and _NIGHTS.search(line) else None


def _between(begins: time, ends: time) -> Quiet | None:
    return Quiet(begins, ends) if begins != ends else None


def _open_ended(line: str, hour: Hour) -> Quiet | None:
    if _AFTER.search(line, 0, hour.start):
        return _between(hour.at, NIGHT[1])
    return _between(NIGHT[0], _in_the_morning(hour)) if _BEFORE.search(line, 0, hour.start) else None


def _in_the_morning(hour: Hour) -> time:
    """The hour at which a night ends: 6 โมง is of the morning there."""
    return time(hour.at.hour - 12, hour.at.minute) if hour.is_vague else hour.at


# --- pauses ---


def _of_pauses(line: str, today: date) -> tuple[Wish, ...] | None:
    if not _PAUSES.search(line) or _STARTS_LATER.search(line):
        return None
    until = day_of_return(line, today)
    if until is None and (days := days_said(line)):
        until = today + timedelta(days=days)
    return (Pause(until),) if until else None


_READERS = (_of_all, _of_summaries, _of_hours, _of_pauses, _of_weekends, _of_everything)
"""The surest first; the first that reads anything is believed."""
