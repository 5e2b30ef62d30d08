"""Which workspace opens when none is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from playbook import paths, recent
from playbook.workspace import Workspace


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine's own folder, empty."""
    monkeypatch.setenv("PLAYBOOK_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def test_own_workspace_opens_again_without_a_note() -> None:
    """A notebook opened twice in `marimo edit` finds what the first time made."""
    assert recent.open_or_make().path == recent.open_or_make().path == recent.home() / "my-business"


def test_last_workspace_opens_before_the_own_one(tmp_path: Path) -> None:
    """The newest note wins."""
    recent.open_or_make()
    shop = Workspace.create(tmp_path / "shop")
    recent.remember(shop)
    assert recent.open_or_make().path == shop.path


@pytest.mark.parametrize("notes", ["", "[1, null]", "{}", "[", '["/nowhere"]'])
def test_spoilt_notes_are_no_reason_to_stop(state: Path, notes: str) -> None:
    """Whatever stands in the file, a workspace opens."""
    state.mkdir()
    (state / recent.NOTES).write_text(notes, encoding="utf-8")
    assert recent.listed() == []
    assert recent.open_or_make().path.is_relative_to(paths.state_dir().resolve())


def test_folder_name_of_no_encoding_is_remembered(tmp_path: Path) -> None:
    """Half a character in a path is written down as JSON can."""
    recent.remember(Workspace(tmp_path / "firm \udcff"))
    assert json.loads((paths.state_dir() / recent.NOTES).read_text(encoding="utf-8"))[0].endswith("\udcff")
