"""``tidtam understand``: what texts mean, and how well that agrees with what they were labelled to mean."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from bot.clock import SystemClock
from models.documents import BANGKOK

if TYPE_CHECKING:
    from bot.understanding import Understanding


@click.command("understand")
@click.option("--report", is_flag=True, help="the score of labelled lines by intent, with all that was missed")
def understand_command(report: bool) -> None:
    """Read one utterance a line, write one JSON object a line; needs no database and no network.

    A line of JSON with "text" and "intent", and perhaps "slots" and "today", is a labelled utterance: its text is read,
    and in the end the score of all such lines is written to standard error.
    """
    from bot.understanding import understand
    from bot.understanding.scoring import Labelled, Score, read_labelled, report_lines, summary_line
    from bot.wiring import shipped_vocabulary

    vocabulary, counted = shipped_vocabulary(), Score()
    today = SystemClock().now().astimezone(BANGKOK).date()
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        wanted = read_labelled(line)
        asked = wanted or Labelled(line, "")
        found = understand(asked.text, vocabulary, today=asked.today or today)
        click.echo(json.dumps(_answer(asked.text, found), ensure_ascii=False))
        if wanted:
            counted.add(wanted, found)
    if counted.utterances:
        lines = report_lines(counted) if report else [summary_line(counted)]
        click.echo("\n".join(lines), err=True)


def _answer(text: str, found: Understanding) -> dict[str, Any]:
    return {
        "text": text,
        "intent": found.intent,
        "slots": dict(found.slots),
        "confidence": round(found.confidence, 4),
    }
