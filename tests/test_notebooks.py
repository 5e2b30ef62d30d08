"""Every notebook runs as it stands, in both languages, on an empty workspace and on the sample firm."""

from __future__ import annotations

import html
import importlib.util
from pathlib import Path
from typing import Any

import pytest

from playbook import paths, samples, texts
from playbook.steps import CALCULATORS, DOCUMENTS
from playbook.workspace import Workspace

NOTEBOOKS = sorted(paths.resource("notebooks").glob("*.py"))


def run(notebook: Path, **names: object) -> list[str]:
    """What the cells of a notebook show."""
    spec = importlib.util.spec_from_file_location(notebook.stem, notebook)
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    outputs, _ = module.app.run(defs=names)
    return [output.text for output in outputs if output is not None]


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An empty workspace and a sample firm in each language."""
    folder = tmp_path_factory.mktemp("firms")
    found = {}
    for language in ("en", "ru"):
        found[f"empty-{language}"] = Workspace.create(folder / f"empty-{language}", language=language).path
        found[f"shop-{language}"] = samples.create(folder / f"shop-{language}", "ecommerce", language).path
    return found


def test_every_page_has_its_notebook() -> None:
    """Eleven steps, the data page, one for all calculators and one for all documents."""
    assert len(NOTEBOOKS) == 14


@pytest.mark.parametrize("firm", ["empty-en", "empty-ru", "shop-en", "shop-ru"])
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_notebook_runs(notebook: Path, firm: str, firms: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening, inputs, answer and what follows are shown; nothing raises."""
    monkeypatch.setenv("PLAYBOOK_WORKSPACE", str(firms[firm]))
    shown = run(notebook)
    assert len(shown) >= 4
    assert "<h1" in shown[0]
    assert not any("Traceback" in text for text in shown)


@pytest.mark.parametrize("firm", ["empty-en", "shop-ru"])
@pytest.mark.parametrize("key", [step.key for step in CALCULATORS])
def test_calculator_runs(key: str, firm: str, firms: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The one notebook asks the question it is told to."""
    monkeypatch.setenv("PLAYBOOK_WORKSPACE", str(firms[firm]))
    shown = run(next(path for path in NOTEBOOKS if path.stem == "calculator"), key=key)
    assert texts.load("calculators.toml", firm[-2:])[key]["question"] in html.unescape(shown[0])
    assert not any("Traceback" in text for text in shown)


@pytest.mark.parametrize("firm", ["empty-en", "shop-ru"])
@pytest.mark.parametrize("key", [step.key for step in DOCUMENTS])
def test_document_runs(key: str, firm: str, firms: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The one notebook shows the document it is told to, with the ways to its files."""
    monkeypatch.setenv("PLAYBOOK_WORKSPACE", str(firms[firm]))
    shown = run(next(path for path in NOTEBOOKS if path.stem == "document"), key=key)
    assert texts.load("documents.toml", firm[-2:])[key]["question"] in html.unescape(shown[0])
    assert any(f"/document/{key}/empty.pdf" in text for text in shown)
