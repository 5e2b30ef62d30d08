"""A table nobody knows: a person says which column is which, and the next such file needs no word."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import pytest

from playbook.data import Importer, tables
from playbook.data.commands import import_files
from playbook.data.kinds import KINDS
from playbook.data.labels import FIELD_NAMES, KIND_NAMES
from playbook.data.mapping import headed
from playbook.data.parts import read_sheet
from playbook.data.raw import Raw
from playbook.errors import NotATable, PlaybookError
from playbook.workspace import Workspace
from tests.data.helpers import everything, rows

OWN = "Когда,Сколько взяли,Кто\n01.06.2026,1500,a@example.com\n02.06.2026,500,b@example.com\n"
SAID = {"kind": "orders", "column.id": "Кто", "column.paid_at": "Когда", "column.revenue": "Сколько взяли"}


def test_columns_said_are_the_columns(workspace: Workspace) -> None:
    """No header of it is ours, and everything is where the person says."""
    importer = Importer(workspace)
    importer.run(importer.preview(OWN.encode(), "own.csv", settings=SAID))
    assert rows(workspace, "orders", "id, revenue, paid_day") == [
        ("a@example.com", 1500, date(2026, 6, 1)),
        ("b@example.com", 500, date(2026, 6, 2)),
    ]


def test_next_file_with_these_headers_asks_nothing(workspace: Workspace) -> None:
    """Kept for the firm; columns in another order and new ones beside them change nothing."""
    importer = Importer(workspace)
    importer.run(importer.preview(OWN.encode(), "own.csv", settings=SAID))
    other = "Комментарий,Кто,Когда,Сколько взяли\nx,c@example.com,03.06.2026,7\n"
    for raw in (OWN.replace("02.06", "05.06"), other):
        importer.run(importer.preview(raw.encode(), "next.csv"))
    assert sum(rows(workspace, "orders", "revenue")) == 2007


def test_changed_header_is_named(workspace: Workspace) -> None:
    """Two of three are there: the third one is what the file calls otherwise now."""
    importer = Importer(workspace)
    importer.run(importer.preview(OWN.encode(), "own.csv", settings=SAID))
    with pytest.raises(NotATable) as caught:
        importer.preview(OWN.replace("Сколько взяли", "Сумма чека").encode(), "renamed.csv")
    assert caught.value.hint.startswith("columns of the last such file that are gone or renamed: Сколько взяли;")


def test_tables_are_made_again_with_the_columns_said(workspace: Workspace) -> None:
    """The answers are kept with the import."""
    importer = Importer(workspace)
    importer.run(importer.preview(OWN.encode(), "own.csv", settings=SAID))
    before = everything(workspace)
    tables.discard(workspace)
    assert everything(workspace) == before


def test_table_without_a_header_is_read_by_numbers(workspace: Workspace) -> None:
    """Rows pasted from a screen: the first one is data, and the next paste of this width needs no word."""
    pasted = "01.06.2026\tПоиск\t1 234,50\n02.06.2026\tПоиск\t765,50\n"
    said = {"header": "no", "kind": "spend", "column.day": "1", "column.campaign": "2", "column.amount": "3"}
    importer = Importer(workspace)
    outcome = importer.run(importer.preview(pasted.encode(), "pasted", settings=said))
    assert outcome.to_json()["totals"]["spend"] == "2000.00"
    again = importer.preview(pasted.replace(".06.", ".07.").encode(), "pasted")
    assert (again.totals["spend"], again.reading.rows) == ("2000.00", 2)


def test_wrong_column_of_a_known_system_is_corrected(workspace: Workspace) -> None:
    """Another column for the clicks of a Google Ads report, and none for its campaign."""
    raw = b"Day,Campaign,Cost,Impr.,Clicks,Good clicks\n2026-06-01,Brand,5,10,9,2\n"
    said = {"currency": "USD", "vat": "none", "column.clicks": "Good clicks", "column.campaign": ""}
    preview = Importer(workspace).preview(raw, "google.csv", settings=said)
    assert (preview.source, preview.totals["clicks"], preview.first[0][1].get("campaign")) == ("google_ads", 2, None)


def test_lacking_column_is_said_by_its_field(workspace: Workspace) -> None:
    """Without a day of payment there are no orders."""
    said = {key: value for key, value in SAID.items() if key != "column.paid_at"}
    with pytest.raises(PlaybookError, match="lacks columns") as caught:
        Importer(workspace).preview(OWN.encode(), "own.csv", settings=said)
    assert "дата" in caught.value.hint


@pytest.mark.parametrize("key", ["column.nothing", "columns", "column."])
def test_field_that_does_not_exist_is_refused(workspace: Workspace, key: str) -> None:
    """With the list of those that do."""
    with pytest.raises(PlaybookError, match="There is no setting"):
        Importer(workspace).preview(b"day,campaign,amount\n2026-06-01,a,1\n", "x.csv", settings={key: "1"})


def test_every_table_and_field_has_a_name_for_people() -> None:
    """The page asks by them."""
    assert set(KIND_NAMES) == set(KINDS)
    assert set(FIELD_NAMES) == {field for kind in KINDS.values() for field in kind.fields}


def test_command_reads_a_pasted_table(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """`playbook import -` takes what is piped to it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(OWN.encode())))
    (result,) = import_files(workspace, [Path("-")], settings=SAID)
    assert result.error is None
    assert result.to_json()["file"] == "pasted table"


def test_numbers_stand_above_every_column() -> None:
    """As many as the widest row has."""
    sheet = headed(read_sheet(Raw(b"a;b\nc;d;e\n")), {"header": "no"})
    assert sheet.rows[0].cells == ("1", "2", "3")


WIDE = ";".join(["Дата", "Номер заказа", "Сумма", *(f"Поле {place}" for place in range(297))])


def test_kind_that_is_said_needs_no_share_of_known_columns(workspace: Workspace) -> None:
    """Three known columns of 300 are asked about, and enough once somebody says that they are orders."""
    raw = f"{WIDE}\n13.03.2026;1;100{';x' * 297}\n".encode("cp1251")
    with pytest.raises(NotATable) as caught:
        Importer(workspace).preview(raw, "wide.csv")
    assert '--set kind=orders --set "column.revenue=Сумма"' in caught.value.hint
    assert Importer(workspace).preview(raw, "wide.csv", settings={"kind": "orders"}).totals["ordered"] == "100.00"


def test_kind_that_is_said_names_the_columns_it_lacks(workspace: Workspace) -> None:
    """With how to say which one it is."""
    with pytest.raises(PlaybookError) as caught:
        Importer(workspace).preview("Дата;Сумма\n13.03.2026;5\n".encode(), "two.csv", settings={"kind": "orders"})
    assert caught.value.hint.endswith('--set "column.id=Header"')


def test_table_that_begins_with_data_is_told_of_numbers(workspace: Workspace) -> None:
    """As a table copied from a screen does; then it is not said that a header stands on line 0."""
    raw = "2026-03-01;Яндекс;1000\n2026-03-02;ВК;900\n".encode()
    with pytest.raises(NotATable) as caught:
        Importer(workspace).preview(raw, "pasted")
    assert caught.value.hint.endswith("they are called 1, 2, 3: --set header=no")
    said = {"header": "no", "kind": "spend", "column.day": "1", "column.amount": "3"}
    found = Importer(workspace).preview(raw, "pasted", settings=said)
    assert found.match.why == "2 of 3 columns are known to us; the columns have numbers"
