"""Units and bounds as types of fields, and how a person's own writing of a number or a name is read."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError, PydanticKnownError

from playbook.i18n import language, t, typed_day

FIRST_YEAR, LAST_YEAR = 1990, 2200
EXAMPLE = date(2026, 12, 31)
"""The day that shows how one is written."""
_SEEN = 40

Money = Annotated[float, Field(ge=0, le=1e15, json_schema_extra={"unit": "money"})]
"""An amount in the workspace's currency, 0 or more."""

Balance = Annotated[float, Field(ge=-1e15, le=1e15, json_schema_extra={"unit": "money"})]
"""An amount that may be below 0, such as a margin."""

Share = Annotated[float, Field(ge=0, le=1, json_schema_extra={"unit": "share"})]
"""A part of a whole, 0 to 1; people see and type per cent."""

Rate = Annotated[float, Field(gt=0, le=1, json_schema_extra={"unit": "share"})]
"""A share that cannot be 0."""

Count = Annotated[int, Field(ge=0, le=10**12, json_schema_extra={"unit": "count"})]
"""A whole number of things."""

Number = Annotated[float, Field(ge=0, le=1e15, json_schema_extra={"unit": "number"})]
"""A number of things that may be broken, such as an average."""

Signed = Annotated[float, Field(ge=-1e15, le=1e15, json_schema_extra={"unit": "number"})]
"""A number that may be below 0, such as a weekly profit or NPS."""

Days = Annotated[float, Field(ge=0, le=3650, json_schema_extra={"unit": "days"})]
Months = Annotated[float, Field(gt=0, le=120, json_schema_extra={"unit": "months"})]
Minutes = Annotated[float, Field(ge=0, le=100_000, json_schema_extra={"unit": "minutes"})]
Hours = Annotated[float, Field(ge=0, le=168, json_schema_extra={"unit": "hours"})]
PerMonth = Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "per_month"})]
"""How often something happens in a month."""

Name = Annotated[str, Field(max_length=200, json_schema_extra={"unit": "text"})]
Sentence = Annotated[
    str,
    BeforeValidator(lambda value: " ".join(value.split()) if isinstance(value, str) else value),
    Field(max_length=200, json_schema_extra={"unit": "note"}),
]
"""A name that is a whole sentence: its field shows all of it, and its line breaks are spaces."""
Note = Annotated[str, Field(max_length=20_000, json_schema_extra={"unit": "note"})]


def folded(name: str) -> str:
    """A name as it is compared with another: case and the spaces around its words do not count.

    >>> folded("  Yandex   DIRECT ")
    'yandex direct'
    """
    return " ".join(name.casefold().split())


def read_day(value: Any) -> Any:
    """A date from its own type or from `2026-12-07` or `07.12.2026`.

    Raises:
        PydanticCustomError: in the reader's language, when the text is no date or its year lies far away.
    """
    if isinstance(value, str):
        value = next(filter(None, (_parsed(value.strip(), pattern) for pattern in ("%Y-%m-%d", "%d.%m.%Y"))), None)
    day = value.date() if isinstance(value, datetime) else value
    if not isinstance(day, date) or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError(
            "day", "{hint}", {"hint": t("units", "write a date as {example}", example=typed_day(EXAMPLE))}
        )
    return day


def _parsed(text: str, pattern: str) -> date | None:
    try:
        return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day on the wall has no time zone
    except ValueError:
        return None


Day = Annotated[date, BeforeValidator(read_day), Field(json_schema_extra={"unit": "date"})]
"""A day of the calendar, written `2026-12-07` or `07.12.2026`."""

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’_]+")
_MONEY = re.compile(r" ?(руб|р|rub|usd|eur)\.?$", re.IGNORECASE)
_SPACED = re.compile(r"[+-]?[0-9]{1,3}( [0-9]{3})+([.,][0-9]*)?")
_ENGLISH = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")
_CONTINENTAL = re.compile(r"[+-]?[1-9][0-9]{0,2}((\.[0-9]{3})+,[0-9]*|(\.[0-9]{3}){2,})")
_PLAIN = re.compile(r"[+-]?([0-9]+[.,]?[0-9]*|[.,][0-9]+)")


def read_number(text: str, *, decimal_comma: bool = False) -> float:
    """The number a person typed, with their own thousands and decimal marks, `%` and currency signs around it.

    `1,234` alone is ambiguous: 1.234 where the reader's language writes decimals with a comma, else 1234.

    Raises:
        ValueError: when the text holds no number or more than one.

    >>> read_number("1 234,5"), read_number("1,234.5"), read_number("80 %"), read_number("₽6 230")
    (1234.5, 1234.5, 80.0, 6230.0)
    """
    spaced = _MONEY.sub("", _SPACES.sub(" ", text.replace("−", "-")).strip(" %₽$€£₸₴≈~"))
    bare = spaced.replace(" ", "") if _SPACED.fullmatch(spaced) else spaced
    lone_comma = bare.count(",") == 1 and "." not in bare
    if _ENGLISH.fullmatch(bare) and not (lone_comma and decimal_comma):
        bare = bare.replace(",", "")
    elif _CONTINENTAL.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif _PLAIN.fullmatch(bare):
        bare = bare.replace(",", ".")
    else:
        raise ValueError(text)
    if math.isinf(found := float(bare)):
        raise ValueError(text)
    return found


_RANGE = re.compile(r"\s*(?:-|–|—|…|\.\.\.?|до|to)\s*", re.IGNORECASE)


def read_range(text: str, *, decimal_comma: bool = False) -> tuple[float, float]:
    """The two ends of a range as a person writes it, the lower one first.

    Raises:
        ValueError: when the text is no range.

    >>> read_range("30-40 %"), read_range("от 1 500 до 2 000"), read_range("5…7")
    ((30.0, 40.0), (1500.0, 2000.0), (5.0, 7.0))
    """
    low, high = _RANGE.split(re.sub(r"^\s*(?:от|from)\s+", "", text, flags=re.IGNORECASE), maxsplit=1)
    one, other = (read_number(end, decimal_comma=decimal_comma) for end in (low, high))
    return min(one, other), max(one, other)


_MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60}
_LENGTHS = (
    (1, re.compile(r"(?:м|мин|минут\w*|min|mins|minutes?)")),
    (60, re.compile(r"(?:ч|час|часа|часов|h|hrs?|hours?)")),
    (24 * 60, re.compile(r"(?:д|дн|день|дня|дней|сут|суток|d|days?)")),
    (7 * 24 * 60, re.compile(r"(?:нед|недел\w*|w|wks?|weeks?)")),
)
_WORDED = re.compile(r"(?P<figures>.*?\d)\s*(?P<word>[a-zа-яё]+)\.?", re.IGNORECASE)


def read_length(text: str, unit: str, *, decimal_comma: bool = False) -> float:
    """A length of time in minutes, hours, days or months, with or without its unit, or in another one.

    Raises:
        ValueError: when the text is no number, or its word no length of time.

    >>> read_length("60 дней", "days"), read_length("2 weeks", "days"), read_length("3 часа", "minutes")
    (60.0, 14.0, 180.0)
    >>> read_length("3 мес.", "months"), read_length("45", "minutes")
    (3.0, 45.0)
    """
    worded = _WORDED.fullmatch(text.strip())
    if worded is None:
        return read_number(text, decimal_comma=decimal_comma)
    figures, word = read_number(worded["figures"], decimal_comma=decimal_comma), worded["word"].lower()
    if unit == "months" and re.fullmatch(r"мес|месяц\w*|mo|months?", word):
        return figures
    size = next((size for size, pattern in _LENGTHS if pattern.fullmatch(word)), None)
    if size is None or unit not in _MINUTES:
        raise ValueError(text)
    return figures * size / _MINUTES[unit]


_PIECES = re.compile(r"[\n\r\t;|]+")
_LOOSER = re.compile(r",? +")


def read_series(text: str, *, decimal_comma: bool = False) -> list[float]:
    r"""The numbers of a pasted column or row of a spreadsheet, or of one line; empty cells are left out.

    Lines, tabs and semicolons part the numbers; in a single line without them, spaces or commas do.

    Raises:
        ValueError: with the first piece that is no number.

    >>> read_series("1 234,5; 15\n9", decimal_comma=True), read_series("12, 15, 9"), read_series("12,15,9")
    ([1234.5, 15.0, 9.0], [12.0, 15.0, 9.0], [12.0, 15.0, 9.0])
    """
    pieces = _filled(_PIECES.split(text))
    if len(pieces) == 1:
        pieces = _filled(_LOOSER.split(pieces[0]))
    if len(pieces) == 1 and pieces[0].count(",") > 1:
        pieces = _filled(pieces[0].split(","))
    return [read_number(piece, decimal_comma=decimal_comma) for piece in pieces]


def _filled(pieces: list[str]) -> list[str]:
    return [bare for piece in pieces if (bare := piece.strip(" []").rstrip(", "))]


def read_pasted(value: Any) -> Any:
    """A list as it is, or the numbers in what a person pasted.

    Raises:
        PydanticCustomError: in the reader's language, with the piece that is no number.
    """
    if isinstance(value, list | tuple) and any(isinstance(item, bool) for item in value):
        raise PydanticKnownError("float_type")
    if not isinstance(value, str):
        return value
    try:
        return read_series(value, decimal_comma=language() == "ru")
    except ValueError as error:
        hint = t("units", "“{piece}” is not a number; one number on a line, or 12; 15; 9", piece=str(error)[:_SEEN])
        raise PydanticCustomError("series", "{hint}", {"hint": hint}) from None


Numbers = Annotated[
    tuple[Signed, ...], BeforeValidator(read_pasted), Field(max_length=1000, json_schema_extra={"unit": "numbers"})
]
"""A few numbers in one line."""

Series = Annotated[
    tuple[Signed, ...], BeforeValidator(read_pasted), Field(max_length=1000, json_schema_extra={"unit": "series"})
]
"""Numbers in order of time: a list, or a text such as a column pasted from a spreadsheet."""


def _path(value: Any) -> Any:
    """A list as it is, or the names that a person parted by arrows, semicolons or lines, else by commas."""
    if not isinstance(value, str):
        return value
    pieces = re.split(r"\s*(?:->|[>→›»;|\n\r\t])\s*", value)
    return [piece.strip() for piece in (pieces if len(pieces) > 1 else value.split(",")) if piece.strip()]


Path = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=200)], ...],
    BeforeValidator(_path),
    Field(min_length=1, max_length=1000, json_schema_extra={"unit": "path"}),
]
"""Names in order: a list, or a text such as `search > letter > direct`."""
