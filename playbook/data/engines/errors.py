"""What keeps an engine from answering, with the way back."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterable, Sequence

from playbook import paths
from playbook.data.engines.address import PATIENCE_SECONDS, Address, without_secrets
from playbook.errors import Failure, PlaybookError
from playbook.faults import reason
from playbook.i18n import quantity, t

LONGEST_SEEN = 200


class EngineError(Failure):
    """The engine that the workspace names does not answer; figures that were typed stand."""


class DownError(EngineError):
    """It could not be reached at all."""


def address_error(text: str, names: Sequence[str]) -> PlaybookError:
    """There is no engine of this name, or the address says no host."""
    return PlaybookError(
        t("engines", "This is no address of an engine."),
        saw=without_secrets(text),
        hint=t(
            "engines",
            "write {examples}; engines here: {names}",
            examples="duckdb, spark://HOST:7077, clickhouse://USER@HOST:8123/DATABASE",
            names=", ".join(names),
        ),
        field="url",
    )


def option_error(unknown: Sequence[str], known: Iterable[str]) -> PlaybookError:
    """The address asks for a setting that a workspace may not make: it could run what a stranger wrote."""
    return PlaybookError(
        t("engines", "The address has an option that is not taken."),
        saw=", ".join(unknown),
        hint=t("engines", "options here: {names}", names=", ".join(sorted(known)) or t("engines", "none")),
        field="url",
    )


def package_error(address: Address, missing: Sequence[str]) -> EngineError:
    """The extra that brings an engine's packages is not installed."""
    return EngineError(
        t("engines", "The packages for {engine} are not installed.", engine=address.scheme),
        saw=", ".join(missing),
        hint=t(
            "engines",
            "install them: {command}; or go back: {back}",
            command=f"{sys.executable} -m pip install {' '.join(missing)}",
            back=way_back(),
        ),
    )


def silent_error(address: Address, error: object, kind: type[EngineError] = EngineError) -> EngineError:
    """The engine does not answer."""
    return kind(
        t("engines", "The engine {engine} gave no answer. Figures you typed stand.", engine=address.text),
        saw=unreached(error) if isinstance(error, OSError) else first_line(error),
        hint=t("engines", "start it and look again, or go back: {back}", back=way_back()),
    )


def unreached(error: OSError) -> str:
    """Why nobody was reached, in the reader's words."""
    if isinstance(error, ConnectionRefusedError):
        return t("engines", "nobody listens at this address")
    if isinstance(error, socket.gaierror):
        return t("engines", "there is no such host")
    if isinstance(error, TimeoutError):
        return t("engines", "no answer within {time}", time=quantity(PATIENCE_SECONDS, "second"))
    return reason(error)


def first_line(error: object) -> str:
    """The first words of what another program said."""
    line = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return line if len(line) <= LONGEST_SEEN else line[:LONGEST_SEEN] + "…"


def way_back() -> str:
    """The command that makes DuckDB answer again."""
    return f"{paths.COMMAND} engine use duckdb -w …"
