"""Exports of real accounts, where they lie beside the project; sums by the csv module. Never shipped, never needed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from playbook.data import Importer, Outcome
from playbook.errors import PlaybookError
from playbook.workspace import Workspace
from tests.data.helpers import counts, everything

EXPORTS = Path(__file__).resolve().parents[3] / "shared" / "exports"
FOUND = sorted(EXPORTS.glob("*.csv"))
KNOWN = [path for path in FOUND if path.name.startswith(("google_ads", "shopify"))]


def take_real(workspace: Workspace, path: Path) -> Outcome:
    """Import one of the real files."""
    importer = Importer(workspace)
    return importer.run(importer.preview(path, settings={"vat": "included"}))


def records(path: Path, skip: int) -> Iterator[dict[str, str]]:
    """A file by the csv module alone."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _ in range(skip):
            next(file)
        yield from csv.DictReader(file)


def total(rows: list[dict[str, str]], column: str) -> Decimal:
    """The sum of a column with commas for thousands."""
    return sum((Decimal(row[column].replace(",", "")) for row in rows if row[column]), Decimal(0))


if KNOWN:

    @pytest.mark.parametrize(
        "path", [path for path in KNOWN if path.name.startswith("google_ads")], ids=lambda path: path.name
    )
    def test_real_google_ads_agrees_with_the_csv_module(workspace: Workspace, path: Path) -> None:
        """Every row is taken, and the three sums are those of the file."""
        own = list(records(path, 2))
        outcome = take_real(workspace, path)
        assert counts(outcome) == (len(own), len(own), 0, 0, 0)
        assert outcome.preview.totals == {
            "spend": str(total(own, "Cost")),
            "currency": own[0]["Currency code"],
            "clicks": total(own, "Clicks"),
            "impressions": total(own, "Impr."),
        }

    @pytest.mark.parametrize(
        "path", [path for path in KNOWN if path.name.startswith("shopify")], ids=lambda path: path.name
    )
    def test_real_shopify_agrees_with_the_csv_module(workspace: Workspace, path: Path) -> None:
        """A line per item is one order each; revenue is that of paid orders before refunds."""
        own = list(records(path, 0))
        heads = [row for row in own if row["Total"]]
        paid = [row for row in heads if row["Financial Status"] not in ("authorized", "pending", "voided")]
        outcome = take_real(workspace, path)
        assert counts(outcome) == (len(own), len({row["Name"] for row in own}), len(own) - len(heads), 0, 0)
        assert outcome.preview.totals == {
            "orders": len(heads),
            "paid_orders": len(paid),
            "revenue": str(total(paid, "Total")),
            "currency": heads[0]["Currency"],
            "refunds": str(total(heads, "Refunded Amount")),
            "ordered": str(total(heads, "Total")),
        }

    @pytest.mark.parametrize("path", KNOWN, ids=lambda path: path.name)
    def test_real_file_twice_changes_nothing(workspace: Workspace, path: Path) -> None:
        """The second time is the first batch again."""
        take_real(workspace, path)
        before = everything(workspace)
        assert take_real(workspace, path).batch == 1
        assert everything(workspace) == before

    def test_every_real_file_is_read_or_refused(workspace: Workspace, record_property: pytest.RecordProperty) -> None:
        """Each file is taken in with its rows reconciled, or refused with what to do; how many were read is said."""
        read, refused = 0, []
        for path in FOUND:
            try:
                rows, *parts = counts(take_real(workspace, path))
            except PlaybookError as error:
                refused.append(error.hint)
                continue
            read += 1
            assert rows == sum(parts)
        assert all(refused)
        record_property("files", len(FOUND))
        print(f"{len(FOUND)} files looked at, {read} taken in")  # noqa: T201 - the count is part of the test's word
        assert (len(FOUND) > 0, read >= len(KNOWN)) == (True, True)
