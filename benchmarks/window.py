"""A browser's window that tells when a page can be read, when it takes a change and when a change is painted."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from benchmarks.contestants import Contestant

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
NAMES = ("chromium", "google-chrome", "chrome", "msedge")
SIZE = {"width": 1440, "height": 900}
LONGEST_WAIT_MS = 90_000
SETTLED_MS = 1500
"""How long after a page takes changes its bytes are still counted."""


def chromium() -> str:
    """The Chromium of this machine; `CHROME` names another."""
    found = os.environ.get("CHROME") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise SystemExit("No Chromium, Chrome or Edge was found: name one in CHROME.")
    return found


def launch(driver: Playwright) -> Browser:
    """A browser with an empty cache."""
    return driver.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS])


def probe(want: dict[str, str]) -> str:
    """The script that watches a page: `want` says what its answer, chart and fields look like."""
    return (Path(__file__).parent / "probe.js").read_text("utf-8").replace("__WANT__", json.dumps(want))


@dataclass
class Window:
    """One tab before one contestant."""

    page: Page
    contestant: Contestant
    bytes: float = field(default=0, init=False)

    @classmethod
    def open(cls, context: BrowserContext, contestant: Contestant) -> Window:
        """A tab that watches what it shows and counts what it loads."""
        found = cls(context.new_page(), contestant)
        found.page.add_init_script(probe(contestant.want))
        session = context.new_cdp_session(found.page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", found._loaded)
        return found

    def go(self, address: str) -> dict[str, float]:
        """Open a page and wait until it takes changes; milliseconds from the click, and the moment in seconds."""
        self.page.goto(address, wait_until="commit")
        self.page.wait_for_function("() => window.__bench?.ready", timeout=LONGEST_WAIT_MS)
        found: dict[str, float] = self.page.evaluate(
            "() => ({ ...__bench, at: (performance.timeOrigin + __bench.ready) / 1000 })"
        )
        return found

    def settle(self) -> None:
        """Wait until everything has come."""
        self.page.wait_for_timeout(SETTLED_MS)

    def change(self, value: int) -> float | None:
        """Type another CAC and press Enter; milliseconds until words and chart are painted, None if never."""
        self.page.evaluate("([text]) => __bench.change(text, 'keydown')", [self.contestant.says(value)])
        place = self.page.locator(self.contestant.input).first
        place.fill(str(value))
        place.press("Enter")
        told: dict[str, Any] = self.page.evaluate("() => __bench.changed")
        return max(told["words"], told["chart"]) if told["ok"] else None

    def _loaded(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]


def enter(browser: Browser, contestant: Contestant) -> BrowserContext:
    """A browser's fresh profile that may come in."""
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    if contestant.key:
        context.request.get(contestant.key, max_redirects=0)
    return context
