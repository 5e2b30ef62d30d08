"""What a form sends, never more than we are ready to take."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import IO

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Message, Receive

from playbook import i18n, paths
from playbook.errors import PlaybookError
from playbook.i18n import t

MEGABYTE = 10**6
MOST_BYTES = 500 * MEGABYTE
MOST_FIELDS = 10

Sent = Mapping[str, str | IO[bytes]]
"""The fields of a form by their names."""


@asynccontextmanager
async def form(request: Request) -> AsyncIterator[Sent]:
    """The fields of a form: texts, and files that are open until the block ends; a file input left empty is no field.

    Raises:
        PlaybookError: more is sent than we take; the rest is not read.
    """
    said = request.headers.get("content-length", "")
    if said.isdigit() and int(said) > MOST_BYTES:
        raise _too_large(int(said))
    limited = Request(request.scope, _Limited(request.receive))
    async with limited.form(max_files=1, max_fields=MOST_FIELDS) as fields:
        files = {name: value.file for name, value in fields.items() if isinstance(value, UploadFile) and value.filename}
        texts = {name: value for name, value in fields.items() if isinstance(value, str)}
        yield {**texts, **files}


def by_command() -> str:
    """The way in for a packed workspace that is too large to be sent here."""
    return t(
        "app",
        "unpack it at the command line: {playbook} unpack FILE; then open its folder here",
        playbook=paths.COMMAND,
    )


def megabytes() -> str:
    """How large a file may be, as a reader sees it."""
    return i18n.number(MOST_BYTES // MEGABYTE)


class _Limited:
    """Hands a request's body on and counts it; a sender that gives no length, or a wrong one, is stopped as well."""

    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self.size = 0

    async def __call__(self) -> Message:
        message = await self.receive()
        self.size += len(message.get("body", b""))
        if self.size > MOST_BYTES:
            raise _too_large(self.size)
        return message


def _too_large(size: int) -> PlaybookError:
    return PlaybookError(
        t("app", "The file is larger than {most} MB.", most=megabytes()),
        saw=t("app", "{size} MB", size=i18n.number(size // MEGABYTE)),
        hint=by_command(),
    )
