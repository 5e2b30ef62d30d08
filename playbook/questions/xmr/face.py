"""How a row of figures is shown: signal or noise, what is usual, the chart between its limits, and every signal."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from playbook import rules
from playbook.charts import Control, Level
from playbook.display import Face, Number, Table, Verdict, apart, sentence, wait, word
from playbook.i18n import MINUS, day_month, number, t, tn
from playbook.methods import xmr
from playbook.model import NonAnswer, known

if TYPE_CHECKING:
    from playbook.questions.xmr import Signal, Usual

CONTEXT = "xmr"
RULE = "xmr_points"
_FINEST = 8


def face(found: Usual) -> Face:
    """Signal or noise, what is usual, the chart, and every signal with its rule."""
    if isinstance(found.upper, NonAnswer):
        return wait(_so_few(found), sentence(found.upper.reason), sentence(found.upper.hint))
    tables = tuple(table for table in (_signals(found), _changes(found)) if table.rows)
    return Face(
        verdict=_said(found),
        numbers=_numbers(found),
        chart=_chart(found),
        sections=tables,
        notes=tuple(_notes(found)),
        rules=(found.check(),),
    )


def _said(found: Usual) -> Verdict:
    if not found.average_moving_range:
        return _alike(found)
    if found.lacking():
        return _early(found)
    usual, mean, fresh = _usual(found), _text(found, found.mean), _fresh(found)
    if not fresh:
        say = tn(
            CONTEXT,
            "The one value lies within the usual {usual}.",
            "All {n} values lie within the usual {usual}.",
            found.count,
            usual=usual,
        )
        because = t(CONTEXT, "Their ups and downs need no cause of their own: none of them is worth a comment.")
        flip = t(
            CONTEXT,
            "A signal is a value outside {usual}, or eight in a row on one side of {mean}.",
            usual=usual,
            mean=mean,
        )
        return Verdict("yes", t(CONTEXT, "Noise"), _since(found, say), because, flip)
    newest = _newest(fresh)
    flip = {
        "beyond_limit": t(CONTEXT, "Within {usual} it would be noise.", usual=usual),
        "eight_on_one_side": t(CONTEXT, "The run ends with a value on the other side of {mean}.", mean=mean),
        "two_of_three": t(CONTEXT, "It would be noise if one of the two lay closer to {mean}.", mean=mean),
    }[newest.rule]
    because = t(CONTEXT, "Something changed there: find out what. The values without a mark are noise.")
    return Verdict("no", t(CONTEXT, "Signal"), _words(found, newest), because, flip)


def _fresh(found: Usual) -> tuple[Signal, ...]:
    """The signals since the last known change: only about these can something still be done."""
    return tuple(signal for signal in found.signals if signal.index >= found.since)


def _newest(fresh: tuple[Signal, ...]) -> Signal:
    """The newest signal, by the plainest of its rules."""
    return next(signal for signal in fresh if signal.index == fresh[-1].index)


def _since(found: Usual, say: str) -> str:
    """A sentence about the values since a known change."""
    return t(CONTEXT, "Since {since}: {say}", since=_place(found, found.since), say=say) if found.since else say


def _early(found: Usual) -> Verdict:
    """Limits of a few values may still move."""
    because = t(CONTEXT, "So far all lie within {usual}, and these limits may still move.", usual=_usual(found))
    if fresh := _fresh(found):
        because = _words(found, _newest(fresh)) + " " + t(CONTEXT, "But these limits may still move.")
    flip = tn(CONTEXT, "{n} more value makes it clear.", "{n} more values make it clear.", found.lacking())
    return Verdict("wait", word("wait"), _so_few(found), because, flip)


def _alike(found: Usual) -> Verdict:
    say = t(CONTEXT, "Every value is {value}, so nothing tells what is usual.", value=_text(found, found.mean))
    because = t(CONTEXT, "The limits lie on the mean, and any other value would look like a signal.")
    flip = t(CONTEXT, "Check whether the figure is copied, rounded or not counted at all.")
    return Verdict("wait", word("wait"), _since(found, say), because, flip)


def _so_few(found: Usual) -> str:
    least = number(rules.get(RULE).number)
    if found.since:
        return tn(
            CONTEXT,
            "{n} value since the known change, {least} are needed.",
            "{n} values since the known change, {least} are needed.",
            found.count,
            least=least,
        )
    return tn(
        CONTEXT,
        "{n} value so far, {least} are needed.",
        "{n} values so far, {least} are needed.",
        found.count,
        least=least,
    )


def _words(found: Usual, signal: Signal) -> str:
    """A signal since the last known change as one sentence."""
    above = found.asked.values[signal.index] > (known(found.mean) or 0)
    if signal.rule == "beyond_limit":
        return _beyond(found, signal.index, above=above)
    if signal.rule == "eight_on_one_side":
        return _run(found, signal.index, above=above)
    values = {"place": _place(found, signal.index), "mean": _text(found, found.mean)}
    return {
        (True, True): t(CONTEXT, "Two of three weeks up to {place} lie far above the mean {mean}.", **values),
        (True, False): t(CONTEXT, "Two of three weeks up to {place} lie far below the mean {mean}.", **values),
        (False, True): t(CONTEXT, "Two of three values up to value {place} lie far above the mean {mean}.", **values),
        (False, False): t(CONTEXT, "Two of three values up to value {place} lie far below the mean {mean}.", **values),
    }[bool(found.asked.weeks), above]


def _beyond(found: Usual, index: int, *, above: bool) -> str:
    """A value outside the limits, written so that it differs from the limit."""
    limit = known(found.upper if above else found.lower) or 0.0
    value, end = apart(found.asked.values[index], limit, lambda one, places: _written(found, one, places))
    usual = _between(_text(found, found.lower), end) if above else _between(end, _text(found, found.upper))
    values = {"place": _place(found, index), "value": value, "usual": usual}
    if found.asked.weeks:
        return t(CONTEXT, "The week from {place} is {value}; {usual} is usual.", **values)
    return t(CONTEXT, "Value {place} is {value}; {usual} is usual.", **values)


def _run(found: Usual, index: int, *, above: bool) -> str:
    """A level that has moved: since when, where the values have weeks."""
    values = {"place": _place(found, index), "mean": _text(found, found.mean)}
    values["since"] = _place(found, _began(found, index))
    return {
        (True, True): t(CONTEXT, "Higher than chance since {since}: every week above the mean {mean}.", **values),
        (True, False): t(CONTEXT, "Lower than chance since {since}: every week below the mean {mean}.", **values),
        (False, True): t(CONTEXT, "Eight values in a row up to value {place} lie above the mean {mean}.", **values),
        (False, False): t(CONTEXT, "Eight values in a row up to value {place} lie below the mean {mean}.", **values),
    }[bool(found.asked.weeks), above]


def _began(found: Usual, index: int) -> int:
    """The first value of the run on one side of the mean that ends at `index`."""
    mean, values = known(found.mean) or 0.0, found.asked.values
    above = values[index] > mean
    run = takewhile(lambda at: values[at] != mean and (values[at] > mean) == above, range(index, found.since - 1, -1))
    return index - sum(1 for _ in run) + 1


def _place(found: Usual, index: int) -> str:
    """A value by its week, else by its number."""
    weeks = found.asked.weeks
    return day_month(weeks[index]) if index < len(weeks) else number(index + 1)


def _numbers(found: Usual) -> tuple[Number, ...]:
    early = t(CONTEXT, "provisional") if found.lacking() else ""
    floor = t(CONTEXT, "not below 0") if found.asked.counts and not known(found.lower) else ""
    step = number(known(found.average_moving_range) or 0.0)
    of = t(CONTEXT, "since the known change") if found.since else t(CONTEXT, "of all values")
    return (
        Number(
            t(CONTEXT, "Usual range"),
            _usual(found),
            floor,
            badge=early or t(CONTEXT, "mean ± 2.66 steps"),
            definition=t(CONTEXT, "The mean and 2.66 average steps to either side of it (Wheeler)."),
            formula=f"{_text(found, found.mean)} ± {number(2.66, 2)} × {step}",
        ),
        Number(
            t(CONTEXT, "Mean"),
            _text(found, found.mean),
            badge=of,
            definition=t(CONTEXT, "The sum of the values divided by how many they are."),
        ),
        Number(
            t(CONTEXT, "Average step"),
            step,
            badge=t(CONTEXT, "from one to the next"),
            definition=t(CONTEXT, "From one value to the next, up or down (the average moving range)."),
        ),
        Number(
            t(CONTEXT, "Largest usual step"),
            number(known(found.upper_range) or 0.0),
            badge=early or t(CONTEXT, "3.267 average steps"),
            definition=t(CONTEXT, "A larger step from one value to the next is unusual (the upper range limit)."),
            formula=f"{number(3.267, 3)} × {step}",
        ),
    )


def _chart(found: Usual) -> Control:
    values, lit = found.asked.values, tuple(sorted({signal.index for signal in found.signals}))
    mean, lower, upper = (known(level) or 0.0 for level in (found.mean, found.lower, found.upper))
    return Control(
        title=_finding(found, len(lit)),
        caption=t(CONTEXT, "The values in order of time. Between the dashed limits they are noise."),
        labels=tuple(_place(found, place) for place in range(len(values))),
        values=values,
        mean=mean,
        lower=lower,
        upper=upper,
        since=found.since,
        earlier=tuple(Level(one.start, one.stop, one.mean, one.lower, one.upper) for one in found.earlier),
        lit=lit,
        write=lambda value: _written(found, value),
    )


def _finding(found: Usual, signals: int) -> str:
    if signals:
        of = number(len(found.asked.values))
        return tn(CONTEXT, "{n} of {of} values is a signal", "{n} of {of} values are signals", signals, of=of)
    if not found.average_moving_range:
        return t(CONTEXT, "Every value is the same")
    return t(CONTEXT, "No value lies outside {usual}", usual=_usual(found))


def _signals(found: Usual) -> Table:
    rules_of: dict[int, list[str]] = {}
    for signal in found.signals:
        rules_of.setdefault(signal.index, []).append(_rule(signal.rule))
    rows = tuple(
        (_place(found, index), number(found.asked.values[index]), "; ".join(told)) for index, told in rules_of.items()
    )
    where = t(CONTEXT, "Week from") if found.asked.weeks else t(CONTEXT, "No.")
    columns = (where, t(CONTEXT, "Value"), t(CONTEXT, "Why it is a signal"))
    return Table(t(CONTEXT, "Signals"), columns, rows, numeric=(1,))


def _changes(found: Usual) -> Table:
    """What was usual before and after each known change."""
    asked = found.asked
    starts = {at: one.why for one in asked.own() if (at := asked.start(one))}
    now = (known(one) or 0.0 for one in (found.mean, found.lower, found.upper))
    spans = [*((one.start, (one.mean, one.lower, one.upper)) for one in found.earlier), (found.since, tuple(now))]
    rows = tuple(
        (
            _place(found, start),
            starts.get(start, "").strip() or "—",
            _written(found, mean),
            _between(_written(found, lower), _written(found, upper)),
        )
        for start, (mean, lower, upper) in spans
    )
    columns = (t(CONTEXT, "From"), t(CONTEXT, "What changed"), t(CONTEXT, "Mean"), t(CONTEXT, "Usual range"))
    return Table(t(CONTEXT, "Before and after"), columns, rows if starts else (), numeric=(2, 3))


def _notes(found: Usual) -> Iterator[str]:
    if found.average_moving_range and found.jumps:
        places = ", ".join(_place(found, index) for index in found.jumps)
        yield t(CONTEXT, "An unusually large step leads to value: {places}.", places=places)
    lost = [one for one in found.asked.own() if found.asked.start(one) is None]
    if lost:
        names = ", ".join(one.why.strip() or "—" for one in lost)
        yield t(CONTEXT, "These changes lie outside the row and part nothing: {names}.", names=names)


def _usual(found: Usual) -> str:
    if not found.average_moving_range:
        return _text(found, found.mean)
    return _between(_text(found, found.lower), _text(found, found.upper))


def _text(found: Usual, value: object) -> str:
    return _written(found, known(value) or 0.0)


def _written(found: Usual, value: float, places: int | None = None) -> str:
    return number(value, _places(found) if places is None else places)


def _places(found: Usual) -> int | None:
    """Decimals that give the width of the usual range two figures; None where all values are alike."""
    spread = (known(found.upper) or 0.0) - (known(found.lower) or 0.0)
    return min(max(1 - math.floor(math.log10(spread)), 0), _FINEST) if spread > 0 else None


def _between(low: str, high: str) -> str:
    return f"{low}…{high}" if low.startswith(MINUS) else f"{low}–{high}"


def _rule(rule: xmr.Rule) -> str:
    return {
        "beyond_limit": t(CONTEXT, "outside the limits"),
        "eight_on_one_side": t(CONTEXT, "eight in a row on one side of the mean"),
        "two_of_three": t(CONTEXT, "two of three beyond two thirds of the way to a limit"),
    }[rule]
