"""Run every definition on DuckDB and on the other engines, over every firm, and compare every cell.

    .venv-engines/bin/python -m tests.proofs.engines.run [clickhouse] [spark]

In the environment of `lock-engines.txt`; `start.py prove` makes it. Printed is one Markdown table, and each difference
below it; the exit status is 1 when there is one.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playbook.data.engine import definitions
from playbook.data.engines import DEFAULT, Engine, engine_at
from playbook.data.engines.errors import EngineError
from playbook.data.sums import ALWAYS
from playbook.errors import PlaybookError
from tests.proofs.engines.clickhouse import clickhouse
from tests.proofs.engines.compare import Rows, difference
from tests.proofs.engines.firms import firms
from tests.proofs.engines.spark import spark

SERVERS = {"clickhouse": clickhouse, "spark": spark}
ASKED = ((*ALWAYS, "week"), (date(2026, 6, 3), date(2026, 9, 22), "month"))
"""All days by week, and days that begin and end within a week and a month, by month."""


@dataclass
class Line:
    """What became of one definition."""

    rows: int = 0
    cells: int = 0
    answers: int = 0
    differences: dict[str, list[str]] = field(default_factory=dict)


def compared(places: list[tuple[str, Path]], addresses: dict[str, str]) -> Iterator[tuple[str, Line]]:
    """Every definition with what became of it."""
    engines = {name: engine_at(address) for name, address in addresses.items()}
    for name in definitions():
        line = Line(differences={engine: [] for engine in engines})
        for firm, folder in places:
            for since, until, grain in ASKED if firm.startswith("rough") else ASKED[:1]:
                values = {"since": since, "until": until, "grain": grain}
                expected = engine_at(DEFAULT).rows(folder, name, values)
                line.rows += len(expected)
                line.cells += sum(map(len, expected))
                line.answers += 1
                for engine, other in engines.items():
                    wrong = _wrong(expected, other, folder, name, values)
                    if wrong:
                        line.differences[engine].append(f"{name}, {firm}, {since}: {wrong}")
        yield name, line


def _wrong(expected: Rows, engine: Engine, folder: Path, name: str, values: dict[str, date | str]) -> str:
    """How an engine's answer differs, or why it has none."""
    try:
        return difference(expected, engine.rows(folder, name, values))
    except PlaybookError as error:
        return error.saw


def answers(address: str, folder: Path) -> bool:
    """Whether an engine answers, or says that it does not; any other fault ends the run."""
    try:
        engine_at(address).rows(folder, "rows", {})
    except EngineError:
        return False
    return True


def table(lines: dict[str, Line], versions: dict[str, str]) -> str:
    """The run as a Markdown table."""
    engines = list(versions)[1:]
    head = f"| definition | answers | rows | cells | {' | '.join(versions[engine] for engine in engines)} |"
    body = [
        f"| `{name}` | {line.answers} | {line.rows} | {line.cells} | "
        + " | ".join("differs" if line.differences[engine] else "agrees" for engine in engines)
        + " |"
        for name, line in lines.items()
    ]
    return "\n".join([f"Beside {versions[DEFAULT]}:", "", head, "|---|" + "---:|" * 3 + "---|" * len(engines), *body])


def main(chosen: list[str]) -> int:
    """The run; how many definitions differ somewhere."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        places = list(firms(Path(folder)))
        addresses = {name: servers.enter_context(SERVERS[name]()) for name in chosen or SERVERS}
        versions = {name: engine_at(address).version() for name, address in {DEFAULT: DEFAULT, **addresses}.items()}
        lines = dict(compared(places, addresses))
        servers.close()
        wrong = [
            f"{name} was stopped and did not say so"
            for name, address in addresses.items()
            if answers(address, places[0][1])
        ]
    print(table(lines, versions))  # noqa: T201 - what it is for
    wrong += [said for line in lines.values() for engine in line.differences.values() for said in engine]
    cells = sum(line.cells for line in lines.values())
    print(f"\n{len(lines)} definitions, {len(places)} firms, {cells} cells, {time.monotonic() - begun:.0f} s")  # noqa: T201
    print("\n".join(wrong))  # noqa: T201
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
