"""Which system a file comes from, where its header stands, and which column is what; always with the reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from playbook.data.header import Headers, Name
from playbook.data.kinds import COMPANION, KINDS
from playbook.data.mapping import mapped
from playbook.data.sources import Source, sources
from playbook.data.text import Row, Sheet
from playbook.data.unknown import header_seen, unknown
from playbook.errors import LacksColumns, LikelyLacks, PlaybookError
from playbook.i18n import t

SURE = 0.8
"""The share of a system's signature headers from which a file is taken to be its."""
LIKELY = 0.6
"""The share from which a person is asked whether it is."""
SURE_OF_PLAIN = 0.5
"""The share of a plain table's columns that must be known to us."""
_HEADER_WITHIN = 40
"""Rows among which the header is looked for."""
_FEWEST = 2
"""Headers that a table has at least."""
OTHER = "other"
"""A person's word that a file is of none of the systems it looks like."""
_MOST_LIKELY = 3
"""Systems that a person may choose among."""

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)

Columns = dict[str, dict[str, list[int]]]
"""kind -> field -> the columns it may stand in, the best first."""


@dataclass(frozen=True)
class Match:
    """What a file was found to be."""

    source: Source
    header: int
    """The header's place among the rows of the sheet."""
    columns: Columns
    confidence: float
    why: str
    missing: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    """Systems that it may be of, the likeliest first, where a person must say."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The tables the file feeds, the main one first."""
        return tuple(self.columns)

    @property
    def title(self) -> str:
        """What people call the system."""
        return title_of(self.source)

    @property
    def rank(self) -> tuple[bool, float, int]:
        """The better of two matches has the larger rank: nothing missing, then sure, then more columns known."""
        return not self.missing, self.confidence, self.known

    @property
    def known(self) -> int:
        """How many of its columns are known."""
        return sum(len(fields) for fields in self.columns.values())


def recognise(sheet: Sheet, source: str | None = None, kind: str = "", said: Mapping[str, str] | None = None) -> Match:
    """Find out what a file is; `source`, `kind` and what is `said` of its columns are the person's own word for it.

    Raises:
        PlaybookError: no system fits well enough, or a column that its table cannot do without is missing.
    """
    every = [mapped(system, said, kind) for system in sources().values()] if said else list(sources().values())
    if source and source != OTHER:
        own = [system for system in every if system.name == _known(source).name]
        best = max(_candidates(sheet, own, kind), key=lambda match: match.rank, default=None)
        if best is None or best.missing:
            raise _lacking(sheet, _known(source), best)
        return best
    systems = [system for system in every if system.signature and source != OTHER]
    found = _candidates(sheet, systems, kind)
    if sure := _best(found, SURE):
        return sure
    others = _candidates(sheet, [system for system in every if not system.signature], kind)
    plain = _best(others, 0.0 if said or kind else SURE_OF_PLAIN)
    likely = [] if said or kind else _likely(found)
    if likely and not likely[0].missing and likely[0].known > (plain.known if plain else 0):
        names = tuple(match.source.name for match in likely if not match.missing)
        return replace(likely[0], likely=names[:_MOST_LIKELY])
    if plain:
        return plain
    best = max(found + others, key=lambda match: match.confidence, default=None)
    if best and best.missing and (said or kind or (best.source.signature and best.confidence >= SURE)):
        raise _lacking(sheet, best.source, best)
    if likely:
        raise _lacking(sheet, likely[0].source, likely[0])
    raise unknown(sheet, best.why if best else "")


def title_of(source: Source) -> str:
    """What people call a system, in the reader's language."""
    return t("import", source.title)


def system_title(name: str) -> str:
    """What people call the system with this name in the tables; the name itself where we do not know it."""
    return title_of(sources()[name]) if name in sources() else name


def _best(tried: list[Match], least: float) -> Match | None:
    """The best of those that are sure enough and lack nothing."""
    sure = [match for match in tried if match.confidence >= least and not match.missing]
    return max(sure, key=lambda match: match.rank, default=None)


def _likely(tried: list[Match]) -> list[Match]:
    """Of every system that the file may be of its best match, those that lack nothing first."""
    found: dict[str, Match] = {}
    for match in sorted(tried, key=lambda match: match.rank, reverse=True):
        if match.source.signature and match.confidence >= LIKELY:
            found.setdefault(match.source.name, match)
    return list(found.values())


def _candidates(sheet: Sheet, systems: list[Source], kind: str) -> list[Match]:
    found = []
    for place, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        if sum(bool(cell.strip()) for cell in row.cells) >= _FEWEST:
            headers = Headers(row.cells)
            above = sheet.rows[:place]
            found += [match for system in systems if (match := _match(above, row, headers, system, kind))]
    return found


def _match(above: Sequence[Row], row: Row, headers: Headers, source: Source, kind: str) -> Match | None:
    tables = {name: _fields(headers, fields, source.periods.get(name, {})) for name, fields in source.tables.items()}
    lacks = {name: _lacks(name, fields, source) for name, fields in tables.items()}
    chosen = _choose(source, tables, lacks, kind)
    if not chosen or not any(tables[name] for name in chosen):
        return None
    columns = {name: tables[name] for name in chosen}
    absent = [group for group in source.signature if not headers.has(group)]
    hits = len(source.signature) - len(absent)
    if source.above and sum(":" in cells[0] for cells in (line.cells for line in above) if cells) < source.above:
        return None
    known = {place for fields in columns.values() for places in fields.values() for place in places}
    confidence = hits / len(source.signature) if source.signature else len(known) / headers.filled
    why = _why(source, _spoken(absent, headers), len(known), headers.filled, row.line)
    return Match(source, len(above), columns, round(confidence, 2), why, lacks[chosen[0]])


def _fields(
    headers: Headers, fields: dict[str, tuple[Name, ...]], periods: dict[str, tuple[Name, ...]]
) -> dict[str, list[int]]:
    """The columns of each field; those of a row's own period only where there is no day."""
    found = {field: headers.places(names) for field, names in fields.items()}
    if not found.get("day"):
        found |= {field: headers.places(names) for field, names in periods.items()}
    return {field: places for field, places in found.items() if places}


def _lacks(kind: str, fields: dict[str, list[int]], source: Source) -> tuple[str, ...]:
    """Fields the table needs and the header does not have."""
    lacking = [group for group in KINDS[kind].needs if not any(field in fields for field in group)]
    return tuple(group[0] for group in lacking if not (group == ("day",) and source.period == "title"))


def _choose(
    source: Source, tables: dict[str, dict[str, list[int]]], lacks: dict[str, tuple[str, ...]], kind: str
) -> list[str]:
    """The tables a file of the system fills, the main one first."""
    if source.choose == "all":
        main = next(iter(tables))
        return [main, *(name for name in tables if name != main and not lacks[name])]
    asked = [name for name in tables if name == kind or (not kind and name not in COMPANION.values())]
    if not asked:
        return []
    main = max(asked, key=lambda name: (not lacks[name], len(tables[name])))
    beside = COMPANION.get(main, "")
    return [main, beside] if beside in tables and not lacks[beside] else [main]


def _spoken(groups: Sequence[tuple[Name, ...]], headers: Headers) -> list[str]:
    """A header of each group as a person would look for it: in the alphabet of the file."""
    russian = any(_CYRILLIC.search(name.whole) for name in headers.names)
    return [
        next((one for one in group if bool(_CYRILLIC.search(one.whole)) is russian), group[0]).whole for group in groups
    ]


def _why(source: Source, absent: Sequence[str], known: int, filled: int, line: int) -> str:
    where = t("import", "the header is on line {line}", line=line) if line else t("import", "the columns have numbers")
    if source.signature:
        share = t(
            "import",
            "{hits} of {all} signature headers of {system}",
            hits=len(source.signature) - len(absent),
            all=len(source.signature),
            system=title_of(source),
        )
        if absent:
            share += "; " + t("import", "not found: {names}", names=", ".join(absent))
    else:
        share = t("import", "{known} of {all} columns are known to us", known=known, all=filled)
    return f"{share}; {where}"


def _known(name: str) -> Source:
    if name in sources():
        return sources()[name]
    raise PlaybookError(
        t("import", "There is no source '{name}'.", name=name),
        saw=name,
        hint=t("import", "one of: {names}", names=", ".join(sources())),
        field="source",
    )


def _lacking(sheet: Sheet, source: Source, best: Match | None) -> LacksColumns:
    title = title_of(source)
    missing = best.missing if best else tuple(group[0] for group in KINDS[next(iter(source.tables))].needs)
    kind = best.kinds[0] if best else next(iter(source.tables))
    names = "; ".join(
        ", ".join(dict.fromkeys(name.whole for name in source.tables[kind].get(field, ()))) for field in missing
    )
    remedy = t("import", "switch these columns on in the export, or name them so: {names}", names=names)
    words = " ".join(f'--set "column.{field}={t("import", "Header")}"' for field in missing)
    likely = bool(best and best.source.signature and best.confidence < SURE)
    what = (
        t(
            "import",
            "The file looks like an export of {system} and lacks columns that such data cannot do without.",
            system=title,
        )
        if likely
        else t("import", "The file lacks columns that {system} data cannot do without.", system=title)
    )
    hint = f"{remedy}; {t('import', 'or say what its columns are: {example}', example=words)}"
    return (LikelyLacks if likely else LacksColumns)(what, saw=header_seen(sheet), hint=hint, remedy=remedy)
