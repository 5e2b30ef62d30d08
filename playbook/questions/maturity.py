"""How much of a marketing system is there: twenty criteria, the total, and the three points to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, NoReturn

from pydantic import BeforeValidator, Field, WithJsonSchema

from playbook import rules, texts
from playbook.display import Face, Number, Point, Points, Ruler, Table, Verdict, sentence, word
from playbook.errors import InvalidInput, Problem
from playbook.i18n import number, share, t, tn
from playbook.model import Inputs, NonAnswer, Result

CONTEXT = "maturity"
FOUNDATION = "foundation"
"""The block of records and the offer: it comes first while the total is below its threshold."""
MOST = int(rules.get("criterion_score").high or 0)


def criteria() -> list[dict[str, Any]]:
    """The twenty criteria in their order, in the reader's language."""
    found: list[dict[str, Any]] = texts.load("maturity.toml")["criteria"]
    return found


def _read(value: Any) -> dict[str, int | None]:
    """Answers by criterion, from a list in the order of the criteria or from a mapping; what is left out is open.

    Raises:
        InvalidInput: for a list of another length, an unknown criterion or an answer that is not 0, 1 or 2.
    """
    ids = [criterion["id"] for criterion in criteria()]
    if isinstance(value, Mapping):
        unknown = next((str(name) for name in value if name not in ids), None)
        if unknown is not None:
            _refuse(t(CONTEXT, "There is no criterion '{name}'.", name=unknown[:60]), f"answers.{unknown[:60]}", ids)
        return {name: _score(name, value.get(name)) for name in ids}
    if not isinstance(value, list | tuple):
        _refuse(t(CONTEXT, "The answers are a list or a mapping by criterion."), repr(value)[:60], ids)
    if len(value) != len(ids):
        what = t(CONTEXT, "The diagnosis has {of} criteria, and the list has another length.", of=len(ids))
        _refuse(what, f"answers: {len(value)}", ids)
    return {name: _score(name, answer) for name, answer in zip(ids, value, strict=True)}


def _score(name: str, answer: Any) -> int | None:
    if answer is None or answer == "":
        return None
    scores = {str(score): score for score in range(MOST + 1)}
    found = (
        None if isinstance(answer, bool) else scores.get(f"{answer:g}" if isinstance(answer, float) else str(answer))
    )
    if found is None:
        what = t(CONTEXT, "A criterion is answered by 0, 1, 2, or left open.")
        hint = t(CONTEXT, "choose the description that fits; null leaves it open")
        raise InvalidInput([Problem(f"answers.{name}", what, f"answers.{name}={str(answer)[:60]}", hint)])
    return found


def _refuse(what: str, saw: str, ids: list[str]) -> NoReturn:
    hint = t(CONTEXT, "the criteria are: {names}", names=", ".join(ids))
    raise InvalidInput([Problem("answers", what, saw, hint)])


_ONE = {"anyOf": [{"type": "integer", "minimum": 0, "maximum": MOST}, {"type": "null"}], "unit": "score"}
_LIST = {"type": "array", "items": _ONE, "minItems": 20, "maxItems": 20}
_MAPPING = {"type": "object", "additionalProperties": _ONE}


class Maturity(Inputs):
    """Ask how far the system is built, and which three gaps to close first.

    >>> answer = Maturity(answers=[1] * 20).solve()
    >>> answer.total, answer.foundation_first
    (20, False)
    """

    name = CONTEXT
    groups: ClassVar = (("Diagnosis", ("answers",)),)

    answers: Annotated[
        dict[str, int | None], BeforeValidator(_read), WithJsonSchema({"anyOf": [_LIST, _MAPPING], "unit": "score"})
    ]
    """Answers by criterion

    0, 1 or 2 by the descriptions; leave open what you do not know."""

    def solve(self) -> Diagnosis:
        """The total of 40, whether records and the offer come first, and the points with the widest weighted gaps."""
        given = {name: answer for name, answer in self.answers.items() if answer is not None}
        if (left := len(self.answers) - len(given)) > 0:
            waits = _not_yet(left)
            return Diagnosis(
                asked=self, total=waits, foundation_first=waits, growth_points=waits, profile=_profile(given)
            )
        total = sum(given.values())
        first = rules.check("diagnosis_threshold", total).status == "below"
        return Diagnosis(
            asked=self,
            total=total,
            foundation_first=first,
            growth_points=_growth(given, first),
            profile=_profile(given),
        )


class GrowthPoint(Result):
    """A gap to close: the criterion, why it is chosen, what to do, and the step that helps."""

    criterion: str
    title: str
    reason: str
    action: str
    step: str
    block: str


class Diagnosis(Result):
    """What is built and what comes first."""

    asked: Maturity = Field(exclude=True, repr=False)
    total: int | NonAnswer
    foundation_first: bool | NonAnswer
    growth_points: tuple[GrowthPoint, ...] | NonAnswer
    profile: dict[str, float]
    """The share of points by block, for blocks with every answer."""

    def face(self) -> Face:
        """The total against its threshold, the points with their reasons and the profile by block."""
        if isinstance(self.total, NonAnswer):
            said = Verdict("wait", word("wait"), sentence(self.total.reason), flip=sentence(self.total.hint))
            return Face(said, sections=(self._profile(),) if self.profile else ())
        return Face(
            verdict=self._said(self.total),
            numbers=(self._total(self.total),),
            sections=(*self._points(), self._profile()),
            notes=(
                t(
                    CONTEXT,
                    "The criteria, weights and order are ours; the threshold is the method author's rule of thumb.",
                ),
            ),
            rules=(rules.check("diagnosis_threshold", self.total),),
        )

    def _said(self, total: int) -> Verdict:
        threshold = rules.get("diagnosis_threshold").number
        values = {"total": number(total), "of": number(_best()), "threshold": number(threshold)}
        ruler = Ruler(
            total,
            threshold,
            t(CONTEXT, "now {total}", **values),
            t(CONTEXT, "threshold {threshold}", **values),
            top=_best(),
        )
        if self.foundation_first:
            say = t(CONTEXT, "{total} of {of} for what is there and proven; below {threshold} channels wait.", **values)
            because = t(CONTEXT, "While leads have no source and the offer is vague, a larger budget only loses more.")
            missing = tn(
                CONTEXT,
                "{n} point more opens the way to channels.",
                "{n} points more open the way to channels.",
                threshold - total,
            )
            return Verdict("no", t(CONTEXT, "Records and offer first"), say, because, missing, ruler)
        say = t(CONTEXT, "{total} of {of}, the threshold is {threshold}: channels may grow.", **values)
        because = t(CONTEXT, "Records and the offer hold enough to judge a channel by its money.")
        if total == _best():
            because = t(CONTEXT, "Every criterion is met; repeat the diagnosis in a quarter.")
        return Verdict("yes", t(CONTEXT, "Channels may grow"), say, because, ruler=ruler)

    def _total(self, total: int) -> Number:
        return Number(
            t(CONTEXT, "Total"),
            number(total),
            t(CONTEXT, "of {of}", of=number(_best())),
            t(CONTEXT, "20 criteria, 0–2 each"),
            t(
                CONTEXT,
                "The sum of the twenty answers. Exactly {threshold} is not below the threshold.",
                threshold=number(rules.get("diagnosis_threshold").number),
            ),
        )

    def _points(self) -> tuple[Points, ...]:
        if isinstance(self.growth_points, NonAnswer) or not self.growth_points:
            return ()
        blocks = texts.load("maturity.toml")["blocks"]
        items = tuple(
            Point(
                point.title,
                f"{point.reason} {point.action}",
                _tag(blocks[point.block], self.profile.get(point.block)),
                point.step,
            )
            for point in self.growth_points
        )
        note = t(CONTEXT, "Chosen by gap × weight; what others stand on goes first.")
        return (Points(t(CONTEXT, "Growth points"), items, note),)

    def _profile(self) -> Table:
        blocks = texts.load("maturity.toml")["blocks"]
        rows = tuple((blocks[block], share(part)) for block, part in self.profile.items())
        columns = (t(CONTEXT, "Block"), t(CONTEXT, "Points"))
        return Table(
            t(CONTEXT, "Profile"), columns, rows, t(CONTEXT, "Share of the points a block can give."), numeric=(1,)
        )


def _growth(given: Mapping[str, int], foundation_first: bool) -> tuple[GrowthPoint, ...]:
    """The widest gaps by weight, what others stand on first on a tie; below the threshold records and offer before all.

    Whether a thing works is asked after whether it exists: a gap in the first waits while the second is 0.
    """
    known = {criterion["id"]: criterion for criterion in criteria()}
    absent = {known[name]["item"] for name, answer in given.items() if known[name]["aspect"] == "exists" and not answer}

    def rank(name: str) -> tuple[bool, bool, int, int]:
        facts = known[name]
        waits = facts["aspect"] == "works" and facts["item"] in absent
        late = foundation_first and facts["block"] != FOUNDATION
        return late, waits, -(MOST - given[name]) * facts["weight"], facts["order"]

    gaps = sorted((name for name, answer in given.items() if answer < MOST), key=rank)
    return tuple(_point(known[name], given[name]) for name in gaps[: int(rules.get("growth_points").number)])


def _point(facts: Mapping[str, Any], answer: int) -> GrowthPoint:
    reason = t(CONTEXT, "Now: {anchor} {why}", anchor=facts[f"a{answer}"], why=facts["why"])
    names = ("title", "action", "step", "block")
    return GrowthPoint(criterion=facts["id"], reason=reason, **{name: facts[name] for name in names})


def _profile(given: Mapping[str, int]) -> dict[str, float]:
    """The share of points by block; a block with an open answer has none."""
    blocks: dict[str, list[int | None]] = {}
    for criterion in criteria():
        blocks.setdefault(criterion["block"], []).append(given.get(criterion["id"]))
    order = texts.load("maturity.toml")["blocks"]
    full = {block: [answer for answer in blocks[block] if answer is not None] for block in order}
    return {block: sum(a) / (MOST * len(a)) for block, a in full.items() if len(a) == len(blocks[block])}


def _best() -> float:
    return rules.get("diagnosis_max").high or 0


def _tag(block: str, part: float | None) -> str:
    return block if part is None else t(CONTEXT, "{block} · {share}", block=block, share=share(part))


def _not_yet(left: int) -> NonAnswer:
    reason = tn(CONTEXT, "{n} criterion is still open", "{n} criteria are still open", left)
    return NonAnswer(status="not_yet", reason=reason, hint=t(CONTEXT, "answer them; what is not there is a 0"))
