"""Metrics by ISO week and by month: each period's value by the figure that is shown elsewhere, recomputed out of sums.

A period counts when the files cover all of it; the one that has only begun is told and left out of comparisons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from playbook.calendars import monday
from playbook.data.facts import EVERY, NoFact, rounded, systems
from playbook.data.figures import Figure, Unit
from playbook.data.periods import Grain, Period
from playbook.data.sums import Data, MissingError, OfPeriod, Row
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
    "romi": "honest_romi",
    "average_check": "average_order_value",
    "returns_share": "refund_rate",
    "repeat_purchases": "repeat_purchases",
    "repeat_share": "repeat_share",
    "pipeline": "pipeline",
    "retention": "retention",
    "churn": "churn",
    "ltv": "ltv",
    "cac_payback": "cac_payback",
}
"""A metric of metrics.toml, or visits, where the tree begins, and the figure that measures it."""
COHORTS = ("lead_to_sale",)
"""Metrics that follow the leads made in a week until they are won or lost."""
MONTHLY = ("retention", "churn", "ltv", "cac_payback")
"""Metrics of clients who pay by the month: a week says nothing of them."""
METRIC_OF: Mapping[str, str] = {figure: metric for metric, figure in METRICS.items()}
"""The figures that have a series, and the metric that each measures."""
LONGEST = 60
"""Periods that are looked at: a review takes no more."""
_WEEK = timedelta(weeks=1)
_DAY = timedelta(days=1)
_SUNDAY = 6


@dataclass(frozen=True)
class Point:
    """One period of a metric; `young` while half of its leads are still open, `none` where it has no value."""

    period: Period
    value: float | None
    state: State

    @property
    def monday(self) -> date:
        """The first day of a week."""
        return self.period.first

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.period.days


@dataclass(frozen=True)
class Series:
    """A metric period by period, the oldest first."""

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
    """The first day of a period that the files cover in part, after the whole ones."""
    figure: str = ""
    """The figure that measures it: its rows can be opened by the period."""
    tables: tuple[str, ...] = ()
    """The tables it was counted on."""

    @property
    def whole(self) -> tuple[Point, ...]:
        """The periods that may be compared."""
        return tuple(point for point in self.points if point.state == "whole")

    def at(self, first: date) -> float | None:
        """The value of a period that may be compared, by its first day; None for any other."""
        return next((point.value for point in self.whole if point.period.first == first), None)

    @property
    def latest(self) -> Point:
        """The newest period that may be compared."""
        return self.whole[-1]


def series(data: Data, metric: str, grain: Grain = "week") -> Series | NoFact:
    """A metric of metrics.toml by week or by month, or the reason why the data does not give it."""
    figure = EVERY[METRICS[metric]]
    label = t("import", figure.label)
    if grain == "week" and metric in MONTHLY:
        return NoFact(metric, label, t("import", "it is told by the month"))
    try:
        found = figure.find(data)
        tables = [rows for kind in found.kinds if kind != "costs" and (rows := data.rows(kind))]
        periods = tuple(_whole(tables, grain))
        points = tuple(_point(data, metric, figure, period) for period in periods)
    except MissingError as missing:
        return NoFact(metric, label, missing.reason, missing.hint)
    except PlaybookError as error:  # an original that is gone must not take every page with it
        return NoFact(metric, label, error.what, error.hint)
    time = data.time(*found.kinds)
    if time is None or not any(point.state == "whole" for point in points):
        if grain == "week":
            return NoFact(metric, label, t("import", "no whole week is in the files"))
        return NoFact(metric, label, t("import", "no whole month is in the files"))
    return Series(
        metric=metric,
        unit=figure.unit,
        label=label,
        definition=t("import", figure.definition),
        points=points,
        sources=systems(found),
        time=time,
        currency=found.currency if figure.unit == "money" else "",
        note=found.note,
        begun=_begun(tables, periods[-1].next.first),
        figure=METRICS[metric],
        tables=found.kinds,
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
        begin if firsts[begin].weekday() <= opens else begin + _WEEK,
        end if lasts[end].weekday() >= closes else end - _WEEK,
    )


def _whole(tables: list[list[Row]], grain: Grain) -> Iterator[Period]:
    """The newest weeks or months that every table covers from end to end, the oldest first."""
    spans = [covered(rows) if grain == "week" else _covered_days(rows) for rows in tables]
    first, last = max(span[0] for span in spans), min(span[1] for span in spans)
    if grain == "week":
        last += timedelta(days=_SUNDAY)
    period = Period.around(last + _DAY, grain)
    back: list[Period] = []
    while len(back) < LONGEST and (period := Period.around(period.first - _DAY, grain)).first >= first:
        back.append(period)
    return reversed(back)


def _covered_days(rows: list[Row]) -> tuple[date, date]:
    """The first and the last day that the rows cover: those of rows, and days of rest in whole weeks around them."""
    begin, end = covered(rows)
    first = min(date.fromisoformat(row["first_day"]) for row in rows)
    last = max(date.fromisoformat(row["last_day"]) for row in rows)
    return min(first, begin), max(last, end + timedelta(days=_SUNDAY))


def _begun(tables: list[list[Row]], first: date) -> date | None:
    """The period that begins on this day, when every table has reached it."""
    return first if all(any(row["last_day"] >= first.isoformat() for row in rows) for rows in tables) else None


def _point(data: Data, metric: str, figure: Figure, period: Period) -> Point:
    value = _value(data, figure, period)
    if value is None:
        return Point(period, None, "none")
    return Point(period, value, "young" if metric in COHORTS and _young(data, period) else "whole")


def _value(data: Data, figure: Figure, period: Period) -> float | None:
    try:
        return rounded(figure.find(OfPeriod(data, period)).value, figure.unit)
    except MissingError:
        return None


def _young(data: Data, period: Period) -> bool:
    """Whether no more than half of the period's leads are won or lost: the others would change the share."""
    leads = OfPeriod(data, period).leads()
    return 2 * (leads.whole("won") + leads.whole("lost")) <= leads.count
