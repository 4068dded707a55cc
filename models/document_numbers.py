"""Numbers of official letters (เลขที่หนังสือ): reading them as people write them, and comparing them.

``กท 1902/1335`` is agency code, unit code and running number; a circular (หนังสือเวียน) carries ``ว`` before the
running number: ``กท 0401/ว 223``. Digits, spaces, dots and the words in front vary freely; the digits themselves do
not: a number with a gap inside its digits is not read at all, because joining them would be a guess.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

HOUSE_AGENCY = "กท"
"""Agency code of the Bangkok Metropolitan Administration; the register often leaves it out."""

MAX_NUMBER_LENGTH = 100

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SLASHES = re.compile(r"[\\⁄∕⧸]")
_WORDS_IN_FRONT = re.compile(
    r"^(?:(?:หนังสือเวียน|หนังสือ|เลขที่|เลข|ที่|ด่วนที่สุด|ด่วนมาก|ด่วน|number|no)(?:[\s.:#]+|(?=[ก-๙0-9])))+",
    re.IGNORECASE,
)
_CODE = r"(?P<unit>\d{1,6}(?:\s*\.\s*\d{1,4})*)"
_RUNNING = r"(?P<running>\d{1,7})"
_AGENCY = r"(?:(?P<agency>[ก-ฮ](?:\.?[ก-ฮ]){1,4}(?:\s*\([ก-ฮ.]{1,12}\))?)[\s.]*)?"
_CIRCULAR = r"(?P<circular>\(?ว\)?[\s.]*)"
_SHAPES = (
    re.compile(rf"{_AGENCY}{_CODE}[\s.]*/\s*{_CIRCULAR}?{_RUNNING}", re.ASCII),
    re.compile(rf"{_AGENCY}{_CODE}[\s.]*{_CIRCULAR}{_RUNNING}", re.ASCII),
    re.compile(rf"{_AGENCY}/?\s*{_CIRCULAR}{_RUNNING}", re.ASCII),
)


@dataclass(frozen=True)
class DocumentNumber:
    """The parts of a letter's number.

    Attributes:
        agency: letters of the agency without dots, such as ``กท`` or ``กค(กวจ)``; None where they were left out.
        unit_code: code of the owner, with sub-codes: ``1902``, ``1902.3``; None for a bare circular, ``ว 223``.
        circular: the number carries ``ว``.
        running: running number of the owner's register, digits as written.
    """

    agency: str | None
    unit_code: str | None
    circular: bool
    running: str

    @property
    def canonical(self) -> str:
        """The number as we write it: ``กท 1902/1335``, ``กท 0401/ว 223``, ``1902/1335``."""
        running = f"ว {self.running}" if self.circular else self.running
        code = f"{self.unit_code}/{running}" if self.unit_code else running
        return f"{self.agency} {code}" if self.agency else code

    @property
    def key(self) -> str:
        """What two numbers are compared by: equal keys are the same number.

        A number without an agency is the house's own, so ``1902/1335`` and ``กท 1902/1335`` share a key.
        """
        return f"{self.agency or HOUSE_AGENCY}{self.key_without_agency}"

    @property
    def key_without_agency(self) -> str:
        """What a number asked for without an agency is compared by: ``1902/1335``, ``0401/ว223``."""
        mark = "ว" if self.circular else ""
        return f"{self.unit_code or ''}/{mark}{self.running.lstrip('0') or '0'}"


def parse_document_number(text: str) -> DocumentNumber | None:
    """Read a letter's number that stands alone in a text.

    Takes Thai, Arabic and full-width digits, any spacing between the parts, dots after letters, and the words ที่, เลขที่,
    หนังสือ and an urgency in front. A number without ``ว`` needs its slash and a code before it.

    Returns:
        The parts, or None where the text is anything else, such as a number with more words behind it.

    >>> parse_document_number("ที่ กท๑๙๐๒/๑๓๓๕").canonical
    'กท 1902/1335'
    >>> parse_document_number("1335") is None
    True
    """
    found = _SHAPES[0].fullmatch(text) or _match(_clean(text))  # most are written tidily
    return _number_from(found.groupdict()) if found else None


def parse_receive_number(text: str) -> tuple[str, int | None] | None:
    """Read a receive number (เลขรับ), with the year where it was written: ``4521/2568`` or ``4521/68``.

    Returns:
        The number in Arabic digits without leading zeros and its year of the common era, or None.

    >>> parse_receive_number("เลขรับ ๔๕๒๑/๒๕๖๘")
    ('4521', 2025)
    """
    match = _RECEIVE_NUMBER.fullmatch(_plain(text))
    if match is None:
        return None
    return match["number"].lstrip("0") or "0", _common_era(match["year"])


_RECEIVE_NUMBER = re.compile(
    r"(?:(?:เลขที่รับ|เลขทะเบียนรับ|ทะเบียนรับ|เลขรับ|รับที่|รับ|ที่|เลขที่|เลข)?[\s.:#]*)"
    r"(?P<number>\d{1,9})\s*(?:/\s*(?P<year>(?:25)?[5-9]\d|20\d\d))?",
    re.ASCII,
)


def _common_era(year: str | None) -> int | None:
    if year is None:
        return None
    value = int(year)
    if value < 100:
        value += 2500
    return value - 543 if value >= 2400 else value


def _match(cleaned: str) -> re.Match[str] | None:
    return next((match for match in (shape.fullmatch(cleaned) for shape in _SHAPES) if match), None)


def _number_from(parts: dict[str, str | None]) -> DocumentNumber:
    agency, unit_code = parts["agency"], parts.get("unit")
    return DocumentNumber(
        agency=re.sub(r"[\s.]", "", agency) if agency else None,
        unit_code=re.sub(r"\s", "", unit_code) if unit_code else None,
        circular=bool(parts["circular"]),
        running=parts["running"] or "",
    )


def _clean(text: str) -> str:
    return _WORDS_IN_FRONT.sub("", _SLASHES.sub("/", _plain(text))).strip(" .")


def _plain(text: str) -> str:
    """Fold full-width forms, digits, odd spaces and what cannot be seen; too long a text cannot be a number."""
    if len(text) > MAX_NUMBER_LENGTH:
        return ""
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_THAI_DIGITS)
    return re.sub(r"\s+", " ", folded).strip()
