"""The ipywidgets face of a step: the same form, words and saves as the marimo page, for a cell of JupyterLab.

A widget saves what is typed into it once the typing pauses, and what is shown of the answer is drawn anew. The
workspace is the truth: `reload` shows what was saved elsewhere meanwhile.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w

from playbook import i18n, recent, texts
from playbook.errors import WorkspaceError
from playbook.i18n import t
from playbook.steps import CALCULATORS, DOCUMENTS, PATH, STEPS, beside, documents, href
from playbook.steps import Step as Stop
from playbook.ui import provenance
from playbook.ui.form import Field, FieldSet
from playbook.ui.jupyter_fields import TAUGHT, Widget, box, button, entry, give_back, languages, linked, replace, shown
from playbook.ui.jupyter_notes import Notes
from playbook.ui.page import Page
from playbook.ui.timeline import weeks
from playbook.workspace import FILE, Workspace

TYPING_PAUSE_SECONDS = 0.3


class Step:
    """What a notebook has in hand: its cells show `opening`, `sheet`, `decision` and `rest`, which stay alive.

    `sheet` holds `form` and `answer` side by side; either may be shown alone. `speaks` changes the language of all
    that is shown around this step, and of the step with it; without it the step stands alone.
    """

    def __init__(self, page: Page, speaks: Callable[[str], None] | None = None) -> None:
        self.page, self._speaks = page, speaks or self._speak
        self.answer, self.days, self.form = w.HTML(), w.VBox(), box((), "pb-form")
        self.sheet = box((self.form, box((self.answer, self.days), "pb-answers")), "pb-cell", "pb-lab", "pb-sheet")
        self.opening, self.decision = (box((), "pb-cell", "pb-lab") for _ in range(2))
        more = (*beside(page.key), *documents(page.key))
        self.rest = Chooser(page.workspace, page.language, more, speaks or self.speak)
        self.inputs: dict[str, Widget] = {}
        self.errors: dict[str, w.HTML] = {}
        self._state: Widget = None
        self._onward: Widget = None
        self._waiting: dict[str, tuple[asyncio.TimerHandle, Callable[[], None]]] = {}
        self.reload()

    def reload(self) -> None:
        """Show everything as it stands in the workspace now."""
        self._flush()
        self.inputs, self.errors = {}, {}
        with self._speaking():
            replace(self.opening, (w.HTML(shown(self._steps() + self.page.opening())), self._bar()))
            replace(self.form, (*map(self._set, self.page.sets()), self._acts()))
            replace(self.days, self._ticks())
            asked = self.page.decision()
            head = w.HTML(f'<h2 class="pb-h2">{escape(asked.title)}</h2>')
            self._onward = w.HTML()
            replace(self.decision, (head, *map(self._row, asked.fields), self._onward))
        self._told()

    def close(self) -> None:
        """Save what waits, and give every widget back."""
        self._flush()
        for place in (self.opening, self.sheet, self.decision, self.rest):
            give_back(place)

    def speak(self, language: str) -> None:
        """Change the language, here and for the workspace; nothing typed is lost."""
        self._flush()
        with suppress(WorkspaceError):  # one that cannot be written to still speaks it here
            self.page.workspace.set_setting("language", language)
        i18n.use(language, self.page.currency)
        self._speaks(language)

    def _speak(self, language: str) -> None:
        self.page.language = language
        self.reload()
        self.rest.speak(language)

    def _told(self) -> None:
        """Draw the answer, the words beside the fields and the time of the last save anew."""
        self.answer.value = shown(self.page.answer() + self.page.below())
        self._onward.value = f'<div class="pb">{linked(self.page.onward())}</div>'
        faults = self.page.errors()
        for name, place in self.errors.items():
            said = faults.get(name, "")
            place.value = f'<p class="err" role="alert">{escape(said)}</p>' if said else ""
        with self._speaking():
            self._state.value = f'<span class="hint" role="status">{escape(self._saved())}</span>'

    def _saved(self) -> str:
        at = self.page.workspace.saved_at()
        return t("ui", "Saved at {time}", time=i18n.clock(at.astimezone())) if at else ""

    def _speaking(self) -> Any:
        return i18n.speaking(self.page.language, self.page.currency)

    def _steps(self) -> str:
        """The ways to the steps before and after this one; after a calculator there is none."""
        if STEPS[self.page.key].beside:
            return ""
        place = PATH.index(STEPS[self.page.key])
        ways = [(PATH[place - 1], "← {name}")] if place else []
        ways += [(PATH[place + 1], "{name} →")] if place + 1 < len(PATH) else []
        named = [(href(to.page), words.format(name=to.title())) for to, words in ways]
        if not place:  # where one begins, the notebooks that are no step are told of
            text = texts.load("lab.toml", self.page.language)
            named += [(book, str(text[name]["name"])) for book, name in TAUGHT.items()]
        links = (f'<a href="{address}">{escape(words)}</a>' for address, words in named)
        return f'<nav class="pb-steps" aria-label="{t("ui", "Steps")}">{"".join(links)}</nav>'

    def _bar(self) -> Widget:
        """Language, reload, and when anything was saved last."""
        self._state = w.HTML()
        again = button(t("ui", "Reload from the workspace"), self.reload)
        return box((languages(self.page.language, self.speak), again, self._state), "pb-bar", across=True)

    def _acts(self) -> Widget:
        acts = [self._button(words, self.page.act, name) for name, words in self.page.actions().items()]
        return box((self._button(t("ui", "Undo the last change"), self.page.undo), *acts), "pb-buttons", across=True)

    def _ticks(self) -> list[Widget]:
        """The tasks of the plan, day by day, each with its tick."""
        plan = self.page.plan()
        found: list[Widget] = []
        for week in weeks(plan) if plan else ():
            found.append(w.HTML(f'<h3 class="pb-h3">{escape(week.title)}</h3>'))
            for day in week.days:
                found.append(w.HTML(f"<b>{escape(day.name)}</b>"))
                for item in day.items:
                    tick = w.Checkbox(value=item.done, description=item.title, indent=False)
                    tick.observe(self._ticking(item.id), "value")
                    found.append(tick)
        return found

    def _ticking(self, task: str) -> Callable[[Any], None]:
        def ticked(change: Any) -> None:
            self.page.tick(task, change["new"])
            self._told()

        return ticked

    def _button(self, words: str, does: Callable[..., object], *named: Any) -> Widget:
        """A button that does something to the workspace, after which the form is drawn anew."""

        def press() -> None:
            self._flush()
            does(*named)
            self.reload()

        return button(words, press)

    def _set(self, group: FieldSet) -> Widget:
        buttons = [self._button(words, does) for words, does in self.page.buttons(group).items()]
        note = [w.HTML(f'<p class="hint">{escape(group.note)}</p>')] if group.note else []
        body = (*note, *map(self._row, group.fields), *([box(buttons, "pb-buttons", across=True)] if buttons else []))
        if group.folds:
            name = " · ".join(filter(None, (group.title, group.name)))
            return w.Accordion((box(body),), titles=(name,), selected_index=0 if group.open else None)
        head = [w.HTML(f'<h3 class="pb-h3">{escape(group.title)}</h3>')] if group.title else []
        return box((*head, *body))

    def _row(self, field: Field) -> Widget:
        widget = self.inputs[field.name] = entry(field)
        widget.observe(self._saving(field), "value")
        error = self.errors[field.name] = w.HTML()
        does = {"take": self.page.take_data, "keep": self.page.keep_typed}
        ways = [self._button(words, does[way], field) for way, words in provenance.ways(field).items()]
        hint = w.HTML(linked(f'<div class="pb hint">{provenance.hint(field)}</div>'))
        turn = [box(ways, "pb-buttons", across=True)] if ways else []
        return box((widget, error, hint, *turn), "pb-row")

    def _saving(self, field: Field) -> Callable[[Any], None]:
        """Save a field when its typing has paused; at once where nothing can wait, as in a script."""

        def changed(change: Any) -> None:
            if field.name in self._waiting:
                self._waiting.pop(field.name)[0].cancel()
            save = partial(self._save, field, change["new"])
            try:
                waiting = asyncio.get_running_loop().call_later(TYPING_PAUSE_SECONDS, save)
            except RuntimeError:
                return save()
            self._waiting[field.name] = (waiting, save)
            return None

        return changed

    def _save(self, field: Field, raw: str) -> None:
        self._waiting.pop(field.name, None)
        self.page.save(field, raw)
        if self.page.reshapes(field, raw):
            self.reload()
        else:
            self._told()

    def _flush(self) -> None:
        """Save at once what still waits for a pause in typing."""
        while self._waiting:
            waiting, save = self._waiting.pop(next(iter(self._waiting)))
            waiting.cancel()
            save()


class Chooser(w.VBox):  # type: ignore[misc] # ipywidgets has no types
    """Calculators and documents by name; the one that is chosen is asked and answered below."""

    def __init__(
        self, workspace: Workspace, language: str, stops: Sequence[Stop], speaks: Callable[[str], None] | None = None
    ) -> None:
        super().__init__()
        self.workspace, self.language, self.stops, self._speaks = workspace, language, stops, speaks or self.speak
        self.step: Step | None = None
        self.head, self.menu = w.HTML(), w.Dropdown()
        for name in ("pb-cell", "pb-lab", "pb-menu"):
            self.add_class(name)
        self.speak(language)

    def speak(self, language: str) -> None:
        """Change the language; what is open stays open."""
        self.language, chosen = language, self.step.page.key if self.step else ""
        with i18n.speaking(language):
            names = sorted((stop.title(), stop.key) for stop in self.stops)
            before, self.menu = (
                self.menu,
                w.Dropdown(options=[("—", ""), *names], value=chosen, description=t("ui", "Question")),
            )
            self.head.value = shown(f'<h2 class="pb-h2">{t("ui", "Calculators and documents")}</h2>')
        self.menu.observe(lambda change: self.choose(change["new"]), "value")
        self.choose(chosen)
        give_back(before)

    def close(self) -> None:
        """Give back what it is made of, also what is not shown."""
        for each in (self.head, self.menu):
            give_back(each)
        super().close()

    def choose(self, key: str) -> None:
        """Open the question of this name, or close the one that is open."""
        before = self.step
        self.step = Step(Page(self.workspace, key, self.language), self._speaks) if key else None
        opened = (self.step.opening, self.step.sheet) if self.step else ()
        self.children = (self.head, self.menu, *opened) if self.stops else ()
        if before:
            before.close()


def step(key: str) -> Step:
    """The step of a notebook."""
    return Step(Page(*_who(key)))


def questions() -> Chooser:
    """Every calculator and document, to be chosen by name."""
    workspace, _, language = _who("")
    return Chooser(workspace, language, (*CALCULATORS, *DOCUMENTS))


def notes(name: str) -> Notes:
    """The words of a notebook that asks no question."""
    workspace, _, language = _who("")
    return Notes(workspace, name, language)


def folder() -> Path:
    """The folder of the workspace, for `pb.open`."""
    return _who("")[0].path


def _reach() -> None:
    """Let a module that lies beside a notebook be imported where nothing is found first: it stands for no other."""
    here = str(Path.cwd())
    if sys.flags.safe_path and here not in sys.path:
        sys.path.append(here)


def _who(key: str) -> tuple[Workspace, str, str]:
    """The workspace that `playbook lab` was started with, or that the notebook lies in, else the last one opened.

    A cell of one's own speaks its language and counts in its currency, too.
    """
    _reach()
    around = next((folder for folder in Path.cwd().parents if (folder / FILE).exists()), None)
    path = os.environ.get("PLAYBOOK_WORKSPACE") or around
    workspace = Workspace.open(path) if path else recent.open_or_make()
    language = str(workspace.setting("language", i18n.from_environment()))
    i18n.use(language, str(workspace.setting("currency", i18n.currency())))
    return workspace, key, language
