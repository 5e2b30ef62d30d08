"""The served playbook as one ASGI app: home page, notebooks, and the few doors that change something."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing, suppress
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from playbook import addresses, calendars, i18n, paths, recent
from playbook.app import (
    assets,
    choice,
    home,
    library,
    render,
    retelling,
    rows,
    settings,
    shelf,
    uploads,
    view,
    workspaces,
)
from playbook.app.desk import Desk, Person
from playbook.app.downloads import Downloads
from playbook.app.guard import YEAR_SECONDS, Guard
from playbook.app.headers import SecureHeaders
from playbook.app.home import Wrong
from playbook.app.notebooks import Notebooks
from playbook.errors import Failure, PlaybookError, WorkspaceError
from playbook.i18n import t
from playbook.steps import STEPS, href
from playbook.walk import Walk
from playbook.workspace import Workspace

HTTP_PORT = 80
HOSTS = ("127.0.0.1", "localhost", "[::1]")
SECONDS_WRITTEN = 4
"""Figures of the longest count of seconds that a page tells."""
WARM_AFTER_SECONDS = 1.0
"""Without a visitor the notebooks are warmed up so soon after the start; with one, after the first page was sent."""


class Server:
    """The doors of one served playbook."""

    def __init__(self, desk: Desk, notebooks: Notebooks) -> None:
        self.desk = desk
        self.notebooks = notebooks
        self.visited = asyncio.Event()

    async def home(self, request: Request) -> Response:
        """The home page, and the very first time the ten questions."""
        person = self.desk.asking(request.user)
        first, page = await self._page(request)
        if first and not person.greeted:
            if self.desk.guessed:
                person.language = render.language_of(request)
                await to_thread.run_sync(_meet, self.desk.inside(request.user))
            page = RedirectResponse(href(STEPS["ten"].page), status_code=HTTPStatus.SEE_OTHER)
        person.greeted = True
        page.background = BackgroundTask(self._served)
        return page

    async def _page(self, request: Request, wrong: Wrong | None = None) -> tuple[bool, Response]:
        """Whether nothing is answered yet, and the home page with what is `wrong`, or why there is none."""
        person = self.desk.inside(request.user)
        try:
            first, html = await to_thread.run_sync(_home, person, request.scope["nonce"], wrong)
        except WorkspaceError as error:
            others = await to_thread.run_sync(workspaces.others, person.workspace, calendars.today())
            return False, render.failure(wrong.error if wrong else error, others=others)
        return first, HTMLResponse(html, render.status_of(wrong.error) if wrong else HTTPStatus.OK)

    async def language(self, request: Request) -> Response:
        """Speak the other language from here on and go back."""
        chosen = request.path_params["language"]
        if chosen not in i18n.LANGUAGES:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        self.desk.asking(request.user).language = chosen
        await to_thread.run_sync(partial(_keep, self.desk.inside(request.user), language=chosen))
        back = same_site(request.query_params.get("next", ""), addresses.to("/"))
        answer = RedirectResponse(back, status_code=HTTPStatus.SEE_OTHER)
        answer.set_cookie(render.LANGUAGE_COOKIE, chosen, max_age=YEAR_SECONDS, httponly=True, samesite="strict")
        return answer

    async def frame(self, request: Request) -> Response:
        """The frame of a page as it stands now, with the first paint for a page that still shows it.

        Nothing when the window has seen the last change already.
        """
        page, asked = request.path_params["page"], request.query_params
        seen = await to_thread.run_sync(partial(view.build, request.user, page, first="first" in asked))
        if asked.get("r") == str(seen.revision):
            return Response(status_code=HTTPStatus.NO_CONTENT)
        return HTMLResponse(render.page("frame", view=seen))

    async def choice(self, request: Request) -> Response:
        """What goes into the report."""
        return HTMLResponse(await to_thread.run_sync(_choice, self.desk.inside(request.user)))

    async def documents(self, request: Request) -> Response:
        """The documents, where each stands, and their files."""
        return HTMLResponse(await to_thread.run_sync(_documents, self.desk.inside(request.user)))

    async def rows(self, request: Request) -> HTMLResponse:
        """The rows behind a figure, a page of them."""
        person, asked = self.desk.inside(request.user), rows.Asked.read(request)
        return HTMLResponse(await to_thread.run_sync(_rows, person, asked))

    async def write_week(self, request: Request) -> Response:
        """Write the week to `reports/` and go back to its page; where the PDF cannot be made, why."""
        back = f"{href(STEPS['week'].page)}#reports"
        trouble = await to_thread.run_sync(_write_week, self.desk.inside(request.user))
        if trouble is not None:
            return render.failure(trouble, instead=(back, t("app", "To the files that were written")))
        return RedirectResponse(back, status_code=HTTPStatus.SEE_OTHER)

    async def retelling(self, request: Request) -> Response:
        """Keep what a listener gave back and go on with what they lost."""
        async with uploads.form(request) as sent:
            texts = {name: value for name, value in sent.items() if isinstance(value, str)}
            await to_thread.run_sync(_retold, self.desk.inside(request.user), texts)
        return RedirectResponse(f"{href(STEPS[retelling.STEP].page)}#retell", status_code=HTTPStatus.SEE_OTHER)

    async def settings(self, request: Request) -> Response:
        """What the path needs to know of the firm: shown, and saved when sent."""
        person = self.desk.inside(request.user)
        form = await request.form() if request.method == "POST" else None
        sent = {name: str(value) for name, value in form.items()} if form is not None else None
        return HTMLResponse(await to_thread.run_sync(_settings, person, sent))

    async def clock(self, request: Request) -> Response:
        """How many seconds of the ten minutes are used; told by the page when the clock stops."""
        body = await request.body()
        if body.isdigit() and len(body) <= SECONDS_WRITTEN:
            await to_thread.run_sync(_save_seconds, self.desk.inside(request.user), int(body))
        return Response(status_code=204)

    async def library(self, request: Request) -> Response:
        """The handbook."""
        return HTMLResponse(await to_thread.run_sync(_library, self.desk.inside(request.user)))

    async def make(self, request: Request) -> Response:
        """Make or open a workspace and go on with it; what is wrong is told beside what was sent."""
        person, way = self.desk.asking(request.user), request.path_params["way"]
        if way not in workspaces.MAKING:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        if request.method == "GET":  # a page with a fault on it, loaded anew
            return RedirectResponse(addresses.to("/"), status_code=HTTPStatus.SEE_OTHER)
        sent: uploads.Sent = {}
        try:
            async with uploads.form(request) as sent:
                person.workspace = await to_thread.run_sync(_made, way, sent, person.language)
        except PlaybookError as error:
            wrong = Wrong(way, error, {name: value for name, value in sent.items() if isinstance(value, str)})
            return (await self._page(request, wrong))[1]
        person.greeted = way != "new"
        opened = addresses.firm(recent.mark(person.workspace))
        return RedirectResponse(f"{opened}/", status_code=HTTPStatus.SEE_OTHER)

    async def forget(self, request: Request) -> Response:
        """Take a workspace off the list of those opened here."""
        async with uploads.form(request) as sent:
            path = await to_thread.run_sync(workspaces.known, str(sent.get("mark", "")))
            await to_thread.run_sync(recent.forget, path)
        return RedirectResponse(addresses.to("/#spaces"), status_code=HTTPStatus.SEE_OTHER)

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Warm the home page up while the browser starts, the notebooks behind it; end their sessions in the end."""
        warming = asyncio.create_task(self._warm())
        yield
        warming.cancel()
        await self.notebooks.close()

    async def _warm(self) -> None:
        with suppress(PlaybookError):  # whoever comes is told
            await to_thread.run_sync(_home, Person("", self.desk.workspace, self.desk.language), "")
        try:
            await asyncio.wait_for(self.visited.wait(), WARM_AFTER_SECONDS)
        except TimeoutError:
            self.visited.set()
        await self.notebooks.warm()

    async def _served(self) -> None:
        self.visited.set()


def build(desk: Desk, hosts: Iterable[str], folder: Path | None = None) -> ASGIApp:
    """The whole app for the people of `desk`, answering under `hosts`; notebooks lie in `folder`."""
    files = assets.Files(assets.marimo_file)
    server = Server(desk, Notebooks(folder or paths.resource("notebooks"), files))
    own = assets.Files(assets.ours().get)
    inner = Starlette(
        routes=[
            Route("/", server.home),
            Route("/health", _health),
            Route("/favicon.ico", _icon),
            Route("/lang/{language}", server.language),
            Route("/frame/{page}", server.frame),
            Route("/report/choose", server.choice),
            *Downloads(desk).routes(),
            Route("/documents", server.documents),
            Route("/rows/{figure}", server.rows),
            Route("/week", server.write_week, methods=["POST"]),
            Route("/retelling", server.retelling, methods=["POST"]),
            Route("/settings", server.settings, methods=["GET", "POST"]),
            Route("/library", server.library),
            Route("/clock/start", server.clock, methods=["POST"]),
            Route("/workspace/forget", server.forget, methods=["POST"]),
            Route("/workspace/{way}", server.make, methods=["GET", "POST"]),
            Mount("/step", server.notebooks),
            Mount(assets.MARIMO, files),
            Mount(assets.folder(), own),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)],
        exception_handlers={PlaybookError: _told, HTTPException: _lost, Exception: _failed},
        lifespan=server.lifespan,
    )
    return SecureHeaders(Guard(inner, desk, hosts))


def hosts(port: int, host: str = "") -> set[str]:
    """The Host headers under which a server on `port` is known."""
    names = {*HOSTS, host} - {""}
    return {f"{name}:{port}" for name in names} | (names if port == HTTP_PORT else set())


def same_site(target: str, home: str = "/") -> str:
    """A path of our own to go back to; `home` for anything that could lead elsewhere."""
    plain = target.startswith("/") and not target.startswith("//") and target.isprintable() and "\\" not in target
    return target if plain else home


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok")


async def _icon(_request: Request) -> Response:
    return RedirectResponse(assets.addresses()["icon"])


def _home(person: Person, nonce: str, wrong: Wrong | None = None) -> tuple[bool, str]:
    with view.opened(person.workspace, person.language) as workspace:
        walk = Walk(workspace)
        values = {"view": view.of(walk, lines=True), "home": home.of(walk), "wrong": wrong, "nonce": nonce}
        return home.untouched(walk), render.page("home", **values)


def _settings(person: Person, sent: dict[str, str] | None) -> str:
    with view.opened(person.workspace, person.language) as workspace:
        refused = settings.save(workspace, sent or {})
        kept = sent is not None and not refused and not settings.check(sent)
        lines = settings.lines(workspace, None if kept else sent)
        values = {"lines": lines, "saved": kept, "refused": refused}
        return render.page("settings", view=view.of(Walk(workspace)), page="", **values)


def _library(person: Person) -> str:
    with view.opened(person.workspace, person.language) as workspace:
        return render.page("library", view=view.of(Walk(workspace)), page="", shelves=library.shelves())


def _documents(person: Person) -> str:
    with view.opened(person.workspace, person.language) as workspace:
        walk = Walk(workspace)
        return render.page("documents", view=view.of(walk), page="", papers=shelf.papers(walk))


def _save_seconds(person: Person, seconds: int) -> None:
    with suppress(WorkspaceError), closing(Workspace.open(person.workspace)) as workspace:
        if workspace.values("ten").get("seconds") != seconds:
            workspace.save("ten", "seconds", seconds)


def _keep(person: Person, **settings: Any) -> None:
    """Keep settings in the workspace; where it cannot be written to, the person speaks their language all the same."""
    with suppress(WorkspaceError), closing(Workspace.open(person.workspace)) as workspace:
        for name, value in settings.items():
            workspace.set_setting(name, value)


def _meet(person: Person) -> None:
    """Someone comes for the first time to a firm that nobody has set up: it takes their language, and its currency."""
    currency = i18n.CURRENCY_OF[person.language]
    _keep(person, language=person.language, currency=currency, **{recent.LANGUAGE_GUESSED: False})


def _choice(person: Person) -> str:
    with view.opened(person.workspace, person.language) as workspace:
        steps, beside = choice.boxes()
        return render.page("choice", view=view.of(Walk(workspace)), page="", steps=steps, beside=beside)


def _rows(person: Person, asked: rows.Asked) -> str:
    with view.opened(person.workspace, person.language) as workspace:
        found = rows.opened(workspace, asked)
        return render.page("rows", view=view.of(Walk(workspace)), page="", opened=found, data=href("data"))


def _write_week(person: Person) -> Failure | None:
    from playbook.report import weekly

    with view.opened(person.workspace, person.language) as workspace:
        return weekly.archive(workspace, calendars.today())[1]


def _retold(person: Person, sent: dict[str, str]) -> None:
    with view.opened(person.workspace, person.language) as workspace:
        retelling.keep(workspace, sent)


def _made(way: str, sent: uploads.Sent, language: str) -> Path:
    path = workspaces.MAKING[way](sent, language)
    workspaces.remember(path)
    return path


async def _told(_request: Request, error: Any) -> Response:
    return render.failure(error)


async def _lost(_request: Request, error: Any) -> Response:
    return render.refusal(error.status_code, "missing" if error.status_code == HTTPStatus.NOT_FOUND else "closed")


async def _failed(_request: Request, _error: Any) -> Response:
    return render.broken()
