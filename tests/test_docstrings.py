"""Every example of a docstring is true: it is run, and says what it is said to say."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import playbook

HOUSE = Path(playbook.__file__).parent
ROOMS = sorted(
    ".".join(("playbook", *path.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__")
    for path in HOUSE.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


def test_examples_are_found() -> None:
    """A search that finds nothing would be green for ever."""
    assert len(ROOMS) > 60


@pytest.mark.parametrize("room", ROOMS)
def test_examples_of_a_room_are_true(room: str) -> None:
    """Each of them gives what stands below it."""
    found = doctest.testmod(import_module(room))
    assert found.attempted
    assert found.failed == 0
