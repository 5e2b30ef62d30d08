"""The other systems: each made file is recognised by its headers, its rows reconciled and its sums those by hand."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from playbook.data import Importer
from playbook.data.sources import sources
from playbook.errors import PlaybookError
from playbook.workspace import Workspace
from tests.data.helpers import FILES, counts, rows, take

SALES = {"refunds": "0.00", "orders": 1, "paid_orders": 1}
CASES: list[tuple[str, str, dict[str, str], tuple[int, ...], dict[str, Any]]] = [
    ("metrika_report", "yandex_metrika_report", {}, (3, 2, 0, 1, 0), {"visits": 150}),
    ("ga4_channels", "ga4", {}, (3, 2, 0, 1, 0), {"visits": 170}),
    ("vk_ads", "vk_ads", {"vat": "included"}, (3, 2, 0, 1, 0), {"spend": "2000.00", "currency": "RUB", "clicks": 27}),
    ("pipedrive", "pipedrive", {}, (3, 3, 0, 0, 0), {"won": 1, "lost": 1, "revenue": "1200.50", "currency": "EUR"}),
    ("salesforce", "salesforce", {}, (8, 3, 0, 5, 0), {"won": 1, "lost": 1, "revenue": "1000.00", "currency": "USD"}),
    ("getcourse", "getcourse", {}, (3, 3, 0, 0, 0), {"orders": 3, "paid_orders": 1, "revenue": "5000.00"}),
    ("yookassa", "yookassa", {}, (5, 2, 0, 3, 0), {"orders": 2, "revenue": "2000.50", "currency": "RUB"}),
    ("ozon_ads", "ozon_ads", {}, (3, 2, 0, 1, 0), {"spend": "400.00", "currency": "RUB", "impressions": 1500}),
    ("wildberries", "wildberries", {}, (4, 3, 0, 1, 0), {"revenue": "4000.00", "refunds": "1000.00"}),
    (
        "spotify_ads",
        "spotify_ads",
        {"vat": "none", "currency": "USD"},
        (2, 2, 0, 0, 0),
        {"spend": "10.72", "clicks": 6},
    ),
    ("pinterest_ads", "pinterest_ads", {"vat": "none", "currency": "USD"}, (2, 2, 0, 0, 0), {"spend": "10.00"}),
    ("tiktok_ads", "tiktok_ads", {"vat": "none"}, (3, 2, 0, 1, 0), {"spend": "20.00", "currency": "USD", "clicks": 20}),
    ("calltouch", "calltouch", {}, (2, 2, 0, 0, 0), {"leads": 2}),
]
SHORTER = {
    "getcourse_orders": "getcourse",
    "yookassa_registry": "yookassa",
    "wildberries_report": "wildberries",
}
FORMATS = Path(__file__).parents[3] / "shared" / "formats.json"


@pytest.mark.parametrize(("name", "source", "answers", "found", "totals"), CASES, ids=[case[0] for case in CASES])
def test_made_file_is_known_and_adds_up(
    workspace: Workspace,
    name: str,
    source: str,
    answers: dict[str, str],
    found: tuple[int, ...],
    totals: dict[str, Any],
) -> None:
    """All of its signature, every row accounted for, and the sums of its rows."""
    outcome = take(workspace, f"{name}.csv", **answers)
    said = outcome.to_json()
    assert (said["source"], said["confidence"], counts(outcome)) == (source, 1.0, found)
    assert {key: said["totals"][key] for key in totals} == totals


def test_there_are_twenty_two_systems_and_a_plain_table() -> None:
    """No system is left to be written."""
    assert len(sources()) == 23


@pytest.mark.parametrize("name", ["metrika_report", "ga4_channels"])
def test_sums_without_visitors_serve_totals_only(workspace: Workspace, name: str) -> None:
    """What they cannot tell is said before they are taken in."""
    notes = Importer(workspace).preview(FILES / f"{name}.csv").notes
    assert any("paths and attribution cannot be computed" in note for note in notes)


def test_report_without_days_says_which_column_it_lacks(workspace: Workspace) -> None:
    """GA4's default report has no date: no day is made up."""
    raw = b"Session default channel group,Sessions,Engaged sessions\nDirect,10,5\n"
    with pytest.raises(PlaybookError, match="lacks columns that Google Analytics 4") as caught:
        Importer(workspace).preview(raw, "ga4.csv")
    assert "name them so: date, day;" in caught.value.hint


def test_control_sum_under_the_rows_stops_a_cut_register(workspace: Workspace) -> None:
    """YooKassa gives the sum in words: a row that is missing is found."""
    raw = (FILES / "yookassa.csv").read_text("utf-8").replace("2d02;500.50", "2d02;400.50").encode()
    importer = Importer(workspace)
    with pytest.raises(PlaybookError, match="own total and the sum of its rows differ") as caught:
        importer.run(importer.preview(raw, "cut.csv"))
    assert caught.value.saw == "line 7: 2000.50; our sum: 1900.50"


def test_period_and_vat_stand_in_the_head_of_ozon(workspace: Workspace) -> None:
    """The days in the title line, the VAT in the header; nothing is asked."""
    take(workspace, "ozon_ads.csv")
    assert set(rows(workspace, "spend", "day, until, vat")) == {(date(2026, 6, 1), date(2026, 6, 30), "included")}


def test_return_is_money_given_back(workspace: Workspace) -> None:
    """A positive row `Возврат` of Wildberries is a refund of its own; logistics is no order."""
    take(workspace, "wildberries.csv")
    assert rows(workspace, "orders", "id, revenue, refund") == [
        ("s1", 1000, None),
        ("s1↩", 0, Decimal(1000)),
        ("s2", 3000, None),
    ]


def test_lines_above_tell_spotify_from_a_table_of_ones_own(workspace: Workspace) -> None:
    """The same columns without them are a plain table."""
    text = (FILES / "spotify_ads.csv").read_text("utf-8").partition("\n\n")[2]
    assert Importer(workspace).preview(text.encode(), "own.csv").source == "plain"


def test_lost_leads_of_pipedrive_have_their_reason(workspace: Workspace) -> None:
    """A header that stands twice is read once; an open deal has no day of closing."""
    take(workspace, "pipedrive.csv")
    assert rows(workspace, "leads", "id, stage, refusal_reason, closed_day") == [
        ("1", "won", None, date(2026, 6, 10)),
        ("2", "lost", "Price", date(2026, 6, 3)),
        ("3", "open", None, None),
    ]


if FORMATS.is_file():

    @pytest.mark.parametrize("system", sorted(set(json.loads(FORMATS.read_text("utf-8"))) - {"_meta"}))
    def test_every_written_down_format_is_known(workspace: Workspace, system: str) -> None:
        """A header of the first names of each column is recognised as a system of ours, or its lack is named."""
        facts = json.loads(FORMATS.read_text("utf-8"))[system]
        header = ",".join(names[0] for names in facts["columns"].values() if isinstance(names, list))
        blank = ",".join("1" * (header.count(",") + 1))
        text = "\n".join(["Key: value"] * 4 + [header, blank])
        assert SHORTER.get(system, system) in known_by(workspace, text.encode()).lower()


def known_by(workspace: Workspace, raw: bytes) -> str:
    """The system a header is taken for, or the words of the refusal that name a lacking column or the closest one."""
    refusal: PlaybookError | None = None
    try:
        return Importer(workspace).preview(raw, "x").source
    except PlaybookError as error:
        refusal = error
    return f"{refusal.what} {refusal.hint}"
