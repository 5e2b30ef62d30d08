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
    """What no file of the system says and a person must: `vat`, `currency`, `dates`."""
    empty: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    blank_day: str = "reject"
    """`subtotal`: a row without a day may be a sum of other rows."""
    period: str = ""
    """`title`: the period of a report without days stands above the header."""
    currency: str = ""
    """`workspace`: amounts without a currency are in the workspace's own."""
    choose: str = "all"
    """`all` tables that a file can fill, or the `best` one."""
    continued: bool = False
    """Cells of an order stand on its first line only."""
    statuses: dict[str, dict[str, str]] = field(default_factory=dict)
    """kind -> the system's word -> ours."""


@dataclass(frozen=True)
class Words:
    """Words that exports of every system share."""

    totals: frozenset[str]
    empty: frozenset[str]
    currencies: dict[str, str]
    vat: dict[str, str]


@cache
def sources() -> dict[str, Source]:
    """Every system we know, by name."""
    return {path.stem: _source(path) for path in sorted((_HERE / "sources").glob("*.toml"))}


@cache
def known_headers() -> frozenset[str]:
    """Every header that any system's facts name, without units."""
    tables = [fields for source in sources().values() for fields in source.tables.values()]
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
    return Words(frozenset(data["totals"]), frozenset(data["empty"]), signs, vat)


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _source(path: Path) -> Source:
    data = _load(path)
    tables = {
        kind: {name: tuple(map(read_name, headers)) for name, headers in fields.items()}
        for kind, fields in data.pop("tables").items()
    }
    statuses = {
        kind: {read_name(word).whole: ours for ours, theirs in groups.items() for word in theirs}
        for kind, groups in data.pop("statuses", {}).items()
    }
    signature = tuple(tuple(map(read_name, group)) for group in data.pop("signature", []))
    for name in ("asks", "empty", "totals"):
        data[name] = tuple(data.get(name, ()))
    return Source(name=path.stem, tables=tables, statuses=statuses, signature=signature, **data)
