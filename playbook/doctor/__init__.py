"""Whether all is well, one finding a line: the machine, its letters and browser, the engine, and a workspace.

findings = examine(path)     each ok, a warning (less good than it could be) or a fault (something will fail)
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playbook.doctor import machine, project
from playbook.doctor.finding import Finding, State

__all__ = ["Finding", "State", "examine"]


def examine(folder: Path | None = None) -> Iterator[Finding]:
    """Look at this machine and at the workspace in `folder`, one finding after the other; nothing is changed."""
    yield from machine.findings(folder or Path.home())
    if folder is not None:
        yield from project.findings(folder)
