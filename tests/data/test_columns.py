"""A long file is read as columns with the same rows, rejects, messages, totals and sums as row by row."""

from __future__ import annotations

import random
import re
import shutil
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.data import Importer, aside, columns, preview, raw, tables, telling, undo
from playbook.data.changes import Changes
from playbook.data.clean import NotColumnsError
from playbook.data.engine import connect
from playbook.data.importer import Look, Outcome
from playbook.data.kinds import KINDS
from playbook.errors import PlaybookError
from playbook.workspace import Workspace
from tests.data.helpers import FILES, rows
from tests.data.helpers import everything as of_all
from tests.data.test_fuzz import ANSWERS, MADE, damaged

Seen = dict[str, Any]
ALL = 10**9
"""More rows than any of these files has."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One workspace for looks that write nothing but parts."""
    workspace = Workspace.create(tmp_path_factory.mktemp("columns"), currency="USD")
    workspace.set_setting("salt", "salt")
    return workspace


def as_columns(patch: pytest.MonkeyPatch, block: int = 300, glance: int = ALL) -> None:
    """Have every file read as columns, in small blocks, without rows that are read one by one for show."""
    patch.setattr(raw, "LONG", 1)
    patch.setattr(aside, "BLOCK", block)
    patch.setattr(telling, "FIRST", 0)
    patch.setattr(aside, "STRETCH", 4 * block)
    patch.setattr(columns, "GLANCE", glance)
    patch.setattr(columns, "_FEW", 5)
    patch.setattr(preview, "read_columns", without_excuse)


def without_excuse(*said: Any) -> columns.Found:
    """Read as columns; a statement that the engine does not take is a fault of ours, and no reason to go row by row."""
    try:
        return columns.read_columns(*said)
    except NotColumnsError as error:
        if error.__cause__:
            raise error.__cause__ from None
        raise


def typed(workspace: Workspace, look: Look) -> dict[str, list[Any]]:
    """The rows that an import would write, in the order of their lines."""
    assert look.preview
    one = look.preview.taken
    place = tables._part(workspace, one)
    tables.write_part(workspace, one, look.preview.reading)
    found: dict[str, list[Any]] = {}
    with closing(connect()) as db:
        for kind in look.preview.kinds:
            files = sorted(map(str, place.glob(f"{kind}.*")))
            found[kind] = sorted(db.read_parquet(files).project(", ".join(KINDS[kind].columns)).fetchall(), key=repr)
    shutil.rmtree(place)
    return found


def seen(workspace: Workspace, look: Look) -> Seen:
    """Everything that is told of a table and would be written of it."""
    if look.preview is None:
        error = look.error
        return {"name": look.name, "error": error and (error.what, error.saw, error.hint)}
    found = look.preview
    return {
        **Outcome(found).to_json(),
        "rejects": [vars(one) for one in found.reading.rejects],
        "controls": [vars(one) for one in found.reading.controls],
        "mapping": found.mapping,
        "answers": found.answers,
        "asked": [one.text for one in found.questions],
        "origin": found.origin,
        "typed": typed(workspace, look),
    }


def everything(workspace: Workspace, content: bytes, **said: str) -> tuple[list[Seen], int]:
    """All of a file's tables, and how many rows were read as columns."""
    try:
        looks = Importer(workspace).looks(content, "file.csv", settings={**ANSWERS, **said})
    except PlaybookError as error:
        return [{"error": (error.what, error.saw, error.hint)}], 0
    plain = [look.preview.reading.plain for look in looks if look.preview]
    return [seen(workspace, look) for look in looks], sum(one.rows for one in plain if one)


def assert_same(workspace: Workspace, content: bytes, block: int = 300, glance: int = ALL, **said: str) -> int:
    """Both ways give the same; how many rows were read as columns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw, "LONG", 10**10)
        by_rows, none = everything(workspace, content, **said)
    with pytest.MonkeyPatch.context() as patch:
        as_columns(patch, block, glance)
        by_columns, count = everything(workspace, content, **said)
    assert none == 0
    for one, other in zip(by_rows, by_columns, strict=True):
        for name in one | other:
            assert one.get(name) == other.get(name), name
    return count


def grown(content: bytes, draw: random.Random, count: int = 40) -> bytes:
    """A file with rows like its own at the end: some of their digits are others."""
    text = content.decode("utf-8", errors="replace")
    lines = text.splitlines(keepends=True)
    like = [line for line in lines[1:] if sum(map(str.isdigit, line)) > 3] or [text]
    end = "\r\n" if "\r\n" in text else "\n"
    more = "".join(varied(draw.choice(like), draw).rstrip("\r\n") + end for _ in range(count))
    return f"{text.rstrip()}{end}{more}".encode()


def varied(line: str, draw: random.Random) -> str:
    """The line with other long numbers, and up to three other digits anywhere."""
    found = re.sub(r"[0-9]{4,}", lambda hit: hit[0] if hit[0][:2] in ("19", "20") else _number(len(hit[0]), draw), line)
    letters = list(found)
    digits = [place for place, letter in enumerate(letters) if letter.isascii() and letter.isdigit()]
    for place in draw.sample(digits, min(len(digits), draw.randrange(4))):
        letters[place] = str(draw.randrange(10))
    return "".join(letters)


def _number(length: int, draw: random.Random) -> str:
    return "".join(str(draw.randrange(10)) for _ in range(length))


def mutated(workspace: Workspace, seed: int) -> int:
    """A grown file, two of three damaged too, read both ways in one of four zones; how many rows were columns."""
    draw = random.Random(seed)
    content = grown(MADE[seed % len(MADE)].read_bytes(), draw, draw.choice((10, 40, 120)))
    content = content if seed % 3 == 0 else damaged(content, seed)
    said = {"zone": ("UTC", "Europe/Moscow", "America/New_York", "Asia/Kolkata")[seed // 7 % 4]}
    said |= {"dates": "mdy"} if seed % 5 == 0 else {}
    return assert_same(workspace, content, (50, 300, 5000)[seed % 3], (4, 12, ALL)[seed // 3 % 3], **said)


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.stem)
def test_made_file_is_the_same_both_ways(shared: Workspace, path: Path) -> None:
    """Every made export."""
    assert_same(shared, path.read_bytes())


def test_most_grown_files_are_read_as_columns(shared: Workspace) -> None:
    """The proof is of something."""
    found = [
        assert_same(shared, grown(path.read_bytes(), random.Random(place))) for place, path in enumerate(MADE[::3])
    ]
    assert sum(count > 0 for count in found) > len(found) / 2


def test_damaged_files_are_the_same_both_ways(shared: Workspace) -> None:
    """Twenty from fixed seeds; a good part is read as columns."""
    assert sum(mutated(shared, seed) > 0 for seed in range(20)) > 5


@pytest.mark.prove
def test_five_hundred_damaged_files_are_the_same_both_ways(shared: Workspace) -> None:
    """The same at length."""
    assert sum(mutated(shared, seed) > 0 for seed in range(20, 520)) > 125


CELLS = {
    "customer": "|a@b.example|A@B.example |8 (912) 345-67-89|+7 912 345 67 89|89123456789|0|000|17|Иван|-|1234567"
    "|0000000|'79123456789|x;y|912-34|(495) 123-45-67|8912345678",
    "paid_at": "2026-06-01|2026-06-01 10:20|2026-06-01T10:20:30|01.06.2026 23:59|31.02.2026|1.6.26|01-06-2026 10:00|"
    "|13/06/2026|06/13/2026|05/06/2026|05/06/2026 1:05 PM|2026-03-29 02:30|29.03.2026 02:30|1989-01-01"
    "|2026-10-25T02:30:00|2026-06-01 24:00|2026-06-01 10:20:30.5"
    "|1 июня 2026 г.|01.06.2026 10:20:59 +03:00",
    "revenue": "|10|1,5|1.5|1 234,50|1\u00a0234.50|-3,00|1,234|(5)|12 ₽|$7|9999999999999|x|1,23456|0,0001|1 2 3"
    "|1\u202f000|+5|1e3|٣|7,25|8,10|0",
    "refund": "||0|1,00|n/a|—",
    "status": "paid|Paid |cancelled|open||-",
    "currency": "USD|usd|руб.||??|EUR",
    "segment": "a|b |\u00a0|\x01a|a\x01|\u2028|İK|\"|'|-|—|N/A|n/a",
    "product": "|t|N/A|u v",
}
"""Cells in every form that we know of; a file has a few forms of each."""


@st.composite
def orders(draw: st.DrawFn) -> str:
    """A table of orders with some of the columns."""
    left = draw(st.sets(st.sampled_from(sorted(CELLS)).filter(lambda name: name not in ("paid_at", "revenue"))))
    forms = {
        name: draw(st.lists(st.sampled_from(cells.split("|")), min_size=1, max_size=4))
        for name, cells in CELLS.items()
        if name not in left
    }
    lines = [";".join(["order_id", *forms])]
    odds = draw(st.sampled_from((1, 25)))
    for place in range(draw(st.integers(3, 50))):
        numbers = [f"Ё-{place}", f"{place}", "7", "", "1E+5", f" {place}\u00a0"]
        row = [
            draw(st.sampled_from(chosen)) if draw(st.integers(0, odds)) == 0 else chosen[0]
            for chosen in (numbers, *forms.values())
        ]
        lines.append(";".join(f'"{cell}"' if ";" in cell else cell for cell in row))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@settings(max_examples=16, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=orders(), zone=st.sampled_from(["UTC", "Europe/Berlin"]), glance=st.sampled_from([3, 10, ALL]))
def test_any_orders_are_the_same_both_ways(shared: Workspace, text: str, zone: str, glance: int) -> None:
    """Whatever mixture of forms the cells are in, also where it comes after the rows that were looked at first."""
    assert_same(shared, text.encode(), glance=glance, zone=zone)


LATE = {
    "as before": ("x;2026-06-09;7,50;paid;USD;s", "first"),
    "a status that nobody has seen": ("x;2026-06-09;7,50;shipped;USD;s", "first"),
    "an amount that cannot be read": ("x;2026-06-09;seven;paid;USD;s", "first"),
    "the same order again": ("Ё-7;2026-06-09;7,50;paid;USD;s", "first"),
    "a sum of all": ("Total;;307,50;;USD;", "first"),
    "another decimal mark": ("x;2026-06-09;7.50;paid;USD;s", "none"),
    "the day last, and which number it is not told before": ("x;05/06/2026;7,50;paid;USD;s", "all"),
    "a currency beside the amount": ("x;2026-06-09;7,50 €;paid;;s", "first"),
    "a column filled for the first time": ("x;2026-06-09;7,50;paid;USD;s", "first"),
}
"""A last row, and which rows tell how the file is to be read as columns: the first ones, all, or none."""


@pytest.mark.parametrize(("late", "by"), LATE.values(), ids=LATE)
def test_row_unlike_the_first_ones_is_seen(
    shared: Workspace, monkeypatch: pytest.MonkeyPatch, late: str, by: str
) -> None:
    """Forty orders of one form, of which ten are looked at first, and one more."""
    lines = [f"Ё-{place};2026-06-0{1 + place % 9};7,50;paid;USD;" for place in range(40)]
    text = "\n".join(["order_id;paid_at;revenue;status;currency;segment", *lines, late])
    looked: list[int] = []
    whole = columns._looked
    monkeypatch.setattr(columns, "_looked", lambda *said: looked.append(1) or whole(*said))
    count = assert_same(shared, text.encode(), glance=10)
    assert ("none" if count == 0 else "all" if looked else "first") == by


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "cp866"])
def test_quoted_cells_are_the_same_in_every_encoding(shared: Workspace, encoding: str) -> None:
    """Eighty orders with marks between cells inside quotes, every seventh with a line end in a cell."""
    rows_of = [
        f'{place};"Иван {place % 5}";2026-06-0{1 + place % 9};"{place},5";"{"s;t" if place % 7 else "x{}y"}"'
        for place in range(80)
    ]
    text = "\n".join(["order_id;customer;paid_at;revenue;segment", *rows_of]).replace("{}", "\n")
    assert assert_same(shared, text.encode(encoding), glance=20) > 0


def test_rows_without_a_header_are_the_same_both_ways(shared: Workspace) -> None:
    """A person says that the columns have numbers for names; every row is data, the first one too."""
    text = "\n".join(f"2026-06-{1 + place % 28:02d};C{place % 3};{place},50" for place in range(60))
    said = {"header": "no", "kind": "spend", "column.day": "1", "column.campaign": "2", "column.amount": "3"}
    assert assert_same(shared, text.encode(), glance=10, **said) > 50


@pytest.mark.parametrize("name", ["leads_ru.csv", "metrika_visits.tsv", "google_ads_daily.csv"])
def test_long_file_is_taken_in_undone_and_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The tables are those of the row way; the same file again changes nothing; lost tables come back; undo empties."""
    content = grown((FILES / name).read_bytes(), random.Random(5), 200)
    by_rows, by_columns = (Workspace.create(tmp_path / one, currency="USD") for one in ("rows", "columns"))
    for workspace in (by_rows, by_columns):
        workspace.set_setting("salt", "salt")
    imported(by_rows, content)
    as_columns(monkeypatch)
    assert imported(by_columns, content).added > 10
    expected = of_all(by_rows)
    assert of_all(by_columns) == expected
    again = imported(by_columns, content)
    assert (again.added, again.updated, again.removed) == (0, 0, 0)
    shutil.rmtree(by_columns.path / "tables")
    assert of_all(by_columns) == expected
    undo(by_columns, 1)
    assert set(map(len, of_all(by_columns).values())) == {0}


LONG = {**ANSWERS, "totals": "ignore", "stage.Думает": "open"}


def imported(workspace: Workspace, content: bytes) -> Changes:
    """What an import of a file changed."""
    importer = Importer(workspace)
    outcome = importer.run(importer.preview(content, "long.csv", settings=LONG))
    assert outcome.changes
    return outcome.changes


def test_two_long_files_looked_at_before_either_is_in(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look hashes persons with a salt of its own while there is none; the same person is one in the tables."""
    lines = [f"{{}}{place};a@b.example;2026-06-01;5" for place in range(99)]
    text = "\n".join(["order_id;customer;paid_at;revenue", *lines])
    as_columns(monkeypatch)
    importer = Importer(workspace)
    for look in [importer.preview(text.replace("{}", letter).encode(), f"{letter}.csv") for letter in "ab"]:
        assert look.reading.plain
        importer.run(look)
    assert len(set(rows(workspace, "orders", "customer"))) == 1
    assert len(rows(workspace, "orders", "id")) == 198


def test_look_that_was_cleared_away_is_taken_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that stands open for days: the rows typed at the look are gone, and the import has them all the same."""
    text = "\n".join(["order_id;paid_at;revenue", *(f"{place};2026-06-01;5" for place in range(99))])
    as_columns(monkeypatch)
    look = Importer(workspace).preview(text.encode(), "old.csv")
    assert look.reading.plain
    for file in chain(*look.reading.plain.files.values()):
        file.unlink()
    Importer(workspace).run(look)
    assert len(rows(workspace, "orders", "id")) == 99


def test_file_that_changes_after_it_was_looked_at(workspace: Workspace, tmp_path: Path) -> None:
    """It is left where it lies until it is taken in, and refused when it is another by then."""
    file = tmp_path / "long.csv"
    file.write_text("order_id;paid_at;revenue\n" + "".join(f"{place};2026-06-01;5\n" for place in range(70_000)))
    looked = Importer(workspace).preview(file)
    assert looked.reading.plain
    assert looked.reading.plain.rows > 69_000
    file.write_text(file.read_text().replace(";5\n", ";6\n"))
    with pytest.raises(PlaybookError, match="has changed since it was looked at"):
        Importer(workspace).run(looked)
    assert workspace.batches() == []
    assert list((workspace.path / "originals").iterdir()) == []
