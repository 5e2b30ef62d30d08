"""How the sheet of segments is shown: what comes next, the figures, and what is heard most."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING

from playbook import rules
from playbook.charts import Bars, Columns, Pairs
from playbook.display import Face, Number, Point, Points, Section, Table, Verdict, or_dash, sentence, word
from playbook.i18n import money, number, quantity, share, t, tn
from playbook.model import NonAnswer, known

if TYPE_CHECKING:
    from playbook.documents.icp import Known, Profit, Quote

CONTEXT = "icp"
MOST_THEMES = 8


def face(found: Known) -> Face:
    """What comes next, the figures, how new the last interviews were, and what is heard most."""
    return Face(
        verdict=_verdict(found),
        numbers=_numbers(found),
        chart=_chart(found),
        sections=tuple(_sections(found)),
        rules=tuple(_rules(found)),
        further=tuple(_shares(found)),
    )


def _verdict(found: Known) -> Verdict:
    ahead = next(_ahead(found), None)
    if ahead is None:
        say = tn(
            CONTEXT,
            "{n} segment stands on what clients said.",
            "{n} segments stand on what clients said.",
            found.segments,
        )
        because = tn(
            CONTEXT,
            "{n} interview is held, and the last ones bring nothing new.",
            "{n} interviews are held, and the last ones bring nothing new.",
            found.held,
        )
        flip = t(CONTEXT, "It has to be looked at again when sales or objections change.")
        return Verdict("yes", t(CONTEXT, "Known"), say, because, flip)
    say, because = ahead
    return Verdict("wait", word("wait"), say, because)


def _begin(found: Known) -> str:
    """Whom to describe first: by name, where the orders say who brings the profit."""
    profits, total = _profits(found)
    if not profits:
        return t(CONTEXT, "Begin with the clients who bring the most profit, and with why they chose you.")
    part = share(profits[0].amount / total)
    return t(CONTEXT, "Begin with “{name}”: {part} of gross profit comes from there.", name=profits[0].name, part=part)


def _ahead(found: Known) -> Iterator[tuple[str, str]]:
    """What still stands between this sheet and segments one can rely on, the first thing first."""
    if not found.segments:
        yield (
            t(CONTEXT, "No segment is described yet."),
            _begin(found),
        )
    for one in found.asked.segments:
        if one.lacks():
            missing = ", ".join(one.lacks()).lower()
            name = one.name.strip() or t(CONTEXT, "without a name")
            yield (
                t(
                    CONTEXT,
                    "Segments described: {ready} of {all}.",
                    ready=number(found.described),
                    all=number(found.segments),
                ),
                t(CONTEXT, "The segment “{name}” still lacks: {missing}.", name=name, missing=missing),
            )
    least = rules.get("interviews").number
    if found.held < least:
        yield (
            t(CONTEXT, "Interviews held: {held} of {least}.", held=number(found.held), least=number(least)),
            t(CONTEXT, "Until then the segments are your guess, and that is a good beginning."),
        )
    if not found.refusers or not found.clients:
        missing = t(CONTEXT, "refusers") if not found.refusers else t(CONTEXT, "clients")
        yield (
            t(CONTEXT, "One side is not heard yet: {missing}.", missing=missing),
            t(CONTEXT, "Clients say why they bought, those who refused say what keeps the others away."),
        )
    if not found.saturated:
        yield _unsaturated(found)
    yield from _stale(found)


def _unsaturated(found: Known) -> tuple[str, str]:
    new = found.new_share
    if isinstance(new, NonAnswer):
        return t(CONTEXT, "Whether there is anything new to hear is not known yet."), sentence(new.reason)
    say = t(CONTEXT, "The last interviews still bring new themes: {share} of the first ones.", share=share(new))
    return say, t(CONTEXT, "Go on until two in a row bring next to nothing new.")


def _stale(found: Known) -> Iterator[tuple[str, str]]:
    why = t(CONTEXT, "Markets move: hold the segments against fresh sales and refusals, and write the day down.")
    if found.days_since is None:
        yield t(CONTEXT, "The day of the last check is not written down."), why
    elif not rules.check("icp_fresh_days", found.days_since).met:
        yield t(CONTEXT, "Last checked {days} ago.", days=quantity(found.days_since, "day")), why


def _numbers(found: Known) -> tuple[Number, ...]:
    new = known(found.new_share)
    most = rules.get("interviews").span[1]
    return (
        Number(
            t(CONTEXT, "Segments described"),
            number(found.described),
            _of(found.segments),
            definition=t(CONTEXT, "With a name, a description, reasons, criteria, objections and a role."),
        ),
        Number(
            t(CONTEXT, "Interviews held"),
            number(found.held),
            _of(most),
            definition=t(
                CONTEXT,
                "Of them clients: {clients}, refusers: {refusers}.",
                clients=number(found.clients),
                refusers=number(found.refusers),
            ),
        ),
        Number(
            t(CONTEXT, "Quotes"),
            number(len(found.asked.quotes)),
            definition=t(CONTEXT, "Written down word for word."),
        ),
        Number(
            t(CONTEXT, "New in the last interviews"),
            or_dash(new, share),
            definition=t(
                CONTEXT,
                "Themes that the last two interviews were the first to bring, as a share of "
                "those of the first four. At 5% or less there is little left to hear.",
            ),
            formula=t(CONTEXT, "Guest, Namey, Chen (2020), PLoS ONE 15(5)"),
        ),
    )


def _chart(found: Known) -> Columns | None:
    if not any(found.newly_heard):
        return None
    last = found.newly_heard[-1]
    title = t(CONTEXT, "The last interview brought new themes: {n}", n=number(last))
    if not last:
        title = t(CONTEXT, "The last interview brought nothing new")
    labels = tuple(number(place) for place in range(1, len(found.newly_heard) + 1))
    caption = t(CONTEXT, "New themes by interview, in the order of the list")
    return Columns(title, caption, labels, tuple(float(new) for new in found.newly_heard))


def _sections(found: Known) -> Iterator[Section]:
    yield from _profit(found)
    heard: dict[tuple[str, str], list[Quote]] = {}
    for quote in found.asked.quotes:
        if quote.heading:
            heard.setdefault((quote.kind or "", quote.heading), []).append(quote)
    if heard:
        most = sorted(heard.values(), key=lambda quotes: -_people(quotes))[:MOST_THEMES]
        words = {"": "", **dict(next(spec.choices for spec in found.asked.quotes[0].fields() if spec.name == "kind"))}
        rows = tuple((quotes[0].theme.strip(), words[quotes[0].kind or ""], number(_people(quotes))) for quotes in most)
        columns = (t(CONTEXT, "Theme"), t(CONTEXT, "What it is"), t(CONTEXT, "People"))
        yield Table(t(CONTEXT, "What is heard most"), columns, rows, numeric=(2,))
    unlisted = found.asked.unlisted()
    if unlisted:
        yield Points(
            t(CONTEXT, "Named in refusals and not among the objections"),
            tuple(
                Point(one.reason, tn(CONTEXT, "{n} refusal", "{n} refusals", one.leads), step="refusal-reasons")
                for one in unlisted
            ),
            t(CONTEXT, "From your CRM. Write those that fit under the segment that says so."),
        )
    missing = found.asked.unheard()
    if missing:
        yield Points(
            t(CONTEXT, "Objections that nobody has said aloud yet"),
            tuple(Point(objection) for objection in missing),
            t(CONTEXT, "They are your guess: ask about them in the next interviews."),
        )


def _profit(found: Known) -> Iterator[Table]:
    profits, total = _profits(found)
    if not profits:
        return
    told = all(one.clients is not None for one in profits)
    rows = tuple(
        (
            one.name,
            *([share(one.clients or 0.0)] if told else []),
            money(one.amount),
            share(one.amount / total) if one.amount > 0 else "—",
        )
        for one in profits
    )
    clients = [t(CONTEXT, "Share of clients")] if told else []
    columns = (t(CONTEXT, "Segment"), *clients, t(CONTEXT, "Gross profit"), t(CONTEXT, "Share of profit"))
    note = t(CONTEXT, "From the imported orders.") if found.asked.profits else t(CONTEXT, "As typed above.")
    yield Table(t(CONTEXT, "Profit by segment"), columns, rows, note, numeric=tuple(range(1, len(columns))))


def _profits(found: Known) -> tuple[list[Profit], float]:
    """The segments by their profit, and the whole of it; nothing where there is none to have a share of."""
    profits = found.asked.profit_by_segment()
    total = sum(one.amount for one in profits)
    return (profits, total) if total > 0 else ([], 0.0)


def _shares(found: Known) -> Iterator[Bars]:
    """The share of profit of each segment, beside its share of clients where that is known."""
    profits, total = _profits(found)
    if len(profits) < 2:  # noqa: PLR2004 - one bar compares nothing
        return
    first, parts = profits[0], tuple(one.amount / total for one in profits)
    labels, texts = tuple(one.name for one in profits), tuple(map(share, parts))
    clients = [one.clients for one in profits if one.clients is not None]
    if len(clients) < len(profits) or first.clients is None:
        title = t(CONTEXT, "“{name}” brings {part} of the profit", name=first.name, part=share(parts[0]))
        yield Bars(title, t(CONTEXT, "Share of gross profit by segment."), labels, parts, texts=texts, lit=0)
        return
    values = {"name": first.name, "part": share(parts[0]), "clients": share(first.clients)}
    yield Pairs(
        title=t(CONTEXT, "“{name}”: {clients} of clients, {part} of profit", **values),
        caption=t(CONTEXT, "Above the share of clients, below the share of gross profit."),
        labels=labels,
        values=parts,
        texts=tuple(t(CONTEXT, "{part} of profit", part=text) for text in texts),
        beside=tuple(clients),
        beside_texts=tuple(t(CONTEXT, "{part} of clients", part=share(part)) for part in clients),
    )


def _rules(found: Known) -> Iterator[rules.Check]:
    yield rules.check("interviews", found.held)
    lengths = [one.minutes for one in found.asked.interviews if one.state == "held" and one.minutes is not None]
    if lengths:
        yield rules.check("interview_minutes", median(lengths))
    new = known(found.new_share)
    if new is not None:
        yield rules.check("saturation_new", new)
    if found.days_since is not None:
        yield rules.check("icp_fresh_days", found.days_since)


def _of(value: float) -> str:
    return t(CONTEXT, "of {value}", value=number(value))


def _people(quotes: list[Quote]) -> int:
    """How many different people said it; quotes of nobody in particular count as one."""
    return len({quote.interview for quote in quotes})
