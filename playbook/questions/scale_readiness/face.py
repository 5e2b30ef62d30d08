"""How readiness to scale is shown: the verdict, the numbers, the four lights, week by week."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, get_args

from playbook import rules
from playbook.charts import Control
from playbook.display import Face, Kind, Number, Ruler, Table, Verdict, apart, or_dash, sentence, wait, word
from playbook.i18n import money, number, share, t, tn
from playbook.methods import xmr

if TYPE_CHECKING:
    from playbook.questions.scale_readiness import Readiness

CONTEXT = "scale-readiness"
Light = Literal["stable", "cac", "conversion", "cycle"]
LIGHTS: tuple[Light, ...] = get_args(Light)


def face(found: Readiness) -> Face:
    """Go, no go or not yet; what keeps it; the four lights; the sales on their chart."""
    least, most = found.asked.span()
    if not found.asked.weeks:
        say = t(CONTEXT, "No week is here yet; {low}–{high} in a row are needed.", low=number(least), high=number(most))
        return wait(say, t(CONTEXT, "Add the weeks of the core one by one, the oldest first."))
    return Face(
        verdict=_said(found, least, most),
        numbers=_numbers(found, least),
        chart=_chart(found),
        sections=(_lights(found), _weeks(found)),
        notes=_notes(found, most),
        rules=(
            rules.check("scale_stable_weeks", found.weeks_in_a_row),
            rules.check("scale_conditions", len(LIGHTS) - len(found.missing)),
        ),
    )


def _said(found: Readiness, least: int, most: int) -> Verdict:
    count = found.weeks_in_a_row
    ruler = Ruler(
        min(count, most),
        least,
        t(CONTEXT, "in a row: {value}", value=number(count)),
        t(CONTEXT, "least: {value}", value=number(least)),
        most,
    )
    if found.ready:
        because = t(
            CONTEXT,
            "Sales and conversion hold no signal, CAC is below {limit}, tests are closed.",
            limit=_limit(found),
        )
        flip = t(
            CONTEXT,
            "It turns with the first week whose CAC reaches {limit}, or that closes no test.",
            limit=_limit(found),
        )
        return Verdict("yes", word("yes"), _kept(count, least), because, flip, ruler)
    because = " ".join(list(dict.fromkeys(sentence(item.reason) for item in found.missing))[:2])
    flip = tn(
        CONTEXT,
        "It becomes “do it” after {n} more good week in a row.",
        "It becomes “do it” after {n} more good weeks in a row.",
        least - count,
    )
    kind: Kind = "no" if False in dict(found.lights).values() else "wait"
    return Verdict(kind, word(kind), _kept(count, least), because, flip, ruler)


def _kept(count: int, least: int) -> str:
    """How many weeks in a row the conditions were kept."""
    if not count:
        return t(
            CONTEXT,
            "The last week that can be judged misses a condition; all four are needed {least} weeks in a row.",
            least=number(least),
        )
    return tn(
        CONTEXT,
        "{n} week in a row keeps all four conditions; {least} are the least.",
        "{n} weeks in a row keep all four conditions; {least} are the least.",
        count,
        least=number(least),
    )


def _limit(found: Readiness) -> str:
    return money(found.asked.admissible_cac)


def _numbers(found: Readiness, least: int) -> tuple[Number, ...]:
    last, sales = found.asked.weeks[-1], found.asked.usual("sales")
    closed = sum(week.tests_closed or 0 for week in found.asked.weeks[-least:])
    return (
        Number(
            t(CONTEXT, "Weeks in a row"),
            number(found.weeks_in_a_row),
            badge=rules.get("scale_stable_weeks").range_words,
            definition=t(
                CONTEXT,
                "Counted back from the newest week to the first that fails or lacks a number; a week whose leads are "
                "still open is passed over.",
            ),
        ),
        Number(
            t(CONTEXT, "CAC of the last week"),
            or_dash(last.paid, money),
            badge=t(CONTEXT, "below {limit}", limit=_limit(found)),
            definition=t(CONTEXT, "As typed, else spent by sales. Equal to the limit is not below it."),
        ),
        Number(
            t(CONTEXT, "Usual sales of a week"),
            usual_range(sales, number) if sales else "—",
            badge=t(CONTEXT, "by XmR"),
            definition=t(
                CONTEXT, "Mean ± 2.66 average steps over the last {most} weeks.", most=number(found.asked.span()[1])
            ),
        ),
        Number(
            t(CONTEXT, "Tests closed"),
            number(closed),
            tn(CONTEXT, "in {n} week", "in {n} weeks", min(least, len(found.asked.weeks))),
            badge=t(CONTEXT, "each week one at least"),
            definition=t(CONTEXT, "A test is closed when a decision followed from it."),
        ),
    )


def _chart(found: Readiness) -> Control | None:
    usual = found.asked.usual("sales")
    if usual is None:
        return None
    shown = found.asked.known("sales")[-found.asked.span()[1] :]
    lit = tuple(sorted({signal.index for signal in usual.signals}))
    calm = t(CONTEXT, "Weekly sales keep within {usual}", usual=usual_range(usual, number))
    return Control(
        title=t(CONTEXT, "Weekly sales hold a signal") if lit else calm,
        caption=t(CONTEXT, "Sales by week. Between the dashed limits they are noise."),
        labels=tuple(found.asked.headed(place) for place, _ in shown),
        values=tuple(value for _, value in shown),
        mean=usual.mean,
        lower=usual.lower,
        upper=usual.upper,
        lit=lit,
    )


def _lights(found: Readiness) -> Table:
    names = {
        "stable": t(CONTEXT, "Stable core"),
        "cac": t(CONTEXT, "Managed CAC"),
        "conversion": t(CONTEXT, "Clear conversion"),
        "cycle": t(CONTEXT, "Working cycle of tests"),
    }
    kept = {
        "stable": t(CONTEXT, "Weekly sales hold no signal."),
        "cac": t(CONTEXT, "CAC is below {limit} in each week.", limit=_limit(found)),
        "conversion": t(CONTEXT, "Conversion is known each week and holds no signal."),
        "cycle": t(CONTEXT, "A test is closed each week."),
    }
    why = {item.light: sentence(item.reason) for item in found.missing}
    state = {True: t(CONTEXT, "on"), False: t(CONTEXT, "off")}
    lights = dict(found.lights)
    rows = tuple(
        (names[name], state.get(lights[name], t(CONTEXT, "not yet")), why.get(name, kept[name])) for name in LIGHTS
    )
    return Table(t(CONTEXT, "Four lights"), (t(CONTEXT, "Condition"), t(CONTEXT, "Light"), t(CONTEXT, "Why")), rows)


def _weeks(found: Readiness) -> Table:
    flags = found.asked.flags()
    rows = tuple(
        (
            found.asked.headed(place),
            or_dash(week.sales, number),
            or_dash(week.paid, money),
            or_dash(week.lead_to_sale, share),
            or_dash(week.tests_closed, number),
            number(sum(flags[name][place] is True for name in LIGHTS)),
        )
        for place, week in enumerate(found.asked.weeks)
    )
    columns = (
        t(CONTEXT, "Week"),
        t(CONTEXT, "Sales"),
        t(CONTEXT, "CAC"),
        t(CONTEXT, "Conversion to payment"),
        t(CONTEXT, "Tests closed"),
        t(CONTEXT, "Conditions kept"),
    )
    return Table(t(CONTEXT, "Week by week"), columns, rows, numeric=(1, 2, 3, 4, 5))


def _notes(found: Readiness, most: int) -> tuple[str, ...]:
    firm, have = rules.get("xmr_points"), min(len(found.asked.weeks), most)
    young = len(found.asked.weeks) - found.asked.ripe()
    said = []
    if young:
        said.append(
            tn(
                CONTEXT,
                "{n} newest week is not judged by its conversion yet: most of its leads are still open.",
                "{n} newest weeks are not judged by their conversion yet: most of their leads are still open.",
                young,
            )
        )
    if firm.status(have) != "within":
        said.append(
            tn(
                CONTEXT,
                "With {n} week the limits are provisional: a signal is hard to see.",
                "With {n} weeks the limits are provisional: a signal is hard to see.",
                have,
            )
        )
    return tuple(said)


def usual_range(found: xmr.Chart, write: Callable[[float, int | None], str], beside: float | None = None) -> str:
    """The usual range, its ends told apart from a value `beside` them."""
    ends = (found.lower, found.upper if write is number else min(found.upper, 1.0))
    low, high = (write(end, None) if beside is None else apart(beside, end, write)[1] for end in ends)
    return f"{low}–{high}" if low != high else low
