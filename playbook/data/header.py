"""Headers: the same name however it is written, found by what it says and never by where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

OURS = "playbook "
"""The columns that we add to rejected rows begin so."""
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\ufeff_]+")
_QUOTES = str.maketrans("", "", '"\u00ab\u00bb\u201c\u201d')
_UNIT = re.compile(r"^(?P<name>[^,(]+?)\s*[,(]\s*(?P<unit>.*?)\)?$")


@dataclass(frozen=True)
class Name:
    """A header made comparable: `whole`, and `bare` without the unit that was cut off it."""

    whole: str
    bare: str
    unit: str = ""


def read_name(text: str) -> Name:
    """Make a header comparable: no quotes, marks or outer spaces, lower case, `ё` as `е`, the unit apart.

    >>> read_name("Расход (руб.)").bare, read_name("Расход, ₽").unit
    ('расход', '₽')
    """
    whole = _SPACES.sub(" ", text.translate(_QUOTES)).strip().lower().replace("ё", "е")
    found = _UNIT.match(whole)
    return Name(whole, found["name"], found["unit"].strip()) if found else Name(whole, whole)


class Headers:
    """The headers of one row, looked up by name."""

    def __init__(self, cells: Iterable[str]) -> None:
        self.names = [read_name(cell) for cell in cells]
        self._places: dict[str, list[int]] = {}
        self._bare: dict[str, list[int]] = {}
        for place, name in enumerate(self.names):
            self._places.setdefault(name.whole, []).append(place)
            self._bare.setdefault(name.bare, []).append(place)

    @property
    def filled(self) -> int:
        """How many of the file's own say anything."""
        return sum(bool(name.whole) and not name.whole.startswith(OURS) for name in self.names)

    def places(self, known: Iterable[Name]) -> list[int]:
        """Columns that go by one of the `known` names, in their order; a header written in full goes first."""
        wanted = [name for name in known if name.whole]
        full = [place for name in wanted for place in self._places.get(name.whole, [])]
        cut = [place for name in wanted for place in self._bare.get(name.bare, [])]
        stars = [place for name in wanted if "*" in name.whole for place in self._like(name.whole)]
        return list(dict.fromkeys(full + cut + stars))

    def has(self, known: Iterable[Name]) -> bool:
        """Whether one of the `known` names stands here; one with a unit must stand in full."""
        names = list(known)
        return bool(self.places(name for name in names if not name.unit)) or any(
            one.whole in self._places for one in names
        )

    def _like(self, pattern: str) -> list[int]:
        return [place for place, name in enumerate(self.names) if fnmatchcase(name.whole, pattern)]
