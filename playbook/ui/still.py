"""The first paint of a page: what its cells will show, readable before marimo is there.

The guide and the last saved answer are the very ones of the cells; the form stands still, its fields drawn where the
widgets will be and as they will look (`first.css`), until the notebook takes their place.
"""

from __future__ import annotations

from html import escape

from playbook.i18n import t
from playbook.steps import STEPS
from playbook.ui import fields, form
from playbook.ui.form import Field, FieldSet
from playbook.ui.page import Page, label, section
from playbook.ui.provenance import hint, state, ways


def first(page: Page) -> dict[str, str]:
    """The first paint, by the cells whose places its parts keep."""
    if page.key not in STEPS:
        return {"opening": page.opening()}
    return {"opening": page.opening(), "inputs": inputs(page), "answer": page.shown()}


def inputs(page: Page) -> str:
    """The form as it stands, without anything to type into."""
    with page.speaking():
        body = "".join(_set(page, group) for group in form.sets(page.walk(), page.key))
        buttons = "".join(map(_button, (t("ui", "Undo the last change"), *page.actions().values())))
    return f'<div class="pb pb-inputs" id="fields">{body}<div class="pb-undo">{buttons}</div></div>'


def _set(page: Page, group: FieldSet) -> str:
    buttons = "".join(map(_button, page.buttons(group)))
    return section(group, "".join(map(_row, group.fields)), buttons)


def _button(words: str) -> str:
    """The place of a button, which is nothing to a screen reader before it can be pressed."""
    return f'<span class="pb-still-btn" aria-hidden="true">{escape(words)}</span>'


def _row(field: Field) -> str:
    spec = field.spec
    chosen = spec.kind in ("choice", "flag")
    shape = fields.shape(spec) if chosen else "note" if spec.kind == "note" else "line"
    value = _choices(field) if shape in ("side", "list") else escape(_written(field))
    marks = f'data-k="{escape(field.name)}" data-kind="{spec.kind}" data-from="{state(field)}"'
    return (
        f'<div class="pb-row" {marks}><div class="pb-still" data-shape="{shape}"><span class="l">{label(field)}</span>'
        f'<span class="v">{value}</span></div><p class="hint">{hint(field)}</p>{_ways(field)}</div>'
    )


def _ways(field: Field) -> str:
    """The buttons between typing and the data."""
    found = "".join(f'<span data-way="{way}">{_button(words)}</span>' for way, words in ways(field).items())
    return f'<div class="pb-turn">{found}</div>' if found else ""


def _choices(field: Field) -> str:
    """The choices with the chosen one marked; the others are nothing to a screen reader before they can be chosen."""
    return "".join(
        f"<b>{escape(words)}</b>" if value == field.text else f'<span aria-hidden="true">{escape(words)}</span>'
        for value, words in fields.choices(field.spec)
    )


def _written(field: Field) -> str:
    """The value in words."""
    if field.spec.kind in ("choice", "flag"):
        return dict(fields.choices(field.spec)).get(field.text, "")
    return field.text
