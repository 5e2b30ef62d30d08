"""`solve`: a question as a JSON object in, the answer as a JSON object out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from playbook.cli.options import Lang, app, speak
from playbook.cli.speech import print_json
from playbook.errors import PlaybookError
from playbook.faults import reason, seen
from playbook.i18n import t


@app.command(help="Answer a question given as a JSON object.")
def solve(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The question's name.")] = "",
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="A JSON file, or - for standard input.")] = "-",
    listing: Annotated[bool, typer.Option("--list", help="Name the questions.")] = False,
    schema: Annotated[str, typer.Option("--schema", metavar="NAME", help="Print a question's JSON schema.")] = "",
    lang: Lang = "",
) -> None:
    """Print the answer as a JSON object; a fault goes to stderr as a JSON object too."""
    from playbook import questions

    speak(lang)
    if listing:
        typer.echo("\n".join(questions.NAMES))
    elif schema:
        print_json(questions.find(schema).model_json_schema())
    else:
        question = questions.find(name)
        print_json(question.read(_object(source)).solve().to_json())


def _object(source: str) -> dict[str, Any]:
    """The JSON object of a file or of standard input."""
    text = _text(source)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        saw = t("cli", "line {line}, sign {sign}: {words}", line=error.lineno, sign=error.colno, words=_at(error))
        raise _no_json(saw) from None
    except (ValueError, RecursionError):
        raise _no_json(seen(text)) from None
    if not isinstance(data, dict):
        raise PlaybookError(
            t("cli", "A JSON object is needed."), saw=seen(text), hint=t("cli", "put the fields in braces")
        )
    return data


def _text(source: str) -> str:
    try:
        return sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PlaybookError(
            t("cli", "The file could not be read."),
            saw=f"{source}: {reason(error)}",
            hint=t("cli", "give a JSON file in UTF-8"),
        ) from None


def _at(error: json.JSONDecodeError) -> str:
    """The words at the place where JSON ends to be JSON."""
    return seen(error.doc[error.pos :].partition("\n")[0]) or t("cli", "nothing")


def _no_json(saw: str) -> PlaybookError:
    return PlaybookError(
        t("cli", "This is not JSON."), saw=saw, hint=t("cli", 'write an object such as {"price": 100}')
    )
