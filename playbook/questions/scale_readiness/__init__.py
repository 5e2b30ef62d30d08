"""Whether the core is steady enough to be scaled: four conditions, kept four to eight weeks in a row.

The question and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

from itertools import takewhile
from typing import ClassVar, Literal

from pydantic import Field

from playbook import rules, units
from playbook.display import Face, apart
from playbook.i18n import day_month, money, number, share, t
from playbook.methods import xmr
from playbook.model import Inputs, NonAnswer, Part, Result
from playbook.questions.scale_readiness.face import LIGHTS, Light, face, usual_range

CONTEXT = "scale-readiness"
Measured = Literal["sales", "lead_to_sale"]
Flag = bool | None
_NOTHING = 1e-6
"""Fewer sales than a millionth are none."""


class CoreWeek(Part):
    """One week of the core."""

    name_of_question = CONTEXT

    week: units.Day | None = None
    """Its Monday"""
    sales: units.Number | None = None
    """Sales

    New clients of the week."""
    spend: units.Money | None = None
    """Spent to win them"""
    cac: units.Money | None = None
    """CAC

    Empty: spent divided by sales."""
    lead_to_sale: units.Share | None = None
    """Conversion to payment

    Share of leads that pay; without leads, of visits."""
    young: bool = False
    """Most of its leads are still open

    Its conversion is judged later."""
    tests_closed: units.Count | None = None
    """Tests closed

    Tests that ended with a decision this week."""

    @property
    def paid(self) -> float | None:
        """What a client cost: as typed, else spent by sales; None where that cannot be told."""
        if self.cac is not None:
            return self.cac
        if self.spend is None or self.sales is None or self.sales <= _NOTHING:
            return None
        return self.spend / self.sales

    @property
    def in_vain(self) -> bool:
        """Whether money was spent and nobody was won."""
        return self.cac is None and self.sales is not None and self.sales <= _NOTHING and bool(self.spend)


class ScaleReadiness(Inputs):
    """Ask whether the core may be scaled, and what is missing.

    >>> week = {"sales": 40, "cac": 5400, "lead_to_sale": 0.3, "tests_closed": 1}
    >>> ScaleReadiness(weeks=[week] * 4, admissible_cac=6230).solve().ready
    True
    """

    name = CONTEXT
    groups: ClassVar = (("The limit", ("admissible_cac",)), ("Weeks of the core, the oldest first", ("weeks",)))

    weeks: tuple[CoreWeek, ...] = Field(max_length=520)
    """Weeks in order of time"""
    admissible_cac: units.Money
    """Admissible CAC

    From the unit economics. Each week's CAC has to be below it; equal is not."""

    def solve(self) -> Readiness:
        """Each light judges the last weeks; the count runs back from the newest week to the first that fails."""
        flags = self.flags()
        lights = {name: self._light(name, flags[name]) for name in LIGHTS}
        return Readiness(
            asked=self,
            lights=Lights(**lights),
            weeks_in_a_row=self._in_a_row(flags),
            ready=all(light is True for light in lights.values()),
            missing=tuple(
                Missing(light=name, reason=self._why(name, flags[name])) for name in LIGHTS if lights[name] is not True
            ),
        )

    def span(self) -> tuple[int, int]:
        """The least weeks in a row, and the weeks that limits are taken from at most."""
        low, high = rules.get("scale_stable_weeks").span
        return int(low), int(high)

    def ripe(self) -> int:
        """How many weeks there are without the newest ones whose leads are still open."""
        young = takewhile(lambda week: week.young and week.lead_to_sale is None, reversed(self.weeks))
        return len(self.weeks) - sum(1 for _ in young)

    def known(self, name: Measured) -> list[tuple[int, float]]:
        """The weeks that have the number, by their place, and the number."""
        return [(place, value) for place, week in enumerate(self.weeks) if (value := getattr(week, name)) is not None]

    def usual(self, name: Measured) -> xmr.Chart | None:
        """Limits and signals by XmR of the last weeks that have the number; None with fewer than two."""
        return xmr.chart([value for _, value in self.known(name)][-self.span()[1] :], counts=True)

    def flags(self) -> dict[Light, list[Flag]]:
        """For each light whether each week keeps its condition; None where a number is missing."""
        least = rules.get("tests_closed_per_week")
        return {
            "stable": self._steady("sales"),
            "cac": [_below(week, self.admissible_cac) for week in self.weeks],
            "conversion": self._steady("lead_to_sale"),
            "cycle": [
                None if week.tests_closed is None else least.status(week.tests_closed) == "within"
                for week in self.weeks
            ],
        }

    def called(self, place: int) -> str:
        """A week inside a sentence: by its Monday where that is known, else by its place."""
        day = self.weeks[place].week
        return number(place + 1) if day is None else t(CONTEXT, "of {day}", day=day_month(day))

    def headed(self, place: int) -> str:
        """A week at the head of its row."""
        day = self.weeks[place].week
        return number(place + 1) if day is None else day_month(day)

    def _steady(self, name: Measured) -> list[Flag]:
        """A week with a value above 0 that is no signal; one before the last weeks has to lie within their limits.

        A core without sales is not steady, it is at rest.
        """
        found, known = self.usual(name), self.known(name)
        flags: list[Flag] = [None] * len(self.weeks)
        last = known[-self.span()[1] :]
        for place, value in known:
            flags[place] = value > _NOTHING and (found is None or found.lower <= value <= found.upper)
        for signal in found.signals if found else ():
            flags[last[signal.index][0]] = False
        return flags

    def _in_a_row(self, flags: dict[Light, list[Flag]]) -> int:
        """Weeks that keep all four, back from the newest; one whose leads are open keeps three and is not counted."""
        ripe = self.ripe()
        kept = [
            all(flags[name][place] for name in LIGHTS if name != "conversion" or place < ripe)
            for place in range(len(self.weeks))
        ]
        return sum(takewhile(bool, reversed(kept[:ripe]))) if all(kept[ripe:]) else 0

    def _judged(self, name: Light) -> range:
        """The places of the weeks that a light looks at: the last ripe ones, and but for conversion those after."""
        ripe = self.ripe()
        return range(max(ripe - self.span()[0], 0), ripe if name == "conversion" else len(self.weeks))

    def _light(self, name: Light, flags: list[Flag]) -> bool | NonAnswer:
        last = [flags[place] for place in self._judged(name)]
        if False in last:
            return False
        if None not in last and self.ripe() >= self.span()[0]:
            return True
        hint = t(CONTEXT, "fill in the missing numbers") if None in last else t(CONTEXT, "come back with the next week")
        return NonAnswer(status="not_yet", reason=self._why(name, flags), hint=hint)

    def _why(self, name: Light, flags: list[Flag]) -> str:
        """What keeps a light off: the newest week that fails, else a missing number, else too few weeks."""
        for kind in (False, None):
            places = [place for place in self._judged(name) if flags[place] is kind]
            if places:
                return self._fails(name, places[-1]) if kind is False else self._unknown(name, places[-1])
        least = number(self.span()[0])
        return t(CONTEXT, "weeks so far: {have}, needed: {least}", have=number(self.ripe()), least=least)

    def _fails(self, name: Light, place: int) -> str:
        week, values = self.weeks[place], {"week": self.called(place), "limit": money(self.admissible_cac)}
        if name == "cycle":
            return t(CONTEXT, "no test was closed in week {week}", **values)
        if name == "stable":
            return self._signalled("sales", place) or t(CONTEXT, "there were no sales in week {week}", **values)
        if name == "conversion":
            return self._signalled("lead_to_sale", place) or t(CONTEXT, "nobody of week {week} paid", **values)
        if week.in_vain:
            return t(CONTEXT, "week {week} cost {spend} and won nobody", spend=money(week.spend or 0), **values)
        return t(CONTEXT, "CAC of week {week} is {cac}, not below {limit}", cac=money(week.paid or 0), **values)

    def _signalled(self, name: Measured, place: int) -> str:
        """A week that is a signal, with what it is held against; nothing where the value is 0."""
        value, found = getattr(self.weeks[place], name), self.usual(name)
        if value <= _NOTHING or found is None:
            return ""
        write, week = (number if name == "sales" else share), self.called(place)
        if found.lower <= value <= found.upper:
            values = {"week": week, "mean": write(found.mean)}
            if name == "sales":
                return t(CONTEXT, "sales up to week {week} keep far to one side of their mean {mean}", **values)
            return t(CONTEXT, "conversion up to week {week} keeps far to one side of its mean {mean}", **values)
        written, _ = apart(value, found.upper if value > found.upper else found.lower, write)
        values = {"week": week, "value": written, "usual": usual_range(found, write, value)}
        if name == "sales":
            return t(CONTEXT, "sales of week {week} are {value}, usual is {usual}", **values)
        return t(CONTEXT, "conversion of week {week} is {value}, usual is {usual}", **values)

    def _unknown(self, name: Light, place: int) -> str:
        week = self.called(place)
        if name == "conversion" and self.weeks[place].young:
            return t(CONTEXT, "most leads of week {week} are still open", week=week)
        return {
            "stable": t(CONTEXT, "sales of week {week} are not filled in", week=week),
            "cac": t(CONTEXT, "neither CAC nor spend of week {week} is filled in", week=week),
            "conversion": t(CONTEXT, "conversion of week {week} is not filled in", week=week),
            "cycle": t(CONTEXT, "the tests closed in week {week} are not filled in", week=week),
        }[name]


class Lights(Result):
    """True, false, or not to be told yet, with what is missing."""

    stable: bool | NonAnswer
    cac: bool | NonAnswer
    conversion: bool | NonAnswer
    cycle: bool | NonAnswer


class Missing(Result):
    """A light that is not on, and why."""

    light: Light
    reason: str


class Readiness(Result):
    """Four lights, the weeks in a row that keep all four conditions, and what is missing."""

    asked: ScaleReadiness = Field(exclude=True, repr=False)
    lights: Lights
    weeks_in_a_row: int
    ready: bool
    missing: tuple[Missing, ...]

    def face(self) -> Face:
        """Go, no go or not yet; what keeps it; the four lights; the sales on their chart."""
        return face(self)


def _below(week: CoreWeek, limit: float) -> Flag:
    if week.in_vain:
        return False
    return None if week.paid is None else week.paid < limit
