"""Who may talk to the served playbook, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from playbook import addresses
from playbook.app import guard, server
from playbook.app.desk import Desk
from playbook.recent import mark
from tests.app.conftest import ORIGIN, PORT, SOCKETS, Enter, Window, admit

KERNEL = "/step/start/api/kernel/"
SOCKET = f"{SOCKETS}/step/start/ws?session_id="


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands behind the guard: says who it was told is there."""
    if scope["type"] == "http":
        query = Request(scope).url.query
        await JSONResponse({"user": scope.get("user"), "query": query})(scope, receive, send)
        return
    socket = WebSocket(scope, receive, send)
    await socket.accept()
    await socket.send_json({"user": scope["user"], "query": socket.url.query})
    await socket.close()


@pytest.fixture
def door(desk: Desk) -> guard.Guard:
    """A guard before nothing but an echo."""
    return guard.Guard(echo, desk, server.hosts(PORT))


def come(door: guard.Guard, origin: str = ORIGIN) -> TestClient:
    """Someone with a cookie of their own, asking from `origin`."""
    client = Window(door, base_url=ORIGIN, headers={"origin": origin}, follow_redirects=False)
    admit(client, door.desk)
    return client


def opened(client: TestClient, session: str) -> dict[str, Any]:
    """Open a marimo session; what the notebook is told."""
    with client.websocket_connect(SOCKET + session) as socket:
        told: dict[str, Any] = socket.receive_json()
    return told


def test_token_gives_a_strict_cookie(door: guard.Guard) -> None:
    """The address with the token leads to the clean one and leaves a cookie that scripts cannot read."""
    answer = TestClient(door, base_url=ORIGIN, follow_redirects=False).get("/", params={"token": door.desk.token})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{addresses.firm(mark(door.desk.workspace))}/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert door.desk.token not in cookie


def test_cookie_lets_in_without_token(door: guard.Guard) -> None:
    """Whoever came in once is known from then on, with workspace and language."""
    told = come(door).get("/").json()["user"]
    assert told["workspace"] == str(door.desk.workspace)
    assert told["language"] == "en"


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", "?token=%D0%B4"])
def test_missing_or_wrong_token_is_refused(enter: Enter, query: str) -> None:
    """Nothing opens, and the page says where the address with the key is found."""
    answer = enter(known=False).get(f"/{query}")
    assert answer.status_code == 403
    assert "address with its key" in answer.text
    assert "playbook open" in answer.text


def test_refusal_speaks_the_browsers_language(enter: Enter) -> None:
    """A stranger with a Russian browser is told in Russian."""
    answer = enter(known=False, **{"accept-language": "ru-RU,ru;q=0.9,en;q=0.8"}).get("/")
    assert '<html lang="ru">' in answer.text
    assert "по адресу с ключом" in answer.text


@pytest.mark.parametrize("held", ["", "x", "abc.def", ".", "\u00e9.\u00e9"])
def test_forged_cookie_is_refused(door: guard.Guard, held: str) -> None:
    """A cookie that was not signed here opens nothing."""
    stranger = TestClient(door, base_url=ORIGIN, headers={"cookie": f"playbook={held}".encode()})
    assert stranger.get("/").status_code == 403


def test_cookie_outlives_a_restart(door: guard.Guard, desk: Desk) -> None:
    """The key that signs cookies is the machine's, so an open page goes on after the server was started anew."""
    client = come(door)
    anew = guard.Guard(echo, Desk(desk.workspace, "en"), server.hosts(PORT))
    again = TestClient(anew, base_url=ORIGIN, cookies=dict(client.cookies))
    assert again.get("/").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:9999", "evil.example:2718", "127.0.0.1:2718.evil.example"])
def test_foreign_host_is_refused(door: guard.Guard, host: str) -> None:
    """A name that leads to this machine by DNS rebinding is not ours."""
    assert come(door).get("/", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:2718", "localhost:2718", "[::1]:2718"])
def test_own_hosts_are_known(door: guard.Guard, host: str) -> None:
    """The three names of this machine."""
    assert come(door).get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1:9999", "https://127.0.0.1:2718", "null", ""]
)
def test_foreign_origin_may_not_post(door: guard.Guard, origin: str) -> None:
    """Only our own pages change something; a missing Origin is not ours either."""
    client = come(door)
    opened(client, "s_mine")
    headers = {"origin": origin, "marimo-session-id": "s_mine"}
    assert client.post(f"{KERNEL}set_ui_element_value", headers=headers).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:2718", "null", ""])
def test_foreign_origin_gets_no_socket(door: guard.Guard, origin: str) -> None:
    """A page of another site, or of our own under another name, opens no session."""
    client = come(door)
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect(f"{SOCKET}s_a", headers={"origin": origin}),
    ):
        pass
    assert refused.value.code == 4403
    assert door.sessions == {}


def test_foreign_page_may_not_read(door: guard.Guard) -> None:
    """A script or an image tag of another page on this machine gets no answer."""
    headers = {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}
    assert come(door).get("/report", headers=headers).status_code == 403


def test_link_from_outside_loads_once_more(enter: Enter) -> None:
    """A browser keeps a strict cookie back when a foreign page leads here; the page then loads itself again."""
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    answer = enter(known=False, **headers).get("/step/start/")
    assert '<meta http-equiv="refresh" content="0">' in answer.text


def test_own_session_may_change_its_widgets(door: guard.Guard) -> None:
    """The person who opened the session posts to it."""
    client = come(door)
    opened(client, "s_mine")
    for name in ("set_ui_element_value", "set_model_value", "function_call"):
        answer = client.post(KERNEL + name, headers={"marimo-session-id": "s_mine"})
        assert answer.status_code == 200


@pytest.mark.parametrize("session", ["s_victim", "s_unknown", ""])
def test_another_cookies_session_is_refused(door: guard.Guard, session: str) -> None:
    """Knowing a session's short id is not enough, nor is inventing one."""
    victim, other = come(door), come(door)
    opened(victim, "s_victim")
    answer = other.post(f"{KERNEL}set_ui_element_value", headers={"marimo-session-id": session})
    assert answer.status_code == 403


def test_another_cookie_cannot_join_a_session(door: guard.Guard) -> None:
    """A second socket on a session that someone else opened is refused."""
    victim, other = come(door), come(door)
    opened(victim, "s_victim")
    with pytest.raises(WebSocketDisconnect):
        opened(other, "s_victim")


@pytest.mark.parametrize(
    "path",
    [
        "api/kernel/run",
        "api/kernel/instantiate",
        "api/kernel/execute",
        "api/kernel/read_code",
        "api/kernel/shutdown",
        "api/kernel/set_ui_element_value/",
        "api/files/list_files",
        "api/export/html",
        "api/home/workspace_files",
        "auth/login",
        "",
    ],
)
def test_other_doors_of_marimo_are_closed(door: guard.Guard, path: str) -> None:
    """Only the three endpoints that a page posts to are open."""
    client = come(door)
    opened(client, "s_mine")
    assert client.post(f"/step/start/{path}", headers={"marimo-session-id": "s_mine"}).status_code == 403


@pytest.mark.parametrize(
    "path", ["sse?session_id=s_victim", "api/version", "api/status/connections", "og/thumbnail", "public/x"]
)
def test_other_pages_of_marimo_are_missing(door: guard.Guard, path: str) -> None:
    """Its event stream could join a session past the socket's check; nothing else is needed either."""
    assert come(door).get(f"/step/start/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/step/start/ws_sync?session_id=s_a", "/step/start/terminal/ws?session_id=s_a", "/ws?session_id=s_a"]
)
def test_other_sockets_are_closed(door: guard.Guard, path: str) -> None:
    """Only a notebook's own socket opens."""
    with pytest.raises(WebSocketDisconnect), come(door).websocket_connect(SOCKETS + path):
        pass


def test_query_cannot_choose_another_file(door: guard.Guard) -> None:
    """`file`, `kiosk` and the like never reach marimo."""
    client = come(door)
    assert client.get("/step/start/?file=/etc/passwd&kiosk=true").json()["query"] == ""
    assert opened(client, "s_a&file=/etc/passwd")["query"] == "session_id=s_a"


def test_session_keeps_its_workspace(door: guard.Guard, desk: Desk) -> None:
    """A page opened before the person changed to another workspace goes on saving where it began, and only there."""
    client = come(door)
    before = opened(client, "s_a")["user"]["workspace"]
    next(iter(desk.people.values())).workspace = other = desk.workspace / "other"
    answer = client.post(f"{KERNEL}set_ui_element_value", headers={"marimo-session-id": "s_a"})
    assert answer.json()["user"]["workspace"] == before
    assert client.get("/").json()["user"]["workspace"] == str(other)
    answer = client.post(f"{KERNEL}set_ui_element_value", headers={"marimo-session-id": "s_a"})
    assert (answer.status_code, "belongs to another firm" in answer.text) == (409, True)
    with pytest.raises(WebSocketDisconnect):
        opened(client, "s_a")
