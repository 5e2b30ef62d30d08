"""Apache Spark: a cluster of one's own reads the same Parquet, which its workers must see under the same path."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.data.engines.address import Address
from playbook.data.engines.errors import DownError, EngineError, first_line, silent_error, way_back
from playbook.i18n import t

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PACKAGES = ("pyspark", "sqlglot")
OPTIONS = frozenset(
    {
        "spark.cores.max",
        "spark.default.parallelism",
        "spark.driver.bindAddress",
        "spark.driver.host",
        "spark.driver.maxResultSize",
        "spark.driver.port",
        "spark.executor.cores",
        "spark.executor.memory",
        "spark.executor.memoryOverhead",
        "spark.blockManager.port",
        "spark.network.timeout",
        "spark.sql.shuffle.partitions",
    }
)
"""Settings that an address may make: sizes and places; none loads a program, reads a file or speaks for someone."""
PORT = 7077
STANDARD = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class Spark:
    """A cluster of Spark, or one machine of it."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def rows(self, folder: Path, name: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of a definition.

        Raises:
            EngineError: the cluster does not answer, or its workers do not see the tables.
        """
        with self._asked() as session:
            return [row.asDict() for row in session.sql(translated(name, values, folder)).collect()]

    def version(self) -> str:
        """Its name and version.

        Raises:
            EngineError: the cluster does not answer.
        """
        with self._asked() as session:
            session.sql("SELECT 1").collect()
            return f"Spark {session.version}"

    @contextmanager
    def _asked(self) -> Iterator[SparkSession]:
        """The session; whatever goes wrong on the way is one fault, and the next look begins anew."""
        self._need_java()
        try:
            self._address.knock(PORT)  # Spark itself would try for a minute
        except OSError as error:
            raise silent_error(self._address, error, DownError) from None
        try:
            yield self._session
        except Exception as error:  # noqa: BLE001 - sockets, the JVM and the cluster each have faults of their own
            session = self.__dict__.pop("_session", None)
            with suppress(Exception):
                session.stop()
            raise _fault(self._address, error) from None

    def _need_java(self) -> None:
        home = os.environ.get("JAVA_HOME", "")
        if not (shutil.which("java") or (home and (Path(home) / "bin" / "java").exists())):
            raise EngineError(
                t("engines", "Spark needs Java 17 or newer on this machine."),
                saw=t("engines", "neither 'java' on the path nor JAVA_HOME"),
                hint=t("engines", "install Java and look again, or go back: {back}", back=way_back()),
            )

    @cached_property
    def _session(self) -> SparkSession:
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master(f"spark://{self._address.host}:{self._address.port or PORT}")
        builder = builder.appName("playbook")
        for name, value in (*self._address.options, *STANDARD.items()):
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        return session


def translated(name: str, values: Mapping[str, Any], folder: Path) -> str:
    """A definition in Spark's words, over the Parquet in a folder."""
    import sqlglot

    from playbook.data.engines.statement import statement

    def source(kind: str) -> sqlglot.exp.Expr:
        place = (folder.resolve() / f"{kind}.parquet").as_uri().replace("`", "``")
        return sqlglot.parse_one(f"SELECT * FROM parquet.`{place}`", read="spark")

    return statement(name, values, source).sql(dialect="spark", comments=False)


def _fault(address: Address, error: Exception) -> EngineError:
    if "PATH_NOT_FOUND" in str(error) or "FILE_NOT_EXIST" in str(error):
        return EngineError(
            t("engines", "The workers of {engine} do not see the workspace's tables.", engine=address.text),
            saw=first_line(error),
            hint=t("engines", "put the workspace on a disk that all of them have under the same path"),
        )
    return silent_error(address, error)


def open_engine(address: Address) -> Spark:
    """The cluster at an address."""
    return Spark(address)
