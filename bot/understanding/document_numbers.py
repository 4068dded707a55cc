"""Numbers of letters (เลขที่หนังสือ), receive numbers (เลขรับ) and requests (#42) in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.mentions import Mention
from bot.understanding.months import christian_year

_CITY = r"ก\.? ?ท\.?(?: ?ม\.?)?"
_MINISTRIES = (
    *("นร", "กห", "กค", "กต", "กก", "พม", "อว", "กษ", "คค", "ดศ", "ทส", "พน", "พณ", "มท"),
    *("ยธ", "รง", "วธ", "ศธ", "สธ", "อก", "ตช", "อส", "ปช", "ตผ", "รส", "สผ", "สว"),
)
_NO_AGENCY = "งบ|คน|ผล|รถ|ครบ|ถนน|ตรง|จบ|หมด|ลด|ลง|ตก|พบ|ลว|กม|ชม|ตร|นาย|[มกพสตธ]ค|กพ|[กพม]ย"
"""Words and short months of consonants alone, which must not be taken for an agency nobody told us of."""
_MINISTRY = "|".join(r"\.? ?".join(code) for code in _MINISTRIES)
_DIVISION = r"(?: ?\([ก-ฮ.]{1,12}\))?"
_OTHER_AGENCY = (
    rf"(?!(?:{_NO_AGENCY})[. \d])[ก-ฬฮ]\.?[ก-ฬฮ](?:\.?[ก-ฬฮ])?(?=[. ]{{0,3}}{_DIVISION}[. ]{{0,3}}\d{{4}}(?!\d))"
)
_AGENCY = rf"(?:(?P<city>{_CITY})|(?<![ก-๎])(?P<agency>(?:{_MINISTRY}|{_OTHER_AGENCY})\.?{_DIVISION}))"
_MARK = r"\(?ว\)?\.? ?"
_CIRCULAR = rf"(?P<circular>{_MARK})?"
_UNIT = r"(?P<unit>\d{1,6}(?:\.\d{1,4}){0,2})"
_END = r"(?![\d,]|[/.]\d| ?บาท)"

_WITH_AGENCY = re.compile(
    rf"{_AGENCY} ?(?:(?:เลขที่|ที่) ?)?{_UNIT}"
    rf"(?: ?[/-] ?{_CIRCULAR}| ?(?P<bare_circular>{_MARK}))(?P<running>\d{{1,7}}){_END}"
)
_WITH_AGENCY_AND_SPACE = re.compile(rf"{_AGENCY} ?{_UNIT} {_CIRCULAR}(?P<running>\d{{2,7}}){_END}")
_CIRCULAR_ALONE = re.compile(
    rf"(?:{_AGENCY}|หนังสือเวียน(?: ?(?:เลข)?ที่)?|หนังสือ(?: ?ที่)?|เวียน(?:ที่)?|(?<![ก-๎])ที่) ?/? ?(?P<sure_circular>{_MARK})"
    rf"(?P<running>\d{{1,7}}){_END}"
)
_AFTER_A_WORD = re.compile(
    r"(?:หนังสือ(?:เวียน)?(?: ?เลข)?(?: ?ที่)?|เอกสาร(?: ?เลข)?(?: ?ที่)?|(?<!บ้าน)(?<!ห้อง)เลขที่(?: ?หนังสือ)?|เลขหนังสือ"
    r"|(?<![ก-๎])ที่|ติดตาม(?:ต่อ)?|ตามเรื่อง"
    r"|\b(?:doc(?:ument)?|letter|number|no\.?|track|follow|where is|status of)(?: (?:number|no\.?))?)"
    rf" ?:? ?(?P<unit>\d{{1,5}}(?:\.\d{{1,3}})?) ?/ ?{_CIRCULAR}(?P<running>\d{{1,7}}){_END}"
)
_ALONE = re.compile(
    rf"(?<![\d.,/#-])(?:(?P<unit>\d{{4}}(?:\.\d{{1,3}})?) ?/ ?{_CIRCULAR}"
    rf"|(?P<circular_unit>\d{{2,5}}) ?/ ?(?P<sure_circular>{_MARK}))(?P<running>\d{{1,7}}){_END}"
)
_RECEIVE = re.compile(
    r"(?:เลข(?:ที่)? ?(?:ทะเบียน)? ?รับ(?:เรื่อง|หนังสือ|เข้า)?(?: ?ที่)?|ทะเบียนรับ(?: ?(?:เลขที่|ที่|เลข))?|รับ ?(?:เลข)?ที่"
    r"|(?:ลง)?รับ ?เลข|\b(?:receive|received|receipt|reception)(?: (?:number|no\.?|#))?)"
    r" ?[:.#]? ?(?P<number>\d{1,9})(?: ?/ ?(?P<year>25\d\d|20\d\d|[5-9]\d))?(?![\d,]|[/.]\d)"
)
_REQUEST = re.compile(
    r"(?:# ?|(?:คำขอ|คำถาม)(?: ?(?:หมายเลข|เลขที่|ที่|เลข))? ?#? ?|\brequest (?:no\.? ?|number )?#? ?"
    r"|(?P<word>รับทราบ|แจ้งผล) ?)"
    r"(?P<number>\d{1,9})(?![\d/.,])"
)


def find_request_numbers(line: str) -> list[Mention]:
    """Return mentions of kind ``request``, a whole number behind ``#``, คำขอ, รับทราบ or แจ้งผล.

    The last two words stay in the line: they are what the person wants.
    """
    return [
        Mention("request", int(match["number"]), match.start("number" if match["word"] else 0), match.end())
        for match in _REQUEST.finditer(line)
    ]


def find_receive_numbers(line: str) -> list[Mention]:
    """Return mentions of kind ``receive_number``, digits as text; with its Buddhist year where said: ``4521/2568``."""
    return [
        Mention("receive_number", _with_year(match["number"], match["year"]), match.start(), match.end())
        for match in _RECEIVE.finditer(line)
    ]


def find_sure_document_numbers(line: str) -> list[Mention]:
    """Return mentions of kind ``document_number`` that an agency code or a word such as หนังสือ or ที่ vouches for.

    >>> [mention.value for mention in find_sure_document_numbers("ที่ กท.0401/ว223 และ กท 1902/1335")]
    ['กท 0401/ว 223', 'กท 1902/1335']
    """
    return (
        list(_numbers(_WITH_AGENCY, line))
        or list(_numbers(_AFTER_A_WORD, line, "unit"))
        or list(_numbers(_CIRCULAR_ALONE, line))
    )


def find_likely_document_numbers(line: str) -> list[Mention]:
    """Return mentions of kind ``document_number`` told by their shape alone; read dates and indicators before it."""
    return list(_numbers(_WITH_AGENCY_AND_SPACE, line)) or list(_numbers(_ALONE, line))


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
