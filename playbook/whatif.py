"""Asking backwards, and what moves an answer most: one mechanism for every question whose answer is a number.

A numeric question names the number of its answer that matters and, where it has one, the aim it is held against. Each
input that is a number can then be solved for, by trying values over all its field could hold, and swung.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Any, ClassVar, Self

from pydantic import Field

from playbook.charts import Mark, Swings
from playbook.display import Face, Number, Table, Verdict, sentence
from playbook.errors import InvalidInput, Problem
from playbook.i18n import measured, number, share, t
from playbook.methods.crossing import Point, first_held
from playbook.model import Inputs, NonAnswer, Result, known
from playbook.specs import FieldSpec

CONTEXT = "whatif"
SWING = 0.1
"""An input of which nothing else is known is moved by a tenth of itself, down and up."""
_STEPS, _FURTHEST = 12, 1e4
_LEAST = 0.001
"""A smaller share is told as less than this."""
CHANCE, CLOSE = "probability", 0.1
MOST_CASES = 1_000_000
"""More than these nobody counts to know a rate."""


class Numeric(Inputs):
    """A question whose answer is a number, so that it can be asked backwards and swung."""

    outcome: ClassVar[tuple[str, str, str]]
    """The number of the answer that matters: its field, its unit, and its English name."""
    less_is_better: ClassVar[bool] = False
    closeness: ClassVar[float] = 1e-6
    """Up to what part of itself a value is found."""
    spelled: ClassVar[Mapping[str, str]] = {}
    """Shorter names under which an input may be asked for."""
    seen_in: ClassVar[Mapping[str, str]] = {}
    """Rates that can be measured, and the input that says in how many cases one was; empty where none does."""

    def aim(self) -> float | None:
        """The value the outcome is held against; None when the question has none."""
        return None

    def levers(self) -> tuple[str, ...]:
        """Inputs that a person can move, in the order in which they are shown: all numbers, unless named."""
        return tuple(spec.name for spec in self.fields() if spec.kind == "number")

    def held(self) -> Self:
        """The question with everything fixed that must not follow a single changed input."""
        return self

    def given(self) -> dict[str, Any]:
        """What was given, as it was given."""
        return {name: getattr(self, name) for name in self.model_fields_set}

    def changed(self, name: str, value: float) -> Self:
        """The question with one other input.

        Raises:
            InvalidInput: when the question cannot be asked so.
        """
        return type(self)(**{**self.given(), name: value})

    def ends(self, name: str) -> tuple[float, float]:
        """Between what values an input may well lie: what was seen of it, else a tenth down and up, a share up to 1."""
        now = float(getattr(self, name))
        high = now * (1 + SWING)
        return now * (1 - SWING), min(high, 1.0) if _spec(self, name).unit == "share" and now <= 1 else high

    def value(self) -> float | None:
        """The outcome of the question as it stands; None for a non-answer."""
        return known(getattr(self.solve(), self.outcome[0]))

    def solve_for(self, field: str, *, chance: float | None = None, **wanted: float) -> Inverse:
        """The value of one input at which the outcome is just as wanted, the nearest to the present one.

        `chance` stands for `probability`; any number of the answer may be wanted; with neither, the question's own aim.

        Raises:
            InvalidInput: for a field that is no number, or when nothing says what is wanted.
        """
        name = self.spelled.get(field, field)
        spec = _spec(self, name)
        wants = {**wanted, **({} if chance is None else {CHANCE: chance})}
        if len(wants) > 1 or not (wants or self.aim() is not None):
            what = t(CONTEXT, "Say one thing that is wanted.")
            hint = t(CONTEXT, "name a number of the answer, such as {name}", name=self.outcome[0])
            raise InvalidInput([Problem(field, what, ", ".join(wants), hint)])
        base = self.held()
        target = next(iter(wants.items()), None)
        if target is not None and target[0] not in type(base.solve()).model_fields:
            what = t(CONTEXT, "The answer has no number '{name}'.", name=target[0])
            raise InvalidInput([Problem(target[0], what, "", t(CONTEXT, "take one of the answer's own names"))])
        return _solved(base, spec, target)

    def tornado(self) -> Tornado:
        """How far the outcome moves when each input alone goes to the ends between which it may lie, widest first."""
        return _tornado(self.held())

    def measure_next(self) -> Measure | None:
        """The rate whose measuring tells most about the outcome, and in how many cases; None where there is none."""
        if self.value() is None:
            return None
        widest = next((one for one in self.tornado().swings if one.field in self.seen_in), None)
        rate = 0.0 if widest is None else float(getattr(self, widest.field))
        if widest is None or not 0 < rate < 1:
            return None
        cases = self.seen_in[widest.field]
        seen = (getattr(self, cases) if cases else None) or 0
        more = 3 * seen or _known_to_a_tenth(rate)
        if more > MOST_CASES:
            return None
        return Measure(field=widest.field, label=widest.label, seen=seen, more=math.ceil(more))

    def wanted_values(self) -> tuple[Inverse, ...]:
        """What each lever would have to be for the aim, where there is one."""
        if self.aim() is None:
            return ()
        return tuple(self.solve_for(name) for name in self.levers() if getattr(self.held(), name, None) is not None)


class Inverse(Result):
    """The value an input must have, or why none is enough."""

    field: str
    label: str = Field(exclude=True)
    unit: str = Field(exclude=True)
    now: float | None = None
    at: float | NonAnswer
    side: str = ""
    """`at_least` or `at_most`: on which side of it the aim is reached."""

    def face(self) -> Face:
        """What it must be, beside what it is."""
        now = "" if self.now is None else measured(self.now, self.unit)
        if isinstance(self.at, NonAnswer):
            verdict = Verdict("no", t(CONTEXT, "No value works"), sentence(self.at.reason), flip=sentence(self.at.hint))
            return Face(verdict)
        say = t(CONTEXT, "{label}: {needed} ({now} now).", label=self.label, needed=self.words(), now=now or "—")
        return Face(Verdict("yes", t(CONTEXT, "It can be reached"), say), (Number(self.label, self.words(), now),))

    def words(self) -> str:
        """The value with its side, as a cell of a table says it."""
        if isinstance(self.at, NonAnswer):
            return t(CONTEXT, "no value works")
        written = measured(self.at, self.unit)
        if self.side == "at_least":
            return t(CONTEXT, "at least {value}", value=written)
        return t(CONTEXT, "at most {value}", value=written)


class Measure(Result):
    """What is worth measuring next: the input, in how many cases it was seen, and how many more are worth seeing."""

    field: str
    label: str = Field(exclude=True)
    seen: int
    more: int

    def face(self) -> Face:
        """The one sentence."""
        return Face(Verdict("wait", t(CONTEXT, "Worth measuring"), self.words()))

    def words(self) -> str:
        """What the observations would bring: where some were seen, half the uncertainty; else a value to a tenth."""
        said = (
            t(CONTEXT, "Worth measuring next: “{label}”. {n} more observations halve what is uncertain about it.")
            if self.seen
            else t(CONTEXT, "Worth measuring next: “{label}”. After {n} observations it is known to a tenth of itself.")
        )
        return said.format(label=self.label, n=number(self.more))


class Swing(Result):
    """One input moved from its low to its high end, and the outcome at both."""

    field: str
    label: str = Field(exclude=True)
    unit: str = Field(exclude=True)
    low: float
    high: float
    outcome_low: float | None
    outcome_high: float | None

    @property
    def width(self) -> float:
        """How far the outcome moves; an end without an outcome counts as all the way."""
        if self.outcome_low is None or self.outcome_high is None:
            return math.inf
        return abs(self.outcome_high - self.outcome_low)


class Tornado(Result):
    """Every input with how far it moves the outcome, the widest first."""

    outcome: str
    name: str = Field(exclude=True)
    unit: str = Field(exclude=True)
    value: float | None
    swings: tuple[Swing, ...]

    def face(self) -> Face:
        """Which input moves the answer most, and how far each does."""
        if not self.swings or self.value is None:
            return Face(Verdict("wait", t(CONTEXT, "Nothing to move"), t(CONTEXT, "The answer is no number yet.")))
        first = self.swings[0]
        say = t(
            CONTEXT,
            "“{label}” moves it most: {name}, {ends}.",
            label=first.label,
            name=self.name,
            ends=self._ends(first),
        )
        return Face(Verdict("yes", t(CONTEXT, "What matters most"), say), chart=self.drawn(), sections=(self.table(),))

    def drawn(self) -> Swings | None:
        """The bars, widest on top, around the present outcome."""
        rows = [one for one in self.swings if math.isfinite(one.width)]
        if not rows or self.value is None:
            return None
        scale = 100 if self.unit == "share" else 1
        return Swings(
            title=t(CONTEXT, "“{label}” moves the answer most", label=rows[0].label),
            caption=t(CONTEXT, "{name}, when one input alone goes to the ends of its range.", name=self.name),
            labels=tuple(one.label for one in rows),
            values=tuple(scale * max(_both(one)) for one in rows),
            starts=tuple(scale * min(_both(one)) for one in rows),
            texts=tuple(self._ends(one) for one in rows),
            lit=0,
            limit=Mark(t(CONTEXT, "now {value}", value=measured(self.value, self.unit)), scale * self.value),
        )

    def table(self) -> Table:
        """The same in figures, with the ends of every input."""
        columns = (t(CONTEXT, "Input"), t(CONTEXT, "From"), t(CONTEXT, "To"), self.name)
        rows = tuple(
            (one.label, measured(one.low, one.unit), measured(one.high, one.unit), self._ends(one))
            for one in self.swings
        )
        return Table(t(CONTEXT, "What moves the answer"), columns, rows, numeric=(1, 2, 3))

    def _ends(self, one: Swing) -> str:
        low, high = (self._written(end) for end in (one.outcome_low, one.outcome_high))
        return t(CONTEXT, "{low} to {high}", low=low, high=high)

    def _written(self, value: float | None) -> str:
        if value is None:
            return t(CONTEXT, "none")
        if self.unit == "share" and 0 < value < _LEAST:
            return f"<{share(_LEAST)}"
        return share(value) if self.unit == "share" else measured(value, self.unit)


def _both(one: Swing) -> tuple[float, float]:
    return one.outcome_low or 0.0, one.outcome_high or 0.0


def _known_to_a_tenth(rate: float) -> float:
    """Observations after which a rate is known to a tenth of itself in eight cases of ten, by the normal curve."""
    return (NormalDist().inv_cdf(0.9) / CLOSE) ** 2 * (1 - rate) / rate


def _hashable(question: Inputs) -> bool:
    """Whether a question can be remembered: one that holds a mapping cannot."""
    try:
        hash(question)
    except TypeError:
        return False
    return True


def worth_measuring(asked: Numeric) -> tuple[str, ...]:
    """What is worth measuring next as a note of a page; nothing where nothing can be measured."""
    found = asked.measure_next()
    return () if found is None else (found.words(),)


def needed(found: Sequence[Inverse], title: str, note: str = "") -> Table:
    """What each input would have to be, one a row, beside what it is."""
    columns = (t(CONTEXT, "If only this changes"), t(CONTEXT, "Now"), t(CONTEXT, "It must be"))
    rows = tuple((one.label, "—" if one.now is None else measured(one.now, one.unit), one.words()) for one in found)
    return Table(title, columns, rows, note, numeric=(1, 2))


def _spec(question: Numeric, name: str) -> FieldSpec:
    found = next((spec for spec in question.fields() if spec.name == name and spec.kind == "number"), None)
    if found is None:
        names = ", ".join(spec.name for spec in question.fields() if spec.kind == "number")
        what = t(CONTEXT, "'{name}' is no number of this question.", name=name)
        raise InvalidInput([Problem(name, what, "", t(CONTEXT, "one of: {names}", names=names))])
    return found


@dataclass(frozen=True)
class Probe:
    """How far the outcome is from what is wanted when one input has a value; above 0 it is reached."""

    base: Numeric
    spec: FieldSpec
    target: tuple[str, float] | None

    def gap(self, value: float) -> float:
        """Minus infinity where there is no answer."""
        try:
            asked = self.base.changed(self.spec.name, int(value) if self.spec.unit == "count" else value)
            answer, aim = asked.solve(), asked.aim()
        except InvalidInput:
            return -math.inf
        name, wanted = self.target or (asked.outcome[0], aim if aim is not None else math.inf)
        found = known(getattr(answer, name))
        if found is None or not math.isfinite(wanted):
            return -math.inf
        less = self.base.less_is_better if name == asked.outcome[0] else False
        return wanted - found if less else found - wanted

    def values(self, now: float | None) -> list[float]:
        """Values over all that the field could hold, closest together around the present one, in rising order."""
        low = 0.0 if self.spec.low is None else self.spec.low
        high = 1e15 if self.spec.high is None else self.spec.high
        middle = now or (0.1 if self.spec.unit == "share" else 100.0)
        reach = _FURTHEST ** (1 / _STEPS)
        spread = {middle * reach**step for step in range(-_STEPS, _STEPS + 1)}
        if self.spec.unit == "share":
            spread |= {place / _STEPS for place in range(_STEPS + 1)}
        if self.spec.unit == "count":
            spread = {float(round(value)) for value in spread}
        return sorted(value for value in {low, *spread, *({high} if high <= 1 else ())} if low <= value <= high)

    def nearest(self, now: float | None) -> tuple[Point, Point] | None:
        """The nearest pair of neighbouring values of which one reaches what is wanted: the one that does not first."""
        values = self.values(now)
        start = min(range(len(values)), key=lambda place: abs(values[place] - (now or values[len(values) // 2])))
        seen = {start: (values[start], self.gap(values[start]))}
        for far in range(1, len(values)):
            for place, before in ((start + far, start + far - 1), (start - far, start - far + 1)):
                if not 0 <= place < len(values):
                    continue
                seen[place] = values[place], self.gap(values[place])
                pair = seen[before], seen[place]
                if (pair[0][1] >= 0) != (pair[1][1] >= 0):
                    return pair if pair[1][1] >= 0 else pair[::-1]
        return (seen[0], seen[0]) if seen[start][1] >= 0 else None

    def crossing(self, short: Point, held: Point) -> float:
        """Where what is wanted begins to be reached between two values, of which the second reaches it."""
        if self.spec.unit != "count":
            return first_held(self.gap, short, held, self.base.closeness)
        below, above = short[0], held[0]
        while abs(above - below) > 1:
            middle = (below + above) // 2
            below, above = (below, middle) if self.gap(middle) >= 0 else (middle, above)
        return above


@lru_cache(maxsize=256)
def _solve_cached(base: Numeric, spec: FieldSpec, target: tuple[str, float] | None) -> tuple[float, str] | None:
    """The value nearest to the present one at which what is wanted begins, and the side on which it is reached."""
    probe = Probe(base, spec, target)
    found = probe.nearest(getattr(base, spec.name))
    if found is None:
        return None
    return probe.crossing(*found), "at_least" if found[0][0] <= found[1][0] else "at_most"


def _solved(base: Numeric, spec: FieldSpec, target: tuple[str, float] | None) -> Inverse:
    found = (_solve_cached if _hashable(base) else _solve_cached.__wrapped__)(base, spec, target)
    now = getattr(base, spec.name)
    if found is None:
        reason = t(CONTEXT, "no value of “{label}” is enough", label=spec.label)
        none = NonAnswer(status="unreachable", reason=reason, hint=t(CONTEXT, "change something else"))
        return Inverse(field=spec.name, label=spec.label, unit=spec.unit, now=now, at=none)
    return Inverse(field=spec.name, label=spec.label, unit=spec.unit, now=now, at=found[0], side=found[1])


@lru_cache(maxsize=64)
def _swung(base: Numeric) -> tuple[tuple[str, float, float, float | None, float | None], ...]:
    found = []
    for name in _swingable(base):
        low, high = base.ends(name)
        found.append((name, low, high, _outcome(base, name, low), _outcome(base, name, high)))
    return tuple(found)


def _swingable(base: Numeric) -> Iterator[str]:
    return (name for name in base.levers() if getattr(base, name) and not isinstance(getattr(base, name), bool))


def _outcome(base: Numeric, name: str, value: float) -> float | None:
    spec = next(spec for spec in base.fields() if spec.name == name)
    low, high = (-math.inf if spec.low is None else spec.low), (math.inf if spec.high is None else spec.high)
    inside = min(max(value, low), high)
    try:
        return base.changed(name, round(inside) if spec.unit == "count" else inside).value()
    except InvalidInput:
        return None


def _tornado(base: Numeric) -> Tornado:
    specs = {spec.name: spec for spec in base.fields()}
    rows = [
        Swing(
            field=name,
            label=specs[name].label,
            unit=specs[name].unit,
            low=low,
            high=high,
            outcome_low=at_low,
            outcome_high=at_high,
        )
        for name, low, high, at_low, at_high in (_swung if _hashable(base) else _swung.__wrapped__)(base)
    ]
    moving = sorted((row for row in rows if row.width > 0), key=lambda row: -row.width)
    field, unit, name = base.outcome
    return Tornado(outcome=field, name=t(base.name, name), unit=unit, value=base.value(), swings=tuple(moving))
