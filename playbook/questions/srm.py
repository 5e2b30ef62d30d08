"""Whether people came to the variants of a test in the planned ratio: if not, no result of it may be read."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.charts import Bars
from playbook.display import Face, Number, Verdict, sentence, wait
from playbook.errors import InvalidInput, Problem
from playbook.i18n import number, share, t
from playbook.methods.many_tests import split_p_value
from playbook.model import Inputs, NonAnswer, Provisional, Result, known

CONTEXT = "srm"
RULE = "split_p_value"
FEW = 5
"""Below so many expected in a variant the formula is rough."""
TINY, LEAST = 0.0001, 1e-9


class Srm(Inputs):
    """Ask whether the split of a test is the planned one (sample ratio mismatch).

    >>> found = Srm(counts=(821588, 815482), ratio=(1, 1)).solve()
    >>> found.verdict
    'mismatch'
    """

    name = CONTEXT
    groups: ClassVar = (("People", ("counts", "ratio")),)

    counts: Annotated[units.Numbers, Field(min_length=2)]
    """How many came to each variant

    In one line: 5010; 4990."""
    ratio: units.Numbers = ()
    """The planned ratio

    In the same order: 1; 1 for equal parts. Left empty, the parts are equal."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        wrong = next((one for one in self.counts if one < 0 or one != math.floor(one)), None)
        if wrong is not None:
            what = t(CONTEXT, "People are counted in whole numbers from 0 up.")
            raise InvalidInput([Problem("counts", what, number(wrong), t(CONTEXT, "write the numbers as they are"))])
        if self.ratio and len(self.ratio) != len(self.counts):
            what = t(CONTEXT, "There are as many parts of the ratio as variants.")
            saw = f"{len(self.counts)} / {len(self.ratio)}"
            raise InvalidInput([Problem("ratio", what, saw, t(CONTEXT, "one number for each variant"))])
        if any(part <= LEAST * max(self.ratio) for part in self.ratio):
            what = t(CONTEXT, "A part of the ratio is 0, or as good as 0.")
            hint = t(CONTEXT, "leave out a variant that nobody was to see")
            raise InvalidInput([Problem("ratio", what, "; ".join(map(number, self.ratio)), hint)])
        return self

    def solve(self) -> Split:
        """Pearson's chi-square test of the planned ratio."""
        if not sum(self.counts):
            reason = t(CONTEXT, "nobody has come yet")
            none = NonAnswer(status="not_yet", reason=reason, hint=t(CONTEXT, "look again when people have come"))
            return Split(asked=self, p_value=none, verdict="cannot_tell")
        p = split_p_value(tuple(int(one) for one in self.counts), self.parts())
        few = min(self.expected()) < FEW
        verdict: Literal["mismatch", "fits", "cannot_tell"] = "mismatch" if p < rules.get(RULE).number else "fits"
        return Split(asked=self, p_value=self._few(p) if few else p, verdict="cannot_tell" if few else verdict)

    def parts(self) -> tuple[float, ...]:
        """The planned ratio, equal parts where none is given."""
        return self.ratio or (1.0,) * len(self.counts)

    def expected(self) -> tuple[float, ...]:
        """How many should have come to each variant."""
        return tuple(part / math.fsum(self.parts()) * sum(self.counts) for part in self.parts())

    def _few(self, p: float) -> Provisional:
        reason = t(CONTEXT, "fewer than {n} people are expected in a variant", n=number(FEW))
        return Provisional(value=p, reason=reason, hint=t(CONTEXT, "look again when more people have come"))


class Split(Result):
    """How likely such a split is by chance alone."""

    asked: Srm = Field(exclude=True, repr=False)
    p_value: float | NonAnswer | Provisional
    verdict: Literal["mismatch", "fits", "cannot_tell"]

    def face(self) -> Face:
        """Read the test or not; how many came and how many should have."""
        if isinstance(self.p_value, NonAnswer):
            return wait(sentence(self.p_value.reason), flip=sentence(self.p_value.hint))
        return Face(verdict=self._said(), numbers=self._numbers(), chart=self._chart())

    def _said(self) -> Verdict:
        came, planned = _joined(self.asked.counts), _joined(self.asked.expected())
        say = t(CONTEXT, "{came} came, where {planned} were planned.", came=came, planned=planned)
        if isinstance(self.p_value, Provisional):
            return Verdict(
                "wait", t(CONTEXT, "Too few to say"), say, sentence(self.p_value.reason), sentence(self.p_value.hint)
            )
        if self.verdict == "mismatch":
            because = t(
                CONTEXT, "Chance gives so uneven a split less than once in a thousand tests: people get lost somewhere."
            )
            flip = t(CONTEXT, "Look at redirects, slow pages, bots and people counted twice, and begin anew.")
            return Verdict("no", t(CONTEXT, "Do not read the test"), say, because, flip)
        p = share(known(self.p_value) or 0.0)
        because = t(CONTEXT, "Chance alone splits people so unevenly in {p} of sound tests.", p=p)
        flip = t(CONTEXT, "It would be broken below a p-value of {p}.", p=number(rules.get(RULE).number))
        return Verdict("yes", t(CONTEXT, "The split is sound"), say, because, flip)

    def _numbers(self) -> tuple[Number, ...]:
        p = known(self.p_value) or 0.0
        return (
            Number(
                t(CONTEXT, "By chance alone"),
                share(p) if p >= TINY else t(CONTEXT, "less than {p}", p=share(TINY)),
                badge=t(CONTEXT, "p-value, chi-square"),
                definition=t(CONTEXT, "How often a sound test splits people at least as unevenly."),
                formula=t(CONTEXT, "sum of (came − planned)² ÷ planned"),
            ),
        )

    def _chart(self) -> Bars:
        shares = [100 * count / sum(self.asked.counts) for count in self.asked.counts]
        names = tuple(t(CONTEXT, "Variant {n}", n=number(place)) for place in range(1, len(shares) + 1))
        planned = _joined(tuple(100 * one / math.fsum(self.asked.parts()) for one in self.asked.parts()))
        return Bars(
            title=t(CONTEXT, "Planned {planned}, came {came}", planned=planned, came=_joined(tuple(shares))),
            caption=t(CONTEXT, "Share of each variant, %."),
            labels=names,
            values=tuple(shares),
            texts=tuple(number(one) for one in self.asked.counts),
        )


def _joined(values: tuple[float, ...]) -> str:
    return " : ".join(number(value) for value in values)
