"""Who may talk to the served playbook: a pure-ASGI guard in front of everything.

Any web page can send requests to localhost, and marimo's run mode asks nobody who they are: it takes a foreign Origin
and lets whoever knows a session's short id move its widgets. So only a known Host and, for anything that changes
something, the same Origin pass; a cookie that the first address's token gave says who is there; a marimo session
belongs to the person who opened it and to the firm in whose address it was opened; and of marimo's endpoints only
those that a page needs answer at all. An address that names no firm leads to the one that was opened last.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import URL, Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from playbook import addresses, i18n, recent
from playbook.app import render
from playbook.app.desk import Desk, Person

NOTEBOOKS = "/step/"
PUBLIC = ("/_m/", "/_pb/", "/health", "/favicon.ico")
"""Files of the program itself; nothing of anybody's."""
SAFE = ("GET", "HEAD", "OPTIONS")
POSTS = ("api/kernel/set_ui_element_value", "api/kernel/set_model_value", "api/kernel/function_call")
"""All that marimo 0.25.2 posts from a page in run mode."""
GETS = ("", "health")
YEAR_SECONDS = 365 * 24 * 3600
MOST_SESSIONS = 10_000


class Refused(Exception):
    """A request that does not pass; `reason` chooses the words."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Guard:
    """Lets a request in, with `scope["user"]` set to who sent it, or refuses it."""

    def __init__(self, app: ASGIApp, desk: Desk, hosts: Iterable[str]) -> None:
        self.app = app
        self.desk = desk
        self.hosts = frozenset(hosts)
        self.sessions: dict[str, dict[str, str]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        call = HTTPConnection(scope)
        with i18n.speaking(render.language_of(call)):
            try:
                self._check_source(scope, call.headers)
                if scope["path"].startswith(PUBLIC):
                    return await self.app(scope, receive, send)
                person = self._person(call)
                mark, path = addresses.split(scope["path"])
                if not mark:
                    return await self._lead(call, person)(scope, receive, send)
                scope["user"] = self._user(scope, call, self._asking(person, mark), path)
                scope["root_path"] = scope["user"]["place"]
            except Refused as refused:
                return await _refuse(refused, scope, receive, send)
        with i18n.speaking(scope["user"]["language"]), addresses.under(scope["user"]["place"]):
            return await self.app(scope, receive, send)

    def _check_source(self, scope: Scope, headers: Headers) -> None:
        """Known Host; same Origin for sockets and for whatever changes something; no foreign page reads our answers."""
        host = headers.get("host", "")
        if host not in self.hosts:
            raise Refused(403, "host")
        unsafe = scope["type"] == "websocket" or scope["method"] not in SAFE
        if unsafe and headers.get("origin") != f"http://{host}":
            raise Refused(403, "origin")
        foreign = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        if foreign and headers.get("sec-fetch-mode") != "navigate":
            raise Refused(403, "origin")

    def _person(self, call: HTTPConnection) -> Person:
        """Who holds the cookie; else whoever brings the token of this start."""
        person = self.desk.holder(call.cookies.get(self.desk.cookie, ""))
        if person is not None:
            return person
        if call.scope["path"] == "/" and self.desk.fits(call.query_params.get("token", "")):
            return Person("", self.desk.workspace, self.desk.language)
        raise Refused(403, "token")

    def _lead(self, call: HTTPConnection, person: Person) -> RedirectResponse:
        """To the same page of the firm that was opened last, with a cookie for someone new.

        What is sent without a firm's address, as from a page of an older playbook, is nobody's to guess.
        """
        if call.scope["type"] == "websocket" or call.scope["method"] not in SAFE:
            raise Refused(409, "other")
        asked = call.url.remove_query_params("token")
        answer = RedirectResponse(f"{addresses.firm(recent.mark(person.workspace))}{_local(asked)}", status_code=303)
        if not person.id:
            held = self.desk.new_pass()
            answer.set_cookie(self.desk.cookie, held, max_age=YEAR_SECONDS, httponly=True, samesite="strict")
        return answer

    def _asking(self, person: Person, mark: str) -> dict[str, str]:
        """The person before the firm that the address names, as of now."""
        workspace = self.desk.firm(mark, person)
        if workspace is None:
            raise Refused(404, "firm")
        return person.user(addresses.firm(mark), workspace)

    def _user(self, scope: Scope, call: HTTPConnection, user: dict[str, str], path: str) -> dict[str, str]:
        """Who asks, as of the moment when the notebook's session began; elsewhere as of now."""
        page, _, rest = path.removeprefix(NOTEBOOKS).partition("/")
        if not path.startswith(NOTEBOOKS) or not page:
            if scope["type"] == "websocket":
                raise Refused(403, "closed")
            return user
        sent = parse_qs(scope["query_string"].decode("latin-1"))
        scope["query_string"] = b""  # `file`, `kiosk` and the like change what marimo opens
        if scope["type"] == "websocket":
            session = sent.get("session_id", [""])[-1]
            if rest != "ws" or not session:
                raise Refused(403, "closed")
            scope["query_string"] = urlencode({"session_id": session}).encode()
            return self._bind(session, user)
        if scope["method"] in SAFE:
            if rest not in GETS and not rest.startswith("@file/"):
                raise Refused(404, "missing")
            return user
        if rest not in POSTS:
            raise Refused(403, "closed")
        return self._owned(call.headers.get("marimo-session-id", ""), user)

    def _bind(self, session: str, asking: dict[str, str]) -> dict[str, str]:
        if session not in self.sessions:
            while len(self.sessions) >= MOST_SESSIONS:
                self.sessions.pop(next(iter(self.sessions)))
            self.sessions[session] = asking
        return self._owned(session, asking)

    def _owned(self, session: str, asking: dict[str, str]) -> dict[str, str]:
        user = self.sessions.get(session)
        if user is None or user["id"] != asking["id"]:
            raise Refused(403, "session")
        if user["workspace"] != asking["workspace"]:
            raise Refused(409, "other")
        return user


def _local(url: URL) -> str:
    return f"{url.path}?{url.query}" if url.query else url.path


async def _refuse(refused: Refused, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4403, "reason": refused.reason})
        return
    foreign = scope["method"] == "GET" and Headers(scope=scope).get("sec-fetch-site") == "cross-site"
    answer = render.refusal(refused.status, refused.reason, again=foreign and refused.reason == "token")
    await answer(scope, receive, send)
