"""How the tree is shown: on plan or not, the lever it hangs on, the change of the week, and every node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from playbook import rules
from playbook.charts import Chart, Waterfall
from playbook.display import Face, Number, Ruler, Table, Verdict, wait
from playbook.i18n import MINUS, money, number, share, t
from playbook.methods import xmr
from playbook.questions.kpi_tree.chain import NOTHING, RATES, Chain, Lever

if TYPE_CHECKING:
    from playbook.questions.kpi_tree import Share, Tree, TreeWeek

CONTEXT = "kpi-tree"
XMR = "xmr_points"
MONEY: tuple[Lever, ...] = ("revenue", "gross_profit", "average_order_value", "profit_of_sale")
PROFITS: tuple[Lever, ...] = ("gross_profit", "gross_margin", "profit_of_sale")
"""What may lie below 0."""
SHARES: tuple[Lever, ...] = ("visit_to_lead", "visit_to_sale", "lead_to_sale", "gross_margin")
PARTS: Mapping[Lever, tuple[str, str]] = {rate: pair for pair, rate in RATES.items()}


def face(found: Tree) -> Face:
    """On plan or not, which lever it hangs on, the change of the week lever by lever, and every node."""
    chain = found.asked.found()
    if chain is None or found.top is None:
        return wait(
            t(CONTEXT, "A change needs two weeks."),
            t(CONTEXT, "One week shows where you stand, the second one what moved."),
            t(CONTEXT, "Add the last two weeks at least, the oldest first."),
        )
    charts = tuple(_charts(found))
    tables = (_nodes(found, chain), *_alone(found, chain))
    return Face(
        verdict=_said(found, chain),
        numbers=tuple(_numbers(found)),
        chart=charts[0] if charts else None,
        sections=tables,
        notes=tuple(_notes(chain)),
        further=charts[1:],
    )


def named(lever: Lever) -> str:
    """A node in words."""
    return {
        "visits": t(CONTEXT, "Visits"),
        "leads": t(CONTEXT, "Leads"),
        "sales": t(CONTEXT, "Sales"),
        "revenue": t(CONTEXT, "Revenue"),
        "gross_profit": t(CONTEXT, "Gross profit"),
        "visit_to_lead": t(CONTEXT, "Visit to lead"),
        "visit_to_sale": t(CONTEXT, "Visit to sale"),
        "lead_to_sale": t(CONTEXT, "Lead to sale"),
        "average_order_value": t(CONTEXT, "Average order value"),
        "profit_of_sale": t(CONTEXT, "Profit of a sale"),
        "gross_margin": t(CONTEXT, "Gross margin"),
    }[lever]


def written(lever: Lever, value: float | None) -> str:
    """A node's value in its unit."""
    if value is None:
        return "—"
    if lever in MONEY:
        return money(value)
    return share(value) if lever in SHARES else number(value)


def _signed(lever: Lever, value: float) -> str:
    text = written(lever, abs(value))
    if text == written(lever, 0):
        return text
    return f"+{text}" if value > 0 else f"{MINUS}{text}"


def _said(found: Tree, chain: Chain) -> Verdict:
    top = chain.quantities[-1]
    values = {"name": named(top), "now": written(top, found.now), "plan": written(top, found.plan)}
    because = " ".join(filter(None, (_keeps(found, chain), _moved(found, chain))))
    if found.plan is None or found.gap is None:
        same = t(CONTEXT, "{name}: {now}, as in the week before.", **values)
        moved = t(CONTEXT, "{name}: {now}, {change} since the week before.", **values, change=_change(found, chain))
        say = moved if found.now != found.before else same
        flip = t(CONTEXT, "Fill in the plan, and the answer will be yes or no.") if not chain.repeats else ""
        return Verdict("wait", t(CONTEXT, "Counted"), say, because, flip)
    ruler = Ruler(max(found.now or 0.0, 0.0), found.plan, values["now"], t(CONTEXT, "plan {plan}", **values))
    if found.verdict == "yes":
        say = t(CONTEXT, "{name}: {now}, planned {plan}.", **values)
        return Verdict("yes", t(CONTEXT, "On plan"), say, because, ruler=ruler)
    say = t(CONTEXT, "{name}: {now} instead of {plan}.", **values)
    return Verdict("no", t(CONTEXT, "Below plan"), say, because, _would_do(found, chain), ruler)


def _change(found: Tree, chain: Chain) -> str:
    return _signed(chain.quantities[-1], found.change or 0.0)


def _keeps(found: Tree, chain: Chain) -> str:
    """The lever that takes most from the plan."""
    worst = min(found.gap_parts, key=lambda part: part.amount, default=None)
    if worst is None or worst.amount >= 0 or not found.gap:
        return ""
    top = chain.quantities[-1]
    values = {"lever": named(worst.lever), "amount": _signed(top, worst.amount), "gap": _signed(top, found.gap)}
    if found.gap > 0:
        return t(CONTEXT, "Weakest against the plan: “{lever}”, {amount}.", **values)
    return t(CONTEXT, "Most is lost at “{lever}”: {amount}; {gap} in all.", **values)


def _moved(found: Tree, chain: Chain) -> str:
    """Whether the week differs from the weeks before by more than they differ from one another."""
    top = chain.quantities[-1]
    weeks, usual = _usual(found.asked.weeks, top)
    if usual is None:
        return ""
    ends = t(CONTEXT, "{low} – {high}", low=written(top, usual.lower), high=written(top, usual.upper))
    if usual.rules_at(weeks - 1):
        return t(CONTEXT, "The week leaves the usual swing ({usual}): look for what was different.", usual=ends)
    return t(CONTEXT, "The week lies within the usual swing ({usual}): its change needs no cause.", usual=ends)


def _would_do(found: Tree, chain: Chain) -> str:
    """What the lever that takes most would have to be for the plan."""
    worst = min(found.gap_parts, key=lambda part: part.amount)
    now = chain.now[chain.levers.index(worst.lever)]
    if not found.now or found.now < 0 or not now or found.plan is None:
        return t(CONTEXT, "No single lever brings it to the plan: begin with the first one that stands at zero.")
    needed = now * found.plan / found.now
    if worst.lever in SHARES and needed > 1:
        return t(CONTEXT, "“{lever}” alone cannot bring it to the plan.", lever=named(worst.lever))
    return t(
        CONTEXT,
        "It would be on plan with “{lever}” at {needed} ({now} now).",
        lever=named(worst.lever),
        needed=written(worst.lever, needed),
        now=written(worst.lever, now),
    )


def _numbers(found: Tree) -> Iterator[Number]:
    top = found.top
    if top is None:
        return
    yield Number(
        named(top),
        written(top, found.now),
        t(CONTEXT, "{change} in a week", change=_signed(top, found.change or 0.0)),
        badge=t(CONTEXT, "newest week"),
        definition=t(CONTEXT, "The product of all the levers below."),
    )
    if found.gap is not None:
        yield Number(
            t(CONTEXT, "Against the plan"),
            _signed(top, found.gap),
            badge=t(CONTEXT, "plan {plan}", plan=written(top, found.plan)),
            definition=t(CONTEXT, "The newest week less the plan of a week, by step 1 where no other is typed."),
        )
    if found.forecast is not None and any(getattr(found.asked, name) is not None for name in found.asked.levers()):
        yield Number(
            t(CONTEXT, "With what you typed instead"),
            written(top, found.forecast),
            t(CONTEXT, "{change} against the week", change=_signed(top, found.forecast - (found.now or 0.0))),
            badge=t(CONTEXT, "all else as it was"),
            definition=t(CONTEXT, "The newest week with these values in place of its own, everything after them anew."),
        )


def _charts(found: Tree) -> Iterator[Chart]:
    top = found.top
    if top is None:
        return
    if found.gap is not None and found.plan is not None:
        start = t(CONTEXT, "Plan of a week"), found.plan
        caption = t(CONTEXT, "{name}: from the plan to the newest week, lever by lever.", name=named(top))
        title = t(CONTEXT, "“{lever}” stands furthest from the plan: {amount}", **_widest(top, found.gap_parts))
        yield _waterfall(found, title, start, found.gap_parts, caption)
    start = t(CONTEXT, "Week before"), found.before or 0.0
    caption = t(CONTEXT, "{name}: from the week before to the newest week, lever by lever.", name=named(top))
    title = t(CONTEXT, "“{lever}” moved the week most: {amount}", **_widest(top, found.parts))
    yield _waterfall(found, title, start, found.parts, caption)


def _widest(top: Lever, parts: tuple[Share, ...]) -> dict[str, str]:
    widest = max(parts, key=lambda part: abs(part.amount))
    return {"lever": named(widest.lever), "amount": _signed(top, widest.amount)}


def _waterfall(found: Tree, title: str, start: tuple[str, float], parts: tuple[Share, ...], caption: str) -> Chart:
    top = found.top or "sales"
    still = t(CONTEXT, "Nothing has moved")
    return Waterfall(
        title=title if any(part.amount for part in parts) else still,
        caption=caption,
        labels=(start[0], *(named(part.lever) for part in parts), t(CONTEXT, "Newest week")),
        values=(start[1], *(part.amount for part in parts)),
        texts=(
            written(top, start[1]),
            *(_signed(top, part.amount) for part in parts),
            written(top, found.now),
        ),
    )


def _nodes(found: Tree, chain: Chain) -> Table:
    """Every quantity and what leads to the next one, in the order in which they multiply."""
    plan: dict[str, float | None] = dict(zip(chain.quantities, found.asked.plan(chain), strict=True))
    parts = {part.lever: part.amount for part in found.parts}
    rows = []
    for place, lever in enumerate(_walk(chain)):
        name = named(lever) if not place else f"× {named(lever)}" if lever in PARTS else f"= {named(lever)}"
        before, now = (_of_week(week, lever) for week in found.asked.weeks[-2:])
        part = _signed(chain.quantities[-1], parts[lever]) if lever in parts else ""
        planned = _ratio(plan, lever) if lever in PARTS else plan[lever]
        cells = (written(lever, value) for value in (now, before, planned))
        rows.append((name, *cells, part, _swing(found.asked.weeks, lever)))
    columns = (
        t(CONTEXT, "Node"),
        t(CONTEXT, "Newest week"),
        t(CONTEXT, "Week before"),
        t(CONTEXT, "Plan"),
        t(CONTEXT, "Part in the change"),
        t(CONTEXT, "Signal or routine"),
    )
    note = t(CONTEXT, "The parts add up to the change of the last line, {change}.", change=_change(found, chain))
    return Table(t(CONTEXT, "The tree, node by node"), columns, tuple(rows), note, numeric=(1, 2, 3, 4))


def _walk(chain: Chain) -> Iterator[Lever]:
    yield chain.quantities[0]
    for pair in pairwise(chain.quantities):
        yield RATES[pair]
        yield pair[1]


def _alone(found: Tree, chain: Chain) -> Iterator[Table]:
    """What the week would have brought with one lever as planned."""
    if found.gap is None or found.now is None:
        return
    top = chain.quantities[-1]
    plan = dict(zip(chain.levers, chain.factors(found.asked.plan(chain), chain.now), strict=True))
    rows = []
    for lever, now in zip(chain.levers, chain.now, strict=True):
        result = chain.turned({lever: plan[lever]})
        more = _signed(top, result - found.now)
        rows.append((named(lever), written(lever, now), written(lever, plan[lever]), written(top, result), more))
    columns = (
        t(CONTEXT, "If only this were as planned"),
        t(CONTEXT, "Newest week"),
        t(CONTEXT, "Plan"),
        named(top),
        t(CONTEXT, "Difference"),
    )
    yield Table(t(CONTEXT, "One lever at a time"), columns, tuple(rows), numeric=(1, 2, 3, 4))


def _notes(chain: Chain) -> Iterator[str]:
    if chain.repeats:
        yield t(
            CONTEXT,
            "There are more sales than leads: earlier clients buy again. The tree begins with sales, and the plan, "
            "which counts new clients, is not held against it.",
        )
    elif chain.uncounted:
        yield t(CONTEXT, "There are more leads than visits: not every visit is counted. The tree begins with leads.")
    if "lead_to_sale" in chain.levers:
        yield t(
            CONTEXT,
            "Sales of a week come from leads of earlier weeks too: this conversion is of the week, "
            "not of the same people.",
        )
    if all(value > 0 for value in (*chain.before, *chain.now)):
        yield t(CONTEXT, "A change is split by the logarithms of the levers, so that nothing is left over.")
    else:
        yield t(CONTEXT, "One lever is not above zero: a change is split by the mean effect over all orders (Shapley).")


def _swing(weeks: tuple[TreeWeek, ...], lever: Lever) -> str:
    known, usual = _usual(weeks, lever)
    if usual is None:
        least = number(rules.get(XMR).number)
        return t(CONTEXT, "too short: {have} of {least} weeks", have=number(known), least=least)
    if _of_week(weeks[-1], lever) is None:
        return "—"
    ends = {"low": written(lever, usual.lower), "high": written(lever, usual.upper)}
    if usual.rules_at(known - 1):
        return t(CONTEXT, "signal; usual {low} – {high}", **ends)
    return t(CONTEXT, "routine; usual {low} – {high}", **ends)


def _usual(weeks: tuple[TreeWeek, ...], lever: Lever) -> tuple[int, xmr.Chart | None]:
    """How many weeks know the node, and its usual swing where they are enough to tell it."""
    values = _series(weeks, lever)
    if rules.get(XMR).status(len(values)) == "below":
        return len(values), None
    return len(values), xmr.chart(values, counts=lever not in PROFITS)


def _series(weeks: tuple[TreeWeek, ...], lever: Lever) -> list[float]:
    return [value for week in weeks if (value := _of_week(week, lever)) is not None]


def _of_week(week: TreeWeek, lever: Lever) -> float | None:
    """The node in one week; a conversion of nothing is not known."""
    values: dict[str, float | None] = week.model_dump()
    return _ratio(values, lever) if lever in PARTS else values[lever]


def _ratio(values: Mapping[str, float | None], lever: Lever) -> float | None:
    below, above = (values.get(name) for name in PARTS[lever])
    return above / below if below and below > NOTHING and above is not None else None
