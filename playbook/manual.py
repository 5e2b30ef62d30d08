"""What `?` and the completion of a notebook tell of a class: its fields with meaning, unit and bounds."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from textwrap import wrap

from playbook.display import Row
from playbook.i18n import language, money_sign, number, t
from playbook.specs import FieldSpec

WIDTH = 100
ENDLESS = 1e9
"""A bound this far away only keeps out what no firm has."""
LIST = "    "


def question(meaning: str | None, specs: Iterable[FieldSpec], raises: str) -> str:
    """A class of a question: what it asks, its fields, what is raised."""
    return "\n".join([*_meaning(meaning), t("manual", "Fields:"), *_fields(specs, LIST), "", *_wrapped(raises, "")])


def answer(meaning: str | None, rows: Iterable[Row]) -> str:
    """An answer: what it is, and what it says, with how each figure is defined."""
    told = (" ".join(f"{row.label}: {row.value.rstrip('.')}. {row.definition}".split()) for row in rows)
    return "\n".join([*_meaning(meaning), *(line for text in told for line in _wrapped(text, LIST))])


def _meaning(docstring: str | None) -> list[str]:
    """A docstring, which is English; in another language only the example that stands in it."""
    text = inspect.cleandoc(docstring or "")
    if language() != "en":
        _, prompt, example = text.partition(">>>")
        text = prompt + example
    return [text, ""] if text else []


def _fields(specs: Iterable[FieldSpec], margin: str) -> list[str]:
    found: list[str] = []
    for spec in specs:
        facts = ", ".join(filter(None, (_unit(spec), _bounds(spec), _choices(spec), _given(spec))))
        said = f"{spec.name} ({facts}): {spec.label}. {spec.hint}".strip()
        found += [*_wrapped(said, margin), *_fields(spec.rows, margin + LIST)]
    return found


def _wrapped(text: str, margin: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent=margin, subsequent_indent=margin + LIST, break_long_words=False)


def _unit(spec: FieldSpec) -> str:
    """What kind of value it is, with its unit."""
    units = {
        "money": t("manual", "money, {sign}", sign=money_sign()),
        "share": t("manual", "share: 80% is 0.8"),
        "count": t("manual", "whole number"),
        "number": t("manual", "number"),
        "days": t("manual", "days"),
        "months": t("manual", "months"),
        "minutes": t("manual", "minutes"),
        "hours": t("manual", "hours"),
        "seconds": t("manual", "seconds"),
        "per_month": t("manual", "times a month"),
        "numbers": t("manual", "list of numbers"),
        "series": t("manual", "list of numbers"),
        "path": t("manual", "list of texts"),
    }
    kinds = {
        "number": t("manual", "number"),
        "text": t("manual", "text"),
        "note": t("manual", "text"),
        "date": t("manual", "date"),
        "flag": "True / False",
        "choice": t("manual", "one of"),
        "rows": t("manual", "list of rows, each with the fields below"),
        "part": t("manual", "an object with the fields below"),
    }
    return units.get(spec.unit) or kinds.get(spec.kind) or t("manual", "list")


def _bounds(spec: FieldSpec) -> str:
    low = spec.low if spec.low is not None and spec.low > -ENDLESS else None
    high = spec.high if spec.high is not None and spec.high < ENDLESS else None
    if low is not None and high is not None:
        return t("manual", "between {low} and {high}", low=number(low), high=number(high))
    if low is not None:
        return t("manual", "not below {low}", low=number(low))
    return t("manual", "not above {high}", high=number(high)) if high is not None else ""


def _choices(spec: FieldSpec) -> str:
    return " | ".join(f"{value!r} {words}" if words != value else repr(value) for value, words in spec.choices)


def _given(spec: FieldSpec) -> str:
    """Whether it may be left out, and what then stands for it."""
    if not spec.optional:
        return ""
    left = t("manual", "may be left out")
    empty = spec.default is None or spec.default in ("", ())
    return left if empty else t("manual", "{value} when left out", value=repr(spec.default))
