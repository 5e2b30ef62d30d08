"""What a command prints: JSON on stdout, and on stderr what went wrong, as words or as an object."""

from __future__ import annotations

import json
from typing import Any

import typer

from playbook.errors import PlaybookError
from playbook.i18n import t


def print_json(data: Any) -> None:
    """Print an answer as JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def tell(error: PlaybookError, *, as_json: bool) -> None:
    """Say what went wrong on stderr: what, saw, hint."""
    if as_json:
        typer.echo(json.dumps(error.to_json(), ensure_ascii=False), err=True)
        return
    lines = [t("cli", "Error: {what}", what=error.what)]
    if error.saw:
        lines.append("  " + t("cli", "saw:  {saw}", saw=error.saw))
    if error.hint:
        lines.append("  " + t("cli", "hint: {hint}", hint=error.hint))
    typer.echo("\n".join(lines), err=True)
