"""The half-year that every firm's exports cover: 26 whole weeks, 2026-W22 to 2026-W47."""

from datetime import date, timedelta

FIRST_DAY = date(2026, 5, 25)
WEEKS = 26
LAST_DAY = FIRST_DAY + timedelta(days=7 * WEEKS - 1)


def days_of(week: int) -> list[date]:
    """Monday to Sunday of a week, counted from 0."""
    return [FIRST_DAY + timedelta(days=7 * week + day) for day in range(7)]


def week_of(day: date) -> int:
    """The week that a day lies in."""
    return (day - FIRST_DAY).days // 7
