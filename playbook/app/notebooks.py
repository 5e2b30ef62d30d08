"""The notebooks behind their addresses: marimo is imported in a thread, while the home page is already up."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from playbook.app import assets
from playbook.app.frame import send_page
from playbook.steps import CALCULATORS, DOCUMENTS

SHARED = {"calculator": CALCULATORS, "document": DOCUMENTS}
"""Notebooks that serve several pages each."""
IDLE_SECONDS = 600
"""How long a closed page's session waits for it to come back, as after a laptop's sleep."""
STEADY = {
    "runtime": {"auto_instantiate": True, "on_cell_change": "autorun", "auto_reload": "off", "show_tracebacks": False},
    "display": {"theme": "system", "cell_output": "below", "custom_css": []},
    "server": {"transport": "websocket"},
    "experimental": {"rtc_v2": False},
}
"""What our pages rely on, whatever the person has set in marimo for notebooks of their own."""


class Notebooks:
    """One marimo app for each notebook of a folder, made when first needed or warmed up before."""

    def __init__(self, folder: Path, files: assets.Files) -> None:
        self.pages = pages(folder)
        self.files = files
        self.app: Starlette | None = None
        self._lock = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request under `/step/`."""
        page, stroke, inside = scope["path"].removeprefix(scope["root_path"]).lstrip("/").partition("/")
        if page not in self.pages:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        if scope["type"] == "http" and scope["method"] == "GET" and stroke and not inside:
            return await send_page(page, self.ready, scope, receive, send)
        app = await self.ready()
        return await app(scope, receive, send)

    async def ready(self) -> Starlette:
        """The notebooks' apps."""
        async with self._lock:
            if self.app is None:
                self.app = await to_thread.run_sync(self._build)
        return self.app

    async def warm(self) -> None:
        """Do ahead what the first visitor of a step would wait for: imports, and marimo's files packed."""
        await self.ready()
        await to_thread.run_sync(_import_rooms)
        for name in assets.first_files():
            await to_thread.run_sync(self.files.pack, name)

    async def close(self) -> None:
        """End every session."""
        for state in _states(self.app) if self.app else ():
            await state.session_manager.shutdown()

    def _build(self) -> Starlette:
        import marimo

        builder = marimo.create_asgi_app(quiet=True, asset_url=assets.MARIMO, session_ttl=IDLE_SECONDS)
        for name, file in self.pages.items():
            builder = builder.with_app(path=f"/{name}", root=str(file))
        built = builder.build()
        assert isinstance(built, Starlette)  # noqa: S101 - so it is without dynamic directories
        for state in _states(built):
            steady = state.config_manager.with_overrides(STEADY)
            state.config_manager = state.session_manager._config_manager = steady  # noqa: SLF001 - it has no other door
        return built


def pages(folder: Path) -> dict[str, Path]:
    """The notebook of every page; a shared one looks at the address to know which of its pages is asked for."""
    found = {file.stem: file for file in sorted(folder.glob("*.py")) if not file.name.startswith("_")}
    shared = [(found.pop(name), steps) for name, steps in SHARED.items() if name in found]
    return found | {step.page: file for file, steps in shared for step in steps}


def _states(app: Starlette) -> Iterator[Any]:
    """The state of each notebook's app: marimo's session manager and its settings."""
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, Starlette):
            yield route.app.state


def _import_rooms() -> None:
    """What a notebook imports in its first cell, and what marimo imports for the first label of a field."""
    import marimo

    import playbook.ui.marimo  # noqa: F401 - warmed up

    marimo.ui.text(label="-")
