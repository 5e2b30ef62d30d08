"""Paths of visits to a sale: by the order that a visit carries, or by a buyer who is a visitor."""

from __future__ import annotations

from typing import Any

import pytest

from playbook.data import Fact, Facts, Importer, NoFact, engine, tables
from playbook.data.sums import ALWAYS
from playbook.ui import form
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.helpers import take

VISITS = """visitor,time,utm_source,utm_medium,order_id
anna,2026-06-01 10:00,google,cpc,
anna,2026-06-08 10:00,letter,email,
anna,2026-06-08 12:00,(direct),(none),17
anna,2026-06-20 10:00,letter,email,18
boris,2026-06-02 10:00,google,cpc,
vera,2026-01-01 10:00,blog,post,
vera,2026-06-03 10:00,google,cpc,"['19', '20']"
"""


def taken(workspace: Workspace, text: str) -> Any:
    """The figure after a table was imported."""
    importer = Importer(workspace)
    importer.run(importer.preview(text.encode(), "visits.csv"))
    return Facts(workspace).get("sold_journeys")


def test_paths_end_with_the_visit_that_bought(workspace: Workspace) -> None:
    """Two journeys of one buyer, one of nobody; a visit five months before a sale is not of it."""
    fact = taken(workspace, VISITS)
    assert isinstance(fact, Fact)
    assert fact.value == 3
    assert fact.gives["journeys"] == [
        {"path": "google / cpc", "conversions": 1, "nulls": 1, "days_before": "0.0"},
        {
            "path": "google / cpc > letter / email > (direct) / (none)",
            "conversions": 1,
            "nulls": 0,
            "days_before": "7.0; 0.0; 0.0",
        },
        {"path": "letter / email", "conversions": 1, "nulls": 0, "days_before": "0.0"},
    ]


@pytest.mark.parametrize("enough", ["800MB", "1MB"])
def test_paths_of_many_visits_are_the_same_in_little_memory(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, enough: str
) -> None:
    """Held to some memory the engine tells the same; where that is too little for it, it has all there is."""
    free = taken(workspace, VISITS).gives
    values = {"since": ALWAYS[0], "until": ALWAYS[1]}
    expected = engine.query(tables.folder(workspace), "journeys", values)
    monkeypatch.setattr(engine, "LARGE", 0)
    monkeypatch.setattr(engine, "ENOUGH", enough)
    engine._held.cache_clear()
    assert engine.query(tables.folder(workspace), "journeys", values) == expected
    assert len(expected) == len(free["journeys"])
    engine._held.cache_clear()


def test_buyers_known_among_visitors_end_paths_too(workspace: Workspace) -> None:
    """Without numbers of orders on visits a paid order of the same person does; what comes after it is no part."""
    without = "\n".join(line.rpartition(",")[0] for line in VISITS.splitlines() if "[" not in line)
    orders = "order_id,customer,paid_at,revenue\n17,anna,2026-06-09 10:00,100\n"
    importer = Importer(workspace)
    importer.run(importer.preview(orders.encode(), "orders.csv"))
    fact = taken(workspace, without)
    found = {row["path"]: (row["conversions"], row["nulls"]) for row in fact.gives["journeys"]}
    assert found == {
        "google / cpc > letter / email > (direct) / (none)": (1, 0),
        "letter / email": (0, 1),
        "google / cpc": (0, 1),
        "blog / post": (0, 1),
    }


def test_long_path_keeps_its_last_eight_visits(workspace: Workspace) -> None:
    """Nine visits: the first one is cut off."""
    lines = [f"a,2026-06-0{day} 10:00,s{day},x,{'9' if day == 9 else ''}" for day in range(1, 10)]
    fact = taken(workspace, "\n".join(["visitor,time,utm_source,utm_medium,order_id", *lines]))
    (row,) = fact.gives["journeys"]
    assert row["path"] == " > ".join(f"s{day} / x" for day in range(2, 10))


def test_sums_without_visitors_make_no_paths(workspace: Workspace) -> None:
    """The grain is said, and what to import in their place."""
    take(workspace, "ga4_channels.csv")
    fact = Facts(workspace).get("sold_journeys")
    assert isinstance(fact, NoFact)
    assert fact.reason == "the visits are sums without visitors: no path can be made of them"


def test_visits_that_sold_nothing_are_no_paths_to_sales(workspace: Workspace) -> None:
    """No number of an order, no buyer among the visitors."""
    fact = taken(workspace, "visitor,time,utm_source\nanna,2026-06-01 10:00,google\n")
    assert isinstance(fact, NoFact)
    assert fact.reason.startswith("no visit carries the number of an order")


def test_attribution_is_asked_from_the_visits(workspace: Workspace) -> None:
    """The calculator is answered without a word typed; a row of one's own, typed later, stands in its place."""
    taken(workspace, VISITS)
    walk = Walk(workspace)
    answer: Any = walk.answer("attribution")
    assert answer.conversions == {"google / cpc": 1, "letter / email": 2, "(direct) / (none)": 0}
    group = next(group for group in form.sets(walk, "attribution") if group.takes == "journeys")
    assert group.note.startswith("3 rows: Plain table")
    workspace.add_row("attribution", "journeys", {"path": "own", "conversions": 5})
    mine: Any = Walk(workspace).answer("attribution")
    assert mine.conversions == {"own": 5}


def test_dependence_is_asked_from_the_leads(workspace: Workspace) -> None:
    """Every source with its leads; those that name none are nobody's."""
    raw = (
        "lead_id,created_at,status,source\n"
        "1,2026-06-01,won,Search\n2,2026-06-02,lost,Search\n3,2026-06-03,open,Letters\n4,2026-06-04,open,\n"
    )
    importer = Importer(workspace)
    importer.run(importer.preview(raw.encode(), "leads.csv"))
    answer: Any = Walk(workspace).answer("channel-dependence")
    assert [(part.name, part.value, part.unknown) for part in answer.shares] == [
        ("Search", 2, False),
        ("Letters", 1, False),
        ("no source", 1, True),
    ]


def test_purchase_of_metrika_is_the_first_of_its_list(workspace: Workspace) -> None:
    """A list of one is that one, and an empty list is none."""
    head = "ym:s:visitID\tym:s:clientID\tym:s:dateTime\tym:s:lastTrafficSource\tym:s:purchaseID\n"
    rows = "1\t7\t2026-06-01 10:00:00\tad\t[\\'2780\\']\n2\t8\t2026-06-01 11:00:00\tad\t[]\n"
    fact = taken(workspace, head + rows)
    assert fact.gives["journeys"] == [{"path": "advertising", "conversions": 1, "nulls": 1, "days_before": "0.0"}]
