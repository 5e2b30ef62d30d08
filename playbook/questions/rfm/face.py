"""How segments and audiences are shown: to whom to write now, and who brings the money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from playbook import rules
from playbook.charts import Columns, Pairs
from playbook.display import Face, Number, Point, Points, Section, Table, Verdict, sentence, word
from playbook.i18n import money, number, quantity, share, t, tn
from playbook.model import NonAnswer, known

if TYPE_CHECKING:
    from playbook.questions.rfm import Ranked

CONTEXT = "rfm"
RULE = "rfm_clients"
STEP = 30
"""Days of silence that are drawn in one column."""
DRAWN = 8


def names() -> dict[str, str]:
    """The segments as people call them."""
    return {
        "champions": t(CONTEXT, "Champions"),
        "loyal": t(CONTEXT, "Loyal"),
        "new": t(CONTEXT, "New"),
        "cooling": t(CONTEXT, "Cooling"),
        "at_risk": t(CONTEXT, "At risk"),
        "asleep": t(CONTEXT, "Asleep"),
    }


def face(found: Ranked) -> Face:
    """The two audiences first, then the segments with their money and what to do with each."""
    segments = [one for one in found.segments if one.clients]
    return Face(
        verdict=_said(found),
        numbers=tuple(_numbers(found)),
        chart=_pairs(found) if len(segments) > 1 else _silence(found),
        sections=tuple(_sections(found)),
        notes=tuple(_notes(found)),
        rules=(rules.check(RULE, len(found.asked.customers)),),
        further=(_silence(found),) if len(segments) > 1 else (),
    )


def _said(found: Ranked) -> Verdict:
    silent, due = found.audiences
    flip = t(CONTEXT, "Every day the lists are others: take them fresh before you write.")
    because = _weight(found)
    if not (silent.clients or due.clients):
        say = t(CONTEXT, "Nobody has been silent that long, and nobody is due to buy again.")
        return Verdict("wait", word("wait"), say, because, flip)
    low, high = number(found.asked.silent_from), number(found.asked.silent_to)
    say = tn(
        CONTEXT,
        "{n} client has been silent for {low} to {high} days",
        "{n} clients have been silent for {low} to {high} days",
        silent.clients,
        low=low,
        high=high,
    )
    if not isinstance(found.usual_gap, NonAnswer):
        say += tn(CONTEXT, ", and {n} is due to buy again", ", and {n} are due to buy again", due.clients)
    return Verdict("yes", t(CONTEXT, "Write to them now"), say + ".", because, flip)


def _weight(found: Ranked) -> str:
    """Which part of the money the best clients bring; why there are no segments where there are none."""
    if found.refused:
        return sentence(found.refused.reason)
    best = found.segments[0]
    part = known(best.share_of_money)
    if part is None or not best.clients:
        return ""
    return t(
        CONTEXT,
        "Champions are {clients} of clients and bring {part} of the money.",
        clients=share(best.share_of_clients),
        part=share(part),
    )


def _numbers(found: Ranked) -> Iterator[Number]:
    silent, due = found.audiences
    low, high = number(found.asked.silent_from), number(found.asked.silent_to)
    yield Number(
        t(CONTEXT, "Reactivation"),
        number(silent.clients),
        t(CONTEXT, "paid {money} so far", money=money(silent.money)) if silent.clients else "",
        badge=t(CONTEXT, "silent {low}–{high} days", low=low, high=high),
        definition=t(CONTEXT, "Clients whose last purchase lies so many days before the last day of the data."),
    )
    if isinstance(found.usual_gap, NonAnswer):
        return
    yield Number(
        t(CONTEXT, "Due to buy again"),
        number(due.clients),
        t(CONTEXT, "paid {money} so far", money=money(due.money)) if due.clients else "",
        badge=t(CONTEXT, "one gap passed, not yet two"),
        definition=t(
            CONTEXT,
            "The gap is a client's own from the third purchase on, before it the usual one of all who came back.",
        ),
    )
    yield Number(
        t(CONTEXT, "Usual gap between purchases"),
        quantity(round(found.usual_gap), "day"),
        badge=t(CONTEXT, "median"),
        definition=t(CONTEXT, "Of the clients who came back; those who have not yet would make it longer."),
    )


def _pairs(found: Ranked) -> Pairs | None:
    """The share of clients of each segment against its share of money."""
    told = [(one, part) for one in found.segments if (part := known(one.share_of_money)) is not None and one.clients]
    if not told:
        return None
    best, top = max(told, key=lambda pair: pair[1] - pair[0].share_of_clients)
    values = {"name": names()[best.name], "clients": share(best.share_of_clients), "part": share(top)}
    return Pairs(
        title=t(CONTEXT, "{name}: {clients} of clients, {part} of the money", **values),
        caption=t(CONTEXT, "Above the share of clients, below the share of what was paid."),
        labels=tuple(names()[one.name] for one, _ in told),
        values=tuple(part for _, part in told),
        texts=tuple(t(CONTEXT, "{part} of the money", part=share(part)) for _, part in told),
        beside=tuple(one.share_of_clients for one, _ in told),
        beside_texts=tuple(t(CONTEXT, "{part} of clients", part=share(one.share_of_clients)) for one, _ in told),
    )


def _silence(found: Ranked) -> Columns:
    """Clients by the days since their last purchase; the time of reactivation in the accent."""
    counts = [0] * (DRAWN + 1)
    for one in found.asked.customers:
        counts[min(int(one.silent_days // STEP), DRAWN)] += 1
    low, high = found.asked.silent_from, found.asked.silent_to
    first = min(int(low // STEP), DRAWN)
    last = max(min(int(-(-high // STEP)), DRAWN + 1), first + 1)
    return Columns(
        title=tn(
            CONTEXT,
            "{n} client has been silent for {low} to {high} days",
            "{n} clients have been silent for {low} to {high} days",
            found.audiences[0].clients,
            low=number(low),
            high=number(high),
        ),
        caption=t(
            CONTEXT, "Clients by the days since their last purchase, by the month; the last column has all others."
        ),
        labels=tuple(f"{place * STEP}+" for place in range(DRAWN + 1)),
        values=tuple(map(float, counts)),
        first=first,
        lit=last,
    )


def _sections(found: Ranked) -> Iterator[Section]:
    if not found.segments:
        return
    rows = tuple(
        (
            names()[one.name],
            number(one.clients),
            share(one.share_of_clients),
            _told(one.share_of_money, share),
            _told(one.orders, number),
            _told(one.silent_days, lambda days: number(round(days))),
        )
        for one in found.segments
    )
    columns = (
        t(CONTEXT, "Segment"),
        t(CONTEXT, "Clients"),
        t(CONTEXT, "Share of clients"),
        t(CONTEXT, "Share of money"),
        t(CONTEXT, "Purchases"),
        t(CONTEXT, "Days of silence"),
    )
    yield Table(t(CONTEXT, "Segments"), columns, rows, _formula(), numeric=(1, 2, 3, 4, 5))
    present = {one.name for one in found.segments if one.clients}
    items = tuple(Point(names()[name], text) for name, text in _advice().items() if name in present)
    yield Points(t(CONTEXT, "What to do with each"), items)


def _formula() -> str:
    return t(
        CONTEXT,
        "Scores of 1 to 5 by fifths of all clients: R by days of silence, F by purchases, M by money; V is the mean of "
        "F and M. Champions: R and V of 4 and more. Loyal: both of 3 and more. New: R of 4 and more. Cooling: R of 3. "
        "At risk: V of 3 and more. Asleep: the others. Fifths after Hughes, 1994; the names are ours.",
    )


def _advice() -> dict[str, str]:
    return {
        "champions": t(CONTEXT, "Thank them, ask for a recommendation, show the new things first. No discounts."),
        "loyal": t(CONTEXT, "Offer what goes with what they buy: a larger set, a plan, a subscription."),
        "new": t(CONTEXT, "Help with the first use, three to five messages, up to the second purchase."),
        "cooling": t(CONTEXT, "Remind them of the thing they bought and of what comes after it."),
        "at_risk": t(CONTEXT, "They brought much and have gone quiet: call, ask what went wrong, mend it."),
        "asleep": t(CONTEXT, "One message with a reason to come back; then leave them in peace."),
    }


def _notes(found: Ranked) -> Iterator[str]:
    if isinstance(found.usual_gap, NonAnswer):
        yield t(CONTEXT, "Who is due to buy again is not told: {reason}.", reason=found.usual_gap.reason)
    once = sum(one.orders == 1 for one in found.asked.customers)
    if once:
        yield t(
            CONTEXT,
            "{part} of clients bought once. Equal numbers have equal scores, so a fifth may be larger or empty.",
            part=share(once / len(found.asked.customers)),
        )
    yield t(CONTEXT, "Clients stand in the lists by a hash or an id, and by the number of their last order.")


def _told(value: float | NonAnswer, write: object) -> str:
    return "—" if isinstance(value, NonAnswer) else str(write(value))  # type: ignore[operator]
