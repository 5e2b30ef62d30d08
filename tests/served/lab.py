"""A real JupyterLab in a real Chromium, over the workspace that the marimo pages serve too."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, expect

from playbook import i18n
from playbook.steps import PATH, STEPS
from playbook.ui import fields
from playbook.ui.form import Field
from playbook.ui.jupyter_fields import entry
from playbook.ui.page import Page as Asked
from playbook.workspace import Workspace

SLOW, PATIENCE = 120_000, 30_000
"""Milliseconds: a kernel of a busy machine starts when it can; what is drawn already answers sooner."""
TYPED = ("40", "5", "1", "0.5", "100, 120", "2026-12-07", "Anna")
ANEW = ("30", "6", "2", "0.25", "110, 130", "2026-12-14", "Boris")


@contextmanager
def running(workspace: Workspace, folder: Path) -> Iterator[str]:
    """JupyterLab as `playbook lab` starts it, with nothing of this machine's own in it; gives its address."""
    own = ("PLAYBOOK_STATE", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = {**os.environ, **{name: str(folder / name.lower()) for name in own}}
    command = [sys.executable, "-m", "playbook", "lab", str(workspace.path), "--no-browser", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, encoding="utf-8")
    assert process.stdout is not None
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found, (folder / "playbook_state" / "lab.log").read_text(encoding="utf-8")
    try:
        yield found.group()
    finally:
        process.terminate()
        process.communicate(timeout=60)


@dataclass
class LabVisit:
    """One window of JupyterLab with what it asked for outside of this machine."""

    page: Page
    address: str
    at: tuple[str, str] = ("", "")
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, context: BrowserContext, address: str) -> LabVisit:
        """A window of a context; any other server of this machine may be asked too."""
        found = cls(context.new_page(), address)
        host = urlsplit(address).hostname

        def asked(url: str) -> None:
            if urlsplit(url).hostname != host and not url.startswith(("data:", "blob:")):
                found.outside.append(url)

        context.on("request", lambda request: asked(request.url))
        found.page.on("websocket", lambda socket: asked(socket.url))
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.set_default_timeout(PATIENCE)
        return found

    def open(self, key: str, language: str) -> Locator:
        """Open the notebook of a step, alone; a calculator or document is chosen by name. Gives its form and answer."""
        notebook = STEPS[key].page if STEPS[key] in PATH else "questions"
        if self.at != (notebook, language):
            self.page.goto(self.address.replace("start.ipynb?", f"{notebook}.ipynb?reset&"))
            self.at = (notebook, language)
        return self.sheet(key)

    def reload(self, key: str) -> Locator:
        """Press F5."""
        self.page.reload()
        return self.sheet(key)

    def sheet(self, key: str) -> Locator:
        """The form and the answer, when the notebook has run: before, what it showed last time still stands there."""
        self.page.locator(".jp-NotebookPanel[data-run=whole]:visible").wait_for(timeout=SLOW)
        if STEPS[key] not in PATH:
            menu = self.page.locator(".pb-menu:visible > .widget-dropdown select")
            menu.locator("option", has_text=STEPS[key].title()).first.wait_for(state="attached", timeout=SLOW)
            menu.select_option(label=STEPS[key].title())
            head = self.page.locator(".pb-menu:visible .pb-kick, .pb-menu:visible h1")
            expect(head.filter(has_text=STEPS[key].text("question")).first).to_be_visible(timeout=SLOW)
        sheet = self.page.locator(".pb-sheet:visible").first
        expect(sheet.locator(".pb-verdict .say")).to_be_visible(timeout=SLOW)
        return sheet


@dataclass
class Control:
    """A field of a form: how it is found and filled in JupyterLab and on the marimo page."""

    asked: Field
    first: str
    second: str

    @property
    def chosen(self) -> bool:
        """Whether it is chosen and not typed."""
        return self.asked.spec.kind in ("choice", "flag")

    @property
    def shape(self) -> str:
        """How the choices stand."""
        return fields.shape(self.asked.spec) if self.chosen else "text"

    def value(self, text: str) -> object:
        """What is saved of it."""
        return fields.read(self.asked.part, self.asked.spec, text)[0]

    def written(self, text: str) -> str:
        """What stands in the field when the value is read back: a date as one types it in the language."""
        return fields.editable(self.asked.spec, self.value(text))

    def words(self, text: str) -> str:
        """The choice in words."""
        return dict(fields.choices(self.asked.spec)).get(text, text)

    def row(self, sheet: Locator) -> Locator:
        """Its row in JupyterLab, by the label that a reader hears."""
        return sheet.locator(".pb-row", has=sheet.page.get_by_text(entry(self.asked).description, exact=True)).first

    def box(self, sheet: Locator) -> Locator:
        """What is typed into in JupyterLab."""
        return self.row(sheet).get_by_label(entry(self.asked).description, exact=True)

    def fill(self, sheet: Locator, text: str) -> None:
        """Type or choose in JupyterLab."""
        row, label = self.row(sheet), entry(self.asked).description
        if self.shape == "menu":
            row.get_by_label(label, exact=True).select_option(label=self.words(text))
        elif self.chosen:
            row.get_by_label(self.words(text), exact=True).check()
        else:
            row.get_by_label(label, exact=True).fill(text)

    def shows(self, sheet: Locator, text: str) -> None:
        """Wait until JupyterLab shows the value."""
        row, label = self.row(sheet), entry(self.asked).description
        if self.shape == "menu":
            expect(row.locator("option:checked")).to_have_text(self.words(text))
        elif self.chosen:
            expect(row.get_by_label(self.words(text), exact=True)).to_be_checked()
        else:
            expect(row.get_by_label(label, exact=True)).to_have_value(self.written(text))

    def served_row(self, page: Page) -> Locator:
        """Its row on the marimo page."""
        return page.locator(f'.pb-row.mo[data-k="{self.asked.name}"]')

    def served_shows(self, page: Page, text: str) -> None:
        """Wait until the marimo page shows the value."""
        row = self.served_row(page)
        if self.shape == "menu":
            expect(row.locator("option:checked")).to_have_text(self.words(text))
        elif self.chosen:
            expect(row.get_by_role("radio", name=self.words(text), exact=True)).to_be_checked()
        else:
            expect(row.locator("input, textarea").first).to_have_value(self.written(text))

    def served_fill(self, page: Page, text: str) -> None:
        """Type or choose on the marimo page."""
        row = self.served_row(page)
        if self.shape == "menu":
            row.locator("select").select_option(label=self.words(text))
        elif self.chosen:
            row.get_by_role("radio", name=self.words(text), exact=True).click()
        else:
            row.locator("input, textarea").first.fill(text)


def control(firm: Workspace, key: str, language: str) -> Control:
    """A field of the form to be typed into; a row is added where there is none. One that is typed before one chosen."""
    page = Asked(firm, key, language)
    if not any(group.fields for group in page.sets()) or key == "kpi":
        page.add_row(next(group.adds for group in page.sets() if group.adds))
    with i18n.speaking(language, page.currency):
        asked = [one for group in page.sets() for one in (group.fields[1:] if group.folds else group.fields)]
        kinds = ("number", "text", "note", "date", "choice", "flag")
        best = min(asked, key=lambda one: kinds.index(one.spec.kind))
        if best.spec.kind in ("choice", "flag"):
            values = [value for value, _ in fields.choices(best.spec) if value]
            first = next(value for value in values if value != best.text)
            second = next(value for value in values if value != first)
        else:
            first, second = (next(text for text in texts if _sound(best, text)) for texts in (TYPED, ANEW))
    return Control(best, first, second)


def _sound(asked: Field, text: str) -> bool:
    return fields.read(asked.part, asked.spec, text)[1] is None
