"""Metrics by week, worked out by hand on the clinic of June 2026."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from playbook.data import Facts, NoFact, engine, sums
from playbook.data.series import METRICS, MONTHLY, Series, covered, series
from playbook.workspace import Workspace
from tests.data.clinic import DAILY, LEADS, ORDERS, bring, bring_all, spend

LEADS_HEAD, SPEND_HEAD = "id,created,status\n", "day,source,amount,currency\n"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Leads, orders and spend of June."""
    return bring_all(Workspace.create(tmp_path_factory.mktemp("clinic"), currency="USD"))


def weeks(workspace: Workspace, metric: str) -> Series:
    """A metric that the data give."""
    found = series(Facts(workspace).data, metric)
    assert isinstance(found, Series), found
    return found


def values(workspace: Workspace, metric: str) -> list[float | None]:
    """Its values over the four whole weeks of June; None where the week may not be compared."""
    return [point.value if point.state == "whole" else None for point in weeks(workspace, metric).points]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("leads", [4, 2, 0, 2]),
        ("cost_per_lead", [17.5, 7.0, None, 3.5]),  # 70 / 4, 14 / 2, 7 over nobody, 7 / 2
        ("lead_to_sale", [pytest.approx(1 / 3, abs=1e-6), None, None, None]),  # then half or more are still open
        ("win_rate", [0.5, 0, 1, None]),  # by the day of closing: 3 and 5 June, 12 June, 16 June, none
        ("off_target_share", [0.25, 0, None, 0]),
        ("source_coverage", [0.75, 0.5, None, 1]),
        ("landing_conversion", [pytest.approx(4 / 140, abs=1e-6), pytest.approx(2 / 28, abs=1e-6), 0, 2 / 14]),
        ("ctr", [0.1, 0.1, 0.1, 0.1]),
        ("visits", [140, 28, 14, 14]),
        ("sales", [2, 2, 2, 2]),
        ("revenue", [140, 150, 150, 150]),  # the first week less 10 given back
        ("gross_profit", [80, 90, 90, 90]),
        (
            "romi",
            [
                pytest.approx(10 / 70, abs=1e-6),
                pytest.approx(76 / 14, abs=1e-6),
                *[pytest.approx(83 / 7, abs=1e-6)] * 2,
            ],
        ),
        ("gross_margin", [pytest.approx(80 / 140, abs=1e-6), 0.6, 0.6, 0.6]),
        ("average_check", [75, 75, 75, 75]),
        ("returns_share", [pytest.approx(10 / 150, abs=1e-6), 0, 0, 0]),
        ("cac", [35, 14, 7, 7]),  # 70 over ann and bob, then one new person a week
        ("cost_per_sale", [35, 7, 3.5, 3.5]),
        ("repeat_purchases", [0, 1, 1, 1]),
        ("repeat_share", [0, 0.5, 0.5, 0.5]),
    ],
)
def test_week_is_as_worked_out_by_hand(clinic: Workspace, metric: str, expected: list[Any]) -> None:
    """Every metric over the four whole weeks of June."""
    got = values(clinic, metric)
    assert got == [pytest.approx(value, abs=1e-6) if isinstance(value, float) else value for value in expected]


def test_every_metric_is_worked_out_here() -> None:
    """A metric added to the list needs hand-worked values too; some have them beside what they are made of."""
    (mark,) = test_week_is_as_worked_out_by_hand.pytestmark  # type: ignore[attr-defined]
    elsewhere = {"first_contact_time", "direct_share", "pipeline", *MONTHLY}
    assert {metric for metric, _ in mark.args[1]} | elsewhere == set(METRICS)


def test_week_that_has_begun_is_named_and_left_out(clinic: Workspace) -> None:
    """The files end on Monday 29 June: the last week that counts is that of the 22nd."""
    found = weeks(clinic, "leads")
    assert found.begun == date(2026, 6, 29)
    assert found.latest.days == (date(2026, 6, 22), date(2026, 6, 28))


def test_conversion_waits_for_half_of_the_week(clinic: Workspace) -> None:
    """Of the two leads of 8-14 June one is open, so that week is young, whatever the other one says."""
    states = {point.monday.day: point.state for point in weeks(clinic, "lead_to_sale").points}
    assert states == {1: "whole", 8: "young", 15: "none", 22: "none"}


def test_weeks_add_up_to_the_whole(clinic: Workspace) -> None:
    """Whole weeks and the day that was left out: 525 + ... = the revenue of the facts."""
    facts = Facts(clinic).all()
    assert sum(value or 0 for value in values(clinic, "revenue")) + 100 == getattr(facts["revenue_net"], "value", None)
    assert sum(value or 0 for value in values(clinic, "leads")) + 1 == getattr(facts["leads"], "value", None)


def test_series_says_where_it_comes_from(clinic: Workspace) -> None:
    """Systems, currency and the newest import."""
    found = weeks(clinic, "cac")
    assert (found.sources, found.currency) == (("ads", "Plain table"), "USD")
    assert found.time == clinic.batches()[-1].time


def test_year_of_weeks_asks_the_engine_nothing_again(clinic: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of a whole period serve every week of it, and they lie beside the tables."""
    first = {metric: series(Facts(clinic).data, metric) for metric in METRICS}

    def asked(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(engine, "query", asked)
    assert {metric: series(Facts(clinic).data, metric) for metric in METRICS} == first


def test_newer_definition_is_not_answered_by_old_notes(clinic: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes written for another wording of `leads.sql` are asked anew."""
    Facts(clinic).get("leads")
    asked: list[str] = []
    query = engine.query
    monkeypatch.setattr(sums, "_edition", lambda name: "another" if name == "leads" else "")
    monkeypatch.setattr(engine, "query", lambda folder, name, values: asked.append(name) or query(folder, name, values))
    Facts(clinic).get("leads")
    assert asked == ["leads"]


def test_total_of_a_month_gives_no_week(workspace: Workspace) -> None:
    """A month's spend cannot be laid on weeks: no price of a lead, though there is one for the whole."""
    bring(workspace, "leads.csv", LEADS)
    bring(workspace, "spend.csv", "day,until,source,amount\n2026-06-01,2026-06-29,ads,99\n")
    assert getattr(Facts(workspace).get("cost_per_lead"), "value", None) == 11
    found = series(Facts(workspace).data, "cost_per_lead")
    assert isinstance(found, NoFact)
    assert found.reason == "no whole week is in the files"


def test_data_of_a_few_days_give_no_week(workspace: Workspace) -> None:
    """Monday to Wednesday alone may be half a week."""
    bring(workspace, "orders.csv", "\n".join(ORDERS.splitlines()[:2]) + "\n10,zoe,2026-06-03,paid,10,4,\n")
    found = series(Facts(workspace).data, "revenue")
    assert isinstance(found, NoFact)
    assert found.reason == "no whole week is in the files"


def test_metric_without_data_says_what_to_import(workspace: Workspace) -> None:
    """The same reason as the figure's own."""
    bring(workspace, "spend.csv", spend())
    found = series(Facts(workspace).data, "cost_per_lead")
    assert isinstance(found, NoFact)
    assert (found.reason, found.hint) == ("no leads are imported", "import the leads or deals of your CRM")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([(1, 7), (8, 14), (15, 19)], (1, 8)),  # other weeks reach Sunday: Friday is too early
        ([(1, 5), (8, 12), (15, 19)], (1, 15)),  # an office that never works at weekends
        ([(3, 7), (8, 14), (15, 21)], (8, 15)),  # the first week begins on a Wednesday
        ([(1, 7)], (1, 1)),
        ([(2, 8), (9, 14), (16, 21)], (1, 15)),  # Mondays off
    ],
)
def test_whole_weeks_are_those_the_files_cover(days: list[tuple[int, int]], expected: tuple[int, int]) -> None:
    """First and last day of each week's rows in June, and the Mondays of the first and last week that count."""
    rows = [{"first_day": f"2026-06-{first:02}", "last_day": f"2026-06-{last:02}"} for first, last in days]
    assert covered(rows) == (date(2026, 6, expected[0]), date(2026, 6, expected[1]))


def test_spend_of_the_made_clinic_is_as_told() -> None:
    """70, 14, 7 and 7 a week, so that the numbers above can be checked by eye."""
    assert [sum(DAILY[start : start + 7]) for start in (0, 7, 14, 21)] == [70, 14, 7, 7]


def test_month_is_counted_out_of_its_own_sums(workspace: Workspace) -> None:
    """June cost 300 for 20 leads; the mean of its weeks would say otherwise. August has only begun."""
    days = [date(2026, 6, 1) + timedelta(days=n) for n in range(80)]
    leads = [day for day in days for _ in range(1 if day.month != 6 else int(day.day <= 10) + int(day.day > 20))]
    bring(workspace, "leads.csv", LEADS_HEAD + "".join(f"{n},{day},won\n" for n, day in enumerate(leads)))
    bring(workspace, "spend.csv", SPEND_HEAD + "".join(f"{day},ads,10,USD\n" for day in days))
    found = series(Facts(workspace).data, "cost_per_lead", "month")
    assert isinstance(found, Series)
    assert [(point.period.text, point.value, point.state) for point in found.points] == [
        ("2026-06", 15, "whole"),
        ("2026-07", 10, "whole"),
    ]
    assert found.begun == date(2026, 8, 1)
