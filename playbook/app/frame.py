"""The playbook's frame around marimo's page: header, plan so far and rail, put into the page as it is sent.

marimo's own page knows neither the reader's language nor the path; here its head is cleared of what we do not use
(fonts, icons, a service worker) and the frame is written in before `#root`, where marimo draws the notebook.
"""

from __future__ import annotations

import re
from html import escape
from http import HTTPStatus

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playbook import i18n
from playbook.app import assets, render, view
from playbook.i18n import t

UNUSED = re.compile(
    r"<!--.*?-->"
    r"|<link rel=\"(?:preload|icon|apple-touch-icon|manifest)\"[^>]*>"
    r"|<meta (?:property|name)=\"(?:og:|twitter:|theme-color|description)[^>]*>"
    r"|<title>.*?</title>"
    r"|<script(?:(?!</script>).)*serviceWorker.*?</script>",
    re.DOTALL,
)
ROOT = '<div id="root"></div>'


class Frame:
    """Around a notebook's app: frames its page and passes everything else on. One notebook may serve several pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        root = scope.get("root_path", "")
        inside = scope["path"].removeprefix(root)
        if scope["type"] != "http" or scope["method"] != "GET" or inside not in ("", "/"):
            await self.app(scope, receive, send)
            return
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]
        kept = _Kept()
        await self.app(scope, receive, kept)
        if kept.status != HTTPStatus.OK:
            await kept.pass_on(send)
            return
        html = await to_thread.run_sync(_framed, kept.body.decode(), root.rpartition("/")[2], Request(scope))
        answer = HTMLResponse(html, headers={"cache-control": "private, no-cache"})
        await answer(scope, receive, send)


def _framed(html: str, page: str, request: Request) -> str:
    seen = view.build(request.user, page, first=True)
    return framed(html, page, render.page("frame", view=seen), request.scope["nonce"], seen.title)


class _Kept:
    """Takes an answer in instead of sending it."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def __call__(self, message: Message) -> None:
        self.messages.append(message)

    async def pass_on(self, send: Send) -> None:
        for message in self.messages:
            await send(message)

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages[1:])


def framed(html: str, page: str, frame: str, nonce: str, title: str) -> str:
    """Marimo's page with our head and frame, in the language that is spoken now."""
    files = assets.addresses()
    head = (
        f"<title>{escape(title)} · {escape(t('app', 'Marketing system'))}</title>"
        f'<link rel="icon" href="{files["icon"]}">'
        f'<link rel="stylesheet" href="{files["playbook"]}"><link rel="stylesheet" href="{files["marimo"]}">'
        f'<script src="{files["page"]}"></script></head>'
    )
    html = UNUSED.sub("", html)
    html = html.replace('<html lang="en">', f'<html lang="{i18n.language()}">', 1)
    html = html.replace("</head>", head, 1)
    html = html.replace("<body>", f'<body class="pb" data-page="{page}" data-layout="{view.layout(page)}">', 1)
    html = html.replace(ROOT, frame + '<div id="root" role="main" tabindex="-1"></div>', 1)
    html = html.replace("<script", f'<script nonce="{nonce}"')
    return html.replace("</head>", f"{render.page('ahead', nonce=nonce)}</head>", 1)
