"""ClickHouse within a process (chdb) behind the part of its HTTP interface that a client uses.

chdb has no wire of its own. This face hands a request's statement to it as it came, and its answer back, so that the
playbook's own client, its copying of the tables and its statements are what is proved.
"""

from __future__ import annotations

import gzip
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import chdb

UNPACK = {"gzip": gzip.decompress, "deflate": zlib.decompress, "": bytes}


@contextmanager
def clickhouse() -> Iterator[str]:
    """The address of a ClickHouse that lives as long as the block."""
    with tempfile.TemporaryDirectory() as folder:
        connection = chdb.connect(f"{folder}/data")
        server = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Face", (_Face,), {"ask": _asker(connection, Path(folder))})
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"clickhouse://127.0.0.1:{server.server_port}/default"
        finally:
            server.shutdown()
            server.server_close()
            connection.close()


def _asker(connection: Any, folder: Path) -> Any:
    turn = threading.Lock()

    def ask(statement: str, body: bytes, form: str) -> bytes:
        """What ClickHouse answers; the rows of an INSERT go by a file, as chdb reads no body."""
        with turn:
            if statement.upper().startswith("INSERT"):
                passing = folder / "body"
                passing.write_bytes(body)
                head, _, kind = statement.rpartition(" FORMAT ")
                statement = f"{head} SELECT * FROM file('{passing}', '{kind.strip()}')"  # noqa: S608 - our own client's
            return bytes(connection.query(statement, form).bytes())

    return staticmethod(ask)


class _Face(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    ask: Any

    def do_POST(self) -> None:
        """A statement in the address or in the body."""
        values = dict(parse_qsl(urlsplit(self.path).query))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = UNPACK[self.headers.get("Content-Encoding", "")](body)
        statement = values.get("query", "")
        if not statement:
            line, _, rows = body.partition(b"\n") if body.upper().startswith(b"INSERT") else (body, b"", b"")
            statement, body = line.decode(), rows
        form = values.get("default_format") or self.headers.get("X-ClickHouse-Format") or "TabSeparated"
        head, mark, named = statement.rpartition("FORMAT ")
        if mark and named.strip().isalnum() and not statement.upper().startswith("INSERT"):
            statement, form = head, named.strip()
        try:
            code, answer = 200, self.ask(statement.strip(), body, form)
        except RuntimeError as error:
            code, answer = 500, str(error).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("X-ClickHouse-Format", form)
        self.send_header("X-ClickHouse-Timezone", "UTC")
        if code != 200:
            self.send_header("X-ClickHouse-Exception-Code", "1")
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST  # noqa: N815 - the names that the server looks for

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
