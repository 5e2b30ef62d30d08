"""A long file laid aside as clean text that the engine reads as columns; rows that are no such line stay rows."""

from __future__ import annotations

import codecs
import csv
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from playbook.data.clean import HEAD, LONGEST_LINE, NotColumnsError, Stretch, Writer, fetched
from playbook.data.raw import Raw
from playbook.data.rooms import Room
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
)

BLOCK = 1 << 17
STRETCH = 12_000_000
"""Bytes of clean text in each of the first files."""
_RETURN, _END = b"\r\n"


@dataclass(frozen=True)
class Aside:
    """All lines of a long file as clean text: every line a row of `width` cells, whatever line end and mark it had."""

    stretches: tuple[Stretch, ...]
    """The text, in files of some size each: the engine reads several at a time."""
    width: int
    lines: int
    odd: tuple[Row, ...]
    """Rows that are no such line: with more or fewer cells, or over several lines."""
    gone: frozenset[int]
    """Their lines, on which the clean text has empty cells."""
    whole: Callable[[], Sheet]
    """Reads the file row by row after all."""
    room: Room

    def rows(self, lines: Iterable[int]) -> Iterator[Row]:
        """These lines as rows, in their order; none of those that are gone."""
        wanted = sorted(set(lines) - self.gone)
        ends = [stretch.first for stretch in self.stretches[1:]] + [self.lines + 1]
        for stretch, end in zip(self.stretches, ends, strict=True):
            here = wanted[bisect_left(wanted, stretch.first) : bisect_left(wanted, end)]
            if here:
                yield from fetched(stretch, end, here)


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
    first, whole = _head(blocks)
    head = first.decode()
    delimiter = max(DELIMITERS, key=lambda mark: fit(_enough(head, whole), mark))
    rows = _first_rows(head, delimiter, whole)
    width, _ = Counter(len(row.cells) for row in rows).most_common(1)[0] if rows else (0, 0)
    if not 1 < width <= WIDEST:
        raise NotColumnsError
    room = Room()
    with closing(Writer(room.path, delimiter, width, STRETCH)) as writer:
        writer.write(chain([first], blocks))
    gone = frozenset(writer.gone)
    aside = Aside(
        tuple(writer.stretches), width, writer.line - 1, writer.odd, gone, lambda: read_text(raw.whole()), room
    )
    return Sheet(tuple(rows), encoding, delimiter, aside)


def _blocks(raw: Raw, encoding: str) -> Iterator[bytes]:
    """The clean text in UTF-8, block by block, each of whole lines.

    Raises:
        UnicodeDecodeError: the file is not in UTF-8 after all.
    """
    strict = encoding == "utf-8"
    decoder = codecs.getincrementaldecoder(encoding)("strict" if strict else "replace")
    rest, held = b"", b""
    with raw.open() as file:
        while True:
            piece = file.read(BLOCK)
            # UTF-8 is never final: a file cut off inside a letter loses that letter only
            text = held + _without_nothing(decoder.decode(piece, final=not piece and not strict).encode())
            held = b"\r" if piece and text.endswith(b"\r") else b""
            text = rest + _with_line_ends(text.removesuffix(held))
            end = text.rfind(b"\n") + 1 if piece else len(text)
            if end:
                yield text[:end]
            rest = text[end:]
            if len(rest) > LONGEST_LINE:
                raise NotColumnsError
            if not piece:
                return


def _without_nothing(text: bytes) -> bytes:
    """The text without zero bytes and marks of byte order, whose first byte few texts have at all."""
    text = text.replace(b"\x00", b"")
    return text.replace(codecs.BOM_UTF8, b"") if codecs.BOM_UTF8[:1] in text else text


def _with_line_ends(text: bytes) -> bytes:
    """The text with one kind of line end; to leave single letters out takes half as long as to change pairs."""
    letters = np.frombuffer(text, np.uint8)
    returns = np.flatnonzero(letters == _RETURN)
    if len(returns) and returns[-1] + 1 < len(letters) and (letters[returns + 1] == _END).all():
        return text.replace(b"\r", b"")
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if len(returns) else text


def _head(blocks: Iterator[bytes]) -> tuple[bytes, bool]:
    """The first blocks, long enough for what is looked at; whether they are the whole file."""
    found = b""
    for block in blocks:
        found += block
        if found.count(b"\n") > 2 * HEAD:
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
