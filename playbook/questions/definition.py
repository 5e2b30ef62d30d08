"""Whether a firm's marketing is a system or a set of activities: three marks against it, six marks of it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from playbook import rules
from playbook.display import Face, Number, Point, Points, Ruler, Verdict, word
from playbook.i18n import number, t, tn
from playbook.model import Inputs, Result

CONTEXT = "definition"
RULE = "system_marks"
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
"""The step that builds a mark, or takes a prop away."""


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

    When the person who runs the ads is away, nothing new happens."""
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
        """A system has all six marks and leans on none of the three props."""
        against = tuple(name for name in AGAINST if getattr(self, name))
        missing = tuple(name for name in MARKS if not getattr(self, name))
        found = Defined(
            asked=self,
            system=not against and not missing,
            verdict="",
            against=tuple(Mark(mark=name, step=STEPS[name]) for name in against),
            missing=tuple(Mark(mark=name, step=STEPS[name]) for name in missing),
        )
        return found.model_copy(update={"verdict": found.said().say})


class Mark(Result):
    """A mark with the step that builds it, or a prop with the step that takes it away."""

    mark: str
    step: str


class Defined(Result):
    """System or set of activities, in a sentence, with what it leans on and what is missing."""

    asked: Definition = Field(exclude=True, repr=False)
    system: bool
    verdict: str
    against: tuple[Mark, ...]
    missing: tuple[Mark, ...]

    def face(self) -> Face:
        """The sentence, what the sales hang on, and which step builds what is missing."""
        props = Points(t(CONTEXT, "What to stop leaning on"), tuple(_point(item) for item in self.against))
        marks = Points(t(CONTEXT, "What to build, in this order"), tuple(_point(item) for item in self.missing))
        return Face(
            verdict=self.said(),
            numbers=self._numbers(),
            sections=tuple(section for section in (props, marks) if section.items),
            rules=(rules.check(RULE, self._have()),),
        )

    def said(self) -> Verdict:
        """System or not, by what."""
        have, of = self._have(), len(MARKS)
        values = {"have": number(have), "of": number(of)}
        ruler = Ruler(
            have,
            of,
            t(CONTEXT, "marks: {value}", value=number(have)),
            t(CONTEXT, "a system: {value}", value=number(of)),
            of,
        )
        if not have and not self.against:
            say = t(CONTEXT, "Nothing is ticked yet.")
            return Verdict("wait", word("wait"), say, flip=t(CONTEXT, "Tick what is true today, not what is planned."))
        if self.system:
            say = t(CONTEXT, "It is a system: marks {have} of {of}, and sales hang on no single prop.", **values)
            because = t(CONTEXT, "Goal, funnel, rules, data, control and experiments hold each other.")
            flip = t(CONTEXT, "It stops being one with the first mark that is lost.")
            return Verdict("yes", t(CONTEXT, "A system"), say, because, flip, ruler)
        say = t(CONTEXT, "It is a set of activities: marks of a system {have} of {of}.", **values)
        if not self.missing:
            say = t(CONTEXT, "It is a set of activities, though all {of} marks of a system are there.", **values)
        return Verdict("no", t(CONTEXT, "Not a system"), say, self._because(), self._flip(), ruler)

    def _because(self) -> str:
        if self.against:
            return t(CONTEXT, "{names}. While that is so, no mark makes it a system.", names=_listed(self.against))
        return t(CONTEXT, "Missing: {names}.", names=_listed(self.missing, small=True))

    def _flip(self) -> str:
        left = len(self.missing)
        if not self.against:
            return tn(
                CONTEXT,
                "It is a system when {n} more mark is there.",
                "It is a system when {n} more marks are there.",
                left,
            )
        if not left:
            return t(CONTEXT, "It is a system as soon as sales no longer hang on it.")
        return tn(
            CONTEXT,
            "It is a system when sales no longer hang on it and {n} more mark is there.",
            "It is a system when sales no longer hang on it and {n} more marks are there.",
            left,
        )

    def _have(self) -> int:
        return len(MARKS) - len(self.missing)

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
                t(CONTEXT, "Props"),
                number(len(self.against)),
                t(CONTEXT, "of {of}", of=number(len(AGAINST))),
                badge=t(CONTEXT, "one is too many"),
                definition=t(CONTEXT, "Random promotions, one traffic channel, a contractor's inspiration."),
            ),
        )


def _labels() -> dict[str, str]:
    return {spec.name: spec.label for spec in Definition.fields()}


def _listed(marks: tuple[Mark, ...], *, small: bool = False) -> str:
    """The labels in one line; only the first of them begins with a capital letter."""
    names = [_labels()[item.mark] for item in marks]
    return ", ".join(
        name if not place and not small else name[:1].lower() + name[1:] for place, name in enumerate(names)
    )


def _point(item: Mark) -> Point:
    return Point(_labels()[item.mark], _to_do()[item.mark], step=item.step)


def _to_do() -> dict[str, str]:
    return {
        "random_promotions": t(CONTEXT, "Plan thirty days ahead: what is done each week whatever is on sale."),
        "one_channel": t(CONTEXT, "Name the core and prepare a second source of leads before it is needed."),
        "contractor_inspiration": t(CONTEXT, "Keep hypotheses in your own list, with what each of them is to move."),
        "goal": t(CONTEXT, "One result with a date, and the leads, visits and money it takes."),
        "funnel": t(CONTEXT, "Write the share of visits that ask and of leads that pay, as they are today."),
        "rules": t(CONTEXT, "Who answers, within how many minutes, what happens when nobody did."),
        "data": t(CONTEXT, "Choose the few numbers that run the week, with owners, and money among them."),
        "quality_control": t(CONTEXT, "Once a week, within an hour: numbers, causes, decisions."),
        "experiments": t(CONTEXT, "A few tests at a time, each with the number that decides."),
    }
