"""How many people a test takes, and whether the traffic can ever answer it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.model import NonAnswer
from playbook.questions.sample_size import Design, SampleSize
from tests.questions.spoken import face, unspoken


def design(**asked: Any) -> Design:
    return SampleSize(**{"baseline": 0.2, **asked}).solve()


def test_five_points_are_not_five_per_cent() -> None:
    """From 20% to 25% takes 1,094 a side by R's formula; from 20% to 21% takes 25,583."""
    assert design(mde=0.05).per_group == design(variant=0.25).per_group == 1094
    assert design(mde=0.05, mde_kind="relative").per_group == design(variant=0.21).per_group == 25_583


@pytest.mark.parametrize(
    ("asked", "name", "value"),
    [
        ({"variant": 0.75, "per_group": 50}, "power", 0.740),
        ({"variant": 0.75, "power": 0.9}, "per_group", 77),
        ({"per_group": 50, "power": 0.9}, "variant", 0.8026),
        ({"variant": 0.9, "per_group": 50, "power": 0.9}, "alpha", 0.00131),
    ],
)
def test_what_is_left_out_is_the_answer(asked: dict[str, Any], name: str, value: float) -> None:
    """The four examples of R's help(power.prop.test), from 50%; a size is rounded up."""
    found = design(baseline=0.5, **asked).to_json()
    assert found[name] == pytest.approx(value, rel=2e-2 if name == "alpha" else 1e-3)
    assert set(found) == {name, "verdict"}


def test_one_side_takes_fewer() -> None:
    """When the variant cannot be worse, the same risk is spent on one side."""
    assert design(variant=0.25, sides=1).per_group == 862


def test_forty_a_week_cannot_answer() -> None:
    """2,188 people at 40 a week are 54.7 weeks; eight weeks show a conversion of 34%."""
    found = design(variant=0.25, visitors_per_week=40)
    assert (found.weeks, found.verdict) == (54.7, "no")
    shown = found.face()
    assert shown.verdict.say.replace("\xa0", " ") == "Your 40 people a week cannot answer this: it would take 55 weeks."
    assert shown.verdict.flip.replace("\xa0", " ") == "In 8 weeks it shows a conversion of 34% or more (20% now)."
    assert [len(one.items) for one in shown.sections] == [5]  # type: ignore[union-attr]


def test_traffic_alone_says_what_it_can_see() -> None:
    """With nothing but 40 a week, eight weeks are 160 a side, and these show 34%."""
    found = design(visitors_per_week=40)
    assert (found.weeks, found.verdict) == (8, "yes")
    assert found.variant == pytest.approx(0.3384, abs=5e-4)


def test_enough_people_are_a_yes_in_weeks() -> None:
    """900 a week answer it in 2.4 weeks, and nothing has to be done instead; the gain is 900 × 5% × 100 a week."""
    found = design(variant=0.25, visitors_per_week=900, value_per_success=100)
    assert found.verdict == "yes"
    assert found.face().sections == ()
    assert found.face().numbers[-1].value == "$4,500"


def test_nobody_comes() -> None:
    """At 0 a week the test never ends, and no inf is printed."""
    found = design(variant=0.25, visitors_per_week=0)
    assert isinstance(found.weeks, NonAnswer)
    assert (found.weeks.status, found.verdict) == ("never", "no")


@pytest.mark.parametrize(
    ("asked", "name"),
    [({"variant": 0.2}, "per_group"), ({"per_group": 3}, "variant"), ({"mde": 0.0}, "per_group")],
)
def test_what_no_number_reaches_is_unreachable(asked: dict[str, Any], name: str) -> None:
    """No difference takes no size, and three people show no difference."""
    found = design(**asked)
    assert found.to_json()[name]["status"] == "unreachable"
    assert found.face().verdict.kind == "no"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"variant": 0.25, "mde": 0.05}, "mde"),
        ({"mde": 0.9}, "mde"),
        ({"variant": 0.25, "per_group": 9, "power": 0.8, "alpha": 0.05}, "per_group"),
        ({"power": 0.8, "alpha": 0.05}, "mde"),
        ({"variant": 0.25, "alpha": 0}, "alpha"),
        ({"variant": 0.25, "power": 1}, "power"),
        ({"variant": float("nan")}, "variant"),
    ],
)
def test_question_that_cannot_be_is_refused(asked: dict[str, Any], field: str) -> None:
    """Exactly one thing is left out, and every share is one."""
    with pytest.raises(InvalidInput) as caught:
        design(**asked)
    assert caught.value.field == field


@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.one_of(st.none(), st.integers(2, 10**9)),
    st.one_of(st.none(), st.floats(0, 1e6)),
    st.sampled_from(LANGUAGES),
)
def test_every_question_has_a_face(
    baseline: float, variant: float, size: int | None, weekly: float | None, language: str
) -> None:
    """Whatever is asked there are words, and no inf or nan."""
    asked = {"variant": variant, "per_group": size, "visitors_per_week": weekly}
    with speaking(language):
        found = SampleSize(baseline=baseline, **{k: v for k, v in asked.items() if v is not None}).solve()
        shown = found.face()
        assert shown.verdict.say
        assert shown.chart is None or shown.chart.svg()
        assert not {"inf", "nan"} & set(str(found.to_json()).replace(",", " ").split())


@pytest.mark.parametrize("asked", [{"variant": 0.25}, {"variant": 0.25, "visitors_per_week": 40}, {"per_group": 3}])
def test_face_speaks_russian(asked: dict[str, Any]) -> None:
    """No sentence is left in English."""
    assert unspoken(face("sample-size", {"baseline": 0.2, **asked}, "ru")[1]) == []
