"""A listener's words, kept as they were typed into the window of the ten-second test."""

from __future__ import annotations

from collections.abc import Mapping

from playbook.documents.offer import Retelling
from playbook.ui import fields
from playbook.workspace import Workspace

STEP, ROWS = "offer", "tests"
ASKED = ("listener", "offer", "heard", "retold")


def keep(workspace: Workspace, sent: Mapping[str, str]) -> None:
    """Add the listener to the document; words that are no valid value stay as a draft, and nothing typed is no row."""
    specs = {spec.name: spec for spec in Retelling.fields()}
    typed = {name: sent[name] for name in ASKED if sent.get(name, "").strip()}
    if "heard" not in typed and "listener" not in typed:
        return
    with workspace.together():
        row = workspace.add_row(STEP, ROWS)
        for name, raw in typed.items():
            value, problem = fields.read(Retelling, specs[name], raw)
            kept = raw if problem else value
            workspace.save(STEP, f"{ROWS}/{row}/{name}", kept, draft=problem is not None)
