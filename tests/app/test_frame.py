"""marimo's own page with the playbook's frame around it."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Message

from playbook import samples
from playbook.app import assets, notebooks, server, view
from playbook.app.desk import Desk
from playbook.app.notebooks import Notebooks
from playbook.ui.page import Page
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.app.conftest import NAME, ORIGIN, PORT, Window, admit, write_notebooks

STEP = "/step/step_3_economics/"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """An empty workspace with a name that would run as a script if it were not escaped."""
    return Workspace.create(tmp_path_factory.mktemp("framed") / "firm", name=NAME, language="en")


@pytest.fixture(scope="module")
def window(workspace: Workspace) -> TestClient:
    """A browser before two tiny notebooks."""
    desk = Desk(workspace.path, "en")
    app = server.build(desk, server.hosts(PORT), write_notebooks(workspace.path.parent))
    client = Window(app, base_url=ORIGIN, follow_redirects=False)
    admit(client, desk)
    return client


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample shop."""
    return samples.create(tmp_path_factory.mktemp("shop") / "shop", "ecommerce", "en")


@pytest.fixture(scope="module")
def sample(shop: Workspace, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A browser before the sample shop."""
    desk = Desk(shop.path, "en")
    app = server.build(desk, server.hosts(PORT), write_notebooks(tmp_path_factory.mktemp("sample")))
    client = Window(app, base_url=ORIGIN, follow_redirects=False)
    admit(client, desk)
    return client


def page(window: TestClient, language: str, path: str = STEP) -> str:
    """A step's page in a language."""
    window.get(f"/lang/{language}")
    return window.get(path).text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["The plan so far", "Unit economics", "Step 3 of 7", "Saved at", "Marketing system"]),
        ("ru", ["План на сегодня", "Юнит-экономика", "Шаг 3 из 7", "Сохранено в", "Система маркетинга"]),
    ],
)
def test_frame_speaks_the_readers_language(window: TestClient, language: str, words: list[str]) -> None:
    """Header, plan and rail stand in the page as it is sent, and the page says its language."""
    html = page(window, language).replace("\u00a0", " ")
    assert f'<html lang="{language}">' in html
    assert [word for word in words if word not in html] == []


def test_frame_stands_before_the_notebook(window: TestClient) -> None:
    """The frame comes first and the notebook's place is the main part of the page."""
    html = page(window, "en")
    assert html.index('class="pb-frame"') < html.index('<div id="root" role="main"')
    assert 'aria-current="step"' in html


def test_page_is_read_before_marimo_is_there(shop: Workspace, tmp_path: Path) -> None:
    """Frame, answer and the addresses of all files are sent while marimo is still being imported; then its settings."""
    desk = Desk(shop.path, "en")
    served = Notebooks(write_notebooks(tmp_path), assets.Files(assets.marimo_file))
    sent: list[str] = []
    seen_by_marimo: list[str] = []
    build = served._build

    def slow() -> Starlette:
        seen_by_marimo.extend(sent)
        return build()

    served._build = slow  # type: ignore[method-assign]
    user = {"id": "one", "workspace": str(desk.workspace), "language": "en"}
    scope = {"type": "http", "method": "GET", "path": STEP, "root_path": "/step", "headers": [], "query_string": b""}

    async def send(message: Message) -> None:
        sent.append(message.get("body", b"").decode())

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    with ThreadPoolExecutor(1) as thread:  # a browser's test before this one leaves an event loop running here
        thread.submit(asyncio.run, served({**scope, "user": user, "nonce": "once"}, receive, send)).result()
    before, after = "".join(seen_by_marimo), "".join(sent[len(seen_by_marimo) :])
    assert Page(shop, "unit-economics", "en").shown() in before
    assert before.count("modulepreload") > 100
    assert before.endswith('<div id="root" role="main" tabindex="-1"></div>')
    assert "__MARIMO_MOUNT_CONFIG__" in after
    assert "__MARIMO_MOUNT_CONFIG__" not in before


def test_frame_escapes_the_workspaces_name(window: TestClient) -> None:
    """A script in the name is shown as words."""
    html = page(window, "en")
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in html


@pytest.mark.parametrize("language", ["en", "ru"])
def test_guide_and_last_answer_are_in_the_page(sample: TestClient, shop: Workspace, language: str) -> None:
    """The first paint is what the notebook's own cells show, word for word, in the reader's language."""
    html = page(sample, language)
    first = html[html.index('class="pb-first"') : html.index('id="root"')]
    shown = Page(shop, "unit-economics", language)
    assert shown.opening() in first
    assert shown.shown() in first
    assert shown.shown() in shown.answer()


def test_first_paint_escapes_what_people_typed(window: TestClient, workspace: Workspace) -> None:
    """A script typed as a lead source is words in the page."""
    workspace.save("ten", "answers/lead_sources", "<script>alert(2)</script>")
    html = page(window, "en", "/step/start/")
    assert "<script>alert(2)" not in html
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in html


def test_page_without_a_step_shows_its_guide_first(tmp_path: Path) -> None:
    """Your data is no step of the path; its opening is there all the same, and no answer."""
    desk = Desk(Workspace.create(tmp_path / "firm", language="en").path, "en")
    (write_notebooks(tmp_path) / "start.py").rename(tmp_path / "notebooks" / "data.py")
    app = server.build(desk, server.hosts(PORT), tmp_path / "notebooks")
    client = Window(app, base_url=ORIGIN, follow_redirects=False)
    admit(client, desk)
    html = client.get("/step/data/").text
    assert re.findall(r'data-first="(\w+)"', html) == ["opening"]


def test_every_script_carries_the_pages_nonce(window: TestClient) -> None:
    """Only our own scripts run; a script that got in some other way has no nonce."""
    window.get("/lang/en")
    answer = window.get(STEP)
    nonce = re.search(r"'nonce-([^']+)'", answer.headers["content-security-policy"])
    assert nonce
    scripts = re.findall(r"<script\b[^>]*>", answer.text)
    assert len(scripts) >= 4
    assert [script for script in scripts if f'nonce="{nonce[1]}"' not in script] == []


@pytest.mark.parametrize("path", [STEP, "/"])
def test_browser_is_asked_to_make_the_next_step_ready(sample: TestClient, path: str) -> None:
    """Rules under the page's nonce: the way on at once, the other steps when they are pointed at."""
    answer = sample.get(path)
    found = re.search(r'<script nonce="([^"]+)" type="speculationrules">(.*?)</script>', answer.text, re.DOTALL)
    assert found
    at_once, pointed_at = json.loads(found[2])["prerender"]
    assert (at_once["eagerness"], pointed_at["eagerness"]) == ("immediate", "moderate")
    assert at_once["where"]["selector_matches"] == ".pb-next a, #next a"
    assert f"'nonce-{found[1]}'" in answer.headers["content-security-policy"]


def test_what_we_do_not_use_is_taken_out(window: TestClient) -> None:
    """Marimo's fonts, pictures, icons and service worker are never asked for."""
    html = page(window, "en")
    for unused in (
        "woff2",
        "gradient-",
        "noise-",
        "favicon.ico",
        "apple-touch-icon",
        "manifest.json",
        "serviceWorker",
        "og:",
    ):
        assert unused not in html
    assert html.count("<title>") == 1


def test_assets_come_from_one_place(window: TestClient) -> None:
    """Two notebooks name the same files, each under marimo's version."""
    wanted = re.compile(r'(?:src|href)="(/_[mp][^"]+)"')
    first, second = (set(wanted.findall(page(window, "en", path))) for path in (STEP, "/step/start/"))
    assert first == second
    assert len(first) > 100
    assert all(name.startswith((assets.MARIMO, assets.folder())) for name in first)


@pytest.mark.parametrize(("name", "seconds"), [("start", 600), ("step_3_economics", None)])
def test_clock_stands_where_time_counts(window: TestClient, name: str, seconds: int | None) -> None:
    """Ten minutes on the ten questions, no clock on a step."""
    html = page(window, "en", f"/step/{name}/")
    found = re.search(r'class="pb-clock"[^>]*data-seconds="(\d+)"', html)
    assert (int(found[1]) if found else None) == seconds


def test_address_without_slash_is_mended(window: TestClient) -> None:
    """A typed address without its last stroke leads to the page."""
    answer = window.get("/step/start")
    assert answer.status_code in (301, 307)
    assert answer.headers["location"].rstrip("/").endswith("start")


def test_unknown_notebook_is_no_page(window: TestClient) -> None:
    """A name that is no notebook's is told in words."""
    answer = window.get("/step/nothing/")
    assert answer.status_code == 404
    assert "<html" in answer.text


def test_fragment_is_the_frame_alone(window: TestClient) -> None:
    """What the page fetches after a save has the same parts, and nothing of marimo."""
    fragment = window.get("/frame/step_3_economics").text
    assert re.findall(r'data-part="(\w+)"', fragment) == ["plan", "railm", "rail"]
    assert "marimo" not in fragment


def test_fragment_of_a_page_still_painted_has_the_paint(window: TestClient) -> None:
    """A page shown from the browser's own copy gets guide and answer anew, if anything was saved since."""
    html = page(window, "en")
    revision = re.search(r'data-workspace="\w+" data-revision="(\d+)"', html)
    assert revision
    asked = {"r": revision[1], "first": ""}
    assert window.get("/frame/step_3_economics", params=asked).status_code == 204
    fragment = window.get("/frame/step_3_economics", params={**asked, "r": "0"}).text
    assert re.findall(r'data-part="(\w+)"', fragment) == ["plan", "railm", "rail", "first"]


def test_own_settings_of_marimo_do_not_reach_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone whose own notebooks are lazy, dark and over event streams still gets pages that run."""
    (tmp_path / "marimo").mkdir()
    lazy = ['[runtime]\non_cell_change = "lazy"', '[server]\ntransport = "sse"', '[display]\ntheme = "dark"']
    (tmp_path / "marimo" / "marimo.toml").write_text("\n".join(lazy))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    built = Notebooks(write_notebooks(tmp_path), assets.Files(assets.marimo_file))._build()
    states = list(notebooks._states(built))
    assert len(states) == 2
    for state in states:
        for manager in (state.config_manager, state.session_manager._config_manager):
            config = manager.get_config()
            assert config["runtime"]["on_cell_change"] == "autorun"
            assert config["server"]["transport"] == "websocket"
            assert config["display"]["theme"] == "system"


def test_answer_that_asks_for_more_bears_no_tick(sample: TestClient) -> None:
    """The shop's loop lacks a part, so its stop keeps its number; the metrics are whole and have their tick."""
    html = page(sample, "en", "/")
    stops = {
        name: mark for mark, name in re.findall(r'class="st" data-s="(\w+)".*?class="t">([^<]+)<', html, re.DOTALL)
    }
    marks = list(stops.values())
    assert "open" in marks
    assert marks.count("done") >= 5
    loop = next(mark for name, mark in stops.items() if "loop" in name.casefold())
    assert loop == "open"


def test_menu_of_the_data_page_bears_its_name(workspace: Workspace) -> None:
    """On a narrow screen the folded menu says where one is."""
    assert view.of(Walk(workspace), "data").title == "Your data"
