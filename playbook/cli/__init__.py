"""The commands: words in, words out. No arithmetic and no SQL here.

Each family of commands is a module; importing it puts its commands on the list.
"""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from playbook import faults, paths
from playbook.cli import checking, engines, importing, lab, measuring, reporting, serving, solving, workspaces
from playbook.cli import help as words
from playbook.cli.options import app, asked_language, speak, speaks_json
from playbook.cli.speech import tell
from playbook.errors import Failure, PlaybookError
from playbook.i18n import t

FAMILIES = (serving, lab, workspaces, solving, importing, measuring, reporting, engines, checking)
"""The modules whose commands there are: each adds its own to `app` when it is imported."""


def main() -> NoReturn:
    """Run a command; whatever goes wrong ends in words of the reader's language and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    speak(asked_language(sys.argv[1:]))
    as_json = speaks_json(sys.argv[1:])
    command = words.translated(typer.main.get_command(app))
    try:
        sys.exit(command.main(prog_name=paths.COMMAND, standalone_mode=False) or 0)
    except typer.Exit as error:
        sys.exit(error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except PlaybookError as error:
        tell(error, as_json=as_json)
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001 - no traceback ever reaches a reader
        fault = words.misunderstood(error) or _unforeseen(error)
        tell(fault, as_json=as_json)
        sys.exit(fault.exit_code)


def _unforeseen(error: Exception) -> Failure:
    if isinstance(error, OSError) and error.errno:
        return Failure(
            t("cli", "A file could not be read or written: {reason}.", reason=faults.reason(error)),
            saw=str(error.filename or ""),
            hint=t("cli", "give the right to it or free some space, and try again; nothing saved is lost"),
        )
    saw = f"{type(error).__name__}: {error}"
    return Failure(
        t("cli", "Something failed that should not."), saw=saw, hint=t("cli", "nothing saved is lost; try again")
    )
