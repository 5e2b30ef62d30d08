"""Money a day from the deals that are open."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playbook.charts import Bars
from playbook.display import Face, Table
from playbook.i18n import LANGUAGES, speaking
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


def shown(language: str = "en", **changed: Any) -> Face:
    """How the answer is shown."""
    return face("pipeline-velocity", {**ASKED, **changed}, language)[0]


def test_each_lever_is_named_that_would_do_alone() -> None:
    """75,000 is 1.25 times 60,000: 50 deals, 31.25% won or a cycle of 36\u00a0days."""
    verdict = shown(target_per_30_days=75_000).verdict
    assert (verdict.kind, verdict.say) == ("no", "₽60,000 come in 30 days; ₽75,000 are needed.")
    assert verdict.flip == "Any one of these is enough: 50 deals, 31% won, or a cycle of 36\u00a0days."


def test_win_rate_above_all_deals_is_no_way_out() -> None:
    """Five times as much would need 125% won: only deals and days are named."""
    found = PipelineVelocity(**ASKED, target_per_30_days=300_000).solve()
    assert {flip.field for flip in found.flips} == {"opportunities", "cycle_days", "average_deal"}
    assert "won" not in found.face().verdict.flip


@pytest.mark.parametrize("field", ["opportunities", "win_rate", "cycle_days", "average_deal"])
def test_flip_reaches_exactly_the_target(field: str) -> None:
    """Each value of `flips`, put in alone, brings 75,000."""
    found = PipelineVelocity(**ASKED, target_per_30_days=75_000).solve()
    at = next(flip.at for flip in found.flips if flip.field == field)
    assert PipelineVelocity(**{**ASKED, field: at}).solve().per_30_days == pytest.approx(75_000)


def test_chart_shows_what_a_quarter_off_the_cycle_brings() -> None:
    """34 days instead of 45: 90,000 / 34 x 30 is 79,412, 19,412 more. Days are whole, and so is the sum of them."""
    chart = shown().chart
    assert isinstance(chart, Bars)
    assert chart.title == "A cycle of 34\u00a0days instead of 45\u00a0days brings ₽19,412 more in 30 days"
    assert chart.values[1] == pytest.approx(90_000 / 34 * 30)


def test_a_tenth_more_of_any_lever_is_told_in_its_own_unit() -> None:
    """44 deals, 9,900, 27.5% and 40.9 days bring 6,000 each."""
    table = shown().sections[0]
    assert isinstance(table, Table)
    assert [row[2] for row in table.rows] == ["44", "₽9,900", "27.5%", "40.9\u00a0days"]
    assert {row[3] for row in table.rows} == {"+₽6,000"}


def test_win_rate_has_no_tenth_above_all() -> None:
    """From 95% only 5 points are left: 100% brings a nineteenth, and the note that all are equal is gone."""
    table = shown(win_rate=0.95).sections[0]
    assert isinstance(table, Table)
    assert table.rows[2][2:] == ("100%", "+₽12,000")
    assert table.note == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"cycle_days": 0}, "wait"),
        ({"opportunities": 0}, "wait"),
        ({"average_deal": 0}, "wait"),
        ({"win_rate": 0}, "no"),
    ],
)
def test_what_brings_nothing_says_why(language: str, change: dict[str, float], kind: str) -> None:
    """No speed, no deals, no value, none won: a sentence with what to do, in both languages."""
    verdict = shown(language, **change).verdict
    assert (verdict.kind, bool(verdict.say and verdict.flip)) == (kind, True)


@given(
    st.floats(0, 1e9),
    st.floats(0, 1e15),
    st.floats(0, 1),
    st.floats(0, 3650),
    st.none() | st.floats(0, 1e15),
    st.sampled_from(LANGUAGES),
)
@example(1, 1, 1, 1.2e-308, None, "en")
@example(1, 1, 2.3e-311, 1, None, "en")
def test_every_pipeline_has_a_face(
    deals: float, value: float, rate: float, days: float, target: float | None, language: str
) -> None:
    """Whatever is typed there is a sentence, and every chart is drawn."""
    with speaking(language):
        made = (
            PipelineVelocity(
                opportunities=deals, average_deal=value, win_rate=rate, cycle_days=days, target_per_30_days=target
            )
            .solve()
            .face()
        )
    assert made.verdict.say
    assert all("nan" not in chart.svg() and "inf" not in chart.svg() for chart in made.charts)
