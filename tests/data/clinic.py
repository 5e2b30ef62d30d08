"""A made clinic in dollars, June 2026 (1 June is a Monday): leads, spend and orders small enough to count by hand."""

from __future__ import annotations

from datetime import date, timedelta

from playbook.data import Importer
from playbook.workspace import Workspace

# Weeks: 1-7 June four leads, 8-14 two, 15-21 none, 22-28 two, and the week from the 29th has only begun.
LEADS = """id,created,closed,status,reason,source
1,2026-06-01,2026-06-03,won,,ads
2,2026-06-02,2026-06-12,lost,price,ads
3,2026-06-05,2026-06-05,lost,off-target,
4,2026-06-07,,open,,site
5,2026-06-08,2026-06-16,won,,ads
6,2026-06-14,,open,,
7,2026-06-22,,open,,ads
8,2026-06-28,,open,,ads
9,2026-06-29,,open,,ads
"""
# One payment of 100 a week from ann, one of 50 from a new person a week; direct costs are 40%; bob gets 10 back.
ORDERS = """order_id,customer,date,status,revenue,direct_costs,refund
1,ann,2026-06-01,paid,100,40,
2,bob,2026-06-07,paid,50,20,10
3,ann,2026-06-08,paid,100,40,
4,cat,2026-06-14,paid,50,20,
5,ann,2026-06-15,paid,100,40,
6,dan,2026-06-21,paid,50,20,
7,ann,2026-06-22,paid,100,40,
8,eve,2026-06-28,paid,50,20,
9,ann,2026-06-29,paid,100,40,
"""
# By the day: 10 and 20 clicks in the first week, 2 and 4 in the second, 1 and 2 after it.
DAILY = [10.0] * 7 + [2.0] * 7 + [1.0] * 15


def spend() -> str:
    """29 days of advertising, from 1 June on: money, clicks (twice the money), impressions (20 times)."""
    first = date(2026, 6, 1)
    rows = (
        f"{first + timedelta(days=place)},ads,{money:g},{2 * money:g},{20 * money:g}"
        for place, money in enumerate(DAILY)
    )
    return "\n".join(["day,source,amount,clicks,impressions", *rows]) + "\n"


def bring(workspace: Workspace, name: str, text: str) -> int:
    """Import a file made of text; returns the import's number."""
    importer = Importer(workspace)
    batch = importer.run(importer.preview(text.encode(), name)).batch
    assert batch
    return batch


def bring_all(workspace: Workspace) -> Workspace:
    """Leads, orders and spend of the clinic."""
    for name, text in {"leads.csv": LEADS, "orders.csv": ORDERS, "spend.csv": spend()}.items():
        bring(workspace, name, text)
    return workspace


def deals(closed: int, still_open: int, *, days: int = 10) -> str:
    """Deals of one day, 1 March 2026: won after `days`, and open ones that the last row follows to 31 August."""
    end = date(2026, 3, 1) + timedelta(days=days)
    rows = [f"w{place},2026-03-01,{end},won,,ads" for place in range(closed)]
    rows += [f"o{place},2026-03-01,,open,,ads" for place in range(still_open)]
    return (
        "\n".join(["id,created,closed,status,reason,source", *rows, "last,2026-08-31,2026-08-31,lost,price,ads"]) + "\n"
    )
