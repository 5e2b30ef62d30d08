"""The data page: what each dropped file is, what is asked about it, what came of it; without marimo."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from playbook import faces, i18n, paths, ten_from_data
from playbook.data import Importer, Outcome, Preview, Question, undo
from playbook.data.commands import Listed, Result, done, list_imports
from playbook.data.labels import field_name
from playbook.data.mapping import COLUMN
from playbook.display import Table, capital, sentence
from playbook.errors import LacksColumns, PlaybookError
from playbook.given import lines
from playbook.i18n import t
from playbook.steps import STEPS, href
from playbook.ui import first_rows, provenance, rejected
from playbook.ui.dropped import Choice, Dropped, choices
from playbook.ui.page import Page, in_short
from playbook.ui.window import in_language
from playbook.walk import Walk


class ImportPage(Page):
    """The data page of one person."""

    def __init__(self, workspace: Any, language: str, author: str = "") -> None:
        super().__init__(workspace, "data", language, author)
        self.dropped: dict[tuple[str, int, str], Dropped] = {}
        self.error: PlaybookError | None = None

    @in_language
    def take(self, files: list[tuple[str, bytes]]) -> list[Dropped]:
        """The dropped files with their previews; one that was seen already keeps its answers, and others wait on."""
        found: dict[tuple[str, int, str], Dropped] = {}
        for name, content in files:
            known = {key: file for key, file in self.dropped.items() if key[:2] == (name, hash(content))}
            found |= known or {(name, hash(content), file.name): file for file in self._looked(name, content)}
        waiting = {key: file for key, file in self.dropped.items() if key not in found and file.waits}
        self.dropped = waiting | found
        return list(found.values())

    def leave(self, file: Dropped) -> None:
        """Let go of a file that is not to be imported."""
        self.dropped = {key: other for key, other in self.dropped.items() if other is not file}

    @in_language
    def correct(self, file: Dropped) -> None:
        """Ask anew what a file is and how it is read, beginning with what we took it for."""
        if file.preview:
            file.corrected, file.settings = True, {"source": file.preview.source, **file.settings}
            self._look(file)

    @in_language
    def reply(self, file: Dropped, key: str, value: str) -> None:
        """Answer a question about a file and look at it again."""
        if value or (file.corrected and key.startswith(COLUMN)):  # an empty one says that there is no such column
            file.settings[key] = value
        else:
            file.settings.pop(key, None)
        if key == "source" and file.corrected:  # other columns, another table
            file.settings = {name: said for name, said in file.settings.items() if name in ("source", "part")}
        elif key.startswith(COLUMN) and file.preview:
            file.settings.setdefault("kind", file.preview.kinds[0])
        self._look(file)

    @in_language
    def paste(self, text: str) -> None:
        """A table as it was copied from a screen or a sheet."""
        if text.strip():
            self.take([(t("ui", "pasted table"), text.encode())])

    @in_language
    def assistant(self, file: Dropped) -> list[Choice]:
        """What is asked of a table we do not know, or of a known one that is corrected."""
        return choices(file)

    @in_language
    def run(self) -> None:
        """Import every file that has no open question and is not in yet."""
        for file in self.dropped.values():
            if file.preview is None or file.batch is not None:
                continue
            if file.preview.questions:
                file.waited = True
                continue
            if self._look(file).error is not None:
                continue
            try:
                outcome = Importer(self.workspace).run(file.preview)
                file.batch, file.done = outcome.batch, done(outcome)
            except PlaybookError as error:
                file.error = error

    @in_language
    def take_back(self, batch: int) -> None:
        """Switch one import off."""
        self.error = None
        try:
            undo(self.workspace, batch)
        except PlaybookError as error:
            self.error = error
        for file in self.dropped.values():
            if file.batch == batch:
                file.batch = None

    @in_language
    def questions(self) -> list[tuple[Dropped, Question]]:
        """What a person has to answer before the files can be imported, and what they answered already."""
        return [
            (file, question) for file in self.dropped.values() if file.preview for question in file.preview.questions
        ]

    @in_language
    def card(self, file: Dropped) -> str:
        """What a file is and why we think so, the reconciliation, the mapping, what it cannot tell."""
        if file.error is not None and file.sheet is not None:
            return self._unknown(file)
        if file.error is not None:
            said = " ".join(map(sentence, filter(None, (file.error.saw, file.error.hint))))
            return _card(file.name, "no", file.error.what, said)
        if file.preview is None:
            return ""
        preview = file.preview
        told = "".join(
            f"<li>{escape(line.strip())}</li>" for line in Result(Path(file.name), Outcome(preview)).lines()[1:-1]
        )
        body = f"<p>{escape(preview.match.why)}</p><ul class='pb-notes'>{told}</ul>"
        body += rejected.fold(preview.reading.rejects, preview.reading.rejected, file.batch)
        body += f"<details class='pb-def'><summary>{t('ui', 'Columns')}</summary>{self._mapping(preview)}</details>"
        body += first_rows.fold(preview)
        confidence = i18n.share(preview.match.confidence)
        said = t("ui", "{source}, {confidence} sure", source=preview.match.title, confidence=confidence)
        if file.batch is not None:
            said = t("ui", "{source}: imported", source=preview.match.title)
            body = f"<p>{escape(sentence(file.done))}</p>{body}"
        kind, hint = "yes" if file.batch is not None or not preview.questions else "wait", ""
        if kind == "wait" and file.waited:
            kind, hint = "no", t("ui", "Not imported yet: answer the question about it below, then import again.")
        return _card(file.name, kind, said, hint, body)

    @in_language
    def imported(self) -> str:
        """The head of the list of imports, or what to do while there is none."""
        fault = _card("", "no", self.error.what, self.error.hint) if self.error else ""
        if not self.workspace.batches():
            empty = t("ui", "Nothing is imported yet. Drop a file above, and its figures take the place of typed ones.")
            return f'{fault}<p class="pb-sub">{escape(empty)}</p>'
        return f'{fault}<h2 class="pb-h2">{t("ui", "Imports")}</h2>'

    @in_language
    def lines(self) -> list[tuple[str, str]]:
        """Every import by its number: the file, what it is and when it came, what became of its rows."""
        return [(str(one.batch.id), _line(one)) for one in list_imports(self.workspace)]

    @in_language
    def figures(self) -> str:
        """What the steps take from the data now, and what they cannot take, with the reason."""
        walk = Walk(self.workspace)
        rows, places = [], []
        missing: dict[tuple[str, str], list[str]] = {}
        for fact in walk.facts.values():
            if getattr(fact, "value", None) is not None:
                apart = "" if walk.in_own_currency(fact) else _other_currency(walk, fact)
                rows.append((fact.label, _figure(fact), ". ".join(filter(None, (fact.source_text, apart)))))
                places.append(_opening(fact))
            else:
                missing.setdefault((fact.reason, fact.hint), []).append(fact.label)
        parts = []
        if rows:
            columns = (t("ui", "Figure"), t("ui", "Value"), t("ui", "Where from"))
            title = t("ui", "What the steps take from your data")
            note = t("ui", "A number opens the rows it was counted on.") if any(places) else ""
            table = Table(title, columns, tuple(rows), note, numeric=(1,))
            parts.append(str(faces.section(table, leads=[("", place) for place in places])))
        if missing and rows:
            columns = (t("ui", "Why not"), t("ui", "What to do"), t("ui", "Figures"))
            why = tuple((capital(reason), capital(hint), ", ".join(names)) for (reason, hint), names in missing.items())
            parts.append(str(faces.section(Table(t("ui", "What the data cannot tell yet"), columns, why))))
        return f'<div class="pb">{self._ten(walk)}{"".join(parts)}</div>{self._state()}'

    @in_language
    def beyond(self) -> str:
        """Where the rows are looked at in other ways than ours, once there are any."""
        if not self.workspace.batches():
            return ""
        how = t(
            "ui",
            "{command} opens JupyterLab over this workspace: own_analysis.ipynb has your orders and spend as pandas "
            "tables and Altair charts, to be changed as you like; api.ipynb teaches the calculators in ten cells.",
            command=f"{paths.COMMAND} lab",
        )
        summary = escape(t("ui", "An analysis of your own, in Python"))
        return (
            f'<div class="pb"><details class="pb-def"><summary>{summary}</summary><p>{escape(how)}</p></details></div>'
        )

    def _ten(self, walk: Walk) -> str:
        """The ten questions as the data answer them, the way to make them one's own, and the four numbers in short."""
        if walk.imported is None:
            return ""
        found = ten_from_data.answers(walk)
        rows = tuple((one.entry["short"], one.text or "—", _known_of(one)) for one in found)
        columns = (t("ui", "Question"), t("ui", "Answer"), t("ui", "Where from, or why not"))
        title = t("ui", "The ten questions from your data")
        places = [_opening(one.fact) for one in found]
        table = faces.section(
            Table(title, columns, rows, ten_from_data.count(found)), leads=[("", place) for place in places]
        )
        way = f'<a class="pb-btn" href="{href("start")}">{t("ui", "Take them as my answers")}</a>'
        minimum = in_short(walk, STEPS["data-minimum"])
        return f'{table}<p class="pb-buttons">{way}</p><div class="pb-cards">{minimum}</div>'

    def _unknown(self, file: Dropped) -> str:
        """What to do with a table nobody knows: the questions about it stand below."""
        if not file.settings.get("kind") and isinstance(file.error, LacksColumns):
            hint = t("ui", "Or say below what is in it, and then which column is which.")
            return _card(file.name, "wait", file.error.what, f"{sentence(file.error.remedy)} {hint}")
        if not file.settings.get("kind"):
            hint = t("ui", "Say what is in it, and then which column is which. The next such file needs no word.")
            return _card(file.name, "wait", t("ui", "We do not know this table yet"), hint)
        hint = t("ui", "Choose a column for everything marked *, and for one of those marked °.")
        return _card(file.name, "wait", t("ui", "Which column is which?"), hint)

    def _looked(self, name: str, content: bytes) -> list[Dropped]:
        """Every table of a file, or why there is none."""
        try:
            looks = Importer(self.workspace).looks(content, name)
        except PlaybookError as error:
            return [Dropped(name, content, error=error)]
        return [
            Dropped(look.name, content, look.settings, look.preview, look.error, sheet=look.sheet) for look in looks
        ]

    def _look(self, file: Dropped) -> Dropped:
        try:
            (look, *_) = Importer(self.workspace).looks(file.content, file.name, settings=file.settings)
        except PlaybookError as error:
            file.error = error
            return file
        file.preview, file.error, file.sheet = look.preview or file.preview, look.error, look.sheet or file.sheet
        return file

    def _mapping(self, preview: Preview) -> str:
        columns = (t("ui", "Column"), t("ui", "Field"), t("ui", "First value"))
        rows = tuple((each.column, field_name(each.field), each.sample) for each in preview.mapping)
        note = ", ".join(preview.unused[:12])
        words = t("ui", "Not used: {names}", names=note) if note else ""
        return str(faces.section(Table("", columns, rows, words)))


def _known_of(one: ten_from_data.Told) -> str:
    """Where an answer comes from and what is to be known of it, or why there is none."""
    return one.why if one.value is None else " ".join(filter(None, (sentence(one.source), one.notes)))


def _line(one: Listed) -> str:
    """One import; its rejected rows stand folded below."""
    number = t("ui", "import {batch}", batch=one.batch.id)
    return (
        f'<div><b>{escape(one.batch.payload["file"])}</b> <span class="pb-sub">{escape(one.system)} · '
        f"{escape(one.when)} · {escape(number)}</span><br>{escape(one.counts)}{rejected.of(one)}</div>"
    )


def _opening(fact: Any) -> str:
    """The address of the rows behind a figure; empty without them."""
    return provenance.opening(fact.id) if provenance.opens(fact) else ""


def _figure(fact: Any) -> str:
    if fact.unit == "count" and fact.currency:  # rows of a list, whose amounts have a currency
        return lines(fact.value)
    return i18n.money(fact.value, fact.currency) if fact.currency else i18n.measured(fact.value, fact.unit)


def _other_currency(walk: Walk, fact: Any) -> str:
    """Why an amount of the data stands in no field."""
    own = walk.workspace.setting("currency", "USD")
    words = {"own": own, "other": fact.currency}
    return t("ui", "The steps count in {own} and take nothing in {other}: no rate is guessed.", **words)


def _card(title: str, kind: str, said: str, hint: str, body: str = "") -> str:
    heading = f'<h2 class="pb-h3">{escape(title)}</h2>' if title else ""
    because = f'<p class="because">{escape(hint)}</p>' if hint else ""
    glyph = faces.glyph(kind)
    return (
        f'<section class="pb-verdict pb-file" data-v="{kind}">{heading}<p class="pb-word">{glyph}{escape(said)}</p>'
        f"{because}<div class='pb-file-body'>{body}</div></section>"
    )
