"""The labelled utterances of this folder and their score: ``python -m tests.understanding.score [FILE…]``.

Without a file all of them are read, each file scored by itself. README.md beside this file tells how to label. The
weights were learnt from all but the held-out ones, so what these score tells only that nothing got lost; ``python -m
tests.understanding.train --check`` tells what is right of utterances that were not learnt from.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from bot.catalog import read_catalog, shipped_catalog_paths
from bot.understanding import Vocabulary, scoring, understand
from bot.understanding.scoring import Labelled as Sample
from bot.understanding.scoring import Score, read_labelled, report_lines
from bot.vocabulary import vocabulary_from_catalog

FOLDER = Path(__file__).parent
SAMPLES = FOLDER / "samples.jsonl"


@cache
def shipped_words() -> Vocabulary:
    return vocabulary_from_catalog(read_catalog(shipped_catalog_paths()))


def training_files() -> list[Path]:
    """What understanding learns from, and whoever works on it may read."""
    return [path for path in sorted(FOLDER.glob("*.jsonl")) if not path.name.startswith("held_out")]


def held_out_files() -> list[Path]:
    """What nothing was learnt from and nobody read while building."""
    return sorted(FOLDER.glob("held_out*.jsonl"))


def read_samples(path: Path = SAMPLES) -> list[Sample]:
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    samples = [sample for line in lines if (sample := read_labelled(line))]
    assert len(samples) == len(lines), f"{path.name} holds a line that is no labelled utterance"
    return samples


def score(samples: Iterable[Sample]) -> Score:
    """Of all that the service goes by."""
    return scoring.score((each, understand(each.text, shipped_words(), today=each.today)) for each in samples)


def main() -> None:
    for path in map(Path, sys.argv[1:]) if len(sys.argv) > 1 else (*training_files(), *held_out_files()):
        print(f"{path.name}: " + "\n".join(report_lines(score(read_samples(path)))))


if __name__ == "__main__":
    main()
