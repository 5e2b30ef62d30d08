"""`new`, `pack` and `unpack`: workspaces as folders and as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from playbook import paths
from playbook.cli.options import Lang, Output, app, opened, speak
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
    _ready(made.path)


@app.command(help="Pack a workspace into one file, to hand on or to keep.")
def pack(
    workspace: Annotated[Path, typer.Argument(metavar="FOLDER", help="The workspace's folder.")],
    output: Output,
    without_originals: Annotated[
        bool, typer.Option("--without-originals", help="Leave the imported files out; their figures go along.")
    ] = False,
    lang: Lang = "",
) -> None:
    """Pack a workspace, and say whose data goes with it."""
    from playbook import packs

    packs.pack(opened(workspace, lang), output, originals=not without_originals)
    typer.echo(t("cli", "The workspace is packed: {path}", path=output))
    if without_originals:
        said = t("cli", "Customers are in it as hashes only. Files imported there later will not recognise them.")
    else:
        said = t("cli", "The imported files are in it as they came, with any names, phones and e-mails.")
    typer.echo(said)


@app.command(help="Make a workspace of a packed one.")
def unpack(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The packed workspace.")],
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="The folder to make; else the name that was packed.")
    ] = None,
    lang: Lang = "",
) -> None:
    """Unpack a workspace into a new folder."""
    from playbook import packs

    speak(lang)
    _ready(opened(packs.unpack(file, folder).path, lang).path)


def _ready(path: Path) -> None:
    typer.echo(t("cli", "The workspace is ready: {path}", path=path))
    typer.echo(t("cli", "Open it with: {playbook} open {path}", playbook=paths.COMMAND, path=path))
