"""The served playbook beside plain marimo: step 3 with the same fields, figures and chart, medians of interleaved runs.

    python start.py test -q --collect-only      # once: makes .venv with all that this needs, Playwright too
    .venv/bin/python -m benchmarks.serve --rounds 5

It wants a quiet machine with a Chromium (`CHROME` names it) and takes about two minutes a round on two cores. Linux
only: memory is read from /proc. Printed is one Markdown table; the exit status is 1 when a target is not met.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import beacons, commands
from benchmarks.contestants import Contestant, contestants
from benchmarks.crowd import crowd
from benchmarks.table import table
from benchmarks.window import Window, enter, launch
from playbook import samples

FIRST_CAC = 20
"""Every change is another whole number from here on, always below what is admissible."""
CROWD = 30
REST_SECONDS = 2
COMMANDS = 5
"""How often a round runs the short commands."""

Figures = dict[str, dict[str, list[float]]]


def main() -> None:
    """Measure, print the table, keep the single runs where asked."""
    asked = _arguments()
    figures: Figures = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        workspace = samples.create(place / "shop", "ecommerce", "en").path
        os.environ["PLAYBOOK_STATE"] = str(place / "state")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start would compile all that it imports
        with sync_playwright() as driver:
            for turn in range(asked.rounds):
                for one in contestants(workspace):
                    browser = launch(driver)
                    _round(browser, one, place / "state", figures[one.name], asked.changes)
                    browser.close()
                _commands(workspace, place, figures)
                print(f"round {turn + 1} of {asked.rounds}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
        _keep(asked.keep, figures)
        want = contestants(workspace)[0].want
        for told in beacons.prerendered(workspace, asked.rounds, want):
            _add(figures["playbook"], "prerendered", told["ready"] if told["prerendered"] else float("nan"))
            _add(figures["playbook"], "prerendered readable", told["readable"])
    _keep(asked.keep, figures)
    text, met = table(figures)
    print(text)
    sys.exit(0 if met else 1)


def _arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("--rounds", type=int, default=5, help="how often everything is measured")
    reader.add_argument("--changes", type=int, default=20, help="changes a round, alone and with thirty sessions open")
    reader.add_argument("--keep", type=Path, help="a JSON file for the single runs")
    return reader.parse_args()


def _round(browser: Browser, one: Contestant, state: Path, into: dict[str, list[float]], changes: int) -> None:
    """One contestant from a cold start to thirty sessions."""
    one.start(state)
    try:
        _cold(browser, one, into)
        time.sleep(REST_SECONDS)
        _visits(browser, one, into, changes)
        _crowded(browser, one, into, changes)
        if one.name == "playbook":
            _add(into, "home", commands.home(one))
    finally:
        one.stop()


def _cold(browser: Browser, one: Contestant, into: dict[str, list[float]]) -> None:
    context = enter(browser, one)
    shown = Window.open(context, one).go(one.address)
    _add(into, "cold", shown["at"] - one.began)
    _add(into, "cold readable", shown["at"] - one.began - (shown["ready"] - shown["readable"]) / 1000)
    context.close()


def _visits(browser: Browser, one: Contestant, into: dict[str, list[float]], changes: int) -> None:
    """A first visit, a second page, the step once more from the cache, and changes there."""
    context = enter(browser, one)
    first = Window.open(context, one)
    shown = first.go(one.address)
    first.settle()
    _add(into, "warm", shown["ready"])
    _add(into, "readable", shown["readable"])
    _add(into, "first bytes", first.bytes / 1e6)
    first.page.close()
    if one.another:
        other = Window.open(context, one)
        other.page.goto(one.another)
        other.page.locator(".pb-first").wait_for(state="detached")
        other.settle()
        _add(into, "second bytes", other.bytes / 1e6)
        other.page.close()
    again = Window.open(context, one)
    shown = again.go(one.address)
    again.settle()
    _add(into, "cached", shown["ready"])
    for value in range(FIRST_CAC, FIRST_CAC + changes):
        _add(into, "change", again.change(value))
    context.close()


def _crowded(browser: Browser, one: Contestant, into: dict[str, list[float]], changes: int) -> None:
    """Changes of one window while others are open, and what the others weigh."""
    context = enter(browser, one)
    window = Window.open(context, one)
    window.go(one.address)
    window.settle()
    alone = one.megabytes()
    with crowd(context, one, CROWD - 1):
        window.settle()
        _add(into, "server", one.megabytes())
        _add(into, "session", (one.megabytes() - alone) / (CROWD - 1))
        for value in range(FIRST_CAC, FIRST_CAC + changes):
            _add(into, "crowded", window.change(value))
    context.close()


def _commands(workspace: Path, place: Path, figures: Figures) -> None:
    for _ in range(COMMANDS):
        _add(figures["playbook"], "solve", commands.solve())
        _add(figures["playbook"], "door", commands.door())
        for name in ("solve", "door"):
            _add(figures["one model"], name, commands.one_model())
    seconds, kilobytes = commands.report(workspace, place)
    _add(figures["playbook"], "report", seconds)
    _add(figures["playbook"], "report size", kilobytes)


def _keep(file: Path | None, figures: Figures) -> None:
    if file:
        file.write_text(json.dumps(figures, indent=1), "utf-8")


def _add(into: dict[str, list[float]], name: str, value: float | None) -> None:
    into[name].append(float("nan") if value is None else value)


if __name__ == "__main__":
    main()
