"""The chance of enough successes, said in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.model import NonAnswer, Provisional
from playbook.questions.chance import Chance, Likely
from tests.questions.spoken import face, unspoken

PLAN = {"attempts": 100, "at_least": 30}


def chance(**asked: Any) -> Likely:
    return Chance(**{**PLAN, **asked}).solve()


def test_plan_that_fits_exactly_is_little_more_than_even() -> None:
    """Binomial(100, 0.3): P(X ≥ 30) = 0.5377 by R's 1 - pbinom(29, 100, 0.3); the middle is 30."""
    found = chance(rate=0.3)
    assert found.probability == pytest.approx(0.5377, abs=5e-5)
    assert (found.p10, found.p50, found.p90) == (24, 30, 36)
    said = found.face().verdict
    assert (said.kind, said.word, said.say) == ("wait", "Rather yes than no", "At least 30 of 100: 5 in 10.")
    assert said.flip == "26 can be counted on: their chance is 8 in 10 or better."


def test_history_widens_the_range() -> None:
    """3 of 10 seen: between 16 and 50, not between 24 and 36."""
    found = chance(successes=3, trials=10)
    assert found.p10 is not None
    assert found.p90 is not None
    assert (found.p10 < 20, found.p90 > 45) == (True, True)


def test_sure_plan_is_likely_and_needs_no_way_out() -> None:
    """Half of them succeed and thirty are needed."""
    said = chance(rate=0.5).face().verdict
    assert (said.kind, said.word, said.flip) == ("yes", "Likely", "")
    assert "more than 99 in 100" in said.say


def test_hopeless_plan_says_what_can_be_counted_on() -> None:
    """5% of a hundred are 5, and 3 of them are as good as certain."""
    said = chance(rate=0.05).face().verdict
    assert (said.kind, said.word) == ("no", "Rather not")
    assert said.flip == "3 can be counted on: their chance is 8 in 10 or better."


def test_more_than_there_are_attempts_is_unreachable() -> None:
    """No chance of 0 is printed: the plan itself is impossible."""
    found = chance(at_least=101, rate=0.9)
    assert isinstance(found.probability, NonAnswer)
    assert (found.probability.status, found.probability.hint) == ("unreachable", "plan at least 101 attempts")
    assert found.face().verdict.kind == "wait"


def test_rate_of_zero_is_unreachable() -> None:
    """Nothing succeeds."""
    found = chance(rate=0)
    assert isinstance(found.probability, NonAnswer)
    assert found.probability.reason == "at a rate of 0 nothing ever succeeds"


def test_nothing_tried_is_provisional() -> None:
    """0 of 0 leaves every count as likely: 71 of 101 are 30 or more."""
    found = chance(successes=0, trials=0).probability
    assert isinstance(found, Provisional)
    assert found.value == pytest.approx(71 / 101)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "rate"),
        ({"rate": 0.3, "successes": 3, "trials": 9}, "successes"),
        ({"successes": 3}, "trials"),
        ({"successes": 10, "trials": 9}, "successes"),
        ({"rate_low": 0.4, "rate_high": 0.3}, "rate_low"),
        ({"rate": float("nan")}, "rate"),
        ({"rate": 30}, "rate"),
        ({"rate": 0.3, "attempts": -1}, "attempts"),
    ],
)
def test_evidence_that_cannot_be_is_refused(asked: dict[str, Any], field: str) -> None:
    """One way to say the rate, whole, in order, and within its bounds."""
    with pytest.raises(InvalidInput) as caught:
        chance(**asked)
    assert caught.value.field == field


@given(
    st.integers(0, 10**12),
    st.integers(0, 500),
    st.sampled_from([{"rate": 0.2}, {"rate": 1}, {"successes": 2, "trials": 9}, {"rate_low": 0.1, "rate_high": 0.3}]),
    st.sampled_from(LANGUAGES),
)
def test_every_plan_has_a_face(attempts: int, need: int, evidence: dict[str, Any], language: str) -> None:
    """Whatever is planned, there are words and no inf or nan."""
    with speaking(language):
        found = Chance(attempts=attempts, at_least=need, **evidence).solve()
        shown = found.face()
        assert shown.verdict.say
        assert shown.chart is None or shown.chart.svg()
        assert not {"inf", "nan"} & set(str(found.to_json()).replace(",", " ").split())


@pytest.mark.parametrize(
    "evidence", [{"rate": 0.3}, {"successes": 0, "trials": 0}, {"rate_low": 0.1, "rate_high": 0.5}]
)
def test_face_speaks_russian(evidence: dict[str, Any]) -> None:
    """No sentence is left in English."""
    assert unspoken(face("chance", {**PLAN, **evidence}, "ru")[1]) == []
