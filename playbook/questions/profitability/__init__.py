"""Which channels, customer segments and product groups make the profit, and which only make turnover.

The question and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from playbook import units
from playbook.display import Face
from playbook.errors import InvalidInput, Problem
from playbook.i18n import t
from playbook.model import Inputs, NonAnswer, Part, Result, known
from playbook.questions.profitability.face import face

CONTEXT = "profitability"
TINY = 1e-9
"""Of all the money, below which a sum is the computer's and nobody's."""
By = Literal["segments", "products", "channels"]


class Line(Part):
    """One channel, segment or product group with what it brought in the period."""

    name_of_question = CONTEXT

    name: units.Name = Field(min_length=1)
    """Name"""
    revenue: units.Money
    """Revenue

    Paid, after discounts and before refunds."""
    refunds: units.Money = 0.0
    """Refunds"""
    direct_costs: units.Money | None = None
    """Direct costs

    Of what stayed with clients: goods, materials, pay per order. Empty when nobody knows: profit is not guessed."""
    uncosted: units.Money = 0.0
    """Revenue without known costs

    After refunds. It is left out of the profit."""
    spend: units.Money | None = None
    """Spend on marketing

    Only what was surely spent on this very line."""
    clients: units.Count | None = None
    """Clients"""
    unknown: bool = False
    """Nobody knows which one

    Orders that name no channel, segment or product."""

    @property
    def net(self) -> float:
        """Revenue that was kept."""
        return self.revenue - self.refunds

    @property
    def gross_profit(self) -> float | None:
        """Of the revenue whose costs are known; None where no costs are."""
        return None if self.direct_costs is None else self.net - self.uncosted - self.direct_costs


Lines = Annotated[tuple[Line, ...], Field(max_length=200)]


class Profitability(Inputs):
    """Ask who makes the profit. Turnover does not say.

    >>> rows = [{"name": "implants", "revenue": 100, "direct_costs": 90}]
    >>> rows += [{"name": "treatment", "revenue": 50, "direct_costs": 20}]
    >>> found = Profitability(segments=rows).solve()
    >>> found.segments.most, found.segments.lines[0].share_of_profit, found.segments.lines[0].share_of_revenue
    ('treatment', 0.75, 0.3333333333333333)
    """

    name = CONTEXT
    groups: ClassVar = (
        ("Customer segments", ("segments",)),
        ("Products", ("products",)),
        ("Channels", ("channels", "unassigned_spend")),
    )

    segments: Lines = ()
    """Customer segments"""
    products: Lines = ()
    """Product groups"""
    channels: Lines = ()
    """Channels

    Campaigns and sources."""
    unassigned_spend: units.Money | None = None
    """Spend that belongs to no channel of the list"""

    @model_validator(mode="after")
    def _whole(self) -> Profitability:
        if not any(self.cut(by) for by in ("segments", "products", "channels")):
            what = t(CONTEXT, "There is nothing to compare.")
            raise InvalidInput([Problem("segments", what, "", t(CONTEXT, "enter segments, products or channels"))])
        for by in ("segments", "products", "channels"):
            self._check(by)
        return self

    def _check(self, by: str) -> None:
        """Each line bears a name of its own, and no more is left out of it than it brought."""
        lines = self.cut(by)
        counted = Counter((units.folded(line.name), line.unknown) for line in lines)
        for place, line in enumerate(lines):
            if counted[units.folded(line.name), line.unknown] > 1:
                what = t(CONTEXT, "“{name}” stands in the list twice.", name=line.name)
                hint = t(CONTEXT, "give each a name of its own")
                raise InvalidInput([Problem(f"{by}.{place}.name", what, f"name={line.name}", hint)])
            if line.uncosted > max(line.net, 0.0) * (1 + TINY) + TINY:
                what = t(CONTEXT, "“{name}” has more revenue without costs than revenue.", name=line.name)
                saw = f"uncosted={line.uncosted:g}, revenue={line.revenue:g}, refunds={line.refunds:g}"
                hint = t(CONTEXT, "it is a part of the revenue after refunds")
                raise InvalidInput([Problem(f"{by}.{place}.uncosted", what, saw, hint)])

    def cut(self, by: str) -> tuple[Line, ...]:
        """The lines of one of the three lists."""
        found: tuple[Line, ...] = getattr(self, by)
        return found

    def solve(self) -> Profits:
        """Gross profit, margin and shares of every line, and who makes most of the profit."""
        unassigned = self.unassigned_spend or 0.0
        return Profits(
            asked=self,
            segments=_cut("segments", self.segments, 0.0),
            products=_cut("products", self.products, 0.0),
            channels=_cut("channels", self.channels, unassigned),
        )


class Earned(Result):
    """What one line earns. Shares are 0-1 of all lines; a loss makes a share of profit negative."""

    name: str
    unknown: bool
    revenue: float
    """After refunds."""
    gross_profit: float | NonAnswer
    margin: float | NonAnswer
    profit: float | NonAnswer
    """Gross profit less the spend that is surely its own."""
    share_of_revenue: float | NonAnswer
    share_of_profit: float | NonAnswer
    share_of_clients: float | None
    """Of segments only: a client buys of several products and comes by several channels."""
    uncosted: float


class Cut(Result):
    """The lines of one list, the largest gross profit first; `profit` is after all spend, also that of no line."""

    by: By
    lines: tuple[Earned, ...]
    revenue: float
    gross_profit: float | NonAnswer
    profit: float | NonAnswer
    spend: float
    most: str | NonAnswer
    """The line that earns most: by gross profit, of channels by profit after spend."""
    losing: tuple[str, ...]
    """Lines that take more than they bring."""
    sure: bool
    """Whether the first place holds whatever is not told: revenue of unknown lines, and revenue without costs."""

    @property
    def named(self) -> tuple[Earned, ...]:
        """The lines that have a name."""
        return tuple(line for line in self.lines if not line.unknown)

    @property
    def unknown(self) -> float:
        """The part of revenue that no line is named for."""
        return sum(line.revenue for line in self.lines if line.unknown) / self.revenue if self.revenue > 0 else 0.0


class Profits(Result):
    """Who makes the profit, by customer segment, by product group and by channel."""

    asked: Profitability = Field(exclude=True, repr=False)
    segments: Cut | None
    products: Cut | None
    channels: Cut | None

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """The lists that were given."""
        return tuple(cut for cut in (self.segments, self.products, self.channels) if cut)

    def face(self) -> Face:
        """Who makes the profit, who loses money, and every line in figures."""
        return face(self)


def _cut(by: By, lines: Sequence[Line], unassigned: float) -> Cut | None:
    if not lines:
        return None
    revenue = sum(line.net for line in lines)
    scale = sum(line.revenue + line.refunds + (line.direct_costs or 0.0) for line in lines) * TINY
    costed = [line.gross_profit for line in lines if line.gross_profit is not None]
    gross = sum(costed) if costed else None
    spend = sum(line.spend or 0.0 for line in lines) + unassigned
    clients = _clients(lines) if by == "segments" else None
    earned = [_earned(line, revenue, gross, clients, scale) for line in lines]
    worth = {line.name: _worth(line) for line in lines if not line.unknown}
    ranked = sorted(((value, name) for name, value in worth.items() if value is not None), reverse=True)
    return Cut(
        by=by,
        lines=tuple(sorted(earned, key=lambda one: (one.unknown, -(known(one.gross_profit) or 0.0)))),
        revenue=revenue,
        gross_profit=_no_costs() if gross is None else gross,
        profit=_no_costs() if gross is None else gross - spend,
        spend=spend,
        most=ranked[0][1] if ranked and ranked[0][0] > scale else _nobody(costed=bool(ranked)),
        losing=tuple(name for value, name in reversed(ranked) if value < -scale),
        sure=_sure(lines, ranked),
    )


def _worth(line: Line) -> float | None:
    """Gross profit less the line's own spend."""
    return None if line.gross_profit is None else line.gross_profit - (line.spend or 0.0)


def _sure(lines: Sequence[Line], ranked: Sequence[tuple[float, str]]) -> bool:
    """Whether the first would stay first if the second had earned all that nobody knows whose it is."""
    if not ranked:
        return False
    first = ranked[0][0]
    loose = sum(
        line.net if line.gross_profit is None else max(line.gross_profit, 0.0) + line.uncosted
        for line in lines
        if line.unknown
    )
    rivals = [
        (value or 0.0) + (line.net if value is None else line.uncosted)
        for line in lines
        if not line.unknown and line.name != ranked[0][1]
        for value in (_worth(line),)
    ]
    return not rivals or first > max(rivals) + loose


def _clients(lines: Sequence[Line]) -> int | None:
    """All clients, where every line says how many it has; a client of two lines counts in both."""
    counts = [line.clients for line in lines]
    return sum(count for count in counts if count) or None if None not in counts else None


def _earned(line: Line, revenue: float, gross: float | None, clients: int | None, scale: float) -> Earned:
    own, costed = line.gross_profit, line.net - line.uncosted
    worth = _worth(line)
    return Earned(
        name=line.name,
        unknown=line.unknown,
        revenue=line.net,
        gross_profit=_no_costs() if own is None else own,
        margin=_no_costs() if own is None else own / costed if costed > scale else _no_revenue(),
        profit=_no_costs() if worth is None else worth,
        share_of_revenue=line.net / revenue if revenue > scale else _no_revenue(),
        share_of_profit=_no_costs() if own is None or gross is None else own / gross if gross > scale else _no_profit(),
        share_of_clients=(line.clients or 0) / clients if clients else None,
        uncosted=line.uncosted,
    )


def _no_costs() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "its direct costs are not known, and a profit is not guessed"),
        hint=t(CONTEXT, "enter direct costs, or import a table of products with the cost of one"),
    )


def _no_revenue() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "nothing is left of the revenue after refunds"),
        hint=t(CONTEXT, "take a longer period"),
    )


def _no_profit() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "all of them together make no profit to have a share of"),
        hint=t(CONTEXT, "look at the margin of each line"),
    )


def _nobody(*, costed: bool) -> NonAnswer:
    if not costed:
        return _no_costs()
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "no line brings more than it takes"),
        hint=t(CONTEXT, "look at the margin of each line"),
    )
