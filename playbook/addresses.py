"""Addresses of the served playbook: every page, file and door of a firm lies under an address of that firm's own.

So a page goes on with its firm whatever is opened in another window, and after the server was started anew. Who serves
a page says under which address it lies; elsewhere, as in JupyterLab and in reports, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

FIRM = "/firm/"
_place: ContextVar[str] = ContextVar("place", default="")


@contextmanager
def under(place: str) -> Iterator[None]:
    """Write every address under `place` until the block ends."""
    before = _place.set(place)
    try:
        yield
    finally:
        _place.reset(before)


def place() -> str:
    """The firm's address under which pages lie now; empty where nothing is served."""
    return _place.get()


def to(path: str) -> str:
    """The address of a page, a file or a door of the firm.

    >>> with under(firm("3f2a")):
    ...     to("/report")
    '/firm/3f2a/report'
    """
    return f"{place()}{path}"


def firm(mark: str) -> str:
    """The address of a firm by the mark of its workspace."""
    return f"{FIRM}{mark}"


def split(path: str) -> tuple[str, str]:
    """The mark of the firm in a path, and what follows its address; no mark in a path that names no firm.

    >>> split("/firm/3f2a/step/start/")
    ('3f2a', '/step/start/')
    >>> split("/report")
    ('', '/report')
    """
    if not path.startswith(FIRM):
        return "", path
    mark, stroke, rest = path.removeprefix(FIRM).partition("/")
    return mark, f"{stroke}{rest}"
