"""`lab`: the same playbook in JupyterLab, where the `[lab]` extra is installed."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated
from urllib.error import URLError
from urllib.request import Request, urlopen

import typer

from playbook import paths, recent
from playbook.cli.options import Lang, app, opened, speak
from playbook.cli.serving import NoBrowser, Port
from playbook.errors import Failure
from playbook.i18n import t

HOST, FIRST_PORT, FIRST_NOTEBOOK, LOG = "127.0.0.1", 8888, "start.ipynb", "lab.log"
LOOK_EVERY_SECONDS, STOP_SECONDS = 0.1, 10
ALONE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
"""JupyterLab asks nobody outside."""


@app.command("lab", help="Open the same playbook in JupyterLab.")
def lab(
    workspace: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="The workspace's folder; else the last one.")
    ] = None,
    port: Port = None,
    no_browser: NoBrowser = False,
    lang: Lang = "",
) -> None:
    """Run JupyterLab over the notebooks until it is stopped; print its address with the token when it is ready."""
    from playbook.app import launch

    speak(lang)
    _installed()
    firm = opened(workspace, lang) if workspace else recent.open_or_make()
    recent.remember(firm)
    firm.close()
    with launch.listening(HOST, port, FIRST_PORT) as door:
        free = int(door.getsockname()[1])
    token = secrets.token_urlsafe(24)
    chosen = {"PLAYBOOK_WORKSPACE": str(firm.path), **({"PLAYBOOK_LANGUAGE": lang} if lang else {})}
    with _running(_command(free), {**os.environ, **chosen, "JUPYTER_TOKEN": token}) as server:
        _await(server, f"http://{HOST}:{free}/api/status", token)
        address = f"http://{HOST}:{free}/lab/tree/{FIRST_NOTEBOOK}?token={token}"
        typer.echo(t("cli", "JupyterLab is open: {address}", address=address))
        if not no_browser and launch.has_screen():
            launch.show(address)
        with suppress(KeyboardInterrupt):
            server.wait()


def _installed() -> None:
    missing = [name for name in ("jupyterlab", "ipywidgets") if find_spec(name) is None]
    if missing:
        raise Failure(
            t("cli", "JupyterLab is not installed here."),
            saw=", ".join(missing),
            hint=t("cli", "start it with python3 start.py lab, or: pip install marketing-playbook[lab]"),
        )


def _command(port: int) -> list[str]:
    root = ["--allow-root"] if sys.platform != "win32" and os.geteuid() == 0 else []
    told = {"ip": HOST, "port": port, "port_retries": 0, "root_dir": paths.resource("notebooks") / "jupyter"}
    options = [f"--ServerApp.{name}={value}" for name, value in told.items()]
    return [sys.executable, "-m", "jupyterlab", "--no-browser", "-y", *options, *ALONE, *root]


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """JupyterLab with its own words in a file; it ends when we do, however that is."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    paths.state_dir().mkdir(parents=True, exist_ok=True)
    with _log().open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield server
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(STOP_SECONDS)
        server.kill()


def _await(server: subprocess.Popen[bytes], address: str, token: str) -> None:
    """Return when JupyterLab answers.

    Raises:
        Failure: it ended before it did.
    """
    while server.poll() is None:
        with suppress(URLError, ConnectionError, TimeoutError):
            asked = Request(address, headers={"Authorization": f"token {token}"})  # noqa: S310 - our own address
            with urlopen(asked, timeout=STOP_SECONDS):  # noqa: S310
                return
        time.sleep(LOOK_EVERY_SECONDS)
    hint = t("cli", "read what it says in {file}", file=_log())
    raise Failure(t("cli", "JupyterLab did not start."), saw=str(server.returncode), hint=hint)


def _log() -> Path:
    return paths.state_dir() / LOG
