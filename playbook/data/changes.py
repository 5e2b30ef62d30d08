"""What an import changes in the tables, and days that it would count twice."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playbook.data.engine import connect, query, quoted
from playbook.data.kinds import KINDS
from playbook.data.stages import STAGES
from playbook.i18n import tn

_BECAME = {
    ("leads", "won"): ("{n} lead became won", "{n} leads became won"),
    ("leads", "lost"): ("{n} lead became lost", "{n} leads became lost"),
    ("leads", "open"): ("{n} lead is open again", "{n} leads are open again"),
    ("orders", "paid"): ("{n} order became paid", "{n} orders became paid"),
    ("orders", "cancelled"): ("{n} order became cancelled", "{n} orders became cancelled"),
    ("orders", "open"): ("{n} order is open again", "{n} orders are open again"),
}


@dataclass(frozen=True)
class Changes:
    """Records that are new, that have other values now, and that are gone."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    moves: tuple[Move, ...] = ()
    """Leads and orders that are at another stage now."""
    refunds: int = 0
    """Orders of which more has been given back."""

    def to_json(self) -> dict[str, int]:
        """The three counts."""
        return {"added": self.added, "updated": self.updated, "removed": self.removed}

    def became(self) -> dict[str, Any]:
        """What has become of things that were there before."""
        moves = [{"kind": move.kind, "stage": move.stage, "count": move.count} for move in self.moves]
        return {"moves": moves, "refunds": self.refunds}

    def words(self) -> str:
        """What has become of things that were there before: `12 leads became won, 1 refund`; empty without any."""
        said = [move.words() for move in self.moves]
        if self.refunds:
            said.append(tn("import", "{n} refund", "{n} refunds", self.refunds))
        return ", ".join(said)


@dataclass(frozen=True)
class Move:
    """So many leads or orders that came to one stage."""

    kind: str
    stage: str
    count: int

    def words(self) -> str:
        """In words: `12 leads became won`."""
        one, many = _BECAME[self.kind, self.stage]
        return tn("import", one, many, self.count)


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
    added, updated, removed = (sum(counts) for counts in zip(*found, strict=True))
    if not updated:
        return Changes(added, updated, removed)
    moves = tuple(Move(kind, stage, count) for kind in STAGES for stage, count in _moved(old, new, kind))
    return Changes(added, updated, removed, moves, _refunded(old, new))


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


def _moved(old: Path, new: Path, kind: str) -> list[tuple[str, int]]:
    """How many came to which stage."""
    with closing(connect()) as db:
        rows = db.execute(
            f"SELECT n.stage, count(*) FROM {_both(old, new, kind)} WHERE n.stage <> o.stage GROUP BY n.stage"
        ).fetchall()
    found = {str(stage): int(count) for stage, count in rows}
    return [(stage, found[stage]) for stage in STAGES[kind] if stage in found]


def _refunded(old: Path, new: Path) -> int:
    with closing(connect()) as db:
        row = db.execute(
            f"SELECT count(*) FROM {_both(old, new, 'orders')} WHERE coalesce(n.refund, 0) > coalesce(o.refund, 0)"
        ).fetchone()
    return int(row[0]) if row else 0


def _both(old: Path, new: Path, kind: str) -> str:
    """Rows of a table before (`o`) and after (`n`), of the things that are in both."""
    before, after = (f"read_parquet({quoted(folder / (kind + '.parquet'))})" for folder in (old, new))
    return f"{before} o JOIN {after} n ON o.system = n.system AND o.id = n.id"


def _things(folder: Path, name: str) -> str:
    """Every thing of a table with all that its rows say, as one number: the sum of their hashes, in whatever order."""
    kind = KINDS[name]
    key = ", ".join(kind.replaces)
    values = [column for column in kind.columns if column not in ("file", "line", *kind.replaces)]
    said = ", ".join(f"coalesce(CAST({column} AS VARCHAR), chr(0))" for column in values)
    content = f"sum(CAST(hash(concat_ws('|', {said})) AS HUGEINT))"
    return (
        f"SELECT {key}, {content} AS content FROM read_parquet({quoted(folder / (name + '.parquet'))}) GROUP BY {key}"
    )
