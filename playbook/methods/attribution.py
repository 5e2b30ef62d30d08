"""How much of what journeys brought each channel on the way is given: by rule, by a Markov chain, by a Shapley game.

All of it is credit, which says how a sale is shared out, and none of it is proof that a channel caused the sale.
Anderl et al. 2016, Mapping the customer journey; Zhao, Mahboobi, Bagheri 2018, Shapley value methods for attribution.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

Model = Literal["first", "last", "last_non_direct", "linear", "time_decay", "position", "markov", "shapley"]
MODELS: tuple[Model, ...] = get_args(Model)
Worth = Literal["conversions", "value"]
_ENDS, _BETWEEN = 0.4, 0.2
"""The first touch and the last one have so much each in the model by position, those between them share the rest."""


@dataclass(frozen=True)
class Journey:
    """The channels of one path in order, and how often it ended with a conversion, without one, and for what money."""

    path: tuple[str, ...]
    conversions: float
    nulls: float = 0.0
    value: float = 0.0
    days_before: tuple[float, ...] = ()
    """Of each touch, how long before the conversion."""

    def worth(self, worth: Worth) -> float:
        """What the path brought in all."""
        return self.conversions if worth == "conversions" else self.value


@dataclass(frozen=True)
class Terms:
    """What two of the models need to know: which channels are direct visits, and the days that halve a touch."""

    direct: Collection[str] = ()
    half_life: float = 7.0


def credit(
    journeys: Sequence[Journey], model: Model, terms: Terms = Terms(), worth: Worth = "conversions"
) -> dict[str, float]:
    """What each channel is given; all of them together are given what the journeys brought.

    >>> credit([Journey(("search", "letter", "search"), 10)], "linear")
    {'search': 6.666666666666666, 'letter': 3.333333333333333}
    """
    found = dict.fromkeys((channel for journey in journeys for channel in journey.path), 0.0)
    if model == "markov":
        effects = removal(journeys, worth)
        share = sum(journey.worth(worth) for journey in journeys) / (sum(effects.values()) or 1.0)
        return found | {channel: effect * share for channel, effect in effects.items()}
    for journey in journeys:
        for channel, weight in zip(journey.path, _weights(journey, model, terms), strict=True):
            found[channel] += weight * journey.worth(worth)
    return found


def _weights(journey: Journey, model: Model, terms: Terms) -> list[float]:
    """The part of each touch of a path, 1 in all."""
    if model == "time_decay":
        return _decaying(journey, terms.half_life)
    if model == "last_non_direct":
        own = [place for place, channel in enumerate(journey.path) if channel not in terms.direct]
        return _only(len(journey.path), own[-1] if own else -1)
    return _BY_PATH[model](journey.path)


def _only(count: int, place: int) -> list[float]:
    weights = [0.0] * count
    weights[place] = 1.0
    return weights


def _position(path: Sequence[str]) -> list[float]:
    """40/20/40; two touches have half each, one has all."""
    inner = len(path) - 2
    if inner < 1:
        return [1 / len(path)] * len(path)
    return [_ENDS, *[_BETWEEN / inner] * inner, _ENDS]


def _equal_players(path: Sequence[str]) -> list[float]:
    """Shapley's value where a coalition wins the conversions of journeys that touch none but its members.

    Such a game is a sum of unanimity games, one a journey, and each is shared equally by its channels, however often
    one is touched (Zhao et al. 2018, simplified method): exact for any number of channels.
    """
    players = len(set(path))
    return [0.0 if channel in path[:place] else 1 / players for place, channel in enumerate(path)]


def _decaying(journey: Journey, half_life: float) -> list[float]:
    """Half as much for every half-life before the conversion, counted from the nearest touch."""
    if len(journey.path) == 1:
        return [1.0]
    nearest = min(journey.days_before)
    weights = [0.5 ** ((days - nearest) / half_life) for days in journey.days_before]
    return [weight / sum(weights) for weight in weights]


_BY_PATH: dict[str, Callable[[Sequence[str]], list[float]]] = {
    "first": lambda path: _only(len(path), 0),
    "last": lambda path: _only(len(path), -1),
    "linear": lambda path: [1 / len(path)] * len(path),
    "position": _position,
    "shapley": _equal_players,
}


def removal(journeys: Sequence[Journey], worth: Worth = "conversions") -> dict[str, float]:
    """The part of all conversions that is lost when whoever comes to a channel goes no further; empty without any.

    Exact, from the inverse of the absorbing chain of first order: with h the chance to come to a channel and f what it
    brings from there on, 1 - P(without it)/P = h f / P. Journeys that brought nothing belong to the chain.
    """
    channels = list(dict.fromkeys(channel for journey in journeys for channel in journey.path))
    place = {channel: at for at, channel in enumerate(channels)}
    start, moves, ends = np.zeros(len(channels)), np.zeros((len(channels), len(channels))), np.zeros(len(channels))
    leaving = np.zeros(len(channels))
    for journey in journeys:
        weight, steps = journey.conversions + journey.nulls, [place[channel] for channel in journey.path]
        start[steps[0]] += weight
        np.add.at(moves, (steps[:-1], steps[1:]), weight)
        np.add.at(leaving, steps, weight)
        ends[steps[-1]] += journey.worth(worth)
    seen = leaving > 0
    if not ends[seen].sum() > 0:
        return {}
    visits = np.linalg.inv(np.eye(int(seen.sum())) - moves[np.ix_(seen, seen)] / leaving[seen, None])
    brings = visits @ (ends[seen] / leaving[seen])
    reached = (start[seen] / start.sum()) @ visits / np.diag(visits)
    effects = reached * brings / (start[seen] / start.sum() @ brings)
    named = [channel for channel, there in zip(channels, seen, strict=True) if there]
    return {channel: float(min(max(effect, 0.0), 1.0)) for channel, effect in zip(named, effects, strict=True)}


def conversion_rate(journeys: Sequence[Journey]) -> float:
    """The part of all journeys that ended with a conversion."""
    conversions = sum(journey.conversions for journey in journeys)
    return conversions / ((conversions + sum(journey.nulls for journey in journeys)) or 1.0)
