"""Who is measured: the playbook's step 3, and the same step written in plain marimo, with and without pandas."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playbook import addresses, recent

RIVAL = Path(__file__).parent / "rival" / "step_3.py"
STEP, ANOTHER = "/step/step_3_economics/", "/step/step_4_core/"
ENDING_SECONDS = 20
SVG, VEGA = ".pb-answer svg[role=img]", "canvas, svg.marks, .vega-embed svg"


@dataclass
class Contestant:
    """A server of its own process, and how its page is read."""

    name: str
    want: dict[str, str]
    """What the probe looks for: the answer's words, the chart, the fields."""
    input: str
    says: Callable[[int], str]
    """What the page shows once the CAC is so many dollars."""
    command: list[str] = field(default_factory=list)
    options: Sequence[str] = ()
    """What stands at the end of the command, after the port."""
    address: str = ""
    another: str = ""
    """Another page of the same server, where there is one."""
    key: str = ""
    """The address that lets a browser in."""
    firm: str = ""
    """The address under which the pages of the workspace lie."""
    began: float = 0
    process: subprocess.Popen[str] = field(init=False)

    def start(self, state: Path) -> None:
        """Start the server, with an empty folder for its own notes; back when it answers."""
        self.began = time.time()
        environment = {**os.environ, "PLAYBOOK_STATE": str(state), "PYTHONUNBUFFERED": "1"}
        if self.name == "playbook":
            self._start_playbook(environment)
        else:
            self._start_rival(environment)

    def _start_playbook(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True, env=environment)
        line = self.process.stdout.readline() if self.process.stdout else ""
        found = re.search(r"http://\S+", line)
        if not found:
            raise SystemExit(f"the playbook did not start: {line}")
        self.key = found.group()
        place = self.key.partition("/?")[0] + self.firm
        self.address, self.another = place + STEP, place + ANOTHER

    def _start_rival(self, environment: dict[str, str]) -> None:
        port = _free_port()
        self.process = subprocess.Popen(
            [*self.command, "--port", str(port), *self.options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        while not _answers(port):
            if self.process.poll() is not None:
                raise SystemExit(f"{self.name} did not start")
            time.sleep(0.01)
        self.address = f"http://127.0.0.1:{port}/"

    def stop(self) -> None:
        """End the server that was started here."""
        self.process.terminate()
        self.process.wait(ENDING_SECONDS)

    def megabytes(self) -> float:
        """Memory of the server and its children that they share with nobody else, in MB."""
        text = [Path(f"/proc/{pid}/smaps_rollup").read_text("ascii") for pid in _family(self.process.pid)]
        return sum(int(one.split("Pss:")[1].split()[0]) for one in text) / 1024


def contestants(workspace: Path) -> list[Contestant]:
    """The playbook on a workspace of the sample shop, and its two rivals."""
    playbook = Contestant(
        name="playbook",
        want={"chart": SVG, "answer": "below $50 is admissible", "field": "marimo-text"},
        input='.pb-row[data-k="cac"] input',
        says=lambda value: f"A client costs ${value};",
        command=[sys.executable, "-m", "playbook", "open", str(workspace), "--no-browser", "--lang", "en"],
        firm=addresses.firm(recent.mark(workspace)),
    )
    return [playbook, _rival("marimo"), _rival("marimo+pandas", "--", "--frames", "pandas")]


def _rival(name: str, *options: str) -> Contestant:
    command = [sys.executable, "-m", "marimo", "-q", "run", str(RIVAL), "--headless", "--no-token"]
    return Contestant(
        name=name,
        want={"chart": VEGA, "answer": "below 50.38 USD is admissible", "field": "marimo-number"},
        input="marimo-number input",
        says=lambda value: f"a client costs {value}.00 USD",
        command=command,
        options=options,
    )


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(each for child in children for each in _family(int(child)))]
