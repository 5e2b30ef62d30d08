"""The workspace's copies of the notebooks: renewed while nobody has changed them, never taken from anyone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from playbook import paths
from playbook.errors import WorkspaceReadOnly
from playbook.lab import books
from playbook.workspace import Workspace

NAME = "step_3_economics.ipynb"


@pytest.fixture
def firm(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return Workspace.create(tmp_path / "firm")


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook of ours that a test may make newer."""
    shipped = tmp_path / "notebooks" / "jupyter"
    shipped.mkdir(parents=True)
    text = (paths.resource("notebooks") / "jupyter" / NAME).read_text(encoding="utf-8")
    (shipped / NAME).write_text(text, encoding="utf-8")
    monkeypatch.setattr(paths, "resource", lambda name: tmp_path / name)
    return shipped / NAME


def changed(book: Path, **first: Any) -> None:
    """Change the first cell of a notebook."""
    read = json.loads(book.read_text(encoding="utf-8"))
    read["cells"][0].update(first)
    book.write_text(json.dumps(read), encoding="utf-8")


def first(book: Path) -> str:
    """What stands in the first cell."""
    return "".join(json.loads(book.read_text(encoding="utf-8"))["cells"][0]["source"])


def test_every_notebook_is_copied(firm: Workspace) -> None:
    """As many as there are, into a folder of the workspace; ours are left alone."""
    shipped = paths.resource("notebooks") / "jupyter"
    before = {book.name: book.read_bytes() for book in shipped.glob("*.ipynb")}
    folder = books.shelve(firm)
    assert folder == firm.path / "notebooks"
    assert {book.name for book in folder.iterdir()} == set(before)
    assert {book.name: book.read_bytes() for book in shipped.glob("*.ipynb")} == before


def test_a_notebook_of_ours_is_known_by_its_cells(firm: Workspace) -> None:
    """Each of them; one whose mark alone is ours is not."""
    copies = sorted(books.shelve(firm).iterdir())
    known = [books.fingerprint(json.loads(copy.read_text(encoding="utf-8"))) for copy in copies]
    assert known == books.fingerprints()
    changed(copies[0], source="my_own = 1")
    assert books.fingerprint(json.loads(copies[0].read_text(encoding="utf-8"))) not in books.fingerprints()


def test_what_a_person_changed_stays(firm: Workspace, ours: Path) -> None:
    """Their cells stand, whatever we ship later."""
    copy = books.shelve(firm) / NAME
    changed(copy, source="my_own = 1")
    changed(ours, source="newer = 2")
    books.shelve(firm)
    assert first(copy) == "my_own = 1"


def test_a_copy_that_was_only_run_is_renewed(firm: Workspace, ours: Path) -> None:
    """Outputs are no change of the cells; the newer cells come."""
    copy = books.shelve(firm) / NAME
    changed(copy, outputs=[{"output_type": "stream", "name": "stdout", "text": "60"}], execution_count=3)
    changed(ours, source="newer = 2")
    books.shelve(firm)
    assert first(copy) == "newer = 2"


def test_a_copy_that_was_only_run_keeps_what_it_shows(firm: Workspace, ours: Path) -> None:
    """While ours is the same, nothing is written."""
    copy = books.shelve(firm) / NAME
    changed(copy, execution_count=3)
    before = copy.read_bytes()
    books.shelve(firm)
    assert copy.read_bytes() == before
    assert ours.exists()


@pytest.mark.parametrize(
    "text", ["", "rubbish", "[]", '{"metadata": {}, "cells": []}', '{"metadata": {"playbook": 1}}']
)
def test_a_file_that_is_not_ours_stays(firm: Workspace, text: str) -> None:
    """Whatever stands under the name of a notebook belongs to someone."""
    copy = firm.path / "notebooks" / NAME
    copy.parent.mkdir()
    copy.write_text(text, encoding="utf-8")
    books.shelve(firm)
    assert copy.read_text(encoding="utf-8") == text


def test_a_folder_that_takes_no_file_is_told(firm: Workspace) -> None:
    """In words and with a remedy."""
    (firm.path / "notebooks").write_text("in the way", encoding="utf-8")
    with pytest.raises(WorkspaceReadOnly):
        books.shelve(firm)
