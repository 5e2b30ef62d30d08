"""Which hypothesis to test next, which tests are in work, and what those behind have said.

A hypothesis is one object from the backlog to the decision: the question and its answer are here, how it is scored in
`scoring`, its test in `trial`, its words in `told`, its history in `past`, and how all of it is shown in `face`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import ClassVar, Literal, get_args

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.display import Face
from playbook.errors import InvalidInput
from playbook.i18n import t
from playbook.model import Inputs, NonAnswer, Part, Result
from playbook.questions.ideas import told
from playbook.questions.ideas.face import face
from playbook.questions.ideas.scoring import faults, points, pxl_questions, scales
from playbook.questions.ideas.trial import Outcome, Trial, Turned, trial
from playbook.questions.ideas.trial import faults as faults_of_test

__all__ = ["Backlog", "Idea", "Ideas", "Place", "Trial", "pxl_questions"]

CONTEXT = "ideas"
Method = Literal["rice", "ice", "pxl"]
KindOfTest = Literal["creative", "segment", "offer", "landing", "message", "script"]
State = Literal["backlog", "running", "done", "stopped"]
Step = Literal["visit_to_lead", "lead_to_sale", "other"]


class Idea(Part):
    """One hypothesis with what its method of scoring asks for."""

    name_of_question = CONTEXT
    labels: ClassVar = {
        "creative": "creative",
        "segment": "segment",
        "offer": "offer",
        "landing": "landing page",
        "message": "message",
        "script": "script of handling leads",
        "backlog": "in the backlog",
        "running": "in work",
        "done": "finished",
        "stopped": "stopped",
        "visit_to_lead": "visits that become leads",
        "lead_to_sale": "leads that pay",
        "other": "another step",
        "shipped": "shipped: the variant stays",
        "kept": "kept as it was",
        "cannot_tell": "it could not be told",
        "worked": "it worked",
        "did_not_work": "it did not work",
        "not_done": "it was not carried out",
    }

    name: units.Sentence
    """Hypothesis

    If we change this, that number will move, because…"""
    kind: KindOfTest
    """What is tested"""
    state: State = "backlog"
    """State"""
    added: units.Day | None = None
    """Written down on"""
    reach: units.Number | None = None
    """Reach

    How many people it touches in a quarter. For RICE."""
    impact: units.Number | None = None
    """Impact

    RICE: 3, 2, 1, 0.5 or 0.25. ICE: from 1 to 10."""
    confidence: units.Number | None = None
    """Confidence

    RICE: a share, such as 0.8. ICE: from 1 to 10."""
    effort: units.Number | None = None
    """Effort

    Person-months, or one other unit for all hypotheses. For RICE; never 0."""
    ease: units.Number | None = None
    """Ease

    From 1 to 10: the easier, the higher. For ICE."""
    answers: dict[str, bool | float] | None = None
    """Answers for PXL

    Yes or no to each question of the list; ease from 0 to 3."""

    metric: Step | None = None
    """What is counted

    The step whose share of successes should grow. What it is now and how many come are taken from your data or plan."""
    baseline: units.Share | None = None
    """Share of successes now

    Of another step; that of the known ones comes from your data or plan."""
    per_week: units.Number | None = None
    """People a week, both groups together

    Who come to another step."""
    hoped: units.Share | None = None
    """Share you hope for

    The smallest one for which the change is worth taking up."""
    started: units.Day | None = None
    """Test began on"""
    ends: units.Day | None = None
    """Planned end

    Empty: as many whole weeks as your traffic needs. Written down before the start and not moved."""
    control_people: units.Count | None = None
    """Control: people

    Those who saw what you have now."""
    control_wins: units.Count | None = None
    """Control: of them succeeded"""
    variant_people: units.Count | None = None
    """Variant: people

    Those who saw the new thing, over the same days."""
    variant_wins: units.Count | None = None
    """Variant: of them succeeded"""
    finished: units.Day | None = None
    """Test ended on"""
    outcome: Outcome | None = None
    """What you did with it"""
    decided: units.Day | None = None
    """Decision taken on

    Written here when you take the result into the week's decisions."""
    turned: Turned | None = None
    """What came of the decision

    Written here when a week is closed in which you said it."""
    reviewed: units.Day | None = None
    """Said on"""
    learned: units.Note = ""
    """What you learned

    One line that the next hypothesis can stand on."""

    def lacks(self, method: str) -> tuple[str, ...]:
        """What the method needs and the idea does not have yet."""
        return tuple(name for name in scales()[method]["needs"] if getattr(self, name) is None)

    def score(self, method: str) -> float:
        """R·I·C/E (McBride), the product I·C·E (Ellis), or the weighted sum of answers (CXL)."""
        if method == "pxl":
            return sum(points(name, answer) for name, answer in (self.answers or {}).items())
        reach, impact, confidence = self.reach or 0.0, self.impact or 0.0, self.confidence or 0.0
        if method == "ice":
            return impact * confidence * (self.ease or 0.0)
        return reach * impact * confidence / (self.effort or 1.0)


class Heard(Part):
    """What a weekly review that is not closed yet says came of the decision on a hypothesis."""

    name_of_question = CONTEXT
    labels: ClassVar = Idea.labels

    hypothesis: units.Count
    """Its place in the list, from 0"""
    turned: Turned
    """What came of the decision"""


class Ideas(Inputs):
    """Ask which hypothesis to test next by one of three methods of scoring.

    >>> idea = Idea(name="Price on the first screen", kind="landing", impact=8, confidence=7, ease=6)
    >>> Ideas(method="ice", ideas=(idea,)).solve().ranked[0].score
    336.0
    """

    name = CONTEXT
    labels: ClassVar = {
        "rice": "RICE: reach × impact × confidence ÷ effort",
        "ice": "ICE: impact × confidence × ease",
        "pxl": "PXL: yes or no, weighted",
    }
    groups: ClassVar = (("Backlog", ("method", "ideas")),)

    method: Method
    """How to score

    ICE is the quickest. RICE suits where reach differs a lot. PXL asks for evidence and suits pages."""
    ideas: tuple[Idea, ...] = Field(max_length=500)
    """Hypotheses"""
    visit_to_lead: units.Share | None = None
    """Share of visits that become leads"""
    lead_to_sale: units.Share | None = None
    """Share of leads that pay"""
    visits_per_week: units.Number | None = None
    """Visits a week"""
    leads_per_week: units.Number | None = None
    """Leads a week"""
    profit_per_sale: units.Balance | None = None
    """Gross profit of one sale"""
    heard: tuple[Heard, ...] = Field(default=(), max_length=500)
    """What this week's review says of decisions on hypotheses"""
    today: units.Day | None = None
    """Today"""

    @model_validator(mode="after")
    def _usable(self) -> Ideas:
        listed = list(enumerate(self.ideas))
        found = [fault for index, idea in listed for fault in faults(self.method, index, idea)]
        found += [fault for index, idea in listed for fault in faults_of_test(index, idea)]
        if found:
            raise InvalidInput(found)
        return self

    def solve(self) -> Backlog:
        """Every hypothesis by its score; equal scores share a place in the order given, those without one come last."""
        scores = {
            index: idea.score(self.method) for index, idea in enumerate(self.ideas) if not idea.lacks(self.method)
        }
        level = Counter(scores.values())
        ranked = [
            self._place(index, score, place=1 + sum(other > score for other in scores.values()), tied=level[score] > 1)
            for index, score in sorted(scores.items(), key=lambda pair: -pair[1])
        ]
        waiting = [
            self._place(index, _no_score(idea, self.method))
            for index, idea in enumerate(self.ideas)
            if index not in scores
        ]
        tests = tuple(found for index in range(len(self.ideas)) if (found := trial(self, index)))
        return Backlog(
            asked=self, ranked=(*ranked, *waiting), tests=tests, warnings=(*self.warnings(), *told.warnings(tests))
        )

    def base(self, idea: Idea) -> float | None:
        """The present share of the step that a hypothesis should move: that of the data or the plan, else its own."""
        known = {"visit_to_lead": self.visit_to_lead, "lead_to_sale": self.lead_to_sale, "other": idea.baseline}
        return known.get(idea.metric or "")

    def traffic(self, idea: Idea) -> float | None:
        """People a week who come to that step."""
        known = {"visit_to_lead": self.visits_per_week, "lead_to_sale": self.leads_per_week, "other": idea.per_week}
        return known.get(idea.metric or "")

    def worth(self, idea: Idea, difference: float) -> float | None:
        """What a difference of shares is worth in a week, in gross profit; None where that cannot be told."""
        sales = {"visit_to_lead": self.lead_to_sale, "lead_to_sale": 1.0}.get(idea.metric or "")
        people = self.traffic(idea)
        if sales is None or people is None or self.profit_per_sale is None:
            return None
        return people * difference * sales * self.profit_per_sale

    def turned(self, index: int) -> tuple[Turned | None, date | None]:
        """What came of the decision on a hypothesis, and when it was said; this week goes before an older one."""
        idea = self.ideas[index]
        if idea.state != "done":
            return None, None
        said = next((heard.turned for heard in self.heard if heard.hypothesis == index), None)
        return (said, self.today) if said and said != idea.turned else (idea.turned, idea.reviewed)

    def _place(self, index: int, score: float | NonAnswer, place: int | None = None, tied: bool = False) -> Place:
        idea = self.ideas[index]
        return Place(name=idea.name, score=score, place=place, tied=tied, kind=idea.kind, state=idea.state, index=index)

    def count(self, state: State) -> int:
        """How many hypotheses are in a state."""
        return sum(1 for idea in self.ideas if idea.state == state)

    def missing_kinds(self) -> tuple[str, ...]:
        """The kinds of test that no hypothesis is of."""
        used = {idea.kind for idea in self.ideas}
        return tuple(kind for kind in get_args(KindOfTest) if kind not in used)

    def checks(self) -> tuple[rules.Check, ...]:
        """The backlog, the work in progress and the variety against their rules of thumb."""
        kinds = len(get_args(KindOfTest)) - len(self.missing_kinds())
        return (
            rules.check("backlog", self.count("backlog")),
            rules.check("tests_running", self.count("running")),
            rules.check("test_kinds", kinds),
        )

    def warnings(self) -> tuple[str, ...]:
        """What is out of its usual range, with what to do."""
        backlog, running, kinds = self.checks()
        names = ", ".join(t(CONTEXT, Idea.labels[kind]) for kind in self.missing_kinds())
        said = {
            (backlog.id, "below"): t(CONTEXT, "Add hypotheses: there is little to choose from."),
            (backlog.id, "above"): t(CONTEXT, "Strike out the weakest: nobody reviews so many."),
            (running.id, "below"): t(CONTEXT, "Start the first one of the list."),
            (running.id, "above"): t(CONTEXT, "Finish one before the next is started."),
            (kinds.id, "below"): t(CONTEXT, "Nothing tests: {names}.", names=names),
        }
        found = [
            f"{check.words}. {said[check.id, check.status]}" for check in (backlog, running, kinds) if not check.met
        ]
        return (*found, *self._off_scale())

    def _off_scale(self) -> tuple[str, ...]:
        """Scores of ICE outside its scale, which push one hypothesis past all others."""
        if self.method != "ice":
            return ()
        scale = scales()["ice"]
        low, high = scale["low"], scale["high"]
        names = [
            idea.name
            for idea in self.ideas
            if any(not low <= value <= high for value in (idea.impact, idea.confidence, idea.ease) if value is not None)
        ]
        text = t(
            CONTEXT,
            "ICE is scored from {low} to {high}; outside it: {names}.",
            low=low,
            high=high,
            names=", ".join(map(told.short, names)),
        )
        return (text,) if names else ()


class Place(Result):
    """A hypothesis with its score; equal scores share a place."""

    name: str
    score: float | NonAnswer
    place: int | None
    tied: bool
    kind: KindOfTest
    state: State
    index: int
    """Where it stands in the list that was given, from 0."""


class Backlog(Result):
    """The hypotheses in order, and the tests in work and behind."""

    asked: Ideas = Field(exclude=True, repr=False)
    ranked: tuple[Place, ...]
    tests: tuple[Trial, ...] = ()
    """Every hypothesis that has left the backlog, in the order given."""
    warnings: tuple[str, ...]

    def face(self) -> Face:
        """What to do next, the tests in work, the ranking, what was finished, and the limits of the backlog."""
        return face(self)


def _no_score(idea: Idea, method: str) -> NonAnswer:
    if idea.state != "backlog":
        return NonAnswer(status="undefined", reason=t(CONTEXT, "it has left the backlog and is scored no more"))
    labels = {spec.name: spec.label for spec in Idea.fields()}
    names = ", ".join(labels[name].lower() for name in idea.lacks(method))
    return NonAnswer(
        status="not_yet",
        reason=t(CONTEXT, "not filled in: {names}", names=names),
        hint=t(CONTEXT, "fill it in to get a score"),
    )
