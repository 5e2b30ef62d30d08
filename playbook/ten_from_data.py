"""The ten questions as the imported data answer them: each with its source and days, or with why they cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from playbook import i18n, rules
from playbook.display import sentence
from playbook.errors import InvalidInput
from playbook.given import doubt
from playbook.i18n import t, tn
from playbook.model import Inputs, known
from playbook.questions.ten import questions
from playbook.stop import Read

if TYPE_CHECKING:
    from playbook.data.facts import Fact, NoFact
    from playbook.walk import Walk

CONTEXT = "ten"
NAMED = 6
"""Sources that a line names; the others are counted."""


@dataclass(frozen=True)
class Told:
    """One of the ten questions as the data answer it; without a `value` the reason why they cannot."""

    answers: ClassVar = True

    id: str
    value: Any = None
    text: str = ""
    """The value in words."""
    source: str = ""
    """Systems and days, or the step that it comes from."""
    days: str = ""
    reason: str = ""
    hint: str = ""
    note: str = ""
    """What is to be known of the value."""
    doubt: str = ""
    """Why the data are not to be relied on."""
    currency: str = ""
    place: str = "data"
    """Where the value stands in full."""
    fact: Any = None
    """The figure it was taken from, where it is one."""
    foreign: bool = False
    """Whether it is an amount in another currency than the firm's own."""

    @property
    def because(self) -> str:
        """What it was counted on; without a value why it cannot be told, and what would help."""
        return self.source if self.value is not None else self.why

    @property
    def why(self) -> str:
        """Why there is no value, and what would help."""
        return " ".join(map(sentence, filter(None, (self.reason, self.hint))))

    @property
    def notes(self) -> str:
        """What is to be known of the value, why it is doubted first."""
        return " ".join(filter(None, (self.doubt, self.note)))

    @property
    def evidence(self) -> Any:
        """What is written down when a person takes it: a number, or a list with its days; None where it cannot be."""
        if self.value is None or self.foreign:
            return None
        if not isinstance(self.value, list):
            return self.value
        return f"{self.text} ({self.days})" if self.days else self.text

    @property
    def chip(self) -> str:
        """Where it comes from, in a few words."""
        return self.source

    @property
    def entry(self) -> dict[str, Any]:
        """The question's own texts."""
        return next(one for one in questions() if one["id"] == self.id)

    def to_json(self) -> dict[str, Any]:
        """The object of `ten --json`."""
        return {
            "id": self.id,
            "question": self.entry["question"],
            "answer": self.value,
            "because": self.because,
            "step": self.entry["step"],
            "text": self.text or None,
            "note": self.notes or None,
            "currency": self.currency or None,
        }

    def line(self) -> str:
        """What a person reads."""
        if self.value is None:
            return f"{self.entry['short']}: — {self.why}"
        return " ".join(filter(None, (f"{self.entry['short']}: {self.text} ({self.source})", self.notes)))


class Asked:
    """One look at a workspace and its data, imported or not."""

    def __init__(self, walk: Walk) -> None:
        from playbook.data.imported import Imported

        self.walk = walk
        self._imported = walk.imported or Imported(walk.workspace)

    def fact(self, name: str) -> Any:
        """A figure of the data by its id, or why there is none."""
        found: Fact | NoFact = self._imported.fact(name)
        return found

    def told(self, question: str, value: Any, text: str, fact: Fact, note: str = "") -> Told:
        """An answer out of a figure."""
        unsure = doubt(fact, ageless=bool(self.walk.workspace.setting("sample")))
        notes = " ".join(filter(None, (sentence(fact.note), sentence(note))))
        days = i18n.days(fact.since, fact.until)
        source = f"{_and(fact.sources)}, {days}"
        foreign = fact.unit == "money" and not self.walk.in_own_currency(fact)
        more: dict[str, Any] = {
            "note": notes,
            "doubt": unsure,
            "currency": fact.currency,
            "foreign": foreign,
            "fact": fact,
        }
        return Told(question, value, text, source, days, **more)


Look = Callable[[str, Asked], Told]


def answers(walk: Walk) -> list[Told]:
    """The ten questions in their order."""
    asked = Asked(walk)
    return [ANSWERS[question["id"]](question["id"], asked) for question in questions()]


def beside(question: str) -> Read:
    """What stands beside a question on the first page; nothing before anything is imported."""

    def read(walk: Walk) -> Told | None:
        if walk.imported is None:
            return None
        return ANSWERS[question](question, Asked(walk))

    return read


def count(found: Iterable[Told]) -> str:
    """How many of the ten are answered."""
    told = [one.value is not None for one in found]
    values = {"answered": i18n.number(sum(told)), "of": i18n.number(len(told))}
    return t(CONTEXT, "Your data answer {answered} of {of} questions.", **values)


# -- the questions -----------------------------------------------------------------------------------------------------


def _figure(name: str) -> Look:
    """A question that one figure answers."""

    def look(question: str, asked: Asked) -> Told:
        fact = asked.fact(name)
        if getattr(fact, "value", None) is None:
            return _refused(question, fact)
        money = fact.unit == "money"
        text = i18n.money(fact.value, fact.currency or None) if money else i18n.measured(fact.value, fact.unit)
        return asked.told(question, fact.value, text, fact)

    return look


def _sources(question: str, asked: Asked) -> Told:
    """The sources of the last days' leads, the largest first."""
    fact = asked.fact("recent_sources")
    if getattr(fact, "value", None) is None:
        return _refused(question, fact)
    rows = list(fact.gives["sources"])
    named, nobody = [row for row in rows if not row.get("unknown")], [row for row in rows if row.get("unknown")]
    rest = named[NAMED:]
    said = [_counted(row["name"], row["leads"]) for row in (*named[:NAMED], *(rest if len(rest) == 1 else ()))]
    if len(rest) > 1:
        others = tn(CONTEXT, "{n} other source", "{n} other sources", len(rest))
        said.append(_counted(others, sum(row["leads"] for row in rest)))
    said += [_counted(row["name"], row["leads"]) for row in nobody]
    return asked.told(question, rows, ", ".join(said), fact)


def _refusals(question: str, asked: Asked) -> Told:
    """The most frequent reasons, all writings of one counted together as the person has them."""
    from playbook.questions.refusal_reasons import RefusalReasons

    fact = asked.fact("refusals_by_reason")
    if getattr(fact, "value", None) is None:
        return _refused(question, fact)
    own = {name: asked.walk.value("refusal-reasons", name) for name in ("apart", "together")}
    found = _solved(RefusalReasons, dict(fact.gives) | {name: rows for name, rows in own.items() if rows})
    if not found.reasons:
        return Told(question, reason=found.top.reason, hint=found.top.hint)
    first = found.reasons[: round(rules.get("ten_refusal_reasons").number)]
    rows = [{"reason": one.reason, "leads": one.leads, "share": round(one.share, 6)} for one in first]
    note = ""
    if found.without_reason:
        words = {"n": i18n.number(found.without_reason), "all": i18n.number(found.lost)}
        note = t(CONTEXT, "{n} of {all} lost leads have no reason", **words)
    return asked.told(question, rows, ", ".join(_counted(row["reason"], row["leads"]) for row in rows), fact, note)


def _segments(question: str, asked: Asked) -> Told:
    """The segments that bring the most gross profit; product groups where no order names a segment."""
    from playbook.questions.profitability import Profitability

    for name, by in (("profit_by_segment", "segments"), ("profit_by_product", "products")):
        fact = asked.fact(name)
        if getattr(fact, "value", None) is None:
            return _refused(question, fact)
        cut = getattr(_solved(Profitability, dict(fact.gives)), by) if fact.gives[by] else None
        if cut and cut.named:
            return _earning(question, asked, fact, cut)
    return Told(
        question,
        reason=t(CONTEXT, "no order names a segment or a product"),
        hint=t(CONTEXT, "switch the column with the segment on in the export"),
    )


def _earning(question: str, asked: Asked, fact: Fact, cut: Any) -> Told:
    """The first lines of a cut by gross profit; those that lose money are no answer."""
    if known(cut.gross_profit) is None:
        hint = t("import", "import a table of products: product, sku, unit_cost, currency")
        return Told(question, reason=t(CONTEXT, "no direct costs are imported, and turnover is not profit"), hint=hint)
    earned = [(line.name, known(line.gross_profit) or 0) for line in cut.named]
    first = [(name, profit) for name, profit in earned if profit > 0][: round(rules.get("ten_segments").number)]
    if not first:
        hint = t(CONTEXT, "look at prices and direct costs first")
        return Told(question, reason=t(CONTEXT, "no segment brings a gross profit"), hint=hint)
    rows = [{"name": name, "gross_profit": round(profit, 2), "by": cut.by} for name, profit in first]
    text = ", ".join(f"{name} {i18n.money(profit, fact.currency or None)}" for name, profit in first)
    note = ""
    if uncosted := sum(line.uncosted for line in cut.lines):
        share = i18n.share(uncosted / cut.revenue)
        note = t(CONTEXT, "the costs of {share} of the revenue are not known, and it is left out", share=share)
    told = asked.told(question, rows, text, fact, note)
    if cut.by == "segments":
        return told
    return replace(told, source=t(CONTEXT, "{source}; product groups, no order names a segment", source=told.source))


def _tests(question: str, asked: Asked) -> Told:
    """The hypotheses in work, which no export knows and step 7 does."""
    ideas = [idea for idea in asked.walk.value("ideas", "ideas") or () if isinstance(idea, dict)]
    names = [str(idea["name"]) for idea in ideas if idea.get("state") == "running" and idea.get("name")]
    if not names:
        return Told(
            question,
            reason=t(CONTEXT, "no export knows of tests, and step 7 has none in work"),
            hint=t(CONTEXT, "set the state of an idea to running in step 7"),
            place="ideas",
        )
    least = rules.get("ten_hypotheses").number
    few = t(CONTEXT, "the question asks for {n}", n=i18n.number(least)) if len(names) < least else ""
    rows = [{"name": name} for name in names]
    source = t(CONTEXT, "step 7, ideas in work")
    return Told(question, rows, ", ".join(names), source, note=sentence(few), place="ideas")


def _refused(question: str, fact: NoFact) -> Told:
    return Told(question, reason=fact.reason, hint=fact.hint)


def _solved(question: type[Inputs], data: dict[str, Any]) -> Any:
    """The question's answer to what the data give, without what the person added where the two do not fit."""
    try:
        return question.read(data).solve()
    except InvalidInput:
        own = {name: value for name, value in data.items() if name not in ("apart", "together")}
        return question.read(own).solve()


def _counted(name: str, leads: int) -> str:
    return f"{name} {i18n.number(leads)}"


def _and(names: tuple[str, ...]) -> str:
    """Names in one phrase: `Google Ads and Shopify`."""
    if len(names) < 2:  # noqa: PLR2004 - two names are the least to be joined
        return "".join(names)
    return t(CONTEXT, "{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


ANSWERS: Mapping[str, Look] = {
    "lead_sources": _sources,
    "cost_per_lead": _figure("cost_per_lead"),
    "lead_to_payment": _figure("lead_to_sale"),
    "average_check": _figure("average_order_value"),
    "margin": _figure("gross_margin"),
    "handling_time": _figure("first_contact_minutes"),
    "stale_leads": _figure("stale_leads"),
    "refusal_reasons": _refusals,
    "profitable_segments": _segments,
    "running_tests": _tests,
}
