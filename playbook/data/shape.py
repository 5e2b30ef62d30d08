"""How one file writes numbers, days, money and statuses: settled over whole columns, asked where no column tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from playbook.data.dates import Order, day_order, needs_order, period
from playbook.data.header import read_name
from playbook.data.kinds import KINDS
from playbook.data.match import Match, title_of
from playbook.data.numbers import Mark, currency, decimal_mark
from playbook.data.sources import Source, words
from playbook.data.text import Row, Sheet
from playbook.errors import PlaybookError
from playbook.i18n import t

VAT = ("included", "excluded", "none")
STAGES = {"orders": ("paid", "open", "cancelled"), "leads": ("won", "lost", "open")}
ORDERS_OF_DAY = ("dmy", "mdy")
_NUMBERS = ("money", "quantity", "count")
_DATES = ("day", "time")
_STAGE = "stage."
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
    marks: dict[int, Mark]
    orders: dict[int, Order | None]
    zone: str
    currency: str
    account: str
    vat: str
    stages: dict[str, dict[str, str]]
    """kind -> the system's word -> ours."""
    period: tuple[date, date] | None
    """The period in the title, where the rows have no days."""
    questions: tuple[Question, ...]
    answers: dict[str, str]
    """What a person or the workspace said of this file, as far as it was needed."""


def settle(sheet: Sheet, match: Match, answers: Mapping[str, str], *, zone: str, money: str) -> Shape:
    """Decide how the file is read; `answers` are what a person has said, `zone` and `money` the workspace's own.

    Raises:
        PlaybookError: an answer is not one of those that can be given.
    """
    _check(answers)
    header, rows = sheet.rows[match.header], sheet.rows[match.header + 1 :]
    columns = {kind: _columns(rows, match, kind) for kind in match.kinds}
    orders, doubt = _orders(rows, columns)
    statuses = _statuses(rows, columns)
    own = money if match.source.currency == "workspace" else ""
    said = dict(_said(answers, columns, doubt, statuses, zone=zone, own=own))
    vat, sign = _unit_vat(header, columns) or said.get("vat", ""), _unit_currency(header, columns)
    stages = {kind: match.source.statuses.get(kind, {}) | _answered(said, kind) for kind in STAGES}
    questions = (
        *_ask_vat(match, vat),
        *_ask_dates(doubt if "dates" not in said else ""),
        *_ask_currency(match.source, rows, columns, sign or said.get("currency", "")),
        *_ask_stages(statuses, stages),
    )
    return Shape(
        columns=columns,
        marks=_marks(rows, columns),
        orders={column: order or _order(said.get("dates")) for column, order in orders.items()},
        zone=said.get("zone", zone),
        currency=sign or said.get("currency", ""),
        account=said.get("account", ""),
        vat=vat,
        stages=stages,
        period=next(filter(None, (period(" ".join(row.cells)) for row in sheet.rows[: match.header])), None),
        questions=questions,
        answers=said,
    )


def _said(
    answers: Mapping[str, str],
    columns: dict[str, dict[str, int]],
    doubt: str,
    statuses: dict[str, list[str]],
    *,
    zone: str,
    own: str,
) -> Iterator[tuple[str, str]]:
    """The answers that this file needs, so that it can be read again exactly; those meant for other files left out."""
    words_seen = {read_name(word).whole for found in statuses.values() for word in found}
    needed = {
        "vat": "spend" in columns,
        "account": "spend" in columns,
        "dates": bool(doubt),
        "kind": True,
        "totals": True,
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


def _columns(rows: Iterable[Row], match: Match, kind: str) -> dict[str, int]:
    """Of the columns with one name, the first that holds anything."""
    fields = match.columns[kind]
    filled = {column for places in fields.values() if len(places) > 1 for column in places if any(cells(rows, column))}
    return {field: next((place for place in places if place in filled), places[0]) for field, places in fields.items()}


def cells(rows: Iterable[Row], column: int) -> list[str]:
    """What is written in a column, each different cell once, in the order it first stands."""
    empty = words().empty
    different = dict.fromkeys(row.cells[column] for row in rows if column < len(row.cells))
    return [cell for cell in map(str.strip, different) if cell and cell.lower() not in empty]


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
    proved = {column: decimal_mark(cells(rows, column)) for column, _ in numbers}
    common = decimal_mark(cell for column, mark in proved.items() if mark for cell in cells(rows, column))
    marks: dict[int, Mark] = {}
    for column, reader in numbers:
        thousands = reader == "count" and any("." in cell for cell in cells(rows, column))
        marks[column] = proved[column] or common or ("," if thousands else ".")
    return marks


def _orders(rows: tuple[Row, ...], columns: dict[str, dict[str, int]]) -> tuple[dict[int, Order | None], str]:
    """The order of day and month in every column of dates, and a cell that stays in doubt."""
    dates = [column for column, _ in _of(columns, _DATES)]
    proved: dict[int, Order | None] = {column: day_order(cells(rows, column)) for column in dates}
    common: Order | None = next(filter(None, proved.values()), None)
    orders: dict[int, Order | None] = {column: order or common for column, order in proved.items()}
    doubt = (cell for column in dates if not orders[column] for cell in cells(rows, column) if needs_order(cell))
    return orders, next(doubt, "")


def _order(answer: str | None) -> Order | None:
    return "mdy" if answer == "mdy" else "dmy" if answer == "dmy" else None


def _statuses(rows: tuple[Row, ...], columns: dict[str, dict[str, int]]) -> dict[str, list[str]]:
    """The words that stand in the status columns, by kind."""
    found = {kind: fields["status"] for kind, fields in columns.items() if kind in STAGES and "status" in fields}
    return {kind: cells(rows, column) for kind, column in found.items()}


def _units(header: Row, columns: dict[str, dict[str, int]]) -> list[str]:
    """What stands beside the names of the amount columns."""
    return [read_name(header.cells[column]).unit for column, _ in _of(columns, ("money",))]


def _unit_currency(header: Row, columns: dict[str, dict[str, int]]) -> str:
    return next(filter(None, map(currency, _units(header, columns))), "")


def _unit_vat(header: Row, columns: dict[str, dict[str, int]]) -> str:
    phrases = words().vat
    return next((phrases[phrase] for unit in _units(header, columns) for phrase in phrases if phrase in unit), "")


def _answered(answers: Mapping[str, str], kind: str) -> dict[str, str]:
    """What a person said statuses mean; a deal that is won is an order that is paid."""
    same = dict(zip(STAGES["leads"], ("paid", "cancelled", "open"), strict=True))
    other = same if kind == "orders" else {ours: theirs for theirs, ours in same.items()}
    said = {key.removeprefix(_STAGE): value for key, value in answers.items() if key.startswith(_STAGE)}
    found = {read_name(word).whole: value for word, value in said.items()}
    return {word: other.get(stage, stage) for word, stage in found.items()}


def _ask_vat(match: Match, vat: str) -> Iterator[Question]:
    if "vat" in match.source.asks and not vat:
        text = t("import", "Do the amounts of {system} include VAT?", system=match.title)
        yield Question("vat", text, VAT)


def _ask_dates(cell: str) -> Iterator[Question]:
    if cell:
        text = t("import", "In '{cell}', which number is the day? The file proves neither.", cell=cell)
        yield Question("dates", text, ORDERS_OF_DAY)


def _ask_currency(
    source: Source, rows: Iterable[Row], columns: dict[str, dict[str, int]], sign: str
) -> Iterator[Question]:
    """Asked where neither a column, nor a header, nor a cell names a currency."""
    if sign or "currency" not in source.asks:
        return
    for kind, fields in columns.items():
        money = [column for field, column in fields.items() if KINDS[kind].fields[field] == "money"]
        if "currency" not in KINDS[kind].fields or not money:
            continue
        named = [fields["currency"]] if "currency" in fields else money
        if not any(
            currency(cell.strip("0123456789.,+- \u00a0")) or "currency" in fields
            for column in named
            for cell in cells(rows, column)
        ):
            text = t("import", "In which currency are the amounts of {system}?", system=title_of(source))
            yield Question("currency", text, ("RUB", "USD", "EUR"))
            return


def _ask_stages(statuses: dict[str, list[str]], stages: dict[str, dict[str, str]]) -> Iterator[Question]:
    for kind, found in statuses.items():
        for word in found:
            if read_name(word).whole not in stages[kind]:
                text = t("import", "What does the status '{word}' mean?", word=word[:60])
                yield Question(_STAGE + word, text, STAGES[kind])


def _check(answers: Mapping[str, str]) -> None:
    """Refuse an answer that is none."""
    allowed: dict[str, tuple[str, ...]] = {
        "vat": VAT,
        "dates": ORDERS_OF_DAY,
        "kind": tuple(KINDS),
        "totals": ("ignore",),
    }
    allowed |= {
        key: tuple(word for ours in STAGES.values() for word in ours) for key in answers if key.startswith(_STAGE)
    }
    code = answers.get("currency", "")
    if code and not _CODE.fullmatch(code):
        raise _refused("currency", t("import", "A currency is three letters."), code, ("RUB", "USD", "EUR"))
    for key, value in answers.items():
        if key not in allowed and key not in ("currency", "zone", "account"):
            raise _refused(
                key,
                t("import", "There is no setting '{key}'.", key=key),
                key,
                ("vat", "dates", "currency", "zone", "account", "kind", "stage.…"),
            )
        if key in allowed and value not in allowed[key]:
            raise _refused(
                key,
                t("import", "'{key}' has an answer that is not on its list.", key=key),
                f"{key}={value}",
                allowed[key],
            )


def _refused(key: str, what: str, saw: str, options: tuple[str, ...]) -> PlaybookError:
    return PlaybookError(what, saw=saw, hint=t("import", "one of: {names}", names=", ".join(options)), field=key)
