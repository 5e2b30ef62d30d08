"""A long file laid aside: every line and every odd row is what the csv module reads there, whatever is quoted."""

from __future__ import annotations

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.data import aside, raw
from playbook.data.clean import NotLaidError, Writer
from playbook.data.raw import Raw
from playbook.data.text import Row

CELLS = st.text('ab";, \né€', max_size=5)
LINES = st.lists(st.tuples(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), st.tuples(*[CELLS] * 3)), min_size=3)


def written(lines: list[tuple[int, tuple[str, ...]]], delimiter: str) -> str:
    """The lines as a file, some of them quoted throughout; none is blank, which might begin a second table."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerow(("date", "cost", "clicks"))
    for quoting, (first, *others) in lines:
        row = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
        row.writerow((f"x{first}", *others))
    return out.getvalue()


def laid(content: bytes) -> tuple[str, list[Row]]:
    """The mark between the cells and all rows, as they are laid aside in small blocks and stretches."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("BLOCK", 40), ("STRETCH", 150)):
            patch.setattr(aside, name, value)
        patch.setattr(raw, "LONG", 1)
        sheet = aside.read(Raw(content))
        if not sheet.aside:
            return sheet.delimiter, list(sheet.rows)
        rows = [*sheet.aside.rows(range(1, sheet.aside.lines + 1)), *sheet.aside.odd]
        return sheet.delimiter, sorted(rows, key=lambda row: row.line)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=LINES, delimiter=st.sampled_from(",;\t"), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_rows_are_those_of_the_csv_module(
    lines: list[tuple[int, tuple[str, ...]]], delimiter: str, encoding: str
) -> None:
    """Separators, quotes and line ends inside quotes belong to the cell, and rows that run on have their first line."""
    text = written(lines, delimiter)
    with suppress(NotLaidError):
        found, rows = laid(text.encode(encoding))
        if found == delimiter:
            reader = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline="\n"), delimiter=delimiter)
            assert [row.cells for row in rows] == [tuple(cells) for cells in reader]


def test_quoted_lines_are_laid_without_reading_them_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quotes about whole cells, with separators inside or nothing at all, are no reason to."""
    monkeypatch.setattr(Writer, "_by_rows", None)
    lines = [(csv.QUOTE_ALL, (f"{place}", "a; b", "")) for place in range(300)]
    _, rows = laid(written(lines, ";").encode())
    assert [row.cells for row in rows[1:]] == [(f"x{place}", "a; b", "") for place in range(300)]
