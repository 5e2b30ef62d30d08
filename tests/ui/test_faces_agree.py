"""A question's two faces, marimo's and ipywidgets': the same is asked in the same words, and typing does the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import marimo as mo
import pytest

from playbook import i18n
from playbook.steps import STEPS
from playbook.ui import jupyter, marimo
from playbook.ui.form import Field
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace

TAG = re.compile(r"<style>.*?</style>|<[^>]+>|\d\d?:\d\d(?:\s[AP]M)?", re.DOTALL)
"""Markup, and the time of a change."""
TYPED = {"number": ("40", "<script>", "1 234,5", "7"), "date": ("2026-12-07", "soon")}
WORDS = ("Anna", "<b>Boris</b>")
MOST = 5
"""Fields of a form that are typed into."""
ALL = [
    pytest.param(key, lang, marks=[pytest.mark.prove] * (place % 2 == (lang == "en")))
    for place, key in enumerate(STEPS)
    for lang in ("en", "ru")
]


class Hands:
    """A step opened in both faces, each over a workspace of its own."""

    def __init__(self, folder: Path, key: str, language: str) -> None:
        self.key, self.language = key, language
        self.firms = [Workspace.create(folder / face, currency="USD") for face in ("marimo", "jupyter")]
        for firm in self.firms:
            with i18n.speaking(language):
                page = Page(firm, key, language)
                if not any(group.fields for group in page.sets()):
                    page.add_row(next(group.adds for group in page.sets() if group.adds))
        self.marimo, self.jupyter = (
            face.Step(Page(firm, key, language)) for face, firm in zip((marimo, jupyter), self.firms, strict=True)
        )

    def fields(self) -> list[Field]:
        """What is asked now."""
        page = Page(self.firms[0], self.key, self.language)
        return [field for group in (*page.sets(), page.decision()) for field in group.fields]

    def pairs(self) -> Iterator[tuple[Field, Any, Any]]:
        """Every field with its widget in marimo and in JupyterLab."""
        self.marimo._widgets = []
        self.marimo.form()
        self.marimo.decision()
        drawn = [widget for widget in self.marimo._widgets if not isinstance(widget, mo.ui.button)]
        yield from zip(self.fields(), drawn, self.jupyter.inputs.values(), strict=True)

    def type(self, name: str, text: str) -> None:
        """Type or choose the same in both."""
        field, served, cell = next(pair for pair in self.pairs() if pair[0].name == name)
        if field.text == text:  # what is chosen already cannot be chosen
            return
        cell.value = text
        if field.spec.kind in ("choice", "flag"):
            said = next(words for words, value in served.options.items() if value == text)
            served._update([said] if isinstance(served, mo.ui.dropdown) else said)
        else:
            served._update(text)


def words(markup: str) -> str:
    """What a reader sees of markup."""
    return " ".join(unescape(TAG.sub(" ", markup)).split())


def texts(field: Field, place: int, options: list[str]) -> str:
    """What is typed into a field: sound or not, by its place."""
    if field.spec.kind in ("choice", "flag"):
        return options[place % len(options)]
    given = TYPED.get(field.spec.kind, WORDS)
    return given[place % len(given)]


@pytest.mark.parametrize(("key", "language"), ALL)
def test_the_same_input_gives_the_same_words(tmp_path: Path, key: str, language: str) -> None:
    """Labels, units and choices are the same; so are what is saved, the answer, and what is wrong beside each field."""
    hands = Hands(tmp_path, key, language)
    names = [field.name for field in hands.fields()]
    for place, name in enumerate(names[:MOST]):
        found = next((pair for pair in hands.pairs() if pair[0].name == name), None)
        if found is not None:
            hands.type(name, texts(found[0], place, list(getattr(found[1], "options", {}).values())))
    for _, served, cell in hands.pairs():
        assert words(served._args.label) == re.sub(r" \((.*)\)$", r" \1", cell.description)
        if hasattr(served, "options"):
            assert [said for said, _ in cell.options if said != "—"] == [said for said in served.options if said != "—"]
    mine, theirs = hands.firms
    assert theirs.values(key) == mine.values(key)
    assert words(hands.jupyter.answer.value) == words(hands.marimo.answer().text + hands.marimo.below().text)
    beside = {name: words(place.value) for name, place in hands.jupyter.errors.items()}
    said = hands.marimo.page.errors()
    assert beside == {name: " ".join(said.get(name, "").split()) for name in beside}
    assert Walk(theirs).face(key) == Walk(mine).face(key)
