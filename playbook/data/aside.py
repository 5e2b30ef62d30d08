"""A long file laid aside as clean text that the engine reads as columns; rows that are no such line stay rows."""

from __future__ import annotations

import codecs
import csv
import re
import shutil
import tempfile
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import numpy as np

from playbook import paths
from playbook.data.raw import Raw
from playbook.data.text import (
    DELIMITERS,
    LONGEST_CELL,
    TELLING,
    WIDEST,
    Row,
    Sheet,
    check_text,
    fit,
    guessed,
    lines_of,
    marked,
    read_text,
    with_line_ends,
    without_nothing,
)

MARK = "\x1f"
"""Stands between the cells of the clean text: no export has it, and a row that does is kept as a row."""
BLOCK = 1 << 22
HEAD = 64
"""Rows that are looked at to find out what the file is."""
_SETTLED = 20
"""The last rows of the head, among which nothing may be blank: a second table could begin there."""
_LONGEST_LINE = 100_000
_BLANK = re.compile(r"\n[^\S\n]*(?=\n)")
_ROOM, _OLD = "reading-", 86_400


class NotColumnsError(Exception):
    """The file must be read row by row."""


class Room:
    """A folder of our own on the disk that goes with this object."""

    def __init__(self) -> None:
        place = paths.state_dir()
        place.mkdir(parents=True, exist_ok=True)
        for left in place.glob(f"{_ROOM}*"):  # of readings that were cut off
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _OLD:
                    shutil.rmtree(left, ignore_errors=True)
        self.path = Path(tempfile.mkdtemp(prefix=_ROOM, dir=place))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


@dataclass(frozen=True)
class Aside:
    """All lines of a long file as clean text: every line a row of `width` cells, whatever line end and mark it had."""

    text: Path
    width: int
    lines: int
    odd: tuple[Row, ...]
    """Rows that are no such line: with more or fewer cells, or over several lines."""
    gone: frozenset[int]
    """Their lines, on which the clean text has empty cells."""
    whole: Callable[[], Sheet]
    """Reads the file row by row after all."""
    room: Room


def read(raw: Raw) -> Sheet:
    """Read a CSV or TSV file, a long one as columns where that is the same.

    Raises:
        PlaybookError: the file is empty, is no text, or is wider than a table can be.
    """
    if raw.many:
        with suppress(NotColumnsError, OSError):  # without room on the disk row by row none is needed
            return _laid(raw)
    return read_text(raw.whole())


def _laid(raw: Raw) -> Sheet:
    csv.field_size_limit(LONGEST_CELL)
    start = raw.start(TELLING)
    if encoding := marked(start):
        return _written(raw, start, encoding)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
        return _written(raw, start, "utf-8")
    except UnicodeDecodeError:
        return _written(raw, start, guessed(start))


def _written(raw: Raw, start: bytes, encoding: str) -> Sheet:
    check_text(start.decode(encoding, errors="replace"))
    blocks = _blocks(raw, encoding)
    head, whole = _head(blocks)
    delimiter = max(DELIMITERS, key=lambda mark: fit(_enough(head, whole), mark))
    rows = _first_rows(head, delimiter, whole)
    width, _ = Counter(len(row.cells) for row in rows).most_common(1)[0] if rows else (0, 0)
    if not 1 < width <= WIDEST:
        raise NotColumnsError
    room = Room()
    text = room.path / "text"
    with text.open("wb") as out:
        writer = _Writer(out, delimiter, width)
        writer.write(chain([head], blocks))
    aside = Aside(
        text, width, writer.line - 1, writer.odd, frozenset(writer.gone), lambda: read_text(raw.whole()), room
    )
    return Sheet(tuple(rows), encoding, delimiter, aside)


def _blocks(raw: Raw, encoding: str) -> Iterator[str]:
    """The clean text, block by block, each of whole lines.

    Raises:
        UnicodeDecodeError: the file is not in UTF-8 after all.
    """
    strict = encoding == "utf-8"
    decoder = codecs.getincrementaldecoder(encoding)("strict" if strict else "replace")
    rest, held = "", ""
    with raw.open() as file:
        while True:
            piece = file.read(BLOCK)
            # UTF-8 is never final: a file cut off inside a letter loses that letter only
            text = held + without_nothing(decoder.decode(piece, final=not piece and not strict))
            held = "\r" if piece and text.endswith("\r") else ""
            text = rest + with_line_ends(text.removesuffix(held) if held else text)
            end = text.rfind("\n") + 1 if piece else len(text)
            if end:
                yield text[:end]
            rest = text[end:]
            if len(rest) > _LONGEST_LINE:
                raise NotColumnsError
            if not piece:
                return


def _head(blocks: Iterator[str]) -> tuple[str, bool]:
    """The first blocks, long enough for what is looked at; whether they are the whole file."""
    found = ""
    for block in blocks:
        found += block
        if found.count("\n") > 2 * HEAD:
            return found, False
    return found, True


def _enough(head: str, whole: bool) -> Iterator[str]:
    """The lines of the head; who asks for one more must see the file itself."""
    yield from lines_of(head)
    if not whole:
        raise NotColumnsError


def _first_rows(head: str, delimiter: str, whole: bool) -> list[Row]:
    reader = csv.reader(_enough(head, whole), delimiter=delimiter)
    rows, line = [], 1
    try:
        for cells in islice(reader, HEAD):
            rows.append(Row(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error:
        raise NotColumnsError from None
    return rows


class _Lines:
    """Lines of a block, and of those after it where a row runs on."""

    def __init__(self, blocks: Iterator[str]) -> None:
        self._blocks = blocks
        self.block = ""
        self.at = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.block):
            self.block, self.at = next(self._blocks), 0
        start, self.at = self.at, self.block.find("\n", self.at) + 1 or len(self.block)
        return self.block[start : self.at]

    def rest(self) -> str:
        """What of the block is not read yet, else the next block; nothing at the end."""
        if self.at >= len(self.block):
            self.block, self.at = next(self._blocks, ""), 0
        return self.block[self.at :] if self.at else self.block


class _Writer:
    """Writes the clean text, block by block where every line is a row, row by row elsewhere."""

    def __init__(self, out: BinaryIO, delimiter: str, width: int) -> None:
        self._out = out
        self._delimiter = delimiter
        self._width = width
        self._rows = 0
        self._blank = False
        self._filled = 0
        self._odd: list[Row] = []
        self.gone: set[int] = set()
        self.line = 1

    @property
    def odd(self) -> tuple[Row, ...]:
        """The rows that are not in the text; lines without a cell at the file's end are no rows."""
        return tuple(row for row in self._odd if row.cells or row.line < self._filled)

    def write(self, blocks: Iterator[str]) -> None:
        """Write everything."""
        lines = _Lines(blocks)
        while text := lines.rest():
            if data := self._plain(text):
                self._out.write(data)
                lines.at = len(lines.block)
            else:
                self._by_rows(lines)

    def _plain(self, text: str) -> bytes:
        """The text as it is written where each of its lines is one filled row; else nothing."""
        if '"' in text or MARK in text:
            return b""
        text = text.replace(self._delimiter, MARK) + ("" if text.endswith("\n") else "\n")
        if _BLANK.search(f"\n{text}"):  # the mark is a space too
            return b""
        data = text.encode()
        letters = np.frombuffer(data, np.uint8)
        ends, marks = np.flatnonzero(letters == ord("\n")), np.flatnonzero(letters == ord(MARK))
        between = self._width - 1
        starts = np.concatenate(([-1], ends[:-1]))
        if len(marks) != len(ends) * between or int((ends - starts).max()) > _LONGEST_LINE:
            return b""
        if (marks[::between] < starts).any() or (marks[between - 1 :: between] > ends).any():
            return b""
        self._count(len(ends), len(ends), filled=True)
        return data

    def _by_rows(self, lines: _Lines) -> None:
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
        if len(cells) > WIDEST or len(text) > _LONGEST_LINE:
            raise NotColumnsError
        plain = lines == 1 and len(cells) == self._width and "\n" not in text and text.count(MARK) == self._width - 1
        if not plain:
            self._odd.append(Row(self.line, cells))
            self.gone |= set(range(self.line, self.line + lines))
            text = "\n".join([MARK * (self._width - 1)] * lines)
        self._out.write(f"{text}\n".encode())
        self._count(1, lines, filled=any(cell.strip() for cell in cells), cells=bool(cells))

    def _count(self, rows: int, lines: int, *, filled: bool, cells: bool = True) -> None:
        if filled and self._blank:
            raise NotColumnsError
        self._rows += rows
        self.line += lines
        self._filled = self.line if cells else self._filled
        self._blank = self._blank or (not filled and self._rows > HEAD - _SETTLED)
