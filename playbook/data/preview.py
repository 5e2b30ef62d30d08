"""What a file is and what it would change, before anything is written."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from playbook import i18n, paths
from playbook.data import mapping, rejects
from playbook.data.cells import Record
from playbook.data.clean import NotColumnsError, NotLaidError
from playbook.data.columns import read_columns
from playbook.data.match import Match, recognise
from playbook.data.notes import far_ahead, notes, told_before
from playbook.data.originals import original
from playbook.data.parts import by_rows, read_sheet
from playbook.data.raw import Raw
from playbook.data.read import Reading, read_rows
from playbook.data.shape import AHEAD, Question, Shape, settle
from playbook.data.sources import Source
from playbook.data.summary import DAYS, totals
from playbook.data.tables import Taken, salt_of
from playbook.data.text import Row, Sheet
from playbook.data.totals import Control, agreeing
from playbook.errors import EmptyTable, NotATable, PlaybookError
from playbook.i18n import t
from playbook.workspace import Workspace

REMEMBERED = ("vat", "currency", "dates", "micros")
"""Answers that hold for the next file of the same system too, beside the meanings of statuses."""
SHOWN = 5
"""Rows that a person is shown before an import."""
TWINS_SEEN = 1000
"""Rows of columns of one name that are compared."""


@dataclass(frozen=True)
class Mapped:
    """A column of the file and the field it fills, with its first filled cell."""

    column: str
    kind: str
    field: str
    sample: str


@dataclass(frozen=True)
class Preview:
    """Everything an import would do, said before it is done."""

    file: str
    raw: Raw
    sha: str
    match: Match
    said: frozenset[str]
    """Keys of the answers that came with this file, not from earlier ones."""
    sheet: Sheet
    shape: Shape
    reading: Reading
    totals: dict[str, Any]
    period: tuple[date, date] | None
    origin: str = ""
    left_out: tuple[str, ...] = ()
    """Other parts of the same file that are no table we know."""
    kept: frozenset[str] = frozenset()
    """Keys of the answers that were given with an earlier file."""
    already: int | None = None
    """The batch that holds the same file, read the same way."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What only a person can answer; the import waits for it."""
        return (*self.shape.questions, *self._ahead())

    @property
    def answers(self) -> dict[str, str]:
        """What was said of this file by a person or the workspace."""
        return self.shape.answers

    @property
    def source(self) -> str:
        """The system's name."""
        return self.match.source.name

    @property
    def kinds(self) -> tuple[str, ...]:
        """The tables the file feeds, the main one first."""
        return self.match.kinds

    @property
    def control(self) -> Control | None:
        """The sum that the file itself gives, against ours."""
        return agreeing(self.reading.controls)

    @property
    def taken(self) -> Taken:
        """What the import would be made of."""
        return Taken(self.sha, self.source, self.answers, self.origin)

    @property
    def mapping(self) -> tuple[Mapped, ...]:
        """Which column fills which field."""
        return tuple(
            Mapped(self.header[column], kind, field, self._sample(column))
            for kind, fields in self.shape.columns.items()
            for field, column in fields.items()
        )

    @property
    def unused(self) -> tuple[str, ...]:
        """Columns that no table takes; the original keeps them."""
        used = {column for fields in self.shape.columns.values() for column in fields.values()}
        used |= {column for places in self.shape.others.values() for column in places}
        return tuple(name for column, name in enumerate(self.header) if name and column not in used)

    @property
    def header(self) -> tuple[str, ...]:
        """The file's own names of its columns."""
        return tuple(cell.strip() for cell in self.sheet.rows[self.match.header].cells)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows under the header."""
        return self.sheet.rows[self.match.header + 1 :]

    @property
    def first(self) -> list[tuple[Row, Record]]:
        """The first rows as they stand, each with the record of the main table that begins there."""
        rows = {row.line: row for row in self.rows}
        records = self.reading.records[self.kinds[0]][:SHOWN]
        return [(rows[line], record) for record in records if isinstance(line := record.get("line"), int)]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the file cannot tell, named."""
        others = t("import", "Left out, for we know no such table: {names}.", names=", ".join(self.left_out[:12]))
        return (
            *notes(self.match, self.shape, self.reading, self.header),
            *told_before(self.answers, self.kept),
            *self._twins(),
            *([others] if self.left_out else []),
        )

    def _ahead(self) -> Iterator[Question]:
        """Whether days that are years ahead are meant."""
        last = far_ahead(self.reading)
        if last and AHEAD not in self.said and self.already is None:
            text = t("import", "The file has days up to {day}, years ahead. Is that right?", day=i18n.date(last))
            yield Question(AHEAD, text, ("yes", "no"))

    def _twins(self) -> Iterator[str]:
        """Columns of one name whose first rows differ, with the one of them that is read."""
        header = [name.casefold() for name in self.header]
        for column in {column: None for fields in self.shape.columns.values() for column in fields.values()}:
            twins = [place for place, name in enumerate(header) if name and place != column and name == header[column]]
            if twins and any(_differ(row.cells, column, twins) for row in self.rows[:TWINS_SEEN]):
                words = {"name": self.header[column], "n": column + 1}
                yield t(
                    "import", "Several columns are called “{name}” and differ: column {n} of the file is read.", **words
                )

    def _sample(self, column: int) -> str:
        return next(
            (
                row.cells[column].strip()[:60]
                for row in self.rows
                if column < len(row.cells) and row.cells[column].strip()
            ),
            "",
        )


def _differ(cells: tuple[str, ...], column: int, twins: Sequence[int]) -> bool:
    """Whether a cell of another column of the same name says something else."""
    said = [cells[place].strip() for place in (column, *twins) if place < len(cells)]
    return any(one and one != said[0] for one in said[1:])


def look(
    workspace: Workspace, raw: Raw, file: str, sheet: Sheet, source: str | None, said: Mapping[str, str]
) -> Preview:
    """Say what a table of a file is and what it would change.

    Raises:
        PlaybookError: it is unknown or without rows; or a setting has no such answer.
        NotLaidError: it must be read row by row, and may be several tables.
    """
    typed = frozenset(said)
    sheet, said, match = _known(workspace, sheet, source, said)
    kept = _remembered(workspace, match.source, sheet.rows[match.header].cells)
    answers = kept | dict(said)
    code = str(workspace.setting("currency", "USD"))
    settled = partial(_settled, match=match, answers=answers, zone=_zone(workspace), code=code)
    read = _read(sheet, match, said, settled, partial(_named, raw, match), salt_of(workspace))
    preview = Preview(
        file=file,
        raw=raw,
        sha=raw.sha,
        match=match,
        said=typed,
        sheet=read.sheet,
        shape=read.shape,
        reading=read.reading,
        totals=totals(read.reading.tallies, read.shape.columns),
        period=read.reading.days,
        origin=read.origin,
        kept=frozenset(key for key in {**kept, **said} if key in read.shape.answers) - typed,
    )
    if said.get(AHEAD) == "no":
        _refuse_years(preview)
    return replace(preview, already=_already(workspace, preview.taken))


def read_taken(workspace: Workspace, one: Taken) -> Reading:
    """Read an import's original again, the way it was read before."""
    place = original(workspace, one.sha)
    try:
        return _read_again(workspace, Raw.unpacked(place), one)
    except (OSError, EOFError, zlib.error):
        raise PlaybookError(
            t("import", "An imported file's original cannot be read."),
            saw=str(place),
            hint=t(
                "import",
                "import the file again, or switch its import off with: {playbook} undo",
                playbook=paths.COMMAND,
            ),
        ) from None


def _read_again(workspace: Workspace, raw: Raw, one: Taken) -> Reading:
    sheet = read_sheet(raw, one.answers.get("part", ""))
    try:
        return _read_sheet(workspace, one, sheet)
    except NotLaidError:
        return _read_sheet(workspace, one, by_rows(sheet))


def _read_sheet(workspace: Workspace, one: Taken, sheet: Sheet) -> Reading:
    sheet = mapping.headed(sheet, one.answers)
    match = recognise(sheet, one.source, one.answers.get("kind", ""), mapping.columns_said(one.answers))
    settled = partial(settle, match=match, answers=one.answers, zone="UTC", code="")
    return _read(sheet, match, one.answers, settled, lambda _: one.name, salt_of(workspace)).reading


def _named(raw: Raw, match: Match, shape: Shape) -> str:
    """By what the rows of a file tell, in the tables, which one it was."""
    return Taken(raw.sha, match.source.name, shape.answers).name


def _settled(sheet: Sheet, match: Match, answers: Mapping[str, str], zone: str, code: str) -> Shape:
    """How the file writes; refused where it says nothing."""
    _check_rows(sheet, match)
    shape = settle(sheet, match, answers, zone=zone, code=code)
    _check_days(sheet, match, shape)
    return shape


@dataclass(frozen=True)
class _Read:
    """A table, read: its rows as far as they were looked at one by one, and the file whose rejected rows it mends."""

    sheet: Sheet
    shape: Shape
    reading: Reading
    origin: str = ""


def _read(
    sheet: Sheet,
    match: Match,
    said: Mapping[str, str],
    settled: Callable[[Sheet], Shape],
    named: Callable[[Shape], str],
    salt: str,
) -> _Read:
    """Read a table: a long one as columns where that is the same, any other row by row."""
    if sheet.aside:
        try:
            found = read_columns(sheet, sheet.aside, match, settled, named, salt)
            return _Read(found.sheet, found.shape, found.reading)
        except NotColumnsError:
            sheet.aside.finish()
            sheet = mapping.headed(sheet.aside.whole(), said)
    origin, sheet = rejects.origin(sheet, match.header)
    shape = settled(sheet)
    return _Read(sheet, shape, read_rows(sheet, match, shape), origin)


def _known(
    workspace: Workspace, sheet: Sheet, source: str | None, said: Mapping[str, str]
) -> tuple[Sheet, Mapping[str, str], Match]:
    """What the table is, by its headers and by what was said of its columns, now or for an earlier file like it."""
    own = bool(mapping.columns_said(said)) or source is not None
    before = {} if own else mapping.remembered(workspace, sheet, exactly=True)
    try:
        return _as_said(sheet, source, {**before, **said})
    except NotATable as error:
        before = {} if own else mapping.remembered(workspace, sheet, exactly=False)
        if before:
            return _as_said(sheet, source, {**before, **said})
        if gone := mapping.changed(workspace, sheet):
            names = ", ".join(gone)
            hint = t("import", "columns of the last such file that are gone or renamed: {names}", names=names)
            raise NotATable(error.what, saw=error.saw, hint=f"{hint}; {error.hint}") from None
        raise


def _as_said(sheet: Sheet, source: str | None, said: Mapping[str, str]) -> tuple[Sheet, Mapping[str, str], Match]:
    sheet, source = mapping.headed(sheet, said), source or said.get(mapping.SOURCE)
    return sheet, said, recognise(sheet, source, said.get("kind", ""), mapping.columns_said(said))


def _check_rows(sheet: Sheet, match: Match) -> None:
    if all(row.blank for row in sheet.rows[match.header + 1 :]):
        raise EmptyTable(
            t("import", "The file has a header and no rows."),
            saw=", ".join(filter(None, sheet.rows[match.header].cells))[:200],
            hint=t("import", "download the export again and choose a period that has data"),
        )


def _check_days(sheet: Sheet, match: Match, shape: Shape) -> None:
    """A report without days must at least say its period."""
    if "spend" in match.kinds and "day" not in shape.columns["spend"] and not shape.period:
        raise PlaybookError(
            t("import", "The report has no days, and no line above its header says its period."),
            saw=", ".join(filter(None, sheet.rows[match.header].cells))[:200],
            hint=t("import", "add the column Day to the report, or download it with its title lines"),
        )


def _refuse_years(preview: Preview) -> None:
    """Refuse days that a person says are mistyped, with the lines they stand on as far as they are known."""
    if last := far_ahead(preview.reading):
        records = preview.reading.records[preview.kinds[0]]
        lines = [str(one["line"]) for one in records if last in (one.get(name) for name in DAYS)]
        where = t("import", "on line {line}", line=", ".join(lines[:5]))
        raise PlaybookError(
            t("import", "Days of the file are years ahead. Nothing was imported."),
            saw=" ".join((i18n.date(last), *([where] if lines else []))),
            hint=t("import", "mend the year in the file and import it again"),
            field=AHEAD,
        )


def _remembered(workspace: Workspace, source: Source, header: Sequence[str]) -> dict[str, str]:
    """What was answered for earlier files of the same system."""
    kept = {key: workspace.setting(mapping.kept_as(source, header, key)) for key in REMEMBERED}
    stages = workspace.setting(f"import.{source.name}.stages") or {}
    return {key: str(value) for key, value in kept.items() if value} | {
        f"stage.{word}": stage for word, stage in stages.items()
    }


def _zone(workspace: Workspace) -> str:
    return str(workspace.setting("timezone") or "UTC")


def _already(workspace: Workspace, one: Taken) -> int | None:
    same = [batch.id for batch in workspace.batches() if batch.active and Taken.of(batch) == one]
    return same[-1] if same else None
