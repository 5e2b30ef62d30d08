"""The weeks of a review side by side: a column a week, so that every metric's row reads in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from playbook.i18n import day_month, t, tn

if TYPE_CHECKING:
    from playbook.questions.week import WeekMetric

CONTEXT = "week"


@dataclass(frozen=True)
class Laid:
    """The weeks as columns, the oldest first, the one under review last; a row has its values in a piece."""

    mondays: tuple[date, ...]
    """By their Mondays; empty where those are not known, or where a metric has a hole between its weeks."""
    rows: tuple[tuple[float | None, ...], ...]

    @property
    def columns(self) -> int:
        """How many weeks there are."""
        return len(self.rows[0]) if self.rows else 0

    def heads(self) -> tuple[str, ...]:
        """What the weeks are called: by their Mondays, else by how long ago they were."""
        if self.mondays:
            return tuple(day_month(monday) for monday in self.mondays)
        back = (tn(CONTEXT, "{n} week back", "{n} weeks back", weeks) for weeks in range(self.columns - 1, 0, -1))
        return (*back, t(CONTEXT, "This week")) if self.columns else ()

    def last(self, row: int) -> int:
        """The column of a row's newest value."""
        return max((place for place, value in enumerate(self.rows[row]) if value is not None), default=0)


def laid(metrics: Sequence[WeekMetric]) -> Laid:
    """The weeks of some metrics side by side."""
    by_week = [row.by_week() for row in metrics]
    mondays = tuple(sorted({monday for weeks in by_week for monday in weeks}))
    rows = tuple(tuple(weeks.get(monday) for monday in mondays) for weeks in by_week)
    whole = all(len(weeks) == len(row.weeks()) for weeks, row in zip(by_week, metrics, strict=True))
    if mondays and whole and all(map(_in_a_piece, rows)):
        return Laid(mondays, rows)
    most = max((len(row.previous) for row in metrics), default=0)
    return Laid((), tuple((*(None,) * (most - len(row.previous)), *row.previous, row.value) for row in metrics))


def _in_a_piece(row: tuple[float | None, ...]) -> bool:
    """Whether no hole lies between the values."""
    known = [place for place, value in enumerate(row) if value is not None]
    return not known or known[-1] - known[0] == len(known) - 1
