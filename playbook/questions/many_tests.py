"""What is left of several tests when they are counted together: the more are looked at, the more call by chance."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from playbook import rules
from playbook.charts import Bars, Mark
from playbook.display import Face, Number, Table, Verdict
from playbook.i18n import number, share, t, tn
from playbook.methods.many_tests import Method, adjusted
from playbook.model import Inputs, Result
from playbook.units import read_pasted

CONTEXT = "many-tests"
DRAWN = 12

Value = Annotated[float, Field(ge=0, le=1)]
Values = Annotated[
    tuple[Value, ...],
    BeforeValidator(read_pasted),
    Field(min_length=1, max_length=1000, json_schema_extra={"unit": "numbers"}),
]


class ManyTests(Inputs):
    """Ask which of several tests still count when they are counted together.

    >>> ManyTests(p_values=(0.01, 0.04, 0.03), method="holm").solve().adjusted
    (0.03, 0.06, 0.06)
    """

    name = CONTEXT
    labels: ClassVar = {
        "holm": "To decide: hardly ever a false one (Holm)",
        "fdr_bh": "To discover: few false ones among those found (Benjamini–Hochberg)",
        "fdr_by": "To discover among tests that hang together (Benjamini–Yekutieli)",
    }
    groups: ClassVar = (("Tests", ("p_values", "method")),)

    p_values: Values
    """P-values of the tests

    How likely each result is by chance alone, from 0 to 1, in one line: 0.01; 0.04; 0.03."""
    method: Method = "holm"
    """What it is for"""

    def solve(self) -> Together:
        """Each p-value as it counts among all."""
        return Together(asked=self, adjusted=adjusted(self.p_values, self.method))


class Together(Result):
    """The p-values as they count together, in their own order."""

    asked: ManyTests = Field(exclude=True, repr=False)
    adjusted: tuple[float, ...]

    def face(self) -> Face:
        """How many hold; each with what it was and what it is."""
        return Face(verdict=self._said(), numbers=self._numbers(), chart=self._chart(), sections=(self._table(),))

    def _held(self, values: tuple[float, ...]) -> list[int]:
        most = rules.get("test_alpha").number
        return [place for place, value in enumerate(values, 1) if value < most]

    def _said(self) -> Verdict:
        before, after = self._held(self.asked.p_values), self._held(self.adjusted)
        of = number(len(self.adjusted))
        say = tn(CONTEXT, "{n} of {of} tests holds.", "{n} of {of} tests hold.", len(after), of=of)
        if not after:
            say = t(CONTEXT, "Not one of {of} tests holds.", of=of)
        if not after and len(self.adjusted) == 1:
            say = t(CONTEXT, "The one test does not hold.")
        alone = t(CONTEXT, "Read one by one, {n} would hold.", n=number(len(before)))
        chance = share(1 - (1 - rules.get("test_alpha").number) ** len(self.adjusted))
        because = t(
            CONTEXT, "Of so many tests that change nothing, at least one calls in {chance} of cases.", chance=chance
        )
        word = t(CONTEXT, "Some hold") if after else t(CONTEXT, "Nothing holds")
        return Verdict("yes" if after else "wait", word, say, f"{because} {alone}")

    def _numbers(self) -> tuple[Number, ...]:
        held = self._held(self.adjusted)
        names = ", ".join(number(place) for place in held[:DRAWN]) or t(CONTEXT, "not one")
        definition = {
            "holm": t(CONTEXT, "In 95 of 100 such families not a single false one is among them."),
            "fdr_bh": t(
                CONTEXT, "Of those that hold, one in twenty is false on average, if the tests are independent."
            ),
            "fdr_by": t(
                CONTEXT, "Of those that hold, one in twenty is false on average, whatever ties the tests together."
            ),
        }[self.asked.method]
        return (
            Number(
                t(CONTEXT, "Tests that hold"),
                names,
                badge=t(CONTEXT, "by their number in the list"),
                definition=definition,
            ),
        )

    def _chart(self) -> Bars:
        shown = sorted(range(len(self.adjusted)), key=lambda place: self.adjusted[place])[:DRAWN]
        level = rules.get("test_alpha").number
        return Bars(
            title=self._said().say.rstrip("."),
            caption=t(CONTEXT, "P-values counted together, the smallest first. What lies left of the line holds."),
            labels=tuple(t(CONTEXT, "Test {n}", n=number(place + 1)) for place in shown),
            values=tuple(self.adjusted[place] for place in shown),
            texts=tuple(number(self.adjusted[place], 4) for place in shown),
            limit=Mark(share(level), level),
        )

    def _table(self) -> Table:
        rows = tuple(
            (number(place), number(was, 4), number(now, 4))
            for place, (was, now) in enumerate(zip(self.asked.p_values, self.adjusted, strict=True), 1)
        )
        columns = (t(CONTEXT, "No."), t(CONTEXT, "Alone"), t(CONTEXT, "Together"))
        return Table(t(CONTEXT, "Every test"), columns, rows, numeric=(1, 2))
