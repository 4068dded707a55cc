"""Shares and spreads: percentages as an office rounds them, what would tip them, and percentiles by nearest rank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Tipping:
    """How far a share is from its target.

    Attributes:
        bad_until_below: how many more bad ones bring it below; None where it is below, or nothing can.
        good_until_reached: how many more good ones bring it up to it; None where it is reached, or nothing can.
    """

    bad_until_below: int | None = None
    good_until_reached: int | None = None


@dataclass(frozen=True)
class Share:
    """So many good ones of so many.

    >>> Share(2, 3).percent
    Decimal('66.67')
    >>> Share(0, 0).percent is None
    True
    """

    good: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """0 to 100 with two decimals, rounded half up; None of nothing."""
        if not self.of:
            return None
        return (Decimal(100 * self.good) / self.of).quantize(_CENT, ROUND_HALF_UP)

    def reaches(self, target: int) -> bool:
        """Whether it is at least the target, unrounded; nothing of nothing is not."""
        return self.of > 0 and 100 * self.good >= target * self.of

    def tipping(self, target: int, *, by_turning: bool = False) -> Tipping:
        """How many more bad ones, or good ones, change whether a target is reached.

        Args:
            target: percent.
            by_turning: a bad one turns one that was good so far, as one late request does to a person; else it comes
                in addition.

        A person counts as in time while all of a person's requests were: of 100 people 85 in time, six more late
        requests, each of another person, bring it below 80 percent. Of 100 requests seven more would.

        >>> Share(85, 100).tipping(80, by_turning=True).bad_until_below, Share(85, 100).tipping(80).bad_until_below
        (6, 7)
        >>> Share(75, 100).tipping(80).good_until_reached
        25
        """
        if not self.of:
            return Tipping()
        above = 100 * self.good - target * self.of
        if above < 0:
            return Tipping(good_until_reached=-(above // (100 - target)) if target < 100 else None)
        if target <= 0:
            return Tipping()
        return Tipping(bad_until_below=above // (100 if by_turning else target) + 1)


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """The smallest value that at least so many percent of the values do not exceed; None of nothing.

    >>> nearest_rank([3, 5, 8, 13], 50), nearest_rank([3, 5, 8, 13], 95), nearest_rank([], 50)
    (5, 13, None)
    """
    return ordered[rank_of(len(ordered), percent) - 1] if ordered else None


def rank_of(count: int, percent: int) -> int:
    """Which of ``count`` ordered values is the percentile, from 1."""
    return max(1, -(-count * percent // 100))


@dataclass(frozen=True)
class Spread:
    """How long something took, in whole seconds: the median and the 95th percentile; None where it never happened."""

    median: int | None = None
    p95: int | None = None

    @classmethod
    def of(cls, seconds: Iterable[int]) -> Spread:
        """Of lengths in any order."""
        ordered = sorted(seconds)
        return cls(nearest_rank(ordered, 50), nearest_rank(ordered, 95))


NO_SPREAD = Spread()
