"""Today, weeks by their Monday, and the public holidays of a country, so that no task stands on one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

Country = Literal["RU", "BY", "KZ", "KG", "AM", "GE", "UZ", "UA", "RS", "TR", "DE", "PL", "GB", "US"]
BY_CURRENCY: dict[str, Country] = {"RUB": "RU", "BYN": "BY", "KZT": "KZ", "UAH": "UA", "GBP": "GB"}
"""The country that a currency belongs to alone."""


def today() -> date:
    """The day it is where the reader is."""
    return datetime.now().astimezone().date()


def monday(day: date) -> date:
    """The first day of the day's week.

    >>> monday(date(2026, 6, 3)).isoformat()
    '2026-06-01'
    """
    return day - timedelta(days=day.weekday())


def days_off(country: Country, first: date, last: date) -> tuple[date, ...]:
    """The public holidays from `first` to `last`, those moved to another day included; years not known have none."""
    years = range(first.year, last.year + 1)
    return tuple(day for year in years for day in _days_off(country, year) if first <= day <= last)


@cache
def _days_off(country: Country, year: int) -> tuple[date, ...]:
    from holidays import country_holidays

    return tuple(sorted(country_holidays(country, years=year)))
