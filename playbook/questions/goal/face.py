"""How a goal in figures is shown: the verdict, the numbers with their definitions, the funnel and the chance."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from playbook import rules
from playbook.charts import Chart, Columns
from playbook.display import Face, Number, Ruler, Table, Verdict, odds, sentence, word
from playbook.i18n import money, number, quantity, share, t, tn
from playbook.model import NonAnswer, Provisional, known
from playbook.whatif import needed, worth_measuring

if TYPE_CHECKING:
    from playbook.questions.goal import Kpi, Plan

CONTEXT = "goal"
FEW = 10
CERTAIN = 0.99
"""Beyond this a chance is said in words alone."""


def face(found: Plan) -> Face:
    """What has to come by which day, what it costs, and at which conversion a payment covers its client."""
    counted = _counted(found)
    return Face(
        verdict=_said(found),
        numbers=_numbers(found) if counted else (),
        chart=_chart(*counted) if counted and counted[2] else None,
        sections=(*_needed(found), _table(found)),
        notes=_notes(found),
        rules=_rules(found),
        further=(*_chance_chart(found), *_swings(found)),
    )


def _needed(found: Plan) -> tuple[Table, ...]:
    """What each lever would have to be for the plan to be likely."""
    if found.probability is None:
        return ()
    title = t(CONTEXT, "What makes it {odds}", odds=odds(found.asked.aim() or 0.0))
    wanted = (found.asked.solve_for(name) for name in found.asked.levers() if name != "cost_per_visit")
    return (needed(tuple(wanted), title, t(CONTEXT, "The budget stays as it is, unless it is the one that changes.")),)


def _swings(found: Plan) -> tuple[Chart, ...]:
    drawn = found.asked.tornado().drawn() if found.probability is not None else None
    return (drawn,) if drawn else ()


def _rules(found: Plan) -> tuple[rules.Check, ...]:
    horizon = rules.check("goal_horizon_days", found.asked.horizon_days)
    chance = known(found.probability)
    return (horizon,) if chance is None else (horizon, rules.check("chance_enough", min(chance, CERTAIN)))


def _chance_chart(found: Plan) -> Iterator[Columns]:
    """Every outcome with its likelihood, those that reach the target dark."""
    ahead = found.outlook()
    if ahead is None:
        return
    edges, parts = ahead.outcomes.columns(ahead.need)
    short = sum(edge < ahead.need for edge in edges)
    yield Columns(
        title=t(CONTEXT, "{target} or more: {odds}", target=_aim(found, ahead.required()), odds=odds(ahead.chance)),
        caption=t(
            CONTEXT, "What the planned visits may bring, and how likely each outcome is, %. Dark: the goal is reached."
        ),
        labels=tuple(number(round(edge * ahead.each)) for edge in edges),
        values=tuple(100 * part for part in parts),
        first=short,
        lit=len(edges) if 0 < short < len(edges) else 0,
        most=100,
    )


def _aim(found: Plan, value: float) -> str:
    """An amount in the unit of the target."""
    return _clients(value) if found.asked.target_customers is not None else money(value)


def _counted(found: Plan) -> tuple[int, int, int] | None:
    """Clients, leads and visits when all three are numbers."""
    if isinstance(found.customers, int) and isinstance(found.leads, int) and isinstance(found.visits, int):
        return found.customers, found.leads, found.visits
    return None


def _said(found: Plan) -> Verdict:
    asked = found.asked
    if asked.target is not None:
        say = t(
            CONTEXT,
            "“{metric}” at {value} in {days}.",
            metric=asked.target.metric,
            value=number(asked.target.value),
            days=quantity(asked.horizon_days, "day"),
        )
        because = t(CONTEXT, "One number and one date: every task either serves them or waits.")
        return Verdict("yes", t(CONTEXT, "The goal is set"), say, because)
    stop = next((v for v in (found.customers, found.leads, found.visits, found.last_lead_day) if _stops(v)), None)
    if isinstance(stop, NonAnswer):
        return _refused(found, stop)
    return _possible(found)


def _refused(found: Plan, stop: NonAnswer) -> Verdict:
    ruler = None
    if stop is found.last_lead_day:
        cycle, horizon = found.asked.cycle_days, found.asked.horizon_days
        ruler = Ruler(
            cycle, horizon, quantity(cycle, "day"), t(CONTEXT, "goal in {days}", days=quantity(horizon, "day"))
        )
    say, flip = sentence(stop.reason), sentence(stop.hint)
    return Verdict("no", t(CONTEXT, "Not reachable this way"), say, flip=flip, ruler=ruler)


def _possible(found: Plan) -> Verdict:
    leads, clients, day, budget = (
        known(v) or 0 for v in (found.leads, found.customers, found.last_lead_day, found.budget)
    )
    if budget and found.asked.contribution() <= 0:
        say = t(CONTEXT, "A sale leaves nothing after direct costs, so no sale brings the advertising back.")
        because = t(
            CONTEXT, "{budget} of advertising would be lost, however often clients come again.", budget=money(budget)
        )
        flip = t(CONTEXT, "It may work once a sale leaves something: raise the price or lower the direct costs.")
        return Verdict("no", word("no"), say, because, flip)
    say = t(
        CONTEXT,
        "{leads} by day {day} bring {clients} for {budget}.",
        leads=_leads(leads),
        day=number(math.floor(day)) if day >= 1 else number(day),
        clients=_clients(clients),
        budget=money(budget),
    )
    cost, brings = budget / clients, found.asked.contribution()
    because = t(
        CONTEXT,
        "Advertising for one client costs {cost}, and the first payment leaves {brings} of gross profit.",
        cost=money(cost),
        brings=money(brings),
    )
    if cost >= brings:
        because += " " + t(
            CONTEXT,
            "Repeat purchases must bring the rest; whether they will, unit economics tells by how long clients stay.",
        )
    if (chance := known(found.probability)) is not None:
        because += " " + t(CONTEXT, "The chance that it works out is {odds}.", odds=odds(chance))
    return Verdict("yes", t(CONTEXT, "The goal is counted"), say, because, _flip(found, cost, brings))


def _flip(found: Plan, cost: float, brings: float) -> str:
    """The conversion at which the first payment just covers its client."""
    now = found.asked.lead_to_sale or 0
    if not cost or not brings or (at := now * cost / brings) > 1:
        return ""
    if cost < brings:
        return t(
            CONTEXT,
            "When {at} of leads or fewer pay ({now} now), the first payment no longer covers its client.",
            at=share(at),
            now=share(now),
        )
    return t(
        CONTEXT,
        "When more than {at} of leads pay ({now} now), the first payment covers its client.",
        at=share(at),
        now=share(now),
    )


def _numbers(found: Plan) -> tuple[Number, ...]:
    asked, day = found.asked, known(found.last_lead_day)
    leads, clients, visits, budget = (known(v) or 0 for v in (found.leads, found.customers, found.visits, found.budget))
    start = asked.start(clients)
    listed = [
        Number(
            t(CONTEXT, "Leads needed"),
            number(leads),
            t(CONTEXT, "{leads} a week", leads=number(leads / day * 7)) if day else "",
            t(CONTEXT, "clients ÷ conversion"),
            t(CONTEXT, "So many leads give {clients} when {rate} of them pay; rounded up.", **_rate(found, clients)),
            f"⌈{number(clients)} ÷ {share(asked.lead_to_sale or 0)}⌉",
        ),
        Number(
            t(CONTEXT, "Budget"),
            money(budget),
            badge=t(CONTEXT, "visits × price of a visit"),
            definition=t(CONTEXT, "Advertising only; pay and contractors are added in step 3."),
            formula=f"{number(visits)} × {money(asked.cost_per_visit or 0)}",
        ),
        Number(
            t(CONTEXT, "Advertising per client"),
            money(budget / clients),
            badge=t(CONTEXT, "budget ÷ clients"),
            definition=t(CONTEXT, "What this plan pays in advertising for one new client."),
        ),
    ]
    if found.probability is not None:
        listed[1:1] = [_chance_number(found), _range_number(found)]
    if day:
        listed.append(_day_number(found, day))
    return (start.number(), *listed) if start else tuple(listed)


def _rate(found: Plan, clients: float) -> dict[str, str]:
    return {"clients": _clients(clients), "rate": share(found.asked.lead_to_sale or 0)}


def _chance_number(found: Plan) -> Number:
    chance, guessed = known(found.probability) or 0.0, isinstance(found.probability, Provisional)
    return Number(
        t(CONTEXT, "Chance of reaching it"),
        odds(chance),
        share(chance) if 1 - CERTAIN < chance < CERTAIN else "",
        t(CONTEXT, "provisional") if guessed else t(CONTEXT, "from your history or range"),
        t(
            CONTEXT,
            "Of ten thousand futures of this plan, so many reach the goal. A plan made to fit exactly has about half.",
        ),
    )


def _range_number(found: Plan) -> Number:
    low, high = found.p10 or 0.0, found.p90 or 0.0
    low_text, high_text = (
        number(end) if found.asked.target_customers is not None else money(end) for end in (low, high)
    )
    return Number(
        t(CONTEXT, "What it may bring"),
        t(CONTEXT, "{low} to {high}", low=low_text, high=high_text),
        badge=t(CONTEXT, "in eight cases of ten"),
        definition=t(CONTEXT, "One future in ten brings less than this, and one brings more."),
    )


def _day_number(found: Plan, day: float) -> Number:
    return Number(
        t(CONTEXT, "Last day for a lead"),
        t(CONTEXT, "day {day}", day=number(math.floor(day)) if day >= 1 else number(day)),
        t(CONTEXT, "of {days}", days=number(found.asked.horizon_days)),
        t(CONTEXT, "horizon − cycle"),
        t(CONTEXT, "A lead that comes later pays after the date and does not count."),
    )


def _chart(clients: int, leads: int, visits: int) -> Columns:
    labels = (t(CONTEXT, "visits"), t(CONTEXT, "leads"), t(CONTEXT, "clients"))
    values = (visits, leads, clients)
    return Columns(
        title=t(
            CONTEXT,
            "One client takes {leads} and {visits}",
            leads=_per(leads, clients, _leads),
            visits=_per(visits, clients, _visits),
        ),
        caption=t(CONTEXT, "How many are needed by the goal, each computed from the one after it."),
        labels=labels,
        values=tuple(float(value) for value in values),
        notes=tuple((index, number(value), float(value)) for index, value in enumerate(values)),
    )


def _table(found: Plan) -> Table:
    rows = tuple((kpi.name, _written(kpi)) for kpi in found.kpis)
    return Table(
        t(CONTEXT, "Metrics that show this goal"),
        (t(CONTEXT, "Metric"), t(CONTEXT, "Target of the plan")),
        rows,
        t(CONTEXT, "Step 6 takes them over."),
        numeric=(1,),
    )


def _notes(found: Plan) -> tuple[str, ...]:
    warned = (sentence(found.probability.reason),) if isinstance(found.probability, Provisional) else ()
    start = found.asked.start(known(found.customers))
    easy = (start.note(),) if start and start.note() else ()
    return (*_history(found), *easy, *warned, *worth_measuring(found.asked))


def _history(found: Plan) -> tuple[str, ...]:
    sales, leads = found.asked.sales_observed, found.asked.leads_observed
    if sales is None or not leads or found.asked.lead_to_sale is None:
        return ()
    said = t(
        CONTEXT,
        "In your history {sales} of {leads} leads paid: {seen}. The plan takes {plan}.",
        sales=number(sales),
        leads=number(leads),
        seen=share(sales / leads),
        plan=share(found.asked.lead_to_sale),
    )
    return (said,)


def _stops(value: object) -> bool:
    return isinstance(value, NonAnswer)


def _clients(n: float) -> str:
    return tn(CONTEXT, "{n} client", "{n} clients", n)


def _leads(n: float) -> str:
    return tn(CONTEXT, "{n} lead", "{n} leads", n)


def _visits(n: float) -> str:
    return tn(CONTEXT, "{n} visit", "{n} visits", n)


def _per(many: int, clients: int, say: Callable[[float], str]) -> str:
    """How many there are for one client: a decimal while there are only a few."""
    each = many / clients
    return say(round(each) if round(each) > FEW else round(each, 1))


def _written(kpi: Kpi) -> str:
    if kpi.target is None:
        return t(CONTEXT, "set it in step 6")
    if kpi.unit == "money":
        return money(kpi.target)
    return share(kpi.target) if kpi.unit == "share" else number(kpi.target)
