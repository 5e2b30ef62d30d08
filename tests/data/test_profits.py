"""Profit by segment, product group and channel, counted by hand on the made shop of June 2026."""

from __future__ import annotations

from typing import Any

import pytest

from playbook.data import Fact, Facts, NoFact
from playbook.data.behind import Behind
from playbook.workspace import Workspace
from tests.data.clinic import bring

# Lamps cost 4, bulbs 1; nobody knows what a cable costs. One order has goods of two groups, for 20 and 10.
COSTS = """product,sku,group,unit_cost
Lamp,L,Light,4
Bulb,B,Spares,1
"""
LEADS = """id,created,closed,status,reason,source,utm_campaign,segment
1,2026-06-01,2026-06-01,won,,ads,SPRING,
2,2026-06-01,2026-06-02,won,,friends,,
3,2026-06-02,2026-06-03,won,,friends,,Offices
4,2026-06-02,2026-06-03,lost,price,ads,banners,
"""
SPEND = """day,source,campaign,amount
2026-06-01,ads,Spring,6
2026-06-02,ads,Banners,9
2026-06-03,ads,Lost tags,2
"""
ORDERS = """order_id,customer,date,status,segment,lead_id,revenue,refund
1,ann,2026-06-01,paid,Homes,1,27,0
2,bob,2026-06-02,paid,homes,2,10,5
3,cat,2026-06-03,paid,,3,8,0
4,cat,2026-06-03,paid,Offices,,12,0
5,dan,2026-06-03,open,Offices,,99,0
"""
SHOP = """Name,Email,Financial Status,Total,Created at,Paid at,Refunded Amount,Currency,Lineitem name,Lineitem sku,\
Lineitem quantity,Lineitem price
#1,ann@x.com,paid,27,2026-06-01 10:00:00 +0000,2026-06-01 10:00:00 +0000,0,USD,Lamp,L,2,10
#1,,,,,,,,Bulb,B,5,2
#2,bob@x.com,paid,10,2026-06-02 10:00:00 +0000,2026-06-02 10:00:00 +0000,5,USD,Lamp,L,1,10
#3,cat@x.com,paid,8,2026-06-03 10:00:00 +0000,2026-06-03 10:00:00 +0000,0,USD,Cable,C,1,8
#4,cat@x.com,paid,12,2026-06-03 10:00:00 +0000,2026-06-03 10:00:00 +0000,0,USD,Bulb,B,6,2
"""
VISITS = """visit_id,user,at,channel,utm_source,utm_campaign,order_id
v1,u1,2026-06-01 09:59:00,ad,google,spring,1
v2,u2,2026-06-02 09:59:00,direct,,,2
v3,u3,2026-06-03 08:00:00,ad,google,banners,
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A shop with items, a table of costs, visits that carry the numbers of orders, and spend."""
    workspace = Workspace.create(tmp_path_factory.mktemp("shop"), currency="USD")
    for name, text in {"shop.csv": SHOP, "costs.csv": COSTS, "visits.csv": VISITS, "spend.csv": SPEND}.items():
        bring(workspace, name, text)
    return workspace


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A firm whose orders name leads and segments, with the orders' own costs unknown."""
    workspace = Workspace.create(tmp_path_factory.mktemp("firm"), currency="USD")
    for name, text in {"orders.csv": ORDERS, "leads.csv": LEADS, "spend.csv": SPEND}.items():
        bring(workspace, name, text)
    return workspace


def given(workspace: Workspace, name: str) -> dict[str, Any]:
    found = Facts(workspace).get(name)
    assert isinstance(found, Fact), found
    return dict(found.gives)


def test_order_of_two_groups_is_dealt_out_by_the_value_of_its_lines(shop: Workspace) -> None:
    """27 by 20 : 10; half of order 2 came back, so half of its lamp's cost did; a cable has no known cost."""
    assert given(shop, "profit_by_product")["products"] == [
        {"name": "Light", "revenue": 28, "refunds": 5, "direct_costs": 10, "uncosted": 0, "clients": 2},
        {"name": "Spares", "revenue": 21, "refunds": 0, "direct_costs": 11, "uncosted": 0, "clients": 2},
        {"name": "Cable", "revenue": 8, "refunds": 0, "clients": 1},
    ]


def test_product_group_opens_its_own_lines_of_orders(shop: Workspace) -> None:
    """Two orders have lamps; the bulbs of the same order stay out, and the orders themselves open beside them."""
    light = Behind(shop, "profit_by_product").look(of=["Light"])
    assert light.table == "items"
    assert light.lines == (("Light", 2), ("Spares", 2), ("Cable", 1))
    shown = [light.columns.index(name) for name in ("order_id", "product", "quantity", "cost")]
    assert [tuple(row[place] for place in shown) for row in light.rows] == [("#2", "Lamp", 1, 4), ("#1", "Lamp", 2, 8)]
    assert Behind(shop, "profit_by_product").look("orders").count == 4


def test_product_group_without_lines_of_orders_opens_the_orders(firm: Workspace) -> None:
    """Where no file has goods there is nothing of theirs to open."""
    assert Behind(firm, "profit_by_product").look().table == "orders"


def test_channel_is_that_of_the_visit_with_the_number_of_the_order(shop: Workspace) -> None:
    """Order 1 came by Spring, 2 directly, the others by nobody knows what; banners were visited and sold nothing."""
    found = given(shop, "profit_by_channel")
    assert found["channels"] == [
        {"name": "Spring", "revenue": 27, "refunds": 0, "direct_costs": 13, "uncosted": 0, "clients": 1, "spend": 6},
        {"name": "direct visits", "revenue": 10, "refunds": 5, "direct_costs": 2, "uncosted": 0, "clients": 1},
        {
            "name": "not told",
            "revenue": 20,
            "refunds": 0,
            "direct_costs": 6,
            "uncosted": 8,
            "clients": 1,
            "unknown": True,
        },
        {"name": "Banners", "revenue": 0, "direct_costs": 0, "spend": 9},
    ]
    assert found["unassigned_spend"] == 2


def test_segment_of_an_order_is_its_own_else_its_leads(firm: Workspace) -> None:
    """Homes however it is written, and the office of lead 3; an open order is no sale; no costs are made up."""
    assert given(firm, "profit_by_segment")["segments"] == [
        {"name": "Homes", "revenue": 37, "refunds": 5, "clients": 2},
        {"name": "Offices", "revenue": 20, "refunds": 0, "clients": 1},
    ]


def test_channel_of_a_lead_is_its_campaign_else_its_source(firm: Workspace) -> None:
    """SPRING is Spring; two orders of friends; a campaign whose leads did not buy took 9."""
    found = given(firm, "profit_by_channel")
    assert [(line["name"], line["revenue"], line.get("spend")) for line in found["channels"]] == [
        ("Spring", 27, 6),
        ("friends", 18, None),
        ("not told", 12, None),
        ("Banners", 0, 9),
    ]


def test_spend_is_set_against_nobody_where_no_order_names_a_channel(tmp_path: Any) -> None:
    """Every order is of an unknown channel: no campaign is blamed, and no loss is shown."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    for name, text in {
        "orders.csv": ORDERS.replace(",lead_id", ",note"),
        "leads.csv": LEADS,
        "spend.csv": SPEND,
    }.items():
        bring(workspace, name, text)
    found = given(workspace, "profit_by_channel")
    assert [line.get("unknown") for line in found["channels"]] == [True]
    assert "unassigned_spend" not in found


@pytest.mark.parametrize("name", ["profit_by_segment", "profit_by_product", "profit_by_channel"])
def test_money_of_two_currencies_is_refused(tmp_path: Any, name: str) -> None:
    """Orders in dollars and in euros are never added up."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    header = "order_id,customer,date,status,revenue,currency,segment\n"
    bring(workspace, "orders.csv", f"{header}1,a,2026-06-01,paid,5,USD,x\n2,b,2026-06-02,paid,5,EUR,x\n")
    found = Facts(workspace).get(name)
    assert isinstance(found, NoFact)
    assert "EUR, USD" in found.reason


def test_small_lines_are_added_up(tmp_path: Any) -> None:
    """Forty segments: thirty by name, the ten smallest as one, and nothing of the revenue is lost."""
    workspace = Workspace.create(tmp_path / "w", currency="USD")
    rows = "".join(f"{n},c{n},2026-06-01,paid,{n},s{n}\n" for n in range(1, 41))
    bring(workspace, "orders.csv", "order_id,customer,date,status,revenue,segment\n" + rows)
    found = given(workspace, "profit_by_segment")["segments"]
    assert (len(found), found[-1]["name"], found[-1]["revenue"]) == (31, "the other 10", sum(range(1, 11)))
    assert sum(line["revenue"] for line in found) == 820
