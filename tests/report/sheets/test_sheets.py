"""The documents as files: everything that was written, as text, in every format and both languages."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt

from playbook import i18n, samples
from playbook.errors import PlaybookError
from playbook.report import sheets
from playbook.workspace import Workspace

EVERY = pytest.mark.parametrize("key", sheets.KEYS)
TEXTS = pytest.mark.parametrize("ending", ["html", "md", "xlsx"])
NASTY = (
    '=HYPERLINK("http://evil.example")',
    "+1",
    "-1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "a|b",
    "# x",
    "*y* \\z",
)


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workspace]:
    """The sample shop in each language."""
    folder = tmp_path_factory.mktemp("firms")
    return {language: samples.create(folder / language, "ecommerce", language) for language in i18n.LANGUAGES}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty one."""
    return Workspace.create(tmp_path / "firm", name="Firm", language="en")


def cells(made: bytes) -> list[str]:
    """The texts of a workbook."""
    with ZipFile(BytesIO(made)) as book:
        found = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
    return [unescape(text) for text in found]


def formulas(made: bytes) -> int:
    """How many cells of a workbook are computed."""
    with ZipFile(BytesIO(made)) as book:
        pages = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert pages
    return sum(page.count("<f>") + page.count("<f ") for page in pages)


def read(made: bytes, ending: str) -> str:
    """What a reader of the file sees, without the marks of its format."""
    if ending == "xlsx":
        return "\n".join(cells(made))
    page = made.decode()
    if ending == "md":
        page = MarkdownIt("commonmark", {"html": True}).enable("table").render(page)
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", "", page.replace("<br>", "\n")))


def bare(text: str) -> str:
    """Letters and figures only: spaces and line ends are the format's own."""
    return re.sub(r"\s+", "", text)


@EVERY
@TEXTS
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_everything_written_is_in_the_file(firms: dict[str, Workspace], language: str, key: str, ending: str) -> None:
    """Each text typed into the document can be read in it."""
    workspace = firms[language]
    with i18n.speaking(language, "USD"):
        seen = bare(read(sheets.write(sheets.of(workspace, key), ending), ending))
    typed = [value for value in workspace.values(key).values() if isinstance(value, str) and " " in value]
    assert [text for text in typed if bare(text) not in seen] == []


@pytest.mark.parametrize("key", sheets.ALL)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("ending", ["html", "md", "xlsx"])
def test_empty_sheet_asks_everything(key: str, ending: str, language: str) -> None:
    """The label of each field stands on the sheet, in the reader's language, and nobody's answers."""
    from playbook.steps import STEPS

    with i18n.speaking(language):
        step = STEPS[key]
        seen = bare(read(sheets.write(sheets.blank(key), ending), ending))
        asked = [spec for spec in step.asks.fields() if spec.name not in step.hidden and spec.kind != "data"]
        columns = [(f"{spec.name}/{part.name}", part) for spec in asked for part in spec.rows]
        labels = [spec.label for spec in asked if not spec.rows]
        labels += [part.label for name, part in columns if name not in step.hidden]
    assert len(labels) > 3
    assert [label for label in labels if bare(label) not in seen] == []


@TEXTS
def test_marks_and_formulas_stay_words(workspace: Workspace, ending: str) -> None:
    """HTML, formulas and the marks of Markdown are shown as typed, and no cell is computed."""
    workspace.add_row("icp", "segments", {"name": NASTY[0], "who": "\n".join(NASTY), "objections": NASTY[4]})
    made = sheets.write(sheets.of(workspace, "icp"), ending)
    seen = bare(read(made, ending))
    assert [text for text in NASTY if bare(text) not in seen] == []
    assert b"<script>" not in made
    if ending == "xlsx":
        assert formulas(made) == 0


@TEXTS
def test_long_words_are_whole(workspace: Workspace, ending: str) -> None:
    """Five thousand characters in one cell are all there."""
    said = "очень длинно " * 385
    workspace.add_row("icp", "segments", {"name": "S", "who": said})
    made = sheets.write(sheets.of(workspace, "icp"), ending)
    assert bare(said) in bare(read(made, ending))


@TEXTS
def test_drafts_are_not_left_out(workspace: Workspace, ending: str) -> None:
    """A day that cannot be read yet is in the file as it was typed."""
    row = workspace.add_row("icp", "interviews", {"who": "Nina"})
    workspace.save("icp", f"interviews/{row}/day", "after the holidays", draft=True)
    assert bare("after the holidays") in bare(read(sheets.write(sheets.of(workspace, "icp"), ending), ending))


def test_unknown_format_is_refused(workspace: Workspace) -> None:
    """The endings that there are stand in the hint."""
    with pytest.raises(PlaybookError) as caught:
        sheets.write(sheets.of(workspace, "icp"), "docx")
    assert caught.value.hint == "give a name that ends in one of: .html, .pdf, .xlsx, .md"


@EVERY
def test_page_asks_for_nothing(firms: dict[str, Workspace], key: str) -> None:
    """One file, without an address to load from."""
    page = sheets.write(sheets.of(firms["en"], key), "html").decode()
    assert re.findall(r"(?:src|href)=", page) == []
    assert "url(" not in page


def test_pages_of_a_workbook_have_names_of_their_own(firms: dict[str, Workspace]) -> None:
    """None is longer than 31 letters, none is met twice."""
    for key in sheets.KEYS:
        with i18n.speaking("ru"), ZipFile(BytesIO(sheets.write(sheets.of(firms["ru"], key), "xlsx"))) as book:
            names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        assert len(names) == len({name.casefold() for name in names})
        assert all(0 < len(unescape(name)) <= 31 for name in names)


def test_paper_tells_of_a_rule_that_is_not_kept(firms: dict[str, Workspace]) -> None:
    """What is kept would take a page of its own; the page on the screen tells of both."""
    kept = sheets.write(sheets.of(firms["en"], "goal-sheet"), "html").decode()
    assert "Rules of thumb" not in kept
    firms["en"].save("goal-sheet", "forbidden", "")
    assert "Rules of thumb" in sheets.write(sheets.of(firms["en"], "goal-sheet"), "html").decode()
    firms["en"].undo("goal-sheet")
