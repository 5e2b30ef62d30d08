"""Rows that sum other rows: told from data by their words, and used to check our own sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from itertools import islice

from playbook.data.header import read_name
from playbook.data.sources import Source, words
from playbook.data.text import Row

_LABEL_WITHIN = 3
"""Filled cells among which the word of a totals row stands."""
_LONGEST_LABEL = 100
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Control:
    """A sum that the file itself gives, against ours over the same rows."""

    line: int
    theirs: Decimal
    ours: Decimal
    rows: int

    @property
    def agrees(self) -> bool:
        """Whether the two differ by no more than rounding, whose errors grow as the root of the number of rows."""
        return abs(self.theirs - self.ours) <= _CENT * (1 + Decimal(self.rows).sqrt())


def says_total(row: Row, source: Source) -> bool:
    """Whether one of the row's first cells is a word for totals."""
    labels = islice((cell for cell in row.cells if cell.strip()), _LABEL_WITHIN)
    known, stars = _words(source.totals), _stars(source.totals)
    return any(
        label in known or label.partition(":")[0].strip() in known or any(fnmatchcase(label, star) for star in stars)
        for label in map(_label, labels)
    )


@lru_cache(maxsize=20_000)
def _label(cell: str) -> str:
    return read_name(cell).whole if len(cell) <= _LONGEST_LABEL else ""


@cache
def _stars(own: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(read_name(word).whole for word in own if "*" in word)


@cache
def _words(own: tuple[str, ...]) -> frozenset[str]:
    return words().totals | {read_name(word).whole for word in own}


def agreeing(controls: Iterable[Control]) -> Control | None:
    """The file's sum that agrees with ours, else the nearest one; None where the file gives no sum."""
    return min(controls, key=lambda control: (not control.agrees, abs(control.theirs - control.ours)), default=None)
