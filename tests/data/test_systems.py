"""Advertising, payments and visits as their systems write them: one trap a test, sums by the csv module."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from playbook.data import Importer
from playbook.workspace import Workspace
from tests.data.helpers import FILES, amount, counts, read, rows, take


@pytest.mark.parametrize("name", ["yandex_direct.csv", "yandex_direct_cp1251.csv"])
def test_direct_sums_agree_with_the_csv_module(workspace: Workspace, name: str) -> None:
    """Title lines, decimal commas, spaces in thousands; the row of sums comes first and is checked."""
    encoding = "cp1251" if "cp1251" in name else "utf-8-sig"
    own = [row for row in read(name, skip=4, encoding=encoding, delimiter=";") if row["Дата"] != "Итого"]
    numbers = {key: [row[key].replace(" ", "").replace("\u00a0", "") for row in own] for key in own[0]}
    outcome = take(workspace, name, vat="included")
    assert counts(outcome) == (len(own) + 1, len(own), 0, 1, 0)
    assert outcome.preview.totals == {
        "spend": str(sum(Decimal(text.replace(",", ".")) for text in numbers["Расход (руб.)"])),
        "currency": "RUB",
        "clicks": sum(map(int, numbers["Клики"])),
        "impressions": sum(map(int, numbers["Показы"])),
    }
    assert [control.agrees for control in outcome.preview.reading.controls] == [True]


def test_direct_asks_about_vat_unless_the_header_says(workspace: Workspace) -> None:
    """`Расход (руб., с НДС)` answers the question, and so does `Расход без НДС`."""
    importer = Importer(workspace)
    assert [one.key for one in importer.preview(FILES / "yandex_direct.csv").questions] == ["vat"]
    take(workspace, "yandex_direct_vat.csv")
    assert rows(workspace, "spend", "vat, campaign, amount") == [("included", "100000001", 120)]
    raw = "Дата;№ Кампании;Клики;Расход без НДС\n01.06.2026;7;5;100,00\n".encode()
    preview = importer.preview(raw, "direct.csv", settings={"currency": "RUB"})
    assert (preview.shape.vat, preview.questions) == ("excluded", ())


def test_direct_without_days_counts_for_its_period(workspace: Workspace) -> None:
    """The line `Период: ...` above the header gives the days."""
    take(workspace, "yandex_direct_no_day.csv", vat="included")
    assert rows(workspace, "spend", "day, until, amount") == [
        (date(2026, 6, 1), date(2026, 6, 30), 1500),
        (date(2026, 6, 1), date(2026, 6, 30), Decimal("500.50")),
    ]


def test_direct_ids_of_ads_are_kept(workspace: Workspace) -> None:
    """With the prefix that Direct gives them."""
    take(workspace, "yandex_direct.csv", vat="included")
    assert set(rows(workspace, "spend", "ad")) == {"M-300001", "M-300002"}


def test_direct_api_asks_whether_money_is_in_millionths(workspace: Workspace) -> None:
    """Whole amounts of tens of thousands may be roubles times a million: asked, then 2 221.56 with --set micros=yes."""
    preview = Importer(workspace).preview(FILES / "yandex_direct_api.tsv", settings={"vat": "none", "currency": "RUB"})
    assert [(one.key, one.answers) for one in preview.questions] == [("micros", ("yes", "no"))]
    assert preview.questions[0].text.endswith("in millionths, so that 1234560000 is 1,234.56?")
    outcome = take(workspace, "yandex_direct_api.tsv", vat="none", currency="RUB", micros="yes")
    own = [row for row in read("yandex_direct_api.tsv", skip=1, delimiter="\t") if row["Cost"]]
    assert outcome.preview.totals["spend"] == str(sum(Decimal(row["Cost"]) for row in own) / 1_000_000) == "2221.56"
    assert counts(outcome) == (4, 3, 0, 1, 0)
    assert Importer(workspace).preview(FILES / "yandex_direct_api.tsv").questions == ()


def test_direct_in_roubles_asks_nothing_of_millionths(workspace: Workspace) -> None:
    """Kopecks beside the roubles, small amounts, and large ones that are not round are no millionths."""
    raw = "Дата;№ Кампании;Клики;Расход (руб.)\n01.06.2026;7;5;1500000\n02.06.2026;7;5;12345\n".encode()
    assert [one.key for one in Importer(workspace).preview(raw, "direct.csv").questions] == ["vat"]
    for name in ("yandex_direct.csv", "yandex_direct_vat.csv"):
        asked = {one.key for one in Importer(workspace).preview(FILES / name).questions}
        assert "micros" not in asked


def test_meta_sums_agree_with_the_csv_module(workspace: Workspace) -> None:
    """A byte order mark, the newest day first, the currency in the header only, and the row of sums in front."""
    own = [row for row in read("meta_daily.csv", encoding="utf-8-sig") if row["Campaign name"]]
    outcome = take(workspace, "meta_daily.csv", vat="none")
    assert counts(outcome) == (len(own) + 1, len(own), 0, 1, 0)
    assert outcome.preview.totals == {
        "spend": str(sum(amount(row["Amount spent (SEK)"]) for row in own)),
        "currency": "SEK",
        "clicks": sum(int(row["Link clicks"]) for row in own),
        "impressions": sum(int(row["Impressions"]) for row in own),
    }
    assert rows(workspace, "spend", "day") == [date(2026, 6, 1), date(2026, 6, 2)]


def test_meta_saved_again_by_a_russian_excel(workspace: Workspace) -> None:
    """Semicolons, decimal commas, spaces in thousands, days first: 1 234,50 and 765,5 are 2 000."""
    outcome = take(workspace, "meta_ru_resaved.csv", vat="none")
    own = list(read("meta_ru_resaved.csv", delimiter=";"))
    numbers = [row["Потраченная сумма (RUB)"].replace(" ", "").replace(",", ".") for row in own]
    assert outcome.preview.totals["spend"] == str(sum(map(Decimal, numbers)).quantize(Decimal("0.01"))) == "2000.00"
    assert rows(workspace, "spend", "day, currency") == [(date(2026, 6, 2), "RUB"), (date(2026, 6, 13), "RUB")]


def test_meta_without_days_is_for_its_period(workspace: Workspace) -> None:
    """A month in one row is not its first day; the nameless row of sums is not added."""
    outcome = take(workspace, "meta_period.csv", vat="none")
    assert (outcome.preview.totals["spend"], counts(outcome)) == ("90.00", (3, 2, 0, 1, 0))
    assert set(rows(workspace, "spend", "day, until")) == {(date(2026, 6, 1), date(2026, 6, 30))}
    assert "A row stands for a period" in outcome.preview.notes[0]


def test_stripe_sums_agree_with_the_csv_module(workspace: Workspace) -> None:
    """Failed payments are no revenue, refunded ones are, test ones are left out and named."""
    own = [row for row in read("stripe_payments.csv") if row["Mode"] == "Live"]
    paid = [row for row in own if row["Status"] in ("Paid", "Refunded")]
    outcome = take(workspace, "stripe_payments.csv")
    assert counts(outcome) == (len(own) + 1, len(own), 0, 1, 0)
    assert outcome.preview.totals == {
        "orders": len(own),
        "paid_orders": len(paid),
        "revenue": str(sum(amount(row["Amount"]) for row in paid)),
        "currency": "USD",
        "refunds": str(sum(amount(row["Amount Refunded"]) for row in own)),
        "ordered": str(sum(amount(row["Amount"]) for row in own)),
    }
    assert outcome.preview.notes == ("1 row is left out: Test.",)


def test_stripe_times_are_utc_whatever_the_workspace(workspace: Workspace) -> None:
    """The header says UTC, so a workspace in Moscow changes nothing."""
    workspace.set_setting("timezone", "Europe/Moscow")
    take(workspace, "stripe_charges_old.csv")
    assert rows(workspace, "orders", "CAST(created_at AS VARCHAR), created_day, zone") == [
        ("2025-06-01 23:30:00", date(2025, 6, 1), "UTC")
    ]


def test_stripe_customer_without_email_is_known_by_id(workspace: Workspace) -> None:
    """The third payment has no e-mail: nobody is left unknown."""
    take(workspace, "stripe_payments.csv")
    assert len(set(rows(workspace, "orders", "customer"))) == 4


def test_stripe_metadata_names_the_plan(workspace: Workspace) -> None:
    """A payment is for the plan that the firm keeps with it, so the plan's cost can be counted."""
    take(workspace, "stripe_payments.csv")
    assert rows(workspace, "items", "order_id, product") == [
        ("ch_1", "pro"),
        ("ch_2", "team"),
        ("ch_3", "pro"),
        ("ch_4", "pro"),
    ]


def test_metrika_visits_agree_with_the_csv_module(workspace: Workspace) -> None:
    """A line that stands twice is one visit; the visitor is a hash, the visit's number is kept to the last digit."""
    own = list(read("metrika_visits.tsv", delimiter="\t"))
    visits = {row["ym:s:visitID"] for row in own}
    outcome = take(workspace, "metrika_visits.tsv")
    assert counts(outcome) == (len(own), len(visits), len(own) - len(visits), 0, 0)
    assert outcome.preview.totals == {"visits": len(visits)}
    assert set(rows(workspace, "touches", "visit_id")) == visits
    assert len(set(rows(workspace, "touches", "visitor"))) == 2
    assert not {row["ym:s:clientID"] for row in own} & set(rows(workspace, "touches", "visitor"))


def test_metrika_takes_the_source_of_the_visit_itself(workspace: Workspace) -> None:
    """`lastTrafficSource` goes before `firstTrafficSource`."""
    take(workspace, "metrika_visits.tsv")
    assert rows(workspace, "touches", "channel, utm_source, utm_medium") == [
        ("ad", "yandex", "cpc"),
        ("direct", None, None),
        ("organic", None, None),
    ]


def test_metrika_other_spellings_are_read(workspace: Workspace) -> None:
    """Another attribution, the counter's own visitor, and the time called UTC that is documented as Moscow's."""
    take(workspace, "metrika_lastsign_utc.tsv")
    assert rows(workspace, "touches", "utm_source, CAST(visited_at AS VARCHAR), visited_day") == [
        ("vk", "2026-05-31 22:30:00", date(2026, 6, 1))
    ]
