"""One batch or nothing: repeats, newer exports, undo, crashes, mended rows."""

from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import threading
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from playbook.data import Facts, Importer, imports, tables, undo
from playbook.data.commands import import_files, list_imports
from playbook.errors import PlaybookError, WorkspaceReadOnly
from playbook.workspace import Workspace
from tests.data.helpers import FILES, everything, rows, take

CONTRACT = (
    "file",
    "source",
    "kinds",
    "kind",
    "confidence",
    "why",
    "rows",
    "accepted",
    "merged",
    "skipped",
    "rejected",
    "totals",
    "batch",
    "rejects_file",
)


def files_of(workspace: Workspace) -> set[str]:
    """Every file of the workspace but the database."""
    return {
        str(path.relative_to(workspace.path))
        for path in workspace.path.rglob("*")
        if path.is_file() and "playbook.db" not in path.name
    }


def test_answer_has_the_names_of_the_contract(workspace: Workspace) -> None:
    """`import --json` of one file, money as decimal text."""
    said = take(workspace, "google_ads_daily.csv", vat="included").to_json()
    assert set(CONTRACT) <= set(said)
    assert json.loads(json.dumps(said))["totals"]["spend"] == "1400.00"
    assert (said["kind"], said["batch"], said["rejects_file"]) == ("spend", 1, None)


def test_preview_writes_nothing(workspace: Workspace) -> None:
    """A look leaves no file, no setting and no batch."""
    before = files_of(workspace), workspace.revision()
    Importer(workspace).preview(FILES / "shopify_lines.csv", settings={"vat": "included"})
    assert (files_of(workspace), workspace.revision()) == before
    assert workspace.batches() == []


def test_preview_shows_mapping_sample_and_unused(workspace: Workspace) -> None:
    """Which column fills what, the first records beside their rows, and the columns that no table takes."""
    preview = Importer(workspace).preview(FILES / "shopify_lines.csv")
    mapped = {(one.kind, one.field): one.column for one in preview.mapping}
    assert mapped["orders", "revenue"] == "Total"
    assert mapped["items", "sku"] == "Lineitem sku"
    assert {"Billing Name", "Billing Phone", "Notes"} <= set(preview.unused)
    row, record = preview.first[0]
    assert (row.cells[preview.header.index("Total")], record["revenue"]) == ("100.00", Decimal(100))


def test_open_question_refuses_and_writes_nothing(workspace: Workspace) -> None:
    """VAT is a person's word: the refusal says the setting that answers it."""
    with pytest.raises(PlaybookError, match="Do the amounts of Google Ads include VAT") as caught:
        take(workspace, "google_ads_daily.csv")
    assert (caught.value.field, caught.value.hint) == (
        "vat",
        "answer with --set vat=included; the answers are: included, excluded, none",
    )
    assert (files_of(workspace), workspace.batches()) == (set(), [])


def test_answer_about_vat_is_remembered(workspace: Workspace) -> None:
    """The next file of the same system does not ask again, and carries the answer."""
    take(workspace, "google_ads_daily.csv", vat="excluded")
    take(workspace, "google_ads_named_days.csv")
    assert set(rows(workspace, "spend", "vat")) == {"excluded"}
    assert workspace.setting("import.google_ads.vat") == "excluded"


def test_answer_meant_for_another_file_is_left_out(workspace: Workspace) -> None:
    """`--set vat=included` for all files does not make a shop's export another import."""
    take(workspace, "shopify_lines.csv", vat="included")
    again = take(workspace, "shopify_lines.csv")
    assert (again.batch, len(workspace.batches())) == (1, 1)


def test_same_file_twice_changes_nothing(workspace: Workspace) -> None:
    """No second batch, no change in any table, and the answer says so."""
    take(workspace, "google_ads_daily.csv", vat="included")
    before = everything(workspace)
    again = take(workspace, "google_ads_daily.csv")
    assert again.to_json()["changes"] == {"added": 0, "updated": 0, "removed": 0}
    assert (again.batch, len(workspace.batches())) == (1, 1)
    assert everything(workspace) == before


def test_overlapping_days_are_replaced(workspace: Workspace) -> None:
    """2 June of the brand campaign is 110 now, not 210.44; the days of other campaigns stay."""
    take(workspace, "google_ads_daily.csv", vat="included")
    newer = take(workspace, "google_ads_newer.csv")
    assert newer.to_json()["changes"] == {"added": 1, "updated": 1, "removed": 0}
    assert sum(rows(workspace, "spend", "amount")) == Decimal("1400.00") - Decimal("100.44") + 110 + 60


def test_newer_orders_update_by_id(workspace: Workspace) -> None:
    """A refund that came later takes the place of the order as it was; its items are not doubled."""
    take(workspace, "shopify_lines.csv")
    newer = take(workspace, "shopify_newer.csv")
    assert newer.to_json()["changes"] == {"added": 1, "updated": 1, "removed": 0}
    refunds = dict(rows(workspace, "orders", "id, refund"))
    assert (len(refunds), refunds["#1004"]) == (5, Decimal(100))
    assert rows(workspace, "items", "order_id").count("#1004") == 2


def test_undo_restores_the_tables_exactly(workspace: Workspace) -> None:
    """What a newer export replaced is back, row for row."""
    take(workspace, "google_ads_daily.csv", vat="included")
    take(workspace, "shopify_lines.csv")
    before = everything(workspace)
    for name in ("google_ads_newer.csv", "shopify_newer.csv"):
        take(workspace, name)
    assert everything(workspace) != before
    undo(workspace, 4)
    undo(workspace, 3)
    assert everything(workspace) == before
    assert [batch.active for batch in imports(workspace)] == [True, True, False, False]


def test_undo_in_the_middle_keeps_the_newer_import(workspace: Workspace) -> None:
    """Switching the first import off leaves what the second one says."""
    take(workspace, "google_ads_daily.csv", vat="included")
    take(workspace, "google_ads_newer.csv")
    undo(workspace, 1)
    assert sorted(rows(workspace, "spend", "amount")) == [60, 110]


def test_undone_file_can_be_imported_again(workspace: Workspace) -> None:
    """It comes back as a new batch."""
    take(workspace, "costs.csv")
    undo(workspace, 1)
    assert rows(workspace, "costs") == []
    assert take(workspace, "costs.csv").batch == 2
    assert len(rows(workspace, "costs")) == 2


@pytest.mark.parametrize(("batch", "what"), [(9, "There is no import 9"), (1, "Import 1 is switched off already")])
def test_undo_of_what_cannot_be_undone_is_refused(workspace: Workspace, batch: int, what: str) -> None:
    """A number that is no import, and one that is off."""
    take(workspace, "costs.csv")
    undo(workspace, 1)
    with pytest.raises(PlaybookError, match=what):
        undo(workspace, batch)


@pytest.mark.parametrize("step", ["write_part", "folder", "compare", "add_batch"])
def test_crash_before_the_batch_leaves_the_state(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Wherever an import breaks off, the tables and the list are what they were, and the next try goes through."""
    take(workspace, "google_ads_daily.csv", vat="included")
    before = everything(workspace)

    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        owner = {"compare": "playbook.data.importer.compare", "add_batch": "playbook.workspace.Workspace.add_batch"}
        patch.setattr(owner.get(step, f"playbook.data.tables.{step}"), broken)
        with pytest.raises(KeyboardInterrupt):
            take(workspace, "google_ads_newer.csv")
    assert everything(workspace) == before
    assert len(workspace.batches()) == 1
    assert take(workspace, "google_ads_newer.csv").batch == 2


def test_tables_are_rebuilt_from_the_originals(workspace: Workspace) -> None:
    """With every derived file gone the same rows come back."""
    take(workspace, "google_ads_daily.csv", vat="included")
    take(workspace, "shopify_lines.csv")
    take(workspace, "spend_cp1251.csv")
    before = everything(workspace)
    shutil.rmtree(workspace.path / "tables")
    assert everything(workspace) == before


def test_original_is_kept_as_it_came(workspace: Workspace) -> None:
    """Compressed, named by its content."""
    outcome = take(workspace, "spend_cp1251.csv")
    kept = workspace.path / "originals" / f"{outcome.preview.sha}.gz"
    assert gzip.decompress(kept.read_bytes()) == (FILES / "spend_cp1251.csv").read_bytes()


def test_period_and_days_would_count_twice(workspace: Workspace) -> None:
    """A total for June and days of June of the same campaign are refused, whichever comes second."""
    take(workspace, "google_ads_no_day.csv", vat="included")
    with pytest.raises(PlaybookError, match="would count twice") as caught:
        take(workspace, "google_ads_newer.csv")
    assert caught.value.saw.startswith("Brand | search: 1\u00a0June 2026")
    assert len(workspace.batches()) == 1
    undo(workspace, 1)
    assert take(workspace, "google_ads_newer.csv").batch == 2


def test_ad_groups_of_a_day_are_kept_apart(workspace: Workspace) -> None:
    """Two groups of one campaign and day are two rows of 10 and 20, not one of them."""
    take(workspace, "google_ads_ad_groups.csv", vat="included")
    assert rows(workspace, "spend", "ad_group, amount") == [("One", 10), ("Two", 20)]


def test_mended_rejects_join_their_file(workspace: Workspace, tmp_path: Path) -> None:
    """The one bad row, mended and imported alone, is added to its file and replaces nothing of it."""
    outcome = take(workspace, "google_ads_ad_groups.csv", vat="included")
    with Path(str(outcome.rejects_file)).open(encoding="utf-8-sig", newline="") as file:
        header, row = csv.reader(file)
    mended = tmp_path / "mended.csv"
    with mended.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, ["2026-06-01", "Brand", "Three", "USD", "30.00", "3", "30", *row[7:]]])
    importer = Importer(workspace)
    importer.run(importer.preview(mended))
    assert rows(workspace, "spend", "ad_group, amount, line") == [("One", 10, 2), ("Two", 20, 3), ("Three", 30, 4)]


def test_folder_that_cannot_be_written_to_is_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is told with what to do, and nothing is imported."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tables, "write_part", full)
    with pytest.raises(WorkspaceReadOnly, match="could not be written to") as caught:
        take(workspace, "costs.csv")
    assert "the disk is full" in caught.value.saw
    assert workspace.batches() == []


def test_next_import_clears_what_a_cut_one_had_begun(workspace: Workspace) -> None:
    """A half-written original of yesterday goes; one begun this minute may be another window's and stays."""
    old, young, rejects = (
        workspace.path / name for name in ("originals/old.new", "originals/young.new", "reports/rejects-x.new")
    )
    for file in (old, young, rejects):
        file.write_bytes(b"half")
    for file in (old, rejects):
        os.utime(file, (time.time() - 86_400,) * 2)
    take(workspace, "costs.csv")
    assert (old.exists(), young.exists(), rejects.exists()) == (False, True, False)


def test_two_windows_import_at_once(workspace: Workspace) -> None:
    """Two imports at the same time and a page that reads meanwhile: both files are in, and nothing breaks."""
    faults: list[BaseException] = []

    def work(names: tuple[str, ...]) -> None:
        own = Workspace.open(workspace.path)
        try:
            for name in names:
                take(own, name, vat="included")
                Facts(own).all()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test shows it
            faults.append(fault)
        finally:
            own.close()

    threads = [
        threading.Thread(target=work, args=(names,))
        for names in (("google_ads_daily.csv", "google_ads_newer.csv"), ("shopify_lines.csv", "costs.csv"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert {kind: len(found) for kind, found in everything(workspace).items() if found} == {
        "spend": 6,
        "orders": 4,
        "items": 5,
        "costs": 2,
    }


def test_missing_file_is_said(workspace: Workspace, tmp_path: Path) -> None:
    """A name that is no file."""
    with pytest.raises(PlaybookError, match="could not be opened") as caught:
        Importer(workspace).preview(tmp_path / "none.csv")
    assert caught.value.saw.endswith("none.csv: it is not there")


def test_refused_file_does_not_keep_others_back(workspace: Workspace) -> None:
    """Of three files one is unknown; the other two go on, and the refusal names its file."""
    names = ["costs.csv", "unknown.csv", "shopify_lines.csv"]
    results = import_files(workspace, [FILES / name for name in names], settings={"vat": "included"})
    assert [result.error is None for result in results] == [True, False, True]
    assert results[1].error is not None
    assert results[1].error.saw == "unknown.csv: Planet, Moons, Rings"
    assert [listed.to_json()["file"] for listed in list_imports(workspace)] == ["costs.csv", "shopify_lines.csv"]


def test_dry_run_says_what_would_be_done(workspace: Workspace) -> None:
    """The same answer without a batch, open questions listed, nothing written."""
    (result,) = import_files(workspace, [FILES / "google_ads_daily.csv"], dry_run=True)
    said = result.to_json()
    assert (said["batch"], said["rows"], [one["key"] for one in said["questions"]]) == (None, 7, ["vat"])
    assert result.lines()[-1] == "  nothing was written"
    assert workspace.batches() == []


def test_person_at_the_terminal_answers(workspace: Workspace) -> None:
    """The question is asked once with its answers, and the import goes on."""
    asked: list[tuple[str, list[str]]] = []

    def answer(question: str, answers: list[str]) -> str:
        asked.append((question, answers))
        return "none"

    (result,) = import_files(workspace, [FILES / "google_ads_daily.csv"], ask=answer)
    assert result.error is None
    assert asked == [("Do the amounts of Google Ads include VAT?", ["included", "excluded", "none"])]


def test_batch_remembers_what_the_report_shows(workspace: Workspace) -> None:
    """File, system, rows, period: what a page says of an import without opening it."""
    take(workspace, "google_ads_daily.csv", vat="included")
    payload = imports(workspace)[0].payload
    assert (payload["file"], payload["source"], payload["rows"]) == ("google_ads_daily.csv", "google_ads", 7)
    assert (payload["from"], payload["to"]) == (date(2026, 6, 1).isoformat(), date(2026, 6, 3).isoformat())


def test_columns_of_one_name_that_differ_are_told(workspace: Workspace) -> None:
    """The first of them is read, and nobody has to guess which; where they agree there is nothing to tell."""
    rows = "order_id,date,revenue,revenue\n1,2026-06-01,10,{other}\n"
    look = Importer(workspace).preview
    told = look(rows.format(other=99).encode(), "orders.csv").notes
    assert "Several columns are called “revenue” and differ: column 3 of the file is read." in told
    assert not any("Several columns" in note for note in look(rows.format(other=10).encode(), "orders.csv").notes)
