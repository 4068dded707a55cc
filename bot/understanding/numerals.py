"""Numbers as people write them: ``1,806``, ``75.5``, ``2.5 ล้าน``, ``สิบแปด``, ``three``."""

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
_ENGLISH = {
    word: value
    for value, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}
_THAI_WORD = re.compile("|".join((*_DIGITS, *_PLACES, _MILLION)))

FIGURES = r"(?<![\d.,])\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?(?:(?! ?ร้อยละ) ?(?:พัน|หมื่น|แสน|ล้าน))?(?![\d])"
"""Pattern of a number in figures, perhaps with a Thai scale behind it."""

NUMBER = f"(?:{FIGURES}|(?:{_THAI_WORD.pattern}){{1,16}}|\\b(?:{'|'.join(_ENGLISH)})\\b)"
"""Pattern of a number in figures or words; safe only beside a word that calls for a number."""

_FIGURES_AND_SCALE = re.compile(r"([\d,]+(?:\.\d+)?) ?(\D*)")


def read_number(text: str) -> int | float:
    """Return the value of a text that matched ``FIGURES`` or ``NUMBER``: an int where it is whole.

    >>> read_number("1,806"), read_number("2.5 ล้าน"), read_number("ยี่สิบเอ็ด"), read_number("three")
    (1806, 2500000, 21, 3)
    """
    if text in _ENGLISH:
        return _ENGLISH[text]
    figures = _FIGURES_AND_SCALE.fullmatch(text)
    if figures is None:
        return _read_words(text)
    scale = _PLACES.get(figures[2], 1_000_000 if figures[2] == _MILLION else 1)
    value = float(figures[1].replace(",", "")) * scale
    return int(value) if value.is_integer() else round(value, 6)


def _read_words(text: str) -> int:
    total = below_million = digit = 0
    for word in _THAI_WORD.findall(text):
        if word == _MILLION:
            total, below_million, digit = (total + below_million + digit or 1) * 1_000_000, 0, 0
        elif word in _PLACES:
            below_million, digit = below_million + (digit or 1) * _PLACES[word], 0
        else:
            digit = _DIGITS[word]
    return total + below_million + digit
