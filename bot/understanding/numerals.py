"""Numbers as people write them: ``1,806``, ``75.5``, ``2.5 ล้าน``, ``3 แสน 5 หมื่น``, ``สิบแปด``, ``three``.

A number in figures or words is the same sum: a digit, then perhaps its scale, scales falling; ล้าน counts all before it.
"""

from __future__ import annotations

import re

_DIGITS = {
    "ศูนย์": 0,
    "หนึ่ง": 1,
    "เอ็ด": 1,
    "สอง": 2,
    "ยี่": 2,
    "สาม": 3,
    "สี่": 4,
    "ห้า": 5,
    "หก": 6,
    "เจ็ด": 7,
    "แปด": 8,
    "เก้า": 9,
}
_PLACES = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000}
_MILLION = "ล้าน"
_POINT = "จุด"
_ENGLISH = {
    word: value
    for value, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}

_ENGLISH_SCALES = {"million": 1_000_000, "thousand": 1_000}

_DIGIT_WORD = r"(?:ศูนย์|หนึ่ง|เอ็ด|สอง|ยี่(?=สิบ)|สาม(?!ารถ|ัญ)|สี่|ห้า(?!ม|ง)|หก|เจ็ด|แปด|เก้า(?!อี้))"
_PLACE_WORD = r"(?:สิบ|(?<!เรียบ)ร้อย(?! ?ล่?ะ)|(?<!ผูก)(?<!สัม)พัน(?!ธ)|หมื่น|แสน|ล้าน)"
_NO_WORD_BEFORE = "".join(f"(?<!{place})" for place in (*_PLACES, _MILLION))
_WORDS = (
    rf"(?:{_NO_WORD_BEFORE}(?:{_DIGIT_WORD}|{_PLACE_WORD}(?: (?={_DIGIT_WORD}{_PLACE_WORD}))?){{1,20}}+"
    rf"(?:จุด(?:{_DIGIT_WORD}){{1,6}})?(?!์))"
)
_THAI_WORD = re.compile("|".join((*_DIGITS, *_PLACES, _MILLION)))

_PLAIN = r"\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?(?!\d|\.\d|,\d{3}(?!\d))"
_SCALES = ("ล้าน", "แสน", "หมื่น", "พัน", "ร้อย(?! ?ล่?ะ)")


def _scaled() -> str:
    """Return the pattern of the scale behind figures, and of smaller ones behind it, each with its own figures."""
    tail = ""
    ways: list[str] = []
    for scale in reversed(_SCALES):
        ways.insert(0, rf"{scale}{tail}")
        tail = rf"(?: ?{_PLAIN} ?{scale}{tail}|{tail})" if tail else rf"(?: ?{_PLAIN} ?{scale})?"
    return "(?:(?:แสน|หมื่น|พัน|ร้อย|สิบ)(?=ล้าน))?(?:" + "|".join(ways) + ")(?!ธ)"


FIGURES = rf"(?<![\d.,])(?<! -)(?<!^-)(?<!ลบ)(?<!ลบ ){_PLAIN}(?: ?{_scaled()}| ?(?:million|thousand)\b)?"
"""Pattern of a number in figures, perhaps with Thai scales behind it; what is below zero is none."""

NUMBER = f"(?:{FIGURES}|{_WORDS}|\\b(?:{'|'.join(_ENGLISH)})\\b)"
"""Pattern of a number in figures or words; safe only beside a word that calls for a number."""

_FIGURES_ALONE = re.compile(r"[\d,]+(?:\.\d+)?")
_PART = re.compile(rf"{_PLAIN}|{_THAI_WORD.pattern}")


def read_number(text: str) -> int | float:
    """Return the value of a text that matched ``FIGURES`` or ``NUMBER``: an int where it is whole.

    >>> read_number("1,806"), read_number("2.5 ล้าน"), read_number("ยี่สิบเอ็ด"), read_number("three")
    (1806, 2500000, 21, 3)
    >>> read_number("3 แสน 5 หมื่น"), read_number("สองล้านห้าแสน"), read_number("เจ็ดสิบห้าจุดห้า")
    (350000, 2500000, 75.5)
    """
    if text in _ENGLISH:
        return _ENGLISH[text]
    if text.endswith(tuple(_ENGLISH_SCALES)):
        scale = next(word for word in _ENGLISH_SCALES if text.endswith(word))
        return _whole(float(text.removesuffix(scale).replace(",", "")) * _ENGLISH_SCALES[scale])
    if _FIGURES_ALONE.fullmatch(text):
        return _whole(float(text.replace(",", "")))
    whole, _, fraction = text.partition(_POINT)
    value = _sum(_PART.findall(whole))
    if fraction:
        digits = "".join(str(_DIGITS[word]) for word in _THAI_WORD.findall(fraction))
        value = float(f"{int(value)}.{digits}")
    return _whole(value)


def _sum(parts: list[str]) -> float:
    total = below_million = 0.0
    digit: float | None = None
    for part in parts:
        if part == _MILLION:
            nothing_before = digit is None and not total and not below_million
            total = 1_000_000 * (1 if nothing_before else total + below_million + (digit or 0))
            below_million, digit = 0, None
        elif part in _PLACES:
            below_million += (1 if digit is None else digit) * _PLACES[part]
            digit = None
        else:
            digit = _DIGITS[part] if part in _DIGITS else float(part.replace(",", ""))
    return total + below_million + (digit or 0)


def _whole(value: float) -> int | float:
    rounded = round(float(value), 6)
    return int(rounded) if rounded.is_integer() else rounded
