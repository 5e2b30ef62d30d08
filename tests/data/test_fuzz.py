"""Damaged files: each is read with its rows reconciled, or refused in words; the workspace stays whole."""

from __future__ import annotations

import gzip
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.data import Importer
from playbook.data.importer import Look
from playbook.errors import PlaybookError
from playbook.workspace import Workspace
from tests.data.books import book, packed
from tests.data.helpers import FILES, everything, take

MADE = sorted(path for path in FILES.iterdir() if path.suffix in (".csv", ".tsv"))
ANSWERS = {"vat": "included", "dates": "dmy", "currency": "USD", "micros": "no", "ahead": "yes"}
BAD = [
    "\x00",
    '"',
    "\n",
    ",",
    ";",
    "=1+1",
    '=HYPERLINK("http://x.example","x")',
    "<script>",
    "\u00a0",
    "\ufeff",
    "1e9",
    "-",
    "Итого",
    "9" * 40,
    "NaN",
    "\ud7ff",
    "''",
]


def damaged(raw: bytes, seed: int) -> bytes:
    """A file cut, shuffled, re-encoded or sown with bad cells, the same for the same seed."""
    draw = random.Random(seed)
    text = raw.decode("utf-8", errors="replace")
    lines = text.splitlines(keepends=True)
    ways = {
        "cut": lambda: text[: draw.randrange(len(text) + 1)],
        "shuffle": lambda: "".join(draw.sample(lines, len(lines))),
        "sow": lambda: "".join(_sown(line, draw) for line in lines),
        "repeat": lambda: "".join(line for line in lines for _ in range(draw.choice((1, 1, 2)))),
        "swap": lambda: "".join(line.replace(",", draw.choice(",;\t")) for line in lines),
        "wide": lambda: "".join(line.rstrip("\n") + "," * draw.randrange(5) + "\n" for line in lines),
        "widest": lambda: text + "," * 10_000 + "\n" + text,
        "again": lambda: f"{text}\n{text}",
    }
    text = ways[draw.choice(sorted(ways))]()
    found = text.encode(draw.choice(["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866"]), errors="replace")
    return _packed(found, text, draw)


def _packed(found: bytes, text: str, draw: random.Random) -> bytes:
    """As it is, or packed, in a workbook, or in one that is cut off, spoilt or a bomb."""
    rows: list[list[object]] = [list(line.split(",")) for line in text.replace("\x00", "").splitlines()[:50]]
    way = draw.choice(["plain"] * 12 + ["gz", "zip", "xlsx", "cut", "spoilt", "bomb"])
    if way == "plain":
        return found
    if way == "xlsx":
        return book({"A": [row[:26] for row in rows], "B": [["day", "amount"], [date(2026, 6, 1), 5]]})
    if way == "bomb":
        return gzip.compress(found + bytes(25_000_000), 1)
    whole = gzip.compress(found) if way == "gz" else packed({"a.csv": found, "b.csv": found})
    if way == "cut":
        return whole[: draw.randrange(len(whole))]
    place = draw.randrange(len(whole))
    return whole if way != "spoilt" else whole[:place] + b"\x00" + whole[place + 1 :]


def _sown(line: str, draw: random.Random) -> str:
    place = draw.randrange(len(line) + 1)
    return line[:place] + draw.choice(BAD) + line[place:] if draw.random() < 0.3 else line


def looked_at(workspace: Workspace, raw: bytes) -> bool:
    """Whether the file can be read; then its rows are reconciled, else the refusal has its words."""
    looks = looked(workspace, raw, ANSWERS)
    for look in looks:
        if look.preview is None:
            continue
        reading = look.preview.reading
        assert reading.rows == reading.accepted + reading.merged + reading.skipped + reading.rejected
        assert all(reject.reason for reject in reading.rejects)
    return any(look.preview for look in looks)


def looked(workspace: Workspace, raw: bytes, answers: dict[str, str]) -> list[Look]:
    """Every table of a file; a refusal has its words."""
    try:
        return Importer(workspace).looks(raw, "damaged.csv", settings=answers)
    except PlaybookError as error:
        said(error)
        return []


def said(error: PlaybookError) -> None:
    """A refusal says what is wrong and what to do."""
    assert (bool(error.what), bool(error.hint)) == (True, True)


def assert_same(workspace: Workspace, before: list[int]) -> None:
    """No import came of it."""
    assert [batch.id for batch in workspace.batches()] == before


def imported(workspace: Workspace, raw: bytes) -> int:
    """How many tables of a file were taken in, its unknown statuses answered; the imports stay whole otherwise."""
    taken = 0
    for look in looked(workspace, raw, ANSWERS):
        asked = {one.key: one.answers[-1] for one in look.preview.questions} if look.preview else {}
        before = [batch.id for batch in workspace.batches()]
        try:
            again = Importer(workspace).preview(raw, "damaged.csv", settings={**ANSWERS, **look.settings, **asked})
            outcome = Importer(workspace).run(again)
        except PlaybookError as error:
            said(error)
            assert_same(workspace, before)
            continue
        reading = outcome.preview.reading
        assert reading.rows == reading.accepted + reading.merged + reading.skipped + reading.rejected
        taken += 1
    return taken


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One workspace for looks that write nothing."""
    return Workspace.create(tmp_path_factory.mktemp("fuzz"), currency="USD")


def test_damaged_files_are_reconciled_or_refused(shared: Workspace) -> None:
    """Two hundred files from fixed seeds; a good part of them can still be read."""
    assert len(MADE) > 20
    read = sum(looked_at(shared, damaged(MADE[seed % len(MADE)].read_bytes(), seed)) for seed in range(200))
    assert read > 60
    assert shared.batches() == []


@pytest.mark.prove
def test_two_thousand_damaged_files_are_imported_or_refused(tmp_path: Path) -> None:
    """Taken in for real, ten to a workspace: rows reconciled, nothing half done, the tables readable after each ten."""
    taken = 0
    for first in range(0, 2000, 10):
        workspace = Workspace.create(tmp_path / str(first), currency="USD")
        for seed in range(first, first + 10):
            taken += imported(workspace, damaged(MADE[seed % len(MADE)].read_bytes(), seed))
        assert set(everything(workspace)) == {"spend", "touches", "leads", "orders", "items", "costs"}
    assert taken > 800


@settings(
    max_examples=100, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=4), max_size=8))
def test_any_cells_are_reconciled_or_refused(shared: Workspace, cells: list[list[str]]) -> None:
    """Whatever stands under a known header, every row is accounted for."""
    body = "\n".join(",".join(row) for row in cells)
    looked_at(shared, f"day,campaign,amount\n{body}\n".encode("utf-8", errors="replace"))


@settings(max_examples=50, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(shared: Workspace, raw: bytes) -> None:
    """No bytes at all end in anything but words."""
    looked_at(shared, raw)


def test_refused_import_leaves_the_workspace_whole(workspace: Workspace) -> None:
    """Ten damaged files tried for real: what was there before stays, or new rows come in one piece."""
    take(workspace, "costs.csv")
    before = everything(workspace)["costs"]
    importer = Importer(workspace)
    for seed in range(10):
        try:
            importer.run(importer.preview(damaged((FILES / "shopify_lines.csv").read_bytes(), seed), f"{seed}.csv"))
        except PlaybookError:
            continue
    orders = everything(workspace)
    assert orders["costs"] == before
    assert {row[1] for row in orders["items"]} <= {row[1] for row in orders["orders"]}
