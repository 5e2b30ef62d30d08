"""Exports of real accounts, where they lie beside the project; sums by the csv module. Never shipped, never needed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from playbook.data import Importer, Outcome
from playbook.data.commands import import_files
from playbook.errors import PlaybookError
from playbook.workspace import Workspace
from tests.data.helpers import counts, everything

EXPORTS = Path(__file__).resolve().parents[3] / "shared" / "exports"
FOUND = sorted(EXPORTS.glob("*.csv"))
KNOWN = [path for path in FOUND if not path.name.startswith("bitrix24")]


def take_real(workspace: Workspace, path: Path, **answers: str) -> Outcome:
    """Import one of the real files."""
    importer = Importer(workspace)
    return importer.run(importer.preview(path, settings={"vat": "included", **answers}))


def records(path: Path, skip: int = 0, encoding: str = "utf-8-sig", delimiter: str = ",") -> Iterator[dict[str, str]]:
    """A file by the csv module alone; of repeated headers the first counts."""
    with path.open(encoding=encoding, newline="") as file:
        for _ in range(skip):
            next(file)
        reader = csv.reader(file, delimiter=delimiter)
        header = next(reader)
        for cells in reader:
            yield dict(zip(reversed(header), reversed(cells), strict=True))


def named(start: str) -> list[Path]:
    """The files of one system."""
    return [path for path in FOUND if path.name.startswith(start)]


def total(rows: list[dict[str, str]], column: str) -> Decimal:
    """The sum of a column with commas for thousands."""
    return sum((Decimal(row[column].replace(",", "")) for row in rows if row[column]), Decimal(0))


if KNOWN:

    @pytest.mark.parametrize("path", named("google_ads"), ids=lambda path: path.name)
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

    @pytest.mark.parametrize("path", named("shopify"), ids=lambda path: path.name)
    def test_real_shopify_agrees_with_the_csv_module(workspace: Workspace, path: Path) -> None:
        """A line per item is one order each; revenue is that of paid orders before refunds."""
        own = list(records(path))
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

    @pytest.mark.parametrize("path", named("meta_ads"), ids=lambda path: path.name)
    def test_real_meta_agrees_with_the_csv_module(workspace: Workspace, path: Path) -> None:
        """Every row is taken; the currency is that of the header, clicks are those on links."""
        own = list(records(path))
        amount = next(name for name in own[0] if name.startswith("Amount spent"))
        outcome = take_real(workspace, path)
        assert counts(outcome) == (len(own), len(own), 0, 0, 0)
        assert outcome.preview.totals == {
            "spend": str(total(own, amount)),
            "currency": amount[-4:-1],
            "clicks": total(own, "Link clicks"),
            "impressions": total(own, "Impressions"),
        }

    @pytest.mark.parametrize("path", named("yandex_direct"), ids=lambda path: path.name)
    def test_real_direct_agrees_with_the_csv_module(workspace: Workspace, path: Path) -> None:
        """Rows under the title lines up to the row of sums, whose own sum agrees."""
        encoding = "cp1251" if "cp1251" in path.name else "utf-8-sig"
        rows = list(records(path, 4, encoding, ";"))
        own = [{name: cell.replace("\u00a0", "").replace(" ", "") for name, cell in row.items()} for row in rows]
        days = [row for row in own if row["Дата"] != "Итого"]
        outcome = take_real(workspace, path)
        assert counts(outcome) == (len(own), len(days), 0, len(own) - len(days), 0)
        spend = sum(Decimal(row["Расход (руб.)"].replace(",", ".")) for row in days)
        assert outcome.preview.totals["spend"] == str(spend)
        assert outcome.preview.totals["clicks"] == total(days, "Клики")
        assert [control.theirs for control in outcome.preview.reading.controls] == [spend]

    @pytest.mark.parametrize("path", named("amocrm"), ids=lambda path: path.name)
    def test_real_amocrm_agrees_with_the_csv_module(workspace: Workspace, path: Path) -> None:
        """76 columns, notes over several lines: every row with an ID is a lead, one without is rejected."""
        rows = list(records(path))
        own = [row for row in rows if row["ID"]]
        stages = Counter(row["Этап сделки"] for row in own)
        paid = [row for row in own if row["Этап сделки"] == "Успешно реализовано" and row["Бюджет "] not in ("", "0")]
        outcome = take_real(workspace, path)
        assert counts(outcome) == (len(rows), len(own), 0, 0, len(rows) - len(own))
        said = outcome.preview.totals
        assert (said["leads"], said["won"]) == (len(own), stages["Успешно реализовано"])
        assert (said["lost"], said["orders"]) == (stages["Закрыто и не реализовано"], len(paid))
        closed = [row for row in own if row["Дата закрытия"] != "не закрыта"]
        assert sum(record.get("closed_at") is not None for record in outcome.preview.reading.records["leads"]) == len(
            closed
        )

    @pytest.mark.parametrize("path", named("bitrix24"), ids=lambda path: path.name)
    def test_real_bitrix_agrees_with_the_csv_module(workspace: Workspace, path: Path) -> None:
        """Stages of deals that are not closed need no answer; two of closed ones do, and then all sums agree."""
        own = list(records(path))
        asked = [one.key for one in Importer(workspace).preview(path).questions]
        assert asked == ["stage.Выдано", "stage.Отложенные"]
        outcome = take_real(workspace, path, **{"stage.Выдано": "won", "stage.Отложенные": "lost"})
        lost = [row for row in own if row["CLOSED"] == "Y" and row["STAGE_ID"] != "Выдано"]
        paid = [row for row in own if row["STAGE_ID"] == "Выдано"]
        assert counts(outcome) == (len(own), len(own), 0, 0, 0)
        said = outcome.preview.totals
        assert (said["leads"], said["won"], said["lost"]) == (len(own), len(paid), len(lost))
        assert (said["paid_orders"], said["revenue"]) == (len(paid), str(total(paid, "OPPORTUNITY")))

    def test_real_files_at_once_leave_questions_only_a_person_answers(workspace: Workspace) -> None:
        """With VAT answered every file is in but those with a stage of the firm's own, whose key --set takes."""
        results = import_files(workspace, FOUND, settings={"vat": "included"})
        open_ones = [result.error.field for result in results if result.error]
        assert all(str(key).startswith("stage.") for key in open_ones)
        assert len(results) - len(open_ones) == len(KNOWN)

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
