"""Security headers for every answer, and no permission for other origins in any."""

from __future__ import annotations

import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FIXED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with no-referrer the browser would send our own forms with "Origin: null"
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; frame-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing from outside. Styles may stand in the page, because marimo and the charts write them there."""


class SecureHeaders:
    """Puts the headers on and takes marimo's CORS answers away; `scope["nonce"]` lets our own scripts run."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["nonce"] = secrets.token_urlsafe(16)
        policy = POLICY.format(nonce=scope["nonce"])

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in [name for name in headers if name.startswith("access-control-")]:
                    del headers[name]
                headers.update({**FIXED, "content-security-policy": policy})
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, secured)
