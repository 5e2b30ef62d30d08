"""The data page without a browser: what is dropped, asked and imported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from playbook import i18n, paths
from playbook.data import Facts
from playbook.ui.dropped import Dropped
from playbook.ui.imports import ImportPage
from playbook.ui.marimo_data import Data
from playbook.workspace import Workspace

EXPORT = (paths.resource("data_samples") / "ecommerce" / "google_ads.csv").read_bytes()


@pytest.fixture
def page(tmp_path: Path) -> ImportPage:
    """The data page of an empty workspace."""
    return ImportPage(Workspace.create(tmp_path / "firm"), "en")


def test_open_question_keeps_a_file_out_until_answered(page: ImportPage) -> None:
    """VAT first, then the import."""
    (file,) = page.take([("report.csv", EXPORT)])
    assert "Not imported yet" not in page.card(file)
    page.run()
    assert file.batch is None
    assert "Not imported yet: answer the question" in page.card(file)
    page.reply(file, "vat", "included")
    page.run()
    assert file.batch == 1
    assert "imported" in page.card(file)


def test_first_rows_show_how_they_are_read(tmp_path: Path) -> None:
    """A day, an amount and a person as they stand, and what becomes of them; what stays as it is stands once."""
    page = ImportPage(Workspace.create(tmp_path / "firm", currency="RUB"), "ru")
    text = (
        "Номер заказа;Дата оплаты;Покупатель;Сумма;Статус;Скидка\nA1;05.06.2026;anna@mail.example;1234.50;оплачен;-\n"
    )
    (file,) = page.take([("orders.csv", text.encode("cp1251"))])
    card = page.card(file).replace("\u00a0", " ")
    for cell in (
        "05.06.2026 → 5 июня 2026",
        "anna@mail.example → хранится как код",
        "1234.50 → 1 234,5",
        "оплачен",
        "- → —",
    ):
        assert f"<td>{cell}</td>" in card


def test_two_files_of_one_name_are_both_asked_about(page: ImportPage) -> None:
    """Exports of two accounts are often called the same."""
    other = EXPORT.replace(b"2026", b"2025")
    page.take([("report.csv", EXPORT), ("report.csv", other)])
    assert Data(page).files().text.count("VAT?") == 2


def test_fault_of_an_undo_is_gone_after_the_next_one(page: ImportPage) -> None:
    """What was mended is not complained of for ever."""
    (file,) = page.take([("report.csv", EXPORT)])
    page.reply(file, "vat", "included")
    page.run()
    page.take_back(99)
    assert page.error is not None
    page.take_back(1)
    assert page.error is None


def test_unknown_table_is_asked_about_until_it_is_known(page: ImportPage) -> None:
    """What it is, whether it has a header, which column is which; then it is imported like any other."""
    page.paste("Когда;Сколько;Кто\n01.06.2026;1500;anna\n")
    (file,) = page.dropped.values()
    assert [choice.key for choice in page.assistant(file)] == ["kind"]
    page.reply(file, "kind", "orders")
    choices = {choice.key: choice for choice in page.assistant(file)}
    assert choices["column.revenue"].options[1] == ("Сколько", "Сколько · 1500")
    assert choices["column.revenue"].label == "Revenue *"
    for field, column in (("id", "Кто"), ("paid_at", "Когда"), ("revenue", "Сколько")):
        page.reply(file, f"column.{field}", column)
    page.run()
    assert file.batch == 1
    assert page.assistant(file) == []


def test_table_without_rows_is_asked_nothing(page: ImportPage) -> None:
    """What is wrong and what to do, each as a sentence; there is no column to choose."""
    (file,) = page.take([("empty.csv", b"".join(EXPORT.splitlines(keepends=True)[:3]))])
    assert "The file has a header and no rows." in page.card(file)
    assert "Download the export again and choose a period that has data." in page.card(file)
    assert page.assistant(file) == []


def test_choice_can_be_taken_back(page: ImportPage) -> None:
    """An emptied answer is none."""
    page.paste("a;b\n1;2\n")
    (file,) = page.dropped.values()
    page.reply(file, "kind", "costs")
    page.reply(file, "kind", "")
    assert file.settings == {}


NEARLY = b"Campaign,Day,Cost,Impr.,Currency code\nBrand,2026-06-01,5,10,USD\n"


def test_file_that_is_nearly_one_of_a_system_is_asked_about_by_its_name(page: ImportPage) -> None:
    """By what people call it; none of these leads to a plain table, or to the questions about an unknown one."""
    (file,) = page.take([("report.csv", NEARLY)])
    shown = Data(page).files().text
    assert "Google Ads" in shown
    assert "none of these" in shown
    page.reply(file, "source", "other")
    assert "Plain table" in page.card(file)
    page.reply(file, "source", "google_ads")
    page.reply(file, "vat", "none")
    page.run()
    assert file.batch == 1


def test_file_that_lacks_a_column_names_its_system_and_the_column(page: ImportPage) -> None:
    """In the words of the page, without those of the command line; the columns may still be said one by one."""
    (file,) = page.take([("report.csv", NEARLY.replace(b"Cost", b"Clicks"))])
    said = bare(page.card(file))
    assert "looks like an export of Google Ads and lacks columns" in said
    assert "name them so: cost," in said
    assert "--set" not in said
    assert [choice.key for choice in page.assistant(file)] == ["kind"]


def chosen(page: ImportPage, file: Dropped) -> dict[str, str]:
    """What is chosen in every question about a file."""
    return {choice.key: choice.chosen for choice in page.assistant(file)}


def test_known_file_is_corrected_column_by_column_once(page: ImportPage) -> None:
    """It begins with what we took it for; what is said holds for the next such file, which tells so."""
    raw = b"Day,Campaign,Cost,Impr.,Clicks,Good clicks\n2026-06-01,Brand,5,10,9,2\n"
    (file,) = page.take([("google.csv", raw)])
    page.reply(file, "vat", "included")
    page.reply(file, "currency", "USD")
    assert page.assistant(file) == []
    page.correct(file)
    first = chosen(page, file)
    assert (first["source"], first["vat"], first["column.clicks"]) == ("google_ads", "included", "Clicks")
    page.reply(file, "vat", "none")
    page.reply(file, "column.clicks", "Good clicks")
    page.reply(file, "column.impressions", "")
    page.run()
    (newer,) = page.take([("google.csv", raw.replace(b"-01,", b"-02,"))])
    assert newer.preview
    assert (newer.preview.totals["clicks"], newer.preview.totals["impressions"]) == (2, None)
    said = "As you said of an earlier file: there is no VAT, which column is which."
    assert said in bare(page.card(newer))
    page.correct(newer)
    page.reply(newer, "vat", "excluded")
    assert said not in bare(page.card(newer))


def test_known_file_may_be_a_table_of_ones_own(page: ImportPage) -> None:
    """Another system asks for its own columns; a plain one for what is in it."""
    raw = b"Day,Campaign,Cost,Impr.,Clicks\n2026-06-01,Brand,5,10,9\n"
    (file,) = page.take([("google.csv", raw)])
    page.correct(file)
    page.reply(file, "source", "plain")
    assert chosen(page, file)["kind"] == "spend"
    assert "Plain table" in page.card(file)
    page.reply(file, "source", "shopify")
    assert "Shopify data cannot do without" in page.card(file)
    assert chosen(page, file)["source"] == "shopify"


def test_files_dropped_one_after_another_all_wait(page: ImportPage) -> None:
    """With the answers already given; one is left out at a press, one that cannot be read goes with the next drop."""
    (first,) = page.take([("google.csv", EXPORT)])
    page.reply(first, "vat", "included")
    page.take([("contract.pdf", b"%PDF-1.7")])
    (second,) = page.take([("orders.csv", BROKEN.encode())])
    assert list(page.dropped.values()) == [first, second]
    page.leave(second)
    page.run()
    assert (first.batch, second.batch) == (1, None)
    page.take([("orders.csv", BROKEN.encode())])
    assert [file.name for file in page.dropped.values()] == ["orders.csv"]


BROKEN = """order_id,customer,date,revenue,product,quantity
1,ann,2026-06-01,100,Towel,1
2,bob,2026-06-31,50,Towel,1
1,ann,2026-06-01,100,Napkin,2
"""


def bare(markup: str) -> str:
    """What a reader reads of it."""
    return " ".join(re.sub("<[^>]+>", " ", markup).replace(i18n.NBSP, " ").split())


def test_rejected_rows_are_shown_before_the_import_and_after(page: ImportPage) -> None:
    """Line 3: there is no 31 June. The way to the file stands there once it is written."""
    (file,) = page.take([("orders.csv", BROKEN.encode())])
    assert "1 rejected row: which and why" in bare(page.card(file))
    assert "3 date 2026-06-31 there is no such day" in bare(page.card(file))
    assert "/rejects/" not in page.card(file)
    page.run()
    ((_, line),) = page.lines()
    assert "3 date 2026-06-31 there is no such day" in bare(line)
    assert 'href="/rejects/1.csv"' in line
    assert 'href="/rejects/1.csv"' in page.card(file)


def test_rows_of_an_import_add_up(page: ImportPage) -> None:
    """Two lines of one order are one accepted row and one merged into it."""
    page.take([("orders.csv", BROKEN.encode())])
    page.run()
    assert "3 rows: accepted 1, merged 1, rejected 1" in bare(page.lines()[0][1])


TWO_BAD = "order_id,customer,date,revenue\n1,ann,2026-06-01,9\n2,bob,2026-06-31,50\n3,cat,2026-06-32,70\n"


def test_rows_that_were_not_mended_still_wait(page: ImportPage) -> None:
    """Of two bad rows one is mended and brought: the import says so and still offers the others."""
    page.take([("orders.csv", TWO_BAD.encode())])
    page.run()
    (sheet,) = (page.workspace.path / "reports").glob("rejects-*.csv")
    page.take([("mended.csv", sheet.read_bytes().replace(b"2026-06-31,50", b"2026-06-30,50", 1))])
    page.run()
    first = re.sub("<[^>]+>", " ", page.lines()[0][1])
    assert "Mended by import 2: 1 of 2; the others wait." in first
    assert "2 rejected rows: which and why" in first


def test_reasons_are_told_in_the_readers_language(page: ImportPage) -> None:
    """Imported in English and read in Russian: the reason that stands in the file of rejects is said anew."""
    page.take([("orders.csv", TWO_BAD.encode())])
    page.run()
    said = ImportPage(page.workspace, "ru").lines()[0][1]
    assert "такого дня нет" in said
    assert "there is no such day" not in said


def test_mended_rows_are_asked_for_no_more(page: ImportPage) -> None:
    """The file of rejects, mended and dropped, brings its row alone; the first import says by which it was mended."""
    page.take([("orders.csv", BROKEN.encode())])
    page.run()
    (sheet,) = (page.workspace.path / "reports").glob("rejects-*.csv")
    page.take([("mended.csv", sheet.read_bytes().replace(b"2026-06-31,50", b"2026-06-30,50", 1))])
    page.run()
    first, second = (bare(line) for _, line in page.lines())
    assert first.endswith("The rejected rows were mended by import 2.")
    assert "1 row: accepted 1" in second
    assert Facts(page.workspace).get("orders").value == 2


def test_rejects_whose_file_is_gone_are_counted(page: ImportPage) -> None:
    """A workspace that was handed on without its originals has no such file."""
    page.take([("orders.csv", BROKEN.encode())])
    page.run()
    (sheet,) = (page.workspace.path / "reports").glob("rejects-*.csv")
    sheet.unlink()
    (_, line) = page.lines()[0]
    assert "1 rejected row" in bare(line)
    assert "/rejects/" not in line


def test_an_analysis_of_ones_own_is_told_of_once_there_are_rows(page: ImportPage) -> None:
    """In the reader's language, by the command and the notebooks' names."""
    assert page.beyond() == ""
    page.take([("orders.csv", BROKEN.encode())])
    page.run()
    assert "playbook lab opens JupyterLab" in bare(page.beyond())
    assert "own_analysis.ipynb" in ImportPage(page.workspace, "ru").beyond()
    assert "Свой анализ на Python" in ImportPage(page.workspace, "ru").beyond()
