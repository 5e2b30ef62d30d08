"""Figures that need no browser: a command of the playbook, its report, its home page."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from benchmarks.contestants import Contestant

ANSWERS = '{"promoters": 52, "passives": 30, "detractors": 18}'
ONE_MODEL = """
import json, sys
from pydantic import BaseModel
class Nps(BaseModel):
    promoters: int
    passives: int
    detractors: int
print(Nps(**json.loads(sys.stdin.read())).model_dump_json())
"""


def solve() -> float:
    """Milliseconds of `playbook solve nps` as a process."""
    return _run([sys.executable, "-m", "playbook", "solve", "nps", "-"])


def door() -> float:
    """Milliseconds of a process that imports the playbook as someone does who writes Python."""
    return _run([sys.executable, "-c", "import playbook"])


def one_model() -> float:
    """Milliseconds of a process that defines one pydantic model and reads it."""
    return _run([sys.executable, "-c", ONE_MODEL])


def report(workspace: Path, folder: Path) -> tuple[float, float]:
    """Seconds and KB of the sample shop's report, as a process."""
    file = folder / "report.html"
    took = _run([sys.executable, "-m", "playbook", "report", "-w", str(workspace), "-o", str(file)])
    return took / 1000, file.stat().st_size / 1000


def home(playbook: Contestant) -> float:
    """Milliseconds until a running playbook has sent its home page."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    opener.open(playbook.key).read()
    began = time.perf_counter()
    opener.open(playbook.key.partition("?")[0]).read()
    return (time.perf_counter() - began) * 1000


def _run(command: list[str]) -> float:
    began = time.perf_counter()
    told = subprocess.run(command, input=ANSWERS, capture_output=True, text=True, check=True)
    took = (time.perf_counter() - began) * 1000
    if command[-1] == "-":
        json.loads(told.stdout)
    return took
