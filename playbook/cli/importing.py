"""`import`, `imports` and `undo`: exports in, and one of them out again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from playbook.cli.options import AsJson, Folder, Lang, app, opened
from playbook.cli.speech import print_json, tell
from playbook.errors import PlaybookError
from playbook.i18n import t


@app.command("import", help="Import exports of advertising systems, shops and CRMs.")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The files; - reads a pasted table.")],
    workspace: Folder,
    source: Annotated[str, typer.Option("--source", metavar="NAME", help="The system the file comes from.")] = "",
    settings: Annotated[list[str], typer.Option("--set", metavar="KEY=VALUE", help="Answer an open question.")] = [],  # noqa: B006 - typer reads it
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be done, write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Take what is certain without asking.")] = False,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Import each file; a refused one does not keep the others back."""
    from playbook.data.commands import import_files

    into = opened(workspace, lang)
    chosen = dict(_pair(item) for item in settings)
    results = import_files(
        into, files, source=source or None, settings=chosen, dry_run=dry_run, ask=None if yes else _ask
    )
    if as_json:
        taken = [result.to_json() for result in results if result.error is None]
        if taken:
            print_json(taken)
    for result in results:
        if result.error is not None:
            tell(result.error, as_json=as_json)
        elif not as_json:
            typer.echo("\n".join([*result.lines(), *result.waits()]))
    failed = [result.error.exit_code for result in results if result.error is not None]
    if failed:
        raise typer.Exit(max(failed))


@app.command(help="List the imports of a workspace.")
def imports(workspace: Folder, as_json: AsJson = False, lang: Lang = "") -> None:
    """List batches, the newest last."""
    from playbook.data.commands import list_imports

    lines = list_imports(opened(workspace, lang))
    if as_json:
        print_json([line.to_json() for line in lines])
    else:
        typer.echo("\n".join(line.text() for line in lines) or t("cli", "Nothing has been imported yet."))


@app.command(help="Switch one import off exactly.")
def undo(
    batch: Annotated[int, typer.Argument(metavar="NUMBER", help="The import's number.")],
    workspace: Folder,
    lang: Lang = "",
) -> None:
    """Undo one import."""
    from playbook import data

    data.undo(opened(workspace, lang), batch)
    typer.echo(t("cli", "Import {batch} is switched off.", batch=batch))


def _pair(item: str) -> tuple[str, str]:
    key, mark, value = item.partition("=")
    if not mark:
        raise PlaybookError(
            t("cli", "'--set' takes KEY=VALUE."), saw=item, hint=t("cli", "for example --set vat=included"), field="set"
        )
    return key.strip(), value.strip()


def _ask(question: str, choices: list[str]) -> str:
    """Ask a person at the terminal; without one the question stays open."""
    if not sys.stdin.isatty():
        return ""
    return str(typer.prompt(f"{question} [{'/'.join(choices)}]", default="", show_default=False))
