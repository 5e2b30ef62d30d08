"""How many clients under contract will stay."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.errors import InvalidInput
from playbook.i18n import LANGUAGES, speaking
from playbook.model import NonAnswer
from playbook.questions.contract_retention import ContractRetention
from tests.questions.spoken import face, unspoken

HIGH_END = (0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491)


def test_curve_of_the_paper() -> None:
    """Fader, Hardie 2007: 0.668 and 3.806, -1611.2; the forecast for year 8 is near the 46.8% that came."""
    found = ContractRetention(survival=HIGH_END).solve()
    assert (found.alpha, found.beta) == pytest.approx((0.668, 3.806), abs=6e-4)
    assert found.log_likelihood == pytest.approx(-1611.2, abs=0.06)
    assert len(found.forecast) == 7
    assert found.forecast[0] == pytest.approx(0.468, abs=0.01)


def test_start_is_left_out_or_given() -> None:
    """A curve with its 1 at the start and one without are the same; so are the counts behind it."""
    plain = ContractRetention(survival=HIGH_END).solve()
    cohorts = ((1000, *(round(1000 * part) for part in HIGH_END)),)
    for other in (ContractRetention(survival=(1, *HIGH_END)), ContractRetention(cohorts=cohorts)):
        assert other.solve().alpha == pytest.approx(plain.alpha, rel=1e-6)


def test_pasted_cohorts_are_read_line_by_line() -> None:
    """Two cohorts of different age."""
    asked = ContractRetention.read({"cohorts": "200; 174; 149; 131\n180; 150; 130"})
    assert asked.cohorts == ((200, 174, 149, 131), (180, 150, 130))
    assert asked.solve().to_json()["forecast"]


@pytest.mark.parametrize("asked", [{"survival": (0.9, 0.8)}, {"survival": (1, 1, 1, 1)}, {"cohorts": ((0, 0, 0, 0),)}])
def test_too_little_is_no_forecast(asked: dict[str, Any]) -> None:
    """Two renewals, nobody who left, nobody at all."""
    found = ContractRetention(**asked).solve()
    assert isinstance(found.alpha, NonAnswer)
    assert (found.alpha.status, found.forecast) == ("not_yet", ())
    assert found.face().verdict.kind == "wait"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "survival"),
        ({"survival": (0.5, 0.6, 0.4)}, "survival"),
        ({"cohorts": ((10, 12, 9, 8),)}, "cohorts"),
        ({"survival": (1.5, 0.5, 0.4)}, "survival.0"),
        ({"survival": HIGH_END, "discount_rate": 0}, "discount_rate"),
    ],
)
def test_curve_that_cannot_be_is_refused(asked: dict[str, Any], field: str) -> None:
    """Nobody comes back, and a share is a share."""
    with pytest.raises(InvalidInput) as caught:
        ContractRetention(**asked)
    assert caught.value.field == field


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=3, max_size=8), st.sampled_from(LANGUAGES))
def test_every_curve_has_a_face(parts: list[float], language: str) -> None:
    """Whatever curve falls, there are words, a forecast that falls too, and no inf or nan."""
    curve = tuple(sorted(parts, reverse=True))
    with speaking(language):
        found = ContractRetention(survival=curve, discount_rate=0.1).solve()
        assert found.face().verdict.say
        assert list(found.forecast) == sorted(found.forecast, reverse=True)
        assert not {"inf", "nan"} & set(str(found.to_json()).replace(",", " ").replace("]", " ").split())


def test_face_speaks_russian() -> None:
    """No sentence is left in English; DERL is the name of the measure in both languages."""
    said = unspoken(face("contract-retention", {"survival": HIGH_END, "discount_rate": 0.1}, "ru")[1])
    assert [one for one in said if one != "DERL"] == []


def test_money_that_never_loses_worth_is_refused() -> None:
    """At no discount the renewals to come have no finite sum; the proof found it at 1e-300."""
    with pytest.raises(InvalidInput) as caught:
        ContractRetention.read({"survival": [0.9, 0.8, 0.7, 0.65], "discount_rate": 1e-300})
    assert [problem.field for problem in caught.value.problems] == ["discount_rate"]


@pytest.mark.parametrize("asked", [{"survival": [0, 0, 0, 0]}, {"cohorts": [[100, 0, 0, 0], [80]]}])
def test_everybody_gone_at_once_is_no_forecast(asked: dict[str, Any]) -> None:
    """Nobody is left, and a retention of 0.00000008% would be made up."""
    found = ContractRetention.read(asked).solve()
    assert isinstance(found.alpha, NonAnswer)
    assert (found.alpha.status, found.forecast) == ("undefined", ())
    assert found.face().verdict.say == "Everybody has left at the first renewal, so nobody is left to foretell."
