"""ClickHouse, over HTTP: the tables are copied to the server when they changed, and definitions run there."""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.data.engines import consent
from playbook.data.engines.address import PATIENCE_SECONDS, Address, password_variable
from playbook.data.engines.errors import DownError, silent_error
from playbook.data.kinds import KINDS

if TYPE_CHECKING:
    from clickhouse_connect.driver.client import Client
    from sqlglot import exp

PACKAGES = ("clickhouse_connect", "sqlglot")
OPTIONS = frozenset({"secure"})
PORT, SECURE_PORT = 8123, 8443
TYPES = {
    "VARCHAR": "Nullable(String)",
    "DATE": "Nullable(Date32)",
    "TIMESTAMP": "Nullable(DateTime64(6, 'UTC'))",
    # a product of two amounts keeps the width of its factors, and 18 digits would overflow
    "DECIMAL(18,4)": "Nullable(Decimal(38, 4))",
    "BIGINT": "Nullable(Int64)",
    "BOOLEAN": "Nullable(Bool)",
}
STANDARD = {
    "join_use_nulls": 1,
    "aggregate_functions_null_for_empty": 1,
    "cast_keep_nullable": 1,
    "prefer_column_name_to_alias": 1,
    "union_default_mode": "'DISTINCT'",
    "enable_extended_results_for_datetime_functions": 1,
    "session_timezone": "'UTC'",
}
"""Settings under which ClickHouse does as standard SQL does."""
LEFT_SECONDS = 3600
"""Tables of earlier imports are dropped once nobody can be asking them any more."""


class ClickHouse:
    """A server of ClickHouse."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def rows(self, folder: Path, name: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of a definition.

        Raises:
            EngineError: the server does not answer, or cannot run it.
        """
        with self._asked() as client:
            found = client.query(translated(name, values, self._loaded(client, folder)))
            return [dict(zip(found.column_names, row, strict=True)) for row in found.result_rows]

    def version(self) -> str:
        """Its name and version.

        Raises:
            EngineError: the server does not answer.
        """
        with self._asked() as client:
            return f"ClickHouse {client.command('SELECT version()')}"

    @contextmanager
    def _asked(self) -> Iterator[Client]:
        """The client; whatever goes wrong on the way is one fault, and the next look begins anew."""
        try:
            self._address.knock(SECURE_PORT if self._secure else PORT)
            client = self._client
        except Exception as error:  # noqa: BLE001 - a socket, TLS, the server and its driver each have faults of their own
            raise silent_error(self._address, error, DownError) from None
        try:
            yield client
        except Exception as error:  # noqa: BLE001 - the same
            self.__dict__.pop("_client", None)
            raise silent_error(self._address, error) from None

    @property
    def _secure(self) -> bool:
        return dict(self._address.options).get("secure", "") in {"1", "true"}

    @cached_property
    def _client(self) -> Client:
        import clickhouse_connect

        logging.getLogger("clickhouse_connect").addHandler(logging.NullHandler())  # what fails is told by us
        at = self._address
        return clickhouse_connect.get_client(
            host=at.host,
            port=at.port or 0,
            username=at.user or None,
            password=os.environ.get(password_variable(at.scheme), ""),
            database=at.path or "default",
            secure=self._secure,
            connect_timeout=PATIENCE_SECONDS,
            autogenerate_session_id=False,  # pages ask side by side, and a session takes one question at a time
        )

    def _loaded(self, client: Client, folder: Path) -> str:
        """The beginning of the names under which the tables stand on the server, copied when they are not there yet.

        Others may be at work in the same database: workspaces of other machines under the same path, and this one in
        another window, whose tables of a moment ago are still being asked.
        """
        place = f"{consent.machine()} {folder.resolve().parent.as_posix()}"
        ours = f"playbook_{sha256(place.encode()).hexdigest()[:16]}_"
        here = f"{ours}{folder.name}_"
        found = client.query(
            "SELECT name, toInt64OrZero(comment) FROM system.tables "
            f"WHERE database = currentDatabase() AND startsWith(name, '{ours}')"
        )
        made = {str(name): int(when) for name, when in found.result_rows}
        lacking = [kind for kind in KINDS if f"{here}{kind}" not in made]
        for kind in lacking:
            _copy(client, folder / f"{kind}.parquet", kind, here)
        for name, when in sorted(made.items()) if lacking else ():
            if time.time() - when > LEFT_SECONDS and not name.startswith(here):
                client.command(f"DROP TABLE IF EXISTS {name}")
        return here


def _copy(client: Client, file: Path, kind: str, beginning: str) -> None:
    """Copy a table under a passing name and give it its own at once: a table that is there is whole.

    Another process may have been quicker, with the same table.
    """
    columns = {**KINDS[kind].columns, "taken": "BIGINT"}
    listed = ", ".join(f"`{name}` {TYPES[kind_of]}" for name, kind_of in columns.items())
    fresh, place = f"{beginning}{kind}_{secrets.token_hex(4)}", f"{beginning}{kind}"
    client.command(f"CREATE TABLE {fresh} ({listed}) ENGINE = MergeTree ORDER BY tuple() COMMENT '{time.time():.0f}'")
    try:
        client.raw_insert(fresh, insert_block=file.read_bytes(), fmt="Parquet")
        try:
            client.command(f"RENAME TABLE {fresh} TO {place}")
        except Exception:
            if not int(client.command(f"EXISTS TABLE {place}")):
                raise
    finally:
        client.command(f"DROP TABLE IF EXISTS {fresh}")


def translated(name: str, values: Mapping[str, Any], beginning: str) -> str:
    """A definition in ClickHouse's words, over tables whose names begin so."""
    from sqlglot import exp

    from playbook.data.engines.statement import statement

    tree = statement(name, values, lambda kind: exp.select("*").from_(exp.table_(f"{beginning}{kind}")))
    for node in list(tree.find_all(exp.Lower)):
        node.replace(exp.func("lowerUTF8", node.this))
    for kind in tree.find_all(exp.DataType):
        if kind.is_type("date"):
            kind.set("this", exp.DataType.Type.DATE32)
    settings = ", ".join(f"{name} = {value}" for name, value in STANDARD.items())
    return f"{_ordered_outside(tree).sql(dialect='clickhouse', comments=False)} SETTINGS {settings}"


def _ordered_outside(tree: exp.Expr) -> exp.Expr:
    """The order moved around the answer: ClickHouse takes a table's column for the answer's of that name."""
    from sqlglot import exp

    order = tree.args.get("order")
    if order is None or any(column.table for column in order.find_all(exp.Column)):
        return tree
    limit = tree.args.get("limit")
    tree.set("order", None)
    tree.set("limit", None)
    outer = exp.select("*").from_(exp.Subquery(this=tree, alias=exp.TableAlias(this=exp.to_identifier("answer"))))
    outer.set("order", order)
    outer.set("limit", limit)
    return outer


def open_engine(address: Address) -> ClickHouse:
    """The server at an address."""
    return ClickHouse(address)
