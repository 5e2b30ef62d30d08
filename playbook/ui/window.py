"""One open window of a step's page, without marimo: what it has seen, and what is typed and pressed there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from zlib import crc32

from playbook import addresses, calendars, i18n, presets
from playbook.display import sentence
from playbook.errors import WorkspaceError
from playbook.given import written
from playbook.i18n import t
from playbook.steps import STEPS
from playbook.ui import fields, form, trying
from playbook.ui.form import Field, FieldSet
from playbook.walk import Walk
from playbook.workspace import Change, Saved, Workspace

P = ParamSpec("P")
R = TypeVar("R")
Of = TypeVar("Of", bound="Window")


def in_language(method: Callable[Concatenate[Of, P], R]) -> Callable[Concatenate[Of, P], R]:
    """Run a page's method in the page's own language and currency, under its firm's address."""

    @wraps(method)
    def spoken(self: Of, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.speaking():
            return method(self, *args, **kwargs)

    return cast("Callable[Concatenate[Of, P], R]", spoken)


class Window:
    """One window of one person: the step, the language, and the revisions that it has seen.

    Its links lead to where the firm's pages lay when it was opened.
    """

    def __init__(self, workspace: Workspace, key: str, language: str, author: str = "") -> None:
        self.workspace = workspace
        self.key = key
        self.language = language
        self.currency = str(workspace.setting("currency", "USD"))
        self.author = author
        self.place = addresses.place()
        self.seen: dict[str, int] = {}
        self.told: dict[str, str] = {}
        self.kept: dict[str, int] = {}
        self.refused: WorkspaceError | None = workspace.refusal()
        self.trouble: WorkspaceError | None = None
        self.tried = trying.BACK
        self._latest: tuple[object, Walk] | None = None

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Speak the page's language and currency, and write links under its firm's address."""
        with i18n.speaking(self.language, self.currency), addresses.under(self.place):
            yield

    @in_language
    def sets(self) -> list[FieldSet]:
        """The form's sets as they stand; the window has now seen their revisions."""
        return [self._noted(group) for group in form.sets(self.walk(), self.key)]

    @in_language
    def save(self, field: Field, raw: str | None) -> Saved | None:
        """Save what was typed into one field, as a value or, when it is not one, as a draft.

        A workspace that takes no change says so beside the field and over the answer; the words stay in the field.
        """
        value, problem = fields.read(field.part, field.spec, raw)
        kept: Any = raw if problem else value
        base = self.seen.get(field.name)
        self.told.pop(field.name, None)
        saved = None
        with self._minding(field.name):
            saved = self.workspace.save(
                self.key, field.name, kept, draft=problem is not None, base=base, author=self.author
            )
            self.seen[field.name] = saved.revision
            self.kept[field.name] = crc32(fields.typed(field.spec, raw).encode())
            if problem is not None:
                self.told[field.name] = fields.said(problem)
            elif saved.conflict is not None:
                self.told[field.name] = self._conflict(field, saved.conflict)
        return saved

    def reshapes(self, field: Field, raw: str | None) -> bool:
        """Whether a field decides which others are asked, or, as a chosen metric, in what unit.

        The name of a metric of one's own is being typed and does not, until it is emptied.
        """
        step, path = STEPS[self.key], re.sub(r"/\d+/", "/", field.name)
        asking = any(field.name == other for other, _ in step.when.values()) or any(
            path == f"{listed.partition('/')[0]}/{other}" for listed, others in step.stages.items() for other in others
        )
        metric = field.name.startswith("chosen/") and field.name.endswith("/metric")
        return asking or (metric and (field.spec.kind == "choice" or not raw))

    @in_language
    def take_data(self, field: Field) -> None:
        """Give a field to the data: what they show is written down, and a typed number makes way for theirs.

        Where a number of an earlier step stands, theirs is written down, as there is nothing to make way.
        """
        given = field.given
        taken = given.fact.value if given is not None and given.kind == "taken" else None
        self._put(field, taken if field.proof is None else field.proof.evidence)

    @in_language
    def keep_typed(self, field: Field) -> None:
        """Give a field back to what was typed before newer data took its place."""
        if field.given is not None and field.given.mine is not None:
            self._put(field, field.given.mine)

    def _put(self, field: Field, value: Any) -> None:
        self.told.pop(field.name, None)
        self.kept.pop(field.name, None)
        with self._minding(field.name):
            self.workspace.save(self.key, field.name, value, author=self.author)

    @in_language
    def add_row(self, rows: str) -> None:
        """Add an empty row to a list."""
        with self._minding(rows):
            self.workspace.add_row(self.key, rows, presets.begun(self.key, rows, calendars.today()))

    @in_language
    def take_rows(self, rows: str) -> None:
        """Make the rows that were taken over the person's own, to be changed."""
        with self._minding(rows), self.workspace.together():
            for row in self.walk().value(self.key, rows) or ():
                self.workspace.add_row(self.key, rows, row)

    @in_language
    def give_rows(self, rows: str) -> None:
        """Give a list to the data: the rows of one's own make way, and one undo brings them back."""
        with self._minding(rows), self.workspace.together():
            for row in self.workspace.rows(self.key, rows):
                self.workspace.drop_row(self.key, rows, row)

    @in_language
    def drop_row(self, rows: str, row: str) -> None:
        """Take a row out of a list."""
        with self._minding(rows):
            self.workspace.drop_row(self.key, rows, row)

    @in_language
    def buttons(self, group: FieldSet) -> dict[str, Callable[[], None]]:
        """The buttons of a set by their words, and what each does."""
        found: dict[str, Callable[[], None]] = {}
        if group.adds:
            found[t("ui", "Add a row")] = partial(self.add_row, group.adds)
        if group.takes:
            found[t("ui", "Take the rows over to change them")] = partial(self.take_rows, group.takes)
        if group.gives:
            found[t("ui", "Take from your data")] = partial(self.give_rows, group.gives)
        if group.row:
            found[t("ui", "Delete")] = partial(self.drop_row, *group.row)
        return found

    @in_language
    def undo(self) -> None:
        """Take back the newest change of this step's form; the decision beside it has its own words and stays."""
        with self._minding("undo"):
            box = form.decision(self.walk(), self.key)
            self.workspace.undo(self.key, keep=[field.name for field in box.fields])
            self.told.clear()
            self.kept.clear()

    @in_language
    def actions(self) -> dict[str, str]:
        """What the playbook can fill in or try on this page, by name, with the button's words."""
        if self.key == trying.STEP:
            return trying.buttons(self.walk(), self.tried)
        return {
            "kpi": {"metrics": t("ui", "Take the metrics of my scenario")},
            "ideas": {"decide": t("ui", "Take the results into the week’s decisions")},
            "week": {"close": t("ui", "Close the week")},
            "thirty-days": {"carry": t("ui", "Plan the rest anew from today")},
        }.get(self.key, {})

    @in_language
    def act(self, name: str) -> None:
        """Do what a button of `actions` says."""
        if self.key == trying.STEP:  # nothing is saved
            self.tried = name
            return
        with self._minding(name):
            if name == "metrics":
                presets.add_scenario_metrics(self.workspace)
            elif name == "close":
                presets.close_week(self.workspace, calendars.today())
                presets.settle_ends(self.workspace)
            elif name == "decide":
                presets.decide_tests(self.workspace, calendars.today())
            elif name == "carry":
                self.workspace.save(self.key, "carry_from", calendars.today().isoformat(), author=self.author)

    @in_language
    def tick(self, task: str, ticked: bool) -> None:
        """Keep that a task of the plan is done, with the day, or that it is not."""
        with self._minding("done"):
            day = calendars.today().isoformat() if ticked else None
            self.workspace.save(self.key, f"done/{task}", day, author=self.author)

    @in_language
    def decision(self) -> FieldSet:
        """The decision box as it stands; the window has now seen its revisions."""
        return self._noted(form.decision(self.walk(), self.key))

    def walk(self) -> Walk:
        """A look at the workspace as it is now, one for all cells that a change runs."""
        now = (self.workspace.stamp(), self.language, self.currency, calendars.today(), int(time.time() // 60))
        if self._latest is None or self._latest[0] != now:
            self._latest = now, Walk(self.workspace)
        return self._latest[1]

    def _noted(self, group: FieldSet) -> FieldSet:
        self.seen |= {field.name: field.revision or 0 for field in group.fields}
        return group

    @contextmanager
    def _minding(self, name: str) -> Iterator[None]:
        """Turn a save that the workspace refuses into words beside the field and over the answer."""
        try:
            yield
            self.refused = self.trouble = None
        except WorkspaceError as error:
            self.trouble = error
            self.told[name] = f"{t('ui', 'Not saved. {what}', what=error.what)} {sentence(error.hint)}"

    def _conflict(self, field: Field, conflict: Change) -> str:
        other = written(conflict.value, field.spec) if conflict.kind == "value" else str(conflict.value)
        when = i18n.clock(conflict.time.astimezone())
        return t(
            "ui",
            "Another window saved {other} at {time}. Yours is kept now; undo brings the other back.",
            other=other or "—",
            time=when,
        )
