"""Names of months and ways of writing a year, shared by days (``dates``) and periods (``periods``)."""

from __future__ import annotations

import re

_MONTHS = (
    # full name with its usual slips, the two letters of the short one, English
    (r"มกรา?(?:คม|คน)|มกรา", "ม", "ค", "jan(?:uary)?"),
    (r"กุม[ภพ]า(?:พันธ์?|พันธุ์|พัน)?", "ก", "พ", "feb(?:ruary)?"),
    (r"มีนา(?!ย)(?:คม|คน)?", "มี", "ค", "mar(?:ch)?"),
    (r"เม[ษศส]า(?:ยน(?:ต์)?|ยล)?", "เม", "ย", "apr(?:il)?"),
    (r"พ[ฤรึ]{1,2}[ษศส]ภา(?:คม|คน)?", "พ", "ค", "may"),
    (r"มิถุนา(?:ยน(?:ต์)?)?", "มิ", "ย", "june?"),
    (r"กร[กฎฏ]{1,2}า(?:คม|คน)?", "ก", "ค", "july?"),
    (r"สิงหา(?:คม|คน)?", "ส", "ค", "aug(?:ust)?"),
    (r"(?<!ป้อง)กันยา(?!เส)(?:ยน(?:ต์)?)?", "ก", "ย", "sept?(?:ember)?"),
    (r"ตุลา(?!การ)(?:คม|คน)?", "ต", "ค", "oct(?:ober)?"),
    (r"พ[ฤรึ]{1,2}[ษศส]?จิกา(?:ยน(?:ต์)?)?", "พ", "ย", "nov(?:ember)?"),
    (r"ธันวา(?:คม|คน)?", "ธ", "ค", "dec(?:ember)?"),
)
_NO_MORE = r"(?![สร]\.| ร\.)"
"""``ส.ค.ส.`` and ``ก.พ.ร.`` begin like months."""
_DOTTED = [rf"{first}(?:\. ?{last}\.?+|{last}\.){_NO_MORE}" for _, first, last, _ in _MONTHS]
_BARE = [f"{first} ?{last}" for _, first, last, _ in _MONTHS]
_STANDS_ALONE = r"(?:(?<![ก-๎])|(?<=เดือน)|(?<=ประจำ))"
_THAI = [full for full, _, _, _ in _MONTHS]
_ENGLISH = [english for _, _, _, english in _MONTHS]

MONTH = (
    rf"(?>{'|'.join(_THAI)}|(?<![ก-ฮ]\.)(?:{'|'.join(_DOTTED)})|{_STANDS_ALONE}(?:{'|'.join(_BARE)})(?![ก-๎.])"
    rf"|(?<![a-z])(?:{'|'.join(_ENGLISH)})(?![a-z])\.?)"
)
"""Pattern of a month's name; a short one without dots only where it is no part of another word."""

SURE_MONTH = (
    rf"(?>{'|'.join(_THAI)}|(?<![ก-๎])(?<![ก-ฮ]\.)(?:{'|'.join(_DOTTED)})"
    r"|\b(?:january|february|april|june|july|august|september|october|november|december)\b)"
)
"""Pattern of a month's name that is hardly anything else even without a day, a year or เดือน beside it."""

_OF_EACH = [re.compile(f"{full}|{first}\\.? ?{last}\\.?|(?:{english})\\.?") for full, first, last, english in _MONTHS]

ERA = r"(?: ?(?:พ\.? ?ศ\.? ?|ค\.? ?ศ\.? ?|ปี ?(?:พ\.? ?ศ\.? ?)?|[,/'-] ?))?"
"""Pattern of what may stand between a month and its year."""

_COUNTED = r" ?(?:%|เปอร?|percent|บาท|ล้าน|แสน|หมื่น|ชุมชน|แห่ง|ราย(?!งาน|การ)|คน|โครงการ|ฎีกา|จาก|ใน \d|out of|of \d|/)"
_LOOSELY_COUNTED = r" ?(?:หน่วยงาน|ฉบับ|เรื่อง|ครั้ง|ใบ|ชิ้น)"
_MORE_DIGITS = r"\d|[/.,:]\d"
YEAR = (
    rf"(?P<year>(?:19\d\d|20\d\d|2[45]\d\d|26[0-4]\d)(?!{_MORE_DIGITS}| ?บาท)"
    rf"|[4-7]\d(?!{_MORE_DIGITS}|{_COUNTED})|[0-3]\d(?!{_MORE_DIGITS}|{_COUNTED}|{_LOOSELY_COUNTED}))"
)
"""Pattern of a year of four or two digits that is not a count, a time or money."""

_NEWEST_TWO_DIGIT_CE = 42
_OLDEST_FOUR_DIGIT_BE = 2400


def christian_year(year: str) -> int:
    """Return the common-era year of two or four digits, read as Buddhist where that is the likelier.

    >>> christian_year("2564"), christian_year("64"), christian_year("2021"), christian_year("25")
    (2021, 2021, 2021, 2025)
    """
    number = int(year)
    if len(year) == 2:
        return 2000 + number if number <= _NEWEST_TWO_DIGIT_CE else 2500 + number - 543
    return number - 543 if number >= _OLDEST_FOUR_DIGIT_BE else number


def month_number(text: str) -> int:
    """Return the number of a month from its name (a match of ``MONTH``) or its digits, which may be out of range."""
    if text.isdigit():
        return int(text)
    return next(number for number, pattern in enumerate(_OF_EACH, 1) if pattern.fullmatch(text))
