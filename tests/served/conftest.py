"""The playbook as people meet it: a server of its own process and a real Chromium."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from playbook import samples
from playbook.workspace import Workspace

TRAVELLING = """
import sys, time_machine
time_machine.travel(sys.argv.pop(1)).start()
from playbook.cli import main
main()
"""


@dataclass
class Served:
    """A running playbook."""

    address: str
    workspace: Workspace

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass
class Visit:
    """One window with what it asked for and what it complained of."""

    page: Page
    served: Served
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page of the playbook and wait until its answer stands."""
        self.page.goto(self.served.origin + path, wait_until="load")
        if path.startswith("/step/"):
            self.page.locator("[data-cell-name=opening] h1").first.wait_for(timeout=60_000)
            self.page.locator(".pb-state").first.wait_for(state="attached", timeout=60_000)
            self.page.locator(".pb-first").wait_for(state="detached", timeout=60_000)
        return self.page

    def field(self, name: str) -> object:
        """The input of a field by the name it is saved under."""
        return self.page.locator(f'.pb-row[data-k="{name}"] input, .pb-row[data-k="{name}"] textarea').first


def start(
    workspace: Workspace, state: Path, *options: str, on: datetime | None = None
) -> tuple[Served, subprocess.Popen[str]]:
    """A server of its own process that is ready; it began at `on` where that is given."""
    environment = {**os.environ, "PLAYBOOK_STATE": str(state), "PYTHONUNBUFFERED": "1"}
    program = ["-c", TRAVELLING, on.isoformat()] if on else ["-m", "playbook"]
    command = [sys.executable, *program, "open", str(workspace.path), "--no-browser", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    assert process.stdout is not None
    line = process.stdout.readline()
    address = re.search(r"http://\S+", line)
    assert address, f"the server said: {line}{process.stdout.read() if process.poll() is not None else ''}"
    return Served(address.group(), workspace), process


def serve(workspace: Workspace, state: Path) -> Iterator[Served]:
    """A workspace, served until the test is over."""
    served, process = start(workspace, state)
    try:
        yield served
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample shop, served."""
    folder = tmp_path_factory.mktemp("shop")
    yield from serve(samples.create(folder / "shop", "ecommerce", "ru"), folder / "state")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Served]:
    """An empty workspace, served."""
    yield from serve(
        Workspace.create(tmp_path / "firm", name="<script>Firm</script>", language="en"), tmp_path / "state"
    )


def visit(context: BrowserContext, served: Served) -> Visit:
    """A window of a context, signed in by the address that the server printed."""
    found = Visit(context.new_page(), served)

    def asked(request: Request) -> None:
        if not request.url.startswith((served.origin, served.origin.replace("http", "ws", 1), "data:", "blob:")):
            found.outside.append(request.url)

    context.on("request", asked)
    found.page.on("websocket", lambda socket: _socket(socket.url, served, found))
    found.page.on("console", lambda message: found.complaints.append(message.text) if message.type == "error" else None)
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.goto(served.address)
    return found


def _socket(url: str, served: Served, found: Visit) -> None:
    if urlsplit(url).netloc != urlsplit(served.origin).netloc:
        found.outside.append(url)
