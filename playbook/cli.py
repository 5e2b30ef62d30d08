"""The commands: words in, words out. No arithmetic and no SQL here."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from playbook import i18n
from playbook.errors import Failure, PlaybookError
from playbook.i18n import t

if TYPE_CHECKING:
    from playbook.workspace import Workspace

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Choose and build your marketing system. Without a command the playbook opens in the browser.",
)

Lang = Annotated[str, typer.Option("--lang", help="Language: en or ru.")]
Folder = Annotated[Path, typer.Option("-w", "--workspace", help="The workspace's folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback(invoke_without_command=True)
def bare(context: typer.Context, lang: Lang = "") -> None:
    """Open the playbook when no command is named; a language said before the command is the command's."""
    if context.invoked_subcommand is None:
        open_(None, lang=lang)
    elif lang:
        context.default_map = {context.invoked_subcommand: {"lang": lang}}


@app.command("open", help="Serve the playbook on this machine and open the browser.")
def open_(
    workspace: Annotated[Path | None, typer.Argument(help="The workspace's folder; else the last one.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="The port to listen on.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    lang: Lang = "",
) -> None:
    """Serve the playbook until it is stopped."""
    from playbook.app import serve

    _speak(lang)
    serve(_open(workspace, lang) if workspace else None, port=port, open_browser=not no_browser, language=lang or None)


@app.command(help="Make a workspace, empty or filled from a sample firm.")
def new(
    workspace: Annotated[Path, typer.Argument(help="The folder to make.")],
    sample: Annotated[str, typer.Option("--sample", help="local, ecommerce, saas or b2b.")] = "",
    lang: Lang = "",
) -> None:
    """Make a workspace."""
    from playbook import samples
    from playbook.workspace import Workspace

    language = _speak(lang)
    made = samples.create(workspace, sample, language) if sample else Workspace.create(workspace, language=language)
    typer.echo(t("cli", "The workspace is ready: {path}", path=made.path))


@app.command(help="Answer a question given as a JSON object.")
def solve(
    name: Annotated[str, typer.Argument(help="The question's name.")] = "",
    source: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A JSON file, or - for standard input.")] = "-",
    listing: Annotated[bool, typer.Option("--list", help="Name the questions.")] = False,
    schema: Annotated[str, typer.Option("--schema", metavar="NAME", help="Print a question's JSON schema.")] = "",
    lang: Lang = "",
) -> None:
    """Print the answer as a JSON object; a fault goes to stderr as a JSON object too."""
    from playbook import questions

    _speak(lang)
    if listing:
        typer.echo("\n".join(questions.NAMES))
    elif schema:
        _print(questions.find(schema).model_json_schema())
    else:
        question = questions.find(name)
        _print(question.read(_object(source)).solve().to_json())


@app.command("import", help="Import exports of advertising systems, shops and CRMs.")
def import_(
    files: Annotated[list[Path], typer.Argument(help="The files.")],
    workspace: Folder,
    source: Annotated[str, typer.Option("--source", help="The system the file comes from.")] = "",
    settings: Annotated[list[str], typer.Option("--set", metavar="KEY=VALUE", help="Answer an open question.")] = [],  # noqa: B006 - typer reads it
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be done, write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Take what is certain without asking.")] = False,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Import each file; a refused one does not keep the others back."""
    from playbook.data.commands import import_files

    opened = _open(workspace, lang)
    chosen = dict(_pair(item) for item in settings)
    results = import_files(
        opened, files, source=source or None, settings=chosen, dry_run=dry_run, ask=None if yes else _ask
    )
    if as_json:
        taken = [result.to_json() for result in results if result.error is None]
        if taken:
            _print(taken)
    for result in results:
        if result.error is not None:
            _tell(result.error, as_json=as_json)
        elif not as_json:
            typer.echo("\n".join(result.lines()))
    failed = [result.error.exit_code for result in results if result.error is not None]
    if failed:
        raise typer.Exit(max(failed))


@app.command(help="List the imports of a workspace.")
def imports(workspace: Folder, as_json: AsJson = False, lang: Lang = "") -> None:
    """List batches, the newest last."""
    from playbook.data.commands import list_imports

    lines = list_imports(_open(workspace, lang))
    if as_json:
        _print([line.to_json() for line in lines])
    else:
        typer.echo("\n".join(line.text() for line in lines) or t("cli", "Nothing has been imported yet."))


@app.command(help="Switch one import off exactly.")
def undo(
    batch: Annotated[int, typer.Argument(help="The import's number.")], workspace: Folder, lang: Lang = ""
) -> None:
    """Undo one import."""
    from playbook import data

    data.undo(_open(workspace, lang), batch)
    typer.echo(t("cli", "Import {batch} is switched off.", batch=batch))


@app.command(help="Write the report as one HTML file.")
def report(
    workspace: Folder,
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")],
    lang: Lang = "",
) -> None:
    """Write the report; the file's ending chooses the format."""
    from playbook import report as reports

    opened = _open(workspace, lang)
    if output.suffix.lower() not in (".html", ".htm"):
        raise PlaybookError(
            t("cli", "The report is written as HTML."),
            saw=output.name,
            hint=t("cli", "give a name that ends in .html; print it to PDF from the browser"),
            field="output",
        )
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(reports.html(opened, i18n.language()), encoding="utf-8")
    except OSError as error:
        raise PlaybookError(
            t("cli", "The file could not be written."), saw=str(error), hint=t("cli", "choose another folder")
        ) from None
    typer.echo(t("cli", "The report is ready: {path}", path=output))


def main() -> NoReturn:
    """Run a command; whatever goes wrong ends in words of the reader's language and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    _speak(_asked_language(sys.argv[1:]))
    as_json = _speaks_json(sys.argv[1:])
    command = _translated(typer.main.get_command(app))
    try:
        sys.exit(command.main(prog_name="playbook", standalone_mode=False) or 0)
    except typer.Exit as error:
        sys.exit(error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except PlaybookError as error:
        _tell(error, as_json=as_json)
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001 - no traceback ever reaches a reader
        if hasattr(error, "format_message"):  # the parser's own faults, of a class that typer keeps to itself
            _tell(_misunderstood(error.format_message()), as_json=as_json)
            sys.exit(2)
        saw = f"{type(error).__name__}: {error}"
        fault = Failure(
            t("cli", "Something failed that should not."), saw=saw, hint=t("cli", "nothing saved is lost; try again")
        )
        _tell(fault, as_json=as_json)
        sys.exit(1)


def _misunderstood(saw: str) -> PlaybookError:
    return PlaybookError(t("cli", "The command was not understood."), saw=saw, hint=t("cli", "see: playbook --help"))


def _speak(lang: str) -> str:
    """Choose the language of the command: as asked, else of the machine."""
    if lang and lang not in i18n.LANGUAGES:
        i18n.use(i18n.from_environment())
        raise PlaybookError(t("cli", "There is no such language."), saw=lang, hint=t("cli", "en or ru"), field="lang")
    i18n.use(lang or i18n.from_environment())
    return i18n.language()


def _open(folder: Path, lang: str) -> Workspace:
    from playbook.workspace import Workspace

    _speak(lang)
    workspace = Workspace.open(folder)
    i18n.use(lang or str(workspace.setting("language", "en")), str(workspace.setting("currency", "USD")))
    return workspace


def _asked_language(arguments: list[str]) -> str:
    """The value of `--lang`, known before the command line is parsed so that its own errors are in that language."""
    for place, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=") if word.removeprefix("--lang=") in i18n.LANGUAGES else ""
        if word == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1] if arguments[place + 1] in i18n.LANGUAGES else ""
    return ""


def _speaks_json(arguments: list[str]) -> bool:
    """Whether faults are told as JSON objects: under `--json`, and in `solve`."""
    commands = (word for before, word in pairwise(["", *arguments]) if word[:1] != "-" and before != "--lang")
    return "--json" in arguments or next(commands, "") == "solve"


def _translated(command: Any) -> Any:
    """The same command with its help in the reader's language."""
    command.help = t("cli", command.help) if command.help else command.help
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = t("cli", parameter.help)
    for child in getattr(command, "commands", {}).values():
        _translated(child)
    return command


def _object(source: str) -> dict[str, Any]:
    """The JSON object of a file or of standard input."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PlaybookError(
            t("cli", "The file could not be read."), saw=str(error), hint=t("cli", "give a JSON file in UTF-8")
        ) from None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PlaybookError(
            t("cli", "This is not JSON."), saw=str(error), hint=t("cli", 'write an object such as {"price": 100}')
        ) from None
    if not isinstance(data, dict):
        raise PlaybookError(
            t("cli", "A JSON object is needed."), saw=text[:60], hint=t("cli", "put the fields in braces")
        )
    return data


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


def _print(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def _tell(error: PlaybookError, *, as_json: bool) -> None:
    """Say what went wrong on stderr: what, saw, hint."""
    if as_json:
        typer.echo(json.dumps(error.to_json(), ensure_ascii=False), err=True)
        return
    lines = [t("cli", "Error: {what}", what=error.what)]
    if error.saw:
        lines.append("  " + t("cli", "saw:  {saw}", saw=error.saw))
    if error.hint:
        lines.append("  " + t("cli", "hint: {hint}", hint=error.hint))
    typer.echo("\n".join(lines), err=True)
