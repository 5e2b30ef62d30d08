"""How the credit of channels is shown: whether the models agree, the chosen one in detail, the range over all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from playbook.charts import Bars
from playbook.display import Face, Number, Table, Verdict, sentence, wait, word
from playbook.i18n import money, number, share, share_range, t, tn
from playbook.methods.attribution import Model
from playbook.model import NonAnswer

if TYPE_CHECKING:
    from playbook.questions.attribution import Credited, Judged

CONTEXT = "attribution"
MOST_BARS = 12
"""A chart names so many channels; the rest are one bar."""
MOST_COLUMNS = 6
"""So many channels stand side by side on a page."""


def face(found: Credited) -> Face:
    """The verdict, the leading figures, the credit as bars, then every channel by every model."""
    if isinstance(found.credit, NonAnswer):
        return wait(sentence(found.credit.reason), flip=sentence(found.credit.hint))
    return Face(
        verdict=_judgement(found) if found.asked.admissible_cac and found.costs else _leading(found),
        numbers=tuple(_numbers(found, found.credit)),
        chart=_chart(found, found.credit) if len(found.credit) > 1 else None,
        sections=tuple(_tables(found, found.credit)),
        notes=tuple(_notes(found)),
    )


def _name(found: Credited, model: Model) -> str:
    """The model's name as a reader sees it."""
    return t(CONTEXT, found.asked.labels[model])


def _leading(found: Credited) -> Verdict:
    """Whether one channel comes first whatever the model."""
    leaders, models = found.leaders, len(found.models)
    experiment = t(CONTEXT, "Credit is no proof: switch a channel off in some places for a while and compare.")
    named = {name: by for name, by in leaders.items() if name}
    if len(leaders) == 1 and named:
        name = next(iter(named))
        span = found.ranges[name]
        low, high = share(span.low), share(span.high)
        if low == high:
            say = t(CONTEXT, "“{name}” comes first by every model, with {high} of the sales.", name=name, high=high)
        else:
            say = t(
                CONTEXT,
                "“{name}” comes first by every model, with {low} to {high} of the sales.",
                name=name,
                low=low,
                high=high,
            )
        return Verdict("yes", t(CONTEXT, "The models agree"), say, flip=experiment)
    if not named:
        say = t(CONTEXT, "By every model the first place is shared.")
        return Verdict("wait", word("wait"), say, flip=experiment)
    counted = sorted(named.items(), key=lambda item: -len(item[1]))
    places = "; ".join(
        tn(CONTEXT, "“{name}” by {n} model", "“{name}” by {n} models", len(by), name=name) for name, by in counted
    )
    say = t(CONTEXT, "Who comes first hangs on the model: {places}, of {all}.", places=places, all=number(models))
    because = t(CONTEXT, "Models differ in whom they give a sale of several touches to.")
    return Verdict("wait", word("wait"), say, because, experiment)


def _judgement(found: Credited) -> Verdict:
    """Which channels are worth their money, and for which of them the model decides that."""
    limit = money(found.asked.admissible_cac or 0.0)
    because = t(CONTEXT, "A credited sale must cost less than {limit}, the admissible CAC.", limit=limit)
    if found.flips:
        named = _listed(found.flips)
        say = tn(
            CONTEXT,
            "Of one channel the model decides whether it pays: {named}.",
            "Of {n} channels the model decides whether they pay: {named}.",
            len(found.flips),
            named=named,
        )
        flip = t(CONTEXT, "Do not cut it by a report: switch it off in some places for a while and compare sales.")
        return Verdict("wait", word("wait"), say, because, flip)
    losing = [cost.name for cost in found.costs if not cost.pays_by]
    if losing:
        say = t(CONTEXT, "By no model do these pay: {named}.", named=_listed(losing))
        flip = t(CONTEXT, "The sales they are given hardly hang on the model; their price does not.")
        return Verdict("no", t(CONTEXT, "Not worth it by any model"), say, because, flip)
    say = t(CONTEXT, "Every channel with spend pays by every model.")
    dearest = max(found.costs, key=lambda cost: _cost(cost.most_per_sale))
    flip = t(
        CONTEXT,
        "The nearest to the limit is “{name}”: {cost} a sale by its hardest model.",
        name=dearest.name,
        cost=_money(dearest.most_per_sale),
    )
    return Verdict("yes", t(CONTEXT, "The models agree"), say, because, flip)


def _numbers(found: Credited, credit: dict[str, float]) -> Iterator[Number]:
    asked = found.asked
    name = max(credit, key=lambda channel: round(credit[channel], 9))
    yield Number(
        t(CONTEXT, "“{name}”", name=name),
        share(credit[name]),
        t(CONTEXT, "of the sales"),
        badge=_name(found, asked.model),
        definition=_meaning(asked.model, number(asked.half_life())),
    )
    widest = max(found.ranges, key=lambda channel: found.ranges[channel].high - found.ranges[channel].low)
    span = found.ranges[widest]
    yield Number(
        t(CONTEXT, "Widest range"),
        share_range(span.low, span.high),
        widest,
        badge=tn(CONTEXT, "{n} model", "{n} models", len(found.models)),
        definition=t(CONTEXT, "The channel whose share differs most from model to model, least and largest share."),
    )
    sales = sum(journey.conversions for journey in asked.journeys)
    several = sum(journey.conversions for journey in asked.journeys if len(journey.path) > 1)
    yield Number(
        t(CONTEXT, "Sales of several touches"),
        share(several / sales),
        t(CONTEXT, "of {sales}", sales=number(sales)),
        badge=t(CONTEXT, "where models differ"),
        definition=t(CONTEXT, "Only of these can models differ: a sale of one touch belongs to that channel."),
    )
    if any(journey.nulls for journey in asked.journeys):
        yield Number(
            t(CONTEXT, "Journeys that end with a sale"),
            share(found.conversion_rate or 0.0),
            badge=t(CONTEXT, "sales ÷ journeys"),
            definition=t(CONTEXT, "Sales by all journeys, those that ended with nothing too."),
        )


def _chart(found: Credited, credit: dict[str, float]) -> Bars:
    order = sorted(credit.items(), key=lambda item: -round(item[1], 9))
    shown, rest = order[:MOST_BARS], order[MOST_BARS:]
    if rest:
        shown = [*shown, (t(CONTEXT, "the others"), sum(part for _, part in rest))]
    model = _name(found, found.asked.model)
    return Bars(
        title=t(CONTEXT, "{model}: “{name}” is given {share}", model=model, name=order[0][0], share=share(order[0][1])),
        caption=t(CONTEXT, "Part of the sales, per cent."),
        labels=tuple(name for name, _ in shown),
        values=tuple(100 * part for _, part in shown),
        texts=tuple(share(part) for _, part in shown),
        lit=0,
    )


def _tables(found: Credited, credit: dict[str, float]) -> Iterator[Table]:
    if found.costs:
        yield _costs(found)
    yield _channels(found, credit)
    named = sorted(credit, key=lambda channel: -credit[channel])[:MOST_COLUMNS]
    rows = tuple((_name(found, model), *(share(by[name]) for name in named)) for model, by in found.models.items())
    columns = (t(CONTEXT, "Model"), *named)
    yield Table(t(CONTEXT, "Every model"), columns, rows, numeric=tuple(range(1, len(columns))))


def _channels(found: Credited, credit: dict[str, float]) -> Table:
    """Each channel by the chosen model, and between which shares the models put it."""
    sales = found.conversions if isinstance(found.conversions, dict) else {}
    value = found.value if isinstance(found.value, dict) else None
    columns = [t(CONTEXT, "Channel"), t(CONTEXT, "Part"), t(CONTEXT, "Sales"), t(CONTEXT, "By all models")]
    rows = []
    for name in sorted(credit, key=lambda channel: -credit[channel]):
        span = found.ranges[name]
        row = [name, share(credit[name]), number(sales[name], 1), share_range(span.low, span.high)]
        if value is not None:
            row.append(money(value[name]))
        if found.removal is not None:
            row.append(share(found.removal.get(name, 0.0)))
        rows.append(tuple(row))
    columns += [t(CONTEXT, "Revenue")] * (value is not None)
    columns += [t(CONTEXT, "Lost without it")] * (found.removal is not None)
    title = t(CONTEXT, "Credit by the model “{model}”", model=_name(found, found.asked.model))
    note = ""
    if found.removal is not None:
        note = t(
            CONTEXT, "“Lost without it” is the part of sales that is gone when whoever comes to it goes no further."
        )
    return Table(title, tuple(columns), tuple(rows), note, numeric=tuple(range(1, len(columns))))


def _costs(found: Credited) -> Table:
    rows = tuple(
        (cost.name, money(cost.cost), _money(cost.least_per_sale), _money(cost.most_per_sale), _pays(found, cost))
        for cost in found.costs
    )
    columns = (
        t(CONTEXT, "Channel"),
        t(CONTEXT, "Spend"),
        t(CONTEXT, "A sale at least"),
        t(CONTEXT, "A sale at most"),
        t(CONTEXT, "Pays"),
    )
    note = t(CONTEXT, "The cost of a credited sale by the model that is kindest to the channel and by the hardest.")
    return Table(t(CONTEXT, "Which channels pay"), columns, rows, note, numeric=(1, 2, 3))


def _pays(found: Credited, cost: Judged) -> str:
    if found.asked.admissible_cac is None:
        return "—"
    if not cost.pays_by:
        return t(CONTEXT, "by no model")
    if not cost.flips:
        return t(CONTEXT, "by every model")
    of = number(len(found.models))
    return tn(CONTEXT, "by {n} model of {of}", "by {n} models of {of}", len(cost.pays_by), of=of)


def _notes(found: Credited) -> Iterator[str]:
    yield t(CONTEXT, "Credit is an agreement on how to share a sale out. It does not say that the channel caused it.")
    if found.asked.model == "markov" and not any(journey.nulls for journey in found.asked.journeys):
        yield t(
            CONTEXT,
            "Without the people who did not buy, a removal effect only says how many of the buyers passed the channel.",
        )
    if found.asked.model == "shapley":
        yield t(
            CONTEXT,
            "The game: some channels together win the sales of journeys that touch no other channel (Zhao 2018).",
        )
    if "time_decay" not in found.models:
        yield t(CONTEXT, "Time decay is left out: the days before the sale are not known of every path.")
    if isinstance(found.value, NonAnswer):
        yield t(CONTEXT, "Revenue is not shared out: {reason}.", reason=found.value.reason)
    if found.costs and found.asked.admissible_cac is None:
        yield t(CONTEXT, "With the admissible CAC of step 3 each channel gets its verdict.")


def _meaning(model: Model, half_life: str) -> str:
    """What a model does, in one sentence."""
    return {
        "first": t(CONTEXT, "The whole sale goes to the first touch."),
        "last": t(CONTEXT, "The whole sale goes to the last touch."),
        "last_non_direct": t(
            CONTEXT, "The whole sale goes to the last touch that is no direct visit, where there is one."
        ),
        "linear": t(CONTEXT, "Every touch gets an equal part of the sale."),
        "time_decay": t(CONTEXT, "A touch {days} days further from the sale gets half as much.", days=half_life),
        "position": t(CONTEXT, "40% to the first touch, 40% to the last, 20% to those between; of two, half each."),
        "markov": t(CONTEXT, "By what would be lost if whoever comes to the channel went no further, all made 100%."),
        "shapley": t(CONTEXT, "Every channel of a journey gets an equal part, however often it was touched."),
    }[model]


def _cost(value: float | NonAnswer) -> float:
    return float("inf") if isinstance(value, NonAnswer) else value


def _money(value: float | NonAnswer) -> str:
    return "—" if isinstance(value, NonAnswer) else money(value)


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(t(CONTEXT, "“{name}”", name=name) for name in names)
