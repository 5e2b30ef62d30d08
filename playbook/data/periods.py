"""A calendar week or month: its days, the way it is written, and what a reader calls it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

from playbook import i18n
from playbook.calendars import monday
from playbook.errors import PlaybookError
from playbook.i18n import t

Grain = Literal["week", "month"]
GRAINS: tuple[Grain, ...] = ("month", "week")
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_MOST_DAYS = timedelta(days=31)
_WRITTEN = re.compile(r"(?P<year>\d{4})-(?:W(?P<week>\d{2})|(?P<month>\d{2}))", re.ASCII)


@dataclass(frozen=True, order=True)
class Period:
    """A week from Monday to Sunday, by ISO 8601, or a month."""

    first: date
    grain: Grain = "week"

    @classmethod
    def around(cls, day: date, grain: Grain) -> Self:
        """The week or month in which a day lies."""
        return cls(monday(day) if grain == "week" else day.replace(day=1), grain)

    @classmethod
    def read(cls, text: str, field: str = "period") -> Self:
        """A period as it is written.

        Raises:
            PlaybookError: it is neither a week nor a month.
        """
        found = _WRITTEN.fullmatch(text.strip().upper())
        try:
            if found and found["week"]:
                return cls(date.fromisocalendar(int(found["year"]), int(found["week"]), 1))
            if found:
                return cls(date(int(found["year"]), int(found["month"]), 1), "month")
        except ValueError:  # the year has no such week or month
            pass
        raise PlaybookError(
            t("import", "This is neither a week nor a month."),
            saw=text[:40],
            hint=t("import", "a week is written as 2026-W14, a month as 2026-04"),
            field=field,
        )

    @property
    def next(self) -> Self:
        """The one that follows."""
        return self.around(self.first + (_WEEK if self.grain == "week" else _MOST_DAYS), self.grain)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - _DAY

    @property
    def days(self) -> tuple[date, date]:
        """Its first and its last day."""
        return self.first, self.last

    @property
    def text(self) -> str:
        """As it is written in an address or a command.

        >>> Period(date(2026, 3, 30)).text, Period(date(2026, 4, 1), "month").text
        ('2026-W14', '2026-04')
        """
        return f"{self.first:%G-W%V}" if self.grain == "week" else f"{self.first:%Y-%m}"

    @property
    def title(self) -> str:
        """As a reader calls it: a week by its days, a month by its name."""
        return i18n.days(*self.days) if self.grain == "week" else i18n.month(self.first)
