"""`report`: the project as a file to send."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from playbook import i18n
from playbook.cli.options import Folder, Lang, Output, app, opened
from playbook.errors import Failure, PlaybookError
from playbook.faults import reason
from playbook.i18n import t

if TYPE_CHECKING:
    from playbook.workspace import Workspace


@app.command(help="Write the report: one HTML or PDF file, by the ending of its name.")
def report(workspace: Folder, output: Output, lang: Lang = "") -> None:
    """Write the report; the file's ending chooses the format."""
    from playbook import report as reports

    firm = opened(workspace, lang)
    try:
        made = reports.write(firm, output.suffix.lower().removeprefix("."), i18n.language())
    except Failure as error:
        raise _kept(firm, output, error) from None
    _write(output, made)
    typer.echo(t("cli", "The report is ready: {path}", path=output))


def _kept(firm: Workspace, output: Path, error: Failure) -> Failure:
    """The same failure with the report kept as HTML beside, under a name that is free."""
    from playbook import report as reports

    names = (output.with_name(f"{output.stem}{'' if number == 1 else f'-{number}'}.html") for number in count(1))
    page = next(name for name in names if not name.exists())
    _write(page, reports.html(firm, i18n.language()).encode())
    kept = t("cli", "the report is kept as HTML: {path}", path=page)
    return Failure(error.what, saw=error.saw, hint=f"{error.hint}; {kept}")


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise PlaybookError(
            t("cli", "The file could not be written."),
            saw=f"{error.filename or file}: {reason(error)}",
            hint=t("cli", "choose another folder"),
        ) from None
