"""The imports of a workspace, and one of them switched off exactly."""

from __future__ import annotations

from playbook.data import tables
from playbook.data.tables import Taken
from playbook.errors import PlaybookError
from playbook.i18n import t
from playbook.workspace import Batch, Workspace


def imports(workspace: Workspace) -> list[Batch]:
    """Every import, the oldest first; one that was undone has `active` False."""
    return workspace.batches()


def undo(workspace: Workspace, batch: int) -> None:
    """Switch one import off; the tables become what they would be without it.

    Raises:
        PlaybookError: there is no such import, or it is off already.
    """
    found = {one.id: one for one in workspace.batches()}
    if batch not in found:
        raise PlaybookError(
            t("import", "There is no import {batch}.", batch=batch),
            saw=str(batch),
            hint=t(
                "import", "one of: {names}", names=", ".join(map(str, found)) or t("import", "nothing was imported yet")
            ),
            field="batch",
        )
    if not found[batch].active:
        raise PlaybookError(
            t("import", "Import {batch} is switched off already.", batch=batch),
            saw=str(found[batch].payload.get("file", "")),
            hint=t("import", "to take it in again, import the file again"),
            field="batch",
        )
    old = tables.folder(workspace)
    tables.folder(workspace, [Taken.of(one) for one in found.values() if one.active and one.id != batch])
    workspace.switch_batch(batch, active=False)
    tables.sweep(workspace, old)
