"""Which one core the system starts with: transparent scores, their reasons, and what would change the choice.

A question, what is asked, is here; its weights are in `sheet`, its answer in `choice`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from playbook import i18n, rules, texts, units
from playbook.errors import PlaybookError
from playbook.i18n import money, number, quantity, share, t, tn
from playbook.methods import weights
from playbook.model import Inputs, NonAnswer
from playbook.questions.core.choice import CONTEXT, Change, Choice, Place, Reason, Side, Weighed
from playbook.questions.core.sheet import FIELDS, PRICES, Band, Criterion, Name, sheet

NEUTRAL = 50
"""A score that says nothing for or against."""
WAYS: Mapping[Side, str] = {"is": "is", "from": "up", "above": "up", "below": "down", "upto": "down"}


def _plain(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


YesNo = Annotated[Literal["yes", "no"], BeforeValidator(_plain)]
YesSomeNo = Annotated[Literal["yes", "some", "no"], BeforeValidator(_plain)]


class Core(Inputs):
    """Ask which core fits the goal, the deal, the economics and what you have; every answer given sharpens it.

    >>> Core(objective="ltv", repeat_natural=True, client_base=1940).solve().ranked[0].core
    'retention'
    """

    name = CONTEXT
    labels: ClassVar = {
        "local": "Local services",
        "ecommerce": "Online shop",
        "saas": "SaaS and subscription",
        "b2b": "B2B and complex deals",
        "sales_now": "sales now",
        "client_base": "a larger client base",
        "ltv": "more from each client (LTV)",
        "new_product": "a new product",
        "awareness": "awareness",
        "yes": "yes",
        "some": "partly",
        "no": "no",
    }
    groups: ClassVar = (
        ("Clients and demand", ("demand_exists", "clients_compare", "repeat_natural", "sales_stable")),
        ("What you have", ("client_base", "target_accounts", "can_publish", "records_ready")),
        (
            "The goal and the deal",
            ("objective", "horizon_days", "scenario", "cycle_days", "deciders", "average_order_value"),
        ),
        ("Economics", ("cost_per_lead", "max_cost_per_lead", "cac", "admissible_cac", "monthly_retention")),
    )

    scenario: Literal["local", "ecommerce", "saas", "b2b"] | None = None
    """Kind of business"""
    objective: Literal["sales_now", "client_base", "ltv", "new_product", "awareness"] | None = None
    """Goal"""
    horizon_days: units.Days | None = None
    """Days to the goal"""
    cycle_days: units.Days | None = None
    """Days from a lead to its payment"""
    deciders: Annotated[int, Field(ge=1, le=1000, json_schema_extra={"unit": "count"})] | None = None
    """How many people decide"""
    average_order_value: units.Money | None = None
    """Average order value"""
    cost_per_lead: units.Money | None = None
    """Price of a lead now"""
    max_cost_per_lead: units.Money | None = None
    """Top price of a lead

    From step 3: above it a client does not pay back in time."""
    cac: units.Money | None = None
    """What a new client costs now"""
    admissible_cac: units.Money | None = None
    """Admissible CAC

    From step 3."""
    monthly_retention: units.Share | None = None
    """Clients who stay for the next month"""
    demand_exists: YesSomeNo | None = None
    """Do people already look for what you sell

    By queries, questions to sales, visits to competitors."""
    clients_compare: YesSomeNo | None = None
    """Do clients read and compare before they write"""
    repeat_natural: YesNo | None = None
    """Is a repeat purchase natural"""
    sales_stable: YesNo | None = None
    """Are sales already stable

    About the same for several weeks, without random promotions."""
    client_base: units.Count | None = None
    """Clients you can write to

    With a contact and their consent."""
    target_accounts: units.Count | None = None
    """Companies you can name as wanted clients

    0 when you sell to people."""
    can_publish: units.Count | None = None
    """Materials you can publish in a month

    Articles, cases, videos by someone who knows the subject."""
    records_ready: units.Share | None = None
    """Leads with a known source"""

    def solve(self) -> Choice:
        """Scores of the five cores by the answers given, and how firm the first place is."""
        picked = self.picked()
        if not picked:
            return Choice(ranked=_nothing_known())
        scores, order = _scores(picked), sheet().order
        ranked = tuple(self._place(name, scores[name], picked) for name in _ordered(scores))
        near = tuple(place.core for place in ranked[1:] if self._amplifies(place, ranked[0].score))
        tied = _winners(scores)
        return Choice(
            ranked=ranked,
            tie=tied if len(tied) > 1 else (),
            amplifiers=near,
            not_now=tuple(place.core for place in ranked[1:] if place.core not in near),
            chance_first=dict(zip(order, _first_places(picked), strict=True)),
            would_change=tuple(
                sorted(self._changes(picked), key=lambda change: (change.now is None, change.side == "is"))
            ),
            criteria=tuple(_weighed(criterion, picked) for criterion in sheet().criteria if criterion.id in picked),
        )

    def picked(self) -> dict[str, Band]:
        """The band of every criterion that has an answer."""
        values = [(criterion, self.value(criterion.id)) for criterion in sheet().criteria]
        bands = {criterion.id: criterion.band(value) for criterion, value in values if value is not None}
        return {name: band for name, band in bands.items() if band is not None}

    def value(self, criterion: str) -> float | str | None:
        """The answer to a criterion: a choice or a number; prices as a part of their limit, an order in incomes."""
        if criterion == "lead_price":
            return _part(self.cost_per_lead, self.max_cost_per_lead)
        if criterion == "client_price":  # the same test as the lead's price, so it counts once
            return _part(self.cac, self.admissible_cac) if self.value("lead_price") is None else None
        if criterion == "order":
            income = _income()
            return None if self.average_order_value is None or income is None else self.average_order_value / income
        found: float | str | None = getattr(self, criterion)
        return found

    def scale(self, criterion: str) -> float | None:
        """What an edge of the criterion is multiplied by to be a value of its field."""
        if criterion == "lead_price":
            return self.max_cost_per_lead
        if criterion == "client_price":
            return self.admissible_cac if self.value("lead_price") is None else None
        return _income() if criterion == "order" else 1.0

    def fits(self, core: Name) -> bool | None:
        """The fit rule of mission row A91; None while its answers are missing."""
        price = self.value("lead_price") if self.value("lead_price") is not None else self.value("client_price")
        pays = None if price is None else float(price) < 1
        return {
            "performance": _both(None if self.demand_exists is None else self.demand_exists != "no", pays),
            "inbound": None if self.clients_compare is None else self.clients_compare != "no",
            "retention": None if self.repeat_natural is None else self.repeat_natural == "yes",
            "brand": None if self.sales_stable is None else self.sales_stable == "yes",
            "abm": _both(
                None if self.deciders is None else rules.get("deal_impulse_deciders").status(self.deciders) != "within",
                None if self.target_accounts is None else self.target_accounts > 0,
            ),
        }[core]

    def written(self, criterion: str, value: float | str) -> str:
        """A value of the criterion's field as a reader sees it."""
        if isinstance(value, str):
            return _scenario(value) if criterion == "scenario" else t(CONTEXT, self.labels[value])
        if criterion in FIELDS:
            return money(value)
        if criterion in ("monthly_retention", "records_ready"):
            return share(value)
        return quantity(value, "day") if criterion in ("horizon_days", "cycle_days") else number(value)

    def fact(self, criterion: Criterion, band: Band) -> str:
        """The answer in words, with the person's own number."""
        value = getattr(self, criterion.field)
        if criterion.id == "deciders":
            return tn(CONTEXT, "{n} person decides", "{n} people decide", value)
        limit = self.scale(criterion.id) if criterion.id in PRICES else None
        return t(CONTEXT, band.say, value=self.written(criterion.id, value), limit=money(limit or 0))

    def _place(self, name: Name, score: float, picked: dict[str, Band]) -> Place:
        return Place(core=name, score=round(score, 1), reasons=self._reasons(name, picked))

    def _reasons(self, core: Name, picked: dict[str, Band]) -> tuple[Reason, ...]:
        """What speaks for and against a core, the weightiest first; the weightiest of all where nothing is strong."""
        facts, at = sheet(), sheet().order.index(core)
        found = [(criterion, picked[criterion.id]) for criterion in facts.criteria if criterion.id in picked]
        found.sort(key=lambda pair: -pair[0].weight * abs(pair[1].scores[at] - NEUTRAL))
        strong = [pair for pair in found if not facts.weak < pair[1].scores[at] < facts.strong]
        return tuple(self._reason(criterion, band, core, band.scores[at]) for criterion, band in strong or found[:1])

    def _reason(self, criterion: Criterion, band: Band, core: Name, score: float) -> Reason:
        side: Literal["for", "against"] = "for" if score >= NEUTRAL else "against"
        why = band.why.get(core) or band.why.get(side)
        fact = self.fact(criterion, band)
        text = t(CONTEXT, "{fact}: {why}", fact=fact, why=t(CONTEXT, why)) if why else fact
        return Reason(criterion=criterion.id, side=side, text=text)

    def _amplifies(self, place: Place, first: float) -> bool:
        fit = self.fits(place.core)
        return fit is not False and (fit is True or first - place.score <= sheet().near)

    def _changes(self, picked: dict[str, Band]) -> Iterator[Change]:
        """Every single answer with which another core would come first; of numbers the nearest one on each side."""
        now = _winners(_scores(picked))
        for criterion in sheet().criteria:
            seen: set[str] = set()
            for band, side, edge in self._alternatives(criterion, picked.get(criterion.id)):
                winners = _winners(_scores({**picked, criterion.id: band}))
                if WAYS[side] not in seen and (winners[0] != now[0] or len(now) > len(winners)):
                    yield self._change(criterion, side, edge, winners[0])
                    seen.update({WAYS[side]} - {"is"})

    def _alternatives(self, criterion: Criterion, now: Band | None) -> Iterator[tuple[Band, Side, float | str]]:
        """The other bands of a criterion, nearest first, with the edge that has to be passed to reach each."""
        scale, bands = self.scale(criterion.id), criterion.bands
        if bands[0].answer is not None:
            yield from ((band, "is", band.answer or "") for band in bands if band is not now)
        elif scale:
            at = bands.index(now) if now else None
            for index in [len(bands) - 1] if at is None else range(at + 1, len(bands)):
                edge = bands[index - 1]
                yield bands[index], "above" if edge.closed else "from", (edge.edge or 0) * scale
            for index in [0] if at is None else reversed(range(at)):
                yield bands[index], "upto" if bands[index].closed else "below", (bands[index].edge or 0) * scale

    def _change(self, criterion: Criterion, side: Side, at: float | str, first: Name) -> Change:
        label, value = t(CONTEXT, criterion.short), self.written(criterion.id, at)
        said = {
            "is": t(CONTEXT, "{label}: {value}", label=label, value=value),
            "from": t(CONTEXT, "{label}: {value} or more", label=label, value=value),
            "above": t(CONTEXT, "{label}: more than {value}", label=label, value=value),
            "below": t(CONTEXT, "{label}: less than {value}", label=label, value=value),
            "upto": t(CONTEXT, "{label}: {value} or less", label=label, value=value),
        }
        now = getattr(self, criterion.field)
        now_text = "" if now is None else self.written(criterion.id, now)
        return Change(field=criterion.field, now=now, side=side, at=at, first=first, text=said[side], now_text=now_text)


def _scenario(value: str) -> str:
    return str(next(item["name"] for item in texts.load("scenarios.toml")["scenarios"] if item["id"] == value))


def _table(picked: Mapping[str, Band]) -> tuple[list[float], list[tuple[float, ...]]]:
    """Weights and rows of scores of the criteria that have an answer."""
    rows = [(criterion.weight, picked[criterion.id].scores) for criterion in sheet().criteria if criterion.id in picked]
    return [weight for weight, _ in rows], [scores for _, scores in rows]


def _scores(picked: Mapping[str, Band]) -> dict[Name, float]:
    """The score of each core, equal where only the computer's last digits differ."""
    found = zip(sheet().order, weights.weighted(*_table(picked)), strict=True)
    return {name: round(score, 9) for name, score in found}


def _first_places(picked: Mapping[str, Band]) -> tuple[float, ...]:
    facts = sheet()
    return weights.first_places(*_table(picked), by=facts.shaken, draws=facts.draws, seed=facts.seed)


def _weighed(criterion: Criterion, picked: Mapping[str, Band]) -> Weighed:
    label, scores = t(CONTEXT, criterion.label), picked[criterion.id].scores
    return Weighed(criterion=criterion.id, label=label, weight=criterion.weight, scores=scores)


def _ordered(scores: Mapping[Name, float]) -> list[Name]:
    return sorted(scores, key=lambda name: (-scores[name], sheet().order.index(name)))


def _winners(scores: Mapping[Name, float]) -> tuple[Name, ...]:
    """The first core and those that share its place in whole points, as a reader sees them."""
    ordered = _ordered(scores)
    return tuple(name for name in ordered if round(round(scores[name], 1)) == round(round(scores[ordered[0]], 1)))


def _part(cost: float | None, limit: float | None) -> float | None:
    """The cost as a part of its limit; a limit of 0 is met by nothing."""
    if cost is None or limit is None:
        return None
    return min(cost / limit, 1e6) if limit > cost / 1e6 else 1e6


def _both(one: bool | None, other: bool | None) -> bool | None:
    """True when both hold, False when either fails, else unknown."""
    if one is False or other is False:
        return False
    return True if one and other else None


def _income() -> float | None:
    """A round monthly income in the context's currency; None where rules.toml has none."""
    try:
        return rules.get(f"monthly_income_{i18n.currency().lower()}").number
    except PlaybookError:
        return None


def _nothing_known() -> NonAnswer:
    reason = t(CONTEXT, "nothing is known of the goal, the deal or the demand")
    return NonAnswer(status="not_yet", reason=reason, hint=t(CONTEXT, "answer at least one question"))
