"""The words of the command line for imports: several files one after another, none keeping the others back."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playbook import i18n
from playbook.data import batches, rejects
from playbook.data.importer import Importer, Outcome, setting
from playbook.data.match import system_title
from playbook.data.preview import Preview
from playbook.data.read import Reject
from playbook.data.shape import Question
from playbook.data.summary import said, span
from playbook.data.tables import Taken
from playbook.errors import PlaybookError
from playbook.i18n import t, tn
from playbook.workspace import Batch, Workspace

_PASTED = Path("-")
SHOWN = 10
"""Rejected rows that are shown; the file has all of them."""

Ask = Callable[[str, list[str]], str]
"""Asks a person a question with these answers; an empty answer leaves it open."""


@dataclass(frozen=True)
class Result:
    """One file of the command: taken in (or only looked at), or refused with the error."""

    file: Path
    outcome: Outcome | None = None
    error: PlaybookError | None = None

    def to_json(self) -> dict[str, Any]:
        """The object of `import --json`."""
        return self.outcome.to_json() if self.outcome else {"file": self.file.name}

    def lines(self) -> list[str]:
        """What a person reads."""
        return list(_lines(self.outcome)) if self.outcome else []

    def waits(self) -> list[str]:
        """What a look left open: rows that would be rejected, and questions that would keep the file out."""
        if self.outcome is None or self.outcome.batch is not None:
            return []
        preview = self.outcome.preview
        rows = [_told(reject) for reject in preview.reading.rejects[:SHOWN]]
        return [*rows, *map(_question, preview.questions)]


@dataclass(frozen=True)
class Listed:
    """One import in the list."""

    batch: Batch
    workspace: Workspace = field(repr=False)
    mends: tuple[Batch, ...] = ()
    """The active imports of its mended rows, the newest last."""

    def to_json(self) -> dict[str, Any]:
        """The import as a JSON object."""
        names = ("file", "source", "kinds", "rows", "accepted", "merged", "skipped", "rejected", "totals", "from", "to")
        said = {name: self.batch.payload.get(name) for name in names}
        return {"batch": self.batch.id, "active": self.batch.active, "time": self.batch.time.isoformat(), **said}

    def text(self) -> str:
        """The import in one line."""
        return "  ".join((str(self.batch.id), self.when, self.batch.payload["file"], self.system, self.counts))

    @property
    def when(self) -> str:
        """The day and the time of the import, and whether it is switched off."""
        when = self.batch.time.astimezone()
        state = "" if self.batch.active else f" ({t('import', 'switched off')})"
        return f"{i18n.date(when)} {i18n.clock(when)}{state}"

    @property
    def system(self) -> str:
        """The system, as people call it."""
        return system_title(self.batch.payload["source"])

    @property
    def counts(self) -> str:
        """What became of the file's rows; the parts add up to all of them."""
        payload = self.batch.payload
        words = {
            "accepted": t("import", "accepted {n}", n=i18n.number(payload["accepted"])),
            "merged": t("import", "merged {n}", n=i18n.number(payload["merged"])),
            "skipped": t("import", "skipped {n}", n=i18n.number(payload["skipped"])),
            "rejected": t("import", "rejected {n}", n=i18n.number(payload["rejected"])),
        }
        parts = ", ".join(said for name, said in words.items() if payload[name] or name == "accepted")
        return tn("import", "{n} row: {parts}", "{n} rows: {parts}", payload["rows"], parts=parts)

    @property
    def mended_by(self) -> int:
        """The newest import of its mended rows; 0 while there is none."""
        return self.mends[-1].id if self.mends else 0

    @property
    def mended(self) -> int:
        """How many of its rejected rows came in since, each counted once."""
        came = sum(int(one.payload["accepted"]) + int(one.payload["merged"]) for one in self.mends)
        return min(came, int(self.batch.payload["rejected"]))

    @property
    def rejects(self) -> list[Reject]:
        """The first of its rejected rows; none where their file is gone."""
        path = rejects_file(self.workspace, self.batch)
        return rejects.first(path, SHOWN) if path else []


def import_files(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    source: str | None = None,
    settings: Mapping[str, str] | None = None,
    dry_run: bool = False,
    ask: Ask | None = None,
) -> list[Result]:
    """Import each file; what a file's questions are left without refuses that file only."""
    importer, said = Importer(workspace), dict(settings or {})
    return [result for file in files for result in _import(importer, file, source, said, dry_run, ask)]


def list_imports(workspace: Workspace) -> list[Listed]:
    """Every import, the oldest first."""
    found = batches.imports(workspace)
    mends: dict[str, list[Batch]] = defaultdict(list)
    for batch in found:
        if batch.active and batch.payload.get("origin"):
            mends[batch.payload["origin"]].append(batch)
    return [Listed(batch, workspace, tuple(mends.get(Taken.of(batch).file, ()))) for batch in found]


def rejects_file(workspace: Workspace, batch: Batch) -> Path | None:
    """The file with an import's rejected rows; None where there were none, or it is gone."""
    name = str(batch.payload.get("rejects_file") or "")
    path = workspace.path / "reports" / Path(name).name
    return path if name and path.is_file() else None


def _import(
    importer: Importer, file: Path, source: str | None, settings: dict[str, str], dry_run: bool, ask: Ask | None
) -> Iterator[Result]:
    """Every table of a file, taken in one after another."""
    given: Path | bytes = sys.stdin.buffer.read() if file == _PASTED else file
    name = t("import", "pasted table") if file == _PASTED else ""
    try:
        looks = importer.looks(given, name, source=source, settings=settings)
    except PlaybookError as error:
        yield Result(file, error=_named(error, file))
        return
    for look in looks:
        try:
            preview = look.preview
            if preview is None:
                raise look.error or AssertionError
            if ask and not dry_run:
                preview = _answered(importer, preview, given, source, look.settings, ask)
            yield Result(file, outcome=Outcome(preview) if dry_run else importer.run(preview))
        except PlaybookError as error:
            yield Result(file, error=_named(error, Path(look.name)))


def _answered(
    importer: Importer, preview: Preview, file: Path | bytes, source: str | None, settings: dict[str, str], ask: Ask
) -> Preview:
    """The preview with its questions answered by the person, as far as they were."""
    answers = {one.key: answer for one in preview.questions if (answer := ask(one.text, list(one.answers)))}
    if not answers:
        return preview
    return importer.preview(file, preview.file, source=source, settings=settings | answers)


def _named(error: PlaybookError, file: Path) -> PlaybookError:
    """The error with the file it is about."""
    saw = error.saw if file.name in error.saw else f"{file.name}: {error.saw}" if error.saw else file.name
    return PlaybookError(error.what, saw=saw, hint=error.hint, field=error.field)


def _lines(outcome: Outcome) -> list[str]:
    preview, reading = outcome.preview, outcome.preview.reading
    counts = {
        name: i18n.number(getattr(reading, name)) for name in ("rows", "accepted", "merged", "skipped", "rejected")
    }
    lines = [
        f"{preview.file}: {preview.match.title} ({i18n.share(preview.match.confidence)}; {preview.match.why})",
        "  "
        + t(
            "import",
            "rows {rows} = accepted {accepted} + merged {merged} + skipped {skipped} + rejected {rejected}",
            **counts,
        ),
    ]
    if preview.period:
        lines.append("  " + t("import", "period: {period}", period=span(preview.period)))
    lines += [f"  {label}: {value}" for label, value in said(preview.totals)]
    lines += [f"  {note}" for note in preview.notes]
    if outcome.rejects_file:
        lines.append("  " + t("import", "the rejected rows, with reasons: {file}", file=outcome.rejects_file))
    lines.append("  " + done(outcome))
    return lines


def _told(reject: Reject) -> str:
    words = {"line": i18n.number(reject.line), "value": f"{reject.column} {reject.value}".strip(), "why": reject.reason}
    return "  " + t("import", "line {line} would be rejected: {value}: {why}", **words)


def _question(question: Question) -> str:
    answers = ", ".join(setting(f"{question.key}={answer}") for answer in question.answers)
    return "  " + t("import", "to be answered first: {question} {answers}", question=question.text, answers=answers)


def done(outcome: Outcome) -> str:
    """What an import changed, in one line."""
    if outcome.batch is None:
        return t("import", "nothing was written")
    changes = outcome.changes
    if changes is None or not (changes.added or changes.updated or changes.removed):
        return t("import", "import {batch}: nothing has changed", batch=outcome.batch)
    counts = {name: i18n.number(getattr(changes, name)) for name in ("added", "updated", "removed")}
    said = t("import", "import {batch}: {added} new, {updated} updated, {removed} gone", batch=outcome.batch, **counts)
    return f"{said}; {words}" if (words := changes.words()) else said
