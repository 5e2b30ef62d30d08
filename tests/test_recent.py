"""Which workspace opens when none is named."""

from __future__ import annotations

import json
from datetime import UTC, datetime
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


@pytest.mark.parametrize(("asked", "currency", "guessed"), [("ru", "RUB", False), ("", "USD", True)])
def test_a_new_workspace_speaks_as_it_is_asked_to(
    monkeypatch: pytest.MonkeyPatch, asked: str, currency: str, guessed: bool
) -> None:
    """A language that was asked for brings its currency and is no guess."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    made = recent.open_or_make(asked)
    assert made.setting("currency") == currency
    assert made.setting(recent.LANGUAGE_GUESSED) is guessed


def test_last_workspace_opens_before_the_own_one(tmp_path: Path) -> None:
    """The newest note wins."""
    recent.open_or_make()
    shop = Workspace.create(tmp_path / "shop")
    recent.remember(shop)
    assert recent.open_or_make().path == shop.path


@pytest.mark.parametrize(
    "notes", ["", "[1, null]", "{}", "[", '["/nowhere"]', '[{"path": 1}]', '[{"path": "/nowhere", "opened": "x"}]']
)
def test_spoilt_notes_are_no_reason_to_stop(state: Path, notes: str) -> None:
    """Whatever stands in the file, a workspace opens."""
    state.mkdir()
    (state / recent.NOTES).write_text(notes, encoding="utf-8")
    assert recent.listed() == []
    assert recent.open_or_make().path.is_relative_to(paths.state_dir().resolve())


def test_folder_name_of_no_encoding_is_remembered(tmp_path: Path) -> None:
    """Half a character in a path is written down as JSON can."""
    recent.remember(Workspace.create(tmp_path / "firm \udcff"))
    assert recent.noted()[0].path == tmp_path / "firm \udcff"


def test_time_of_opening_is_noted(tmp_path: Path) -> None:
    """To the second, in a zone; opened again it stands first with the new time, and once."""
    shop, clinic = Workspace.create(tmp_path / "shop"), Workspace.create(tmp_path / "clinic")
    before = datetime.now(UTC).replace(microsecond=0)
    for workspace in (shop, clinic, shop):
        recent.remember(workspace)
    notes = recent.noted()
    assert [note.path for note in notes] == [shop.path, clinic.path]
    assert all(note.opened is not None and note.opened >= before for note in notes)


def test_list_of_an_older_playbook_is_read(state: Path, tmp_path: Path) -> None:
    """Paths alone: opened at a time nobody noted."""
    shop = Workspace.create(tmp_path / "shop")
    state.mkdir()
    (state / recent.NOTES).write_text(json.dumps([str(shop.path)]), encoding="utf-8")
    assert recent.noted() == [recent.Note(shop.path)]
    assert recent.listed() == [shop.path]


def test_gone_workspace_stays_noted_until_it_is_forgotten(tmp_path: Path) -> None:
    """A disk that was pulled out comes back; a forgotten one is off the list, its folder as it was."""
    shop, clinic = Workspace.create(tmp_path / "shop"), Workspace.create(tmp_path / "clinic")
    recent.remember(shop)
    recent.remember(clinic)
    shop.path.rename(tmp_path / "elsewhere")
    assert [(note.path, note.there) for note in recent.noted()] == [(clinic.path, True), (shop.path, False)]
    assert recent.listed() == [clinic.path]
    for path in (shop.path, clinic.path):
        recent.forget(path)
    assert recent.noted() == []
    assert Workspace.open(clinic.path).path == clinic.path
