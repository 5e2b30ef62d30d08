"""How sources of leads are shown side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from playbook.charts import Bars
from playbook.display import Face, Number, Table, Verdict, sentence, word
from playbook.i18n import money, money_sign, number, share, share_range, t, tn
from playbook.methods.intervals import wilson
from playbook.model import NonAnswer, known
from playbook.questions.lead_sources import even

if TYPE_CHECKING:
    from playbook.questions.lead_sources import Compared, Earned, Source

CONTEXT = "lead-sources"


def face(found: Compared) -> Face:
    """The source to prefer for each unit spent, what would make another one draw level, and all of them in figures."""
    order = sorted(found.sources, key=lambda source: -_earns(source))
    paid = [source for source in order if known(source.profit_per_spend) is not None]
    return Face(
        verdict=_said(found, paid),
        numbers=tuple(_numbers(found, paid)),
        chart=_chart(found, paid) if len(paid) > 1 else None,
        sections=(
            _earnings(order),
            *([even.table(found.equal_budget)] if found.equal_budget else []),
            _conversions(found, order),
        ),
        notes=tuple(_notes(found, paid)),
        further=(_totals(found),) if len(order) > 1 else (),
    )


def _earns(source: Earned) -> float:
    """Profit for each unit spent; sources without one stand last."""
    value = known(source.profit_per_spend)
    return float("-inf") if value is None else value


def _asked(found: Compared, name: str) -> Source:
    return next(source for source in found.asked.sources if source.name == name)


def _said(found: Compared, paid: list[Earned]) -> Verdict:
    if not paid:
        missing = found.best_by_profit_per_spend
        reason, hint = (missing.reason, missing.hint) if isinstance(missing, NonAnswer) else ("", "")
        return Verdict("wait", word("wait"), sentence(reason), flip=sentence(hint))
    if found.verdict == "no":
        return _refused(found, paid[0])
    best, one = paid[0], money(1)
    values = {"best": best.name, "earns": money(_earns(best)), "one": one}
    if found.verdict == "wait":
        say = t(CONTEXT, "Level at {earns} of profit for each {one}: {names}.", names=_named(found.tied), **values)
        flip = t(CONTEXT, "Take the one that can grow, or wait for more sales.")
        return Verdict("wait", word("wait"), say, _budgets(found), flip)
    if len(paid) == 1:
        say = t(CONTEXT, "“{best}” earns {earns} of profit for each {one} spent.", **values)
        because = (
            t(CONTEXT, "There is nothing to compare it with: add a second source.")
            if len(found.sources) == 1
            else t(CONTEXT, "Nothing was spent on the others, so there is no such figure of theirs beside it.")
        )
        return Verdict("yes", t(CONTEXT, "It pays back"), say, because, _own_flip(found, best))
    rival = paid[1]
    both = {**values, "rival": rival.name, "less": money(abs(_earns(rival)))}
    say = (
        t(CONTEXT, "“{best}” earns {earns} for each {one} spent; “{rival}” {less}.", **both)
        if _earns(rival) >= 0
        else t(CONTEXT, "“{best}” earns {earns} for each {one} spent; “{rival}” loses {less}.", **both)
    )
    return Verdict("yes", t(CONTEXT, "“{best}” is better", **values), say, _budgets(found), _flip(found, rival))


def _refused(found: Compared, best: Earned) -> Verdict:
    loss = -_earns(best)
    values = {"best": best.name, "loss": money(loss), "one": money(1)}
    say = (
        t(CONTEXT, "No source pays back: the best, “{best}”, loses {loss} of each {one}.", **values)
        if round(loss, 9)
        else t(CONTEXT, "No source earns anything: the best, “{best}”, only returns its cost.", **values)
    )
    return Verdict("no", word("no"), say, _budgets(found), _own_flip(found, best))


def _own_flip(found: Compared, source: Earned) -> str:
    """The conversion at which a source neither earns nor loses."""
    at = source.break_even_lead_to_sale
    if isinstance(at, NonAnswer):
        return t(CONTEXT, "“{name}” cannot pay back: {reason}.", name=source.name, reason=at.reason)
    values = {"name": source.name, "at": share(at), "now": share(_asked(found, source.name).lead_to_sale)}
    if source.profit > 0:
        return t(CONTEXT, "The answer flips when {at} of its leads or fewer pay ({now} now).", **values)
    return t(CONTEXT, "“{name}” pays back when more than {at} of its leads pay ({now} now).", **values)


def _flip(found: Compared, rival: Earned) -> str:
    """What it takes for the second source to draw level with the first."""
    at = rival.parity_lead_to_sale
    if isinstance(at, NonAnswer):
        return t(CONTEXT, "“{name}” cannot draw level: {reason}.", name=rival.name, reason=at.reason)
    now = share(_asked(found, rival.name).lead_to_sale)
    return t(
        CONTEXT, "“{name}” draws level when {at} of its leads pay ({now} now).", name=rival.name, at=share(at), now=now
    )


def _budgets(found: Compared) -> str:
    """That the budgets differ, and who earns most in all where that is another one."""
    spends = sorted({source.spend for source in found.sources if source.spend})
    said = []
    if len(spends) > 1:
        budgets = {"low": money(spends[0]), "high": money(spends[-1]), "one": money(1)}
        said.append(
            t(CONTEXT, "Budgets differ, from {low} to {high}, so profit is compared for each {one}.", **budgets)
        )
    best, most = found.best_by_profit_per_spend, found.best_by_profit
    profit = next(source.profit for source in found.sources if source.name == most)
    if isinstance(best, str) and most != best and most not in found.tied and profit > 0:
        said.append(t(CONTEXT, "In all, “{most}” earns more: {profit}.", most=most, profit=money(profit)))
    return " ".join(said)


def _numbers(found: Compared, paid: list[Earned]) -> Iterator[Number]:
    if paid:
        yield Number(
            t(CONTEXT, "For each {one} spent", one=money(1)),
            money(_earns(paid[0])),
            paid[0].name,
            badge=t(CONTEXT, "profit ÷ spend"),
            definition=t(
                CONTEXT, "Gross profit of the sales less the spend, by the spend; the source that gives most."
            ),
            formula=f"{money(paid[0].profit)} ÷ {money(paid[0].spend)}",
        )
    priced = [(cost, source.name) for source in found.sources if (cost := known(source.cost_per_sale))]
    if priced:
        cost, name = min(priced)
        yield Number(
            t(CONTEXT, "Cheapest sale"),
            money(cost),
            name,
            badge=t(CONTEXT, "price of a lead ÷ conversion"),
            definition=t(
                CONTEXT, "What is paid to the source for one payment. At equal margin the cheapest sale wins."
            ),
            formula="",
        )
    most = max(found.sources, key=lambda source: source.profit)
    yield Number(
        t(CONTEXT, "Largest profit in all"),
        money(most.profit),
        most.name,
        badge=t(CONTEXT, "depends on the budget"),
        definition=t(
            CONTEXT, "Gross profit of all sales less the spend. A larger budget earns more even where it earns worse."
        ),
    )


def _chart(found: Compared, paid: list[Earned]) -> Bars:
    values = {"best": paid[0].name, "earns": money(_earns(paid[0])), "one": money(1)}
    return Bars(
        title=t(CONTEXT, "“{best}” earns most for each {one}: {earns}", **values)
        if found.verdict == "yes"
        else t(CONTEXT, "No source leads for each {one} spent", **values)
        if found.verdict == "wait"
        else t(CONTEXT, "Every source loses money")
        if _earns(paid[0]) < 0
        else t(CONTEXT, "No source earns more than it takes"),
        caption=t(CONTEXT, "Profit for each {one} spent.", one=money(1)),
        labels=tuple(source.name for source in paid),
        values=tuple(_earns(source) for source in paid),
        texts=tuple(money(_earns(source)) for source in paid),
        lit=0 if found.verdict == "yes" else None,
    )


def _totals(found: Compared) -> Bars:
    order = sorted(found.sources, key=lambda source: -source.profit)
    most = {"most": order[0].name, "profit": money(order[0].profit)}
    return Bars(
        title=t(CONTEXT, "In all “{most}” earns most: {profit}", **most)
        if order[0].profit > 0
        else t(CONTEXT, "In all no source earns anything"),
        caption=t(CONTEXT, "Profit of each source at the budget it has now, {sign}.", sign=money_sign()),
        labels=tuple(source.name for source in order),
        values=tuple(source.profit for source in order),
        texts=tuple(money(source.profit) for source in order),
        lit=0,
    )


def _earnings(order: list[Earned]) -> Table:
    rows = tuple(
        (
            source.name,
            money(source.spend),
            number(source.sales),
            _money(source.cost_per_sale),
            money(source.profit),
            _money(source.profit_per_spend),
        )
        for source in order
    )
    columns = (
        t(CONTEXT, "Source"),
        t(CONTEXT, "Spend"),
        t(CONTEXT, "Sales"),
        t(CONTEXT, "Cost of a sale"),
        t(CONTEXT, "Profit"),
        t(CONTEXT, "For {one}", one=money(1)),
    )
    return Table(t(CONTEXT, "What each source earns"), columns, rows, numeric=(1, 2, 3, 4, 5))


def _conversions(found: Compared, order: list[Earned]) -> Table:
    rows = []
    for source in order:
        asked = _asked(found, source.name)
        low, high = wilson(asked.sales, asked.leads)
        between = share_range(low, high) if asked.leads else "—"
        ends = (source.break_even_lead_to_sale, source.parity_lead_to_sale)
        rows.append((source.name, share(asked.lead_to_sale), between, *(_share(end) for end in ends)))
    return Table(
        t(CONTEXT, "At which conversion that changes"),
        (
            t(CONTEXT, "Source"),
            t(CONTEXT, "Now"),
            t(CONTEXT, "May be, by chance"),
            t(CONTEXT, "Pays back at"),
            t(CONTEXT, "Level with the best other at"),
        ),
        tuple(rows),
        t(CONTEXT, "“May be” is the 95% interval (Wilson): so far the conversion of so few leads can stray."),
        numeric=(1, 2, 3, 4),
    )


def _notes(found: Compared, paid: list[Earned]) -> Iterator[str]:
    if (two := even.pair(found.asked.sources)) is not None:
        yield _dear_against_cheap(*two)
    if found.verdict == "yes" and len(paid) > 1:
        first, second = (_asked(found, source.name) for source in paid[:2])
        least = first.profit_per_spend(wilson(first.sales, first.leads)[0])
        most = second.profit_per_spend(wilson(second.sales, second.leads)[1])
        if least is not None and most is not None and least < most:
            yield t(
                CONTEXT, "So few leads may have put them in this order by chance: move a part of the budget, not all."
            )
    if len(paid) < len(found.sources):
        yield t(CONTEXT, "A source without leads or without costs is left out of the comparison for each unit spent.")


def _dear_against_cheap(cheap: Source, dear: Source) -> str:
    """How much better the dear leads must convert, and how much better they do (mission row A26)."""
    values = {"dear": dear.name, "cheap": cheap.name, "times": _times(dear.cost_per_lead / cheap.cost_per_lead)}
    rule = t(
        CONTEXT,
        "A lead of “{dear}” costs {times} as much as one of “{cheap}”: at equal margin its sale is the cheaper one "
        "once it converts more than {times} as well.",
        **values,
    )
    now = dear.lead_to_sale / cheap.lead_to_sale if cheap.lead_to_sale else math.inf
    return f"{rule} {t(CONTEXT, 'Now it is {now}.', now=_times(now))}" if math.isfinite(now) else rule


def _times(ratio: float) -> str:
    return tn(CONTEXT, "{n} time", "{n} times", round(ratio, 1))


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(t(CONTEXT, "“{name}”", name=name) for name in names)


def _money(value: float | NonAnswer) -> str:
    return "—" if isinstance(value, NonAnswer) else money(value)


def _share(value: float | NonAnswer) -> str:
    if not isinstance(value, NonAnswer):
        return share(value)
    return t(CONTEXT, "out of reach") if value.status == "unreachable" else "—"
