"""Cohorts of clients who pay every month, out of orders, counted by hand."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest

from playbook.data import Fact, Facts, NoFact
from playbook.data.contracts import counted
from playbook.data.series import Series, series
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring


def months(**clients: str) -> str:
    """Orders on the tenth of the months of 2026 that each client pays in."""
    paid = [(name, month) for name, each in clients.items() for month in each]
    lines = (f"{n},{name},2026-0{month}-10,paid,10" for n, (name, month) in enumerate(paid))
    return "\n".join(("order_id,customer,date,status,revenue", *lines, "end,zed,2026-06-30,paid,10"))


@pytest.fixture
def paying(tmp_path: Path) -> Workspace:
    """Three clients of January, one of whom leaves after March, and one of June; an order leaves 6 of 10."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    head, *lines = months(ann="123456", bob="123456", cat="123").splitlines()
    bring(workspace, "orders.csv", "\n".join((f"{head},direct_costs", *(f"{line},4" for line in lines))))
    bring(workspace, "spend.csv", "day,source,amount,currency\n2026-01-10,ads,20,USD\n2026-06-30,ads,20,USD")
    return workspace


def value(workspace: Workspace, name: str, *days: date) -> float:
    """A figure that the data give, of all days or between two."""
    found = Facts(workspace, days).get(name) if len(days) == 2 else Facts(workspace).get(name)
    assert isinstance(found, Fact), found
    return found.value


def test_retention_is_of_those_who_were_there_before_each_month(paying: Workspace) -> None:
    """From February to June three, three, three, two and two were there before, and one of the thirteen left."""
    assert value(paying, "retention") == pytest.approx(12 / 13, abs=1e-6)
    assert value(paying, "churn") == pytest.approx(1 / 13, abs=1e-6)
    assert value(paying, "retention", date(2026, 3, 1), date(2026, 4, 30)) == pytest.approx(5 / 6, abs=1e-6)


def test_retention_is_told_by_month_and_not_by_week(paying: Workspace) -> None:
    """January begins on the tenth, with nobody before it."""
    found = series(Facts(paying).data, "retention", "month")
    assert isinstance(found, Series)
    assert [point.value for point in found.whole] == [1, 1, pytest.approx(2 / 3, abs=1e-6), 1, 1]
    assert isinstance(series(Facts(paying).data, "retention"), NoFact)


def test_lifetime_value_and_payback_are_those_of_the_formulas(paying: Workspace) -> None:
    """A client leaves 6 a month and goes at 1 / 13; the CAC is 40 over four clients."""
    assert value(paying, "ltv") == pytest.approx(6 * 13, abs=0.01)
    months = math.log(1 - 10 / 13 / 6) / math.log(12 / 13)
    assert value(paying, "cac_payback") == pytest.approx(months, abs=1e-5)


def test_retention_of_clients_who_come_now_and_then_is_refused(tmp_path: Path) -> None:
    """Who skips a month has not left."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    bring(workspace, "orders.csv", months(old="1", ann="246", bob="246"))
    found = Facts(workspace).get("retention")
    assert isinstance(found, NoFact)
    assert (found.reason, bool(found.hint)) == ("the clients do not pay by the month", True)


def test_clients_who_pay_by_the_month_are_no_question_of_their_silence(paying: Workspace) -> None:
    """The forecast of free purchases sends to the renewals, and counts again when it is told that they are free."""
    assert (
        Walk(paying).face("repeat-purchases").verdict.flip
        == "Ask the calculator of renewals how many clients will stay."
    )
    paying.save("repeat-purchases", "by_month", False)
    assert Walk(paying).face("repeat-purchases").verdict.say == "Only 3 clients have come back, and 20 are needed."


def test_clients_are_there_until_their_last_payment(tmp_path: Path) -> None:
    """Of February two pay to June, one to March; the first month, where older clients look new, stays out."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    bring(workspace, "orders.csv", months(old="123456", ann="23456", bob="23456", cat="23", dan="456", zed="56"))
    walk = Walk(workspace)
    assert walk.imported.contracts == "3; 3; 2; 2; 2\n1; 1; 1\n1; 1"
    assert walk.value("contract-retention", "cohorts") == walk.imported.contracts
    found = walk.answer("contract-retention")
    assert found is not None
    assert found.asked.cohorts == ((3, 3, 2, 2, 2), (1, 1, 1), (1, 1))  # type: ignore[attr-defined]


def test_clients_who_come_now_and_then_have_no_contract(tmp_path: Path) -> None:
    """Ann and Bob skip months: of eight months after the first they paid in four."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    bring(workspace, "orders.csv", months(old="1", ann="246", bob="246"))
    assert Walk(workspace).imported.contracts is None


def test_month_that_is_not_over_does_not_count(tmp_path: Path) -> None:
    """The orders end on 10 May, so April is the last month in which anybody could be missed."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    rows = months(old="12345", ann="2345", bob="23").replace("end,zed,2026-06-30,paid,10", "")
    bring(workspace, "orders.csv", rows)
    assert Walk(workspace).imported.contracts == "2; 2; 1"


@pytest.mark.parametrize("clients", [0, 40])
def test_nobody_who_came_back_tells_no_contract(clients: int) -> None:
    """Everybody paid once, or nobody at all."""
    rows = [{"cohort": 24314, "age": 0, "clients": clients, "paid": clients}] if clients else []
    assert counted(rows, 24313, 24318) == ()
