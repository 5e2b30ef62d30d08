"""How it is shown who makes the profit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from playbook.charts import Bars, Chart, Pairs
from playbook.display import Face, Number, Table, Verdict, sentence, word
from playbook.i18n import money, money_sign, share, t, tn
from playbook.model import NonAnswer, known

if TYPE_CHECKING:
    from playbook.questions.profitability import Cut, Earned, Profits

CONTEXT = "profitability"
DRAWN = 12
"""Lines that a chart shows; the tables have all of them."""
FEW = 0.05
"""A gap between shares from which it is worth a word."""


def face(found: Profits) -> Face:
    """Who earns most, who loses money, and every list in a chart and a table."""
    told = [cut for cut in found.cuts if cut.named]
    cuts = sorted(told, key=lambda cut: (isinstance(cut.gross_profit, NonAnswer), len(cut.named) == 1))
    charts = [chart for cut in cuts if (chart := _chart(cut)) is not None]
    return Face(
        verdict=_said(cuts),
        numbers=tuple(_numbers(cuts[0], found)) if cuts else (),
        chart=charts[0] if charts else None,
        sections=tuple(_table(cut) for cut in cuts),
        notes=tuple(_notes(found)),
        further=tuple(charts[1:]),
    )


def _said(cuts: list[Cut]) -> Verdict:
    if not cuts:
        say = t(CONTEXT, "The orders name neither segments nor products nor channels.")
        flip = t(CONTEXT, "Enter them, or export orders with such a column.")
        return Verdict("wait", word("wait"), say, flip=flip)
    first = cuts[0]
    if isinstance(first.gross_profit, NonAnswer):
        missing = first.gross_profit
        say = t(CONTEXT, "The direct costs are not known, and a profit is not guessed.")
        return Verdict("wait", word("wait"), say, flip=sentence(missing.hint))
    if isinstance(first.most, NonAnswer):
        return Verdict("no", t(CONTEXT, "Nobody earns"), sentence(first.most.reason), flip=sentence(first.most.hint))
    best = next(line for line in first.named if line.name == first.most)
    say, because = _made(best), _losers(cuts)
    if not first.sure:
        doubt = t(CONTEXT, "What is not told could put another one first: look at the notes below.")
        return Verdict("wait", word("wait"), say, because, doubt)
    return Verdict("yes", t(CONTEXT, "“{name}” earns most", name=best.name), say, because, _flip(first, best))


def _made(best: Earned) -> str:
    """What part of the profit it makes, of which part of revenue and of clients."""
    part = known(best.share_of_profit)
    values = {"name": best.name, "profit": money(known(best.profit) or 0.0)}
    if part is None:
        return t(CONTEXT, "“{name}” leaves {profit}.", **values)
    values |= {"part": share(part), "revenue": share(known(best.share_of_revenue) or 0.0)}
    if best.share_of_clients is None:
        return t(CONTEXT, "“{name}”: {revenue} of revenue and {part} of gross profit.", **values)
    clients = share(best.share_of_clients)
    return t(
        CONTEXT,
        "“{name}”: {clients} of clients, {revenue} of revenue and {part} of gross profit.",
        clients=clients,
        **values,
    )


def _losers(cuts: list[Cut]) -> str:
    """The lines that take more than they bring, the worst first."""
    for cut in sorted(cuts, key=lambda cut: cut.by != "channels"):
        lost = [line for name in cut.losing for line in cut.named if line.name == name]
        if lost:
            named = ", ".join(
                t(CONTEXT, "“{name}” ({profit})", name=line.name, profit=money(known(line.profit) or 0.0))
                for line in lost[:3]
            )
            return t(CONTEXT, "In loss: {names}.", names=named)
    return ""


def _flip(cut: Cut, best: Earned) -> str:
    """What the second needs, in the money by which the first was chosen."""
    own = known(best.profit) or 0.0
    others = [
        (value, line.name) for line in cut.named if line is not best and (value := known(line.profit)) is not None
    ]
    if not others:
        return t(CONTEXT, "There is nothing to compare it with: add a second line.")
    value, name = max(others)
    return t(CONTEXT, "“{name}” draws level when it leaves {more} more.", name=name, more=money(own - value))


def _numbers(first: Cut, found: Profits) -> Iterator[Number]:
    gross = known(first.gross_profit)
    if gross is None:
        return
    yield Number(
        t(CONTEXT, "Gross profit"),
        money(gross),
        badge=t(CONTEXT, "revenue − refunds − direct costs"),
        definition=t(CONTEXT, "Of all lines whose direct costs are known; revenue without costs is left out."),
    )
    if first.revenue > 0:
        yield Number(
            t(CONTEXT, "Revenue after refunds"), money(first.revenue), definition=t(CONTEXT, "Of all lines together.")
        )
    channels = found.channels
    profit = known(channels.profit) if channels and channels.spend else None
    if channels and profit is not None:
        yield Number(
            t(CONTEXT, "Channels: profit after spend"),
            money(profit),
            t(CONTEXT, "spend {spend}", spend=money(channels.spend)),
            badge=t(CONTEXT, "gross profit − spend"),
            definition=t(
                CONTEXT, "Of the days that the channels cover; spend that belongs to no channel is taken too."
            ),
        )


def _chart(cut: Cut) -> Chart | None:
    lines = [line for line in cut.lines if known(line.profit) is not None]
    if len(lines) < 2:  # noqa: PLR2004 - one bar compares nothing
        return None
    return _bars(cut, lines) if cut.by == "channels" else _pairs(cut, lines[:DRAWN])


def _bars(cut: Cut, lines: list[Earned]) -> Bars:
    order = sorted(lines, key=lambda line: (line.unknown, -(known(line.profit) or 0.0)))
    drawn = [*order[: DRAWN - 3], *order[-3:]] if len(order) > DRAWN else order
    losing = len(cut.losing)
    values = tuple(known(line.profit) or 0.0 for line in drawn)
    return Bars(
        title=t(CONTEXT, "“{name}” takes more than it brings", name=cut.losing[0])
        if losing == 1
        else tn(CONTEXT, "{n} channel takes more than it brings", "{n} channels take more than they bring", losing)
        if losing
        else t(CONTEXT, "Every channel brings more than it takes"),
        caption=t(
            CONTEXT, "Gross profit of each channel less the spend that is surely its own, {sign}.", sign=money_sign()
        ),
        labels=tuple(line.name for line in drawn),
        values=values,
        texts=tuple(money(value) for value in values),
        dull=tuple(place for place, line in enumerate(drawn) if line.unknown),
    )


def _pairs(cut: Cut, lines: list[Earned]) -> Pairs | None:
    """Shares of clients, or of revenue, against shares of profit."""
    clients = cut.by == "segments" and all(line.share_of_clients is not None for line in lines)
    besides = [line.share_of_clients if clients else known(line.share_of_revenue) for line in lines]
    parts = [known(line.share_of_profit) for line in lines]
    if None in besides or None in parts:
        return None
    gained = max(zip(parts, lines, strict=True), key=lambda pair: pair[0] or 0.0)[1]
    values = {"name": gained.name, "part": share(known(gained.share_of_profit) or 0.0)}
    own = gained.share_of_clients if clients else known(gained.share_of_revenue)
    beside = {"beside": share(own or 0.0)}
    return Pairs(
        title=t(CONTEXT, "“{name}”: {beside} of clients, {part} of profit", **values, **beside)
        if clients
        else t(CONTEXT, "“{name}”: {beside} of revenue, {part} of profit", **values, **beside),
        caption=t(CONTEXT, "Above the share of clients, below the share of gross profit.")
        if clients
        else t(CONTEXT, "Above the share of revenue, below the share of gross profit."),
        labels=tuple(line.name for line in lines),
        values=tuple(part or 0.0 for part in parts),
        texts=tuple(t(CONTEXT, "{part} of profit", part=share(part or 0.0)) for part in parts),
        beside=tuple(value or 0.0 for value in besides),
        beside_texts=tuple(
            t(CONTEXT, "{part} of clients", part=share(value or 0.0))
            if clients
            else t(CONTEXT, "{part} of revenue", part=share(value or 0.0))
            for value in besides
        ),
    )


def _table(cut: Cut) -> Table:
    title, first = {
        "segments": (t(CONTEXT, "Profit by customer segment"), t(CONTEXT, "Customer segment")),
        "products": (t(CONTEXT, "Profit by product group"), t(CONTEXT, "Product group")),
        "channels": (t(CONTEXT, "Profit by channel"), t(CONTEXT, "Channel")),
    }[cut.by]
    revenue = (t(CONTEXT, "Revenue after refunds"), lambda line: money(line.revenue))
    columns: list[tuple[str, Callable[[Earned], str]]] = [
        (t(CONTEXT, "Share of revenue"), lambda line: _share(line.share_of_revenue)),
        (t(CONTEXT, "Share of profit"), lambda line: _share(line.share_of_profit)),
        (t(CONTEXT, "Gross profit"), lambda line: _money(line.gross_profit)),
        (t(CONTEXT, "Margin"), lambda line: _share(line.margin)),
    ]
    if cut.by == "segments" and all(line.share_of_clients is not None for line in cut.lines):
        columns.insert(0, (t(CONTEXT, "Share of clients"), lambda line: share(line.share_of_clients or 0.0)))
    elif cut.spend:
        columns[:1] = [revenue]
        columns.insert(3, (t(CONTEXT, "Profit after spend"), lambda line: _money(line.profit)))
    else:
        columns.append(revenue)
    rows = tuple((line.name, *(write(line) for _, write in columns)) for line in cut.lines)
    names = (first, *(name for name, _ in columns))
    return Table(title, names, rows, _short(cut), numeric=tuple(range(1, len(names))))


def _short(cut: Cut) -> str:
    """How much of the revenue has no known costs."""
    without = sum(line.uncosted for line in cut.lines)
    if not without or cut.revenue <= 0:
        return ""
    return t(
        CONTEXT,
        "The costs of {part} of revenue are not known: that part is left out of the profit.",
        part=share(without / cut.revenue),
    )


def _notes(found: Profits) -> Iterator[str]:
    for cut in found.cuts:
        if not cut.named:
            yield _nothing_named(cut)
        elif cut.unknown:
            yield _partly(cut)
    if found.channels and found.channels.named:
        if unassigned := found.asked.unassigned_spend:
            yield t(CONTEXT, "{spend} was spent on campaigns that nobody names.", spend=money(unassigned))
        yield t(CONTEXT, "That a sale came through a channel does not prove that the channel made it.")
    yield from _turnover(found)


def _nothing_named(cut: Cut) -> str:
    if cut.by == "segments":
        return t(CONTEXT, "No order names its customer segment: keep it in the CRM or the shop and export that column.")
    if cut.by == "products":
        return t(CONTEXT, "No order names its products: export the orders with a line an item.")
    return t(
        CONTEXT, "No order says from which lead or visit it came: export the number of the lead, or of the order, too."
    )


def _partly(cut: Cut) -> str:
    part = share(cut.unknown)
    if cut.by == "segments":
        return t(CONTEXT, "{part} of revenue names no segment.", part=part)
    if cut.by == "products":
        return t(CONTEXT, "{part} of revenue names no product.", part=part)
    return t(CONTEXT, "{part} of revenue names no channel, so any of them may have brought more.", part=part)


def _turnover(found: Profits) -> Iterator[str]:
    """The line whose part of revenue is furthest above its part of profit; segments first, as people are served."""
    for cut in (found.segments, found.products):
        gap, line = max(((_gap(line), line) for line in (cut.named if cut else ())), key=_first, default=(0.0, None))
        if line is not None and gap >= FEW:
            yield t(
                CONTEXT,
                "“{name}”: {revenue} of revenue and {profit} of profit. Look at its price and costs before you "
                "advertise it.",
                name=line.name,
                revenue=_share(line.share_of_revenue),
                profit=_share(line.share_of_profit),
            )
            return


def _gap(line: Earned) -> float:
    """How far the part of revenue lies above that of profit."""
    revenue, profit = known(line.share_of_revenue), known(line.share_of_profit)
    return 0.0 if revenue is None or profit is None else revenue - profit


def _first(pair: tuple[float, Earned]) -> float:
    return pair[0]


def _money(value: float | NonAnswer) -> str:
    return "—" if isinstance(value, NonAnswer) else money(value)


def _share(value: float | NonAnswer) -> str:
    return "—" if isinstance(value, NonAnswer) else share(value)
