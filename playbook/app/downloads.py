"""What the served playbook hands out as files: the report, documents, lists, the plan, a week, the whole workspace."""

from __future__ import annotations

import mimetypes
import shutil
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.background import BackgroundTask
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from playbook import addresses, calendars
from playbook.app import choice, render, rows, view, workspaces
from playbook.app.desk import Desk, Person
from playbook.errors import Failure
from playbook.i18n import t
from playbook.walk import Walk
from playbook.workspace import REPORTS


class Downloads:
    """The doors that hand out a file."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def routes(self) -> list[Route]:
        """Every address that ends in a file."""
        return [
            Route("/report", self.report),
            Route("/report/{ending}", self.report),
            Route("/document/{key}/{which}.{ending}", self.document),
            Route("/audience/{which}.csv", self.audience),
            Route("/rejects/{batch:int}.csv", self.rejects),
            Route("/rows/{figure}.csv", self.rows),
            Route("/plan/{ending}", self.plan),
            Route("/week/{name}", self.week),
            Route("/workspace/pack", self.pack),
        ]

    async def report(self, request: Request) -> Response:
        """The report as one file; where it cannot be made in this format, why, and the way to the HTML."""
        ending = request.path_params.get("ending", "html")
        try:
            made = await to_thread.run_sync(_report, self.desk.inside(request.user), ending, request.query_params)
        except Failure as error:
            asked = f"?{request.query_params}" if request.query_params else ""
            html = addresses.to(f"/report{asked}")
            return render.failure(error, instead=(html, t("app", "Download the report as HTML")))
        return _file(_dated("report", ending), made)

    async def document(self, request: Request) -> Response:
        """One document as a file, filled in or empty; where the PDF cannot be made, why, and the way to the HTML."""
        key, which, ending = (request.path_params[name] for name in ("key", "which", "ending"))
        try:
            made = await to_thread.run_sync(_document, self.desk.inside(request.user), key, which, ending)
        except Failure as error:
            html = addresses.to(f"/document/{key}/{which}.html")
            return render.failure(error, instead=(html, t("app", "Download it as HTML")))
        return _file(_dated(key, ending) if which == "filled" else f"{key}.{ending}", made)

    async def audience(self, request: Request) -> Response:
        """The clients of an audience or a segment as CSV."""
        which = request.path_params["which"]
        made = await to_thread.run_sync(_audience, self.desk.inside(request.user), which)
        return _file(_dated(which, "csv"), made)

    async def rejects(self, request: Request) -> Response:
        """The rejected rows of an import, to be mended and sent again."""
        file = await to_thread.run_sync(_rejects, self.desk.inside(request.user), int(request.path_params["batch"]))
        return FileResponse(file, filename=file.name, media_type="text/csv")

    async def rows(self, request: Request) -> Response:
        """All the rows behind a figure as CSV."""
        person, asked = self.desk.inside(request.user), rows.Asked.read(request)
        made = await to_thread.run_sync(_rows, person, asked)
        return _file(_dated(asked.figure, "csv"), made)

    async def plan(self, request: Request) -> Response:
        """The 30-day plan as a file; where there is none yet, why."""
        ending = request.path_params["ending"]
        made = await to_thread.run_sync(_plan, self.desk.inside(request.user), ending)
        return _file(_dated("plan", ending), made)

    async def week(self, request: Request) -> Response:
        """A kept report of a week."""
        file = await to_thread.run_sync(_week, self.desk.inside(request.user), request.path_params["name"])
        return FileResponse(file, filename=file.name)

    async def pack(self, request: Request) -> Response:
        """The whole workspace as one file."""
        originals = request.query_params.get("originals") != "no"
        packed = partial(workspaces.pack, originals=originals, today=calendars.today())
        file, name = await to_thread.run_sync(packed, self.desk.inside(request.user).workspace)
        done = BackgroundTask(shutil.rmtree, file.parent, ignore_errors=True)
        return FileResponse(file, filename=name, media_type="application/zip", background=done)


def _report(person: Person, ending: str, query: QueryParams) -> bytes:
    from playbook import report

    if ending not in report.FORMATS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with view.opened(person.workspace, person.language) as workspace:
        return report.write(workspace, ending, person.language, choice.asked(query))


def _document(person: Person, key: str, which: str, ending: str) -> bytes:
    from playbook.report import sheets

    if key not in sheets.ALL or which not in ("filled", "empty") or not sheets.is_made(key, ending):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with view.opened(person.workspace, person.language) as workspace:
        return sheets.taken(workspace, key, ending) if which == "filled" else sheets.write(sheets.blank(key), ending)


def _audience(person: Person, which: str) -> str:
    with view.opened(person.workspace, person.language) as workspace:
        found: Any = Walk(workspace).answer("rfm")
        if found is None or which not in found.lists:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return str(found.csv(which))


def _rejects(person: Person, batch: int) -> Path:
    from playbook.data.commands import rejects_file

    with view.opened(person.workspace, person.language) as workspace:
        found = next((one for one in workspace.batches() if one.id == batch), None)
        file = rejects_file(workspace, found) if found else None
        if file is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return file


def _rows(person: Person, asked: rows.Asked) -> str:
    from playbook.data.behind import Behind

    with view.opened(person.workspace, person.language) as workspace:
        return Behind(workspace, asked.figure, asked.period).csv(asked.table, asked.of)


def _plan(person: Person, ending: str) -> bytes:
    from playbook.report import plans

    if ending not in plans.FORMATS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    with view.opened(person.workspace, person.language) as workspace:
        return plans.write(plans.of(workspace), ending)


def _week(person: Person, name: str) -> Path:
    from playbook.report import weekly

    file = person.workspace / REPORTS / name
    if not weekly.NAME.fullmatch(name) or not file.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return file


def _dated(name: str, ending: str) -> str:
    """The name of a file that tells how things stand today."""
    return f"{name}-{calendars.today().isoformat()}.{ending}"


def _file(name: str, made: bytes | str) -> Response:
    """A file to be kept under `name`; a text is CSV, and the mark at its head tells a spreadsheet the encoding."""
    head = {"content-disposition": f'attachment; filename="{name}"'}
    if isinstance(made, str):
        return Response(made.encode("utf-8-sig"), headers=head, media_type="text/csv")
    return Response(made, headers=head, media_type=mimetypes.guess_type(name)[0])
