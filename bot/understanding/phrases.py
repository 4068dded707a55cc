"""Finds the catalog's own words (units, groups, indicators) in a line, longest first, in time linear in the line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.understanding.mentions import Mention
from bot.understanding.normalize import spelling, without_spaces

_LEADING_VOWELS = "เแโใไ"
_FOLLOWING_MARKS = re.compile("[ะ-ฺๅ็-๎]")
_ABBREVIATION = re.compile(r"[ก-ฮ.]{2,10}")
_THAI = re.compile("[ก-๎]")
_MORE_OF_A_NUMBER = re.compile(r"[/.,]\d| ?(?:บาท|%|เปอร|(?:จาก|ใน|out of|of|from)(?:ทั้งหมด)? ?\d)")
_END_OF_A_CODE = re.compile(r"(?:[a-z0-9#/]|\d[.,-])$")
_NO_CODE_BEHIND = re.compile(
    r"(?:โทร(?:ศัพท์)?\.?|สายด่วน|เบอร์|ศูนย์(?: ?กทม\.?)?|\bcall|\d ?(?:[ก-๎]{2,10} ?)?(?:จาก|ใน|of|from)(?:ทั้งหมด)?) ?$"
)
"""What tells digits to be a telephone number, or the whole of a fraction, rather than the code they look like."""
_BEFORE_AN_ABBREVIATION = re.compile(r"(?:ของ|จาก|ที่|ถึง|ให้|โดย|และ)$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of writing something: ``key`` without spaces, and what it stands for."""

    key: str
    kind: str
    value: str

    @property
    def is_abbreviation(self) -> bool:
        """Whether it is consonants alone, such as สนอ, which also stand inside other words (เสนอ)."""
        return _ABBREVIATION.fullmatch(self.key) is not None


class CueIndex:
    """Names of cues by the words that tell them; looks at each place of a line once, however many words there are."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for name, forms in words.items():
            for form in forms:
                self._by_start.setdefault(form[:3], []).append((form, name))
        self._short = sorted({len(start) for start in self._by_start if len(start) < 3})

    def find(self, line: str) -> Iterator[tuple[str, int, int]]:
        """Yield each cue whose word stands anywhere in the line: its name, where it begins and where it ends."""
        by_start, short = self._by_start, self._short
        for at in range(len(line)):
            start = line[at : at + 3]
            if start in by_start:
                for form, name in by_start[start]:
                    if line.startswith(form, at):
                        yield name, at, at + len(form)
            for length in short:
                if start[:length] in by_start and length < len(start):
                    for form, name in by_start[start[:length]]:
                        yield name, at, at + len(form)


class PhraseIndex:
    """All phrases by their spelling, and how long those are that begin alike; of two of one spelling the first wins."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._known: dict[str, Phrase] = {}
        for phrase in phrases:
            if len(phrase.key) > 1:
                self._known.setdefault(phrase.key, phrase)
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in self._known:
            lengths[key[:2]].add(len(key))
        self._lengths = {start: sorted(each, reverse=True) for start, each in lengths.items()}

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self._known.values())

    def find(self, line: str) -> list[Mention]:
        """Return the mentions in a normalised line, in its order, none overlapping; spaces inside do not matter."""
        tight, places = without_spaces(line)
        found: list[Mention] = []
        at = 0
        while at < len(tight) - 1:
            lengths = self._lengths.get(tight[at : at + 2])
            phrase = self._phrase_at(lengths, line, tight, places, at) if lengths else None
            if phrase:
                end = at + len(phrase.key)
                found.append(Mention(phrase.kind, phrase.value, places[at], places[end - 1] + 1))
                at = end
            else:
                at += 1
        return found

    def _phrase_at(self, lengths: list[int], line: str, tight: str, places: list[int], at: int) -> Phrase | None:
        left = len(tight) - at
        for length in lengths:
            phrase = self._known.get(tight[at : at + length]) if length <= left else None
            if phrase and _stands_alone(phrase, line, places[at], places[at + length - 1] + 1):
                return phrase
        return None


def phrases(kind: str, value: str, names: Iterable[str]) -> list[Phrase]:
    """Return the phrases for the names of one thing: as given, without a last dot, without dots or hyphens."""
    keys = dict.fromkeys(spelling(name) for name in names)
    variants = [form for key in keys for form in (key, key.rstrip("."), key.replace(".", ""), key.replace("-", ""))]
    return [Phrase(form, kind, value) for form in dict.fromkeys(variants)]


def _stands_alone(phrase: Phrase, line: str, start: int, end: int) -> bool:
    before, after = line[max(start - 1, 0) : start], line[end : end + 1]
    if phrase.is_abbreviation:
        return _abbreviation_stands_alone(line, start, end)
    if phrase.key[0].isascii() and _END_OF_A_CODE.search(line[max(start - 2, 0) : start]):
        return False
    if phrase.key.isdigit() and _NO_CODE_BEHIND.search(line[max(start - 24, 0) : start]):
        return False
    if phrase.key[-1].isascii() and after.isascii() and after.isalnum():
        return False
    if phrase.key[-1].isdigit() and _MORE_OF_A_NUMBER.match(line, end):
        return False
    return (not before or before not in _LEADING_VOWELS) and not _FOLLOWING_MARKS.match(after)


def _abbreviation_stands_alone(line: str, start: int, end: int) -> bool:
    before, after = line[max(start - 4, 0) : start], line[end : end + 1]
    if not _THAI.match(before[-1:]) or _BEFORE_AN_ABBREVIATION.search(before):
        return not _THAI.match(after)
    return (after == "." or line[end - 1] == ".") and before[-1] not in _LEADING_VOWELS
