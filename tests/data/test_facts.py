"""Numbers that steps take from data, worked out by hand, and the reasons where there are none."""

from __future__ import annotations

import ast
import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from playbook import i18n
from playbook.data import Fact, Facts, Importer, NoFact, engine, tables
from playbook.data.facts import EVERY
from playbook.data.imported import Imported
from playbook.data.lead_sources import lead_sources
from playbook.data.sources import sources
from playbook.data.sums import Data
from playbook.workspace import Workspace
from tests.data.clinic import bring
from tests.data.helpers import take


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Spend of 1-3 June, orders of 1-3 June, unit costs; all in dollars."""
    workspace = Workspace.create(tmp_path_factory.mktemp("shop"), currency="USD")
    take(workspace, "google_ads_daily.csv", vat="included")
    take(workspace, "shopify_lines.csv")
    take(workspace, "costs.csv")
    return workspace


def value(workspace: Workspace, name: str) -> float:
    """The number of a fact."""
    found = Facts(workspace).get(name)
    assert isinstance(found, Fact), found
    return found.value


def why_not(workspace: Workspace, name: str) -> str:
    """The reason of a fact that is none."""
    found = Facts(workspace).get(name)
    assert isinstance(found, NoFact), found
    return found.reason


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("spend", 1400.00),
        ("clicks", 164),
        ("cost_per_visit", 8.54),  # 1400 / 164
        ("orders", 4),
        ("paid_orders", 3),
        ("revenue", 345.50),  # 100 + 200 + 45.50
        ("revenue_net", 285.50),  # less 60
        ("average_order_value", 115.17),  # 345.50 / 3
        ("average_order_before_discount", 131.83),  # 395.50 / 3
        ("discount_share", 0.126422),  # 50 / 395.50
        ("refund_rate", 0.173661),  # 60 / 345.50
        ("new_customers", 2),  # ann, bob
        ("cac", 700.00),  # 1400 / 2
        ("cogs_per_order", 40.50),  # (12 + 2 x 4.50 + 5 x 12) / 2: the third order has an item without a cost
        ("gross_margin", 0.7375),  # 1 - (21 + 0.7 x 60) / (100 + 200 - 60): the goods of the refunded 60 came back
        ("items_costed", 0.888889),  # 8 of 9 units of paid orders
    ],
)
def test_fact_is_as_worked_out_by_hand(shop: Workspace, name: str, expected: float) -> None:
    """Each figure over the made shop."""
    assert value(shop, name) == expected


def test_single_fact_waits_for_no_other(tmp_path: Path) -> None:
    """Who asks for the spend does not wait for the paths of all visits; who asks for all facts gets all."""
    workspace = Workspace.create(tmp_path / "firm", currency="USD")
    take(workspace, "google_ads_daily.csv", vat="included")
    facts = Imported(workspace).facts
    assert (facts["spend"].value, facts.get("no such fact")) == (1400.00, None)  # type: ignore[union-attr]
    notes = [json.loads(file.read_text("utf-8")) for file in (tables.folder(workspace) / "sums").iterdir()]
    assert {note["asked"].partition(" ")[0] for note in notes} == {"spend"}
    assert list(dict(facts)) == list(EVERY)


def test_fact_says_where_it_comes_from(shop: Workspace) -> None:
    """Systems, days and rows in one line, in the reader's language."""
    found = Facts(shop).get("cac")
    assert isinstance(found, Fact)
    assert (found.since, found.until, found.rows, found.currency) == (date(2026, 6, 1), date(2026, 6, 3), 9, "USD")
    with i18n.speaking("ru"):
        text = found.source_text.replace("\u00a0", " ")
    assert text == "Google Ads, Shopify: 1 июня 2026 – 3 июня 2026, 9 строк"
    assert found.time == shop.batches()[1].time


def test_cac_covers_common_days_only(workspace: Workspace) -> None:
    """Spend of 4 June is left out when orders end on 3 June: 1400 - 100.44 + 110 over two customers."""
    take(workspace, "google_ads_daily.csv", vat="included")
    take(workspace, "google_ads_newer.csv")
    take(workspace, "shopify_lines.csv")
    assert value(workspace, "spend") == 1469.56
    assert value(workspace, "cac") == 704.78


def test_without_data_every_fact_says_why(workspace: Workspace) -> None:
    """Nothing imported: no number at all, and a reason for each."""
    found = Facts(workspace).all()
    assert set(found) == set(EVERY)
    assert all(isinstance(one, NoFact) and one.reason for one in found.values())


def test_costs_in_another_currency_are_refused(workspace: Workspace) -> None:
    """Roubles are not taken off dollars."""
    take(workspace, "shopify_lines.csv")
    take(workspace, "costs_rub.csv")
    assert why_not(workspace, "gross_margin") == "costs are in RUB and orders are in USD"


def test_spend_in_another_currency_gives_no_cac(workspace: Workspace) -> None:
    """Euros over dollar customers are no price; spend itself stays."""
    take(workspace, "spend_bom.csv")
    take(workspace, "shopify_lines.csv")
    assert why_not(workspace, "cac") == "spend is in EUR and orders are in USD"
    assert value(workspace, "spend") == 15.5


def test_two_currencies_give_no_sum(workspace: Workspace) -> None:
    """Spend in euros and dollars is not added up."""
    take(workspace, "spend_two_currencies.csv")
    assert why_not(workspace, "spend") == "the amounts are in several currencies: EUR, USD"


def test_days_apart_give_no_cac(workspace: Workspace) -> None:
    """Spend of September over customers of June says nothing, and both periods are named."""
    take(workspace, "google_ads_named_days.csv", vat="included")
    take(workspace, "shopify_lines.csv")
    reason = why_not(workspace, "cac").replace("\u00a0", " ")
    assert reason == "the files have no day in common: 2 September 2026 – 3 September 2026; 1 June 2026 – 3 June 2026"


def test_total_for_a_period_is_not_cut(workspace: Workspace) -> None:
    """A month's total gives spend, and no CAC for three of its days."""
    take(workspace, "google_ads_no_day.csv", vat="included")
    take(workspace, "shopify_lines.csv")
    assert value(workspace, "spend") == 400
    assert why_not(workspace, "cac") == "a total for a period cannot be cut to these days"


def test_mixed_vat_is_not_added_up(workspace: Workspace) -> None:
    """Amounts with VAT and without it are two kinds of money."""
    take(workspace, "google_ads_daily.csv", vat="included")
    take(workspace, "google_ads_named_days.csv", vat="excluded")
    assert why_not(workspace, "spend") == "some amounts include VAT and others do not"


def test_leads_give_conversion_of_closed_ones(workspace: Workspace) -> None:
    """One won, one lost, one open: half of the closed ones."""
    take(workspace, "leads_ru.csv", **{"stage.Думает": "open"})
    assert (value(workspace, "leads"), value(workspace, "lead_to_sale")) == (3, 0.5)


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Five deals of amoCRM, three of them won, two of these with a budget; in roubles."""
    workspace = Workspace.create(tmp_path_factory.mktemp("crm"), currency="RUB")
    take(workspace, "amocrm_deals.csv")
    return workspace


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("leads", 5),
        ("won_leads", 3),
        ("lead_to_sale", 0.75),  # 3 won of 4 closed
        ("average_deal", 82500.25),  # (120000 + 45000.50) / 2
        ("revenue", 165000.50),
        ("new_customers", 1),  # one phone, written in two ways
        ("largest_source_share", 0.8),  # four of five came from the site
    ],
)
def test_fact_of_deals_is_as_worked_out_by_hand(crm: Workspace, name: str, expected: float) -> None:
    """Each figure over the made CRM."""
    assert value(crm, name) == expected


def test_figures_of_deals_say_what_they_leave_out(crm: Workspace) -> None:
    """The largest source is named, and the deal without a budget."""
    facts = Facts(crm)
    largest, average = facts.get("largest_source_share"), facts.get("average_deal")
    assert isinstance(largest, Fact)
    assert isinstance(average, Fact)
    assert largest.note == "the largest source is Сайт"
    assert average.note == "1 of 3 won leads have no amount and are left out"


def test_sources_of_leads_are_counted(crm: Workspace) -> None:
    """Leads, won ones, lost ones and money of each source; the money stands where the lead came from."""
    found = lead_sources(Data(crm))
    assert [(one.name, one.leads, one.won, one.lost, one.sales, one.revenue) for one in found] == [
        ("Сайт", 4, 2, 1, 2, Decimal("165000.50")),
        ("Звонок", 1, 1, 0, 0, 0),
    ]


def test_first_contact_that_no_export_has_is_a_reason(crm: Workspace) -> None:
    """The share of contacted leads is not 0: nothing is known of it."""
    assert why_not(crm, "first_contact_share") == "no lead has the time of its first contact"


def test_first_contacts_are_counted(workspace: Workspace) -> None:
    """Two of three leads have one."""
    take(workspace, "leads_ru.csv", **{"stage.Думает": "open"})
    assert value(workspace, "first_contact_share") == 0.666667


def test_deals_and_payments_are_not_added_up(workspace: Workspace) -> None:
    """Deals of 2 000.50 and payments of 197 may be the same sales: the payments count, and the deals are named."""
    take(workspace, "hubspot_deals.csv")
    assert value(workspace, "revenue") == 2000.50
    take(workspace, "stripe_payments.csv")
    found = Facts(workspace).get("revenue")
    assert isinstance(found, Fact)
    assert (found.value, found.sources) == (197.00, ("Stripe",))
    assert found.note == "2 won deals of the CRM are not added: the shop or the payments say what was sold"
    assert value(workspace, "average_deal") == 1000.25


def test_orders_without_a_customer_are_named(workspace: Workspace) -> None:
    """Who bought is not guessed: the order is left out and said so."""
    raw = b"id,customer,date,revenue\n1,ann,2026-06-01,10\n2,,2026-06-01,10\n"
    importer = Importer(workspace)
    importer.run(importer.preview(raw, "orders.csv"))
    found = Facts(workspace).get("new_customers")
    assert isinstance(found, Fact)
    assert (found.value, found.note) == (1, "1 of 2 paid orders do not say who bought and are left out")


def test_second_look_needs_no_engine(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sums lie beside the tables: a page asks no database for what was asked before."""
    first = Facts(shop).all()

    def asked(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(engine, "query", asked)
    assert Facts(shop).all() == first


def test_broken_table_is_made_again(workspace: Workspace) -> None:
    """A table's file overwritten with rubbish: the number comes out of the original all the same."""
    take(workspace, "google_ads_daily.csv", vat="included")
    (tables.folder(workspace) / "spend.parquet").write_bytes(b"rubbish")
    assert value(workspace, "spend") == 1400


def test_lost_original_is_a_reason(workspace: Workspace) -> None:
    """With the original and the tables gone there is no number, and no page breaks."""
    take(workspace, "costs.csv")
    for folder in ("originals", "tables"):
        shutil.rmtree(workspace.path / folder)
    assert why_not(workspace, "spend") == "An imported file's original cannot be read."


def test_every_figure_is_written_in_russian() -> None:
    """Label and definition of each figure, and every sentence of the room, stand in the Russian catalogue."""
    asked = {text for figure in EVERY.values() for text in (figure.label, figure.definition)}
    for source in sources().values():
        asked |= {source.title} | {text for fields in source.lacks.values() for text in fields.values()}
    for path in (Path(i18n.__file__).parent / "data").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("t", "tn"):
                asked |= {part.value for part in node.args[1:2] if isinstance(part, ast.Constant)}
    assert len(asked) > 100
    assert sorted(text for text in asked if not i18n.translated("import", text, "ru")) == []


FUNNEL = """id,created,status,source,segment,first_contact
1,2026-06-01 10:00,won,ads,Cafes,2026-06-01 10:30
2,2026-06-02 10:00,lost,Ads ,Cafes,2026-06-02 10:30
3,2026-06-03 10:00,open,ads,,
4,2026-06-04 10:00,won,maps,clinics,2026-06-04 11:00
5,2026-06-05 10:00,lost,,Clinics,
"""


def test_funnel_is_told_by_source_and_by_segment(workspace: Workspace) -> None:
    """However a name is typed it is one line; leads that name nothing stand last, open ones are not decided."""
    bring(workspace, "leads.csv", FUNNEL)
    facts = Facts(workspace)
    lines = {name: facts.get(name).gives["lines"] for name in ("funnel_by_source", "funnel_by_segment")}  # type: ignore[union-attr]
    counted = {
        name: [(one["said"], one["leads"], one["contacted"], one["won"], one["lost"]) for one in found]
        for name, found in lines.items()
    }
    assert counted["funnel_by_source"] == [("Ads", 3, 2, 1, 1), ("maps", 1, 1, 1, 0), ("not told", 1, 0, 0, 1)]
    assert counted["funnel_by_segment"] == [
        ("Cafes", 2, 2, 1, 1),
        ("Clinics", 2, 1, 1, 1),
        ("not told", 1, 0, 0, 0),
    ]


def test_funnel_without_segments_says_how_to_get_them(workspace: Workspace) -> None:
    """No column of segments: no table, but the way to it."""
    bring(workspace, "leads.csv", "id,created,status\n1,2026-06-01,won\n")
    told = Facts(workspace).get("funnel_by_segment")
    assert isinstance(told, NoFact)
    assert (told.reason, told.hint[:19]) == ("no lead says its segment", "switch that column ")
