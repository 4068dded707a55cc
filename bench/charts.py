"""What a chart costs: fifty districts against their targets, from plain values to a PNG of 1040 by 780.

Each way of drawing runs in a process of its own, for memory is read as the process's greatest size; they take turns,
round by round. The peer is Pillow with RAQM, which shapes Thai rightly too: the same words, bars and marks, drawn twice
as large and scaled down, for it smooths no edges. Times are of the processor; the first drawing is left out (it reads
the fonts) and told by itself.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from bench.figures import Row, span

AIM_MS, MEMORY_AIM_MIB = 80, 30
DRAWN, ROUNDS = 20, 5
WIDTH, HEIGHT = 1040, 780


def measure(*, quick: bool) -> list[Row]:
    """The rows; no database takes part."""
    rounds = [{way: _in_own_process(way, 5 if quick else DRAWN) for way in WAYS} for _ in range(2 if quick else ROUNDS)]
    ours, peers = ([one[way]["ms"] for one in rounds] for way in ("ours", "pillow"))
    ratios = [our / peer for our, peer in zip(ours, peers, strict=True)]
    grown = [one["ours"]["grown_mib"] for one in rounds]
    peers_grown = statistics.median(one["pillow"]["grown_mib"] for one in rounds)
    middle, memory = statistics.median(ours), statistics.median(grown)
    first = statistics.median(one["ours"]["first_ms"] for one in rounds)
    size = rounds[0]["ours"]["bytes"] / 1024
    what = "a chart image 1040 × 780"
    return [
        Row(f"{what}, warm", f"{middle:.0f} ms ({size:.0f} KiB)", span(ours, 0), f"≤ {AIM_MS} ms", middle <= AIM_MS),
        Row(f"{what}, the first of a process", f"{first:.0f} ms", "", "", None),
        Row(
            f"{what}, ÷ the same in Pillow",
            f"{statistics.median(ratios):.2f} ({statistics.median(peers):.0f} ms)",
            span(ratios),
            "",
            None,
        ),
        Row(
            f"{what}: memory",
            f"+{memory:.0f} MiB at most (Pillow +{peers_grown:.0f} MiB)",
            span(grown, 0),
            f"≤ +{MEMORY_AIM_MIB} MiB",
            memory <= MEMORY_AIM_MIB,
        ),
    ]


def _in_own_process(way: str, drawn: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.charts", way, str(drawn)]
    told: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return told


def _measured(way: str, drawn: int) -> dict[str, float]:
    """What one way costs here: growth is from after its imports, and of all that was drawn together."""
    draw = WAYS[way]()
    before = _peak_mib()
    first, (picture, *_) = _timed(draw, 1)
    ms, _ = _timed(draw, drawn)
    return {"ms": ms, "first_ms": first, "grown_mib": _peak_mib() - before, "bytes": len(picture)}


def _timed(draw: Callable[[int], bytes], times: int) -> tuple[float, list[bytes]]:
    """Milliseconds of the processor for each, the median, and what was drawn."""
    took, made = [], []
    for turn in range(times):
        begun = time.process_time()
        made.append(draw(turn))
        took.append(1000 * (time.process_time() - begun))
    return statistics.median(took), made


def _peak_mib() -> float:
    """The greatest size of this process; what ``getrusage`` tells would be at least that of the one that began it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


# --- ways of drawing ------------------------------------------------------------------------------------------------


def _percents(turn: int) -> list[float | None]:
    """Other figures each time, so that nothing kept from the last drawing helps."""
    return [None if index % 17 == 9 else (index * 37 + turn * 7.31) % 101 for index in range(50)]


def _ours() -> Callable[[int], bytes]:
    import resvg_py  # noqa: F401, PLC0415  # imports are not what is measured

    from messages.charts.picture import to_png  # noqa: PLC0415
    from messages.charts.units import draw_units  # noqa: PLC0415
    from tests.charts.makers import units  # noqa: PLC0415

    return lambda turn: to_png(draw_units(units(_percents(turn))).svg, WIDTH)


def _pillow() -> Callable[[int], bytes]:
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    from messages.charts.svg import font_files  # noqa: PLC0415
    from tests.charts.makers import ONE_IN  # noqa: PLC0415

    regular, _, bold = font_files()
    fonts = {}

    def font(path: object, size: int) -> ImageFont.FreeTypeFont:
        key = str(path), size
        if key not in fonts:
            fonts[key] = ImageFont.truetype(key[0], 2 * size, layout_engine=ImageFont.Layout.RAQM)
        return fonts[key]

    def draw(turn: int) -> bytes:
        told = _percents(turn)
        image = Image.new("RGB", (2 * WIDTH, 2 * HEIGHT), "#FFFFFF")
        pen = ImageDraw.Draw(image)

        def words(x: float, y: float, said: str, size: int, path: object = regular, anchor: str = "ls") -> None:
            pen.text((2 * x, 2 * y), said, font=font(path, size), fill="#1B2430", anchor=anchor)

        words(40, 56, "8308 คัดแยกขยะต้นทาง · ปีงบ 2570", 38)
        words(40, 112, "ถึงเป้า 15 จาก 50 หน่วยงาน · 8 อันดับท้าย", 36, bold)
        worst = sorted((percent, name) for percent, name in zip(told, ONE_IN, strict=True) if percent is not None)
        for row, (percent, name) in enumerate(worst[:8]):
            y = 142 + 58 * row
            words(74, y + 40, name.removeprefix("สำนักงานเขต"), 32)
            words(1000, y + 40, f"{percent:.2f} %", 32, bold, "rs")
            pen.rectangle((744, 2 * y + 28, 744 + percent * 9.5, 2 * y + 88), fill="#AE241C")
            pen.line((1500, 2 * y, 1500, 2 * y + 116), fill="#1B2430", width=10)
        for index in range(50):
            x = 2 * (40 + 19.2 * index)
            pen.ellipse((x, 1260, x + 32, 1292), fill="#0A6B4A")
        words(68, 694, "ถึงเป้า 15   ตามแผน 15   ช้ากว่าแผน 15   ยังไม่รายงาน 5", 32)
        words(40, 756, "เส้นหนา = เป้า 80 %", 30)
        words(1000, 756, "ข้อมูล ณ 22 พ.ย. 69 08.30 น.", 30, anchor="rs")
        out = BytesIO()
        image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(out, "PNG")
        return out.getvalue()

    return draw


WAYS: dict[str, Callable[[], Callable[[int], bytes]]] = {"ours": _ours, "pillow": _pillow}


if __name__ == "__main__":
    print(json.dumps(_measured(sys.argv[1], int(sys.argv[2]))))
