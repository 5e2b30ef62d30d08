"""Files that never change under their address: marimo's and ours, packed once and kept by the browser for good."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from playbook import faces

HERE = Path(__file__).resolve().parent / "static"
MARIMO = f"/_m/{version('marimo')}"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".ico": "image/x-icon",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
PACKED = (".css", ".js", ".json", ".svg", ".ttf", ".wasm")
PARTS = ("common", "theme", "fields", "typing", "saved", "first", "clock", "away", "files", "retell", "begin")
"""The parts of the page's script, what the others need first and what sets them going last."""
FOREVER = "public, max-age=31536000, immutable"

Read = Callable[[str], bytes | None]


class Files:
    """Serves what `read` finds, by name, packed and immutable."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self.kept: dict[str, tuple[bytes, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        name = scope["path"].removeprefix(scope["root_path"]).lstrip("/")
        if name not in self.kept:
            await to_thread.run_sync(self.pack, name)
        answer = self._answer(name, Headers(scope=scope))
        await answer(scope, receive, send)

    def pack(self, name: str) -> None:
        """Read and pack a file ahead of its first request; a name that is not there is passed over."""
        kind = Path(name).suffix
        found = self.read(name) if kind in TYPES else None
        if found is not None:
            self.kept[name] = (found, gzip.compress(found, 6, mtime=0) if kind in PACKED else b"")

    def _answer(self, name: str, headers: Headers) -> Response:
        if name not in self.kept:
            return Response(status_code=404)
        plain, packed = self.kept[name]
        lasting = {"content-type": TYPES[Path(name).suffix], "cache-control": FOREVER, "vary": "accept-encoding"}
        if packed and "gzip" in headers.get("accept-encoding", ""):
            return Response(packed, headers={**lasting, "content-encoding": "gzip"})
        return Response(plain, headers=lasting)


@cache
def ours() -> dict[str, bytes]:
    """Our files as they are served: the sheet of every page, the sheet over marimo, the page's script."""
    sheets = [
        faces.css(),
        *((HERE / name).read_text("utf-8") for name in ("frame.css", "form.css", "first.css", "home.css")),
    ]
    return {
        "playbook.css": "\n".join(sheets).encode(),
        "marimo.css": (HERE / "marimo.css").read_bytes(),
        "page.js": script().encode(),
        "icon.svg": (HERE / "icon.svg").read_bytes(),
    }


def script() -> str:
    """The script of every page: one file for the browser, one scope for its parts, each of which does one thing."""
    parts = ((HERE / "page" / f"{name}.js").read_text("utf-8") for name in PARTS)
    return f'(() => {{\n"use strict";\n{"".join(parts)}}})();\n'


@cache
def addresses() -> dict[str, str]:
    """The address of each of our files; it changes with the contents."""
    mark = hashlib.sha256(b"\0".join(ours().values())).hexdigest()[:12]
    return {name.partition(".")[0]: f"/_pb/{mark}/{name}" for name in ours()}


def folder() -> str:
    """The address under which our files lie."""
    return addresses()["page"].rpartition("/")[0]


@cache
def marimo_folder() -> Path:
    """Where marimo's own page and its modules lie; found without importing marimo, which takes more than a second."""
    spec = find_spec("marimo")
    assert spec is not None  # noqa: S101 - it is among the packages we depend on
    assert spec.origin is not None  # noqa: S101 - a package with a file
    return Path(spec.origin).parent / "_static"


def marimo_file(name: str) -> bytes | None:
    """One of marimo's files, never one outside its folder."""
    file = (marimo_folder() / name).resolve()
    return file.read_bytes() if file.is_relative_to(marimo_folder().resolve()) and file.is_file() else None


@cache
def marimo_page() -> str:
    """Marimo's page as it lies in its folder, before a notebook's facts are filled in."""
    return (marimo_folder() / "index.html").read_text("utf-8")


def first_files() -> list[str]:
    """What marimo's page loads at once."""
    return re.findall(r'(?:src|href)="\./(assets/[^"]+\.(?:js|css))"', marimo_page())
