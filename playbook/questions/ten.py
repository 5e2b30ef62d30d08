"""Ten questions in ten minutes: what cannot be named by a number or a list is not built yet."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, NoReturn

from pydantic import BeforeValidator, Field, WithJsonSchema

from playbook import rules, texts
from playbook.display import Face, Number, Point, Points, Ruler, Verdict
from playbook.errors import InvalidInput, Problem
from playbook.i18n import LANGUAGES, number, quantity, t, tn
from playbook.model import Inputs, Result

CONTEXT = "ten"
LONGEST = 10_000
"""Characters of one answer."""


def questions() -> list[dict[str, Any]]:
    """The ten questions in their order, in the reader's language."""
    found: list[dict[str, Any]] = texts.load("ten.toml")["questions"]
    return found


def _read(value: Any) -> dict[str, Any]:
    """Answers by question; an empty text or list is no answer, and neither is a mark without a letter or digit.

    Raises:
        InvalidInput: for an unknown question, a yes or no, or an answer that is too long.
    """
    ids = [question["id"] for question in questions()]
    if not isinstance(value, Mapping):
        _refuse("answers", t(CONTEXT, "The answers are a mapping by question."), repr(value)[:60], _names(ids))
    unknown = next((str(name)[:60] for name in value if name not in ids), None)
    if unknown is not None:
        _refuse(
            "answers", t(CONTEXT, "There is no question '{name}'.", name=unknown), f"answers.{unknown}", _names(ids)
        )
    return {name: _answer(name, value.get(name)) for name in ids}


def _answer(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        what = t(CONTEXT, "A question is answered by a number or a list, not by yes or no.")
        _refuse(
            f"answers.{name}",
            what,
            f"answers.{name}={value}",
            t(CONTEXT, "give the number; null when you do not know it"),
        )
    if len(str(value)) > LONGEST:
        what = t("model", "'{name}' is too long: at most {most}.", name=name, most=LONGEST)
        _refuse(f"answers.{name}", what, str(len(str(value))), t("model", "shorten it"))
    return value if says(value) else None


def unknown(text: str) -> bool:
    """Whether a person says, in either language, that they do not know.

    >>> unknown("Не знаю"), unknown("about 30")
    (True, False)
    """
    said = " ".join(text.replace("’", "'").lower().strip(" .!?-").split())
    return any(said in texts.load("ten.toml", lang)["unknown"] for lang in LANGUAGES)


def says(value: Any) -> bool:
    """Whether a value holds an answer: a number, or a text that tells something, at any depth."""
    if isinstance(value, str):
        return any(sign.isalnum() for sign in value) and not unknown(value)
    if isinstance(value, int | float):
        return not isinstance(value, bool) and math.isfinite(value)
    if isinstance(value, Mapping):
        return any(says(part) for part in value.values())
    return isinstance(value, list | tuple) and any(says(part) for part in value)


def _refuse(field: str, what: str, saw: str, hint: str) -> NoReturn:
    raise InvalidInput([Problem(field, what, saw, hint)])


def _names(ids: list[str]) -> str:
    return t(CONTEXT, "the questions are: {names}", names=", ".join(ids))


class Ten(Inputs):
    """Ask which of the ten numbers and lists every working system can name.

    >>> Ten(answers={"average_check": 8400, "margin": None}).solve().answered
    1
    """

    name = CONTEXT
    groups: ClassVar = (("Ten questions", ("answers",)),)

    answers: Annotated[
        dict[str, Any], BeforeValidator(_read), WithJsonSchema({"type": "object", "additionalProperties": True})
    ]
    """Answers by question

    A number or a list; leave open what you do not know."""
    seconds: Annotated[float, Field(ge=0, le=86_400, json_schema_extra={"unit": "seconds"})] | None = None
    """Time used"""

    def solve(self) -> Tally:
        """How many are answered, and the step that builds each missing one."""
        missing = [question for question in questions() if self.answers[question["id"]] is None]
        return Tally(
            asked=self,
            answered=len(self.answers) - len(missing),
            missing=tuple(Missing(id=question["id"], step=question["step"]) for question in missing),
            built=not missing,
            thin=tuple(question["id"] for question in questions() if _thin(question, self.answers[question["id"]])),
        )


def _thin(question: Mapping[str, Any], answer: Any) -> bool:
    """Whether a text says less than its question asks for: a number, or so many names."""
    if not isinstance(answer, str):
        return False
    least = question.get("least", 1)
    if least > 1:
        return len([name for name in re.split(r"[,;/\n]+", answer) if says(name)]) < int(least)
    return not any(sign.isdigit() for sign in answer)


class Missing(Result):
    """A question without an answer, and the step that helps to build it."""

    id: str
    step: str


class Tally(Result):
    """What can be named today."""

    asked: Ten = Field(exclude=True, repr=False)
    answered: int
    missing: tuple[Missing, ...]
    built: bool
    thin: tuple[str, ...] = ()
    """Questions whose answer says less than they ask for: fewer names than three, or no number."""

    def face(self) -> Face:
        """The count of ten, and what builds each missing answer."""
        return Face(
            verdict=self._said(),
            numbers=tuple(self._time()),
            sections=self._points(),
            rules=self._rules(),
        )

    def _said(self) -> Verdict:
        of = rules.get("ten_questions").number
        values = {"answered": number(self.answered), "of": number(of)}
        ruler = Ruler(
            self.answered, of, t(CONTEXT, "now {answered}", **values), t(CONTEXT, "needed {of}", **values), top=of
        )
        if self.built:
            say = t(CONTEXT, "{answered} of {of} answered: you know your main figures.", **values)
            judged = t(CONTEXT, "Answers are counted here; how well each part works, the diagnosis tells.")
            then = self._thinly() or t(CONTEXT, "Ask again in a month: a number nobody keeps up is soon forgotten.")
            return Verdict("yes", t(CONTEXT, "All ten are answered"), say, f"{judged} {then}", ruler=ruler)
        say = t(CONTEXT, "{answered} of {of} answered, and all {of} are needed.", **values)
        because = t(
            CONTEXT, "What cannot be named in ten minutes is not built yet. Each missing answer leads to a step."
        )
        flip = tn(CONTEXT, "{n} answer is left.", "{n} answers are left.", len(self.missing))
        because = " ".join(filter(None, (because, self._thinly())))
        return Verdict("no", t(CONTEXT, "Not built yet"), say, because, flip, ruler)

    def _thinly(self) -> str:
        if not self.thin:
            return ""
        return tn(
            CONTEXT,
            "{n} answer says too little: see below what would do.",
            "{n} answers say too little: see below what would do.",
            len(self.thin),
        )

    def _points(self) -> tuple[Points, ...]:
        known = {question["id"]: question for question in questions()}
        build = tuple(Point(known[gap.id]["short"], known[gap.id]["fix"], step=gap.step) for gap in self.missing)
        sharpen = tuple(
            Point(known[name]["short"], known[name]["hint"], step=known[name]["step"]) for name in self.thin
        )
        told = (
            Points(t(CONTEXT, "What to build"), build),
            Points(t(CONTEXT, "Taken, but worth completing"), sharpen),
        )
        return tuple(points for points in told if points.items)

    def _minutes(self) -> float | None:
        return None if self.asked.seconds is None else self.asked.seconds / 60

    def _time(self) -> list[Number]:
        minutes = self._minutes()
        if minutes is None:
            return []
        definition = t(CONTEXT, "From the start of the timer to the last answer, pauses left out.")
        return [
            Number(
                t(CONTEXT, "Time used"), quantity(minutes, "minute", 0 if minutes >= 1 else 1), definition=definition
            )
        ]

    def _rules(self) -> tuple[rules.Check, ...]:
        minutes = self._minutes()
        timed = () if minutes is None else (rules.check("ten_questions_minutes", minutes),)
        return (rules.check("ten_questions", self.answered), *timed)
