"""The prerendered next page, told by the pages themselves: a debugger in the browser would switch prerendering off.

The playbook is served as always, with one more script in its pages. That script walks from step 2 to step 3 by the link
"next" and posts when the page was asked for, when its answer could be read and when it took a change.
"""

from __future__ import annotations

import json
import queue
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from benchmarks.window import ARGUMENTS, chromium, probe
from playbook import addresses
from playbook.app import server
from playbook.app.desk import Desk

FROM, TO = "/step/step_2_cycle/", "/step/step_3_economics/"
LONGEST_WAIT = 60
WALK = """
(() => {
  const page = location.pathname.replace(/^[/]firm[/][^/]+/, ""), born = document.prerendering;
  const tell = (said) => fetch("/beacon", { method: "POST", body: JSON.stringify({ page, ...said }) });
  const until = (done, then) => (done() ? then() : setTimeout(() => until(done, then), 50));
  if (page === "/" || page === "/step/start/") location.replace("%(from)s");
  if (page === "%(from)s") {
    if (born) return;
    const next = () => document.querySelector("#root .pb-next a");
    until(next, () => setTimeout(() => next().click(), %(reads)d));
  }
  if (page === "%(to)s") {
    until(() => !document.prerendering && window.__bench?.ready, () => {
      const began = performance.getEntriesByType("navigation")[0].activationStart || 0;
      tell({ prerendered: born, readable: Math.max(0, __bench.readable - began), ready: __bench.ready - began });
    });
  }
})();
"""


class Beacons:
    """Around the served playbook: a script into every page, and a door for what it tells."""

    def __init__(self, app: ASGIApp, script: str) -> None:
        self.app = app
        self.script = script
        self.told: queue.Queue[dict[str, Any]] = queue.Queue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"] == "/beacon":
            self.told.put(json.loads(await Request(scope, receive).body()))
            await Response(status_code=204)(scope, receive, send)
        elif scope["path"] == "/beacons.js":
            await Response(self.script, media_type="text/javascript")(scope, receive, send)
        elif addresses.split(scope["path"])[1].startswith("/step/") or scope["path"].endswith("/"):
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            await self.app(scope, receive, _written_into(send))
        else:
            await self.app(scope, receive, send)


def _written_into(send: Send) -> Send:
    """The script at the head of a page, whose first part may come before the rest."""
    head = b"<head>"

    async def written(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [pair for pair in message["headers"] if pair[0] != b"content-length"]
        else:
            script = head + b'<script src="/beacons.js"></script>'
            message["body"] = message.get("body", b"").replace(head, script, 1)
        await send(message)

    return written


@contextmanager
def _served(workspace: Path, script: str) -> Iterator[tuple[str, Beacons]]:
    """The playbook in a thread of this process; the address with its token."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = int(door.getsockname()[1])
        desk = Desk(workspace, "en", cookie=f"playbook_{port}")
        app = Beacons(server.build(desk, server.hosts(port)), script)
        running = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}/?token={desk.token}", app
        running.should_exit = True
        thread.join(10)


def prerendered(workspace: Path, rounds: int, want: dict[str, str], *, reads: float = 4) -> list[dict[str, Any]]:
    """What step 3 told of each visit by the link of step 2, after `reads` seconds there; the first visit warms up."""
    walk = WALK % {"from": FROM, "to": TO, "reads": reads * 1000}
    with _served(workspace, probe(want) + walk) as (address, app):
        return [_visit(address, app) for _ in range(rounds + 1)][1:]


def _visit(address: str, app: Beacons) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [chromium(), "--headless=new", f"--user-data-dir={profile}", "--window-size=1440,900", *ARGUMENTS]
        browser = subprocess.Popen([*command, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return app.told.get(timeout=LONGEST_WAIT)
        finally:
            browser.terminate()
            browser.wait(20)
