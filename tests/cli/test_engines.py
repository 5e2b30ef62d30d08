"""`engine`: shown, chosen, refused with a remedy, and left behind when a workspace is handed on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from playbook import packs
from playbook.data import engines
from playbook.workspace import Workspace
from tests.cli.conftest import Run


@pytest.fixture
def firm(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return Workspace.create(tmp_path / "firm", language="en")


def test_duckdb_is_shown_with_its_version(run: Run, firm: Workspace) -> None:
    """The default answers, in words and as JSON."""
    assert run("engine", "-w", firm.path).out.startswith("Engine: duckdb (DuckDB v")
    said = run("engine", "-w", firm.path, "--json").json()
    assert (said["engine"], said["answers"]) == ("duckdb", True)


def test_engine_without_a_workspace_shows_its_page(run: Run) -> None:
    """What there is to choose, in Russian too."""
    ended = run("engine", "--lang", "ru")
    assert ended.code == 0
    assert "Выбрать другой движок" in ended.out


def test_engine_that_cannot_answer_changes_nothing(run: Run, firm: Workspace) -> None:
    """The missing package is said with the command that brings it; DuckDB stays."""
    ended = run("engine", "use", "spark://127.0.0.1:7077", "-w", firm.path)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines()[:2] == ["Error: The packages for spark are not installed.", "  saw:  pyspark"]
    assert f"{sys.executable} -m pip install pyspark" in ended.err
    assert run("engine", "-w", firm.path, "--json").json()["engine"] == "duckdb"


def test_wrong_address_is_the_users_input(run: Run, firm: Workspace) -> None:
    """Exit 2, in the reader's language."""
    ended = run("engine", "use", "postgres://db/x", "-w", firm.path, "--lang", "ru")
    assert ended.code == 2
    assert ended.err.startswith("Ошибка: Это не адрес движка.\n")


def test_chosen_engine_that_is_gone_is_shown_with_the_way_back(run: Run, firm: Workspace) -> None:
    """`engine` says what is chosen and why it does not answer; `use duckdb` brings the default back."""
    engines.settle(firm, "clickhouse://127.0.0.1:9/x")
    ended = run("engine", "-w", firm.path)
    assert (ended.code, ended.out) == (1, "Engine: clickhouse://127.0.0.1:9/x\n")
    assert "playbook engine use duckdb -w …" in ended.err
    assert run("engine", "use", "duckdb", "-w", firm.path).code == 0
    assert run("engine", "-w", firm.path, "--json").json()["engine"] == "duckdb"


def test_unpacked_workspace_asks_no_server_of_another(firm: Workspace, tmp_path: Path) -> None:
    """Whoever takes a pack over does not send their tables where the sender's went."""
    engines.settle(firm, "clickhouse://db.example/x")
    packs.pack(firm, tmp_path / "firm.playbook")
    assert packs.unpack(tmp_path / "firm.playbook", tmp_path / "other").setting("engine") == "duckdb"
