"""What a file is: by its headers, in either language, never by places; and the facts of the systems hold together."""

from __future__ import annotations

import pytest

from playbook import i18n
from playbook.data import Importer
from playbook.data.header import Headers, read_name
from playbook.data.kinds import KINDS, TYPES
from playbook.data.shape import VAT
from playbook.data.sources import sources
from playbook.data.stages import STAGES
from playbook.errors import PlaybookError
from playbook.workspace import Workspace
from tests.data.helpers import FILES


@pytest.mark.parametrize(
    ("name", "source", "kinds", "line"),
    [
        ("google_ads_daily.csv", "google_ads", ("spend",), 3),
        ("google_ads_ru_utf16.csv", "google_ads", ("spend",), 3),
        ("google_ads_no_day.csv", "google_ads", ("spend",), 3),
        ("shopify_lines.csv", "shopify", ("orders", "items"), 1),
        ("spend_cp1251.csv", "plain", ("spend",), 3),
        ("orders_bad_rows.csv", "plain", ("orders", "items"), 1),
        ("leads_ru.csv", "plain", ("leads",), 1),
        ("costs.csv", "plain", ("costs",), 1),
    ],
)
def test_file_is_recognised_with_reasons(
    workspace: Workspace, name: str, source: str, kinds: tuple[str, ...], line: int
) -> None:
    """Its system, its tables, and where the header stands, in words."""
    preview = Importer(workspace).preview(FILES / name)
    assert (preview.source, preview.kinds) == (source, kinds)
    assert preview.match.why.endswith(f"the header is on line {line}")


def test_columns_in_another_order_read_the_same(workspace: Workspace) -> None:
    """A file with its columns turned around gives the same sums."""
    turned = b"Impr.,Cost,Day,Clicks,Campaign\n10,7.5,2026-09-02,1,Brand\n"
    preview = Importer(workspace).preview(turned, "turned.csv", settings={"currency": "USD"})
    assert preview.source == "google_ads"
    assert preview.totals == {"spend": "7.50", "currency": "USD", "clicks": 1, "impressions": 10}


def test_unknown_file_is_not_guessed(workspace: Workspace) -> None:
    """The headers we saw are shown, and the systems it could be told to be."""
    with pytest.raises(PlaybookError, match="We do not know this file") as caught:
        Importer(workspace).preview(FILES / "unknown.csv")
    assert caught.value.saw == "Planet, Moons, Rings"
    assert "--source " + " | ".join(sources()) in caught.value.hint


def test_items_alone_are_no_table(workspace: Workspace) -> None:
    """A CRM's export with an id and a product is not taken for the items of orders."""
    with pytest.raises(PlaybookError, match="lacks columns"):
        Importer(workspace).preview("ID,Товар\n1,Ворота\n".encode(), "crm.csv", source="plain")


def test_source_that_does_not_exist_is_refused(workspace: Workspace) -> None:
    """The known ones are listed."""
    with pytest.raises(PlaybookError, match="There is no source 'gogle'") as caught:
        Importer(workspace).preview(FILES / "costs.csv", source="gogle")
    assert caught.value.hint == "one of: " + ", ".join(sources())


def test_missing_column_is_named(workspace: Workspace) -> None:
    """A person's word for the system does not conjure up its columns."""
    with pytest.raises(PlaybookError, match="lacks columns that Google Ads data cannot do without") as caught:
        Importer(workspace).preview(FILES / "unknown.csv", source="google_ads")
    assert "cost, расходы, стоимость, цена" in caught.value.hint


def test_reasons_are_in_the_readers_language(workspace: Workspace) -> None:
    """Nothing English stands in a Russian reason but the brand."""
    with i18n.speaking("ru"):
        why = Importer(workspace).preview(FILES / "google_ads_daily.csv").match.why
    assert why == "Google Ads: найдено характерных заголовков — 4 из 4; заголовок в строке 3"


def test_own_table_is_not_taken_for_a_system(workspace: Workspace) -> None:
    """Campaign, cost, clicks and impressions are everybody's words, in either language."""
    for header in ("date,campaign,cost,clicks,impressions", "Дата,Кампания,Расходы,Клики,Показы"):
        raw = f"{header}\n2026-06-01,Brand,10,1,10\n".encode()
        assert Importer(workspace).preview(raw, "own.csv").source == "plain"


@pytest.mark.parametrize(
    ("text", "bare", "unit"),
    [
        ("Расход (руб.)", "расход", "руб."),
        ("Расход, ₽", "расход", "₽"),
        ("\ufeff«Стоимость,\u00a0руб., с НДС»", "стоимость", "руб., с ндс"),
        ("Бюджет ", "бюджет", ""),
        ("Отчёт", "отчет", ""),
        ("utm_source", "utm source", ""),
    ],
)
def test_header_is_made_comparable(text: str, bare: str, unit: str) -> None:
    """Marks, spaces, case and units come off; the unit is kept apart."""
    name = read_name(text)
    assert (name.bare, name.unit) == (bare, unit)


def test_header_in_full_goes_before_a_cut_one() -> None:
    """`Clicks (all)` is found by its whole name though `Clicks` stands before it."""
    assert Headers(["Clicks", "Clicks (all)"]).places([read_name("Clicks (all)")]) == [1, 0]


def test_star_in_a_known_header_stands_for_anything() -> None:
    """One fact serves every attribution word inside a field's name."""
    assert Headers(["ym:s:lastsignUTMSource"]).places([read_name("ym:s:*UTMSource")]) == [0]


def test_facts_of_every_system_name_our_fields() -> None:
    """Tables, fields, answers and statuses of each TOML file are ours; at least three systems are read."""
    read = 0
    for source in sources().values():
        read += 1
        for kind, fields in source.tables.items():
            assert set(fields) <= set(KINDS[kind].fields), source.name
        for kind, words in source.statuses.items():
            assert set(words.values()) <= set(STAGES[kind]), source.name
        assert set(source.asks) <= {"vat", "currency", "dates", "micros"}
    assert read >= 3
    assert VAT == ("included", "excluded", "none")


def test_every_kind_has_a_type_for_every_field() -> None:
    """Fields are read in a known way, and keys are fields of their own table."""
    for kind in KINDS.values():
        assert set(kind.fields.values()) <= set(TYPES)
        assert {name for group in kind.needs for name in group} | set(kind.key) <= set(kind.fields)
        assert set(kind.replaces) <= set(kind.columns)
