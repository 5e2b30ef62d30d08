"""`doctor`: whether all is well with the machine and a workspace."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from playbook import paths
from playbook.cli.options import AsJson, Lang, app, opened, speak
from playbook.cli.speech import print_json
from playbook.errors import WorkspaceDamaged, WorkspaceLocked, WorkspaceNewer
from playbook.i18n import t


@app.command(help="Check this machine and a workspace: what is well, and what to do where it is not.")
def doctor(
    workspace: Annotated[
        Path | None,
        typer.Option("-w", "--workspace", metavar="FOLDER", help="The workspace's folder; else the last one."),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Print one finding a line as it is made; exit status 1 when there is a fault among them."""
    from playbook import doctor, recent

    speak(lang)
    folder = workspace or next(iter(recent.listed()), None)
    if folder is not None:
        with suppress(WorkspaceDamaged, WorkspaceNewer, WorkspaceLocked):  # these are findings, told below
            opened(folder, lang).close()
    found = []
    for finding in doctor.examine(folder):
        found.append(finding)
        if not as_json:
            typer.echo(finding.line())
    if as_json:
        print_json([finding.to_json() for finding in found])
    elif folder is None:
        typer.echo(
            t(
                "doctor",
                "No workspace was opened here yet; one is checked with: {playbook} doctor -w FOLDER",
                playbook=paths.COMMAND,
            )
        )
    if any(finding.state == "fault" for finding in found):
        raise typer.Exit(1)
