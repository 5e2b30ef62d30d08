"""Where an engine stands: `spark://host:7077?option=value`, `clickhouse://user@host:8123/database`."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

from playbook.errors import PlaybookError
from playbook.i18n import t

PATIENCE_SECONDS = 5


@dataclass(frozen=True)
class Address:
    """An engine's address in its parts; a bare word is a scheme alone."""

    text: str
    scheme: str
    host: str = ""
    port: int | None = None
    user: str = ""
    path: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, text: str) -> Self:
        """An address as it is written.

        Raises:
            PlaybookError: its port is no port, or it holds a password, which the workspace would keep.
        """
        bare = text.strip()
        if "://" not in bare:
            return cls(bare.lower(), bare.lower())
        try:
            parts = urlsplit(bare)
            host, port = parts.hostname or "", parts.port
        except ValueError:  # its words would repeat a part of a password
            raise PlaybookError(
                t("engines", "This is no address of an engine."),
                saw=without_secrets(bare),
                hint=t("engines", "for example {example}", example="clickhouse://user@localhost:8123/default"),
                field="url",
            ) from None
        if parts.password is not None:
            raise PlaybookError(
                t("engines", "A password does not belong in the address: it would be kept in the workspace."),
                saw=without_secrets(bare),
                hint=t("engines", "leave it out and set the variable {name}", name=password_variable(parts.scheme)),
                field="url",
            )
        options = tuple(parse_qsl(parts.query, keep_blank_values=True))
        user = unquote(parts.username or "")
        return cls(bare, parts.scheme.lower(), host, port, user, parts.path.strip("/"), options)

    def knock(self, port: int) -> None:
        """Look whether anybody listens there, at `port` unless the address says another.

        Raises:
            OSError: nobody does.
        """
        socket.create_connection((self.host, self.port or port), timeout=PATIENCE_SECONDS).close()


def without_secrets(text: str) -> str:
    """An address as it may be shown: nothing of a password before the host, nor of what the options say."""
    shown = re.sub(r"^([^:]*://)?([^:@]*):.*@", r"\1\2:***@", text.strip())
    return re.sub(r"=[^&]*", "=…", shown)


def password_variable(scheme: str) -> str:
    """The variable of the surroundings that an engine's password is read from."""
    return f"PLAYBOOK_{scheme.upper()}_PASSWORD"
