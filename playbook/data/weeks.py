"""Metrics by ISO week: each week's value by the figure that is shown elsewhere, out of rows that are kept by week.

A week counts when the files cover all of it; the one that has only begun is told and left out of comparisons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from playbook.calendars import monday
from playbook.data.facts import EVERY, NoFact, rounded, systems
from playbook.data.figures import Figure, Unit
from playbook.data.sums import Data, MissingError, Row, Week
from playbook.errors import PlaybookError
from playbook.i18n import t

State = Literal["whole", "young", "none"]
METRICS: Mapping[str, str] = {
    "visits": "visits",
    "ctr": "ctr",
    "landing_conversion": "visit_to_lead",
    "leads": "leads",
    "cost_per_lead": "cost_per_lead",
    "lead_to_sale": "lead_to_sale",
    "win_rate": "win_rate",
    "off_target_share": "off_target_share",
    "first_contact_time": "first_contact_minutes",
    "source_coverage": "source_coverage",
    "direct_share": "direct_share",
    "sales": "paid_orders",
    "cost_per_sale": "cost_per_sale",
    "cac": "cac",
    "revenue": "revenue_net",
    "gross_profit": "gross_profit",
    "gross_margin": "gross_margin",
    "average_check": "average_order_value",
    "returns_share": "refund_rate",
    "repeat_purchases": "repeat_purchases",
    "repeat_share": "repeat_share",
}
"""A metric of metrics.toml, or visits, where the tree begins, and the figure that measures it."""
COHORTS = ("lead_to_sale",)
"""Metrics that follow the leads made in a week until they are won or lost."""
LONGEST = 60
"""Weeks that are looked at: a review takes no more."""
WEEK = timedelta(weeks=1)
_SUNDAY = 6


@dataclass(frozen=True)
class Point:
    """One week of a metric, named by its Monday; `young` while half of the week's leads are still open."""

    monday: date
    value: float | None
    state: State

    @property
    def days(self) -> tuple[date, date]:
        """Monday and Sunday."""
        return self.monday, self.monday + timedelta(days=_SUNDAY)


@dataclass(frozen=True)
class Series:
    """A metric week by week, the oldest first."""

    metric: str
    unit: Unit
    label: str
    definition: str
    points: tuple[Point, ...]
    sources: tuple[str, ...]
    time: datetime
    """When the newest of the files was imported."""
    currency: str = ""
    note: str = ""
    begun: date | None = None
    """The Monday of a week that the files cover in part, after the whole ones."""

    @property
    def whole(self) -> tuple[Point, ...]:
        """The weeks that may be compared."""
        return tuple(point for point in self.points if point.state == "whole")

    def at(self, monday: date) -> float | None:
        """The value of a week that may be compared; None for any other."""
        return next((point.value for point in self.whole if point.monday == monday), None)

    @property
    def latest(self) -> Point:
        """The newest week that may be compared."""
        return self.whole[-1]


def series(data: Data, metric: str) -> Series | NoFact:
    """A metric of metrics.toml by week, or the reason why the data does not give it."""
    figure = EVERY[METRICS[metric]]
    label = t("import", figure.label)
    try:
        found = figure.find(data)
        tables = [rows for kind in found.kinds if kind != "costs" and (rows := data.rows(kind))]
        first, last = _common(tables)
        points = tuple(_points(data, metric, figure, first, last))
    except MissingError as missing:
        return NoFact(metric, label, missing.reason, missing.hint)
    except PlaybookError as error:  # an original that is gone must not take every page with it
        return NoFact(metric, label, error.what, error.hint)
    time = data.time(*found.kinds)
    if time is None or not any(point.state == "whole" for point in points):
        return NoFact(metric, label, t("import", "no whole week is in the files"))
    currency = found.currency if figure.unit == "money" else ""
    definition = t("import", figure.definition)
    return Series(
        metric=metric,
        unit=figure.unit,
        label=label,
        definition=definition,
        points=points,
        sources=systems(found),
        time=time,
        currency=currency,
        note=found.note,
        begun=_begun(tables, last + WEEK),
    )


def covered(rows: list[Row]) -> tuple[date, date]:
    """The Mondays of the first and the last week that the rows cover from end to end.

    A week may end before Sunday where no other week has rows later in the week: an office that rests at weekends.
    """
    firsts: dict[date, date] = {}
    lasts: dict[date, date] = {}
    for row in rows:
        first, last = (date.fromisoformat(row[name]) for name in ("first_day", "last_day"))
        firsts[monday(first)] = min(first, firsts.get(monday(first), first))
        lasts[monday(last)] = max(last, lasts.get(monday(last), last))
    begin, end = min(firsts), max(lasts)
    opens = min((day.weekday() for week, day in firsts.items() if week != begin), default=0)
    closes = max((day.weekday() for week, day in lasts.items() if week != end), default=_SUNDAY)
    return (
        begin if firsts[begin].weekday() <= opens else begin + WEEK,
        end if lasts[end].weekday() >= closes else end - WEEK,
    )


def _common(tables: list[list[Row]]) -> tuple[date, date]:
    """The Mondays of the first and the last week that every table covers."""
    spans = [covered(rows) for rows in tables]
    return max(span[0] for span in spans), min(span[1] for span in spans)


def _begun(tables: list[list[Row]], week: date) -> date | None:
    """The week, when every table has reached it."""
    return week if all(any(row["last_day"] >= week.isoformat() for row in rows) for rows in tables) else None


def _points(data: Data, metric: str, figure: Figure, first: date, last: date) -> Iterator[Point]:
    week = max(first, last - (LONGEST - 1) * WEEK)
    while week <= last:
        yield _point(data, metric, figure, week)
        week += WEEK


def _point(data: Data, metric: str, figure: Figure, week: date) -> Point:
    value = _value(data, figure, week)
    if value is None:
        return Point(week, None, "none")
    return Point(week, value, "young" if metric in COHORTS and _young(data, week) else "whole")


def _value(data: Data, figure: Figure, week: date) -> float | None:
    try:
        return rounded(figure.find(Week(data, week)).value, figure.unit)
    except MissingError:
        return None


def _young(data: Data, week: date) -> bool:
    """Whether no more than half of the week's leads are won or lost: the others would change the share."""
    leads = Week(data, week).leads()
    return 2 * (leads.whole("won") + leads.whole("lost")) <= leads.count
