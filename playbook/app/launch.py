"""Starting and stopping the server: the port, the one line with the address, the browser."""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from pathlib import Path
from typing import TextIO

import uvicorn

from playbook import i18n, paths, recent
from playbook.app import render, server
from playbook.app.desk import Desk
from playbook.errors import PlaybookError
from playbook.faults import reason
from playbook.i18n import t
from playbook.workspace import Workspace

FIRST_PORT = 2718
PORTS_TRIED = 100
STOP_SECONDS = 2
LOG_BYTES = 1_000_000


def serve(
    workspace: Workspace | Path | None = None,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    open_browser: bool = True,
    language: str | None = None,
) -> None:
    """Serve the playbook until it is stopped; prints the address with its token on one line when it is ready.

    Without a workspace the last one opens, or a new empty one; without a port the first free one from 2718 on.

    Raises:
        PlaybookError: the port is taken, or the address is not one of this machine.
    """
    opened = _opened(workspace, language or "")
    spoken = language or str(opened.setting("language", "en"))
    guessed = not language and bool(opened.setting(recent.LANGUAGE_GUESSED, False))
    recent.remember(opened)
    opened.close()
    with i18n.speaking(spoken):
        door = listening(host, port)
        desk = Desk(opened.path, spoken, guessed, cookie=f"playbook_{door.getsockname()[1]}")
        _run(desk, door, host, open_browser=open_browser)


def _run(desk: Desk, door: socket.socket, host: str, *, open_browser: bool) -> None:
    port = int(door.getsockname()[1])
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104 - compared only
    address = f"http://{shown}:{port}/?token={desk.token}"
    config = uvicorn.Config(
        server.build(desk, server.hosts(port, shown)),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    with _log(), suppress(KeyboardInterrupt):
        _Announcing(config, address, open_browser=open_browser).run(sockets=[door])


class _Announcing(uvicorn.Server):
    """uvicorn's server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, address: str, *, open_browser: bool) -> None:
        super().__init__(config)
        self.address = address
        self.open_browser = open_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then print the address and open the browser."""
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(t("app", "The playbook is open: {address}", address=self.address) + "\n")
            sys.stdout.flush()
            if self.open_browser and has_screen():
                threading.Thread(target=show, args=(self.address,), daemon=True).start()


def _opened(workspace: Workspace | Path | None, language: str) -> Workspace:
    if isinstance(workspace, Workspace):
        return workspace
    return Workspace.open(workspace) if workspace else recent.open_or_make(language)


def listening(host: str, port: int | None, first: int = FIRST_PORT) -> socket.socket:
    """A socket on the port that was asked for, or on the first free one.

    Raises:
        PlaybookError: the port is taken, or the address is not one of this machine.
    """
    if port is not None:
        try:
            return _bound(host, port)
        except OverflowError:
            raise PlaybookError(
                t("app", "A port is a number from 1 to 65535."),
                saw=str(port),
                hint=t("app", "for example --port 2718"),
                field="port",
            ) from None
        except OSError as error:
            raise PlaybookError(
                t("app", "The playbook cannot listen on this port."),
                saw=f"{host}:{port}: {reason(error)}",
                hint=t("app", "leave --port out and a free one is found, or stop the other program"),
                field="port",
            ) from None
    for tried in [*range(first, first + PORTS_TRIED), 0]:
        with suppress(OSError):
            return _bound(host, tried)
    raise PlaybookError(
        t("app", "The playbook cannot listen on this address."),
        saw=host,
        hint=t("app", "use --host 127.0.0.1"),
        field="host",
    )


def _bound(host: str, port: int) -> socket.socket:
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(kind, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # on Windows the option would let two programs share the port
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(128)
    except (OSError, OverflowError):
        door.close()
        raise
    return door


def has_screen() -> bool:
    """Whether a browser window can be opened; without one, a text browser would take the terminal over."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def show(address: str) -> None:
    """Open the browser at an address."""
    with suppress(Exception):  # the address is printed anyway
        webbrowser.open(address)


@contextmanager
def _log() -> Iterator[None]:
    """Faults go to a file in this machine's own folder, never to the reader: ours, uvicorn's, and marimo's."""
    file = paths.state_dir() / render.LOG
    try:
        paths.state_dir().mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > LOG_BYTES:
            file.replace(file.with_suffix(".old"))
        stream: TextIO = file.open("a", encoding="utf-8", buffering=1)
    except OSError:
        stream = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - closed below
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        with stream, redirect_stderr(stream):
            yield
    finally:
        root.removeHandler(handler)
