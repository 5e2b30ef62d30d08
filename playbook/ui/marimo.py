"""The marimo face of a step. A notebook asks, answers and draws with the few functions here and holds no logic.

A widget saves what is typed into it and then tells the cells that read the workspace. Widgets are bound to no name of
the notebook and stand in no group: of a group's fields that change in one breath marimo keeps only the last. They and
their layout are made in one cell, which does not run again when a field changes, so that the field keeps its focus.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import marimo as mo

from playbook import addresses, i18n, recent
from playbook.i18n import t
from playbook.questions.thirty_days import PlanDay
from playbook.specs import FieldSpec
from playbook.steps import CALCULATORS, DOCUMENTS
from playbook.steps import Step as Stop
from playbook.ui import fields, provenance, retell
from playbook.ui import page as pages
from playbook.ui.form import Field, FieldSet
from playbook.ui.page import Page
from playbook.ui.timeline import Item
from playbook.ui.timeline import html as day_by_day
from playbook.workspace import Workspace

TYPING_PAUSE_MS = 300
MOST_KEPT = 400
"""Widgets of forms drawn before that still take what is on its way to them."""

Element = Any


class Signal:
    """A number that grows; cells that call `read` run again whenever `send` is called."""

    def __init__(self) -> None:
        self.count = 0
        # a state set by a widget must reach the cell that made the widget too
        self.read, self._set = mo.state(0, allow_self_loops=True)

    def send(self) -> None:
        """Let the cells run again."""
        self.count += 1
        self._set(self.count)


class Step:
    """What a notebook has in hand: cells call its methods and show what they give."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._change, self._rebuild = Signal(), Signal()
        self.changed, self.rebuilt = self._change.read, self._rebuild.read
        self._widgets: list[Element] = []
        self._drawn: tuple[object, mo.Html] | None = None

    def opening(self) -> mo.Html:
        """The step's question and why it matters."""
        return self._words(self.page.opening())

    def form(self) -> mo.Html:
        """Every widget of the step, as a ledger with hints and places for errors."""
        self._widgets = self._widgets[-MOST_KEPT:]
        with self._speaking():
            sets = self.page.sets()
            body = "".join(self._set(group) for group in sets)
            acts = (self._button(words, self.page.act, name) for name, words in self.page.actions().items())
            buttons = [self._button(t("ui", "Undo the last change"), self.page.undo), *acts]
            shown = f'{body}<div class="pb-undo">{"".join(f"{button}" for button in buttons)}</div>'
            return mo.Html(f'<div class="pb pb-inputs" id="fields" data-step="{self.page.key}">{shown}</div>')

    def answer(self) -> mo.Html:
        """The verdict and what is behind it."""
        return self._words(self.page.answer())

    def below(self) -> mo.Html:
        """What was taken over, and the rules of thumb."""
        return self._words(self.page.below())

    def rest(self) -> mo.Html:
        """The calculators beside the step, with their answers."""
        return self._words(self.page.rest())

    def reports(self) -> mo.Html:
        """The weeks that were written to files."""
        return self._words(self.page.reports())

    def listening(self) -> mo.Html:
        """The ten-second test, on the offer's page."""
        return mo.Html(retell.html(self.page))

    def exports(self) -> mo.Html:
        """The document as files."""
        return self._words(self.page.exports())

    def decision(self) -> mo.Html:
        """The decision box."""
        with self._speaking():
            box = self.page.decision()
            *rest, owner, review = (_row(field, self._widget(field)) for field in box.fields)
            body = f'{"".join(rest)}<div class="pb-two">{owner}{review}</div>'
            title = f'<h2 class="pb-h2">{escape(box.title)}</h2>'
            return mo.Html(f'<div class="pb"><section class="pb-decide">{title}{body}</section></div>')

    def timeline(self) -> mo.Html:
        """The plan's days with a tick for every task; drawn anew only when something else than a tick changed."""
        plan = self.page.plan()
        if plan is None:
            return mo.Html("")
        look = (self._rebuild.count, plan.model_copy(update={"days": tuple(map(_unticked, plan.days))}).to_json())
        if self._drawn is None or self._drawn[0] != look:
            with self._speaking():
                self._drawn = look, mo.Html(f'<div class="pb">{day_by_day(plan, self._tick)}</div>')
        return self._drawn[1]

    def onward(self) -> mo.Html:
        """When the decision was written down, and the way on."""
        return self._words(f'<div class="pb">{self.page.onward()}</div>')

    def _words(self, html: str) -> mo.Html:
        """Markup without widgets. Served, it comes packed for the page's script, which redraws only what is new."""
        if not (html and self.page.place):
            return mo.Html(html)
        return mo.Html(f'<div class="pb-packed" data-html="{b64encode(html.encode()).decode()}"></div>')

    def _tick(self, item: Item) -> str:
        def ticked(value: bool) -> None:
            self.page.tick(item.id, value)
            self._change.send()

        return f"{self._kept(mo.ui.checkbox(value=item.done, label=escape(item.title), on_change=ticked))}"

    def _speaking(self) -> Any:
        return self.page.speaking()

    def _kept(self, widget: Element) -> Element:
        """The widget, held on to: marimo lets go of one that nothing names, and what is on its way to it is lost."""
        self._widgets.append(widget)
        return widget

    def _saving(self, field: Field) -> Callable[[Any], None]:
        def save(raw: Any) -> None:
            self.page.save(field, raw)
            self._change.send()
            if self.page.reshapes(field, raw):
                self._rebuild.send()

        return save

    def _button(self, words: str, does: Callable[..., None], *named: Any) -> Element:
        """A button that does something to the workspace, after which the form is drawn anew."""

        def press(_: object) -> None:
            does(*named)
            self._change.send()
            self._rebuild.send()

        return self._kept(mo.ui.button(label=words, on_click=press))

    def _widget(self, field: Field) -> Element:
        spec, label, saving = field.spec, pages.label(field), self._saving(field)
        if spec.kind in ("choice", "flag"):
            return self._kept(_choice(spec, field.text, label, saving))
        make = mo.ui.text_area if spec.kind == "note" else mo.ui.text
        look: dict[str, Any] = {"label": label, "placeholder": field.waiting, "full_width": True}
        return self._kept(make(value=field.text, debounce=TYPING_PAUSE_MS, on_change=saving, **look))

    def _ways(self, field: Field) -> str:
        """The buttons that give a field to the data, or back to what was typed."""
        does = {"take": self.page.take_data, "keep": self.page.keep_typed}
        found = {way: self._button(words, does[way], field) for way, words in provenance.ways(field).items()}
        return "".join(f'<span data-way="{way}">{button}</span>' for way, button in found.items())

    def _set(self, group: FieldSet) -> str:
        rows = "".join(_row(field, self._widget(field), self._ways(field)) for field in group.fields)
        buttons = "".join(f"{self._button(words, does)}" for words, does in self.page.buttons(group).items())
        return pages.section(group, rows, buttons)


def step(key: str) -> Step:
    """The step of this notebook, in the workspace and the language of whoever looks at it."""
    workspace, language, author = who()
    with addresses.under(place()):
        return Step(Page(workspace, key, language, author))


def calculator(key: str = "") -> Step:
    """The calculator at the address that was asked for, or the one named."""
    return step(key or _asked(CALCULATORS))


def document(key: str = "") -> Step:
    """The document at the address that was asked for, or the one named."""
    return step(key or _asked(DOCUMENTS))


def _asked(pages: Sequence[Stop]) -> str:
    """Which of the pages that share a notebook was asked for; the first one where the notebook stands alone."""
    request = mo.app_meta().request
    asked = str(request.url["path"]).split("/") if request else []
    return next((one.key for one in pages if one.page in asked), pages[0].key)


def who() -> tuple[Workspace, str, str]:
    """Workspace, language and author: from the served request, else from the environment, else the last one opened."""
    request = mo.app_meta().request
    user: Any = request.user if request else None
    if user and "workspace" in user:
        return Workspace.open(user["workspace"]), user["language"], str(user.get("id", ""))
    path = os.environ.get("PLAYBOOK_WORKSPACE")
    workspace = Workspace.open(Path(path)) if path else recent.open_or_make()
    return workspace, str(workspace.setting("language", i18n.from_environment())), ""


def place() -> str:
    """The firm's address under which the served page lies; empty where nothing is served."""
    request = mo.app_meta().request
    user: Any = request.user if request else None
    return str(user.get("place", "")) if user else ""


def _choice(spec: FieldSpec, text: str, label: str, saving: Callable[[Any], None]) -> Element:
    options = {words: value for value, words in fields.choices(spec)}
    chosen = next((words for words, value in options.items() if value == text), None)
    shape = fields.shape(spec)
    if shape == "menu":
        return mo.ui.dropdown(options, value=chosen, label=label, full_width=True, on_change=saving)
    return mo.ui.radio(options, value=chosen, label=label, inline=shape == "side", on_change=saving)


def _unticked(day: PlanDay) -> PlanDay:
    return day.model_copy(update={"done": False})


def _row(field: Field, widget: Element, ways: str = "") -> str:
    beside = f'<div class="pb-turn">{ways}</div>' if ways else ""
    told = f'<p class="hint">{provenance.hint(field)}</p><p class="err" role="alert" hidden></p>'
    marks = f'data-k="{escape(field.name)}" data-kind="{field.spec.kind}" data-from="{provenance.state(field)}"'
    return f'<div class="pb-row mo" {marks}>{widget}{told}{beside}</div>'
