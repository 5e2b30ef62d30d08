"""Which engine elsewhere the person at this machine has let a workspace's tables go to.

A workspace names its engine, and it is copied, mailed and put under version control. That its tables may go there is
noted on the machine alone, so that a folder from somebody else sends nothing to a server of theirs.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from playbook import paths
from playbook.errors import Failure
from playbook.faults import reason
from playbook.i18n import t
from playbook.workspace import Workspace

NOTES = "engines.json"


def agreed(workspace: Workspace, address: str) -> bool:
    """Whether this very address was chosen for this very folder on this machine."""
    return bool(_noted()["agreed"].get(str(workspace.path)) == address)


def agree(workspace: Workspace, address: str) -> None:
    """Note that the workspace's tables may go to this address; it takes the place of the one before.

    Raises:
        Failure: the machine keeps no notes.
    """
    noted = _noted()
    noted["agreed"][str(workspace.path)] = address
    _keep(noted)


def machine() -> str:
    """A name that this machine has made up for itself, the same every time it can be kept.

    Raises:
        Failure: the machine keeps no notes.
    """
    noted = _noted()
    if not noted["machine"]:
        noted["machine"] = secrets.token_hex(8)
        _keep(noted)
    return str(noted["machine"])


def _noted() -> dict[str, Any]:
    try:
        found = json.loads((paths.state_dir() / NOTES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    known: dict[str, Any] = found if isinstance(found, dict) else {}
    places = known.get("agreed")
    return {"machine": str(known.get("machine") or ""), "agreed": places if isinstance(places, dict) else {}}


def _keep(noted: dict[str, Any]) -> None:
    place = paths.state_dir() / NOTES
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with paths.instead_of(place) as fresh:
            fresh.write_text(json.dumps(noted), encoding="utf-8")
    except OSError as error:
        raise Failure(
            t("engines", "What you chose could not be noted on this machine. Nothing was changed."),
            saw=f"{place}: {reason(error)}",
            hint=t("engines", "allow writing to this folder, or name another one in PLAYBOOK_STATE"),
        ) from None
