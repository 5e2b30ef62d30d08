"""How a field's value is written into a form and read back from what a person typed."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Literal

from pydantic_core import PydanticCustomError

from playbook import i18n
from playbook.display import sentence
from playbook.errors import Problem
from playbook.faults import outside, seen
from playbook.given import as_date
from playbook.i18n import t
from playbook.model import Part, check
from playbook.questions.ten import unknown
from playbook.specs import FieldSpec
from playbook.units import read_day, read_length, read_number, read_range

LONGEST = {"text": 2_000, "note": 20_000}
SHORT_CHOICES, SHORT_WORDS = 5, 60
"""Choices up to this many, and this many characters together, stand side by side; others in a menu."""

Shape = Literal["side", "list", "menu"]
LENGTHS = ("minutes", "hours", "days", "months")
SUFFIXES = {"share": "%", "days": "d", "months": "mo", "minutes": "min", "hours": "h"}


def suffix(spec: FieldSpec) -> str:
    """The unit that stands inside the field."""
    if spec.unit == "money":
        return i18n.money_sign()
    if spec.unit == "per_month":
        return t("ui", "×")
    short = SUFFIXES.get(spec.unit, "")
    return short if short == "%" or not short else t("ui", short)


def choices(spec: FieldSpec) -> tuple[tuple[str, str], ...]:
    """The values that may be chosen and their words."""
    return (("yes", t("steps", "yes")), ("no", t("steps", "no"))) if spec.kind == "flag" else spec.choices


def typed(spec: FieldSpec, raw: str | None) -> str:
    """What stands in the field on the page when `raw` is read from it: a choice by its words."""
    text = raw or ""
    return dict(choices(spec)).get(text, text) if spec.kind in ("choice", "flag") else text


def shape(spec: FieldSpec) -> Shape:
    """How the choices stand: points under one another, a few short ones side by side, others in a menu."""
    if spec.unit == "points":
        return "list"
    if spec.unit == "named":  # names from another list, as many as there are
        return "menu"
    words = [words for _, words in choices(spec)]
    return "side" if len(words) <= SHORT_CHOICES and sum(map(len, words)) <= SHORT_WORDS else "menu"


def editable(spec: FieldSpec, value: Any, places: int = 4) -> str:
    """The value as it stands in the field, ready to be changed; an empty row of numbers is an empty field.

    A number that nobody typed needs fewer `places`.
    """
    if value is None or value == ():
        return ""
    if spec.kind == "number" and not isinstance(value, str):
        return _figures(value * 100, 2) if spec.unit == "share" else _figures(value, places)
    if spec.kind == "flag":
        return "yes" if value else "no"
    if spec.kind == "date" and (day := as_date(value)):
        return i18n.typed_day(day)
    return str(value)


def _figures(value: float, places: int) -> str:
    """A number with so many places; with more where it is below 1, so that a small one is not shown as 0."""
    small = 0 < abs(value) < 1
    return i18n.number(value, places - math.floor(math.log10(abs(value))) if small else places)


def read(part: type[Part] | None, spec: FieldSpec, raw: str | None) -> tuple[Any, Problem | None]:
    """The value behind what was typed, and what is wrong with it; an emptied field is None and nothing is wrong.

    A number out of its bounds is returned as typed beside the problem: it is never changed behind anyone's back.
    """
    text = (raw or "").strip() if spec.kind != "note" else (raw or "")
    if not text:
        return None, None
    value, problem = _value(spec, text)
    if problem is None and part is not None and (found := check(part, spec.name, value)) is not None:
        problem = replace(found, saw=seen(text))  # 120 was typed, though 1.2 is what was checked
    if problem is None and part is None:
        problem = _outside(spec, value, text)
    return value, problem or _too_long(spec, value)


def _outside(spec: FieldSpec, value: Any, text: str) -> Problem | None:
    """What is wrong with a number, or with an end of a range, of a field that no question types."""
    ends: tuple[float, ...] = (value,) if isinstance(value, int | float) else ()
    if spec.kind == "number" and isinstance(value, str) and not unknown(value):
        scale = 100 if spec.unit == "share" else 1
        ends = tuple(end / scale for end in read_range(value, decimal_comma=i18n.language() == "ru"))
    return next(filter(None, (outside(spec, end, seen(text)) for end in ends)), None)


def _too_long(spec: FieldSpec, value: Any) -> Problem | None:
    most = LONGEST["note" if spec.kind == "note" else "text"]
    if not isinstance(value, str) or len(value) <= most:
        return None
    saw = t("ui", "{count} characters", count=i18n.number(len(value)))
    return Problem(spec.name, t("ui", "At most {most} characters.", most=i18n.number(most)), saw, t("ui", "shorten it"))


def _value(spec: FieldSpec, text: str) -> tuple[Any, Problem | None]:
    if spec.unit == "points":
        return int(text), None
    if spec.kind == "flag":
        return text == "yes", None
    if spec.kind == "date":
        return _date(spec, text)
    if spec.kind != "number" or (spec.rough and _rough(text)):
        return text, None
    try:
        number = _number(text, spec.unit)
    except ValueError:
        example = i18n.money(8400) if spec.unit == "money" else i18n.number(12.5)
        hint = t("ui", "a number is needed here, for example {example}", example=example)
        return text, Problem(spec.name, t("ui", "This is not a number."), saw=text, hint=hint)
    if spec.unit == "share":
        number /= 100
    whole = spec.unit == "count" and number == int(number)
    return int(number) if whole else number, None


def _number(text: str, unit: str) -> float:
    comma = i18n.language() == "ru"
    if unit in LENGTHS:
        return read_length(text, unit, decimal_comma=comma)
    return read_number(text, decimal_comma=comma)


def _rough(text: str) -> bool:
    """Whether a text is a range, or says that one does not know."""
    if unknown(text):
        return True
    try:
        read_range(text, decimal_comma=i18n.language() == "ru")
    except ValueError:
        return False
    return True


def _date(spec: FieldSpec, text: str) -> tuple[str, Problem | None]:
    """An ISO date, read from `2026-12-07` or `07.12.2026`."""
    try:
        return str(read_day(text).isoformat()), None
    except PydanticCustomError as error:
        return text, Problem(spec.name, t("ui", "This is not a date."), saw=text, hint=error.message())


def said(problem: Problem) -> str:
    """A problem in one line beside its field."""
    saw = t("ui", "You typed: {saw}.", saw=problem.saw) if problem.saw else ""
    return " ".join(part for part in (problem.what, saw, sentence(problem.hint)) if part)
