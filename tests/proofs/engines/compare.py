"""Whether two engines gave the same answer: columns, rows, their order, and every cell."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from math import isclose
from typing import Any

Rows = list[dict[str, Any]]
NEAR = 1e-9


def difference(expected: Rows, found: Rows) -> str:
    """The first place where they differ, in words; empty where they agree."""
    if len(expected) != len(found):
        return f"{len(expected)} rows and {len(found)}"
    for number, (one, other) in enumerate(zip(expected, found, strict=True), 1):
        if list(one) != list(other):
            return f"row {number}: columns {list(one)} and {list(other)}"
        for name, value in one.items():
            if not same(value, other[name]):
                return f"row {number}, {name}: {value!r} and {other[name]!r}"
    return ""


def same(one: Any, other: Any) -> bool:
    """Numbers to a billionth of their size, all else exactly; nothing is only like nothing."""
    if isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal):
        return isclose(float(one), float(other), rel_tol=NEAR, abs_tol=NEAR)
    if isinstance(one, date) and isinstance(other, date):
        return isinstance(one, datetime) == isinstance(other, datetime) and one == other
    return type(one) is type(other) and bool(one == other)
