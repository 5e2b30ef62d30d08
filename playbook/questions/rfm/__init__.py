"""Which clients are the best, which fall asleep, and to whom to write now.

The question and its answer are here; how the answer is shown is in `face`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cached_property
from statistics import median
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from playbook import rules, units
from playbook.display import Face, harmless
from playbook.errors import InvalidInput, Problem
from playbook.i18n import number, t, tn
from playbook.methods import rfm
from playbook.model import Inputs, NonAnswer, Part, Result
from playbook.questions.rfm.face import face, names

CONTEXT = "rfm"
RULE, SILENCE, CAME_BACK = "rfm_clients", "reactivation_days", "repeat_clients"
LATE = 2.0
"""So many usual gaps after the last purchase nobody is due any more."""
OWN_ORDERS = 3
"""From so many purchases on, a client's own gap counts."""
HIGH, MIDDLE = 4, 3
Name = Literal["champions", "loyal", "new", "cooling", "at_risk", "asleep"]
Trigger = Literal["silent", "due"]
SEGMENTS: tuple[Name, ...] = ("champions", "loyal", "new", "cooling", "at_risk", "asleep")


class Buyer(Part):
    """One client with what they bought, up to the last day of the data."""

    name_of_question = CONTEXT

    client: Annotated[units.Name, Field(min_length=1)]
    """Client

    Any id that you can find again; no name and no phone are needed."""
    orders: Annotated[units.Count, Field(ge=1)]
    """Purchases"""
    silent_days: units.Number
    """Days since the last purchase"""
    money: units.Balance
    """Paid in all

    After refunds."""
    gap_days: units.Number | None = None
    """Days between purchases

    The mean of this client; empty after one purchase."""
    last_order: units.Name = ""
    """Number of the last order

    By it you find the client in your own system."""


class Rfm(Inputs):
    """Ask who the best clients are, and who waits for a word, by recency, frequency and money.

    >>> rows = [{"client": str(n), "orders": 1 + n // 40, "silent_days": 90 - n, "money": n} for n in range(60)]
    >>> found = Rfm(customers=rows).solve()
    >>> [one.name for one in found.segments][:2], found.audiences[0].clients
    (['champions', 'loyal'], 30)
    """

    name = CONTEXT
    groups: ClassVar = (("Clients", ("customers",)), ("Reactivation", ("silent_from", "silent_to")))

    customers: Annotated[tuple[Buyer, ...], Field(min_length=1, max_length=2_000_000)]
    """Clients

    A row for each client who has bought."""
    silent_from: units.Days = Field(default_factory=lambda: rules.get(SILENCE).span[0])
    """Silent for at least"""
    silent_to: units.Days = Field(default_factory=lambda: rules.get(SILENCE).span[1])
    """Silent for at most"""

    @model_validator(mode="after")
    def _whole(self) -> Rfm:
        if self.silent_from > self.silent_to:
            what = t(CONTEXT, "The silence ends before it begins.")
            saw = f"silent_from={self.silent_from:g}, silent_to={self.silent_to:g}"
            raise InvalidInput(
                [Problem("silent_to", what, saw, t(CONTEXT, "write the longer time into the second field"))]
            )
        seen: set[str] = set()
        for place, one in enumerate(self.customers):
            if one.client in seen:
                what, hint = t(CONTEXT, "A client stands in two rows."), t(CONTEXT, "one row a client")
                raise InvalidInput([Problem(f"customers.{place}.client", what, f"client={one.client}", hint)])
            seen.add(one.client)
        return self

    def usual_gap(self) -> float | None:
        """Days between purchases, the median of clients who came back; None while too few have."""
        gaps = [one.gap_days for one in self.customers if one.gap_days]
        return float(median(gaps)) if len(gaps) >= rules.get(CAME_BACK).number else None

    def solve(self) -> Ranked:
        """The segments of all clients, and the two audiences to write to."""
        scored = self._scores()
        least = round(rules.get(RULE).number)
        money = sum(one.money for one in self.customers)
        segments = tuple(
            _segment(name, [one for one in scored if one.segment == name], self, money) for name in SEGMENTS
        )
        gap = self.usual_gap()
        silent = [one for one in self.customers if self.silent_from <= one.silent_days <= self.silent_to]
        due = [one for one in self.customers if _due(one, gap)]
        return Ranked(
            asked=self,
            segments=segments if len(self.customers) >= least else (),
            refused=None if len(self.customers) >= least else _too_few(len(self.customers), least),
            audiences=(_audience("silent", silent), _audience("due", due)),
            usual_gap=_no_gap() if gap is None else gap,
        )

    def _scores(self) -> list[Scored]:
        """Every client with the three scores and the segment, in the order of the rows."""
        columns = np.array([(one.silent_days, one.orders, one.money) for one in self.customers], dtype=float).T
        three = [rfm.scores(column, more_is_better=bool(place)) for place, column in enumerate(columns)]
        return [
            Scored(client=one.client, r=r, f=f, m=m, segment=segment(r, f, m))
            for one, (r, f, m) in zip(
                self.customers, zip(*(column.tolist() for column in three), strict=True), strict=True
            )
        ]


def segment(r: int, f: int, m: int) -> Name:
    """The segment of three scores: by recency, and by the mean of frequency and money.

    >>> segment(5, 5, 3), segment(3, 3, 3), segment(5, 1, 2), segment(3, 1, 1), segment(1, 5, 5), segment(1, 1, 1)
    ('champions', 'loyal', 'new', 'cooling', 'at_risk', 'asleep')
    """
    value = (f + m) / 2
    if r >= HIGH and value >= HIGH:
        return "champions"
    if r >= MIDDLE and value >= MIDDLE:
        return "loyal"
    if r >= MIDDLE:
        return "new" if r >= HIGH else "cooling"
    return "at_risk" if value >= MIDDLE else "asleep"


class Scored(Result):
    """One client's scores, 1 to 5, and segment."""

    client: str
    r: int
    f: int
    m: int
    segment: Name


class Segment(Result):
    """One segment; shares are 0-1 of all clients and of all money, `orders` and `silent_days` are means."""

    name: Name
    clients: int
    share_of_clients: float
    money: float
    share_of_money: float | NonAnswer
    orders: float | NonAnswer
    silent_days: float | NonAnswer


class Audience(Result):
    """Clients for whom a scenario begins now, by id."""

    name: Trigger
    clients: int
    money: float
    ids: tuple[str, ...]


class Ranked(Result):
    """The segments, and the audiences of the two scenarios: reactivation, and the next purchase by its time.

    `usual_gap` are the days between two purchases, the median of those who came back.
    """

    asked: Rfm = Field(exclude=True, repr=False)
    segments: tuple[Segment, ...]
    refused: NonAnswer | None
    audiences: tuple[Audience, ...]
    usual_gap: float | NonAnswer

    @cached_property
    def scored(self) -> tuple[Scored, ...]:
        """Every client with scores and segment, in the order of the rows."""
        return tuple(self.asked._scores())  # noqa: SLF001 - its own answer

    @property
    def lists(self) -> tuple[str, ...]:
        """What `csv` can be asked for."""
        return "all", *(one.name for one in self.audiences), *(one.name for one in self.segments)

    def csv(self, which: str = "all") -> str:
        """The clients of an audience, of a segment or all of them as a table: ids and numbers, nothing personal."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        specs = {spec.name: spec.label for spec in Buyer.fields()}
        columns = ("client", "last_order", "orders", "silent_days", "money")
        writer.writerow([*(specs[name] for name in columns), "R", "F", "M", t(CONTEXT, "Segment")])
        chosen = next((set(one.ids) for one in self.audiences if one.name == which), None)
        told = names()
        for one, score in zip(self.asked.customers, self.scored, strict=True):
            if which in ("all", score.segment) if chosen is None else one.client in chosen:
                cells = [
                    harmless(one.client),
                    harmless(one.last_order),
                    one.orders,
                    f"{one.silent_days:g}",
                    f"{one.money:.2f}",
                ]
                writer.writerow([*cells, score.r, score.f, score.m, told[score.segment]])
        return out.getvalue()

    def face(self) -> Face:
        """To whom to write, and what part of the money each segment brings."""
        return face(self)


def _due(one: Buyer, usual: float | None) -> bool:
    """Whether it is time for the next purchase: one usual gap has passed since the last one, and not yet two."""
    gap = one.gap_days if one.gap_days and one.orders >= OWN_ORDERS else usual
    return bool(gap) and gap <= one.silent_days < LATE * gap  # type: ignore[operator]


def _segment(name: Name, scored: Sequence[Scored], asked: Rfm, money: float) -> Segment:
    ids = {one.client for one in scored}
    rows = [one for one in asked.customers if one.client in ids]
    own = sum(one.money for one in rows)
    nobody = NonAnswer(status="undefined", reason=t(CONTEXT, "nobody is in this segment"))
    return Segment(
        name=name,
        clients=len(rows),
        share_of_clients=len(rows) / len(asked.customers),
        money=own,
        share_of_money=own / money if money > 1e-9 * sum(abs(one.money) for one in asked.customers) else _no_money(),
        orders=sum(one.orders for one in rows) / len(rows) if rows else nobody,
        silent_days=sum(one.silent_days for one in rows) / len(rows) if rows else nobody,
    )


def _audience(name: Trigger, rows: Sequence[Buyer]) -> Audience:
    return Audience(
        name=name, clients=len(rows), money=sum(one.money for one in rows), ids=tuple(one.client for one in rows)
    )


def _too_few(clients: int, least: int) -> NonAnswer:
    reason = tn(
        CONTEXT,
        "only {n} client has bought, and {least} are needed to tell fifths apart",
        "only {n} clients have bought, and {least} are needed to tell fifths apart",
        clients,
        least=number(least),
    )
    return NonAnswer(status="not_yet", reason=reason, hint=t(CONTEXT, "take orders of a longer time"))


def _no_money() -> NonAnswer:
    return NonAnswer(
        status="undefined",
        reason=t(CONTEXT, "nobody has paid anything"),
        hint=t(CONTEXT, "enter what each client has paid"),
    )


def _no_gap() -> NonAnswer:
    return NonAnswer(
        status="not_yet",
        reason=t(CONTEXT, "too few clients have come back to know after how long one does"),
        hint=t(CONTEXT, "take orders of a longer time"),
    )
