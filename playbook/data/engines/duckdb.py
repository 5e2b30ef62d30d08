"""DuckDB, the default: it runs within the playbook, on the definitions as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playbook.data import engine
from playbook.data.engines.address import Address

PACKAGES = ("duckdb",)
OPTIONS: frozenset[str] = frozenset()


class DuckDB:
    """The engine within the playbook."""

    def rows(self, folder: Path, name: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of a definition.

        Raises:
            DamagedError: a table's file is gone or broken.
        """
        return engine.query(folder, name, values)

    def version(self) -> str:
        """Its name and version."""
        return f"DuckDB {engine.version()}"


def open_engine(address: Address) -> DuckDB:  # noqa: ARG001 - there is one, and it has no address
    """The engine within the playbook."""
    return DuckDB()
