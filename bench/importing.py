"""The import of a register, as ``bench.import_letters`` measures it, as rows of the table.

Each kind of database runs in a process of its own: memory is read as the process's greatest size.
"""

from __future__ import annotations

import re
import subprocess
import sys

from bench.figures import Row

ROWS_A_SECOND_AIM, GROWTH_AIM_MIB = 5000, 32


def measure(kind: str, *, quick: bool) -> list[Row]:
    """The rows of one kind of database."""
    letters = 10_000 if quick else 100_000
    command = [sys.executable, "-m", "bench.import_letters", "--rows", str(letters), "--only", kind]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    first, again, bare, ratio, grown = (
        float(re.search(pattern, said).group(1))
        for pattern in (r"first +(\d+)/s", r"again +(\d+)/s", r"bare +(\d+)/s", r"ours/bare ([\d.]+)", r"\+(-?\d+) MiB")
    )
    what = f"{kind}: import of {letters:,} letters"
    figure = f"{first:.0f} rows a second ({ratio:.2f} of bare inserts; again unchanged: {again:.0f})"
    memory = f"+{grown:.0f} MiB from a tenth of the rows to all"
    return [
        Row(what, figure, f"bare {bare:.0f}", f"≥ {ROWS_A_SECOND_AIM}", first >= ROWS_A_SECOND_AIM),
        Row(f"{what}: memory", memory, "", f"≤ +{GROWTH_AIM_MIB} MiB", grown <= GROWTH_AIM_MIB),
    ]
