"""Learns from the labelled utterances: ``python -m tests.understanding.calibrate [--write]``.

Prints how true the confidence is and what each threshold costs; with ``--write`` it puts what was learnt where the
service reads it: the examples in ``catalog/examples.tsv``, the coefficients in ``bot/understanding/confidence.py``.

The rules were written by people who had read these utterances, so on them they are right more often than they will be
on what comes, and a confidence fitted to that would promise too much. Each utterance therefore counts twice as it is
and once with one of its words, drawn by chance, replaced by one that has nothing to do with the matter: what the rules
make of that is what they make of people who use a word that nobody thought of. What the text is like is always told by
utterances of other folds.
"""

from __future__ import annotations

import argparse
import random
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.understanding import SLOTS, confidence
from bot.understanding.certainty import WRITES
from bot.understanding.confidence import Evidence, combine, confidence_of, evidence_of
from bot.understanding.intents import UNKNOWN
from bot.understanding.normalize import normalize
from bot.understanding.reading import read
from bot.understanding.scoring import BINS
from bot.vocabulary import EXAMPLES
from tests.understanding.score import (
    FOLDS,
    Sample,
    all_files,
    fold_of,
    in_a_line,
    read_samples,
    shipped_words,
    words_without,
)

OFF_THE_MATTER = ("ตะกร้า", "มะละกอ", "กระจก", "ลูกบอล", "ต้นไม้", "แม่น้ำ", "รองเท้า")
WEIGHT_AS_IS, WEIGHT_MASKED = 2.0, 1.0
RIDGE = 1.0
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.92, 0.94, 0.96)


@dataclass(frozen=True)
class Trial:
    """One utterance as understanding took it."""

    sample: Sample
    intent: str
    evidence: Evidence
    is_right: bool
    all_right: bool
    weight: float

    @property
    def as_is(self) -> bool:
        return self.weight == WEIGHT_AS_IS


def trials_of(samples: Sequence[Sample]) -> Iterator[Trial]:
    for sample in samples:
        yield _trial(sample, sample.text, WEIGHT_AS_IS)
        masked = with_a_word_masked(sample.text)
        if masked:
            yield _trial(sample, masked, WEIGHT_MASKED)


def with_a_word_masked(text: str) -> str:
    """The same word for the same text each time; empty where there is no word."""
    line = normalize(text).text
    words = [word for word in shipped_words().words.cut(line) if len(word.text) > 1]
    if not words:
        return ""
    chance = random.Random(zlib.crc32(text.encode()))
    word = chance.choice(words)
    return line[: word.start] + chance.choice(OFF_THE_MATTER) + line[word.end :]


def _trial(sample: Sample, text: str, weight: float) -> Trial:
    words, utterance = words_without(fold_of(sample.text)), normalize(text)
    likeness = words.likeness.shares(utterance.text)
    reading = read(utterance, words, sample.today)
    weighed = combine(reading, likeness)
    best = weighed[0][0]
    slots = {name: reading.slots[name] for name in SLOTS.get(best, ()) if name in reading.slots}
    is_right = best == sample.intent
    evidence = evidence_of(reading, weighed, likeness)
    return Trial(sample, best, evidence, is_right, is_right and slots == dict(sample.slots), weight)


# --- fitting --------------------------------------------------------------------------------------------------------


def fit(trials: Sequence[Trial]) -> list[float]:
    """Logistic regression of being right on the evidence, by Newton's method with a small ridge."""
    size = len(trials[0].evidence.features())
    found = [0.0] * size
    for _ in range(30):
        slope = [-RIDGE * each for each in found]
        bend = [[RIDGE * (row == column) for column in range(size)] for row in range(size)]
        for trial in trials:
            features = trial.evidence.features()
            share = confidence_of(trial.evidence, found)
            for row, feature in enumerate(features):
                slope[row] += trial.weight * (trial.is_right - share) * feature
                for column, other in enumerate(features):
                    bend[row][column] += trial.weight * share * (1 - share) * feature * other
        step = _solve(bend, slope)
        found = [each + more for each, more in zip(found, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return found


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for place in range(len(rows)):
        pivot = max(range(place, len(rows)), key=lambda row: abs(rows[row][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        for row in range(len(rows)):
            if row != place:
                times = rows[row][place] / rows[place][place]
                rows[row] = [each - times * other for each, other in zip(rows[row], rows[place], strict=True)]
    return [row[-1] / row[place] for place, row in enumerate(rows)]


def by_folds(trials: Sequence[Trial]) -> list[tuple[float, Trial]]:
    """Each trial with the confidence that the others teach to have in it."""
    given = []
    for fold in range(FOLDS):
        coefficients = fit([trial for trial in trials if fold_of(trial.sample.text) != fold])
        held = [trial for trial in trials if fold_of(trial.sample.text) == fold]
        given += [(confidence_of(trial.evidence, coefficients), trial) for trial in held]
    return given


# --- telling --------------------------------------------------------------------------------------------------------


def reliability(given: Sequence[tuple[float, Trial]]) -> Iterator[str]:
    bins: list[list[tuple[float, Trial]]] = [[] for _ in range(BINS)]
    for sure, trial in given:
        bins[min(BINS - 1, int(sure * BINS))].append((sure, trial))
    yield "| confidence | utterances | mean | right |"
    yield "| --- | --- | --- | --- |"
    apart = 0.0
    for place, held in enumerate(bins):
        if held:
            mean = sum(sure for sure, _ in held) / len(held)
            right = sum(trial.is_right for _, trial in held) / len(held)
            apart += abs(mean - right) * len(held)
            yield f"| {place / BINS:.1f}–{(place + 1) / BINS:.1f} | {len(held)} | {mean:.3f} | {right:.3f} |"
    yield f"expected calibration error {apart / len(given):.4f} over {len(given)}"


def thresholds(given: Sequence[tuple[float, Trial]], *, writes: bool) -> Iterator[str]:
    of = [(sure, each) for sure, each in given if (each.intent in WRITES) == writes and each.intent != UNKNOWN]
    yield "| at | sure | wrong intent | wrong slots | right, asked back |"
    yield "| --- | --- | --- | --- | --- |"
    for least in THRESHOLDS:
        sure = [trial for share, trial in of if share >= least]
        wrong, slots = (
            sum(not each.is_right for each in sure),
            sum(each.is_right and not each.all_right for each in sure),
        )
        asked = sum(trial.all_right for share, trial in of if share < least)
        yield f"| {least:.2f} | {len(sure)} of {len(of)} | {wrong} | {slots} | {asked} |"


def write(samples: Sequence[Sample], coefficients: Sequence[float]) -> None:
    EXAMPLES.write_text(examples_of(samples), encoding="utf-8")
    module = Path(confidence.__file__)
    found = ", ".join(f"{each:.3f}" for each in coefficients)
    told = re.sub(r"(?m)^COEFFICIENTS = \(.*\)$", f"COEFFICIENTS = ({found})", module.read_text(encoding="utf-8"))
    module.write_text(told, encoding="utf-8")


def examples_of(samples: Sequence[Sample]) -> str:
    rows = {f"{sample.intent}\t{in_a_line(sample.text)}\n" for sample in samples}
    return "".join(sorted(rows))


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.understanding.calibrate", description=__doc__)
    arguments.add_argument("--write", action="store_true", help="keep what was learnt")
    given = arguments.parse_args()
    samples = [sample for path in all_files() for sample in read_samples(path)]
    if given.write:
        write(samples, confidence.COEFFICIENTS)  # the examples first: they are heard in what follows
    trials = list(trials_of(samples))
    coefficients = fit(trials)
    judged = by_folds(trials)
    as_is = [each for each in judged if each[1].as_is]
    for title, of in (("as they are", as_is), ("with a word masked", [each for each in judged if not each[1].as_is])):
        right = sum(trial.is_right for _, trial in of) / len(of)
        print(f"\n{title}: {len(of)}, intent right {right:.4f}")
        print("\n".join(reliability(of)))
    print("\nall, as they are weighed:\n" + "\n".join(reliability([*judged, *as_is])))
    print("\nwrites, as they are:\n" + "\n".join(thresholds(as_is, writes=True)))
    print("\nothers, as they are:\n" + "\n".join(thresholds(as_is, writes=False)))
    print("\ncoefficients: " + ", ".join(f"{each:.3f}" for each in coefficients))
    if given.write:
        write(samples, coefficients)


if __name__ == "__main__":
    main()
