"""How long a question waits for its answer, and how many are answered a second, with every process on this machine.

The web, worker and clock processes run as in the Procfile; the load and the LINE stand-in share the same cores. A
time runs from the moment a question was due to the moment LINE accepted the answer that names the letter asked for.
A question that is answered twice, wrongly or never fails the run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench import office, runs
from bench.figures import Row, percentile, span
from bench.load import Load, Webhook, fire, make_webhooks

RATE = 80
P50_AIM_MS, P99_AIM_MS, SUSTAINED_AIM = 30, 150, 150
WARM_UP = 300
LONGEST_DRAIN_SECONDS = 40
SUSTAINED_BEHIND_SECONDS = 1.0
"""A rate counts as sustained when the last answer came no later than this after the last question."""
Supply = Iterator[tuple[str, str, str]]


@dataclass(frozen=True)
class Answers:
    """Milliseconds of every question, and the rate at which answers came from first question to last answer."""

    milliseconds: list[float]
    per_second: float
    behind_seconds: float

    def at(self, share: float) -> float:
        return percentile(self.milliseconds, share)


def measure(kind: str, *, quick: bool) -> list[Row]:
    """The rows of one kind of database."""
    letters = 2000 if quick else office.LETTERS
    with tempfile.TemporaryDirectory() as folder, runs.opened(kind, Path(folder), letters) as bench:
        bench.start("web", "worker", "clock")
        supply = office.questions(letters)
        ask(bench, supply, WARM_UP, rate=RATE)
        rounds = [ask(bench, supply, RATE * (5 if quick else 30), rate=RATE) for _ in range(1 if quick else 3)]
        rows = [*_latency_rows(kind, rounds), _sustained_row(kind, bench, supply, 1, quick=quick)]
        bench.start("worker 2")
        ask(bench, supply, WARM_UP, rate=RATE)
        return [*rows, _sustained_row(kind, bench, supply, 2, quick=quick)]


def _latency_rows(kind: str, rounds: list[Answers]) -> list[Row]:
    rows = []
    for share, name, aim in ((0.5, "p50", P50_AIM_MS), (0.99, "p99", P99_AIM_MS)):
        figures = sorted(answers.at(share) for answers in rounds)
        middle = figures[len(figures) // 2]
        what = f"{kind}: question → reply accepted, {RATE} a second, {name}"
        rows.append(Row(what, f"{middle:.0f} ms", span(figures, 0), f"≤ {aim} ms", middle <= aim))
    return rows


def _sustained_row(kind: str, bench: runs.Bench, supply: Supply, workers: int, *, quick: bool) -> Row:
    burst = ask(bench, supply, 400 if quick else 2000, rate=None)
    rate, tried = burst.per_second, []
    while True:
        answers = ask(bench, supply, int(rate * (3 if quick else 15)), rate=rate)
        tried.append(f"{rate:.0f}")
        if answers.behind_seconds <= SUSTAINED_BEHIND_SECONDS or rate < 20:
            break
        rate *= 0.92
    workers_said = "one worker process" if workers == 1 else f"{workers} worker processes"
    what = f"{kind}: questions answered per second, sustained, {workers_said}"
    figure = f"{answers.per_second:.0f} (p99 {answers.at(0.99):.0f} ms; a burst: {burst.per_second:.0f})"
    return Row(what, figure, f"tried {', '.join(tried)}", f"≥ {SUSTAINED_AIM}", answers.per_second >= SUSTAINED_AIM)


def ask(bench: runs.Bench, supply: Supply, count: int, *, rate: float | None) -> Answers:
    """Ask so many questions, wait for all answers, and check each of them."""
    bench.control("latency/0")
    bench.control("reset")
    webhooks = make_webhooks(runs.SECRET, islice(supply, count))
    load = fire(bench.ports["web"], webhooks, connections=64).require_all_ok() if rate is None else None
    load = load or fire(bench.ports["web"], webhooks, connections=64, rate=rate).require_all_ok()
    answers = _check(webhooks, load, _wait_for_answers(bench, count))
    print(
        f"    {count} at {rate or load.per_second:.0f}/s: p50 {answers.at(0.5):.0f} p99 {answers.at(0.99):.0f} ms, "
        f"{answers.per_second:.0f}/s, behind {answers.behind_seconds:.2f} s",
        file=sys.stderr,
    )
    return answers


def _wait_for_answers(bench: runs.Bench, count: int) -> dict[str, tuple[float, list[str]]]:
    end = time.monotonic() + LONGEST_DRAIN_SECONDS
    while True:
        received = bench.control("received")
        said = sum(len(texts) for _, texts in received["replies"].values())
        if said >= count or time.monotonic() > end:
            break
        time.sleep(0.25)
    if said != count or received["repeated"]:
        raise RuntimeError(f"{count} questions, {said} answers, {received['repeated']} tokens used twice")
    return received["replies"]


def _check(webhooks: list[Webhook], load: Load, replies: dict[str, tuple[float, list[str]]]) -> Answers:
    """Match answers to questions by reply token; questions answered in one call with a later one count with that."""
    milliseconds, carried = [], []
    for webhook in webhooks:
        carried.append(webhook)
        if webhook.reply_token not in replies:
            continue
        at, texts = replies[webhook.reply_token]
        mine = [asked for asked in carried if any(asked.expected in text for text in texts)]
        milliseconds += [(at - load.due_at[asked.reply_token]) * 1000 for asked in mine]
        carried = [asked for asked in carried if asked not in mine]
    if carried:
        raise RuntimeError(f"{len(carried)} of {len(webhooks)} answers do not name the letter asked for")
    first, last = min(load.due_at.values()), max(load.due_at.values())
    end = max(at for at, _ in replies.values())
    return Answers(milliseconds, len(webhooks) / (end - first), end - last)
