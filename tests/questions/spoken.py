"""What a face and a form say, word by word, for the tests of languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from playbook.display import Face
from playbook.i18n import speaking
from playbook.model import FieldSpec
from playbook.questions import find
from playbook.rules import Check

LATIN = re.compile(r"\b(CAC|CLV|ABM|LTV|KPI|CRM|ROAS|ROMI)\b")
"""What stays Latin in Russian: the field's own abbreviations."""


def texts(value: Any) -> Iterator[str]:
    """Every text of a face, but for formulas and names that only machines read."""
    if isinstance(value, Check):
        yield value.words
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("kind", "step", "formula"):
                yield from texts(getattr(value, field.name))


def unspoken(found: Iterable[str]) -> list[str]:
    """Texts with Latin letters and not one Russian."""
    return [text for text in found if re.search("[A-Za-z]", LATIN.sub("", text)) and not re.search("[а-яё]", text)]


def face(name: str, asked: dict[str, Any], language: str) -> tuple[Face, list[str]]:
    """A face and all its texts; the words of a rule are made when they are read, so they are read here."""
    with speaking(language, "RUB"):
        made = find(name).read(asked).solve().face()
        return made, list(texts(made))


def described(specs: tuple[FieldSpec, ...]) -> Iterator[str]:
    """Labels, hints and choices of every field, those of rows too."""
    for spec in specs:
        yield from (spec.label, spec.hint, *(label for _, label in spec.choices))
        yield from described(spec.rows)
