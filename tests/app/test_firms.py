"""A page belongs to the firm in whose address it was opened, whatever is opened beside it and after a restart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from playbook import addresses, recent, samples
from playbook.app import server
from playbook.app.desk import Desk
from playbook.steps import STEPS
from playbook.ui import retell, still
from playbook.ui.page import Page
from playbook.workspace import Workspace
from tests.app.conftest import ORIGIN, PORT, Enter, Window, admit, under, write_notebooks

STEP = "step_3_economics"
OWN = {"origin": ORIGIN}
RIGHT = {"name": "New name", "scenario": "", "currency": "USD", "start": "", "hours_per_week": "", "country": "",
         "timezone": ""}  # fmt: skip


@pytest.fixture
def other(tmp_path: Path) -> Workspace:
    """Another firm, opened here before."""
    made = Workspace.create(tmp_path / "other", name="Linen house", language="en")
    recent.remember(made)
    return made


def name(html: str) -> str:
    """The firm in a page's header."""
    found = re.search(r'<span class="ws">(.*?)</span>', html)
    assert found
    return found[1]


def test_plain_address_leads_to_the_firm_that_is_open(enter: Enter, desk: Desk, workspace: Workspace) -> None:
    """The printed address with its token, and any typed one; the token stays behind."""
    client = TestClient(enter().app, base_url=ORIGIN, follow_redirects=False)
    assert client.get("/", params={"token": desk.token}).headers["location"] == f"{under(workspace)}/"
    assert client.get("/settings?x=1").headers["location"] == f"{under(workspace)}/settings?x=1"


@pytest.mark.parametrize(
    "path",
    ["/", "/settings", "/library", "/documents", "/report/choose", f"/step/{STEP}/", f"/frame/{STEP}"],
)
def test_every_way_on_stays_in_the_firm(workspace: Workspace, desk: Desk, tmp_path: Path, path: str) -> None:
    """No link, form or file of a page leads to an address that names no firm."""
    app = server.build(desk, server.hosts(PORT), write_notebooks(tmp_path))
    client = Window(app, base_url=ORIGIN, follow_redirects=False)
    admit(client, desk)
    client.get("/")
    ways = re.findall(r'(?:href|action)="(/[^"]*)"', client.get(path).text)
    found = {way for way in ways if not way.startswith(("/_m/", "/_pb/"))}
    assert len(found) > 2
    assert {way for way in found if not way.startswith(f"{under(workspace)}/")} == set()


def test_every_way_on_in_a_notebook_stays_in_the_firm(tmp_path: Path) -> None:
    """What the cells of all pages of a filled firm show, and the lists and windows beside them."""
    shop = samples.create(tmp_path / "shop", "ecommerce", "en")
    with addresses.under("/firm/shop"):
        pages = [Page(shop, key, "en") for key in STEPS]
        week = Page(shop, "week", "en")
    (shop.path / "reports").mkdir(exist_ok=True)
    (shop.path / "reports" / "week_2026-W47.xlsx").touch()
    shown = week.reports()
    for page in pages:
        faces = (page.opening(), page.answer(), page.below(), page.onward(), page.rest(), page.exports())
        shown += "".join((*faces, still.inputs(page), retell.html(page)))
    found = re.findall(r'(?:href|action)="(/[^"]*)"', shown)
    assert [way for way in found if not way.startswith("/firm/shop/")] == []
    assert {way.split("/")[3] for way in found} == {"step", "week", "document", "rows", "audience", "retelling"}


def test_open_page_keeps_its_firm_when_another_is_opened(client: TestClient, other: Workspace) -> None:
    """Two firms side by side: each address shows and saves its own."""
    first = str(client.get("/settings").url.path)
    answer = client.post("/workspace/open", data={"mark": recent.mark(other.path)}, headers=OWN)
    assert answer.headers["location"] == f"{under(other)}/"
    assert name(client.get("/settings").text) == "Linen house"
    assert "Sons" in name(client.get(first).text)
    assert "Saved." in client.post(first, data=RIGHT, headers=OWN).text
    assert (name(client.get(first).text), other.setting("name")) == ("New name", "Linen house")


def test_open_page_keeps_its_firm_after_a_restart_on_another(
    client: TestClient, desk: Desk, workspace: Workspace, other: Workspace, tmp_path: Path
) -> None:
    """The cookie still holds, another firm was opened last, and the old address shows its own all the same."""
    recent.remember(workspace)
    recent.remember(other)
    again = server.build(Desk(other.path, "en", key=desk.key), server.hosts(PORT), tmp_path / "notebooks")
    late = Window(again, base_url=ORIGIN, cookies=client.cookies, follow_redirects=False)
    assert "Sons" in name(late.get(f"{under(workspace)}/library").text)
    assert name(late.get("/library").text) == "Linen house"


def test_firm_that_nobody_knows_any_more_is_told(client: TestClient) -> None:
    """Instead of another firm's page: what to do, and the way to the start page."""
    answer = client.get("/firm/0123456789ab/step/start/")
    assert answer.status_code == 404
    assert "belongs to a firm" in answer.text.replace("\u00a0", " ")
    assert 'href="/"' in answer.text


def test_form_without_a_firm_is_refused(client: TestClient, workspace: Workspace) -> None:
    """A page of an older playbook may belong to any firm: nothing is saved into the one that is open."""
    answer = TestClient.request(client, "POST", "/settings", data=RIGHT, headers=OWN)
    assert (answer.status_code, "belongs to another firm" in answer.text.replace("\u00a0", " ")) == (409, True)
    assert workspace.setting("name") != "New name"


def test_language_switch_stays_in_the_firm(client: TestClient, workspace: Workspace, other: Workspace) -> None:
    """The page's own firm takes the language, and its page comes again."""
    client.get("/")
    client.post("/workspace/open", data={"mark": recent.mark(other.path)}, headers=OWN)
    answer = client.get(f"{under(workspace)}/lang/ru", params={"next": f"{under(workspace)}/step/start/"})
    assert answer.headers["location"] == f"{under(workspace)}/step/start/"
    assert (workspace.setting("language"), other.setting("language")) == ("ru", "en")


def test_first_browser_gives_a_new_firm_its_language(enter: Enter, desk: Desk, workspace: Workspace) -> None:
    """On a machine that says English a Russian browser finds Russian pages and roubles; a choice made is left alone."""
    desk.guessed = True
    browser = enter(**{"accept-language": "ru-RU,ru;q=0.9,en;q=0.8"})
    assert browser.get("/").headers["location"].endswith("/step/start/")
    assert '<html lang="ru"' in browser.get("/").text
    assert (workspace.setting("language"), workspace.setting("currency")) == ("ru", "RUB")


def test_browser_does_not_change_a_language_that_was_asked_for(enter: Enter, workspace: Workspace) -> None:
    """Begun by `--lang en`, a Russian browser reads English."""
    browser = enter(**{"accept-language": "ru-RU,ru;q=0.9,en;q=0.8"})
    browser.get("/")
    assert '<html lang="en"' in browser.get("/").text
    assert workspace.setting("currency") == "USD"
