"""What a step was computed from, as the report lists it: label, value, source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from playbook import texts
from playbook.given import Given, written
from playbook.i18n import t, tn
from playbook.specs import FieldSpec
from playbook.walk import Walked

_LONG = 28
"""A value of more signs than this takes the whole width under its label."""
_UNITS = {"money": "money", "share": "share", "minutes": "minutes"}
"""The units of the ten questions that are answered by a measured number."""


@dataclass(frozen=True)
class Input:
    """One thing a step was computed from: `lines` is its value, a line for each row of a list."""

    label: str
    lines: tuple[str, ...]
    source: str

    @property
    def long(self) -> bool:
        """Whether the value needs the whole width."""
        return len(self.lines) > 1 or len(self.lines[0]) > _LONG


def listed(walked: Walked, *, shown: bool) -> Iterator[Input]:
    """Every input that has a value; lists that the answer has `shown` already are counted and not written out again."""
    for given in walked.given:
        if given.kind == "empty":
            continue
        if walked.step.key in _BY_NAME and given.field == "answers" and isinstance(given.value, dict):
            yield from _BY_NAME[walked.step.key](given)
        elif shown and given.spec.kind == "rows" and given.value:
            rows = tn("report", "{n} row, shown above", "{n} rows, shown above", len(given.value))
            yield Input(given.label, (rows,), _source(given))
        elif lines := _lines(given):
            yield Input(given.label, lines, _source(given))


def _ten(given: Given) -> Iterator[Input]:
    """The answers to the ten questions, by the questions' short names."""
    for question in texts.load("ten.toml")["questions"]:
        value = given.value.get(question["id"])
        if value not in (None, "", []):
            yield Input(question["short"], (_measured(value, given.spec, question["kind"]),), _source(given))


def _measured(value: Any, spec: FieldSpec, kind: str) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(part) for part in value)
    return written(value, replace(spec, kind="number", unit=_UNITS.get(kind, "")))


def _maturity(given: Given) -> Iterator[Input]:
    """The criteria with the points given, each with what those points stand for."""
    for criterion in texts.load("maturity.toml")["criteria"]:
        points = given.value.get(criterion["id"])
        if points is not None:
            yield Input(criterion["question"], (f"{points}/2",), criterion.get(f"a{points}", ""))


_BY_NAME = {"ten": _ten, "maturity": _maturity}
"""The steps whose answers are named by knowledge and not by fields."""


def _lines(given: Given) -> tuple[str, ...]:
    spec, value = given.spec, given.value
    if spec.kind == "part" and isinstance(value, dict):
        return tuple(filter(None, [_joined(value, spec)]))
    if spec.kind == "rows" and isinstance(value, list | tuple):
        rows = [_joined(row, spec) for row in value if isinstance(row, dict)]
        return tuple(filter(None, rows))
    text = given.value_text
    return (text,) if text else ()


def _joined(row: dict[str, object], spec: FieldSpec) -> str:
    """The fields of a row that were filled in, in the order of the form."""
    texts = [written(row[part.name], part) for part in spec.rows if row.get(part.name) not in (None, "", [])]
    return " · ".join(text for text in texts if text)


def _typed(given: Given) -> str:
    """A typed number, with that of the data where the two disagree."""
    if not given.disagrees:
        return t("report", "typed")
    said = t("report", "typed; the data say {said}: {source}", said=given.said, source=given.fact.source_text)
    return "; ".join(filter(None, (said, given.doubt)))


def _of_data(given: Given) -> str:
    """Systems, days and rows, and what is to be known of the number."""
    source = given.source_text or t("report", "from imported data")
    return "; ".join(filter(None, (source, given.fact.note if given.fact is not None else "", given.doubt)))


def _source(given: Given) -> str:
    words = {
        "typed": _typed(given),
        "default": t("report", "preset"),
        "data": _of_data(given),
        "taken": given.source_text,
    }
    source = words.get(given.kind, "")
    if given.draft is None:
        return source
    draft = t("report", "“{draft}” is typed and cannot be counted yet", draft=given.draft)
    return f"{source}; {draft}" if source else draft
