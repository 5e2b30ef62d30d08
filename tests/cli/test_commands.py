"""The commands of the contract: what they print, how they end, and what they say when something is wrong."""

from __future__ import annotations

import csv
import errno
import json
import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from playbook import paths, questions, recent
from playbook.workspace import FILE, Workspace
from tests.cli.conftest import Run

SHOP = paths.resource("data_samples") / "ecommerce"


def test_list_names_every_question(run: Run) -> None:
    """Each on a line of its own."""
    assert run("solve", "--list").out.split() == list(questions.NAMES)


@pytest.mark.parametrize("name", questions.NAMES)
def test_schema_of_every_question_is_json_with_units(run: Run, name: str) -> None:
    """Properties are named; fields carry their unit."""
    schema = run("solve", "--schema", name).json()
    assert schema["properties"]


def test_solve_reads_standard_input_and_files(run: Run, tmp_path: Path) -> None:
    """100 a purchase, bought once: 100 is the limit, and 120 is too much."""
    asked = {"price": 100, "monthly_retention": 0, "payback_target_months": 3, "cac": 120}
    (tmp_path / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    by_pipe = run("solve", "unit-economics", "-", stdin=json.dumps(asked))
    by_file = run("solve", "unit-economics", tmp_path / "asked.json")
    assert by_pipe.json() == by_file.json()
    assert by_file.json()["admissible_cac"] == 100
    assert by_file.json()["verdict"] == "no"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_share_over_one_ends_with_two(run: Run, language: str) -> None:
    """A JSON object on stderr with what, saw, hint; nothing on stdout."""
    asked = json.dumps({"price": 100, "monthly_retention": 80, "payback_target_months": 3})
    ended = run("solve", "unit-economics", "-", "--lang", language, stdin=asked)
    fault = json.loads(ended.err)
    assert (ended.code, ended.out, fault["field"]) == (2, "", "monthly_retention")
    assert fault["saw"] == "monthly_retention=80"
    assert fault["hint"]
    assert fault["error"].isascii() == (language == "en")


@pytest.mark.parametrize("text", ["", "[1]", "{", "nonsense", '{"a": NaN}', "\x00"])
def test_what_is_no_object_ends_with_two(run: Run, text: str) -> None:
    """Every way of not being JSON."""
    ended = run("solve", "unit-economics", "-", stdin=text)
    assert ended.code == 2
    assert json.loads(ended.err)["hint"]


def test_unknown_words_are_explained(run: Run) -> None:
    """No usage page, no traceback."""
    for words in (("nonsense",), ("solve", "nonsense"), ("--nonsense",), ("report",)):
        ended = run(*words)
        assert ended.code == 2
        assert "Traceback" not in ended.err
        assert ended.err.strip()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_disk_that_takes_nothing_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """In words and with the file, whichever command met it."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", "/firm/tables/new")

    monkeypatch.setattr(Workspace, "open", refused)
    ended = run("metrics", "-w", "/firm", "--lang", language)
    what = {
        "en": "A file could not be read or written: the disk may only be read.",
        "ru": "Не удалось прочитать или записать файл: диск доступен только для чтения.",
    }
    assert ended.code == 1
    assert what[language] in ended.err
    assert "/firm/tables/new" in ended.err
    assert "Errno" not in ended.err


def test_new_report_and_again(run: Run, tmp_path: Path) -> None:
    """A sample firm's workspace, its report in Russian, and a refusal to make it twice."""
    made = run("new", tmp_path / "shop", "--sample", "ecommerce", "--lang", "ru")
    assert (made.code, made.out.splitlines()[-1]) == (0, f"Открыть: playbook open {tmp_path / 'shop'}")
    assert run("report", "-w", tmp_path / "shop", "-o", tmp_path / "deep" / "report.html").code == 0
    page = (tmp_path / "deep" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="ru"' in page
    assert run("new", tmp_path / "shop", "--sample", "ecommerce").code == 2


def test_unknown_sample_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    """The names that exist are said."""
    ended = run("new", tmp_path / "firm", "--sample", "bakery")
    assert ended.code == 2
    assert "ecommerce" in ended.err
    assert not (tmp_path / "firm").exists()


def test_report_of_another_ending_is_refused(run: Run, tmp_path: Path) -> None:
    """What is not written is said to be so, with what is, and no file is made."""
    Workspace.create(tmp_path / "firm")
    ended = run("report", "-w", tmp_path / "firm", "-o", tmp_path / "report.docx")
    assert (ended.code, ended.err.splitlines()[:2]) == (
        2,
        ["Error: The report is not made in this format.", "  saw:  .docx"],
    )
    assert ".html, .pdf" in ended.err
    assert not (tmp_path / "report.docx").exists()


def test_report_without_parts(run: Run, tmp_path: Path) -> None:
    """Named one by one or with commas; a discreet one names nobody; an unknown part is told with those there are."""
    run("new", tmp_path / "shop", "--sample", "ecommerce", "--lang", "en")
    out = tmp_path / "report.html"
    asked = ("report", "-w", tmp_path / "shop", "-o", out, "--without", "goal,week", "--without", "documents")
    assert run(*asked, "--discreet").code == 0
    page = out.read_text(encoding="utf-8")
    assert 'id="ten"' in page
    assert not [part for part in ("goal", "week", "documents", "sources") if f'id="{part}"' in page]
    assert "Marat" not in page
    ended = run("report", "-w", tmp_path / "shop", "-o", out, "--without", "gaol")
    assert (ended.code, ended.err.splitlines()[:2]) == (2, ["Error: The report has no such part.", "  saw:  gaol"])
    assert "goal, deal-cycle" in ended.err


def test_report_as_pdf(run: Run, tmp_path: Path) -> None:
    """One file, made by the browser of this machine."""
    Workspace.create(tmp_path / "firm")
    assert run("report", "-w", tmp_path / "firm", "-o", tmp_path / "out" / "Report.PDF", "--lang", "ru").code == 0
    assert (tmp_path / "out" / "Report.PDF").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("language", "kept"), [("en", "the report is kept as HTML: "), ("ru", "отчёт сохранён в HTML: ")]
)
def test_report_without_a_browser_is_kept_as_html(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, kept: str
) -> None:
    """Status 1, no PDF, and the page under a name that was free."""
    Workspace.create(tmp_path / "firm")
    (tmp_path / "report.html").write_text("mine")
    monkeypatch.setenv("PLAYBOOK_BROWSER", "no-such-browser")
    ended = run("report", "-w", tmp_path / "firm", "-o", tmp_path / "report.pdf", "--lang", language)
    assert (ended.code, ended.out) == (1, "")
    assert f"{kept}{tmp_path / 'report-2.html'}" in ended.err
    assert "</html>" in (tmp_path / "report-2.html").read_text(encoding="utf-8")
    assert (tmp_path / "report.html").read_text() == "mine"
    assert not (tmp_path / "report.pdf").exists()


def spend_by_csv() -> Decimal:
    """The spend of the sample's campaign report, by the csv module."""
    with (SHOP / "google_ads.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    header = rows[2]
    cost = header.index("Cost")
    days = [row for row in rows[3:] if not row[0].startswith("Total")]
    return sum((Decimal(row[cost].replace(",", "")) for row in days), Decimal())


def test_import_reconciles_and_undo_takes_back(run: Run, tmp_path: Path) -> None:
    """Rows add up, the total is the file's, a dry run writes nothing, and an undo is exact."""
    Workspace.create(tmp_path / "firm")
    words = ("import", SHOP / "google_ads.csv", "-w", tmp_path / "firm", "--yes", "--set", "vat=included", "--json")
    assert run(*words, "--dry-run").json()[0]["batch"] is None
    assert run("imports", "-w", tmp_path / "firm", "--json").json() == []
    found = run(*words).json()[0]
    assert found["rows"] == found["accepted"] + found["merged"] + found["skipped"] + found["rejected"]
    assert Decimal(found["totals"]["spend"]) == spend_by_csv()
    assert run("undo", found["batch"], "-w", tmp_path / "firm").code == 0
    assert run("undo", found["batch"], "-w", tmp_path / "firm").code == 2


def test_open_question_refuses_that_file_only(run: Run, tmp_path: Path) -> None:
    """VAT is asked of the advertising report; the orders go on; the exit status tells."""
    Workspace.create(tmp_path / "firm")
    files = (SHOP / "google_ads.csv", SHOP / "shopify_orders.csv")
    ended = run("import", *files, "-w", tmp_path / "firm", "--yes", "--json")
    assert ended.code == 2
    assert [found["source"] for found in ended.json()] == ["shopify"]
    assert json.loads(ended.err)["field"] == "vat"


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("content", [b"", bytes(range(256)) * 8, b"Day,Campaign,Cost,Clicks,Impr.\n"])
def test_hopeless_file_is_refused_in_words(run: Run, tmp_path: Path, content: bytes, language: str) -> None:
    """Empty, binary, only a header: what, saw, hint and nothing written."""
    Workspace.create(tmp_path / "firm")
    (tmp_path / "file.csv").write_bytes(content)
    ended = run("import", tmp_path / "file.csv", "-w", tmp_path / "firm", "--yes", "--lang", language)
    assert ended.code == 2
    assert len(ended.err.strip().splitlines()) == 3
    assert Workspace.open(tmp_path / "firm").batches() == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_broken_workspaces_are_named(run: Run, tmp_path: Path, language: str) -> None:
    """Missing, damaged and newer ones end with two and three lines."""
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / FILE).write_bytes(b"rubbish" * 100)
    Workspace.create(tmp_path / "newer").close()
    with sqlite3.connect(tmp_path / "newer" / FILE) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    for name in ("missing", "damaged", "newer"):
        ended = run("imports", "-w", tmp_path / name, "--lang", language)
        assert ended.code == 2
        assert len(ended.err.strip().splitlines()) == 3
        assert ended.err.isascii() == (language == "en")


def test_help_speaks_russian(run: Run) -> None:
    """Commands and options are explained in the reader's language."""
    page = run("--help", "--lang", "ru").out
    assert "Загрузить выгрузки" in page


def test_language_may_stand_before_the_command(run: Run, tmp_path: Path) -> None:
    """In `solve`, and over a workspace's own setting."""
    Workspace.create(tmp_path / "firm", language="en")
    asked = run("--lang", "ru", "solve", "unit-economics", "-", stdin="{}")
    assert not json.loads(asked.err)["error"].isascii()
    assert "не загружено" in run("--lang", "ru", "imports", "-w", tmp_path / "firm").out


def test_every_fault_of_solve_is_an_object(run: Run) -> None:
    """An unknown language and an unknown option as well, wherever the command stands."""
    for words in (("solve", "goal", "--lang", "xx"), ("--lang", "ru", "solve", "--nonsense"), ("solve", "a", "b", "c")):
        ended = run(*words)
        assert (ended.code, ended.out) == (2, "")
        assert set(json.loads(ended.err)) >= {"error", "field", "saw", "hint"}


def test_unknown_language_is_refused_by_every_command(run: Run, tmp_path: Path) -> None:
    """Not taken for English."""
    Workspace.create(tmp_path / "firm")
    for words in (("imports", "-w", tmp_path / "firm"), ("open", tmp_path / "firm"), ("open",), ()):
        assert run(*words, "--lang", "xx").code == 2


@pytest.mark.parametrize("value", [True, False])
def test_yes_is_no_number(run: Run, value: bool) -> None:
    """`true` is not taken for 1."""
    asked = json.dumps({"price": value, "monthly_retention": 0, "payback_target_months": 3})
    ended = run("solve", "unit-economics", "-", stdin=asked)
    assert (ended.code, json.loads(ended.err)["field"]) == (2, "price")


def test_open_speaks_the_workspace_s_language(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting stands before the machine's locale, with a workspace named and with the last one."""
    from playbook import app

    asked: list[Any] = []
    monkeypatch.setattr(app, "serve", lambda _workspace, **options: asked.append(options["language"]))
    Workspace.create(tmp_path / "firm", language="ru")
    for words in (("open", tmp_path / "firm"), ("open",), (), ("--lang", "ru")):
        run(*words)
    assert asked == [None, None, None, "ru"]


@pytest.mark.parametrize(
    ("language", "whole", "lean"),
    [
        (
            "en",
            "The imported files are in it as they came, with any names, phones and e-mails.",
            "Customers are in it as hashes only. Files imported there later will not recognise them.",
        ),
        (
            "ru",
            "Загруженные файлы лежат в ней как есть, вместе с именами, телефонами и почтой, если они там были.",
            "Клиенты в ней записаны только хешами. Файлы, загруженные там позже, этих клиентов не узнают.",
        ),
    ],
)
def test_pack_says_whose_data_goes_with_it(run: Run, tmp_path: Path, language: str, whole: str, lean: str) -> None:
    """With the imported files and without them."""
    Workspace.create(tmp_path / "firm", name="Firm", language=language)
    assert run("pack", tmp_path / "firm", "-o", tmp_path / "a.playbook").out.splitlines()[1:] == [whole]
    ended = run("pack", tmp_path / "firm", "-o", tmp_path / "b.playbook", "--without-originals")
    assert ended.out.splitlines()[1:] == [lean]


def test_unpack_speaks_the_language_of_what_was_packed(run: Run, tmp_path: Path) -> None:
    """Nobody asked for one on the command line."""
    Workspace.create(tmp_path / "firm", name="Фирма", language="ru")
    run("pack", tmp_path / "firm", "-o", tmp_path / "a.playbook")
    assert run("unpack", tmp_path / "a.playbook", tmp_path / "there").out.startswith("Рабочая папка готова: ")


def test_unpack_makes_it_again_once(run: Run, tmp_path: Path) -> None:
    """The place and how to open it are printed; a second time it is taken, which is the person's own mistake."""
    Workspace.create(tmp_path / "firm", name="Firm")
    run("pack", tmp_path / "firm", "-o", tmp_path / "a.playbook")
    ended = run("unpack", tmp_path / "a.playbook", tmp_path / "there")
    assert (ended.code, str(tmp_path / "there") in ended.out) == (0, True)
    assert Workspace.open(tmp_path / "there").setting("name") == "Firm"
    ended = run("unpack", tmp_path / "a.playbook", tmp_path / "there", "--lang", "ru")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "Ошибка: Здесь уже что-то есть. Ничего не распаковано.",
        f"  получено:  {tmp_path / 'there'}",
        f"  подсказка: укажите новую папку, например {tmp_path / 'there-2'}",
    ]


@pytest.mark.parametrize(("language", "word"), [("en", "fault"), ("ru", "сбой")])
def test_doctor_ends_with_one_where_it_found_a_fault(run: Run, tmp_path: Path, language: str, word: str) -> None:
    """A line a finding in the workspace's language; an imported file that is gone is a fault."""
    Workspace.create(tmp_path / "firm", language=language)
    assert run("doctor", "-w", tmp_path / "firm").code == 0
    run("import", SHOP / "shopify_orders.csv", "-w", tmp_path / "firm", "--yes")
    for file in (tmp_path / "firm" / "originals").iterdir():
        file.unlink()
    ended = run("doctor", "-w", tmp_path / "firm")
    assert (ended.code, ended.err) == (1, "")
    (told,) = [line for line in ended.out.splitlines() if line.startswith(word)]
    assert "shopify_orders.csv" in told
    assert len(ended.out.splitlines()) == 12


def test_doctor_as_json_and_on_the_last_workspace(run: Run, tmp_path: Path) -> None:
    """The same findings as objects, with English keys; without a workspace the machine alone, else the last opened."""
    assert len(run("doctor", "--json").json()) == 6
    recent.remember(Workspace.create(tmp_path / "firm", language="ru"))
    found = run("doctor", "--json").json()
    assert {one["check"]: one["state"] for one in found}["writable"] == "ok"
    assert found[6]["saw"] == str(tmp_path / "firm")
    assert run("doctor", "-w", tmp_path / "none").code == 2


@pytest.mark.parametrize("typed", ["--port 70000", "--no-browser --port 70000", "--port 70000 open"])
def test_options_of_open_need_no_command(run: Run, typed: str) -> None:
    """The bare command is `open`, and what is said before the command is the command's."""
    ended = run(*typed.split())
    assert (ended.code, ended.err.splitlines()[1]) == (2, "  saw:  70000")
