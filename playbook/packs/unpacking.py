"""Unpacking: all of it or nothing, and never over something that stands there."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from playbook import paths
from playbook.data import engines
from playbook.errors import Failure, PlaybookError, WorkspaceDamaged, WorkspaceError, WorkspaceExists, WorkspaceNewer
from playbook.faults import reason
from playbook.i18n import number, t
from playbook.packs.manifest import FORMAT, NAME, ROOMS, Entry, Manifest, fits
from playbook.workspace import FILE, Workspace

CHUNK = 1 << 20
MEGABYTE = 10**6
MOST_BYTES = 4000 * MEGABYTE
MOST_FILES = 20_000
MOST_OF_MANIFEST = 8 * MEGABYTE
DENSEST, SMALL = 200, 50 * MEGABYTE
"""Work unfolds to ten or twenty times its packed size; what unfolds to more than this, and is not small, is a trap."""
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
PASSING = ".unpacking-"
STALE_SECONDS = 3600
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def look(file: Path | IO[bytes]) -> Manifest:
    """What a pack says of itself, checked against its list of files; nothing is unpacked.

    Raises:
        PlaybookError: it is no pack, damaged, a trap, or made by a newer version.
    """
    with _archive(file) as archive:
        return _manifest(archive)


def unpack(file: Path | str | IO[bytes], folder: Path | str | None = None) -> Workspace:
    """Make a workspace of a pack, at `folder` or beside you under the name it had.

    Everything is written under a passing name first and gets its own when it is whole: a kill on the way leaves no
    workspace, and what it left is swept by the next unpacking.

    Raises:
        PlaybookError: it is no pack, damaged, a trap, made by a newer version, or the place is taken.
    """
    source = Path(file).expanduser() if isinstance(file, str | Path) else file
    with _archive(source) as archive:
        manifest = _manifest(archive)
        target = Path(folder if folder is not None else _own_name(manifest)).expanduser().resolve()
        fresh = target.parent / f"{PASSING}{secrets.token_hex(6)}"
        try:
            _refuse_taken(target, manifest)
            _sweep(target.parent)
            _make_room(target.parent, fresh, manifest)
            for name in sorted(manifest.files, key=FILE.__eq__):  # the database last: half of it all is no workspace
                _extract(archive, name, manifest.files[name], fresh)
            _check(fresh)
            _install(fresh, target)
        except OSError as error:
            raise Failure(
                t("pack", "The folder could not be written to. Nothing was unpacked."),
                saw=f"{target.parent}: {reason(error)}",
                hint=t("pack", "choose another folder, or free some space on the disk"),
            ) from None
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return Workspace.open(target)


@contextmanager
def _archive(file: Path | IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """The pack opened; whatever zip cannot read in it is damage."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except FileNotFoundError:
        raise PlaybookError(
            t("pack", "The packed workspace was not found."),
            saw=str(file),
            hint=t("pack", "check the name and the folder"),
        ) from None
    except OSError as error:
        raise PlaybookError(
            t("pack", "The packed workspace could not be opened."),
            saw=f"{file}: {reason(error)}",
            hint=t("pack", "check the name and the folder"),
        ) from None
    except UNREADABLE:
        raise _damaged(t("pack", "it cannot be read as a zip file")) from None


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if NAME not in archive.namelist():
        raise _damaged(t("pack", "there is no list of contents in it"))
    if archive.getinfo(NAME).file_size > MOST_OF_MANIFEST:
        raise _trap(archive.getinfo(NAME).file_size)
    try:
        manifest = Manifest.model_validate_json(archive.read(NAME))
    except ValidationError:
        raise _damaged(t("pack", "its list of contents cannot be read")) from None
    if manifest.format > FORMAT:
        raise _newer(manifest.version)
    _compare(archive, manifest)
    return manifest


def _compare(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """The archive holds what its manifest lists, of the size it lists, and nothing that leads out of the workspace."""
    inside = [info for info in archive.infolist() if info.filename != NAME]
    names = {info.filename for info in inside}
    if outside := next((name for name in (*names, *manifest.files) if not manifest.allows(name)), ""):
        raise _damaged(t("pack", "a file in it does not belong into a workspace: {name}", name=outside[:80]))
    if FILE not in names or names != set(manifest.files) or len(names) != len(inside):
        raise _damaged(t("pack", "its files are not those of its list"))
    if any(info.flag_bits & 1 or info.compress_type not in METHODS for info in inside):
        raise _damaged(t("pack", "a file in it is packed in a way that packs are not"))
    if any(info.file_size != manifest.files[info.filename].bytes for info in inside):
        raise _damaged(t("pack", "a file in it is not as long as its list says"))
    whole, packed = sum(info.file_size for info in inside), sum(info.compress_size for info in inside)
    if whole > MOST_BYTES or len(inside) > MOST_FILES or whole > max(SMALL, DENSEST * packed):
        raise _trap(whole)


def _own_name(manifest: Manifest) -> str:
    return manifest.folder if fits(manifest.folder) and "/" not in manifest.folder else "workspace"


def _refuse_taken(target: Path, manifest: Manifest) -> None:
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        roomy = target.is_dir() and not (target / FILE).exists()
        free = target / _own_name(manifest) if roomy else target.with_name(f"{target.name}-2")
        raise WorkspaceExists(
            t("pack", "Something stands here already. Nothing was unpacked."),
            saw=str(target),
            hint=t("pack", "name a new folder, such as {folder}", folder=free),
        )


def _sweep(parent: Path) -> None:
    """Take away what a killed unpacking left here long enough ago."""
    for left in parent.glob(f"{PASSING}*") if parent.is_dir() else ():
        if time.time() - left.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _make_room(parent: Path, fresh: Path, manifest: Manifest) -> None:
    parent.mkdir(parents=True, exist_ok=True)
    need = sum(entry.bytes for entry in manifest.files.values())
    free = shutil.disk_usage(parent).free
    if need > free:
        raise Failure(
            t("pack", "The disk has too little space. Nothing was unpacked."),
            saw=t("pack", "{need} MB are needed, {free} MB are free", need=_megabytes(need), free=_megabytes(free)),
            hint=t("pack", "free some space, or unpack onto another disk"),
        )
    for room in ROOMS:
        (fresh / room).mkdir(parents=True)


def _extract(archive: zipfile.ZipFile, name: str, entry: Entry, fresh: Path) -> None:
    """Write one file, counting its bytes against its entry: what grows beyond it is stopped at once."""
    place = fresh.joinpath(*name.split("/"))
    place.parent.mkdir(parents=True, exist_ok=True)
    size, sha = 0, hashlib.sha256()
    with archive.open(name) as source, place.open("xb") as out:
        while size <= entry.bytes and (chunk := source.read(CHUNK)):
            out.write(chunk)
            sha.update(chunk)
            size += len(chunk)
        out.flush()
        os.fsync(out.fileno())
    if size != entry.bytes or sha.hexdigest() != entry.sha256:
        raise _damaged(t("pack", "a file in it has changed since it was packed: {name}", name=name))


def _check(fresh: Path) -> None:
    """The database opens as a workspace of this version; its engine stays with whom it came from.

    Else a stranger's pack would send what is imported here to a server of theirs.
    """
    try:
        with closing(Workspace.open(fresh)) as workspace:
            workspace.batches()
            if engines.named(workspace) != engines.DEFAULT:
                workspace.set_setting(engines.SETTING, engines.DEFAULT)
    except WorkspaceNewer:
        raise _newer("") from None
    except WorkspaceError:
        raise _damaged(t("pack", "the database in it cannot be opened")) from None


def _install(fresh: Path, target: Path) -> None:
    if target.is_dir():
        target.rmdir()  # it was empty when we looked; Windows does not rename over it
    fresh.rename(target)


def _damaged(saw: str) -> WorkspaceDamaged:
    return WorkspaceDamaged(
        t("pack", "This is no packed workspace, or it is damaged. Nothing was unpacked."),
        saw=saw,
        hint=t(
            "pack", "ask for the file again, or pack the workspace anew with: {playbook} pack", playbook=paths.COMMAND
        ),
    )


def _newer(version: str) -> WorkspaceNewer:
    return WorkspaceNewer(
        t("pack", "A newer version of the playbook packed this workspace. Nothing was unpacked."),
        saw=version,
        hint=t("pack", "update the playbook and unpack it again"),
    )


def _trap(size: int) -> WorkspaceDamaged:
    return WorkspaceDamaged(
        t("pack", "This file would unfold to more than a workspace ever holds. Nothing was unpacked."),
        saw=t("pack", "{size} MB", size=_megabytes(size)),
        hint=t("pack", "do not trust it unless you know who made it"),
    )


def _megabytes(size: int) -> str:
    return number(max(size / MEGABYTE, 0.1), 1 if size < 10 * MEGABYTE else 0)
