"""The marimo face of the data page: files in, previews, open questions, imports and their undo."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import marimo as mo

from playbook import addresses
from playbook.data import Question
from playbook.i18n import t
from playbook.ui.dropped import Choice, Dropped, answer_name
from playbook.ui.imports import ImportPage
from playbook.ui.marimo import MOST_KEPT, Signal, place, who

LARGEST_FILE = 200_000_000


class Data:
    """What the data notebook has in hand."""

    def __init__(self, page: ImportPage) -> None:
        self.page = page
        self._again = Signal()
        self.rebuilt = self._again.read
        self._widgets: list[Any] = []
        self._pasted: list[Any] = []

    def opening(self) -> mo.Html:
        """The page's question and why it matters."""
        return mo.Html(self.page.opening())

    def upload(self) -> mo.ui.file:
        """Where files are dropped; made anew after each drop, as marimo's own words about it are English only."""
        with self._speaking():
            label = t("ui", "Drop your exports here, or press to choose them")
            return mo.ui.file(  # of every type: what is no table is refused in our words, with what to do
                multiple=True,
                kind="area",
                label=label,
                max_size=LARGEST_FILE,
                on_change=self._dropping,
            )

    def uploading(self, upload: mo.ui.file) -> mo.Html:
        """The drop area with what it takes."""
        with self._speaking():
            note = t(
                "ui",
                "Exports of advertising systems, shops and CRMs, or your own table: CSV, TSV, XLSX, HTML, ZIP or GZ.",
            )
            return mo.Html(f'<div class="pb pb-drop">{upload}<p class="hint">{escape(note)}</p></div>')

    def pasting(self) -> mo.Html:
        """Where a table copied from a screen is pasted."""
        with self._speaking():
            words = t("ui", "Paste the rows here, with or without a header")
            area = mo.ui.text_area(placeholder=words, max_length=None, full_width=True)
            press = self._then_again(lambda: self.page.paste(area.value))
            look = mo.ui.button(label=t("ui", "Look at it"), on_click=press)
            self._pasted = [area, look]
            summary = escape(t("ui", "Or paste a table copied from a screen"))
            body = f'{area}<p class="pb-quiet">{look}</p>'
            return mo.Html(
                f'<div class="pb"><details class="pb-def"><summary>{summary}</summary>{body}</details></div>'
            )

    def files(self) -> mo.Html:
        """Each file's card, then what no file can tell, then the button that imports."""
        self._widgets = self._widgets[-MOST_KEPT:]
        with self._speaking():
            cards = "".join(self._file(file) for file in self.page.dropped.values())
            widgets: list[Any] = [self._asked(file, question) for file, question in self.page.questions()]
            if any(file.preview and file.batch is None for file in self.page.dropped.values()):
                press = self._then_again(self.page.run)
                widgets.append(mo.ui.button(label=t("ui", "Import"), kind="success", on_click=press))
            self._widgets += widgets
            return mo.Html(f'<div class="pb pb-files">{cards}{_rows(widgets)}</div>')

    def _file(self, file: Dropped) -> str:
        """A file's card, what can be done about it, and what is asked of it."""
        buttons: list[Any] = []
        if file.batch is None and file.preview and not (file.sheet or file.corrected):
            press = self._then_again(self.page.correct, file)
            buttons.append(mo.ui.button(label=t("ui", "Correct how it is read"), on_click=press))
        if file.waits:
            buttons.append(
                mo.ui.button(label=t("ui", "Leave it out"), on_click=self._then_again(self.page.leave, file))
            )
        self._widgets += buttons
        ways = f'<div class="pb-quiet pb-ways">{"".join(f"{button}" for button in buttons)}</div>' if buttons else ""
        return f"{self.page.card(file)}{ways}{self._assistant(file)}"

    def _assistant(self, file: Dropped) -> str:
        """The questions about a table we do not know; what it can do without stands folded."""
        choices = self.page.assistant(file)
        widgets = {choice.key: self._chosen(file, choice) for choice in choices}
        self._widgets += widgets.values()
        needed, aside = ([widgets[each.key] for each in choices if each.aside is part] for part in (False, True))
        more = f"<summary>{escape(t('ui', 'More columns'))}</summary>{_rows(aside)}"
        return _rows(needed) + (f'<details class="pb-def">{more}</details>' if aside else "")

    def imported(self) -> mo.Html:
        """The imports so far, each with its undo, and what the steps take from them."""
        active = {str(batch.id): batch.id for batch in self.page.workspace.batches() if batch.active}
        with self._speaking():
            rows = "".join(self._import(line, active.get(key)) for key, line in self.page.lines())
        return mo.Html(f'<div class="pb">{self.page.imported()}{rows}</div>{self.page.figures()}{self.page.beyond()}')

    def _asked(self, file: Dropped, question: Question) -> mo.ui.radio:
        """A question that a person answers; two files may bear one name, and each has its own."""

        def reply(value: Any) -> None:
            if value:
                self.page.reply(file, question.key, str(value))
                self._again.send()

        options = {answer_name(answer): answer for answer in question.answers}
        label = f"{escape(file.name)}: {escape(question.text)}"
        return mo.ui.radio(options, value=None, label=label, inline=True, on_change=reply)

    def _chosen(self, file: Dropped, choice: Choice) -> mo.ui.dropdown:
        """What a table of one's own is, and which of its columns is which."""

        def choose(value: Any) -> None:
            if str(value or "") != choice.chosen:
                self.page.reply(file, choice.key, str(value or ""))
                self._again.send()

        options = {label: value for value, label in choice.options}
        now = next((label for label, value in options.items() if value == choice.chosen), None)
        label = escape(choice.label)
        return mo.ui.dropdown(
            options, value=now, label=label, allow_select_none=True, full_width=True, on_change=choose
        )

    def _import(self, line: str, batch: int | None) -> str:
        button: Any = ""
        if batch is not None:
            button = mo.ui.button(label=t("ui", "Undo"), on_click=self._then_again(self.page.take_back, batch))
            self._widgets.append(button)
        return f'<div class="pb-row pb-import">{line}<span class="pb-quiet">{button}</span></div>'

    def _speaking(self) -> Any:
        return self.page.speaking()

    def _dropping(self, files: Any) -> None:
        if files:
            self.page.take([(file.name, file.contents) for file in files])
            self._again.send()

    def _then_again(self, does: Callable[..., object], *named: object) -> Callable[[Any], None]:
        """Do something and draw the page anew."""

        def press(_: object) -> None:
            does(*named)
            self._again.send()

        return press


def data() -> Data:
    """The data page in the workspace and the language of whoever looks at it."""
    workspace, language, author = who()
    with addresses.under(place()):
        return Data(ImportPage(workspace, language, author))


def _rows(widgets: list[Any]) -> str:
    return "".join(f'<div class="pb-row mo">{widget}</div>' for widget in widgets)
