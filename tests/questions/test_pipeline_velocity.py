"""Money a day from the deals that are open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.questions.pipeline_velocity import PipelineVelocity
from tests.questions.spoken import face, unspoken

ASKED = {"opportunities": 40, "average_deal": 9_000, "win_rate": 0.25, "cycle_days": 45}


def test_four_levers_make_the_speed() -> None:
    """40 x 9,000 x 25% / 45 is 2,000 a day, 60,000 in 30 days."""
    answer = PipelineVelocity(**ASKED).solve()
    assert (answer.per_day, answer.per_30_days) == (2_000, 60_000)


def test_target_is_held_or_missed() -> None:
    """60,000 in 30 days is enough for 60,000 and not for 60,001."""
    assert PipelineVelocity(**ASKED, target_per_30_days=60_000).solve().face().verdict.kind == "yes"
    assert PipelineVelocity(**ASKED, target_per_30_days=60_001).solve().face().verdict.kind == "no"


def test_cycle_of_no_days_has_no_speed() -> None:
    """Nothing is divided by 0: undefined, in words, with what to enter."""
    found = PipelineVelocity(**{**ASKED, "cycle_days": 0}).solve().to_json()
    assert {found[name]["status"] for name in ("per_day", "per_30_days")} == {"undefined"}
    assert found["per_day"]["hint"]


@pytest.mark.parametrize("change", [{"opportunities": 0}, {"win_rate": 0}, {"average_deal": 0}])
def test_nothing_in_a_lever_is_nothing_a_day(change: dict[str, float]) -> None:
    """0 and said so."""
    answer = PipelineVelocity(**{**ASKED, **change}).solve()
    assert answer.per_day == 0
    assert answer.face().verdict.say


@given(st.floats(0.1, 1_000), st.sampled_from(["opportunities", "average_deal", "win_rate"]))
def test_a_tenth_of_any_lever_is_a_tenth_of_the_speed(cycle: float, lever: str) -> None:
    """So it is with each of the three that multiply."""
    one = PipelineVelocity(**{**ASKED, "cycle_days": cycle}).solve().per_day
    more = PipelineVelocity(**{**ASKED, "cycle_days": cycle, lever: ASKED[lever] * 1.1}).solve().per_day
    assert more == pytest.approx(one * 1.1)


@pytest.mark.parametrize("change", [{}, {"win_rate": 0}, {"target_per_30_days": 70_000}, {"target_per_30_days": 100}])
def test_russian_face_is_russian(change: dict[str, float]) -> None:
    """Every sentence, whatever the verdict."""
    _, said = face("pipeline-velocity", {**ASKED, **change}, "ru")
    assert unspoken(said) == []
