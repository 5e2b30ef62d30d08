"""The metrics of step 6 week by week: what is under review, typed or out of the data, and the weeks before it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from playbook import calendars, i18n, metrics, rules
from playbook.given import Given, as_date
from playbook.i18n import tn
from playbook.specs import FieldSpec
from playbook.units import read_number
from playbook.week_series import LONGEST, WEEK, of_week, series
from playbook.workspace import Current, Record

if TYPE_CHECKING:
    from playbook.walk import Walk

CONTEXT = "weekly"
CHANGES = "xmr"
"""The calculator in which a person writes down what is known to have changed."""
OLD = "week_old"
UNITS = {"money": "money", "share": "share", "minutes": "minutes"}
"""Units in which a metric's value is typed; all others are plain numbers."""


@dataclass(frozen=True)
class Reviewed:
    """One chosen metric in the review: the field of its value, its plan, and the weeks before."""

    row: str
    metric: str
    given: Given
    plan: float | None
    previous: tuple[float, ...]
    mondays: tuple[date, ...]
    """The Mondays of the weeks before, of the newest ones where those of the oldest are not known."""
    before_change: int
    """How many of the weeks before lie before the last known change."""
    changed: str
    week: date | None
    """The Monday of the week under review; None while nothing says which it is."""

    @property
    def asked(self) -> dict[str, Any]:
        """The row as the weekly review asks for it."""
        return {
            "metric": self.metric,
            "plan": self.plan,
            "value": self.given.value,
            "previous": list(self.previous),
            "before_change": self.before_change,
            "changed": self.changed,
            "week": self.week,
            "mondays": list(self.mondays),
            "source": self.given.fact.chip if self.given.kind == "data" else "",
            "figure": self.given.fact.id if self.given.kind == "data" else "",
            "definition": self.given.fact.definition if self.given.kind == "data" else "",
        }


def reviewed(walk: Walk) -> list[Reviewed]:
    """Every metric chosen in step 6, in its order."""
    past = walk.workspace.records("week")
    current = walk.current("week")
    return [
        _reviewed(walk, row, str(fields["metric"].value), fields.get("target"), current.get(f"values/{row}"), past)
        for row, fields in walk.workspace.rows("kpi", "chosen").items()
        if "metric" in fields and fields["metric"].value
    ]


def names(walk: Walk) -> tuple[str, ...]:
    """The chosen metrics as they are called."""
    return tuple(dict.fromkeys(metrics.find(row.metric).name for row in walk.reviewed))


def monday(walk: Walk, today: date) -> date:
    """The week under review by its Monday: the newest of any metric, else the last whole week."""
    return max((row.week for row in walk.reviewed if row.week), default=_under_review(today))


def days(walk: Walk) -> str:
    """The days of the week under review, as a reader writes them."""
    first = monday(walk, walk.value("week", "today"))
    return i18n.days(first, first + WEEK - timedelta(days=1))


def of_data(walk: Walk) -> date | None:
    """The Monday of the newest week whose metrics come from the data; None where none does."""
    return max((row.week for row in walk.reviewed if row.week and row.given.kind == "data"), default=None)


def last_review(walk: Walk) -> date | None:
    """The day on which a week was closed last."""
    found = walk.workspace.records("week")
    return as_date(found[-1].payload.get("date")) if found else None


def under_way(walk: Walk) -> date | None:
    """The Monday of a week that the data cover in part; None where there is none."""
    found = (series(walk, row.metric) for row in walk.reviewed)
    return max((data.begun for data in found if data and data.begun), default=None)


def revised(walk: Walk) -> list[dict[str, Any]]:
    """Numbers that a review has seen and the data tell otherwise now, the oldest week first."""
    found: dict[tuple[str, date], dict[str, Any]] = {}
    for record in walk.workspace.records("week"):
        typed = record.payload.get("typed", [])
        for metric, was in record.payload.get("values", {}).items():
            week, data = _monday(record, metric), series(walk, metric) if metric not in typed else None
            now = data.at(week) if data else None
            if week and data and now is not None and not math.isclose(now, was, rel_tol=1e-9):
                facts = {"was": was, "now": now, "source": ", ".join(data.sources)[:LONGEST]}
                day = data.time.astimezone().date()
                found[metric, week] = {"metric": metric, "week": week, "imported": day, **facts}
    return sorted(found.values(), key=lambda one: (one["week"], one["metric"]))


def tests(walk: Walk) -> list[dict[str, str]] | None:
    """The tests in work, and those that were read within the last week, each in one sentence; None without any."""
    from playbook.questions.ideas import past, told

    since = _under_review(day) if isinstance(day := walk.value("week", "today"), date) else date.min
    found = [
        {"name": test.name, "stage": past.stage(test), "says": told.said(test)}
        for test in walk.outcome("ideas", "tests") or ()
        if test.state == "running" or _told_last(test) >= since > date.min
    ]
    return found or None


def _told_last(test: Any) -> date:
    """The day on which something was last told of a test behind."""
    return max((day for day in (test.finished, test.decided, test.reviewed) if day), default=date.min)


def heard(walk: Walk) -> list[dict[str, Any]] | None:
    """What this week's review says came of decisions on hypotheses of step 7, by their places; None without any."""
    places = {row: place for place, row in enumerate(walk.workspace.rows("ideas", "ideas"))}
    found = [
        {"hypothesis": places[earlier["hypothesis"]], "turned": earlier["outcome"]}
        for earlier in walk.value("week", "previous") or ()
        if earlier.get("outcome") and earlier.get("hypothesis") in places
    ]
    return found or None


def behind(walk: Walk) -> str:
    """That the newest week of the data lies long behind the last one; never said of a sample firm."""
    newest, today = of_data(walk), walk.value("week", "today")
    if newest is None or today is None or walk.workspace.setting("sample"):
        return ""
    late = (_under_review(today) - newest) // WEEK
    if rules.check(OLD, late).met:
        return ""
    return tn(
        CONTEXT,
        "Your data’s newest figures are of {days}, {n} week before the last one: now may be otherwise.",
        "Your data’s newest figures are of {days}, {n} weeks before the last one: now may be otherwise.",
        late,
        days=i18n.days(newest, newest + WEEK - timedelta(days=1)),
    )


def unit(metric: str) -> str:
    """The unit in which a metric's value is typed."""
    return UNITS.get(metrics.find(metric).unit, "number")


def _reviewed(
    walk: Walk, row: str, metric: str, target: Current | None, saved: Current | None, past: list[Record]
) -> Reviewed:
    data, closed = series(walk, metric), _closed(past, metric)
    field = _field(row, metric, saved)
    fact = of_week(data) if data and not (closed and data.latest.monday <= closed) else None
    given = walk.meeting(field, fact, saved.time if saved else None)
    week = data.latest.monday if fact else closed and closed + WEEK
    if saved and given.kind == "typed":
        week = max(filter(None, (week, _under_review(saved.time.astimezone().date()))))
    if fact and week != data.latest.monday:  # what was typed is of a later week than the data
        given = replace(given, fact=None)
    plan = _plan(target.value if target else None, metric)
    before = _before(data, past, metric, week)
    since, why = _change(walk, metric, week)
    aside = sum(1 for day, _ in before if since and (day is None or day < since))
    values, mondays = tuple(value for _, value in before), tuple(day for day, _ in before if day)
    return Reviewed(row, metric, given, plan, values, mondays, aside, why, week)


def _change(walk: Walk, metric: str, week: date | None) -> tuple[date | None, str]:
    """The Monday of the newest known change of a metric up to a week, and what changed; nothing where there is none."""
    ident = metrics.find(metric).id
    found = [
        (calendars.monday(day), str(row.get("why") or ""))
        for row in walk.value(CHANGES, "changes") or ()
        if (day := as_date(row.get("since"))) and _of(row, ident)
    ]
    return max((one for one in found if week is None or one[0] <= week), default=(None, ""))


def _of(row: Mapping[str, Any], metric: str) -> bool:
    """Whether a change is one of this metric: one that names none is of all."""
    named = row.get("metric")
    return not named or metrics.find(str(named)).id == metric


def _field(row: str, metric: str, saved: Current | None) -> Given:
    """The field of a metric's value as it was typed."""
    name, found = f"values/{row}", metrics.find(metric)
    spec = FieldSpec(
        name, found.name, "", "number", unit(metric), None, found.most, (), optional=True, default=None, rows=()
    )
    if saved is None:
        return Given(spec, name, None, "empty")
    return Given(
        spec,
        name,
        saved.value,
        "typed" if saved.value is not None else "empty",
        draft=saved.draft,
        revision=saved.revision,
    )


def _before(data: Any, past: list[Record], metric: str, week: date | None) -> list[tuple[date | None, float]]:
    """The weeks before, the oldest first: those of the data, in place of them what was typed and closed."""
    known: dict[date, float] = {point.monday: point.value for point in data.whole} if data else {}
    undated: list[tuple[date | None, float]] = []
    for record in past:
        value, monday = record.payload.get("values", {}).get(metric), _monday(record, metric)
        if value is None or (data and metric not in record.payload.get("typed", [metric])):
            continue
        if monday is None:
            day = as_date(record.payload.get("date"))
            undated.append((day and _under_review(day), value))
        else:
            known[monday] = value
    dated: list[tuple[date | None, float]] = [
        (monday, known[monday]) for monday in sorted(known) if week is None or monday < week
    ]
    return [*(one for one in undated if not data), *dated]


def _closed(past: list[Record], metric: str) -> date | None:
    """The newest week of this metric that a review has closed."""
    return max(filter(None, (_monday(record, metric) for record in past)), default=None)


def _monday(record: Record, metric: str) -> date | None:
    """The week of this metric that a review was of; None for a review that did not write it down."""
    weeks: Mapping[str, Any] = record.payload.get("weeks", {})
    return as_date(weeks.get(metric))


def _under_review(day: date) -> date:
    """The Monday of the last whole week before a day."""
    return calendars.monday(day) - WEEK


def _plan(value: Any, metric: str) -> float | None:
    """A target as a number, in per cent where it was typed before its metric was chosen; None for words."""
    if not isinstance(value, str):
        return value if isinstance(value, int | float) else None
    try:
        typed = read_number(value, decimal_comma=i18n.language() == "ru")
    except ValueError:
        return None
    return typed / 100 if metrics.find(metric).unit == "share" else typed
