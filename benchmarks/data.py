"""Import, attribution and cohorts beside the libraries that people would take for each: medians of shuffled runs.

    python start.py test -q --collect-only      # once: makes .venv
    .venv/bin/python -m benchmarks.data --megabytes 100 --touches 1000000 --orders 10000000 --rounds 3

The peers are installed by name from PyPI into an environment of their own, under the user's cache. Every run is a
process of its own: seconds without its imports, and the most memory it ever held, read from /proc: Linux only.
Printed is one Markdown table; the exit status is 1 when a target is not met.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks import made
from benchmarks.environment import environment
from benchmarks.standing import Standing, table

PEERS = ("pandas", "pyarrow", "polars", "marketing_attribution_models", "matplotlib", "ChannelAttribution")
"""`pyarrow` writes pandas' Parquet, `matplotlib` is what ChannelAttribution needs and does not name."""
SCRIPT = Path(__file__).with_name("peers.py")


@dataclass(frozen=True)
class Run:
    """One thing to measure: of which task, whose, and the command."""

    task: str
    who: str
    command: tuple[str, ...]


Runs = dict[tuple[str, str], list[Standing]]


def main() -> None:
    """Measure, print the table, keep the single runs where asked."""
    asked = _arguments()
    python = environment(asked.peers, "benchmark-peers", PEERS)
    found: Runs = defaultdict(list)
    draw = random.Random(26)  # noqa: S311 - an order that can be had again
    with tempfile.TemporaryDirectory(dir=asked.place) as name:
        place = Path(name)
        runs = list(_runs(asked, python, place))
        for turn in range(asked.rounds):
            for one in draw.sample(runs, len(runs)):
                found[one.task, one.who].append(measured(one, place))
            print(f"round {turn + 1} of {asked.rounds}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    if asked.keep:
        asked.keep.write_text(json.dumps([[*key, [vars(one) for one in runs]] for key, runs in found.items()]), "utf-8")
    text, met = table(found)
    print(text)
    sys.exit(0 if met else 1)


def _arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("--megabytes", type=float, default=100, help="size of the export in cp1251; 0 leaves it out")
    reader.add_argument("--touches", type=int, nargs="*", default=[1_000_000], help="sizes of the table of touches")
    reader.add_argument("--orders", type=int, nargs="*", default=[10_000_000], help="sizes of the table of orders")
    reader.add_argument(
        "--shop", type=int, default=200_000, help="orders of the shop that the ten questions are asked of"
    )
    reader.add_argument("--rounds", type=int, default=3, help="how often everything is measured")
    reader.add_argument("--largest-of-mam", type=int, default=1_000_000, help="touches beyond which it is left out")
    reader.add_argument("--place", type=Path, help="a folder with room for the made data")
    reader.add_argument("--peers", type=Path, help="an environment of the peers that is there already")
    reader.add_argument("--keep", type=Path, help="a JSON file for the single runs")
    return reader.parse_args()


def _runs(asked: argparse.Namespace, python: Path, place: Path) -> list[Run]:
    """Everything to measure, its data made."""
    runs: list[Run] = []

    def add(task: str, who: str, script: tuple[str, ...], data: Path) -> None:
        runs.append(Run(task, who, (*script, str(data))))

    ours = (sys.executable, "-m", "benchmarks.ours")
    theirs = (str(python), "-P", str(SCRIPT))  # beside it lies numbers.py, the name of a module of Python
    if asked.megabytes:
        cyrillic, utf8 = made.export(place, asked.megabytes)
        task = f"import {asked.megabytes:g} MB"
        add(task, "playbook", (*ours, "read"), cyrillic)
        add(task, "playbook, all of the import", (*ours, "whole"), cyrillic)
        add(task, "pandas", (*theirs, "import pandas"), cyrillic)
        add(task, "polars, UTF-8", (*theirs, "import polars"), utf8)
    for size in asked.touches:
        folder, task = made.tables(place / f"touches-{size}", {"touches": size}), f"attribution, {size:,} touches"
        add(task, "playbook", (*ours, "attribution"), folder)
        add(task, "ChannelAttribution", (*theirs, "attribution channelattribution"), folder / "touches.parquet")
        if size <= asked.largest_of_mam:
            add(task, "marketing_attribution_models", (*theirs, "attribution mam"), folder / "touches.parquet")
    for size in asked.orders:
        folder, task = made.tables(place / f"orders-{size}", {"orders": size}), f"cohorts, {size:,} orders"
        add(task, "playbook", (*ours, "cohorts"), folder)
        add(task, "polars, streaming", (*theirs, "cohorts polars"), folder / "orders.parquet")
        add(task, "a plain scan", (*ours, "scan"), folder)
    if asked.shop:
        task = f"ten questions, {asked.shop:,} orders and {10 * asked.shop:,} touches"
        add(task, "playbook", (*ours, "ten"), made.firm(place / "shop", made.shop(asked.shop)))
    return runs


def measured(run: Run, place: Path) -> Standing:
    """Run it in a process of its own, with an empty folder to write to."""
    with tempfile.TemporaryDirectory(dir=place) as empty:
        out = Path(empty) if "benchmarks.ours" in run.command else Path(empty) / "out.parquet"
        done = subprocess.run([*run.command, str(out)], stdout=subprocess.PIPE, text=True, check=False)
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        return Standing(math.nan, math.nan, math.nan)
    told = json.loads(lines[-1])
    return Standing(told["seconds"], told["megabytes"], told["sum"])


if __name__ == "__main__":
    main()
