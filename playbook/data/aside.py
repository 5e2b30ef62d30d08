"""A long file laid aside as clean text that the engine reads as columns; rows that are no such line stay rows."""

from __future__ import annotations

import codecs
import csv
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain, islice

import numpy as np

from playbook.data.clean import HEAD, LONGEST_LINE, NotColumnsError, NotLaidError, Stretch, Writer
from playbook.data.letters import Letters, bytewise
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

BLOCK = 1 << 16
STRETCH = 12_000_000
"""Bytes of clean text in each of the first files."""
_AHEAD = 16
"""So many files are laid while others are read, before anybody asks for them."""
_RETURN, _END = b"\r\n"


class Aside:
    """All lines of a long file as clean text: every line a row of `width` cells, whatever line end and mark it had.

    It is laid while it is read: whoever asks for more than is there waits for it, and what cannot be laid after all
    is told then. Used by one thread.
    """

    def __init__(self, writer: Writer, blocks: Iterator[bytes], whole: Callable[[], Sheet], room: Room) -> None:
        self.width = writer.width
        self.whole = whole
        """Reads the file row by row after all."""
        self.room = room
        self._writer = writer
        self._coming = _ahead(writer.stretches(blocks))
        self._laid: list[Stretch] = []
        self._failed = False

    def stretches(self) -> Iterator[Stretch]:
        """The text, in files of some size each, the first ones before the last ones are laid.

        Raises:
            NotLaidError: the file must be read row by row.
        """
        place = 0
        while place < len(self._laid) or self._more():
            yield self._laid[place]
            place += 1

    def _more(self) -> bool:
        """Wait for another one; whether there was one."""
        if self._failed:
            raise NotLaidError
        try:
            stretch = next(self._coming, None)
        except (NotColumnsError, OSError, UnicodeError) as error:  # it is not in UTF-8 after all, or the disk is full
            self._failed = True
            raise NotLaidError from error
        self._laid += [stretch] if stretch else []
        return stretch is not None

    def finish(self) -> None:
        """Wait for all of it.

        Raises:
            NotLaidError: the file must be read row by row.
        """
        deque(self.stretches(), maxlen=0)

    @property
    def lines(self) -> int:
        """How many there are in all."""
        return max((stretch.end for stretch in self.stretches()), default=1) - 1

    @property
    def odd(self) -> tuple[Row, ...]:
        """All rows that are no such line; lines without a cell at the file's end are no rows."""
        odd = [row for stretch in self.stretches() for row in stretch.odd]
        return tuple(row for row in odd if row.cells or row.line < self._writer.filled)

    @property
    def gone(self) -> frozenset[int]:
        """Their lines."""
        return frozenset().union(*(stretch.gone for stretch in self.stretches()))

    def rows(self, lines: Iterable[int]) -> Iterator[Row]:
        """These lines as rows, in their order; none of those that are gone."""
        wanted = sorted(set(lines))
        for stretch in self.stretches():
            place = bisect_left(wanted, stretch.first)
            if place == len(wanted):
                return
            if here := wanted[place : bisect_left(wanted, stretch.end)]:
                yield from stretch.rows(here)


def _ahead(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """The stretches, some of which are laid before they are asked for."""
    hand = ThreadPoolExecutor(1)
    try:
        coming = deque(hand.submit(next, stretches, None) for _ in range(_AHEAD))
        while stretch := coming.popleft().result():
            coming.append(hand.submit(next, stretches, None))
            yield stretch
    finally:
        hand.shutdown(cancel_futures=True)


def read(raw: Raw) -> Sheet:
    """Read a CSV or TSV file, a long one as columns where that is the same.

    Raises:
        PlaybookError: the file is empty, is no text, or is wider than a table can be.
    """
    if raw.many:
        with suppress(NotColumnsError, OSError, UnicodeError):  # without room on the disk row by row none is needed
            return _laid(raw)
    return read_text(raw.whole())


def _laid(raw: Raw) -> Sheet:
    csv.field_size_limit(LONGEST_CELL)
    start = raw.start(TELLING)
    return _written(raw, start, marked(start) or ("utf-8" if _begins_as_utf8(raw) else guessed(start)))


def _begins_as_utf8(raw: Raw) -> bool:
    """Whether the first letters beyond ASCII are those of UTF-8; they may come late."""
    telling = next((chunk for chunk in raw.chunks() if not chunk.isascii()), b"")
    try:
        codecs.utf_8_decode(telling, "strict", False)  # one that is cut off may be whole
    except UnicodeDecodeError:
        return False
    return True


def _written(raw: Raw, start: bytes, encoding: str) -> Sheet:
    check_text(start.decode(encoding, errors="replace"))
    letters, blocks = Letters(encoding), _blocks(raw, encoding)
    first, whole = _head(blocks)
    head = letters.text(first)
    delimiter = max(DELIMITERS, key=lambda mark: fit(_enough(head, whole), mark))
    rows = _first_rows(head, delimiter, whole)
    width, _ = Counter(len(row.cells) for row in rows).most_common(1)[0] if rows else (0, 0)
    if not 1 < width <= WIDEST:
        raise NotColumnsError
    room = Room()
    writer = Writer(room.path, letters, delimiter, width, STRETCH)
    aside = Aside(writer, chain([first], blocks), lambda: read_text(raw.whole()), room)
    return Sheet(tuple(rows), encoding, delimiter, aside)


def _blocks(raw: Raw, encoding: str) -> Iterator[bytes]:
    """The text without zero bytes and with one kind of line end, block by block, each of whole lines."""
    plain = bytewise(encoding)
    rest, held = b"", b""
    with raw.open() as file:
        while True:
            piece = file.read(BLOCK)
            text = held + plain(piece, not piece).replace(b"\x00", b"")
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
