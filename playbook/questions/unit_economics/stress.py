"""What is left of a sound answer when something goes wrong: the usual blows, one at a time and all at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from playbook import rules
from playbook.display import Table, word
from playbook.errors import InvalidInput
from playbook.i18n import money, number, share, t
from playbook.model import known

if TYPE_CHECKING:
    from playbook.questions.unit_economics import Economics, UnitEconomics

CONTEXT = "unit-economics"


def table(found: Economics) -> Table:
    """The admissible CAC, the present one and the verdict after each blow."""
    columns = (t(CONTEXT, "If"), t(CONTEXT, "A client costs"), t(CONTEXT, "Admissible CAC"), t(CONTEXT, "Verdict"))
    rows = (*(_row(blow.words, blow.after) for blow in blows(found.asked)), *_untold(found.asked))
    note = t(CONTEXT, "One blow at a time, then all three; their sizes are our own.")
    if found.asked.cac_without_largest is not None:
        note += " " + t(CONTEXT, "Without the channel a client costs what the others take for one now.")
    elif found.asked.largest_channel:
        note += " " + t(CONTEXT, "What a client costs in the other channels is not known.")
    return Table(t(CONTEXT, "If it gets worse"), columns, rows, note, numeric=(1, 2))


@dataclass(frozen=True)
class Blow:
    """What may go wrong, in words, and the question after it."""

    name: Literal["price", "conversion", "refunds", "all", "channel"]
    words: str
    after: UnitEconomics


def blows(asked: UnitEconomics) -> Iterator[Blow]:
    """Each blow, all of them together, and the largest channel gone as far as it is known what the others take."""
    price, conversion, refunds = (rules.get(f"stress_{name}").number for name in ("price", "conversion", "refunds"))
    less = {"price": asked.price * (1 - price)}
    more = {"refund_rate": min(1.0, asked.refund_rate + refunds)}
    dearer = {"cac": (asked.cac or 0.0) / (1 - conversion)}
    yield Blow("price", t(CONTEXT, "the price falls by {n}", n=share(price)), _after(asked, less))
    yield Blow("conversion", t(CONTEXT, "conversion falls by {n}", n=share(conversion)), _after(asked, dearer))
    yield Blow("refunds", t(CONTEXT, "refunds grow by {n} points", n=number(100 * refunds)), _after(asked, more))
    yield Blow("all", t(CONTEXT, "all three at once"), _after(asked, {**less, **more, **dearer}))
    if asked.largest_channel and asked.sales_without_largest is not None and asked.cac_without_largest is not None:
        yield Blow("channel", _gone(asked), _after(asked, {"cac": asked.cac_without_largest}))


def _untold(asked: UnitEconomics) -> Iterator[tuple[str, str, str, str]]:
    """The largest channel gone, while it is not known what the others take for a client."""
    if asked.largest_channel and asked.sales_without_largest is not None and asked.cac_without_largest is None:
        yield _gone(asked), "—", _row("", asked)[2], word("wait")


def _gone(asked: UnitEconomics) -> str:
    left = share(asked.sales_without_largest or 0.0)
    words = "“{name}”, the largest channel, is gone: at most {left} of sales stay"
    return t(CONTEXT, words, name=asked.largest_channel, left=left)


def _after(asked: UnitEconomics, changed: dict[str, float]) -> UnitEconomics:
    try:
        return type(asked)(**{**asked.given(), **changed})
    except InvalidInput:  # a blow beyond what a field can hold leaves things as they are
        return asked


def _row(name: str, asked: UnitEconomics) -> tuple[str, str, str, str]:
    answer = asked.solve()
    limit = known(answer.admissible_cac)
    shown = "—" if limit is None else t(CONTEXT, "below {limit}", limit=money(limit))
    return name, money(asked.cac or 0.0), shown, word(answer.verdict)
