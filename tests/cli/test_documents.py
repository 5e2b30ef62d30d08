"""`document`: one of the documents as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.workspace import Workspace
from tests.cli.conftest import Run


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A workspace with one segment."""
    workspace = Workspace.create(tmp_path / "firm", name="Firm", language="en")
    workspace.add_row("icp", "segments", {"name": "Hosts"})
    workspace.close()
    return workspace.path


@pytest.mark.parametrize(("ending", "start"), [("html", b"<!doctype"), ("md", b"# ICP"), ("xlsx", b"PK")])
def test_filled_document_is_written(run: Run, firm: Path, tmp_path: Path, ending: str, start: bytes) -> None:
    """The ending chooses the format."""
    file = tmp_path / f"icp.{ending}"
    assert run("document", "icp", "-w", str(firm), "-o", str(file)).code == 0
    assert file.read_bytes().startswith(start)


def test_week_is_written_like_the_other_documents(run: Run, firm: Path, tmp_path: Path) -> None:
    """Where none was reviewed yet, that is said and no file is written."""
    file = tmp_path / "week.md"
    ended = run("document", "week", "-w", str(firm), "-o", str(file))
    assert (ended.code, file.exists()) == (2, False)
    assert "There is no week to report on yet." in ended.err
    workspace = Workspace.open(firm)
    workspace.add_row("kpi", "chosen", {"metric": "leads", "target": 40})
    workspace.add_row("week", "decisions", {"what": "- <b>Call</b> | back", "owner": "Anna"})
    workspace.close()
    assert run("document", "week", "-w", str(firm), "-o", str(file)).code == 0
    assert r"\- \<b\>Call\</b\> \| back" in file.read_text(encoding="utf-8")


def test_empty_sheet_needs_no_workspace(run: Run, tmp_path: Path) -> None:
    """It is printed in the language asked for."""
    file = tmp_path / "icp.md"
    assert run("document", "icp", "--blank", "-o", str(file), "--lang", "ru").code == 0
    assert file.read_text(encoding="utf-8").startswith("# ICP и сегменты")


def test_empty_sheet_holds_no_answers(run: Run, firm: Path, tmp_path: Path) -> None:
    """Even where a workspace is named."""
    file = tmp_path / "icp.md"
    run("document", "icp", "--blank", "-w", str(firm), "-o", str(file))
    assert "Hosts" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_plan_says_on_the_command_line_what_does_not_fit(run: Run, firm: Path, tmp_path: Path, language: str) -> None:
    """With no hours a week the file is written all the same, and the reason stands below."""
    workspace = Workspace.open(firm)
    for name, value in {"scenario": "local", "start": "2026-11-23", "hours_per_week": 0}.items():
        workspace.set_setting(name, value)
    workspace.close()
    file = tmp_path / "plan.ics"
    ended = run("plan", "-w", str(firm), "-o", str(file), "--lang", language)
    assert (ended.code, file.read_bytes()[:15]) == (0, b"BEGIN:VCALENDAR")
    told = {"en": "With no hours a week nothing can be planned.", "ru": "Без часов в неделю планировать нечего."}
    assert told[language] in ended.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing", "--blank", "-o", "x.md"), "There is no such document."),
        (("icp", "-o", "x.md"), "A filled document is read from a workspace."),
        (("icp", "--blank", "-o", "x.docx"), "The document is not made in this format."),
    ],
)
def test_slip_is_explained(run: Run, words: tuple[str, ...], said: str) -> None:
    """Exit status 2, what is wrong and what would be right."""
    ended = run("document", *words)
    assert ended.code == 2
    assert said in ended.err
    assert "hint:" in ended.err
