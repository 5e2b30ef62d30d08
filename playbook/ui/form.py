"""A step's form as plain data: titled sets of fields with their values, drafts and sources. Both faces build on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from playbook import i18n, metrics, presets, texts, week_series, weekly
from playbook.documents import Document
from playbook.given import Given
from playbook.i18n import t, tn
from playbook.model import Part
from playbook.questions.ideas import pxl_questions
from playbook.questions.thirty_days import Plan
from playbook.specs import FieldSpec
from playbook.steps import STEPS
from playbook.ui import fields
from playbook.units import EXAMPLE
from playbook.walk import Walk
from playbook.workspace import Current

TYPED, COUNTED = 4, 2
"""Places after the point that a field shows of a number, of one that an earlier step counted."""
MOST_OPEN = 3
"""Rows of a list that stand open; in a longer one, those that are filled in are folded."""
UNITS = {"money": "money", "share": "share", "minutes": "minutes", "count": "number"}
MOST_TAKEN = 50
"""Rows of data that may be made one's own: more of them nobody changes by hand."""


@dataclass(frozen=True)
class Field:
    """One field of a form, under the name it is saved by (`price`, `offer/exists`, `chosen/2/owner`)."""

    name: str
    spec: FieldSpec
    part: type[Part] | None
    value: Any = None
    draft: str | None = None
    revision: int | None = None
    source: str = ""
    source_step: str = ""
    given: Given | None = None
    """Where the value comes from, for a field that the data can fill."""
    proof: Any = None
    """What the data show of it, in words that may be written there."""

    @property
    def text(self) -> str:
        """What stands in the field: the person's own words where they are not a valid value."""
        if self.draft is not None:
            return self.draft
        return fields.editable(self.spec, self.value, COUNTED if self.source_step else TYPED)

    @property
    def waiting(self) -> str:
        """What the data put into the field while it is empty; how a date is typed."""
        if self.given:
            return fields.editable(self.spec, self.given.fact.value)
        return i18n.typed_day(EXAMPLE) if self.spec.kind == "date" else ""

    @property
    def proven(self) -> bool:
        """Whether the words of the data stand in the field."""
        evidence = self.proof.evidence if self.proof else None
        return evidence is not None and self.text == fields.editable(self.spec, evidence)


@dataclass(frozen=True)
class FieldSet:
    """Fields under one title. `row` names the list and row they are; `adds` the list to which a row may be added, and
    `takes` the list whose rows come from elsewhere and may be made one's own, `gives` the one whose own rows may make
    way for those of the data. `folds` is a row of a long list, `open`
    while something in it is still to be done.
    """

    title: str
    fields: tuple[Field, ...]
    note: str = ""
    row: tuple[str, str] | None = None
    adds: str = ""
    takes: str = ""
    gives: str = ""
    folds: bool = False
    seldom: bool = False
    """Whether most people leave all of it empty."""

    @property
    def name(self) -> str:
        """What a folded set is called by: a row's first words, or how much may stay empty."""
        if self.seldom:
            return tn("ui", "{n} field that may stay empty", "{n} fields that may stay empty", len(self.fields))
        first = self.fields[0]
        return dict(fields.choices(first.spec)).get(first.text, "") if first.spec.kind == "choice" else first.text

    @property
    def open(self) -> bool:
        """Whether a row has no name yet, a rare set has something in it, or anything is no valid value."""
        if self.seldom:
            return any(field.text for field in self.fields)
        return not self.name or any(field.draft is not None for field in self.fields)


def sets(walk: Walk, key: str) -> list[FieldSet]:
    """The sets of a step's form in reading order; what was taken over is left out."""
    question = STEPS[key].asks
    given = {item.name: item for item in walk.inputs(key) if item.open and walk.asked(key, item.name)}
    grouped = [name for _, names in question.groups for name in names]
    rest = tuple(name for name in given if name not in grouped)
    found: list[FieldSet] = []
    for title, names in (*question.groups, ("", rest)):
        heading = t(question.name, title) if title else ""
        seldom = title in question.seldom
        group = _group(walk, key, heading, [given[name] for name in names if name in given])
        found += (replace(one, folds=seldom or one.folds, seldom=seldom) for one in group)
    return [*_this_week(walk), *found] if key == "week" else found


def place(walk: Walk, key: str, path: str) -> tuple[str, str] | None:
    """The typed field that a fault's path such as `price` or `ideas.3.ends` means, with its label; None without one."""
    top, _, inner = path.partition(".")
    item = next((item for item in walk.inputs(key) if item.name == top and item.kind == "typed"), None)
    if item is None or not inner:
        return (item.name, item.label) if item else None
    number, _, name = inner.partition(".")
    if item.spec.kind != "rows" or not number.isdigit():
        return None
    row = list(walk.workspace.rows(key, top).items())[int(number)]
    spec = next((spec for spec in item.spec.rows if spec.name == name), None)
    typed = spec is not None and name in row[1] and row[1][name].value is not None
    return (f"{top}/{row[0]}/{name}", spec.label) if spec and typed else None


def decision(walk: Walk, key: str) -> FieldSet:
    """What the person decides at a step, who does it and when it is looked at again; at step 4 also the core."""
    specs = [
        replace(BLANK, name="decision", label=t("ui", "What do you decide?"), kind="note", unit="note"),
        replace(BLANK, name="decision_owner", label=t("ui", "Who")),
        replace(BLANK, name="decision_review", label=t("ui", "Review on"), kind="date"),
    ]
    if key == "core":
        named = {core: str(entry["name"]) for core, entry in texts.by_id("cores.toml", "cores").items()}
        cores = (("", t("ui", "As counted")), *named.items())
        specs.insert(0, replace(BLANK, name="decision_core", label=t("ui", "Build on"), kind="choice", choices=cores))
    return FieldSet(t("ui", "Your decision"), tuple(_saved(walk, key, spec) for spec in specs))


def _group(walk: Walk, key: str, title: str, given: list[Given]) -> Iterator[FieldSet]:
    """The plain fields of a group as one set; nested ones as sets of their own after it."""
    plain = tuple(
        _field(_named(walk, key, item), STEPS[key].asks)
        for item in given
        if item.spec.kind not in ("rows", "part", "data")
    )
    if plain:
        yield FieldSet(title or STEPS[key].title(), plain)
    for item in given:
        if item.spec.kind == "rows" and STEPS[key].room == "documents":
            yield FieldSet(title or item.spec.label, (), item.spec.hint)
            yield from map(_in_document, _row_sets(walk, key, item))
        elif item.spec.kind == "rows":
            yield from _row_sets(walk, key, item)
        elif item.spec.kind == "part":
            inside = tuple(_nested(walk, key, item.spec, item.name, {}))
            if STEPS[key].room == "documents":
                yield _stage(walk, key, item, inside)
            else:
                yield FieldSet(item.spec.label, inside, item.spec.hint)
        elif item.spec.kind == "data":
            yield from _listed(walk, key)


def _this_week(walk: Walk) -> Iterator[FieldSet]:
    """A number for every metric chosen in step 6, out of the data where they give it."""
    reviewed = walk.reviewed
    fields = tuple(_field(row.given, None) for row in reviewed)
    if fields:
        found = (data for row in reviewed if (data := week_series.series(walk, row.metric)))
        title = t("ui", "Figures of {days}", days=weekly.days(walk))
        yield FieldSet(title, fields, " ".join(filter(None, (weekly.behind(walk), week_series.begun(found)))))


def _field(item: Given, part: type[Part] | None) -> Field:
    shown = item.value if item.kind != "empty" else None
    of_data = item if item.fact is not None else None
    return Field(
        item.name, item.spec, part, shown, item.draft, item.revision, item.source_text, item.source_step, of_data
    )


def _row_sets(walk: Walk, key: str, item: Given) -> Iterator[FieldSet]:
    rows = walk.workspace.rows(key, item.name)
    for place, (row, saved) in enumerate(rows.items(), 1):
        inside = tuple(_nested(walk, key, item.spec, f"{item.name}/{row}", saved))
        title = " · ".join(filter(None, (item.spec.label, str(place), _state(inside))))
        yield FieldSet(title, inside, row=(item.name, row), folds=len(rows) > MOST_OPEN)
    note, takes = "" if rows else item.spec.hint, ""
    if item.kind in ("taken", "data") and item.value:
        source, count = item.source_text, len(item.value)
        note = tn("ui", "{n} row: {source}.", "{n} rows: {source}.", count, source=source)
        takes = item.name if count <= MOST_TAKEN else ""
    gives = item.name if rows and item.fact is not None else ""
    if gives:
        count, source = len(item.fact.gives[item.name]), item.fact.source_text
        note = tn("ui", "Your data give {n} row: {source}.", "Your data give {n} rows: {source}.", count, source=source)
    yield FieldSet("" if rows else item.spec.label, (), note, adds="" if takes else item.name, takes=takes, gives=gives)


def _state(inside: tuple[Field, ...]) -> str:
    """How far a row has come, in the words of its choice; empty where it has none or has not set out."""
    found = next((field for field in inside if field.name.endswith("/state")), None)
    if found is None or found.value == found.spec.default:
        return ""
    return dict(found.spec.choices).get(str(found.value), "")


def _in_document(group: FieldSet) -> FieldSet:
    """A row of a document folds however few there are; the list's title stands above all of it."""
    return replace(group, folds=True) if group.row else replace(group, title="", note="")


def _stage(walk: Walk, key: str, item: Given, inside: tuple[Field, ...]) -> FieldSet:
    """A part of a document, with what is known of it in its head."""
    document = getattr(walk.answer(key), "asked", None)
    head = document.heads().get(item.name, "") if isinstance(document, Document) else ""
    title = " · ".join(filter(None, (item.spec.label, head)))
    return FieldSet(title, inside, item.spec.hint, folds=True)


def _nested(walk: Walk, key: str, outer: FieldSpec, start: str, row: Mapping[str, Current]) -> Iterator[Field]:
    """The fields of a part, or of one `row` of a list."""
    current, part = walk.current(key), STEPS[key].asks.inner(outer.name)
    defaults = {spec.name: spec.default for spec in outer.rows}
    for spec in outer.rows:
        name, path = f"{start}/{spec.name}", f"{outer.name}/{spec.name}"
        saved = current.get(name)
        if not walk.asked(key, path) or path in STEPS[key].hidden or not walk.reached(key, path, row, defaults):
            continue
        if (key, spec.name) == ("ideas", "answers") and walk.value(key, "method") == "pxl":
            yield from (_saved(walk, key, asked) for asked in _pxl(name))
        if spec.kind in ("rows", "part", "data"):
            continue
        value = saved.value if saved and saved.value is not None else spec.default
        metric = current.get(f"{start}/metric")
        if name.startswith("chosen/") and spec.name == "money" and not _own(metric):  # known of those on the list
            continue
        asked = _offered(walk, key, path, spec, value)
        asked = _chosen(walk, spec, value, metric) if name.startswith("chosen/") else asked
        asked = _task(walk, spec, value) if name.startswith("handed/") and spec.name == "task" else asked
        draft, revision = (saved.draft, saved.revision) if saved else (None, None)
        yield Field(name, asked, part, value, draft, revision, proof=walk.proof(key, name))


def _named(walk: Walk, key: str, item: Given) -> Given:
    """An input that is chosen from what another list names, where one does."""
    return replace(item, spec=_offered(walk, key, item.name, item.spec, item.value))


def _offered(walk: Walk, key: str, path: str, spec: FieldSpec, value: Any) -> FieldSpec:
    """The field as a choice of what another list names; a value that is named there no more stays to be seen."""
    read = STEPS[key].choices.get(path)
    names = read(walk) if read else ()
    if not names:
        return spec
    kept = (str(value),) if value and value not in names else ()
    return replace(spec, kind="choice", unit="named", choices=(("", "—"), *((name, name) for name in (*names, *kept))))


def _task(walk: Walk, spec: FieldSpec, value: Any) -> FieldSpec:
    """A task of the plan as a choice of those there are, and of one that is there no more; typed without a plan."""
    plan = walk.answer("thirty-days")
    if not isinstance(plan, Plan):
        return spec
    tasks = {task.id: task.title for task in plan.asked.chosen()}
    if value:
        tasks.setdefault(str(value), plan.asked.called(str(value)))
    return replace(spec, kind="choice", choices=tuple(tasks.items()))


def _chosen(walk: Walk, spec: FieldSpec, value: Any, metric: Current | None) -> FieldSpec:
    """A field of a chosen metric: the metric as a choice, its target in the metric's own unit."""
    if spec.name == "metric":
        return _metric(spec, value)
    if spec.name != "target" or metric is None or not metric.value or isinstance(value, str):
        return spec
    hint = presets.of_target(walk, metrics.find(str(metric.value)).id) or spec.hint
    return replace(spec, kind="number", unit=weekly.unit(str(metric.value)), hint=hint)


def _metric(spec: FieldSpec, value: Any) -> FieldSpec:
    """The metric as a choice of the known ones; one of the person's own is named in a text field."""
    names = {metric: str(entry["name"]) for metric, entry in texts.by_id("metrics.toml", "metrics").items()}
    if value and metrics.find(str(value)).own:
        return replace(spec, hint=t("ui", "In your own words. Empty it to choose from the list again."))
    if value and value not in names:
        names[str(value)] = str(value)
    own = t("ui", "A metric of our own")
    return replace(spec, kind="choice", choices=(*names.items(), (own, own)))


def _own(metric: Current | None) -> bool:
    return metric is not None and bool(metric.value) and metrics.find(str(metric.value)).own


def _pxl(start: str) -> Iterator[FieldSpec]:
    """The questions of PXL: yes or no, or a level."""
    for ident, question, _, levels in pxl_questions():
        named = replace(BLANK, name=f"{start}/{ident}", label=question)
        if levels == 1:
            yield replace(named, kind="flag")
        else:
            points = tuple((str(level), str(level)) for level in range(levels + 1))
            yield replace(named, kind="choice", unit="points", choices=points)


def _listed(walk: Walk, key: str) -> Iterator[FieldSet]:
    """The ten questions and the twenty criteria, whose texts are knowledge."""
    if key == "ten":
        yield FieldSet("", tuple(_saved(walk, key, spec) for spec in _ten()))
    elif key == "maturity":
        known = texts.load("maturity.toml")
        for block, title in known["blocks"].items():
            specs = (_criterion(entry) for entry in known["criteria"] if entry["block"] == block)
            yield FieldSet(title, tuple(_saved(walk, key, spec) for spec in specs))


def _saved(walk: Walk, key: str, spec: FieldSpec) -> Field:
    saved = walk.current(key).get(spec.name)
    return Field(
        spec.name,
        spec,
        None,
        saved.value if saved else None,
        saved.draft if saved else None,
        saved.revision if saved else None,
        proof=walk.proof(key, spec.name),
    )


BLANK = FieldSpec("", "", "", "text", "", None, None, (), True, None, ())


def _ten() -> Iterator[FieldSpec]:
    for entry in texts.load("ten.toml")["questions"]:
        unit = UNITS.get(entry["kind"], "text")
        yield replace(
            BLANK,
            name=f"answers/{entry['id']}",
            label=entry["question"],
            hint=entry["hint"],
            kind="number" if entry["kind"] in UNITS else "note",
            unit=unit,
            low=0 if entry["kind"] in UNITS else None,
            high=1 if unit == "share" else None,
            above=entry.get("above_nothing", False),
            rough=True,
        )


def _criterion(entry: dict[str, Any]) -> FieldSpec:
    choices = tuple((str(points), str(entry[f"a{points}"])) for points in (0, 1, 2))
    return replace(
        BLANK, name=f"answers/{entry['id']}", label=entry["question"], kind="choice", unit="points", choices=choices
    )
