"""The bytes of a file as it came: in memory, or left on the disk where they are many."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, cast

LONG = 1_000_000
"""Bytes from which a table is read as columns and not row by row, and a file is left where it lies."""
CHUNK = 1 << 20


@dataclass(frozen=True)
class Raw:
    """A file's bytes; `path` where they are left on the disk, `packed` where they lie there compressed."""

    content: bytes = b""
    path: Path | None = None
    packed: bool = False

    @classmethod
    def of(cls, path: Path) -> Raw:
        """A file on the disk."""
        return cls(path=path) if path.stat().st_size >= LONG else cls(path.read_bytes())

    @classmethod
    def unpacked(cls, path: Path) -> Raw:
        """A compressed file on the disk."""
        with gzip.open(path) as file:
            start = file.read(LONG)
        return cls(path=path, packed=True) if len(start) == LONG else cls(start)

    def open(self) -> BinaryIO:
        """The bytes to be read one after another."""
        if self.path is None:
            return io.BytesIO(self.content)
        return cast(BinaryIO, gzip.open(self.path)) if self.packed else self.path.open("rb")

    def start(self, count: int) -> bytes:
        """The first bytes, at most so many."""
        with self.open() as file:
            return file.read(count)

    def whole(self) -> bytes:
        """All bytes, in memory."""
        if self.path is None:
            return self.content
        with self.open() as file:
            return file.read()

    def chunks(self) -> Iterator[bytes]:
        """All bytes, one piece after another."""
        with self.open() as file:
            while chunk := file.read(CHUNK):
                yield chunk

    @property
    def many(self) -> bool:
        """Whether they are too many to be held row by row."""
        return self.path is not None or len(self.content) >= LONG

    @cached_property
    def sha(self) -> str:
        """The hash of the content, by which the original is kept."""
        found = hashlib.sha256()
        for chunk in self.chunks():
            found.update(chunk)
        return found.hexdigest()
