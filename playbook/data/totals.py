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
_BEFORE = ' \t\u00a0_"\u00ab\u201c'
"""What may stand before a word and is no part of it."""
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
    letters = _letters(source.totals)
    labels = [cell for cell in islice(filter(str.strip, row.cells), _LABEL_WITHIN) if _begins(cell, letters)]
    if not labels:
        return False
    known, stars = _words(source.totals), _stars(source.totals)
    return any(
        label in known or label.partition(":")[0].strip() in known or any(fnmatchcase(label, star) for star in stars)
        for label in map(_label, labels)
    )


def _begins(cell: str, letters: frozenset[str]) -> bool:
    """Whether a cell may begin one of the words with these first letters; most cells of a file cannot."""
    first = cell.lstrip(_BEFORE)[:1].lower()
    return first in letters or not first.isalnum()


@cache
def _letters(own: tuple[str, ...]) -> frozenset[str]:
    """The first letters of all words for totals."""
    return frozenset(word[0] for word in _words(own)) | {"ё"}


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
