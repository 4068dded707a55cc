"""What one person's message tells: what is due today together with what an earlier message still waits to tell.

A message that has not begun to go out is taken back where a newer one tells the same and more: of the same kind the
new one begins where the old one began, and a longer one tells of all that lies within it. So nothing is lost, nothing
is told twice, and at most one message of summaries waits for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.periods import PeriodKind
from models.quota_plan import Stage
from models.summary_schedule import LONGEST_FIRST, Due


@dataclass(frozen=True, order=True)
class Telling:
    """Days of which a summary of a kind tells.

    ``due`` is whether its turn is today, ``waited`` whether an earlier message waits to tell some of it.
    """

    kind: PeriodKind
    first: date
    last: date
    due: bool = False
    waited: bool = False

    def covers(self, other: Telling) -> bool:
        """Whether it is of a longer kind and tells of all the other's days."""
        is_longer = LONGEST_FIRST.index(self.kind) < LONGEST_FIRST.index(other.kind)
        return is_longer and self.first <= other.first and other.last <= self.last


def join(due: Iterable[Due], waiting: Iterable[Telling]) -> tuple[Telling, ...]:
    """What is due and what waits as one telling of each kind, longest first."""
    joined: dict[PeriodKind, Telling] = {}
    for one in (*waiting, *(Telling(one.kind, one.first, one.last, due=True) for one in due)):
        known = joined.get(one.kind, one)
        joined[one.kind] = Telling(
            one.kind,
            min(known.first, one.first),
            max(known.last, one.last),
            due=known.due or one.due,
            waited=known.waited or one.waited,
        )
    return tuple(joined[kind] for kind in LONGEST_FIRST if kind in joined)


def fold(tellings: Sequence[Telling], stage: Stage) -> tuple[Telling, ...]:
    """Leave out what a longer one tells too: of what waited always, of what is due where the quota runs short."""
    return tuple(
        one
        for one in tellings
        if (stage is Stage.FULL and not one.waited) or not any(other.covers(one) for other in tellings)
    )


def is_held(tellings: Sequence[Telling], stage: Stage) -> bool:
    """Whether a message is not pushed, but waits for the person's next message or for a longer summary."""
    if stage in (Stage.MERGED, Stage.PLAIN):
        return all(one.kind is PeriodKind.DAY for one in tellings if one.due)
    return stage is Stage.RIDE
