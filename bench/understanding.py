"""What it costs to understand a text: warm, the first in a fresh process, and the worst that can be typed.

The yardstick is PyThaiNLP's ``word_tokenize`` (newmm, its own dictionary) over the same texts in the same rounds: it
only cuts them into words. Where scikit-learn is installed, the regression on characters of ``learners`` reads them too.
Times are of the processor, which is all that understanding waits for; others who use the machine then count for less.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from pythainlp.tokenize import word_tokenize

from bench.figures import Row, percentile, span
from bot.understanding import understand
from bot.understanding.scoring import Labelled
from tests.understanding.score import read_samples, shipped_words, training_files

try:
    from bench.learners import CHARACTERS, WAYS
except ImportError:
    WAYS = {}

P50_AIM_MS, P99_AIM_MS, WORST_AIM_MS = 0.5, 3, 20
FIRST_AIM_SECONDS, MEMORY_AIM_MIB = 0.4, 80
LONG = 5_000
"""Characters; LINE's longest message."""

KINDS: dict[str, str] = {
    "one digit": "1",
    "Thai digits": "๑๒๓",
    "spaces": " ",
    "line ends": "\n",
    "tone marks": "่",
    "zero-width spaces": "ก\u200b",
    "brackets": "([{",
    "quotation marks": '"“',
    "slashes": "1/2/",
    "halves of numbers": "กท 1902/",
    "numbers of letters": "กท 1902/1335 ",
    "numbers of requests": "#42 ",
    "dates cut short": "5 พ.ย. ",
    "subjects": 'เรื่อง "',
    "almost units": "สำนักงานเขดินแด",
    "almost an indicator": "ตัวชี้วั",
    "asked again and again": "ถึงไหนแล้วหรือยัง",
    "prose": "เรียนท่านผู้อำนวยการขอรายงานผลการดำเนินงานตามแผนปฏิบัติราชการประจำปีงบประมาณ",
    "English": "please tell me where is the letter now ",
    "nonsense": "ฟหกด่าสวฟหกดา",
}
"""A name and what is said over and over until the text is full."""


def measure(*, quick: bool) -> list[Row]:
    """The rows; no database takes part."""
    utterances = [each for path in training_files() for each in read_samples(path)]
    texts = {name: (piece * LONG)[:LONG] for name, piece in KINDS.items()}
    return [
        *_warm_rows(utterances, rounds=2 if quick else 7),
        *_first_rows(1 if quick else 5),
        *_worst_rows(texts, rounds=1 if quick else 3),
    ]


def _warm_rows(utterances: Sequence[Labelled], rounds: int) -> list[Row]:
    words = shipped_words()
    ways: dict[str, Callable[[Labelled], object]] = {
        "ours": lambda each: understand(each.text, words, today=each.today),
        "newmm": lambda each: word_tokenize(each.text, engine="newmm"),
    }
    if WAYS:
        ways[CHARACTERS] = WAYS[CHARACTERS]().learn(utterances).take
    for way in ways.values():
        way(utterances[0])
    taken = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name].append([_milliseconds(way, each) for each in utterances])
    ours = taken.pop("ours")
    rows = [
        _times_row(f"understanding: an utterance, p{share * 100:.0f}", [percentile(each, share) for each in ours], aim)
        for share, aim in ((0.5, P50_AIM_MS), (0.99, P99_AIM_MS))
    ]
    rows.append(_times_row("understanding: the slowest utterance", [max(each) for each in ours], None))
    return [*rows, *(_peer_row(name, ours, theirs) for name, theirs in taken.items())]


def _times_row(what: str, figures: Sequence[float], aim: float | None) -> Row:
    middle = statistics.median(figures)
    good = None if aim is None else middle <= aim
    return Row(what, f"{middle:.2f} ms", span(figures), "" if aim is None else f"≤ {aim} ms", good)


def _peer_row(name: str, ours: Sequence[Sequence[float]], theirs: Sequence[Sequence[float]]) -> Row:
    ratios = [sum(our) / sum(their) for our, their in zip(ours, theirs, strict=True)]
    their_middle = statistics.median(percentile(each, 0.5) for each in theirs)
    figure = f"{statistics.median(ratios):.2f} (its p50 {their_middle:.2f} ms)"
    return Row(f"understanding: time ÷ that of {name}", figure, span(ratios), "", None)


def _milliseconds(way: Callable[[Labelled], object], utterance: Labelled) -> float:
    start = time.process_time()
    way(utterance)
    return (time.process_time() - start) * 1000


def _first_rows(rounds: int) -> list[Row]:
    fresh = [_in_fresh_process() for _ in range(rounds)]
    firsts, ready = [each["first"] for each in fresh], [each["ready"] for each in fresh]
    grown = [each["mebibytes"] for each in fresh]
    first, memory = statistics.median(firsts), statistics.median(grown)
    return [
        Row(
            "understanding: the first utterance of a fresh worker",
            f"{first * 1000:.1f} ms (made ready at its start in {statistics.median(ready):.2f} s)",
            span([seconds * 1000 for seconds in firsts], 1),
            f"≤ {FIRST_AIM_SECONDS} s",
            first <= FIRST_AIM_SECONDS,
        ),
        Row(
            "understanding: memory it adds to a process",
            f"{memory:.0f} MiB",
            span(grown, 0),
            f"≤ {MEMORY_AIM_MIB} MiB",
            memory <= MEMORY_AIM_MIB,
        ),
    ]


_FRESH = """
import json, time
import psutil
import bot.worker
from bot.wiring import shipped_vocabulary
from bot.understanding import understand
words = shipped_vocabulary()
memory, marks = psutil.Process().memory_info, []
def mark(): marks.append((time.process_time(), memory().rss / 2**20))
mark()
understand("สวัสดี", words)
mark()
understand("ช่วยดูหนังสือเขตดินแดงให้หน่อย", words)
mark()
(start, before), (ready, _), (first, after) = marks
print(json.dumps({"ready": ready - start, "first": first - ready, "mebibytes": after - before}))
"""
"""What a worker does at its start, ``Services.warm_up``, and then the first that is typed."""


def _in_fresh_process() -> dict[str, float]:
    ended = subprocess.run([sys.executable, "-c", _FRESH], check=True, capture_output=True, text=True)
    return json.loads(ended.stdout)


def _worst_rows(texts: dict[str, str], rounds: int) -> list[Row]:
    words = shipped_words()
    ours, theirs = [], []
    for _ in range(rounds):
        for name, text in texts.items():
            said = Labelled(text, "")
            ours.append((_milliseconds(lambda each: understand(each.text, words), said), name))
            theirs.append((_milliseconds(lambda each: word_tokenize(each.text, engine="newmm"), said), name))
    worst, kind = max(ours)
    their_worst, their_kind = max(theirs)
    return [
        Row(
            f"understanding: the worst of {len(texts)} kinds of {LONG} characters",
            f"{worst:.0f} ms ({kind}); newmm {their_worst:.0f} ms ({their_kind})",
            span([milliseconds for milliseconds, _ in ours], 1),
            f"≤ {WORST_AIM_MS} ms",
            worst <= WORST_AIM_MS,
        )
    ]
