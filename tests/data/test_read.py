"""Rows to records: sums by the csv module, totals rows, lines of an order, and rejects with their reasons."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from playbook import i18n
from playbook.data import Importer
from playbook.errors import PlaybookError
from playbook.workspace import Workspace
from tests.data.helpers import FILES, amount, counts, read, rows, take


def test_google_ads_sums_agree_with_the_csv_module(workspace: Workspace) -> None:
    """Spend, clicks and impressions of the day rows; two rows of totals are skipped and checked."""
    outcome = take(workspace, "google_ads_daily.csv", vat="included")
    own = [row for row in read("google_ads_daily.csv", skip=2) if row["Day"].strip() != "--"]
    assert counts(outcome) == (7, 5, 0, 2, 0)
    assert outcome.preview.totals == {
        "spend": str(sum(amount(row["Cost"]) for row in own)),
        "currency": "USD",
        "clicks": sum(int(row["Clicks"]) for row in own),
        "impressions": sum(int(amount(row["Impr."])) for row in own),
    }


def test_russian_utf16_tab_file_sums(workspace: Workspace) -> None:
    """Decimal commas and no-break spaces of a Russian account: 1 234,50 and 765,50 are 2 000."""
    outcome = take(workspace, "google_ads_ru_utf16.csv", vat="none")
    own = list(read("google_ads_ru_utf16.csv", skip=2, encoding="utf-16", delimiter="\t"))
    assert outcome.preview.totals["spend"] == str(sum(amount(row["Расходы"], ",") for row in own)) == "2000.00"
    assert outcome.preview.totals["currency"] == "RUB"


def test_cp1251_totals_first_last_and_repeated_are_skipped(workspace: Workspace) -> None:
    """Three rows of data; `Итого` above, repeated below, is checked against their sum."""
    outcome = take(workspace, "spend_cp1251.csv")
    assert counts(outcome) == (5, 3, 0, 2, 0)
    assert outcome.preview.totals == {"spend": "3172.50", "currency": "RUB", "clicks": 259, "impressions": None}
    assert [(control.theirs, control.agrees) for control in outcome.preview.reading.controls] == [
        (Decimal("3172.5"), True)
    ] * 2


def test_total_that_differs_stops_the_import(workspace: Workspace) -> None:
    """10 + 20 is not 40: nothing is written, and the line is named."""
    with pytest.raises(PlaybookError, match="own total and the sum of its rows differ") as caught:
        take(workspace, "google_ads_wrong_total.csv", vat="included")
    assert caught.value.saw == "line 4: 40.00; our sum: 30.00"
    assert workspace.batches() == []
    assert take(workspace, "google_ads_wrong_total.csv", vat="included", totals="ignore").batch == 1


def test_subtotal_without_a_day_is_not_added(workspace: Workspace) -> None:
    """A campaign's sum with an empty day is skipped; an amount that sums nothing is rejected, for it may be money."""
    outcome = take(workspace, "google_ads_subtotals.csv", vat="included")
    assert counts(outcome) == (4, 2, 0, 1, 1)
    assert outcome.preview.totals["spend"] == "30.00"
    assert [reject.cells[0] for reject in outcome.preview.reading.rejects] == ["Lost"]


def test_report_without_days_counts_for_its_period(workspace: Workspace) -> None:
    """The period of the title line, the currency of the header."""
    outcome = take(workspace, "google_ads_no_day.csv", vat="included")
    assert outcome.preview.totals["spend"] == "400.00"
    assert rows(workspace, "spend", "day, until, currency")[0] == (date(2026, 6, 1), date(2026, 6, 30), "USD")
    assert "1\u00a0June 2026\u00a0– 30\u00a0June 2026" in outcome.preview.notes[0]


PERIOD = "Campaigns\n1 June 2026 - 30 June 2026\nCampaign,Cost (USD),Clicks,Impr.\n"


@pytest.mark.parametrize("last", ["", ",25.00,2,100\n"], ids=["alone", "beside a campaign without a name"])
def test_sum_without_a_word_is_not_added_to_a_period(workspace: Workspace, last: str) -> None:
    """The row that sums all others is skipped, wherever it stands; what else has no name is money."""
    whole = f",{425 if last else 400}.00,50,12000\n"
    report = f"{PERIOD}{whole}Brand | search,300.00,30,3000\nDiscovery,100.00,20,9000\n{last}"
    outcome = Importer(workspace).preview(report.encode(), "june.csv", settings={"vat": "included"})
    assert outcome.totals["spend"] == ("425.00" if last else "400.00")
    assert (outcome.reading.accepted, outcome.reading.skipped) == (3 if last else 2, 1)


def test_campaigns_without_any_name_are_all_money(workspace: Workspace) -> None:
    """Two of them that cost the same sum nothing."""
    outcome = Importer(workspace).preview(
        f"{PERIOD},5.00,1,9\n,5.00,1,9\n".encode(), "june.csv", settings={"vat": "included"}
    )
    assert (outcome.totals["spend"], outcome.reading.skipped) == ("10.00", 0)


def test_report_without_days_and_period_is_refused(workspace: Workspace) -> None:
    """A sum of nobody knows when is no data."""
    with pytest.raises(PlaybookError, match="no days, and no line above its header says its period"):
        take(workspace, "google_ads_no_period.csv", vat="included")


def test_named_days_are_read(workspace: Workspace) -> None:
    """`Sep 2, 2026` and `Thu, 3 Sep 2026` in one column."""
    take(workspace, "google_ads_named_days.csv", vat="included")
    assert rows(workspace, "spend", "day") == [date(2026, 9, 2), date(2026, 9, 3)]


def test_repeated_header_takes_the_filled_column(workspace: Workspace) -> None:
    """The first `cost` is empty, so the second one counts."""
    assert take(workspace, "spend_repeated_headers.csv").preview.totals["spend"] == "30.00"


def test_month_first_is_proved_by_one_cell(workspace: Workspace) -> None:
    """25 cannot be a month, so 01/02 is the second of January."""
    take(workspace, "spend_months_first.csv")
    assert rows(workspace, "spend", "day") == [date(2026, 1, 2), date(2026, 1, 25)]


def test_ambiguous_dates_are_asked_for(workspace: Workspace) -> None:
    """Neither number of any date is above 12: a person answers, and the next such file does not ask but says so.

    A table with other headers may come from another country: it asks anew.
    """
    with pytest.raises(PlaybookError, match="In '01/02/2026', which number is the day") as caught:
        take(workspace, "spend_ambiguous.csv")
    assert (caught.value.field, caught.value.hint) == (
        "dates",
        "answer with --set dates=dmy; the answers are: dmy, mdy",
    )
    take(workspace, "spend_ambiguous.csv", dates="mdy")
    assert rows(workspace, "spend", "day") == [date(2026, 1, 2), date(2026, 3, 4)]
    again = Importer(workspace).preview(FILES / "spend_ambiguous.csv")
    assert again.questions == ()
    assert "As you said of an earlier file: the month stands first." in again.notes
    other = b"day,amount,campaign,clicks\n03/04/2026,5,a,1\n"
    assert [one.key for one in Importer(workspace).preview(other, "another.csv").questions] == ["dates"]


def test_currencies_are_never_added_up(workspace: Workspace) -> None:
    """Ten euros and five and a half dollars are no sum."""
    totals = take(workspace, "spend_two_currencies.csv").preview.totals
    assert (totals["spend"], totals["spend_by_currency"]) == (None, {"EUR": "10.00", "USD": "5.50"})


def test_shopify_order_is_one_record_with_its_items(workspace: Workspace) -> None:
    """Five lines are four orders and five items; a note over two lines breaks nothing."""
    outcome = take(workspace, "shopify_lines.csv")
    heads = [row for row in read("shopify_lines.csv") if row["Total"]]
    paid = [row for row in heads if row["Financial Status"] != "voided"]
    assert counts(outcome) == (5, 4, 1, 0, 0)
    assert outcome.preview.totals == {
        "orders": len(heads),
        "paid_orders": len(paid),
        "revenue": str(sum(amount(row["Total"]) for row in paid)),
        "currency": "USD",
        "refunds": str(sum(amount(row["Refunded Amount"]) for row in heads)),
        "ordered": str(sum(amount(row["Total"]) for row in heads)),
    }
    assert sum(rows(workspace, "items", "quantity")) == sum(
        amount(row["Lineitem quantity"]) for row in read("shopify_lines.csv")
    )


def test_markup_and_formulas_stay_text(workspace: Workspace) -> None:
    """What a cell says is kept as it is; nothing is run and nothing is lost."""
    take(workspace, "google_ads_daily.csv", vat="included")
    take(workspace, "shopify_lines.csv")
    assert {"<script>alert(1)</script>", '=HYPERLINK("http://x")'} <= set(rows(workspace, "spend", "campaign"))
    assert {"<script>alert(1)</script>"} <= set(rows(workspace, "items", "product"))
    assert {"=1+1"} <= set(rows(workspace, "items", "sku"))


def test_rejects_say_where_and_why(workspace: Workspace) -> None:
    """Line, column, value and reason of each; an order is taken whole or not at all."""
    outcome = take(workspace, "orders_bad_rows.csv")
    assert counts(outcome) == (11, 1, 0, 0, 10)
    assert [(one.line, one.column, one.value) for one in outcome.preview.reading.rejects] == [
        (3, "date", "2026-06-31"),
        (4, "order_id", ""),
        (5, "revenue", "seventy"),
        (6, "revenue", ""),
        (7, "revenue", "11.0000"),
        (8, "revenue", "11.0000"),
        (9, "", "7"),
        (10, "quantity", "two"),
        (11, "order_id", "1.2E+17"),
        (12, "", "more"),
    ]


def test_rejects_are_in_the_readers_language(workspace: Workspace) -> None:
    """The Russian reason names the column and what is needed."""
    with i18n.speaking("ru"):
        reasons = [one.reason for one in take(workspace, "orders_bad_rows.csv").preview.reading.rejects]
    assert reasons[0] == "такого дня нет"
    assert reasons[1] == "пусто в столбце «order_id», а без него строку не учесть"


def test_rejects_file_keeps_the_cells_untouched(workspace: Workspace) -> None:
    """The rows under their own header, then file, line, column, value and reason."""
    outcome = take(workspace, "orders_bad_rows.csv")
    with Path(str(outcome.rejects_file)).open(encoding="utf-8-sig", newline="") as file:
        header, first, *others = csv.reader(file)
    assert header[:6] == ["order_id", "customer", "date", "revenue", "product", "quantity"]
    assert header[6:] == ["playbook file", "playbook line", "playbook column", "playbook value", "playbook reason"]
    assert first[:6] == ["2", "bob", "2026-06-31", "50.00", "Towel", "1"]
    assert first[7:] == ["3", "date", "2026-06-31", "there is no such day"]
    assert len(others) == 9


def test_lone_quote_is_rejected_with_its_line(workspace: Workspace) -> None:
    """The rows that fell into one cell are named, not lost without a word."""
    outcome = take(workspace, "lone_quote.csv")
    assert counts(outcome) == (1, 0, 0, 0, 1)
    assert "a quotation mark is opened here and not closed" in outcome.preview.reading.rejects[0].reason


def test_header_without_rows_is_refused(workspace: Workspace) -> None:
    """There is nothing to take in, and the period is the likely cause."""
    with pytest.raises(PlaybookError, match="a header and no rows") as caught:
        take(workspace, "header_only.csv")
    assert caught.value.saw == "Campaign, Day, Currency code, Cost, Clicks, Impr."


def test_unknown_status_is_asked_and_remembered(workspace: Workspace) -> None:
    """A stage of one's own is won, lost or open by its owner's word only."""
    with pytest.raises(PlaybookError, match="What does the status 'Думает' mean") as caught:
        take(workspace, "leads_ru.csv")
    assert caught.value.field == "stage.Думает"
    importer = Importer(workspace)
    totals = importer.run(importer.preview(FILES / "leads_ru.csv", settings={"stage.Думает": "open"})).preview.totals
    assert totals == {"leads": 3, "won": 1, "lost": 1}
    assert importer.preview(FILES / "leads_ru.csv").questions == ()


def test_local_day_and_zone_stay_beside_utc(workspace: Workspace) -> None:
    """An order made at 23:29 in California belongs to that day, though it is the next one in UTC."""
    take(workspace, "shopify_lines.csv")
    found = {row[0]: row[1:] for row in rows(workspace, "orders", "id, created_at, created_day, zone")}
    assert str(found["#1004"][0]) == "2026-06-04 07:29:19"
    assert found["#1004"][1:] == (date(2026, 6, 3), "-0800")


def test_persons_are_hashed_with_the_workspaces_salt(workspace: Workspace, tmp_path: Path) -> None:
    """One person is one hash whatever the case of the e-mail; another workspace has another hash; no name is kept."""
    other = Workspace.create(tmp_path / "other")
    for one in (workspace, other):
        take(one, "shopify_lines.csv")
    hashes = {row[0]: row[1] for row in rows(workspace, "orders", "id, customer")}
    assert hashes["#1004"] == hashes["#1002"] != hashes["#1003"]
    assert len(str(hashes["#1004"])) == 32
    assert hashes["#1004"] not in rows(other, "orders", "customer")
    stored = b"".join(path.read_bytes() for path in (workspace.path / "tables").rglob("*.parquet"))
    assert not [word for word in (b"ann@example.com", b"Ann Example", b"after six") if word in stored]


@pytest.mark.parametrize(
    ("setting", "value"),
    [("vat", "maybe"), ("dates", "ymd"), ("color", "red"), ("kind", "planets"), ("currency", "dollars")],
)
def test_setting_that_does_not_exist_is_refused(workspace: Workspace, setting: str, value: str) -> None:
    """A slip in `--set` is named with the answers that can be given."""
    with pytest.raises(PlaybookError) as caught:
        take(workspace, "google_ads_daily.csv", **{setting: value})
    assert caught.value.field == setting
    assert caught.value.hint.startswith("one of: ")
