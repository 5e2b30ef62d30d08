"""The four numbers of a week, its channels and the first answer as sheets whose sums and ratios are live formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from playbook.i18n import t
from playbook.questions.week import Week
from playbook.questions.week.brought import Answering, Board, Channel
from playbook.questions.week.brought_face import channel_heads
from playbook.report.weekly import cells

CONTEXT = "week"
ADDED = {1: "leads", 2: "sales", 3: "spend", 5: "profit"}
"""Columns of the channels that may be added up, and what stands in them."""
RATIO, LEFT = 4, 6
"""The columns of the cost of a lead and of what is left after advertising."""
Line = tuple[str, float | None, str, str]
"""What it is, its value, its look, and the formula behind it."""


def write(book: Any, looks: dict[str, Any], asked: Week) -> None:
    """The sheets for which the week has figures."""
    if asked.board:
        _lines(book.add_worksheet(t(CONTEXT, "Four numbers")), looks, tuple(_board(asked.board)))
    if asked.channels:
        _channels(book.add_worksheet(t(CONTEXT, "Channels")), looks, asked.channels)
    if asked.answering:
        _lines(book.add_worksheet(t(CONTEXT, "Lead speed")), looks, tuple(_answering(asked.answering)))


def _board(board: Board) -> Iterator[Line]:
    yield t(CONTEXT, "Leads"), board.leads, "number", ""
    yield t(CONTEXT, "Cost of a lead"), board.cost_per_lead, "number", ""
    yield t(CONTEXT, "Conversion to a sale"), board.lead_to_sale, "share", ""
    yield t(CONTEXT, "Gross profit"), board.gross_profit, "number", ""
    yield t(CONTEXT, "Advertising"), board.spend, "number", ""
    yield t(CONTEXT, "Left after advertising"), board.left, "number", "=B5-B6"
    yield t(CONTEXT, "Honest ROMI"), board.romi, "share", "=B7/B6"


def _answering(found: Answering) -> Iterator[Line]:
    yield t(CONTEXT, "Leads"), found.leads, "number", ""
    yield t(CONTEXT, "With a first contact"), found.answered, "number", ""
    part = found.answered / found.leads if found.leads else None
    yield t(CONTEXT, "Part with a first contact"), part, "share", "=B3/B2"
    yield t(CONTEXT, "Minutes to the first contact that are promised"), found.sla_minutes, "number", ""
    yield t(CONTEXT, "Answered in time"), found.within_sla, "share", ""
    yield t(CONTEXT, "Typical wait, minutes"), found.median_minutes, "number", ""
    yield t(CONTEXT, "Nine of ten waited no longer, minutes"), found.p90_minutes, "number", ""
    yield t(CONTEXT, "Stale"), found.stale, "number", ""


def _lines(page: Any, looks: dict[str, Any], lines: Sequence[Line]) -> None:
    """A figure a line; what is not known stays empty."""
    cells.head(page, looks, (t(CONTEXT, "Figure"), t(CONTEXT, "This week")), (46, 18), (1,))
    for place, (name, value, look, formula) in enumerate(lines, 1):
        page.write_string(place, 0, name, looks["text"])
        if value is None:
            continue
        written = cells.look(looks, look, value)
        if formula:
            page.write_formula(place, 1, formula, written, value)
        else:
            page.write_number(place, 1, value, written)


def _channels(page: Any, looks: dict[str, Any], channels: Sequence[Channel]) -> None:
    """A channel a line, and their sums; a ratio of sums is never the sum of ratios."""
    cells.head(page, looks, channel_heads(), (34, *(16 for _ in channel_heads()[1:])), range(1, len(channel_heads())))
    for place, one in enumerate(channels, 1):
        page.write_string(place, 0, one.name, looks["text"])
        for column, field in ADDED.items():
            if (value := getattr(one, field)) is not None:
                page.write_number(place, column, value, cells.look(looks, "number", value))
        _ratios(page, place, looks, "number", one)
    last, whole = len(channels), _sum(channels)
    page.write_string(last + 1, 0, t(CONTEXT, "All channels"), looks["total"])
    for column, field in ADDED.items():
        if (value := getattr(whole, field)) is not None:
            name = "ABCDEFG"[column]
            look = cells.look(looks, "total", value)
            page.write_formula(last + 1, column, f"=SUM({name}2:{name}{last + 1})", look, value)
    _ratios(page, last + 1, looks, "total", whole)


def _ratios(page: Any, place: int, looks: dict[str, Any], name: str, one: Channel) -> None:
    row = place + 1
    if one.cost_per_lead is not None:
        page.write_formula(
            place, RATIO, f"=D{row}/B{row}", cells.look(looks, name, one.cost_per_lead), one.cost_per_lead
        )
    if one.left is not None:
        page.write_formula(place, LEFT, f"=F{row}-D{row}", cells.look(looks, name, one.left), one.left)


def _sum(channels: Sequence[Channel]) -> Channel:
    """All channels as one; what no channel tells is not known."""
    told = {
        field: [value for one in channels if (value := getattr(one, field)) is not None] for field in ADDED.values()
    }
    return Channel(name="", **{field: sum(values) for field, values in told.items() if values})
