"""A workspace: its file page by page, its version, whether it takes changes, its imported files and their tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from playbook.data import engines, originals, tables
from playbook.doctor.finding import Finding
from playbook.errors import PlaybookError, WorkspaceError, WorkspaceLocked, WorkspaceMissing
from playbook.i18n import t, tn
from playbook.packs.manifest import LEFT_OUT
from playbook.workspace import Workspace
from playbook.workspace.disk import SCHEMA

NAMED = 3
"""So many lost files are named; of more, their number tells enough."""


def findings(folder: Path) -> Iterator[Finding]:
    """Everything about the workspace in `folder`; one that cannot be opened has one finding.

    Raises:
        WorkspaceMissing: there is none.
    """
    name = t("doctor", "Workspace")
    try:
        workspace = Workspace.open(folder)
    except WorkspaceMissing:
        raise
    except WorkspaceError as error:
        yield _told("workspace", name, error)
        return
    with closing(workspace):
        yield Finding("workspace", "ok", name, str(workspace.path))
        yield sound(workspace)
        yield version()
        yield writable(workspace)
        yield kept(workspace)
        yield readable(workspace)
        if engines.named(workspace) != engines.DEFAULT:
            yield answering(workspace)


def sound(workspace: Workspace) -> Finding:
    """Whether every page of the database fits."""
    check, name = "database", t("doctor", "Its database")
    try:
        wrong = workspace.faults()
    except WorkspaceError as error:
        return _told(check, name, error)
    if wrong:
        hint = t("doctor", "go on with a copy you made before, or with an unpacked one; keep this file for repair")
        return Finding(check, "fault", name, "; ".join(wrong), hint)
    return Finding(check, "ok", name, t("doctor", "every page was read and fits"))


def version() -> Finding:
    """Which version the file is of: one of another version would not have opened."""
    saw = t("doctor", "{version}, the one this playbook writes", version=SCHEMA)
    return Finding("version", "ok", t("doctor", "Version of its file"), saw)


def writable(workspace: Workspace) -> Finding:
    """Whether changes can be saved; one more program at work is no fault."""
    check, name = "writable", t("doctor", "Saving")
    try:
        workspace.claim()
    except WorkspaceLocked as error:
        return Finding(check, "warning", name, error.what, error.hint)
    except WorkspaceError as error:
        return _told(check, name, error)
    return Finding(check, "ok", name, t("doctor", "changes can be saved"))


def kept(workspace: Workspace) -> Finding:
    """Whether every imported file is there and still what it was when it came."""
    check, name = "originals", t("doctor", "Imported files")
    batches, gone = workspace.batches(), originals.lost(workspace)
    if not batches:
        return Finding(check, "ok", name, t("doctor", "none yet"))
    if not gone:
        saw = tn("doctor", "{n} file, as it came", "{n} files, as they came", len(batches))
        return Finding(check, "ok", name, saw)
    files = [str(batch.payload.get("file", "")) for batch in gone]
    named = ", ".join([*files[:NAMED], *(["…"] if len(files) > NAMED else [])])
    saw = tn("doctor", "{n} is gone or changed: {files}", "{n} are gone or changed: {files}", len(files), files=named)
    if {str(batch.payload.get("sha", "")) for batch in gone} <= set(workspace.setting(LEFT_OUT, [])):
        hint = t("doctor", "the workspace was packed without them; its figures stay, until the files are imported anew")
        return Finding(check, "warning", name, saw, hint)
    hint = t("doctor", "put the folder originals back from a copy, or import these files anew")
    return Finding(check, "fault", name, saw, hint)


def readable(workspace: Workspace) -> Finding:
    """Whether the engine reads the tables made of the imported files."""
    check, name = "tables", t("doctor", "Tables made of them")
    try:
        rows = tables.rows(workspace)
    except PlaybookError as error:
        return Finding(check, "warning", name, f"{error.what} ({error.saw})", error.hint)
    if rows is None:
        return Finding(check, "ok", name, t("doctor", "made at the next look at the data"))
    return Finding(check, "ok", name, tn("doctor", "{n} row", "{n} rows", rows))


def answering(workspace: Workspace) -> Finding:
    """Whether the person's own engine answers the questions of the data."""
    check, name, address = "own_engine", t("doctor", "Its own engine"), engines.named(workspace)
    if engines.chosen(workspace) != address:
        return Finding(check, "warning", name, engines.unasked(address))
    try:
        said = engines.engine_at(address).version()
    except PlaybookError as error:
        return Finding(check, "fault", name, f"{error.what} ({error.saw})", error.hint)
    return Finding(check, "ok", name, f"{address}: {said}")


def _told(check: str, name: str, error: WorkspaceError) -> Finding:
    return Finding(check, "fault", name, f"{error.what} ({error.saw})", error.hint)
