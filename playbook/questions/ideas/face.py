"""How the backlog is shown: what to do next, the tests in work, the ranking, and what has ended."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from playbook import rules
from playbook.display import Face, Number, Ranked, Ranking, Section, Verdict, word
from playbook.i18n import number, share, t, tn
from playbook.model import NonAnswer
from playbook.questions.ideas import past, told
from playbook.questions.ideas.scoring import scales, weights
from playbook.questions.ideas.told import short

if TYPE_CHECKING:
    from playbook.questions.ideas import Backlog, Idea, Place

CONTEXT = "ideas"
_LEAST = 0.01


def face(found: Backlog) -> Face:
    """The verdict, the counts against their rules, the tests in work, the ranking and the tests behind."""
    ideas = found.asked.ideas
    heads = {
        test.index: " · ".join(filter(None, (_label(ideas[test.index], "metric"), past.way(test))))
        for test in found.tests
    }
    sections: list[Section | None] = [
        told.in_work(found.tests, heads),
        _ranking(found) if _waiting(found) else None,
        past.behind(found.tests),
        past.lessons(found.tests),
    ]
    return Face(
        verdict=_said(found),
        numbers=_numbers(found),
        sections=tuple(section for section in sections if section),
        notes=(*found.asked.warnings(), *told.warnings(test for test in found.tests if test.state != "running")),
        rules=found.asked.checks(),
    )


def _said(found: Backlog) -> Verdict:
    if (test := told.ready(found.tests)) is not None:
        return told.verdict(test)
    if found.asked.count("running") >= rules.get("tests_running").span[1]:
        return _too_much(found)
    first = _scored(found)
    if not first:
        say = t(CONTEXT, "No hypothesis with a score is waiting in the backlog.")
        return Verdict("wait", word("wait"), say, because=t(CONTEXT, "Add one and say what its score is made of."))
    names, score = [short(place.name) for place in first if place.score == first[0].score], _written(first[0].score)
    if len(names) > 1:
        say = t(CONTEXT, "Level at {score}: “{one}” and “{two}”.", score=score, one=names[0], two=names[1])
        because = t(CONTEXT, "Take the one that is quicker to test.")
        return Verdict("wait", word("wait"), say, because=because, flip=_flip(first))
    say = t(
        CONTEXT,
        "Test “{name}” next: {score} by {method}.",
        name=names[0],
        score=score,
        method=found.asked.method.upper(),
    )
    how = _how(found.asked.ideas[first[0].index], found.asked.method)
    because = t(CONTEXT, "The highest score of the backlog: {how}.", how=how)
    return Verdict("yes", word("yes"), say, because=because, flip=_flip(first))


def _too_much(found: Backlog) -> Verdict:
    rule = rules.get("tests_running")
    running, high = found.asked.count("running"), int(rule.span[1])
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
    say = t(CONTEXT, "{running}: no room for another one, {high} is the most.", running=rule.say(running), high=high)
    return Verdict("wait", t(CONTEXT, "Finish first"), say, because, flip)


def _flip(first: list[Place]) -> str:
    rival = next((place for place in first if place.score != first[0].score), None)
    if rival is None:
        return ""
    return t(CONTEXT, "Next in line: “{name}” with {score}.", name=short(rival.name), score=_written(rival.score))


def _waiting(found: Backlog) -> list[Place]:
    return [place for place in found.ranked if place.state == "backlog"]


def _scored(found: Backlog) -> list[Place]:
    return [place for place in _waiting(found) if not isinstance(place.score, NonAnswer)]


def _numbers(found: Backlog) -> tuple[Number, ...]:
    backlog, running, kinds = found.asked.checks()
    return (
        Number(
            t(CONTEXT, "In the backlog"),
            number(backlog.value),
            badge=backlog.rule.range_words,
            definition=backlog.words,
        ),
        Number(t(CONTEXT, "In work"), number(running.value), badge=running.rule.range_words, definition=running.words),
        Number(
            t(CONTEXT, "Kinds of test"),
            number(kinds.value),
            t(CONTEXT, "of {of}", of=number(kinds.rule.number)),
            definition=kinds.words,
        ),
    )


def _ranking(found: Backlog) -> Ranking:
    """The backlog alone: what is in work or behind no longer competes for the next place."""
    method = found.asked.method
    top = max((place.score for place in _scored(found) if isinstance(place.score, float)), default=0.0) or 1.0
    level = Counter(place.score for place in _scored(found))
    items = tuple(
        _ranked(place, found.asked.ideas[place.index], method, top, tied=level[place.score] > 1)
        for place in _waiting(found)
    )
    meaning = {
        "rice": t(
            CONTEXT,
            "Points are people reached in a quarter × impact × confidence, for one unit of work. A bar half as long"
            " promises half as much for the same work.",
        ),
        "ice": t(CONTEXT, "Points are impact × confidence × ease, 1,000 at most. A longer bar promises more, sooner."),
        "pxl": t(CONTEXT, "Points are the weighted answers to ten questions. A longer bar has more behind it."),
    }[method]
    order = t(
        CONTEXT, "Scores order hypotheses, they do not measure them. {source}.", source=scales()[method]["source"]
    )
    return Ranking(t(CONTEXT, "Backlog: what to test next"), items, f"{meaning} {order}")


def _ranked(place: Place, idea: Idea, method: str, top: float, *, tied: bool) -> Ranked:
    kind = _label(idea, "kind")
    if isinstance(place.score, NonAnswer):
        return Ranked(place.name, f"{kind} · {place.score.reason}", t(CONTEXT, "no score"), 0.0, "")
    against = _against(place.score / top) if place.score < top else ""
    beside = t(CONTEXT, "level with another one") if tied else against
    score = tn(CONTEXT, "{n} point", "{n} points", place.score)
    return Ranked(place.name, f"{kind} · {_how(idea, method)}", score, place.score / top, beside)


def _against(part: float) -> str:
    """A score beside the first one, never as nothing of it."""
    if 0 < part < _LEAST:
        return t(CONTEXT, "less than {share} of the first", share=share(_LEAST))
    return t(CONTEXT, "{share} of the first", share=share(part, 0))


def _label(idea: Idea, field: str) -> str:
    """The chosen value of a field in the reader's language."""
    value = getattr(idea, field)
    return t(CONTEXT, type(idea).labels[value]) if value else ""


def _written(score: float | NonAnswer) -> str:
    return score.reason if isinstance(score, NonAnswer) else number(score)


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
    best = number(sum(weight * levels for weight, levels in weights().values()))
    return tn(CONTEXT, "{n} point of {best}", "{n} points of {best}", idea.score(method), best=best)
