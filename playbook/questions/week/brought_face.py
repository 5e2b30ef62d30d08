"""How the channels, the four numbers and the first answer of a week are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from playbook.display import Section, Table, or_dash, said_minutes
from playbook.i18n import money, number, quantity, share, t

if TYPE_CHECKING:
    from playbook.questions.week import Week
    from playbook.questions.week.brought import Answering, Board, Channel

CONTEXT = "week"
NUMERIC = (1, 2, 3, 4, 5)
"""Columns of the table of channels that hold numbers."""
PROFIT = 5
"""The column of the workbook that a page has no room for: what is left says it."""


def brought(asked: Week) -> Iterator[Section]:
    """The sections that the week has figures for."""
    if asked.board:
        yield _board(asked.board)
    if asked.channels:
        yield _channels(asked.channels)
    if asked.answering:
        yield _answering(asked.answering)


def _board_lines(board: Board) -> Iterator[tuple[str, str, str]]:
    """Each number of the board: its name, the value, and how it is counted; a shop without leads has none of theirs."""
    if board.leads is not None:
        yield t(CONTEXT, "Leads"), or_dash(board.leads, number), ""
        yield t(CONTEXT, "Cost of a lead"), or_dash(board.cost_per_lead, money), t(CONTEXT, "spend ÷ leads")
        why = t(CONTEXT, "half of the week’s leads are still open") if board.lead_to_sale is None else ""
        yield t(CONTEXT, "Conversion to a sale"), or_dash(board.lead_to_sale, share), why
    yield (
        t(CONTEXT, "Gross profit"),
        or_dash(board.gross_profit, money),
        t(CONTEXT, "after discounts, refunds, direct costs"),
    )
    yield t(CONTEXT, "Advertising"), or_dash(board.spend, money), ""
    yield t(CONTEXT, "Left after advertising"), or_dash(board.left, money), t(CONTEXT, "gross profit − advertising")
    yield t(CONTEXT, "Honest ROMI"), or_dash(board.romi, share), t(CONTEXT, "what is left ÷ advertising")


def _answering_lines(found: Answering) -> Iterator[tuple[str, str, str]]:
    """Each figure of the first answer: its name, the value, and of what it is."""
    promise = quantity(found.sla_minutes, "minute")
    counted = t(CONTEXT, "{answered} of {leads} leads", answered=number(found.answered), leads=number(found.leads))
    of_all = t(CONTEXT, "of all leads; promised: {minutes}", minutes=promise)
    yield t(CONTEXT, "With a first contact"), share(found.answered / found.leads if found.leads else 0.0), counted
    yield t(CONTEXT, "Answered in time"), share(found.within_sla), of_all
    yield t(CONTEXT, "Half waited no longer than"), said_minutes(found.median_minutes), ""
    yield t(CONTEXT, "Nine of ten waited no longer than"), said_minutes(found.p90_minutes), ""
    if found.stale is not None:
        yield t(CONTEXT, "Stale"), number(found.stale), t(CONTEXT, "open and untouched for too long")


def channel_heads() -> tuple[str, ...]:
    """The columns of the table of channels, those of a workbook."""
    return (
        t(CONTEXT, "Channel"),
        t(CONTEXT, "Leads"),
        t(CONTEXT, "Sales"),
        t(CONTEXT, "Advertising"),
        t(CONTEXT, "Cost of a lead"),
        t(CONTEXT, "Gross profit"),
        t(CONTEXT, "Left after advertising"),
    )


def _board(board: Board) -> Table:
    columns = (t(CONTEXT, "Number"), t(CONTEXT, "This week"), t(CONTEXT, "How it is counted"))
    return Table(t(CONTEXT, "The four numbers of the week"), columns, tuple(_board_lines(board)), numeric=(1,))


def _channels(channels: tuple[Channel, ...]) -> Table:
    rows = tuple(
        (
            one.name,
            or_dash(one.leads, number),
            or_dash(one.sales, number),
            or_dash(one.spend, money),
            or_dash(one.cost_per_lead, money),
            or_dash(one.left, money),
        )
        for one in channels
    )
    own = any(one.leads for one in channels)
    note = t(CONTEXT, "Sales are won leads of this week; profit is of its payments, those of earlier leads too.")
    heads = tuple(name for place, name in enumerate(channel_heads()) if place != PROFIT)
    return Table(t(CONTEXT, "Channels of the week"), heads, rows, note if own else "", numeric=NUMERIC)


def _answering(found: Answering) -> Table:
    columns = (t(CONTEXT, "Figure"), t(CONTEXT, "This week"), t(CONTEXT, "Of what"))
    return Table(t(CONTEXT, "How soon leads were answered"), columns, tuple(_answering_lines(found)), numeric=(1,))
