"""In which language a message is made: Thai, unless the person who is answered reads English.

Both texts stand side by side where words are made: ``either("ยกเลิกแล้ว", "Cancelled.")`` for a sentence, ``Words`` for a
label that is used in several places, ``Glossary`` for a table of them. ``with speaking(Language.ENGLISH):`` around the
making of a message decides which is taken; what goes to others than the person who asked is marked ``in_thai``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, TypeAlias, TypeVar


class Language(StrEnum):
    """The languages that people are answered in."""

    THAI = "th"
    ENGLISH = "en"


_SPOKEN: ContextVar[Language] = ContextVar("spoken", default=Language.THAI)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Let what is made inside the block be in this language."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> Language:
    """The language that messages are made in now; Thai where nobody said otherwise."""
    return _SPOKEN.get()


def either(thai: str, english: str) -> str:
    """The one of two texts that is in the language spoken now.

    >>> with speaking(Language.ENGLISH):
    ...     either("ยกเลิกแล้ว", "Cancelled.")
    'Cancelled.'
    """
    return english if spoken() is Language.ENGLISH else thai


def counted(count: int, one: str, several: str = "") -> str:
    """A number with the English word for what is counted.

    >>> counted(1, "request"), counted(1200, "request"), counted(2, "person", "people")
    ('1 request', '1,200 requests', '2 people')
    """
    return f"{count:,} {one if count == 1 else several or one + 's'}"


@dataclass(frozen=True)
class Words:
    """The same words in both languages; as text (``str()``, in an f-string) they are in the language spoken then."""

    thai: str
    english: str

    def __str__(self) -> str:
        return either(self.thai, self.english)


Said: TypeAlias = str | Words
"""Words as somebody wrote them, or words of ours."""

Key = TypeVar("Key")


class Glossary(Mapping[Key, str]):
    """Words by key; what is looked up comes in the language spoken then."""

    def __init__(self, words: Mapping[Key, Words]) -> None:
        self._words = dict(words)

    def __getitem__(self, key: Key) -> str:
        return str(self._words[key])

    def of(self, key: Key) -> Words:
        """The words in both languages."""
        return self._words[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


_P = ParamSpec("_P")
_T = TypeVar("_T")


def in_thai(compose: Callable[_P, _T]) -> Callable[_P, _T]:
    """Make a message in Thai whatever is spoken: one that goes to others than the person who asked, or to many."""

    @wraps(compose)
    def composed(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        with speaking(Language.THAI):
            return compose(*args, **kwargs)

    return composed
