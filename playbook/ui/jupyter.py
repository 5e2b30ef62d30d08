"""The ipywidgets face of a step: the same form, words and saves as the marimo page, for a cell of JupyterLab.

A widget saves what is typed into it once the typing pauses, and what is shown of the answer is drawn anew. The
workspace is the truth: `reload` shows what was saved elsewhere meanwhile.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w

from playbook import faces, i18n, recent
from playbook.i18n import t
from playbook.ui import fields, provenance
from playbook.ui.form import Field, FieldSet
from playbook.ui.page import Page
from playbook.ui.timeline import weeks
from playbook.workspace import Workspace

TYPING_PAUSE_SECONDS = 0.3
WIDE = {"width": "100%", "max_width": "720px"}
LANGUAGES = (("English", "en"), ("Русский", "ru"))
ANCHOR = re.compile(r'<a\b([^>]*?) href="[^"]*"')

Widget = Any


class Step:
    """What a notebook has in hand: its cells show `opening`, `form`, `answer` and `decision`, which stay alive."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.opening, self.answer = w.HTML(layout=w.Layout(**WIDE)), w.HTML(layout=w.Layout(**WIDE))
        self.form, self.decision = w.VBox(), w.VBox()
        self.inputs: dict[str, Widget] = {}
        self.errors: dict[str, w.HTML] = {}
        self._state = w.HTML()
        self._waiting: dict[str, tuple[asyncio.TimerHandle, Callable[[], None]]] = {}
        self.reload()

    def reload(self) -> None:
        """Show everything as it stands in the workspace now."""
        self._flush()
        self.inputs, self.errors = {}, {}
        self.opening.value = _shown(self.page.opening())
        with self._speaking():
            self.form.children = (self._bar(), *map(self._set, self.page.sets()), self._acts(), *self._ticks())
            box = self.page.decision()
            self.decision.children = (w.HTML(f"<h3>{escape(box.title)}</h3>"), *map(self._row, box.fields))
        self._told()

    def speak(self, language: str) -> None:
        """Change the language of this step; nothing typed is lost."""
        self._flush()
        self.page.language = language
        self.reload()

    def _told(self) -> None:
        """Draw the answer, the words beside the fields and the time of the last save anew."""
        self.answer.value = _shown(self.page.answer() + self.page.below())
        faults = self.page.errors()
        for name, place in self.errors.items():
            said = faults.get(name, "")
            place.value = f'<p role="alert" style="color:#96320f;margin:0">{escape(said)}</p>' if said else ""
        with self._speaking():
            self._state.value = f'<span role="status">{escape(self._saved())}</span>'

    def _saved(self) -> str:
        at = self.page.workspace.saved_at()
        return t("ui", "Saved at {time}", time=i18n.clock(at.astimezone())) if at else ""

    def _speaking(self) -> Any:
        return i18n.speaking(self.page.language, self.page.currency)

    def _bar(self) -> Widget:
        """Language, reload, and when anything was saved last."""
        language = w.Dropdown(options=LANGUAGES, value=self.page.language, description=t("ui", "Language"))
        language.observe(lambda change: self.speak(change["new"]), "value")
        return w.HBox([language, self._button(t("ui", "Reload from the workspace"), lambda: None), self._state])

    def _acts(self) -> Widget:
        buttons = [self._button(t("ui", "Undo the last change"), self.page.undo)]
        for name, words in self.page.actions().items():
            buttons.append(self._button(words, self.page.act, name))
        return w.HBox(buttons)

    def _ticks(self) -> list[Widget]:
        """The tasks of the plan, day by day, each with its tick."""
        plan = self.page.plan()
        found: list[Widget] = []
        for week in weeks(plan) if plan else ():
            found.append(w.HTML(f"<h3>{escape(week.title)}</h3>"))
            for day in week.days:
                found.append(w.HTML(f"<b>{escape(day.name)}</b>"))
                for item in day.items:
                    tick = w.Checkbox(value=item.done, description=item.title, indent=False, layout=w.Layout(**WIDE))
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
        button = w.Button(description=words, tooltip=words, layout=w.Layout(width="auto"))

        def press(_: object) -> None:
            self._flush()
            does(*named)
            self.reload()

        button.on_click(press)
        return button

    def _set(self, group: FieldSet) -> Widget:
        head = f"<h3>{escape(group.title)}</h3>" if group.title else ""
        note = f"<p>{escape(group.note)}</p>" if group.note else ""
        buttons = [self._button(words, does) for words, does in self.page.buttons(group).items()]
        return w.VBox([w.HTML(head + note), *map(self._row, group.fields), w.HBox(buttons)])

    def _row(self, field: Field) -> Widget:
        widget = self.inputs[field.name] = _input(field)
        widget.observe(self._saving(field), "value")
        error = self.errors[field.name] = w.HTML()
        does = {"take": self.page.take_data, "keep": self.page.keep_typed}
        ways = [self._button(words, does[way], field) for way, words in provenance.ways(field).items()]
        hint = w.HTML(_unlinked(f'<small style="color:#5c6966">{provenance.hint(field)}</small>'))
        return w.VBox([widget, hint, error, *ways], layout=w.Layout(margin="0 0 12px", **WIDE))

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


def step(key: str) -> Step:
    """The step of a notebook, in the workspace that `playbook lab` was started with, else the last one opened."""
    path = os.environ.get("PLAYBOOK_WORKSPACE")
    workspace = Workspace.open(Path(path)) if path else recent.open_or_make()
    language = os.environ.get("PLAYBOOK_LANGUAGE") or str(workspace.setting("language", i18n.from_environment()))
    return Step(Page(workspace, key, language))


def _input(field: Field) -> Widget:
    """The widget of one field, named by its label and unit; whatever is typed stays as it was typed."""
    spec, unit = field.spec, fields.suffix(field.spec)
    look = {
        "description": f"{spec.label}, {unit}" if unit else spec.label,
        "style": {"description_width": "initial"},
        "layout": w.Layout(**WIDE),
    }
    if spec.kind in ("choice", "flag"):
        options = [(words, value) for value, words in fields.choices(spec)]
        if "" not in [value for _, value in options]:
            options.insert(0, ("—", ""))
        known = field.text if field.text in [value for _, value in options] else ""
        return w.Dropdown(options=options, value=known, **look)
    waiting = "2026-12-31" if spec.kind == "date" else field.waiting
    make = w.Textarea if spec.kind == "note" else w.Text
    return make(value=field.text, placeholder=waiting, **look)


def _shown(markup: str) -> str:
    return faces.cell(_unlinked(markup))


def _unlinked(markup: str) -> str:
    """The same without ways to the served pages, which are not there in JupyterLab."""
    return ANCHOR.sub(r"<span\1", markup).replace("</a>", "</span>")
