"""How often a test that changes nothing is called when one looks at it again and again."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from playbook.charts import Curve
from playbook.display import Face, Number, Verdict, odds
from playbook.i18n import share, t, tn
from playbook.methods.many_tests import alarms_by_look, false_alarms, level_per_look
from playbook.model import Result
from playbook.whatif import Numeric

CONTEXT = "peeking"
MOST = 365
SOLVED = 60
"""Beyond so many looks nobody plans a level for each."""
DRAWN = 20
Looks = Annotated[int, Field(ge=1, le=MOST, json_schema_extra={"unit": "count"})]


class Peeking(Numeric):
    """Ask what looking early costs.

    >>> round(Peeking(looks=5, alpha=0.05).solve().false_alarm_rate, 3)
    0.142
    """

    name = CONTEXT
    outcome = ("false_alarm_rate", "share", "True risk")
    less_is_better = True
    groups: ClassVar = (("Looks", ("looks", "alpha")),)

    looks: Looks
    """How many times you look

    Every day of a month is 30."""
    alpha: Annotated[float, Field(ge=1e-6, lt=1, json_schema_extra={"unit": "share"})] = 0.05
    """Risk of a false alarm at one look"""

    def solve(self) -> Alarms:
        """The risk over all looks, and the level for each look that keeps it."""
        return Alarms(
            asked=self,
            false_alarm_rate=false_alarms(self.looks, self.alpha),
            level_per_look=level_per_look(self.looks, self.alpha) if self.looks <= SOLVED else None,
        )


class Alarms(Result):
    """How often at least one look calls a difference that is not there, and the level a look would have to take."""

    asked: Peeking = Field(exclude=True, repr=False)
    false_alarm_rate: float
    level_per_look: float | None = None

    def face(self) -> Face:
        """The true risk beside the one promised, look by look."""
        return Face(verdict=self._said(), numbers=self._numbers(), chart=self._chart())

    def _said(self) -> Verdict:
        asked = self.asked
        values = {"rate": share(self.false_alarm_rate), "alpha": share(asked.alpha)}
        if asked.looks == 1:
            say = t(CONTEXT, "One look at the end keeps the promised {alpha}.", **values)
            return Verdict("yes", t(CONTEXT, "Look once"), say)
        say = tn(
            CONTEXT,
            "With {n} look the risk of a false alarm is {rate}, not {alpha}.",
            "With {n} looks the risk of a false alarm is {rate}, not {alpha}.",
            asked.looks,
            **values,
        )
        because = t(CONTEXT, "Each look is one more chance to take luck for a result, and a lucky day ends the test.")
        return Verdict("no", t(CONTEXT, "Do not peek"), say, because, self._way_out())

    def _way_out(self) -> str:
        if self.level_per_look is None:
            return t(CONTEXT, "Look once, at the planned end, or take the method that may be looked at any time.")
        level = share(self.level_per_look)
        return t(
            CONTEXT, "To look so often, call a difference only below a p-value of {level}, or look once.", level=level
        )

    def _numbers(self) -> tuple[Number, ...]:
        found = [
            Number(
                t(CONTEXT, "True risk"),
                share(self.false_alarm_rate),
                odds(self.false_alarm_rate),
                t(CONTEXT, "of a false alarm"),
                t(CONTEXT, "How often a test of two equal variants is called at one of the looks at least."),
            )
        ]
        if self.level_per_look is not None and self.asked.looks > 1:
            definition = t(
                CONTEXT, "With this level at every look the risk of all of them together is the promised one."
            )
            found.append(
                Number(
                    t(CONTEXT, "Level for each look"),
                    share(self.level_per_look),
                    badge=t(CONTEXT, "Pocock 1977"),
                    definition=definition,
                )
            )
        return tuple(found)

    def _chart(self) -> Curve:
        """The risk by look, the last one lit; of many looks some, evenly spread."""
        last = max(self.asked.looks, 2)
        drawn = min(last, DRAWN)
        looks = tuple(1 + round(place * (last - 1) / (drawn - 1)) for place in range(drawn))
        risks = alarms_by_look(last, self.asked.alpha)
        return Curve(
            title=t(CONTEXT, "Every look adds to the risk"),
            caption=t(CONTEXT, "Risk of a false alarm after so many looks, %."),
            labels=tuple(str(look) for look in looks),
            values=tuple(100 * risks[look - 1] for look in looks),
            lit=looks.index(self.asked.looks),
            most=100,
        )
