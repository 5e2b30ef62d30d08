"""The founder's project on disk: every answer ever given, in one append-only file that survives a crash.

The current value of a field is the newest change of it. A save names the revision it was made on, so that two windows
cannot wipe each other's words: the older window is told, and both values stay in the history.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self, cast

from playbook import i18n, paths
from playbook.errors import WorkspaceExists, WorkspaceMissing, WorkspaceReadOnly
from playbook.i18n import t
from playbook.workspace import disk
from playbook.workspace.faults import FILE, READ_ONLY, damaged, operational, unwritable
from playbook.workspace.kept import Batch, Change, Current, Record, Saved
from playbook.workspace.undoing import Action, made_together, taken_along, taken_back

__all__ = ["FILE", "REPORTS", "Batch", "Change", "Current", "Record", "Saved", "Workspace"]

SETTINGS = "settings"
ACTIONS = "actions"
REPORTS = "reports"
REPORT_ENDINGS = (".html", ".pdf", ".xlsx")


class Workspace:
    """One founder's project: a folder with `playbook.db`, `originals/`, `tables/` and `reports/`."""

    def __init__(self, path: Path, *, until: datetime | None = None) -> None:
        self.path = path
        self._local = threading.local()
        self._until = until

    @classmethod
    def create(cls, path: Path | str, *, name: str = "", language: str = "en", currency: str = "") -> Self:
        """Make an empty workspace at `path`, which must not hold one yet."""
        folder = Path(path).expanduser().resolve()
        if (folder / FILE).exists():
            raise WorkspaceExists(
                t("workspace", "There is a workspace here already."),
                saw=str(folder),
                hint=t("workspace", "open it, or choose another folder"),
            )
        try:
            for part in ("originals", "tables", REPORTS):
                (folder / part).mkdir(parents=True, exist_ok=True)
            disk.make(folder)
        except (OSError, sqlite3.Error) as error:
            raise unwritable(folder, error) from None
        workspace = cls(folder)
        workspace.set_setting("name", name or folder.name)
        workspace.set_setting("language", language)
        workspace.set_setting("currency", currency or i18n.CURRENCY_OF.get(language, "USD"))
        return workspace

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open the workspace at `path` (the folder or its `playbook.db`).

        Raises:
            WorkspaceMissing, WorkspaceDamaged, WorkspaceNewer, WorkspaceLocked: the file is then left as it was.
        """
        folder = Path(path).expanduser().resolve()
        folder = folder.parent if folder.name == FILE else folder
        if not (folder / FILE).is_file():
            raise WorkspaceMissing(
                t("workspace", "There is no workspace here."),
                saw=str(folder),
                hint=t("workspace", "make one with: {playbook} new FOLDER", playbook=paths.COMMAND),
            )
        disk.check(folder)
        return cls(folder)

    def as_of(self, time: datetime) -> Self:
        """A look at the workspace as it stood at a moment; imports count as they do now. It is for reading only."""
        return type(self)(self.path, until=time)

    def save(
        self, step: str, field: str, value: Any, *, draft: bool = False, base: int | None = None, author: str = ""
    ) -> Saved:
        """Append one change. `draft` keeps words that are not a valid value; `base` is the revision they follow."""
        kind = "draft" if draft else "value"
        with self._writing() as db:
            newest = self._newest(db, step, field)
            revision = disk.append(db, step, field, kind, value, author)
        if newest is None or base is None or newest.revision <= base or (newest.kind, newest.value) == (kind, value):
            return Saved(revision)
        return Saved(revision, newest)

    def current(self, step: str) -> dict[str, Current]:
        """Every field of a step as it stands; read is only what was saved since this thread last looked."""
        fields = self._looked().setdefault(step, {})
        newest = max((field.revision for field in fields.values()), default=0)
        query = "SELECT * FROM changes WHERE step = ? AND revision > ? ORDER BY revision"
        for change in self._rows(query, step, newest):
            before = fields.get(change.field)
            valid = change.kind == "value"
            fields[change.field] = Current(
                value=change.value if valid else (before.value if before else None),
                draft=None if valid else change.value,
                revision=change.revision,
                time=change.time,
            )
        return dict(fields)

    def values(self, step: str) -> dict[str, Any]:
        """The valid values of a step, without emptied fields."""
        return {name: field.value for name, field in self.current(step).items() if field.value is not None}

    def history(self, step: str) -> list[Change]:
        """Every change of a step, the newest first."""
        return list(self._rows("SELECT * FROM changes WHERE step = ? ORDER BY revision DESC", step))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make all that is saved in the block one action: kept whole or not at all, and taken back by one undo."""
        if self._acting():
            yield
            return
        with self._writing() as db:
            revision, record = self.revision(), disk.last_record(db)
            yield
            revisions = range(revision + 1, self.revision() + 1)
            records = tuple(range(record + 1, disk.last_record(db) + 1))
            if len(revisions) > 1 or (revisions and records):
                self.record(ACTIONS, Action(revisions, records).to_json())

    def undo(self, step: str, *, keep: Collection[str] = ()) -> Change | None:
        """Take the newest change of a step back by appending what stood before it; None when nothing is left.

        What was changed together is taken back together, in other steps as long as nobody went on with it there.
        Called again it goes one change further back. The fields named in `keep` are left alone.
        """
        with self._writing() as db:
            actions = self._actions()
            found = taken_back(self._changes(step), actions, keep)
            if not found:
                return None
            together = made_together(found[0].change.revision, actions)
            query = "SELECT DISTINCT step FROM changes WHERE step != ? AND revision BETWEEN ? AND ?"
            others = self._select(query, step, together[0], together[-1])
            along = [(other, taken_along(self._changes(other), together)) for (other,) in others]
            for place, backs in ((step, found), *along):
                for back in backs:
                    disk.append(db, place, back.change.field, back.kind, back.value, "", back.change.revision)
            return found[0].change

    def add_row(self, step: str, rows: str, values: dict[str, Any] | None = None) -> str:
        """Add a row to a list of a step, such as one metric of `chosen`; its id names the row from then on."""
        with self.together(), self._writing() as db:  # two windows that add at once get two rows
            taken = [int(name.partition("/")[2]) for name in self.current(step) if re.fullmatch(rf"{rows}/\d+", name)]
            row = f"{rows}/{max(taken, default=0) + 1}"
            disk.append(db, step, row, "value", True)
            for field, value in (values or {}).items():
                disk.append(db, step, f"{row}/{field}", "value", value)
        return row.partition("/")[2]

    def drop_row(self, step: str, rows: str, row: str) -> None:
        """Take a row out of a list; its words stay in the history and an undo brings it back."""
        self.save(step, f"{rows}/{row}", False)

    def rows(self, step: str, rows: str) -> dict[str, dict[str, Current]]:
        """The rows of a list of a step as they stand, by their ids, in the order they were added."""
        current = self.current(step)
        ids = [
            name.partition("/")[2]
            for name, field in current.items()
            if re.fullmatch(rf"{rows}/\d+", name) and field.value
        ]
        starts = {row: f"{rows}/{row}/" for row in sorted(ids, key=int)}
        return {
            row: {name.removeprefix(start): field for name, field in current.items() if name.startswith(start)}
            for row, start in starts.items()
        }

    def revision(self) -> int:
        """The number of the newest change of all: equal numbers mean that nothing was saved between two looks."""
        (newest,) = self._select("SELECT max(revision) FROM changes")
        return int(newest[0] or 0)

    def stamp(self) -> tuple[Any, ...]:
        """Tells two looks apart: equal stamps mean that no change, record or import came or went between them."""
        (found,) = self._select(
            "SELECT (SELECT max(revision) FROM changes), (SELECT max(id) FROM records), "
            "(SELECT group_concat(id) FROM batches WHERE active)"
        )
        return tuple(found)

    def saved_at(self) -> datetime | None:
        """When anything was saved last."""
        (newest,) = self._select("SELECT max(time) FROM changes")
        return datetime.fromisoformat(newest[0]) if newest[0] else None

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of the workspace: name, language, currency, scenario, start date, hours a week."""
        return self.values(SETTINGS).get(name, default)

    def set_setting(self, name: str, value: Any) -> None:
        """Save a setting."""
        self.save(SETTINGS, name, value)

    def record(self, step: str, payload: dict[str, Any]) -> int:
        """Keep a dated result beside the answers."""
        with self._writing() as db:
            return disk.insert(
                db,
                "INSERT INTO records (step, payload, time) VALUES (?, ?, ?)",
                step,
                disk.text(payload),
                disk.now(),
            )

    def records(self, step: str) -> list[Record]:
        """The dated results of a step, the oldest first, without those whose action was undone."""
        rows = self._select("SELECT * FROM records WHERE step = ? ORDER BY id", step)
        undone = {row[0] for row in self._select("SELECT undoes FROM changes WHERE undoes IS NOT NULL")}
        gone = {record for one in self._actions() if undone.intersection(one.revisions) for record in one.records}
        return [
            Record(row[0], row[1], json.loads(row[2]), datetime.fromisoformat(row[3]))
            for row in rows
            if row[0] not in gone and (self._until is None or datetime.fromisoformat(row[3]) <= self._until)
        ]

    def add_batch(self, payload: dict[str, Any]) -> int:
        """Record one import as active."""
        with self._writing() as db:
            return disk.insert(
                db, "INSERT INTO batches (active, payload, time) VALUES (1, ?, ?)", disk.text(payload), disk.now()
            )

    def batches(self) -> list[Batch]:
        """Every import, the oldest first."""
        rows = self._select("SELECT id, active, payload, time FROM batches ORDER BY id")
        return [Batch(row[0], bool(row[1]), json.loads(row[2]), datetime.fromisoformat(row[3])) for row in rows]

    def switch_batch(self, batch: int, *, active: bool) -> None:
        """Switch an import off or on again."""
        with self._writing() as db:
            db.execute("UPDATE batches SET active = ? WHERE id = ?", (int(active), batch))

    def copy_to(self, file: Path, *, without: Sequence[str] = ()) -> None:
        """Copy the database as it stands at this instant, while others write to it; `without` some settings.

        The copy is one file with nothing beside it.
        """
        try:
            with closing(sqlite3.connect(file, isolation_level=None)) as copy:
                self._connection().backup(copy)
                for name in without:
                    copy.execute("DELETE FROM changes WHERE step = ? AND field = ?", (SETTINGS, name))
                copy.execute("PRAGMA journal_mode = DELETE")
                copy.execute("VACUUM")  # nothing that was left out stays between the pages
        except sqlite3.OperationalError as error:
            raise operational(self.path, error) from None
        except sqlite3.DatabaseError as error:
            raise damaged(self.path, error) from None

    def reports(self) -> list[Path]:
        """The kept reports, by their names, the newest first."""
        folder = self.path / REPORTS
        found = [file for file in folder.iterdir() if file.suffix in REPORT_ENDINGS] if folder.is_dir() else []
        return sorted(
            sorted(found, key=lambda file: REPORT_ENDINGS.index(file.suffix)), key=lambda f: f.stem, reverse=True
        )

    def faults(self) -> list[str]:
        """What SQLite finds wrong when it reads every page; empty when all is sound."""
        found = [str(row[0]) for row in self._select("PRAGMA integrity_check(3)")]
        return [] if found == ["ok"] else found

    def claim(self) -> None:
        """Take the right to write and give it back, changing nothing.

        Raises:
            WorkspaceReadOnly, WorkspaceLocked: it is not to be had.
        """
        with self._writing() as db:  # in a file that may only be read SQLite begins, and refuses the first write
            db.execute("DELETE FROM changes WHERE revision < 0")

    def refusal(self) -> WorkspaceReadOnly | None:
        """Why no change can be saved here, as far as the rights on the disk say; None where it can."""
        return None if disk.writable(self.path) else unwritable(self.path, sqlite3.OperationalError(READ_ONLY))

    def close(self) -> None:
        """Close this thread's connection."""
        if (db := getattr(self._local, "db", None)) is not None:
            db.close()
            self._local.db = None
            self._looked().clear()

    def _connection(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = disk.connect(self.path)
            self._local.db = db
        return db

    def _looked(self) -> dict[str, dict[str, Current]]:
        """The steps as this thread saw them last; its own changes among them, until they are rolled back."""
        if not hasattr(self._local, "looked"):
            self._local.looked = {}
        return cast("dict[str, dict[str, Current]]", self._local.looked)

    def _acting(self) -> bool:
        """Whether an action is being written in this thread."""
        return self._connection().in_transaction

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One write, committed to the disk when the block ends, or with the action that it is a part of."""
        db = self._connection()
        if self._acting():
            yield db
            return
        try:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._roll_back(db)
            raise operational(self.path, error) from None
        except sqlite3.DatabaseError as error:
            self._looked().clear()
            raise damaged(self.path, error) from None
        except BaseException:
            self._roll_back(db)
            raise

    def _roll_back(self, db: sqlite3.Connection) -> None:
        self._looked().clear()
        if db.in_transaction:
            db.execute("ROLLBACK")

    def _actions(self) -> list[Action]:
        rows = self._select("SELECT payload FROM records WHERE step = ?", ACTIONS)
        return [Action.from_json(json.loads(row[0])) for row in rows]

    def _changes(self, step: str) -> list[Change]:
        """Every change of a step, the oldest first."""
        return list(self._rows("SELECT * FROM changes WHERE step = ? ORDER BY revision", step))

    def _rows(self, query: str, *values: Any) -> Iterator[Change]:
        changes = map(disk.change, self._select(query, *values))
        return changes if self._until is None else (one for one in changes if one.time <= self._until)

    def _select(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        try:
            return self._connection().execute(query, values).fetchall()
        except sqlite3.OperationalError as error:
            raise operational(self.path, error) from None
        except sqlite3.DatabaseError as error:
            raise damaged(self.path, error) from None

    def _newest(self, db: sqlite3.Connection, step: str, field: str) -> Change | None:
        query = "SELECT * FROM changes WHERE step = ? AND field = ? ORDER BY revision DESC LIMIT 1"
        row = db.execute(query, (step, field)).fetchone()
        return disk.change(row) if row else None
