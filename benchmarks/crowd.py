"""Sessions that stay open beside the one that is measured: sockets, as marimo's page opens them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext
from websockets.sync.client import ClientConnection, connect

from benchmarks.contestants import Contestant

LONGEST_WAIT = 60


@contextmanager
def crowd(context: BrowserContext, contestant: Contestant, size: int) -> Iterator[None]:
    """Hold `size` sessions of a contestant's page open, each after its first run."""
    with ExitStack() as held:
        for place in range(size):
            socket = held.enter_context(_session(context, contestant, f"s_{place:06d}"))
            threading.Thread(target=_drain, args=(socket,), daemon=True).start()
        yield


def _session(context: BrowserContext, contestant: Contestant, name: str) -> ClientConnection:
    parts = urlsplit(contestant.address)
    cookies = "; ".join(f"{one.get('name')}={one.get('value')}" for one in context.cookies(contestant.address))
    socket = connect(
        f"ws://{parts.netloc}{parts.path}ws?session_id={name}",
        origin=f"http://{parts.netloc}",  # type: ignore[arg-type]
        additional_headers={"Cookie": cookies} if cookies else {},
        max_size=None,
    )
    while json.loads(socket.recv(LONGEST_WAIT))["op"] != "completed-run":
        pass
    return socket


def _drain(socket: ClientConnection) -> None:
    for _ in socket:
        pass
