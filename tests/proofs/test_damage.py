"""A damaged page of the database: refused with the file left as it was, or harmless."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from playbook import i18n, samples
from playbook.errors import WorkspaceDamaged
from playbook.steps import PATH
from playbook.walk import Walk
from playbook.workspace import FILE, Workspace

PAGE = 4096


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample shop, closed, with everything in its one file."""
    folder = tmp_path_factory.mktemp("damage") / "shop"
    workspace = samples.create(folder, "ecommerce", "en")
    workspace.close()
    opened = Workspace.open(folder)  # the log beside the file is written into it by the last one to close
    opened.revision()
    opened.close()
    assert not (folder / f"{FILE}-wal").exists()
    return folder


def values(workspace: Workspace) -> dict[str, object]:
    """Everything that is saved."""
    return {step.key: workspace.values(step.key) for step in PATH}


def spoilt(firm: Path, folder: Path, page: int, seed: int) -> Path:
    """A copy of the firm with one page of its file overwritten by noise."""
    shutil.copytree(firm, folder)
    file = folder / FILE
    data = bytearray(file.read_bytes())
    data[page * PAGE : (page + 1) * PAGE] = random.Random(seed).randbytes(PAGE)
    file.write_bytes(data)
    return folder


def opening(folder: Path) -> WorkspaceDamaged | Workspace:
    """The workspace, or its refusal."""
    try:
        return Workspace.open(folder)
    except WorkspaceDamaged as error:
        return error


@pytest.mark.parametrize("every", [10, pytest.param(1, marks=pytest.mark.prove)])
def test_damaged_page_is_refused_and_not_written_to(firm: Path, every: int, tmp_path: Path) -> None:
    """Each page in turn; whoever opens the file is told in their language, and nothing in it changes."""
    before = values(Workspace.open(firm))
    pages = range(0, (firm / FILE).stat().st_size // PAGE, every)
    refused = 0
    for page in pages:
        folder = spoilt(firm, tmp_path / str(page), page, page)
        noisy = (folder / FILE).read_bytes()
        with i18n.speaking("ru"):
            found = opening(folder)
        if isinstance(found, Workspace):
            assert values(found) == before, f"page {page} gives other answers"
        else:
            refused += 1
            assert "повреждён" in found.what
            assert found.hint
            assert (folder / FILE).read_bytes() == noisy
        shutil.rmtree(folder)
    assert refused >= len(pages) * 0.8


def test_damage_does_not_spread(firm: Path, tmp_path: Path) -> None:
    """The firm next to a damaged one still opens and answers."""
    spoilt(firm, tmp_path / "bad", 1, 1)
    shutil.copytree(firm, tmp_path / "good")
    with pytest.raises(WorkspaceDamaged):
        Workspace.open(tmp_path / "bad")
    assert Walk(Workspace.open(tmp_path / "good")).answer("unit-economics") is not None
