"""How many people a test of two variants takes, in how many weeks, or which difference it can see at all."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.charts import Curve
from playbook.display import Face, Number, Point, Points, Ruler, Verdict, people, sentence, word
from playbook.errors import InvalidInput, Problem
from playbook.i18n import money, number, quantity, share, t
from playbook.methods import power as powers
from playbook.model import NonAnswer, Result, known
from playbook.whatif import Numeric

CONTEXT = "sample-size"
WEEKS = "test_weeks"
MOST = 10**12
CHOICES = ("per_group", "power", "alpha", "variant")
MANY_TIMES = 1000
"""A change so many times the present conversion is said in points only."""
CENTURY = 5200
"""Weeks that nobody waits."""

Open = Annotated[float, Field(gt=0, lt=1, json_schema_extra={"unit": "share"})]
Change = Annotated[float, Field(ge=-1, le=1000, json_schema_extra={"unit": "share"})]
Size = Annotated[int, Field(ge=2, le=MOST, json_schema_extra={"unit": "count"})]


class SampleSize(Numeric):
    """Ask how many a test takes. One of size, power, level and variant is left out, and it is the answer.

    Left out too, the level is 5% and the power 80%.

    >>> SampleSize(baseline=0.2, variant=0.25).solve().per_group
    1094
    """

    name = CONTEXT
    outcome = ("weeks", "number", "Weeks")
    less_is_better = True
    labels: ClassVar = {
        "absolute": "in points: from 20% to 25% is 5",
        "relative": "of the present: from 20% to 21% is 5%",
    }
    groups: ClassVar = (
        ("What you test", ("baseline", "mde", "mde_kind", "variant")),
        ("How many come", ("visitors_per_week", "value_per_success", "per_group")),
        ("How sure it must be", ("alpha", "power", "sides")),
    )

    baseline: units.Share
    """Conversion now"""
    variant: units.Share | None = None
    """Or the conversion you hope for"""
    mde: Change | None = None
    """Smallest change worth having

    5% is five points, or five per cent of the present conversion: say below which."""
    mde_kind: Literal["absolute", "relative"] = "absolute"
    """The change is meant"""
    per_group: Size | None = None
    """People in each group

    Leave it empty to learn it."""
    power: Open | None = None
    """Chance to see the change if it is there

    Usually 80%."""
    alpha: Open | None = None
    """Risk of a false alarm

    Usually 5%."""
    sides: Annotated[int, Field(ge=1, le=2)] = 2
    """Sides

    2 when the variant may also be worse."""
    visitors_per_week: units.Number | None = None
    """People a week, both groups together

    Visitors or leads: those whose conversion is tested."""
    value_per_success: units.Money | None = None
    """Gross profit of one success"""

    @model_validator(mode="after")
    def _one_left_out(self) -> Self:
        if self.variant is not None and self.mde is not None:
            what = t(CONTEXT, "The difference is said twice.")
            raise InvalidInput([Problem("mde", what, f"variant={self.variant:g}, mde={self.mde:g}", _keep_one())])
        target = self.target()
        if target is not None and not 0 <= target <= 1:
            what = t(CONTEXT, "With this change the conversion would leave 0 to 100%.")
            raise InvalidInput([Problem("mde", what, f"{target:g}", t(CONTEXT, "take a smaller change"))])
        if not self._asked():
            what = t(CONTEXT, "Nothing is left to find.")
            hint = t(CONTEXT, "leave out one of: {names}", names=", ".join(CHOICES))
            raise InvalidInput([Problem("per_group", what, "", hint)])
        if self.group() is None and target is None:
            what = t(CONTEXT, "Two things are left out: the size and the difference.")
            hint = t(CONTEXT, "give the difference to learn the size, or the size to learn the difference")
            raise InvalidInput([Problem("mde", what, "", hint)])
        return self

    def target(self) -> float | None:
        """The conversion of the variant, said directly or as a change."""
        if self.mde is None:
            return self.variant
        return self.baseline + (self.mde if self.mde_kind == "absolute" else self.baseline * self.mde)

    def group(self) -> int | None:
        """People in each group as said; else, while no difference is said, those of the longest sensible test."""
        if self.per_group is not None or self.target() is not None or not self.visitors_per_week:
            return self.per_group
        return min(max(2, math.floor(self.visitors_per_week * rules.get(WEEKS).number / 2)), MOST)

    def level(self) -> float:
        """The risk of a false alarm."""
        return self.alpha if self.alpha is not None else rules.get("test_alpha").number

    def wanted(self) -> float:
        """The chance to see the difference."""
        return self.power if self.power is not None else rules.get("test_power").number

    def _asked(self) -> str:
        """What is to be found: what is left out, the level and the power only when nothing else is."""
        if self.group() is None:
            return "per_group"
        if self.target() is None:
            return "variant"
        return "power" if self.power is None else "alpha" if self.alpha is None else ""

    def aim(self) -> float | None:
        """The weeks that one test may take."""
        return rules.get(WEEKS).number if self.visitors_per_week else None

    def solve(self) -> Design:
        """The one thing left out, the weeks it takes, and whether the test is worth beginning."""
        found = {
            "per_group": self._size,
            "variant": self._variant,
            "power": self._power,
            "alpha": self._level,
        }[self._asked()]()
        size = known(found) if self._asked() == "per_group" else self.group()
        weeks = None if self.visitors_per_week is None else self._weeks(size)
        return Design(asked=self, weeks=weeks, verdict=self._verdict(found, weeks), **{self._asked(): found})

    def detectable(self, per_group: float) -> float | None:
        """The smallest better conversion that so many a side can see."""
        return powers.larger(per_group, self.baseline, self.level(), self.wanted(), self.sides)

    def _size(self) -> int | NonAnswer:
        needed = powers.size(self.baseline, self.target() or 0.0, self.level(), self.wanted(), self.sides)
        if needed is None or needed > MOST:
            reason = t(CONTEXT, "the variant does not differ, or so little that no test would see it")
            return NonAnswer(status="unreachable", reason=reason, hint=t(CONTEXT, "test a bigger change"))
        return max(2, math.ceil(round(needed, 9)))

    def _variant(self) -> float | NonAnswer:
        found = self.detectable(self.group() or 2)
        if found is None:
            reason = t(CONTEXT, "with so few people not even a conversion of 100% would be told from the present one")
            return NonAnswer(status="unreachable", reason=reason, hint=t(CONTEXT, "gather more people in each group"))
        return found

    def _power(self) -> float:
        return powers.power(self.group() or 2, self.baseline, self.target() or 0.0, self.level(), self.sides)

    def _level(self) -> float | NonAnswer:
        found = powers.level(self.group() or 2, self.baseline, self.target() or 0.0, self.wanted(), self.sides)
        if found < 1:
            return found
        reason = t(CONTEXT, "at no risk of a false alarm would so few people show it so surely")
        return NonAnswer(status="unreachable", reason=reason, hint=t(CONTEXT, "gather more people in each group"))

    def _weeks(self, per_group: float | None) -> float | NonAnswer:
        if per_group is None or not self.visitors_per_week:
            reason = t(CONTEXT, "nobody comes") if not self.visitors_per_week else t(CONTEXT, "no size is enough")
            return NonAnswer(status="never", reason=reason, hint=t(CONTEXT, "test where more people come"))
        weeks = 2 * per_group / self.visitors_per_week
        if weeks > CENTURY:
            reason = t(CONTEXT, "it would take longer than a century")
            return NonAnswer(status="never", reason=reason, hint=t(CONTEXT, "test where more people come"))
        return weeks

    def _verdict(self, found: object, weeks: object) -> Literal["yes", "no", "wait"]:
        if isinstance(found, NonAnswer) or isinstance(weeks, NonAnswer):
            return "no"
        if isinstance(weeks, int | float):
            return "yes" if rules.check(WEEKS, weeks).met else "no"
        return "wait"


class Design(Result):
    """The one thing that was left out, the weeks, and whether to begin."""

    asked: SampleSize = Field(exclude=True, repr=False)
    per_group: int | NonAnswer | None = None
    power: float | None = None
    alpha: float | NonAnswer | None = None
    variant: float | NonAnswer | None = None
    weeks: float | NonAnswer | None = None
    verdict: Literal["yes", "no", "wait"]

    def face(self) -> Face:
        """Begin or not, in weeks; what this traffic can see; what to do instead."""
        refused = next((one for one in (self.per_group, self.variant, self.alpha) if isinstance(one, NonAnswer)), None)
        if refused is not None:
            verdict = Verdict("no", word("no"), sentence(refused.reason), flip=sentence(refused.hint))
            return Face(verdict, sections=(self._instead(),))
        weeks = known(self.weeks)
        return Face(
            verdict=self._said(weeks),
            numbers=self._numbers(weeks),
            chart=self._chart(),
            sections=() if self.verdict == "yes" else (self._instead(),),
            rules=() if weeks is None else (rules.check(WEEKS, weeks),),
        )

    def _said(self, weeks: float | None) -> Verdict:
        asked, size = self.asked, self._size()
        both = number(2 * size)
        if asked.visitors_per_week is None:
            say = t(CONTEXT, "The test takes {people} people, {each} in each group.", people=both, each=number(size))
            because = t(CONTEXT, "Say how many come in a week, and the answer will be in weeks.")
            return Verdict("wait", word("wait"), say, because)
        come = people(asked.visitors_per_week)
        if weeks is None:
            return Verdict("no", word("no"), t(CONTEXT, "So few people come that the test would never end."))
        most = rules.get(WEEKS).number
        values = {"come": come, "weeks": quantity(_whole(weeks), "week"), "people": both}
        ruler = Ruler(
            weeks, most, quantity(_whole(weeks), "week"), t(CONTEXT, "sensible: {n}", n=quantity(most, "week"))
        )
        because = t(
            CONTEXT,
            "To tell {now} from {then} takes {people} people, half of them in each group.",
            now=share(asked.baseline),
            then=share(self._target()),
            people=both,
        )
        if self.verdict == "yes":
            say = t(CONTEXT, "{come} people a week answer this in {weeks}.", **values)
            return Verdict("yes", word("yes"), say, because, self._sees(), ruler)
        say = t(CONTEXT, "Your {come} people a week cannot answer this: it would take {weeks}.", **values)
        return Verdict("no", word("no"), say, because, self._sees(), ruler)

    def _sees(self) -> str:
        """Which difference the traffic of the longest sensible test shows."""
        most = rules.get(WEEKS).number
        found = self.asked.detectable((self.asked.visitors_per_week or 0) * most / 2)
        if found is None:
            return t(CONTEXT, "In {weeks} this traffic shows no difference at all.", weeks=quantity(most, "week"))
        values = {"weeks": quantity(most, "week"), "at": share(found), "now": share(self.asked.baseline)}
        return t(CONTEXT, "In {weeks} it shows a conversion of {at} or more ({now} now).", **values)

    def _numbers(self, weeks: float | None) -> tuple[Number, ...]:
        asked, size, gain = self.asked, self._size(), self._gain()
        found = [
            Number(
                t(CONTEXT, "People in each group"),
                number(size),
                t(CONTEXT, "{n} in all", n=number(2 * size)),
                t(CONTEXT, "risk {alpha}, chance {power}", alpha=share(self._alpha()), power=share(self._power())),
                t(
                    CONTEXT,
                    "If nothing changed, it calls a change in {alpha} of cases; if it did, it sees it in {power}.",
                    alpha=share(self._alpha()),
                    power=share(self._power()),
                ),
                t(CONTEXT, "two shares, as power.prop.test counts them"),
            ),
            Number(
                t(CONTEXT, "Change it sees"),
                t(CONTEXT, "from {now} to {then}", now=share(asked.baseline), then=share(self._target())),
                self._both_ways(),
                t(CONTEXT, "points and per cent are two things"),
                t(CONTEXT, "From 20% to 25% is five points, and a quarter of the present conversion."),
            ),
        ]
        if weeks is not None:
            found.insert(
                0, Number(t(CONTEXT, "Weeks"), number(_whole(weeks)), badge=t(CONTEXT, "people ÷ people a week"))
            )
        if gain is not None:
            definition = t(CONTEXT, "More successes of all who come in a week, times the gross profit of one.")
            found.append(
                Number(t(CONTEXT, "Worth a week"), money(gain), badge=t(CONTEXT, "if it holds"), definition=definition)
            )
        return tuple(found)

    def _both_ways(self) -> str:
        change = self._target() - self.asked.baseline
        points = t(CONTEXT, "{n} points", n=number(100 * change))
        small = self.asked.baseline < abs(change) / MANY_TIMES
        return points if small or not change else f"{points}, {share(change / self.asked.baseline)}"

    def _gain(self) -> float | None:
        asked = self.asked
        if asked.value_per_success is None or not asked.visitors_per_week:
            return None
        return asked.visitors_per_week * (self._target() - asked.baseline) * asked.value_per_success

    def _chart(self) -> Curve | None:
        """The smallest change that the traffic shows after each week."""
        asked, most = self.asked, int(rules.get(WEEKS).number)
        if not asked.visitors_per_week:
            return None
        shown = [(week, asked.detectable(asked.visitors_per_week * week / 2)) for week in range(1, 2 * most + 1)]
        known_ones = [(week, found) for week, found in shown if found is not None]
        if len(known_ones) < 2:  # noqa: PLR2004 - a line takes two points
            return None
        place = next((index for index, (week, _) in enumerate(known_ones) if week == most), None)
        return Curve(
            title=t(CONTEXT, "The longer it runs, the smaller the change it sees"),
            caption=t(CONTEXT, "Smallest change that can be told from nothing after so many weeks, in points."),
            labels=tuple(number(week) for week, _ in known_ones),
            values=tuple(100 * (found - asked.baseline) for _, found in known_ones),
            lit=place,
        )

    def _instead(self) -> Points:
        """What to do when the test cannot answer."""
        bolder = t(
            CONTEXT,
            "Change the offer, the price or the whole page, not one word: half the change takes four times the people.",
        )
        earlier = t(
            CONTEXT,
            "Count an earlier step that happens more often: a lead instead of a payment, a click instead of a lead.",
        )
        longer = t(CONTEXT, "Let it run longer and change nothing meanwhile, if the gain is worth the wait.")
        talk = t(CONTEXT, "Ten talks with clients say why they do not buy; a test of few people says nothing.")
        decide = t(
            CONTEXT, "If a mistake costs little, choose by sense, write down why, and look at the series in a month."
        )
        return Points(
            t(CONTEXT, "What to do instead"),
            (
                Point(t(CONTEXT, "A bigger change"), bolder),
                Point(t(CONTEXT, "An earlier number"), earlier),
                Point(t(CONTEXT, "More time"), longer),
                Point(t(CONTEXT, "Talks instead of a test"), talk),
                Point(t(CONTEXT, "Simply decide"), decide),
            ),
        )

    def _size(self) -> int:
        return int(known(self.per_group) or self.asked.group() or 0)

    def _target(self) -> float:
        found = known(self.variant)
        return found if found is not None else self.asked.target() or 0.0

    def _power(self) -> float:
        return self.power if self.power is not None else self.asked.wanted()

    def _alpha(self) -> float:
        return known(self.alpha) or self.asked.level()


def _whole(weeks: float) -> int:
    return max(1, math.ceil(round(weeks, 6)))


def _keep_one() -> str:
    return t(CONTEXT, "keep variant or mde")
