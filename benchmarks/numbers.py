"""The numbers that decide: how soon they answer beside the bare import of what they need, and BG/NBD beside lifetimes.

    python start.py test -q --collect-only      # once: makes .venv with all that this needs, Playwright too
    .venv/bin/python -m benchmarks.numbers --rounds 5

`lifetimes` is installed by name from PyPI into an environment of its own, under the user's cache, and brings the 2,357
customers of CDNOW along. Memory is read from /proc: Linux only. Printed is one Markdown table; the exit status is 1
when a target is not met.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.contestants import STEP, Contestant, contestants
from benchmarks.environment import environment
from benchmarks.window import Window, enter, launch
from playbook.questions import find
from playbook.workspace import Workspace
from tests.proofs.examples import EXAMPLES

QUESTIONS = (
    *("goal", "chance", "unit-economics", "lead-sources", "ideas", "sample-size", "ab-test", "srm", "many-tests"),
    *("peeking", "xmr", "kpi-tree", "scale-readiness", "contract-retention", "repeat-purchases"),
)
PEER = Path(__file__).with_name("cdnow.py")
"""Run with `-P`: beside it lies this file, whose name is that of a module of Python."""
MOST_OF_IMPORT, MOST_OF_LIFETIMES, MOST_MS, MOST_SECONDS, MOST_MEGABYTES = 1.5, 0.2, 100, 30, 2048
SAME_LIKELIHOOD = 1e-4
GOAL = "/step/step_1_goal/"
FIRST_TARGET = 40
PLAN = {
    "objective": "sales_now",
    "horizon_days": 60,
    "cycle_days": 7,
    "target_customers": FIRST_TARGET,
    "average_order_value": 100,
    "gross_margin": 0.5,
    "cost_per_visit": 1,
    "visit_to_lead": 0.05,
    "visit_to_lead_low": 0.03,
    "visit_to_lead_high": 0.07,
    "lead_to_sale": 0.3,
    "lead_to_sale_low": 0.2,
    "lead_to_sale_high": 0.4,
}
"""A goal whose conversions lie in ranges, so that its chance is drawn from 10,000 futures."""

Figures = dict[str, list[float]]


@dataclass(frozen=True)
class Line:
    """One figure of the table, with its target."""

    says: str
    value: str
    target: str
    met: bool


def main() -> None:
    """Measure, print the table."""
    asked = _arguments()
    lines = [*_solves(asked.rounds), *_cdnow(asked), _million(asked.customers)]
    if asked.changes:
        lines.append(_repaint(asked.changes))
    print("| figure | measured | target | met |")
    print("| --- | ---: | --- | --- |")
    for line in lines:
        print(f"| {line.says} | {line.value} | {line.target} | {'yes' if line.met else 'no'} |")
    sys.exit(0 if all(line.met for line in lines) else 1)


def _arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("--rounds", type=int, default=5, help="how often every solve is run")
    reader.add_argument("--changes", type=int, default=20, help="changes of the goal in a browser; 0 leaves them out")
    reader.add_argument("--customers", type=int, default=1_000_000, help="customers of the large fit")
    reader.add_argument("--peers", type=Path, help="an environment with lifetimes that is there already")
    return reader.parse_args()


def _solves(rounds: int) -> list[Line]:
    """Every question in a process of its own, in turn with a process that imports what it needs and nothing of ours."""
    scripts = {name: (_solve(name), _bare(name)) for name in QUESTIONS}
    seconds: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for _ in range(rounds):
        for name, both in scripts.items():
            for script, into in zip(both, seconds[name], strict=True):
                into.append(_timed(script, name))
    lines = []
    for name, (ours, bare) in seconds.items():
        ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
        value = f"{ratio:.2f} ({1000 * statistics.median(ours):.0f} ms of {1000 * statistics.median(bare):.0f})"
        says = f"`{name}` as a process, of the bare import of what it needs"
        lines.append(Line(says, value, f"at most {MOST_OF_IMPORT:g}", ratio <= MOST_OF_IMPORT))
    return lines


def _solve(name: str) -> str:
    question = find(name)
    asked = f"from {question.__module__} import {question.__name__} as Asked"
    return f"import json, sys\n{asked}\nAsked.read(json.load(sys.stdin)).solve().to_json()\n"


def _bare(name: str) -> str:
    """The same modules, ours left out."""
    told = "print(*(name for name in sys.modules if name not in before and not name.startswith('playbook')))"
    done = _run(f"import sys\nbefore = set(sys.modules)\n{_solve(name)}{told}\n", name)
    names = [module for module in done.split() if module != "__main__"]
    head = "import importlib\nfrom contextlib import suppress\nfor name in "
    return f"{head}{names!r}:\n    with suppress(ImportError):\n        importlib.import_module(name)\n"


def _timed(script: str, name: str) -> float:
    began = time.perf_counter()
    _run(script, name)
    return time.perf_counter() - began


def _run(script: str, name: str) -> str:
    given = json.dumps(EXAMPLES[name], default=str)
    return subprocess.run([sys.executable, "-c", script], input=given, text=True, stdout=-1, check=True).stdout


def _cdnow(asked: argparse.Namespace) -> list[Line]:
    """The fit of the same customers by both, and how far their likelihoods are apart."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "cdnow.csv"
        theirs = _told(
            environment(asked.peers, "benchmark-lifetimes", ["lifetimes"]), "-P", str(PEER), "lifetimes", str(rows)
        )
        ours = _told(Path(sys.executable), "-m", "benchmarks.cdnow", "playbook", str(rows))
    ratio, apart = ours["seconds"] / theirs["seconds"], abs(ours["likelihood"] - theirs["likelihood"])
    value = f"{ratio:.2f} ({1000 * ours['seconds']:.1f} ms of {1000 * theirs['seconds']:.1f})"
    says = f"BG/NBD on the {ours['customers']:,} customers of CDNOW, of the time of `lifetimes`"
    likelihood = f"{ours['likelihood']:.4f} beside {theirs['likelihood']:.4f}"
    return [
        Line(says, value, f"at most {MOST_OF_LIFETIMES:g}", ratio <= MOST_OF_LIFETIMES),
        Line("its log-likelihood beside theirs", likelihood, "the same", apart <= SAME_LIKELIHOOD),
    ]


def _told(python: Path, *command: str) -> dict[str, float]:
    done = subprocess.run([str(python), *command], text=True, stdout=-1, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _million(customers: int) -> Line:
    """The question asked with so many customers, from the rows to every client's expectation."""
    found = _told(Path(sys.executable), "-m", "benchmarks.cdnow", "many", str(customers))
    met = found["seconds"] <= MOST_SECONDS and found["megabytes"] <= MOST_MEGABYTES
    value = f"{found['seconds']:.1f} s, {found['megabytes']:.0f} MB"
    return Line(f"`repeat-purchases` of {customers:,} customers", value, f"at most {MOST_SECONDS} s and 2 GB", met)


def _repaint(changes: int) -> Line:
    """From Enter in a field of step 1 to its words and chart painted, the chance drawn anew each time."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        workspace = Workspace.create(Path(folder) / "firm", currency="USD", language="en")
        for name, value in PLAN.items():
            workspace.save("goal", name, value)
        one = _goal_page(workspace.path)
        one.start(Path(folder) / "state")
        browser = launch(driver)
        try:
            window = Window.open(enter(browser, one), one)
            window.go(one.address.replace(STEP, GOAL))
            window.settle()
            found = [window.change(FIRST_TARGET + turn) for turn in range(1, changes + 1)]
        finally:
            browser.close()
            one.stop()
    known = [value for value in found if value is not None]
    middle = statistics.median(known) if len(known) == len(found) else float("nan")
    says = "a change of the goal to its repaint, 10,000 futures drawn"
    return Line(says, f"{middle:.0f} ms", f"at most {MOST_MS} ms", middle <= MOST_MS)


def _goal_page(workspace: Path) -> Contestant:
    plain = contestants(workspace)[0]
    return Contestant(
        name="playbook",
        want={**plain.want, "answer": "The goal is counted"},
        input='.pb-row[data-k="target_customers"] input',
        says=lambda value: f"bring {value} clients",
        command=plain.command,
    )


if __name__ == "__main__":
    main()
