"""start.py: what it says to people, and what it decides before anything is installed."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

import start

SOURCE = Path(start.__file__).read_text("utf-8")
STOPS = 1


def test_start_parses_on_python_3_6() -> None:
    """An old Python must get as far as the message about its version."""
    assert ast.parse(SOURCE, feature_version=(3, 6)).body


def test_start_imports_standard_library_only() -> None:
    """Nothing is installed when it runs."""
    nodes = [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        name
        for node in nodes
        for name in ([node.module or "."] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert len(names) > 10
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_old_python_is_told_in_both_languages() -> None:
    """The check comes first, and says what, saw and hint twice."""
    told: list[str] = []
    check = next(node for node in ast.parse(SOURCE).body if isinstance(node, ast.If))
    fake = SimpleNamespace(version_info=(3, 10, 4), exit=told.append)
    exec(compile(ast.Module([check], []), "start.py", "exec"), {"sys": fake})  # noqa: S102 - our own lines
    assert told[0].splitlines() == [
        "Error: the playbook needs Python 3.11 or newer.",
        "  saw:  Python 3.10",
        "  hint: install a newer one from python.org, then run start.py with it",
        "Ошибка: плейбуку нужен Python 3.11 или новее.",
        "  увидели:    Python 3.10",
        "  что делать: установите новую версию с python.org и запустите start.py ею",
    ]


def test_version_check_precedes_every_newer_import() -> None:
    """`tomllib` and `list[str]` of later lines never meet an old Python."""
    kinds = [type(node) for node in ast.parse(SOURCE).body[:3]]
    assert kinds == [ast.Expr, ast.Import, ast.If]


def test_debian_root_gets_a_browser_by_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are root and apt, Chromium and its letters are installed and then found."""
    commands: list[list[str]] = []
    monkeypatch.delenv("PLAYBOOK_BROWSER", raising=False)
    monkeypatch.setattr(start, "find_browser", lambda: "chromium" if commands else "")
    monkeypatch.setattr(start, "run", lambda command, _: commands.append(command))
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert start.need_browser() == "chromium"
    assert commands[0] == ["apt-get", "update"]
    assert commands[1][-3:] == ["chromium", "fonts-liberation", "fonts-noto-core"]


def test_proofs_get_an_office_and_tests_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice and Java are asked for before the long proofs only."""
    asked: list[str] = []
    monkeypatch.setattr(start, "need_browser", lambda: "chromium")
    monkeypatch.setattr(start, "need_office", lambda: asked.append("office") or "soffice")
    monkeypatch.setattr(start, "need_java", lambda: asked.append("java") or "java")
    monkeypatch.setattr(start, "prepare", asked.append)
    monkeypatch.setattr(start, "wait", lambda *_: 0)
    monkeypatch.setattr(os, "environ", {})
    for kind in ("test", "prove"):
        with pytest.raises(SystemExit, match="0"):
            start.check(kind, [])
    assert asked == ["lock-test.txt", "office", "java", "lock-test.txt"]


def test_missing_office_stops_before_the_proofs() -> None:
    """A named office that is not there ends `prove` with exit 1 and the remedy."""
    run = subprocess.run(
        [sys.executable, start.__file__, "prove", "--lang", "en"],
        env={**os.environ, "PLAYBOOK_BROWSER": sys.executable, "PLAYBOOK_OFFICE": "no-such-office"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stdout) == (STOPS, "")
    assert run.stderr.splitlines()[1:] == [
        "  saw:  no-such-office",
        "  hint: install LibreOffice Calc, or set PLAYBOOK_OFFICE to the program's path",
    ]


def test_old_java_is_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark runs from Java 17 on; a program that says less, or nothing, is not taken."""
    java = tmp_path / "java"
    for version, taken in (("11.0.2", False), ("17.0.15", True), ("25", True), ("", False)):
        java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-04-15' >&2\n", "utf-8")
        java.chmod(0o755)
        monkeypatch.setenv("PLAYBOOK_JAVA", str(java))
        assert bool(start.find_java()) is taken, version


@pytest.mark.parametrize(
    ("words", "locale", "lang"),
    [
        ([], "ru_RU.UTF-8", "ru"),
        ([], "de_DE.UTF-8", "en"),
        ([], "", "en"),
        (["open", "--lang", "ru"], "en_US.UTF-8", "ru"),
        (["open", "--lang=en"], "ru_RU.UTF-8", "en"),
    ],
)
def test_language_is_asked_then_the_locale(
    monkeypatch: pytest.MonkeyPatch, words: list[str], locale: str, lang: str
) -> None:
    """`--lang` wins over the locale; a third language reads English."""
    monkeypatch.setattr(sys, "argv", ["start.py", *words])
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.delenv("LANG", raising=False)
    assert start.language() == lang


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("lab firm --lang ru", "prepare lock-lab.txt"),
        ("--lang ru lab firm", "prepare lock-lab.txt"),
        ("--lang=ru lab", "prepare lock-lab.txt"),
        ("--lang ru open lab", "prepare lock.txt"),
        ("--lang ru", "prepare lock.txt"),
        ("", "prepare lock.txt"),
        ("--lang ru test -q", "check test -q"),
        ("--lang en prove", "check prove"),
    ],
)
def test_language_may_stand_before_the_command(monkeypatch: pytest.MonkeyPatch, words: str, asked: str) -> None:
    """What is made ready is what the command needs, wherever `--lang` stands; the command gets every word."""
    told: list[str] = []

    def ended(*found: str) -> NoReturn:
        told.append(" ".join(found))
        raise SystemExit

    monkeypatch.setattr(sys, "argv", ["start.py", *words.split()])
    monkeypatch.setattr(start, "prepare", lambda lock: told.append(f"prepare {lock}"))
    monkeypatch.setattr(start, "check", lambda kind, rest: ended("check", kind, *rest))
    monkeypatch.setattr(os, "environ", {**os.environ})
    monkeypatch.setattr(start.os, "execv", lambda _, command: ended(*command[4:]))
    with pytest.raises(SystemExit):
        start.main()
    assert told == [asked] if asked.startswith("check") else [asked, words]


def test_every_sentence_exists_in_both_languages() -> None:
    """The two files have the same keys with the same fields to fill in, and start.py asks for no other."""
    english, russian = (start.sentences(lang) for lang in ("en", "ru"))
    fields = re.compile(r"\{\w+\}")
    assert {key: sorted(fields.findall(english[key])) for key in english} == {
        key: sorted(fields.findall(russian[key])) for key in russian
    }
    assert set(re.findall(r'\b(?:text|stop)\("(\w+)"', SOURCE)) <= set(english)


def test_missing_ensurepip_names_debian_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stock Debian has no ensurepip: the message says which package brings it."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["start.py", "--lang", "en"])
    with pytest.raises(SystemExit, match=str(STOPS)):
        start.make_environment()
    assert "hint: on Debian or Ubuntu: sudo apt-get install python3-venv" in capsys.readouterr().err


def test_missing_browser_stops_before_tests() -> None:
    """A named browser that is not there ends `test` with exit 1 and the remedy, and no test has run."""
    run = subprocess.run(
        [sys.executable, start.__file__, "test"],
        env={**os.environ, "PLAYBOOK_BROWSER": "no-such-browser", "LC_ALL": "ru_RU.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stdout) == (STOPS, "")
    assert run.stderr.splitlines() == [
        "Ошибка: тестам нужен Chromium, Chrome или Edge",
        "  увидели:    no-such-browser",
        "  что делать: установите любой из них или укажите путь к нему в PLAYBOOK_BROWSER",
    ]


def test_progress_counts_what_pip_says() -> None:
    """Of four locked packages one is for another system; two are at hand."""
    lines = ["Ignoring colorama: markers 'x' don't match", "Collecting altair==6.3.0", "Collecting anyio==4.16.0"]
    assert start.progress("Fetching", 4, lines, set()) == "Fetching: 2 of 3"


def test_progress_counts_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """While pip installs it is silent; the packages that lie whole in the environment are counted."""
    monkeypatch.setattr(start, "installed", lambda: {"pip-1.dist-info", "altair-6.3.0.dist-info"})
    lines = ["Installing collected packages: altair, anyio, attrs"]
    assert start.progress("Fetching", 4, lines, {"pip-1.dist-info"}) == "Installing packages: 1 of 3"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finished environment, as the stamp tells it."""
    (tmp_path / "python").touch()
    monkeypatch.setattr(start, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(start, "STAMP", tmp_path / "stamp.json")
    start.STAMP.write_text(json.dumps({**start.PLACE, "lock.txt": "made"}))


@pytest.mark.usefixtures("environment")
def test_finished_environment_is_recognised() -> None:
    """The stamp says from which lock it was made."""
    assert start.stamp()["lock.txt"] == "made"


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("change", [{"root": "elsewhere"}, {"python": "3.99"}])
def test_moved_environment_is_made_anew(monkeypatch: pytest.MonkeyPatch, change: dict[str, str]) -> None:
    """An environment knows its own place and its Python: moved, or started with another, it is not used."""
    monkeypatch.setattr(start, "PLACE", {**start.PLACE, **change})
    assert start.stamp() == {}


@pytest.mark.usefixtures("environment")
def test_torn_stamp_counts_as_none() -> None:
    """A stamp cut short by a power failure is no stamp."""
    start.STAMP.write_text('{"root": ')
    assert start.stamp() == {}


@pytest.mark.usefixtures("environment")
def test_environment_without_its_python_counts_as_none() -> None:
    """The Python it was made with may have been removed."""
    start.PYTHON.unlink()
    assert start.stamp() == {}
