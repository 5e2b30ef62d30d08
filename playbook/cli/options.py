"""The command line itself: what every command shares, and the language that it speaks."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from playbook import i18n
from playbook.cli.help import Commands
from playbook.errors import PlaybookError
from playbook.i18n import t

if TYPE_CHECKING:
    from playbook.workspace import Workspace

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Choose and build your marketing system. Without a command the playbook opens in the browser.",
)

Lang = Annotated[str, typer.Option("--lang", metavar="en|ru", help="Language: en or ru.")]
Folder = Annotated[Path, typer.Option("-w", "--workspace", metavar="FOLDER", help="The workspace's folder.")]
Output = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def speak(lang: str) -> str:
    """Choose the language of the command: as asked, else of the machine."""
    if lang and lang not in i18n.LANGUAGES:
        i18n.use(i18n.from_environment())
        raise PlaybookError(t("cli", "There is no such language."), saw=lang, hint=t("cli", "en or ru"), field="lang")
    i18n.use(lang or i18n.from_environment())
    return i18n.language()


def opened(folder: Path, lang: str) -> Workspace:
    """The workspace, with the command speaking its language unless another is asked for."""
    from playbook.workspace import Workspace

    speak(lang)
    workspace = Workspace.open(folder)
    i18n.use(lang or str(workspace.setting("language", "en")), str(workspace.setting("currency", "USD")))
    return workspace


def asked_language(arguments: list[str]) -> str:
    """The value of `--lang`, known before the command line is parsed so that its own errors are in that language."""
    for place, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=") if word.removeprefix("--lang=") in i18n.LANGUAGES else ""
        if word == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1] if arguments[place + 1] in i18n.LANGUAGES else ""
    return ""


def speaks_json(arguments: list[str]) -> bool:
    """Whether faults are told as JSON objects: under `--json`, and in `solve`."""
    commands = (word for before, word in pairwise(["", *arguments]) if word[:1] != "-" and before != "--lang")
    return "--json" in arguments or next(commands, "") == "solve"
