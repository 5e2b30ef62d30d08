"""Rows of a long file that tell of its columns what all its rows tell: one for every class of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from playbook.data import plain
from playbook.data.clean import NotColumnsError
from playbook.data.dates import order_votes
from playbook.data.kinds import KINDS
from playbook.data.lines import Lines
from playbook.data.match import Match
from playbook.data.money import millionths
from playbook.data.numbers import mark_votes
from playbook.data.shape import Shape
from playbook.data.sources import words
from playbook.data.stages import STAGES
from playbook.data.text import Row, Sheet, written

_NUMBERS, _DAYS = ("money", "quantity", "count"), ("day", "time")
_MOST = 50_000
"""Classes beyond which the rows themselves are as well read one by one."""
FIRST = 5
"""Rows that are always read one by one: the sample that a person is shown."""


def telling(sheet: Sheet, match: Match, lines: Lines, source: str, odd: Iterable[Row]) -> Sheet:
    """The header and, under it, the first rows, the `odd` ones and those that tell how all of these lines write.

    Raises:
        NotColumnsError: there are too many of them.
    """
    classes = list(dict.fromkeys(_classes(match)))
    names = {key: f"k{place}" for place, key in enumerate(dict.fromkeys(key for keys in classes for key in keys))}
    sets = ", ".join(f"({', '.join(names[key] for key in keys)})" for keys in classes)
    classed = ", ".join(f"{key} AS {name}" for key, name in names.items())
    found = lines.ask(
        f"SELECT DISTINCT min(line) FROM (SELECT line, {classed} FROM {source}) GROUP BY GROUPING SETS ({sets})"
    )
    if len(found) > _MOST:
        raise NotColumnsError
    first = range(lines.header + 1, lines.header + 1 + FIRST)
    rows = lines.aside.rows({line for (line,) in found if line}.union(first))
    return with_rows(sheet, match, lines, rows, odd)


def with_rows(sheet: Sheet, match: Match, lines: Lines, rows: Iterable[Row], odd: Iterable[Row]) -> Sheet:
    """The sheet with these rows under its header, and those that are no lines of columns."""
    under = [*rows, *(row for row in odd if row.line > lines.header)]
    ordered = sorted(under, key=lambda row: row.line)
    return replace(sheet, rows=(*sheet.rows[: match.header + 1], *ordered))


def check(sheet: Sheet, match: Match, shape: Shape) -> None:
    """Refuse a file whose rows that tell are too few to tell for all.

    Raises:
        NotColumnsError: the cells of a column prove two things, and how many prove which is not known.
    """
    rows = sheet.rows[match.header + 1 :]
    marks = {column: mark_votes(written(rows, column)) for column in shape.marks}
    orders = [order_votes(written(rows, column)) for column in shape.orders]
    proved = {mark for votes in marks.values() for mark, count in votes.items() if count}
    split = any(min(votes.values()) for votes in marks.values()) or any(min(votes.values()) for votes in orders)
    if split or (len(proved) > 1 and not all(any(votes.values()) for votes in marks.values())):
        raise NotColumnsError
    if shape.scale > 1 or ("micros" in match.source.asks and millionths(rows, shape.columns)):
        raise NotColumnsError


def is_safe(sheet: Sheet, match: Match, shape: Shape) -> bool:
    """Whether what these rows tell can be told otherwise only by cells that are not plain, so that they would be seen.

    It can not where a column lies empty that another one speaks for, where a day may be read both ways, where numbers
    are read by the marks of another column, and where flags beside a status say whether it must be known.
    """
    rows = sheet.rows[match.header + 1 :]
    places = [of for fields in match.columns.values() for of in fields.values() if len(of) > 1]
    empty = any(not written(rows, place) for of in places for place in of)
    days = [written(rows, column) for column in shape.orders]
    ordered = all(any(order_votes(cells).values()) for cells in days)
    two_ways = any(form.mark in ("/", "-") and form.fits(cells) for cells in days for form in plain.FORMS)
    marked = all(any(mark_votes(written(rows, column)).values()) for column in shape.marks)
    flagged = any(name in fields for fields in shape.columns.values() for name in ("won", "closed"))
    return not (empty or flagged or (two_ways and not ordered) or (len(set(shape.marks.values())) > 1 and not marked))


def is_same(one: Shape, other: Shape) -> bool:
    """Whether both read every plain cell alike, and name the file by the same answers."""
    stages = {kind: {word: other.stages[kind].get(word) for word in meant} for kind, meant in one.stages.items()}
    return replace(one, questions=(), stages={}) == replace(other, questions=(), stages={}) and stages == one.stages


def _classes(match: Match) -> Iterator[tuple[str, ...]]:
    """What parts the rows into classes, of each of which one row is enough."""
    empty = words().empty | {word.strip().lower() for word in match.source.empty}
    for kind, fields in match.columns.items():
        for name, places in fields.items():
            reader = KINDS[kind].fields[name]
            for cell in (f"c{place}" for place in places):
                if own := _class(reader, cell):
                    yield (own,)
                if len(places) > 1:
                    yield (plain.written_class(cell, empty),)
        if kind in STAGES and "status" in fields:
            flags = [[f"c{place}" for place in fields[name]] for name in ("won", "closed") if name in fields]
            yield from product([f"c{place}" for place in fields["status"]], *flags)


def _class(reader: str, cell: str) -> str:
    """What parts the cells of one column; empty where they tell nothing of how the file writes."""
    if reader in _NUMBERS:
        return plain.number_class(cell)
    if reader in _DAYS:
        return plain.day_class(cell)
    return cell if reader == "currency" else ""
