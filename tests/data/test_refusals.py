"""Refusals by reason out of a CRM's export, counted by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from playbook.data import Fact, Facts, NoFact
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import LEADS, bring

DEALS = """id,created,status,reason,deal amount
1,2026-06-01,lost,Price,100
2,2026-06-02,lost,Price,0
3,2026-06-03,lost,Cost,50
4,2026-06-04,lost,,70
5,2026-06-05,won,,900
6,2026-06-06,open,Price,30
"""


@pytest.fixture
def crm(tmp_path: Path) -> Workspace:
    """A workspace in dollars."""
    return Workspace.create(tmp_path / "crm", currency="USD")


def given_rows(workspace: Workspace) -> list[dict[str, Any]]:
    """The rows that the question is asked."""
    found = Facts(workspace).get("refusals_by_reason")
    assert isinstance(found, Fact), found
    return list(found.gives["reasons"])


def test_lost_leads_are_counted_by_what_is_written(crm: Workspace) -> None:
    """Won and open ones are no refusals; 0 is no amount; those without a reason stand last."""
    bring(crm, "deals.csv", DEALS)
    assert given_rows(crm) == [
        {"reason": "Price", "leads": 2, "amount": 100},
        {"reason": "Cost", "leads": 1, "amount": 50},
        {"reason": "", "leads": 1, "amount": 70},
    ]


def test_without_amounts_there_is_no_money(crm: Workspace) -> None:
    """The clinic's leads have none."""
    bring(crm, "leads.csv", LEADS)
    assert given_rows(crm) == [{"reason": "off-target", "leads": 1}, {"reason": "price", "leads": 1}]


def test_money_of_another_currency_is_left_out_and_told(crm: Workspace) -> None:
    """The reasons stand all the same."""
    crm.set_setting("currency", "EUR")
    bring(crm, "deals.csv", DEALS)
    crm.set_setting("currency", "RUB")
    assert given_rows(crm)[0] == {"reason": "Price", "leads": 2}
    fact = Facts(crm).get("refusals_by_reason")
    assert isinstance(fact, Fact)
    assert fact.note == "amounts are left out, as they are in EUR"


def test_nobody_lost_is_a_reason_and_no_empty_list(crm: Workspace) -> None:
    """One open lead."""
    bring(crm, "deals.csv", "id,created,status,reason\n1,2026-06-01,open,\n")
    found = Facts(crm).get("refusals_by_reason")
    assert isinstance(found, NoFact)
    assert found.reason == "no lead is lost yet"


def test_page_joins_what_the_data_have_and_the_person_parts(crm: Workspace) -> None:
    """Three of the price; parted, they are two and one, while the rows stay those of the data."""
    bring(crm, "deals.csv", DEALS)
    assert [(one.reason, one.leads) for one in Walk(crm).outcome("refusal-reasons", "reasons")] == [("Price", 3)]
    crm.add_row("refusal-reasons", "apart", {"reason": "cost"})
    crm.add_row("refusal-reasons", "together", {"reason": "Price", "counts_as": "Money"})
    assert [(one.reason, one.leads) for one in Walk(crm).outcome("refusal-reasons", "reasons")] == [
        ("Money", 2),
        ("Cost", 1),
    ]


def test_segments_are_told_what_refusals_name(crm: Workspace) -> None:
    """As a suggestion beside the segments; what is written there stays, and what is listed is not named again."""
    bring(crm, "deals.csv", DEALS)
    titles = [section.title for section in Walk(crm).face("icp").sections]
    assert "Named in refusals and not among the objections" in titles
    crm.add_row("icp", "segments", {"name": "Hosts", "objections": "The price, the cost"})
    titles = [section.title for section in Walk(crm).face("icp").sections]
    assert "Named in refusals and not among the objections" not in titles
