"""Holds what understanding goes by against other ways to learn from the same labelled utterances.

    .venv/bin/pip install scikit-learn      needed by nothing that runs
    python -m bench.alternatives            ten folds over every labelled file of tests/understanding but the held-out
    python -m bench.alternatives --learn samples.jsonl officers.jsonl --test voices.jsonl

Slots are read by the same readers whatever decides the intent, so the ways are compared by intents. Each is tested on
utterances that it did not learn from. Those who wrote the readers and cues had read the files, though: what comes is
understood a little less well, as a held-out file tells.

Of the way that is shipped it also tells how true its confidence is, and what each threshold costs.
"""

from __future__ import annotations

import argparse
import pickle
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.figures import machine
from bot.understanding import SLOTS, understand
from bot.understanding.certainty import SURE_TO_READ, SURE_TO_WRITE, WRITES
from bot.understanding.intents import UNKNOWN
from bot.understanding.normalize import normalize
from bot.understanding.reading import read
from bot.understanding.scoring import BINS, Labelled
from tests.understanding.score import FOLDER, read_samples, shipped_words, training_files

try:
    from bench.learners import SHIPPED, WAYS, Taken, Way
except ImportError:
    WAYS = {}

HOW_TO_INSTALL = "scikit-learn is not installed; the comparison needs it: .venv/bin/pip install scikit-learn"
FOLDS = 10
THRESHOLDS = (0.5, 0.6, 0.7, 0.81, 0.85, 0.9, 0.95, 0.97, 0.99)
FIRST = "ช่วยดูหนังสือเขตดินแดงให้หน่อย"


@dataclass(frozen=True)
class Result:
    """Of one way over all tested utterances: what each was taken for, with what confidence, in how long."""

    name: str
    taken: list[Taken]
    micros: list[float]
    size: int


# --- trials ---------------------------------------------------------------------------------------------------------


def folds_of(utterances: Sequence[Labelled], folds: int) -> list[list[int]]:
    """Places of the utterances dealt out fold by fold, each intent spread evenly; the same ones each time."""
    by_intent: dict[str, list[int]] = defaultdict(list)
    for place, utterance in enumerate(utterances):
        by_intent[utterance.intent].append(place)
    dealt: list[list[int]] = [[] for _ in range(folds)]
    turn, shuffled = 0, random.Random(2568)
    for _, places in sorted(by_intent.items()):
        shuffled.shuffle(places)
        for place in places:
            dealt[turn % folds].append(place)
            turn += 1
    return dealt


def by_folds(name: str, utterances: Sequence[Labelled], folds: int) -> Result:
    taken: list[Taken] = [("", 0.0)] * len(utterances)
    micros: list[float] = []
    for held in folds_of(utterances, folds):
        apart = set(held)
        way = WAYS[name]().learn([each for place, each in enumerate(utterances) if place not in apart])
        for place in held:
            taken[place], micro = timed(way, utterances[place])
            micros.append(micro)
    return Result(name, taken, micros, size_of(WAYS[name]().learn(utterances)))


def by_other_files(name: str, learnt: Sequence[Labelled], tested: Sequence[Labelled]) -> Result:
    way = WAYS[name]().learn(learnt)
    trials = [timed(way, utterance) for utterance in tested]
    return Result(name, [got for got, _ in trials], [micro for _, micro in trials], size_of(way))


def timed(way: Way, utterance: Labelled) -> tuple[Taken, float]:
    start = time.process_time()
    taken = way.take(utterance)
    return taken, (time.process_time() - start) * 1e6


def size_of(way: Way) -> int:
    return len(pickle.dumps(way.model))


# --- figures --------------------------------------------------------------------------------------------------------


def right_share(result: Result, utterances: Sequence[Labelled]) -> float:
    return sum(got == want.intent for (got, _), want in zip(result.taken, utterances, strict=True)) / len(utterances)


def wrong_writes(result: Result, utterances: Sequence[Labelled], sure: int) -> int:
    """Writes that were not meant among the ``sure`` most confident of what was understood at all."""
    pairs = [(got, want) for got, want in zip(result.taken, utterances, strict=True) if got[0] != UNKNOWN]
    pairs.sort(key=lambda pair: -pair[0][1])
    return sum(got in WRITES and got != want.intent for (got, _), want in pairs[:sure])


def calibration_error(result: Result, utterances: Sequence[Labelled]) -> float:
    apart = 0.0
    for held in _bins(result, utterances):
        apart += abs(sum(sure for sure, _ in held) - sum(right for _, right in held))
    return apart / len(utterances)


def _bins(result: Result, utterances: Sequence[Labelled]) -> list[list[tuple[float, bool]]]:
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for (got, confidence), want in zip(result.taken, utterances, strict=True):
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, got == want.intent))
    return bins


def acted_on(result: Result) -> int:
    """How many utterances are acted on without asking back."""
    return sum(
        got != UNKNOWN and sure >= (SURE_TO_WRITE if got in WRITES else SURE_TO_READ) for got, sure in result.taken
    )


def table(results: Sequence[Result], utterances: Sequence[Labelled], sure: int) -> Iterator[str]:
    yield "| way | intent right | wrong writes among the surest | calibration error | µs | model, KiB |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for each in results:
        right, wrong = right_share(each, utterances) * 100, wrong_writes(each, utterances, sure)
        error, micros = calibration_error(each, utterances), statistics.median(each.micros)
        yield f"| {each.name} | {right:.2f} % | {wrong} | {error:.3f} | {micros:.0f} | {each.size / 1024:.0f} |"


def reliability(result: Result, utterances: Sequence[Labelled]) -> Iterator[str]:
    yield "| confidence | utterances | mean | right |"
    yield "| --- | --- | --- | --- |"
    for place, held in enumerate(_bins(result, utterances)):
        if held:
            mean, right = (sum(each[which] for each in held) / len(held) for which in (0, 1))
            yield f"| {place / BINS:.1f}–{(place + 1) / BINS:.1f} | {len(held)} | {mean:.3f} | {right:.3f} |"


def thresholds(result: Result, utterances: Sequence[Labelled], *, writes: bool) -> Iterator[str]:
    """What is acted on at each threshold, what of it is wrong, and what was right all through and is asked back."""
    judged = [
        (sure, got == want.intent, got == want.intent and slots_of(got, want) == dict(want.slots))
        for (got, sure), want in zip(result.taken, utterances, strict=True)
        if got != UNKNOWN and (got in WRITES) == writes
    ]
    yield "| at | acted on | wrong intent | wrong slots | right, asked back |"
    yield "| --- | --- | --- | --- | --- |"
    for least in THRESHOLDS:
        acted = [each for each in judged if each[0] >= least]
        wrong, slots = sum(not right for _, right, _ in acted), sum(right and not every for _, right, every in acted)
        asked = sum(every for sure, _, every in judged if sure < least)
        yield f"| {least:.2f} | {len(acted)} of {len(judged)} | {wrong} | {slots} | {asked} |"


def slots_of(intent: str, utterance: Labelled) -> dict[str, object]:
    found = read(normalize(utterance.text), shipped_words(), utterance.today).slots
    return {name: found[name] for name in SLOTS.get(intent, ()) if name in found}


def main() -> None:
    arguments = argparse.ArgumentParser(
        prog="python -m bench.alternatives", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--folds", type=int, default=FOLDS)
    arguments.add_argument("--learn", nargs="+", type=Path, help="learn from these files alone")
    arguments.add_argument("--test", nargs="+", type=Path, help="and try on these")
    arguments.add_argument("--only-shipped", action="store_true", help="no other way; a few minutes less")
    given = arguments.parse_args()
    if bool(given.learn) != bool(given.test):
        arguments.error("--learn and --test go together")
    if not WAYS:
        print(HOW_TO_INSTALL)
        return
    print(f"machine: {machine()}\ncommand: python -m bench.alternatives {' '.join(sys.argv[1:])}".rstrip())
    learnt = utterances_of(given.learn or training_files())
    tested = utterances_of(given.test) if given.test else learnt
    understand(FIRST, shipped_words())
    results = []
    for name in [SHIPPED] if given.only_shipped else WAYS:
        print(f"  {name}", file=sys.stderr)
        results.append(by_other_files(name, learnt, tested) if given.test else by_folds(name, learnt, given.folds))
    ours, sure = results[0], acted_on(results[0])
    print(f"{len(tested)} utterances; {sure} of them are acted on without asking back\n")
    print("\n".join(table(results, tested, sure)))
    print("\nhow true the confidence is\n\n" + "\n".join(reliability(ours, tested)))
    print("\nwrites\n\n" + "\n".join(thresholds(ours, tested, writes=True)))
    print("\nothers\n\n" + "\n".join(thresholds(ours, tested, writes=False)))


def utterances_of(paths: Sequence[Path]) -> list[Labelled]:
    """Of files named by their path or by their name in tests/understanding."""
    return [each for path in paths for each in read_samples(path if path.exists() else FOLDER / path)]


if __name__ == "__main__":
    main()
