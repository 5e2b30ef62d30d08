"""How refusals are shown: the first reason, what helps against it, every reason in figures, and what was joined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from playbook import i18n, rules
from playbook.charts import Bars
from playbook.display import Face, Number, Point, Points, Ruler, Section, Table, Verdict, apart, sentence, wait, word
from playbook.i18n import money, number, share, share_range, t, tn
from playbook.model import NonAnswer, known
from playbook.questions.refusal_reasons import joining

if TYPE_CHECKING:
    from playbook.questions.refusal_reasons import Reason, Refusals

CONTEXT = "refusal-reasons"
KNOWN = "refusals_with_reason"
STRANGERS = "off_target"
DRAWN = 8
"""Reasons that are drawn one by one; the others together."""


def face(found: Refusals) -> Face:
    """The first reason, the figures, what to do, and every reason with all its writings."""
    if isinstance(found.top, NonAnswer):
        return wait(sentence(found.top.reason), flip=sentence(found.top.hint))
    return Face(
        verdict=_said(found),
        numbers=tuple(_numbers(found)),
        chart=_chart(found),
        sections=tuple(_sections(found)),
        notes=tuple(_notes(found)),
        rules=(rules.check(KNOWN, known(found.known_share) or 0.0),),
    )


def _named(found: Refusals) -> int:
    return found.lost - found.without_reason


def _said(found: Refusals) -> Verdict:
    first, rule = found.reasons[0], rules.get(KNOWN)
    part = known(found.known_share) or 0.0
    values = {"reason": first.reason, "n": number(first.leads), "lost": number(found.lost)}
    if not rules.check(KNOWN, part).met:
        now, limit = apart(part, rule.number, share)
        say = t(CONTEXT, "{share} of {lost} refusals have no reason.", share=share(1 - part), lost=values["lost"])
        because = t(CONTEXT, "“{reason}” comes first of the known ones, but it is {n} of {lost}: "
                    "nothing to build a discount or a new offer on.", **values)  # fmt: skip
        flip = t(
            CONTEXT, "Make the reason a required field; from {limit} on the first one can be trusted.", limit=limit
        )
        ruler = Ruler(part, rule.number, now, t(CONTEXT, "at least {limit}", limit=limit), 1.0)
        return Verdict("wait", word("wait"), say, because, flip, ruler)
    if found.verdict == "wait":
        level = [one.reason for one in found.reasons if one.leads == first.leads]
        say = t(CONTEXT, "Level at {n}: {names}.", n=values["n"], names=", ".join(level))
        return Verdict(
            "wait", word("wait"), say, t(CONTEXT, "Take the one that costs more, or wait for more refusals.")
        )
    say = t(CONTEXT, "“{reason}”: {n} of {named} refusals with a reason, {share}.", share=share(first.share),
            named=number(_named(found)), **values)  # fmt: skip
    return Verdict("yes", t(CONTEXT, "First reason"), say, _cost(found), _flip(found))


def _cost(found: Refusals) -> str:
    amount = found.reasons[0].amount
    return t(CONTEXT, "Deals for {money} were lost with it.", money=money(amount)) if amount else ""


def _flip(found: Refusals) -> str:
    if len(found.reasons) == 1:
        return ""
    first, second = found.reasons[:2]
    return tn(
        CONTEXT,
        "“{name}” draws level with {n} refusal more.",
        "“{name}” draws level with {n} refusals more.",
        first.leads - second.leads,
        name=second.reason,
    )


def _numbers(found: Refusals) -> Iterator[Number]:
    since, until = found.asked.since, found.asked.until
    yield Number(
        t(CONTEXT, "Refusals"),
        number(found.lost),
        badge=i18n.days(since, until) if since and until else "",
        definition=t(CONTEXT, "Leads that were lost, by the day they came."),
    )
    yield Number(
        t(CONTEXT, "With a reason"),
        share(known(found.known_share) or 0.0),
        t(CONTEXT, "{n} of {all}", n=number(_named(found)), all=number(found.lost)),
        definition=t(CONTEXT, "The others are told apart: they may have refused for any reason."),
    )
    first = found.reasons[0]
    yield Number(
        t(CONTEXT, "First reason"),
        share(first.share),
        t(CONTEXT, "{low} to {high}", low=share(first.low), high=share(first.high)),
        t(CONTEXT, "of those with a reason"),
        t(CONTEXT, "Between these two it may lie by chance alone (Wilson’s interval, 95%)."),
    )
    if found.amount:
        of = t(CONTEXT, "of {money}", money=money(found.amount))
        yield Number(
            t(CONTEXT, "Lost with the first"),
            money(first.amount or 0.0),
            of,
            definition=t(
                CONTEXT, "Amounts of the lost deals that have one. Hoped for, not earned: not all would have paid."
            ),
        )


def _chart(found: Refusals) -> Bars:
    shown = found.reasons[:DRAWN]
    rows = [(one.reason, one.leads, share(one.share)) for one in shown]
    rest = sum(one.leads for one in found.reasons[DRAWN:])
    if rest:
        rows.append((t(CONTEXT, "other reasons"), rest, share(rest / _named(found))))
    if found.without_reason:
        rows.append((t(CONTEXT, "no reason"), found.without_reason, ""))
    title = t(CONTEXT, "“{reason}” comes first: {n} of {named}", reason=shown[0].reason, n=number(shown[0].leads),
              named=number(_named(found)))  # fmt: skip
    return Bars(
        title=title,
        caption=t(CONTEXT, "Refusals by reason; behind them the share of those with a reason."),
        labels=tuple(name for name, _, _ in rows),
        values=tuple(float(count) for _, count, _ in rows),
        texts=tuple(" · ".join(filter(None, (number(count), part))) for _, count, part in rows),
        lit=0,
    )


def _sections(found: Refusals) -> Iterator[Section]:
    yield Points(t(CONTEXT, "What to do"), tuple(_todo(found)))
    yield _table(found)
    joins = [(one, variant) for one in found.reasons for variant in one.variants if variant.how != "same"]
    if joins:
        words = _how()
        rows = tuple((variant.written, number(variant.leads), one.reason, words[variant.how]) for one, variant in joins)
        columns = (t(CONTEXT, "Written"), t(CONTEXT, "Refusals"), t(CONTEXT, "Counts as"), t(CONTEXT, "Because of"))
        note = t(CONTEXT, "Not the same? Name it under “Keep apart”, and it stands alone.")
        yield Table(t(CONTEXT, "What was joined"), columns, rows, note, numeric=(1,))


def _todo(found: Refusals) -> Iterator[Point]:
    if not rules.check(KNOWN, known(found.known_share) or 0.0).met:
        yield Point(
            t(CONTEXT, "First the reasons themselves"),
            t(CONTEXT, "Agree on one list of five to seven reasons, and let no lead be closed as lost without one."),
            step="order",
        )
    first = found.reasons[0]
    yield _advice(first)
    if first.theme == STRANGERS:
        yield from (_advice(one) for one in [one for one in found.reasons if one.theme != STRANGERS][:1])


def _advice(one: Reason) -> Point:
    """What helps against a reason, and the page where it is done."""
    title = t(CONTEXT, "“{reason}”", reason=one.reason)
    if one.theme:
        told = joining.theme(one.theme)
        return Point(title, str(told["advice"]), str(told["title"]), str(told["step"]))
    advice = t(
        CONTEXT, "Ask five of those who said so what they meant, and write it among the objections of their segment."
    )
    return Point(title, advice, step="icp")


def _table(found: Refusals) -> Table:
    costs = bool(found.amount)
    columns = [t(CONTEXT, "Reason"), t(CONTEXT, "Speaks of"), t(CONTEXT, "Refusals"), t(CONTEXT, "Share"),
               t(CONTEXT, "95% interval")]  # fmt: skip
    rows = [_row(one, costs=costs) for one in found.reasons]
    note = t(CONTEXT, "Shares are of the refusals that have a reason.")
    if costs:
        columns.append(t(CONTEXT, "Lost money"))
    return Table(t(CONTEXT, "All reasons"), tuple(columns), tuple(rows), note, numeric=tuple(range(2, len(columns))))


def _row(one: Reason, *, costs: bool) -> tuple[str, ...]:
    about = str(joining.theme(one.theme)["title"]) if one.theme else "—"
    cells = (one.reason, about, number(one.leads), share(one.share), share_range(one.low, one.high))
    return (*cells, money(one.amount) if one.amount else "—") if costs else cells


def _how() -> dict[str, str]:
    return {
        "letters": t(CONTEXT, "other letters, signs or filling words"),
        "slip": t(CONTEXT, "a slip of the pen"),
        "synonym": t(CONTEXT, "another word for it"),
        "hand": t(CONTEXT, "you said so"),
    }


def _notes(found: Refusals) -> Iterator[str]:
    yield t(
        CONTEXT,
        "A written reason is what was said, or what a manager understood. Ask “compared with what?” before acting.",
    )
    strangers = sum(one.leads for one in found.reasons if one.theme == STRANGERS)
    if strangers:
        yield tn(
            CONTEXT,
            "{n} of them was never a client of yours: that is the source’s matter, not the offer’s.",
            "{n} of them were never clients of yours: that is the source’s matter, not the offer’s.",
            strangers,
        )
