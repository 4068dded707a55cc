"""How well understanding does on labelled utterances: what was right, what was not, and whether its confidence is true.

A labelled utterance is one line of JSON: ``text``, the ``intent`` and the ``slots`` that a reader of the office would
take it to mean, and ``today`` where its words depend on the day.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.understanding.certainty import WRITES, Certainty, certainty_of
from bot.understanding.types import Understanding

BINS = 10
"""Ranges of confidence, of equal width, in which it is held against what was right."""


@dataclass(frozen=True)
class Labelled:
    """An utterance and what it means."""

    text: str
    intent: str
    slots: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    today: date | None = None


@dataclass(frozen=True)
class Miss:
    """An utterance that was not taken as it was meant, in intent or in a slot."""

    wanted: Labelled
    got: Understanding
    certainty: Certainty

    @property
    def is_wrong_write(self) -> bool:
        """Whether something would have been changed that was not meant, without asking back."""
        return self.certainty is Certainty.SURE and self.got.intent in WRITES

    def __str__(self) -> str:
        wanted, got = self.wanted, self.got
        told = f"{wanted.text!r}: {wanted.intent} {dict(wanted.slots)}, taken for {got.intent} {dict(got.slots)}"
        return f"{told} ({got.confidence:.2f}, {self.certainty})"


@dataclass
class Bin:
    """The utterances whose confidence lay in one range."""

    count: int = 0
    right: int = 0
    confidence: float = 0.0

    @property
    def mean_confidence(self) -> float:
        """0 of none."""
        return self.confidence / self.count if self.count else 0.0

    @property
    def share_right(self) -> float:
        """0 of none."""
        return self.right / self.count if self.count else 0.0


@dataclass
class Score:
    """Counts over utterances, taken one at a time with ``add``.

    Attributes:
        said, right, all_right: by the intent that was meant: how many; how many of it were taken so; how many with
            exactly the slots that were said.
        confusions: meant and taken, where they differ.
        misses: what was not wholly right, in the order it came.
        certainties, right_by_certainty: how many of each certainty, and how many of them had the intent right.
        bins: by confidence in the intent that was taken, the lowest first.
    """

    said: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    all_right: Counter[str] = field(default_factory=Counter)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    certainties: Counter[Certainty] = field(default_factory=Counter)
    right_by_certainty: Counter[Certainty] = field(default_factory=Counter)
    bins: tuple[Bin, ...] = field(default_factory=lambda: tuple(Bin() for _ in range(BINS)))

    def add(self, wanted: Labelled, got: Understanding) -> None:
        """Count one utterance."""
        certainty, is_right = certainty_of(got), got.intent == wanted.intent
        self.said[wanted.intent] += 1
        self.right[wanted.intent] += is_right
        self.certainties[certainty] += 1
        self.right_by_certainty[certainty] += is_right
        self._bin(got.confidence, is_right)
        if not is_right:
            self.confusions[wanted.intent, got.intent] += 1
        if is_right and dict(wanted.slots) == dict(got.slots):
            self.all_right[wanted.intent] += 1
        else:
            self.misses.append(Miss(wanted, got, certainty))

    def _bin(self, confidence: float, is_right: bool) -> None:
        held = self.bins[min(BINS - 1, int(confidence * BINS))]
        held.count += 1
        held.right += is_right
        held.confidence += confidence

    @property
    def utterances(self) -> int:
        """How many were counted."""
        return self.said.total()

    @property
    def intent_accuracy(self) -> float:
        """Share with the intent right, 0 to 1; 1 of none."""
        return self.right.total() / self.utterances if self.utterances else 1.0

    @property
    def accuracy(self) -> float:
        """Share with the intent and exactly the slots that were said, 0 to 1; 1 of none."""
        return self.all_right.total() / self.utterances if self.utterances else 1.0

    @property
    def wrong_writes(self) -> list[Miss]:
        """What would have been written without being meant, or other than it was meant."""
        return [miss for miss in self.misses if miss.is_wrong_write]

    @property
    def unmeant_writes(self) -> list[Miss]:
        """Those of ``wrong_writes`` in which something else altogether was meant, not only another value."""
        return [miss for miss in self.wrong_writes if miss.wanted.intent != miss.got.intent]

    @property
    def calibration_error(self) -> float:
        """Mean distance of confidence from the share that was right, each range weighed by its utterances."""
        apart = sum(each.count * abs(each.mean_confidence - each.share_right) for each in self.bins)
        return apart / self.utterances if self.utterances else 0.0

    def share_of(self, certainty: Certainty) -> float:
        """Share of utterances of this certainty, 0 to 1."""
        return self.certainties[certainty] / self.utterances if self.utterances else 0.0


def score(pairs: Iterable[tuple[Labelled, Understanding]]) -> Score:
    """Count what was meant against what it was taken for."""
    counted = Score()
    for wanted, got in pairs:
        counted.add(wanted, got)
    return counted


def read_labelled(line: str) -> Labelled | None:
    """Return the labelled utterance of a line of JSON; None where the line is anything else.

    >>> read_labelled('{"text": "ขอบคุณครับ", "intent": "thanks"}').intent
    'thanks'
    >>> read_labelled("ขอบคุณครับ") is None
    True
    """
    if not line.lstrip().startswith("{"):
        return None
    try:
        row = json.loads(line)
        text, intent, slots, today = row["text"], row["intent"], row.get("slots", {}), row.get("today")
        day = date.fromisoformat(today) if today is not None else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not (isinstance(text, str) and isinstance(intent, str) and isinstance(slots, dict)):
        return None
    return Labelled(text.encode("utf-8", "replace").decode(), intent, slots, day)


def summary_line(counted: Score) -> str:
    """The score in one line.

    >>> summary_line(Score())
    '0 utterances: intent 100.00 %, intent and all slots 100.00 %, writes while sure not meant 0, with a wrong slot 0'
    """
    unmeant = len(counted.unmeant_writes)
    return (
        f"{counted.utterances} utterances: intent {counted.intent_accuracy:.2%}, "
        f"intent and all slots {counted.accuracy:.2%}, "
        f"writes while sure not meant {unmeant}, with a wrong slot {len(counted.wrong_writes) - unmeant}"
    ).replace("%", " %")


def report_lines(counted: Score) -> Iterator[str]:
    """The whole score: by intent, what was confused, how certain and how true, and each utterance that was missed."""
    yield summary_line(counted)
    yield from _by_intent(counted)
    yield "\ntaken for another"
    for (wanted, got), count in counted.confusions.most_common():
        yield f"  {wanted} taken for {got}: {count}"
    yield from _by_certainty(counted)
    yield from _by_confidence(counted)
    yield "\nwrong writes while sure"
    yield from (f"  {miss}" for miss in counted.wrong_writes)
    yield "\nmissed"
    yield from (f"  {miss}" for miss in counted.misses)


def _by_intent(counted: Score) -> Iterator[str]:
    taken = Counter(got for (_, got), count in counted.confusions.items() for _ in range(count))
    yield f"\n{'intent':<24}{'said':>6}{'right':>7}{'with slots':>12}{'taken for it':>14}"
    for intent in sorted(counted.said | taken, key=lambda name: (-counted.said[name], name)):
        line = f"{intent:<24}{counted.said[intent]:>6}{counted.right[intent]:>7}{counted.all_right[intent]:>12}"
        yield f"{line}{taken[intent]:>14}"


def _by_certainty(counted: Score) -> Iterator[str]:
    yield f"\n{'certainty':<12}{'share':>9}{'intent right':>15}"
    for certainty in Certainty:
        of = counted.certainties[certainty]
        right = f"{counted.right_by_certainty[certainty] / of:.2%}" if of else "-"
        yield f"{certainty:<12}{counted.share_of(certainty):>9.2%}{right:>15}"


def _by_confidence(counted: Score) -> Iterator[str]:
    yield f"\n{'confidence':<12}{'utterances':>11}{'mean':>8}{'right':>8}"
    for place, held in enumerate(counted.bins):
        if held.count:
            span = f"{place / BINS:.1f}–{(place + 1) / BINS:.1f}"
            yield f"{span:<12}{held.count:>11}{held.mean_confidence:>8.3f}{held.share_right:>8.3f}"
    yield f"expected calibration error {counted.calibration_error:.4f}"
