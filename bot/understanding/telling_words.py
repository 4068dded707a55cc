"""Finds the indicator of which a part of the name, or its telling words in another order, is all that was said.

``จ่ายเจ้าหนี้ทันใน 7 วันทำการ`` is no spelling of any name, yet เจ้าหนี้, 7 and จ่าย stand together in one alone.

A word weighs the more the fewer indicators have it and the rarer it is in everyday Thai; one that also asks or
commands weighs less. An indicator is found where its words weigh enough together, are most of one of its names, and
weigh clearly more than any other's.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.mentions import Mention
from bot.understanding.tokens import Tokens, is_thai_word

ENOUGH = 1.25
"""Least weight of the words together; a word that one indicator alone has, and nobody else uses, weighs 1."""

ENOUGH_OF_A_WHOLE = 0.6
"""Least weight where all telling words of a name were said (เบิกจ่าย … ภาพรวม), only not as one."""

FEWEST_WORDS = 2
MOST_OF_A_NAME, PART_OF_A_NAME = 0.65, 0.4
"""How much of one name, by weight, must be said; the less where an indicator is plainly spoken of."""

LEAD = 1.2
"""How many times as heavy as the next indicator's the words must be, or the share of the name said of two alike."""

MOST_HOLDERS = 40
"""A word in the names of more indicators than this adds to what other words found, and finds nothing by itself."""

OF_COMMANDS = 0.45
"""What a word weighs, of what it else would, that also asks or commands something (ติดตาม, รายงาน, ภาพรวม)."""

_SHORTEST = 3
_WHOLE = 0.99
_SPACES_AND_DOTS = 3
_MEASURING = ("ระดับ", "ร้อยละ")
_FIGURE_BEHIND = re.compile(r" ?\d")
_PART_OF_A_NUMBER = re.compile(r"[/.,]\d| ?(?:%|เปอร|บาท|ชุมชน|ล้าน)")


@dataclass(frozen=True, slots=True)
class _Said:
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Weighed:
    """An indicator, the weight of its words that were said, and their share of the name they say the most of."""

    code: str
    weight: float
    share: float


class TellingWords:
    """The words of all names, by their first two characters, with whose they are; made ready once."""

    def __init__(
        self, names: Mapping[str, Sequence[Sequence[str]]], uses: Mapping[str, int], commands: Collection[str]
    ) -> None:
        """Take the names of each indicator cut into words, how often words are used in everyday Thai, and the cues."""
        self._holders: defaultdict[str, set[str]] = defaultdict(set)
        for code, spoken in names.items():
            for word in itertools.chain.from_iterable(spoken):
                if len(word) >= _SHORTEST or word.isdigit():
                    self._holders[word].add(code)
        self._commands = frozenset(word for word in self._holders if word in commands)
        self._weights = {
            word: math.log((len(names) + 1) / len(codes)) / math.log(len(names) + 1) * self._rarity(word, uses)
            for word, codes in self._holders.items()
        }
        self._names = {
            code: [frozenset(self._weights.keys() & set(name)) for name in spoken] for code, spoken in names.items()
        }
        by_start: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._holders, key=len, reverse=True):
            by_start[word[:2]].append(word)
        self._by_start = dict(by_start)

    def _rarity(self, word: str, uses: Mapping[str, int]) -> float:
        if word.isdigit():
            return 1.0 if len(word) > 2 else 0.5
        return (OF_COMMANDS if word in self._commands else 1.0) / (1 + math.log10(1 + uses.get(word, 0)) / 4)

    def find(self, line: str, tokens: Tokens, units: Sequence[Mention] = (), *, plainly: bool = False) -> list[Mention]:
        """Return mentions of the one indicator meant, at each of its telling words, or none.

        ``units`` are what was taken for units; one whose every word is the indicator's own (ศูนย์ กทม. 1555) lies inside
        of the mentions and was none. ``plainly``: the line says by itself that it is about an indicator.
        """
        said = [word for word in self._said(line) if not tokens.hides(word.start, word.end)]
        if len({each.word for each in said}) < FEWEST_WORDS:
            return []
        needed = PART_OF_A_NAME if plainly else MOST_OF_A_NAME
        weighed = [each for code in self._candidates(said) if (each := self._weigh(code, said, units)).share >= needed]
        weighed = [each for each in weighed if each.weight >= (ENOUGH if each.share < _WHOLE else ENOUGH_OF_A_WHOLE)]
        code = _clear(sorted(weighed, key=lambda each: (-each.weight, each.code)))
        return self._mentions(code, self._of(code, said, units), units) if code else []

    def _said(self, line: str) -> Iterator[_Said]:
        at = 0
        while at < len(line) - 1:
            known = self._by_start.get(line[at : at + 2]) or self._by_start.get(line[at]) or []
            word = next((word for word in known if line.startswith(word, at)), "")
            end = at + len(word)
            if word and _stands_alone(word, line, at, end):
                yield _Said(word, at, end)
                at = end
            else:
                at += 1

    def _candidates(self, said: Sequence[_Said]) -> set[str]:
        few = [self._holders[each.word] for each in said if len(self._holders[each.word]) <= MOST_HOLDERS]
        return set().union(*few)

    def _of(self, code: str, said: Sequence[_Said], units: Sequence[Mention]) -> list[_Said]:
        """Return the words said that are of an indicator, none inside of a unit that says more than they do."""
        own = [each for each in said if code in self._holders[each.word]]
        kept = [unit for unit in units if not _covers(own, unit)]
        return [each for each in own if not _in_any(each, kept)]

    def _weigh(self, code: str, said: Sequence[_Said], units: Sequence[Mention]) -> _Weighed:
        own = self._of(code, said, units)
        words = {each.word for each in own}
        if len(words) < FEWEST_WORDS or all(_in_any(each, units) for each in own):
            return _Weighed(code, 0.0, 0.0)
        shares = (self._weight(words & name) / self._weight(name) for name in self._names[code] if len(name) > 1)
        return _Weighed(code, self._weight(words), max(shares, default=0.0))

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights[word] for word in words)

    def _mentions(self, code: str, own: Sequence[_Said], units: Sequence[Mention]) -> list[Mention]:
        swallowed = [unit for unit in units if any(unit.start <= each.start < unit.end for each in own)]
        telling = [each for each in own if each.word not in self._commands] or own
        places = {(unit.start, unit.end) for unit in swallowed} | {(each.start, each.end) for each in telling}
        outer = [place for place in places if not any(_inside(place, other) for other in places)]
        return [Mention("indicator", code, start, end) for start, end in sorted(outer)]


def _inside(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return place != other and other[0] <= place[0] and place[1] <= other[1]


def _clear(weighed: Sequence[_Weighed]) -> str | None:
    """Return the indicator ahead of all others; of several alike the one of whose name the words say the most."""
    alike = sorted((each for each in weighed if weighed[0].weight < LEAD * each.weight), key=lambda each: -each.share)
    if not alike or (len(alike) > 1 and alike[0].share < LEAD * alike[1].share):
        return None
    return alike[0].code


def _stands_alone(word: str, line: str, start: int, end: int) -> bool:
    if is_thai_word(word):
        return word not in _MEASURING or not _FIGURE_BEHIND.match(line, end)
    before, behind = line[max(start - 1, 0) : start], line[end : end + 1]
    if word.isdigit():
        return not (before.isdigit() or before in tuple("./,-")) and not (
            behind.isdigit() or _PART_OF_A_NUMBER.match(line, end)
        )
    return not (before.isascii() and before.isalnum()) and not (behind.isascii() and behind.isalnum())


def _in_any(said: _Said, units: Sequence[Mention]) -> bool:
    return any(unit.start <= said.start < unit.end for unit in units)


def _covers(own: Sequence[_Said], unit: Mention) -> bool:
    inside = sum(each.end - each.start for each in own if unit.start <= each.start and each.end <= unit.end)
    return inside > 0 and inside >= unit.end - unit.start - _SPACES_AND_DOTS
