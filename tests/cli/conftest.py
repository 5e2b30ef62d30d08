"""The command line inside the test's own process."""

from __future__ import annotations

import contextvars
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from playbook import cli


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """What was printed, as JSON."""
        return json.loads(self.out)


class Run:
    """Runs commands in this process, each in a context of its own."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.capsys = capsys
        self.monkeypatch = monkeypatch

    def __call__(self, *words: object, stdin: str = "") -> Ended:
        """Run `playbook WORDS`."""
        self.monkeypatch.setattr(sys, "argv", ["playbook", *map(str, words)])
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            contextvars.copy_context().run(cli.main)
        out, err = self.capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command line."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("PLAYBOOK_STATE", str(tmp_path / "state"))
    return Run(capsys, monkeypatch)
