"""What is known of each system's exports: facts from `sources/*.toml`, never code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playbook.data.header import Name, read_name

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Source:
    """One system: how its columns are called, and what its files do that others do not."""

    name: str
    title: str
    tables: dict[str, dict[str, tuple[Name, ...]]]
    """kind -> field -> the headers it goes by, the best first."""
    signature: tuple[tuple[Name, ...], ...] = ()
    """Headers that nearly every export of the system has; of each group one is enough."""
    asks: tuple[str, ...] = ()
    """What no file of the system says and a person must: `vat`, `currency`, `dates`, `micros` (money in millionths)."""
    empty: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    subtotal: tuple[str, ...] = ()
    """Fields of which a row without one may be a sum of other rows."""
    period: str = ""
    """`title`: the period of a report without days stands above the header."""
    periods: dict[str, dict[str, tuple[Name, ...]]] = field(default_factory=dict)
    """kind -> field -> headers of a file without days, each of whose rows is for a period."""
    zones: dict[str, str] = field(default_factory=dict)
    """Header -> the time zone its times are in."""
    skip: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Header -> words of rows that are no data, such as test payments."""
    only: dict[str, str] = field(default_factory=dict)
    """Table beside the main one -> the stage of the rows that enter it: only won deals are orders."""
    returns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Header -> words of rows that give money back: an order of their own whose amount is a refund."""
    control: tuple[str, ...] = ()
    """Labels under the rows whose number, in the same cell, is the sum of all amounts."""
    above: int = 0
    """Lines of the kind `Key: value` that stand above the header, where the headers alone tell nothing."""
    currency: str = ""
    """In what amounts without a currency are: a code, or `workspace` for the workspace's own."""
    choose: str = "all"
    """`all` tables that a file can fill, or the `best` one."""
    continued: bool = False
    """Cells of an order stand on its first line only."""
    statuses: dict[str, dict[str, str]] = field(default_factory=dict)
    """kind -> the system's word -> ours; `*` stands for anything."""
    lacks: dict[str, dict[str, str]] = field(default_factory=dict)
    """kind -> field -> how to get a column that the export does not have, for the reader."""


@dataclass(frozen=True)
class Words:
    """Words that exports of every system share."""

    totals: frozenset[str]
    empty: frozenset[str]
    currencies: dict[str, str]
    vat: dict[str, str]
    zones: dict[str, str]
    flags: dict[str, bool]


@cache
def sources() -> dict[str, Source]:
    """Every system we know, by name."""
    return {path.stem: _source(path) for path in sorted((_HERE / "sources").glob("*.toml"))}


@cache
def known_headers() -> frozenset[str]:
    """Every header that any system's facts name, without units."""
    tables = [fields for source in sources().values() for fields in (*source.tables.values(), *source.periods.values())]
    return frozenset(name.bare for fields in tables for names in fields.values() for name in names)


@cache
def words() -> Words:
    """The shared words, all in lower case."""
    data = _load(_HERE / "words.toml")
    signs = {
        form: code
        for code, names in data["currencies"].items()
        for sign in names
        for form in (sign, sign.replace(" ", ""))
    }
    vat = {phrase: answer for answer, phrases in data["vat"].items() for phrase in phrases}
    zones = {sign: zone for zone, signs in data["zones"].items() for sign in signs}
    flags = {word: answer == "yes" for answer, names in data["flags"].items() for word in names}
    return Words(frozenset(data["totals"]), frozenset(data["empty"]), signs, vat, zones, flags)


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _source(path: Path) -> Source:
    data = _load(path)
    tables, periods = _tables(data.pop("tables")), _tables(data.pop("periods", {}))
    statuses = {
        kind: {read_name(word).whole: ours for ours, theirs in groups.items() for word in theirs}
        for kind, groups in data.pop("statuses", {}).items()
    }
    signature = tuple(tuple(map(read_name, group)) for group in data.pop("signature", []))
    for name in ("zones", "skip", "returns"):
        data[name] = {read_name(header).whole: said for header, said in data.get(name, {}).items()}
    for name in ("asks", "empty", "totals", "subtotal", "control"):
        data[name] = tuple(data.get(name, ()))
    return Source(name=path.stem, tables=tables, periods=periods, statuses=statuses, signature=signature, **data)


def _tables(data: dict[str, dict[str, list[str]]]) -> dict[str, dict[str, tuple[Name, ...]]]:
    return {
        kind: {name: tuple(map(read_name, headers)) for name, headers in fields.items()}
        for kind, fields in data.items()
    }
