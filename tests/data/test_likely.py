"""A file that is nearly one of a known system: asked about, or refused with the system and the column it lacks."""

from __future__ import annotations

import pytest

from playbook import i18n
from playbook.data import Facts, Importer
from playbook.errors import LikelyLacks, NotATable, PlaybookError
from playbook.workspace import Workspace
from tests.data.helpers import rows

GOOGLE = b"Campaign,Day,Cost,Impr.,Currency code\nBrand,2026-06-01,5,10,USD\n"
"""A report from which somebody left the clicks out."""
OWN = {
    "Дата,Кампания,Расход,Показы,Клики": "2026-06-01,Бренд,10,100,5",
    "Дата,Кампания,Расход,Показы,Клики,Заказы,Выручка": "2026-06-01,Бренд,10,100,5,1,90",
    'Дата,Кампания,"Расход, с НДС",Показы': "2026-06-01,Бренд,10,100",
    "Дата,Кампания,Расход с НДС,Клики": "2026-06-01,Бренд,10,5",
    "Date,Campaign name,Cost,Clicks": "2026-06-01,Brand,10,5",
}


@pytest.mark.parametrize("header", OWN)
def test_words_of_everybody_make_no_system(workspace: Workspace, header: str) -> None:
    """A table of one's own has a campaign, spend, views, clicks and orders: it is of no system."""
    preview = Importer(workspace).preview(f"{header}\n{OWN[header]}\n".encode(), "own.csv")
    assert (preview.source, preview.totals["spend"]) == ("plain", "10.00")


def test_nearly_a_system_is_asked_about(workspace: Workspace) -> None:
    """Three of four headers: the fourth is named, the sums are shown, and nothing is taken until a person says so."""
    importer = Importer(workspace)
    preview = importer.preview(GOOGLE, "report.csv", settings={"vat": "none"})
    (question,) = preview.questions
    assert (question.key, question.answers) == ("source", ("google_ads", "other"))
    assert "3 of 4 signature headers of Google Ads; not found: clicks" in question.text
    with pytest.raises(PlaybookError, match="Which system is this file from"):
        importer.run(preview)
    assert workspace.batches() == []


def test_system_that_was_said_is_kept_for_the_next_file(workspace: Workspace) -> None:
    """With the same headers in any order; the answer alone does not make another import of the same file."""
    importer = Importer(workspace)
    for _ in range(2):
        importer.run(importer.preview(GOOGLE, "report.csv", settings={"vat": "none", "source": "google_ads"}))
    turned = b"Day,Campaign,Cost,Currency code,Impr.\n2026-06-02,Brand,7,USD,10\n"
    importer.run(importer.preview(turned, "next.csv"))
    assert sorted(rows(workspace, "spend", "amount")) == [5, 7]
    assert len(workspace.batches()) == 2


def test_none_of_the_systems_is_an_answer(workspace: Workspace) -> None:
    """The table is then a plain one, or one that nobody knows."""
    importer = Importer(workspace)
    assert importer.preview(GOOGLE, "report.csv", settings={"source": "other"}).source == "plain"
    with pytest.raises(NotATable, match="We do not know this file"):
        importer.preview(GOOGLE.replace(b"Day", b"When"), "report.csv", settings={"source": "other"})


def test_nearly_a_system_names_itself_and_what_it_lacks(workspace: Workspace) -> None:
    """Without the cost there is no spend: which system it looks like and how the column is called, in Russian too."""
    raw = b"Campaign,Day,Clicks,Impr.\nBrand,2026-06-01,5,10\n"
    with i18n.speaking("ru"), pytest.raises(LikelyLacks) as caught:
        Importer(workspace).preview(raw, "report.csv")
    assert caught.value.what.startswith("Google Ads: файл похож на выгрузку этой системы")
    assert "стоимость" in caught.value.remedy
    assert "--set" not in caught.value.remedy


def test_columns_that_a_file_lacks_give_no_zeros(workspace: Workspace) -> None:
    """Without clicks and views there are no sums of them, and without a stage nothing is won, lost or bought."""
    spend = Importer(workspace).preview(b"day,campaign,amount\n2026-06-01,a,5\n", "spend.csv")
    assert (spend.totals["spend"], spend.totals["clicks"], spend.totals["impressions"]) == ("5.00", None, None)
    header = "ID,Название сделки,Бюджет,Ответственный,Дата создания сделки,Дата редактирования"
    raw = f"{header}\n1,A,9,B,01.06.2026,02.06.2026\n".encode()
    deals = Importer(workspace).preview(raw, "amo.csv", settings={"source": "amocrm"})
    assert deals.totals["leads"] == 1
    assert {deals.totals.get(name) for name in ("won", "lost", "orders", "revenue")} == {None}
    assert any(note.startswith("No column with the stage") for note in deals.notes)
    Importer(workspace).run(deals)
    facts = Facts(workspace)
    for name in ("won_leads", "closed_leads", "lead_to_sale", "stale_leads"):
        assert getattr(facts.get(name), "reason", "") == "no file says how a lead ended"


AHEAD = b"order_id,created_at,revenue\n1,2026-01-10,5\n2,2099-06-01,7\n"


def test_days_years_ahead_are_asked_about(workspace: Workspace) -> None:
    """2062 for 2026 would move every week and month: taken by a person's word only, or refused by its line."""
    importer = Importer(workspace)
    preview = importer.preview(AHEAD, "orders.csv")
    assert [one.key for one in preview.questions] == ["ahead"]
    assert any("1\u00a0June 2099, is yet to come: check the years" in note for note in preview.notes)
    with pytest.raises(PlaybookError, match="years ahead") as caught:
        importer.preview(AHEAD, "orders.csv", settings={"ahead": "no"})
    assert caught.value.saw == "1\u00a0June 2099 on line 3"
    assert importer.run(importer.preview(AHEAD, "orders.csv", settings={"ahead": "yes"})).batch == 1
    assert importer.preview(AHEAD, "orders.csv").questions == ()


def test_days_long_gone_are_said(workspace: Workspace) -> None:
    """2006 for 2026 is told; 1925 is rejected with the years that can be."""
    raw = b"order_id,created_at,revenue\n1,2006-01-10,5\n2,1925-06-01,7\n"
    preview = Importer(workspace).preview(raw, "orders.csv")
    assert any(note.startswith("The first day, 10\u00a0January 2006, is over ten years ago") for note in preview.notes)
    assert [one.reason for one in preview.reading.rejects] == ["the year is out of reach: it is to be 1990 to 2100"]
