"""What was measured as one table: each figure beside the rivals', its target, and whether it is met."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping
from dataclasses import dataclass

OURS, PLAIN, PANDAS, MODEL = "playbook", "marimo", "marimo+pandas", "one model"

TWO_FIGURES = 10

Runs = Mapping[str, Mapping[str, list[float]]]


@dataclass(frozen=True)
class Row:
    """One figure: its name in the runs, what it says, its unit, and the most it may be."""

    name: str
    says: str
    unit: str
    most: float | None = None
    ratio: float | None = None
    """The most it may be of the rival's."""
    rival: str = PLAIN
    of: str = ""
    """Another figure of the same contestant that it may be a share of, instead of a rival's."""
    late: bool = False
    """Whether the 95th of a hundred runs counts instead of the middle one."""


ROWS = (
    Row("cold readable", "cold start to the first answer", "s", ratio=0.7),
    Row("cold", "cold start until the page takes changes", "s"),
    Row("warm", "warm step page takes changes", "ms", ratio=0.8),
    Row("readable", "guide and last answer readable", "ms", most=400),
    Row("cached", "the page from the cache takes changes", "ms", ratio=0.85),
    Row("prerendered", "prerendered next page takes changes", "ms"),
    Row("prerendered readable", "prerendered next page readable", "ms"),
    Row("change", "change to repaint", "ms", ratio=1.0),
    Row("crowded", "change to repaint, thirty sessions, p95", "ms", most=150, late=True),
    Row("first bytes", "first visit", "MB", most=3.3),
    Row("second bytes", "second page, of the first visit", "MB", ratio=0.05, of="first bytes"),
    Row("session", "memory a session", "MB", most=1),
    Row("server", "memory of the server, thirty sessions", "MB", most=250),
    Row("solve", "`solve nps` as a process, beside one that defines a pydantic model", "ms", ratio=2.0, rival=MODEL),
    Row("door", "`import playbook` as a process, beside the same", "ms", ratio=1.5, rival=MODEL),
    Row("report", "report of the sample shop", "s", most=1.5),
    Row("report size", "its size", "KB", most=200),
    Row("home", "home page sent", "ms", most=300),
)


def table(runs: Runs) -> tuple[str, bool]:
    """The table in Markdown, and whether every target is met."""
    head = ["figure", OURS, PLAIN, PANDAS, f"of {PLAIN}", f"of {PANDAS}", f"best of {PLAIN}'s best", "target", "met"]
    lines, met = [head, ["---", *["---:"] * 6, "---", "---"]], True
    for row in ROWS:
        judged = _judged(runs, row)
        beside = (row.rival,) if row.rival == MODEL else (PLAIN, PANDAS)
        values = [_written(_figure(runs, one, row)) for one in (OURS, *beside)]
        ratios = [_written(_ratio(runs, row, one)) for one in beside]
        empty = [""] * (2 - len(beside))
        best = _written(_best(runs, row))
        lines.append([f"{row.says}, {row.unit}", *values, *empty, *ratios, *empty, best, _target(row), judged])
        met = met and judged != "no"
    return "\n".join(f"| {' | '.join(line)} |" for line in lines), met


def _judged(runs: Runs, row: Row) -> str:
    found, limit = _figure(runs, OURS, row), _limit(runs, row)
    if limit is None:
        return ""
    return "yes" if found is not None and found <= limit else "no"


def _limit(runs: Runs, row: Row) -> float | None:
    if row.ratio is None:
        return row.most
    other = _figure(runs, OURS, row, row.of) if row.of else _figure(runs, row.rival, row)
    return None if other is None else row.ratio * other


def _target(row: Row) -> str:
    if row.ratio is None:
        return "" if row.most is None else f"at most {row.most:g}"
    return f"at most {row.ratio:g} of {'the first visit' if row.of else 'it' if row.rival == MODEL else row.rival}"


def _ratio(runs: Runs, row: Row, rival: str) -> float | None:
    ours, other = _figure(runs, OURS, row), _figure(runs, rival, row)
    return ours / other if ours is not None and other else None


def _best(runs: Runs, row: Row) -> float | None:
    """Our quickest run as a share of the rival's: what the code costs when the machine has nothing else to do."""
    ours, other = (runs.get(one, {}).get(row.name) for one in (OURS, row.rival))
    return min(ours) / min(other) if ours and other and not row.late else None


def _figure(runs: Runs, contestant: str, row: Row, name: str = "") -> float | None:
    """The median or 95th percentile of a figure's runs; a run that never came is as long as can be."""
    values = runs.get(contestant, {}).get(name or row.name, [])
    if not values:
        return None
    tidy = sorted(math.inf if math.isnan(value) else value for value in values)
    return statistics.median(tidy) if not row.late else tidy[math.ceil(0.95 * len(tidy)) - 1]


def _written(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.{0 if value >= TWO_FIGURES else 2}f}"
