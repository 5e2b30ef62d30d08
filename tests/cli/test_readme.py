"""What the READMEs promise: their commands are there, and the tables they describe are read."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest
import typer

from playbook import cli, paths, questions
from playbook.data.kinds import COMPANION, KINDS
from playbook.report import sheets
from playbook.workspace import Workspace
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.ru.md")
PLAIN = tomllib.loads((paths.package / "data" / "sources" / "plain.toml").read_text("utf-8"))["tables"]
TABLES = ("spend", "leads", "orders", "costs", "touches")
"""The tables a README describes, in its order."""
CELLS = {
    **dict.fromkeys(("text", "id", "person"), "x1"),
    **dict.fromkeys(("day", "time"), "2026-10-15"),
    **dict.fromkeys(("money", "quantity", "count"), "3"),
    "currency": "USD",
    "status": "new",
}
"""A cell that can be read, by the type of its column."""


def described(readme: str) -> list[tuple[list[str], list[str]]]:
    """The columns that must be there and those that may be, for each of the tables of one's own."""
    rows = [line.split("|")[2:4] for line in (ROOT / readme).read_text("utf-8").splitlines() if line.count("|") == 4]
    named = [(re.findall("`(.+?)`", must), re.findall("`(.+?)`", may)) for must, may in rows]
    return [(must, may) for must, may in named if must]


def cell(table: str, column: str) -> str:
    """Something to write under a column of one's own table."""
    kinds = [table, COMPANION[table]] if table in COMPANION else [table]
    kind, field = next((kind, field) for kind in kinds for field, names in PLAIN[kind].items() if column in names)
    return CELLS[KINDS[kind].fields[field]]


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("whole", [False, True])
def test_table_of_ones_own_is_read_as_described(run: Run, tmp_path: Path, readme: str, whole: bool) -> None:
    """With the columns that must be there, and with all of them, each is taken for the table it is."""
    Workspace.create(tmp_path / "firm", currency="USD")
    tables = described(readme)
    assert len(tables) == len(TABLES)
    for table, (must, may) in zip(TABLES, tables, strict=True):
        columns = must + may if whole else must
        with (tmp_path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns, [cell(table, column) for column in columns]])
        (said,) = run("import", tmp_path / f"{table}.csv", "-w", tmp_path / "firm", "--dry-run", "--json").json()
        assert (said["kind"], said["accepted"]) == (table, 1), table


@pytest.mark.parametrize("readme", READMES)
def test_commands_of_the_readme_exist(readme: str) -> None:
    """Every command is told, and every option named in its line is one of its own."""
    lines = (ROOT / readme).read_text("utf-8").splitlines()
    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    of_table = [(re.findall(r"`([a-z]+) ", line.split("|")[1]), line) for line in lines if line.startswith("| `")]
    typed = [(re.findall(r"^(?:echo .+\| )?python3 start\.py ([a-z]+) ", line), line) for line in lines]
    told = [(names, line) for names, line in [*of_table, *typed] if names]
    assert {name for names, _ in told for name in names} == set(commands)
    for names, line in told:
        known = {option for name in names for each in commands[name].params for option in each.opts}
        assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", line)) <= known, line


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_every_question(readme: str) -> None:
    """The sentence on `solve` names those that are answered, and none is left out."""
    named = re.search(r"^`solve` .+", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    assert named is not None
    names = set(re.findall("`([a-z-]+)`", named[0])) - {"solve"}
    assert names == set(questions.NAMES)


@pytest.mark.parametrize("readme", READMES)
def test_documents_of_the_readme_exist(readme: str) -> None:
    """The line of `document` names documents that are written."""
    (line,) = re.findall(r"^\| `document .+", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    names = set(re.findall("`([a-z]+)`", line))
    assert names
    assert names <= set(sheets.ALL)
