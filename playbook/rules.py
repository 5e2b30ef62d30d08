"""The rules of thumb: every number of the method as a range with its unit, and a value checked against it in words.

The numbers live in `rules.toml` and nowhere else. They are the method author's rules of thumb, or thresholds of our own
where the method leaves one open (`mark`); none of them is a measured truth. Both ends of a range belong to it.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Literal

from playbook import i18n, paths
from playbook.errors import PlaybookError
from playbook.i18n import t, tn

Mark = Literal["article", "ours"]
Status = Literal["below", "within", "above"]
_CONTEXT = "rules"
# The range is named in the same breath as the value; which sentence fits follows from the ends a rule has.
_SENTENCES: dict[tuple[str, Status], str] = {
    ("range", "below"): "{value}: below {low}–{high}",
    ("range", "within"): "{value}: within {low}–{high}",
    ("range", "above"): "{value}: above {low}–{high}",
    ("exact", "below"): "{value}: less than {low}",
    ("exact", "within"): "{value}: exactly {low}",
    ("exact", "above"): "{value}: more than {high}",
    ("low", "below"): "{value}: less than {low}",
    ("low", "within"): "{value}: at least {low}",
    ("high", "within"): "{value}: at most {high}",
    ("high", "above"): "{value}: more than {high}",
}
_RANGES = {"range": "{low}–{high}", "exact": "exactly {low}", "low": "at least {low}", "high": "at most {high}"}


@dataclass(frozen=True)
class Rule:
    """One rule of thumb: its range (a missing end does not bind), its unit, and the rows of the mission it serves."""

    id: str
    unit: str
    mission: tuple[str, ...]
    mark: Mark
    name: str
    low: float | None = None
    high: float | None = None
    one: str = ""
    many: str = ""
    phrase: str = ""
    currency: str = ""

    @property
    def label(self) -> str:
        """What is counted, in the reader's language."""
        return t(_CONTEXT, self.name)

    @property
    def shape(self) -> str:
        """Which ends bind: `range`, `exact` (both ends are one number), `low` or `high`."""
        if self.low is None:
            return "high"
        if self.high is None:
            return "low"
        return "exact" if self.low == self.high else "range"

    @property
    def number(self) -> float:
        """The one number of an `exact` rule, the only end of a one-sided rule, the low end of a range."""
        return self.span[0]

    @property
    def span(self) -> tuple[float, float]:
        """Both ends of a range; a one-sided rule gives its only end twice."""
        low = self.high if self.low is None else self.low
        high = self.low if self.high is None else self.high
        if low is None or high is None:
            raise ValueError(self.id)
        return low, high

    @property
    def range_words(self) -> str:
        """The range alone: `5–12`, `at least 1`."""
        return t(_CONTEXT, _RANGES[self.shape], **self._ends())

    def status(self, value: float) -> Status:
        """Where the value lies; an end of the range is within it."""
        if self.low is not None and value < self.low:
            return "below"
        if self.high is not None and value > self.high:
            return "above"
        return "within"

    def say(self, value: float) -> str:
        """The value with what it counts: `7 metrics`, `4 показателя`."""
        places = self._places(value)
        written = self._written(value, places)
        if self.phrase:
            return t(_CONTEXT, self.phrase, value=written)
        return tn(_CONTEXT, self.one, self.many, i18n.as_written(value, places), value=written)

    def words(self, value: float) -> str:
        """One sentence: the value, the range, and on which side of it the value lies."""
        sentence = _SENTENCES[self.shape, self.status(value)]
        return t(_CONTEXT, sentence, value=self.say(value), **self._ends())

    def _ends(self) -> dict[str, str]:
        ends = {"low": self.low, "high": self.high}
        return {name: self._written(end) for name, end in ends.items() if end is not None}

    def _places(self, value: float) -> int | None:
        """As many decimals as keep the written value on its side of the range: 60.04 is not written as 60."""
        shift = 2 if self.unit == "share" else 0
        kept = (places for places in range(7) if self.status(round(value, places + shift)) == self.status(value))
        enough = next(kept, 6)
        return max(enough, 2) if enough and abs(value) < 1 else enough or None

    def _written(self, value: float, places: int | None = None) -> str:
        if self.unit == "share":
            return i18n.share(value, places)
        return i18n.money(value, self.currency) if self.unit == "money" else i18n.number(value, places)


@dataclass(frozen=True)
class Check:
    """A value held against a rule; the words are made when they are read, in the reader's language."""

    rule: Rule
    value: float
    status: Status

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id

    @property
    def met(self) -> bool:
        """Whether the value lies within the range."""
        return self.status == "within"

    @property
    def label(self) -> str:
        """What is counted, in the reader's language."""
        return self.rule.label

    @property
    def words(self) -> str:
        """One sentence with the value and the range: `7 metrics: within 5–12`."""
        return self.rule.words(self.value)


def get(rule_id: str) -> Rule:
    """The rule with this id.

    Raises:
        PlaybookError: when there is none; the hint names ids that look alike.

    >>> get("kpi_count").low, get("kpi_count").high
    (5, 12)
    """
    try:
        return _rules()[rule_id]
    except KeyError:
        what = t(_CONTEXT, "there is no rule of thumb with this name")
        raise PlaybookError(what, saw=rule_id, hint=_neighbours(rule_id)) from None


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the method."""
    return tuple(_rules().values())


def check(rule_id: str, value: float) -> Check:
    """Hold a value against a rule.

    Raises:
        PlaybookError: for an unknown id or a value that is not a finite number.

    >>> check("kpi_count", 7).words
    '7 metrics: within 5–12'
    """
    rule = get(rule_id)
    if not math.isfinite(value):
        what = t(_CONTEXT, "a rule of thumb is checked against a finite number")
        raise PlaybookError(what, saw=str(value), hint=t(_CONTEXT, "give a number"), field=rule_id)
    return Check(rule, value, rule.status(value))


def _neighbours(rule_id: str) -> str:
    alike = get_close_matches(rule_id, _rules())
    if alike:
        return t(_CONTEXT, "did you mean {names}?", names=", ".join(alike))
    return t(_CONTEXT, "the names stand in rules.toml")


@cache
def _rules() -> dict[str, Rule]:
    with (paths.package / "rules.toml").open("rb") as file:
        return {rule_id: _rule(rule_id, facts) for rule_id, facts in tomllib.load(file).items()}


def _rule(rule_id: str, facts: dict[str, object]) -> Rule:
    named = {**facts, "id": rule_id, "name": facts["label"], "mission": tuple(facts["mission"])}  # type: ignore[arg-type]
    named.pop("label")
    return Rule(**named)  # type: ignore[arg-type]
