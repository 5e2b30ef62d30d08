"""How one file writes numbers, days, money and statuses: settled over whole columns, asked where no column tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from playbook.data import money, stages
from playbook.data.dates import Order, day_order, needs_order, period
from playbook.data.header import read_name
from playbook.data.kinds import KINDS
from playbook.data.labels import FIELD_NAMES
from playbook.data.mapping import COLUMN, HEADER, SOURCE
from playbook.data.match import OTHER, Match, title_of
from playbook.data.numbers import Mark, decimal_mark
from playbook.data.sources import Source, sources, words
from playbook.data.text import Row, Sheet, written
from playbook.errors import PlaybookError
from playbook.i18n import number, t

VAT = ("included", "excluded", "none")
ORDERS_OF_DAY = ("dmy", "mdy")
_TEXTS = ("text", "id", "person")
_NUMBERS = ("money", "quantity", "count")
_DATES = ("day", "time")
_FREE = ("currency", "zone", "account", "part")
"""Settings whose answers are no list."""
_STAGE = "stage."
AHEAD = "ahead"
"""Answer: whether days that are years ahead are meant."""
_CODE = re.compile(r"[A-Za-z]{3}")


@dataclass(frozen=True)
class Question:
    """What no file can tell and a person must: `--set KEY=ANSWER` answers it."""

    key: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """How to read every cell of one file."""

    columns: dict[str, dict[str, int]]
    """kind -> field -> its column: the first filled one of those with its name."""
    others: dict[tuple[str, str], tuple[int, ...]]
    """(kind, field) -> more columns of texts with its name, for rows whose first one is blank."""
    marks: dict[int, Mark]
    orders: dict[int, Order | None]
    zone: str
    zones: dict[int, str]
    """Columns whose header says a time zone of their own."""
    currency: str
    scale: int
    """What amounts are divided by: a million where they are written in millionths."""
    assumed: bool
    """Whether the currency is taken to be the workspace's: the file says none."""
    account: str
    vat: str
    stages: dict[str, dict[str, str]]
    """kind -> the system's word -> ours."""
    skip: dict[int, frozenset[str]]
    """Columns, and words in them that say a row is no data."""
    returns: dict[int, frozenset[str]]
    """Columns, and words in them that say a row gives money back."""
    period: tuple[date, date] | None
    """The period in the title, where the rows have no days."""
    questions: tuple[Question, ...]
    answers: dict[str, str]
    """What a person or the workspace said of this file, as far as it was needed."""


def settle(sheet: Sheet, match: Match, answers: Mapping[str, str], *, zone: str, code: str) -> Shape:
    """Decide how the file is read; `answers` are what a person has said, `zone` and `code` (money) the workspace's own.

    Raises:
        PlaybookError: an answer is not one of those that can be given.
    """
    _check(answers)
    header, rows = sheet.rows[match.header], sheet.rows[match.header + 1 :]
    filled = {kind: _filled(rows, match.columns[kind]) for kind in match.kinds}
    columns = {kind: {field: places[0] for field, places in fields.items()} for kind, fields in filled.items()}
    orders, doubt = _orders(rows, columns)
    statuses = stages.statuses(rows, columns)
    large = money.millionths(rows, columns) if "micros" in match.source.asks else ""
    own = code if match.source.currency == "workspace" else match.source.currency
    said = dict(_said(answers, columns, statuses, zone=zone, own=own, doubts={"dates": doubt, "micros": large}))
    vat, sign = money.header_vat(header, columns) or said.get("vat", ""), money.header_currency(header, columns)
    unnamed = not sign and money.unnamed(rows, columns)
    meant = stages.meanings(statuses, match.source.statuses, _words_said(said))
    return Shape(
        columns=columns,
        others=_others(filled),
        marks=_marks(rows, columns),
        orders={column: order or _order(said.get("dates")) for column, order in orders.items()},
        zone=said.get("zone", zone),
        zones=_zones(header, match.source, columns),
        currency=sign or said.get("currency", ""),
        scale=money.MILLION if said.get("micros") == "yes" else 1,
        assumed=unnamed and bool(own),
        account=said.get("account", ""),
        vat=vat,
        stages=meant,
        skip=_saying(header, match.source.skip),
        returns=_saying(header, match.source.returns),
        period=next(filter(None, (period(" ".join(row.cells)) for row in sheet.rows[: match.header])), None),
        questions=(
            *_ask_source(match),
            *_ask_vat(match, vat),
            *_ask_dates(doubt if "dates" not in said else ""),
            *_ask_currency(match.source, unnamed=unnamed and "currency" not in said),
            *_ask_micros(match.source, large if "micros" not in said else ""),
            *_ask_stages(stages.unsettled(rows, columns), meant),
        ),
        answers=said,
    )


def _said(
    answers: Mapping[str, str],
    columns: dict[str, dict[str, int]],
    statuses: dict[str, list[str]],
    *,
    zone: str,
    own: str,
    doubts: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """The answers that this file needs, so that it can be read again exactly; those meant for other files left out."""
    words_seen = {read_name(word).whole for found in statuses.values() for word in found}
    needed = {
        "vat": "spend" in columns,
        "account": "spend" in columns,
        **{key: bool(doubt) for key, doubt in doubts.items()},
        "kind": True,
        "totals": True,
        "part": True,
        HEADER: True,
        **{key: True for key in answers if key.startswith(COLUMN)},
    }
    yield from ((key, answers[key]) for key, used in needed.items() if used and key in answers)
    yield from (
        (key, value)
        for key, value in answers.items()
        if key.startswith(_STAGE) and read_name(key.removeprefix(_STAGE)).whole in words_seen
    )
    if any("time" in (KINDS[kind].fields[field] for field in fields) for kind, fields in columns.items()):
        yield "zone", answers.get("zone", zone)
    named = all("currency" in fields or "currency" not in KINDS[kind].fields for kind, fields in columns.items())
    if code := (own if named else answers.get("currency", own)).upper():
        yield "currency", code


def _filled(rows: Iterable[Row], fields: dict[str, list[int]]) -> dict[str, list[int]]:
    """Of the columns with one name those that hold anything, the best first; the best alone where none does."""
    found = {}
    for field, places in fields.items():
        filled = [place for place in places if any(written(rows, place))] if len(places) > 1 else places
        found[field] = filled or places[:1]
    return found


def _others(filled: dict[str, dict[str, list[int]]]) -> dict[tuple[str, str], tuple[int, ...]]:
    return {
        (kind, field): tuple(places[1:])
        for kind, fields in filled.items()
        for field, places in fields.items()
        if len(places) > 1 and KINDS[kind].fields[field] in _TEXTS
    }


def _zones(header: Row, source: Source, columns: dict[str, dict[str, int]]) -> dict[int, str]:
    """Time zones that the system's facts or the headers themselves give, by column."""
    named = {column: read_name(header.cells[column]) for column, _ in _of(columns, ("time",))}
    found = {column: source.zones.get(name.whole) or words().zones.get(name.unit) for column, name in named.items()}
    return {column: zone for column, zone in found.items() if zone}


def _saying(header: Row, facts: Mapping[str, tuple[str, ...]]) -> dict[int, frozenset[str]]:
    """Where the headers of the facts stand, and the words that count there."""
    names = [read_name(cell).whole for cell in header.cells]
    return {names.index(name): frozenset(map(str.lower, found)) for name, found in facts.items() if name in names}


def _of(columns: dict[str, dict[str, int]], readers: tuple[str, ...]) -> list[tuple[int, str]]:
    """Every column that is read by one of the readers, with its reader."""
    return list(
        dict.fromkeys(
            (column, reader)
            for kind, fields in columns.items()
            for field, column in fields.items()
            if (reader := KINDS[kind].fields[field]) in readers
        )
    )


def _marks(rows: tuple[Row, ...], columns: dict[str, dict[str, int]]) -> dict[int, Mark]:
    """The decimal mark of every column of numbers; where a column proves none, the file's other columns do."""
    numbers = _of(columns, _NUMBERS)
    proved = {column: decimal_mark(written(rows, column)) for column, _ in numbers}
    common = decimal_mark(cell for column, mark in proved.items() if mark for cell in written(rows, column))
    marks: dict[int, Mark] = {}
    for column, reader in numbers:
        thousands = reader == "count" and any("." in cell for cell in written(rows, column))
        marks[column] = proved[column] or common or ("," if thousands else ".")
    return marks


def _orders(rows: tuple[Row, ...], columns: dict[str, dict[str, int]]) -> tuple[dict[int, Order | None], str]:
    """The order of day and month in every column of dates, and a cell that stays in doubt."""
    dates = [column for column, _ in _of(columns, _DATES)]
    proved: dict[int, Order | None] = {column: day_order(written(rows, column)) for column in dates}
    common: Order | None = next(filter(None, proved.values()), None)
    orders: dict[int, Order | None] = {column: order or common for column, order in proved.items()}
    doubt = (cell for column in dates if not orders[column] for cell in written(rows, column) if needs_order(cell))
    return orders, next(doubt, "")


def _order(answer: str | None) -> Order | None:
    return "mdy" if answer == "mdy" else "dmy" if answer == "dmy" else None


def _words_said(answers: Mapping[str, str]) -> dict[str, str]:
    """The words whose meaning a person has said."""
    return {key.removeprefix(_STAGE): value for key, value in answers.items() if key.startswith(_STAGE)}


def _ask_source(match: Match) -> Iterator[Question]:
    if match.likely:
        text = t("import", "Which system is this file from? {why}.", why=match.why)
        yield Question(SOURCE, text, (*match.likely, OTHER))


def _ask_vat(match: Match, vat: str) -> Iterator[Question]:
    if "vat" in match.source.asks and not vat:
        text = t("import", "Do the amounts of {system} include VAT?", system=match.title)
        yield Question("vat", text, VAT)


def _ask_dates(cell: str) -> Iterator[Question]:
    if cell:
        text = t("import", "In '{cell}', which number is the day? The file proves neither.", cell=cell)
        yield Question("dates", text, ORDERS_OF_DAY)


def _ask_currency(source: Source, *, unnamed: bool) -> Iterator[Question]:
    if unnamed and "currency" in source.asks:
        text = t("import", "In which currency are the amounts of {system}?", system=title_of(source))
        yield Question("currency", text, ("RUB", "USD", "EUR"))


def _ask_micros(source: Source, cell: str) -> Iterator[Question]:
    if cell:
        text = t(
            "import",
            "Are the amounts of {system} in millionths, so that {cell} is {value}?",
            system=title_of(source),
            cell=cell,
            value=number(int(cell) / money.MILLION, 2),
        )
        yield Question("micros", text, ("yes", "no"))


def _ask_stages(unsettled: Mapping[str, list[str]], meant: Mapping[str, dict[str, str]]) -> Iterator[Question]:
    for kind, found in unsettled.items():
        for word in found:
            if word not in meant[kind]:
                text = t("import", "What does the status '{word}' mean?", word=word[:60])
                yield Question(_STAGE + word, text, stages.STAGES[kind])


def _check(answers: Mapping[str, str]) -> None:
    """Refuse an answer that is none."""
    code = answers.get("currency", "")
    if code and not _CODE.fullmatch(code):
        raise _refused("currency", t("import", "A currency is three letters."), code, ("RUB", "USD", "EUR"))
    listed = _listed(answers)
    for key, value in answers.items():
        if key.startswith(COLUMN) and key.removeprefix(COLUMN) in FIELD_NAMES:
            continue
        if key not in listed and key not in _FREE:
            options = ("vat", "dates", "currency", "zone", "account", "kind", SOURCE, "stage.…")
            what = t("import", "There is no setting '{key}'.", key=key)
            raise _refused(key, what, key, (*options, *map(COLUMN.__add__, FIELD_NAMES)))
        if key in listed and value not in listed[key]:
            what = t("import", "'{key}' has an answer that is not on its list.", key=key)
            raise _refused(key, what, f"{key}={value}", listed[key])


def _listed(answers: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The answers that a setting may have, where there is a list of them."""
    listed: dict[str, tuple[str, ...]] = {
        "vat": VAT,
        "dates": ORDERS_OF_DAY,
        "kind": tuple(KINDS),
        "totals": ("ignore",),
        HEADER: ("yes", "no"),
        SOURCE: (*sources(), OTHER),
        AHEAD: ("yes", "no"),
        "micros": ("yes", "no"),
    }
    every = tuple(word for ours in stages.STAGES.values() for word in ours)
    return listed | {key: every for key in answers if key.startswith(_STAGE)}


def _refused(key: str, what: str, saw: str, options: tuple[str, ...]) -> PlaybookError:
    return PlaybookError(what, saw=saw, hint=t("import", "one of: {names}", names=", ".join(options)), field=key)
