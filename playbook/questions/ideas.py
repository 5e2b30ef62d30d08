"""Which hypothesis to test next, and whether the backlog and the work in progress are of a size that can be managed."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.display import Face, Number, Ranked, Ranking, Verdict, word
from playbook.errors import InvalidInput, Problem
from playbook.i18n import number, share, t, tn
from playbook.model import Inputs, NonAnswer, Part, Result

CONTEXT = "ideas"
Method = Literal["rice", "ice", "pxl"]
KindOfTest = Literal["creative", "segment", "offer", "landing", "message", "script"]
State = Literal["backlog", "running", "done"]
_LEAST_EFFORT = 1e-6
_SHOWN = 60


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
    }

    name: units.Name
    """Hypothesis

    If we change this, that number will move, because…"""
    kind: KindOfTest
    """What is tested"""
    state: State = "backlog"
    """State"""
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

    def lacks(self, method: str) -> tuple[str, ...]:
        """What the method needs and the idea does not have yet."""
        return tuple(name for name in _scales()[method]["needs"] if getattr(self, name) is None)

    def score(self, method: str) -> float:
        """R·I·C/E (McBride), the product I·C·E (Ellis), or the weighted sum of answers (CXL)."""
        if method == "pxl":
            return sum(_points(name, answer) for name, answer in (self.answers or {}).items())
        reach, impact, confidence = self.reach or 0.0, self.impact or 0.0, self.confidence or 0.0
        if method == "ice":
            return impact * confidence * (self.ease or 0.0)
        return reach * impact * confidence / (self.effort or 1.0)


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

    @model_validator(mode="after")
    def _usable(self) -> Ideas:
        faults = [fault for index, idea in enumerate(self.ideas) for fault in _faults(self.method, index, idea)]
        if faults:
            raise InvalidInput(faults)
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
        return Backlog(asked=self, ranked=(*ranked, *waiting), warnings=self.warnings())

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
        names = ", ".join(kind_label(kind) for kind in self.missing_kinds())
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
        scale = _scales()["ice"]
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
            names=", ".join(map(short, names)),
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
    """The hypotheses in order."""

    asked: Ideas = Field(exclude=True, repr=False)
    ranked: tuple[Place, ...]
    warnings: tuple[str, ...]

    def face(self) -> Face:
        """What to test next, the ranking, and the limits of the backlog."""
        return Face(
            verdict=self._said(),
            numbers=self._numbers(),
            sections=(self._ranking(),) if self.ranked else (),
            notes=self.asked.warnings(),
            rules=self.asked.checks(),
        )

    def _said(self) -> Verdict:
        if self._full():
            return self._too_much()
        first = [place for place in self._scored() if place.state == "backlog"]
        if not first:
            say = t(CONTEXT, "No hypothesis with a score is waiting in the backlog.")
            return Verdict("wait", word("wait"), say, because=t(CONTEXT, "Add one and say what its score is made of."))
        names, score = [short(place.name) for place in first if place.score == first[0].score], _written(first[0].score)
        if len(names) > 1:
            say = t(CONTEXT, "Level at {score}: “{one}” and “{two}”.", score=score, one=names[0], two=names[1])
            return Verdict(
                "wait",
                word("wait"),
                say,
                because=t(CONTEXT, "Take the one that is quicker to test."),
                flip=self._flip(first),
            )
        say = t(
            CONTEXT,
            "Test “{name}” next: {score} by {method}.",
            name=names[0],
            score=score,
            method=self.asked.method.upper(),
        )
        return Verdict("yes", word("yes"), say, because=self._reason(), flip=self._flip(first))

    def _full(self) -> bool:
        """Whether as many tests run as the rule allows, or more."""
        return self.asked.count("running") >= rules.get("tests_running").span[1]

    def _too_much(self) -> Verdict:
        rule = rules.get("tests_running")
        running, high = self.asked.count("running"), int(rule.span[1])
        say = t(CONTEXT, "{running}; more than {high} at once spoil each other.", running=rule.say(running), high=high)
        because = t(CONTEXT, "Each test takes traffic and attention from the others.")
        over = running - high + 1
        flip = tn(
            CONTEXT,
            "The next one may start when {n} test is finished.",
            "The next one may start when {n} tests are finished.",
            over,
        )
        if over > 1:
            return Verdict("no", word("no"), say, because, flip)
        say = t(
            CONTEXT, "{running}: no room for another one, {high} is the most.", running=rule.say(running), high=high
        )
        return Verdict("wait", t(CONTEXT, "Finish first"), say, because, flip)

    def _reason(self) -> str:
        place = next(place for place in self._scored() if place.state == "backlog")
        return t(
            CONTEXT,
            "The highest score of the backlog: {how}.",
            how=_how(self.asked.ideas[place.index], self.asked.method),
        )

    def _flip(self, first: list[Place]) -> str:
        rival = next((place for place in first if place.score != first[0].score), None)
        if rival is None:
            return ""
        return t(CONTEXT, "Next in line: “{name}” with {score}.", name=short(rival.name), score=_written(rival.score))

    def _scored(self) -> list[Place]:
        return [place for place in self.ranked if not isinstance(place.score, NonAnswer)]

    def _numbers(self) -> tuple[Number, ...]:
        backlog, running, kinds = self.asked.checks()
        return (
            Number(
                t(CONTEXT, "In the backlog"),
                number(backlog.value),
                badge=backlog.rule.range_words,
                definition=backlog.words,
            ),
            Number(
                t(CONTEXT, "In work"), number(running.value), badge=running.rule.range_words, definition=running.words
            ),
            Number(
                t(CONTEXT, "Kinds of test"),
                number(kinds.value),
                t(CONTEXT, "of {of}", of=number(kinds.rule.number)),
                definition=kinds.words,
            ),
        )

    def _ranking(self) -> Ranking:
        top = max((place.score for place in self._scored() if isinstance(place.score, float)), default=0.0) or 1.0
        items = tuple(_ranked(place, self.asked.ideas[place.index], self.asked.method, top) for place in self.ranked)
        source = _scales()[self.asked.method]["source"]
        return Ranking(
            t(CONTEXT, "Hypotheses in order"),
            items,
            t(CONTEXT, "Scores order hypotheses, they do not measure them. {source}.", source=source),
        )


def kind_label(kind: str) -> str:
    """The kind of test in the reader's language."""
    return t(CONTEXT, Idea.labels[kind])


def short(name: str) -> str:
    """A name that fits a sentence, cut between words."""
    if len(name) <= _SHOWN:
        return name
    head = name[: _SHOWN - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,.:;—–") + "…"


def pxl_questions() -> tuple[tuple[str, str, int, int], ...]:
    """The questions of PXL: id, text in the reader's language, points of one level, the highest level."""
    return tuple(
        (q["id"], t(CONTEXT, q["question"]), q["weight"], q.get("levels", 1)) for q in _scales()["pxl"]["questions"]
    )


@cache
def _scales() -> dict[str, Any]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _weights() -> dict[str, tuple[float, float]]:
    """Points of one level and the highest level, by question of PXL."""
    return {q["id"]: (float(q["weight"]), float(q.get("levels", 1))) for q in _scales()["pxl"]["questions"]}


def _points(question: str, answer: bool | float) -> float:
    weight, levels = _weights()[question]
    return weight * (levels if answer is True else float(answer))


def _faults(method: str, index: int, idea: Idea) -> list[Problem]:
    """What makes a score impossible or meaningless."""
    at = f"ideas.{index}"
    if method == "pxl":
        return [fault for name, answer in (idea.answers or {}).items() if (fault := _pxl_fault(at, name, answer))]
    if method != "rice":
        return []
    faults = []
    if idea.effort is not None and idea.effort < _LEAST_EFFORT:
        what = t(CONTEXT, "'{name}' cannot be 0: the score is divided by it.", name=f"{at}.effort")
        hint = t(CONTEXT, "any work takes something: write half a day as 0.1 of a week")
        faults.append(Problem(f"{at}.effort", what, f"{at}.effort={idea.effort:g}", hint))
    if idea.confidence is not None and idea.confidence > 1:
        what = t(CONTEXT, "'{name}' is a share in RICE, so it cannot be above 1.", name=f"{at}.confidence")
        faults.append(
            Problem(f"{at}.confidence", what, f"{at}.confidence={idea.confidence:g}", t(CONTEXT, "write 80% as 0.8"))
        )
    return faults


def _pxl_fault(at: str, name: str, answer: bool | float) -> Problem | None:
    path, saw = f"{at}.answers.{name}", f"{at}.answers.{name}={answer}"
    if name not in _weights():
        hint = t(CONTEXT, "the questions are: {names}", names=", ".join(_weights()))
        return Problem(path, t(CONTEXT, "PXL has no question '{name}'.", name=name), saw, hint)
    levels = _weights()[name][1]
    if 0 <= float(answer) <= levels:
        return None
    what = t(
        CONTEXT, "'{name}' is answered with true, false or a number up to {levels}.", name=path, levels=number(levels)
    )
    return Problem(path, what, saw, t(CONTEXT, "from 0 to {levels}", levels=number(levels)))


def _no_score(idea: Idea, method: str) -> NonAnswer:
    labels = {spec.name: spec.label for spec in Idea.fields()}
    names = ", ".join(labels[name].lower() for name in idea.lacks(method))
    return NonAnswer(
        status="not_yet",
        reason=t(CONTEXT, "not filled in: {names}", names=names),
        hint=t(CONTEXT, "fill it in to get a score"),
    )


def _written(score: float | NonAnswer) -> str:
    return score.reason if isinstance(score, NonAnswer) else number(score)


def _ranked(place: Place, idea: Idea, method: str, top: float) -> Ranked:
    labels = f"{kind_label(place.kind)}, {kind_label(place.state)}"
    if isinstance(place.score, NonAnswer):
        return Ranked(place.name, f"{labels} · {_no_score(idea, method).reason}", t(CONTEXT, "no score"), 0.0, "")
    level = t(CONTEXT, "level with another one") if place.tied else ""
    return Ranked(place.name, f"{labels} · {_how(idea, method)}", number(place.score), place.score / top, level)


def _how(idea: Idea, method: str) -> str:
    """What the score is made of."""
    impact, confidence = number(idea.impact or 0), idea.confidence or 0.0
    if method == "rice":
        parts = {
            "reach": number(idea.reach or 0),
            "impact": impact,
            "confidence": share(confidence),
            "effort": number(idea.effort or 0),
        }
        return t(CONTEXT, "reach {reach} × impact {impact} × confidence {confidence} ÷ effort {effort}", **parts)
    if method == "ice":
        ease = idea.ease or 0.0
        mean = number(((idea.impact or 0.0) + confidence + ease) / 3, 1)
        parts = {"impact": impact, "confidence": number(confidence), "ease": number(ease), "mean": mean}
        return t(
            CONTEXT,
            "impact {impact} × confidence {confidence} × ease {ease}; the average variant gives {mean}",
            **parts,
        )
    best = number(sum(weight * levels for weight, levels in _weights().values()))
    return tn(CONTEXT, "{n} point of {best}", "{n} points of {best}", idea.score(method), best=best)
