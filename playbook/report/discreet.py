"""A workspace read without the names of people: each is a letter, wherever it stands, so that every sentence agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from playbook.names import BETWEEN
from playbook.questions.order import FUNCTIONS
from playbook.steps import STEPS
from playbook.workspace import Current, Record, Workspace

PEOPLE = frozenset({"owner", "decision_owner", "listener", "interview", "meeting_owner"})
"""Fields that name a person, whatever the step."""
_SEVERAL = re.compile(rf"(\s*(?:[()]|{BETWEEN})\s*)", re.IGNORECASE)
_CYRILLIC = re.compile(r"[А-Яа-яЁё]+")
_ENDINGS = {"а": "[аыеуо]й?ю?", "я": "[яиеюё]й?ю?", "й": "(?:й|я|ю|ем|е)", "ь": "(?:ь|я|ю|ем|е|и)"}
"""What a Russian name ends in, by the last letter of its first case."""


class Discreet(Workspace):
    """The same workspace, for reading only."""

    def __init__(self, path: Path, *, until: datetime | None = None) -> None:
        super().__init__(path, until=until)
        self._letters: dict[str, str] = {}

    def current(self, step: str) -> dict[str, Current]:
        """Every field of a step as it stands, without names."""
        found = super().current(step)
        return {name: self._field(step, name, field) for name, field in found.items()}

    def records(self, step: str) -> list[Record]:
        """The dated results of a step, without names."""
        return [replace(record, payload=self._hidden("", record.payload)) for record in super().records(step)]

    def _field(self, step: str, name: str, field: Current) -> Current:
        place = _place(step, name)
        draft = self._hidden(place, field.draft) if field.draft else field.draft
        return replace(field, value=self._hidden(place, field.value), draft=draft)

    def _hidden(self, place: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._hidden(key, inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._hidden(place, inner) for inner in value]
        if not isinstance(value, str):
            return value
        if place in PEOPLE:
            return "".join(self._letter(part) if _names(part) else part for part in _SEVERAL.split(value))
        return self._spoken.sub(lambda found: self._letter(self._called[found.lastgroup or ""]), value)

    def _letter(self, name: str) -> str:
        """The letter of a person, with a number for the second one who begins with it."""
        known, key = self._letters, name.casefold()
        if key not in known:
            first = f"{name[0].upper()}."
            same = sum(letter.startswith(first) for letter in known.values())
            known[key] = f"{first} {same + 1}" if same else first
        return known[key]

    @cached_property
    def _called(self) -> dict[str, str]:
        """Everyone whom a field names with a capital letter, by a name for the pattern."""
        found = dict.fromkeys(name for name in self._named() if name[0].isupper() and len(name) > 1)
        return {f"n{place}": name for place, name in enumerate(sorted(found, key=len, reverse=True))}

    @cached_property
    def _spoken(self) -> re.Pattern[str]:
        """Their names in a running text, in whatever case Russian puts them."""
        said = (f"(?P<{group}>\\b{_forms(name)}\\b)" for group, name in self._called.items())
        return re.compile("|".join(said) or r"(?!)")

    def _named(self) -> Iterator[str]:
        for step in STEPS:
            for name, field in super().current(step).items():
                if _place(step, name) in PEOPLE and isinstance(field.value, str):
                    yield from filter(_names, _SEVERAL.split(field.value))
        for record in super().records("week"):
            for decision in record.payload.get("decisions", ()):
                yield from filter(_names, _SEVERAL.split(str(decision.get("owner", ""))))


def _place(step: str, name: str) -> str:
    """What a field is, by its last part; functions of the order and people of interviews count as owners."""
    last = name.rpartition("/")[2]
    if (step == "order" and last in FUNCTIONS) or (step == "icp" and name.startswith("interviews/") and last == "who"):
        return "owner"
    return last


def _names(part: str) -> bool:
    return any(map(str.isalpha, part)) and not _SEVERAL.fullmatch(part)


def _forms(name: str) -> str:
    """A pattern of the name in every case; other alphabets have one."""
    if not _CYRILLIC.fullmatch(name) or len(name) < 3:  # noqa: PLR2004 - a stem of two letters is no stem
        return re.escape(name)
    ending = _ENDINGS.get(name[-1])
    return f"{name[:-1]}{ending}" if ending else f"{name}(?:а|у|ом|ем|е)?"
