"""What a command prints: JSON on stdout, and on stderr what went wrong, as words or as an object."""

from __future__ import annotations

import json
from typing import Any

import typer

from playbook.errors import PlaybookError


def print_json(data: Any) -> None:
    """Print an answer as JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def tell(error: PlaybookError, *, as_json: bool) -> None:
    """Say what went wrong on stderr: what, saw, hint."""
    if as_json:
        typer.echo(json.dumps(error.to_json(), ensure_ascii=False), err=True)
        return
    typer.echo("\n".join(error.lines()), err=True)
