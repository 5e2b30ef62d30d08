"""An input of a step with where it comes from, and how far a typed number lies from the same number in the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic_core import PydanticCustomError

from playbook import i18n, rules
from playbook.i18n import t, tn
from playbook.specs import FieldSpec
from playbook.units import read_day

CONTEXT = "given"
RULE = "typed_against_data"
LONGEST = 120
"""Characters of a list of names that is written out."""
OLD, FEW = "data_old_days", "data_few"
UNEVEN = 2
"""A list of so many times the days of another is of another time."""

Kind = Literal["typed", "data", "taken", "default", "empty"]


@dataclass(frozen=True)
class Given:
    """One input of a step: its value and where that came from."""

    spec: FieldSpec
    name: str
    value: Any
    kind: Kind
    source_text: str = ""
    source_step: str = ""
    draft: str | None = None
    revision: int | None = None
    open: bool = True
    """Whether the form asks for it; a value taken over is shown and not asked again."""
    fact: Any = None
    """The figure of the imported data that can fill the field, whether it does or not."""
    mine: Any = None
    """What the person had typed before newer data took its place."""
    doubt: str = ""
    """Why the figure of the data is not to be relied on; it takes the place of nothing by itself then."""

    @property
    def field(self) -> str:
        """The field's name in the workspace."""
        return self.name

    @property
    def label(self) -> str:
        """The field's label in the reader's language."""
        return self.spec.label

    @property
    def value_text(self) -> str:
        """The value as a reader sees it."""
        return written(self.value, self.spec)

    @property
    def typed(self) -> Any:
        """What the person typed, used or not."""
        return self.value if self.kind == "typed" else self.mine

    @property
    def said(self) -> str:
        """What the data say, as a reader sees it; empty without them."""
        return "" if self.fact is None else written(self.fact.value, self.spec)

    @property
    def compared(self) -> bool:
        """Whether a typed number and one of the data stand side by side and read differently."""
        numbers = self.fact is not None and all(isinstance(one, int | float) for one in (self.typed, self.fact.value))
        return numbers and self.spec.kind == "number" and written(self.typed, self.spec) != self.said

    @property
    def disagrees(self) -> bool:
        """Whether they lie further apart than the rule of thumb allows."""
        if not self.compared:
            return False
        return not self.fact.value or not rules.check(RULE, abs(self.typed / self.fact.value - 1)).met

    @property
    def apart(self) -> str:
        """One sentence: what was typed, what the data say, and by how much they differ; empty when they agree."""
        if not self.compared:
            return ""
        numbers = {"typed": written(self.typed, self.spec), "said": self.said}
        if not self.fact.value:
            return t(CONTEXT, "You typed {typed}; your data say {said}.", **numbers)
        by = _distance(self.typed, self.fact.value, self.spec.unit)
        if self.typed > self.fact.value:
            return t(CONTEXT, "You typed {typed}; your data say {said}. Yours is {by} more.", by=by, **numbers)
        return t(CONTEXT, "You typed {typed}; your data say {said}. Yours is {by} less.", by=by, **numbers)


def doubt(fact: Any, *, ageless: bool = False) -> str:
    """One sentence on data that are too few or were too old when they came; empty where they are neither.

    The age is that of the day of the import, so that no number changes overnight by itself; a sample firm is `ageless`.
    """
    if not hasattr(fact, "seen"):
        return ""
    days = (fact.time.astimezone().date() - fact.until).days
    old = not ageless and not rules.check(OLD, days).met
    few = not rules.check(FEW, fact.seen).met
    words = {"records": tn(CONTEXT, "{n} record", "{n} records", fact.seen), "day": i18n.date(fact.until)}
    if old and few:
        return t(CONTEXT, "{records}, the newest of {day}: too few and too old to rely on.", **words)
    if few:
        return t(CONTEXT, "{records}: too few to rely on.", **words)
    return t(CONTEXT, "The newest is of {day}: too old to rely on.", **words) if old else ""


def disjoint(inputs: Iterable[Given]) -> str:
    """That two figures of the data have no day in common; empty where all of them do."""
    told = [item for item in inputs if item.kind == "data" and item.open and hasattr(item.fact, "since")]
    if not told:
        return ""
    early = min(told, key=lambda item: item.fact.until)
    late = max(told, key=lambda item: item.fact.since)
    if late.fact.since <= early.fact.until:
        return ""
    sides = {"early": early.label, "late": late.label}
    days = {
        f"{side}_days": i18n.days(item.fact.since, item.fact.until) for side, item in (("early", early), ("late", late))
    }
    return t(
        CONTEXT,
        "Figures of different times are counted together: {early} ({early_days}) and {late} ({late_days}).",
        **sides,
        **days,
    )


def uneven(inputs: Iterable[Given]) -> str:
    """That one list of the data is of far fewer days than another beside it; empty where all are of much the same."""
    lists = [item for item in inputs if item.kind == "data" and isinstance(item.value, list) and _since(item)]
    if not lists:
        return ""
    short, long = min(lists, key=_length), max(lists, key=_length)
    if UNEVEN * _length(short) > _length(long):
        return ""
    return t(
        CONTEXT,
        "{short} are of {short_days} alone, {long} of {long_days}: their sums are not to be compared.",
        short=short.label,
        short_days=i18n.days(short.fact.since, short.fact.until),
        long=long.label,
        long_days=i18n.days(long.fact.since, long.fact.until),
    )


def _since(item: Given) -> bool:
    return hasattr(item.fact, "since")


def _length(item: Given) -> int:
    days: int = (item.fact.until - item.fact.since).days + 1
    return days


def _distance(typed: float, said: float, unit: str) -> str:
    """The difference in per cent of what the data say; of two shares in points, as per cent of per cent misleads."""
    if unit == "share":
        return t(CONTEXT, "{points} pp", points=i18n.number(abs(typed - said) * 100))
    return i18n.share(abs(typed / said - 1))


def as_date(value: object) -> date | None:
    """A saved date, as `2026-12-07` or `07.12.2026`; None for anything else."""
    try:
        day: date = read_day(value)
    except PydanticCustomError:
        return None
    return day


def lines(count: float) -> str:
    """How many rows a list has, in words."""
    return tn(CONTEXT, "{n} line", "{n} lines", count)


def _several(values: list[Any], names: dict[str, str]) -> str:
    """Values that have `names` by those; others of a few words as they are, anything longer by its count."""
    if names:
        return "; ".join(names.get(str(value), str(value)) for value in values) or t(CONTEXT, "none")
    said = ", ".join(map(str, values))
    if values and all(isinstance(value, str) for value in values) and len(said) <= LONGEST:
        return said
    return lines(len(values))


def written(value: Any, spec: FieldSpec) -> str:
    """A value as a reader sees it, by its field's unit."""
    if value is None:
        return ""
    if spec.kind == "choice":
        return dict(spec.choices).get(str(value), str(value))
    if spec.kind == "flag":
        return t("steps", "yes") if value else t("steps", "no")
    if isinstance(value, list | tuple | dict):
        return _several(list(value), dict(spec.choices))
    if spec.kind == "date" or isinstance(value, date):
        day = as_date(value)
        return i18n.date(day) if day else str(value)
    return i18n.measured(value, spec.unit) if isinstance(value, int | float) else str(value)
