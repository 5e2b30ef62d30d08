"""The one description of an answer that the page, the report, JupyterLab and the command line all show."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from playbook.charts import Chart
from playbook.i18n import number, quantity, t
from playbook.rules import Check

Kind = Literal["yes", "no", "wait"]
DASH = "—"
"""Stands where nothing is known."""
_TENTHS, _HUNDREDTH = 0.095, 0.01


@dataclass(frozen=True)
class Ruler:
    """A value against its limit, drawn on one bar that ends at `top`."""

    value: float
    limit: float
    value_text: str
    limit_text: str
    top: float = 0.0

    @property
    def end(self) -> float:
        """The right end of the bar."""
        return self.top or max(self.value, self.limit) * 1.2 or 1.0

    @property
    def at(self) -> float:
        """The value's place in per cent of the bar."""
        return round(100 * self.value / self.end, 1)

    @property
    def lim(self) -> float:
        """The limit's place in per cent of the bar."""
        return round(100 * self.limit / self.end, 1)


@dataclass(frozen=True)
class Verdict:
    """The answer in words: the word, one sentence with the value and its limit, why, and what would flip it.

    `step` names the step on whose page that is done, where it is another.
    """

    kind: Kind
    word: str
    say: str
    because: str = ""
    flip: str = ""
    ruler: Ruler | None = None
    step: str = ""


@dataclass(frozen=True)
class Number:
    """One figure with the definition behind it."""

    label: str
    value: str
    small: str = ""
    badge: str = ""
    definition: str = ""
    formula: str = ""


@dataclass(frozen=True)
class Table:
    """A titled table of texts; `numeric` names the columns that are set to the right."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    numeric: tuple[int, ...] = ()
    opens: tuple[tuple[str, ...], ...] = ()
    """For each row what of the data its cells were counted on, such as `leads?period=2026-W14`; empty for nothing."""

    def told(self) -> Table:
        """The table without the columns in which no row has anything but a dash."""
        kept = [place for place in range(len(self.columns)) if any(row[place] != DASH for row in self.rows)]
        return replace(
            self,
            columns=tuple(self.columns[place] for place in kept),
            rows=tuple(tuple(row[place] for place in kept) for row in self.rows),
            numeric=tuple(new for new, old in enumerate(kept) if old in self.numeric),
            opens=tuple(tuple(row[place] for place in kept if place < len(row)) for row in self.opens),
        )


@dataclass(frozen=True)
class Ranked:
    """One place of a ranking with its reasons for and against; `share` is 0-1."""

    name: str
    blurb: str
    score: str
    share: float
    share_text: str
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """Choices in order, the first one first."""

    title: str
    items: tuple[Ranked, ...]
    note: str = ""


@dataclass(frozen=True)
class Point:
    """A finding with what to do about it; `step` names the step that helps and `tag` stands above."""

    title: str
    text: str = ""
    tag: str = ""
    step: str = ""


@dataclass(frozen=True)
class Points:
    """A titled list of findings."""

    title: str
    items: tuple[Point, ...]
    note: str = ""


Section = Table | Ranking | Points


@dataclass(frozen=True)
class Row:
    """One line of an answer for a frame, a sheet or the command line."""

    label: str
    value: str
    definition: str = ""


@dataclass(frozen=True)
class Face:
    """Everything a reader sees of an answer, in order of importance."""

    verdict: Verdict
    numbers: tuple[Number, ...] = ()
    chart: Chart | None = None
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    rules: tuple[Check, ...] = field(default_factory=tuple)
    further: tuple[Chart, ...] = ()
    """Charts after the main one, such as where the money of one purchase goes."""

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart, the main one first."""
        return (*([self.chart] if self.chart else []), *self.further)

    def rows(self) -> list[Row]:
        """Verdict, numbers and sections as plain rows."""
        said = Row(self.verdict.word, self.verdict.say, self.verdict.because)
        numbers = [Row(n.label, f"{n.value} ({n.small})" if n.small else n.value, n.definition) for n in self.numbers]
        return [said, *numbers, *(row for section in self.sections for row in _rows(section))]

    def lines(self) -> list[str]:
        """The same as plain text, the verdict first."""
        shown = self.verdict
        said = [f"{shown.word}. {shown.say}", *filter(None, (shown.because, shown.flip))]
        return said + [f"{row.label}: {row.value}" for row in self.rows()[1:]]


def _rows(section: Section) -> Iterator[Row]:
    if isinstance(section, Table):
        for cells in section.rows:
            yield Row(cells[0], " · ".join(_headed(section.columns[1:], cells[1:])), section.title)
    elif isinstance(section, Ranking):
        for place in section.items:
            yield Row(place.name, place.score, "; ".join((*place.pros, *place.cons)))
    else:
        for point in section.items:
            yield Row(point.title, point.text, section.title)


def _headed(heads: tuple[str, ...], cells: tuple[str, ...]) -> Iterator[str]:
    """Cells behind the heads of their columns, where there are several; an empty one is left out."""
    for head, cell in zip(heads, cells, strict=True):
        if cell:
            yield f"{head}: {cell}" if len(cells) > 1 else cell


def word(kind: Kind) -> str:
    """The word a verdict opens with."""
    return {"yes": t("verdict", "Do it"), "no": t("verdict", "Don't"), "wait": t("verdict", "Can't tell yet")}[kind]


def wait(say: str, because: str = "", flip: str = "") -> Face:
    """The face of an answer that cannot be given yet."""
    return Face(Verdict("wait", word("wait"), say, because, flip))


def harmless(words: str) -> str:
    """A cell's words of a CSV file; what a spreadsheet would calculate stays text."""
    return f"'{words}" if words[:1] in tuple("=+-@\t\r") else words


def sentence(text: str) -> str:
    """A reason or a hint as a sentence of its own; nothing stays nothing.

    >>> sentence("add older deals")
    'Add older deals.'
    """
    return capital(text) + "." if text else ""


def capital(text: str) -> str:
    """The text with a capital first letter; a name that has its capitals elsewhere is written as its owner writes it.

    >>> capital("a week, then CRM"), capital("amoCRM and Yandex")
    ('A week, then CRM', 'amoCRM and Yandex')
    """
    first = text.partition(" ")[0]
    return text if first != first.lower() else text[:1].upper() + text[1:]


def inside(label: str) -> str:
    """A label inside a sentence: the first letter small, unless the word is an abbreviation.

    >>> inside("Owner"), inside("CRM and letters")
    ('owner', 'CRM and letters')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def people(count: float) -> str:
    """A mean number of people as whole ones; of less than one it says so.

    >>> people(37.5), people(0.4)
    ('38', 'fewer than 1')
    """
    return t("display", "fewer than 1") if 0 < count < 1 else number(math.floor(count + 0.5))


def odds(chance: float) -> str:
    """A chance as people say it: in ten, near the ends in a hundred, and never as certain.

    >>> odds(0.72), odds(0.03), odds(0.9999)
    ('7 in 10', '3 in 100', 'more than 99 in 100')
    """
    if _TENTHS <= chance <= 1 - _TENTHS:
        return t("display", "{n} in 10", n=number(round(10 * chance)))
    if chance < _HUNDREDTH:
        return t("display", "less than 1 in 100")
    if chance > 1 - _HUNDREDTH:
        return t("display", "more than 99 in 100")
    return t("display", "{n} in 100", n=number(round(100 * chance)))


def points(difference: float) -> str:
    """A difference of shares in points, with its sign: to a tenth, finer only where a tenth would make nothing of it.

    >>> points(0.061), points(-0.0064), points(0.0003), points(0)
    ('+6.1', '−0.6', '+0.03', '0')
    """
    found = 100 * difference
    return ("+" if found > 0 else "") + number(found, 1 if round(abs(found), 1) else None)


def apart(value: float, limit: float, write: Callable[[float, int | None], str]) -> tuple[str, str]:
    """A value and its limit with as many decimals as tell one from the other: 60.04 beside 60 is not written as 60.

    >>> from playbook.i18n import number
    >>> apart(60.04, 60, number), apart(104.3, 104, number), apart(7, 5, number)
    (('60.04', '60'), ('104.3', '104'), ('7', '5'))
    """
    places = next((each for each in (None, *range(1, 9)) if write(value, each) != write(limit, each)), None)
    return write(value, places), write(limit, places)


def said_minutes(minutes: float) -> str:
    """A time as people say it: minutes up to two hours, then hours, then days."""
    hours = minutes / 60
    if hours < 2:  # noqa: PLR2004 - "90 minutes" is still said in minutes
        return quantity(minutes, "minute", 0 if minutes >= 10 else None)  # noqa: PLR2004 - nobody says 13.4 minutes
    return quantity(hours, "hour") if hours <= 48 else quantity(hours / 24, "day")  # noqa: PLR2004 - two days


def or_dash(value: float | None, written: Callable[[float], str]) -> str:
    """A value in its writing; a dash where it is not known."""
    return DASH if value is None else written(value)
