"""Numbers of letters (เลขที่หนังสือ), receive numbers (เลขรับ) and requests (#42) in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.mentions import Mention
from bot.understanding.months import MONTH, christian_year

_CITY = r"ก[.ใ]? ?ท[.ใ]?(?: ?ม[.ใ]?)?"
"""``ใ`` is the dot's key without shift."""
_MINISTRIES = (
    *("นร", "กห", "กค", "กต", "กก", "พม", "อว", "กษ", "คค", "ดศ", "ทส", "พน", "พณ", "มท"),
    *("ยธ", "รง", "วธ", "ศธ", "สธ", "อก", "ตช", "อส", "ปช", "ตผ", "รส", "สผ", "สว"),
)
_NO_AGENCY = "งบ|คน|ผล|รถ|ครบ|ถนน|ตรง|จบ|หมด|ลด|ลง|ตก|พบ|ลว|กม|ชม|ตร|นาย|[มกพสตธ]ค|กพ|[กพม]ย"
"""Words and short months of consonants alone, which must not be taken for an agency nobody told us of."""
_HOUSE_UNIT = "ส[ก-ฮ]{2}|กงต|มนร"
"""Our own offices' short names (สงม.) stand before a number as its sender, not as its agency."""
_MINISTRY = "|".join(r"\.? ?".join(code) for code in _MINISTRIES)
_DIVISION = r"(?: ?\([ก-ฮ.]{1,12}\))?"
_BEFORE_A_UNIT_CODE = rf"(?=[. ]{{0,3}}{_DIVISION}[. ]{{0,3}}\d{{4}}(?!\d))"
_OTHER_AGENCY = rf"(?!(?:{_NO_AGENCY}|{_HOUSE_UNIT})[. \d])[ก-ฬฮ]\.?[ก-ฬฮ](?:\.?[ก-ฬฮ])?{_BEFORE_A_UNIT_CODE}"
_AGENCY = rf"(?:(?P<city>{_CITY})|(?<![ก-๎])(?P<agency>(?:{_MINISTRY}|{_OTHER_AGENCY})\.?{_DIVISION}))"
_MARK = r"\(?ว\)?\.? ?"
_CIRCULAR = rf"(?P<circular>{_MARK})?"
_UNIT = r"(?P<unit>\d{1,6}(?:\.\d{1,4}){0,2})"
_SLASH = r"(?:/|-|ทับ)"
_YEAR_BEHIND = r"(?: ?/ ?(?:25\d\d|20\d\d|[5-7]\d)(?![\d/]))?+"
"""The year of a number (1902/1335/2568) is no part of it."""
_END_OF_SURE = rf"(?!\d){_YEAR_BEHIND}(?!\d|[/.]\d| ?บาท)"
_COUNTED = r" ?(?:บาท|ล้าน|แสน|ชุมชน|แห่ง|คน|ราย(?!งาน|การ|ชื่อ)|ครัวเรือน|%|เปอร)"
_ADDRESS = r" ?,? ?(?:หมู่|ม\.? ?\d|ถนน|ถ\.|ซอย|ซ\.|แขวง|ตำบล|ต\.)"
_END = rf"(?!\d|,\d{{3}}(?!\d)){_YEAR_BEHIND}(?!\d|[/.]\d|{_COUNTED}|{_ADDRESS})"

_WITH_AGENCY = re.compile(
    rf"{_AGENCY} ?(?:(?:เลขที่|ที่) ?)?{_UNIT}"
    rf"(?: ?{_SLASH} ?{_CIRCULAR}| ?(?P<bare_circular>{_MARK}))(?P<running>\d{{1,7}}){_END_OF_SURE}"
)
_WITH_AGENCY_AND_SPACE = re.compile(rf"{_AGENCY} ?{_UNIT}[ .]{{1,2}}{_CIRCULAR}(?P<running>\d{{2,7}}){_END_OF_SURE}")
_CIRCULAR_ALONE = re.compile(
    rf"(?:(?!ตช\.?ว){_AGENCY}|หนังสือเวียน(?: ?(?:เลข)?ที่)?|หนังสือ(?: ?ที่)?|เวียน(?:ที่)?|(?<![ก-๎])ที่) ?/? ?"
    rf"(?P<sure_circular>{_MARK})(?P<running>\d{{1,7}}){_END_OF_SURE}"
)
_BARE_CIRCULAR = re.compile(
    r"(?:(?<![ก-๎a-z\d])|(?<=เมื่อ)|(?<=ตาม)|(?<=ถ้า)|(?<=หรือ)|(?<=เรื่อง)|(?<=เช็ค)|(?<=ของ)|(?<=กับ)|(?<=และ)|(?<=สถานะ)|(?<=เตือน)|(?<=เลิก))"
    rf"(?P<sure_circular>ว\.? ?)(?P<running>\d{{1,5}}){_END}"
)
_IS_A_RUNNING_NUMBER = r"(?![12]?\d ?/ ?(?:1?\d|25\d\d)(?!\d))"
"""``ที่ 5/11`` is a day of a month, ``ที่ 3/2568`` the third of a year: a meeting, an order, a quarter."""
_AFTER_A_WORD = re.compile(
    r"(?:หนังสือ(?:เวียน)?(?: ?เลข)?(?: ?ที่)?|เอกสาร(?: ?เลข)?(?: ?ที่)?|(?<!บ้าน)(?<!ห้อง)เลขที่(?: ?หนังสือ)?|เลขหนังสือ"
    r"|(?<![ก-๎])(?<!วัน )(?<!ไตรมาส )(?<!ครั้ง )(?<!คำสั่ง )ที่|ติดตาม(?:ต่อ)?|ตามเรื่อง"
    r"|\b(?:doc(?:ument)?|letter|number|no\.?|track|follow|where is|status of)(?: (?:number|no\.?))?)"
    rf" ?:? ?{_IS_A_RUNNING_NUMBER}(?P<unit>\d{{1,5}}(?:\.\d{{1,3}})?) ?(?:/|ทับ) ?{_CIRCULAR}"
    rf"(?P<running>\d{{1,7}}){_END}"
)
_NOT_A_LETTER = re.compile(
    r"(?:โทร(?:ศัพท์)?\.?|เบอร์(?:โทร)?|ต่อ|ภายใน|บ้าน ?เลขที่|ห้อง|ราคา|จำนวน|เงิน|งบ|ปี(?:การศึกษา)?|ทะเบียน|อัตรา|เวลา"
    r"|\btel\.?|\bphone) ?$"
)
_ALONE = re.compile(
    rf"(?<![\d.,/-])(?:(?P<unit>\d{{4}}(?:\.\d{{1,3}})?) ?(?:/|ทับ) ?{_CIRCULAR}"
    rf"|(?P<circular_unit>\d{{2,5}}) ?(?:/|ทับ) ?(?P<sure_circular>{_MARK}))(?P<running>\d{{1,7}}){_END}"
)
_NO_MORE = r"(?!\d|,\d{3}|[/.]\d)"
_RECEIVE = re.compile(
    r"(?:(?P<sure>(?:หมาย)?เ?ลข(?:ที่)? ?(?:ทะเบียน)? ?(?:หนังสือ)?(?:ลง)?รับ(?:เรื่อง|หนังสือ|เข้า)?(?: ?(?:เลข)?ที่)?"
    r"|ทะเบียน(?:หนังสือ)?รับ(?: ?(?:เลขที่|ที่|เลข))?)"
    r"|(?<!ไป)(?<!มา)(?:ลง)?รับ ?(?:เลข)?ที่|(?:ลง)?รับ ?เลข|ลงรับ(?:แล้ว)?"
    r"|\b(?:receive|received|receipt|reception)(?: (?:number|no\.?|#))?)"
    r"(?: ?(?:ครับ|ค่ะ|คะ|คือ|เป็น))? ?[:.#=]? ?"
    r"(?P<number>\d{1,9}|\d{1,3}(?:,\d{3})+)(?: ?/ ?(?P<year>25\d\d|20\d\d|[5-9]\d))?"
    rf"(?(sure)|(?! ?(?:โมง|ทุ่ม|น\.|ฉบับ|คน|ชั่วโมง|นาที|วัน(?!ที่)|เรื่อง(?! )|{MONTH}|[ap]m\b))){_NO_MORE}"
)
_REQUEST_WORD = (
    r"(?:(?:หมายเลข|เลข(?:ที่)?|เบอร์) ?)?(?:คำขอ|คำถาม|เคส)(?: ?(?:หมายเลข|เลขที่|ที่|เลข|เบอร์|นัมเบอร์))? ?#? ?"
    r"|\b(?:request|req|ticket|case)\b ?(?:no\.? ?|number )?#? ?"
)
_REQUEST = re.compile(
    rf"(?:(?P<hash>#) ?|{_REQUEST_WORD}|(?P<word>รับทราบ|แจ้งผล) ?)(?P<number>\d{{1,9}})(?!\d|[/.,]\d)"
    r"(?(hash)|(?! ?(?:เรื่อง|ฉบับ|ครั้ง|วัน|นาที|ชั่วโมง|คน|ราย(?!งาน)|%|เปอร|ข้อ|คำขอ|คำถาม)))"
)
_HAS_DIGIT = re.compile(r"\d").search
_MEASURED = re.compile(r"\d ?(?:/|จาก|ใน|%|เปอร|ชุมชน)|ร้อยละ|ขั้น")
_LONGEST_LIKELY_REQUEST = 3


def find_request_numbers(line: str) -> list[Mention]:
    """Return mentions of kind ``request``, a whole number behind ``#``, คำขอ, รับทราบ or แจ้งผล.

    The last two words stay in the line: they are what the person wants. ``แจ้งผล 8308 … 18/22`` reports an indicator.
    """
    if not _HAS_DIGIT(line):
        return []
    return [
        Mention("request", int(match["number"]), match.start("number" if match["word"] else 0), match.end())
        for match in _REQUEST.finditer(line)
        if not match["word"]
        or len(match["number"]) <= _LONGEST_LIKELY_REQUEST
        or not _MEASURED.search(line, match.end())
    ]


def find_receive_numbers(line: str) -> list[Mention]:
    """Return mentions of kind ``receive_number``, digits as text; with its Buddhist year where said: ``4521/2568``."""
    if not _HAS_DIGIT(line):
        return []
    return [
        Mention("receive_number", _with_year(match["number"].replace(",", ""), match["year"]), *match.span())
        for match in _RECEIVE.finditer(line)
    ]


def find_sure_document_numbers(line: str) -> list[Mention]:
    """Return mentions of kind ``document_number`` that an agency code or a word such as หนังสือ or ที่ vouches for.

    >>> [mention.value for mention in find_sure_document_numbers("ที่ กท.0401/ว223 และ กท 1902/1335")]
    ['กท 0401/ว 223', 'กท 1902/1335']
    """
    if not _HAS_DIGIT(line):
        return []
    with_agency = list(_numbers(_WITH_AGENCY, line))
    if with_agency:
        return _in_their_order(with_agency, list(_alone(_ALONE, line[: with_agency[0].start])))
    return list(_numbers(_AFTER_A_WORD, line, "unit")) or list(_numbers(_CIRCULAR_ALONE, line))


def find_likely_document_numbers(line: str) -> list[Mention]:
    """Return mentions of kind ``document_number`` told by their shape alone; read dates and indicators before it."""
    if not _HAS_DIGIT(line):
        return []
    return (
        list(_numbers(_WITH_AGENCY_AND_SPACE, line))
        or list(_alone(_ALONE, line))
        or list(_numbers(_BARE_CIRCULAR, line))
    )


def _in_their_order(*found: list[Mention]) -> list[Mention]:
    return sorted((mention for each in found for mention in each), key=lambda mention: mention.start)


def _alone(pattern: re.Pattern[str], line: str) -> Iterator[Mention]:
    """Give the numbers that no word in front tells to be a telephone, a house, money or a year."""
    for mention in _numbers(pattern, line):
        if not _NOT_A_LETTER.search(line, max(mention.start - 16, 0), mention.start):
            yield mention


def _numbers(pattern: re.Pattern[str], line: str, start: str | int = 0) -> Iterator[Mention]:
    for match in pattern.finditer(line):
        yield Mention("document_number", _in_one_form(match.groupdict()), match.start(start), match.end())


def _in_one_form(part: dict[str, str | None]) -> str:
    agency = "กท" if part.get("city") else re.sub(r"[. ]", "", part.get("agency") or "")
    unit = part.get("unit") or part.get("circular_unit")
    circular = part.get("circular") or part.get("bare_circular") or part.get("sure_circular")
    running = f"ว {part['running']}" if circular else f"{part['running']}"
    return f"{agency} {unit}/{running}".strip() if unit else f"{agency} {running}".strip()


def _with_year(number: str, year: str | None) -> str:
    return f"{number}/{christian_year(year) + 543}" if year else number
