"""The labelled utterances of this folder and their score: ``python -m tests.understanding.score [--rules] [FILE…]``.

Without a file all of them are read, each file scored by itself. README.md beside this file tells how to label.
Understanding learns from these utterances, so each is read by a vocabulary that never heard it; with ``--rules`` by the
rules alone, which learn nothing.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.catalog import read_catalog, shipped_catalog_paths
from bot.understanding import Understanding, Vocabulary, scoring, understand
from bot.understanding.scoring import Labelled as Sample
from bot.understanding.scoring import Score, read_labelled, report_lines
from bot.vocabulary import vocabulary_from_catalog

FOLDER = Path(__file__).parent
SAMPLES = FOLDER / "samples.jsonl"
FOLDS = 10


@cache
def shipped_words() -> Vocabulary:
    return vocabulary_from_catalog(read_catalog(shipped_catalog_paths()))


@cache
def words_without(fold: int) -> Vocabulary:
    """The shipped words, with the examples of one fold unheard."""
    return with_examples(example for example in shipped_words().examples if fold_of(example[0]) != fold)


@cache
def words_without_examples() -> Vocabulary:
    """The rules alone."""
    return with_examples(())


def with_examples(examples: Iterable[tuple[str, str]]) -> Vocabulary:
    """The shipped words with these utterances and intents for examples."""
    whole = shipped_words()
    words = replace(whole, examples=tuple(examples))
    for name in ("phrases", "words", "near_misses"):  # worked out of the rest of it, which is the same
        words.__dict__[name] = getattr(whole, name)
    return words


def fold_of(text: str) -> int:
    return zlib.crc32(in_a_line(text).encode()) % FOLDS


def in_a_line(text: str) -> str:
    return " ".join(text.split())


def understand_unheard(sample: Sample) -> Understanding:
    return understand(sample.text, words_without(fold_of(sample.text)), today=sample.today)


def understand_by_rules(sample: Sample) -> Understanding:
    return understand(sample.text, words_without_examples(), today=sample.today)


def all_files() -> list[Path]:
    return sorted(FOLDER.glob("*.jsonl"))


def read_samples(path: Path = SAMPLES) -> list[Sample]:
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    samples = [sample for line in lines if (sample := read_labelled(line))]
    assert len(samples) == len(lines), f"{path.name} holds a line that is no labelled utterance"
    return samples


def score(samples: Iterable[Sample]) -> Score:
    """Of the rules alone."""
    return scoring.score((sample, understand_by_rules(sample)) for sample in samples)


def score_unheard(samples: Iterable[Sample]) -> Score:
    """Of all that the service goes by."""
    return scoring.score((sample, understand_unheard(sample)) for sample in samples)


def main() -> None:
    names = [name for name in sys.argv[1:] if name != "--rules"]
    counted = score if "--rules" in sys.argv else score_unheard
    for path in map(Path, names) if names else all_files():
        print(f"{path.name}: " + "\n".join(report_lines(counted(read_samples(path)))))


if __name__ == "__main__":
    main()
