"""The Chromium, Chrome or Edge of this machine, and a page printed by it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from playbook import i18n
from playbook.errors import Failure
from playbook.faults import reason
from playbook.i18n import t

HERE = Path(__file__).resolve().parent
CHOSEN = "PLAYBOOK_BROWSER"
SECONDS = 60
"""A page that is not printed by then never will be."""
QUIET = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # the page asks for nothing; now the browser cannot either
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
_one_at_a_time = threading.Lock()


class NoBrowser(Failure):
    """There is no browser on this machine that could print."""


def find() -> str:
    """The browser's path; `PLAYBOOK_BROWSER` names another. Empty when there is none."""
    if CHOSEN in os.environ:
        return shutil.which(os.environ[CHOSEN]) or ""
    named = (shutil.which(name) for name in known()["names"])
    placed = (place for place in map(os.path.expandvars, known()["places"]) if Path(place).is_file())
    return next(filter(None, [*named, *placed]), "")


def pdf(html: str) -> bytes:
    """The page on A4, printed without a network by a browser with a profile of its own.

    Raises:
        NoBrowser: there is none on this machine.
        Failure: it was found and could not print.
    """
    found = find()
    if not found:
        raise NoBrowser(
            t("report", "A PDF is made by Chrome, Chromium or Edge, and none of them was found."),
            saw=os.environ.get(CHOSEN) or ", ".join(known()["names"]),
            hint=t("report", "install one of them, or name it in {name}", name=CHOSEN),
        )
    ended = ""
    with _one_at_a_time:
        for room in _rooms():
            made, ended = _print(found, html, room)
            if made:
                return made
    raise Failure(
        t("report", "The browser could not print the PDF."),
        saw=f"{found}: {ended}",
        hint=t("report", "open the report as HTML and print it to PDF from the browser's own menu"),
    )


@cache
def known() -> dict[str, list[str]]:
    """The names and the places of browsers."""
    read: dict[str, list[str]] = tomllib.loads((HERE / "browsers.toml").read_text(encoding="utf-8"))
    return read


def _rooms() -> Iterator[Path | None]:
    """Where the browser may write: the system's place for passing files; a snap sees only a folder of its own."""
    yield None
    snap = Path.home() / "snap" / "chromium" / "common"
    if snap.is_dir():
        yield snap


def _print(browser: str, html: str, room: Path | None) -> tuple[bytes, str]:
    """The PDF, and how the browser ended where none came."""
    with tempfile.TemporaryDirectory(prefix="playbook-", dir=room, ignore_cleanup_errors=True) as folder:
        page, printed = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_text(html, encoding="utf-8")
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        words = [
            browser,
            *QUIET,
            *(["--no-sandbox"] if root else []),
            f"--user-data-dir={Path(folder, 'profile')}",
            f"--print-to-pdf={printed}",
            page.as_uri(),
        ]
        ended = _run(words)
        return (printed.read_bytes() if printed.is_file() else b""), ended


def _run(words: list[str]) -> str:
    """Run the browser to its end or to the end of our patience, its helpers with it; how it ended."""
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return reason(error)
    try:
        return t("report", "ended with {code}", code=process.wait(SECONDS))
    except subprocess.TimeoutExpired:
        return t("report", "no answer within {time}", time=i18n.quantity(SECONDS, "second"))
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End what is still running of the browser and its helpers."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
