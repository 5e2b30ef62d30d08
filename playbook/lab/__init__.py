"""JupyterLab over a workspace: the notebooks copied into it, a server of its own process, nobody outside asked."""

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
from urllib.error import URLError
from urllib.request import Request, urlopen

from playbook import paths
from playbook.app import launch
from playbook.errors import Failure
from playbook.i18n import t
from playbook.lab import books
from playbook.workspace import Workspace

HERE = Path(__file__).resolve().parent
HOST, FIRST_PORT, FIRST_NOTEBOOK, LOG = "127.0.0.1", 8888, "start.ipynb", "lab.log"
LOOK_EVERY_SECONDS, STOP_SECONDS = 0.1, 10
ALONE = {
    "LabApp.news_url": None,
    "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    "LabApp.extension_manager": "readonly",
    "LabApp.extra_labextensions_path": HERE / "front",
}
"""JupyterLab asks nobody outside, and opens our notebooks as pages."""


def serve(workspace: Workspace, *, port: int | None = None, open_browser: bool = True) -> None:
    """Run JupyterLab until it is stopped; prints its address with the token on one line when it is ready.

    Raises:
        PlaybookError: the port is taken.
        Failure: JupyterLab is not installed, or does not start.
    """
    _installed()
    folder, speech = books.shelve(workspace), str(workspace.setting("language", "en"))
    with launch.listening(HOST, port, FIRST_PORT) as door:
        free = int(door.getsockname()[1])
    token = secrets.token_urlsafe(24)
    ours = {"PLAYBOOK_WORKSPACE": str(workspace.path), "JUPYTER_TOKEN": token, "PYTHONSAFEPATH": "1"}
    environment = {**os.environ, **ours}
    with _running(_command(folder, free, speech), environment) as server:
        _await(server, f"http://{HOST}:{free}/api/status", token)
        address = f"http://{HOST}:{free}/lab/tree/{FIRST_NOTEBOOK}?token={token}"
        sys.stdout.write(t("cli", "JupyterLab is open: {address}", address=address) + "\n")
        sys.stdout.flush()
        if open_browser and launch.has_screen():
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


def _command(folder: Path, port: int, language: str) -> list[str]:
    root = ["--allow-root"] if sys.platform != "win32" and os.geteuid() == 0 else []
    told = {f"ServerApp.{name}": value for name, value in {"ip": HOST, "port": port, "root_dir": folder}.items()}
    told["LabApp.app_settings_dir"] = HERE / "settings" / language
    told["ServerApp.tornado_settings"] = {"page_config_data": {"playbook": _page()}}
    options = [f"--{name}={value}" for name, value in {**told, "ServerApp.port_retries": 0, **ALONE}.items()]
    return [sys.executable, "-m", "jupyterlab", "--no-browser", "-y", *options, *root]


def _page() -> dict[str, object]:
    """What the page knows: the notebooks that run by themselves, and what it says of any other."""
    what = t("cli", "these cells are not the playbook's own: look at them first, they run only when you say so.")
    return {"ours": books.fingerprints(), "words": {"what": what, "run": t("cli", "Run them")}}


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
