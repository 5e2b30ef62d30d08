"""How full the records of small exports are, counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.data import Fact, Facts, NoFact
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring, bring_all

DEALS = """id,created,status,reason,source
1,2026-06-01,won,,ads
2,2026-06-02,won,,ads
3,2026-06-03,lost,price,
4,2026-06-04,lost,,ads
5,2026-06-05,open,,
"""


@pytest.fixture
def crm(tmp_path: Path) -> Workspace:
    """Five deals: two won, two lost."""
    firm = Workspace.create(tmp_path / "crm", currency="USD")
    bring(firm, "deals.csv", DEALS)
    return firm


def value(firm: Workspace, name: str) -> float:
    """One figure."""
    fact = Facts(firm).get(name)
    assert isinstance(fact, Fact), fact
    return fact.value


def test_records_are_counted_by_what_they_say(crm: Workspace) -> None:
    """All have a status, one of two lost ones a reason, one of two won ones an amount."""
    bring(crm, "orders.csv", "order_id,lead_id,date,revenue\n7,1,2026-06-03,100\n")
    names = ("status_coverage", "reason_coverage", "amount_coverage")
    assert [value(crm, name) for name in names] == [1, 0.5, 0.5]


def test_amounts_of_deals_are_not_asked_for_beside_payments(crm: Workspace) -> None:
    """The orders of the till say what was sold: deals without amounts are no gap."""
    bring(crm, "orders.csv", "order_id,date,revenue,direct_costs\n1,2026-06-01,100,\n2,2026-06-02,50,20\n")
    found = Facts(crm).get("amount_coverage")
    assert isinstance(found, NoFact)
    assert found.reason == "the shop or the payments say what was sold, and not the deals"
    assert value(crm, "cost_coverage") == 0.5


def test_orders_are_costed_by_their_items_or_by_themselves(crm: Workspace) -> None:
    """The items of order 1 have a cost, order 2 has direct costs of its own, of order 3 nobody knows: two of three."""
    orders = "order_id,date,revenue,direct_costs,product,quantity"
    rows = ("1,2026-06-01,100,,Apple,2", "2,2026-06-02,50,20,,", "3,2026-06-03,9,,Pear,1")
    bring(crm, "orders.csv", "\n".join([orders, *rows, ""]))
    bring(crm, "products.csv", "product,sku,unit_cost,currency\nApple,A,30,USD\n")
    assert value(crm, "cost_coverage") == pytest.approx(2 / 3, abs=1e-6)


def test_gross_profit_is_of_the_days_of_the_spend(tmp_path: Path) -> None:
    """June of the clinic, 1 to 29: 700 less 10 given back, of which 40% are costs; 114 of advertising."""
    firm = bring_all(Workspace.create(tmp_path / "clinic", currency="USD"))
    answer = Walk(firm).answer("data-minimum")
    assert answer is not None
    assert value(firm, "gross_profit_beside_spend") == pytest.approx(690 - 280, abs=5)


def test_firm_without_costs_is_never_green(tmp_path: Path) -> None:
    """Leads, spend and orders are there, and no cost of anything: profit stays unknown."""
    firm = Workspace.create(tmp_path / "clinic", currency="USD")
    bring(firm, "leads.csv", "id,created,status,source\n1,2026-06-01,won,ads\n2,2026-06-02,lost,ads\n")
    bring(firm, "spend.csv", "day,source,amount\n2026-06-01,ads,5\n2026-06-02,ads,5\n")
    bring(firm, "orders.csv", "order_id,date,revenue\n1,2026-06-01,100\n2,2026-06-02,100\n")
    answer = Walk(firm).answer("data-minimum")
    assert (answer.verdict, answer.missing) == ("no", ("gross_profit",))  # type: ignore[union-attr]
