"""The marimo face of the data page: files in, previews, open questions, imports and their undo."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import marimo as mo

from playbook import i18n
from playbook.i18n import t
from playbook.ui.imports import Dropped, ImportPage
from playbook.ui.marimo import who

LARGEST_FILE = 200_000_000


class Data:
    """What the data notebook has in hand."""

    def __init__(self, page: ImportPage) -> None:
        self.page = page
        self._count = 0
        self.rebuilt, self._rebuild = mo.state(0, allow_self_loops=True)

    def opening(self) -> mo.Html:
        """The page's question and why it matters."""
        return mo.Html(self.page.opening())

    def upload(self) -> mo.ui.file:
        """Where files are dropped; made anew after each drop, as marimo's own words about it are English only."""
        self.rebuilt()
        with self._speaking():
            label = t("ui", "Drop your exports here, or press to choose them")
            return mo.ui.file(
                filetypes=[".csv", ".tsv", ".txt"],
                multiple=True,
                kind="area",
                label=label,
                max_size=LARGEST_FILE,
                on_change=self._dropping,
            )

    def uploading(self, upload: mo.ui.file) -> mo.Html:
        """The drop area with what it takes."""
        with self._speaking():
            note = t("ui", "Google Ads, Shopify, or a table with our own column names. CSV or TSV, any encoding.")
            return mo.Html(f'<div class="pb pb-drop">{upload}<p class="hint">{escape(note)}</p></div>')

    def asked(self) -> mo.ui.dictionary:
        """Widgets for what no file can tell, and the button that imports."""
        self.rebuilt()
        self._files = list(self.page.dropped.values())
        with self._speaking():
            widgets: dict[str, Any] = {}
            for place, (file, question) in enumerate(self.page.questions()):  # two files may bear one name
                widgets[f"{place}/{question.key}"] = mo.ui.radio(
                    {_answer(answer): answer for answer in question.answers},
                    value=None,
                    label=f"{escape(file.name)}: {escape(question.text)}",
                    inline=True,
                    on_change=self._replying(file, question.key),
                )
            if any(file.preview and file.batch is None for file in self._files):
                widgets["import"] = mo.ui.button(
                    label=t("ui", "Import"), kind="success", on_click=lambda _: self._import()
                )
            return mo.ui.dictionary(widgets)

    def previews(self, asked: mo.ui.dictionary) -> mo.Html:
        """Each file's card, then the questions, then the button."""
        cards = "".join(self.page.card(file) for file in self._files)
        widgets = "".join(f'<div class="pb-row mo">{widget}</div>' for widget in asked.elements.values())
        return mo.Html(f'<div class="pb pb-files">{cards}{widgets}</div>')

    def undoing(self) -> mo.ui.dictionary:
        """A button for every import that counts."""
        self.rebuilt()
        with self._speaking():
            buttons = {
                str(batch.id): mo.ui.button(label=t("ui", "Undo"), on_click=self._taking_back(batch.id))
                for batch in self.page.workspace.batches()
                if batch.active
            }
            return mo.ui.dictionary(buttons)

    def imported(self, undoing: mo.ui.dictionary) -> mo.Html:
        """The imports so far, each with its undo, and what the steps take from them."""
        rows = "".join(
            f'<div class="pb-row pb-import"><span>{escape(line)}</span>'
            f'<span class="pb-quiet">{undoing.get(key, "")}</span></div>'
            for key, line in self.page.lines()
        )
        return mo.Html(f'<div class="pb">{self.page.imported()}{rows}</div>{self.page.figures()}')

    def _speaking(self) -> Any:
        return i18n.speaking(self.page.language, self.page.currency)

    def _dropping(self, files: Any) -> None:
        if files:
            self.page.take([(file.name, file.contents) for file in files])
            self._again()

    def _again(self) -> None:
        self._count += 1
        self._rebuild(self._count)

    def _import(self) -> None:
        self.page.run()
        self._again()

    def _replying(self, file: Dropped, key: str) -> Callable[[Any], None]:
        def reply(value: Any) -> None:
            if value:
                self.page.reply(file, key, str(value))
                self._again()

        return reply

    def _taking_back(self, batch: int) -> Callable[[Any], None]:
        def take_back(_: object) -> None:
            self.page.take_back(batch)
            self._again()

        return take_back


def data() -> Data:
    """The data page in the workspace and the language of whoever looks at it."""
    workspace, language, author = who()
    return Data(ImportPage(workspace, language, author))


def _answer(answer: str) -> str:
    words = {
        "included": t("ui", "VAT included"),
        "excluded": t("ui", "without VAT"),
        "none": t("ui", "no VAT"),
        "dmy": t("ui", "day first"),
        "mdy": t("ui", "month first"),
        "paid": t("ui", "paid"),
        "won": t("ui", "won"),
        "lost": t("ui", "lost"),
        "open": t("ui", "open"),
        "cancelled": t("ui", "cancelled"),
    }
    return words.get(answer, answer)
