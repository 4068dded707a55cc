"""What goes into and comes out of ``understand``: frozen values, shared by all who use it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from bot.understanding import cues, spellings
from bot.understanding.indicators import indicator_phrases
from bot.understanding.near_misses import NearMisses
from bot.understanding.normalize import POLITE_WORDS
from bot.understanding.phrases import PhraseIndex
from bot.understanding.telling_words import TellingWords
from bot.understanding.tokens import Words, everyday_uses, is_thai_word
from bot.understanding.units import group_phrases, unit_phrases


@dataclass(frozen=True)
class Meaning:
    """One way to take a text: an intent, the slots of it that were said, and how likely it is, 0 to 1."""

    intent: str
    slots: Mapping[str, Any]
    confidence: float


@dataclass(frozen=True)
class Understanding:
    """What a text was taken to mean.

    Attributes:
        intent: one of ``INTENTS``; ``unknown`` where nothing fits.
        slots: only what was said, e.g. ``{"document_number": "กท 1902/1335"}``; values are strings or numbers.
        confidence: 0 to 1.
        others: what else it might mean, the likeliest first, at most three, never ``unknown``.
        said: every slot that was read, also those that do not belong to ``intent``.
        follows_up: whether it leans on what was said before (``แล้วเขตบางรักล่ะ``, ``what about``).
        is_bare: whether nothing but slots, and perhaps politeness, was said.
        language: ``th`` or ``en``, the language of its words beside what the slots took; empty where it has none.
        kind: for what is not understood, what sort of text it is, one of ``KINDS``; empty otherwise.
        guessed: names of the slots that were read out of misspelt words (``บางรัด`` for บางรัก): say them back.
        unread: how many words that say something were explained by nothing.
    """

    intent: str
    slots: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    confidence: float = 1.0
    others: tuple[Meaning, ...] = ()
    said: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    follows_up: bool = False
    is_bare: bool = False
    language: str = ""
    kind: str = ""
    guessed: tuple[str, ...] = ()
    unread: int = 0


LONGEST_ABBREVIATION = 5
"""Letters of a short form such as สนอ, which is no word to be misspelt; หนองจอก is, though it is consonants alone."""

KINDS: tuple[str, ...] = ("empty", "too_long", "no_words", "other_language", "elsewhere", "slots_alone", "words")
"""Sorts of texts that are not understood: blank; longer than is read; digits and signs alone; neither Thai nor English;
plainly another matter (weather); something known, such as a unit, with nothing asked of it; and all others."""


@dataclass(frozen=True)
class UnitName:
    """A unit as people write it: ``name`` is the official full name, ``aliases`` short forms and bare names."""

    name: str
    aliases: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True)
class IndicatorName:
    """An indicator as people write it: ``code`` such as ``8308``, ``aliases`` its names and what people call it."""

    code: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The catalog's own words, all that understanding knows of the office beside the language itself.

    Attributes:
        units: every unit of the catalog.
        groups: code of a district group (``กท.กลาง``) to what people call it.
        indicators: every indicator of the catalog.
    """

    units: tuple[UnitName, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    indicators: tuple[IndicatorName, ...] = ()

    @cached_property
    def phrases(self) -> PhraseIndex:
        """The index of all spellings, worked out at its first use and kept as long as the vocabulary."""
        return PhraseIndex(
            [
                *(
                    phrase
                    for indicator in self.indicators
                    for phrase in indicator_phrases(indicator.code, indicator.aliases)
                ),
                *(phrase for unit in self.units for phrase in unit_phrases(unit.name, unit.aliases)),
                *(phrase for code, names in self.groups.items() for phrase in group_phrases(code, names)),
            ]
        )

    @cached_property
    def words(self) -> Words:
        """The dictionary that lines are cut into words with, made at its first use like ``phrases``."""
        return Words(
            [*spellings.spellings(), *spellings.FILLERS, *POLITE_WORDS],
            [phrase.key for phrase in self.phrases],
            [phrase.key for phrase in self.phrases if phrase.kind == "indicator"],
        )

    @cached_property
    def indicator_names(self) -> Mapping[str, Sequence[str]]:
        """Every spelling of an indicator by its code, without spaces."""
        names: dict[str, list[str]] = {}
        for phrase in self.phrases:
            if phrase.kind == "indicator":
                names.setdefault(phrase.value, []).append(phrase.key)
        return names

    @cached_property
    def telling_words(self) -> TellingWords:
        """Which words of an indicator's names tell it without the rest of them, made at its first use."""
        pieces = self.words.pieces
        names = {code: [pieces[key] for key in keys] for code, keys in self.indicator_names.items()}
        commands = frozenset(itertools.chain.from_iterable(cues.ANYWHERE.values()))
        return TellingWords(names, everyday_uses(), commands)

    @cached_property
    def near_misses(self) -> NearMisses:
        """Everything that a misspelt word is compared with: the words of the cues and the names of the catalog."""
        names = {
            phrase.key: f"{phrase.kind} {phrase.value}"
            for phrase in self.phrases
            if is_thai_word(phrase.key) and (not phrase.is_abbreviation or len(phrase.key) > LONGEST_ABBREVIATION)
        }
        latin = [phrase.key for phrase in self.phrases if phrase.kind == "indicator"]
        return NearMisses(spellings.spellings() | names, spellings.COMMON_SLIPS, spellings.NO_SLIPS, latin)
