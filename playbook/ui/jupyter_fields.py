"""What a cell of JupyterLab shows of one field, and how our markup looks and leads on there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w

from playbook import faces, i18n
from playbook.i18n import t
from playbook.steps import PATH, href
from playbook.ui import fields
from playbook.ui.form import Field

ANCHOR = re.compile(r'<a\b([^>]*?) href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
TAUGHT = {"own_analysis.ipynb": "own-analysis", "api.ipynb": "api"}
"""The notebooks that ask no question, with the names of their texts."""
NOTEBOOKS = {href(step.page): f"{step.page}.ipynb" for step in PATH} | {name: name for name in TAUGHT}
"""The notebook that stands in JupyterLab where a page of the served playbook stands; others by their own names."""

LANGUAGES = (("English", "en"), ("Русский", "ru"))
Widget = Any


def entry(field: Field) -> Widget:
    """The widget of one field, named by its label and unit; whatever is typed stays as it was typed."""
    spec, unit = field.spec, fields.suffix(field.spec)
    named = {"description": f"{spec.label} ({unit})" if unit else spec.label}
    if spec.kind in ("choice", "flag"):
        return _choice(field, named)
    make = w.Textarea if spec.kind == "note" else w.Text
    return make(value=field.text, placeholder=field.waiting, **named)


def _choice(field: Field, named: dict[str, str]) -> Widget:
    options = [(words, value) for value, words in fields.choices(field.spec)]
    values, shape = [value for _, value in options], fields.shape(field.spec)
    if shape != "menu":
        way = "horizontal" if shape == "side" else "vertical"
        return w.RadioButtons(
            options=options, value=field.text if field.text in values else None, orientation=way, **named
        )
    if "" not in values:
        options.insert(0, ("—", ""))
    return w.Dropdown(options=options, value=field.text if field.text in values else "", **named)


def languages(spoken: str, speak: Callable[[str], object]) -> Widget:
    """The choice of the language; `speak` hears the one that was chosen."""
    with i18n.speaking(spoken):
        made = w.Dropdown(options=LANGUAGES, value=spoken, description=t("ui", "Language"))
    made.observe(lambda change: speak(change["new"]), "value")
    return made


def button(words: str, does: Callable[..., object], *named: Any) -> Widget:
    """A button that does something when it is pressed."""
    made = w.Button(description=words, tooltip=words)
    made.on_click(lambda _: does(*named))
    return made


def box(children: Iterable[Widget], *classes: str, across: bool = False) -> Widget:
    """Widgets one under another, or side by side, with the class names of their looks."""
    made = (w.HBox if across else w.VBox)(tuple(children))
    for name in classes:
        made.add_class(name)
    return made


def replace(place: Widget, children: Iterable[Widget]) -> None:
    """Show other widgets in a box; what stood there is given back, else a kernel keeps it for as long as it lives."""
    before, place.children = place.children, tuple(children)
    for widget in before:
        if widget not in place.children:
            give_back(widget)


def give_back(widget: Widget) -> None:
    """Close a widget with all it is made of."""
    made_of = (getattr(widget, name, None) for name in ("layout", "style"))
    for inner in (*getattr(widget, "children", ()), *filter(None, made_of)):
        give_back(inner)
    widget.close()


def shown(markup: str) -> str:
    """Our markup for a cell, with its looks and with ways to notebooks."""
    return f"<style>{_css()}</style>{faces.cell(linked(markup))}"


def linked(markup: str) -> str:
    """The same with ways to notebooks instead of pages; a page that is no notebook is named without a way."""
    return ANCHOR.sub(lambda found: _way(*found.groups()), markup)


def _way(before: str, address: str, after: str, words: str) -> str:
    if (name := NOTEBOOKS.get(address)) is None:
        return f"<span{before}{after}>{words}</span>"
    return f'<a{before} href="{escape(name)}" data-notebook="{escape(name)}"{after}>{words}</a>'


@cache
def _css() -> str:
    return Path(__file__).with_suffix(".css").with_stem("jupyter").read_text(encoding="utf-8")
