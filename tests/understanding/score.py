"""How well understanding reads the samples: ``python -m tests.understanding.score`` prints accuracy and confusions.

``samples.jsonl`` holds one utterance a line with the intent and slots that a reader of the office would give it, and
``today`` where its words depend on the day. A few lines are there because they are still read wrong.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.catalog import read_catalog, shipped_catalog_paths
from bot.understanding import Understanding, Vocabulary, understand
from bot.vocabulary import vocabulary_from_catalog

SAMPLES = Path(__file__).with_name("samples.jsonl")


@dataclass(frozen=True)
class Sample:
    text: str
    intent: str
    slots: dict[str, Any]
    today: date | None


@dataclass(frozen=True)
class Score:
    samples: int
    intent_accuracy: float
    slot_accuracy: float
    confusions: Counter[tuple[str, str]]
    misses: tuple[str, ...]


@cache
def shipped_words() -> Vocabulary:
    return vocabulary_from_catalog(read_catalog(shipped_catalog_paths()))


def read_samples(path: Path = SAMPLES) -> list[Sample]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Sample(row["text"], row["intent"], row["slots"], date.fromisoformat(row["today"]) if "today" in row else None)
        for row in rows
    ]


def score(samples: list[Sample]) -> Score:
    """Slots are right where every value said was read and nothing else, whatever the intent was taken for."""
    found = [understand(sample.text, shipped_words(), today=sample.today) for sample in samples]
    pairs = list(zip(samples, found, strict=True))
    confusions = Counter((want.intent, got.intent) for want, got in pairs if want.intent != got.intent)
    right_slots = sum(want.slots == dict(got.slots) for want, got in pairs)
    return Score(
        samples=len(samples),
        intent_accuracy=1 - confusions.total() / len(samples),
        slot_accuracy=right_slots / len(samples),
        confusions=confusions,
        misses=tuple(_miss(want, got) for want, got in pairs if _differs(want, got)),
    )


def _differs(want: Sample, got: Understanding) -> bool:
    return want.intent != got.intent or want.slots != dict(got.slots)


def _miss(want: Sample, got: Understanding) -> str:
    return f"{want.text!r}: want {want.intent} {want.slots}, got {got.intent} {dict(got.slots)} ({got.confidence})"


def main() -> None:
    result = score(read_samples())
    print(f"{result.samples} samples: intent {result.intent_accuracy:.4f}, slots {result.slot_accuracy:.4f}")
    for (want, got), count in result.confusions.most_common():
        print(f"  {want} taken for {got}: {count}")
    for miss in result.misses:
        print(f"  {miss}")


if __name__ == "__main__":
    main()
