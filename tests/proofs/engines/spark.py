"""A standalone cluster of Spark on loopback: a master and two workers, each a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyspark

WORKERS = 2
LONGEST_START = 90
MEMORY = "1g"


@contextmanager
def spark() -> Iterator[str]:
    """The address of a cluster that lives as long as the block."""
    java = Path(os.environ.get("PLAYBOOK_JAVA") or shutil.which("java") or "").resolve()
    os.environ["JAVA_HOME"] = str(java.parents[1])
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        log = _start(running, Path(folder), "master", "--port", "0")
        address = _said(log, r"Starting Spark master at (spark://\S+)")
        for number in range(WORKERS):
            log = _start(
                running, Path(folder), f"worker-{number}", "--cores", "1", "--memory", MEMORY, "-d", folder, address
            )
            _said(log, "(Successfully registered with master)")
        yield f"{address}?spark.sql.shuffle.partitions=2&spark.executor.memory=512m&spark.driver.host=127.0.0.1"
        from pyspark.sql import SparkSession

        session = SparkSession.getActiveSession()
        if session is not None:
            session.stop()


def _start(running: ExitStack, folder: Path, name: str, *words: str) -> Path:
    """A part of the cluster; it ends with the block."""
    home = Path(pyspark.__file__).parent
    kind = name.partition("-")[0]
    main = f"org.apache.spark.deploy.{kind}.{kind.title()}"
    command = [str(home / "bin" / "spark-class"), main, "--host", "127.0.0.1", "--webui-port", "0", *words]
    log = folder / f"{name}.log"
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "256m"}
    out = running.enter_context(log.open("wb"))
    process = running.enter_context(
        subprocess.Popen(command, env=environment, stdout=out, stderr=out, start_new_session=True)
    )
    running.callback(process.terminate)
    return log


def _said(log: Path, pattern: str) -> str:
    """What a part of the cluster writes once it is ready."""
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        found = re.search(pattern, log.read_text("utf-8", errors="replace"))
        if found:
            return found[1]
        time.sleep(0.2)
    raise RuntimeError(log.read_text("utf-8", errors="replace")[-3000:])
