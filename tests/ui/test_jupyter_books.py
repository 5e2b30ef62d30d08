"""The notebooks of JupyterLab: thin, clean, one for every step, and every cell runs in both languages."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbclient
import nbformat
import pytest

from playbook import i18n, paths, samples, texts
from playbook.steps import PATH
from playbook.ui.jupyter_notes import Notes
from playbook.workspace import Workspace

NOTEBOOKS = sorted((paths.resource("notebooks") / "jupyter").glob("*.ipynb"))
TAUGHT = {"api": "api", "own_analysis": "own-analysis"}
"""The notebooks that ask no question, with the names of their texts."""
CELLS = {"api": 21, "own_analysis": 11, "questions": 1}
"""Of these notebooks; one of a step has four."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A notebook's language ends with its test."""
    with i18n.speaking("en", "USD"):
        yield


def read(path: Path) -> list[str]:
    """The sources of a notebook's cells."""
    return ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]


def test_every_step_has_its_notebook() -> None:
    """Eleven steps, every other question by name, the API and the person's own analysis."""
    assert {path.stem for path in NOTEBOOKS} == {step.page for step in PATH} | {"questions"} | set(TAUGHT)
    assert len(NOTEBOOKS) == 14


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_thin_and_clean(path: Path) -> None:
    """Outputs are stripped, the kernel is named, and playbook alone is imported; frames and charts by who analyses."""
    book, cells = json.loads(path.read_text("utf-8")), read(path)
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in book["cells"])
    assert len(cells) == CELLS.get(path.stem, 4)
    nodes = list(ast.walk(ast.parse("\n".join(cells))))
    found = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    found |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    frames = {"altair", "pandas"} if path.stem == "own_analysis" else set()
    assert found == {"playbook.ui"} | ({"playbook"} if path.stem in TAUGHT else set()) | frames
    assert not any(isinstance(node, ast.FunctionDef | ast.BinOp) for node in nodes)


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path.stem in TAUGHT], ids=lambda path: path.stem)
def test_every_cell_of_code_has_its_words(path: Path) -> None:
    """A hidden cell before each says what it does; every note of the texts is shown, in both languages."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    hidden = [bool(cell["metadata"]) for cell in cells]
    assert hidden == [True] + [True, False] * (len(cells) // 2)
    for lang in ("en", "ru"):
        notes = texts.load("lab.toml", lang)[TAUGHT[path.stem]]["notes"]
        assert read(path)[1::2] == [f'notes.note("{key}")' for key in notes]


def test_words_change_their_language_together(tmp_path: Path) -> None:
    """The opening, every note shown so far, the workspace, and the answers of the cells below."""
    firm = Workspace.create(tmp_path / "firm", language="en", currency="EUR")
    notes = Notes(firm, "api", "en")
    notes.note("solve")
    notes.speak("ru")
    assert "Классы в десяти ячейках" in notes.opening.children[0].value
    assert "Отвечает <code>solve()</code>" in notes.notes["solve"].value
    assert (firm.setting("language"), i18n.language(), i18n.currency()) == ("ru", "ru", "EUR")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """In one kernel each after another, as "run all" does; every cell shows something, in a firm new or with data."""
    firm = Workspace.create(tmp_path / "en") if language == "en" else samples.create(tmp_path / "ru", "saas", "ru")
    firm.set_setting("language", language)
    monkeypatch.setenv("PLAYBOOK_WORKSPACE", str(firm.path))
    books = [nbformat.read(path, as_version=4) for path in NOTEBOOKS]
    whole = nbformat.v4.new_notebook(cells=[cell for book in books for cell in book.cells])
    nbclient.NotebookClient(whole, timeout=120, kernel_name="python3").execute()
    assert len(whole.cells) == 11 * 4 + sum(CELLS.values()) == 77
    assert all(cell.outputs for cell in whole.cells)
    shown = [bundle for cell in whole.cells for out in cell.outputs if (bundle := out.get("data"))]
    drawn = [str(bundle["image/svg+xml"]) for bundle in shown if "image/svg+xml" in bundle]
    assert len(drawn) == 3
    assert any(re.search(">(июл|июн)", svg) for svg in drawn) == (language == "ru")
    assert not any("vegalite" in kind for bundle in shown for kind in bundle)
    words = json.dumps(whole.metadata.widgets, ensure_ascii=False)
    assert all(texts.load("lab.toml", language)[name]["question"] in words for name in TAUGHT.values())
