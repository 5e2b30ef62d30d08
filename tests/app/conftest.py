"""The served playbook inside the test's own process; fast, because no notebook runs unless a test opens one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from playbook import recent
from playbook.addresses import FIRM, firm, split
from playbook.app import server
from playbook.app.desk import Desk
from playbook.workspace import Workspace

PORT = 2718
SOCKETS = f"ws://127.0.0.1:{PORT}"
ORIGIN = f"http://127.0.0.1:{PORT}"
NAME = "<script>alert(1)</script> & Sons"

Enter = Callable[..., TestClient]


class Window(TestClient):
    """A browser's window: an address without a firm leads to the firm that is open, and a form goes out from there."""

    place = ""

    def request(self, method: str, url: Any, **asked: Any) -> Response:  # type: ignore[override]
        """Ask as a window does that follows no other redirect."""
        if method == "POST" and str(url).startswith("/") and not str(url).startswith(FIRM):
            url = f"{self.here()}{url}"
        answer = super().request(method, url, **asked)
        leads = answer.headers.get("location", "")
        if method == "GET" and leads.startswith(FIRM) and not answer.url.path.startswith(FIRM):
            self.place = firm(split(leads)[0])
            return super().request(method, leads, **{**asked, "params": None})
        return answer

    def websocket_connect(self, url: str, *asked: Any, **more: Any) -> Any:
        """Open a socket from the page that was looked at last."""
        return super().websocket_connect(url.replace(f"{SOCKETS}/", f"{SOCKETS}{self.here()}/"), *asked, **more)

    def here(self) -> str:
        """The address of the firm whose page was looked at last."""
        if not self.place:
            leads = super().request("GET", "/").headers.get("location", "")
            self.place = firm(split(leads)[0]) if leads.startswith(FIRM) else ""
        return self.place


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this machine's own notes that is the test's alone."""
    folder = tmp_path / "state"
    monkeypatch.setenv("PLAYBOOK_STATE", str(folder))
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace with a name that would run as a script if it were not escaped."""
    return Workspace.create(tmp_path / "firm", name=NAME, language="en")


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    """The door of a server on that workspace."""
    return Desk(workspace.path, "en")


@pytest.fixture
def enter(desk: Desk, tmp_path: Path) -> Enter:
    """Makes a browser: one that came in by the address with its token, or a stranger's."""
    (tmp_path / "notebooks").mkdir()
    app = server.build(desk, server.hosts(PORT), tmp_path / "notebooks")

    def made(*, known: bool = True, **headers: str) -> TestClient:
        client = Window(app, base_url=ORIGIN, headers=headers, follow_redirects=False)
        if known:
            admit(client, desk)
        return client

    return made


def under(workspace: Workspace) -> str:
    """A firm's address."""
    return firm(recent.mark(workspace.path))


def admit(client: TestClient, desk: Desk) -> None:
    """Come in by the address with its token, without looking at a page yet."""
    assert TestClient.request(client, "GET", "/", params={"token": desk.token}).status_code == 303


@pytest.fixture
def client(enter: Enter) -> Iterator[TestClient]:
    """A browser that came in by the address with its token."""
    return enter()


NOTEBOOK = """
import marimo

app = marimo.App(width="full")


@app.cell
def setup():
    import marimo as mo

    return (mo,)


@app.cell
def opening(mo):
    mo.Html('<div class="pb pb-open"><h1>Trial</h1></div>')
    return


@app.cell
def inputs(mo):
    price = mo.ui.text(label='Price <span class="pb-u">$</span>', debounce=100, full_width=True)
    kind = mo.ui.radio(["a", "b"], label="Kind", inline=True)
    mo.Html(
        f'<div class="pb"><div class="pb-row" data-k="price" data-kind="number">{price}<p class="hint">Of one</p>'
        f'<p class="err" role="alert" hidden></p></div><div class="pb-row" data-k="kind">{kind}</div></div>'
    )
    return kind, price


@app.cell
def answer(mo, price):
    if price.value == "boom":
        raise RuntimeError("a fault of the page")
    wrong = f'<p data-for="price">Not a number: {price.value}</p>' if price.value.isalpha() else ""
    mo.Html(
        '<div class="pb pb-answer"><section class="pb-verdict">'
        f'<p class="said">{price.value or "nothing"}</p></section>'
        '<figure class="pb-chart">Chart</figure></div>'
        f'<div class="pb-errs" hidden>{wrong}</div>'
        f'<div class="pb-state" data-saved="10:42" data-revision="{len(price.value) + 100}" hidden></div>'
    )
    return


@app.cell
def who(mo):
    user = mo.app_meta().request.user
    mo.Html(f'<p class="who">{user["language"]} {user["workspace"]}</p>')
    return


if __name__ == "__main__":
    app.run()
"""


def write_notebooks(folder: Path) -> Path:
    """Two tiny notebooks under the names of a page with a clock and of a step."""
    place = folder / "notebooks"
    place.mkdir(exist_ok=True)
    for name in ("start", "step_3_economics"):
        (place / f"{name}.py").write_text(NOTEBOOK, encoding="utf-8")
    return place
