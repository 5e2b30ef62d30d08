"""Published values of sizes, tests, splits, several tests and several looks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from playbook.methods import power
from playbook.methods.many_tests import Method
from playbook.methods.two_samples import Means, welch, welch_interval
from playbook.model import known
from playbook.questions.ab_test import AbTest
from playbook.questions.many_tests import ManyTests
from playbook.questions.peeking import Peeking
from playbook.questions.sample_size import SampleSize
from playbook.questions.srm import Srm
from tests.published.case import Value

BH_1995 = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
)
SIX, FIVE = (16, 18, 16, 14, 12, 12), (89, 37, 30, 28, 2)
SLEEP = (Means(10, 0.75, 1.789010), Means(10, 2.33, 2.002249))
FOUR_PLACES = 5e-5


def values() -> Iterator[Value]:
    """All of them."""
    yield from _sizes()
    yield from _two_samples()
    yield from _splits()
    yield from _several()


def _sizes() -> Iterator[Value]:
    new = partial(Value, "sample-size", "R power.prop.test")
    yield new("n = 50, 50% against 75%: power", 0.740, 5e-4, partial(_size, "power", variant=0.75, per_group=50))
    yield new("50% against 75%, power 90%: n", 76.7, 0.05, partial(_people, 0.5, 0.75, 0.05, 0.9))
    yield new("n = 50, power 90%: p2", 0.8026, FOUR_PLACES, partial(_size, "variant", per_group=50, power=0.9))
    yield new(
        "n = 50, 50% against 90%, power 90%: level, to R's tolerance",
        0.00131,
        2e-5,
        partial(_size, "alpha", variant=0.9, per_group=50, power=0.9),
    )


def _size(name: str, **asked: float) -> float:
    found = known(getattr(SampleSize.read({"baseline": 0.5, **asked}).solve(), name))
    assert found is not None
    return found


def _people(p1: float, p2: float, alpha: float, wanted: float) -> float:
    return power.size(p1, p2, alpha, wanted) or 0.0


def _two_samples() -> Iterator[Value]:
    test = partial(Value, "ab-test")
    yield test(
        "R fisher.test", "2 of 17 against 10 of 13: p", 0.0005367, 5e-8, partial(_p, "fisher", (17, 2), (13, 10))
    )
    yield test(
        "scipy fisher_exact",
        "8 of 9 against 2 of 7: p",
        0.034965034965034975,
        1e-12,
        partial(_p, "fisher", (9, 8), (7, 2)),
    )
    yield test("R t.test", "extra sleep of two drugs: p", 0.07939, 5e-6, partial(_sleep, "p"))
    yield test("R t.test", "degrees of freedom", 17.776, 5e-4, partial(_sleep, "df"))
    yield test("R t.test", "95% interval", (-3.3654832, 0.2054832), 1e-5, partial(_sleep, "interval"))
    for a, b, ends in (
        ((80, 48), (70, 56), (0.0524, 0.3339)),
        ((10, 3), (10, 9), (0.1705, 0.8090)),
        ((29, 0), (56, 5), (-0.0381, 0.1926)),
        ((20, 0), (10, 10), (0.6791, 1.0)),
        ((7, 2), (7, 6), (0.0582, 0.8062)),
    ):
        says = f"{b[1]}/{b[0]} less {a[1]}/{a[0]}"
        yield test("Newcombe 1998 b", says, ends, FOUR_PLACES, partial(_interval, a, b))


def _asked(control: tuple[int, int], variant: tuple[int, int], method: str) -> AbTest:
    sides = {"control": control, "variant": variant}
    samples = {name: {"n": n, "conversions": hits} for name, (n, hits) in sides.items()}
    planned = variant[0] / (control[0] + variant[0])
    return AbTest.read({**samples, "method": method, "planned_share": planned})


def _p(method: str, control: tuple[int, int], variant: tuple[int, int]) -> float:
    return _asked(control, variant, method).solve().p_value or 0.0


def _interval(control: tuple[int, int], variant: tuple[int, int]) -> tuple[float, ...]:
    found = _asked(control, variant, "auto").solve()
    return known(found.low) or 0.0, known(found.high) or 0.0


def _sleep(what: str) -> float | tuple[float, ...]:
    found = welch(*SLEEP)
    assert found is not None
    if what == "interval":
        return welch_interval(SLEEP[1], SLEEP[0], found[1], 0.95)
    return found[0] if what == "p" else found[1]


def _splits() -> Iterator[Value]:
    srm = partial(Value, "srm")
    yield srm("R chisq.test", "89, 37, 30, 28, 2 as 40:20:20:15:5: p", 0.04059, 5e-6, partial(_split, FIVE, 0))
    yield srm("R chisq.test", "the same as 40:20:20:19:1: p", 0.215, 5e-4, partial(_split, FIVE, 1))
    yield srm("scipy chisquare", "16, 18, 16, 14, 12, 12: p", 0.84914503608460956, 1e-9, partial(_split, SIX, 2))
    yield srm("scipy chisquare", "expected 16 × 5 and 8: p", 0.62338762774958223, 1e-9, partial(_split, SIX, 3))
    yield srm("scipy chisquare", "expected 8, 20, 20, 16, 12, 12: p", 0.09949846, 5e-9, partial(_split, SIX, 4))
    yield srm("Kohavi 2020", "821,588 users against 815,482: p", 1.8e-6, 5e-8, partial(_split, (821_588, 815_482), 5))
    yield srm("SRM encyclopedia", "600 users against 400: p", 2.54e-10, 5e-13, partial(_split, (600, 400), 5))


RATIOS = (
    (40, 20, 20, 15, 5),
    (40, 20, 20, 19, 1),
    (1, 1, 1, 1, 1, 1),
    (16, 16, 16, 16, 16, 8),
    (8, 20, 20, 16, 12, 12),
    (1, 1),
)


def _split(counts: tuple[int, ...], ratio: int) -> float:
    found = known(Srm.read({"counts": list(counts), "ratio": list(RATIOS[ratio])}).solve().p_value)
    assert found is not None
    return found


def _several() -> Iterator[Value]:
    many, bh = partial(Value, "many-tests"), "scipy false_discovery_control"
    for place, published, within in (
        (3, 0.035625, 1e-9),
        (4, 0.0603, 1e-9),
        (10, 0.58118182, 5e-9),
        (12, 0.75323077, 5e-9),
    ):
        yield many(bh, f"the {place + 1}th of fifteen p-values, adjusted", published, within, partial(_adjusted, place))
    source = "Benjamini, Hochberg 1995"
    yield many(source, "rejected at 5% by the false discovery rate", 4, 0, partial(_rejected, "fdr_bh"))
    yield many(source, "rejected at 5% by the familywise rate", 3, 0, partial(_rejected, "holm"))
    peeking = partial(Value, "peeking")
    for looks, rate in ((2, 0.083), (3, 0.107), (4, 0.126), (5, 0.142), (10, 0.193)):
        says = f"{looks} looks at 5%: a false alarm"
        yield peeking("Armitage 1969", says, rate, 6e-4, partial(_alarms, looks))
    for looks, level in ((2, 0.0294), (3, 0.0221), (4, 0.0182), (5, 0.0158), (10, 0.0106)):
        yield peeking("Pocock 1977", f"{looks} looks: the level of each", level, 6e-5, partial(_level, looks))


def _adjusted(place: int) -> float:
    return ManyTests(p_values=BH_1995, method="fdr_bh").solve().adjusted[place]


def _rejected(method: Method) -> float:
    return sum(value <= 0.05 for value in ManyTests(p_values=BH_1995, method=method).solve().adjusted)


def _alarms(looks: int) -> float:
    return Peeking(looks=looks, alpha=0.05).solve().false_alarm_rate


def _level(looks: int) -> float:
    return Peeking(looks=looks, alpha=0.05).solve().level_per_look or 0.0
