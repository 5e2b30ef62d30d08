"""The letters of a long file: told apart in its own bytes, and turned into UTF-8 where they are written anew."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import numpy as np

_WIDE = "utf-16"
"""Begins the names of encodings in which a line end is no byte: such a file is turned into UTF-8 as it is read."""
_UTF8 = "utf-8"
_ORDER_MARK = "\ufeff"
_SPACES = [space for space in map(chr, range(0x3001)) if space.isspace()]


class Letters:
    """An encoding in which ASCII is ASCII, so that lines and the marks between cells are bytes."""

    def __init__(self, encoding: str) -> None:
        self._strict = encoding == _UTF8
        self._utf8 = encoding.startswith((_UTF8, _WIDE))
        self._codec = _UTF8 if self._utf8 else encoding
        self.ink = np.ones(256, dtype=bool)
        """Which bytes can begin no blank line: none of a space, nor the first of one that takes several."""
        none = [said[0] for letter in (*_SPACES, _ORDER_MARK) if (said := letter.encode(self._codec, "ignore"))]
        self.ink[[*range(0x21), *none]] = False

    def text(self, block: bytes) -> str:
        """Some lines as text, without marks of byte order.

        Raises:
            UnicodeDecodeError: they are not in UTF-8 after all.
        """
        if self._strict:  # a file cut off inside a letter loses that letter only
            text, _ = codecs.utf_8_decode(block, "strict", False)
        else:
            text = block.decode(self._codec, "replace")
        return text.replace(_ORDER_MARK, "") if self._utf8 else text

    def clean(self, block: bytes) -> bytes:
        """The same in UTF-8.

        Raises:
            UnicodeDecodeError: they are not in UTF-8 after all.
        """
        if not self._strict:
            return self.text(block).encode()
        _, used = codecs.utf_8_decode(block, "strict", False)
        block = block[:used]
        return block.replace(codecs.BOM_UTF8, b"") if codecs.BOM_UTF8[:1] in block else block


def bytewise(encoding: str) -> Callable[[bytes, bool], bytes]:
    """What turns one piece of a file after another into bytes in which ASCII is ASCII; told which piece is the last."""
    if not encoding.startswith(_WIDE):
        return lambda piece, _: piece
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    return lambda piece, last: decoder.decode(piece, final=last).encode()
