"""`open`, which is also what the bare command does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from playbook.cli.options import Lang, app, opened, speak

Folder = Annotated[Path | None, typer.Argument(metavar="FOLDER", help="The workspace's folder; else the last one.")]
Port = Annotated[int | None, typer.Option("--port", metavar="NUMBER", help="The port to listen on.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Only print the address.")]


@app.callback(invoke_without_command=True)
def bare(context: typer.Context, port: Port = None, no_browser: NoBrowser = False, lang: Lang = "") -> None:
    """Open the playbook when no command is named; what is said before a command is the command's."""
    if context.invoked_subcommand is None:
        open_(None, port, no_browser, lang)
    else:
        said = {"port": port, "no_browser": no_browser, "lang": lang}
        context.default_map = {context.invoked_subcommand: {name: value for name, value in said.items() if value}}


@app.command("open", help="Serve the playbook on this machine and open the browser.")
def open_(
    workspace: Folder = None,
    port: Port = None,
    no_browser: NoBrowser = False,
    lang: Lang = "",
) -> None:
    """Serve the playbook until it is stopped."""
    from playbook.app import serve

    speak(lang)
    serve(opened(workspace, lang) if workspace else None, port=port, open_browser=not no_browser, language=lang or None)
