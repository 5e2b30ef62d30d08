"""What a test of two shares says: whether the split is sound, which method fits, and ship, keep or cannot tell.

The question `ab-test` and the tests of step 7 read their counts by these same functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playbook.methods import two_samples as two
from playbook.methods.many_tests import split_p_value

SMALL_TOTAL, SMALL_CELL = 1000, 5
"""Below so many people, or so few expected successes or failures, the exact test is taken."""
HALF = (0.4, 0.6)
"""Samples as equal as this were meant to be equal."""
TUNING = 5000
"""People in both groups at which an interval for any look is narrowest, where nobody said at which."""

Verdict = Literal["ship", "keep", "cannot_tell"]


@dataclass(frozen=True)
class Judged:
    """The verdict on the second sample, the interval of the difference, and the p-value where one look was planned."""

    verdict: Verdict
    low: float
    high: float
    p_value: float | None = None


def split_is_broken(first: int, second: int, limit: float, share: float | None = None) -> bool:
    """Whether people came to the two in another ratio than planned, more than chance would have it.

    Without a planned `share` of the second, samples that are nearly equal were meant to be equal.
    """
    if share is None:
        if not HALF[0] <= second / (first + second) <= HALF[1]:
            return False
        share = 0.5
    return split_p_value((first, second), (1 - share, share)) < limit


def small(a: two.Shares, b: two.Shares) -> bool:
    """Whether the counts are too few for a formula that needs many."""
    rate = (a.hits + b.hits) / (a.n + b.n)
    return a.n + b.n < SMALL_TOTAL or min(one.n * part for one in (a, b) for part in (rate, 1 - rate)) < SMALL_CELL


def at_the_end(a: two.Shares, b: two.Shares, alpha: float) -> Judged:
    """The verdict of one look at the planned end: exact for few, normal for many, with Newcombe's interval.

    >>> judged = at_the_end(two.Shares(2000, 200), two.Shares(2000, 260), 0.05)
    >>> judged.verdict, round(judged.p_value, 4)
    ('ship', 0.0029)
    """
    p = two.fisher(a, b) if small(a, b) else two.pooled(a, b)
    low, high = two.newcombe(a, b, 1 - alpha)
    sure = p is not None and p < alpha and a.rate != b.rate
    return Judged(_named(sure, b.rate - a.rate), low, high, p)


def on_the_way(a: two.Shares, b: two.Shares, alpha: float, tuning: int = TUNING) -> Judged:
    """The verdict of any look before the planned end; of few people none can be had."""
    low, high = two.at_any_look(a, b, 1 - alpha, tuning)
    return Judged(_named(not small(a, b) and not low <= 0 <= high, b.rate - a.rate), low, high)


def _named(sure: bool, difference: float) -> Verdict:
    if not sure:
        return "cannot_tell"
    return "ship" if difference > 0 else "keep"
