"""How cohorts are shown: a map of retention, and what a client has left against the CAC."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from playbook import rules
from playbook.charts import Columns, Heat, Mark
from playbook.display import Face, Number, Table, Verdict, sentence, wait, word
from playbook.i18n import money, money_sign, month, number, share, t, tn
from playbook.model import NonAnswer

if TYPE_CHECKING:
    from playbook.questions.cohorts import Followed, Month, Retained

CONTEXT = "cohorts"
SHOWN, MONTHS = 12, 12
"""Cohorts and months that are shown; the newest and the first ones."""
RULE = "cohort_clients"
QUARTER = 3
WHOLE = 100
"""From such an amount on its pennies are left out."""


def face(found: Retained) -> Face:
    """The verdict with its month, the map of retention, and every cohort in figures."""
    if isinstance(found.retention, NonAnswer):
        made = wait(sentence(found.retention.reason), flip=sentence(found.retention.hint))
        return Face(made.verdict, sections=tuple(_tables(found)), notes=tuple(_notes(found)))
    return Face(
        verdict=_said(found, found.retention),
        numbers=tuple(_numbers(found, found.retention)),
        chart=_map(found),
        sections=tuple(_tables(found)),
        notes=tuple(_notes(found)),
        rules=(rules.check(RULE, round(found.means[1].clients)),),
        further=tuple(_growth(found)),
    )


def _said(found: Retained, retention: float) -> Verdict:
    again = t(CONTEXT, "{part} of clients buy again in the month after their first order.", part=share(retention))
    cac, payback, last = found.asked.cac, found.payback_month, found.means[-1].left
    if cac is None:
        return Verdict("yes", t(CONTEXT, "This is how they come back"), again)
    if isinstance(payback, NonAnswer):
        kind = found.verdict
        title = word("wait") if kind == "wait" else t(CONTEXT, "The CAC is not back yet")
        return Verdict(kind, title, sentence(payback.reason), again, sentence(payback.hint))
    values = {"cac": money(cac), "n": number(payback or 0)}
    say = (
        t(CONTEXT, "A client pays the CAC of {cac} back in the very month of the first order.", **values)
        if payback == 1
        else t(
            CONTEXT, "A client has paid back the CAC of {cac} by month {n}, that of the first order being 1.", **values
        )
    )
    flip = "" if last is None else t(CONTEXT, "It turns over when the CAC rises above {last}.", last=money(last))
    return Verdict("yes", t(CONTEXT, "The CAC comes back"), say, again, flip)


def _numbers(found: Retained, retention: float) -> Iterator[Number]:
    yield Number(
        t(CONTEXT, "Buy in the next month"),
        share(retention),
        tn(CONTEXT, "{n} client", "{n} clients", round(found.means[1].clients)),
        badge=t(CONTEXT, "same cohort"),
        definition=t(CONTEXT, "Of the clients of each cohort, those who bought in the month after; whole months only."),
        formula=t(CONTEXT, "bought again ÷ all of the cohort"),
    )
    if len(found.means) > QUARTER:
        yield Number(t(CONTEXT, "Buy in the third month after"), share(found.means[QUARTER].retention),
                     badge=t(CONTEXT, "same cohort"))  # fmt: skip
    last = found.means[-1]
    if last.left is not None:
        yield Number(
            t(CONTEXT, "Gross profit of a client"),
            money(last.left),
            tn(CONTEXT, "after {n} month", "after {n} months", len(found.means)),
            badge=t(CONTEXT, "cumulative"),
            definition=t(CONTEXT, "What each month left a client on average, added up from the first order on."),
            formula=t(CONTEXT, "month by month: + gross profit ÷ clients"),
        )


def _map(found: Retained) -> Heat | None:
    """Retention from the month after the first order on, a row for each cohort."""
    cohorts = [one for one in found.cohorts if len(one.months) > 1][-SHOWN:]
    width = min(max((len(one.months) for one in cohorts), default=1) - 1, MONTHS)
    if not cohorts or width < 1:
        return None
    cells = [one.months[age] if age < len(one.months) else None for one in cohorts for age in range(1, width + 1)]
    best = max(found.means[1:], key=lambda mean: mean.retention)
    ending = found.means[-1]
    return Heat(
        title=t(CONTEXT, "Of 100 clients {n} buy in the next month", n=number(round(100 * found.means[1].retention)))
        if best.age == 1 and ending.age == 1
        else t(
            CONTEXT,
            "Of 100 clients {n} buy in the next month and {last} in month {age}",
            n=number(round(100 * found.means[1].retention)),
            last=number(round(100 * ending.retention)),
            age=number(ending.age),
        ),
        caption=t(
            CONTEXT, "Share of each month's new clients who bought so many months later. * The month is not over."
        ),
        labels=tuple(f"+{number(age)}" for age in range(1, width + 1)),
        values=tuple(cell.retention if cell else 0.0 for cell in cells),
        rows=tuple(_name(one) for one in cohorts),
        blank=frozenset(place for place, cell in enumerate(cells) if cell is None),
        texts=tuple("" if cell is None else share(cell.retention, 0) + "*" * (not cell.over) for cell in cells),
        good=True,
    )


def _name(one: Followed) -> str:
    return f"{month(one.month)} · {number(one.clients)}"


def _growth(found: Retained) -> Iterator[Columns]:
    """What a client has left, month by month, against the CAC."""
    lefts = [mean.left for mean in found.means if mean.left is not None]
    if len(lefts) < len(found.means):
        return
    cac, back = found.asked.cac, found.payback_month
    if isinstance(back, int):
        title = t(CONTEXT, "The CAC is back by month {n}", n=number(back))
    elif cac is not None:
        title = t(CONTEXT, "The CAC is not back yet: {left} of {cac}", left=money(lefts[-1]), cac=money(cac))
    else:
        title = t(CONTEXT, "A client has left {left} so far", left=money(lefts[-1]))
    yield Columns(
        title=title,
        caption=t(
            CONTEXT, "Gross profit of a client from the first order on, {sign}; 1 is its month.", sign=money_sign()
        ),
        labels=tuple(str(mean.age + 1) for mean in found.means),
        values=tuple(lefts),
        limit=None if cac is None else Mark(t(CONTEXT, "CAC {cac}", cac=money(cac)), cac),
        first=back - 1 if isinstance(back, int) else 0,
        lit=len(lefts),
    )


def _tables(found: Retained) -> Iterator[Table]:
    cohorts = found.cohorts[-SHOWN:]
    width = min(max(len(one.months) for one in cohorts), MONTHS)
    ages = tuple(f"+{number(age)}" if age else "0" for age in range(width))
    late = any(not cell.over for one in cohorts for cell in one.months)
    note = t(CONTEXT, "* The month is not over yet.") if late else ""
    rows = tuple(
        (
            month(one.month),
            number(one.clients),
            *_by_age(one, width, lambda cell: share(cell.retention)),
        )
        for one in cohorts
    )
    columns = (t(CONTEXT, "Cohort"), t(CONTEXT, "Clients"), *ages)
    yield Table(
        t(CONTEXT, "Clients who buy, month by month"), columns, rows, note, numeric=tuple(range(1, len(columns)))
    )
    if all(one.months[0].left is not None for one in cohorts):
        yield _left(cohorts, ages, note, paid=found.asked.cac is not None)


def _left(cohorts: Sequence[Followed], ages: tuple[str, ...], note: str, *, paid: bool) -> Table:
    """What a client has left by age, and when the CAC was back where it was `paid`."""
    most = max(abs(cell.left or 0.0) for one in cohorts for cell in one.months)
    digits = 0 if most >= WHOLE else None
    rows = tuple(
        (
            month(one.month),
            *([t(CONTEXT, "month {n}", n=number(one.payback_month)) if one.payback_month else "—"] if paid else []),
            *_by_age(one, len(ages), lambda cell: number(cell.left or 0.0, digits)),
        )
        for one in cohorts
    )
    names = (t(CONTEXT, "Cohort"), *([t(CONTEXT, "CAC back by")] if paid else []), *ages)
    title = t(CONTEXT, "Gross profit of a client, added up, {sign}", sign=money_sign())
    return Table(title, names, rows, note, numeric=tuple(range(1, len(names))))


def _by_age(one: Followed, width: int, said: Callable[[Month], str]) -> Iterator[str]:
    """A cohort's cells, those of months that are not over marked, those yet to come empty."""
    for age in range(width):
        cell = one.months[age] if age < len(one.months) else None
        yield said(cell) + "*" * (not cell.over) if cell else ""


def _notes(found: Retained) -> Iterator[str]:
    unsure = [month(one.month) for one in found.cohorts if one.unsure]
    if unsure:
        yield t(
            CONTEXT,
            "At the beginning of the data everyone looks new: {months} may hold older clients and are left out of the "
            "means.",
            months=", ".join(unsure),
        )
    if found.asked.cac is not None:
        yield t(CONTEXT, "One CAC is held against every cohort: that of single months is not known.")
    if found.means:
        yield t(
            CONTEXT,
            "Means are over whole months only; the last one rests on {n} clients.",
            n=number(found.means[-1].clients),
        )
