"""`new`: workspaces as folders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from playbook.cli.options import Lang, app, speak
from playbook.i18n import t


@app.command(help="Make a workspace, empty or filled from a sample firm.")
def new(
    workspace: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make.")],
    sample: Annotated[str, typer.Option("--sample", metavar="NAME", help="local, ecommerce, saas or b2b.")] = "",
    lang: Lang = "",
) -> None:
    """Make a workspace."""
    from playbook import samples
    from playbook.workspace import Workspace

    language = speak(lang)
    made = samples.create(workspace, sample, language) if sample else Workspace.create(workspace, language=language)
    typer.echo(t("cli", "The workspace is ready: {path}", path=made.path))
