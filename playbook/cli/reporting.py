"""`report`: the project as a file to send."""

from __future__ import annotations

import typer

from playbook import i18n
from playbook.cli.options import Folder, Lang, Output, app, opened
from playbook.errors import PlaybookError
from playbook.faults import reason
from playbook.i18n import t


@app.command(help="Write the report as one HTML file.")
def report(workspace: Folder, output: Output, lang: Lang = "") -> None:
    """Write the report; the file's ending chooses the format."""
    from playbook import report as reports

    opened_ = opened(workspace, lang)
    if output.suffix.lower() not in (".html", ".htm"):
        raise PlaybookError(
            t("cli", "The report is written as HTML."),
            saw=output.name,
            hint=t("cli", "give a name that ends in .html; print it to PDF from the browser"),
            field="output",
        )
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(reports.html(opened_, i18n.language()), encoding="utf-8")
    except OSError as error:
        raise PlaybookError(
            t("cli", "The file could not be written."), saw=reason(error), hint=t("cli", "choose another folder")
        ) from None
    typer.echo(t("cli", "The report is ready: {path}", path=output))
