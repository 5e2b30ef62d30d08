"""`report`, `plan` and `document`: the project, its thirty days or one of its documents, as a file to send."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from playbook import i18n
from playbook.cli.options import Folder, Lang, Output, app, opened, speak
from playbook.errors import Failure, PlaybookError
from playbook.faults import reason
from playbook.i18n import t

Name = Annotated[str, typer.Argument(metavar="NAME", help="The document's name.")]
Source = Annotated[
    Path | None, typer.Option("-w", "--workspace", metavar="FOLDER", help="The workspace it is read from.")
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without", metavar="PART", help="A part to leave out; an unknown name is answered with all of them."
    ),
]
Discreet = Annotated[
    bool,
    typer.Option("--discreet", help="Leave private parts out: typed inputs, imported files, people's names."),
]
Blank = Annotated[bool, typer.Option("--blank", help="The empty sheet, without anyone's answers.")]


@app.command(help="Write the report: HTML, PDF, XLSX or Markdown, by the ending of its name.")
def report(
    workspace: Folder, output: Output, without: Without = None, discreet: Discreet = False, lang: Lang = ""
) -> None:
    """Write the report; the file's ending chooses the format."""
    from playbook import report as reports
    from playbook.report import selection

    firm = opened(workspace, lang)
    names = [name.strip() for one in without or () for name in one.split(",") if name.strip()]
    chosen = selection.without(names, discreet=discreet)
    try:
        made = reports.write(firm, output.suffix.lower().removeprefix("."), i18n.language(), chosen)
    except Failure as error:
        raise _kept(output, error, reports.html(firm, i18n.language(), chosen)) from None
    _write(output, made)
    typer.echo(t("cli", "The report is ready: {path}", path=output))


@app.command(help="Write one of the documents, filled in or as an empty sheet to print: HTML, PDF, XLSX or Markdown.")
def document(name: Name, output: Output, workspace: Source = None, blank: Blank = False, lang: Lang = "") -> None:
    """Write a document; the file's ending chooses the format."""
    from playbook.report import sheets

    firm = opened(workspace, lang) if workspace else None
    if firm is None:
        speak(lang)
    if name not in sheets.ALL:
        hint = t("cli", "the documents are: {names}", names=", ".join(sheets.ALL))
        raise PlaybookError(t("cli", "There is no such document."), saw=name, hint=hint, field="name")
    if firm is None and not blank:
        hint = t("cli", "name the workspace with -w, or ask for the empty sheet with --blank")
        raise PlaybookError(t("cli", "A filled document is read from a workspace."), hint=hint, field="workspace")
    ending = output.suffix.lower().removeprefix(".")
    _write(output, sheets.taken(firm, name, ending) if firm and not blank else sheets.write(sheets.blank(name), ending))
    typer.echo(t("cli", "The document is ready: {path}", path=output))


@app.command(help="Write the 30-day plan: a calendar, a workbook, a page or plain text, by the ending of its name.")
def plan(workspace: Folder, output: Output, lang: Lang = "") -> None:
    """Write the plan; the file's ending chooses the format."""
    from playbook.report import plans

    sheet = plans.of(opened(workspace, lang))
    _write(output, plans.write(sheet, output.suffix.lower().removeprefix(".")))
    typer.echo(t("cli", "The plan is ready: {path}", path=output))
    verdict = sheet.plan.face().verdict
    if verdict.kind != "yes":
        typer.echo(" ".join((f"{verdict.word}.", verdict.say, verdict.because)))
    for warning in sheet.plan.asked.advice():
        typer.echo(warning)


def _kept(output: Path, error: Failure, made: str) -> Failure:
    """The same failure with the report kept as HTML beside, under a name that is free."""
    names = (output.with_name(f"{output.stem}{'' if number == 1 else f'-{number}'}.html") for number in count(1))
    page = next(name for name in names if not name.exists())
    _write(page, made.encode())
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
