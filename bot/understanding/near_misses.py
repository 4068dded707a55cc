"""Reads slips of the keyboard: words nobody knows that are nearly a word of the office (สถาณะ, ตัวชีวัด, เขตบางรัด).

Only a clear near miss is read: one spelling is ahead of every other that means something else, and the longer it is
the more letters may be wrong. Of Latin words only those of codes and names are guessed, numbers never.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.understanding.mentions import Mention
from bot.understanding.tokens import Token, Tokens, function_words

SHORTEST = 4
"""Fewest characters of a word that is guessed; shorter ones are near too many others."""

SHORTEST_OF_KNOWN = 6
"""Fewest characters of a word that is guessed where each of its pieces is a word by itself (ล่า, ชา: ล่าช้า)."""

LETTERS_FOR_TWO_SLIPS = 8
LETTERS_FOR_THREE_SLIPS = 16
MOST_TOKENS = 7
"""How many tokens a misspelt word may fall into."""

MOST_CHARACTERS = 300
MOST_COMPARED = 24
"""How much of a line is looked at, and how many pieces are compared: work must not grow with nonsense."""

LIKE_A_DISTRICT = 70
CLEARLY_AHEAD = 5
LONGEST_DISTRICT = 24
"""How like a district (``fuzz.ratio``, of 100) what follows เขต must be, and how far ahead of the next likely one."""

SHORTEST_LATIN = 5
MOST_LATIN = 8
"""Fewest letters of a Latin word that is guessed, and how many words of a line are compared."""

_LATIN_WORD = re.compile(rf"[a-z]{{{SHORTEST_LATIN},}}")
_DISTRICT = "unit สำนักงานเขต"
_BEFORE_A_DISTRICT = re.compile(r"(?:(?<!กลุ่ม)(?<!ทุก)(?<!ใน)เขต|สนข\.?) ?(?=[ก-ฮเแโใไ])")
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NearMiss:
    """``line[start:end]`` was most likely meant to be ``spelling``, or might be several (then empty).

    ``slips`` letters differ; ``words`` of the piece are themselves words of the office.
    """

    start: int
    end: int
    spelling: str
    slips: int
    words: int

    def rank(self) -> tuple[int, int, int]:
        """Return what comes first in order: fewest slips, fewest right words in it, the longest."""
        return self.slips, self.words, self.start - self.end


class NearMisses:
    """Spellings by what they mean (two of one meaning do not compete), made ready once to be compared with."""

    def __init__(
        self,
        meanings: Mapping[str, str],
        common: Mapping[str, str] = _NONE,
        not_slips: Iterable[str] = (),
        latin: Iterable[str] = (),
    ) -> None:
        """Take spellings with what they mean, slips that everybody makes, what is none, and names in Latin letters."""
        self._latin = sorted({word for name in latin for word in _LATIN_WORD.findall(name)})
        self._common = dict(common)
        self._meanings = {spelling: meaning for spelling, meaning in meanings.items() if len(spelling) >= SHORTEST}
        self._not_slips = frozenset(not_slips)
        self._reach = frozenset(form for spelling in self._meanings for form in _without_one(spelling))
        self._districts = {
            spelling: meaning
            for spelling, meaning in self._meanings.items()
            if meaning.startswith(_DISTRICT) and spelling == meaning.removeprefix(_DISTRICT)
        }
        self._by_end: defaultdict[str, list[str]] = defaultdict(list)
        for spelling in self._meanings:
            self._by_end[f"^{spelling[:2]}"].append(spelling)
            self._by_end[f"{spelling[-2:]}$"].append(spelling)

    def find(self, tokens: Tokens, own: frozenset[str], read: Sequence[Mention] = ()) -> list[NearMiss]:
        """Return the near misses of a line in its order, none overlapping one another or what is ``read`` already.

        ``own`` words are slips of nothing.
        """
        kept = [NearMiss(mention.start, mention.end, "", 0, 0) for mention in read]
        ways = (self._common_slips, self._districts_in, self._latin_slips)
        for misses in (*(way(tokens) for way in ways), self._compared(tokens, own)):
            for miss in sorted(misses, key=NearMiss.rank):
                if all(miss.end <= other.start or other.end <= miss.start for other in kept):
                    kept.append(miss)
        return sorted((miss for miss in kept if miss.spelling), key=lambda each: each.start)

    def _common_slips(self, tokens: Tokens) -> Iterator[NearMiss]:
        for slip, spelling in self._common.items():
            start = tokens.line.find(slip)
            while 0 <= start < MOST_CHARACTERS:
                if not tokens.hides(start, start + len(slip)):
                    yield NearMiss(start, start + len(slip), spelling, 0, 0)
                start = tokens.line.find(slip, start + len(slip))

    def _latin_slips(self, tokens: Tokens) -> Iterator[NearMiss]:
        """Yield words with one letter wrong, or two changed about, in a code or an English name (disbursment)."""
        words = [each for each in tokens if not each.is_thai and len(each.text) >= SHORTEST_LATIN]
        for word in words[:MOST_LATIN]:
            near = process.extract(word.text, self._latin, scorer=OSA.distance, limit=2, score_cutoff=1)
            if len(near) == 1 and near[0][1] == 1 and near[0][0].removesuffix("s") != word.text.removesuffix("s"):
                yield NearMiss(word.start, word.end, near[0][0], 1, 0)

    def _districts_in(self, tokens: Tokens) -> Iterator[NearMiss]:
        """Yield districts misspelt more freely, where the word เขต says that one is named (ราชบูรณะ: ราษฎร์บูรณะ)."""
        for first in _BEFORE_A_DISTRICT.finditer(tokens.line, 0, MOST_CHARACTERS):
            start = first.end()
            if tokens.line.startswith(tuple(self._districts), start):
                continue
            ends = [token.end for token in tokens if start < token.end <= start + LONGEST_DISTRICT][:MOST_TOKENS]
            found = [(*near, end) for end in ends for near in self._like_a_district(tokens.line[start:end])]
            found.sort(key=lambda each: -each[1])
            rival = max((likeness for spelling, likeness, _ in found if spelling != found[0][0]), default=0)
            if found and found[0][1] >= LIKE_A_DISTRICT:
                clear = found[0][1] - rival >= CLEARLY_AHEAD
                yield NearMiss(start, found[0][2], found[0][0] if clear else "", 0, 0)

    def _like_a_district(self, text: str) -> list[tuple[str, float]]:
        if len(text) < SHORTEST or " " in text:
            return []
        near = process.extract(text, list(self._districts), scorer=fuzz.ratio, limit=2)
        return [(spelling, likeness) for spelling, likeness, _ in near]

    def _compared(self, tokens: Tokens, own: frozenset[str]) -> Iterator[NearMiss]:
        left = MOST_COMPARED
        far: set[str] = set()
        for window, unknown in _windows(tokens, own):
            text = tokens.line[window[0].start : window[-1].end]
            if text in far:
                continue
            if not self._may_be_near(text, unknown):
                far.add(text)
                continue
            if not left:
                return
            left -= 1
            nearest = self._nearest(text)
            if nearest and (unknown or _may_be_slip(text, nearest[0], window, own)):
                words = sum(each.text in own and len(each.text) >= SHORTEST for each in window)
                yield NearMiss(window[0].start, window[-1].end, *nearest, words)

    def _may_be_near(self, text: str, unknown: bool) -> bool:
        if text in self._meanings or text in self._not_slips:
            return False
        if (text[:-1] in self._meanings and text[-1] != text[-2]) or (
            text[1:] in self._meanings and text[0] != text[1]
        ):
            return False  # A letter of the word beside it, not a slip.
        return (unknown and len(text) >= LETTERS_FOR_TWO_SLIPS) or not self._reach.isdisjoint(_without_one(text))

    def _nearest(self, text: str) -> tuple[str, int] | None:
        """Return the spelling that a text is nearest to (empty where several are) and how many letters differ."""
        most = _most_slips(text)
        among = [*self._by_end.get(f"^{text[:2]}", ()), *self._by_end.get(f"{text[-2:]}$", ())]
        near = process.extract(text, among, scorer=OSA.distance, limit=6, score_cutoff=most)
        if not near or near[0][1] > _most_slips(near[0][0]):
            return None
        nearest = [spelling for spelling, slips, _ in near if slips == near[0][1]]
        alike = [spelling for spelling in nearest if _sound(spelling) == _sound(text)] or nearest
        clear = len({self._meanings[spelling] for spelling in alike}) == 1
        return alike[0] if clear else "", int(near[0][1])


def _windows(tokens: Tokens, own: frozenset[str]) -> Iterator[tuple[list[Token], bool]]:
    """Yield pieces of one or more tokens without a gap, and whether an unknown one is among them."""
    most = sum(token.end <= MOST_CHARACTERS for token in tokens)
    for first in range(most):
        unknown = holds_one = False
        for last in range(first, min(first + MOST_TOKENS, most)):
            token = tokens[last]
            if not token.is_thai or (last > first and token.start != tokens[last - 1].end):
                break
            unknown = unknown or not token.known
            holds_one = holds_one or (token.text in own and len(token.text) >= SHORTEST)
            length = token.end - tokens[first].start
            if unknown and length >= SHORTEST - 1:
                yield tokens[first : last + 1], True
            elif last > first and length >= SHORTEST_OF_KNOWN - 1 and not holds_one:
                yield tokens[first : last + 1], False


def _may_be_slip(text: str, spelling: str, window: list[Token], own: frozenset[str]) -> bool:
    """Whether known words may be a slip of another: a letter typed twice, or no word that just says something else."""
    doubled = any(text[at] == text[at - 1] and text[:at] + text[at + 1 :] == spelling for at in range(1, len(text)))
    plain = (token.text for token in window if token.text not in spelling)
    if len(spelling) < SHORTEST_OF_KNOWN:
        return doubled
    return doubled or all(text not in function_words() and text not in own for text in plain)


def _sound(text: str) -> str:
    """Return letters that sound alike as one, without tones and silent letters."""
    return _FINAL_N.sub("น", _SILENT.sub("", text)).translate(_ALIKE)


_SILENT = re.compile("[ก-ฮ][ิุ]?์|[็-๋]")
_FINAL_N = re.compile("[รลฬญณ]$")
_ALIKE = str.maketrans("ณศษฎฏฐฑฒถธภฆญใฬ", "นสสดตทททททพคยไล")


def _most_slips(text: str) -> int:
    return 1 + (len(text) >= LETTERS_FOR_TWO_SLIPS) + (len(text) >= LETTERS_FOR_THREE_SLIPS)


def _without_one(text: str) -> list[str]:
    return [text, *(text[:at] + text[at + 1 :] for at in range(len(text)))]
