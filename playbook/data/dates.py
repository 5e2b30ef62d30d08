"""Days and times in every form that exports use; which of two numbers is the day is settled over a whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from playbook.data.numbers import UnreadableError
from playbook.i18n import LANGUAGES, t

Order = Literal["dmy", "mdy"]
_FIRST, _LAST = 1990, 2100
_MONTHS = 12
_SHORT_YEAR = 2
_ALL_DAY = (time(0), time(6), time(12), time(18), time(23, 59, 59))
"""No zone turns its clocks twice between two of these."""
_SPACES = re.compile(r"[\s\u00a0\u202f]+")

_CLOCK = (
    r"(?:,?[T\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_FORMS = tuple(
    re.compile(rf"(?:[^\W\d]+\.?,\s*)?{day}{_CLOCK}")
    for day in (
        r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second_>\d{1,2})(?P=mark)(?P<y>\d{4}|\d{2})",
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<d>\d{1,2})[\s-](?P<name>[^\W\d]+)\.?,?[\s-](?P<y>\d{4})(?:\s*г\.?)?",
        r"(?P<name>[^\W\d]+)\.?\s(?P<d>\d{1,2}),?\s(?P<y>\d{4})",
    )
)
_PERIOD = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}\s[^\W\d]+\.?,?\s\d{4}|[^\W\d]+\.?\s\d{1,2},?\s\d{4}"
)

_A_MONTH = re.compile(r"(?P<name>[^\W\d]+)\.?[\s'’-]*(?:\d{4}|\d{2})?(?:\s*г\.?)?|\d{4}[-./]\d{2}|\d{2}[-./]\d{4}")


@dataclass(frozen=True)
class Moment:
    """A time as the file wrote it: in UTC, with its local day and its zone."""

    utc: datetime
    day: date
    zone: str
    week_hour: int | None = None
    """The hour of the week from Monday on, 0 to 167, where the firm is; None without a time of day."""


def day_order(cells: Iterable[str]) -> Order | None:
    """Which number is the day where both could be: proved by the column's cells, or None.

    >>> day_order(["01/02/2026", "13/02/2026"]), day_order(["01/02/2026", "02/13/2026"]), day_order(["01.02.2026"])
    ('dmy', 'mdy', 'dmy')
    """
    votes = order_votes(cells)
    if votes["dmy"] == votes["mdy"]:
        return None
    return "dmy" if votes["dmy"] > votes["mdy"] else "mdy"


def order_votes(cells: Iterable[str]) -> dict[Order, int]:
    """How many of the cells prove each order."""
    votes: dict[Order, int] = {"dmy": 0, "mdy": 0}
    for found in filter(None, map(_match, cells)):
        if proof := _proof(found):
            votes[proof] += 1
    return votes


def needs_order(cell: str) -> bool:
    """Whether the cell is a date in which either number could be the day and they differ."""
    found = _match(cell)
    return bool(found and "first" in found.groupdict() and found["first"] != found["second_"] and not _proof(found))


def names_days(cell: str) -> bool:
    """Whether the cell is a day, a month of a year, or the name of a month.

    >>> [names_days(cell) for cell in ("01.06.2026", "янв", "June 2026", "2026-06", "май.26")]
    [True, True, True, True, True]
    >>> [names_days(cell) for cell in ("Итого", "1500", "марка")]
    [False, False, False]
    """
    found = _A_MONTH.fullmatch(cell.strip().lower().replace("ё", "е"))
    return bool(_match(cell)) or bool(found and (not found["name"] or found["name"] in _month_names()))


def read_day(cell: str, order: Order | None) -> date:
    """The day in a cell; a time of day beside it is left out.

    Raises:
        UnreadableError: there is no day in it.
    """
    return _day(_found(cell), order)


def read_moment(cell: str, order: Order | None, zone: str, home: str = "") -> Moment:
    """The time in a cell; without a zone of its own it is in `zone`, without a clock it is midnight.

    `home` is the firm's own zone, in which its week is told; without one the cell's own clock is.

    Raises:
        UnreadableError: there is no time in it.
    """
    found = _found(cell)
    day = _day(found, order)
    local = datetime.combine(day, time.min)
    if found["hour"]:
        local += _clock(found)
    written = found["zone"]
    utc, shown = _placed(local, _offset(written) if written else _zone(zone), written or zone, home)
    return Moment(utc, day, written or zone, shown.weekday() * 24 + shown.hour if found["hour"] else None)


def steady(day: date, zone: str, home: str) -> tuple[int, int] | None:
    """On a day when no clock is turned, by how many seconds its local times lie before UTC and before the firm's clock.

    None on any other day; `home` is the firm's own zone, as for a moment.
    """
    found = set()
    for clock in _ALL_DAY:
        local = datetime.combine(day, clock)
        utc, shown = _placed(local, _zone(zone), zone, home)
        found.add((round((utc - local).total_seconds()), round((shown - local).total_seconds())))
    return found.pop() if len(found) == 1 else None


def _placed(local: datetime, offset: tzinfo, zone: str, home: str) -> tuple[datetime, datetime]:
    """A local time in UTC, and on the firm's clock."""
    try:
        utc = local.replace(tzinfo=offset).astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        raise UnreadableError(t("import", "the date is out of reach")) from None
    there = home and zone != home
    return utc, utc.replace(tzinfo=UTC).astimezone(_zone(home)).replace(tzinfo=None) if there else local


def period(title: str) -> tuple[date, date] | None:
    """The two days of a title line such as `1 June 2026 - 25 June 2026`; None where there are not exactly two."""
    texts = _PERIOD.findall(title)
    order = day_order(texts)
    if len(texts) != 2 or (order is None and any(map(needs_order, texts))):  # noqa: PLR2004 - from, to
        return None
    try:
        first, last = (read_day(text, order) for text in texts)
    except UnreadableError:
        return None
    return (first, last) if first <= last else None


def _found(cell: str) -> re.Match[str]:
    found = _match(cell)
    if not found:
        raise UnreadableError(t("import", "a date is needed, such as {example}", example="2026-06-01"))
    return found


@lru_cache(maxsize=20_000)
def _match(cell: str) -> re.Match[str] | None:
    text = _SPACES.sub(" ", cell).strip()
    return next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)


def _proof(found: re.Match[str]) -> Order | None:
    """The order that one cell proves; a date with points has its day first everywhere."""
    if "first" not in found.groupdict():
        return None
    if found["mark"] == "." or int(found["first"]) > _MONTHS:
        return "dmy"
    return "mdy" if int(found["second_"]) > _MONTHS else None


def _day(found: re.Match[str], order: Order | None) -> date:
    year, month, day = _parts(found, order)
    try:
        value = date(year, month, day)
    except ValueError:
        raise UnreadableError(t("import", "there is no such day")) from None
    if not _FIRST <= year <= _LAST:
        raise UnreadableError(
            t("import", "the year is out of reach: it is to be {first} to {last}", first=_FIRST, last=_LAST)
        )
    return value


def _parts(found: re.Match[str], order: Order | None) -> tuple[int, int, int]:
    parts = found.groupdict()
    year = int(parts["y"])
    year += 2000 if len(parts["y"]) == _SHORT_YEAR else 0
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second_"])
        month, day = (first, second) if order == "mdy" and parts["mark"] != "." else (second, first)
        return year, month, day
    month = _month(parts["name"]) if "name" in parts else int(parts["m"])
    return year, month, int(parts["d"])


def _clock(found: re.Match[str]) -> timedelta:
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    half = (found["half"] or "").lower().replace(".", "")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - the clock
        raise UnreadableError(t("import", "there is no such time of day"))
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _offset(written: str) -> timezone:
    if written in ("Z", "UTC", "GMT"):
        return UTC
    hours, minutes = int(written[1:3]), int(written[-2:])
    if hours > 14 or minutes > 59:  # noqa: PLR2004 - the widest zone of the world
        raise UnreadableError(t("import", "there is no such time zone"))
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(size if written[0] == "+" else -size)


def _zone(name: str) -> ZoneInfo | timezone:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _month(name: str) -> int:
    months = _month_names()
    word = name.lower().replace("ё", "е").rstrip(".")
    found = months.get(word) or months.get(word[:3])
    if not found:
        raise UnreadableError(t("import", "there is no such month"))
    return found


@cache
def _month_names() -> dict[str, int]:
    """The names of the months in our languages, in full and by three letters, from CLDR."""
    from babel import Locale

    names: dict[str, int] = {}
    for language in LANGUAGES:
        for forms in Locale(language).months.values():
            for form in ("wide", "abbreviated"):
                for number, name in forms[form].items():
                    word = str(name).lower().rstrip(".")
                    names[word] = names[word[:3]] = int(number)
    return names
