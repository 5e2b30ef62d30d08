"""What is usual in a row of single values, and what is a signal: the chart of individuals and moving ranges.

Wheeler, Understanding Variation, 2000; NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2; the runs are those of
the Western Electric handbook, 1956. Decimals are counted as they are written, so that a value on a limit is within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

Rule = Literal["beyond_limit", "eight_on_one_side", "two_of_three"]
LEAST = 2
"""Below two values there is no moving range."""
_LIMIT, _RANGE, _ZONE = Fraction("2.66"), Fraction("3.267"), Fraction(2, 3)
_RUN, _NEAR, _OF = 8, 2, 3


@dataclass(frozen=True)
class Signal:
    """A value that ordinary variation does not explain: its index, from 0, and the rule that is complete with it."""

    index: int
    rule: Rule


@dataclass(frozen=True)
class Chart:
    """Mean, limits and signals; `jumps` are the indices, from 0, of values too far from the one before."""

    mean: float
    average_moving_range: float
    upper: float
    lower: float
    upper_range: float
    signals: tuple[Signal, ...]
    jumps: tuple[int, ...]

    def rules_at(self, index: int) -> tuple[Rule, ...]:
        """The rules that make the value at an index a signal; none where it is noise."""
        return tuple(signal.rule for signal in self.signals if signal.index == index)


def chart(values: Sequence[float], *, counts: bool = False, base: slice = slice(None)) -> Chart | None:
    """Limits at mean ± 2.66 average moving ranges, the upper limit of a range at 3.267 of them, and the signals.

    `base` are the values that the limits come from, all of them by default; None when they are fewer than two. The
    lower limit of `counts` is 0 at least. A run goes on being a signal for as long as it lasts.

    >>> found = chart([10, 12, 10, 12, 10, 20])
    >>> found.mean, found.signals
    (12.333333333333334, ())
    """
    exact = [Fraction(str(float(value))) for value in values]
    usual = exact[base]
    if len(usual) < LEAST:
        return None
    mean = sum(usual, Fraction()) / len(usual)
    moving = sum((abs(after - before) for before, after in pairwise(usual)), Fraction()) / (len(usual) - 1)
    reach, most = _LIMIT * moving, _RANGE * moving
    lower = max(mean - reach, Fraction()) if counts else mean - reach
    apart = [value - mean for value in exact]
    return Chart(
        mean=float(mean),
        average_moving_range=float(moving),
        upper=float(mean + reach),
        lower=float(lower),
        upper_range=float(most),
        signals=tuple(_signals(apart, lower - mean, reach)),
        jumps=tuple(place for place, (before, after) in enumerate(pairwise(exact), 1) if abs(after - before) > most),
    )


@dataclass(frozen=True)
class Stretch:
    """Values between two known changes, from `start` up to `stop`, with a chart of their own; None for one value."""

    start: int
    stop: int
    chart: Chart | None


def stretches(values: Sequence[float], starts: Iterable[int], *, counts: bool = False) -> tuple[Stretch, ...]:
    """The row parted at each index in `starts`, where something is known to have changed.

    Limits are counted anew after a change that is known and kept, as Wheeler does in Understanding Variation, 2000.

    >>> [(one.start, one.stop) for one in stretches([10, 12, 10, 30, 32, 30], [3])]
    [(0, 3), (3, 6)]
    """
    inner = sorted({start for start in starts if 0 < start < len(values)})
    return tuple(
        Stretch(start, stop, chart(values[start:stop], counts=counts))
        for start, stop in pairwise((0, *inner, len(values)))
    )


def _signals(apart: Sequence[Fraction], low: Fraction, high: Fraction) -> Iterator[Signal]:
    """The rules at each value in turn, by its distance from the mean."""
    sides = [_side(value) for value in apart]
    outer = [_side(value) if abs(value) > _ZONE * high else 0 for value in apart]
    for index, value in enumerate(apart):
        if not low <= value <= high:
            yield Signal(index, "beyond_limit")
        if sides[index] and sides[max(index - _RUN + 1, 0) : index + 1].count(sides[index]) == _RUN:
            yield Signal(index, "eight_on_one_side")
        if outer[index] and outer[max(index - _OF + 1, 0) : index + 1].count(outer[index]) >= _NEAR:
            yield Signal(index, "two_of_three")


def _side(value: Fraction) -> int:
    return (value > 0) - (value < 0)
