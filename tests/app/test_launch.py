"""Starting and stopping: the port, the one line, what goes to the log."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook import i18n
from playbook.app import launch
from playbook.errors import PlaybookError
from playbook.workspace import Workspace

START = "import sys, pathlib, playbook.app as app; app.serve(pathlib.Path(sys.argv[1]), open_browser=False, port=0)"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        yield door.getsockname()[1]


@pytest.mark.parametrize(
    ("language", "what"), [("en", "cannot listen on this port"), ("ru", "Этот порт занять не удалось")]
)
def test_taken_port_is_told_with_its_remedy(taken: int, language: str, what: str) -> None:
    """What, saw and hint in the person's language, as the user's own input."""
    with i18n.speaking(language), pytest.raises(PlaybookError) as told:
        launch.listening("127.0.0.1", taken)
    assert what in told.value.what
    assert f"127.0.0.1:{taken}" in told.value.saw
    assert "--port" in told.value.hint
    assert told.value.exit_code == 2


@pytest.mark.parametrize("port", [65536, 99999, -1])
def test_impossible_port_is_told(port: int) -> None:
    """A port is a number from 1 to 65535."""
    with pytest.raises(PlaybookError, match="65535"):
        launch.listening("127.0.0.1", port)


def test_free_port_is_found_past_taken_ones(taken: int) -> None:
    """The first port is another program's; the next one is ours."""
    with launch.listening("127.0.0.1", None, taken) as door:
        assert door.getsockname()[1] not in (0, taken)


def test_small_answers_are_sent_at_once() -> None:
    """Only on a socket that says it is TCP does asyncio switch off the wait for more to send."""
    with launch.listening("127.0.0.1", 0) as door:
        assert door.proto == socket.IPPROTO_TCP


def test_address_of_another_machine_is_told() -> None:
    """192.0.2.1 is kept for documentation and is nobody's."""
    with pytest.raises(PlaybookError, match="this address"):
        launch.listening("192.0.2.1", None)


def test_no_window_means_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a Linux machine without a screen a text browser would take the terminal over."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not launch.has_screen()


def test_server_prints_one_line_and_stops_quietly(workspace: Workspace, tmp_path: Path) -> None:
    """The address with its token when it is ready; Ctrl+C ends it with nothing more said."""
    environment = {**os.environ, "PLAYBOOK_STATE": str(tmp_path / "state"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", START, str(workspace.path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    line = process.stdout.readline()
    address = re.fullmatch(r"The playbook is open: (http://127\.0\.0\.1:\d+/\?token=[\w-]{32})\n", line)
    assert address
    with urllib.request.urlopen(address[1].partition("?")[0] + "health") as answer:
        assert answer.read() == b"ok"
    process.send_signal(signal.SIGINT)
    rest, faults = process.communicate(timeout=20)
    assert (rest, faults, process.returncode) == ("", "", 0)
