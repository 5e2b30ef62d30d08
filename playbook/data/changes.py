"""What an import changes in the tables, and days that it would count twice."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playbook.data.engine import connect, query, quoted
from playbook.data.kinds import KINDS


@dataclass(frozen=True)
class Changes:
    """Records that are new, that have other values now, and that are gone."""

    added: int = 0
    updated: int = 0
    removed: int = 0

    def to_json(self) -> dict[str, int]:
        """The three counts."""
        return {"added": self.added, "updated": self.updated, "removed": self.removed}


@dataclass(frozen=True)
class Overlap:
    """Two rows of spend for the same campaign that share days without being of the same days."""

    source: str
    campaign: str | None
    one: tuple[date, date]
    other: tuple[date, date]


def compare(old: Path, new: Path) -> Changes:
    """Compare two folders of tables, thing by thing (a day of a campaign, an order, a lead)."""
    found = [_compare(old, new, name) for name in KINDS if name != "items"]
    return Changes(*(sum(counts) for counts in zip(*found, strict=True)))


def overlapping(folder: Path) -> Overlap | None:
    """The first days that count twice, if any do."""
    for row in query(folder, "overlap"):
        return Overlap(
            row["source"], row["campaign"], (row["one_from"], row["one_to"]), (row["other_from"], row["other_to"])
        )
    return None


def _compare(old: Path, new: Path, name: str) -> tuple[int, int, int]:
    same = " AND ".join(f"o.{column} IS NOT DISTINCT FROM n.{column}" for column in KINDS[name].replaces)
    with closing(connect()) as db:
        row = db.execute(
            "SELECT count(*) FILTER (WHERE o.content IS NULL), count(*) FILTER (WHERE o.content <> n.content),"
            " count(*) FILTER (WHERE n.content IS NULL)"
            f" FROM ({_things(old, name)}) o FULL JOIN ({_things(new, name)}) n ON {same}"
        ).fetchone()
    added, updated, removed = row or (0, 0, 0)
    return int(added), int(updated), int(removed)


def _things(folder: Path, name: str) -> str:
    """Every thing of a table with all that its rows say, in one comparable text."""
    kind = KINDS[name]
    key = ", ".join(kind.replaces)
    values = [column for column in kind.columns if column not in ("file", "line", *kind.replaces)]
    said = ", ".join(f"coalesce(CAST({column} AS VARCHAR), chr(0))" for column in values)
    content = f"list_sort(list(md5(concat_ws('|', {said}))))"
    return (
        f"SELECT {key}, {content} AS content FROM read_parquet({quoted(folder / (name + '.parquet'))}) GROUP BY {key}"
    )
