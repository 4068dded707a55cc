"""One spelling for many: digits, marks, spaces and case, with the way back to the person's own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_TONES = "่้๊๋"
_VOWEL_MARKS = "ัิีึืุู็"
_DROPPED = "\u200b"

STAR = "★"
"""Any star of a row of stars, the only picture that is kept."""

_SAME_MEANING = {
    **dict.fromkeys("⭐★☆🌟", STAR),
    "ๅ": "า",
    "\\": "/",
    "_": "-",
    "\t": " ",
    "\n": " ",
    "\r": " ",
    "\v": " ",
    "\f": " ",
    **dict.fromkeys("‐‑‒–—―−－", "-"),
    **dict.fromkeys("∕⁄／", "/"),
    **dict.fromkeys("“”„«»＂", '"'),
}

_ERASED = re.compile(f"{_DROPPED}+| [ {_DROPPED}]+")
_MARK = "[ัิ-ฺ็-๎]"
_LOST_MARK = re.compile(f"(?:^|(?<= )){_MARK}[{_MARK[1:-1]} ]*")
_LOST_SPACE = re.compile(f"(?<=[ก-ฮ])(?<![เแโใไะาำ{_VOWEL_MARKS}][ก-ฮ]) (?={_MARK})")
_SLIP = re.compile(
    f"ํ(?P<tone_inside>[{_TONES}]?)า"
    f"|(?P<tone_before>[{_TONES}])ํา"
    "|(?P<kept>ออ(?=อ[กนม])(?<!อออ))|(?P<stretched>[ก-ฮ])(?P=stretched){2,}"
    "|(?P<two_e>เเ+)"
    f"|(?P<vowel>[ะาำแโใไ])(?P=vowel)*(?P<tone_behind>[{_TONES}]*)(?P=vowel)*"
    f"|(?P<marks>{_MARK}{{2,}})"
)
POLITE_WORDS = (
    "ครับผม",
    "ครับ",
    "ครัช",
    "คร้าบ",
    "คร๊าบ",
    "ค้า",
    "คร่า",
    "งับ",
    "ค้าบ",
    "คับ",
    "ขอรับ",
    "ค่ะ",
    "ค้ะ",
    "ค๊ะ",
    "คะ",
    "ค่า",
    "นะ",
    "น่ะ",
    "จ้ะ",
    "จ๊ะ",
    "จ้า",
    "จ๋า",
    "น้า",
    "ฮะ",
    "ฮับ",
    "หน่อย",
    "ด้วย",
    "เลย",
    "please",
    "pls",
)
POLITE = "(?:" + "|".join(word if word != "น้า" else "(?<!ห)น้า+" for word in POLITE_WORDS) + ")"
"""Pattern of a word that only makes a sentence polite (ครับ, ค่ะ, นะ, หน่อย)."""

_EDGES = " .,;:!?…~\"'()[]ๆ*-\0"
_NO_POLITE_ENDS = ("หน้า",)
"""Words that end like a polite one."""
_POLITE_STARTS = ("เอ่อ", "อ๋อ", "อ้อ", "รบกวน", "ดิฉัน", "ผม", "หนู", "ครับผม", "ครับ", "ค่ะ", "คะ", "please")


@dataclass(frozen=True)
class Utterance:
    """What a person typed, beside its normalised form.

    Attributes:
        original: the person's own words (NFC).
        text: the same, normalised: lower case, Arabic digits, single spaces, marks in order.
        sources: for each index of ``text``, and for its end, the index in ``original`` it comes from.
    """

    original: str
    text: str
    sources: tuple[int, ...]

    def respelt(self, start: int, end: int, spelling: str) -> Utterance:
        """Return the utterance with ``spelling`` for ``text[start:end]``, whose letters all lead back to its start."""
        sources = (*self.sources[:start], *[self.sources[start]] * len(spelling), *self.sources[end:])
        return Utterance(self.original, self.text[:start] + spelling + self.text[end:], sources)

    def quote(self, start: int, end: int | None = None) -> str:
        """Return the person's own words behind ``text[start:end]``, without spaces around them."""
        last = len(self.text) if end is None else end
        return self.original[self.sources[start] : self.sources[last]].strip(" \t\r\n" + _DROPPED)


def normalize(text: str) -> Utterance:
    """Read any text, also broken Unicode, into an ``Utterance``; time grows with the length alone.

    >>> normalize("ที่  กท ๐๔๐๑/ว ๒๒๓ นํ้า เเล้ว").text
    'ที่ กท 0401/ว 223 น้ำ แล้ว'
    """
    original = _composed(text)
    plain = original.translate(_CHARACTERS)
    sources = list(range(len(plain) + 1))
    plain, sources = _rewrite(plain, sources, _ERASED, lambda match: " " if match[0][0] == " " else "")
    plain, sources = _rewrite(plain, sources, _LOST_SPACE, lambda _: "")
    plain, sources = _rewrite(plain, sources, _LOST_MARK, lambda _: "")
    plain, sources = _rewrite(plain, sources, _SLIP, _mended)
    return Utterance(original, plain, tuple(sources))


def without_spaces(line: str) -> tuple[str, list[int]]:
    """Return the line without spaces and ฯ, and for each remaining character its index in the line."""
    places = [index for index, character in enumerate(line) if character not in " ฯ"]
    return "".join([line[index] for index in places]), places


def without_politeness(line: str) -> str:
    """Return the line without polite words, punctuation and blanks at its two ends."""
    line = without_polite_tail(line).lstrip(_EDGES)
    while line.startswith(_POLITE_STARTS):
        polite = next(word for word in _POLITE_STARTS if line.startswith(word))
        line = line[len(polite) :].lstrip(_EDGES)
    return line


def without_polite_tail(line: str) -> str:
    """Return the line without polite words, punctuation and blanks at its end."""
    line = line.rstrip(_EDGES)
    while line.endswith(POLITE_WORDS) and not line.endswith(_NO_POLITE_ENDS):
        polite = next(word for word in POLITE_WORDS if line.endswith(word))
        line = line[: -len(polite)].rstrip(_EDGES)
    return line


def spelling(name: str) -> str:
    """Return a name of the catalog as it would stand in a normalised line without spaces."""
    return without_spaces(normalize(name).text)[0]


def _composed(text: str) -> str:
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.encode("utf-8", "replace").decode("utf-8")


def _rewrite(
    text: str, sources: list[int], pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]
) -> tuple[str, list[int]]:
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for match in pattern.finditer(text):
        replacement = replace(match)
        pieces += (text[done : match.start()], replacement)
        places += sources[done : match.start()]
        places += [sources[match.start()]] * len(replacement)
        done = match.end()
    if not done:
        return text, sources
    return "".join(pieces) + text[done:], places + sources[done:]


def _mended(match: re.Match[str]) -> str:
    if match["kept"]:
        return match["kept"]  # หนังสือออก, ขอออกเวร: a word that ends in อ before one that begins with two.
    if match["two_e"]:
        return "แ"
    if match["marks"]:
        return _in_order(match["marks"])
    if match["vowel"]:
        return match["tone_behind"][-1:] + match["vowel"]
    return match["stretched"] or (match["tone_inside"] or match["tone_before"] or "") + "ำ"


def _in_order(marks: str) -> str:
    """Return marks over one letter as they should be typed: vowels first, each once, of tones the last alone."""
    tones = [mark for mark in marks if mark in _TONES]
    kept = [mark for mark in dict.fromkeys(marks) if mark not in _TONES or mark == tones[-1]]
    return "".join(sorted(kept, key=lambda mark: (mark not in _VOWEL_MARKS, mark not in _TONES)))


class _Characters(dict[int, str]):
    """Translation of single characters, each to exactly one, so that indexes stay true."""

    def __missing__(self, codepoint: int) -> str:
        return _plain_character(chr(codepoint))


def _plain_character(character: str) -> str:
    if character in _SAME_MEANING:
        return _SAME_MEANING[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category in ("Cf", "Cc", "Mn") and not "\u0e00" <= character <= "\u0e7f":
        return _DROPPED
    if category in ("So", "Sk", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"):
        return " "
    if "\uff01" <= character <= "\uff5e":
        character = chr(ord(character) - 0xFEE0)
    lower = character.lower()
    return lower if len(lower) == 1 else character


_CHARACTERS = _Characters({code: _plain_character(chr(code)) for code in (*range(0x80), *range(0x0E00, 0x0E80))})
