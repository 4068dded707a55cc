"""Holds the rules of understanding against classifiers that learn from the same labelled utterances.

    .venv/bin/pip install scikit-learn      needed by nothing else
    python -m bench.alternatives            ten folds over every labelled file of tests/understanding
    python -m bench.alternatives --learn samples.jsonl --test officers.jsonl coordinators.jsonl

Slots are read by the same readers whatever decides the intent, so only intents are compared. What learns is tested on
folds it did not learn from; the rules were written by people who had read the files, so their row over these shows what
they are worth on what was seen, not on what comes. The honest comparisons are on files that nobody had read: with
``--learn`` and ``--test`` the rules as they were before them (a ``git worktree`` at that commit), and a held-out file.
"""

from __future__ import annotations

import argparse
import pickle
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.figures import machine
from bot.understanding import Vocabulary, understand
from bot.understanding.certainty import WRITES, Certainty, certainty_of
from bot.understanding.intents import UNKNOWN
from bot.understanding.normalize import normalize
from bot.understanding.scoring import BINS, Labelled
from tests.understanding.score import (
    FOLDER,
    all_files,
    fold_of,
    read_samples,
    shipped_words,
    with_examples,
    words_without,
    words_without_examples,
)

try:
    from bench.learners import LEARNERS, take
except ImportError:
    LEARNERS = {}

HOW_TO_INSTALL = "scikit-learn is not installed; the comparison needs it: .venv/bin/pip install scikit-learn"
FOLDS = 10
ENOUGH_FOR_A_GUESS = 0.5
"""The least confidence at which a classifier may name an intent where the rules found none."""
Taken = tuple[str, float]


@dataclass(frozen=True)
class Result:
    """Of one way over all tested utterances: what each was taken for with what confidence."""

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
        model = learn(name, [each for place, each in enumerate(utterances) if place not in apart])
        for place in held:
            taken[place], micro = timed(lambda text: take(model, text), utterances[place].text)  # noqa: B023
            micros.append(micro)
    return Result(name, taken, micros, len(pickle.dumps(learn(name, utterances))))


def by_other_files(name: str, learnt: Sequence[Labelled], tested: Sequence[Labelled]) -> Result:
    model = learn(name, learnt)
    trials = [timed(lambda text: take(model, text), utterance.text) for utterance in tested]
    return Result(name, [got for got, _ in trials], [micro for _, micro in trials], len(pickle.dumps(model)))


def learn(name: str, utterances: Sequence[Labelled]) -> Any:
    return LEARNERS[name]().fit([each.text for each in utterances], [each.intent for each in utterances])


def by_ours(
    name: str, utterances: Sequence[Labelled], words_for: Callable[[Labelled], Vocabulary]
) -> tuple[Result, int]:
    """What understanding makes of it, and how many utterances the service would act on without asking back."""
    understand(utterances[0].text, words_for(utterances[0]))
    trials = [timed(lambda one: understand(one.text, words_for(one), today=one.today), each) for each in utterances]
    taken = [(found.intent, found.confidence) for found, _ in trials]
    sure = sum(certainty_of(found) is Certainty.SURE for found, _ in trials)
    return Result(name, taken, [micro for _, micro in trials], 0), sure


def likeness_alone(utterances: Sequence[Labelled], words_for: Callable[[Labelled], Vocabulary]) -> Result:
    def take_likest(one: Labelled) -> Taken:
        shares = words_for(one).likeness.shares(normalize(one.text).text)
        likest = max(shares, key=shares.__getitem__)
        return likest, shares[likest]

    trials = [timed(take_likest, each) for each in utterances]
    return Result("likeness alone", [got for got, _ in trials], [micro for _, micro in trials], 0)


def rules_then(other: Result, rules: Result) -> Result:
    """The rules; where they find nothing, what the classifier thinks, if it thinks so firmly."""
    trials = zip(rules.taken, rules.micros, other.taken, other.micros, strict=True)
    both = [
        (guess if guess[1] >= ENOUGH_FOR_A_GUESS else mine, micro + more) if mine[0] == UNKNOWN else (mine, micro)
        for mine, micro, guess, more in trials
    ]
    return Result(f"rules, then {other.name}", [got for got, _ in both], [micro for _, micro in both], other.size)


def timed(call: Callable[[Any], Any], argument: Any) -> tuple[Any, float]:
    start = time.perf_counter()
    result = call(argument)
    return result, (time.perf_counter() - start) * 1e6


# --- figures --------------------------------------------------------------------------------------------------------


def right_share(result: Result, utterances: Sequence[Labelled]) -> float:
    return sum(got == want.intent for (got, _), want in zip(result.taken, utterances, strict=True)) / len(utterances)


def wrong_writes(result: Result, utterances: Sequence[Labelled], sure: int) -> int:
    """Writes that were not meant among the ``sure`` most confident of what was understood at all."""
    pairs = [(got, want) for got, want in zip(result.taken, utterances, strict=True) if got[0] != UNKNOWN]
    pairs.sort(key=lambda pair: -pair[0][1])
    return sum(got in WRITES and got != want.intent for (got, _), want in pairs[:sure])


def calibration_error(result: Result, utterances: Sequence[Labelled]) -> float:
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for (got, confidence), want in zip(result.taken, utterances, strict=True):
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, got == want.intent))
    apart = [abs(sum(sure for sure, _ in each) - sum(right for _, right in each)) for each in bins.values()]
    return sum(apart) / len(utterances)


def memory_of(name: str) -> str:
    """MiB that a process grows by when it loads the libraries, the model and answers once."""
    code = f"from bench.alternatives import grown; print(grown({name!r}))"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def grown(name: str) -> str:
    """Run in a process of its own, which has the words of the office and understood one text already."""
    understand("กท 1902/1335 ถึงไหนแล้ว", shipped_words())
    before = psutil.Process().memory_info().rss
    utterances = [each for path in all_files() for each in read_samples(path)]
    model = pickle.loads(pickle.dumps(learn(name, utterances)))
    take(model, "กท 1902/1335 ถึงไหนแล้ว")
    return f"{(psutil.Process().memory_info().rss - before) / 2**20:.0f}"


def table(results: Sequence[Result], utterances: Sequence[Labelled], sure: int, memory: dict[str, str]) -> str:
    head = (
        "way",
        "intent right",
        "wrong writes among the surest",
        "calibration error",
        "µs",
        "model, KiB",
        "memory, MiB",
    )
    lines = [head, tuple("---" for _ in head)]
    for each in results:
        figures = (
            f"{right_share(each, utterances):.2%}".replace("%", " %"),
            str(wrong_writes(each, utterances, sure)),
            f"{calibration_error(each, utterances):.3f}",
            f"{statistics.median(each.micros):.0f}",
            f"{each.size / 1024:.0f}" if each.size else "",
            memory.get(each.name, ""),
        )
        lines.append((each.name, *figures))
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def main() -> None:
    arguments = argparse.ArgumentParser(
        prog="python -m bench.alternatives", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--folds", type=int, default=FOLDS)
    arguments.add_argument("--learn", nargs="+", type=Path, help="learn from these files alone")
    arguments.add_argument("--test", nargs="+", type=Path, help="and try on these")
    given = arguments.parse_args()
    if bool(given.learn) != bool(given.test):
        arguments.error("--learn and --test go together")
    if not LEARNERS:
        print(HOW_TO_INSTALL)
        return
    print(f"machine: {machine()}\ncommand: python -m bench.alternatives {' '.join(sys.argv[1:])}".rstrip())
    learnt = utterances_of(given.learn or all_files())
    tested = utterances_of(given.test) if given.test else learnt
    heard = with_examples((each.text, each.intent) for each in learnt)
    words_for = (lambda _: heard) if given.test else (lambda one: words_without(fold_of(one.text)))
    ours, sure = by_ours("as shipped: rules and likeness", tested, words_for)
    rules, _ = by_ours("rules alone", tested, lambda _: words_without_examples())
    results = [
        by_other_files(name, learnt, tested) if given.test else by_folds(name, learnt, given.folds) for name in LEARNERS
    ]
    memory = {} if given.test else {name: memory_of(name) for name in LEARNERS}
    rows = [ours, rules, likeness_alone(tested, words_for), *results, rules_then(results[0], rules)]
    print(f"{len(tested)} utterances; {sure} of them are acted on without asking back")
    print(f"\n{table(rows, tested, sure, memory)}")


def utterances_of(paths: Sequence[Path]) -> list[Labelled]:
    """Of files named by their path or by their name in tests/understanding."""
    return [each for path in paths for each in read_samples(path if path.exists() else FOLDER / path)]


if __name__ == "__main__":
    main()
