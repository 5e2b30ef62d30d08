"""A document as it stands on paper: entries and tables, of what is filled in or of what is to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from playbook.documents import Document
from playbook.given import Given, written
from playbook.i18n import t
from playbook.model import Inputs
from playbook.specs import FieldSpec
from playbook.steps import STEPS
from playbook.walk import Walk
from playbook.workspace import Current

FEW_CHOICES = 8
"""More choices than these are not printed: whoever writes by hand knows the hours of a day."""
WHAT = "what"
"""The field of a row that says what is done, in a sentence."""
EMPTY_ROWS = 6
"""Empty rows of a list on a sheet where the question does not say how many."""


@dataclass(frozen=True)
class Entry:
    """One thing that is asked, and what is written there."""

    label: str
    hint: str
    text: str


@dataclass(frozen=True)
class Entries:
    """Things asked one after another."""

    title: str
    items: tuple[Entry, ...]


@dataclass(frozen=True)
class Grid:
    """A table. `across`: its columns are the rows of a list, and the first cell of each line says what is asked."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hints: tuple[str, ...] = ()
    """What to write: by column, or by line where `across`."""
    note: str = ""
    across: bool = False
    wide: tuple[int, ...] = ()
    """Columns that hold sentences."""


Block = Entries | Grid


def filled(walk: Walk, key: str) -> tuple[Block, ...]:
    """What is written in a document, drafts as they were typed; parts in which nothing is written are left out."""
    return tuple(block for block in _blocks(key, _Written(walk, key)) if _holds(block))


def empty(key: str) -> tuple[Block, ...]:
    """The sheet to be filled in by hand."""
    return tuple(_blocks(key, _Blank(STEPS[key].asks)))


class _Written:
    """The cells of a document in a workspace."""

    def __init__(self, walk: Walk, key: str) -> None:
        self.walk, self.key = walk, key
        self.given = {item.name: item for item in walk.inputs(key)}
        self.saved = walk.current(key)
        asked = getattr(walk.answer(key), "asked", None)
        self.document = asked if isinstance(asked, Document) else Document()

    def entry(self, spec: FieldSpec) -> str:
        found = self.given.get(spec.name)
        return "" if found is None else _said(found)

    def head(self, spec: FieldSpec) -> str:
        return "\n".join(filter(None, (spec.label, self.document.heads().get(spec.name, ""))))

    def inside(self, outer: str, spec: FieldSpec) -> str:
        place = f"{outer}/{spec.name}"
        return "\n".join(filter(None, (_cell(self.saved.get(place), spec), self.document.notes().get(place, ""))))

    def rows(self, spec: FieldSpec) -> list[Mapping[str, str]]:
        saved = self.walk.workspace.rows(self.key, spec.name)
        if not saved:  # taken over from elsewhere
            taken = self.given[spec.name].value if spec.name in self.given else None
            return [{part.name: written(row.get(part.name), part) for part in spec.rows} for row in taken or ()]
        return [{part.name: _cell(row.get(part.name), part) for part in spec.rows} for row in saved.values()]


class _Blank:
    """The cells of an empty sheet."""

    def __init__(self, asks: type[Inputs]) -> None:
        self.asks = asks
        self.lists: Mapping[str, int | tuple[str, ...]] = getattr(asks, "blank", {})

    def entry(self, _spec: FieldSpec) -> str:
        return ""

    def head(self, spec: FieldSpec) -> str:
        return spec.label

    def inside(self, _outer: str, _spec: FieldSpec) -> str:
        return ""

    def rows(self, spec: FieldSpec) -> list[Mapping[str, str]]:
        named = self.lists.get(spec.name, EMPTY_ROWS)
        if isinstance(named, int):
            return [{}] * named
        return [{spec.rows[0].name: t(self.asks.name, words)} for words in named]


def _blocks(key: str, cells: _Written | _Blank) -> Iterator[Block]:
    asks, hidden = STEPS[key].asks, STEPS[key].hidden
    specs = {spec.name: _open(spec, hidden) for spec in asks.fields() if spec.name not in hidden}
    grouped = [name for _, names in asks.groups for name in names]
    rest = tuple(name for name in specs if name not in grouped)
    for title, names in (*asks.groups, ("", rest)):
        heading = t(asks.name, title) if title else ""
        asked = [specs[name] for name in names if name in specs]
        for kind, run in groupby(asked, key=lambda spec: spec.kind if spec.kind in ("rows", "part", "data") else ""):
            yield from _run(asks, heading, kind, list(run), cells)


def _open(spec: FieldSpec, hidden: tuple[str, ...]) -> FieldSpec:
    """A list with the columns that a person fills in."""
    return replace(spec, rows=tuple(part for part in spec.rows if f"{spec.name}/{part.name}" not in hidden))


def _run(asks: type[Inputs], title: str, kind: str, run: list[FieldSpec], cells: _Written | _Blank) -> Iterator[Block]:
    if kind == "rows":
        for spec in run:
            yield _list(title if len(run) == 1 else spec.label, spec, cells.rows(spec), spec.name in _across(asks))
    elif kind == "part":
        yield _parts(title, run, cells)
    elif kind == "":
        yield Entries(title, tuple(Entry(spec.label, _hint(spec), cells.entry(spec)) for spec in run))


def _across(asks: type[Inputs]) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(asks, "across", ())
    return found


def _list(title: str, spec: FieldSpec, rows: list[Mapping[str, str]], across: bool) -> Grid:
    if not across:
        lines = tuple(tuple(row.get(part.name, "") for part in spec.rows) for row in rows)
        notes = tuple(place for place, part in enumerate(spec.rows) if part.kind == "note" or part.name == WHAT) or (0,)
        return Grid(title, _labels(spec), lines, tuple(map(_hint, spec.rows)), spec.hint, wide=notes)
    first, *others = spec.rows
    lines = tuple((part.label, *(row.get(part.name, "") for row in rows)) for part in others)
    columns = (first.label, *(row.get(first.name, "") for row in rows))
    return Grid(title, columns, lines, tuple(map(_hint, others)), spec.hint, across=True)


def _parts(title: str, run: list[FieldSpec], cells: _Written | _Blank) -> Grid:
    """Parts of one shape side by side, such as the stages of a journey."""
    lines = tuple((inner.label, *(cells.inside(part.name, inner) for part in run)) for inner in run[0].rows)
    return Grid(title, ("", *map(cells.head, run)), lines, tuple(map(_hint, run[0].rows)), across=True)


def _labels(spec: FieldSpec) -> tuple[str, ...]:
    return tuple(part.label for part in spec.rows)


def _hint(spec: FieldSpec) -> str:
    """What to write: the field's own hint, else what there is to choose from."""
    few = spec.choices if len(spec.choices) <= FEW_CHOICES else ()
    return spec.hint or " / ".join(words for _, words in few)


def _said(given: Given) -> str:
    return given.draft if given.draft is not None else given.value_text


def _cell(saved: Current | None, spec: FieldSpec) -> str:
    if saved is None:
        return written(spec.default, spec)
    return saved.draft if saved.draft is not None else written(saved.value, spec)


def _holds(block: Block) -> bool:
    if isinstance(block, Entries):
        return any(item.text for item in block.items)
    body: tuple[tuple[Any, ...], ...] = block.rows
    start = 1 if block.across else 0
    return any(cell for row in body for cell in row[start:]) or any(block.columns[1:] if block.across else ())
