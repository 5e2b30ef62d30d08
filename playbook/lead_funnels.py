"""The funnel by source and by segment: what became of the leads of each, out of the imported data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from playbook import i18n
from playbook.display import Table, or_dash
from playbook.i18n import t
from playbook.methods.intervals import wilson

if TYPE_CHECKING:
    from playbook.walk import Walk

CONTEXT = "lead-funnels"
CUTS = ("funnel_by_source", "funnel_by_segment")
MOST = 15
"""Lines that are told by name."""


def tables(walk: Walk) -> Iterator[Table]:
    """A table for each cut that the data tell; none without leads that name their source or segment."""
    for figure in CUTS if walk.imported else ():
        found = walk.imported.fact(figure)
        lines = getattr(found, "gives", {}).get("lines", ())
        if lines:
            yield _table(figure, lines, getattr(found, "currency", ""))


def _table(figure: str, lines: list[Mapping[str, Any]], currency: str) -> Table:
    contacts = any(line["contacted"] for line in lines)
    heads = {"funnel_by_source": t(CONTEXT, "Source"), "funnel_by_segment": t(CONTEXT, "Segment")}
    columns = [heads[figure], t(CONTEXT, "Leads"), *([t(CONTEXT, "Answered")] if contacts else [])]
    columns += [t(CONTEXT, "Bought"), t(CONTEXT, "Of those decided"), t(CONTEXT, "95% interval"), t(CONTEXT, "Revenue")]
    rows, opens = [], []
    for line in lines[:MOST]:
        share, interval = _bought(line)
        answered = [i18n.number(line["contacted"])] if contacts else []
        revenue = or_dash(line["revenue"], lambda value: i18n.money(value, currency or None))
        rows.append(
            (line["said"], i18n.number(line["leads"]), *answered, i18n.number(line["won"]), share, interval, revenue)
        )
        opens.append(("", f"{figure}?{urlencode({'of': line['name']})}"))
    note = t(CONTEXT, "Leads that are still open are left out of the share.")
    return Table(
        _finding(figure, lines), tuple(columns), tuple(rows), note, tuple(range(1, len(columns))), tuple(opens)
    ).told()


def _bought(line: Mapping[str, Any]) -> tuple[str, str]:
    """The part of decided leads that bought, and its interval."""
    decided = line["won"] + line["lost"]
    if not decided:
        return "—", "—"
    low, high = wilson(line["won"], decided)
    of = t(CONTEXT, "{share} of {n}", share=i18n.share(line["won"] / decided), n=i18n.number(decided))
    return of, i18n.share_range(low, high)


def _finding(figure: str, lines: list[Mapping[str, Any]]) -> str:
    """Which line buys more or less often than every other beyond chance; else only what the table is."""
    ends = {
        line["said"]: wilson(line["won"], line["won"] + line["lost"])
        for line in lines
        if not line["unknown"] and line["won"] + line["lost"]
    }
    of_source = figure == "funnel_by_source"
    if len(ends) > 1:
        best, worst = max(ends, key=lambda name: ends[name][0]), min(ends, key=lambda name: ends[name][1])
        if ends[best][0] > max(end[1] for name, end in ends.items() if name != best):
            if of_source:
                return t(CONTEXT, "Leads of “{name}” buy more often than those of any other source", name=best)
            return t(CONTEXT, "Leads of “{name}” buy more often than those of any other segment", name=best)
        if ends[worst][1] < min(end[0] for name, end in ends.items() if name != worst):
            if of_source:
                return t(CONTEXT, "Leads of “{name}” buy less often than those of any other source", name=worst)
            return t(CONTEXT, "Leads of “{name}” buy less often than those of any other segment", name=worst)
    return t(CONTEXT, "Leads by source") if of_source else t(CONTEXT, "Leads by segment")
