"""Whether more clients recommend the firm than warn others off, and how sure that is: the Net Promoter Score."""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar

from pydantic import Field

from playbook import rules, units
from playbook.charts import Columns
from playbook.display import Face, Number, Verdict, sentence, wait, word
from playbook.i18n import number, share, t, tn
from playbook.methods import nps
from playbook.model import NonAnswer, Provisional, Result, known
from playbook.whatif import Numeric

CONTEXT = "nps"
RULE = "nps_answers"
_SURE, _TIMES = 0.95, 10_000
"""How sure the interval is, and how many times as large a survey is no advice any more."""


class Nps(Numeric):
    """Ask how many more clients would recommend than warn off, with the margin of error of the survey.

    >>> answer = Nps(promoters=60, passives=25, detractors=15).solve()
    >>> answer.nps, round(answer.margin_of_error, 1)
    (45.0, 14.5)
    """

    name = CONTEXT
    outcome = ("nps", "number", "NPS")
    groups: ClassVar = (("Answers from 0 to 10", ("promoters", "passives", "detractors")),)

    promoters: units.Count
    """Promoters: 9 and 10"""
    passives: units.Count
    """Passives: 7 and 8"""
    detractors: units.Count
    """Detractors: from 0 to 6"""

    def solve(self) -> Score:
        """100 (p - d) with its 95% margin; the adjusted interval where the usual formula fails."""
        of = self.count()
        if not of:
            none = NonAnswer(
                status="undefined",
                reason=t(CONTEXT, "nobody has answered yet"),
                hint=t(CONTEXT, "ask clients how likely they are to recommend you, from 0 to 10"),
            )
            return Score(asked=self, nps=none, margin_of_error=none, low=none, high=none)
        margin, low, high = nps.interval(self.promoters, self.detractors, of, adjusted=self.adjusted())
        return Score(
            asked=self,
            nps=nps.score(self.promoters, self.detractors, of),
            margin_of_error=self._provisional(margin) if self.adjusted() else margin,
            low=low,
            high=high,
        )

    def count(self) -> int:
        """How many answered."""
        return self.promoters + self.passives + self.detractors

    def check(self) -> rules.Check:
        """The answers against the least for which the usual margin of error holds."""
        return rules.check(RULE, self.count())

    def alike(self) -> bool:
        """Whether every answer is of one kind, so that the usual formula would promise a margin of 0."""
        return self.count() in (self.promoters, self.passives, self.detractors)

    def adjusted(self) -> bool:
        """Whether the usual formula fails here."""
        return self.alike() or not self.check().met

    def side(self, *, moved: int = 0, times: int = 1) -> int:
        """1 when the whole interval lies above 0, -1 when below, 0 when it holds 0.

        Of this survey, of one so many `times` as large, or with so many answers `moved` from promoters to detractors.
        """
        promoters, detractors, of = (part * times for part in (self.promoters, self.detractors, self.count()))
        few = rules.check(RULE, of).status == "below" or of in (promoters - moved, detractors + moved)
        _, low, high = nps.interval(promoters - moved, detractors + moved, of, adjusted=few)
        return (low > 0) - (high < 0)

    def _provisional(self, margin: float) -> Provisional:
        least = number(rules.get(RULE).number)
        if self.alike():
            return Provisional(
                value=margin,
                reason=t(
                    CONTEXT, "every answer is of one kind, where the usual formula says ± 0; the interval is adjusted"
                ),
                hint=t(CONTEXT, "gather answers until some are of another kind"),
            )
        reason = t(
            CONTEXT, "fewer than {least} answers: the usual formula fails, the interval is adjusted", least=least
        )
        return Provisional(value=margin, reason=reason, hint=t(CONTEXT, "gather at least {least} answers", least=least))


class Score(Result):
    """The score in points from -100 to 100, its margin of error, and the 95% interval."""

    asked: Nps = Field(exclude=True, repr=False)
    nps: float | NonAnswer
    margin_of_error: float | NonAnswer | Provisional
    low: float | NonAnswer
    high: float | NonAnswer

    def face(self) -> Face:
        """Above 0, below it, or too near to tell; the shares; what would change the answer."""
        if isinstance(self.nps, NonAnswer):
            return wait(sentence(self.nps.reason), flip=sentence(self.nps.hint))
        notes = (sentence(self.margin_of_error.reason),) if isinstance(self.margin_of_error, Provisional) else ()
        return Face(
            verdict=self._said(),
            numbers=self._numbers(),
            chart=self._chart(),
            notes=notes,
            rules=(self.asked.check(),),
        )

    def _said(self) -> Verdict:
        side, values = self.asked.side(), self._texts()
        if not side:
            say = t(CONTEXT, "NPS is {nps}, and 0 lies within its margin: {low} to {high}.", **values)
            because = t(CONTEXT, "The answers do not show whether more clients recommend you than warn others off.")
            return Verdict("wait", word("wait"), say, because, self._settled())
        because = t(CONTEXT, "Recommend: {promoters}; warn off: {detractors}; answers: {of}.", **values)
        if side > 0:
            say = t(CONTEXT, "NPS is {nps}, and its whole margin lies above 0: {low} to {high}.", **values)
            return Verdict("yes", t(CONTEXT, "More promoters"), say, because, self._flip(self.asked.promoters, 1))
        say = t(CONTEXT, "NPS is {nps}, and its whole margin lies below 0: {low} to {high}.", **values)
        return Verdict("no", t(CONTEXT, "More detractors"), say, because, self._flip(self.asked.detractors, -1))

    def _texts(self) -> dict[str, str]:
        scores = {"nps": self.nps, "low": self.low, "high": self.high}
        return {
            **{name: number(known(score) or 0.0) for name, score in scores.items()},
            "promoters": share(self.asked.promoters / self.asked.count()),
            "detractors": share(self.asked.detractors / self.asked.count()),
            "of": number(self.asked.count()),
        }

    def _flip(self, most: int, side: int) -> str:
        """How many answers would have to go over to the other end for 0 to come within the margin."""
        few = bisect_left(range(most), True, key=lambda moved: self.asked.side(moved=side * moved) != side)
        if side > 0:
            return tn(
                CONTEXT,
                "In doubt as soon as {n} promoter turns into a detractor.",
                "In doubt as soon as {n} promoters turn into detractors.",
                few,
            )
        return tn(
            CONTEXT,
            "In doubt as soon as {n} detractor turns into a promoter.",
            "In doubt as soon as {n} detractors turn into promoters.",
            few,
        )

    def _settled(self) -> str:
        """How many answers with the same shares would tell."""
        if not self.nps:
            return t(CONTEXT, "Both ends are equally many: more answers settle it only when that changes.")
        times = bisect_left(range(_TIMES), True, lo=1, key=lambda times: self.asked.side(times=times) != 0)
        if times == _TIMES:
            return t(CONTEXT, "The difference is so small that no survey will settle it.")
        return t(CONTEXT, "With the same shares about {n} answers would tell.", n=number(times * self.asked.count()))

    def _numbers(self) -> tuple[Number, ...]:
        margin, values = self.margin_of_error, self._texts()
        adjusted = isinstance(margin, Provisional)
        level = t(CONTEXT, "adjusted, {level}", level=share(_SURE)) if adjusted else share(_SURE)
        return (
            Number(
                t(CONTEXT, "NPS"),
                values["nps"],
                badge=t(CONTEXT, "promoters less detractors"),
                definition=t(CONTEXT, "Share of 9 and 10 less share of 0 to 6, in points from -100 to 100."),
                formula="{promoters} − {detractors}".format(**values),
            ),
            Number(
                t(CONTEXT, "Margin of error"),
                "± " + number(known(margin) or 0.0),
                badge=level,
                definition=t(CONTEXT, "In 95 surveys of 100 the score of all clients lies within the margin."),
                formula="" if adjusted else self._margin(),
            ),
            Number(
                t(CONTEXT, "Interval"),
                t(CONTEXT, "{low} to {high}", low=values["low"], high=values["high"]),
                badge=level,
                definition=self._interval(adjusted),
                formula=t(CONTEXT, "(promoters or detractors + 0.75) ÷ (answers + 3)") if adjusted else "",
            ),
            Number(
                t(CONTEXT, "Answers"),
                values["of"],
                badge=self.asked.check().rule.range_words,
                definition=t(CONTEXT, "Everyone who answered, those with 7 and 8 too."),
            ),
        )

    def _margin(self) -> str:
        """The margin of error written out with the shares of both ends."""
        promoters, detractors, of = self.asked.promoters, self.asked.detractors, self.asked.count()
        ends, apart = (number(abs(part) / of, 3) for part in (promoters + detractors, promoters - detractors))
        return f"{number(196)} × √(({ends} − {apart}²) ÷ {number(of)})"

    def _interval(self, adjusted: bool) -> str:
        if adjusted:
            return t(
                CONTEXT, "Three answers are added, half of them at the ends, so that few answers do not look exact."
            )
        return t(CONTEXT, "The score and the margin to either side of it.")

    def _chart(self) -> Columns:
        asked, values = self.asked, self._texts()
        return Columns(
            title=t(CONTEXT, "{promoters} recommend and {detractors} warn off: NPS {nps}", **values),
            caption=t(CONTEXT, "Shares of the answers, %."),
            labels=(t(CONTEXT, "promoters"), t(CONTEXT, "passives"), t(CONTEXT, "detractors")),
            values=tuple(100 * part / asked.count() for part in (asked.promoters, asked.passives, asked.detractors)),
            lit=1,
            most=100,
        )
