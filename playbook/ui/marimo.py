"""The marimo face of a step. A notebook asks, answers and draws with the few functions here and holds no logic.

Widgets and their layout are made in one cell, which does not run again when a field changes, so that the field keeps
its focus; every change is saved before the cells that read it run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import marimo as mo

from playbook import i18n, recent
from playbook.i18n import t
from playbook.specs import FieldSpec
from playbook.steps import CALCULATORS
from playbook.ui import page as pages
from playbook.ui.form import Field, FieldSet
from playbook.ui.page import Page
from playbook.workspace import Workspace

TYPING_PAUSE_MS = 300
SHORT_CHOICES, SHORT_WORDS = 5, 60
"""Choices up to this many, and this many characters together, stand side by side; others in a list."""

Element = Any


class Step:
    """What a notebook has in hand: cells call its methods and show what they give."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._count = 0
        self.rebuilt, self._rebuild = mo.state(0, allow_self_loops=True)

    def opening(self) -> mo.Html:
        """The step's question and why it matters."""
        return mo.Html(self.page.opening())

    def form(self) -> mo.ui.dictionary:
        """Every widget of the step, by the name it is saved under."""
        self.rebuilt()
        self._sets = self.page.sets()
        with self._speaking():
            widgets = {field.name: self._widget(field) for group in self._sets for field in group.fields}
            return mo.ui.dictionary({**widgets, **self._buttons()})

    def layout(self, form: mo.ui.dictionary) -> mo.Html:
        """The widgets as a ledger, with hints and places for errors."""
        with self._speaking():
            body = "".join(self._set(group, form) for group in self._sets)
            named = (name for name in form.elements if name == "undo" or name.startswith("act/"))
            buttons = "".join(f"{form[name]}" for name in named)
            undo = f'<div class="pb-undo">{buttons}</div>'
            return mo.Html(f'<div class="pb pb-inputs" data-step="{self.page.key}">{body}{undo}</div>')

    def answer(self, _form: object) -> mo.Html:
        """The verdict and what is behind it; `_form` makes the cell run again after each change."""
        return mo.Html(self.page.answer())

    def below(self, _form: object) -> mo.Html:
        """What was taken over, and the rules of thumb."""
        return mo.Html(self.page.below())

    def rest(self, _form: object) -> mo.Html:
        """The calculators beside the step, with their answers."""
        return mo.Html(self.page.rest())

    def back(self) -> mo.Html:
        """The way back from a calculator to its step."""
        return mo.Html(f'<div class="pb">{self.page.decision_meta()}</div>')

    def decision(self) -> mo.ui.dictionary:
        """The decision box's widgets."""
        saved = self.page.decision()
        with self._speaking():
            words = {
                "decision": t("ui", "What do you decide?"),
                "decision_owner": t("ui", "Who"),
                "decision_review": t("ui", "Review on"),
            }
            widgets: dict[str, Element] = {}
            for name, words_ in words.items():
                make: Any = mo.ui.text_area if name == "decision" else mo.ui.text
                widgets[name] = make(
                    value=saved[name],
                    label=words_,
                    placeholder="2026-12-31" if name == "decision_review" else "",
                    debounce=TYPING_PAUSE_MS,
                    full_width=True,
                    on_change=self._deciding(name),
                )
            if self.page.key == "core":
                widgets["decision_core"] = self._core(saved["decision_core"])
            return mo.ui.dictionary(widgets)

    def _core(self, chosen: str) -> Element:
        """The core to build on: as counted, or the person's own choice."""
        options = {t("ui", "As counted"): "", **{name: core for core, name in self.page.cores().items()}}
        value = next((words for words, core in options.items() if core == chosen), None)
        return mo.ui.dropdown(
            options, value=value, label=t("ui", "Build on"), full_width=True, on_change=self._deciding("decision_core")
        )

    def decided(self, box: mo.ui.dictionary) -> mo.Html:
        """The decision box with the way to the next step."""
        with self._speaking():
            title = t("ui", "Your decision")
            core = f"{box['decision_core']}" if "decision_core" in box else ""
            fields = f'{core}{box["decision"]}<div class="pb-two">{box["decision_owner"]}{box["decision_review"]}</div>'
            return mo.Html(
                f'<div class="pb"><section class="pb-decide"><h2 class="pb-h2">{title}</h2>{fields}</section>'
                f"{self.page.decision_meta()}</div>"
            )

    def _speaking(self) -> Any:
        return i18n.speaking(self.page.language, self.page.currency)

    def _deciding(self, name: str) -> Callable[[Any], None]:
        def decide(raw: Any) -> None:
            self.page.save_decision(name, raw)
            if name == "decision_core":  # the answer speaks of the chosen core
                self._refresh()

        return decide

    def _saving(self, field: Field) -> Callable[[Any], None]:
        def save(raw: Any) -> None:
            self.page.save(field, raw)
            if self.page.reshapes(field.name):
                self._refresh()

        return save

    def _refresh(self) -> None:
        self._count += 1
        self._rebuild(self._count)

    def _buttons(self) -> dict[str, Element]:
        """Undo, and a button for every row that can be added or taken away."""
        found = {"undo": mo.ui.button(label=t("ui", "Undo the last change"), on_click=lambda _: self._undo())}
        for name, words in self.page.actions().items():
            found[f"act/{name}"] = mo.ui.button(label=words, on_click=self._acting(name))
        for group in self._sets:
            if group.adds:
                found[group.adds] = mo.ui.button(label=t("ui", "Add a row"), on_click=self._adding(group.adds))
            if group.row:
                found["/".join(group.row)] = mo.ui.button(label=t("ui", "Delete"), on_click=self._dropping(*group.row))
        return found

    def _undo(self) -> None:
        self.page.undo()
        self._refresh()

    def _acting(self, name: str) -> Callable[[Any], None]:
        def act(_: object) -> None:
            self.page.act(name)
            self._refresh()

        return act

    def _adding(self, rows: str) -> Callable[[Any], None]:
        def add(_: object) -> None:
            self.page.add_row(rows)
            self._refresh()

        return add

    def _dropping(self, rows: str, row: str) -> Callable[[Any], None]:
        def drop(_: object) -> None:
            self.page.drop_row(rows, row)
            self._refresh()

        return drop

    def _widget(self, field: Field) -> Element:
        spec, label, saving = field.spec, pages.label(field), self._saving(field)
        if spec.kind in ("choice", "flag"):
            return _choice(spec, field.text, label, saving)
        make = mo.ui.text_area if spec.kind == "note" else mo.ui.text
        return make(value=field.text, label=label, debounce=TYPING_PAUSE_MS, full_width=True, on_change=saving)

    def _set(self, group: FieldSet, form: mo.ui.dictionary) -> str:
        rows = "".join(_row(field, form[field.name]) for field in group.fields)
        title = f"<h2>{escape(group.title)}</h2>" if group.title else ""
        note = f'<p class="pb-sub">{escape(group.note)}</p>' if group.note else ""
        names = [name for name in (group.adds, "/".join(group.row or ())) if name]
        buttons = "".join(f"{form[name]}" for name in names)
        kind = "pb-set pb-item" if group.row else "pb-set"
        fields = f'<div class="pb-fields">{rows}</div><div class="pb-buttons">{buttons}</div>'
        return f'<section class="{kind}">{title}{note}{fields}</section>'


def step(key: str) -> Step:
    """The step of this notebook, in the workspace and the language of whoever looks at it."""
    workspace, language, author = who()
    return Step(Page(workspace, key, language, author))


def calculator(key: str = "") -> Step:
    """The calculator at the address that was asked for, or the one named."""
    request = mo.app_meta().request
    asked = str(request.url["path"]).split("/") if request else []
    here = next((one.key for one in CALCULATORS if one.page in asked), CALCULATORS[0].key)
    return step(key or here)


def who() -> tuple[Workspace, str, str]:
    """Workspace, language and author: from the served request, else from the environment, else the last one opened."""
    request = mo.app_meta().request
    user: Any = request.user if request else None
    if user and "workspace" in user:
        return Workspace.open(user["workspace"]), user["language"], str(user.get("id", ""))
    path = os.environ.get("PLAYBOOK_WORKSPACE")
    workspace = Workspace.open(Path(path)) if path else recent.open_or_make()
    return workspace, str(workspace.setting("language", i18n.from_environment())), ""


def _choice(spec: FieldSpec, text: str, label: str, saving: Callable[[Any], None]) -> Element:
    if spec.kind == "flag":
        pairs: tuple[tuple[str, str], ...] = (("yes", t("steps", "yes")), ("no", t("steps", "no")))
    else:
        pairs = spec.choices
    options = {words: value for value, words in pairs}
    chosen = next((words for words, value in options.items() if value == text), None)
    if spec.unit == "points":
        return mo.ui.radio(options, value=chosen, label=label, on_change=saving)
    if len(options) <= SHORT_CHOICES and sum(map(len, options)) <= SHORT_WORDS:
        return mo.ui.radio(options, value=chosen, label=label, inline=True, on_change=saving)
    return mo.ui.dropdown(options, value=chosen, label=label, full_width=True, on_change=saving)


def _row(field: Field, widget: Element) -> str:
    name = escape(field.name)
    return (
        f'<div class="pb-row mo" data-k="{name}" data-kind="{field.spec.kind}">{widget}'
        f'<p class="hint">{pages.hint(field)}</p><p class="err" role="alert" hidden></p></div>'
    )
