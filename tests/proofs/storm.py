"""A process that saves again and again and tells of every save that was acknowledged; it is killed from outside."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from playbook.workspace import Workspace

FIELDS = 20


def main(folder: str, name: str) -> None:
    """Save fields in turn, a row now and then; one line on stdout for each save that came back."""
    workspace = Workspace.open(Path(folder))
    count = 0
    while True:
        count += 1
        field = f"{name}-{count % FIELDS}"
        if count % 7 == 0:
            row = workspace.add_row("kpi", name, {"metric": count})
            print(f"row {row} {count}", flush=True)
        else:
            workspace.save("goal", field, count, draft=count % 5 == 0)
            print(f"field {field} {count}", flush=True)
        time.sleep(0.001)  # lets the other window in, as any person does


if __name__ == "__main__":
    main(*sys.argv[1:])
