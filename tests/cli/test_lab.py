"""`playbook lab`: JupyterLab over the notebooks, on this machine alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from playbook.workspace import Workspace


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """JupyterLab of an empty workspace; it ends with the test, however that ends."""
    firm = Workspace.create(tmp_path / "firm", language="ru")
    environment = {**os.environ, "PLAYBOOK_STATE": str(tmp_path), "JUPYTER_CONFIG_DIR": str(tmp_path)}
    words = ["lab", str(firm.path), "--no-browser", "--port", "0"]
    command = [sys.executable, "-m", "playbook", *words]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        yield running
    finally:
        running.terminate()
        running.communicate()


def test_lab_serves_the_notebooks_and_ends_when_told(lab: subprocess.Popen[str]) -> None:
    """The address printed on one line lists the notebooks' copies, and knows our page in our words."""
    assert lab.stdout is not None
    found = re.search(r"(http://127.0.0.1:\d+/)lab/tree/start.ipynb\?(token=\S+)", lab.stdout.readline())
    assert found
    with urlopen(f"{found[1]}api/contents?{found[2]}", timeout=60) as answer:
        names = [entry["name"] for entry in json.load(answer)["content"]]
    assert len([name for name in names if name.endswith(".ipynb")]) == 14
    with urlopen(f"{found[1]}lab/extensions/marketing-playbook/static/page.js?{found[2]}", timeout=60) as answer:
        assert b"runAll" in answer.read()
    chosen = f"{found[1]}lab/api/settings/@jupyterlab/translation-extension:plugin?{found[2]}"
    with urlopen(chosen, timeout=60) as answer:
        assert json.load(answer)["schema"]["properties"]["locale"]["default"] == "ru_RU"
    with urlopen(f"{found[1]}lab/api/translations/ru_RU?{found[2]}", timeout=60) as answer:
        assert json.load(answer)["data"]["jupyterlab"]["File Browser"] == ["Файловый менеджер"]
    lab.terminate()
    assert lab.wait(60) == 0
    with pytest.raises(OSError, match="refused"):
        urlopen(found[1])
