"""What the status of a lead or an order means: by flags beside it, by facts of its system, or by a person's word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from playbook.data.header import read_name
from playbook.data.sources import words
from playbook.data.text import Row, written

STAGES = {"orders": ("paid", "open", "cancelled"), "leads": ("won", "lost", "open")}
_FLAGS = ("won", "closed")

Columns = Mapping[str, Mapping[str, int]]


def statuses(rows: Sequence[Row], columns: Columns) -> dict[str, list[str]]:
    """The words that stand in the status columns, by kind."""
    found = {kind: fields["status"] for kind, fields in columns.items() if kind in STAGES and "status" in fields}
    return {kind: written(rows, column) for kind, column in found.items()}


def unsettled(rows: Sequence[Row], columns: Columns) -> dict[str, list[str]]:
    """The words of statuses on which a row's stage depends: those beside no flag that tells it."""
    found = {}
    for kind, words_seen in statuses(rows, columns).items():
        flags = {name: columns[kind][name] for name in _FLAGS if name in columns[kind]}
        left = (row for row in rows if _of_flags(*(_flag(row, flags.get(name)) for name in _FLAGS)) is None)
        found[kind] = written(left, columns[kind]["status"]) if flags else words_seen
    return found


def meanings(
    found: Mapping[str, Iterable[str]], facts: Mapping[str, Mapping[str, str]], said: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """What each word of the file means, by kind, as far as a person (`said`, word by word) or the facts tell."""
    meant: dict[str, dict[str, str]] = {}
    for kind, words_seen in found.items():
        known = dict(facts.get(kind, {})) | _of_kind(said, kind)
        stars = {word: stage for word, stage in known.items() if "*" in word}
        whole = {word: read_name(word).whole for word in words_seen}
        liked = {word: stage for word in whole for star, stage in stars.items() if fnmatchcase(whole[word], star)}
        found_in = liked | {word: known[whole[word]] for word in whole if whole[word] in known}
        meant[kind] = {whole[word]: stage for word, stage in found_in.items()} | found_in
    return meant


def stage(kind: str, record: Mapping[str, object], meant: Mapping[str, str], *, unpaid: bool = False) -> str:
    """The stage of one lead or order; without a status an order is paid unless its day of payment is empty."""
    if (told := _of_flags(record.get("won"), record.get("closed"))) and kind == "leads":
        return told
    if status := record.get("status"):
        return meant.get(str(status)) or meant.get(read_name(str(status)).whole, "open")
    return "open" if unpaid or kind == "leads" else "paid"


def read_flag(cell: str) -> bool | None:
    """Yes, no, or neither."""
    return words().flags.get(cell.strip().lower())


def _flag(row: Row, column: int | None) -> bool | None:
    return None if column is None or column >= len(row.cells) else read_flag(row.cells[column])


def _of_flags(won: object, closed: object) -> str | None:
    """The stage that flags tell: not closed is open whatever its status is called, closed alone is not won."""
    if won is True:
        return "won"
    if closed is False:
        return "open"
    return "lost" if won is False and closed is True else None


def _of_kind(said: Mapping[str, str], kind: str) -> dict[str, str]:
    """What a person said statuses mean; a deal that is won is an order that is paid."""
    same = dict(zip(STAGES["leads"], ("paid", "cancelled", "open"), strict=True))
    other = same if kind == "orders" else {ours: theirs for theirs, ours in same.items()}
    return {read_name(word).whole: other.get(stage, stage) for word, stage in said.items()}
