"""The metrics week by week out of the data: the newest week for a review, rows of weeks for charts and calculators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from playbook import calendars, i18n, metrics, rules
from playbook.display import Table
from playbook.i18n import t

if TYPE_CHECKING:
    from playbook.walk import Walk

CONTEXT = "weekly"
WEEK = timedelta(weeks=1)
TREE = 12
"""Weeks of the tree: enough to tell a signal from the usual swing."""
SHOWN = 4
"""Weeks of the table in step 6."""
RULE = "scale_stable_weeks"
OF_SCALE = ("sales", "cac", "lead_to_sale")
OF_TREE = ("visits", "leads", "sales", "revenue", "gross_profit")
USUAL = ("sales", "leads")
"""Metrics that a row of weeks is taken from where none of the chosen ones is in the data."""
LONGEST = 150
"""Characters of the systems' names beside a value."""


@dataclass(frozen=True)
class OfWeek:
    """A figure of the data for one week, or for a row of weeks, as a field takes it."""

    value: float | str
    chip: str
    source_text: str
    definition: str
    note: str
    time: datetime
    currency: str = ""
    gives: Mapping[str, Any] = field(default_factory=dict)
    """What a calculator is asked in place of the number: values or rows of many weeks."""
    id: str = ""
    """The figure that gave the value of a week."""
    tables: tuple[str, ...] = ()
    """The tables it was counted on."""
    period: str = ""
    """The week, as its rows are asked for."""


def series(walk: Walk, metric: str) -> Any:
    """The metric week by week out of the data; None where the data do not give it, or in another currency."""
    found = walk.imported.weeks.get(metrics.find(metric).id) if walk.imported else None
    usable = found is not None and hasattr(found, "points") and walk.in_own_currency(found)
    return found if usable else None


def values(walk: Walk) -> OfWeek | None:
    """Every whole week of the first chosen metric that the data give, else of sales or of leads."""
    names = (*(row.metric for row in walk.reviewed), *USUAL)
    data = next((found for name in names if (found := series(walk, name))), None)
    if data is None:
        return None
    told = [point.value for point in data.whole]
    where = f"{data.label} · {_where(data, (data.whole[0].days[0], data.latest.days[1]))}"
    mondays, above = [point.monday for point in data.whole], min(told) >= 0
    gives = {"values": told, "weeks": mondays, "metric": metrics.find(data.metric).name, "counts": above}
    return OfWeek("; ".join(map(_plain, told)), where, where, data.definition, data.note, data.time, gives=gives)


def weeks(walk: Walk) -> OfWeek | None:
    """Sales, CAC, the conversion to payment and tests closed, over the weeks that judge readiness for scale.

    Where the data hold no leads the conversion is that of visits.
    """
    tests = walk.outcome("ideas", "tests") or ()
    closed = [calendars.monday(test.finished) for test in tests if test.finished]
    beside: dict[str, Callable[[date], Any]] = {"week": date.isoformat}
    if closed:
        beside["tests_closed"] = closed.count
    conversion, visits = series(walk, "lead_to_sale"), series(walk, "visits")
    if conversion:
        young = {point.monday for point in conversion.points if point.state == "young"}
        beside["young"] = young.__contains__
    elif visits and (sales := series(walk, "sales")):
        came = {point.monday: point.value for point in visits.whole}
        told = [point for point in sales.whole if came.get(point.monday) and point.value <= came[point.monday]]
        beside["lead_to_sale"] = {point.monday: point.value / came[point.monday] for point in told}.get
    return _rows(walk, OF_SCALE, int(rules.get(RULE).span[1]), beside=beside)


def tree(walk: Walk) -> OfWeek | None:
    """Visits, leads, sales, revenue and gross profit over the last weeks, as far as the data tell them."""
    return _rows(walk, OF_TREE, TREE, needs=("sales",))


def usual(walk: Walk, metric: str) -> float | None:
    """The mean of the last whole weeks of a metric out of the data; None without them."""
    data = series(walk, metric)
    last = [point.value for point in data.whole[-TREE:]] if data else []
    return round(sum(last) / len(last), 1) if last else None


def _rows(
    walk: Walk,
    names: Iterable[str],
    most: int,
    needs: tuple[str, ...] = (),
    beside: Mapping[str, Callable[[date], Any]] | None = None,
) -> OfWeek | None:
    """Some metrics side by side over the last weeks; a week without one of those it needs is left out.

    `beside` is what no file holds of a week, by its Monday.
    """
    found = {name: data for name in names if (data := series(walk, name))}
    if not found:
        return None
    last = max(data.latest.monday for data in found.values())
    mondays = [last - back * WEEK for back in reversed(range(most))]
    known = {name: {point.monday: point.value for point in data.whole} for name, data in found.items()}
    rows = {day: {name: of[day] for name, of in known.items() if day in of} for day in mondays}
    rows = {day: row for day, row in rows.items() if row and all(name in row for name in needs)}
    if not rows:
        return None
    for day, row in rows.items():
        row |= {name: of(day) for name, of in (beside or {}).items()}
    newest = max(found.values(), key=lambda data: data.time)
    systems = tuple(dict.fromkeys(name for data in found.values() for name in data.sources))
    where = f"{', '.join(systems)[:LONGEST]} · {i18n.days(min(rows), newest.latest.days[1])}"
    told = " ".join(data.definition for data in found.values())
    return OfWeek(len(rows), where, where, told, "", newest.time, gives={"weeks": list(rows.values())})


def table(walk: Walk) -> Table | None:
    """The chosen metrics that the data give, over the last weeks that may be compared; None without any."""
    chosen = dict.fromkeys(row.metric for row in walk.reviewed)
    found = [(metrics.find(name), data) for name in chosen if (data := series(walk, name))]
    if not found:
        return None
    last = max(data.points[-1].monday for _, data in found)
    weeks = [last - back * WEEK for back in reversed(range(SHOWN))]
    columns = (t(CONTEXT, "Metric"), *(i18n.day_month(week) for week in weeks), t(CONTEXT, "Where from"))
    rows = tuple((metric.name, *_cells(metric, data, weeks), ", ".join(data.sources)) for metric, data in found)
    told = t(CONTEXT, "A week is named by its Monday and counts when the files cover all of it.")
    note = " ".join(filter(None, (told, begun(data for _, data in found), _young(data for _, data in found))))
    opens = tuple(("", *_behind(data, weeks)) for _, data in found)
    return Table(t(CONTEXT, "Week by week, from your data"), columns, rows, note, tuple(range(1, SHOWN + 1)), opens)


def begun(found: Iterable[Any]) -> str:
    """The week that the files cover in part, in words; empty where there is none."""
    weeks = {data.begun for data in found if data.begun}
    if not weeks:
        return ""
    day = i18n.day_month(max(weeks))
    return t(CONTEXT, "The week from {day} is not over in the files and is left out.", day=day)


def _young(found: Iterable[Any]) -> str:
    """Why a conversion has no value in the newest weeks."""
    if not any(point.state == "young" for data in found for point in data.points[-SHOWN:]):
        return ""
    return t(CONTEXT, "A conversion is told once more than half of the week’s leads are won or lost.")


def _cells(metric: metrics.Metric, data: Any, weeks: list[date]) -> Iterator[str]:
    known = {point.monday: point.value for point in data.whole}
    return (metric.written(known.get(week)) for week in weeks)


def _behind(data: Any, weeks: list[date]) -> Iterator[str]:
    """The rows that each week's value was counted on, as they are asked for."""
    known = {point.monday: point.period.text for point in data.whole}
    return (f"{data.figure}?period={known[week]}" if week in known else "" for week in weeks)


def of_week(data: Any) -> OfWeek:
    """The newest week that may be compared."""
    latest, where = data.latest, _where(data, data.latest.days)
    opens = {"id": data.figure, "tables": data.tables, "period": latest.period.text}
    return OfWeek(latest.value, where, where, data.definition, data.note, data.time, **opens)


def _plain(value: float) -> str:
    """A number as it is typed: no space between thousands, the reader's own decimal sign."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if i18n.language() == "ru" else text


def _where(data: Any, days: tuple[date, date]) -> str:
    """The systems it comes from, and its days."""
    return f"{', '.join(data.sources)[:LONGEST]} · {i18n.days(*days)}"
