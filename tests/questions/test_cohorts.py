"""Cohorts of clients: who comes back, what they leave, and when the CAC is back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.charts import Columns, Heat
from playbook.errors import InvalidInput
from playbook.model import NonAnswer
from playbook.questions.cohorts import Cohorts, Retained
from tests.questions.spoken import face, unspoken

# To 10 August: January has its months 0 to 7 of which the last is not over.
JANUARY = {"month": "2026-06-01", "active": [20, 10, 4], "profit": [200, 60, 40]}
FEBRUARY = {"month": "2026-07-01", "active": [30, 5], "profit": [450, 50]}
BOTH: dict[str, Any] = {"cohorts": [JANUARY, FEBRUARY], "cac": 14, "until": "2026-08-10"}


def solved(**asked: Any) -> Retained:
    return Cohorts.read(asked).solve()


def test_mean_month_rests_on_cohorts_that_have_it_whole() -> None:
    """August is not over: month 1 is that of June alone, 10 of 20; month 0 is of both, (200 + 450) / 50."""
    found = solved(**BOTH)
    assert [(mean.age, mean.clients, mean.retention, mean.left) for mean in found.means] == [
        (0, 50, 1, 13),
        (1, 20, 0.5, 16),
    ]
    assert found.retention == 0.5


def test_cac_is_back_in_the_month_in_which_the_mean_client_has_left_it() -> None:
    """13 in the first month and 3 in the second: a CAC of 14 is back in month 2, one of 13 in month 1."""
    assert solved(**BOTH).payback_month == 2
    assert solved(**(BOTH | {"cac": 13})).payback_month == 1


def test_cac_that_is_not_back_says_how_much_is() -> None:
    """16 of 32 after two months."""
    found = solved(**(BOTH | {"cac": 32}))
    assert isinstance(found.payback_month, NonAnswer)
    assert found.payback_month.reason == "after 2 months 50% of the CAC is back"
    assert found.face().verdict.kind == "no"


def test_each_cohort_has_its_own_payback() -> None:
    """June left 10 and then 13 and 15; July left 15 at once."""
    found = solved(**BOTH)
    assert [[month.left for month in one.months] for one in found.cohorts] == [[10, 13, 15], [15, 500 / 30]]
    assert [one.payback_month for one in found.cohorts] == [3, 1]


def test_month_that_is_not_over_is_marked() -> None:
    """August ends after the 10th: a star in the map and in the tables."""
    found = solved(**BOTH)
    assert [[month.over for month in one.months] for one in found.cohorts] == [[True, True, False], [True, False]]
    made, _ = face("cohorts", BOTH, "en")
    assert isinstance(made.chart, Heat)
    assert made.chart.texts == ("50%", "20%*", "17%*", "")
    assert made.chart.blank == {3}
    assert [row[2:] for row in made.sections[0].rows] == [  # type: ignore[union-attr]
        ("100%", "50%", "20%*"),
        ("100%", "17%*", ""),
    ]


def test_last_day_of_a_month_closes_it() -> None:
    """31 August: the month is over."""
    found = solved(**(BOTH | {"until": "2026-08-31"}))
    assert all(month.over for one in found.cohorts for month in one.months)
    assert found.retention == 15 / 50


def test_first_cohort_of_the_data_is_no_cohort_of_new_clients() -> None:
    """Data that begin on 2 June cannot tell new clients of June or July from old ones."""
    found = solved(**(BOTH | {"since": "2026-06-02", "until": "2026-08-31"}))
    assert [one.unsure for one in found.cohorts] == [True, True]
    found = solved(**(BOTH | {"since": "2026-06-01", "until": "2026-08-31"}))
    assert [one.unsure for one in found.cohorts] == [True, False]
    assert found.retention == 5 / 30
    assert "Jun\xa02026 may hold older clients" in found.face().notes[0]


def test_too_few_clients_are_no_mean() -> None:
    """Nineteen with a whole month behind them are one too few; the cohort itself is shown."""
    found = solved(cohorts=[{"month": "2026-01-01", "active": [19, 5]}])
    assert isinstance(found.retention, NonAnswer)
    assert (found.retention.status, found.means) == ("not_yet", ())
    made = found.face()
    assert (made.verdict.kind, len(made.sections)) == ("wait", 1)


def test_payback_without_profit_is_refused() -> None:
    """Nobody knows what they left: no month is named."""
    found = solved(cohorts=[{"month": "2026-01-01", "active": [40, 5]}], cac=10)
    assert isinstance(found.payback_month, NonAnswer)
    assert "the gross profit of the orders is not known" in found.payback_month.reason
    assert found.face().verdict.kind == "wait"


def test_growth_is_drawn_against_the_cac() -> None:
    """Columns of 13 and 16 with the line at 14."""
    made, _ = face("cohorts", BOTH, "en")
    (growth,) = made.further
    assert isinstance(growth, Columns)
    assert growth.values == (13, 16)
    assert growth.limit
    assert (growth.limit.y, growth.title) == (14, "The CAC is back by month 2")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"month": "2026-01-01", "active": [0, 0]}, "active"),
        ({"month": "2026-01-01", "active": [5, 6]}, "active"),
        ({"month": "2026-01-01", "active": [5, -1]}, "active"),
        ({"month": "2026-01-01", "active": [5, 4], "profit": [1]}, "profit"),
        ({"month": "2026-08-01", "active": [5, 4]}, "active"),
        ({"month": "soon", "active": [5]}, "month"),
    ],
)
def test_cohort_that_cannot_be_is_refused(row: dict[str, Any], field: str) -> None:
    """Nobody came, more came back than came, months that do not match or lie after the data, and no month at all."""
    with pytest.raises(InvalidInput) as caught:
        solved(cohorts=[row], until="2026-08-31")
    assert caught.value.field == f"cohorts.0.{field}"


def test_month_stands_once() -> None:
    """Two rows of March are one cohort too many."""
    with pytest.raises(InvalidInput) as caught:
        solved(cohorts=[{"month": "2026-03-01", "active": [5]}, {"month": "2026-03-31", "active": [5]}])
    assert caught.value.field == "cohorts.1.month"


@given(st.lists(st.lists(st.integers(0, 50), max_size=14), min_size=1, max_size=14), st.floats(0, 1e6))
def test_retention_is_a_share_and_payback_is_a_month(rows: list[list[int]], cac: float) -> None:
    """Whatever came of fifty clients a month: shares from 0 to 1, and a month within those seen."""
    cohorts = [
        {"month": f"2025-{place % 12 + 1:02}-01" if place < 12 else f"2026-{place - 11:02}-01",
         "active": [50, *counts], "profit": [float(count) for count in (50, *counts)]}
        for place, counts in enumerate(rows)
    ]  # fmt: skip
    found = solved(cohorts=cohorts, cac=cac)
    assert all(0 <= mean.retention <= 1 for mean in found.means)
    assert not isinstance(found.payback_month, int) or 1 <= found.payback_month <= len(found.means)
    assert found.face().verdict.say


def test_face_speaks_russian() -> None:
    """No sentence is left in English."""
    for asked in (BOTH, BOTH | {"since": "2026-06-01"}, BOTH | {"cac": 999}, BOTH | {"cac": None}):
        assert unspoken(face("cohorts", asked, "ru")[1]) == []
