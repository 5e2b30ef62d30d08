"""Which channels are given the sales, by each of eight models, and whose verdict turns over with the model.

The question and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from playbook import rules, units
from playbook.display import Face
from playbook.errors import InvalidInput, Problem
from playbook.i18n import number, t
from playbook.methods import attribution
from playbook.methods.attribution import MODELS, Model, Terms
from playbook.methods.channels import DIRECT
from playbook.model import Inputs, NonAnswer, Part, Result
from playbook.questions.attribution.face import face
from playbook.units import folded

CONTEXT = "attribution"
HALF_LIFE = "attribution_half_life_days"
MOST_CHANNELS = 300
GAME = "a coalition of channels wins the conversions of the journeys that touch no other channel"
_CLOSE = 1e-9

HalfLife = Annotated[float, Field(ge=0.01, le=3650, json_schema_extra={"unit": "days"})]


class Journey(Part):
    """One path of touches with all the people who went it."""

    name_of_question = CONTEXT

    path: units.Path
    """Path

    Channels in order, the first touch first: search > letter > direct."""
    conversions: units.Number
    """Sales that came of it"""
    nulls: units.Number = 0
    """People who went it and did not buy

    Without them the Markov chain cannot tell a channel that sells from one that everybody passes."""
    value: units.Money | None = None
    """Revenue of these sales"""
    days_before: units.Numbers | None = None
    """Days before the sale, touch by touch

    For the model of time decay only: 14; 7; 0."""


class Channel(Part):
    """What one channel took."""

    name_of_question = CONTEXT

    name: units.Name = Field(min_length=1)
    """Channel

    As it is written in the paths."""
    cost: units.Money
    """Spend of the same period"""


class Attribution(Inputs):
    """Ask which part of the sales each channel is given, and whether the model decides who is worth the money.

    >>> paths = ({"path": ["search", "letter"], "conversions": 6}, {"path": ["letter"], "conversions": 4})
    >>> Attribution(journeys=paths, model="linear").solve().credit
    {'search': 0.3, 'letter': 0.7}
    """

    name = CONTEXT
    groups: ClassVar = (
        ("Model", ("model", "half_life_days", "admissible_cac")),
        ("Journeys", ("journeys",)),
        ("Spend of the channels", ("costs",)),
    )
    labels: ClassVar = {
        "first": "First touch",
        "last": "Last touch",
        "last_non_direct": "Last but for direct visits",
        "linear": "Linear, in equal parts",
        "time_decay": "Time decay",
        "position": "By position, 40/20/40",
        "markov": "Markov chain",
        "shapley": "Shapley value",
    }

    journeys: Annotated[tuple[Journey, ...], Field(min_length=1, max_length=100_000)]
    """Journeys

    One row a path, with all the people who went it."""
    model: Model = "last_non_direct"
    """Model

    Every one of them is counted; this one is shown in detail."""
    half_life_days: HalfLife | None = None
    """Days that halve the credit of a touch"""
    costs: Annotated[tuple[Channel, ...], Field(max_length=300)] = ()
    """Spend of the channels

    With the admissible CAC it shows whose verdict hangs on the model."""
    admissible_cac: units.Money | None = None
    """Admissible CAC"""

    @model_validator(mode="after")
    def _sound(self) -> Attribution:
        if found := [*self._faulty_journeys(), *self._faulty_channels()]:
            raise InvalidInput(found)
        return self

    def solve(self) -> Credited:
        """Credit by the chosen model, by all of them, their range, and the channels that the model decides on."""
        journeys = list(self._journeys())
        total = sum(journey.conversions for journey in journeys)
        if not total:
            none = _nothing_sold()
            return Credited(asked=self, credit=none, conversions=none)
        given = {model: self._given(journeys, model) for model in self.models()}
        shares = {model: {name: part / total for name, part in found.items()} for model, found in given.items()}
        costs = tuple(self._judged(given))
        return Credited(
            asked=self,
            credit=shares[self.model],
            conversions=given[self.model],
            removal=self._named(attribution.removal(journeys)) if self.model == "markov" else None,
            value=self._money(journeys),
            game=GAME if self.model == "shapley" else None,
            conversion_rate=attribution.conversion_rate(journeys),
            models=shares,
            ranges={name: _range(name, shares) for name in shares[self.model]},
            costs=costs,
            flips=tuple(cost.name for cost in costs if cost.flips),
        )

    def models(self) -> tuple[Model, ...]:
        """The models that the journeys allow: time decay takes the days."""
        timed = next(self._without_days(), None) is None
        return tuple(model for model in MODELS if timed or model != "time_decay")

    def half_life(self) -> float:
        """The days that halve a touch: typed, else the usual ones."""
        return self.half_life_days or rules.get(HALF_LIFE).number

    def _without_days(self) -> Iterator[int]:
        """Journeys of several touches and sales whose days are not known."""
        return (
            place
            for place, journey in enumerate(self.journeys)
            if journey.conversions and len(journey.path) > 1 and not journey.days_before
        )

    def _names(self) -> dict[str, str]:
        """Every channel as it is first written; capitals and blanks make no channel of their own."""
        written = [name for journey in self.journeys for name in journey.path] + [cost.name for cost in self.costs]
        return {folded(name): " ".join(name.split()) for name in reversed(written)}

    def _named(self, found: dict[str, float]) -> dict[str, float]:
        names = self._names()
        return {names[key]: value for key, value in found.items()}

    def _journeys(self) -> Iterator[attribution.Journey]:
        for journey in self.journeys:
            path = tuple(folded(name) for name in journey.path)
            days = journey.days_before or (0.0,) * len(path)
            yield attribution.Journey(path, journey.conversions, journey.nulls, journey.value or 0.0, tuple(days))

    def _given(
        self, journeys: list[attribution.Journey], model: Model, worth: attribution.Worth = "conversions"
    ) -> dict[str, float]:
        return self._named(attribution.credit(journeys, model, Terms(DIRECT, self.half_life()), worth))

    def _money(self, journeys: list[attribution.Journey]) -> dict[str, float] | NonAnswer | None:
        """Revenue by channel; a non-answer when it is known of some of the sales only, None when of none."""
        sold = [journey.value is not None for journey in self.journeys if journey.conversions]
        if not any(sold):
            return None
        if all(sold):
            return self._given(journeys, self.model, "value")
        reason = t(CONTEXT, "the revenue of some journeys is not known")
        return NonAnswer(status="undefined", reason=reason, hint=t(CONTEXT, "fill it in for every path with sales"))

    def _judged(self, given: dict[Model, dict[str, float]]) -> Iterator[Judged]:
        names = self._names()
        for channel in self.costs:
            name = names[folded(channel.name)]
            sales = [found.get(name, 0.0) for found in given.values()]
            bounds = [_per_sale(channel.cost, part) for part in (max(sales), min(sales))]
            pays = tuple(
                model
                for model, part in zip(given, sales, strict=True)
                if self.admissible_cac is not None and channel.cost < part * self.admissible_cac
            )
            least, most = bounds
            flips = 0 < len(pays) < len(given)
            yield Judged(
                name=name, cost=channel.cost, least_per_sale=least, most_per_sale=most, pays_by=pays, flips=flips
            )

    def _faulty_journeys(self) -> Iterator[Problem]:
        for place, journey in enumerate(self.journeys):
            field = f"journeys.{place}"
            if journey.value and not journey.conversions:
                what = t(CONTEXT, "A path without a sale has revenue.")
                hint = t(CONTEXT, "count its sales, or leave the revenue out")
                yield Problem(f"{field}.value", what, number(journey.value), hint)
            if journey.days_before and (fault := _faulty_days(journey)):
                saw = "; ".join(number(days) for days in journey.days_before[:20])
                yield Problem(f"{field}.days_before", fault, saw, t(CONTEXT, "one number a touch, such as 14; 7; 0"))
        if self.model == "time_decay" and (missing := next(self._without_days(), None)) is not None:
            what = t(CONTEXT, "Time decay needs the days of every touch.")
            hint = t(CONTEXT, "say how many days before the sale each touch was, or take another model")
            yield Problem(f"journeys.{missing}.days_before", what, " > ".join(self.journeys[missing].path[:20]), hint)

    def _faulty_channels(self) -> Iterator[Problem]:
        channels = {folded(name) for journey in self.journeys for name in journey.path}
        if len(channels) > MOST_CHANNELS:
            what = t(CONTEXT, "There are too many channels to tell apart.")
            hint = t(CONTEXT, "join campaigns into channels, {most} at most", most=number(MOST_CHANNELS))
            yield Problem("journeys", what, number(len(channels)), hint)
        if "" in channels:
            hint = t(CONTEXT, "name it, for example “not known”")
            yield Problem("journeys", t(CONTEXT, "A channel in a path has no name."), "", hint)
        keys = [folded(cost.name) for cost in self.costs]
        twice = next((cost.name for cost in self.costs if keys.count(folded(cost.name)) > 1), None)
        if twice is not None:
            what = t(CONTEXT, "The spend of “{name}” stands there twice.", name=twice)
            yield Problem("costs", what, twice, t(CONTEXT, "add the two up"))


class Spread(Result):
    """The least and the largest share of one channel over all models, and which models those are."""

    low: float
    high: float
    low_by: Model
    high_by: Model


class Judged(Result):
    """What a credited sale of a channel costs, from the kindest model to the hardest, and by which models it pays."""

    name: str
    cost: float
    least_per_sale: float | NonAnswer
    most_per_sale: float | NonAnswer
    pays_by: tuple[Model, ...]
    flips: bool


class Credited(Result):
    """Credit of channels. Shares are 0-1 and add up to 1; removal effects are 0-1 and do not."""

    asked: Attribution = Field(exclude=True, repr=False)
    credit: dict[str, float] | NonAnswer
    conversions: dict[str, float] | NonAnswer
    removal: dict[str, float] | None = None
    value: dict[str, float] | NonAnswer | None = None
    game: str | None = None
    """What a coalition of channels wins in the game of the Shapley value."""
    conversion_rate: float | None = None
    models: dict[Model, dict[str, float]] = {}
    ranges: dict[str, Spread] = {}
    costs: tuple[Judged, ...] = ()
    flips: tuple[str, ...] = ()
    """The channels that are worth their money by some models and not by others."""

    @property
    def leaders(self) -> dict[str, list[Model]]:
        """The channels that come first, each with the models by which it does; one that ties with another is none."""
        found: dict[str, list[Model]] = {}
        for model, shares in self.models.items():
            first = max(shares.values())
            level = [name for name, part in shares.items() if part > first - _CLOSE]
            found.setdefault(level[0] if len(level) == 1 else "", []).append(model)
        return found

    def face(self) -> Face:
        """Whether the models agree, the credit by the chosen one, and the range of each channel."""
        return face(self)


def _range(name: str, shares: dict[Model, dict[str, float]]) -> Spread:
    by = {model: found[name] for model, found in shares.items()}
    low, high = min(by, key=lambda model: by[model]), max(by, key=lambda model: by[model])
    return Spread(low=by[low], high=by[high], low_by=low, high_by=high)


def _per_sale(cost: float, sales: float) -> float | NonAnswer:
    if sales > _CLOSE:
        return cost / sales
    reason = t(CONTEXT, "no sale is credited to it")
    return NonAnswer(status="undefined", reason=reason, hint=t(CONTEXT, "look at it by the other models"))


def _faulty_days(journey: Journey) -> str:
    days = journey.days_before or ()
    if len(days) != len(journey.path):
        return t(CONTEXT, "There are as many days as touches, no more and no fewer.")
    if min(days) < 0:
        return t(CONTEXT, "A touch before the sale cannot lie after it.")
    if any(later > earlier for earlier, later in pairwise(days)):
        return t(CONTEXT, "The first touch is the one furthest from the sale.")
    return ""


def _nothing_sold() -> NonAnswer:
    reason = t(CONTEXT, "no journey has ended with a sale, so there is nothing to share out")
    return NonAnswer(status="undefined", reason=reason, hint=t(CONTEXT, "add the paths of people who bought"))
