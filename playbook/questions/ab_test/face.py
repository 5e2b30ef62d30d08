"""How a test of two variants is shown: the verdict before any p-value, the difference, and the evidence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from playbook.charts import Bars
from playbook.display import Face, Number, Point, Points, Verdict, odds, points, sentence, word
from playbook.i18n import number, share, t
from playbook.methods import power as powers
from playbook.model import NonAnswer, known
from playbook.rules import get

if TYPE_CHECKING:
    from playbook.questions.ab_test import Comparison

CONTEXT = "ab-test"
FAR = 10**7
"""More people than this are no advice."""
_TINY = 0.0001


def face(found: Comparison) -> Face:
    """Ship, keep or wait; the difference with its interval; the evidence behind it."""
    return Face(
        verdict=_said(found),
        numbers=tuple(_numbers(found)),
        chart=_chart(found),
        sections=(_next(found),) if found.verdict == "cannot_tell" else (),
        notes=tuple(_notes(found)),
    )


def _said(found: Comparison) -> Verdict:
    rates = {"control": _rate(found, 0), "variant": _rate(found, 1)}
    say = t(CONTEXT, "The variant brings {variant}, the control {control}.", **rates)
    if found.asked.split_is_broken():
        say = t(
            CONTEXT, "The test is broken: {control} and {variant} people came to the two variants.", **_people(found)
        )
        flip = t(CONTEXT, "Find out why before reading any result: it would be wrong with certainty.")
        return Verdict("no", t(CONTEXT, "Do not read it"), say, sentence(found.why), flip)
    because = sentence(found.why)
    if (span := _span(found)) is not None:
        values = {"low": span[0], "high": span[1], "level": share(1 - found.asked.alpha)}
        because += " " + t(CONTEXT, "The true difference lies between {low} and {high} ({level} interval).", **values)
    if found.verdict == "ship":
        return Verdict("yes", t(CONTEXT, "Ship it"), say, because, _soon(found))
    if found.verdict == "keep":
        return Verdict("no", t(CONTEXT, "Keep what you have"), say, because, _soon(found))
    return Verdict("wait", word("wait"), say, because, _more(found))


def _soon(found: Comparison) -> str:
    """What would make the verdict void."""
    if found.used == "sequential":
        return t(CONTEXT, "This holds at any look, so the test may end here.")
    return t(CONTEXT, "It holds only if you look once, at the end that was planned.")


def _more(found: Comparison) -> str:
    """How many people would tell, if the difference seen is the true one."""
    a, b = found.asked.samples()
    if not found.asked.control.counts or a.rate == b.rate:
        return t(CONTEXT, "Only more people or a bigger difference would tell.")
    needed = powers.size(a.rate, b.rate, found.asked.alpha, get("test_power").number)
    if needed is None or needed > FAR:
        return t(CONTEXT, "The difference is so small that no sensible number of people would tell.")
    return t(
        CONTEXT,
        "If this difference is the true one, about {n} people in each group would tell.",
        n=number(math.ceil(needed)),
    )


def _numbers(found: Comparison) -> list[Number]:
    listed = [_difference(found)]
    if found.chance_to_win is not None:
        listed.append(
            Number(
                t(CONTEXT, "Chance to win"),
                odds(found.chance_to_win),
                badge=t(CONTEXT, "flat prior"),
                definition=t(CONTEXT, "How likely the variant is the better one, if nothing was known before."),
            )
        )
    if found.expected_loss is not None:
        definition = t(CONTEXT, "If the variant is taken and is in truth worse, so much is lost on average.")
        listed.append(
            Number(
                t(CONTEXT, "Expected loss"),
                share(found.expected_loss),
                badge=t(CONTEXT, "of choosing the variant"),
                definition=definition,
            )
        )
    if found.p_value is not None:
        listed.append(
            Number(
                t(CONTEXT, "By chance alone"),
                share(found.p_value) if found.p_value >= _TINY else t(CONTEXT, "less than {p}", p=share(_TINY)),
                badge=t(CONTEXT, "p-value, {method}", method=_method(found)),
                definition=t(
                    CONTEXT,
                    "If both variants were alike, a difference as large as this or larger would come so often. It is"
                    " not the chance that they are alike.",
                ),
            )
        )
    return listed


def _difference(found: Comparison) -> Number:
    span, middle = _span(found), found.difference
    if isinstance(middle, NonAnswer) or span is None:
        reason = next((one.reason for one in (middle, found.low) if isinstance(one, NonAnswer)), "")
        value = "—" if isinstance(middle, NonAnswer) else _signed(found, middle)
        return Number(t(CONTEXT, "Difference"), value, definition=sentence(reason))
    return Number(
        t(CONTEXT, "Difference"),
        _signed(found, middle),
        t(CONTEXT, "{low} to {high}", low=span[0], high=span[1]),
        t(CONTEXT, "{level} of such intervals hold the truth", level=share(1 - found.asked.alpha)),
        t(CONTEXT, "The variant less the control, and between what the true difference lies."),
    )


def _span(found: Comparison) -> tuple[str, str] | None:
    low, high = known(found.low), known(found.high)
    return None if low is None or high is None else (_signed(found, low), _signed(found, high))


def _signed(found: Comparison, value: float) -> str:
    """A difference with its sign: points, per cent of the control, or the amount itself."""
    sign = "+" if value > 0 else ""
    if found.asked.difference == "relative":
        return sign + share(value)
    if found.asked.control.counts:
        return t(CONTEXT, "{n} points", n=points(value))
    return sign + number(value)


def _rate(found: Comparison, place: int) -> str:
    sample = found.asked.samples()[place]
    return share(sample.rate) if found.asked.control.counts else number(sample.rate)


def _people(found: Comparison) -> dict[str, str]:
    return {"control": number(found.asked.control.n), "variant": number(found.asked.variant.n)}


def _method(found: Comparison) -> str:
    return {
        "z": t(CONTEXT, "two shares"),
        "fisher": t(CONTEXT, "exact"),
        "welch": t(CONTEXT, "two means"),
    }.get(found.used, "")


def _chart(found: Comparison) -> Bars:
    a, b = found.asked.samples()
    counts = found.asked.control.counts
    return Bars(
        title=t(CONTEXT, "{variant} against {control}", variant=_rate(found, 1), control=_rate(found, 0)),
        caption=t(CONTEXT, "Conversion, %.") if counts else t(CONTEXT, "Mean of one person."),
        labels=(t(CONTEXT, "Control"), t(CONTEXT, "Variant")),
        values=(100 * a.rate, 100 * b.rate) if counts else (a.rate, b.rate),
        texts=(_rate(found, 0), _rate(found, 1)),
        lit=1,
    )


def _notes(found: Comparison) -> list[str]:
    if found.used == "bayes":
        return [t(CONTEXT, "The chance to win is no shield against looking every day: fix the end beforehand.")]
    if found.used == "fisher":
        return [
            t(CONTEXT, "Few people: every possible table is counted instead of a formula, and the interval is wide.")
        ]
    return []


def _next(found: Comparison) -> Points:
    if found.asked.split_is_broken():
        text = t(CONTEXT, "Look at redirects, slow pages, bots, and people who were counted twice; then begin anew.")
        return Points(t(CONTEXT, "What to do now"), (Point(t(CONTEXT, "Find the leak"), text),))
    return Points(
        t(CONTEXT, "What to do now"),
        (
            Point(
                t(CONTEXT, "Let it run"),
                t(CONTEXT, "To the number of people planned beforehand, and not a day less or more."),
            ),
            Point(
                t(CONTEXT, "Count an earlier step"),
                t(CONTEXT, "A step that happens more often shows a difference sooner."),
            ),
            Point(
                t(CONTEXT, "Try something bolder"),
                t(CONTEXT, "A small change takes more people than you will ever have."),
            ),
            Point(
                t(CONTEXT, "Ask clients"),
                t(CONTEXT, "A handful of talks says why; a small test does not even say whether."),
            ),
        ),
    )
