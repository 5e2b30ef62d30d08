"""Whether marketing is a system or a set of activities: three anti-marks and six marks."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from playbook import rules
from playbook.display import Face, Number, Point, Points, Ruler, Verdict, inside, word
from playbook.i18n import number, t, tn
from playbook.model import Inputs, Result

CONTEXT = "definition"
RULE = "system_marks"
USUAL = ("goal_horizon_days", "kpi_count", "decisions_per_week", "tests_running")
"""Rules of thumb that the advice names."""
AGAINST = ("random_promotions", "one_channel", "contractor_inspiration")
MARKS = ("goal", "funnel", "rules", "data", "quality_control", "experiments")
"""In the order in which they are built."""
STEPS = {
    "random_promotions": "thirty-days",
    "one_channel": "core",
    "contractor_inspiration": "ideas",
    "goal": "goal",
    "funnel": "goal",
    "rules": "working-loop",
    "data": "kpi",
    "quality_control": "week",
    "experiments": "ideas",
}
"""The step that builds a mark, or does away with an anti-mark."""


class Definition(Inputs):
    """Ask whether marketing is a system: tick what is true today.

    >>> Definition(**dict.fromkeys(MARKS, True)).solve().system
    True
    >>> Definition(one_channel=True, **dict.fromkeys(MARKS, True)).solve().system
    False
    """

    name = CONTEXT
    groups: ClassVar = (("What sales hang on", AGAINST), ("What there is", MARKS))

    random_promotions: bool = False
    """Sales hang on random promotions

    Without a discount or a campaign there are hardly any."""
    one_channel: bool = False
    """Sales hang on one traffic channel

    If it stopped tomorrow, there would be no leads."""
    contractor_inspiration: bool = False
    """Sales hang on a contractor's inspiration

    When that person is away, nothing new happens."""
    goal: bool = False
    """Goal

    One result with a number and a date."""
    funnel: bool = False
    """Funnel

    The way from a visit to a payment, with the share that passes each stage."""
    rules: bool = False
    """Rules

    Who answers a lead, how fast, what is said, when a decision is made."""
    data: bool = False
    """Data

    Leads, their price, payments and profit in one place."""
    quality_control: bool = False
    """Quality control

    A weekly look at the numbers that ends in decisions."""
    experiments: bool = False
    """Growth by experiments

    Hypotheses are tested, and a number decides."""

    def solve(self) -> Defined:
        """A system has all six marks and none of the three anti-marks."""
        against = tuple(name for name in AGAINST if getattr(self, name))
        missing = tuple(name for name in MARKS if not getattr(self, name))
        found = Defined(
            asked=self,
            system=not against and not missing,
            verdict="",
            against=tuple(Mark(mark=name, step=STEPS[name]) for name in against),
            missing=tuple(Mark(mark=name, step=STEPS[name]) for name in missing),
        )
        said = found.said()
        return found.model_copy(update={"verdict": " ".join(filter(None, (said.say, said.because)))})


class Mark(Result):
    """A mark with the step that builds it, or an anti-mark with the step that does away with it."""

    mark: str
    step: str


class Defined(Result):
    """System or set of activities, in words, with the anti-marks that are there and the marks that are not."""

    asked: Definition = Field(exclude=True, repr=False)
    system: bool
    verdict: str
    against: tuple[Mark, ...]
    missing: tuple[Mark, ...]

    def face(self) -> Face:
        """The sentence, what to stop leaning on, and which step builds what is missing."""
        against = Points(t(CONTEXT, "What to stop leaning on"), tuple(_point(item) for item in self.against))
        missing = Points(t(CONTEXT, "What to build, in this order"), tuple(_point(item) for item in self.missing))
        return Face(
            verdict=self.said(),
            numbers=self._numbers(),
            sections=tuple(section for section in (against, missing) if section.items),
            rules=(rules.check(RULE, self._have()),),
        )

    def said(self) -> Verdict:
        """System or not, and by what."""
        have, of = number(self._have()), number(len(MARKS))
        if not self._have() and not self.against:
            say = t(CONTEXT, "Nothing is ticked yet.")
            return Verdict("wait", word("wait"), say, flip=t(CONTEXT, "Tick what is so today, not what is planned."))
        if self.system:
            say = t(CONTEXT, "It is a system: marks {have} of {of}, and no anti-mark.", have=have, of=of)
            because = t(CONTEXT, "When one campaign, channel or contractor fails, the rest goes on working.")
            flip = t(CONTEXT, "It stops being one with the first mark that is lost.")
            return Verdict("yes", t(CONTEXT, "A system"), say, because, flip, self._ruler())
        say = t(CONTEXT, "It is a set of activities: marks of a system {have} of {of}.", have=have, of=of)
        if not self.missing:
            say = t(CONTEXT, "It is a set of activities, though all {of} marks of a system are there.", of=of)
        return Verdict("no", t(CONTEXT, "Not a system"), say, self._because(), self._flip(), self._ruler())

    def _because(self) -> str:
        found = []
        if self.against:
            names = ", ".join(_short()[item.mark] for item in self.against)
            found.append(t(CONTEXT, "Sales hang on: {names}.", names=names))
        if self.missing:
            names = ", ".join(inside(_labels()[item.mark]) for item in self.missing)
            found.append(t(CONTEXT, "Missing: {names}.", names=names))
        return " ".join(found)

    def _flip(self) -> str:
        left = len(self.missing)
        if not left:
            return t(CONTEXT, "It is a system as soon as no anti-mark is left.")
        if self.against:
            return tn(
                CONTEXT,
                "It is a system when {n} more mark is there and no anti-mark is left.",
                "It is a system when {n} more marks are there and no anti-mark is left.",
                left,
            )
        return tn(
            CONTEXT,
            "It is a system when {n} more mark is there.",
            "It is a system when {n} more marks are there.",
            left,
        )

    def _have(self) -> int:
        return len(MARKS) - len(self.missing)

    def _ruler(self) -> Ruler:
        have, of = self._have(), len(MARKS)
        value, limit = t(CONTEXT, "marks: {n}", n=number(have)), t(CONTEXT, "a system: {n}", n=number(of))
        return Ruler(have, of, value, limit, of)

    def _numbers(self) -> tuple[Number, ...]:
        return (
            Number(
                t(CONTEXT, "Marks of a system"),
                number(self._have()),
                t(CONTEXT, "of {of}", of=number(len(MARKS))),
                badge=t(CONTEXT, "all are needed"),
                definition=t(CONTEXT, "Goal, funnel, rules, data, quality control, growth by experiments."),
            ),
            Number(
                t(CONTEXT, "Anti-marks"),
                number(len(self.against)),
                t(CONTEXT, "of {of}", of=number(len(AGAINST))),
                badge=t(CONTEXT, "one is too many"),
                definition=t(
                    CONTEXT, "Sales hang on random promotions, on one channel, on a contractor's inspiration."
                ),
            ),
        )


def _labels() -> dict[str, str]:
    return {spec.name: spec.label for spec in Definition.fields()}


def _short() -> dict[str, str]:
    return {
        "random_promotions": t(CONTEXT, "random promotions"),
        "one_channel": t(CONTEXT, "one traffic channel"),
        "contractor_inspiration": t(CONTEXT, "a contractor's inspiration"),
    }


def _point(item: Mark) -> Point:
    return Point(_labels()[item.mark], _to_do()[item.mark], step=item.step)


def _to_do() -> dict[str, str]:
    usual = {name: rules.get(name).range_words for name in USUAL}
    return {
        "random_promotions": t(CONTEXT, "Plan thirty days ahead: what is done each week, with a discount or without."),
        "one_channel": t(CONTEXT, "Name the core and prepare a second source of leads before it is needed."),
        "contractor_inspiration": t(
            CONTEXT, "Keep your own list of hypotheses; whoever runs the ads takes the next one from it."
        ),
        "goal": t(
            CONTEXT, "One result in {goal_horizon_days} days, with the leads, visits and money it takes.", **usual
        ),
        "funnel": t(CONTEXT, "Write down what share of visits become leads and what share of leads pay today."),
        "rules": t(CONTEXT, "Who answers, within how many minutes, what happens when nobody did."),
        "data": t(CONTEXT, "Choose {kpi_count} numbers with owners, and money among them.", **usual),
        "quality_control": t(CONTEXT, "Once a week: numbers, causes, {decisions_per_week} decisions.", **usual),
        "experiments": t(CONTEXT, "{tests_running} tests at a time, each with the number that decides it.", **usual),
    }
