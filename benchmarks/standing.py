"""Seconds and memory of the playbook beside its peers' as one table, the targets, and how time grows with the rows."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

OURS = "playbook"
MOST_MEGABYTES = 1000
TEN_SECONDS = 1
CLOSE = 1e-6
"""How far two sums of the same data may be apart, as a share."""


@dataclass(frozen=True)
class Standing:
    """One run: its seconds, the most memory it held in MB, and a sum over what it made; NaN where it failed."""

    seconds: float
    megabytes: float
    sum: float


@dataclass(frozen=True)
class Target:
    """The most that we may take of a peer's time and memory."""

    task: str
    who: str
    time: float
    memory: float = math.inf


TARGETS = (
    Target("import", "pandas", 0.3, 0.2),
    Target("import", "polars, UTF-8", 1.5),
    Target("attribution", "ChannelAttribution", 0.25),
    Target("attribution", "marketing_attribution_models", 0.2),
    Target("cohorts", "polars, streaming", 1.5),
)

Runs = Mapping[tuple[str, str], list[Standing]]


def table(runs: Runs) -> tuple[str, bool]:
    """The table in Markdown with the growth below it, and whether every target is met."""
    head = ["what", "who", "s", "MB", "our time of theirs", "our memory of theirs", "target", "met"]
    lines, met = [head, ["---", "---", "---:", "---:", "---:", "---:", "---", "---"]], True
    for task, who in sorted(runs, key=lambda key: (key[0], not key[1].startswith(OURS), key[1])):
        ours, theirs = _middle(runs[task, OURS]), _middle(runs[task, who])
        ratios = (
            ["", ""]
            if who.startswith(OURS)
            else [_ratio(ours.seconds, theirs.seconds), _ratio(ours.megabytes, theirs.megabytes)]
        )
        target, judged = _judged(task, who, ours, theirs)
        met = met and judged != "no"
        lines.append([task, who, _written(theirs.seconds), _written(theirs.megabytes, 0), *ratios, target, judged])
    drawn = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return "\n\n".join([drawn, *_growth(runs), *_disagreeing(runs)]), met


def _judged(task: str, who: str, ours: Standing, theirs: Standing) -> tuple[str, str]:
    """What is asked of us beside this one, and whether it is met."""
    if who == OURS and task.startswith("ten"):
        return f"at most {TEN_SECONDS} s", "yes" if ours.seconds <= TEN_SECONDS else "no"
    if who == OURS and not task.startswith("cohorts"):
        return f"at most {MOST_MEGABYTES} MB", "yes" if ours.megabytes <= MOST_MEGABYTES else "no"
    found = next((one for one in TARGETS if task.startswith(one.task) and who == one.who), None)
    if found is None or math.isnan(theirs.seconds):
        return "", ""
    said = f"at most {found.time:g} of its time"
    if found.memory < math.inf:
        said += f", {found.memory:g} of its memory"
    good = ours.seconds <= found.time * theirs.seconds and ours.megabytes <= found.memory * theirs.megabytes
    return said, "yes" if good else "no"


def _growth(runs: Runs) -> Iterator[str]:
    """How our time grows where a task was measured at several sizes: 1 is as fast as the rows."""
    sizes: dict[str, list[tuple[int, float]]] = {}
    for task, who in runs:
        name, _, count = task.partition(", ")
        if who == OURS and count:
            sizes.setdefault(name, []).append((int(re.sub(r"\D", "", count)), _middle(runs[task, who]).seconds))
    for name, found in sizes.items():
        (fewest, short), (most, long) = min(found), max(found)
        if most > fewest:
            power = math.log(long / short) / math.log(most / fewest)
            yield f"Growth of {name} from {fewest:,} to {most:,} rows: exponent {power:.2f}."


def _disagreeing(runs: Runs) -> Iterator[str]:
    """Names whose sum is another than ours: what they computed is not the same thing."""
    for task, who in runs:
        ours, theirs = _middle(runs[task, OURS]).sum, _middle(runs[task, who]).sum
        if theirs and abs(ours - theirs) > CLOSE * abs(ours):
            yield f"Of {task}, {who} makes the sum {theirs:,.2f}, the playbook {ours:,.2f}."


def _middle(runs: list[Standing]) -> Standing:
    return Standing(
        statistics.median(one.seconds for one in runs),
        statistics.median(one.megabytes for one in runs),
        runs[0].sum,
    )


def _ratio(ours: float, theirs: float) -> str:
    return "" if not theirs or math.isnan(theirs) else f"{ours / theirs:.2f}"


def _written(value: float, places: int = 1) -> str:
    return "failed" if math.isnan(value) else f"{value:.{places}f}"
