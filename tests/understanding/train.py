"""Learns the weights of ``bot.understanding.classifier`` from every labelled file beside this one but the held-out.

    .venv/bin/pip install scikit-learn            needed by nothing else
    python -m tests.understanding.train           ten folds: what is right of what was not learnt from; then writes
    python -m tests.understanding.train --check   the folds alone

The folds also tell the one number of ``confidence`` that is fitted: ``TEMPERATURE``.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.understanding.classifier import SCALE, WEIGHTS, Classifier
from bot.understanding.intents import INTENTS
from bot.understanding.normalize import normalize
from bot.understanding.outlines import runs_of, weight_of_a_run
from bot.understanding.reading import Reading, read
from tests.understanding.score import read_samples, shipped_words, training_files

STRENGTH = 60.0
"""Inverse of the penalty on large weights; 20 to 100 do alike in the folds."""
WEIGHT_OF_A_SIGN = 0.3
LEAST_TEXTS = 3
"""In how many texts a run must stand to be learnt."""
MOST_INTENTS = 6
LEAST_WEIGHT = 10
"""For how many intents a run keeps its weight, the largest, and how large (in hundredths) it must be: more make the
file larger, adding up slower and nothing better."""
FOLDS = 10


class Examples:
    """Readings as rows of numbers: one column for each sign and each run that is learnt."""

    def __init__(self, readings: Sequence[Reading], columns: dict[tuple[str, str], int] | None = None) -> None:
        self._texts = [(reading.signs, runs_of(reading.outline)) for reading in readings]
        self.columns = self._columns() if columns is None else columns

    def matrix(self) -> csr_matrix:
        values, places, ends = [], [], [0]
        for signs, runs in self._texts:
            row = {("sign", sign): WEIGHT_OF_A_SIGN for sign in signs}
            row |= {("run", run): weight_of_a_run(runs) for run in runs}
            known = sorted((self.columns[key], value) for key, value in row.items() if key in self.columns)
            places += [place for place, _ in known]
            values += [value for _, value in known]
            ends.append(len(places))
        return csr_matrix((values, places, ends), shape=(len(self._texts), len(self.columns)))

    def _columns(self) -> dict[tuple[str, str], int]:
        texts_with = Counter(run for _, runs in self._texts for run in runs)
        signs = sorted({("sign", sign) for found, _ in self._texts for sign in found})
        runs = sorted(("run", run) for run, count in texts_with.items() if count >= LEAST_TEXTS)
        return {key: place for place, key in enumerate([*signs, *runs])}


def learn(readings: Sequence[Reading], intents: Sequence[str]) -> dict[str, Any]:
    """Return what ``Classifier`` takes."""
    examples = Examples(readings)
    model = LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-4).fit(examples.matrix(), list(intents))
    names = list(model.classes_)
    assert set(names) == set(INTENTS), "an intent without an utterance cannot be learnt"
    kept: dict[str, dict[str, list[int]]] = {"sign": {}, "run": {}}
    for (kind, name), column in examples.columns.items():
        scale = SCALE * (WEIGHT_OF_A_SIGN if kind == "sign" else 1)
        weights = [round(scale * weight) for weight in model.coef_[:, column]]
        largest = sorted(range(len(names)), key=lambda place: -abs(weights[place]))
        chosen = sorted(largest if kind == "sign" else largest[:MOST_INTENTS])
        least = 1 if kind == "sign" else LEAST_WEIGHT
        flat = [number for place in chosen if abs(weights[place]) >= least for number in (place, weights[place])]
        if flat:
            kept[kind][name] = flat
    bias = [round(SCALE * weight) for weight in model.intercept_]
    return {"intents": names, "bias": bias, "signs": kept["sign"], "runs": kept["run"]}


def check(readings: Sequence[Reading], intents: Sequence[str], files: Sequence[str]) -> None:
    """Print how much of each file is right when it is not learnt from, and the temperature that fits best."""
    odds = numpy.zeros((len(readings), len(INTENTS)))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    names: list[str] = []
    for learnt, tested in folds.split(readings, intents):
        weights = learn([readings[place] for place in learnt], [intents[place] for place in learnt])
        classifier = Classifier(weights)
        names = list(classifier.intents)
        for place in tested:
            odds[place] = classifier.log_odds(readings[place].signs, readings[place].outline)
    meant = numpy.array([names.index(intent) for intent in intents])
    right = odds.argmax(axis=1) == meant
    by_file = defaultdict(list)
    for file, is_right in zip(files, right, strict=True):
        by_file[file].append(is_right)
    for file, found in by_file.items():
        print(f"{file:24} {len(found):5} utterances, intent right {100 * sum(found) / len(found):.2f} %")
    print(f"{'all':24} {len(right):5} utterances, intent right {100 * right.mean():.2f} %")
    for temperature in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        shares = numpy.exp((odds - odds.max(axis=1, keepdims=True)) / temperature)
        shares /= shares.sum(axis=1, keepdims=True)
        loss = -numpy.log(shares[numpy.arange(len(meant)), meant] + 1e-12).mean()
        confidence = shares.max(axis=1)
        error = sum(
            abs(confidence[within].mean() - right[within].mean()) * within.mean()
            for low in numpy.arange(0, 1, 0.1)
            if (within := (confidence > low) & (confidence <= low + 0.1)).any()
        )
        print(f"temperature {temperature}: log loss {loss:.4f}, calibration error {error:.4f}")


def write(learnt: dict[str, Any]) -> None:
    """Write one sign or run a line, so that a change of a few weights is a change of a few lines."""
    lines = ["{", *(f'"{name}": {json.dumps(learnt[name])},' for name in ("intents", "bias"))]
    for name, end in (("signs", ","), ("runs", "")):
        rows = [
            f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(row, separators=(',', ':'))}"
            for key, row in learnt[name].items()
        ]
        lines.append(f'"{name}": {{\n' + ",\n".join(rows) + f"\n}}{end}")
    lines.append("}\n")
    WEIGHTS.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="print what the folds tell and write nothing")
    parser.add_argument("--write-only", action="store_true", help="learn and write without the folds")
    options = parser.parse_args()
    samples = [(path.name, sample) for path in training_files() for sample in read_samples(path)]
    words = shipped_words()
    readings = [read(normalize(sample.text), words, sample.today) for _, sample in samples]
    intents = [sample.intent for _, sample in samples]
    if not options.write_only:
        check(readings, intents, [file for file, _ in samples])
    if not options.check:
        write(learn(readings, intents))
        size = math.ceil(WEIGHTS.stat().st_size / 1000)
        print(f"{WEIGHTS.name}: learnt from {len(samples)} utterances, {size} kB")


if __name__ == "__main__":
    main()
