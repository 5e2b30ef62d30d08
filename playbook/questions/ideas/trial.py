"""One hypothesis as a test with a history: how long it takes with this traffic, where it stands, and its verdict."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from playbook import rules, units
from playbook.errors import Problem
from playbook.i18n import t
from playbook.methods import power as powers
from playbook.methods import two_samples as two
from playbook.methods import verdicts
from playbook.methods.groups import COUNTS
from playbook.model import Result

if TYPE_CHECKING:
    from playbook.questions.ideas import Idea, Ideas

CONTEXT = "ideas"
WEEKS = "test_weeks"
HALF = 0.5
"""The part of the people meant for the variant."""
MOST = 10**9
"""Weeks and people beyond this are no plan."""

Due = Literal["runs", "ends", "over"]
Outcome = Literal["shipped", "kept", "cannot_tell"]
Turned = Literal["worked", "did_not_work", "not_done"]
"""What the weekly review says came of a decision."""
AGREES: dict[str, Outcome] = {"ship": "shipped", "keep": "kept", "cannot_tell": "cannot_tell"}


Stage = Literal["written", "began", "planned_end", "ended", "decided", "worked", "did_not_work", "not_done"]


class Event(Result):
    """One dated step of a hypothesis on its way."""

    what: Stage
    day: date


class Trial(Result):
    """A hypothesis in work or behind: its plan by the traffic, its days, and what the counts say.

    Shares are of the people of one group; the difference is the variant less the control.
    """

    name: str
    index: int
    """Where it stands in the list that was given, from 0."""
    state: Literal["running", "done", "stopped"]
    baseline: float | None = None
    target: float | None = None
    per_week: float | None = None
    weeks: int | None = None
    """Whole weeks that the test takes; None where that cannot be told."""
    promise: float | None = None
    """What the rise hoped for would be worth in a week, in gross profit."""
    answerable: bool | None = None
    """Whether this traffic answers it within the longest sensible test."""
    detectable: float | None = None
    """The smallest share above the present one that the longest sensible test shows."""
    started: date | None = None
    ends: date | None = None
    """The planned end: as written, else as the traffic asks for."""
    finished: date | None = None
    due: Due | None = None
    """Of a test in work: whether it runs, ends within a week, or its end has come."""
    control: float | None = None
    variant: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    broken: bool = False
    """Whether people came to the two groups in another ratio than chance allows."""
    early: bool = False
    """Whether the counts are read as at any look: the planned end was not reached, or is not known."""
    verdict: verdicts.Verdict | None = None
    outcome: Outcome | None = None
    """What the person did with it."""
    decided: date | None = None
    """The day on which a decision was made of it."""
    turned: Turned | None = None
    """What came of that decision, as a weekly review tells it."""
    reviewed: date | None = None
    """The day on which that was said."""
    history: tuple[Event, ...] = ()
    """Its days in their order, from the day it was written down to what came of the decision."""
    worth: float | None = None
    """What the difference is worth in a week, in gross profit."""
    learned: str = ""

    @property
    def counted(self) -> bool:
        """Whether both groups were counted."""
        return self.control is not None


def trial(asked: Ideas, index: int) -> Trial | None:
    """The test of a hypothesis; None while it waits in the backlog."""
    idea = asked.ideas[index]
    if idea.state == "backlog":
        return None
    plan = _plan(asked, idea)
    ends = idea.ends or _proposed(idea.started, plan)
    due = _due(asked.today, ends) if idea.state == "running" else None
    early = not _final(idea, ends, due)
    found = _counted(asked, idea, plan, early=early)
    facts = {"started": idea.started, "ends": ends, "finished": idea.finished, "decided": idea.decided}
    turned, reviewed = asked.turned(index)
    return Trial(
        name=idea.name,
        index=index,
        state=idea.state,
        due=due,
        early=early and "control" in found,
        outcome=idea.outcome,
        learned=idea.learned.strip(),
        turned=turned,
        reviewed=reviewed,
        history=_history(idea, ends, {turned: reviewed} if turned else {}),
        **plan,
        **facts,
        **found,
    )


def _history(idea: Idea, ends: date | None, turned: dict[Stage, date | None]) -> tuple[Event, ...]:
    """The days that are known; the planned end only while the test has not ended."""
    days: dict[Stage, date | None] = {
        "written": idea.added,
        "began": idea.started,
        "planned_end": None if idea.finished else ends,
        "ended": idea.finished,
        "decided": idea.decided,
        **turned,
    }
    return tuple(Event(what=what, day=day) for what, day in days.items() if day)


def faults(index: int, idea: Idea) -> list[Problem]:
    """Counts and days that cannot be."""
    at, found = f"ideas.{index}", []
    for side in ("control", "variant"):
        people, wins = getattr(idea, f"{side}_people"), getattr(idea, f"{side}_wins")
        if people is not None and wins is not None and wins > people:
            what = t(CONTEXT, "There cannot be more successes than people.")
            saw = f"{side}_wins={wins}, {side}_people={people}"
            found.append(Problem(f"{at}.{side}_wins", what, saw, t(CONTEXT, "count each person once")))
    for name in ("ends", "finished"):
        day = getattr(idea, name)
        if idea.started and day and day < idea.started:
            what = t(CONTEXT, "A test cannot end before it starts.")
            saw = f"started={idea.started}, {name}={day}"
            found.append(Problem(f"{at}.{name}", what, saw, t(CONTEXT, "check both days")))
    if idea.finished and idea.decided and idea.decided < idea.finished:
        what = t(CONTEXT, "A decision on a test cannot come before its end.")
        saw = f"finished={idea.finished}, decided={idea.decided}"
        found.append(Problem(f"{at}.decided", what, saw, t(CONTEXT, "check both days")))
    if idea.decided and idea.reviewed and idea.reviewed < idea.decided:
        what = t(CONTEXT, "What came of a decision cannot be told before it is made.")
        saw = f"decided={idea.decided}, reviewed={idea.reviewed}"
        found.append(Problem(f"{at}.reviewed", what, saw, t(CONTEXT, "check both days")))
    return found


def _plan(asked: Ideas, idea: Idea) -> dict[str, float | bool | None]:
    """How many weeks tell the hoped-for share from the present one, and what the longest sensible test shows."""
    base, per_week = asked.base(idea), asked.traffic(idea)
    plan: dict[str, float | bool | None] = {"baseline": base, "target": idea.hoped, "per_week": per_week}
    if base is None or not per_week:
        return plan
    if idea.hoped is not None and idea.hoped > base:
        plan["promise"] = asked.worth(idea, idea.hoped - base)
    alpha, wanted, most = rules.get("test_alpha").number, rules.get("test_power").number, rules.get(WEEKS).number
    plan["detectable"] = powers.larger(per_week * most / 2, base, alpha, wanted) if base < 1 else None
    size = None if idea.hoped is None else powers.size(base, idea.hoped, alpha, wanted)
    if size is None:
        return plan
    weeks = max(1, math.ceil(round(2 * math.ceil(size) / per_week, 6))) if size < MOST else MOST
    return {**plan, "weeks": min(weeks, MOST), "answerable": weeks <= most}


def _proposed(started: date | None, plan: dict[str, float | bool | None]) -> date | None:
    """The end that the traffic asks for; none where the test would never answer."""
    weeks = plan.get("weeks")
    if started is None or not plan.get("answerable") or not isinstance(weeks, int):
        return None
    end = started + timedelta(weeks=weeks)
    return end if end.year <= units.LAST_YEAR else None


def _due(today: date | None, ends: date | None) -> Due | None:
    if today is None or ends is None:
        return None
    if ends <= today:
        return "over"
    return "ends" if ends <= today + timedelta(weeks=1) else "runs"


def _final(idea: Idea, ends: date | None, due: Due | None) -> bool:
    """Whether the one look that was planned is taken: only at a planned end that is known and was reached."""
    if idea.state == "running":
        return due == "over"
    return ends is not None and idea.finished is not None and idea.finished >= ends


def _counted(
    asked: Ideas, idea: Idea, plan: dict[str, float | bool | None], *, early: bool
) -> dict[str, float | bool | str | None]:
    """Both shares, their difference and the verdict; nothing while a count is missing."""
    numbers = [getattr(idea, name) for name in COUNTS]
    if any(number is None for number in numbers) or not numbers[0] or not numbers[2]:
        return {}
    a, b = two.Shares(numbers[0], numbers[1]), two.Shares(numbers[2], numbers[3])
    alpha = rules.get("test_alpha").number
    broken = verdicts.split_is_broken(a.n, b.n, rules.get("split_p_value").number, HALF)
    weeks, per_week = plan.get("weeks"), plan.get("per_week")
    planned = round(weeks * per_week) if weeks and per_week else verdicts.TUNING
    judged = verdicts.on_the_way(a, b, alpha, max(planned, 1)) if early else verdicts.at_the_end(a, b, alpha)
    return {
        "control": a.rate,
        "variant": b.rate,
        "difference": b.rate - a.rate,
        "low": judged.low,
        "high": judged.high,
        "p_value": judged.p_value,
        "broken": broken,
        "verdict": "cannot_tell" if broken else judged.verdict,
        "worth": asked.worth(idea, b.rate - a.rate),
    }
