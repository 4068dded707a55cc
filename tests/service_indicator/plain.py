"""The indicator reckoned the plain way, row by row, from what the exported log says: the tests' own yardstick.

It shares no code with ``models``: a row is a mapping of the export's column names to text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Row = Mapping[str, str]
IN_TIME, LATE, PENDING, LEFT_OUT = "in_time", "late", "pending", "left_out"


def indicator(rows: Sequence[Row], *, first: str, last: str, clock: str) -> dict[str, Any]:
    """The contract's figures; ``clock`` is ``service`` or ``elapsed``."""
    rows = [row for row in rows if first <= row["asked_at"][:10] <= last]
    raters = by_person([row for row in rows if row["rating"]])
    happy = sum(all(int(row["rating"]) >= 4 for row in own) for own in raters.values())
    figures = {
        "from": first,
        "to": last,
        "clock": clock,
        "users": {"value": len(by_person(rows)), "target": 50},
        "acknowledged_in_time": in_time(rows, "acknowledge", clock),
        "answered_in_time": in_time(rows, "answer", clock),
        "satisfied": {
            "people_percent": percent(happy, len(raters)),
            "ratings": sum(bool(row["rating"]) for row in rows),
            "target": 80,
        },
        "requests": len(rows),
    }
    for part in ("acknowledge", "answer"):
        name = f"{part}_seconds" if clock == "service" else f"elapsed_{part}_seconds"
        taken = sorted(int(row[name]) for row in rows if row[name])
        figures[f"median_{part}_seconds"] = at_rank(taken, 50)
        figures[f"p95_{part}_seconds"] = at_rank(taken, 95)
    return figures


def same_figures(figures: Mapping[str, Any], plain: Mapping[str, Any]) -> bool:
    """Whether a printed indicator says what the plain one says; it may say more."""
    return all(
        same_figures(figures[name], value) if isinstance(value, dict) else figures[name] == value
        for name, value in plain.items()
    )


def in_time(rows: Sequence[Row], part: str, clock: str) -> dict[str, Any]:
    decided = [row for row in rows if standing(row, part, clock) in (IN_TIME, LATE)]
    good = [row for row in decided if standing(row, part, clock) == IN_TIME]
    people = by_person(decided).values()
    human = [row for row in decided if row["handled_by"] == "human"]
    good_people = sum(all(standing(row, part, clock) == IN_TIME for row in own) for own in people)
    return {
        "people_percent": percent(good_people, len(people)),
        "requests_percent": percent(len(good), len(decided)),
        "target": 80,
        "by_human_percent": percent(sum(row in human for row in good), len(human)) if human else None,
    }


def standing(row: Row, part: str, clock: str) -> str:
    """From the time stamps alone, not from what the log says came of them."""
    prefix = "" if clock == "service" else "elapsed_"
    if row[f"earlier_late_{prefix}{part}"] == "yes":
        return LATE
    due = datetime.fromisoformat(row[f"{prefix}{part}_due_at"])
    done, withdrawn = row["acknowledged_at" if part == "acknowledge" else "answered_at"], row["withdrawn_at"]
    if datetime.fromisoformat(done or withdrawn or row["counted_at"]) > due:
        return LATE
    return IN_TIME if done else LEFT_OUT if withdrawn else PENDING


def by_person(rows: Sequence[Row]) -> dict[str, list[Row]]:
    people: dict[str, list[Row]] = {}
    for row in rows:
        people.setdefault(row["asked_by"], []).append(row)
    return people


def percent(good: int, count: int) -> float | None:
    if not count:
        return None
    return float((Decimal(good) * 100 / Decimal(count)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def at_rank(ordered: Sequence[int], share: int) -> int | None:
    """The smallest value that at least this share of all does not exceed."""
    return next((v for place, v in enumerate(ordered, 1) if place * 100 >= share * len(ordered)), None)
