"""Take a file in: the original kept, typed Parquet, one recorded batch; or nothing at all."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playbook import paths
from playbook.data import rejects, tables
from playbook.data.changes import Changes, compare, overlapping
from playbook.data.clean import NotLaidError
from playbook.data.mapping import SOURCE, columns_said, kept_as, remember
from playbook.data.originals import kept, original, sweep
from playbook.data.parts import Part, parts, read_sheet
from playbook.data.preview import REMEMBERED, Preview, look
from playbook.data.raw import Raw
from playbook.data.summary import decimal_text, span
from playbook.data.text import Sheet
from playbook.errors import EmptyTable, Failure, NotATable, PlaybookError, WorkspaceReadOnly
from playbook.faults import reason
from playbook.i18n import t
from playbook.workspace import Workspace

_PRESSED = 1
"""How hard an original is packed: by five degrees it takes twice as long and is a sixth smaller."""


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do where `batch` is None."""

    preview: Preview
    batch: int | None = None
    rejects_file: str | None = None
    changes: Changes | None = None

    def to_json(self) -> dict[str, Any]:
        """The object that `playbook import --json` prints for a file."""
        preview, reading = self.preview, self.preview.reading
        return {
            "file": preview.file,
            "source": preview.source,
            "kinds": list(preview.kinds),
            "kind": preview.kinds[0],
            "confidence": preview.match.confidence,
            "why": preview.match.why,
            "rows": reading.rows,
            "accepted": reading.accepted,
            "merged": reading.merged,
            "skipped": reading.skipped,
            "rejected": reading.rejected,
            "totals": preview.totals,
            "batch": self.batch,
            "rejects_file": self.rejects_file,
            "from": preview.period[0].isoformat() if preview.period else None,
            "to": preview.period[1].isoformat() if preview.period else None,
            "changes": self.changes.to_json() if self.changes else None,
            "became": self.changes.became() if self.changes else None,
            "questions": [
                {"key": one.key, "text": one.text, "answers": list(one.answers)} for one in preview.questions
            ],
            "notes": list(preview.notes),
        }


@dataclass(frozen=True)
class Look:
    """One table of a file as it was found: what it is, or why it cannot be taken."""

    name: str
    settings: dict[str, str]
    """The answers it was read with, the name of the part among them."""
    preview: Preview | None = None
    error: PlaybookError | None = None
    sheet: Sheet | None = None
    """The rows of a table that we do not know."""


class Importer:
    """Imports exports into one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def preview(
        self,
        file: Path | str | bytes,
        filename: str = "",
        *,
        source: str | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> Preview:
        """Say what a file is and what it would change; writes nothing. Of several tables in it the first we know.

        `settings` answer what no file tells: `vat`, `dates`, `currency`, `zone`, `account`, `kind`, `stage.WORD`, and
        `part`, the name of one of several tables.

        Raises:
            PlaybookError: the file is missing, empty, no text, unknown or without rows.
        """
        first = self.looks(file, filename, source=source, settings=settings)[0]
        if first.preview is None:
            raise first.error or AssertionError
        return first.preview

    def looks(
        self,
        file: Path | str | bytes,
        filename: str = "",
        *,
        source: str | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> list[Look]:
        """Every table of a file, looked at by itself: an archive and a workbook may hold several; writes nothing.

        Parts that are no table we know are left out and named in the notes of the first one that is.

        Raises:
            PlaybookError: the file is missing or cannot be opened. Where nothing in it is a table we know, the first
                table says so.
        """
        name = filename or ("" if isinstance(file, bytes) else Path(file).name)
        said = dict(settings or {})
        part = said.get("part")
        with nullcontext() if isinstance(file, bytes) else _opened(Path(file)):
            raw = Raw(file) if isinstance(file, bytes) else Raw.of(Path(file))
            tables = parts(raw) if part is None else [Part(part, read_sheet(raw, part))]
            alone = len(tables) == 1
            found = [look for table in tables for look in self._looks(raw, name, table, source, said, alone=alone)]
        known = [look for look in found if not isinstance(look.error, NotATable)]
        if not known:
            return found[:1]
        left_out = tuple(look.name for look in found if look not in known)
        first = next((look for look in known if look.preview), None)
        if first and first.preview and left_out:
            known[known.index(first)] = replace(first, preview=replace(first.preview, left_out=left_out))
        return known

    def _looks(
        self, raw: Raw, name: str, table: Part, source: str | None, said: dict[str, str], *, alone: bool
    ) -> list[Look]:
        """What a table is; one that cannot be laid aside may be several."""
        try:
            return [self._look(raw, name, table, source, said)]
        except NotLaidError:
            tables = table.by_rows(whole="part" in said, alone=alone)
            return [self._look(raw, name, one, source, said) for one in tables]

    def _look(self, raw: Raw, name: str, table: Part, source: str | None, said: dict[str, str]) -> Look:
        name = "/".join(filter(None, (name, table.name)))
        settings = said | ({"part": table.name} if table.name else {})
        if table.sheet is None:
            return Look(name, settings, error=table.error)
        try:
            return Look(name, settings, look(self.workspace, raw, name, table.sheet, source, settings))
        except PlaybookError as error:
            if table.sheet.aside:
                table.sheet.aside.finish()
            return Look(name, settings, error=error, sheet=None if isinstance(error, EmptyTable) else table.sheet)

    def run(self, preview: Preview) -> Outcome:
        """Take the file in. A file that is in already changes nothing.

        Raises:
            PlaybookError: a question is open, or the file's own sum differs from ours; nothing is written then.
        """
        _refuse_questions(preview)
        _refuse_difference(preview)
        import duckdb

        try:
            return self._take(preview) if preview.already is None else self._again(preview)
        except duckdb.Error as error:
            raise Failure(
                t("import", "The tables could not be made. Nothing was imported."),
                saw=str(error).partition("\n")[0],
                hint=t("import", "try again; if it comes back, check the free space on the disk"),
            ) from None
        except OSError as error:
            raise WorkspaceReadOnly(
                t("import", "The workspace's folder could not be written to. Nothing was imported."),
                saw=f"{error.filename or self.workspace.path}: {reason(error)}",
                hint=t("import", "allow writing to the folder, or free some space on the disk"),
            ) from None

    def _again(self, preview: Preview) -> Outcome:
        """A file that is in: nothing to do, unless its original was lost."""
        _keep(self.workspace, preview)
        name = self._rejects(preview)
        return Outcome(preview, preview.already, str(name) if name else None, Changes())

    def _take(self, preview: Preview) -> Outcome:
        """Write everything first and record the batch last: until then the workspace is as it was."""
        workspace, one = self.workspace, preview.taken
        before = tables.taken(workspace)
        _keep(workspace, preview)
        tables.write_part(workspace, one, preview.reading)
        old, new = tables.folder(workspace, before), tables.folder(workspace, [*before, one])
        _refuse_overlap(new)
        name = self._rejects(preview)
        if name:
            rejects.write(name, preview.header, preview.reading.rejects, one.origin or one.file)
        changes = compare(old, new)
        with workspace.together():
            batch = workspace.add_batch(self._payload(preview, name))
            self._remember(preview)
        tables.sweep(workspace, old)
        sweep(workspace)
        return Outcome(preview, batch, str(name) if name else None, changes)

    def _payload(self, preview: Preview, rejects_file: Path | None) -> dict[str, Any]:
        said = Outcome(preview, rejects_file=rejects_file.name if rejects_file else None).to_json()
        return {
            **{key: value for key, value in said.items() if key not in ("batch", "changes", "became", "questions")},
            "sha": preview.sha,
            "answers": preview.answers,
            "origin": preview.origin,
            "encoding": preview.sheet.encoding,
            "delimiter": preview.sheet.delimiter,
            "version": paths.VERSION,
        }

    def _rejects(self, preview: Preview) -> Path | None:
        """Where the rejected rows go; nowhere without any."""
        if not preview.reading.rejects:
            return None
        return self.workspace.path / "reports" / rejects.name_of(preview.file, preview.taken.file)

    def _remember(self, preview: Preview) -> None:
        """Keep the answers given with this file for the next one of the same system."""
        said = {key: preview.answers[key] for key in preview.said & set(preview.answers)}
        for key in REMEMBERED:
            if key in said and key in preview.match.source.asks:
                self._set(kept_as(preview.match.source, preview.header, key), said[key])
        told = preview.source if SOURCE in preview.said else ""
        if columns_said(said) or told:
            remember(self.workspace, preview.header, preview.answers, told)
        place = f"import.{preview.source}.stages"
        known = self.workspace.setting(place) or {}
        stages = {key.removeprefix("stage."): value for key, value in said.items() if key.startswith("stage.")}
        if stages:
            self._set(place, known | stages)

    def _set(self, name: str, value: object) -> None:
        if self.workspace.setting(name) != value:
            self.workspace.set_setting(name, value)


@contextmanager
def _opened(path: Path) -> Iterator[None]:
    """Say which file it was that could not be read."""
    try:
        yield
    except OSError as error:
        raise PlaybookError(
            t("import", "The file could not be opened."),
            saw=f"{path}: {reason(error)}",
            hint=t("import", "check the name and the folder"),
        ) from None


def _keep(workspace: Workspace, preview: Preview) -> None:
    """Keep the original, compressed, named by its content; one that was lost comes back."""
    place = original(workspace, preview.sha)
    if not kept(workspace, preview.sha):
        place.parent.mkdir(parents=True, exist_ok=True)
        found = hashlib.sha256()
        with paths.instead_of(place) as fresh:
            with fresh.open("wb") as file, gzip.GzipFile("", "wb", _PRESSED, file, mtime=0) as out:
                for chunk in preview.raw.chunks():
                    found.update(chunk)
                    out.write(chunk)
            if found.hexdigest() != preview.sha:
                raise PlaybookError(
                    t("import", "The file has changed since it was looked at. Nothing was imported."),
                    saw=preview.file,
                    hint=t("import", "import it again"),
                )


def _refuse_questions(preview: Preview) -> None:
    if preview.questions:
        first, *others = preview.questions
        hint = t(
            "import",
            "answer with {setting}; the answers are: {answers}",
            setting=setting(f"{first.key}={first.answers[0]}"),
            answers=", ".join(first.answers),
        )
        if others:
            keys = ", ".join(one.key for one in others)
            hint += "; " + t("import", "then the file asks for: {keys}", keys=keys)
        raise PlaybookError(first.text, saw=preview.file, hint=hint, field=first.key)


def setting(pair: str) -> str:
    """The words of the command line that give an answer."""
    return f'--set "{pair}"' if any(mark in pair for mark in " |&;<>()") else f"--set {pair}"


def _refuse_difference(preview: Preview) -> None:
    control = preview.control
    if control and not control.agrees and preview.answers.get("totals") != "ignore":
        raise PlaybookError(
            t("import", "The file's own total and the sum of its rows differ. Nothing was imported."),
            saw=t(
                "import",
                "line {line}: {theirs}; our sum: {ours}",
                line=control.line,
                theirs=decimal_text(control.theirs),
                ours=decimal_text(control.ours),
            ),
            hint=t("import", "export the whole report again; or trust the rows with --set totals=ignore"),
            field="totals",
        )


def _refuse_overlap(folder: Path) -> None:
    """Refuse days that would count twice: once by themselves and once inside a total for a period."""
    found = overlapping(folder)
    if found:
        raise PlaybookError(
            t(
                "import",
                "These days would count twice: a total for a period and single days overlap. Nothing was imported.",
            ),
            saw=f"{found.campaign or found.source}: {span(found.one)}; {span(found.other)}",
            hint=t(
                "import",
                "keep one of the two: see {playbook} imports, and switch the other off with {playbook} undo",
                playbook=paths.COMMAND,
            ),
        )
