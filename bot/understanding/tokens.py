"""Cuts a line into words: PyThaiNLP's newmm with everyday Thai words and the office's own."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Lock
from types import SimpleNamespace

from bot.understanding.spellings import OPAQUE

LEAST_USES = 5
"""How often a word stands in PyThaiNLP's corpus of textbooks to be everyday: 12,000 words, which cost 20 MB and 0.1 s.
Its whole dictionary costs 84 MB, and knows rare words that are slips in an office (แร้ว is a snare)."""

_RUN = re.compile(r"[ก-๎]+|[a-z']+")
_RUN_OF_A_NAME = re.compile(r"[ก-๎]+|[a-z]+|\d+")
_THAI = re.compile("[ก-๎]+")
_CRUMB = 2
_ONE_AT_A_TIME = Lock()
_MAY_IT_WRITE = ("PYTHAINLP_READ_ONLY", "PYTHAINLP_READ_MODE")


def is_thai_word(text: str) -> bool:
    """Whether a text is Thai letters and marks alone."""
    return _THAI.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line, ``line[start:end]``, and whether the dictionary knows it; no Latin word is known."""

    text: str
    start: int
    end: int
    known: bool

    @property
    def is_thai(self) -> bool:
        """Whether it is Thai, not Latin."""
        return self.text[0] >= "ก"


class Words:
    """A dictionary: everyday words and ``own``, the words that matter here; works it out once, when made."""

    def __init__(self, own: Iterable[str], names: Iterable[str] = (), in_pieces: Iterable[str] = ()) -> None:
        """Take the words that matter here and the names of the catalog, which are known as a whole as well.

        ``in_pieces`` are the names of which ``pieces`` is asked.
        """
        known = everyday_words() | OPAQUE
        commands = frozenset(word for word in own if is_thai_word(word))
        self.own = commands.union(filter(is_thai_word, names))
        self._known = known | self.own
        self._hiding = (everyday_words() - self.own) | OPAQUE
        self._trie = _pythainlp().Trie(known | commands)
        self.pieces = {name: tuple(self._pieces(name)) for name in in_pieces}
        """The telling words of each name, which the line of a person is not cut into: it knows the name as one word."""
        for name in self.own - commands:
            self._trie.add(name)

    def _pieces(self, name: str) -> Iterator[str]:
        for run in _RUN_OF_A_NAME.findall(name):
            pieces = _pythainlp().segment(run, self._trie) if run[0] >= "ก" else [run]
            yield from (piece for piece in self._joined(pieces) if piece not in function_words())

    def _joined(self, pieces: Iterable[str]) -> list[str]:
        """Return pieces with those that are no words joined to the crumbs beside them (สา, รบ, รรณ: สารบรรณ)."""
        joined: list[str] = []
        for piece in pieces:
            word = piece
            while piece[0] >= "ก" and piece not in self._known and joined and len(joined[-1]) <= _CRUMB:
                word = joined.pop() + word
            joined.append(word)
        return joined

    def cut(self, line: str) -> Tokens:
        """Return the words of a normalised line, Thai and Latin; digits, signs and spaces are none."""
        return Tokens(line, self._cut(line), self._known, self._hiding)

    def _cut(self, line: str) -> Iterator[Token]:
        segment = _pythainlp().segment
        for run in _RUN.finditer(line):
            start = run.start()
            for text in segment(run[0], self._trie) if run[0][0] >= "ก" else (run[0],):
                yield Token(text, start, start + len(text), text in self._known)
                start += len(text)


class Tokens(list[Token]):
    """The words of one line in its order."""

    def __init__(self, line: str, tokens: Iterable[Token], known: frozenset[str], hiding: frozenset[str]) -> None:
        super().__init__(tokens)
        self.line = line
        self._known = known
        self._hiding = hiding
        self._starts = [token.start for token in self]

    def hides(self, start: int, end: int) -> bool:
        """Whether ``line[start:end]`` begins or ends inside a longer known word, as ใคร in ใคร่.

        A word that is made of known words hides none of them (ที่ไหน), unless it is ``OPAQUE`` (ค่าตอบแทน); the
        office's own words, which hold one another (แจ้งเตือน in เปิดการแจ้งเตือน), hide nothing.
        """
        return self._is_cut(self._at(start), start, end) or self._is_cut(self._at(end - 1), start, end)

    def _at(self, place: int) -> Token | None:
        index = bisect_right(self._starts, place) - 1
        return self[index] if index >= 0 and place < self[index].end else None

    def _is_cut(self, token: Token | None, start: int, end: int) -> bool:
        if token is None or token.text not in self._hiding or (start <= token.start and token.end <= end):
            return False
        rest = (self.line[token.start : start], self.line[end : token.end])
        return token.text in OPAQUE or any(part and part not in self._known for part in rest)


@cache
def everyday_words() -> frozenset[str]:
    """Return the Thai words in common use, from the lists that PyThaiNLP brings along; no network, nothing written."""
    return frozenset(everyday_uses())


@cache
def everyday_uses() -> dict[str, int]:
    """Return how often each of ``everyday_words`` stands in PyThaiNLP's corpus of textbooks."""
    return {word: uses for word, uses in _pythainlp().word_freqs() if uses >= LEAST_USES and is_thai_word(word)}


@cache
def function_words() -> frozenset[str]:
    """Return the Thai words that say little by themselves (ที่, ของ, และ), from PyThaiNLP's list."""
    return frozenset(_pythainlp().thai_stopwords())


@cache
def _pythainlp() -> SimpleNamespace:
    """Import what is used of PyThaiNLP, at the first line that is cut: it must know first that it may not write."""
    with _writing_nothing():
        from pythainlp.corpus import thai_stopwords  # noqa: PLC0415
        from pythainlp.corpus.ttc import word_freqs  # noqa: PLC0415
        from pythainlp.tokenize.newmm import segment  # noqa: PLC0415
        from pythainlp.util.trie import Trie  # noqa: PLC0415
    return SimpleNamespace(segment=segment, Trie=Trie, thai_stopwords=thai_stopwords, word_freqs=word_freqs)


@contextmanager
def _writing_nothing() -> Iterator[None]:
    """Keep PyThaiNLP from making ~/pythainlp-data, which it does on import unless told that it may not write."""
    with _ONE_AT_A_TIME:
        before = {name: os.environ.pop(name) for name in _MAY_IT_WRITE if name in os.environ}
        os.environ[_MAY_IT_WRITE[0]] = "1"
        try:
            yield
        finally:
            del os.environ[_MAY_IT_WRITE[0]]
            os.environ.update(before)
