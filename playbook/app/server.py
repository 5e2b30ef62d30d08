"""The served playbook as one ASGI app: home page, notebooks, files, and the few doors that change something."""

from __future__ import annotations

import asyncio
import mimetypes
import shutil
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from playbook import addresses, i18n, paths, recent
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
from playbook.app.guard import YEAR_SECONDS, Guard
from playbook.app.headers import SecureHeaders
from playbook.app.home import Wrong
from playbook.app.notebooks import Notebooks
from playbook.errors import Failure, PlaybookError, WorkspaceError
from playbook.i18n import t
from playbook.steps import STEPS, href
from playbook.walk import Walk
from playbook.workspace import REPORTS, Workspace

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
        person = self._known(request)
        first, page = await self._page(request)
        if first and not person.greeted:
            if self.desk.guessed:
                person.language = render.language_of(request)
                await to_thread.run_sync(_meet, self._person(request))
            page = RedirectResponse(href(STEPS["ten"].page), status_code=HTTPStatus.SEE_OTHER)
        person.greeted = True
        page.background = BackgroundTask(self._served)
        return page

    async def _page(self, request: Request, wrong: Wrong | None = None) -> tuple[bool, Response]:
        """Whether nothing is answered yet, and the home page with what is `wrong`, or why there is none."""
        person = self._person(request)
        try:
            first, html = await to_thread.run_sync(_home, person, request.scope["nonce"], wrong)
        except WorkspaceError as error:
            others = await to_thread.run_sync(workspaces.others, person.workspace, view.today())
            return False, render.failure(wrong.error if wrong else error, others=others)
        return first, HTMLResponse(html, render.status_of(wrong.error) if wrong else HTTPStatus.OK)

    async def language(self, request: Request) -> Response:
        """Speak the other language from here on and go back."""
        chosen = request.path_params["language"]
        if chosen not in i18n.LANGUAGES:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        self._known(request).language = chosen
        await to_thread.run_sync(partial(_keep, self._person(request), language=chosen))
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

    async def report(self, request: Request) -> Response:
        """The report as one file; where it cannot be made in this format, why, and the way to the HTML."""
        ending = request.path_params.get("ending", "html")
        try:
            made = await to_thread.run_sync(_report, self._person(request), ending, request.query_params)
        except Failure as error:
            asked = f"?{request.query_params}" if request.query_params else ""
            html = addresses.to(f"/report{asked}")
            return render.failure(error, instead=(html, t("app", "Download the report as HTML")))
        name = f"report-{view.today().isoformat()}.{ending}"
        return Response(made, headers=_saved_as(name), media_type=mimetypes.guess_type(name)[0])

    async def choice(self, request: Request) -> Response:
        """What goes into the report."""
        return HTMLResponse(await to_thread.run_sync(_choice, self._person(request)))

    async def documents(self, request: Request) -> Response:
        """The documents, where each stands, and their files."""
        return HTMLResponse(await to_thread.run_sync(_documents, self._person(request)))

    async def document(self, request: Request) -> Response:
        """One document as a file, filled in or empty; where the PDF cannot be made, why, and the way to the HTML."""
        key, which, ending = (request.path_params[name] for name in ("key", "which", "ending"))
        try:
            made = await to_thread.run_sync(_document, self._person(request), key, which, ending)
        except Failure as error:
            html = addresses.to(f"/document/{key}/{which}.html")
            return render.failure(error, instead=(html, t("app", "Download it as HTML")))
        name = f"{key}-{view.today().isoformat()}.{ending}" if which == "filled" else f"{key}.{ending}"
        return Response(made, headers=_saved_as(name), media_type=mimetypes.guess_type(name)[0])

    async def audience(self, request: Request) -> Response:
        """The clients of an audience or a segment as CSV; the mark at its head tells a spreadsheet the encoding."""
        which = request.path_params["which"]
        made = await to_thread.run_sync(_audience, self._person(request), which)
        name = f"{which}-{view.today().isoformat()}.csv"
        return Response(made.encode("utf-8-sig"), headers=_saved_as(name), media_type="text/csv")

    async def rejects(self, request: Request) -> Response:
        """The rejected rows of an import, to be mended and sent again."""
        file = await to_thread.run_sync(_rejects, self._person(request), int(request.path_params["batch"]))
        return FileResponse(file, filename=file.name, media_type="text/csv")

    async def rows(self, request: Request) -> HTMLResponse:
        """The rows behind a figure, a page of them."""
        return HTMLResponse(await to_thread.run_sync(_rows, self._person(request), _rows_asked(request)))

    async def rows_file(self, request: Request) -> Response:
        """All the rows behind a figure as CSV; the mark at its head tells a spreadsheet the encoding."""
        made = await to_thread.run_sync(_rows_file, self._person(request), _rows_asked(request))
        name = f"{request.path_params['figure']}-{view.today().isoformat()}.csv"
        return Response(made.encode("utf-8-sig"), headers=_saved_as(name), media_type="text/csv")

    async def plan(self, request: Request) -> Response:
        """The 30-day plan as a file; where there is none yet, why."""
        ending = request.path_params["ending"]
        made = await to_thread.run_sync(_plan, self._person(request), ending)
        name = f"plan-{view.today().isoformat()}.{ending}"
        return Response(made, headers=_saved_as(name), media_type=mimetypes.guess_type(name)[0])

    async def write_week(self, request: Request) -> Response:
        """Write the week to `reports/` and go back to its page; where the PDF cannot be made, why."""
        back = f"{href(STEPS['week'].page)}#reports"
        trouble = await to_thread.run_sync(_write_week, self._person(request))
        if trouble is not None:
            return render.failure(trouble, instead=(back, t("app", "To the files that were written")))
        return RedirectResponse(back, status_code=HTTPStatus.SEE_OTHER)

    async def week(self, request: Request) -> Response:
        """A kept report of a week."""
        file = await to_thread.run_sync(_week, self._person(request), request.path_params["name"])
        return FileResponse(file, filename=file.name)

    async def retelling(self, request: Request) -> Response:
        """Keep what a listener gave back and go on with what they lost."""
        async with uploads.form(request) as sent:
            texts = {name: value for name, value in sent.items() if isinstance(value, str)}
            await to_thread.run_sync(_retold, self._person(request), texts)
        return RedirectResponse(f"{href(STEPS[retelling.STEP].page)}#retell", status_code=HTTPStatus.SEE_OTHER)

    async def settings(self, request: Request) -> Response:
        """What the path needs to know of the firm: shown, and saved when sent."""
        person = self._person(request)
        form = await request.form() if request.method == "POST" else None
        sent = {name: str(value) for name, value in form.items()} if form is not None else None
        return HTMLResponse(await to_thread.run_sync(_settings, person, sent))

    async def clock(self, request: Request) -> Response:
        """How many seconds of the ten minutes are used; told by the page when the clock stops."""
        body = await request.body()
        if body.isdigit() and len(body) <= SECONDS_WRITTEN:
            await to_thread.run_sync(_save_seconds, self._person(request), int(body))
        return Response(status_code=204)

    async def library(self, request: Request) -> Response:
        """The handbook."""
        return HTMLResponse(await to_thread.run_sync(_library, self._person(request)))

    async def make(self, request: Request) -> Response:
        """Make or open a workspace and go on with it; what is wrong is told beside what was sent."""
        person, way = self._known(request), request.path_params["way"]
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

    async def pack(self, request: Request) -> Response:
        """The whole workspace as one file."""
        originals = request.query_params.get("originals") != "no"
        packed = partial(workspaces.pack, originals=originals, today=view.today())
        file, name = await to_thread.run_sync(packed, self._person(request).workspace)
        done = BackgroundTask(shutil.rmtree, file.parent, ignore_errors=True)
        return FileResponse(file, filename=name, media_type="application/zip", background=done)

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

    def _known(self, request: Request) -> Person:
        """Who asks, to note something about them."""
        return self.desk.people[request.user["id"]]

    def _person(self, request: Request) -> Person:
        """Who asks, before the firm in whose address they do."""
        return replace(self._known(request), workspace=Path(request.user["workspace"]))


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
            Route("/report", server.report),
            Route("/report/choose", server.choice),
            Route("/report/{ending}", server.report),
            Route("/documents", server.documents),
            Route("/document/{key}/{which}.{ending}", server.document),
            Route("/audience/{which}.csv", server.audience),
            Route("/rejects/{batch:int}.csv", server.rejects),
            Route("/rows/{figure}.csv", server.rows_file),
            Route("/rows/{figure}", server.rows),
            Route("/plan/{ending}", server.plan),
            Route("/week", server.write_week, methods=["POST"]),
            Route("/week/{name}", server.week),
            Route("/retelling", server.retelling, methods=["POST"]),
            Route("/settings", server.settings, methods=["GET", "POST"]),
            Route("/library", server.library),
            Route("/clock/start", server.clock, methods=["POST"]),
            Route("/workspace/pack", server.pack),
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
    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        walk = Walk(workspace)
        values = {"view": view.of(walk, lines=True), "home": home.of(walk), "wrong": wrong, "nonce": nonce}
        return home.untouched(walk), render.page("home", **values)


def _settings(person: Person, sent: dict[str, str] | None) -> str:
    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        refused = settings.save(workspace, sent or {})
        kept = sent is not None and not refused and not settings.check(sent)
        lines = settings.lines(workspace, None if kept else sent)
        values = {"lines": lines, "saved": kept, "refused": refused}
        return render.page("settings", view=view.of(Walk(workspace)), page="", **values)


def _library(person: Person) -> str:
    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        return render.page("library", view=view.of(Walk(workspace)), page="", shelves=library.shelves())


def _documents(person: Person) -> str:
    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
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
    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        steps, beside = choice.boxes()
        return render.page("choice", view=view.of(Walk(workspace)), page="", steps=steps, beside=beside)


def _report(person: Person, ending: str, query: QueryParams) -> bytes:
    from playbook import report

    if ending not in report.FORMATS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        return report.write(workspace, ending, person.language, choice.asked(query))


def _document(person: Person, key: str, which: str, ending: str) -> bytes:
    from playbook.report import sheets

    if key not in sheets.ALL or which not in ("filled", "empty") or not sheets.is_made(key, ending):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        return sheets.taken(workspace, key, ending) if which == "filled" else sheets.write(sheets.blank(key), ending)


def _audience(person: Person, which: str) -> str:
    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        found: Any = Walk(workspace).answer("rfm")
        if found is None or which not in found.lists:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return str(found.csv(which))


def _rejects(person: Person, batch: int) -> Path:
    from playbook.data.commands import rejects_file

    with closing(Workspace.open(person.workspace)) as workspace:
        found = next((one for one in workspace.batches() if one.id == batch), None)
        file = rejects_file(workspace, found) if found else None
        if file is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return file


def _rows_asked(request: Request) -> rows.Asked:
    return rows.Asked.read(request.path_params["figure"], request.query_params)


def _rows(person: Person, asked: rows.Asked) -> str:
    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        found = rows.opened(workspace, asked)
        return render.page("rows", view=view.of(Walk(workspace)), page="", opened=found, data=href("data"))


def _rows_file(person: Person, asked: rows.Asked) -> str:
    from playbook.data.behind import Behind

    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        return Behind(workspace, asked.figure, asked.period).csv(asked.table, asked.of)


def _plan(person: Person, ending: str) -> bytes:
    from playbook.report import plans

    if ending not in plans.FORMATS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        return plans.write(plans.of(workspace), ending)


def _write_week(person: Person) -> Failure | None:
    from playbook.report import weekly

    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        return weekly.archive(workspace, view.today())[1]


def _week(person: Person, name: str) -> Path:
    from playbook.report import weekly

    file = person.workspace / REPORTS / name
    if not weekly.NAME.fullmatch(name) or not file.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return file


def _retold(person: Person, sent: dict[str, str]) -> None:
    with closing(Workspace.open(person.workspace)) as workspace, view.speaking(workspace, person.language):
        retelling.keep(workspace, sent)


def _saved_as(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


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
