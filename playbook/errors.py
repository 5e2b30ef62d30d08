"""What went wrong, said so that a reader can mend it: what, what we saw, what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from playbook.i18n import t


@dataclass(frozen=True)
class Problem:
    """One fault of one field, in the reader's language."""

    field: str
    what: str
    saw: str = ""
    hint: str = ""


class PlaybookError(Exception):
    """A fault with its remedy. `exit_code` is 2 for the user's input and 1 for anything outside it."""

    exit_code = 2

    def __init__(self, what: str, *, saw: str = "", hint: str = "", field: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.saw = saw
        self.hint = hint
        self.field = field

    def to_json(self) -> dict[str, object]:
        """The object that commands print under `--json`."""
        return {"error": self.what, "field": self.field, "saw": self.saw, "hint": self.hint}

    def lines(self) -> list[str]:
        """What, saw and hint in words, a line each, as the command line prints them."""
        return _lines(self.what, self.saw, self.hint)

    def _render_traceback_(self) -> list[str]:
        """What IPython, and so a cell of Jupyter, shows in place of a traceback."""
        return self.lines()


class InvalidInput(PlaybookError):
    """Fields of a question that cannot be used; `problems` holds all of them, the first one speaks."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__(first.what, saw=first.saw, hint=first.hint, field=first.field)
        self.problems = problems

    def to_json(self) -> dict[str, object]:
        """The first problem at the top, every problem below it."""
        return {**super().to_json(), "problems": [asdict(problem) for problem in self.problems]}

    def _render_traceback_(self) -> list[str]:
        """Every problem, where the command line tells the first."""
        return [line for each in self.problems for line in _lines(each.what, each.saw, each.hint)]


class NotATable(PlaybookError):
    """A file, or a part of one, that holds no table we know."""


class LacksColumns(PlaybookError):
    """A table of a system we know, without a column that its data cannot do without; `remedy` is what to do there."""

    def __init__(self, what: str, *, saw: str, hint: str, remedy: str) -> None:
        super().__init__(what, saw=saw, hint=hint)
        self.remedy = remedy


class LikelyLacks(LacksColumns, NotATable):
    """The same of a table that is only likely one of that system."""


class EmptyTable(NotATable):
    """A table that has a header and no rows, or no columns of a list: nothing can be asked about it."""


class Failure(PlaybookError):
    """A failure for a reason outside the user's input."""

    exit_code = 1


class WorkspaceError(PlaybookError):
    """A workspace that cannot be used as asked."""


class WorkspaceMissing(WorkspaceError):
    """There is no workspace at the path."""


class WorkspaceExists(WorkspaceError):
    """Something already stands where a new workspace should go."""


class WorkspaceDamaged(WorkspaceError):
    """The file is not a readable workspace; it was not written to."""


class WorkspaceNewer(WorkspaceError):
    """The file was made by a newer version; it was not written to."""


class WorkspaceLocked(WorkspaceError):
    """Another program holds the file."""

    exit_code = 1


class WorkspaceReadOnly(WorkspaceError):
    """The file may be read and not written."""


def _lines(what: str, saw: str, hint: str) -> list[str]:
    told = [("  " + t("errors", "saw:  {saw}", saw=saw))] if saw else []
    told += [("  " + t("errors", "hint: {hint}", hint=hint))] if hint else []
    return [t("errors", "Error: {what}", what=what), *told]
