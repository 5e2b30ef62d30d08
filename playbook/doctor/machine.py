"""The machine: Python, disk, memory, Cyrillic letters, a browser that prints, the engine that answers."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playbook import i18n, paths
from playbook.data import engine
from playbook.doctor.finding import Finding, State
from playbook.errors import Failure
from playbook.faults import reason
from playbook.i18n import t
from playbook.report import browser

MEGABYTE, GIGABYTE = 10**6, 10**9
DISK_LOW, DISK_GONE = 1000 * MEGABYTE, 50 * MEGABYTE
MEMORY_LOW, MEMORY_GONE = 500 * MEGABYTE, 100 * MEGABYTE
"""The served playbook takes about 250 MB, printing a PDF as much again."""
SECONDS = 10


def findings(folder: Path) -> Iterator[Finding]:
    """Everything about this machine; `folder` lies on the disk that counts."""
    yield python()
    yield disk(folder)
    yield memory()
    yield letters()
    yield printing()
    yield tables_engine()


def python() -> Finding:
    """The versions of Python and of the playbook."""
    saw = t("doctor", "{python}, playbook {version}", python=platform.python_version(), version=paths.VERSION)
    return Finding("python", "ok", "Python", saw)


def disk(folder: Path) -> Finding:
    """The free space where the workspace lies."""
    place = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    name = t("doctor", "Disk")
    try:
        free = shutil.disk_usage(place).free
    except OSError as error:
        return Finding("disk", "warning", name, reason(error), t("doctor", "look whether the disk is there"))
    hint = t("doctor", "free some space: a full disk keeps changes from being saved")
    return _sized("disk", name, free, (DISK_LOW, DISK_GONE), hint)


def memory() -> Finding:
    """The memory that programs may still take."""
    import psutil

    free = psutil.virtual_memory().available
    hint = t("doctor", "close other programs: without memory the pages open slowly or not at all")
    return _sized("memory", t("doctor", "Memory"), free, (MEMORY_LOW, MEMORY_GONE), hint)


def letters() -> Finding:
    """Whether the pages and the PDF have Cyrillic letters; Windows and macOS bring them along."""
    check, name = "fonts", t("doctor", "Cyrillic letters")
    if sys.platform in ("win32", "darwin"):
        return Finding(check, "ok", name, t("doctor", "this system brings them along"))
    lister = shutil.which("fc-list")
    if lister is None:
        hint = t("doctor", "if letters look like empty boxes, install the fonts DejaVu or Noto")
        return Finding(check, "warning", name, t("doctor", "cannot be checked without the program fc-list"), hint)
    families = _families(lister)
    if not families:
        hint = t("doctor", "install the fonts DejaVu or Noto, on Debian and Ubuntu: apt install fonts-dejavu-core")
        return Finding(check, "fault", name, t("doctor", "no font on this machine has them"), hint)
    saw = i18n.tn("doctor", "{n} font has them", "{n} fonts have them", len(families))
    return Finding(check, "ok", name, saw)


def _families(lister: str) -> set[str]:
    try:
        listed = subprocess.run([lister, ":lang=ru", "family"], capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return set()
    return {line.strip() for line in listed.stdout.decode(errors="replace").splitlines() if line.strip()}


def printing() -> Finding:
    """Whether a browser is there, tried by printing a page."""
    check, name = "browser", t("doctor", "Browser for PDF")
    try:
        browser.pdf("<!doctype html><title>PDF</title><p>PDF</p>")
    except Failure as error:
        return Finding(check, "warning", name, f"{error.what} ({error.saw})", error.hint)
    return Finding(check, "ok", name, t("doctor", "{path} prints", path=browser.find()))


def tables_engine() -> Finding:
    """Whether DuckDB starts and answers."""
    check, name = "engine", t("doctor", "Engine of the tables")
    try:
        version = engine.version()
    except Exception as error:  # noqa: BLE001 - whatever keeps it from answering is the finding
        hint = t("doctor", "set the playbook up anew: python3 start.py")
        return Finding(check, "fault", name, f"DuckDB: {error}", hint)
    return Finding(check, "ok", name, t("doctor", "DuckDB {version} answers", version=version))


def _sized(check: str, name: str, free: int, bounds: tuple[int, int], hint: str) -> Finding:
    """So much is free: less than the first bound is a warning, less than the second a fault."""
    low, gone = bounds
    state: State = "ok" if free >= low else "warning" if free >= gone else "fault"
    if free >= GIGABYTE:
        saw = t("doctor", "{size} GB free", size=i18n.number(free / GIGABYTE))
    else:
        saw = t("doctor", "{size} MB free", size=i18n.number(free // MEGABYTE))
    return Finding(check, state, name, saw, "" if state == "ok" else hint)
