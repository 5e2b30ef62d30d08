"""The engines that answer the definitions of `sql/*.sql`: DuckDB beside us, or a cluster or server of the person's own.

An engine is one file of this folder, named by the word that its addresses begin with: `spark://...` is `spark.py`.
What such a file holds is told in `docs/engines.md`.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast

from playbook import paths
from playbook.data.engines import consent
from playbook.data.engines.address import Address
from playbook.data.engines.errors import DownError, address_error, option_error, package_error, silent_error
from playbook.i18n import t
from playbook.workspace import Workspace

DEFAULT = "duckdb"
SETTING = "engine"
"""The workspace's setting that holds the address."""
_SHARED = frozenset({"address", "consent", "errors", "statement"})
"""Files of this folder that are no engines."""


REST_SECONDS = 30
_down = dict[str, tuple[float, str]]()
"""Engines that could not be reached, with the end of their rest and what was seen."""


class Engine(Protocol):
    """Something that runs a definition over the typed tables."""

    def rows(self, folder: Path, name: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows that `sql/NAME.sql` gives over the tables in `folder`, in its order, with `values` for its `$names`.

        Raises:
            EngineError: the engine does not answer, or cannot run it.
        """

    def version(self) -> str:
        """The engine's name and version, as it answers itself.

        Raises:
            EngineError: the engine does not answer.
        """


class _Module(Protocol):
    """What the file of an engine holds."""

    PACKAGES: tuple[str, ...]
    """Packages that an extra of the file's name brings."""
    OPTIONS: frozenset[str]
    """Options that its addresses may have."""

    def open_engine(self, address: Address) -> Engine:
        """The engine at an address."""


def names() -> tuple[str, ...]:
    """The words that an address may begin with, DuckDB first."""
    found = {module.name for module in pkgutil.iter_modules(__path__)} - _SHARED
    return (DEFAULT, *sorted(found - {DEFAULT}))


def named(workspace: Workspace) -> str:
    """The address that the workspace names, whoever wrote it there."""
    return str(workspace.setting(SETTING) or DEFAULT)


def chosen(workspace: Workspace) -> str:
    """The address of the engine that answers: the one the workspace names, if it was chosen on this machine."""
    address = named(workspace)
    return address if address != DEFAULT and consent.agreed(workspace, address) else DEFAULT


def rows(text: str, folder: Path, name: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that the engine at an address gives; one that was down is left alone for a while.

    A page of many figures waits for it once.

    Raises:
        PlaybookError: it is no address of an engine.
        EngineError: the engine does not answer, or a package is missing.
    """
    until, saw = _down.get(text, (0.0, ""))
    if time.monotonic() < until:
        raise silent_error(Address.of(text), saw, DownError)
    try:
        return engine_at(text).rows(folder, name, values)
    except DownError as error:
        _down[text] = (time.monotonic() + REST_SECONDS, error.saw)
        raise


def unasked(address: str) -> str:
    """That the workspace names an engine which nobody on this machine chose, and how to choose it."""
    return t(
        "engines",
        "The workspace names {engine}, and nobody chose it on this machine: DuckDB answers. If it is yours: {command}",
        engine=address,
        command=f"{paths.COMMAND} engine use {address} -w …",
    )


def use(workspace: Workspace, text: str) -> str:
    """Let another engine answer from now on; what it says of itself. One that does not answer changes nothing.

    Raises:
        PlaybookError: it is no address of an engine.
        EngineError: the engine does not answer, or a package is missing.
    """
    said = engine_at(text).version()
    _down.clear()
    settle(workspace, Address.of(text).text)
    return said


def settle(workspace: Workspace, address: str) -> None:
    """Name an engine in the workspace and note on this machine that it may be asked, without trying it.

    Raises:
        Failure: the machine keeps no notes.
    """
    consent.agree(workspace, address)
    workspace.set_setting(SETTING, address)


def engine_at(text: str) -> Engine:
    """The engine at an address, without asking whether it answers.

    Raises:
        PlaybookError: it is no address of an engine.
        EngineError: a package that it needs is not installed.
    """
    address = Address.of(text)
    if address.scheme not in names() or (address.scheme != DEFAULT and not address.host):
        raise address_error(text, names())
    module = _module(address.scheme)
    if unknown := [name for name, _ in address.options if name not in module.OPTIONS]:
        raise option_error(unknown, module.OPTIONS)
    missing = [name for name in module.PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise package_error(address, missing)
    return _opened(address)


@lru_cache(maxsize=8)
def _opened(address: Address) -> Engine:
    """The one engine of an address: a connection outlives a look at the data."""
    return _module(address.scheme).open_engine(address)


def _module(scheme: str) -> _Module:
    return cast("_Module", importlib.import_module(f"{__name__}.{scheme}"))
