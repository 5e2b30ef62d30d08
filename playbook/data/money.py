"""What the amounts of a file are: their currency, with VAT or without it, in whole units or in millionths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from playbook.data.header import Name, read_name
from playbook.data.kinds import KINDS
from playbook.data.numbers import currency
from playbook.data.sources import words
from playbook.data.text import Row, written

MILLION = 1_000_000
_SMALLEST = 10_000
"""A hundredth in millionths: amounts of money written so are multiples of it."""

Columns = Mapping[str, Mapping[str, int]]


def header_currency(header: Row, columns: Columns) -> str:
    """The currency beside the name of an amount column: in brackets, after a comma, or as a word of it."""
    return next(filter(None, (currency(name.unit) or currency(name.whole) for name in _names(header, columns))), "")


def header_vat(header: Row, columns: Columns) -> str:
    """What the name of an amount column says of VAT."""
    phrases = words().vat
    return next((phrases[one] for name in _names(header, columns) for one in phrases if one in name.whole), "")


def unnamed(rows: Iterable[Row], columns: Columns) -> bool:
    """Whether a table's amounts have a currency neither in a column nor beside a number."""
    for kind, fields in columns.items():
        money = [column for field, column in fields.items() if KINDS[kind].fields[field] == "money"]
        if not money or "currency" not in KINDS[kind].fields:
            continue
        if "currency" in fields:
            named = any(written(rows, fields["currency"]))
        else:
            named = any(
                currency(cell.strip("0123456789.,+- \u00a0")) for column in money for cell in written(rows, column)
            )
        if not named:
            return True
    return False


def millionths(rows: Sequence[Row], columns: Columns) -> str:
    """The largest amount where all of them could be millionths of a unit, as programs write money; else nothing."""
    largest = 0
    for column in _places(columns):
        for cell in written(rows, column):
            if not cell.isdecimal() or int(cell) % _SMALLEST:
                return ""
            largest = max(largest, int(cell))
    return str(largest) if largest >= MILLION else ""


def _names(header: Row, columns: Columns) -> list[Name]:
    return [read_name(header.cells[column]) for column in _places(columns)]


def _places(columns: Columns) -> Iterator[int]:
    """The columns of amounts."""
    for kind, fields in columns.items():
        yield from (column for field, column in fields.items() if KINDS[kind].fields[field] == "money")
