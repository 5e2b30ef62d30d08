"""The playbook's frame around marimo's page: header, plan so far and rail, put into the page as it is sent.

marimo's own page knows neither the reader's language nor the path; here its head is cleared of what we do not use
(fonts, icons, a service worker) and the frame is written in before `#root`, where marimo draws the notebook. All down
to there is sent before marimo is even imported, so that it can be read and its files are on their way.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import cache
from html import escape
from http import HTTPStatus

from anyio import to_thread
from starlette.requests import Request
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
FACTS = re.compile(r"<(marimo-[a-z-]+)\b[^>]*>.*?</\1>", re.DOTALL)
"""What marimo tells its page beside the settings: filled in only in the page that it sends."""
SHEETS = re.compile(r"<link rel=\"stylesheet\"[^>]*>")
MODULES = '<script type="module"'
ROOT = '<div id="root"></div>'
HEADERS = ((b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"private, no-cache"))


async def send_page(
    page: str, marimo: Callable[[], Awaitable[ASGIApp]], scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer with a notebook's page: frame and first paint at once, the notebook's part when marimo is there."""
    top = await to_thread.run_sync(_top, page, Request(scope))
    await send({"type": "http.response.start", "status": HTTPStatus.OK, "headers": [*HEADERS]})
    await send({"type": "http.response.body", "body": top.encode(), "more_body": True})
    app = await marimo()
    scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]
    kept = _Kept()
    await app(scope, receive, kept)
    await send({"type": "http.response.body", "body": bottom(kept.body.decode(), scope["nonce"]).encode()})


def _top(page: str, request: Request) -> str:
    seen = view.build(request.user, page, first=True)
    return framed(page, render.page("frame", view=seen), request.scope["nonce"], seen.title)


class _Kept:
    """Takes an answer in instead of sending it."""

    def __init__(self) -> None:
        self.body = b""

    async def __call__(self, message: Message) -> None:
        self.body += message.get("body", b"")


def framed(page: str, frame: str, nonce: str, title: str) -> str:
    """Marimo's page down to `#root` with our head and frame, in the language that is spoken now."""
    files = assets.addresses()
    head = (
        f"<title>{escape(title)} · {escape(t('app', 'Marketing system'))}</title>"
        f'<link rel="icon" href="{files["icon"]}">'
        f'<link rel="stylesheet" href="{files["playbook"]}"><link rel="stylesheet" href="{files["marimo"]}">'
        f'<script src="{files["page"]}"></script>{MODULES}'
    )
    html = _blank().replace('<html lang="en">', f'<html lang="{i18n.language()}">', 1)
    html = html.replace(MODULES, head, 1)
    html = html.replace("<body>", f'<body class="pb" data-page="{page}" data-layout="{view.layout(page)}">', 1)
    html = html + frame + '<div id="root" role="main" tabindex="-1"></div>'
    html = html.replace("<script", f'<script nonce="{nonce}"')
    return html.replace("</head>", f"{render.page('ahead', nonce=nonce)}</head>", 1)


@cache
def _blank() -> str:
    """Marimo's page down to `#root` as it lies in its folder: our files' addresses, the sheets before the scripts."""
    html = FACTS.sub("", UNUSED.sub("", assets.marimo_page())).partition(ROOT)[0]
    html = re.sub(r'(href|src)="\./', rf'\1="{assets.MARIMO}/', html)
    sheets = "".join(SHEETS.findall(html))
    return SHEETS.sub("", html).replace(MODULES, f"{sheets}{MODULES}", 1)


def bottom(html: str, nonce: str) -> str:
    """What of a page that marimo sends belongs behind `#root`: its facts and settings."""
    facts = "".join(found.group() for found in FACTS.finditer(html))
    return (facts + UNUSED.sub("", html.partition(ROOT)[2])).replace("<script", f'<script nonce="{nonce}"')
