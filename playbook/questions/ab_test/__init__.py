"""Two variants against one another: which is better, by how much, and whether that may be chance.

The question and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.display import Face
from playbook.errors import InvalidInput, Problem
from playbook.i18n import t
from playbook.methods import two_samples as two
from playbook.methods import verdicts
from playbook.methods.verdicts import TUNING, Verdict
from playbook.model import Inputs, NonAnswer, Part, Result
from playbook.questions.ab_test.face import face

CONTEXT = "ab-test"
SPLIT = "split_p_value"

Method = Literal["auto", "z", "fisher", "welch", "bayes", "sequential"]
People = Annotated[int, Field(ge=1, le=10**12, json_schema_extra={"unit": "count"})]
Spread = Annotated[float, Field(ge=0, le=1e15, json_schema_extra={"unit": "number"})]


class Sample(Part):
    """One variant: how many saw it and how many of them did what was hoped for, or the mean of what they paid."""

    name_of_question = CONTEXT

    n: People
    """People"""
    conversions: units.Count | None = None
    """Of them succeeded"""
    mean: units.Signed | None = None
    """Or their mean

    For money and other amounts instead of yes and no."""
    sd: Spread | None = None
    """Standard deviation of that mean's values"""

    @property
    def counts(self) -> bool:
        """Whether successes are counted, not amounts averaged."""
        return self.conversions is not None


class AbTest(Inputs):
    """Ask whether the variant beats the control, or whether that cannot be told.

    >>> found = AbTest(control={"n": 2000, "conversions": 200}, variant={"n": 2000, "conversions": 260}).solve()
    >>> found.verdict, round(found.p_value, 4)
    ('ship', 0.0029)
    """

    name = CONTEXT
    labels: ClassVar = {
        "auto": "The one that fits",
        "z": "Two shares (z)",
        "fisher": "Exact, for few people (Fisher)",
        "welch": "Two means (Welch)",
        "bayes": "Chance to win (Bayes)",
        "sequential": "May be looked at any time",
        "absolute": "in points",
        "relative": "in per cent of the control",
    }
    groups: ClassVar = (
        ("Both variants", ("control", "variant")),
        ("How it is judged", ("difference", "method", "alpha", "planned_share", "tuning")),
    )

    control: Sample
    """Control

    What you have now."""
    variant: Sample
    """Variant

    What you want to have instead."""
    alpha: Annotated[float, Field(ge=1e-6, lt=1, json_schema_extra={"unit": "share"})] = 0.05
    """Risk of a false alarm"""
    difference: Literal["absolute", "relative"] = "absolute"
    """The difference is said"""
    method: Method = "auto"
    """Method"""
    planned_share: Annotated[float, Field(gt=0, lt=1, json_schema_extra={"unit": "share"})] | None = None
    """Planned share of people in the variant

    Half, unless you planned otherwise."""
    tuning: People | None = None
    """People in both groups at which you meant to look

    Only for the method that may be looked at any time; fixed before the test."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        found = [fault for name in ("control", "variant") for fault in _faults(name, getattr(self, name))]
        if not found and self.control.counts != self.variant.counts:
            what = t(CONTEXT, "One variant counts successes and the other averages amounts.")
            found.append(Problem("variant", what, "", t(CONTEXT, "give the same for both")))
        wanted = ("z", "fisher", "bayes") if not self.control.counts else ("welch",)
        if not found and self.method in wanted:
            what = t(CONTEXT, "This method does not fit these data.")
            hint = t(CONTEXT, "shares: z, fisher, bayes, sequential; means: welch, sequential")
            found.append(Problem("method", what, self.method, hint))
        if found:
            raise InvalidInput(found)
        return self

    def solve(self) -> Comparison:
        """The difference with its interval, what speaks for chance, and whether to ship, keep or wait."""
        if self.split_is_broken():
            return Comparison(
                asked=self, used=self.chosen(), verdict="cannot_tell", why=self._why_split(), **self._measured()
            )
        found = {**self._measured(), **self._evidence()}
        verdict, why = self._verdict(found)
        return Comparison(asked=self, used=self.chosen(), verdict=verdict, why=why, **found)

    def chosen(self) -> Method:
        """The method asked for, or the one that fits the data."""
        if self.method != "auto":
            return self.method
        if not self.control.counts:
            return "welch"
        return "fisher" if self._small() else "z"

    def samples(self) -> tuple[two.Shares | two.Means, two.Shares | two.Means]:
        """Both variants as the methods take them."""
        return _sample(self.control), _sample(self.variant)

    def split_is_broken(self) -> bool:
        """Whether people came to the variants in another ratio than planned, more than chance would have it."""
        return verdicts.split_is_broken(self.control.n, self.variant.n, rules.get(SPLIT).number, self.planned_share)

    def _small(self) -> bool:
        a, b = self.samples()
        return isinstance(a, two.Shares) and isinstance(b, two.Shares) and verdicts.small(a, b)

    def _measured(self) -> dict[str, float | NonAnswer]:
        """The difference and its interval by the method's own rule."""
        a, b = self.samples()
        if isinstance(a, two.Means) and a.variance + b.variance == 0 and (self.difference == "absolute" or a.rate):
            none, per = _no_spread(), a.rate if self.difference == "relative" else 1.0
            return {"difference": (b.rate - a.rate) / per, "low": none, "high": none}
        if self.difference == "relative":
            return self._in_per_cent(a, b)
        low, high = self._interval(a, b)
        return {"difference": b.rate - a.rate, "low": low, "high": high}

    def _in_per_cent(self, a: two.Shares | two.Means, b: two.Shares | two.Means) -> dict[str, float | NonAnswer]:
        """The difference as a part of the control, with an interval that agrees with the test."""
        if a.rate <= 0:
            none = _below_nothing() if a.rate else _no_base()
            return {"difference": none, "low": none, "high": none}
        ends: tuple[float, float] | None = None
        if isinstance(a, two.Means) and isinstance(b, two.Means):
            ends = two.ratio_of_means(a, b, self._critical(a, b))
        elif isinstance(a, two.Shares) and isinstance(b, two.Shares) and self.chosen() == "bayes":
            low, high = two.credible(a, b, 1 - self.alpha, relative=True)
            return {"difference": b.rate / a.rate - 1, "low": low, "high": high}
        elif isinstance(a, two.Shares) and isinstance(b, two.Shares) and min(a.variance, b.variance) > 0:
            ends = two.ratio_of_shares(a, b, self._critical(a, b))
        if ends is None:
            none = _no_limits() if self.control.counts else _near_nothing()
            return {"difference": b.rate / a.rate - 1, "low": none, "high": none}
        return {"difference": b.rate / a.rate - 1, "low": ends[0] - 1, "high": ends[1] - 1}

    def _critical(self, a: two.Shares | two.Means, b: two.Shares | two.Means) -> float:
        """How many standard errors the interval goes to either side, by the method."""
        if self.chosen() == "sequential":
            return self._sequence(1.0)
        tested = two.welch(a, b) if isinstance(a, two.Means) and isinstance(b, two.Means) else None
        level = 1 - self.alpha
        return two.critical_of_welch(tested[1], level) if tested else two.critical_of_normal(level)

    def _interval(self, a: two.Shares | two.Means, b: two.Shares | two.Means) -> tuple[float, float]:
        middle, level = b.rate - a.rate, 1 - self.alpha
        if isinstance(a, two.Shares) and isinstance(b, two.Shares):
            if self.chosen() == "sequential":
                return two.at_any_look(a, b, level, self.tuning or TUNING)
            return two.credible(a, b, level) if self.chosen() == "bayes" else two.newcombe(a, b, level)
        assert isinstance(a, two.Means)  # noqa: S101 - both are of one kind
        assert isinstance(b, two.Means)  # noqa: S101 - the same
        if self.chosen() == "sequential":
            half = self._sequence(a.variance + b.variance)
            return middle - half, middle + half
        tested = two.welch(a, b)
        return (middle, middle) if tested is None else two.welch_interval(a, b, tested[1], level)

    def _sequence(self, variance: float) -> float:
        return two.sequence(variance, self.control.n + self.variant.n, 1 - self.alpha, self.tuning or TUNING)

    def _evidence(self) -> dict[str, float | None]:
        """The p-value, or the chance to win and what choosing the variant may cost."""
        a, b = self.samples()
        if isinstance(a, two.Means) and isinstance(b, two.Means):
            tested = two.welch(a, b) if self.chosen() == "welch" else None
            return {"p_value": tested[0] if tested else None}
        if not isinstance(a, two.Shares) or not isinstance(b, two.Shares) or self.chosen() == "sequential":
            return {}
        if self.chosen() == "bayes":
            wins, loss = two.bayes(a, b)
            return {"chance_to_win": wins, "expected_loss": loss}
        return {"p_value": two.fisher(a, b) if self.chosen() == "fisher" else two.pooled(a, b)}

    def _verdict(self, found: dict[str, float | NonAnswer | None]) -> tuple[Verdict, str]:
        a, b = self.samples()
        better, p, wins = b.rate > a.rate, found.get("p_value"), found.get("chance_to_win")
        if isinstance(wins, float):
            sure = wins >= 1 - self.alpha or wins <= self.alpha
        elif self.chosen() == "sequential":
            low, high = self._interval(a, b)
            sure = not low <= 0 <= high
        else:
            sure = isinstance(p, float) and p < self.alpha and b.rate != a.rate
        if isinstance(a, two.Means) and a.variance + b.variance == 0:
            why = t(CONTEXT, "no value of a variant differs from another, so nothing tells what chance does")
            return "cannot_tell", why
        if not sure:
            return "cannot_tell", t(CONTEXT, "a difference like this may well be chance")
        return (
            ("ship", t(CONTEXT, "it is better by more than chance gives"))
            if better
            else (
                "keep",
                t(CONTEXT, "the variant is worse by more than chance gives"),
            )
        )

    def _why_split(self) -> str:
        return t(CONTEXT, "people did not come to the variants in the planned ratio, so something is broken")


class Comparison(Result):
    """What the test says. Differences are the variant less the control."""

    asked: AbTest = Field(exclude=True, repr=False)
    used: Method = Field(exclude=True)
    p_value: float | None = None
    difference: float | NonAnswer
    low: float | NonAnswer
    high: float | NonAnswer
    chance_to_win: float | None = None
    expected_loss: float | None = None
    verdict: Verdict
    why: str

    def face(self) -> Face:
        """Ship, keep or wait in words; the difference with its interval; what the evidence is."""
        return face(self)


def _sample(part: Sample) -> two.Shares | two.Means:
    if part.conversions is not None:
        return two.Shares(part.n, part.conversions)
    return two.Means(part.n, part.mean or 0.0, part.sd or 0.0)


def _faults(name: str, part: Sample) -> list[Problem]:
    if (part.conversions is not None) == (part.mean is not None):
        what = t(CONTEXT, "Give either how many succeeded, or a mean with its standard deviation.")
        return [Problem(name, what, "", t(CONTEXT, "for yes and no: conversions; for amounts: mean and sd"))]
    if part.conversions is not None and part.conversions > part.n:
        what = t(CONTEXT, "There cannot be more successes than people.")
        saw = f"conversions={part.conversions}, n={part.n}"
        return [Problem(name, what, saw, t(CONTEXT, "count each person once"))]
    if part.mean is not None and part.sd is None:
        what = t(CONTEXT, "A mean needs its standard deviation.")
        return [Problem(name, what, f"mean={part.mean:g}", t(CONTEXT, "give sd"))]
    if part.mean is not None and part.n < 2:  # noqa: PLR2004 - one value has no spread
        what = t(CONTEXT, "One person has no spread.")
        return [Problem(name, what, f"n={part.n}", t(CONTEXT, "give at least two people"))]
    return []


def _no_spread() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "no value of a variant differs from another, so nothing tells what chance does"),
        hint=t(CONTEXT, "check the standard deviations"),
    )


def _no_limits() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "all or none of a variant succeeded, and the limits of a per cent cannot be told from that"),
        hint=t(CONTEXT, "say the difference in points"),
    )


def _near_nothing() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "the control may well be at 0, and of that any per cent is possible"),
        hint=t(CONTEXT, "say the difference in points"),
    )


def _below_nothing() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "the control is below 0, and a per cent of a loss says nothing"),
        hint=t(CONTEXT, "say the difference in points"),
    )


def _no_base() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "the control is at 0, and there is no per cent of nothing"),
        hint=t(CONTEXT, "say the difference in points"),
    )
