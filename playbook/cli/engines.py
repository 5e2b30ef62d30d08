"""`engine`: which engine answers the questions of the data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from playbook.cli.help import Commands
from playbook.cli.options import AsJson, Folder, Lang, app, opened, speak
from playbook.cli.speech import print_json
from playbook.errors import PlaybookError
from playbook.i18n import t

engine = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    invoke_without_command=True,
    help="Which engine answers the questions of the data: show it, or choose another.",
)
app.add_typer(engine, name="engine")
Here = Annotated[Path | None, typer.Option("-w", "--workspace", metavar="FOLDER", help="The workspace's folder.")]


@engine.callback()
def show(ctx: typer.Context, workspace: Here = None, as_json: AsJson = False, lang: Lang = "") -> None:
    """Show the engine and whether it answers; without a workspace, the help page."""
    if ctx.invoked_subcommand:
        return
    if workspace is None:
        speak(lang)
        typer.echo(ctx.get_help())
        return
    from playbook.data import engines

    found = opened(workspace, lang)
    address, named = engines.chosen(found), engines.named(found)
    try:
        said = engines.engine_at(address).version()
    except PlaybookError as error:
        if not as_json:
            typer.echo(t("engines", "Engine: {engine}", engine=address))
            raise
        print_json({"engine": address, "answers": False, **error.to_json()})
        return
    if as_json:
        print_json({"engine": address, "answers": True, "version": said, "named": named})
        return
    typer.echo(t("engines", "Engine: {engine} ({version} answers)", engine=address, version=said))
    if named != address:
        typer.echo(engines.unasked(named))


@engine.command(help="Let another engine answer; it is tried first. Addresses: duckdb, spark://..., clickhouse://...")
def use(
    address: Annotated[str, typer.Argument(metavar="URL", help="The engine's address.")],
    workspace: Folder,
    lang: Lang = "",
) -> None:
    """Choose the engine; one that does not answer changes nothing."""
    from playbook.data import engines

    chosen = opened(workspace, lang)
    said = engines.use(chosen, address)
    typer.echo(t("engines", "Engine: {engine} ({version} answers)", engine=engines.chosen(chosen), version=said))
    if engines.chosen(chosen) != engines.DEFAULT:
        typer.echo(
            t(
                "engines",
                "It reads the tables made of your imported files: persons are hashes in them, amounts are not.",
            )
        )
