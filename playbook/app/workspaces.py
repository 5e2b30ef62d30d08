"""Making and changing workspaces from the home page: the one place where the served playbook does so."""

from __future__ import annotations

import hashlib
import re
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from playbook import i18n, recent, samples, texts
from playbook.errors import PlaybookError, WorkspaceError
from playbook.i18n import t, tn
from playbook.workspace import FILE, Workspace

LONGEST_NAME = 200
MOST_SHOWN = 5


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
    path: Path


def firms() -> tuple[Firm, ...]:
    """The sample firms there are, in the reader's language."""
    kinds = texts.by_id("scenarios.toml", "scenarios")
    return tuple(Firm(firm, *_titled(firm), str(kinds[firm]["name"])) for firm in samples.names())


def others(here: Workspace) -> tuple[Other, ...]:
    """The workspaces opened on this machine before, without the one that is open."""
    found = (Path(path) for path in recent.listed() if Path(path) != here.path)
    return tuple(_other(path) for path in list(found)[:MOST_SHOWN])


def known(mark: str) -> Path:
    """The path of a workspace that `others` showed.

    Raises:
        PlaybookError: when there is none by this mark any more.
    """
    for path in recent.listed():
        if _mark(Path(path)) == mark:
            return Path(path)
    raise PlaybookError(
        t("app", "This workspace is not there any more."), hint=t("app", "choose another on the start page")
    )


def empty(name: str, language: str) -> Path:
    """Make an empty workspace in this machine's own folder."""
    said = " ".join(name.split())
    if not said or len(said) > LONGEST_NAME:
        raise PlaybookError(
            t("app", "A workspace needs a name of 1 to {most} characters.", most=LONGEST_NAME),
            saw=tn("app", "{n} character", "{n} characters", len(said)),
            hint=t("app", "go back and write the name of your business"),
        )
    made = Workspace.create(_free(_folder_name(said)), name=said, language=language)
    made.close()
    return made.path


def sample(firm: str, language: str) -> Path:
    """Make a copy of a sample firm in this machine's own folder."""
    made = samples.create(_free(firm), firm, language)
    made.close()
    return made.path


def remember(path: Path) -> None:
    """Open this workspace the next time too."""
    with closing(Workspace.open(path)) as workspace:
        recent.remember(workspace)


def _titled(firm: str) -> tuple[str, str]:
    return samples.title(firm, i18n.language())


def _other(path: Path) -> Other:
    try:
        with closing(Workspace.open(path)) as workspace:
            name = str(workspace.setting("name", path.name))
    except WorkspaceError:
        name = path.name
    return Other(_mark(path), name, str(path.parent), path)


def _mark(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def _folder_name(name: str) -> str:
    """Letters and figures of any alphabet; what no file system takes becomes a hyphen."""
    return re.sub(r"[^\w]+", "-", name).strip("-_").lower()[:60] or "business"


def _free(name: str) -> Path:
    """A folder of this name, or with a number behind it, that holds no workspace yet."""
    folder = recent.home()
    tried = (folder / (name if number == 1 else f"{name}-{number}") for number in count(1))
    return next(path for path in tried if not (path / FILE).exists())
