"""How a weekly review is shown: whether it ends in decisions, the decisions, what really changed, and last week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from playbook import metrics, rules, units
from playbook.calendars import monday
from playbook.display import Face, Number, Point, Points, Section, Table, Verdict, apart, capital, word
from playbook.i18n import day_month, number, t, tn
from playbook.questions.week.brought_face import brought
from playbook.questions.week.laid import laid
from playbook.units import folded

if TYPE_CHECKING:
    from playbook.questions.week import Earlier, Review, Swing, WeekMetric
    from playbook.questions.week.meeting import Meeting

CONTEXT = "week"
XMR = "xmr_points"
SHOWN = 4
"""Weeks before this one that stand beside it."""


def face(found: Review) -> Face:
    """Whether the review ends in decisions, the decisions, what really changed, the metrics and last week."""
    sections: list[Section] = [_carried(found)] if found.carried_over else []
    if found.asked.decisions:
        sections.append(_decisions(found))
    if signals := _signals(found.asked.metrics):
        sections.append(Points(t(CONTEXT, "What really changed"), signals))
    sections.extend(table for table in (_metrics(found), _weeks(found)) if table.rows)
    sections.extend(brought(found.asked))
    if found.asked.tests:
        sections.append(_tests(found))
    if found.asked.previous:
        sections.append(_before(found))
    if found.asked.revised:
        sections.append(_revised(found))
    advice = () if found.asked.closed() else found.asked.advice()
    sections.append(_agenda(found.asked.meeting()))
    return Face(
        verdict=_said(found),
        numbers=_numbers(found),
        sections=tuple(sections),
        notes=(*found.asked.remarks(), *advice),
        rules=found.asked.checks(),
    )


def _said(found: Review) -> Verdict:
    """Whether the week is set; without an owner it is not, whatever else stands."""
    said, block = _judged(found), found.asked.block()
    if not block or not (found.asked.metrics or found.asked.decisions):
        return said
    flip = t(CONTEXT, "Name one person on the page of owner and roles.")
    return Verdict("no", t(CONTEXT, "Blocked"), block, said.say, flip, step="order")


def _closed(found: Review, today: date) -> Verdict:
    """What was decided is in work until the next Monday."""
    say = tn(
        CONTEXT,
        "{n} decision of this week is in work.",
        "{n} decisions of this week are in work.",
        len(found.asked.previous),
    )
    because = t(
        CONTEXT,
        "Say what came of them at the next review, on {day}.",
        day=day_month(monday(today) + timedelta(weeks=1)),
    )
    return Verdict("yes", t(CONTEXT, "The week is closed"), say, because)


def _judged(found: Review) -> Verdict:
    if found.asked.closed() and found.asked.today is not None:
        return _closed(found, found.asked.today)
    check, warnings = found.asked.checks()[0], found.asked.advice()
    because, flip = " ".join(filter(None, (_off_plan(found), _changed(found)))), _again(found)
    if not found.asked.decisions:
        if not found.asked.metrics:
            return Verdict("wait", word("wait"), t(CONTEXT, "Neither metrics nor decisions are here yet."), flip=flip)
        say = t(CONTEXT, "No decision yet; {range} a week are usual.", range=check.rule.range_words)
        return Verdict(
            "no",
            t(CONTEXT, "No decisions"),
            say,
            because or t(CONTEXT, "A meeting without decisions only looks at charts."),
            flip,
        )
    if warnings:
        say = t(CONTEXT, "{words}.", words=check.words) if not check.met else warnings[0]
        return Verdict("wait", t(CONTEXT, "Almost"), say, because, flip)
    say = t(CONTEXT, "{words}, each with an owner and a date.", words=check.words)
    return Verdict("yes", t(CONTEXT, "The week is set"), say, because, flip)


def off_plan(metrics: Iterable[WeekMetric]) -> str:
    """Every metric that misses its plan, with both numbers; empty where none does."""
    return "; ".join(
        t(
            CONTEXT,
            "{name} {value} (plan {plan})",
            name=row.known.name,
            value=row.known.written(row.value),
            plan=row.known.written(row.plan),
        )
        for row in metrics
        if row.met is False
    )


def off_usual(metrics: Iterable[WeekMetric]) -> str:
    """Every metric that left its usual swing, with its value and to which side; empty where none did."""
    return "; ".join(_left(row, swing) for row in metrics if (swing := row.swing()) and swing.change == "signal")


def _off_plan(found: Review) -> str:
    if names := off_plan(found.asked.metrics):
        return t(CONTEXT, "Off plan: {names}.", names=names)
    return t(CONTEXT, "Every metric with a plan keeps it.") if any(row.met for row in found.asked.metrics) else ""


def _changed(found: Review) -> str:
    names = off_usual(found.asked.metrics)
    return t(CONTEXT, "Not the usual swing: {names}.", names=names) if names else ""


def _left(row: WeekMetric, swing: Swing) -> str:
    """A metric that left its usual swing, with its value and to which side."""
    value, mean = apart(row.value or 0.0, swing.mean or 0.0, row.known.written)
    said = {"name": row.known.name, "value": value, "mean": mean}
    if (row.value or 0.0) > (swing.mean or 0.0):
        return t(CONTEXT, "{name} {value}, above the mean {mean}", **said)
    return t(CONTEXT, "{name} {value}, below the mean {mean}", **said)


def _again(found: Review) -> str:
    if not found.carried_over:
        return ""
    left = len(found.carried_over)
    return tn(
        CONTEXT,
        "{n} decision of last week is not done and is said again.",
        "{n} decisions of last week are not done and are said again.",
        left,
    )


def _numbers(found: Review) -> tuple[Number, ...]:
    numbers = [
        Number(
            capital(check.label),
            number(check.value),
            badge=check.rule.range_words,
            definition=check.words,
        )
        for check in found.asked.checks()
    ]
    if previous := found.asked.previous:
        done = sum(item.done for item in previous)
        of = t(CONTEXT, "of {of}", of=number(len(previous)))
        numbers.append(
            Number(
                t(CONTEXT, "Done of last week"),
                number(done),
                of,
                definition=t(CONTEXT, "Carried out, whether it worked or not."),
            )
        )
    return tuple(numbers)


def _decisions(found: Review) -> Table:
    columns = (
        t(CONTEXT, "Decision"),
        t(CONTEXT, "Why"),
        t(CONTEXT, "Owner"),
        t(CONTEXT, "By when"),
        t(CONTEXT, "Look at the result on"),
    )
    rows = tuple(
        (item.what, item.why.strip() or "—", item.owner.strip() or "—", _day(item.due), _day(item.review))
        for item in found.asked.decisions
    )
    return Table(t(CONTEXT, "Decisions for the next week"), columns, rows)


def _metrics(found: Review) -> Table:
    newest = max((row.week for row in found.asked.metrics if row.week), default=None)
    columns = (
        t(CONTEXT, "Metric"),
        t(CONTEXT, "This week"),
        t(CONTEXT, "Plan"),
        t(CONTEXT, "Against the plan"),
        t(CONTEXT, "Signal or routine"),
    )
    rows = tuple(_metric_row(row, newest) for row in _named(found))
    opens = tuple(("", _behind(row, row.week)) for row in _named(found))
    return Table(t(CONTEXT, "Metrics of the week"), columns, rows, _sources(found), (1, 2), opens)


def _behind(row: WeekMetric, week: date | None) -> str:
    """The rows of the data that a week's value was counted on; none of a typed one."""
    return f"{row.figure}?period={week:%G-W%V}" if row.figure and week else ""


def _weeks(found: Review) -> Table:
    """The last weeks of every metric, the one under review at the end; no table where there is but that one."""
    named = _named(found)
    past = laid(named)
    heads = past.heads()[-SHOWN - 1 :]
    columns, title = (t(CONTEXT, "Metric"), *heads), t(CONTEXT, "Week by week")
    if len(heads) < 2:  # noqa: PLR2004 - two weeks are a row
        return Table(title, columns, ())
    rows = tuple(
        (row.known.name, *map(row.known.written, values[-len(heads) :]))
        for row, values in zip(named, past.rows, strict=True)
    )
    mondays = past.mondays[-len(heads) :]
    opens = tuple(("", *(_behind(row, week if week in row.by_week() else None) for week in mondays)) for row in named)
    return Table(title, columns, rows, numeric=tuple(range(1, len(columns))), opens=opens)


def _named(found: Review) -> list[WeekMetric]:
    return [row for row in found.asked.metrics if row.metric.strip()]


def _sources(found: Review) -> str:
    """Which values were not typed, and where they come from."""
    by_source: dict[str, list[str]] = {}
    for row in found.asked.metrics:
        by_source.setdefault(row.source, []).append(row.known.name)
    told = (f"{', '.join(names)}: {source}" for source, names in by_source.items() if source)
    said = "; ".join(told)
    return t(CONTEXT, "From your data: {said}.", said=said) if said else ""


def _carried(found: Review) -> Points:
    again = {folded(decision.what) for decision in found.asked.decisions}
    kept, left = (
        t(CONTEXT, "It stands among the decisions of the new week."),
        t(CONTEXT, "Decide again: do it, hand it over or drop it."),
    )
    items = tuple(Point(what, kept if folded(what) in again else left) for what in found.carried_over)
    return Points(t(CONTEXT, "Carried over from last week"), items)


def _before(found: Review) -> Table:
    rows = tuple((item.what, item.told(), _moved(found, item)) for item in found.asked.previous)
    columns = (t(CONTEXT, "Decision"), t(CONTEXT, "What came of it"), t(CONTEXT, "Its metric: then and now"))
    told = len(columns) if any(item.metric.strip() for item in found.asked.previous) else len(columns) - 1
    return Table(t(CONTEXT, "Decisions of last week"), columns[:told], tuple(row[:told] for row in rows))


def _moved(found: Review, item: Earlier) -> str:
    """The metric of an earlier decision, then and now."""
    if not item.metric.strip():
        return "—"
    known = metrics.find(item.metric)
    return f"{known.name}: {known.written(item.was)} → {known.written(found.asked.now(item.metric))}"


def _tests(found: Review) -> Points:
    items = tuple(Point(test.name, test.says, test.stage) for test in found.asked.tests)
    return Points(t(CONTEXT, "Tests of the week"), items)


def _revised(found: Review) -> Table:
    columns = (
        t(CONTEXT, "Metric"),
        t(CONTEXT, "Week from"),
        t(CONTEXT, "It was"),
        t(CONTEXT, "It is now"),
        t(CONTEXT, "Why"),
    )
    rows = []
    for item in found.asked.revised:
        known, when = metrics.find(item.metric), _day(item.imported)
        why = t(CONTEXT, "a newer import: {source}, {day}", source=item.source or "—", day=when)
        rows.append((known.name, day_month(item.week), known.written(item.was), known.written(item.now), why))
    note = t(CONTEXT, "What was reviewed stays in its report; from here on the newer number counts.")
    return Table(t(CONTEXT, "Numbers of past weeks that changed"), columns, tuple(rows), note, numeric=(2, 3))


def _metric_row(row: WeekMetric, newest: date | None) -> tuple[str, ...]:
    """A metric against its plan and its swing; a value of an earlier week than the others names its Monday."""
    known, value = row.known, row.known.written(row.value)
    if newest and row.week and row.value is not None and row.week < newest:
        value = f"{value} ({day_month(row.week)})"
    against = {True: t(CONTEXT, "kept"), False: t(CONTEXT, "not kept"), None: "—"}[row.met]
    return known.name, value, known.written(row.plan), against, _change(row)


def _change(row: WeekMetric) -> str:
    swing = row.swing()
    if swing is None:
        return "—"
    if swing.change == "too_short":
        least = number(rules.get(XMR).number)
        return t(CONTEXT, "too short: {have} of {least} weeks", have=number(swing.weeks), least=least)
    usual = _usual(row, swing)[1]
    if swing.rules:
        return t(CONTEXT, "signal; usual {usual}", usual=usual)
    return t(CONTEXT, "routine; usual {usual}", usual=usual)


def _usual(row: WeekMetric, swing: Swing) -> tuple[str, str]:
    """The week's value and the usual range; a value outside it is written apart from the limit."""
    value, ends = row.value or 0.0, (swing.lower or 0.0, swing.upper or 0.0)
    if "beyond_limit" not in swing.rules:
        low, high = map(row.known.written, ends)
        return row.known.written(value), f"{low} – {high}"
    place = value > ends[1]
    said, limit = apart(value, ends[place], row.known.written)
    low, high = (limit if side == place else row.known.written(end) for side, end in enumerate(ends))
    return said, f"{low} – {high}"


def _signals(rows: tuple[WeekMetric, ...]) -> tuple[Point, ...]:
    """Every metric with a signal, and what the rule says that made it one."""
    found = []
    for row in rows:
        if (swing := row.swing()) and swing.rules:
            (value, usual), mean = _usual(row, swing), row.known.written(swing.mean)
            if "eight_on_one_side" in swing.rules and "beyond_limit" not in swing.rules:
                value, mean = apart(row.value or 0.0, swing.mean or 0.0, row.known.written)
            said = {
                "beyond_limit": t(CONTEXT, "Outside the usual {usual}: find out what was different.", usual=usual),
                "eight_on_one_side": _run(row, swing, mean),
                "two_of_three": t(
                    CONTEXT, "Two weeks of three far from the mean {mean}: the level may be moving.", mean=mean
                ),
            }
            found.append(Point(f"{row.known.name}: {value}", " ".join(said[rule] for rule in swing.rules)))
    return tuple(found)


def _run(row: WeekMetric, swing: Swing, mean: str) -> str:
    """How long the row has kept to one side of its mean."""
    above = (row.value or 0.0) > (swing.mean or 0.0)
    back = reversed((*row.base, row.value or 0.0))
    weeks = sum(1 for _ in takewhile(lambda value: (value > (swing.mean or 0.0)) == above, back))
    if above:
        return tn(
            CONTEXT,
            "Higher than chance explains for {n} week: all above the mean {mean}. The level has moved.",
            "Higher than chance explains for {n} weeks: all above the mean {mean}. The level has moved.",
            weeks,
            mean=mean,
        )
    return tn(
        CONTEXT,
        "Lower than chance explains for {n} week: all below the mean {mean}. The level has moved.",
        "Lower than chance explains for {n} weeks: all below the mean {mean}. The level has moved.",
        weeks,
        mean=mean,
    )


def _agenda(meeting: Meeting) -> Table:
    """The meeting in four parts that fill its minutes, and when it is."""
    columns = (t(CONTEXT, "Part of the meeting"), t(CONTEXT, "Minutes"))
    rows = tuple((name, number(minutes)) for name, minutes in meeting.agenda())
    return Table(t(CONTEXT, "Agenda"), columns, rows, meeting.when(), numeric=(1,))


def _day(day: units.Day | None) -> str:
    return day_month(day) if day else "—"
