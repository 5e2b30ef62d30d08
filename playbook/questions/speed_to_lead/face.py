"""How the speed of answering is shown: whether the promise is kept, where leads wait, what waiting goes with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from playbook import i18n, rules
from playbook.charts import Bars, Heat
from playbook.display import (
    Face,
    Number,
    Point,
    Points,
    Ruler,
    Section,
    Table,
    Verdict,
    apart,
    or_dash,
    said_minutes,
    sentence,
    word,
)
from playbook.i18n import money, number, quantity, share, share_range, t, tn
from playbook.model import NonAnswer, Provisional, known

if TYPE_CHECKING:
    from playbook.questions.speed_to_lead import Bucket, Speed

CONTEXT = "speed-to-lead"
KEPT = "sla_kept_share"
HOURS, PART, DAYS = 24, 6, 7
_MONDAY = date(2026, 1, 5)


def face(found: Speed) -> Face:
    """The promise first; then the wait in figures, the hours of the week, and conversion by wait."""
    return Face(
        verdict=_said(found),
        numbers=tuple(_numbers(found)),
        chart=_map(found),
        sections=tuple(_sections(found)),
        notes=tuple(_notes(found)),
        rules=tuple(_rules(found)),
        further=tuple(_bars(found)),
    )


def _within(found: Speed) -> float:
    return known(found.within_sla) or 0.0


def _said(found: Speed) -> Verdict:
    if isinstance(found.within_sla, NonAnswer):
        refusal = found.within_sla
        return Verdict("wait", word("wait"), sentence(refusal.reason), flip=sentence(refusal.hint))
    rule, within = rules.get(KEPT), _within(found)
    part, limit = apart(within, rule.number, share)
    values = {"part": part, "leads": number(found.leads), "sla": said_minutes(found.sla_minutes), "limit": limit}
    say = t(CONTEXT, "{part} of {leads} leads heard from you within {sla}.", **values)
    because = t(
        CONTEXT,
        "Half of those answered waited up to {median}, one in ten longer than {p90}.",
        median=said_minutes(known(found.median_minutes) or 0.0),
        p90=said_minutes(known(found.p90_minutes) or 0.0),
    )
    ruler = Ruler(within, rule.number, part, t(CONTEXT, "at least {limit}", **values), 1.0)
    if rule.status(within) == "within":
        flip = t(CONTEXT, "It turns over below {limit}.", **values)
        return Verdict("yes", t(CONTEXT, "Answered in time"), say, because, flip, ruler)
    short = math.ceil(rule.number * found.leads - within * found.leads - 1e-9)
    flip = tn(
        CONTEXT,
        "In time for {n} lead more, and it is {limit}.",
        "In time for {n} leads more, and it is {limit}.",
        short,
        limit=share(rule.number),
    )
    return Verdict("no", t(CONTEXT, "Too late"), say, because, flip, ruler)


def _numbers(found: Speed) -> Iterator[Number]:
    if not isinstance(found.within_sla, NonAnswer):
        of = t(CONTEXT, "{n} of {all}", n=number(round(_within(found) * found.leads)), all=number(found.leads))
        yield Number(
            t(CONTEXT, "Answered within {sla}", sla=said_minutes(found.sla_minutes)),
            share(_within(found)),
            of,
            _days(found),
            t(CONTEXT, "Of all leads; one without a recorded first contact was not answered in time."),
        )
        yield Number(
            t(CONTEXT, "Typical wait"),
            said_minutes(known(found.median_minutes) or 0.0),
            badge=t(CONTEXT, "median"),
            definition=t(CONTEXT, "Half of the answered leads waited no longer. Nights and weekends count."),
        )
        yield Number(
            t(CONTEXT, "Nine in ten waited up to"),
            said_minutes(known(found.p90_minutes) or 0.0),
            definition=t(CONTEXT, "Of the answered leads; the tail that a median hides."),
        )
    if not isinstance(found.stale, NonAnswer):
        yield Number(
            t(CONTEXT, "Stale leads"),
            number(found.stale),
            t(CONTEXT, "of {n} open", n=number(found.asked.size(lambda lead: lead.outcome == "open"))),
            definition=t(CONTEXT, "Open and untouched for more than {days} on the last day of the data.",
                         days=quantity(found.asked.stale_after, "day")),
        )  # fmt: skip
    extra = known(found.extra_sales)
    if extra is not None:
        yield _upper_bound(found, extra)


def _upper_bound(found: Speed, extra: float) -> Number:
    worth = known(found.worth)
    loose = isinstance(found.extra_sales, Provisional)
    sales = tn(CONTEXT, "{n} sale", "{n} sales", round(extra))
    return Number(
        t(CONTEXT, "Answering all in time would bring at most"),
        sales if worth is None else money(worth),
        "" if worth is None else sales,
        t(CONTEXT, "upper bound, may be chance") if loose else t(CONTEXT, "upper bound"),
        t(CONTEXT, "If late leads were won as often as those answered in time. Part of the difference is not speed’s."),
        t(CONTEXT, "late and decided × (conversion in time − conversion late)"),
    )


def _sections(found: Speed) -> Iterator[Section]:
    todo = tuple(_todo(found))
    if todo:
        yield Points(t(CONTEXT, "What to do"), todo)
    if found.buckets:
        columns = (t(CONTEXT, "Wait"), t(CONTEXT, "Leads"), t(CONTEXT, "Won of decided"), t(CONTEXT, "Conversion"),
                   t(CONTEXT, "95% interval"))  # fmt: skip
        note = t(CONTEXT, "Won of the won and lost; open leads are left out. The interval is Wilson’s.")
        rows = tuple(_row(bucket) for bucket in found.buckets)
        yield Table(t(CONTEXT, "Conversion by wait"), columns, rows, note, numeric=(1, 2, 3, 4))


def _row(bucket: Bucket) -> tuple[str, ...]:
    decided = bucket.won + bucket.lost
    won = t(CONTEXT, "{n} of {all}", n=number(bucket.won), all=number(decided))
    rate = known(bucket.conversion)
    return (
        _wait(bucket),
        number(bucket.leads),
        won if decided else "—",
        or_dash(rate, share),
        _interval(bucket) or "—",
    )


def _interval(bucket: Bucket) -> str:
    if bucket.low is None or bucket.high is None:
        return ""
    return share_range(bucket.low, bucket.high)


def _wait(bucket: Bucket) -> str:
    if bucket.above is None and bucket.up_to is None:
        return t(CONTEXT, "no answer recorded")
    if bucket.above is None:
        return t(CONTEXT, "up to {high}", high=said_minutes(bucket.up_to or 0.0))
    if bucket.up_to is None:
        return t(CONTEXT, "longer than {low}", low=said_minutes(bucket.above))
    return f"{said_minutes(bucket.above)} – {said_minutes(bucket.up_to)}"


def _todo(found: Speed) -> Iterator[Point]:
    if found.asked.sla_minutes is None:
        said = t(CONTEXT, "Nothing is written down yet; {sla} is the longest by the rule of thumb.",
                 sla=said_minutes(found.sla_minutes))  # fmt: skip
        yield Point(t(CONTEXT, "Agree on a time to the first contact"), said, step="order")
    if (worst := _worst(found)) and not isinstance(found.within_sla, NonAnswer):
        day, part, late, leads = worst
        values = {"day": _weekday(day), "hours": _part(part), "late": number(late), "leads": number(leads)}
        yield Point(
            t(CONTEXT, "Put somebody on: {day}, {hours}", **values),
            t(CONTEXT, "{late} of {leads} leads of these hours were not answered in time, more than at any other time.",
              **values),
        )  # fmt: skip
    stale = known(found.stale)
    if stale:
        said = t(CONTEXT, "They have asked already, and nobody speaks with them. Call each, or close it with a reason.")
        if found.stale_from_weekends * 2 >= stale:
            said = t(CONTEXT, "{n} of them came at a weekend: somebody has to answer then.",
                     n=number(found.stale_from_weekends)) + " " + said  # fmt: skip
        yield Point(tn(CONTEXT, "Go through {n} stale lead", "Go through {n} stale leads", stale), said)


def _worst(found: Speed) -> tuple[int, int, int, int] | None:
    """The part of a weekday with most leads not answered in time: weekday, part of the day, late, all."""
    late: Counter[tuple[int, int]] = Counter()
    leads: Counter[tuple[int, int]] = Counter()
    for slot in found.late:
        late[slot.weekday, slot.hour // PART] += slot.late
        leads[slot.weekday, slot.hour // PART] += slot.leads
    place = max(late, key=lambda at: (late[at], -at[0], -at[1]), default=None)
    return (*place, late[place], leads[place]) if place and late[place] else None


def _map(found: Speed) -> Heat | None:
    if not found.late or isinstance(found.within_sla, NonAnswer):
        return None
    slots = {(slot.weekday, slot.hour): slot.late for slot in found.late}
    places = [(day, hour) for day in range(1, DAYS + 1) for hour in range(HOURS)]
    worst = _worst(found)
    title = t(CONTEXT, "Nobody had to wait too long")
    if worst:
        day, part, late, leads = worst
        title = t(CONTEXT, "Most wait too long: {day}, {hours}, {late} of {leads}", day=_weekday(day),
                  hours=_part(part), late=number(late), leads=number(leads))  # fmt: skip
    return Heat(
        title=title,
        caption=t(CONTEXT, "Leads not answered within {sla}, by the hour they came in. The darker, the more; "
                  "where it is empty, none came.", sla=said_minutes(found.sla_minutes)),
        labels=tuple(str(hour) for hour in range(HOURS)),
        values=tuple(float(slots.get(place, 0)) for place in places),
        rows=tuple(_weekday(day) for day in range(1, DAYS + 1)),
        blank=frozenset(index for index, place in enumerate(places) if place not in slots),
    )  # fmt: skip


def _bars(found: Speed) -> Iterator[Bars]:
    told = [(bucket, rate) for bucket in found.buckets if (rate := known(bucket.conversion)) is not None]
    if len(told) < 2:  # noqa: PLR2004 - one bar compares nothing
        return
    best = max(range(len(told)), key=lambda place: told[place][1])
    yield Bars(
        title=t(CONTEXT, "Won most often: {wait}", wait=_wait(told[best][0])),
        caption=t(CONTEXT, "Won of decided leads by the wait for the first contact, with the 95% interval."),
        labels=tuple(_wait(bucket) for bucket, _ in told),
        values=tuple(rate for _, rate in told),
        texts=tuple(f"{share(rate)} ({_interval(bucket)})" for bucket, rate in told),
        lit=best,
    )


def _notes(found: Speed) -> Iterator[str]:
    if not isinstance(found.within_sla, NonAnswer):
        yield t(
            CONTEXT,
            "Seen, not proven: people answer the better leads first, and those who come at night may differ. "
            "So speed does not earn all of the difference.",
        )
        silent = found.leads - found.answered
        if silent:
            yield tn(
                CONTEXT,
                "{n} lead has no first contact recorded and counts as not answered in time.",
                "{n} leads have no first contact recorded and count as not answered in time.",
                silent,
            )
    for value in (found.stale, found.extra_sales):
        if isinstance(value, NonAnswer) and value != found.within_sla:
            yield f"{sentence(value.reason)} {sentence(value.hint)}"


def _rules(found: Speed) -> Iterator[rules.Check]:
    if found.asked.sla_minutes is not None:
        yield rules.check("sla_minutes", found.asked.sla_minutes)
    if not isinstance(found.within_sla, NonAnswer):
        yield rules.check(KEPT, _within(found))


def _days(found: Speed) -> str:
    since, until = found.asked.since, found.asked.until
    return i18n.days(since, until) if since and until else ""


def _weekday(day: int) -> str:
    return i18n.weekday(_MONDAY + timedelta(days=day - 1))


def _part(part: int) -> str:
    return t(CONTEXT, "{first}–{last} o’clock", first=part * PART, last=(part + 1) * PART)
