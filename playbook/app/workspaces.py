"""Making, opening, packing and forgetting workspaces from the home page: where the served playbook does all of it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path

from playbook import i18n, packs, recent, samples, texts
from playbook.app import settings
from playbook.app.uploads import Sent
from playbook.errors import PlaybookError, WorkspaceError, WorkspaceMissing
from playbook.i18n import t
from playbook.workspace import FILE, Workspace

MOST_SHOWN = 8


@dataclass(frozen=True)
class Firm:
    """A sample firm."""

    id: str
    name: str
    line: str
    kind: str


@dataclass(frozen=True)
class Other:
    """Another workspace of this machine; `mark` names it without its path."""

    mark: str
    name: str
    where: str
    opened: str
    there: bool


def firms() -> tuple[Firm, ...]:
    """The sample firms there are, in the reader's language."""
    kinds = texts.by_id("scenarios.toml", "scenarios")
    return tuple(Firm(firm, *_titled(firm), str(kinds[firm]["name"])) for firm in samples.names())


def others(here: Path, today: date) -> tuple[Other, ...]:
    """The workspaces opened on this machine before, without the one that is open; those that are gone among them."""
    notes = [note for note in recent.noted() if note.path != here]
    return tuple(_other(note, today) for note in notes[:MOST_SHOWN])


def known(mark: str) -> Path:
    """The path of a workspace that `others` showed.

    Raises:
        PlaybookError: when there is none by this mark any more.
    """
    if (path := recent.marked(mark)) is not None:
        return path
    raise PlaybookError(
        t("app", "This workspace is not there any more."), hint=t("app", "choose another on the start page")
    )


def empty(sent: Sent, language: str) -> Path:
    """Make an empty workspace in this machine's own folder."""
    said = " ".join(str(sent.get("name", "")).split())
    if (fault := settings.misnamed(said)) is not None:
        raise PlaybookError(fault.what, saw=fault.saw, hint=fault.hint)
    made = Workspace.create(_free(_folder_name(said)), name=said, language=language)
    made.close()
    return made.path


def sample(sent: Sent, language: str) -> Path:
    """Open this machine's copy of a sample firm in the language; make one where there is none, or one more if asked."""
    firm = str(sent.get("sample", ""))
    if "anew" not in sent and (there := _copy(firm, language)) is not None:
        return there
    made = samples.create(_free(_folder_name(firm)), firm, language)
    made.close()
    return made.path


def _copy(firm: str, language: str) -> Path | None:
    """The copy of a sample firm, in this language, that was opened last from here."""
    for path in recent.listed():
        if path.parent != recent.home().resolve():
            continue
        with suppress(WorkspaceError), closing(Workspace.open(path)) as workspace:
            if (workspace.setting("sample"), workspace.setting("language")) == (firm, language):
                return path
    return None


def listed(sent: Sent, _language: str) -> Path:
    """Open one of the list.

    Raises:
        WorkspaceError: it is gone, or cannot be opened.
    """
    path = known(str(sent.get("mark", "")))
    Workspace.open(path).close()
    return path


def found(sent: Sent, _language: str) -> Path:
    """Open the workspace in a folder of this machine, by the path as a person writes or copies it.

    Raises:
        PlaybookError: it is no whole path, a packed workspace, or no workspace.
    """
    typed = str(sent.get("path", "")).strip().strip("\"'")
    missing = WorkspaceMissing(
        t("app", "There is no workspace in this folder."),
        saw=typed,
        hint=t("app", "it is the folder that holds the file {file}", file=FILE),
    )
    try:
        path = Path(typed).expanduser()
        if not path.is_absolute():
            raise PlaybookError(
                t("app", "The whole path of the folder is needed."),
                saw=typed,
                hint=t("app", "for example {path}", path=recent.home() / "my-business"),
            )
        if path.suffix == packs.ENDING and path.is_file():
            raise PlaybookError(
                t("app", "This is a packed workspace."), saw=typed, hint=t("app", "choose it below, as a packed one")
            )
        with closing(Workspace.open(path)) as workspace:
            return workspace.path
    except (WorkspaceMissing, OSError, ValueError, RuntimeError):  # what no system takes for a path is none
        raise missing from None


def unpacked(sent: Sent, _language: str) -> Path:
    """Make a workspace of a packed one that was sent, in this machine's own folder.

    Raises:
        PlaybookError: nothing was chosen, or it is no pack, damaged, a trap, or made by a newer version.
    """
    file = sent.get("pack", "")
    if isinstance(file, str):
        ending = t("app", "choose a file that ends in {ending}", ending=packs.ENDING)
        raise PlaybookError(t("app", "No file was chosen."), hint=ending)
    manifest = packs.look(file)
    with closing(packs.unpack(file, _free(_folder_name(manifest.name or manifest.folder)))) as workspace:
        return workspace.path


MAKING: dict[str, Callable[[Sent, str], Path]] = {
    "new": empty,
    "sample": sample,
    "open": listed,
    "folder": found,
    "unpack": unpacked,
}
"""The ways to another workspace, by the address of their door."""


def pack(path: Path, *, originals: bool, today: date) -> tuple[Path, str]:
    """The workspace packed into a passing file, and the name to save it under; its folder is the caller's to remove."""
    folder = Path(tempfile.mkdtemp(prefix="playbook-"))
    file = folder / f"workspace{packs.ENDING}"
    try:
        with closing(Workspace.open(path)) as workspace:
            name = _folder_name(str(workspace.setting("name", path.name)))
            packs.pack(workspace, file, originals=originals)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return file, f"{name}-{today.isoformat()}{packs.ENDING}"


def shown(path: Path) -> str:
    """A path as a page can hold it: what is no letter of any alphabet becomes a question mark."""
    return str(path).encode("utf-8", "replace").decode()


def remember(path: Path) -> None:
    """Open this workspace the next time too."""
    with closing(Workspace.open(path)) as workspace:
        recent.remember(workspace)


def _titled(firm: str) -> tuple[str, str]:
    return samples.title(firm, i18n.language())


def _other(note: recent.Note, today: date) -> Other:
    name = note.name or shown(Path(note.path.name))
    if note.there:
        try:
            with closing(Workspace.open(note.path)) as workspace:
                name = str(workspace.setting("name", name))
        except WorkspaceError:
            pass
    return Other(recent.mark(note.path), name, shown(note.path), _when(note.opened, today), note.there)


def _when(opened: datetime | None, today: date) -> str:
    """When a workspace was opened last; empty where nobody noted it."""
    if opened is None:
        return ""
    here = opened.astimezone()
    if here.date() == today:
        return t("app", "opened today at {time}", time=i18n.clock(here))
    return t("app", "opened on {day}", day=i18n.date(here))


def _folder_name(name: str) -> str:
    """Letters and figures of any alphabet; what no file system takes becomes a hyphen."""
    return re.sub(r"[^\w]+", "-", name).strip("-_").lower()[:60] or "business"


def _free(name: str) -> Path:
    """A folder of this name, or with a number behind it, that is not there yet."""
    folder = recent.home()
    tried = (folder / (name if number == 1 else f"{name}-{number}") for number in count(1))
    return next(path for path in tried if not path.exists())
