"""The words of a notebook of JupyterLab that asks no question: how it opens, and a line before each of its cells."""

from __future__ import annotations

import re
from contextlib import suppress
from html import escape

import ipywidgets as w

from playbook import i18n, texts
from playbook.errors import WorkspaceError
from playbook.ui import guide
from playbook.ui.jupyter_fields import Widget, box, languages, shown
from playbook.workspace import Workspace

CODE = re.compile(r"pb\.\w+\??|\w+\(\)|playbook solve")
"""What is typed, in a sentence about it."""


class Notes:
    """The texts of one notebook: `opening`, and `note` before a cell. They stay alive when the language changes.

    The answers in the notebook's own cells speak the same language, and the workspace's currency.
    """

    def __init__(self, workspace: Workspace, name: str, language: str) -> None:
        self.workspace, self.name, self.language = workspace, name, language
        self.opening = box((), "pb-cell", "pb-lab")
        self.notes: dict[str, w.HTML] = {}
        self._show()

    def note(self, key: str) -> Widget:
        """What the next cell does."""
        self.notes[key] = w.HTML(self._said(key))
        return box((self.notes[key],), "pb-cell", "pb-lab")

    def speak(self, language: str) -> None:
        """Change the language, here and for the workspace."""
        self.language = language
        with suppress(WorkspaceError):  # one that cannot be written to still speaks it here
            self.workspace.set_setting("language", language)
        self._show()

    @property
    def axes(self) -> dict[str, str]:
        """How Altair writes numbers and months in the notebook's own charts, for `alt.renderers.set_embed_options`."""
        place = {"en": "en-US", "ru": "ru-RU"}[self.language]
        return {"format_locale": place, "time_format_locale": place}

    def _show(self) -> None:
        i18n.use(self.language, str(self.workspace.setting("currency", "USD")))
        text = texts.load("lab.toml", self.language)[self.name]
        bar = box((languages(self.language, self.speak),), "pb-bar", across=True)
        self.opening.children = (w.HTML(shown(guide.opening(str(text["name"]), text))), bar)
        for key, place in self.notes.items():
            place.value = self._said(key)

    def _said(self, key: str) -> str:
        said = escape(str(texts.load("lab.toml", self.language)[self.name]["notes"][key]))
        marked = CODE.sub(r"<code>\g<0></code>", said)
        return shown(f'<p class="why">{marked}</p>')
