"""Registration codes (K7M4-9QXR): two groups of four of letters and digits that are not mistaken for each other."""

from __future__ import annotations

import re

from bot.understanding.mentions import Mention
from bot.understanding.normalize import without_politeness

_FOUR = "([2-9a-hj-np-z]{4})"
_AFTER_A_WORD = re.compile(
    r"(?:ลง ?ทะเบียน|สมัคร(?:สมาชิก|ใช้งาน|เข้าใช้)?|รหัส(?:เชิญ|ลงทะเบียน)?|โค้ด|\bregister|\bcode|\binvite)[^a-z0-9\0]{0,24}"
    rf"(?:(?:with |code |is ){{0,2}}){_FOUR}(?: ?- ?| )?{_FOUR}(?![a-z0-9])"
)
_WITH_DASH = re.compile(rf"(?<![a-z0-9-]){_FOUR} ?- ?{_FOUR}(?![a-z0-9-])")
_WHOLE = re.compile(rf"{_FOUR}(?: ?- ?| )?{_FOUR}")


def find_codes(line: str) -> list[Mention]:
    """Return one mention of kind ``code``, upper case with its hyphen, or none.

    Behind ลงทะเบียน a code may lack its hyphen; elsewhere it must have it, or be all that was said, and hold both
    letters and digits unless it is all that was said with its hyphen.
    """
    match = _AFTER_A_WORD.search(line)
    if match:
        return [Mention("code", _written(match), match.start(1), match.end())]
    said = without_politeness(line)
    whole = _WHOLE.fullmatch(said)
    if whole and (_mixed(said) or ("-" in said and not said[:4].isdigit())):
        return [Mention("code", _written(whole), line.index(said), line.index(said) + len(said))]
    return [Mention("code", _written(each), *each.span()) for each in _WITH_DASH.finditer(line) if _mixed(each[0])][:1]


def _mixed(text: str) -> bool:
    return any(character.isdigit() for character in text) and any(character.isalpha() for character in text)


def _written(match: re.Match[str]) -> str:
    return f"{match[1]}-{match[2]}".upper()
