"""Two variants: ship, keep, or cannot tell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.model import NonAnswer
from playbook.questions.ab_test import AbTest, Comparison
from tests.questions.spoken import face, unspoken


def shares(a: tuple[int, int], b: tuple[int, int], **more: Any) -> Comparison:
    control, variant = ({"n": n, "conversions": hits} for n, hits in (a, b))
    return AbTest(control=control, variant=variant, **more).solve()


def means(a: tuple[int, float, float], b: tuple[int, float, float], **more: Any) -> Comparison:
    control, variant = ({"n": n, "mean": mean, "sd": sd} for n, mean, sd in (a, b))
    return AbTest(control=control, variant=variant, **more).solve()


def test_better_beyond_chance_is_shipped() -> None:
    """10% against 13% of 2,000 each: z = 2.98, p = 0.0029; the interval by Newcombe lies above 0."""
    found = shares((2000, 200), (2000, 260))
    assert found.p_value == pytest.approx(0.0029, abs=1e-4)
    assert (found.verdict, round(found.difference, 3)) == ("ship", 0.03)  # type: ignore[arg-type]
    assert found.low > 0  # type: ignore[operator]
    said = found.face().verdict
    assert (said.word, said.say) == ("Ship it", "The variant brings 13%, the control 10%.")


def test_worse_beyond_chance_is_not_shipped() -> None:
    """The same the other way round."""
    assert shares((2000, 260), (2000, 200)).verdict == "keep"


def test_small_difference_cannot_be_told() -> None:
    """10.0% against 10.5%: about 57,763 a side would tell, by R's power.prop.test."""
    found = shares((2000, 200), (2000, 210))
    assert found.verdict == "cannot_tell"
    shown = found.face()
    assert shown.verdict.flip.startswith("If this difference is the true one, about 57,763 people")
    assert len(shown.sections) == 1


def test_few_people_are_counted_exactly() -> None:
    """3 of 4 against 1 of 4 is 34 of 70 tables, 0.4857, with an interval wide as half the scale."""
    found = shares((4, 3), (4, 1))
    assert found.p_value == pytest.approx(0.4857, abs=5e-5)
    assert found.high - found.low > 0.9  # type: ignore[operator]
    assert found.face().notes


def test_broken_split_comes_before_any_result() -> None:
    """5,000 against 4,500 of an even split: the better number is not read, but shown."""
    found = shares((5000, 400), (4500, 500))
    assert (found.verdict, found.p_value) == ("cannot_tell", None)
    assert found.face().verdict.word == "Do not read it"


def test_planned_uneven_split_is_sound() -> None:
    """A tenth of the people in the variant, as planned."""
    assert shares((9000, 900), (1000, 140), planned_share=0.1).verdict == "ship"
    assert shares((9000, 900), (1000, 140)).verdict == "ship"


def test_relative_difference_on_the_logarithm() -> None:
    """13% is 30% more than 10%; sqrt(1/260 + 1/200 - 2/2000) = 0.08858, and 1.3 · exp(±1.96 · 0.08858)."""
    found = shares((2000, 200), (2000, 260), difference="relative")
    assert found.difference == pytest.approx(0.3)
    assert (found.low, found.high) == pytest.approx((0.0928, 0.5465), abs=1e-3)


def test_per_cent_and_points_do_not_contradict_each_other() -> None:
    """90 of 900 against 120 of 910 is better at p = 0.034: its limits in per cent lie above 0, too."""
    found = shares((900, 90), (910, 120), difference="relative")
    assert found.verdict == "ship"
    assert found.low == pytest.approx(0.02, abs=0.005)


@given(st.integers(2, 500), st.floats(1, 100), st.floats(0.1, 50), st.integers(2, 500), st.floats(1, 100))
def test_per_cent_of_means_leaves_out_nothing_where_the_test_does(
    n: int, mean: float, sd: float, m: int, other: float
) -> None:
    """Fieller's limits and Welch's test ask the same of the data."""
    found = means((n, mean, sd), (m, other, sd), difference="relative")
    if isinstance(found.low, float) and isinstance(found.high, float) and found.p_value is not None:
        inside = found.low <= 0 <= found.high
        assert inside == (found.p_value >= 0.05) or found.p_value == pytest.approx(0.05, abs=1e-6)


def test_control_near_or_below_nothing_has_no_per_cent() -> None:
    """1 give or take 10: of that any per cent is possible; of a loss none says anything."""
    near = means((20, 1, 10), (20, 5, 10), difference="relative")
    assert isinstance(near.low, NonAnswer)
    assert near.difference == pytest.approx(4)
    below = means((20, -1, 10), (20, 5, 10), difference="relative")
    assert isinstance(below.difference, NonAnswer)


def test_nothing_in_the_control_has_no_per_cent() -> None:
    """There is no per cent of 0, and points are still there."""
    found = shares((500, 0), (500, 9), difference="relative")
    assert isinstance(found.difference, NonAnswer)
    assert found.verdict == "ship"
    assert shares((500, 0), (500, 9)).difference == 0.018


def test_means_by_welch() -> None:
    """Student's sleep in R: t.test gives p-value = 0.07939, interval -0.2054832 to 3.3654832."""
    found = means((10, 0.75, 1.789010), (10, 2.33, 2.002249))
    assert found.p_value == pytest.approx(0.07939, abs=1e-5)
    assert (found.low, found.high) == pytest.approx((-0.2054832, 3.3654832), abs=1e-5)
    assert found.verdict == "cannot_tell"


def test_values_that_do_not_vary_tell_nothing() -> None:
    """Without spread no chance can be judged."""
    found = means((10, 1, 0), (10, 2, 0))
    assert (found.verdict, found.p_value) == ("cannot_tell", None)
    assert "no value of a variant differs" in found.why


def test_bayes_says_the_chance_and_the_loss() -> None:
    """Equal variants win by halves; a clear one is shipped."""
    even, clear = (shares((1000, 100), (1000, hits), method="bayes") for hits in (100, 150))
    assert even.chance_to_win == pytest.approx(0.5, abs=1e-4)
    assert (even.verdict, clear.verdict) == ("cannot_tell", "ship")
    assert (clear.expected_loss or 1) < 1e-4


def test_sequential_is_slower_to_call() -> None:
    """What one look at the end would call, a look at any time does not yet."""
    once, any_time = (shares((2000, 200), (2000, 246), method=method) for method in ("z", "sequential"))
    assert (once.verdict, any_time.verdict) == ("ship", "cannot_tell")
    assert shares((20_000, 2000), (20_000, 2460), method="sequential").verdict == "ship"


@pytest.mark.parametrize(
    ("control", "variant", "field"),
    [
        ({"n": 10, "conversions": 11}, {"n": 10, "conversions": 1}, "control"),
        ({"n": 0, "conversions": 0}, {"n": 10, "conversions": 1}, "control.n"),
        ({"n": 10}, {"n": 10, "conversions": 1}, "control"),
        ({"n": 10, "mean": 1}, {"n": 10, "mean": 1, "sd": 1}, "control"),
        ({"n": 1, "mean": 1, "sd": 0}, {"n": 10, "mean": 1, "sd": 1}, "control"),
        ({"n": 10, "mean": 1, "sd": 1}, {"n": 10, "conversions": 1}, "variant"),
        ({"n": 10, "mean": float("nan"), "sd": 1}, {"n": 10, "mean": 1, "sd": 1}, "control.mean"),
    ],
)
def test_variant_that_cannot_be_is_refused(control: dict[str, Any], variant: dict[str, Any], field: str) -> None:
    """More successes than people, nobody, no spread, two kinds at once."""
    with pytest.raises(InvalidInput) as caught:
        AbTest.read({"control": control, "variant": variant})
    assert caught.value.field == field


def test_method_must_fit_the_data() -> None:
    """Fisher does not average money, and Welch does not count successes."""
    with pytest.raises(InvalidInput):
        means((10, 1, 1), (10, 2, 1), method="fisher")
    with pytest.raises(InvalidInput):
        shares((10, 1), (10, 2), method="welch")


@settings(deadline=None, max_examples=60)
@given(
    *(st.tuples(st.integers(1, 5000), st.floats(0, 1)) for _ in range(2)),
    st.sampled_from(["auto", "z", "fisher", "bayes", "sequential"]),
    st.sampled_from(["absolute", "relative"]),
    st.sampled_from(LANGUAGES),
)
def test_every_test_has_a_face(
    a: tuple[int, float], b: tuple[int, float], method: str, difference: str, language: str
) -> None:
    """Whatever comes out there are words, and no inf or nan."""
    with speaking(language):
        pair = ((n, round(n * part)) for n, part in (a, b))
        found = shares(*pair, method=method, difference=difference)
        shown = found.face()
        assert shown.verdict.say
        assert shown.chart is None or shown.chart.svg()
        assert not {"inf", "nan"} & set(str(found.to_json()).replace(",", " ").split())


@pytest.mark.parametrize("hits", [90, 150, 60])
@pytest.mark.parametrize("method", ["auto", "fisher", "bayes", "sequential"])
def test_face_speaks_russian(hits: int, method: str) -> None:
    """No sentence is left in English."""
    asked = {"control": {"n": 900, "conversions": 90}, "variant": {"n": 900, "conversions": hits}, "method": method}
    assert unspoken(face("ab-test", asked, "ru")[1]) == []


@pytest.mark.parametrize(("difference", "seen"), [("absolute", 1), ("relative", 0.2)])
def test_means_without_spread_have_no_interval(difference: str, seen: float) -> None:
    """5 against 6 with no spread at all: the difference stands, an interval of one point would be made up."""
    sides = {"control": {"n": 10, "mean": 5, "sd": 0}, "variant": {"n": 10, "mean": 6, "sd": 0}}
    found = AbTest.read({**sides, "difference": difference}).solve()
    assert found.difference == pytest.approx(seen)
    assert isinstance(found.low, NonAnswer)
    assert found.verdict == "cannot_tell"
    assert "interval" not in found.face().verdict.because
