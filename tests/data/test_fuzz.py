"""Damaged files: each is read with its rows reconciled, or refused in words; the workspace stays whole."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.data import Importer
from playbook.errors import PlaybookError
from playbook.workspace import Workspace
from tests.data.helpers import FILES, everything, take

MADE = sorted(path for path in FILES.iterdir() if path.suffix == ".csv")
ANSWERS = {"vat": "included", "dates": "dmy", "currency": "USD"}
BAD = [
    "\x00",
    '"',
    "\n",
    ",",
    ";",
    "=1+1",
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
    }
    text = ways[draw.choice(sorted(ways))]()
    return text.encode(draw.choice(["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866"]), errors="replace")


def _sown(line: str, draw: random.Random) -> str:
    place = draw.randrange(len(line) + 1)
    return line[:place] + draw.choice(BAD) + line[place:] if draw.random() < 0.3 else line


def looked_at(workspace: Workspace, raw: bytes) -> bool:
    """Whether the file can be read; then its rows are reconciled, else the refusal has its words."""
    refusal: PlaybookError | None = None
    try:
        reading = Importer(workspace).preview(raw, "damaged.csv", settings=ANSWERS).reading
    except PlaybookError as error:
        refusal = error
    if refusal:
        assert (bool(refusal.what), bool(refusal.hint)) == (True, True)
        return False
    assert reading.rows == reading.accepted + reading.merged + reading.skipped + reading.rejected
    assert all(reject.reason for reject in reading.rejects)
    return True


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
