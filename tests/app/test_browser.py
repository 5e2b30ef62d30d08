"""The frame's script and sheets over marimo 0.25.2, in a real Chromium: everything fragile is held here."""

from __future__ import annotations

import itertools
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Route, expect

from playbook.app import assets, server
from playbook.app.desk import Desk
from playbook.workspace import Workspace
from tests.app.conftest import NOTEBOOK, write_notebooks

STEP, FAULTY = "/step/step_3_economics/", "/step/step_1_goal/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server in a thread of its own, before two tiny notebooks; the address with its token."""
    folder = tmp_path_factory.mktemp("browser")
    workspace = Workspace.create(folder / "firm", name="Firm", language="ru")
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()  # whoever comes before the server runs waits instead of being refused
        port = door.getsockname()[1]
        desk = Desk(workspace.path, "ru")
        notebooks = write_notebooks(folder)
        faulty = NOTEBOOK.replace('if price.value == "boom"', 'if price.value == ""')
        (notebooks / "step_1_goal.py").write_text(faulty, encoding="utf-8")
        app = server.build(desk, server.hosts(port), notebooks)
        running = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=2))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}/?token={desk.token}"
        running.should_exit = True
        thread.join(10)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A window that came in and fails the test on a complaint or a request to elsewhere."""
    context = browser.new_context(color_scheme="light", viewport={"width": 1440, "height": 900})
    window = context.new_page()
    complaints: list[str] = []
    window.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    context.on(
        "request", lambda asked: complaints.append(asked.url) if not asked.url.startswith(origin(address)) else None
    )
    context.request.get(address, max_redirects=0)  # the cookie, without the first visit's page
    yield window
    context.close()
    assert complaints == []


def origin(address: str) -> str:
    """The address without its key."""
    return address.partition("?")[0].rstrip("/")


def step(page: Page, address: str, path: str = STEP) -> Page:
    """A notebook's page, running."""
    page.goto(origin(address) + path)
    expect(page.locator("#root .pb-answer")).to_be_visible()
    expect(page.locator(".pb-first")).to_have_count(0)
    return page


def test_notebook_runs_and_knows_its_reader(page: Page, address: str) -> None:
    """The page is interactive and reads language and workspace from the request; a reload keeps what is typed."""
    step(page, address)
    expect(page.locator(".who")).to_contain_text("ru ")
    page.locator("marimo-text input").fill("140")
    expect(page.locator(".said")).to_have_text("140")
    page.reload()
    expect(page.locator("#root .pb-answer")).to_be_visible()
    expect(page.locator(".said")).to_have_text("140")


def test_notebook_takes_the_first_paints_place(page: Page, address: str) -> None:
    """Guide, fields and answer are read before marimo runs; then each is there once, the pressed field in focus."""
    held: list[Route] = []
    page.route("**/_m/**/run-page-*.js", lambda route: held.append(route))  # noqa: PLW0108 - it marks what it calls
    page.goto(origin(address) + STEP, wait_until="commit")
    expect(page.locator("h1:visible")).to_contain_text("платить")
    expect(page.locator(".pb-first .pb-verdict")).to_be_visible()
    expect(page.locator('[role="main"]:visible')).to_have_count(1)
    page.locator('.pb-first [data-k="price"] .v').click()
    page.locator(".pb-guide summary").click()
    page.unroute("**/_m/**/run-page-*.js")
    for route in held:
        route.continue_()
    expect(page.locator(".pb-first")).to_have_count(0)
    expect(page.locator('[role="main"]')).to_have_count(1)
    expect(page.locator('#root [data-k="price"] input')).to_be_focused()
    expect(page.locator("h1")).to_have_count(1)


def test_first_paint_goes_when_a_cell_fails(page: Page, address: str) -> None:
    """A cell that cannot draw its answer does not keep the fields away."""
    page.goto(origin(address) + FAULTY)
    expect(page.locator("marimo-text input")).to_be_visible()
    expect(page.locator(".pb-first")).to_have_count(0)


def test_our_sheets_are_adopted_in_shadow_roots(page: Page, address: str) -> None:
    """Marimo takes every sheet of our own address into its widgets, so ours reach the field itself."""
    step(page, address)
    field = page.locator("marimo-text input")
    expect(field).to_have_css("height", "40px")
    expect(field).to_have_css("text-align", "right")
    expect(page.locator("marimo-text .pb-u")).to_have_css("position", "absolute")


def test_marimos_own_chrome_is_gone(page: Page, address: str) -> None:
    """No menu of its own, no footer, and the document scrolls instead of a box inside it."""
    step(page, address)
    expect(page.get_by_test_id("notebook-actions-dropdown")).to_be_hidden()
    expect(page.locator("#App")).to_have_css("overflow", "visible")
    expect(page.locator("#root")).to_have_css("margin-left", "248px")


def test_tab_keeps_the_playbooks_icon(page: Page, address: str) -> None:
    """Marimo marks a run in the tab with icons of its own and then asks for one that is not there."""
    step(page, address)
    page.evaluate("""document.querySelector("link[rel~='icon']").href = './favicon.ico'""")
    expect(page.locator('link[rel="icon"]')).to_have_attribute("href", assets.addresses()["icon"])


def test_cells_stand_in_their_places(page: Page, address: str) -> None:
    """Inputs left, answer right; on a phone the verdict, the inputs, and then what is behind the answer."""
    step(page, address)
    inputs, answer = page.locator('[data-cell-name="inputs"]'), page.locator('[data-cell-name="answer"]')
    left, right = inputs.bounding_box(), answer.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] < right["x"]
    assert abs(left["y"] - right["y"]) < 2
    page.set_viewport_size({"width": 390, "height": 844})
    parts = page.locator("#root .pb-verdict"), inputs, page.locator("#root .pb-chart")
    boxes = [part.bounding_box() for part in parts]
    ends = [(box["y"], box["y"] + box["height"]) for box in boxes if box]
    assert len(ends) == len(boxes)
    assert all(above[1] <= below[0] for above, below in itertools.pairwise(ends))
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_error_comes_beside_its_field(page: Page, address: str) -> None:
    """Words in the row, and the field inside the shadow root is marked and described; both go when it is mended."""
    step(page, address)
    field, words = page.locator("marimo-text input"), page.locator(".pb-row .err")
    expect(field).to_have_attribute("aria-description", "Of one")
    field.fill("dear")
    expect(words).to_have_text("Not a number: dear")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-description", "Not a number: dear")
    field.fill("5")
    expect(words).to_be_hidden()
    expect(field).to_have_attribute("aria-invalid", "false")


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_finished_field_does_not_wait_for_a_pause(page: Page, address: str, key: str) -> None:
    """While the page's clock stands still, Enter or leaving the field sends what was typed; the pause sends no more."""
    page.clock.install()
    step(page, address)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.url.endswith("set_ui_element_value") else None)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
    page.locator("marimo-text input").fill("140")
    page.locator("marimo-text input").press(key)
    expect(page.locator(".said")).to_have_text("140")
    page.clock.run_for(2_000)
    page.locator("marimo-text input").fill("150")
    page.clock.run_for(2_000)
    expect(page.locator(".said")).to_have_text("150")
    assert len(sent) == 2


def test_choices_are_named_by_their_label(page: Page, address: str) -> None:
    """Marimo would call every group "Radio Group", in English."""
    step(page, address)
    expect(page.locator('marimo-radio [role="radiogroup"]')).to_have_attribute("aria-label", "Kind")


def test_saved_time_follows_the_page(page: Page, address: str) -> None:
    """What the notebook says it has saved stands in the header."""
    step(page, address)
    expect(page.locator(".pb-saved .at")).to_have_text("10:42")


def test_fault_of_a_page_is_told_calmly(browser: Browser, address: str) -> None:
    """Our words in the reader's language, none of marimo's."""
    context = browser.new_context()
    page = context.new_page()
    context.request.get(address, max_redirects=0)
    step(page, address)
    page.locator("marimo-text input").fill("boom")
    expect(page.locator(".pb-trouble")).to_contain_text("Сохранённое цело")
    assert "internal error" not in page.evaluate("document.body.innerText")
    context.close()


def test_theme_is_chosen_and_kept(page: Page, address: str) -> None:
    """Dark by the button, in the widgets too, and still dark after a reload."""
    step(page, address)
    expect(page.locator("marimo-text input")).to_have_css("background-color", "rgb(255, 255, 255)")
    page.locator(".pb-theme").click()
    expect(page.locator("marimo-text input")).to_have_css("background-color", "rgb(24, 33, 31)")
    page.reload()
    expect(page.locator("body")).to_have_css("background-color", "rgb(16, 22, 21)")
    expect(page.locator(".pb-theme")).to_have_attribute("aria-pressed", "true")


def test_clock_begins_with_the_first_answer(page: Page, address: str) -> None:
    """It waits until someone answers or starts it, can be paused, and keeps its time over a reload."""
    step(page, address, "/step/start/")
    digits, button = page.locator(".pb-clock .t"), page.locator(".pb-clock button")
    expect(digits).to_have_text("10:00")
    page.locator("marimo-text input").fill("1")
    expect(digits).to_have_text(re.compile("^9:"))
    button.click()
    expect(button).to_have_text("Продолжить")
    paused = digits.inner_text()
    page.wait_for_timeout(1200)
    expect(digits).to_have_text(paused)
    page.reload()
    expect(digits).to_have_text(paused)
    expect(page.locator(".said")).to_be_visible()


def test_clock_at_zero_lets_go_on(page: Page, address: str) -> None:
    """At 0:00 it says so and locks nothing: the field still takes an answer."""
    page.clock.install()
    step(page, address, "/step/start/")
    page.locator(".pb-clock button").click()
    page.clock.run_for(61_000)
    expect(page.locator('.pb-clock [role="status"]')).to_have_text("Осталось 9 минут")
    page.clock.run_for(600_000)
    expect(page.locator(".pb-clock .t")).to_have_text("0:00")
    expect(page.locator(".pb-clock .up")).to_be_visible()
    page.locator("marimo-text input").fill("7")
    page.clock.run_for(2_000)
    expect(page.locator(".said")).to_have_text("7")


def quiet(page: Page, loaded: list[float]) -> None:
    """Wait until a second brings nothing more; what stands open for the next page never lets the network be idle."""
    before = -1
    while len(loaded) != before:
        before = len(loaded)
        page.wait_for_timeout(1000)


def test_second_page_downloads_next_to_nothing(page: Page, address: str) -> None:
    """Marimo's files come once, packed: under 4 MB, and under 0.1 MB for the page after it."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    loaded = [0.0]
    session.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto("about:blank")
    step(page, address)
    quiet(page, loaded)
    first = sum(loaded)
    loaded.clear()
    step(page, address, "/step/start/")
    quiet(page, loaded)
    assert first < 4_000_000
    assert sum(loaded) < 100_000


def test_lost_connection_is_told(browser: Browser, tmp_path: Path) -> None:
    """Without the server the header says so, in plain words, and marimo's own are hidden."""
    workspace = Workspace.create(tmp_path / "firm", language="ru")
    desk = Desk(workspace.path, "ru")
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()  # whoever comes before the server runs waits instead of being refused
        port = door.getsockname()[1]
        app = server.build(desk, server.hosts(port), write_notebooks(tmp_path))
        running = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        context = browser.new_context()
        page = context.new_page()
        context.request.get(f"http://127.0.0.1:{port}/?token={desk.token}", max_redirects=0)
        step(page, f"http://127.0.0.1:{port}/")
        running.should_exit = True
        thread.join(10)
    expect(page.locator(".pb-saved .off")).to_be_visible()
    time.sleep(0.5)
    assert "kernel" not in page.evaluate("document.body.innerText").lower()
    expect(page.locator(".pb-trouble")).to_be_hidden()
    context.close()
