"""The parser's words in the reader's language: the help pages, and what it could not understand."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperGroup

from playbook import paths
from playbook.errors import PlaybookError
from playbook.i18n import t

ORDER = (
    "open", "new", "solve", "import", "imports", "undo", "metrics", "ten", "rows", "report", "document", "plan", "pack",
    "unpack", "engine", "workshop", "lab", "doctor",
)  # fmt: skip
"""The commands as the help page lists them: in the order in which a person meets them."""
WIDEST = 100
FIRST_COLUMN = 30


class Commands(TyperGroup):
    """The commands; a word that is none of them is told with the nearest ones."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command named by the first word.

        Raises:
            PlaybookError: there is no such command.
        """
        if self.get_command(ctx, args[0]) is None:
            raise PlaybookError(
                t("cli", "There is no command {name}.", name=args[0]),
                saw=args[0],
                hint=_instead(get_close_matches(args[0], self.commands), paths.COMMAND),
            )
        return super().resolve_command(ctx, args)


class Page(typer.Context):
    """A command's surroundings; asked for help, it answers in the reader's language."""

    def get_help(self) -> str:
        """The command's help page."""
        return "\n".join(_page(self.command, self.command_path))


def translated(command: Any) -> Any:
    """The same command with its help in the reader's language."""
    command.context_class = Page
    command.help = t("cli", command.help) if command.help else command.help
    for parameter in command.params:
        for name in ("help", "metavar"):
            if getattr(parameter, name, None):
                setattr(parameter, name, t("cli", getattr(parameter, name)))
    for child in getattr(command, "commands", {}).values():
        translated(child)
    return command


def misunderstood(error: Any) -> PlaybookError | None:
    """What the parser could not understand; None for any other fault.

    Its classes are known by their names, because typer keeps them to itself.
    """
    if not hasattr(error, "format_message"):
        return None
    context = getattr(error, "ctx", None)
    command = context.command_path if context else paths.COMMAND
    tell = {
        "NoSuchOption": _no_such_option,
        "MissingParameter": _missing,
        "BadOptionUsage": _bad_option,
        "BadParameter": _bad_value,
    }.get(type(error).__name__, _other)
    return tell(error, command)


def _no_such_option(error: Any, command: str) -> PlaybookError:
    name = error.option_name
    hint = _instead(error.possibilities or [], command)
    return PlaybookError(t("cli", "There is no option {name}.", name=name), saw=name, hint=hint)


def _missing(error: Any, command: str) -> PlaybookError:
    return PlaybookError(
        t("cli", "{name} is missing.", name=_named(error.param).rstrip(".")), saw=command, hint=_see(command)
    )


def _bad_option(error: Any, command: str) -> PlaybookError:
    name = error.option_name
    if "requires" in error.message:
        return PlaybookError(t("cli", "A value is missing after {name}.", name=name), saw=name, hint=_see(command))
    return PlaybookError(t("cli", "{name} takes no value.", name=name), saw=name, hint=_see(command))


def _bad_value(error: Any, command: str) -> PlaybookError:
    """A value that is no number: the only kind of value that is checked before a command runs."""
    faults = error.__cause__.errors() if hasattr(error.__cause__, "errors") else []
    if not faults or not faults[0]["type"].startswith("int"):
        return _other(error, command)
    what = t("cli", "{name}: a whole number is needed.", name=_named(error.param))
    return PlaybookError(what, saw=str(faults[0]["input"]), hint=_see(command))


def _other(error: Any, command: str) -> PlaybookError:
    said = error.format_message()
    extra = re.match(r"Got unexpected extra argument\S* \((.*)\)", said, re.DOTALL)
    what = t("cli", "There is a word too many.") if extra else t("cli", "The command was not understood.")
    return PlaybookError(what, saw=extra[1] if extra else said, hint=_see(command))


def _named(parameter: Any) -> str:
    """A parameter as it is written: `--port`, `FOLDER`."""
    return str(parameter.opts[-1] if parameter.param_type_name == "option" else parameter.metavar or parameter.name)


def _instead(names: list[str], command: str) -> str:
    if not names:
        return _see(command)
    return t("cli", "perhaps {names}; the whole list: {command} --help", names=", ".join(names), command=command)


def _see(command: str) -> str:
    return t("cli", "see: {command} --help", command=command)


def _page(command: Any, name: str) -> Iterator[str]:
    children = getattr(command, "commands", {})
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    words = [name, t("cli", "[OPTIONS]"), *map(_place, arguments), *([t("cli", "COMMAND")] if children else [])]
    yield t("cli", "Usage: {words}", words=" ".join(words))
    yield from ("", *_wrapped(command.help, "  "))
    yield from _table(t("cli", "What to give"), [(_named(one), _about(one)) for one in arguments])
    helped = ("--help", t("cli", "Show this page."))
    yield from _table(t("cli", "Options"), [*((_written(one), _about(one)) for one in options), helped])
    listed = sorted(children, key=lambda child: (*ORDER, child).index(child))
    yield from _table(t("cli", "Commands"), [(child, children[child].help) for child in listed])


def _place(argument: Any) -> str:
    return _named(argument) if argument.required else f"[{_named(argument)}]"


def _written(option: Any) -> str:
    return " ".join(filter(None, [", ".join(option.opts), "" if option.is_flag else option.metavar]))


def _about(parameter: Any) -> str:
    return f"{parameter.help} ({t('cli', 'required')})" if parameter.required else str(parameter.help)


def _table(title: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    """Two columns; a first cell that is too wide has a line of its own."""
    if not rows:
        return
    yield from ("", f"{title}:")
    width = min(max(len(first) for first, _ in rows), FIRST_COLUMN) + 4
    for first, second in rows:
        lines = _wrapped(second, " " * width)
        start = f"  {first}"
        if len(start) < width - 1:
            lines[0] = start.ljust(width) + lines[0].lstrip()
        else:
            yield start
        yield from lines


def _wrapped(text: str, indent: str) -> list[str]:
    width = min(shutil.get_terminal_size().columns, WIDEST)
    return textwrap.wrap(text, max(width, len(indent) + 30), initial_indent=indent, subsequent_indent=indent)
