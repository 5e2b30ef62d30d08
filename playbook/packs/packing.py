"""Packing: the database as it stands at one instant, and the files beside it."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from playbook import paths
from playbook.data import tables
from playbook.data.originals import recorded
from playbook.errors import PlaybookError
from playbook.faults import reason
from playbook.i18n import t
from playbook.packs.manifest import ENDING, FORMAT, LEFT_OUT, NAME, Entry, Manifest, fitted
from playbook.workspace import FILE, Workspace, books

CHUNK = 1 << 20
PACKED_ALREADY = (".gz", ".pdf", ".xlsx", ".parquet")
SALT = "salt"


def pack(workspace: Workspace, file: Path | str, *, originals: bool = True) -> Manifest:
    """Write the workspace into one file, while others may have it open; an older pack of this name is replaced.

    Without `originals` neither the imported files nor their rejected rows nor the salt go along, nor notebooks, into
    which anything may have been typed: the tables do, in which persons are hashes that nobody can look up.

    Raises:
        PlaybookError: something that is no pack stands under this name, or the file cannot be written.
    """
    target = Path(file).expanduser().resolve()
    if target.exists() and not _is_pack(target):
        raise PlaybookError(
            t("pack", "Something else stands under this name. It was not changed."),
            saw=str(target),
            hint=t("pack", "choose another name, such as {name}", name=f"{workspace.path.name}{ENDING}"),
            field="output",
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="playbook-") as passing, paths.instead_of(target) as fresh:
            database = _database(workspace, Path(passing), originals=originals)
            notebooks = _notebooks(workspace, Path(passing)) if originals else []
            found = _write(workspace, fresh, [(FILE, database), *notebooks], originals=originals)
    except OSError as error:
        raise PlaybookError(
            t("pack", "The file could not be written."),
            saw=f"{error.filename or target}: {reason(error)}",
            hint=t("pack", "choose another folder, or free some space on the disk"),
            field="output",
        ) from None
    return found


def _is_pack(file: Path) -> bool:
    if not file.is_file() or not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as archive:
        return NAME in archive.namelist()


def _database(workspace: Workspace, folder: Path, *, originals: bool) -> Path:
    """A copy of the database; without the originals it knows which ones were left out, and no salt."""
    workspace.copy_to(folder / FILE, without=() if originals else (SALT,))
    if not originals:
        with closing(Workspace.open(folder)) as copy:
            copy.set_setting(LEFT_OUT, sorted({str(batch.payload.get("sha", "")) for batch in copy.batches()}))
    return folder / FILE


def _notebooks(workspace: Workspace, folder: Path) -> list[tuple[str, Path]]:
    """The person's own notebooks, without what their cells have shown, by the names they are handed on under."""
    found: dict[str, Path] = {}
    for name, text in books.own(workspace.path):
        place = fitted(name, found)
        found[place] = folder / place
        found[place].write_text(text, encoding="utf-8")
    return [(f"{books.FOLDER}/{books.HANDED}/{place}", file) for place, file in found.items()]


def _write(workspace: Workspace, fresh: Path, made: list[tuple[str, Path]], *, originals: bool) -> Manifest:
    entries: dict[str, Entry] = {}
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in (*made, *_files(workspace, originals=originals)):
            place = fitted(name, entries)
            entries[place] = _add(archive, place, path)
        manifest = Manifest(
            format=FORMAT,
            version=paths.VERSION,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            name=str(workspace.setting("name", "")),
            folder=fitted(workspace.path.name),
            originals=originals,
            files=entries,
        )
        archive.writestr(NAME, manifest.model_dump_json(indent=1))
    return manifest


def _files(workspace: Workspace, *, originals: bool) -> Iterator[tuple[str, Path]]:
    """The files beside the database, by their names inside the workspace."""
    rooms = [workspace.path / "reports"]
    if originals:
        rooms.append(workspace.path / "originals")
    elif any(batch.active for batch in workspace.batches()):
        merged = tables.folder(workspace)
        rooms += [merged, *(merged.parent / "parts" / one.part for one in tables.taken(workspace))]
    imported = recorded(workspace)
    for room in rooms:
        for path in sorted(room.rglob("*")):
            if path.is_file() and not path.is_symlink() and _goes(path, imported, originals=originals):
                yield path.relative_to(workspace.path).as_posix(), path


def _goes(path: Path, imported: frozenset[str], *, originals: bool) -> bool:
    """Not a file in the making, not an older pack, and of imported files and rejected rows only those of an import.

    Rejected rows stay at home with the imported files.
    """
    rejects = path.name.startswith("rejects-")
    if rejects or path.parent.name == "originals":
        return path.name in imported and (originals or not rejects)
    return path.suffix not in (paths.FRESH, ENDING)


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Entry:
    info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    info.compress_type = zipfile.ZIP_STORED if path.suffix in PACKED_ALREADY else zipfile.ZIP_DEFLATED
    size, sha = 0, hashlib.sha256()
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as inside:
        while chunk := source.read(CHUNK):
            inside.write(chunk)
            sha.update(chunk)
            size += len(chunk)
    return Entry(bytes=size, sha256=sha.hexdigest())
