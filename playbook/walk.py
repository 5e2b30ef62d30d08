"""One look along the path: every step's inputs with their sources, its answer, its state. Computed anew at each look,
so that a number changed anywhere is right everywhere the next time anyone looks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from playbook import evidence, i18n, shown, solved, weekly
from playbook.display import Face
from playbook.errors import InvalidInput, Problem
from playbook.given import Given, Kind, as_date, doubt
from playbook.i18n import t
from playbook.model import Result, known
from playbook.solved import Asked
from playbook.specs import FieldSpec
from playbook.steps import PATH, STEPS, Step, Take
from playbook.workspace import Current, Workspace

State = Literal["done", "part", "todo"]


@dataclass(frozen=True)
class Decision:
    """What the person decided at a step."""

    what: str
    owner: str
    review: date | None
    time: datetime


@dataclass(frozen=True)
class Walked:
    """A step as it stands."""

    step: Step
    given: tuple[Given, ...]
    answer: Result | None
    problems: tuple[Problem, ...]
    state: State
    decision: Decision | None
    face: Face
    own: str = ""
    """The core that the person builds on where the count does not name it."""


class Walk:
    """A look at one workspace; values are read once and answers are solved when first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._current: dict[str, dict[str, Current]] = {}
        self._answers: dict[str, tuple[Asked | None, tuple[Problem, ...]]] = {}
        self._open: set[str] = set()
        self._plainly: dict[tuple[str, str], Given] = {}

    def current(self, step: str) -> dict[str, Current]:
        """The saved fields of a step."""
        if step not in self._current:
            self._current[step] = self.workspace.current(step)
        return self._current[step]

    def value(self, step: str, name: str) -> Any:
        """The value of one input of a step, wherever it comes from; None when there is none."""
        return self.given(step, name).value

    def outcome(self, step: str, name: str) -> Any:
        """One value of a step's answer; None while there is no answer or the value is a non-answer."""
        answer = self.answer(step)
        found = getattr(answer, name, None) if answer else None
        return known(found) if hasattr(found, "status") else found

    def answer(self, key: str) -> Result | None:
        """The step's answer, or None while something is missing."""
        asked = self.question(key)
        return solved.answer(asked) if asked else None

    def question(self, key: str) -> Asked | None:
        """The step's question with all its values; None while something is missing."""
        return self._solved(key)[0]

    def problems(self, key: str) -> tuple[Problem, ...]:
        """What keeps the step from an answer."""
        return self._solved(key)[1]

    def given(self, key: str, name: str) -> Given:
        """One input with its source."""
        step = STEPS[key]
        spec = next(spec for spec in step.asks.fields() if spec.name == name)
        return self._given(step, spec)

    def inputs(self, key: str) -> list[Given]:
        """Every input of a step that a form or a report shows; a hidden field only where the data fill it."""
        step = STEPS[key]
        found = [self._given(step, spec) for spec in step.asks.fields()]
        hidden = {item.name for item in found if item.name in step.hidden}
        filled = {item.name for item in found if item.kind == "data" and self.asked(key, item.name)}
        return [
            replace(item, open=item.open and item.name not in hidden)
            for item in found
            if item.name not in hidden - filled
        ]

    def asked(self, key: str, name: str) -> bool:
        """Whether the choices made so far leave the field in the question; what was typed before stays saved."""
        other, values = STEPS[key].when.get(name, ("", ()))
        chosen = self.value(key, other) if other else None
        return chosen is None or chosen in values

    def reached(self, key: str, path: str, row: Mapping[str, Current], defaults: Mapping[str, Any]) -> bool:
        """Whether a row of a list has come so far that one of its fields is asked."""
        told = {**defaults, **{name: field.value for name, field in row.items() if field.value is not None}}
        return all(told[name] in values for name, values in STEPS[key].stages.get(path, {}).items())

    @cached_property
    def reviewed(self) -> list[weekly.Reviewed]:
        """The metrics chosen in step 6 with their plan, the week under review and those before it."""
        return weekly.reviewed(self)

    @cached_property
    def first_day(self) -> Walk | None:
        """A look at the workspace as it stood when its first day ended; None where nobody began."""
        return evidence.before(self)

    def kpi_rows(self) -> list[dict[str, Any]] | None:
        """The same metrics as the weekly review asks for them."""
        return [row.asked for row in self.reviewed] or None

    def state(self, key: str) -> State:
        """Whether the step is answered, begun or still ahead."""
        touched = self.touched(key)
        if self.answer(key) is not None and (touched or self._fed(key)):
            return "done"
        return "part" if touched else "todo"

    def touched(self, key: str) -> bool:
        """Whether the person has typed anything into the step, a valid value or not."""
        return any(
            field.value is not None or field.draft is not None
            for name, field in self.current(key).items()
            if not name.startswith("decision_")
        )

    def lacking(self, key: str) -> Iterator[Problem]:
        """Fields that are not taken for nothing on the path while nobody has told them."""
        for name in STEPS[key].needs:
            if self.given(key, name).value is None:
                hint = t("steps", "What is not known is not taken for 0: type 0 if there is none.")
                yield Problem(name, t("model", "'{name}' is missing.", name=name), "", hint)

    def decision(self, key: str) -> Decision | None:
        """The person's own decision at a step."""
        fields = self.current(key)
        what = fields.get("decision")
        if what is None or not what.value:
            return None
        owner = fields.get("decision_owner")
        review = fields.get("decision_review")
        return Decision(
            what=str(what.value),
            owner=str(owner.value or "") if owner else "",
            review=as_date(review.value) if review else None,
            time=what.time,
        )

    def core(self) -> str:
        """The core that the person builds on: their own choice, else the one that comes first; empty before step 4."""
        counted = self.state("core") != "todo" and self.outcome("core", "firm")
        ranked = self.outcome("core", "ranked") if counted else None
        own = self.current("core").get("decision_core")
        return str(own.value) if own and own.value else str(ranked[0].core) if ranked else ""

    def early(self) -> str:
        """That channels cannot be judged yet, and from when on; empty once they can, and before the work begins."""
        if self.outcome("timeline", "judge_channels") is not False or self.outcome("timeline", "stage") == "ahead":
            return ""
        said = self.face("timeline").verdict
        return f"{said.say} {said.flip}"

    def face(self, key: str) -> Face:
        """What the step shows: its answer, or calmly what is still missing, and what is to be known of its figures."""
        return shown.face(self, key)

    def walked(self, key: str) -> Walked:
        """Everything about one step."""
        return Walked(
            step=STEPS[key],
            given=tuple(self.inputs(key)),
            answer=self.answer(key),
            problems=self.problems(key),
            state=self.state(key),
            decision=self.decision(key),
            face=self.face(key),
            own=shown.own_core(self) if key == "core" else "",
        )

    def path(self) -> list[Walked]:
        """Every step of the path as it stands, in order."""
        return [self.walked(step.key) for step in PATH]

    @cached_property
    def imported(self) -> Any:
        """What the imported data say; None without data."""
        active = tuple((batch.id, batch.time) for batch in self.workspace.batches() if batch.active)
        if not active:
            return None
        from playbook.data import engines

        engine = engines.chosen(self.workspace)
        minute = 0 if engine == engines.DEFAULT else int(time.time() // 60)
        return _imported(self.workspace.path, active, i18n.language(), (engine, minute))

    @property
    def facts(self) -> Mapping[str, Any]:
        """Every figure of the imported data, by fact; empty without data."""
        return self.imported.facts if self.imported else {}

    def proof(self, key: str, name: str) -> Any:
        """What the imported data show of a field, in words that may be written there; None without them."""
        proof = STEPS[key].proofs.get(name)
        if callable(proof):
            return proof(self)
        return self.imported.proofs.get(proof) if proof and self.imported else None

    def in_own_currency(self, fact: Any) -> bool:
        """Whether an amount of the data may stand among the workspace's own."""
        return not fact.currency or fact.currency == self.workspace.setting("currency", "USD")

    def _fed(self, key: str) -> bool:
        """Whether the imported data answer for a person who has typed nothing."""
        return bool(STEPS[key].facts) and any(item.kind == "data" for item in self.inputs(key))

    def _solved(self, key: str) -> tuple[Asked | None, tuple[Problem, ...]]:
        if key not in self._answers:
            if key in self._open:  # a step that is being solved cannot lend its answer to itself
                return None, ()
            self._open.add(key)
            try:
                self._answers[key] = self._solve(key)
            finally:
                self._open.discard(key)
        return self._answers[key]

    def _solve(self, key: str) -> tuple[Asked | None, tuple[Problem, ...]]:
        step = STEPS[key]
        data: dict[str, Any] = {}
        for spec in step.asks.fields():
            given = self._given(step, spec)
            if given.value is None or not self.asked(key, spec.name):
                continue
            if given.kind == "default" and spec.name in data:  # the data said it with another field
                continue
            measured = given.fact.gives if given.kind == "data" else {}
            data.update(measured or {spec.name: given.value})
        lacking = tuple(self.lacking(key))
        asked = Asked.of(step.asks, data)
        try:
            solved.answer(asked)
        except InvalidInput as error:
            return None, (*error.problems, *lacking)
        return (None, lacking) if lacking else (asked, ())

    def _given(self, step: Step, spec: FieldSpec) -> Given:
        take = next((take for take in step.takes if take.field == spec.name), None)
        taken = take.read(self) if take else None
        if take and taken is not None and not take.suggestion:
            return Given(spec, spec.name, taken, "taken", _from(take), take.source, open=False)
        own = self._of_step(step, spec)
        stands = own.kind == "typed" or (own.kind == "data" and not own.doubt)
        if stands or take is None or taken is None:
            return replace(own, value=None, kind="empty") if own.kind == "default" and spec.name in step.needs else own
        seen = {"fact": own.fact, "doubt": own.doubt}
        return Given(spec, spec.name, taken, "taken", _from(take), take.source, own.draft, own.revision, **seen)

    def _of_step(self, step: Step, spec: FieldSpec) -> Given:
        """The field as typed here or as the data have it, looked up once."""
        key = (step.key, spec.name)
        if key not in self._plainly:
            typed = self._time(step.key, spec.name)
            met = self.meeting(self._own(step.key, spec), self._fact(step, spec.name), typed)
            other = step.along.get(spec.name) if met.kind == "data" and met.doubt else None
            if other and self.given(step.key, other).kind != "data":
                met = self._own(step.key, spec)
            self._plainly[key] = met
        return self._plainly[key]

    def meeting(self, own: Given, fact: Any, typed: datetime | None) -> Given:
        """A field with the figure of the data beside it: of the two the newer one stands, and the other is kept.

        Rows of one's own stand until they are given up: data never take their place unasked. Nor do data that are few
        or old take that of a number.
        """
        if fact is None:
            return own
        listed = own.spec.kind == "rows"
        doubted = "" if listed else doubt(fact, ageless=bool(self.workspace.setting("sample")))
        if own.kind == "typed" and (listed or doubted or (typed and typed > fact.time)):
            return replace(own, fact=fact, doubt=doubted)
        mine = own.value if own.kind == "typed" else None
        return replace(
            own,
            value=fact.gives[own.name] if listed else fact.value,
            kind="data",
            source_text=fact.source_text,
            source_step="data",
            fact=fact,
            mine=mine,
            doubt=doubted,
        )

    def _fact(self, step: Step, name: str) -> Any:
        named = step.facts.get(name, "")
        fact = named(self) if callable(named) else self.facts.get(named)
        if fact is None or getattr(fact, "value", None) is None:
            return None
        return fact if self.in_own_currency(fact) else None

    def _time(self, key: str, name: str) -> datetime | None:
        field = self.current(key).get(name)
        return field.time if field else None

    def _own(self, key: str, spec: FieldSpec) -> Given:
        if spec.kind in ("rows", "part", "data"):
            value = self._nested(key, spec)
            return Given(spec, spec.name, value, "typed" if value is not None else "empty")
        field = self.current(key).get(spec.name)
        if field is None or field.value is None:
            kind: Kind = "empty" if spec.default is None else "default"
            draft, revision = (field.draft, field.revision) if field else (None, None)
            return Given(spec, spec.name, spec.default, kind, draft=draft, revision=revision)
        return Given(spec, spec.name, field.value, "typed", draft=field.draft, revision=field.revision)

    def _nested(self, key: str, spec: FieldSpec) -> Any:
        """Rows, parts and mappings are saved field by field under `name/...`."""
        if spec.kind == "rows":
            rows = self.workspace.rows(key, spec.name)
            return [_plain(self._asked_of(key, spec, fields)) for fields in rows.values()] or None
        start = f"{spec.name}/"
        inside = {
            name.removeprefix(start): field for name, field in self.current(key).items() if name.startswith(start)
        }
        return _plain(inside) or None

    def _asked_of(self, key: str, spec: FieldSpec, row: dict[str, Current]) -> dict[str, Current]:
        """The fields of a row that are asked; what was typed into the others before stays saved and is not read."""
        step, found = STEPS[key], {}
        if not step.stages and not any(name.startswith(f"{spec.name}/") for name in step.when):
            return row
        defaults = {inner.name: inner.default for inner in spec.rows}
        for name, field in row.items():
            path = f"{spec.name}/{name.partition('/')[0]}"
            if self.asked(key, path) and self.reached(key, path, row, defaults):
                found[name] = field
        return found


@lru_cache(maxsize=64)
def _imported(path: Path, _active: tuple[tuple[int, datetime], ...], _language: str, _engine: tuple[str, int]) -> Any:
    """What a workspace's data say, which changes only with its imports; another one in its place has other times.

    A server of the person's own may be up again in a minute.
    """
    from playbook.data.imported import Imported

    return Imported(Workspace(path))


def _from(take: Take) -> str:
    if take.source not in STEPS:
        return t("steps", "from your data") if take.source == "data" else t("steps", "from your settings")
    source = STEPS[take.source]
    name = source.title()
    if source.number is not None:
        name = t("steps", "Step {number} · {name}", number=source.number, name=name)
    return t("steps", "{name}: {how}", name=name, how=take.how()) if take.how else name


def _plain(fields: dict[str, Current]) -> dict[str, Any]:
    """The values by name; those of a mapping inside a row, such as `answers/ease`, together."""
    found: dict[str, Any] = {}
    for name, field in _valued(fields):
        outer, _, inner = name.partition("/")
        if inner:
            found.setdefault(outer, {})[inner] = field.value
        else:
            found[outer] = field.value
    return found


def _valued(fields: dict[str, Current]) -> Iterator[tuple[str, Current]]:
    return ((name, field) for name, field in fields.items() if field.value is not None)
