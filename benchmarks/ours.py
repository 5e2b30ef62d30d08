"""What the playbook does with the data, each task in a process of its own.

    python -m benchmarks.ours TASK INPUT FOLDER

Printed is one JSON object: the seconds of the work without the imports, the peak of memory, and a sum to compare
with the peers'.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.peers import told
from playbook import ten_from_data
from playbook.data import Importer, tables
from playbook.data.engine import connect, query, quoted
from playbook.methods.attribution import MODELS, Journey, credit
from playbook.walk import Walk
from playbook.workspace import Workspace

ALWAYS = {"since": "2000-01-01", "until": "2100-01-01"}


def read(file: Path, folder: Path) -> None:
    """The export to typed Parquet, one part: recognised, every row read and accounted for."""
    workspace = Workspace.create(folder / "firm", currency="RUB")
    began = time.perf_counter()
    preview = Importer(workspace).preview(file)
    tables.write_part(workspace, preview.taken, preview.reading)
    told(time.perf_counter() - began, float(preview.totals["ordered"]))


def whole(file: Path, folder: Path) -> None:
    """The whole import: the original kept, Parquet merged with what was there, and what changed."""
    workspace = Workspace.create(folder / "firm", currency="RUB")
    began = time.perf_counter()
    importer = Importer(workspace)
    preview = importer.preview(file)
    importer.run(preview)
    told(time.perf_counter() - began, float(preview.totals["ordered"]))


def attribution(tables_of: Path, _: Path) -> None:
    """All eight models from the table of touches."""
    began = time.perf_counter()
    rows = query(tables_of, "journeys", ALWAYS)
    journeys = [
        Journey(
            tuple(row[f"c{place}"] for place in range(8, 0, -1) if row[f"c{place}"] is not None),
            float(row["sold"]),
            float(row["nulls"]),
            days_before=tuple(float(row[f"d{place}"]) for place in range(8, 0, -1) if row[f"c{place}"] is not None),
        )
        for row in rows
    ]
    for model in MODELS:
        credit(journeys, model)
    told(time.perf_counter() - began, float(rows[0]["all_sold"]))


def cohorts(tables_of: Path, _: Path) -> None:
    """The cohorts of the table of orders."""
    began = time.perf_counter()
    rows = query(tables_of, "cohorts", ALWAYS)
    told(time.perf_counter() - began, float(sum(row["clients"] for row in rows)))


def scan(tables_of: Path, _: Path) -> None:
    """The columns that the cohorts need, read and added up, and nothing else."""
    began = time.perf_counter()
    with closing(connect()) as db:
        db.execute(
            "SELECT max(customer), max(paid_day), max(stage), sum(revenue), sum(direct_costs)"
            f" FROM read_parquet({quoted(tables_of / 'orders.parquet')})"
        ).fetchall()
    told(time.perf_counter() - began, 0.0)


def ten(firm: Path, _: Path) -> None:
    """The ten questions from a workspace's tables, asked for the first time: notes of earlier runs are gone."""
    for notes in firm.glob("tables/*/sums/*.json"):
        notes.unlink()
    began = time.perf_counter()
    found = ten_from_data.answers(Walk(Workspace.open(firm)))
    told(time.perf_counter() - began, float(sum(one.value is not None for one in found)))


TASKS: dict[str, Callable[[Path, Path], None]] = {
    "read": read,
    "whole": whole,
    "attribution": attribution,
    "cohorts": cohorts,
    "scan": scan,
    "ten": ten,
}

if __name__ == "__main__":
    TASKS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
