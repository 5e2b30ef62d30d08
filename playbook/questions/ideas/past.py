"""A hypothesis with its history: its dated way from the backlog to the decision, and the tests behind."""

from __future__ import annotations

from collections.abc import Iterable

from playbook.display import Point, Points, Table
from playbook.i18n import date, t
from playbook.questions.ideas.told import ends, level, shares
from playbook.questions.ideas.trial import Event, Trial, Turned

CONTEXT = "ideas"


def behind(tests: Iterable[Trial]) -> Table | None:
    """The tests that have ended, the newest first: what the counts say and what was decided."""
    found = _ended(tests)
    columns = (
        t(CONTEXT, "Hypothesis"),
        t(CONTEXT, "Control → variant"),
        t(CONTEXT, "True difference ({level} interval)", level=level()),
        t(CONTEXT, "By the counts"),
        t(CONTEXT, "Decision"),
    )
    rows = tuple(
        (
            test.name,
            " → ".join(shares(test)) if test.counted else "—",
            t(CONTEXT, "{low} to {high} points", **ends(test)) if test.counted else "—",
            by_the_counts(test),
            decision(test),
        )
        for test in found
    )
    return Table(t(CONTEXT, "Tests behind"), columns, rows) if rows else None


def lessons(tests: Iterable[Trial]) -> Points | None:
    """What every test behind has taught, with its dated way; None where none has a day or a lesson."""
    items = tuple(
        Point(test.name, test.learned or t(CONTEXT, "What was learned is not written down."), way(test))
        for test in _ended(tests)
        if test.learned or test.history
    )
    return Points(t(CONTEXT, "What the tests taught, and when"), items) if items else None


def _ended(tests: Iterable[Trial]) -> list[Trial]:
    found = [test for test in tests if test.state != "running"]
    return sorted(found, key=lambda test: (test.finished is None, -test.finished.toordinal() if test.finished else 0))


def by_the_counts(test: Trial) -> str:
    """What the counts say of the variant."""
    if test.broken:
        return t(CONTEXT, "uneven groups")
    known = {
        "ship": t(CONTEXT, "better"),
        "keep": t(CONTEXT, "worse"),
        "cannot_tell": t(CONTEXT, "not to be told"),
    }
    return known[test.verdict] if test.verdict else "—"


def decision(test: Trial) -> str:
    """What was done with it, and what came of that."""
    if test.outcome:
        done = {
            "shipped": t(CONTEXT, "shipped"),
            "kept": t(CONTEXT, "kept as it was"),
            "cannot_tell": t(CONTEXT, "left unanswered"),
        }[test.outcome]
        return f"{done}; {_turned(test.turned)}" if test.turned else done
    return t(CONTEXT, "stopped early") if test.state == "stopped" else t(CONTEXT, "not taken")


def _turned(turned: Turned) -> str:
    """What came of a decision: `it worked`."""
    return {
        "worked": t(CONTEXT, "it worked"),
        "did_not_work": t(CONTEXT, "it did not work"),
        "not_done": t(CONTEXT, "it was not carried out"),
    }[turned]


def stage(test: Trial) -> str:
    """Where a test stands: `runs until 30 November 2026`, or what was done with it."""
    if test.state != "running":
        return decision(test)
    if test.ends is None:
        return t(CONTEXT, "runs without a planned end")
    if test.due == "over":
        return t(CONTEXT, "its end has come")
    return t(CONTEXT, "runs until {day}", day=date(test.ends))


def way(test: Trial) -> str:
    """The days of a hypothesis in their order: `written down 2 November 2026 · began 9 November 2026`."""
    return " · ".join(_told(event) for event in test.history)


def _told(event: Event) -> str:
    words = {
        "written": t(CONTEXT, "written down {day}", day=date(event.day)),
        "began": t(CONTEXT, "began {day}", day=date(event.day)),
        "planned_end": t(CONTEXT, "planned end {day}", day=date(event.day)),
        "ended": t(CONTEXT, "ended {day}", day=date(event.day)),
        "decided": t(CONTEXT, "decided {day}", day=date(event.day)),
        "worked": t(CONTEXT, "worked {day}", day=date(event.day)),
        "did_not_work": t(CONTEXT, "did not work {day}", day=date(event.day)),
        "not_done": t(CONTEXT, "not carried out {day}", day=date(event.day)),
    }
    return words[event.what]
