"""The clean text of a long file: every line a row of as many cells, with a mark between them that no export has."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np

from playbook.data.letters import Letters
from playbook.data.text import WIDEST, Row

MARK = "\x1f"
"""Stands between the cells of the clean text: no export has it, and a row that does is kept as a row."""
HEAD = 64
"""Rows that are looked at to find out what the file is."""
_SETTLED = 20
"""The last rows of the head, among which nothing may be blank: a second table could begin there."""
LONGEST_LINE = 100_000
_ALIKE = 8
"""So many files of the clean text are of one length."""
_BLANK = re.compile(r"\n[^\S\n]*(?=\n)")
_END, _PARTED, _QUOTE = f'\n{MARK}"'.encode()


class NotColumnsError(Exception):
    """The file must be read row by row."""


class NotLaidError(NotColumnsError):
    """So it must, and there may be several tables in it."""


@dataclass(frozen=True)
class Stretch:
    """Some lines of the clean text, in a file of their own."""

    file: Path
    first: int
    end: int
    """The number of its first line, and of the one after its last."""
    places: tuple[tuple[int, int], ...]
    """Now and then a line and the byte it begins at."""
    odd: tuple[Row, ...]
    """Rows that are no line of as many cells: with more or fewer of them, or over several lines."""
    gone: frozenset[int]
    """Their lines, on which the clean text has empty cells."""

    def rows(self, wanted: list[int]) -> Iterator[Row]:
        """Those of these lines that stand here; of the file only the pieces are read in which they do."""
        wanted = [line for line in wanted if line not in self.gone]
        with self.file.open("rb") as file:
            for (first, place), (after, until) in pairwise([*self.places, (self.end, self.file.stat().st_size)]):
                here = wanted[bisect_left(wanted, first) : bisect_left(wanted, after)]
                if here:
                    file.seek(place)
                    lines = file.read(until - place).split(b"\n")
                    yield from (Row(line, tuple(lines[line - first].decode().split(MARK))) for line in here)


class Feed:
    """Lines of a block, and of those after it where a row runs on."""

    def __init__(self, blocks: Iterator[bytes], letters: Letters) -> None:
        self._blocks = blocks
        self._letters = letters
        self.block = b""
        self.at = 0

    def __iter__(self) -> Feed:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.block):
            self.block, self.at = next(self._blocks), 0
        start, self.at = self.at, self.block.find(b"\n", self.at) + 1 or len(self.block)
        return self._letters.text(self.block[start : self.at])

    def rest(self) -> bytes:
        """What of the block is not read yet, else the next block; nothing at the end."""
        if self.at >= len(self.block):
            self.block, self.at = next(self._blocks, b""), 0
        return self.block[self.at :] if self.at else self.block


class Writer:
    """Writes the clean text, block by block where every line is a row, row by row elsewhere."""

    def __init__(self, folder: Path, letters: Letters, delimiter: str, width: int, length: int) -> None:
        self._folder = folder
        self._letters = letters
        self._delimiter = delimiter
        self.width = width
        self._length = length
        self._out: BinaryIO | None = None
        self._written = self._files = 0
        self._first = 1
        self._places: list[tuple[int, int]] = []
        self._odd: list[Row] = []
        self._gone: set[int] = set()
        self._rows = 0
        self._blank = False
        self.line = 1
        self.filled = 0
        """The line after the last one with a cell: those without at the file's end are no rows."""

    def stretches(self, blocks: Iterator[bytes]) -> Iterator[Stretch]:
        """Write everything, one file after another.

        The later ones are longer: short ones share the engine's threads evenly, many of them are much to ask for.

        Raises:
            NotColumnsError: the file must be read row by row.
            UnicodeDecodeError: it is not in UTF-8 after all.
        """
        lines = Feed(blocks, self._letters)
        try:
            while text := lines.rest():
                if self._out and self._written >= self._length * (1 + (self._files - 1) // _ALIKE):
                    yield self._ended(self._out)
                self._begin()
                if data := self._plain(text):
                    self._write(data)
                    lines.at = len(lines.block)
                else:
                    self._by_rows(lines)
            if self._out:
                yield self._ended(self._out)
        finally:
            if self._out:
                self._out.close()

    def _begin(self) -> None:
        """Note the place of a line, in a file of its own where none is open."""
        if not self._out:
            self._out = (self._folder / f"text{self._files}").open("wb")
            self._files += 1
            self._written, self._first, self._places, self._odd, self._gone = 0, self.line, [], [], set()
        self._places.append((self.line, self._written))

    def _ended(self, out: BinaryIO) -> Stretch:
        out.close()
        self._out = None
        return Stretch(
            Path(out.name), self._first, self.line, tuple(self._places), tuple(self._odd), frozenset(self._gone)
        )

    def _write(self, data: bytes) -> None:
        if self._out:
            self._written += self._out.write(data)

    def _plain(self, text: bytes) -> bytes:
        """The text as it is written where each of its lines is one filled row; else nothing."""
        if MARK.encode() in text:
            return b""
        text += b"" if text.endswith(b"\n") else b"\n"
        text = self._unquoted(text) if b'"' in text else text.replace(self._delimiter.encode(), MARK.encode())
        letters = np.frombuffer(text, np.uint8)
        places = np.flatnonzero((letters == _END) | (letters == _PARTED))
        if not text or len(places) % self.width:
            return b""
        parted = (letters[places] == _PARTED).reshape(-1, self.width)
        if parted[:, -1].any() or not parted[:, :-1].all():
            return b""
        starts = np.concatenate(([0], places[self.width - 1 :: self.width] + 1))
        if int(np.diff(starts).max()) > LONGEST_LINE:
            return b""
        # the mark is a space too
        if not self._letters.ink[letters[starts[:-1]]].all() and _BLANK.search(f"\n{self._letters.text(text)}"):
            return b""
        clean = self._letters.clean(text)
        self._count(len(parted), len(parted), filled=True)
        return clean

    def _unquoted(self, text: bytes) -> bytes:
        """The text parted by marks and without quotes, where all of these stand about cells of one line."""
        letters, (between,) = np.frombuffer(text, np.uint8), self._delimiter.encode()
        quotes = letters == _QUOTE
        places = np.flatnonzero(quotes | (letters == between) | (letters == _END))
        kinds = letters[places]
        quoting = kinds == _QUOTE
        inside = (np.cumsum(quoting) & 1).astype(bool)
        opening, closing = places[quoting & inside], places[quoting & ~inside]
        about = np.concatenate((letters[opening - 1], letters[closing + 1]))  # before the first letter: the last one
        if inside[-1] or not np.isin(about, (between, _END)).all():
            return b""  # a cell of several lines is seen by its lines, which have too few marks
        said = letters.copy()
        said[places[(kinds == between) & ~inside]] = _PARTED
        return bytes(said[~quotes])

    def _by_rows(self, lines: Feed) -> None:
        block, before = lines.block, 0
        reader = csv.reader(lines, delimiter=self._delimiter)
        while lines.block is block and lines.at < len(block):
            try:
                cells = tuple(next(reader))
            except csv.Error:
                raise NotColumnsError from None
            self._row(cells, reader.line_num - before)
            before = reader.line_num

    def _row(self, cells: tuple[str, ...], lines: int) -> None:
        text = MARK.join(cells)
        if len(cells) > WIDEST or len(text) > LONGEST_LINE:
            raise NotColumnsError
        plain = lines == 1 and len(cells) == self.width and "\n" not in text and text.count(MARK) == self.width - 1
        if not plain:
            self._odd.append(Row(self.line, cells))
            self._gone |= set(range(self.line, self.line + lines))
            text = "\n".join([MARK * (self.width - 1)] * lines)
        self._write(f"{text}\n".encode())
        self._count(1, lines, filled=any(cell.strip() for cell in cells), cells=bool(cells))

    def _count(self, rows: int, lines: int, *, filled: bool, cells: bool = True) -> None:
        if filled and self._blank:
            raise NotColumnsError
        self._rows += rows
        self.line += lines
        self.filled = self.line if cells else self.filled
        self._blank = self._blank or (not filled and self._rows > HEAD - _SETTLED)
