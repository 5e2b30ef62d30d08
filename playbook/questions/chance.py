"""How likely a number of successes is, when the rate is known, was seen in a few cases, or is only guessed at."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.charts import Columns
from playbook.display import Face, Kind, Number, Verdict, odds, sentence, wait
from playbook.errors import InvalidInput, Problem
from playbook.i18n import number, share, t, tn
from playbook.methods.futures import Outcomes, Rate, successes
from playbook.model import NonAnswer, Provisional, Result, known, type_of_number
from playbook.whatif import Numeric

CONTEXT = "chance"
RULE = "chance_enough"
EVEN, CERTAIN = 0.5, 0.99
"""Above the first it is rather yes than no; beyond the second a chance is said in words alone."""
WAYS = (("rate",), ("successes", "trials"), ("rate_low", "rate_high"))
"""The rate itself, the counts it was seen in, or a range."""


class Chance(Numeric):
    """Ask how likely at least so many successes are.

    >>> round(Chance(attempts=100, at_least=30, rate=0.3).solve().probability, 3)
    0.538
    """

    name = CONTEXT
    seen_in: ClassVar = {"rate": ""}
    outcome = ("probability", "share", "Chance")
    groups: ClassVar = (
        ("What you plan", ("attempts", "at_least")),
        ("What you have seen", ("successes", "trials")),
        ("Or what you assume", ("rate", "rate_low", "rate_high")),
    )

    attempts: units.Count
    """Attempts

    Such as leads, letters or calls."""
    at_least: units.Count
    """Successes you need

    Such as payments from those leads."""
    successes: units.Count | None = None
    """Successes of a past period"""
    trials: units.Count | None = None
    """Out of so many attempts

    Those that have had time to be decided."""
    rate: units.Share | None = None
    """One rate, taken as certain"""
    rate_low: units.Share | None = None
    """A cautious rate

    It is lower in one case of ten."""
    rate_high: units.Share | None = None
    """A hopeful rate

    It is higher in one case of ten."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [way for way in WAYS if any(getattr(self, name) is not None for name in way)]
        if len(given) != 1:
            what = t(CONTEXT, "The rate is said twice.") if given else t(CONTEXT, "Nothing is said about the rate.")
            hint = t(CONTEXT, "give one of: rate; successes and trials; rate_low and rate_high")
            saw = ", ".join(name for way in given for name in way if getattr(self, name) is not None)
            raise InvalidInput([Problem(given[1][0] if given else "rate", what, saw, hint)])
        if missing := [name for name in given[0] if getattr(self, name) is None]:
            what = t("model", "'{name}' is missing.", name=missing[0])
            raise InvalidInput([Problem(missing[0], what, "", t("model", "fill it in"))])
        self._in_order()
        return self

    def _in_order(self) -> None:
        if self.successes is not None and self.trials is not None and self.successes > self.trials:
            what = t(CONTEXT, "There cannot be more successes than attempts.")
            hint = t(CONTEXT, "take both from one period")
            raise InvalidInput([Problem("successes", what, f"successes={self.successes}", hint)])
        if self.rate_low is not None and self.rate_high is not None and self.rate_low > self.rate_high:
            what = t(CONTEXT, "The cautious rate is above the hopeful one.")
            raise InvalidInput([Problem("rate_low", what, f"rate_low={self.rate_low:g}", t(CONTEXT, "swap them"))])

    def aim(self) -> float | None:
        """The chance at which a plan is called likely."""
        return rules.get(RULE).number

    def levers(self) -> tuple[str, ...]:
        """More attempts, fewer successes, or a better rate."""
        return ("attempts", "at_least", *(("rate",) if self.rate is not None else ()))

    def solve(self) -> Likely:
        """The chance and the number of successes in 10, 50 and 90 futures of a hundred."""
        if self.at_least > self.attempts:
            return Likely(asked=self, probability=self._too_many())
        found = self.outcomes()
        chance = found.at_least(self.at_least)
        p10, p50, p90 = (found.quantile(part) for part in (0.1, 0.5, 0.9))
        return Likely(asked=self, probability=self._shown(chance), p10=p10, p50=p50, p90=p90)

    def outcomes(self) -> Outcomes:
        """How many of the attempts may succeed."""
        return successes(self.attempts, self.evidence())

    def evidence(self) -> Rate:
        """The rate with all that is known of it."""
        return Rate(self.rate or 0.0, self.successes or 0, self.trials, self.rate_low, self.rate_high)

    def _too_many(self) -> NonAnswer:
        return NonAnswer(
            status="unreachable",
            reason=t(CONTEXT, "more successes are needed than there are attempts"),
            hint=tn(CONTEXT, "plan at least {n} attempt", "plan at least {n} attempts", self.at_least),
        )

    def _shown(self, chance: float) -> type_of_number:
        if self.rate == 0 and self.at_least:
            reason = t(CONTEXT, "at a rate of 0 nothing ever succeeds")
            return NonAnswer(status="unreachable", reason=reason, hint=t(CONTEXT, "enter a rate above 0"))
        if self.trials == 0:
            reason = t(CONTEXT, "nothing has been tried yet, so that every rate is as likely as any other")
            return Provisional(value=chance, reason=reason, hint=t(CONTEXT, "enter a cautious and a hopeful rate"))
        return chance


class Likely(Result):
    """The chance of the successes that are needed, and the range to count on."""

    asked: Chance = Field(exclude=True, repr=False)
    probability: float | NonAnswer | Provisional
    p10: float | None = None
    p50: float | None = None
    p90: float | None = None

    def face(self) -> Face:
        """The chance in words, the range to count on, and every number of successes with its likelihood."""
        chance = known(self.probability)
        if isinstance(self.probability, NonAnswer) or chance is None:
            reason = self.probability.reason if isinstance(self.probability, NonAnswer) else ""
            hint = self.probability.hint if isinstance(self.probability, NonAnswer) else ""
            return wait(sentence(reason), flip=sentence(hint))
        warned = (sentence(self.probability.reason),) if isinstance(self.probability, Provisional) else ()
        return Face(
            verdict=self._said(chance),
            numbers=self._numbers(chance),
            chart=self._chart(chance),
            notes=warned,
            rules=(rules.check(RULE, min(chance, CERTAIN)),),
        )

    def _said(self, chance: float) -> Verdict:
        asked, enough = self.asked, rules.get(RULE).number
        kind, said = _judged(chance, enough)
        values = {"need": number(asked.at_least), "of": number(asked.attempts), "odds": odds(chance)}
        say = t(CONTEXT, "At least {need} of {of}: {odds}.", **values)
        because = t(
            CONTEXT,
            "In eight cases of ten it will be between {low} and {high}.",
            low=number(self.p10 or 0),
            high=number(self.p90 or 0),
        )
        return Verdict(kind, said, say, because, self._flip(chance, enough))

    def _flip(self, chance: float, enough: float) -> str:
        """How many successes can be counted on as surely as the rule asks."""
        if chance >= enough:
            return ""
        sure = self.asked.outcomes().quantile(1 - enough)
        if not sure:
            return t(CONTEXT, "No number above 0 can be counted on at {odds}.", odds=odds(enough))
        return t(CONTEXT, "{sure} can be counted on: their chance is {odds} or better.", **_sure(sure, enough))

    def _numbers(self, chance: float) -> tuple[Number, ...]:
        return (
            Number(
                t(CONTEXT, "Chance"),
                odds(chance),
                share(chance) if 1 - CERTAIN < chance < CERTAIN else "",
                badge=t(CONTEXT, "of the number needed or more"),
                definition=self._definition(),
            ),
            Number(
                t(CONTEXT, "Middle"),
                number(self.p50 or 0),
                badge=t(CONTEXT, "half below, half above"),
                definition=t(CONTEXT, "Half of all futures bring this many or fewer."),
            ),
            Number(
                t(CONTEXT, "Range"),
                t(CONTEXT, "{low} to {high}", low=number(self.p10 or 0), high=number(self.p90 or 0)),
                badge=t(CONTEXT, "in eight cases of ten"),
                definition=t(CONTEXT, "One future in ten lies below it and one above."),
            ),
        )

    def _definition(self) -> str:
        asked = self.asked
        if asked.rate is not None:
            return t(CONTEXT, "The rate is taken as certain; chance alone moves the count (binomial).")
        if asked.trials is not None:
            return t(
                CONTEXT,
                "{seen} of {trials} succeeded: the true rate may differ, and the fewer were tried, the more"
                " (beta-binomial).",
                seen=number(asked.successes or 0),
                trials=number(asked.trials),
            )
        return t(CONTEXT, "Ten thousand futures with rates between the cautious and the hopeful one and beyond.")

    def _chart(self, chance: float) -> Columns:
        need = self.asked.at_least
        edges, parts = self.asked.outcomes().columns(need)
        reached = sum(edge < need for edge in edges)
        return Columns(
            title=t(CONTEXT, "{need} or more: {odds}", need=number(need), odds=odds(chance)),
            caption=t(CONTEXT, "How likely each number of successes is, %. The dark ones are enough."),
            labels=tuple(number(edge) for edge in edges),
            values=tuple(100 * part for part in parts),
            first=reached,
            lit=len(edges) if 0 < reached < len(edges) else 0,
            most=100,
        )


def _judged(chance: float, enough: float) -> tuple[Kind, str]:
    if chance >= enough:
        return "yes", t(CONTEXT, "Likely")
    return ("wait", t(CONTEXT, "Rather yes than no")) if chance >= EVEN else ("no", t(CONTEXT, "Rather not"))


def _sure(sure: float, enough: float) -> dict[str, str]:
    return {"sure": number(sure), "odds": odds(enough)}
