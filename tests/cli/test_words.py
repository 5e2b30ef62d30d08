"""The parser's own words: help pages and faults, in the reader's language to the last word."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from playbook import i18n
from playbook.cli import help as words
from playbook.cli.options import app
from tests.cli.conftest import Run

COMMANDS = sorted(typer.main.get_command(app).commands)
NAMES = {
    "playbook",
    "en",
    "ru",
    "JSON",
    "HTML",
    "PDF",
    "XLSX",
    "Markdown",
    "JupyterLab",
    "CRM",
    "CSV",
    "stale",
    "leads",
    "cac",
    "duckdb",
    "spark",
    "clickhouse",
    "use",
    "local",
    "ecommerce",
    "saas",
    "b2b",
    *COMMANDS,
}
"""Words of a help page that are the same in every language."""


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_page_has_no_english_word(run: Run, command: str) -> None:
    """Usage, headings, options, what is required: Russian on a Russian page."""
    page = run(*command.split(), "--help", "--lang", "ru").out
    plain = re.sub(r"--?[a-z-]+", " ", page)
    assert len(page.splitlines()) > 5
    assert set(re.findall(r"[A-Za-z]{2,}", plain)) - NAMES == set()


def test_every_command_and_option_has_help() -> None:
    """Nothing on the help pages stands without a sentence, and every value has a name."""
    top = typer.main.get_command(app)
    parameters = [(name, one) for name, command in top.commands.items() for one in command.params]
    assert len(parameters) > 20
    assert [name for name, command in top.commands.items() if not command.help] == []
    assert [(name, one.name) for name, one in parameters if not one.help] == []
    assert [(name, one.name) for name, one in parameters if not (one.metavar or getattr(one, "is_flag", False))] == []


def test_help_page_names_what_is_required(run: Run) -> None:
    """The usage line, what to give, the options and the way to this page."""
    assert run("undo", "--help").out.splitlines() == [
        "Usage: playbook undo [OPTIONS] NUMBER",
        "",
        "  Switch one import off exactly.",
        "",
        "What to give:",
        "  NUMBER  The import's number. (required)",
        "",
        "Options:",
        "  -w, --workspace FOLDER  The workspace's folder. (required)",
        "  --lang en|ru            Language: en or ru.",
        "  --help                  Show this page.",
    ]


def test_commands_stand_in_the_order_of_the_list(run: Run) -> None:
    """First what opens the playbook, and none that is not on the list."""
    listed = re.findall(r"^  ([a-z]+)  ", run("--help").out.partition("Commands:")[2], re.MULTILINE)
    assert sorted(listed) == COMMANDS
    assert listed == [name for name in words.ORDER if name in listed]


FAULTS = [
    ("imprts", "imprts", "There is no command imprts.", "Команды imprts нет."),
    ("imports --lag 2", "--lag", "There is no option --lag.", "Ключа --lag нет."),
    ("import", "playbook import", "FILE is missing.", "Не указано: ФАЙЛ."),
    ("imports", "playbook imports", "--workspace is missing.", "Не указано: --workspace."),
    ("open --port abc", "abc", "--port: a whole number is needed.", "--port: нужно целое число."),
    ("imports -w x a b", "a b", "There is a word too many.", "В команде лишние слова."),
    ("open --no-browser=3", "--no-browser", "--no-browser takes no value.", "Ключ --no-browser пишется без значения."),
    ("imports -w", "-w", "A value is missing after -w.", "После -w не хватает значения."),
]


@pytest.mark.parametrize(("typed", "saw", "english", "russian"), FAULTS)
def test_fault_of_a_command_line_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, typed: str, saw: str, english: str, russian: str
) -> None:
    """What, saw and where the help is, by the locale; exit status 2."""
    ended = run(*typed.split())
    assert (ended.code, ended.err.splitlines()[:2]) == (2, [f"Error: {english}", f"  saw:  {saw}"])
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    ended = run(*typed.split())
    assert (ended.code, ended.err.splitlines()[:2]) == (2, [f"Ошибка: {russian}", f"  получено:  {saw}"])
    assert ended.err.rstrip().endswith(" --help")


def test_nearest_words_are_offered(run: Run) -> None:
    """For a command and for an option that were mistyped."""
    said = [run(*typed, "--lang", "ru").err.splitlines()[2] for typed in (["imprts"], ["imports", "--lag"])]
    assert said == [
        "  подсказка: возможно, imports, import; полный список: playbook --help",
        "  подсказка: возможно, --lang; полный список: playbook imports --help",
    ]


JSON_FAULTS = [
    ('{"a" 1}', "line 1, sign 6: 1}", "строка 1, знак 6: 1}"),
    ('{"a": 1,\n', "line 2, sign 1: nothing", "строка 2, знак 1: ничего"),
    ("[1]", "[1]", "[1]"),
    ('{"price": true}', "price=true", "price=true"),
    ('{"price": null}', "price=null", "price=null"),
]


@pytest.mark.parametrize(("text", "english", "russian"), JSON_FAULTS)
def test_fault_in_json_is_seen_in_the_readers_words(run: Run, text: str, english: str, russian: str) -> None:
    """The place in the text or the value as JSON writes it; no word of Python's or pydantic's."""
    for language, saw in (("en", english), ("ru", russian)):
        ended = run("solve", "unit-economics", "-", "--lang", language, stdin=text)
        assert (ended.code, json.loads(ended.err)["saw"]) == (2, saw)


def test_file_that_is_not_there_is_told_in_words(run: Run, tmp_path: Path) -> None:
    """No errno, no English from the operating system."""
    (tmp_path / "latin.json").write_bytes(b'{"a": "\xe9"}')
    faults = [
        json.loads(run("solve", "goal", tmp_path / name, "--lang", "ru").err)["saw"].rpartition(": ")[2]
        for name in ("none.json", "latin.json", ".")
    ]
    assert faults == ["такого нет", "байт 7 не из UTF-8", "это папка"]


def test_other_faults_are_not_taken_for_the_parsers() -> None:
    """A failure of our own stays one."""
    assert words.misunderstood(ValueError("x")) is None


def test_narrow_window_wraps_the_help(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is cut on 60 columns."""
    monkeypatch.setenv("COLUMNS", "60")
    page = run("import", "--help", "--lang", "ru").out
    assert max(map(len, page.splitlines())) <= 60
    assert i18n.language() == "en"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("new firm", "python3 start.py open "),
        ("imports -w none", "python3 start.py new "),
        ("imprts", "python3 start.py --help"),
        ("import --help", "python3 start.py import ["),
    ],
)
def test_words_to_type_next_are_those_that_work(tmp_path: Path, typed: str, told: str) -> None:
    """Whoever has only start.py is told of start.py: in the way on, a hint, a fault and a help page."""
    environment = {**os.environ, "PLAYBOOK_COMMAND": "python3 start.py", "PLAYBOOK_STATE": str(tmp_path)}
    command = [sys.executable, "-m", "playbook", *typed.split()]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert told in ended.stdout + ended.stderr
