"""Published values of goals, chances, scores, economics, control limits, cycles and clients who stay."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from playbook.methods.intervals import wilson
from playbook.methods.purchases import Pace, Spend
from playbook.model import known
from playbook.questions.chance import Chance
from playbook.questions.clv import Clv
from playbook.questions.contract_retention import ContractRetention
from playbook.questions.deal_cycle import DealCycle
from playbook.questions.goal import Goal
from playbook.questions.ideas import Ideas
from playbook.questions.kpi_tree import KpiTree
from playbook.questions.unit_economics import UnitEconomics
from playbook.questions.xmr import Xmr
from tests.published.case import Value

FLOW = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
VISCOSITY = (
    *(33.75, 33.05, 34, 33.81, 33.46, 34.02, 33.68, 33.27),
    *(33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84),
)
REMISSION = (6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35)
FIRST_PAPER = (0.8, -1.0, -2.7, 3.1, 5.4, -7.0, 9.2, -12.1)
FAN_BELTS = (77, 47, 81, 56, 80, -62, -60, -43, -71, -37)
"""Times of what ended, and with a minus of what was still open then."""
HIGH_END = (1000, 869, 743, 653, 593, 551, 517, 491)
REGULAR = (1000, 631, 468, 382, 326, 289, 262, 241)
CDNOW = Pace(0.243, 4.414, 0.793, 2.426, -9582.4)
PAID = Spend(6.25, 3.74, 15.44, 0)
BITS = 1e-9


def values() -> Iterator[Value]:
    """All of them."""
    yield from _goals()
    yield from _chances()
    yield from _scores()
    yield from _economics()
    yield from _limits()
    yield from _splits()
    yield from _cycles()
    yield from _clients()


def _goals() -> Iterator[Value]:
    goal = partial(Value, "goal")
    trew = {"target_revenue": 500_000, "average_order_value": 10_000, "lead_to_sale": 0.02}
    yield goal("TREW", "500,000 at 10,000 a customer: customers", 50, 0, partial(_goal, "customers", **trew))
    yield goal("TREW", "2% of leads become customers: leads", 2500, 0, partial(_goal, "leads", **trew))
    web = {"target_revenue": 25_000, "average_order_value": 20, "lead_to_sale": 1, "visit_to_lead": 0.01}
    source = "Business Insider 2010"
    yield goal(source, "25,000 at 20 a customer: customers", 1250, 0, partial(_goal, "customers", **web))
    yield goal(source, "1% of visitors buy: visitors", 125_000, 0, partial(_goal, "visits", **web))


def _goal(name: str, **asked: float) -> float:
    whole = {"objective": "sales_now", "horizon_days": 90, "cycle_days": 1, "gross_margin": 0.5}
    whole |= {"visit_to_lead": 0.05, "cost_per_visit": 1, **asked}
    return float(known(getattr(Goal.read(whole).solve(), name)) or 0)


def _chances() -> Iterator[Value]:
    chance = partial(Value, "chance")
    for n, least, rate, published in ((20, 15, 0.5, 0.0207), (10, 1, 0.1, 0.6513), (5, 3, 0.4, 0.3174)):
        says = f"at least {least} of {n} at {rate:g}"
        yield chance("binomial tables", says, published, 5e-5, partial(_chance, n, least, rate=rate))
    yield chance(
        "scipy binomtest", "at least 3 of 15 at 0.1", 0.18406106910639114, BITS, partial(_chance, 15, 3, rate=0.1)
    )
    yield chance(
        "Laplace 1774", "9 of 9 seen: the next one", 10 / 11, BITS, partial(_chance, 1, 1, successes=9, trials=9)
    )
    for hits, n, ends in (
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ):
        yield Value("lead-sources", "Newcombe 1998 a", f"{hits} of {n} leads pay", ends, 5e-5, partial(wilson, hits, n))


def _chance(attempts: int, at_least: int, **known_of: float) -> float:
    return known(Chance.read({"attempts": attempts, "at_least": at_least, **known_of}).solve().probability) or 0.0


def _scores() -> Iterator[Value]:
    for source, row, published in (
        ("beginpm", (1000, 2, 0.8, 5), 320),
        ("beginpm", (500, 1, 0.9, 2), 225),
        ("beginpm", (2000, 1, 0.7, 8), 175),
        ("cadenly", (5000, 2, 0.8, 2), 4000),
        ("cadenly", (8000, 0.5, 1, 3), 1333),
    ):
        reach, impact, confidence, effort = row
        says = f"RICE of {reach:,} × {impact} × {confidence:.0%} ÷ {effort}"
        yield Value("ideas", source, says, published, 0.5, partial(_rice, row))


def _rice(row: tuple[float, ...]) -> float:
    scored = dict(zip(("reach", "impact", "confidence", "effort"), row, strict=True))
    asked = {"method": "rice", "ideas": [{"name": "H", "kind": "offer", **scored}]}
    return known(Ideas.read(asked).solve().ranked[0].score) or 0.0


def _economics() -> Iterator[Value]:
    for source, cac, price, margin, months in (
        ("Prime Calculator", 600, 100, 0.75, 8.0),
        ("calcmastery", 1200, 180, 0.75, 8.89),
        ("calcsimpler", 8000, 1200, 0.78, 8.55),
    ):
        says = f"{cac:,} at {price:,} a month and {margin:.0%} of margin: months"
        yield Value("unit-economics", source, says, months, 5e-3, partial(_payback, cac, price, margin))
    for retention, discount, times in (
        *((0.6, 0.10, 1.20), (0.7, 0.14, 1.59), (0.8, 0.12, 2.50), (0.9, 0.10, 4.50), (0.9, 0.16, 3.46)),
    ):
        says = f"retention {retention:.0%}, discount {discount:.0%}: margin multiple"
        found = partial(_multiple, 1.0, retention, discount, "after_renewal")
        yield Value("clv", "Gupta, Lehmann 2003", says, times, 5.1e-3, found)
    says = "17.95 a month, 0.5% leave, 1% discount"
    yield Value("clv", "Darden", says, 1209, 0.6, partial(_multiple, 17.95, 0.995, 0.01, "at_purchase"))


def _payback(cac: float, price: float, margin: float) -> float:
    asked = {"price": price, "cogs": price * (1 - margin), "cac": cac, "monthly_retention": 1}
    whole = {**asked, "purchases_per_month": 1, "payback_target_months": 12}
    return known(UnitEconomics.read(whole).solve().payback_months) or 0.0


def _multiple(margin: float, retention: float, discount: float, first: str) -> float:
    asked = {"margin": margin, "retention": retention, "discount_rate": discount, "first_margin": first}
    return known(Clv.read(asked).solve().clv) or 0.0


def _limits() -> Iterator[Value]:
    for source, row, name, published, within in (
        ("NIST 6.3.2.2", FLOW, "mean", 50.81, BITS),
        ("NIST 6.3.2.2", FLOW, "average_moving_range", 1.8778, 5e-5),
        ("NIST 6.3.2.2", FLOW, "lower", 45.8159, 1e-3),
        ("NIST 6.3.2.2", FLOW, "upper", 55.8041, 1e-3),
        ("qcc", VISCOSITY, "mean", 33.52333, 5e-6),
        ("qcc", VISCOSITY, "lower", 32.24484, 1e-3),
        ("qcc", VISCOSITY, "upper", 34.80183, 1e-3),
    ):
        yield Value("xmr", source, name.replace("_", " "), published, within, partial(_limit, row, name))
    says = "standard deviation by the moving range"
    yield Value("xmr", "qcc", says, 0.4261651, 1e-6, lambda: _limit(VISCOSITY, "average_moving_range") / 1.128)


def _limit(row: tuple[float, ...], name: str) -> float:
    return known(getattr(Xmr(values=row).solve(), name)) or 0.0


def _splits() -> Iterator[Value]:
    """Its rows of factors as weeks of sales, average order value and margin: the first week sold 1, the next one 4."""
    tree, places = partial(Value, "kpi-tree", "Heun, LMDIR"), ("sales", "average_order_value", "gross_margin")
    for before, now, published in (
        (
            (1, 10, 2),
            (4, 5, 3),
            {"sales": 50.47438029, "average_order_value": -25.23719014, "gross_margin": 14.76280986},
        ),
        ((4, 5, 3), (5, 6, 4), {"sales": 19.31568569, "average_order_value": 15.78206435}),
    ):
        for name, value in published.items():
            says = f"{before} to {now}: part of factor {places.index(name) + 1}"
            yield tree(says, value, 1e-8, partial(_part, before, now, name))


def _part(before: tuple[int, int, int], now: tuple[int, int, int], lever: str) -> float:
    """The second factor ten times and the third a tenth of it, as a margin is no more than 1."""
    weeks = [{"sales": n, "revenue": n * x * 10, "gross_profit": n * x * y} for n, x, y in (before, now)]
    return next(part.amount for part in KpiTree.read({"weeks": weeks}).solve().parts if part.lever == lever)


def _cycles() -> Iterator[Value]:
    cycle = partial(Value, "deal-cycle")
    for source, row, shares, within in (
        ("Freireich 1963", REMISSION, {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690}, 5e-4),
        ("Kaplan, Meier 1958", FIRST_PAPER, {0.8: 7 / 8, 3.1: 7 / 10, 5.4: 21 / 40, 9.2: 21 / 80}, BITS),
        ("scipy ecdf", FAN_BELTS, {47: 0.875, 56: 0.75, 77: 0.5, 80: 0.25}, BITS),
    ):
        for day, share in shares.items():
            yield cycle(source, f"still open after {day:g}", share, within, partial(_open, row, day))
    yield cycle("Freireich 1963", "median", 23, 0, lambda: known(_deals(REMISSION).solve().median_days) or 0.0)


def _deals(signed: tuple[float, ...]) -> DealCycle:
    return DealCycle.read({"deals": [{"days": abs(time), "closed": time > 0} for time in signed]})


def _open(signed: tuple[float, ...], day: float) -> float:
    return next(point.open_share for point in _deals(signed).solve().curve if point.day == day)


def _clients() -> Iterator[Value]:
    stay, source = partial(Value, "contract-retention"), "Fader, Hardie 2007"
    for cohort, named, name, published, within in (
        (HIGH_END, "high end", "alpha", 0.668, 6e-4),
        (HIGH_END, "high end", "beta", 3.806, 1.1e-3),
        (HIGH_END, "high end", "log_likelihood", -1611.2, 0.06),
        (REGULAR, "regular", "alpha", 0.704, 6e-4),
        (REGULAR, "regular", "beta", 1.182, 6e-4),
    ):
        yield stay(source, f"{named}: {name.replace('_', ' ')}", published, within, partial(_stay, cohort, name))
    back = partial(Value, "repeat-purchases")
    yield back(
        "BG/NBD in Excel", "x = 2, tx = 30.43, T = 38.86: in 39 weeks", 1.226, 5e-4, partial(_back, 39, 2, 30.43, 38.86)
    )
    for x, when, age, published in (
        (18, 35.14, 35.86, 0.424877),
        (29, 37.71, 38.00, 0.662396),
        (26, 30.86, 31.00, 0.710623),
    ):
        says = f"x = {x}, tx = {when}, T = {age}: in the next week"
        yield back("lifetimes README", says, published, 3e-4, partial(_back, 1, x, when, age))
    for x, mean, published in ((2, 22.35, 24.658619), (7, 73.74, 71.462843)):
        says = f"{x} purchases of {mean} on average: the next one"
        yield back("lifetimes README", says, published, 0.02, partial(_paid, x, mean))


def _stay(cohort: tuple[int, ...], name: str) -> float:
    assert all(before >= after for before, after in pairwise(cohort))
    return known(getattr(ContractRetention.read({"cohorts": [list(cohort)]}).solve(), name)) or 0.0


def _back(ahead: float, *one: float) -> float:
    return float(CDNOW.expected(ahead, *(np.array([value], float) for value in one))[0])


def _paid(repeats: float, mean: float) -> float:
    found: Any = PAID.expected(np.array([repeats]), np.array([mean]))
    return float(found[0])
