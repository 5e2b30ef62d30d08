"""An import that ends itself with signal 9 at one of its instants: before or after any call that its writing makes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType

from playbook import paths, workspace
from playbook.cli import main
from playbook.data import (
    aside,
    changes,
    clean,
    columns,
    importer,
    lines,
    originals,
    raw,
    rejects,
    rooms,
    tables,
    telling,
)

WRITING = {module.__file__ for module in (changes, importer, originals, paths, rejects, tables, workspace)}
"""What these modules do and call is an instant; reading changes nothing."""
LAYING = {module.__file__ for module in (aside, clean, columns, lines, rooms)}
"""A long file is laid aside before it is read."""


class Instants:
    """Counts the instants, and ends the process at the last one; 0 lets it come to its end."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.seen = 0

    def __call__(self, frame: FrameType, _event: str, _arg: object) -> None:
        """One call, or the return from one."""
        if frame.f_code.co_filename in WRITING:
            self.seen += 1
            if self.seen == self.last:
                os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    instants = Instants(int(sys.argv.pop(1)))
    if sys.argv.pop(1) == "long":
        WRITING |= LAYING
        raw.LONG = 1
        telling.FIRST = 0
    threading.setprofile(instants)
    sys.setprofile(instants)
    try:
        main()
    finally:
        sys.setprofile(None)
        sys.stderr.write(str(instants.seen))
