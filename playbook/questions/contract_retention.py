"""How many clients under contract will stay, when some are more faithful than others, and what that is worth."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator

from playbook import rules, units
from playbook.charts import Curve
from playbook.display import Face, Number, Table, Verdict, sentence, wait
from playbook.errors import InvalidInput, Problem
from playbook.i18n import number, share, t
from playbook.methods import renewals
from playbook.model import Inputs, NonAnswer, Provisional, Result, known
from playbook.units import read_pasted

CONTEXT = "contract-retention"
RULE = "renewal_periods"
OF = 1000
"""A curve of shares counts as that of so many clients."""
MOST = 120

Shares = Annotated[
    tuple[units.Share, ...], BeforeValidator(read_pasted), Field(max_length=MOST, json_schema_extra={"unit": "numbers"})
]
Cohort = Annotated[tuple[units.Count, ...], Field(min_length=1, max_length=MOST)]


def _lines(value: Any) -> Any:
    """Cohorts as a person pastes them: one on a line."""
    return [read_pasted(line) for line in value.splitlines() if line.strip()] if isinstance(value, str) else value


Cohorts = Annotated[
    tuple[Cohort, ...], BeforeValidator(_lines), Field(max_length=500, json_schema_extra={"unit": "series"})
]


class ContractRetention(Inputs):
    """Ask how many clients will still be there after more renewals (the shifted beta-geometric model).

    >>> found = ContractRetention(survival=(0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491)).solve()
    >>> round(found.alpha, 3), round(found.beta, 3)
    (0.668, 3.806)
    """

    name = CONTEXT
    groups: ClassVar = (
        ("Clients still there", ("survival", "cohorts")),
        ("What you want to know", ("periods_ahead", "discount_rate")),
    )

    survival: Shares = ()
    """Part still there after each renewal

    From the first renewal on: 0.87; 0.74; 0.65."""
    cohorts: Cohorts = ()
    """Or numbers, a cohort on each line

    At the start and after each renewal: 200; 174; 149."""
    periods_ahead: Annotated[int, Field(ge=1, le=MOST, json_schema_extra={"unit": "count"})] | None = None
    """Renewals to look ahead

    As many as you have seen, when left empty."""
    discount_rate: Annotated[float, Field(ge=1e-6, le=1, json_schema_extra={"unit": "share"})] | None = None
    """What a period's wait for money costs"""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.survival) == bool(self.cohorts):
            what = t(CONTEXT, "Give the curve or the cohorts.")
            hint = t(CONTEXT, "survival: shares still there; cohorts: how many, one list for each")
            raise InvalidInput([Problem("survival", what, "", hint)])
        name = "survival" if self.survival else "cohorts"
        for curve in self.curves():
            if any(after > before for before, after in pairwise(curve)):
                what = t(CONTEXT, "Clients do not come back: a later number cannot be larger.")
                raise InvalidInput(
                    [Problem(name, what, _shown(curve), t(CONTEXT, "follow the same clients all along"))]
                )
        return self

    def curves(self) -> tuple[tuple[float, ...], ...]:
        """Every cohort from its start on; a curve of shares as that of a thousand clients."""
        if self.cohorts:
            return tuple(tuple(float(count) for count in cohort) for cohort in self.cohorts)
        start = 0 if self.survival[0] == 1 else 1
        return (((float(OF),) * start) + tuple(OF * part for part in self.survival),)

    def seen(self) -> int:
        """The renewals of the oldest cohort."""
        return max(len(curve) for curve in self.curves()) - 1

    def solve(self) -> Retained:
        """The likeliest model, its forecast after the data, and the discounted renewals of a new client."""
        if (refusal := self._too_little()) is not None:
            return Retained(asked=self, alpha=refusal, beta=refusal, log_likelihood=refusal, forecast=())
        found = renewals.fit(self.curves())
        first, ahead = self.seen() + 1, self.periods_ahead or self.seen()
        return Retained(
            asked=self,
            alpha=found.alpha if found.firm else _loose(found.alpha),
            beta=found.beta if found.firm else _loose(found.beta),
            log_likelihood=found.log_likelihood,
            forecast=tuple(found.survival(period) for period in range(first, first + ahead)),
            derl=self._residual(found),
        )

    def _residual(self, found: renewals.Renewals) -> float | None:
        renewed = None if self.discount_rate is None else found.residual(self.discount_rate)
        return renewed if renewed is not None and math.isfinite(renewed) else None

    def _too_little(self) -> NonAnswer | None:
        least = rules.get(RULE).number
        if self.seen() < least:
            reason = t(CONTEXT, "fewer than {n} renewals have been seen", n=number(least))
            return NonAnswer(status="not_yet", reason=reason, hint=t(CONTEXT, "wait for more renewals"))
        if not any(curve[0] for curve in self.curves()):
            reason = t(CONTEXT, "there was nobody at the start")
            return NonAnswer(status="not_yet", reason=reason, hint=t(CONTEXT, "count the clients at the start"))
        if all(curve[0] == curve[-1] for curve in self.curves()):
            reason = t(CONTEXT, "nobody has left yet, so nothing tells how fast they leave")
            return NonAnswer(status="not_yet", reason=reason, hint=t(CONTEXT, "wait for more renewals"))
        if not any(sum(curve[1:]) for curve in self.curves()):
            reason = t(CONTEXT, "everybody has left at the first renewal, so nobody is left to foretell")
            return NonAnswer(status="undefined", reason=reason, hint=t(CONTEXT, "ask those who left why"))
        return None


class Retained(Result):
    """The fitted model; `forecast` begins with the first renewal after the data."""

    asked: ContractRetention = Field(exclude=True, repr=False)
    alpha: float | NonAnswer | Provisional
    beta: float | NonAnswer | Provisional
    log_likelihood: float | NonAnswer
    forecast: tuple[float, ...]
    derl: float | None = None

    def face(self) -> Face:
        """How many will stay, the curve seen and foretold, and how well the model fits what was seen."""
        if isinstance(self.alpha, NonAnswer):
            return wait(sentence(self.alpha.reason), flip=sentence(self.alpha.hint))
        model = self._model()
        return Face(
            verdict=self._said(model),
            numbers=self._numbers(model),
            chart=self._chart(model),
            sections=(self._fit(model),),
            notes=(t(CONTEXT, "Model: shifted beta-geometric (sBG), by maximum likelihood."),),
            rules=(rules.check(RULE, self.asked.seen()),),
        )

    def _model(self) -> renewals.Renewals:
        return renewals.Renewals(known(self.alpha) or 1.0, known(self.beta) or 1.0, known(self.log_likelihood) or 0.0)

    def _said(self, model: renewals.Renewals) -> Verdict:
        last = self.asked.seen() + len(self.forecast)
        say = t(CONTEXT, "{share} stay past renewal {last}.", share=share(self.forecast[-1]), last=number(last))
        first, then = share(model.retention(1)), share(model.retention(last))
        because = t(
            CONTEXT,
            "The first renewal keeps {first}, renewal {last} keeps {then}: those who leave easily have left.",
            first=first,
            last=number(last),
            then=then,
        )
        flip = t(CONTEXT, "A new price or a new kind of client makes another curve: fit it anew.")
        return Verdict("yes", t(CONTEXT, "Forecast"), say, because, flip)

    def _numbers(self, model: renewals.Renewals) -> tuple[Number, ...]:
        mean = model.alpha / (model.alpha + model.beta)
        found = [
            Number(
                t(CONTEXT, "Leave at the first renewal"),
                share(mean),
                badge=t(CONTEXT, "by the model"),
                definition=t(
                    CONTEXT,
                    "The mean chance to leave over all new clients: α ÷ (α + β), the two numbers that tell how it"
                    " differs from client to client.",
                ),
                formula=f"α = {number(model.alpha, 3)}, β = {number(model.beta, 3)}",
            ),
            Number(
                t(CONTEXT, "Naive forecast"),
                share(self._naive()),
                t(CONTEXT, "instead of {share}", share=share(self.forecast[-1])),
                t(CONTEXT, "one retention for all"),
                t(CONTEXT, "What a constant retention would foretell: it is too gloomy about old clients."),
            ),
        ]
        if self.derl is not None:
            definition = t(CONTEXT, "Renewals a new client will bring, those far ahead counting for less.")
            found.append(
                Number(t(CONTEXT, "Renewals to come"), number(self.derl, 2), badge="DERL", definition=definition)
            )
        return tuple(found)

    def _naive(self) -> float:
        """The mean retention of what was seen, kept up to the last period."""
        curves = self.asked.curves()
        stayed = math.fsum(after for curve in curves for after in curve[1:])
        there = math.fsum(before for curve in curves for before in curve[:-1])
        return float((stayed / there) ** (self.asked.seen() + len(self.forecast))) if there else 0.0

    def _chart(self, model: renewals.Renewals) -> Curve:
        seen = self.asked.seen()
        periods = range(seen + len(self.forecast) + 1)
        return Curve(
            title=t(CONTEXT, "After renewal {n} the curve is a forecast", n=number(seen)),
            caption=t(
                CONTEXT, "Part of clients still there after each renewal, %: the line is the model, rings were seen."
            ),
            labels=tuple(number(period) for period in periods),
            values=tuple(100 * model.survival(period) for period in periods),
            lit=seen,
            seen=tuple(100 * self._seen(period) for period in range(seen + 1)),
            most=100,
        )

    def _seen(self, period: int) -> float:
        """The part still there after so many renewals, of the cohorts that are so old."""
        old = [curve for curve in self.asked.curves() if len(curve) > period]
        return math.fsum(curve[period] for curve in old) / (math.fsum(curve[0] for curve in old) or 1.0)

    def _fit(self, model: renewals.Renewals) -> Table:
        """What was seen beside what the model says."""
        rows = [
            (number(period), share(self._seen(period)), share(model.survival(period)))
            for period in range(1, self.asked.seen() + 1)
        ]
        columns = (t(CONTEXT, "Renewal"), t(CONTEXT, "Still there"), t(CONTEXT, "By the model"))
        return Table(t(CONTEXT, "How well it fits"), columns, tuple(rows), numeric=(1, 2))


def _loose(value: float) -> Provisional:
    reason = t(CONTEXT, "clients hardly differ, so that the data leave this number open; the forecast holds")
    return Provisional(value=value, reason=reason, hint=t(CONTEXT, "wait for more renewals"))


def _shown(curve: tuple[float, ...]) -> str:
    return "; ".join(f"{one:g}" for one in curve[:8])
